//! What the spaCy pipeline says of a text, with its own labels, before they are turned into Universal Dependencies.

use sayso_records::{Byte, Span, Upos};
use smol_str::SmolStr;

/// One analysed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doc {
    /// Its tokens in order, white-space tokens included.
    pub tokens: Vec<Token>,
}

/// One token as spaCy gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the text.
    pub span: Span<Byte>,
    /// Penn Treebank tag.
    pub tag: SmolStr,
    /// Universal part of speech.
    pub pos: Upos,
    /// Lemma.
    pub lemma: SmolStr,
    /// Index of the head in the text; a root's head is itself.
    pub head: usize,
    /// ClearNLP label.
    pub dep: SmolStr,
    /// spaCy's code: 1 inside a name, 2 outside, 3 its first token.
    pub ent_iob: u8,
    /// Type of the name; empty outside.
    pub ent_type: SmolStr,
    /// Whether a sentence starts here.
    pub sent_start: bool,
}
