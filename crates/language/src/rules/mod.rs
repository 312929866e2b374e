//! The rules around the network: tokenizer, word attributes, attribute ruler and lemmatizer, as the model's files state them.

mod folder;
mod hash;
mod lemma;
mod lexeme;
mod pattern;
mod ruler;
#[cfg(test)]
mod tests;
mod tokenizer;

use std::path::{Path, PathBuf};

use sayso_records::{Byte, Span};
use smol_str::SmolStr;
use thiserror::Error;

use folder::RulesData;
use hash::string_id;
use lemma::Lemmatizer;
use lexeme::Norms;
pub(crate) use ruler::Ruled;
use ruler::Ruler;
use tokenizer::Tokenizer;

/// Why rules cannot be used.
#[derive(Debug, Error)]
pub enum RulesError {
    /// A file of the folder cannot be read.
    #[error("{}: {message}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The packed rules cannot be read or written.
    #[error("rules: {message}")]
    Packed {
        /// What is wrong with them.
        message: String,
    },
    /// An expression of the tokenizer cannot be compiled.
    #[error("tokenizer, {what}: {message}")]
    Pattern {
        /// Which expression.
        what: &'static str,
        /// What the engine says.
        message: String,
    },
    /// The tokens of a special case do not spell it.
    #[error("tokenizer: the tokens of the special case `{word}` do not spell it")]
    Exception {
        /// The special case.
        word: String,
    },
    /// A rule of the attribute ruler says something this reader does not know.
    #[error("attribute ruler, rule {rule}: cannot read {what}")]
    Rule {
        /// Place of the rule in its file, from 0.
        rule: usize,
        /// The part not known.
        what: String,
    },
}

/// One token of a text before the network has seen it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Where it stands.
    pub(crate) span: Span<Byte>,
    /// Its norm.
    pub(crate) norm: SmolStr,
    /// Whether one space that is no token follows.
    pub(crate) space_after: bool,
}

/// The numbers of a token that the network's embeddings are looked up by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attributes {
    pub(crate) orth: u64,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    /// Whether it is all white space.
    pub(crate) is_space: bool,
}

/// The rules of one model.
#[derive(Debug)]
pub(crate) struct Rules {
    tokenizer: Tokenizer,
    norms: Norms,
    ruler: Ruler,
    lemmas: Lemmatizer,
}

impl Rules {
    /// From the packed file.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, RulesError> {
        Self::new(RulesData::from_bytes(bytes)?)
    }

    /// From a model folder as spaCy writes it.
    pub(crate) fn from_folder(folder: &Path) -> Result<Self, RulesError> {
        Self::new(RulesData::from_folder(folder)?)
    }

    fn new(data: RulesData) -> Result<Self, RulesError> {
        let norms = Norms::new(data.norms);
        Ok(Self {
            tokenizer: Tokenizer::new(&data.tokenizer, &norms)?,
            ruler: Ruler::new(&data.ruler)?,
            lemmas: Lemmatizer::new(&data.lemmas),
            norms,
        })
    }

    /// The tokens of a text in order.
    pub(crate) fn tokenize(&self, text: &str) -> Vec<Piece> {
        self.tokenizer.tokenize(text, &self.norms)
    }

    /// The numbers of a token.
    pub(crate) fn attributes(&self, text: &str, piece: &Piece) -> Attributes {
        let word = text
            .get(piece.span.start as usize..piece.span.end as usize)
            .unwrap_or("");
        Attributes {
            orth: string_id(word),
            norm: string_id(&piece.norm),
            prefix: string_id(lexeme::prefix(word)),
            suffix: string_id(lexeme::suffix(word)),
            shape: string_id(&lexeme::shape(word)),
            is_space: !word.is_empty() && word.chars().all(lexeme::is_space),
        }
    }

    /// What the attribute ruler makes of the tokens' words, tags and dependency labels.
    pub(crate) fn tag_pos(&self, words: &[&str], tags: &[SmolStr], deps: &[SmolStr]) -> Vec<Ruled> {
        self.ruler.apply(words, tags, deps)
    }

    /// The lemma of a token after the ruler: the ruler's own, else the lemmatizer's.
    pub(crate) fn lemma(&self, word: &str, ruled: &Ruled) -> SmolStr {
        ruled
            .lemma
            .clone()
            .unwrap_or_else(|| self.lemmas.lemma(word, &ruled.pos, &ruled.morph))
    }
}

/// Packs the rules of a model folder as spaCy writes it into the one file `rules.json.gz`.
pub fn pack(folder: &Path) -> Result<Vec<u8>, RulesError> {
    RulesData::from_folder(folder)?.to_bytes()
}
