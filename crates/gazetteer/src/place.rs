//! What a place look-up is asked and what it answers.

/// What else is known where a place is named.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hints<'h> {
    /// Wider places given with it in the same sentence, innermost first ("Tatarstan", "Russia").
    pub within: &'h [&'h str],
    /// Names that the report places within it ("Buffalo" for "New York").
    pub holds: &'h [&'h str],
    /// ISO codes of states the report names.
    pub countries: &'h [&'h str],
    /// Other place names of the report, which stand near it more often than not. Empty: none known.
    pub near: &'h [&'h str],
}

/// How the asked spelling meets the gazetteer's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Spelling {
    /// Letter for letter (case and white space aside).
    Exact,
    /// Without diacritics, apostrophes and punctuation.
    Folded,
    /// One or two letters away; only where a wider place or a country confirms it.
    Near,
}

/// What sort of place it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PlaceKind {
    /// A region of several states; it has a point and no country.
    World,
    /// A state.
    State,
    /// A first- or second-order division or a region of a state.
    Division,
    /// A populated place.
    Town,
}

/// A place on the ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Stable id: a Wikidata item or `geonames:<id>`.
    pub id: String,
    /// GeoNames id. `None`: a division or region known by its Wikidata item or name alone.
    pub geonames: Option<u32>,
    /// Gazetteer name, as GeoNames writes it ("Homyel'").
    pub name: String,
    /// What sort of place it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of its state; empty for a region of the world.
    pub country: String,
    /// Name of its first-order division. `None`: not known.
    pub admin: Option<String>,
    /// Degrees north (WGS 84).
    pub lat: f64,
    /// Degrees east (WGS 84).
    pub lon: f64,
    /// People; 0 where GeoNames gives none.
    pub population: u32,
    /// How the spelling was met.
    pub via_spelling: Spelling,
}

/// The answer to a place look-up.
#[derive(Clone, Debug, PartialEq)]
pub enum Placing {
    /// One place, and no close rival.
    One(Place),
    /// Several that fit about as well, best first.
    Unsure(Vec<Place>),
    /// No place of this name is known.
    None,
}
