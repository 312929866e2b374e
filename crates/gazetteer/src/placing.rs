//! Chooses the place that is meant. Every weight is in decimal orders of population: 1.0 outweighs ten times the people.

use crate::{
    fold::{fold, slug},
    load::Gazetteer,
    place::{Hints, Place, PlaceKind, Placing, Spelling},
    places::{Area, Town},
    wider::{Wider, bare, part_of},
};

/// A state or a region of the world is meant by its name almost whatever else has it, and a town of that name hardly ever.
const STATE: f64 = 9.5;
const CALLED_LIKE_A_STATE: f64 = -4.0;
/// A town of which its state has a division of the same name with so many times as many people: "Nevada" is seldom the one in Missouri.
const CALLED_LIKE_A_DIVISION: f64 = -1.0;
const HAMLET: u64 = 50;
/// A division is named more often than a town of as many people would be.
const DIVISION: f64 = 0.6;
/// Asked by its main name rather than one of many alternates.
const MAIN: f64 = 0.9;
/// The capital of a state.
const CAPITAL: f64 = 1.0;
/// For ten times as many listed names, a measure of how well known a place is.
const FAME: f64 = 0.4;
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
/// How far from its point a district, a region without towns of its own, and a town's surroundings reach.
const DISTRICT_KM: f64 = 100.0;
const REGION_KM: f64 = 500.0;
const TOWN_KM: f64 = 60.0;
/// People of a town whose parts are spoken of by their direction.
const CITY: u32 = 100_000;
/// A lead below this leaves the place unsure, unless the rivals are nearly the same spot.
const LEAD: f64 = 0.5;
const SAME_SPOT_KM: f64 = 40.0;
/// A place below this score that nothing confirms is unsure (a main name of about 2,000 people, an alternate of 20,000).
const ENOUGH: f64 = 3.8;
/// Rivals given back at most.
pub(crate) const RIVALS: usize = 5;

/// One reading of a place name.
pub(crate) struct Candidate<'g> {
    pub(crate) kind: PlaceKind,
    pub(crate) id: String,
    pub(crate) geonames: Option<u32>,
    pub(crate) name: &'g str,
    pub(crate) country: &'g str,
    /// Its first-order division, or itself for a division.
    pub(crate) area: Option<&'g Area>,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u32,
    pub(crate) spelling: Spelling,
    pub(crate) score: f64,
    /// Whether a wider place, a state or a neighbour speaks for it.
    pub(crate) confirmed: bool,
    /// Whether it lies in a wider place that the sentence gives.
    pub(crate) within: bool,
    /// Whether a place that the report puts within it lies there.
    pub(crate) holds: bool,
}

/// Where another name of the report most likely lies.
struct Anchor<'g> {
    country: &'g str,
    area: Option<&'g Area>,
    first_order: bool,
    at: (f64, f64),
}

