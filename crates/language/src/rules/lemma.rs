//! spaCy's rule lemmatizer for English.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::hash::string_id;
use super::lexeme::{is_alpha, lower};

/// The lemmatizer's tables, by the number of the part of speech in lower case.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct LemmaData {
    /// Endings: old, new.
    pub(crate) lemma_rules: BTreeMap<u64, Vec<(String, String)>>,
    /// Forms with their own lemmas.
    pub(crate) lemma_exc: BTreeMap<u64, BTreeMap<String, Vec<String>>>,
    /// Known lemmas.
    pub(crate) lemma_index: BTreeMap<u64, Vec<String>>,
}

#[derive(Debug, Default)]
struct Tables {
    rules: Vec<(SmolStr, SmolStr)>,
    exceptions: HashMap<SmolStr, Vec<SmolStr>>,
    index: HashSet<SmolStr>,
}

/// A lemmatizer.
#[derive(Debug)]
pub(crate) struct Lemmatizer {
    by_pos: HashMap<u64, Tables>,
}

impl Lemmatizer {
    /// Builds the look-ups.
    pub(crate) fn new(data: &LemmaData) -> Self {
        let mut by_pos: HashMap<u64, Tables> = HashMap::new();
        for (&pos, rules) in data
            .lemma_rules
            .iter()
            .filter(|(_, rules)| !rules.is_empty())
        {
            let rules = rules
                .iter()
                .map(|(old, new)| (SmolStr::new(old), SmolStr::new(new)));
            by_pos.entry(pos).or_default().rules = rules.collect();
        }
        for (&pos, forms) in data.lemma_exc.iter().filter(|(_, forms)| !forms.is_empty()) {
            let forms = forms.iter().map(|(form, lemmas)| {
                (
                    SmolStr::new(form),
                    lemmas.iter().map(SmolStr::new).collect(),
                )
            });
            by_pos.entry(pos).or_default().exceptions = forms.collect();
        }
        for (&pos, words) in data
            .lemma_index
            .iter()
            .filter(|(_, words)| !words.is_empty())
        {
            by_pos.entry(pos).or_default().index = words.iter().map(SmolStr::new).collect();
        }
        Self { by_pos }
    }

    /// The lemma of a word with a part of speech (spaCy's capitals; empty for none) and morphology.
    pub(crate) fn lemma(&self, word: &str, pos: &str, morph: &str) -> SmolStr {
        if matches!(pos, "" | "EOL" | "SPACE") || is_base_form(pos, morph) {
            return lower(word);
        }
        let Some(tables) = self.by_pos.get(&string_id(&lower(pos))) else {
            return if pos == "PROPN" {
                SmolStr::new(word)
            } else {
                lower(word)
            };
        };
        let form = lower(word);
        // An exception goes before the rules' forms, each before the one put there earlier, unless a rule gave it too.
        let ruled = tables.by_rules(&form);
        let listed = tables
            .exceptions
            .get(&form)
            .into_iter()
            .flatten()
            .rev()
            .find(|lemma| !ruled.known.contains(lemma));
        let first = listed.or_else(|| ruled.known.first()).cloned();
        first
            .or(ruled.unknown)
            .unwrap_or_else(|| SmolStr::new(word))
    }
}

/// What the endings give.
struct Ruled {
    /// Lemmas in the index, the last found first, then those that are no words, in the order of the rules.
    known: Vec<SmolStr>,
    /// The first form that is in no index.
    unknown: Option<SmolStr>,
}

impl Tables {
    fn by_rules(&self, form: &str) -> Ruled {
        let mut out = Ruled {
            known: Vec::new(),
            unknown: None,
        };
        for (old, new) in &self.rules {
            let Some(stem) = form.strip_suffix(old.as_str()) else {
                continue;
            };
            let made = SmolStr::from_iter([stem, new]);
            if made.is_empty() {
                continue;
            }
            if self.index.contains(&made) {
                out.known.insert(0, made);
            } else if !made.chars().all(is_alpha) {
                out.known.push(made);
            } else if out.unknown.is_none() {
                out.unknown = Some(made);
            }
        }
        out
    }
}

/// Whether the word is its own lemma.
fn is_base_form(pos: &str, morph: &str) -> bool {
    let value = |name: &str| {
        morph
            .split('|')
            .filter_map(|part| part.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    };
    let verb_form = value("VerbForm");
    match pos {
        "NOUN" if value("Number") == Some("Sing") => true,
        "VERB"
            if verb_form == Some("Fin")
                && value("Tense") == Some("Pres")
                && value("Number").is_none() =>
        {
            true
        }
        _ => matches!(verb_form, Some("Inf" | "None")) || value("Degree") == Some("Pos"),
    }
}
