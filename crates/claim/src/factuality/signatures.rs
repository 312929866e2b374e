//! The codebook's signatures, by word and by what stands under it.

use std::collections::HashMap;

use sayso_codebook::{Codebook, Openness, Sign, Signature, Signed};
use sayso_records::Upos;

use crate::tree::{Form, Tree};

/// What a word says of what is under it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entailed {
    pub(super) signature: Signature,
    pub(super) open: Option<Openness>,
    /// Whether it is left open where the word over it is, whatever the signature.
    pub(super) follows: bool,
    /// Whether it is denied where the word over it is left open and denied.
    pub(super) shares: bool,
}

type Index = HashMap<String, Vec<usize>>;

/// Signatures by lemma and part of speech.
pub(crate) struct Signatures {
    classes: Vec<Signed>,
    verbs: Index,
    nouns: Index,
    adjectives: Index,
}

impl Signatures {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let classes = codebook.embedding.signatures.clone();
        let by = |words: fn(&Signed) -> &Vec<String>| {
            let mut index = Index::new();
            for (n, class) in classes.iter().enumerate() {
                for word in words(class) {
                    index.entry(word.clone()).or_default().push(n);
                }
            }
            index
        };
        Self {
            verbs: by(|c| &c.verbs),
            nouns: by(|c| &c.nouns),
            adjectives: by(|c| &c.adjectives),
            classes,
        }
    }

    /// What the word at `i` says of a complement of this sort. `None`: the codebook does not know.
    pub(super) fn of(&self, tree: &Tree<'_>, i: usize, complement: &str) -> Option<Entailed> {
        let lemma = tree.lemma(i);
        let as_written = || self.adjectives.get(&tree.word(i).to_lowercase());
        let particled = || {
            let particle = tree.child(i, &["compound:prt"])?;
            self.verbs.get(&format!("{lemma} {}", tree.lemma(particle)))
        };
        // "is set to", "a failed attempt": participles as adjectives
        let lists = match tree.upos(i) {
            Upos::Verb | Upos::Aux => [particled(), self.verbs.get(lemma), as_written()],
            Upos::Noun => [self.nouns.get(lemma), None, None],
            Upos::Adj | Upos::Adv => [self.adjectives.get(lemma), as_written(), None],
            _ => return None,
        };
        let class = lists
            .into_iter()
            .flatten()
            .flatten()
            .map(|&n| &self.classes[n])
            .find(|class| class.with.is_empty() || class.with.iter().any(|w| w == complement))?;
        let past = matches!(tense(tree, i), Form::Past | Form::Perfect);
        Some(Entailed {
            signature: class.past.filter(|_| past).unwrap_or(class.signature),
            open: class.open,
            follows: false,
            shares: true,
        })
    }
}

/// The form of a predicate, that of its copula where it is no verb.
pub(super) fn tense(tree: &Tree<'_>, i: usize) -> Form {
    match (tree.form(i), tree.child(i, &["cop"])) {
        (Form::Noun, Some(copula)) => match tree.tag(copula) {
            "VBD" => Form::Past,
            "VBN" => Form::Perfect,
            _ => Form::Present,
        },
        (form, _) => form,
    }
}

impl Entailed {
    /// What grammar alone says.
    pub(super) fn plain(holds: Sign, denied: Sign, open: Option<Openness>) -> Self {
        Self {
            signature: Signature { holds, denied },
            open,
            follows: false,
            shares: true,
        }
    }

    /// The same, but open where the word over it is left open.
    pub(super) fn following(self) -> Self {
        Self {
            follows: true,
            ..self
        }
    }

    /// Beside the word over it and open with it, but not denied with it: "would not leave until he had it".
    pub(super) fn beside(self) -> Self {
        Self {
            follows: true,
            shares: false,
            ..self
        }
    }

    /// What becomes of it under a word that is `above`.
    pub(super) fn under(self, above: Sign) -> Sign {
        if self.follows && above == Sign::Open {
            Sign::Open
        } else {
            self.signature.under(above)
        }
    }
}
