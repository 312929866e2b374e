//! Chooses the place that is meant. Every weight is in decimal orders of population: 1.0 outweighs ten times the people.

use crate::{
    bearers::{Candidate, towns_before_their_divisions},
    load::Gazetteer,
    place::{Hints, Place, PlaceKind, Placing, Spelling},
    places::Area,
    wider::Wider,
};

/// The report names its state, or a first-order division of that.
const COUNTRY: f64 = 1.8;
/// Another place of the report lies in the same state, or close by.
const NEIGHBOUR: f64 = 1.0;
const CLOSE_BY: f64 = 1.6;
const CLOSE_BY_KM: f64 = 200.0;
/// Another place of the report lies in the same first-order division, or is that.
const SAME_AREA: f64 = 1.0;
/// The report names the first-order division of a district: who speaks of Monroe County has said in which state.
const NAMED_AREA: f64 = 1.5;
/// Another first-order division of its state is named: provinces are named together.
const SIBLING: f64 = 0.8;
/// The sentence says it lies within a place that it does lie in, or does not.
const WITHIN: f64 = 4.0;
const NOT_WITHIN: f64 = -4.0;
/// A lead below this leaves the place unsure, unless the rivals are nearly the same spot.
const LEAD: f64 = 0.5;
const SAME_SPOT_KM: f64 = 40.0;
/// A place below this score that nothing confirms is unsure (a main name of about 2,000 people, an alternate of 20,000).
const ENOUGH: f64 = 3.8;
/// Rivals given back at most.
pub(crate) const RIVALS: usize = 5;

/// Where another name of the report most likely lies.
struct Anchor<'g> {
    country: &'g str,
    area: Option<&'g Area>,
    first_order: bool,
    at: (f64, f64),
}

impl Gazetteer {
    /// Which place on the ground is meant by `name`, given what else the report names. Without a clear lead it is
    /// [`Placing::Unsure`]. A spelling one or two letters off is met only inside a wider place or state that the hints give.
    pub fn place(&self, name: &str, hints: &Hints<'_>) -> Placing {
        let mut wider: Vec<Wider<'_>> = hints
            .within
            .iter()
            .filter_map(|name| self.wider(name))
            .collect();
        let near: Vec<Anchor<'_>> = hints
            .near
            .iter()
            .filter(|other| **other != name)
            .filter_map(|other| self.anchor(other))
            .collect();
        let mut held: Vec<Vec<Candidate<'_>>> = hints
            .holds
            .iter()
            .map(|name| self.candidates(name))
            .filter(|readings| !readings.is_empty())
            .collect();
        let mut candidates = self.candidates(name);
        if !held
            .iter()
            .flatten()
            .any(|inner| candidates.iter().any(|own| own.encloses(inner)))
        {
            held.clear();
        }
        let placed = candidates
            .iter()
            .any(|own| wider.iter().any(|wider| wider.holds(own)));
        if !placed
            && candidates
                .iter()
                .any(|own| own.is_state() || own.is_first_order())
        {
            // "Colorado, California": a list. What a province lies in is a state, and that would hold it.
            wider.clear();
        }
        for candidate in &mut candidates {
            weigh(candidate, hints, &wider, &held, &near);
        }
        towns_before_their_divisions(&mut candidates);
        if candidates.is_empty() || (!wider.is_empty() && !placed) {
            let mut misspelt = self.misspelt(name, hints, &wider);
            for candidate in &mut misspelt {
                weigh(candidate, hints, &wider, &held, &near);
            }
            misspelt.retain(|candidate| candidate.within || wider.is_empty());
            candidates.extend(misspelt);
        }
        // That the report names its state is too little to make a name of a misspelling.
        let guessed =
            wider.is_empty() && candidates.iter().all(|own| own.spelling == Spelling::Near);
        match choose(candidates, !wider.is_empty()) {
            Placing::One(place) if guessed => Placing::Unsure(vec![place]),
            chosen => chosen,
        }
    }

