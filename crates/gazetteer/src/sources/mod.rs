//! Where reports come from: outlets, their owners and addresses, and the words by which a report says that it has things from elsewhere.
//!
//! The facts and the words are `sources/*.toml`, built into the program ([`Sources::bundled`]), read from a folder of the same shape
//! instead ([`Sources::open`]) or beside it ([`Sources::beside`]).
//!
//! # What can be asked?
//! - [`Sources::publisher`]: which outlet printed this report?
//! - [`Sources::outlet`]: which outlet has this name?
//! - [`Sources::reader`]: where does this report credit somebody, or show reporting of its own?
//! - [`Sources::page`]: are two addresses one page?
//!
//! # What is not here?
//! An opinion on how far an outlet can be trusted: that is a person's judgement. A name that two outlets share without one being meant
//! more often is listed for neither; their addresses tell them apart.

mod address;
mod cue;
mod data;
mod file;
mod load;
mod mask;
mod outlet;
mod spell;

pub use cue::{Cue, CueSort, Who};
pub use load::{Reader, Sources};
pub use outlet::{Outlet, OutletKind};

#[cfg(test)]
mod tests;
