//! Which mentions of events are one event, in one report and across reports?
//!
//! Two mentions are compared if their predicates can tell one sort of event ([`Kinship`]: one lemma, a verb and its noun, or, within a
//! report, one class of `rules/senses.toml`). What contradicts rules them out: another party of the same role and sort, other things in
//! the same place of the sentence, other days, another number of the same unit, another place. What agrees is weighed by how rare it is
//! among the reports ([`Rarity`]), in bits: a word that every eighth report has tells three. They are one event if that is more than chance
//! explains, which of many mentions would take more than of few. Weighing agreements by their rarity is record linkage (Fellegi & Sunter
//! 1969); that mentions whose parties agree are likelier one event is from Lee et al. (2012). A known noun ("the announcement") means the
//! last event of its sort, a pronoun what the sentence before tells.
//!
//! Groups are closed surest pair first, and two groups of which members contradict each other stay apart; so the order in which mentions
//! come makes no difference, and one vague mention does not glue two exact ones together.
//!
//! # What is not here?
//! The reading of text: mentions come with their parties, places, days and numbers. Parts of an event, and what leads to what.

mod compare;
mod group;
mod mention;
mod rarity;
mod senses;
#[cfg(test)]
mod tests;

pub use compare::{Judge, Reason, Verdict};
pub use group::{Events, Link, events};
pub use mention::{Days, Figure, Form, Mention, Party, Role, Sort};
pub use rarity::Rarity;
pub use senses::Kinship;
