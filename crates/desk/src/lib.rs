//! The doors: pages, data, exports and tools over one set of questions to the ledger.

pub mod contract;
pub mod rows;
mod verdict;
pub mod words;

pub use verdict::Verdict;
