//! The words of `rules/erosion.toml`: opposites, negators, words for one thing.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;

use super::words::all;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    negators: String,
    calendar: String,
    same: Vec<String>,
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    one: String,
    other: String,
    turned: Vec<[String; 2]>,
    kept: Vec<[String; 2]>,
}

/// The words of `rules/erosion.toml`.
pub(super) struct Rules {
    pub(super) negators: BTreeSet<String>,
    pub(super) calendar: BTreeSet<String>,
    /// Word -> the one that stands for all that mean the same.
    same: BTreeMap<String, String>,
    /// Word -> the pairs it is in, and on which side.
    opposites: BTreeMap<String, Vec<(usize, bool)>>,
}

/// A file that does not hold.
#[derive(Debug, thiserror::Error)]
enum RulesError {
    #[error("rules/erosion.toml: {0}")]
    Toml(#[from] toml::de::Error),
    #[error("rules/erosion.toml: {word:?} is on both sides of one pair")]
    Both { word: String },
    #[error("rules/erosion.toml: wrong answer on {before:?} and {after:?}")]
    Example { before: String, after: String },
}

impl Rules {
    /// The words built in, which a test reads: what is compiled in cannot be broken by any input.
    pub(super) fn bundled() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            Self::parse(include_str!("../../rules/erosion.toml"))
                .unwrap_or_else(|e| unreachable!("{e}"))
        })
    }

    fn parse(text: &str) -> Result<Self, RulesError> {
        let file: File = toml::from_str(text)?;
        let listed = |words: &str| words.split_whitespace().map(str::to_owned).collect();
        let mut out = Self {
            negators: listed(&file.negators),
            calendar: listed(&file.calendar),
            same: BTreeMap::new(),
            opposites: BTreeMap::new(),
        };
        for row in &file.same {
            let mut words = row.split_whitespace();
            let Some(first) = words.next() else { continue };
            out.same
                .extend(words.map(|w| (w.to_owned(), first.to_owned())));
        }
        for (n, pair) in file.pair.iter().enumerate() {
            for (side, words) in [(false, &pair.one), (true, &pair.other)] {
                for word in words.split_whitespace() {
                    let sides = out.opposites.entry(word.to_owned()).or_default();
                    if sides.contains(&(n, !side)) {
                        let word = word.to_owned();
                        return Err(RulesError::Both { word });
                    }
                    sides.push((n, side));
                }
            }
        }
        for pair in file.pair {
            let turned = pair.turned.into_iter().map(|e| (e, true));
            for ([before, after], is) in turned.chain(pair.kept.into_iter().map(|e| (e, false))) {
                if out.turned(&before, &after).is_some() != is {
                    return Err(RulesError::Example { before, after });
                }
            }
        }
        Ok(out)
    }

    /// A folded word, or the one that stands for all of its meaning.
    pub(super) fn meant(&self, word: String) -> String {
        self.same.get(&word).cloned().unwrap_or(word)
    }

    /// The first word that only the origin has and whose opposite only the copy has, with that. Where a word of the same side stands in
    /// both, or both sides stand in one, nothing was turned.
    pub(super) fn turned(&self, before: &str, after: &str) -> Option<(String, String)> {
        let (of, now) = (all(before), all(after));
        let sides = |words: &[String]| -> BTreeSet<(usize, bool)> {
            let known = words.iter().filter_map(|w| self.opposites.get(w));
            known.flatten().copied().collect()
        };
        let (had, has) = (sides(&of), sides(&now));
        let (pair, side) = had
            .iter()
            .find(|&&(n, side)| {
                !has.contains(&(n, side)) && has.contains(&(n, !side)) && !had.contains(&(n, !side))
            })
            .copied()?;
        let on = |words: &[String], side: bool| {
            let listed = |w: &&String| {
                let sides = self.opposites.get(*w);
                sides.is_some_and(|s| s.contains(&(pair, side)))
            };
            words.iter().find(listed).cloned()
        };
        Some((on(&of, side)?, on(&now, !side)?))
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rules_keep_their_examples() {
        if let Err(error) = super::Rules::parse(include_str!("../../rules/erosion.toml")) {
            panic!("{error}");
        }
    }
}
