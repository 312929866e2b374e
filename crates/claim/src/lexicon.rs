//! The word classes of a codebook as sets, ready to ask.

use std::collections::{BTreeMap, HashSet};

use sayso_codebook::{Class, Codebook};

/// A class with its words as sets.
pub(crate) struct Words {
    pub(crate) strong: HashSet<String>,
    pub(crate) weak: HashSet<String>,
    pub(crate) context: HashSet<String>,
    pub(crate) not_with: HashSet<String>,
    pub(crate) people: HashSet<String>,
    pub(crate) dual: HashSet<String>,
    pub(crate) context_class: Vec<String>,
    pub(crate) systems: bool,
}

/// The word classes of a codebook, ready to ask.
pub(crate) struct Lexicon {
    classes: BTreeMap<String, Words>,
    generic: BTreeMap<String, Vec<String>>,
}

impl Lexicon {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let words = |class: &Class| Words {
            strong: class.strong.iter().cloned().collect(),
            weak: class.weak.iter().cloned().collect(),
            context: class.context.iter().cloned().collect(),
            not_with: class.not_with.iter().cloned().collect(),
            people: class.people.iter().cloned().collect(),
            dual: class.dual.iter().cloned().collect(),
            context_class: class.context_class.clone(),
            systems: class.entities.iter().any(|e| e == "system"),
        };
        Self {
            classes: codebook
                .classes
                .iter()
                .map(|(name, class)| (name.clone(), words(class)))
                .collect(),
            generic: codebook.generic.clone(),
        }
    }

    /// Whether a word may mean what `before` named.
    pub(crate) fn same_thing(&self, word: &str, before: &str) -> bool {
        word == before
            || self
                .generic
                .get(word)
                .is_some_and(|words| words.iter().any(|w| w == before))
    }

    /// Whether a word is one by which a text takes up what it has named more exactly.
    pub(crate) fn generic(&self, word: &str) -> bool {
        self.generic.contains_key(word)
    }

    pub(crate) fn class(&self, name: &str) -> Option<&Words> {
        self.classes.get(name)
    }

    pub(crate) fn strong(&self, class: &str, lemma: &str) -> bool {
        self.classes
            .get(class)
            .is_some_and(|w| w.strong.contains(lemma))
    }
}
