//! Fills what claims name: entities and places, from the gazetteer and from what the report itself says.
//!
//! # What is filled?
//! - places: house name, id, state, point and precision, chosen with the wider places of the sentence, the states the report names and
//!   its other places ([`sayso_gazetteer::Gazetteer::place`]);
//! - fillers and sources: the entity of a whole name that the gazetteer knows; a capital only where the claim stage read it as a state;
//! - abbreviations the report defines ("the Institute for the Study of War (ISW)"): both forms get one name, also for bodies
//!   that nobody listed, and the report's own meaning beats the gazetteer's.
//!
//! # Who is it that nobody listed?
//! Whoever bears the name: a body, person or plant that the gazetteer does not have is an entity by its name alone, whose id is
//! [`judged::name_key`] of it ("the Bhanur plant" is `name:bhanur plant`) in every report. Names are joined to one another or to a listed
//! entity by people only. [`compare`] says which are likely one, and why.
//!
//! # What did people judge?
//! [`judged`] folds their judgements into what stands: which entities are one, which names are not what they were taken for, grades.
//!
//! # What is not here?
//! A guess: what is unknown or has close rivals stays without an entity. The same report and gazetteer give the same claims.

mod acronyms;
pub mod compare;
pub mod judged;
mod names;
mod places;
mod proper;
mod words;

pub use proper::is_name;
use sayso_gazetteer::{Gazetteer, Placing};
use sayso_records::{Claim, Notice, PlaceRef, Report};

use crate::{acronyms::Acronyms, names::Names, places::Places};

/// The known thing that the whole of `text` names, its article, possessive and bracketed abbreviation aside. Places on the ground are asked for
/// with [`Gazetteer::place`]. `None`: it names none, or says more.
pub fn named<'g>(text: &str, gazetteer: &'g Gazetteer) -> Option<sayso_gazetteer::Match<'g>> {
    words::whole(names::bare(text), gazetteer).or_else(|| words::whole(text, gazetteer))
}

/// Fills the entities and places of `claims` from the gazetteer and from abbreviations the report defines. What is not known
/// for certain stays `None`. Claim ids are left alone: the caller computes them afterwards. Gives back what a reader should
/// know about it; nothing yet, because what stays open is said in the claims themselves.
pub fn resolve(report: &Report, claims: &mut [Claim], gazetteer: &Gazetteer) -> Vec<Notice> {
    let acronyms = Acronyms::defined_in(&report.text, gazetteer);
    let names = Names::of(&report.text, gazetteer, &acronyms);
    for claim in claims.iter_mut() {
        for (_, fillers) in &mut claim.roles {
            fillers.iter_mut().for_each(|filler| names.fill(filler));
        }
        claim
            .sources
            .iter_mut()
            .for_each(|source| names.attribute(source));
    }
    let named = claims.iter().flat_map(|claim| &claim.place);
    let places = Places::of(&report.text, named, gazetteer);
    for claim in claims.iter_mut() {
        claim.place.iter_mut().for_each(|place| places.fill(place));
    }
    Vec::new()
}

/// Where the place names of a text are, one answer each, chosen as the places of claims are: by the wider places their sentences
/// give, the states the text names and its other places. `places` are as the claim stage reads them (`Claimant::places`).
pub fn locate(text: &str, places: &[PlaceRef], gazetteer: &Gazetteer) -> Vec<Placing> {
    let all = Places::of(text, places.iter(), gazetteer);
    places.iter().map(|place| all.placing(place)).collect()
}
