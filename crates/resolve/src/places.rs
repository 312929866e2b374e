//! Places of claims.

use std::collections::{BTreeMap, BTreeSet};

use sayso_gazetteer::{Gazetteer, Hints, Place, PlaceKind, Placing, Via};
use sayso_records::{Entity, EntityType, PlaceRef, Precision};

use crate::words::known;

/// What a report says of where.
pub(crate) struct Places<'g> {
    gazetteer: &'g Gazetteer,
    /// States of the report, each with the name it was met by; `None` for adjectives, peoples and capitals.
    countries: BTreeSet<(&'g str, Option<String>)>,
    /// Other places of the report, as written.
    near: BTreeSet<String>,
    /// By name, the wider places that some sentence gives for it, and the names that some sentence puts within it: one name means one
    /// place all through a report (Gale, Church & Yarowsky 1992).
    within: BTreeMap<String, Vec<String>>,
    holds: BTreeMap<String, BTreeSet<String>>,
}

impl<'g> Places<'g> {
    /// `named`: the places of the text that are known so far.
    pub(crate) fn of<'p>(
        text: &str,
        named: impl Iterator<Item = &'p PlaceRef>,
        gazetteer: &'g Gazetteer,
    ) -> Self {
        let known = known(text, gazetteer);
        let countries = known
            .iter()
            .filter(|(_, found)| found.entity.kind == EntityType::State);
        let divisions = known
            .iter()
            .filter(|(_, found)| found.entity.kind == EntityType::Place);
        let mut near: BTreeSet<String> = divisions
            .map(|(_, found)| found.entity.name.to_string())
            .collect();
        let mut within = BTreeMap::new();
        let mut holds: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for place in named {
            if place.entity.is_none() {
                near.insert(place.text.clone());
            }
            if !place.within.is_empty() {
                within
                    .entry(place.text.clone())
                    .or_insert_with(|| place.within.clone());
            }
            for wider in &place.within {
                let held = holds.entry(wider.clone()).or_default();
                held.insert(place.text.clone());
            }
        }
        Self {
            gazetteer,
            countries: countries
                .filter_map(|(_, found)| {
                    let name = (found.via == Via::Name).then(|| found.entity.name.to_string());
                    Some((found.entity.country?, name))
                })
                .collect(),
            near,
            within,
            holds,
        }
    }

    /// Places `place`: name, id, state, point and precision. Where it is unknown or unsure it stays unresolved, with the state that its
    /// sentence gives.
    pub(crate) fn fill(&self, place: &mut PlaceRef) {
        let within: Vec<&str> = place.within.iter().map(String::as_str).collect();
        match self.placing(place) {
            // Known already, as a state or region: only its point is missing.
            Placing::One(found) if place.entity.as_ref().is_some_and(|e| *e.id == *found.id) => {
                place.point.get_or_insert((found.lat, found.lon));
            }
            Placing::One(found) => put(place, found),
            Placing::Unsure(_) | Placing::None if place.entity.is_none() => {
                // "at Alabuga": a zone, not a town; on a map it is where its town is.
                if let Some((site, town)) = self.gazetteer.site(&place.text) {
                    let entity = site.entity();
                    put(place, town);
                    place.name.clone_from(&entity.name);
                    place.entity = Some(entity);
                    return;
                }
                place.country = within.iter().rev().find_map(|name| self.state_of(name));
            }
            Placing::Unsure(_) | Placing::None => {}
        }
    }

    /// Which place is meant, as its words and the rest of the report have it. A state or region by whatever name is the one it is.
    pub(crate) fn placing(&self, place: &PlaceRef) -> Placing {
        let within = if place.within.is_empty() {
            self.within.get(&place.text).unwrap_or(&place.within)
        } else {
            &place.within
        };
        let within: Vec<&str> = within.iter().map(String::as_str).collect();
        let holds = self.holds.get(&place.text);
        let holds: Vec<&str> = holds.into_iter().flatten().map(String::as_str).collect();
        // No name speaks for itself: that "Georgia" is named does not make it the state.
        let others = self.countries.iter().filter(|(_, name)| {
            let name = name.as_deref();
            name != Some(&place.text) && name != Some(&place.name)
        });
        let mut countries: Vec<&str> = others.map(|(country, _)| *country).collect();
        countries.dedup();
        let near: Vec<&str> = self
            .near
            .iter()
            .map(String::as_str)
            .filter(|name| *name != place.text)
            .collect();
        let hints = Hints {
            within: &within,
            holds: &holds,
            countries: &countries,
            near: &near,
        };
        let name = if place.entity.is_some() {
            &place.name
        } else {
            &place.text
        };
        self.gazetteer.place(name, &hints)
    }

    fn state_of(&self, name: &str) -> Option<smol_str::SmolStr> {
        match self.gazetteer.place(name, &Hints::default()) {
            Placing::One(place) if place.kind == PlaceKind::State => Some(place.country.into()),
            _ => None,
        }
    }
}

fn put(place: &mut PlaceRef, found: Place) {
    place.precision = match found.kind {
        PlaceKind::World | PlaceKind::State => Precision::Country,
        PlaceKind::Division => Precision::Region,
        PlaceKind::Town => Precision::City,
    };
    place.point = Some((found.lat, found.lon));
    place.country = (!found.country.is_empty()).then(|| found.country.as_str().into());
    place.name.clone_from(&found.name);
    place.entity = Some(Entity {
        id: found.id.into(),
        name: found.name,
    });
}
