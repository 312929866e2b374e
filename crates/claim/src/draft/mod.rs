//! Patterns of the codebook against one sentence: each trigger whose required roles can be filled gives a draft.

mod fit;
mod prune;
mod stand;
mod take;
mod turn;

use std::collections::HashMap;

use sayso_codebook::{Codebook, Kind, Topic};
use sayso_records::Upos;
use smol_str::SmolStr;

use crate::{
    frame::{Fill, Frame},
    tree::Tree,
};

use self::{fit::fit, prune::prune, stand::asks};

/// A claim in tokens of its sentence.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: usize,
    pub(crate) pattern: usize,
    pub(crate) trigger: usize,
    /// In the order of the codebook.
    pub(crate) roles: Vec<(SmolStr, Vec<Fill>)>,
    /// Which function filled each role, for the explanation.
    pub(crate) by: Vec<(SmolStr, String)>,
}

impl Draft {
    pub(crate) fn role(&self, name: &str) -> &[Fill] {
        self.roles
            .iter()
            .find(|(role, _)| role == name)
            .map_or(&[], |(_, fills)| fills)
    }

    /// Every token that fills a role.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = usize> + '_ {
        self.roles
            .iter()
            .flat_map(|(_, fills)| fills.iter().map(|f| f.token))
    }
}

/// Trigger lemma -> patterns, for verbs and nouns apart.
pub(crate) struct Triggers {
    verbs: HashMap<String, Vec<(usize, usize)>>,
    nouns: HashMap<String, Vec<(usize, usize)>>,
}

impl Triggers {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let (mut verbs, mut nouns): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (k, kind) in codebook.kinds.iter().enumerate() {
            for (p, pattern) in kind.patterns.iter().enumerate() {
                for lemma in &pattern.verbs {
                    verbs.entry(lemma.clone()).or_default().push((k, p));
                }
                for lemma in &pattern.nouns {
                    nouns.entry(lemma.clone()).or_default().push((k, p));
                }
            }
        }
        Self { verbs, nouns }
    }

    pub(crate) fn lemmas(&self) -> impl Iterator<Item = &str> {
        self.verbs
            .keys()
            .chain(self.nouns.keys())
            .map(String::as_str)
    }

    /// Whether a pattern waits for this verb.
    pub(crate) fn verb(&self, lemma: &str) -> bool {
        self.verbs.contains_key(lemma)
    }

    fn at(&self, tree: &Tree<'_>, i: usize) -> &[(usize, usize)] {
        let lemma = tree.lemma(i);
        let found = match tree.upos(i) {
            Upos::Verb | Upos::Aux if !matches!(tree.rel(i), "aux" | "aux:pass" | "cop") => {
                self.verbs.get(lemma)
            }
            Upos::Noun | Upos::Propn | Upos::Adj => self.nouns.get(lemma),
            _ => None,
        };
        found.map_or(&[], Vec::as_slice)
    }
}

/// Why a pattern gave no draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit<'a> {
    /// The sentence, paragraph or report does not speak of defence.
    OffTopic,
    /// Its particle or what it needs is not there.
    Needs,
    /// A case put, not a claim.
    Hypothetical,
    /// Its actors are nobody in particular.
    Nobody,
    /// Nothing fills this role.
    Unfilled(&'a str),
}

/// The drafts of a sentence, in the order of their triggers; at most one a kind and trigger. `topical`: it speaks of
/// defence as near as asked. `tried` hears of each pattern whose word was there and that gave no draft.
pub(crate) fn of<'c>(
    codebook: &'c Codebook,
    triggers: &Triggers,
    frame: &Frame<'_>,
    topical: &dyn Fn(Topic) -> bool,
    tried: &mut dyn FnMut(usize, &'c Kind, usize, Unfit<'c>),
) -> Vec<Draft> {
    let tree = frame.phrases.tree;
    let mut drafts: Vec<Draft> = Vec::new();
    if asks(tree) {
        return drafts;
    }
    for i in 0..tree.len() {
        let mut best: HashMap<usize, (usize, Draft)> = HashMap::new();
        for &(k, p) in triggers.at(tree, i) {
            let kind = &codebook.kinds[k];
            if !topical(kind.topic) {
                tried(i, kind, p, Unfit::OffTopic);
                continue;
            }
            match fit(kind, k, p, i, frame) {
                Ok((filled, draft)) => {
                    if best.get(&k).is_none_or(|(n, _)| filled > *n) {
                        best.insert(k, (filled, draft));
                    }
                }
                Err(unfit) => tried(i, kind, p, unfit),
            }
        }
        let mut found: Vec<Draft> = best.into_values().map(|(_, draft)| draft).collect();
        found.sort_by_key(|d| d.kind);
        drafts.extend(found);
    }
    prune(codebook, frame, drafts)
}
