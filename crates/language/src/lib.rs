//! Sentences, tokens, tags, lemmas, trees and names.

pub mod native;
pub mod ud;
