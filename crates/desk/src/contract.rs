//! The contract of `sayso claims --format jsonl`: one object a line, keys in the order written here, absent means not said.
//! Consumers rely on it. A key may be added at the end of its object; anything else is another version of the contract.
//!
//! Three keys are here that a plain claim never shows: `claim` in a role that points to another claim (a barter's other half,
//! what a stance is about), `upper` in a quantity that is a range, and `judged` where a person accepted or rejected the claim.

use std::{collections::BTreeMap, io};

use sayso_corroborate::{
    findings::{Branch, Credibility, Finding, Join, Sort, Stance, Stances, Value},
    lineage::Eroded,
    propositions::Term,
};
use sayso_ledger::Stored;
use sayso_records::{
    Attribution, Claim, ClaimId, Filler, PlaceRef, Quantity, Reason, ReportId, TimeRef,
    text::is_hostile,
};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::Verdict;

/// One line.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    id: &'a str,
    report: Report<'a>,
    kind: &'a str,
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
#[derive(Serialize)]
struct Judged<'a> {
    verdict: &'static str,
    who: &'a str,
    at: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    why: &'a str,
    judgement: &'a str,
}

#[derive(Serialize)]
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

#[derive(Serialize)]
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

#[derive(Serialize)]
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

#[derive(Serialize)]
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

#[derive(Serialize)]
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

#[derive(Serialize)]
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

#[derive(Serialize)]
struct Evidence<'a> {
    quote: &'a str,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
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
    fn of(stored: &'a Stored, verdict: Option<Verdict<'a>>) -> Self {
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

/// Writes one claim as one line.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    out: &mut dyn io::Write,
    stored: &Stored,
    verdict: Option<Verdict<'_>>,
) -> io::Result<()> {
    let mut json = serde_json::Serializer::with_formatter(&mut *out, Safe);
    Line::of(stored, verdict).serialize(&mut json)?;
    out.write_all(b"\n")
}

/// Escapes what JSON allows but a terminal would obey: the second set of control characters, DEL, and marks that turn the
/// direction of writing. The value read back is the same.
struct Safe;

impl serde_json::ser::Formatter for Safe {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_hostile) {
            let (plain, from) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let mut chars = from.chars();
            if let Some(c) = chars.next() {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = chars.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// One line of `sayso findings --format jsonl`; keys in the order of the contract, what was added since at the end.
#[derive(Serialize)]
struct FindingLine<'a> {
    id: &'a str,
    kind: &'a str,
    proposition: Stated<'a>,
    claims: &'a [ClaimId],
    reports: &'a [ReportId],
    publishers: usize,
    origins: Vec<Behind<'a>>,
    origins_established: usize,
    origins_unknown: usize,
    stances: &'a Stances,
    credibility: &'a Credibility,
    erosion: &'a [Eroded],
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<&'a str>,
    publisher_names: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    against: &'a [Stance],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    values: &'a [Value],
}

/// What a finding states.
#[derive(Serialize)]
struct Stated<'a> {
    roles: BTreeMap<&'a str, Vec<Thing<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    place: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<[&'a str; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<[&'a str; 2]>,
}

#[derive(Serialize)]
struct Thing<'a> {
    name: &'a str,
    /// `entity`, where it is one; what is only described has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within: Vec<&'a str>,
}

impl<'a> From<&'a Term> for Thing<'a> {
    fn from(term: &'a Term) -> Self {
        let key = term.is.key.as_str();
        Self {
            name: &term.is.name,
            entity: (!key.starts_with("name:") && !key.starts_with("item:")).then_some(key),
            r#type: term.kind.as_str(),
            within: term
                .within
                .iter()
                .map(|named| named.name.as_str())
                .collect(),
        }
    }
}

#[derive(Serialize)]
struct Behind<'a> {
    name: &'a str,
    kind: Sort,
    claims: Vec<&'a ClaimId>,
    reasons: &'a [String],
    established: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    certainty: &'a str,
    read: bool,
    tree: &'a [Branch],
    ties: &'a [Join],
}

/// A claim as the contract gives it, wherever it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimObject(pub Stored);

impl Serialize for ClaimObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Line::of(&self.0, None).serialize(serializer)
    }
}

/// A finding as the contract gives it, wherever it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingObject(pub Finding);

impl Serialize for FindingObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        finding_line(&self.0).serialize(serializer)
    }
}

/// Writes one finding as one line.
///
/// # Errors
/// When it cannot be written.
pub fn finding(out: &mut dyn io::Write, finding: &Finding) -> io::Result<()> {
    let line = finding_line(finding);
    line.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, Safe))?;
    out.write_all(b"\n")
}

fn finding_line(finding: &Finding) -> FindingLine<'_> {
    let proposition = &finding.proposition;
    let mut roles: BTreeMap<&str, Vec<Thing<'_>>> = BTreeMap::new();
    for term in proposition.terms.iter().filter(|term| term.role != "place") {
        roles.entry(&term.role).or_default().push(Thing::from(term));
    }
    let days = &finding.days;
    FindingLine {
        id: &finding.id,
        kind: &proposition.kind,
        proposition: Stated {
            roles,
            place: proposition.role("place").map(Thing::from).collect(),
            status: finding
                .status
                .as_ref()
                .map(|(low, high)| [low.as_str(), high.as_str()]),
            time: days
                .as_ref()
                .map(|(first, last)| [first.as_str(), last.as_str()]),
        },
        claims: &finding.claims,
        reports: &finding.reports,
        publishers: finding.publishers.len(),
        origins: (finding.origins.iter())
            .map(|origin| Behind {
                name: &origin.name,
                kind: origin.kind,
                claims: origin.claims().collect(),
                reasons: &origin.reasons,
                established: origin.established,
                entity: origin
                    .key
                    .as_deref()
                    .filter(|key| !key.starts_with("name:")),
                certainty: origin.certainty.as_str(),
                read: origin.read,
                tree: &origin.tree,
                ties: &origin.joins,
            })
            .collect(),
        origins_established: finding.established,
        origins_unknown: finding.unknown,
        stances: &finding.stances,
        credibility: &finding.credibility,
        erosion: &finding.erosion,
        first_seen: finding.seen.as_ref().map(|(first, _)| first.as_str()),
        last_seen: finding.seen.as_ref().map(|(_, last)| last.as_str()),
        publisher_names: &finding.publishers,
        against: &finding.against,
        values: &finding.values,
    }
}

/// Anything as JSON in which nothing stands that a terminal would obey.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn safe<T: Serialize>(value: &T) -> Result<String, serde_json::Error> {
    let mut out = Vec::new();
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, Safe))?;
    out.push(b'\n');
    Ok(String::from_utf8_lossy(&out).into_owned())
}
