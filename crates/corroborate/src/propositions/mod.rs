//! What a claim states, apart from who says so, how surely, and in which words; and which of two states more.
//!
//! A proposition is a kind and its terms: each filler of the roles that the codebook names, and each place, by what it names. It is *narrower*
//! than another of its kind when each term of that one is in it, the same or something narrower ("Shahed-136" for "drone", Homiel for
//! Belarus): who states the narrower one has stated the wider one, too. `docs/design/findings.md` says why.

mod terms;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use sayso_gazetteer::Gazetteer;
use sayso_records::{EntityType, Sha256};
use smol_str::SmolStr;

pub use terms::{Governments, Naming, government};

/// Terms that are too few to compare: "Iran supplies something" is not a finding.
const FEWEST: usize = 2;
/// More wider propositions than this are not looked for; the widest are left out.
const MOST_WIDER: usize = 2_000;

/// Something with its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Named {
    /// An entity's id, `item:<slug>`, or `name:<folded words>`.
    pub key: SmolStr,
    /// What a reader calls it.
    pub name: String,
}

impl Named {
    /// What `key` and `name` mean once people judged that `judged` stands for it: with the name of that where it is listed.
    pub(crate) fn judged(gazetteer: &Gazetteer, judged: SmolStr, key: &str, name: &str) -> Self {
        let listed = (judged != key).then(|| gazetteer.by_id(&judged)).flatten();
        Self {
            name: listed.map_or_else(|| name.to_owned(), |known| known.name.into_owned()),
            key: judged,
        }
    }
}

/// One filler of a proposition.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Term {
    /// Its role, or `place`.
    pub role: SmolStr,
    /// What fills it.
    pub is: Named,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// What it is a sort or a part of, narrowest first.
    pub within: Vec<Named>,
}

/// What a claim states.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Proposition {
    /// A codebook kind.
    pub kind: SmolStr,
    /// Its terms, in the codebook's order of roles, then by key; `place` last. At least two.
    pub terms: Vec<Term>,
}

impl Proposition {
    /// Its identity: 16 hexadecimal digits of a digest of kind, roles and keys.
    pub fn id(&self) -> String {
        let terms = self
            .terms
            .iter()
            .map(|term| (term.role.as_str(), term.is.key.as_str()));
        identity(&self.kind, terms.collect())
    }

    /// The ids of all that is wider and still says something, its own left out.
    pub fn wider(&self) -> Vec<String> {
        let mut ids = BTreeSet::new();
        // For each term: as it is, anything wider, or left out.
        let mut chosen: Vec<Vec<(&str, &str)>> = vec![Vec::new()];
        for term in &self.terms {
            let role = term.role.as_str();
            let mut next = Vec::new();
            for so_far in &chosen {
                next.push(so_far.clone());
                for named in std::iter::once(&term.is).chain(&term.within) {
                    let mut with = so_far.clone();
                    with.push((role, named.key.as_str()));
                    next.push(with);
                }
                if next.len() > MOST_WIDER {
                    break;
                }
            }
            chosen = next;
        }
        let own = self.id();
        for terms in chosen {
            let distinct: BTreeSet<_> = terms.iter().collect();
            if distinct.len() >= FEWEST {
                ids.insert(identity(&self.kind, terms));
            }
        }
        ids.remove(&own);
        ids.into_iter().collect()
    }

    /// What a wider proposition may have as terms: `role=key` of each term and all it lies within, sorted.
    pub fn closure(&self) -> Vec<String> {
        let of = |term: &Term| -> Vec<String> {
            let named = std::iter::once(&term.is).chain(&term.within);
            named
                .map(|named| format!("{}={}", term.role, named.key))
                .collect()
        };
        let all: BTreeSet<String> = self.terms.iter().flat_map(of).collect();
        all.into_iter().collect()
    }

    /// `role=key` of each term.
    pub fn own_terms(&self) -> Vec<String> {
        self.terms
            .iter()
            .map(|term| format!("{}={}", term.role, term.is.key))
            .collect()
    }

    /// Whether it says all that `other` says, and perhaps more. True of itself.
    pub fn entails(&self, other: &Self) -> bool {
        self.kind == other.kind && {
            let closure = self.closure();
            other
                .own_terms()
                .iter()
                .all(|term| closure.binary_search(term).is_ok())
        }
    }

    /// This or `other`, which is the same in other spellings, so that in whatever order they come the same one stays: of each term the name that
    /// is first in the alphabet, and the longer list of what it lies within.
    pub fn or(mut self, other: &Self) -> Self {
        for (term, other) in self.terms.iter_mut().zip(&other.terms) {
            if term.is.key == other.is.key {
                term.is.name = std::mem::take(&mut term.is.name).min(other.is.name.clone());
                term.kind = term.kind.min(other.kind);
                let longer =
                    |within: &Vec<Named>| (std::cmp::Reverse(within.len()), within.clone());
                if longer(&other.within) < longer(&term.within) {
                    term.within.clone_from(&other.within);
                }
            }
        }
        self
    }

    /// The terms of one role, `place` among them.
    pub fn role<'p>(&'p self, role: &'p str) -> impl Iterator<Item = &'p Term> {
        self.terms.iter().filter(move |term| term.role == role)
    }
}

fn identity(kind: &str, mut terms: Vec<(&str, &str)>) -> String {
    terms.sort_unstable();
    terms.dedup();
    let mut text = kind.to_owned();
    for (role, key) in terms {
        text.push('\n');
        text.push_str(role);
        text.push('=');
        text.push_str(key);
    }
    let mut id = Sha256::of(text.as_bytes()).to_string();
    id.truncate(16);
    id
}
