//! What did a copy lose or change of what its origin says?
//!
//! [`counterparts`] says which claim of a copy stands for which of its origin, also where the copy changed its place, actor or number;
//! [`erosion`] compares two such claims field by field and gives what is no longer the same, with the words before and after;
//! [`lost`] gives the claims of the origin for which nothing stands in the copy.
//!
//! # When is something lost?
//! Only where it is gone from the copy's sentence. A date, name, place or source that the sentence still holds, and that was merely not
//! read as this claim's, is not shown: erosion says what writers did, not what the reader missed. What the copy says more of (a date, a
//! place, a number that the origin does not give) is no erosion either.

mod counterparts;
mod names;
mod number;
mod roles;
mod rules;
mod said;
mod sentence;
mod status;
#[cfg(test)]
mod tests;
mod what;
mod when;
mod words;

use sayso_codebook::Kind;
use sayso_records::Claim;
use smol_str::SmolStr;

use crate::propositions::Naming;
use names::Known;

pub use counterparts::{Lost, counterparts, lost};
pub use sentence::exchanged;
pub use what::{Change, What};

/// What `to` no longer says as `from` says it, in the order denial, hedge, source, status, roles, place, number, date, then what the words
/// of the two sentences show besides. `ladder` is the status ladder of their kind; empty where the kind has none. Claims of two kinds have
/// nothing to compare: empty.
///
/// Names are compared by their entities and words alone; [`erosion_between`] knows that "UAV" is a drone.
pub fn erosion(from: &Claim, to: &Claim, ladder: &[SmolStr]) -> Vec<Change> {
    compare(from, to, ladder, Known(None))
}

/// The same, with names compared by what they name: what is called by another word, or by the name of what it is a sort or a part of, is no
/// change.
pub fn erosion_between(from: &Claim, to: &Claim, kind: &Kind, naming: &Naming<'_>) -> Vec<Change> {
    let ladder: Vec<SmolStr> = kind.ladder.iter().map(Into::into).collect();
    compare(from, to, &ladder, Known(Some(naming)))
}

fn compare(from: &Claim, to: &Claim, ladder: &[SmolStr], known: Known<'_>) -> Vec<Change> {
    let mut out = Vec::new();
    if from.kind != to.kind {
        return out;
    }
    said::denial(from, to, &mut out);
    said::hedge(from, to, &mut out);
    said::attribution(from, to, &mut out);
    status::compare(from, to, ladder, &mut out);
    let swapped = roles::swapped(from, to, known, &mut out);
    roles::compare(from, to, known, &swapped, &mut out);
    roles::place(from, to, known, &swapped, &mut out);
    number::compare(from, to, &mut out);
    when::compare(from, to, &mut out);
    sentence::compare(from, to, &mut out);
    out
}
