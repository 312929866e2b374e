use serde::{Deserialize, Serialize};

use crate::{Byte, Span};

/// A civil date, `YYYY-MM-DD` in the proleptic Gregorian calendar. Arithmetic is the claim stage's, through `jiff`.
pub type Date = String;

/// How finely a text gives a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Granularity {
    Day,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    /// A stretch whose ends the text leaves open ("in recent months").
    Vague,
}

impl Granularity {
    /// As written in the output contract (`month`).
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Vague => "vague",
        }
    }
}

/// A closed interval of days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// First day inside. `None`: open.
    pub start: Option<Date>,
    /// Last day inside. `None`: open.
    pub end: Option<Date>,
}

/// When a claim says something happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRef {
    /// The words ("back in May 2022").
    pub text: String,
    /// Where they stand in the report's text.
    pub span: Span<Byte>,
    /// The days meant. `None`: relative to a published time that the report does not give.
    pub interval: Option<Interval>,
    /// How finely the text gives it.
    pub granularity: Granularity,
}
