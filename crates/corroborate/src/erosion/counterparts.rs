//! Which claim of a copy stands for which of its origin.

use std::collections::{BTreeMap, BTreeSet};

use sayso_records::{Byte, Claim, Span};

use super::names::{Agree, Named};
use crate::copies::{How, Pair, Relation};

/// Claims of the other text that one is compared with, at most; a sentence has a handful.
const MAX_COMPARED: usize = 64;

/// A claim of the origin for which no claim of the copy stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lost<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The copy's sentence that stands for the claim's own, and in which no such claim is. `None`: the copy has no such sentence.
    pub sentence: Option<Span<Byte>>,
}

/// The claims of a copy and those of its origin they stand for, one to one, in the order of `from`. `relation` is that of the two texts,
/// `from`'s handed in first; it may have no pairs of sentences.
///
/// Two claims belong together if they are of one kind and stand in aligned sentences; where several do, those whose roles, place, number
/// and status agree most. A role's name or place may be another, who does it and to whom may have changed places: that is what
/// [`erosion`](super::erosion()) is to show. Of sentences that are not aligned, only claims with nearly all names in common belong
/// together, and not if they are placed apart.
pub fn counterparts<'a>(
    from: &'a [Claim],
    to: &'a [Claim],
    relation: &Relation,
) -> Vec<(&'a Claim, &'a Claim)> {
    let (of, now) = (shapes(from), shapes(to));
    let aligned = aligned(from, to, &relation.pairs);
    let mut taken = Taken::default();
    let mut scored = Vec::new();
    for (&(i, j), how) in &aligned {
        let common = of[i].common(&now[j]);
        if common.names > 0 {
            scored.push((common.score() + closeness(*how), i, j));
        }
    }
    taken.best(scored);
    // A sole claim of its kind left on both sides of a pair of sentences is the one, whatever was exchanged in it.
    let (mut rows, mut columns) = (BTreeMap::new(), BTreeMap::new());
    for &(i, j) in aligned.keys().filter(|p| taken.open(**p)) {
        *rows.entry(i).or_insert(0) += 1;
        *columns.entry(j).or_insert(0) += 1;
    }
    for &(i, j) in aligned.keys() {
        if taken.open((i, j)) && rows[&i] == 1 && columns[&j] == 1 {
            taken.take(i, j);
        }
    }
    taken.best(elsewhere(&of, &now, &taken));
    taken
        .pairs
        .iter()
        .map(|(&i, &j)| (&from[i], &to[j]))
        .collect()
}

/// The claims of `from` that `pairs` (of [`counterparts`]) leave out, in order.
pub fn lost<'a>(
    from: &'a [Claim],
    pairs: &[(&'a Claim, &'a Claim)],
    relation: &Relation,
) -> Vec<Lost<'a>> {
    let kept: BTreeSet<*const Claim> = pairs.iter().map(|(a, _)| std::ptr::from_ref(*a)).collect();
    let gone = from
        .iter()
        .filter(|c| !kept.contains(&std::ptr::from_ref(*c)));
    gone.map(|claim| Lost {
        claim,
        sentence: (relation.pairs.iter())
            .find(|p| p.a.overlaps(claim.evidence.span))
            .map(|p| p.b),
    })
    .collect()
}

/// Who has found its counterpart.
#[derive(Default)]
struct Taken {
    pairs: BTreeMap<usize, usize>,
    of_to: BTreeSet<usize>,
}

impl Taken {
    fn open(&self, (i, j): (usize, usize)) -> bool {
        !self.pairs.contains_key(&i) && !self.of_to.contains(&j)
    }

    fn take(&mut self, i: usize, j: usize) {
        self.pairs.insert(i, j);
        self.of_to.insert(j);
    }

    /// The best first; among equals in the order of the texts.
    fn best(&mut self, mut scored: Vec<(u32, usize, usize)>) {
        scored.sort_by_key(|&(score, i, j)| (std::cmp::Reverse(score), i, j));
        for (_, i, j) in scored {
            if self.open((i, j)) {
                self.take(i, j);
            }
        }
    }
}

fn closeness(how: How) -> u32 {
    match how {
        How::Same => 3,
        How::Edited => 2,
        How::Reworded => 1,
    }
}

