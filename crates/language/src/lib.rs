//! Sentences, tokens, tags, lemmas, trees and names.

// Not all of it is called yet: the pipeline that joins it with the rules comes next.
#[allow(dead_code)]
pub mod model;
pub mod native;
pub mod ud;

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
