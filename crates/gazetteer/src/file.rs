//! The shapes of the data files, as TOML holds them. What each field means is said in the head of the file itself.

use serde::{Deserialize, de::DeserializeOwned};
use toml::Spanned;

use crate::error::{GazetteerError, position};

/// One data file: where it came from and what it says, so that a mistake can be shown in its place.
pub(crate) struct File<'a> {
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
}

impl File<'_> {
    /// Reads the whole file as `T`; an unknown field is a mistake, because a misspelt field must not read as absent.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, GazetteerError> {
        toml::from_str(self.text).map_err(|error| {
            let (line, column) = position(self.text, error.span().map_or(0, |span| span.start));
            GazetteerError::Syntax {
                path: self.path.to_owned(),
                line,
                column,
                message: error.message().replace('\n', " "),
            }
        })
    }

    /// A mistake at byte `at`.
    pub(crate) fn mistake(&self, at: usize, message: impl Into<String>) -> GazetteerError {
        let (line, column) = position(self.text, at);
        GazetteerError::Mistake {
            path: self.path.to_owned(),
            line,
            column,
            message: message.into(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct States {
    pub(crate) format: Spanned<u32>,
    pub(crate) state: Vec<State>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {
    pub(crate) iso2: Spanned<String>,
    pub(crate) id: Spanned<String>,
    pub(crate) geonames: u32,
    /// Degrees north and east of its middle.
    pub(crate) point: (f64, f64),
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) acronyms: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) demonyms: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) people: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) seats: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Regions {
    pub(crate) format: Spanned<u32>,
    pub(crate) region: Vec<Region>,
    #[serde(default)]
    pub(crate) division: Vec<Division>,
    #[serde(default)]
    pub(crate) exonym: Vec<TownName>,
    #[serde(default)]
    pub(crate) apart: Vec<TownName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TownName {
    pub(crate) name: String,
    pub(crate) geonames: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Region {
    pub(crate) id: Spanned<String>,
    /// Degrees north and east. Absent: it has no one middle worth a mark on a map.
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) demonyms: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) people: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Division {
    pub(crate) country: Spanned<String>,
    pub(crate) id: Spanned<String>,
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<String>>,
    /// First-order division code as GeoNames writes it (`73`). Absent: not one first-order division.
    pub(crate) admin1: Option<Spanned<String>>,
    /// Degrees north and east. Absent: the point of GeoNames, or the middle of the division's places.
    pub(crate) point: Option<(f64, f64)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Bodies {
    pub(crate) format: Spanned<u32>,
    pub(crate) body: Vec<Body>,
    #[serde(default)]
    pub(crate) head: Vec<Head>,
    #[serde(default)]
    pub(crate) not_before: Vec<String>,
    #[serde(default)]
    pub(crate) pattern: Vec<Pattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Body {
    /// Absent: `sayso:` and the name as a slug.
    pub(crate) id: Option<Spanned<String>>,
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) acronyms: Vec<Spanned<String>>,
    /// Places that stand for it when they act.
    #[serde(default)]
    pub(crate) seats: Vec<Spanned<String>>,
    pub(crate) country: Option<Spanned<String>>,
    pub(crate) class: Spanned<String>,
    /// The body or place it lies in, then wider places that tell it from namesakes.
    pub(crate) located_in: Option<Spanned<Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Head {
    pub(crate) name: Spanned<String>,
    pub(crate) country: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pattern {
    pub(crate) words: Spanned<String>,
    pub(crate) name: Spanned<String>,
    pub(crate) class: Spanned<String>,
    pub(crate) yes: Vec<PatternYes>,
    #[serde(default)]
    pub(crate) no: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PatternYes {
    pub(crate) text: Spanned<String>,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Systems {
    pub(crate) format: Spanned<u32>,
    pub(crate) calibre: Calibres,
    #[serde(default)]
    pub(crate) family: Vec<Family>,
    #[serde(default)]
    pub(crate) system: Vec<System>,
    /// Words right after a `beside` system.
    #[serde(default)]
    pub(crate) beside: Vec<String>,
    /// What no family may match.
    #[serde(default)]
    pub(crate) never: Vec<Spanned<String>>,
    /// Words right after a designation that make it none.
    #[serde(default)]
    pub(crate) not_before: Vec<String>,
}

/// Widths of barrels and rounds that are met with "mm" behind them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Calibres {
    pub(crate) millimetres: Spanned<Vec<String>>,
    pub(crate) yes: Vec<Spanned<String>>,
    pub(crate) no: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Family {
    pub(crate) prefix: Vec<Spanned<String>>,
    pub(crate) separator: Vec<String>,
    pub(crate) number: Spanned<String>,
    #[serde(default)]
    pub(crate) suffix: Option<Spanned<String>>,
    pub(crate) class: Spanned<String>,
    pub(crate) country: Option<Spanned<String>>,
    pub(crate) yes: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) no: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct System {
    pub(crate) name: Spanned<String>,
    #[serde(default)]
    pub(crate) also: Vec<Spanned<String>>,
    pub(crate) class: Spanned<String>,
    pub(crate) country: Option<Spanned<String>>,
    /// Also a common word or name: met only right before one of the words of `beside`.
    #[serde(default)]
    pub(crate) beside: bool,
}
