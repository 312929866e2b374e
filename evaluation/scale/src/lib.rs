//! How the cost of a report and the time of an answer grow with the ledger: reports made by lot from a fixed seed, put into a ledger as `sayso read` does.
//!
//! Nothing is parsed here: reading 100,000 reports takes hours, and its speed is measured in `evaluation/speed`. What is made has the shape of what is
//! read: sentences with spans, entities of the gazetteer, sources, days, quantities; names by Zipf's law, a third of the reports copies.

mod measure;
mod random;
mod reports;
mod telling;
mod world;

pub use measure::{Asked, Cost, Scale, Size, middle_and_most, peak};
pub use reports::Reports;

/// Whatever goes wrong: said to a person, and the end.
pub type Error = Box<dyn std::error::Error + Send + Sync>;

/// What decides the reports unless told.
pub const SEED: u64 = 20_230_801;
