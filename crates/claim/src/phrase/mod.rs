//! What a noun phrase is: whose name, which classes of the codebook, and the words it is known by.

mod called;
mod class;
mod meant;
mod sorts;
mod typed;

use sayso_gazetteer::Gazetteer;
use sayso_records::{EntityType, Filler, Upos};

pub use typed::NameType;

use crate::{
    discourse::Discourse,
    lexicon::Lexicon,
    names::{self, Named},
    tree::Tree,
};

/// The sentence with its names.
pub(crate) struct Phrases<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) lexicon: &'a Lexicon,
    names: Vec<Named>,
    by_token: Vec<Option<usize>>,
    pub(crate) discourse: &'a Discourse,
    /// Whether the paragraph speaks of defence.
    defence: bool,
    /// For "the company", "the country" and the like, whom the sentence itself names before it.
    firms: Vec<Option<Filler>>,
}

impl<'a> Phrases<'a> {
    pub(crate) fn new(
        tree: &'a Tree<'a>,
        gazetteer: &Gazetteer,
        lexicon: &'a Lexicon,
        discourse: &'a Discourse,
        defence: bool,
    ) -> Self {
        let names = names::of(tree, gazetteer, lexicon);
        let defence = defence || names.iter().any(Named::of_defence);
        let mut by_token = vec![None; tree.len()];
        for (n, name) in names.iter().enumerate() {
            for slot in &mut by_token[name.first..=name.last] {
                *slot = Some(n);
            }
        }
        let mut phrases = Self {
            tree,
            lexicon,
            names,
            by_token,
            discourse,
            defence,
            firms: Vec::new(),
        };
        phrases.firms = (0..tree.len())
            .map(|i| {
                phrases
                    .firm_before(i)
                    .or_else(|| phrases.realm(i, gazetteer))
            })
            .collect();
        phrases
    }

    /// Whether a noun says what is done with a thing rather than what it is: "deliveries", "production".
    pub(crate) fn act(&self, token: usize) -> bool {
        let lemma = self.tree.lemma(token);
        self.tree.upos(token) == Upos::Noun
            && (self.lexicon.strong("delivery", lemma) || self.lexicon.strong("making-noun", lemma))
    }

    /// The name that `token` is part of. A token past the sentence is part of none.
    pub(crate) fn named(&self, token: usize) -> Option<&Named> {
        let name = self.by_token.get(token).copied().flatten()?;
        self.names.get(name)
    }

    pub(crate) fn names(&self) -> &[Named] {
        &self.names
    }

    /// The token of a name that stands for it in the tree: the one whose head is outside.
    pub(crate) fn head_of(&self, name: &Named) -> usize {
        (name.first..=name.last)
            .find(|&i| {
                self.tree
                    .head(i)
                    .is_none_or(|h| h < name.first || h > name.last)
                    && !matches!(self.tree.rel(i), "det" | "case" | "punct")
            })
            .unwrap_or(name.last)
    }

    /// Modifiers in front of a head, designations that the parser takes for numbers ("66 F-16 fighters") among them.
    fn modifiers(&self, head: usize) -> Vec<usize> {
        let mut found = self.tree.modifiers(head);
        found.extend(self.tree.all(head, &["nummod"]).into_iter().filter(|&m| {
            m < head
                && self.named(m).is_some_and(|n| {
                    n.kind == EntityType::System && n.class.as_deref() != Some("calibre")
                })
        }));
        found.sort_unstable();
        found.dedup();
        // "105mm and 155mm shells": each sort by itself
        for sort in self.sorts(head) {
            if let Some(name) = self.named(sort) {
                found.retain(|m| !(name.first..=name.last).contains(m));
            }
        }
        found
    }

    /// Whether a word is tied to the next or the one before by a hyphen ("anti-tank").
    fn hyphened(&self, token: usize) -> bool {
        let tree = self.tree;
        token + 1 < tree.len() && tree.word(token + 1) == "-"
            || token > 0 && tree.word(token - 1) == "-"
    }
}