/// Claims of one kind whose sentences are aligned, and how these are the same.
fn aligned(from: &[Claim], to: &[Claim], pairs: &[Pair]) -> BTreeMap<(usize, usize), How> {
    let mut by_start: Vec<usize> = (0..to.len()).collect();
    by_start.sort_by_key(|&j| (to[j].evidence.span.start, j));
    let mut out = BTreeMap::new();
    for (i, claim) in from.iter().enumerate() {
        let mut compared = 0;
        // Pairs are in the order of the first text, and its sentences do not overlap.
        let first = pairs.partition_point(|p| p.a.end <= claim.evidence.span.start);
        for pair in pairs[first..]
            .iter()
            .take_while(|p| p.a.start < claim.evidence.span.end)
        {
            let after = by_start.partition_point(|&j| to[j].evidence.span.start < pair.b.end);
            for &j in by_start[..after].iter().rev() {
                if !to[j].evidence.span.overlaps(pair.b) || compared == MAX_COMPARED {
                    break;
                }
                if to[j].kind == claim.kind {
                    compared += 1;
                    let how = out.entry((i, j)).or_insert(pair.how);
                    *how = (*how).min(pair.how);
                }
            }
        }
    }
    out
}

/// Claims left over that have nearly all names in common, wherever they stand.
fn elsewhere(of: &[Shape<'_>], now: &[Shape<'_>], taken: &Taken) -> Vec<(u32, usize, usize)> {
    let mut holders: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (j, shape) in now.iter().enumerate() {
        if taken.of_to.contains(&j) {
            continue;
        }
        for (_, name) in &shape.roles {
            let held = holders.entry((&shape.claim.kind, name.key())).or_default();
            if held.last() != Some(&j) && held.len() < MAX_COMPARED {
                held.push(j);
            }
        }
    }
    let mut out = Vec::new();
    for (i, shape) in of.iter().enumerate() {
        if taken.pairs.contains_key(&i) {
            continue;
        }
        let keys = shape.roles.iter().map(|(_, name)| name.key());
        let held = keys.filter_map(|key| holders.get(&(shape.claim.kind.as_str(), key)));
        let others: BTreeSet<usize> = held.flatten().copied().collect();
        for j in others.into_iter().take(MAX_COMPARED) {
            let common = shape.common(&now[j]);
            let most = shape.roles.len().max(now[j].roles.len());
            if common.names * 4 >= most * 3 && !shape.apart(&now[j]) {
                out.push((common.score(), i, j));
            }
        }
    }
    out
}

/// A claim ready to be compared.
struct Shape<'a> {
    claim: &'a Claim,
    roles: Vec<(&'a str, Named<'a>)>,
}

fn shapes(claims: &[Claim]) -> Vec<Shape<'_>> {
    claims
        .iter()
        .map(|claim| {
            let mut roles = Vec::new();
            for (role, fillers) in &claim.roles {
                // Another claim is no name.
                let mentions = fillers.iter().filter(|f| f.claim.is_none());
                roles.extend(mentions.map(|f| (role.as_str(), Named::filler(f))));
            }
            Shape { claim, roles }
        })
        .collect()
}

/// What two claims have in common.
#[derive(Default)]
struct Common {
    /// Fillers that name the same.
    names: usize,
    /// In the same role: wholly, partly; in another.
    points: u32,
    /// Place, number, status, polarity.
    rest: u32,
}

impl Common {
    fn score(&self) -> u32 {
        self.points * 4 + self.rest
    }
}

impl Shape<'_> {
    /// Whether both are placed, and nowhere alike.
    fn apart(&self, other: &Self) -> bool {
        let (a, b) = (&self.claim.place, &other.claim.place);
        let mut pairs = a.iter().flat_map(|p| b.iter().map(move |q| (p, q)));
        !a.is_empty()
            && !b.is_empty()
            && !pairs.any(|(p, q)| {
                let state = p.country.is_some() && p.country == q.country;
                state || Named::place(p).agrees(&Named::place(q)) != Agree::Not
            })
    }

    fn common(&self, other: &Self) -> Common {
        let mut out = Common::default();
        let mut used = vec![false; other.roles.len()];
        for (role, name) in &self.roles {
            let best = (other.roles.iter().enumerate())
                .filter(|(n, _)| !used[*n])
                .map(|(n, (of, other))| {
                    let points = match (name.agrees(other), role == of) {
                        (Agree::Wholly, true) => 4,
                        (Agree::Partly, true) => 3,
                        (Agree::Wholly, false) => 2,
                        _ => 0,
                    };
                    (points, std::cmp::Reverse(n))
                })
                .max();
            if let Some((points, std::cmp::Reverse(n))) = best.filter(|(points, _)| *points > 0) {
                used[n] = true;
                out.names += 1;
                out.points += points;
            }
        }
        let (a, b) = (self.claim, other.claim);
        let place = |c: &Claim| c.place.first().map(|p| Named::place(p).key());
        let number = |c: &Claim| c.quantity.first().map(|q| q.value.to_bits());
        out.rest += 2 * u32::from(place(a) == place(b));
        out.rest += u32::from(number(a) == number(b));
        out.rest += u32::from(a.status == b.status);
        out.rest += u32::from(a.polarity == b.polarity);
        out
    }
}
