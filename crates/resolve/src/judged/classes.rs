//! Things that are one, and things that may never be.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A judgement's place among all in the order of time.
type Nth = usize;

/// Classes of keys under "same", none of which holds two that are held apart. Crates for union-find (petgraph, ena) give the class of a
/// key; here a join must first ask what is held apart, and a class must know its members and by which judgements they came together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes {
    numbers: BTreeMap<String, usize>,
    keys: Vec<String>,
    /// The class of each key.
    class: Vec<usize>,
    /// The keys of each class; empty for one that went into another.
    members: Vec<Vec<usize>>,
    /// For each class, which others it is held apart from, and by which judgement.
    against: Vec<BTreeMap<usize, Nth>>,
    /// The pairs that were joined, as given.
    joined: Vec<(usize, usize, Nth)>,
    /// The key that stands for each class.
    first: Vec<usize>,
}

impl Classes {
    fn number(&mut self, key: &str) -> usize {
        if let Some(&number) = self.numbers.get(key) {
            return number;
        }
        let number = self.keys.len();
        self.numbers.insert(key.to_owned(), number);
        self.keys.push(key.to_owned());
        self.class.push(number);
        self.members.push(vec![number]);
        self.against.push(BTreeMap::new());
        number
    }

    fn class_of(&self, key: &str) -> Option<usize> {
        self.class.get(*self.numbers.get(key)?).copied()
    }

    /// Holds two apart. All of these come before the first [`Classes::join`].
    pub(super) fn part(&mut self, a: &str, b: &str, nth: Nth) {
        let (a, b) = (self.number(a), self.number(b));
        for (one, other) in [(a, b), (b, a)] {
            if let Some(against) = self.against.get_mut(one) {
                against.entry(other).or_insert(nth);
            }
        }
    }

    /// Joins two and all that are one with them; the judgement in the way, if there is one.
    pub(super) fn join(&mut self, a: &str, b: &str, nth: Nth) -> Result<(), Nth> {
        let (a, b) = (self.number(a), self.number(b));
        let (Some(&of_a), Some(&of_b)) = (self.class.get(a), self.class.get(b)) else {
            return Ok(());
        };
        let in_the_way = self.against.get(of_a).and_then(|all| all.get(&of_b));
        if let Some(&in_the_way) = in_the_way {
            return Err(in_the_way);
        }
        self.joined.push((a, b, nth));
        if of_a == of_b {
            return Ok(());
        }
        // The smaller goes into the larger, so that no key is moved more often than the logarithm of their number.
        let size = |class: usize| {
            let (members, against) = (self.members.get(class), self.against.get(class));
            members.map_or(0, Vec::len) + against.map_or(0, BTreeMap::len)
        };
        let (from, to) = if size(of_a) < size(of_b) {
            (of_a, of_b)
        } else {
            (of_b, of_a)
        };
        let moved = self
            .members
            .get_mut(from)
            .map(std::mem::take)
            .unwrap_or_default();
        for &member in &moved {
            if let Some(class) = self.class.get_mut(member) {
                *class = to;
            }
        }
        if let Some(members) = self.members.get_mut(to) {
            members.extend(moved);
        }
        let moved = self
            .against
            .get_mut(from)
            .map(std::mem::take)
            .unwrap_or_default();
        for (other, nth) in moved {
            if let Some(back) = self.against.get_mut(other) {
                back.remove(&from);
            }
            for (one, other) in [(to, other), (other, to)] {
                if let Some(against) = self.against.get_mut(one) {
                    let first = against.entry(other).or_insert(nth);
                    *first = nth.min(*first);
                }
            }
        }
        Ok(())
    }

    /// Chooses the key that stands for each class, once all are joined: the lowest `rank`; of these one that was not judged to be
    /// another of its rank; of these the shorter, then by letters.
    pub(super) fn settle(&mut self, rank: fn(&str) -> u8) {
        let ranks: Vec<u8> = self.keys.iter().map(|key| rank(key)).collect();
        let gone: BTreeSet<usize> = (self.joined.iter())
            .filter(|(a, b, _)| ranks.get(*a) == ranks.get(*b))
            .map(|(a, ..)| *a)
            .collect();
        let order = |number: &usize| {
            let key = self.keys.get(*number);
            (
                ranks.get(*number),
                gone.contains(number),
                key.map(String::len),
                key,
            )
        };
        self.first = (self.members.iter().enumerate())
            .map(|(class, members)| members.iter().copied().min_by_key(order).unwrap_or(class))
            .collect();
    }

    /// The key that stands for `key`, itself where nothing was judged.
    pub(super) fn canonical<'c>(&'c self, key: &'c str) -> &'c str {
        self.class_of(key)
            .and_then(|class| self.keys.get(*self.first.get(class)?))
            .map_or(key, String::as_str)
    }

    /// All that are one with `key`, itself among them, by letters. Only `key` where nothing was judged.
    pub(super) fn members<'c>(&'c self, key: &'c str) -> Vec<&'c str> {
        let mut all: Vec<&str> = self
            .class_of(key)
            .and_then(|class| self.members.get(class))
            .map_or_else(
                || vec![key],
                |all| {
                    let keys = all.iter().filter_map(|&number| self.keys.get(number));
                    keys.map(String::as_str).collect()
                },
            );
        all.sort_unstable();
        all
    }

    /// Whether two are one.
    pub(super) fn are_one(&self, a: &str, b: &str) -> bool {
        a == b
            || self
                .class_of(a)
                .is_some_and(|class| self.class_of(b) == Some(class))
    }

    /// The judgement that holds two apart, made on them or on any they are one with.
    pub(super) fn apart(&self, a: &str, b: &str) -> Option<Nth> {
        let (a, b) = (self.class_of(a)?, self.class_of(b)?);
        self.against.get(a)?.get(&b).copied()
    }

    /// The fewest judgements, `without` left out, that make two one. `None`: they are not one without it.
    pub(super) fn path(&self, a: &str, b: &str, without: Option<Nth>) -> Option<Vec<Nth>> {
        let (a, b) = (*self.numbers.get(a)?, *self.numbers.get(b)?);
        let mut beside: BTreeMap<usize, Vec<(usize, Nth)>> = BTreeMap::new();
        for &(one, other, nth) in self.joined.iter().filter(|(.., nth)| Some(*nth) != without) {
            beside.entry(one).or_default().push((other, nth));
            beside.entry(other).or_default().push((one, nth));
        }
        let mut from: BTreeMap<usize, (usize, Nth)> = BTreeMap::new();
        let mut next = VecDeque::from([a]);
        while let Some(at) = next.pop_front() {
            if at == b {
                let mut path = Vec::new();
                let mut back = b;
                while let Some(&(before, nth)) = from.get(&back).filter(|_| back != a) {
                    path.push(nth);
                    back = before;
                }
                path.reverse();
                return Some(path);
            }
            for &(other, nth) in beside.get(&at).into_iter().flatten() {
                if other != a && !from.contains_key(&other) {
                    from.insert(other, (at, nth));
                    next.push_back(other);
                }
            }
        }
        None
    }
}
