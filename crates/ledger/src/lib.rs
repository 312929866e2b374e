//! The store: one SQLite file, only ever added to, from which every claim walks back to the bytes it was read from.
//!
//! ## What is one unit of work?
//! One report: its capture, its claims and its notices go in together or not at all ([`Ledger::append`]). A process killed
//! at any moment loses at most the report in hand.
//!
//! ## What stands, when the same bytes have been read several times?
//! The last *full pass*: a capture read to its end with one set of [`Versions`]. Until a newer pass is complete the older
//! one stands; both stay in the file. Reading again with versions that already stand adds nothing.
//!
//! ## What you will not find here
//! An update or a delete of what was read or judged (triggers refuse them; only what is worked out from it is made anew), a clock (times are passed in), a type of another stage written as it is
//! (`row.rs` holds the stored forms).

mod about;
mod append;
mod backup;
mod desk;
mod error;
mod fold;
mod judge;
mod latest;
mod names;
mod open;
mod pack;
mod query;
mod row;
mod shelf;
mod worked;

pub use about::Hit;
pub use append::{Appended, Reading, Versions};
pub use desk::{Account, Done, Search};
pub use error::LedgerError;
pub use fold::fold;
pub use latest::Latest;
pub use names::Met;
pub use open::{APPLICATION_ID, Ledger, Options, SCHEMA};
pub use pack::Packed;
pub use query::{Filter, Head, Kept, Matched, Stored, StoredReport, Totals};
pub use shelf::{ShelfRow, SourceRow};
pub use worked::{FindingFilter, FindingRow, KinRow, Publisher, Sharing, Spelling, Unworked, Work};
