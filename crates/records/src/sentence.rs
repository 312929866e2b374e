use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Byte, Span, TokenIndex};

/// Universal part of speech (Nivre et al. 2020, universaldependencies.org/u/pos).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
    Space,
}

impl Upos {
    /// The tag as Universal Dependencies writes it (`NOUN`); `SPACE` is spaCy's own, for white-space tokens.
    pub fn as_str(self) -> &'static str {
        use Upos::*;
        match self {
            Adj => "ADJ",
            Adp => "ADP",
            Adv => "ADV",
            Aux => "AUX",
            Cconj => "CCONJ",
            Det => "DET",
            Intj => "INTJ",
            Noun => "NOUN",
            Num => "NUM",
            Part => "PART",
            Pron => "PRON",
            Propn => "PROPN",
            Punct => "PUNCT",
            Sconj => "SCONJ",
            Sym => "SYM",
            Verb => "VERB",
            X => "X",
            Space => "SPACE",
        }
    }

    /// Reads what [`Upos::as_str`] writes; anything else is [`Upos::X`].
    pub fn parse(tag: &str) -> Self {
        use Upos::*;
        [
            Adj, Adp, Adv, Aux, Cconj, Det, Intj, Noun, Num, Part, Pron, Propn, Punct, Sconj, Sym,
            Verb, X, Space,
        ]
        .into_iter()
        .find(|upos| upos.as_str() == tag)
        .unwrap_or(X)
    }
}

/// One token of a sentence, with its place in the Universal Dependencies tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the analysed text.
    pub span: Span<Byte>,
    /// Penn Treebank tag (`VBG`).
    pub tag: SmolStr,
    /// Universal part of speech.
    pub upos: Upos,
    /// Lemma, lower case except for proper names.
    pub lemma: SmolStr,
    /// Index of the head in the same sentence; the root's head is itself.
    pub head: u32,
    /// Universal Dependencies relation with subtype (`nsubj:pass`, `acl:relcl`, `obl:agent`); `root` for the root.
    pub rel: SmolStr,
}

/// A name the model found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Tokens it covers.
    pub span: Span<TokenIndex>,
    /// OntoNotes label (`GPE`, `ORG`, `PERSON`, `NORP`, `DATE`, ...).
    pub label: SmolStr,
}

/// One sentence, analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands in the analysed text.
    pub span: Span<Byte>,
    /// Its tokens, white-space tokens included (their relation is `dep`), in order. Never empty.
    pub tokens: Vec<Token>,
    /// Its names, in order, not overlapping.
    pub names: Vec<Name>,
}
