//! The wider places that a sentence gives for a place ("Yelabuz, Tatarstan, Russia").

use crate::{
    fold::fold,
    load::Gazetteer,
    place::PlaceKind,
    places::Area,
    placing::{Candidate, RIVALS, kilometres},
};

/// A wider place the sentence gives.
pub(crate) enum Wider<'g> {
    State(&'g str),
    Areas(Vec<&'g Area>),
    Points(Vec<(f64, f64)>),
}

impl Wider<'_> {
    /// Whether `candidate` lies in it.
    pub(crate) fn holds(&self, candidate: &Candidate<'_>) -> bool {
        match self {
            Self::State(country) => candidate.country == *country,
            Self::Areas(areas) => areas.iter().any(|area| match &area.code {
                Some(code) => {
                    candidate.country == area.country
                        && candidate
                            .area
                            .is_some_and(|own| own.code.as_ref() == Some(code))
                }
                None => {
                    candidate.country == area.country
                        && kilometres((candidate.lat, candidate.lon), (area.lat, area.lon)) < 500.0
                }
            }),
            Self::Points(points) => points
                .iter()
                .any(|&point| kilometres((candidate.lat, candidate.lon), point) < 60.0),
        }
    }
}

impl Gazetteer {
    /// What `name` says of where. `None`: it is unknown, or narrows nothing.
    pub(crate) fn wider<'g>(&'g self, name: &str) -> Option<Wider<'g>> {
        let folded = fold(name);
        let folded = folded.strip_prefix("the ").unwrap_or(&folded);
        if let Some(wide) = self.wide_places.get(folded) {
            // "in Tula, Europe" narrows nothing that is worth a test.
            return wide.iso2.as_deref().map(Wider::State);
        }
        let bare = bare(folded).map_or(folded, |(bare, _)| bare);
        for folded in [folded, bare] {
            let areas: Vec<&Area> = self.places.areas(folded).collect();
            if !areas.is_empty() {
                return Some(Wider::Areas(areas));
            }
        }
        let towns = self.places.towns(folded);
        let points: Vec<(f64, f64)> = towns
            .iter()
            .take(RIVALS)
            .map(|town| (town.lat, town.lon))
            .collect();
        (!points.is_empty()).then_some(Wider::Points(points))
    }
}

/// A folded name without the word that says what sort of place it is, and that sort. `None`: there is no such word.
pub(crate) fn bare(folded: &str) -> Option<(&str, Option<PlaceKind>)> {
    const DIVISION: &[&str] = &[
        "region",
        "oblast",
        "province",
        "governorate",
        "county",
        "prefecture",
        "state",
        "republic",
        "krai",
        "voivodeship",
        "territory",
        "canton",
        "raion",
        "autonomous okrug",
    ];
    const TOWN: &[&str] = &[
        "city",
        "town",
        "village",
        "district",
        "port",
        "municipality",
        "area",
    ];
    const DIVISION_OF: &[&str] = &[
        "province of ",
        "region of ",
        "republic of ",
        "state of ",
        "county ",
        "governorate of ",
    ];
    const TOWN_OF: &[&str] = &[
        "city of ",
        "town of ",
        "village of ",
        "port of ",
        "port city of ",
        "district of ",
    ];
    let name = folded.strip_prefix("the ").unwrap_or(folded);
    for (words, kind) in [(DIVISION, PlaceKind::Division), (TOWN, PlaceKind::Town)] {
        for word in words {
            if let Some(rest) = name
                .strip_suffix(word)
                .and_then(|rest| rest.strip_suffix(' '))
            {
                return Some((rest, Some(kind)));
            }
        }
    }
    for (words, kind) in [
        (DIVISION_OF, PlaceKind::Division),
        (TOWN_OF, PlaceKind::Town),
    ] {
        for word in words {
            if let Some(rest) = name.strip_prefix(word) {
                return Some((rest, Some(kind)));
            }
        }
    }
    (name.len() < folded.len()).then_some((name, None))
}
