//! The words that attribute, and what each takes as content.

use std::collections::{HashMap, HashSet};

use sayso_codebook::{Codebook, Word};
use sayso_records::Upos;

use crate::tree::Tree;

/// What a cue takes as content.
#[derive(Debug, Clone, Default)]
pub(super) struct Takes {
    kinds: HashSet<String>,
    /// Whether a claim under the cue stands on its source.
    pub(super) speaks: bool,
}

impl Takes {
    /// Whether it takes this kind of content, or what stands behind this preposition.
    pub(super) fn takes(&self, kind: &str) -> bool {
        self.kinds.contains(kind)
    }
}

/// The codebook's attributing words by lemma.
pub(super) struct Cues {
    verbs: HashMap<String, Takes>,
    nouns: HashMap<String, Takes>,
    adjectives: HashMap<String, Takes>,
    adverbs: HashSet<String>,
    prepositions: HashSet<String>,
}

impl Cues {
    pub(super) fn new(codebook: &Codebook) -> Self {
        let reporting = &codebook.reporting;
        let gathered = |lists: &[(&[String], &[String])]| {
            let mut out: HashMap<String, Takes> = HashMap::new();
            for (words, content) in lists {
                for word in *words {
                    let takes = out.entry(word.clone()).or_default();
                    takes.kinds.extend(content.iter().cloned());
                }
            }
            out
        };
        let by = |words: fn(&sayso_codebook::Cue) -> &[String]| {
            let lists: Vec<_> = reporting
                .cues
                .iter()
                .map(|cue| (words(cue), cue.content.as_slice()))
                .collect();
            gathered(&lists)
        };
        let plain = reporting
            .cues
            .iter()
            .find(|cue| cue.class == "default")
            .map_or(&[][..], |cue| cue.content.as_slice());
        let speaking = |mut known: HashMap<String, Takes>, words: &[Word]| {
            for word in words.iter().flat_map(|w| &w.words) {
                let takes = known.entry(word.clone()).or_insert_with(|| Takes {
                    kinds: plain.iter().cloned().collect(),
                    speaks: true,
                });
                takes.speaks = true;
            }
            known
        };
        let adverbs = reporting.adverbs.iter().flat_map(|w| w.words.clone());
        Self {
            verbs: speaking(by(|cue| &cue.verbs), &reporting.verbs),
            nouns: speaking(by(|cue| &cue.nouns), &reporting.nouns),
            adjectives: by(|cue| &cue.adjectives),
            adverbs: adverbs.collect(),
            prepositions: reporting.prepositions.iter().cloned().collect(),
        }
    }

    /// What the verb, noun or adjective at `i` takes, if it attributes.
    pub(super) fn takes(&self, tree: &Tree<'_>, i: usize) -> Option<&Takes> {
        let lemma = tree.lemma(i);
        match tree.upos(i) {
            Upos::Verb | Upos::Aux => self
                .joint(tree, i)
                .map(|(takes, _)| takes)
                .or_else(|| self.verbs.get(lemma)),
            // "is worried that": a participle
            Upos::Adj => self
                .adjectives
                .get(lemma)
                .or_else(|| self.adjectives.get(&tree.word(i).to_lowercase())),
            Upos::Noun => self.nouns.get(lemma),
            _ => None,
        }
    }

    /// What the verb at `v` takes with a particle, an object or what it makes of one ("point out", "take aim", "make clear"), and which
    /// word that is.
    pub(super) fn joint(&self, tree: &Tree<'_>, v: usize) -> Option<(&Takes, usize)> {
        tree.all(v, &["compound:prt", "obj", "xcomp"])
            .into_iter()
            .find_map(|w| {
                let both = format!("{} {}", tree.lemma(v), tree.lemma(w));
                self.verbs.get(&both).map(|takes| (takes, w))
            })
    }

    /// Whether the adverb at `i` marks hearsay ("reportedly").
    pub(super) fn hearsay(&self, tree: &Tree<'_>, i: usize) -> bool {
        tree.upos(i) == Upos::Adv && self.adverbs.contains(tree.lemma(i))
    }

    /// Whether what a sentence tells "in" the noun at `i` is on its say-so ("In a poll, most were against it").
    pub(super) fn inside(&self, tree: &Tree<'_>, i: usize) -> bool {
        self.nouns
            .get(tree.lemma(i))
            .is_some_and(|takes| takes.takes("inside"))
    }

    /// Whether these words before a noun make it the source ("according to").
    pub(super) fn according(&self, case: &str) -> bool {
        self.prepositions.contains(case)
    }
}

/// First and last token of the cue around its head `v`: auxiliaries, negation and adverbs that stand next to it, and its particle.
pub(super) fn extent(tree: &Tree<'_>, v: usize) -> (usize, usize) {
    let own = |i: usize| {
        tree.head(i) == Some(v)
            && matches!(
                tree.rel(i),
                "aux" | "aux:pass" | "cop" | "advmod" | "compound:prt"
            )
            && tree.children(i).is_empty()
    };
    let mut first = v;
    while first > 0 && own(first - 1) {
        first -= 1;
    }
    let mut last = v;
    while last + 1 < tree.len() && own(last + 1) {
        last += 1;
    }
    (first, last)
}
