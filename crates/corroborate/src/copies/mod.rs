//! Which reports are copies of one another?
//!
//! A report is cut up once ([`Reading`]) and kept as a few hundred bytes and some keys ([`Sketch`]); reports that share a key are worth
//! comparing; comparing two ([`relation()`]) gives what one is to the other, the sentences that show it, and what both merely quote.
//! The store keeps keys and asks; [`Index`] does the same in memory.
//!
//! # What is not here?
//! Translated copies: they share names and numbers but no words. Reports that credit each other without taking words over: those say so,
//! and are told by what they cite.

mod align;
mod index;
mod reading;
mod relation;
mod rules;
mod sketch;
#[cfg(test)]
mod tests;
mod words;

pub use align::{How, Pair};
pub use index::{Index, recurring, stories};
pub use reading::Reading;
pub use relation::{First, Relation, Sort, relation};
pub use sketch::{BANDS, Sketch};
