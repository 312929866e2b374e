//! Several sorts of one thing: "105mm and 155mm shells", "Abrams and Bradley vehicles".

use sayso_records::{EntityType, Upos};

use super::Phrases;

impl Phrases<'_> {
    /// The last words of the weapons' names and calibres that are joined to the one right before a noun; the last sort is the noun's.
    pub(crate) fn sorts(&self, noun: usize) -> Vec<usize> {
        let tree = self.tree;
        let mut found = Vec::new();
        if noun < 3 || tree.upos(noun) != Upos::Noun {
            return found;
        }
        let mut before = noun - 1;
        while before > 2 && self.part(before) {
            before -= 1;
        }
        let mut name = self.system_at(before);
        while let Some((first, _)) = name {
            let Some(joined) = self.joined_before(first) else {
                break;
            };
            name = self.system_at(joined);
            if name.is_some() && tree.under(joined, noun) {
                found.push(joined);
            }
        }
        found
    }

    /// The noun that a calibre or a weapon's name goes with though another stands right before it.
    pub(crate) fn noun_of(&self, token: usize) -> Option<usize> {
        let tree = self.tree;
        let mut last = self.system_at(token).filter(|(_, last)| *last == token)?.1;
        let mut joined = false;
        loop {
            let mut next = last + 1;
            while next < tree.len() && matches!(tree.word(next), "and" | "or" | ",") {
                next += 1;
            }
            if next == last + 1 {
                break;
            }
            (_, last) = self.system_at(next)?;
            joined = true;
        }
        let mut noun = last + 1;
        while noun + 1 < tree.len() && self.part(noun) {
            noun += 1;
        }
        (joined
            && noun < tree.len()
            && tree.upos(noun) == Upos::Noun
            && (tree.under(token, noun) || self.calibre(token) && tree.under(noun, token)))
        .then_some(noun)
    }

    /// Every sort of a list whose first is at `token`: "107mm, 122mm and 240mm rockets".
    pub(crate) fn each_sort(&self, token: usize) -> Vec<usize> {
        let mut found = self.sorts(token);
        if let Some(noun) = self.noun_of(token) {
            found.extend(self.names().iter().filter_map(|n| {
                (n.last > token && n.last < noun && n.kind == EntityType::System)
                    .then(|| self.noun_of(n.last).map(|_| n.last))?
            }));
            found.extend(self.tree.under(noun, token).then_some(noun));
        }
        found.push(token);
        found
    }

    /// A noun with the nouns before it that are parts of its name.
    pub(super) fn parts(&self, noun: usize) -> Vec<usize> {
        let mut first = noun;
        while first > 0 && self.part(first - 1) {
            first -= 1;
        }
        (first..=noun).collect()
    }

    /// Whether a noun is a part of the next one's name: "mortar bombs".
    fn part(&self, token: usize) -> bool {
        let tree = self.tree;
        tree.upos(token) == Upos::Noun
            && tree.rel(token) == "compound"
            && tree.head(token) == Some(token + 1)
            && self.system_at(token).is_none()
    }

    pub(crate) fn calibre(&self, token: usize) -> bool {
        self.named(token)
            .is_some_and(|n| n.class.as_deref() == Some("calibre"))
    }

    fn system_at(&self, token: usize) -> Option<(usize, usize)> {
        self.named(token)
            .filter(|n| n.kind == EntityType::System)
            .map(|n| (n.first, n.last))
    }

    /// What stands before "and" or a comma that stands before a token.
    fn joined_before(&self, token: usize) -> Option<usize> {
        let mut at = token;
        while at > 0 && matches!(self.tree.word(at - 1), "and" | "or" | ",") {
            at -= 1;
        }
        (at < token).then(|| at.checked_sub(1))?
    }
}
