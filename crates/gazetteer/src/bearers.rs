//! Who bears a name: its readings, each with what it weighs by itself, in decimal orders of population.

use crate::{
    fold::{fold, slug},
    load::Gazetteer,
    place::{Hints, PlaceKind, Spelling},
    places::{Area, Town},
    placing::kilometres,
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
/// How far from its point a district, a region without towns of its own, and a town's surroundings reach.
const DISTRICT_KM: f64 = 100.0;
const REGION_KM: f64 = 500.0;
const TOWN_KM: f64 = 60.0;
/// People of a town whose parts are spoken of by their direction.
const CITY: u32 = 100_000;

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

impl Candidate<'_> {
    /// Whether it is a state or a region of the world.
    pub(crate) fn is_state(&self) -> bool {
        matches!(self.kind, PlaceKind::State | PlaceKind::World)
    }

    /// Whether it is a first-order division, or a region as great.
    pub(crate) fn is_first_order(&self) -> bool {
        self.kind == PlaceKind::Division && self.area.is_some_and(|area| area.id == self.id)
    }

    /// Whether `other` lies in it, by what is known of both.
    pub(crate) fn encloses(&self, other: &Self) -> bool {
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
    /// What is called `name`, spelled as the gazetteer spells it, diacritics and case aside.
    pub(crate) fn candidates(&self, name: &str) -> Vec<Candidate<'_>> {
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
    pub(crate) fn misspelt(
        &self,
        name: &str,
        hints: &Hints<'_>,
        wider: &[Wider<'_>],
    ) -> Vec<Candidate<'_>> {
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
}

/// Leaves out a division that is called like a town in it: the bare name ("Gomel") is the town's, unless the report puts places within it.
pub(crate) fn towns_before_their_divisions(candidates: &mut Vec<Candidate<'_>>) {
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
