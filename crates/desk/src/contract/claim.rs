//! A claim as one line of `sayso claims --format jsonl`.

use sayso_ledger::Stored;
use sayso_records::{Attribution, Claim, Filler, PlaceRef, Quantity, Reason, TimeRef};
use serde::{Serialize, Serializer, ser::SerializeMap};
use utoipa::ToSchema;

use crate::Verdict;

/// One line.
#[derive(Serialize, ToSchema)]
#[schema(as = Claim)]
pub(super) struct Line<'a> {
    id: &'a str,
    report: Report<'a>,
    kind: &'a str,
    #[schema(value_type = BTreeMap<String, Vec<Who>>)]
    roles: Roles<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    place: Vec<Place<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Time<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    quantity: Vec<Amount<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a str>,
    polarity: &'a str,
    certainty: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Source<'a>>,
    evidence: Evidence<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<Why<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    judged: Option<Judged<'a>>,
}

/// What a person said of the claim.
#[derive(Serialize, ToSchema)]
#[schema(as = claim::Judged)]
struct Judged<'a> {
    verdict: &'static str,
    who: &'a str,
    at: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
    judgement: &'a str,
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Report)]
struct Report<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

/// Role to fillers, in the codebook's order.
struct Roles<'a>(&'a Claim);

impl Serialize for Roles<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let said = self.0.roles.iter().filter(|(_, who)| !who.is_empty());
        let mut map = serializer.serialize_map(None)?;
        for (role, fillers) in said {
            let fillers: Vec<Who<'_>> = fillers.iter().map(Who::from).collect();
            map.serialize_entry(role.as_str(), &fillers)?;
        }
        map.end()
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Filler)]
struct Who<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    r#type: &'static str,
    implied: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<&'a str>,
}

impl<'a> From<&'a Filler> for Who<'a> {
    fn from(filler: &'a Filler) -> Self {
        Self {
            text: &filler.text,
            name: &filler.name,
            entity: filler.entity.as_ref().map(|entity| entity.id.as_str()),
            r#type: match filler.claim {
                Some(_) if filler.text.is_empty() => "claim",
                _ => filler.kind.as_str(),
            },
            implied: filler.implied,
            claim: filler.claim.as_ref().map(|id| id.0.as_str()),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Place)]
struct Place<'a> {
    text: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    country: Option<&'a str>,
    precision: &'static str,
}

impl<'a> From<&'a PlaceRef> for Place<'a> {
    fn from(place: &'a PlaceRef) -> Self {
        Self {
            text: &place.text,
            name: &place.name,
            entity: place.entity.as_ref().map(|entity| entity.id.as_str()),
            country: place.country.as_deref(),
            precision: place.precision.as_str(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Time)]
struct Time<'a> {
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<&'a str>,
    granularity: &'static str,
}

impl<'a> From<&'a TimeRef> for Time<'a> {
    fn from(time: &'a TimeRef) -> Self {
        let days = time.interval.as_ref();
        Self {
            text: &time.text,
            start: days.and_then(|days| days.start.as_deref()),
            end: days.and_then(|days| days.end.as_deref()),
            granularity: time.granularity.as_str(),
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Quantity)]
struct Amount<'a> {
    text: &'a str,
    #[serde(serialize_with = "number")]
    value: f64,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "upper")]
    upper: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    bound: &'static str,
}

impl<'a> From<&'a Quantity> for Amount<'a> {
    fn from(quantity: &'a Quantity) -> Self {
        Self {
            text: &quantity.text,
            value: quantity.value,
            upper: quantity.upper,
            unit: quantity.unit.as_deref(),
            bound: quantity.bound.as_str(),
        }
    }
}

/// Whole numbers without a fraction: `1000`, not `1000.0`.
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // Below 2^53 every whole f64 is an exact i64.
    if value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0 {
        serializer.serialize_i64(*value as i64)
    } else {
        serializer.serialize_f64(*value)
    }
}
fn upper<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Source)]
struct Source<'a> {
    text: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    cue: &'a str,
    /// Whether that source's own text has been read. Nothing links reports to their sources yet: always `false`.
    read: bool,
}

impl<'a> From<&'a Attribution> for Source<'a> {
    fn from(source: &'a Attribution) -> Self {
        Self {
            text: &source.text,
            name: &source.name,
            entity: source.entity.as_ref().map(|entity| entity.id.as_str()),
            r#type: source.kind.as_str(),
            cue: &source.cue,
            read: false,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Evidence)]
struct Evidence<'a> {
    quote: &'a str,
    start: u32,
    end: u32,
}

#[derive(Serialize, ToSchema)]
#[schema(as = claim::Reason)]
struct Why<'a> {
    field: &'a str,
    rule: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    words: &'a str,
}

impl<'a> From<&'a Reason> for Why<'a> {
    fn from(reason: &'a Reason) -> Self {
        Self {
            field: &reason.field,
            rule: &reason.rule,
            words: &reason.words,
        }
    }
}

impl<'a> Line<'a> {
    pub(super) fn of(stored: &'a Stored, verdict: Option<Verdict<'a>>) -> Self {
        let (claim, head) = (&stored.claim, &*stored.report);
        Self {
            id: &claim.id.0,
            report: Report {
                id: &head.id.0,
                title: head.title.as_deref(),
                publisher: head.publisher.as_deref(),
                published: head.published.as_deref(),
                url: head.url.as_deref(),
                language: head.language.as_deref(),
            },
            kind: &claim.kind,
            roles: Roles(claim),
            place: claim.place.iter().map(Place::from).collect(),
            time: claim.time.as_ref().map(Time::from),
            quantity: claim.quantity.iter().map(Amount::from).collect(),
            status: claim.status.as_deref(),
            polarity: claim.polarity.as_str(),
            certainty: claim.certainty.as_str(),
            sources: claim.sources.iter().map(Source::from).collect(),
            evidence: Evidence {
                quote: &claim.evidence.quote,
                start: claim.evidence.span.start,
                end: claim.evidence.span.end,
            },
            explanation: claim.explanation.iter().map(Why::from).collect(),
            judged: verdict.map(|verdict| Judged {
                verdict: verdict.word(),
                who: &verdict.judgement.who,
                at: &verdict.judgement.at,
                why: &verdict.judgement.why,
                judgement: &verdict.judgement.id.0,
            }),
        }
    }
}
