//! Stored forms of what the stages hand over. Short keys, absent when empty, and nothing that the report's text already
//! holds: a quote is its span. A change here is a change of the file format: add fields with `default`, never rename.

use sayso_records::{
    Attribution, Bound, Byte, Certainty, Claim, ClaimId, Entity, EntityType, Evidence, Filler,
    Granularity, Interval, PlaceRef, Polarity, Precision, Quantity, Reason, ReportId, Span,
    TimeRef,
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

type Bytes = (u32, u32);

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A claim as column `body` holds it; id, kind and report stand in columns of their own.
#[derive(Serialize, Deserialize)]
pub(crate) struct ClaimRow {
    #[serde(rename = "r", default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<(SmolStr, Vec<FillerRow>)>,
    #[serde(rename = "p", default, skip_serializing_if = "Vec::is_empty")]
    place: Vec<PlaceRow>,
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    time: Option<TimeRow>,
    #[serde(rename = "q", default, skip_serializing_if = "Vec::is_empty")]
    quantity: Vec<QuantityRow>,
    #[serde(rename = "st", default, skip_serializing_if = "Option::is_none")]
    status: Option<SmolStr>,
    #[serde(rename = "po", default, skip_serializing_if = "is_default")]
    polarity: Polarity,
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    certainty: Certainty,
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<SourceRow>,
    #[serde(rename = "e")]
    evidence: Bytes,
    /// Field, rule, words.
    #[serde(rename = "x", default, skip_serializing_if = "Vec::is_empty")]
    explanation: Vec<(SmolStr, String, String)>,
}

/// A known entity: id and house name.
type EntityRow = (SmolStr, String);

#[derive(Serialize, Deserialize)]
struct FillerRow {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "b")]
    span: Bytes,
    /// Left out where it is the text.
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    entity: Option<EntityRow>,
    #[serde(rename = "k")]
    kind: EntityType,
    #[serde(rename = "i", default, skip_serializing_if = "is_default")]
    implied: bool,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    claim: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct PlaceRow {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "b")]
    span: Bytes,
    #[serde(rename = "w", default, skip_serializing_if = "Vec::is_empty")]
    within: Vec<String>,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    entity: Option<EntityRow>,
    #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
    country: Option<SmolStr>,
    #[serde(rename = "g", default, skip_serializing_if = "Option::is_none")]
    point: Option<(f64, f64)>,
    #[serde(rename = "p")]
    precision: Precision,
}

#[derive(Serialize, Deserialize)]
struct TimeRow {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "b")]
    span: Bytes,
    /// First and last day; the outer option is whether there is an interval at all.
    #[serde(rename = "d", default, skip_serializing_if = "Option::is_none")]
    days: Option<(Option<String>, Option<String>)>,
    #[serde(rename = "g")]
    granularity: Granularity,
}

#[derive(Serialize, Deserialize)]
struct QuantityRow {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "b")]
    span: Bytes,
    /// `null` for a value that JSON cannot write (infinite).
    #[serde(rename = "v")]
    value: Option<f64>,
    #[serde(rename = "v2", default, skip_serializing_if = "Option::is_none")]
    upper: Option<f64>,
    #[serde(rename = "u", default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(rename = "o")]
    bound: Bound,
}

#[derive(Serialize, Deserialize)]
struct SourceRow {
    #[serde(rename = "t")]
    text: String,
    #[serde(rename = "b")]
    span: Bytes,
    #[serde(rename = "n", default, skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(rename = "e", default, skip_serializing_if = "Option::is_none")]
    entity: Option<EntityRow>,
    #[serde(rename = "k")]
    kind: EntityType,
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    unnamed: bool,
    #[serde(rename = "q", default, skip_serializing_if = "String::is_empty")]
    cue: String,
}

fn other_than(name: &str, text: &str) -> Option<String> {
    (name != text).then(|| name.to_owned())
}
fn entity_row(entity: &Option<Entity>) -> Option<EntityRow> {
    entity.as_ref().map(|e| (e.id.clone(), e.name.clone()))
}
fn entity(row: Option<EntityRow>) -> Option<Entity> {
    row.map(|(id, name)| Entity { id, name })
}

