//! Findings: which claims state the same proposition, how many independent origins stand behind them, and what was lost from copy
//! to copy. `docs/design/findings.md` says why it is cut so.
//!
//! # What is not here?
//! The store, the clock and the network: everything is a function of the claims, reports and judgements handed in, and of nothing
//! else, so that the order in which they arrived cannot matter.

pub mod copies;
mod credits;
pub mod erosion;
pub mod events;
pub mod findings;
pub mod lineage;
pub mod propositions;
pub mod vote;
