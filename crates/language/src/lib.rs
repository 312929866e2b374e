//! Sentences, tokens, tags, lemmas, trees and names.

pub mod model;
pub mod native;
pub mod rules;
mod spacy;
pub mod ud;

pub use spacy::{Spacy, SpacyError};

use sayso_records::Sentence;

/// Turns texts into analysed sentences.
///
/// Guarantees: one entry a text, in order; spans are byte spans into that text; the same text gives the same sentences whatever
/// stands beside it in the batch.
pub trait Analyser: Send + Sync {
    /// ISO 639-1 code of the language it reads.
    fn language(&self) -> &str;
    /// Name and version of the model, stored with each claim.
    fn version(&self) -> &str;
    /// The sentences of each text.
    fn analyse(&self, texts: &[&str]) -> Vec<Vec<Sentence>>;
}
