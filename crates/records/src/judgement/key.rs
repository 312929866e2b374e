use std::{cmp::Ordering, fmt};

use smol_str::SmolStr;

/// By what an entity is known: `Q159` (Wikidata), `geonames:627907`, `sayso:<slug>`, `item:<slug>` for a sort of thing, or
/// `name:<folded words>` for a name that no entity is known for. Ordered by how much an id says: listed ids first, names last;
/// then the shorter, then by letters, so that Q9 comes before Q10.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EntityKey(SmolStr);

impl EntityKey {
    /// Reads a key; words after `name:` must be folded already. `None`: it has none of the forms.
    pub fn parse(text: &str) -> Option<Self> {
        let slug = |tail: &str| {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
            !tail.is_empty() && tail.chars().all(plain)
        };
        let number = |tail: &str| {
            tail.len() <= 12
                && tail.starts_with(|c: char| c.is_ascii_digit() && c != '0')
                && tail.bytes().all(|b| b.is_ascii_digit())
        };
        let good = text.len() <= 400
            && match text.split_once(':') {
                None => text.strip_prefix('Q').is_some_and(number),
                Some(("geonames", tail)) => number(tail),
                Some(("sayso" | "item", tail)) => slug(tail),
                Some(("name", tail)) => {
                    !tail.is_empty() && tail.trim() == tail && !tail.contains(char::is_control)
                }
                Some(_) => false,
            };
        good.then(|| Self(text.into()))
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// How much the id says: 0 a listed one, 1 `sayso:`, 2 `item:`, 3 a name.
    pub fn rank(&self) -> u8 {
        match self.0.split_once(':') {
            None | Some(("geonames", _)) => 0,
            Some(("sayso", _)) => 1,
            Some(("item", _)) => 2,
            Some(_) => 3,
        }
    }
}

impl Ord for EntityKey {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |it: &Self| (it.rank(), it.0.len());
        key(self)
            .cmp(&key(other))
            .then_with(|| self.0.cmp(&other.0))
    }
}
impl PartialOrd for EntityKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl fmt::Display for EntityKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
