//! The wider places that a sentence gives for a place ("Yelabuz, Tatarstan, Russia").

use crate::{
    bearers::Candidate,
    fold::fold,
    load::Gazetteer,
    place::PlaceKind,
    places::Area,
    placing::{RIVALS, kilometres},
};

/// A wider place the sentence gives, in all its readings: Georgia is a state and a part of another.
#[derive(Default)]
pub(crate) struct Wider<'g> {
    state: Option<&'g str>,
    areas: Vec<&'g Area>,
    /// Towns and districts; only where nothing greater has the name.
    points: Vec<(f64, f64)>,
}

impl Wider<'_> {
    /// Whether `candidate` lies in it, by one of its readings.
    pub(crate) fn holds(&self, candidate: &Candidate<'_>) -> bool {
        let at = (candidate.lat, candidate.lon);
        self.state == Some(candidate.country)
            || self.areas.iter().any(|area| {
                candidate.country == area.country
                    && match &area.code {
                        Some(code) => candidate
                            .area
                            .is_some_and(|own| own.code.as_ref() == Some(code)),
                        None => kilometres(at, (area.lat, area.lon)) < 500.0,
                    }
            })
            || self
                .points
                .iter()
                .any(|&point| kilometres(at, point) < 60.0)
    }

    /// Whether it narrows the choice far more than a state does.
    pub(crate) fn narrow(&self) -> bool {
        self.state.is_none()
    }
}

impl Gazetteer {
    /// What `name` says of where. `None`: it is unknown, or narrows nothing.
    pub(crate) fn wider<'g>(&'g self, name: &str) -> Option<Wider<'g>> {
        let folded = fold(name);
        let folded = folded.strip_prefix("the ").unwrap_or(&folded);
        let wide = self.wide_places.get(folded);
        if wide.is_some_and(|wide| wide.iso2.is_none()) {
            // "in Tula, Europe" narrows nothing that is worth a test.
            return None;
        }
        let bare = bare(folded).map_or(folded, |(bare, _)| bare);
        let areas = [folded, bare]
            .into_iter()
            .map(|folded| self.places.areas(folded).collect())
            .find(|areas: &Vec<&Area>| !areas.is_empty());
        let mut out = Wider {
            state: wide.and_then(|wide| wide.iso2.as_deref()),
            areas: areas.unwrap_or_default(),
            points: Vec::new(),
        };
        if out.state.is_none() && out.areas.is_empty() {
            let towns = self.places.towns(folded);
            out.points
                .extend(towns.iter().take(RIVALS).map(|town| (town.lat, town.lon)));
        }
        let known = out.state.is_some() || !out.areas.is_empty() || !out.points.is_empty();
        known.then_some(out)
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

/// What a folded name names a part of ("dallas" for "north dallas", "england" for "south west england"). `None`: it says no direction.
pub(crate) fn part_of(folded: &str) -> Option<&str> {
    const PARTS: &[&str] = &[
        "far",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "central",
        "upper",
        "lower",
        "inner",
        "outer",
        "greater",
        "downtown",
    ];
    let mut rest = folded;
    while let Some((first, after)) = rest.split_once([' ', '-']) {
        if !PARTS.contains(&first) {
            break;
        }
        rest = after;
    }
    (rest.len() < folded.len()).then_some(rest)
}
