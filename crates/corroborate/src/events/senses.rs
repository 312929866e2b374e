//! Whether two predicates can tell one sort of event, by `rules/senses.toml`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    sense: Vec<Class>,
    nouns: BTreeMap<String, String>,
    ending: Vec<Ending>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Class {
    class: String,
    words: Vec<String>,
    same: Vec<[String; 2]>,
    not_same: Vec<[String; 2]>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Ending {
    noun: String,
    verb: Vec<String>,
    gives: Vec<[String; 2]>,
}

/// A rule that does not hold.
#[derive(Debug, thiserror::Error)]
pub(super) enum SensesError {
    /// The file is no TOML of this shape.
    #[error("rules/senses.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// An example contradicts its rule.
    #[error("rules/senses.toml: {rule:?} gives the wrong answer on {pair:?}")]
    Example {
        /// The class or ending.
        rule: String,
        /// The two words.
        pair: [String; 2],
    },
}

/// How two predicates belong together, closest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kinship {
    /// One lemma.
    Lemma,
    /// A verb and its noun, or two nouns of one verb.
    Root,
    /// Two words of one class of `rules/senses.toml`: its name.
    Class(String),
}

/// The classes, ready to ask.
#[derive(Debug)]
pub(super) struct Senses {
    classes: BTreeMap<String, Vec<String>>,
    nouns: BTreeMap<String, String>,
    endings: Vec<(String, Vec<String>)>,
}

impl Senses {
    /// The rules built in, which a test reads: what is compiled in cannot be broken by any input.
    pub(super) fn bundled() -> &'static Self {
        static SENSES: OnceLock<Senses> = OnceLock::new();
        SENSES.get_or_init(|| {
            Self::parse(include_str!("../../rules/senses.toml"))
                .unwrap_or_else(|e| unreachable!("{e}"))
        })
    }

    pub(super) fn parse(text: &str) -> Result<Self, SensesError> {
        let file: File = toml::from_str(text)?;
        let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for sense in &file.sense {
            for word in &sense.words {
                classes
                    .entry(word.clone())
                    .or_default()
                    .push(sense.class.clone());
            }
        }
        let mut endings: Vec<_> = file
            .ending
            .iter()
            .map(|e| (e.noun.clone(), e.verb.clone()))
            .collect();
        endings.sort_by_key(|(noun, _)| std::cmp::Reverse(noun.len()));
        let senses = Self {
            classes,
            nouns: file.nouns,
            endings,
        };
        let wrong = |rule: &str, pair: &[String; 2]| SensesError::Example {
            rule: rule.to_owned(),
            pair: pair.clone(),
        };
        for ending in &file.ending {
            for pair in &ending.gives {
                if !senses.roots(&pair[0]).contains(&pair[1]) {
                    return Err(wrong(&ending.noun, pair));
                }
            }
        }
        for sense in &file.sense {
            let must = sense.same.iter().map(|pair| (pair, true));
            for (pair, is) in must.chain(sense.not_same.iter().map(|pair| (pair, false))) {
                if senses.kinship(&pair[0], &pair[1]).is_some() != is {
                    return Err(wrong(&sense.class, pair));
                }
            }
        }
        Ok(senses)
    }

    /// A lemma and the verbs it may be the noun of.
    pub(super) fn roots(&self, lemma: &str) -> BTreeSet<String> {
        let mut out = BTreeSet::from([lemma.to_owned()]);
        if let Some(verb) = self.nouns.get(lemma) {
            out.insert(verb.clone());
            return out;
        }
        for (noun, verbs) in &self.endings {
            let Some(stem) = lemma.strip_suffix(noun.as_str()).filter(|s| s.len() > 2) else {
                continue;
            };
            out.extend(verbs.iter().map(|verb| format!("{stem}{verb}")));
            // "beginning", "begin".
            let mut back = stem.chars().rev();
            if let (Some(a), Some(b)) = (back.next(), back.next())
                && a == b
            {
                out.insert(stem[..stem.len() - a.len_utf8()].to_owned());
            }
            break;
        }
        out
    }

    /// The classes of a lemma, its own and those of the verb it is the noun of.
    pub(super) fn classes(&self, lemma: &str) -> BTreeSet<&str> {
        let known = |word: &String| self.classes.get(word).into_iter().flatten();
        let roots = self.roots(lemma);
        let mut out: BTreeSet<&str> = BTreeSet::new();
        for root in &roots {
            out.extend(known(root).map(String::as_str));
        }
        out
    }

    /// How two lemmas belong together; `None`: they tell different sorts of events.
    pub(super) fn kinship(&self, a: &str, b: &str) -> Option<Kinship> {
        if a == b {
            return Some(Kinship::Lemma);
        }
        if !self.roots(a).is_disjoint(&self.roots(b)) {
            return Some(Kinship::Root);
        }
        let (a, b) = (self.classes(a), self.classes(b));
        let class = a.intersection(&b).next()?;
        Some(Kinship::Class((*class).to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds() {
        let text = include_str!("../../rules/senses.toml");
        if let Err(error) = Senses::parse(text) {
            panic!("{error}");
        }
    }

    #[test]
    fn closest_first() {
        let senses = Senses::bundled();
        assert_eq!(senses.kinship("sell", "sell"), Some(Kinship::Lemma));
        assert_eq!(senses.kinship("sale", "sell"), Some(Kinship::Root));
        assert_eq!(senses.kinship("resignation", "resign"), Some(Kinship::Root));
        assert_eq!(senses.kinship("sell", "buy"), None);
    }

    #[test]
    fn wrong_examples_are_refused() {
        let text = r#"
            ending = []
            nouns = {}
            sense = [{ class = "x", words = ["a"], same = [["a", "b"]], not-same = [] }]
        "#;
        assert!(matches!(
            Senses::parse(text),
            Err(SensesError::Example { .. })
        ));
    }
}
