use std::fmt;

use super::{
    Correction, Credibility, EntityKey, FindingId, JudgementId, Reliability, is_finding_id, is_id,
};
use crate::ClaimId;

/// What states a proposition: one claim, or all of a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Stated {
    Claim(ClaimId),
    Finding(FindingId),
}

impl fmt::Display for Stated {
    /// `claim:…` or `finding:…`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claim(id) => write!(f, "claim:{id}"),
            Self::Finding(id) => write!(f, "finding:{id}"),
        }
    }
}

impl Stated {
    /// Reads what [`fmt::Display`] writes. `None`: it is no whole id of a claim or finding.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text.split_once(':')? {
            ("claim", id) if is_id(id) => Self::Claim(ClaimId(id.to_owned())),
            ("finding", id) if is_finding_id(id) => Self::Finding(FindingId(id.to_owned())),
            _ => return None,
        })
    }
}

/// Two things that are compared, and in what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pair {
    /// Are these one entity? Where both ids say as much, the second stays.
    Entities(EntityKey, EntityKey),
    /// Do these state the same proposition?
    Propositions(Stated, Stated),
    /// Do these claims go back to one origin?
    Origins(ClaimId, ClaimId),
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// The two are one.
    Same(Pair),
    /// The two are not one, and nothing may join them.
    Differ(Pair),
    /// A finding is this credible, whatever was computed.
    Credibility(FindingId, Credibility),
    /// A source is this reliable.
    Reliability(EntityKey, Reliability),
    /// The claim says what its sentence says.
    Accept(ClaimId),
    /// The claim was misread, and counts for nothing.
    Reject(ClaimId),
    /// One field of the claim is this, whatever was read.
    Correct(ClaimId, Correction),
    /// Somebody looked at the claim and cannot tell. It counts as it did.
    Unsure(ClaimId),
    /// An earlier judgement, itself no undoing, counts no longer.
    Undo(JudgementId),
}

/// An act in four words, as it is stored, listed and digested.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActWords {
    /// `same`, `differ`, `grade`, `accept`, `reject`, `correct`, `unsure` or `undo`.
    pub verb: &'static str,
    /// What is judged: `entity`, `proposition`, `origin`, `finding`, `source`, `claim` or `judgement`.
    pub matter: &'static str,
    /// The first or only thing judged.
    pub first: String,
    /// The second thing, the grade, or the field with what fills it. `None`: there is none.
    pub second: Option<String>,
}

impl Act {
    /// The act in words.
    pub fn words(&self) -> ActWords {
        let words = |verb, matter, first: String, second| ActWords {
            verb,
            matter,
            first,
            second,
        };
        match self {
            Self::Same(pair) | Self::Differ(pair) => {
                let verb = if matches!(self, Self::Same(_)) {
                    "same"
                } else {
                    "differ"
                };
                let (matter, first, second) = match pair {
                    Pair::Entities(a, b) => ("entity", a.to_string(), b.to_string()),
                    Pair::Propositions(a, b) => ("proposition", a.to_string(), b.to_string()),
                    Pair::Origins(a, b) => ("origin", a.to_string(), b.to_string()),
                };
                words(verb, matter, first, Some(second))
            }
            Self::Credibility(id, grade) => {
                words("grade", "finding", id.to_string(), Some(grade.to_string()))
            }
            Self::Reliability(source, grade) => {
                let grade = grade.as_str().to_owned();
                words("grade", "source", source.to_string(), Some(grade))
            }
            Self::Accept(id) => words("accept", "claim", id.to_string(), None),
            Self::Reject(id) => words("reject", "claim", id.to_string(), None),
            Self::Correct(id, field) => {
                words("correct", "claim", id.to_string(), Some(field.to_string()))
            }
            Self::Unsure(id) => words("unsure", "claim", id.to_string(), None),
            Self::Undo(id) => words("undo", "judgement", id.to_string(), None),
        }
    }

    /// The act that has these words. `None`: no act has.
    pub fn from_words(verb: &str, matter: &str, first: &str, second: Option<&str>) -> Option<Self> {
        let id = |text: &str| is_id(text).then(|| text.to_owned());
        let finding = |text: &str| is_finding_id(text).then(|| FindingId(text.to_owned()));
        let pair = || {
            let second = second?;
            Some(match matter {
                "entity" => Pair::Entities(EntityKey::parse(first)?, EntityKey::parse(second)?),
                "proposition" => Pair::Propositions(Stated::parse(first)?, Stated::parse(second)?),
                "origin" => Pair::Origins(ClaimId(id(first)?), ClaimId(id(second)?)),
                _ => return None,
            })
        };
        Some(match (verb, matter, second) {
            ("same", ..) => Self::Same(pair()?),
            ("differ", ..) => Self::Differ(pair()?),
            ("grade", "finding", Some(grade)) => {
                Self::Credibility(finding(first)?, Credibility::new(grade.parse().ok()?)?)
            }
            ("grade", "source", Some(grade)) => {
                Self::Reliability(EntityKey::parse(first)?, Reliability::parse(grade)?)
            }
            ("accept", "claim", None) => Self::Accept(ClaimId(id(first)?)),
            ("reject", "claim", None) => Self::Reject(ClaimId(id(first)?)),
            ("correct", "claim", Some(field)) => {
                Self::Correct(ClaimId(id(first)?), Correction::parse(field)?)
            }
            ("unsure", "claim", None) => Self::Unsure(ClaimId(id(first)?)),
            ("undo", "judgement", None) => Self::Undo(JudgementId(id(first)?)),
            _ => return None,
        })
    }

    /// Whether it may not be made without saying why: what parts things, drops or changes them, and every grade.
    pub fn wants_why(&self) -> bool {
        matches!(
            self,
            Self::Differ(_)
                | Self::Credibility(..)
                | Self::Reliability(..)
                | Self::Reject(_)
                | Self::Correct(..)
        )
    }
}