impl Candidate<'_> {
    /// Whether it is a state or a region of the world.
    fn is_state(&self) -> bool {
        matches!(self.kind, PlaceKind::State | PlaceKind::World)
    }

    /// Whether it is a first-order division, or a region as great.
    fn is_first_order(&self) -> bool {
        self.kind == PlaceKind::Division && self.area.is_some_and(|area| area.id == self.id)
    }

    /// Whether `other` lies in it, by what is known of both.
    fn encloses(&self, other: &Self) -> bool {
        let apart = kilometres((self.lat, self.lon), (other.lat, other.lon));
        let code = |of: &Self| of.area.and_then(|area| area.code.as_deref());
        // "Pennsylvania, Indiana" is a list: only a state holds a province.
        let smaller = !other.is_state() && (self.is_state() || !other.is_first_order());
        self.country == other.country
            && smaller
            && match self.kind {
                PlaceKind::World => false,
                PlaceKind::State => true,
                PlaceKind::Division if !self.is_first_order() => apart < DISTRICT_KM,
                PlaceKind::Division if code(self).is_none() => apart < REGION_KM,
                PlaceKind::Division => code(self) == code(other),
                PlaceKind::Town => apart < TOWN_KM,
            }
    }
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

    /// What is called `name`, spelled as the gazetteer spells it, diacritics and case aside.
    fn candidates(&self, name: &str) -> Vec<Candidate<'_>> {
        let folded = fold(name);
        let spelling = if name
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .to_lowercase()
            == folded
        {
            Spelling::Exact
        } else {
            Spelling::Folded
        };
        let whole = self.spelled(&folded, spelling);
        if !whole.is_empty() {
            return whole;
        }
        if let Some((bare, kind)) = bare(&folded) {
            let mut called = self.spelled(bare, spelling);
            if let Some(kind) = kind
                && (kind == PlaceKind::Division
                    || called.iter().any(|candidate| candidate.kind == kind))
            {
                // A county or region that is not known is not the town it is called after.
                called.retain(|candidate| candidate.kind == kind);
            }
            return called;
        }
        // "North Dallas", "South West England": a part of a city or province. "Eastern China" is a part of no town called China.
        let mut part = part_of(&folded).map_or_else(Vec::new, |of| self.spelled(of, spelling));
        if part.iter().any(Candidate::is_state) {
            return Vec::new();
        }
        part.retain(|own| own.is_first_order() || own.population >= CITY);
        part
    }

    fn spelled(&self, folded: &str, spelling: Spelling) -> Vec<Candidate<'_>> {
        let mut out = Vec::new();
        if let Some(wide) = self.wide_places.get(folded) {
            let (lat, lon) = wide.point.unwrap_or((f64::NAN, f64::NAN));
            out.push(Candidate {
                kind: if wide.iso2.is_some() {
                    PlaceKind::State
                } else {
                    PlaceKind::World
                },
                id: wide.id.clone(),
                geonames: wide.geonames,
                name: &wide.name,
                country: wide.iso2.as_deref().unwrap_or(""),
                area: None,
                lat,
                lon,
                population: 0,
                spelling,
                score: STATE,
                confirmed: true,
                within: false,
                holds: false,
            });
        }
        out.extend(self.places.areas(folded).map(|area| Candidate {
            kind: PlaceKind::Division,
            id: area.id.clone(),
            geonames: area.geonames,
            name: &area.name,
            country: &area.country,
            area: Some(area),
            lat: area.lat,
            lon: area.lon,
            population: area.population,
            spelling,
            score: orders(area.population) + DIVISION,
            confirmed: false,
            within: false,
            holds: false,
        }));
        let called_like_a_state = self.wide_places.contains_key(folded);
        let divisions: Vec<&Area> = self.places.areas(folded).collect();
        let towns = self.places.towns(folded);
        out.extend(towns.iter().map(|town| {
            let mut candidate = of_town(town, spelling);
            if called_like_a_state {
                candidate.score += CALLED_LIKE_A_STATE;
            }
            let shadowed = divisions.iter().any(|area| {
                area.country == town.area.country
                    && u64::from(town.population) * HAMLET < u64::from(area.population)
            });
            if shadowed {
                candidate.score += CALLED_LIKE_A_DIVISION;
            }
            candidate
        }));
        out
    }

    /// Populated places a letter or two away, where a wider place or state can confirm them.
    fn misspelt(&self, name: &str, hints: &Hints<'_>, wider: &[Wider<'_>]) -> Vec<Candidate<'_>> {
        let folded = fold(name);
        let letters = folded.chars().count();
        // A division narrows the choice far more than a state does, so it may confirm a greater difference.
        let narrow = wider.iter().any(Wider::narrow);
        let distance = match letters {
            0..5 => return Vec::new(),
            5 => 1,
            6..8 => 1 + u32::from(narrow),
            _ => 2,
        };
        if wider.is_empty() && hints.countries.is_empty() {
            return Vec::new();
        }
        let fits = |candidate: &Candidate<'_>| {
            if wider.is_empty() {
                hints.countries.contains(&candidate.country)
            } else {
                wider.iter().all(|wider| wider.holds(candidate))
            }
        };
        let mut out: Vec<(usize, Candidate<'_>)> = self
            .places
            .near(&folded, distance)
            .iter()
            .filter(|(.., town)| town.population >= 1_000 && !town.district)
            .map(|(_, apart, town)| (*apart, of_town(town, Spelling::Near)))
            .filter(|(_, candidate)| fits(candidate))
            .collect();
        out.sort_by(|a, b| a.1.geonames.cmp(&b.1.geonames).then(a.0.cmp(&b.0)));
        out.dedup_by(|a, b| a.1.geonames == b.1.geonames);
        out.into_iter()
            .map(|(apart, mut candidate)| {
                // Each letter off costs as much as a hundredfold of people.
                candidate.score -= 2.0 * apart as f64;
                candidate
            })
            .collect()
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

/// Leaves out a division that is called like a town in it: the bare name ("Gomel") is the town's, unless the report puts places within it.
fn towns_before_their_divisions(candidates: &mut Vec<Candidate<'_>>) {
    let own: Vec<(String, Option<String>)> = candidates
        .iter()
        .filter(|candidate| candidate.kind == PlaceKind::Town)
        .filter_map(|town| Some((town, town.area?)))
        // A hamlet that shares the name of its division ("Minnesota") does not take it over.
        .filter(|(town, area)| u64::from(town.population) * HAMLET >= u64::from(area.population))
        .map(|(town, area)| (town.country.to_owned(), area.code.clone()))
        .collect();
    candidates.retain(|candidate| {
        if candidate.holds {
            return true;
        }
        let division = candidate
            .area
            .filter(|_| candidate.kind == PlaceKind::Division);
        !division.is_some_and(|area| own.contains(&(area.country.clone(), area.code.clone())))
    });
}

pub(crate) fn of_town<'g>(town: &Town<'g>, spelling: Spelling) -> Candidate<'g> {
    let flag = |set: bool, weight: f64| if set { weight } else { 0.0 };
    let id = if town.geonames == 0 {
        let within = town.area.id.strip_prefix("sayso:").unwrap_or(&town.area.id);
        format!("sayso:{}-{}", slug(within), slug(town.name))
    } else {
        format!("geonames:{}", town.geonames)
    };
    let (kind, known) = if town.district {
        (PlaceKind::Division, DIVISION)
    } else {
        let known = flag(town.main, MAIN) + FAME * (f64::from(town.names) + 1.0).log10();
        (PlaceKind::Town, known)
    };
    Candidate {
        kind,
        id,
        geonames: (town.geonames != 0).then_some(town.geonames),
        name: town.name,
        country: &town.area.country,
        area: Some(town.area),
        lat: town.lat,
        lon: town.lon,
        population: town.population,
        spelling,
        score: orders(town.population) + known + flag(town.capital, CAPITAL),
        confirmed: false,
        within: false,
        holds: false,
    }
}

fn orders(population: u32) -> f64 {
    (f64::from(population) + 100.0).log10()
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