    /// Every place of this name (diacritics and case aside): a state or region of the world first, then by people, most first. Empty: none
    /// is known. It says who bears the name, not who is meant.
    pub fn called(&self, name: &str) -> Vec<Place> {
        let mut candidates = self.candidates(name);
        towns_before_their_divisions(&mut candidates);
        candidates.retain(|candidate| candidate.lat.is_finite());
        candidates.sort_by(|a, b| {
            (b.is_state(), b.population)
                .cmp(&(a.is_state(), a.population))
                .then_with(|| a.id.cmp(&b.id))
        });
        candidates.iter().map(place).collect()
    }

    /// Where another name of the report most likely lies: its state and point. `None`: unknown, or itself unsure.
    fn anchor(&self, name: &str) -> Option<Anchor<'_>> {
        let mut candidates = self.candidates(name);
        towns_before_their_divisions(&mut candidates);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        let first = candidates.first()?;
        let lead = candidates
            .get(1)
            .map_or(first.score, |second| first.score - second.score);
        (lead >= LEAD && first.score >= ENOUGH && !first.is_state()).then_some(Anchor {
            country: first.country,
            area: first.area,
            first_order: first.is_first_order(),
            at: (first.lat, first.lon),
        })
    }
}

fn weigh(
    candidate: &mut Candidate<'_>,
    hints: &Hints<'_>,
    wider: &[Wider<'_>],
    held: &[Vec<Candidate<'_>>],
    near: &[Anchor<'_>],
) {
    for wider in wider {
        let holds = wider.holds(candidate);
        candidate.score += if holds { WITHIN } else { NOT_WITHIN };
        candidate.within |= holds;
    }
    if !held.is_empty() {
        let mut readings = held.iter().flatten();
        candidate.holds = readings.any(|reading| candidate.encloses(reading));
        candidate.score += if candidate.holds { WITHIN } else { NOT_WITHIN };
    }
    let own = (candidate.lat, candidate.lon);
    let close = near
        .iter()
        .any(|other| kilometres(own, other.at) < CLOSE_BY_KM);
    let neighbour = near.iter().any(|other| other.country == candidate.country);
    let same_area = neighbour
        && candidate.area.is_some_and(|own| {
            near.iter()
                .filter_map(|other| other.area)
                .any(|area| area.id == own.id)
        });
    let named_area = same_area
        && candidate.kind == PlaceKind::Division
        && candidate.area.is_some_and(|own| {
            near.iter()
                .any(|other| other.first_order && other.area.is_some_and(|area| area.id == own.id))
        });
    // Who names Kentucky names the United States.
    let province = near
        .iter()
        .any(|other| other.first_order && other.country == candidate.country);
    let sibling = province && candidate.is_first_order();
    let named = province || hints.countries.contains(&candidate.country);
    for (holds, weight) in [
        (named, COUNTRY),
        (neighbour, NEIGHBOUR),
        (same_area, SAME_AREA),
        (named_area, NAMED_AREA),
        (sibling, SIBLING),
        (close, CLOSE_BY),
    ] {
        if holds {
            candidate.score += weight;
        }
    }
    candidate.confirmed |= named || neighbour || close || candidate.within || candidate.holds;
}

fn choose(mut candidates: Vec<Candidate<'_>>, wider_given: bool) -> Placing {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    let Some(first) = candidates.first().filter(|first| first.lat.is_finite()) else {
        return Placing::None;
    };
    let clear = candidates.get(1).is_none_or(|second| {
        first.score - second.score >= LEAD
            || kilometres((first.lat, first.lon), (second.lat, second.lon)) < SAME_SPOT_KM
    });
    let enough = first.confirmed || first.score >= ENOUGH;
    let placed = first.within || !wider_given;
    let mut places = candidates.iter().take(RIVALS).map(place);
    if clear && enough && placed {
        places.next().map_or(Placing::None, Placing::One)
    } else {
        Placing::Unsure(places.collect())
    }
}

pub(crate) fn place(candidate: &Candidate<'_>) -> Place {
    Place {
        id: candidate.id.clone(),
        geonames: candidate.geonames,
        name: candidate.name.to_owned(),
        kind: candidate.kind,
        country: candidate.country.to_owned(),
        admin: candidate
            .area
            .filter(|area| area.id != candidate.id && !area.name.is_empty())
            .map(|area| area.name.clone()),
        lat: candidate.lat,
        lon: candidate.lon,
        population: candidate.population,
        via_spelling: candidate.spelling,
    }
}

/// Great-circle distance of two points in degrees.
pub(crate) fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
