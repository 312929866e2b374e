use std::borrow::Cow;

use sayso_records::{Entity, EntityType};

/// By which of its names a known thing was met.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Via {
    /// A full name ("Iran", "Rheinmetall", "Su-35").
    Name,
    /// An adjective or a singular noun for a person ("Iranian", "Briton").
    Demonym,
    /// A plural noun for a people ("Iranians").
    DemonymPeople,
    /// A capital or seat ("Moscow", "the Kremlin"): the government where it acts, otherwise a place.
    Capital,
    /// An abbreviation ("UAE", "ISW").
    Acronym,
    /// A pattern for formal bodies ("the Biden administration", "Iranian Ministry of Defence").
    Pattern,
}

/// Something the gazetteer knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'g> {
    /// Wikidata item (`Q159`), `geonames:<id>`, or `sayso:<slug>` where neither is known for certain.
    pub id: Cow<'g, str>,
    /// House name.
    pub name: Cow<'g, str>,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// ISO 3166-1 alpha-2 code: the state itself, the body's seat, the system's producer, the place's state. `None`: several or unknown.
    pub country: Option<&'g str>,
    /// For systems `drone`, `aircraft`, ... `calibre`; for bodies `think-tank`, `wire`, `ministry`, `company`, `intelligence`,
    /// `armed-force`, `militia`, `alliance`, `agency`, `government`, `media`, `institute`, `plant`, `zone`. `None`: states and regions.
    pub class: Option<&'g str>,
}

impl Known<'_> {
    /// The same as an entity of the records.
    pub fn entity(&self) -> Entity {
        Entity {
            id: self.id.as_ref().into(),
            name: self.name.as_ref().to_owned(),
        }
    }
}

/// A known name met at the start of some words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match<'g> {
    /// How many of the given words it covers, at least 1.
    pub words: usize,
    /// What it names.
    pub entity: Known<'g>,
    /// By which of its names.
    pub via: Via,
}
