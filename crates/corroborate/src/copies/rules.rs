//! The rules of `rules/copies.toml`: standing paragraphs, common words, abbreviations.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use regex::{Regex, RegexBuilder};
use serde::Deserialize;

use super::words;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    standing: Vec<StandingRule>,
    common: BTreeMap<String, String>,
    abbreviations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct StandingRule {
    what: String,
    pattern: String,
    is: Vec<String>,
    is_not: Vec<String>,
}

/// What the rules say, ready to ask.
#[derive(Debug)]
pub(super) struct Rules {
    standing: Vec<(String, Regex)>,
    common: BTreeSet<u64>,
    abbreviations: BTreeSet<String>,
}

/// A rule that does not hold: which and why.
#[derive(Debug, thiserror::Error)]
pub(super) enum RulesError {
    /// The file is no TOML of this shape.
    #[error("rules/copies.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// A pattern does not compile.
    #[error("rules/copies.toml: standing {what:?}: {cause}")]
    Pattern {
        /// The rule.
        what: String,
        /// What the compiler says.
        cause: Box<regex::Error>,
    },
    /// An example contradicts its rule.
    #[error("rules/copies.toml: standing {what:?} gives the wrong answer on {example:?}")]
    Example {
        /// The rule.
        what: String,
        /// The paragraph.
        example: String,
    },
}

/// Paragraphs longer than this many bytes are never standing: nobody closes a report with a page.
const MAX_STANDING: usize = 800;

impl Rules {
    /// The rules built in, which a test reads: what is compiled in cannot be broken by any input.
    pub(super) fn bundled() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            Self::parse(include_str!("../../rules/copies.toml"))
                .unwrap_or_else(|e| unreachable!("{e}"))
        })
    }

    fn parse(text: &str) -> Result<Self, RulesError> {
        let file: File = toml::from_str(text)?;
        let mut standing = Vec::new();
        for rule in file.standing {
            let pattern = RegexBuilder::new(&rule.pattern)
                .case_insensitive(true)
                .build()
                .map_err(|cause| RulesError::Pattern {
                    what: rule.what.clone(),
                    cause: Box::new(cause),
                })?;
            let must = rule.is.iter().map(|e| (e, true));
            for (example, is) in must.chain(rule.is_not.iter().map(|e| (e, false))) {
                if pattern.is_match(example) != is {
                    return Err(RulesError::Example {
                        what: rule.what,
                        example: example.clone(),
                    });
                }
            }
            standing.push((rule.what, pattern));
        }
        let listed = |lists: &BTreeMap<String, String>| -> Vec<String> {
            lists
                .values()
                .flat_map(|l| l.split_whitespace().map(str::to_owned))
                .collect()
        };
        Ok(Self {
            standing,
            common: listed(&file.common)
                .iter()
                .map(|w| words::hash(w))
                .collect(),
            abbreviations: listed(&file.abbreviations).into_iter().collect(),
        })
    }

    /// What sort of standing paragraph this is; `None`: none that a rule knows.
    pub(super) fn standing(&self, paragraph: &str) -> Option<&str> {
        if paragraph.len() > MAX_STANDING {
            return None;
        }
        self.standing
            .iter()
            .find(|(_, pattern)| pattern.is_match(paragraph))
            .map(|(what, _)| what.as_str())
    }

    /// Whether a folded form says nothing about its sentence.
    pub(super) fn is_common(&self, form: u64) -> bool {
        self.common.contains(&form)
    }

    /// Whether a full stop after this (as written) ends no sentence.
    pub(super) fn is_abbreviation(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let initial = matches!((chars.next(), chars.next()), (Some(c), None) if c.is_uppercase());
        initial || self.abbreviations.contains(&word.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_keep_their_examples() {
        if let Err(error) = Rules::parse(include_str!("../../rules/copies.toml")) {
            panic!("{error}");
        }
        assert!(Rules::bundled().is_common(words::hash("the")));
    }
}