impl From<&Claim> for ClaimRow {
    fn from(claim: &Claim) -> Self {
        let filler = |f: &Filler| FillerRow {
            text: f.text.clone(),
            span: f.span.into(),
            name: other_than(&f.name, &f.text),
            entity: entity_row(&f.entity),
            kind: f.kind,
            implied: f.implied,
            claim: f.claim.as_ref().map(|id| id.0.clone()),
        };
        Self {
            roles: (claim.roles.iter())
                .map(|(role, fillers)| (role.clone(), fillers.iter().map(filler).collect()))
                .collect(),
            place: (claim.place.iter())
                .map(|p| PlaceRow {
                    text: p.text.clone(),
                    span: p.span.into(),
                    within: p.within.clone(),
                    name: other_than(&p.name, &p.text),
                    entity: entity_row(&p.entity),
                    country: p.country.clone(),
                    point: p.point,
                    precision: p.precision,
                })
                .collect(),
            time: claim.time.as_ref().map(|t| TimeRow {
                text: t.text.clone(),
                span: t.span.into(),
                days: (t.interval.as_ref()).map(|days| (days.start.clone(), days.end.clone())),
                granularity: t.granularity,
            }),
            quantity: (claim.quantity.iter())
                .map(|q| QuantityRow {
                    text: q.text.clone(),
                    span: q.span.into(),
                    value: q.value.is_finite().then_some(q.value),
                    upper: q.upper.filter(|upper| upper.is_finite()),
                    unit: q.unit.clone(),
                    bound: q.bound,
                })
                .collect(),
            status: claim.status.clone(),
            polarity: claim.polarity,
            certainty: claim.certainty,
            sources: (claim.sources.iter())
                .map(|s| SourceRow {
                    text: s.text.clone(),
                    span: s.span.into(),
                    name: other_than(&s.name, &s.text),
                    entity: entity_row(&s.entity),
                    kind: s.kind,
                    unnamed: s.unnamed,
                    cue: s.cue.clone(),
                })
                .collect(),
            evidence: claim.evidence.span.into(),
            explanation: (claim.explanation.iter())
                .map(|r| (r.field.clone(), r.rule.clone(), r.words.clone()))
                .collect(),
        }
    }
}

impl ClaimRow {
    /// The claim again, its quote cut out of `text`.
    pub(crate) fn claim(self, id: String, kind: String, report: ReportId, text: &str) -> Claim {
        let span = |(start, end): Bytes| Span::<Byte>::from((start, end));
        let filler = |f: FillerRow| Filler {
            name: f.name.unwrap_or_else(|| f.text.clone()),
            text: f.text,
            span: span(f.span),
            entity: entity(f.entity),
            kind: f.kind,
            implied: f.implied,
            claim: f.claim.map(ClaimId),
        };
        Claim {
            id: ClaimId(id),
            report,
            kind: kind.into(),
            roles: (self.roles.into_iter())
                .map(|(role, fillers)| (role, fillers.into_iter().map(filler).collect()))
                .collect(),
            place: (self.place.into_iter())
                .map(|p| PlaceRef {
                    name: p.name.unwrap_or_else(|| p.text.clone()),
                    text: p.text,
                    span: span(p.span),
                    within: p.within,
                    entity: entity(p.entity),
                    country: p.country,
                    point: p.point,
                    precision: p.precision,
                })
                .collect(),
            time: self.time.map(|t| TimeRef {
                text: t.text,
                span: span(t.span),
                interval: t.days.map(|(start, end)| Interval { start, end }),
                granularity: t.granularity,
            }),
            quantity: (self.quantity.into_iter())
                .map(|q| Quantity {
                    text: q.text,
                    span: span(q.span),
                    value: q.value.unwrap_or(f64::INFINITY),
                    upper: q.upper,
                    unit: q.unit,
                    bound: q.bound,
                })
                .collect(),
            status: self.status,
            polarity: self.polarity,
            certainty: self.certainty,
            sources: (self.sources.into_iter())
                .map(|s| Attribution {
                    name: s.name.unwrap_or_else(|| s.text.clone()),
                    text: s.text,
                    span: span(s.span),
                    entity: entity(s.entity),
                    kind: s.kind,
                    unnamed: s.unnamed,
                    cue: s.cue,
                })
                .collect(),
            evidence: Evidence {
                span: span(self.evidence),
                quote: span(self.evidence).of(text).to_owned(),
            },
            explanation: (self.explanation.into_iter())
                .map(|(field, rule, words)| Reason { field, rule, words })
                .collect(),
        }
    }
}
