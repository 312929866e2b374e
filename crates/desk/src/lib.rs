//! The doors: pages, data, exports and tools over one set of questions to the ledger.
//!
//! Every page is data as well: the same address with an ending gives what the page shows ([`page`]). What is asked of the ledger stands in one file a
//! page ([`pages`](self)), and looks at the file through [`Look`]; whatever counts over many findings counts over the [`shelf`].
//!
//! # What is not here?
//! Anything that reads or changes a report; a write to the ledger that is no judgement, account or audit line.

pub mod access;
mod assets;
pub mod clause;
pub mod contract;
pub mod correcting;
pub mod export;
pub mod frame;
pub mod graphml;
mod judging;
pub mod labels;
pub mod likely;
mod look;
pub mod mcp;
pub mod meant;
pub(crate) mod openapi;
pub mod page;
mod pages;
mod pairs;
pub mod register;
pub mod rows;
pub mod serve;
pub mod shelf;
mod trouble;
mod verdict;
pub mod watch;
pub mod words;

pub use look::{Desk, Keeper, Kept, Look, Told, one};
pub use trouble::Trouble;
pub use verdict::Verdict;
