//! One change of a tree, and what the rules ask of words.

use sayso_records::{Token, Upos};
use smol_str::SmolStr;

use crate::tree::Tree;

/// Tag and part of speech.
pub(super) type Tag = (&'static str, Upos);

pub(super) const GERUND: Tag = ("VBG", Upos::Verb);
pub(super) const PAST: Tag = ("VBD", Upos::Verb);
pub(super) const PARTICIPLE: Tag = ("VBN", Upos::Verb);
pub(super) const PLURAL: Tag = ("NNS", Upos::Noun);
pub(super) const SINGULAR: Tag = ("NN", Upos::Noun);
pub(super) const NAME: Tag = ("NNP", Upos::Propn);

/// A token under another head, by another relation. A root is its own head.
pub(super) struct Edit {
    pub(super) token: usize,
    head: usize,
    rel: SmolStr,
    /// A new tag and part of speech.
    pub(super) tag: Option<Tag>,
}

impl Edit {
    pub(super) fn hang(token: usize, head: usize, rel: &str) -> Self {
        Self {
            token,
            head,
            rel: SmolStr::new(rel),
            tag: None,
        }
    }

    /// Where `place` hangs.
    pub(super) fn instead(tree: &Tree<'_>, token: usize, place: usize) -> Self {
        match tree.head(place) {
            Some(head) => Self::hang(token, head, tree.rel(place)),
            None => Self::hang(token, token, "root"),
        }
    }

    pub(super) fn retag(token: usize, tag: Tag) -> Self {
        Self::hang(token, token, "").tagged(tag)
    }

    pub(super) fn tagged(self, tag: Tag) -> Self {
        Self {
            tag: Some(tag),
            ..self
        }
    }

    /// Leaves the tree as it is where the new head stands under the token: no edit makes a loop.
    pub(super) fn apply(&self, tokens: &mut [Token]) {
        let mut at = self.head;
        for _ in 0..tokens.len() {
            if at == self.token && self.head != self.token {
                return;
            }
            let Some(token) = tokens.get(at) else { return };
            if token.head as usize == at {
                break;
            }
            at = token.head as usize;
        }
        let Ok(head) = u32::try_from(self.head) else {
            return;
        };
        let Some(token) = tokens.get_mut(self.token) else {
            return;
        };
        if self.head != self.token || self.rel == "root" {
            token.head = head;
            token.rel = self.rel.clone();
        }
        if let Some((tag, upos)) = self.tag {
            token.tag = SmolStr::new(tag);
            token.upos = upos;
        }
    }
}

/// What a comma or a dash sets off.
pub(super) fn comma(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.word(i), "," | "-" | "--" | "–" | "—" | "(" | ";" | ":")
}

pub(super) fn nominal(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Noun | Upos::Propn)
}

/// The subject of a verb's own clause.
pub(super) fn subject(tree: &Tree<'_>, verb: usize) -> Option<usize> {
    tree.child(verb, &["nsubj", "nsubj:pass", "csubj", "expl"])
}

/// "that", "which", "who" and their forms, as a word of a clause.
pub(super) fn relative(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.tag(i), "WDT" | "WP" | "WP$") || tree.lemma(i) == "that"
}

/// Whether a predicate, its auxiliary or its copula carries the tense.
pub(super) fn finite(tree: &Tree<'_>, i: usize) -> bool {
    let tensed = |t: usize| matches!(tree.tag(t), "VBD" | "VBZ" | "VBP" | "MD");
    let helped = tree.all(i, &["aux", "aux:pass", "cop"]);
    if helped.is_empty() {
        matches!(tree.upos(i), Upos::Verb | Upos::Aux) && tensed(i)
    } else {
        helped.into_iter().any(tensed)
    }
}

/// What a verb's subject is to it.
pub(super) fn subject_rel(tree: &Tree<'_>, verb: usize) -> &'static str {
    if tree.child(verb, &["aux:pass"]).is_some() {
        "nsubj:pass"
    } else {
        "nsubj"
    }
}

/// Whether a form can be a past tense: not "taken", "shown", "begun".
pub(super) fn can_be_past(word: &str) -> bool {
    !matches!(word, "done" | "gone" | "been")
        && ["en", "wn", "un", "rn"]
            .iter()
            .all(|end| !word.ends_with(end))
}
