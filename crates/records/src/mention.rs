use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Byte, ClaimId, Span};

/// What sort of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntityType {
    /// A state or its government.
    State,
    /// Several states or a world region acting or named as one ("the West", "the Middle East").
    Region,
    /// A company, ministry, armed force, think tank, militia, alliance.
    Organisation,
    /// A person, or people named by what they are ("Iranian engineers").
    Person,
    /// A town, province or other place on the ground.
    Place,
    /// A plant, shipyard, depot.
    Facility,
    /// A weapon system or part of one, named or described.
    System,
    /// Anything else a role can hold (money, licences, training).
    Other,
}

impl EntityType {
    /// As written in the output contract (`state`).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Region => "region",
            Self::Organisation => "organisation",
            Self::Person => "person",
            Self::Place => "place",
            Self::Facility => "facility",
            Self::System => "system",
            Self::Other => "other",
        }
    }
}

/// A known entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable id: a Wikidata item (`Q159`), `geonames:627907`, or `sayso:<slug>` where neither is known.
    pub id: SmolStr,
    /// The house name.
    pub name: String,
}

/// One mention that fills a role of a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filler {
    /// The words, as they stand in the report.
    pub text: String,
    /// Where they stand in the report's text. Empty when the role is filled by another claim.
    pub span: Span<Byte>,
    /// The words folded to what they name ("Iranian" -> "Iran", "the drone factories" -> "drone factory").
    pub name: String,
    /// The entity, where one is known and no other reading is left. `None`: unresolved.
    pub entity: Option<Entity>,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// Filled from context, because the sentence or the one before leaves no other reading.
    pub implied: bool,
    /// The claim this role points to (the other half of a barter, what a stance is about). `None`: a mention in the text.
    pub claim: Option<ClaimId>,
}

/// How exactly a text places something: never finer than it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// A state or a world region.
    Country,
    /// A first- or second-order division.
    Region,
    /// A populated place.
    City,
    /// Named, but not found in the gazetteer.
    Unresolved,
}

impl Precision {
    /// As written in the output contract (`city`).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Region => "region",
            Self::City => "city",
            Self::Unresolved => "unresolved",
        }
    }
}

/// Where a claim places what it says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceRef {
    /// The words ("Homiel").
    pub text: String,
    /// Where they stand in the report's text.
    pub span: Span<Byte>,
    /// Wider places the same sentence gives for it, innermost first ("Tatarstan", "Russia").
    pub within: Vec<String>,
    /// Gazetteer name ("Homyel'"); the words where unresolved.
    pub name: String,
    /// The place, where one is known and no other reading is left.
    pub entity: Option<Entity>,
    /// ISO 3166-1 alpha-2 code of the state it lies in. `None`: not known.
    pub country: Option<SmolStr>,
    /// Latitude and longitude in degrees (WGS 84) of the gazetteer's point for it. `None`: not known.
    pub point: Option<(f64, f64)>,
    /// How exactly it is placed.
    pub precision: Precision,
}
