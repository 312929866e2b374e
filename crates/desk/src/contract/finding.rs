//! A finding as one line of `sayso findings --format jsonl`; keys in the order of the contract, what was added since at the end.

use std::collections::BTreeMap;

use sayso_corroborate::{
    findings::{self, Feature, Finding, Origin, Sort},
    lineage::Eroded,
    propositions::Term,
};
use sayso_records::{ClaimId, ReportId};
use serde::Serialize;
use utoipa::ToSchema;

/// One line.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub(super) struct Line<'a> {
    id: &'a str,
    kind: &'a str,
    proposition: Stated<'a>,
    /// Claims that affirm it, in the order of publication.
    claims: Vec<&'a str>,
    /// Reports of those claims and of the stances.
    reports: Vec<&'a str>,
    publishers: usize,
    origins: Vec<Behind<'a>>,
    origins_established: usize,
    origins_unknown: usize,
    stances: Stances,
    credibility: Credibility<'a>,
    erosion: Vec<Change<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_seen: Option<&'a str>,
    publisher_names: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    against: Vec<Stance<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    values: Vec<Value<'a>>,
}

/// What it states.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Proposition)]
struct Stated<'a> {
    roles: BTreeMap<&'a str, Vec<Thing<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    place: Vec<Thing<'a>>,
    /// Lowest and highest on the kind's ladder.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<[&'a str; 2]>,
    /// First and last day of the occasion.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<[&'a str; 2]>,
}

/// Somebody, something or somewhere.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Thing)]
struct Thing<'a> {
    name: &'a str,
    /// Absent: it is only described.
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    r#type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    within: Vec<&'a str>,
}

/// One origin.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Origin)]
struct Behind<'a> {
    name: &'a str,
    /// What stands at its beginning: `named-source`, `own-reporting`, `unknown`.
    #[schema(value_type = String)]
    kind: Sort,
    claims: Vec<&'a str>,
    /// Why it counts, or does not.
    reasons: &'a [String],
    /// Whether its lineage is known, so that it counts.
    established: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a str>,
    /// The firmest commitment among its claims.
    certainty: &'a str,
    /// Whether the text of the source itself is in the ledger.
    read: bool,
    /// Its reports as a tree, in the order of publication.
    tree: Vec<Branch<'a>>,
    ties: Vec<Tie<'a>>,
}

/// One report in the tree of an origin.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Branch)]
struct Branch<'a> {
    report: &'a str,
    /// Empty: not named.
    publisher: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<&'a str>,
    claims: Vec<&'a str>,
    /// The report it hangs on, by place in the list. Absent: on the origin itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    under: Option<usize>,
    /// The cue of the link, for a reader.
    cue: &'a str,
}

/// What joins two claims in one origin.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Tie)]
struct Tie<'a> {
    /// By what: `same-source`, `credit`, `link`, `copy` and so on.
    #[schema(value_type = String)]
    feature: Feature,
    from: &'a str,
    to: &'a str,
    reason: &'a str,
}

/// How many origins say what.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Stances)]
struct Stances {
    affirmed: usize,
    denied: usize,
    doubted: usize,
}

/// A grade with its reasons.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Credibility)]
struct Credibility<'a> {
    /// 1 confirmed, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged.
    grade: u8,
    reasons: &'a [String],
}

/// What a copy lost or changed.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Change)]
struct Change<'a> {
    from: &'a str,
    to: &'a str,
    /// `hedge-dropped`, `number-inflated` and so on.
    what: &'static str,
    before: &'a str,
    /// Empty: nothing stands in its place.
    after: &'a str,
}

/// One origin that denies or doubts it.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Stance)]
struct Stance<'a> {
    /// `denied` or `doubted`.
    what: &'a str,
    who: &'a str,
    established: bool,
    reasons: &'a [String],
    said: Vec<Said<'a>>,
}

/// A sentence that takes a stance.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Said)]
struct Said<'a> {
    claim: &'a str,
    report: &'a str,
    quote: &'a str,
}

/// One value that origins give, and who.
#[derive(Serialize, ToSchema)]
#[schema(as = finding::Value)]
struct Value<'a> {
    /// What is counted; `time` for days. Empty: not said.
    unit: &'a str,
    text: &'a str,
    /// Absent: a time.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    /// First and last day. Absent: a number.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<[&'a str; 2]>,
    bound: &'static str,
    origins: &'a [String],
    /// Its part of the unit's votes, 0 to 1.
    weight: f64,
    claims: Vec<&'a str>,
    reasons: &'a [String],
}

fn ids(claims: &[ClaimId]) -> Vec<&str> {
    claims.iter().map(|id| &*id.0).collect()
}

fn two<A: AsRef<str>, B: AsRef<str>>(pair: &Option<(A, B)>) -> Option<[&str; 2]> {
    pair.as_ref().map(|(a, b)| [a.as_ref(), b.as_ref()])
}

impl<'a> From<&'a Finding> for Line<'a> {
    fn from(finding: &'a Finding) -> Self {
        let proposition = &finding.proposition;
        let mut roles: BTreeMap<&str, Vec<Thing<'_>>> = BTreeMap::new();
        for term in proposition.terms.iter().filter(|term| term.role != "place") {
            roles.entry(&term.role).or_default().push(Thing::from(term));
        }
        let report = |id: &'a ReportId| &*id.0;
        Self {
            id: &finding.id,
            kind: &proposition.kind,
            proposition: Stated {
                roles,
                place: proposition.role("place").map(Thing::from).collect(),
                status: two(&finding.status),
                time: two(&finding.days),
            },
            claims: ids(&finding.claims),
            reports: finding.reports.iter().map(report).collect(),
            publishers: finding.publishers.len(),
            origins: finding.origins.iter().map(Behind::from).collect(),
            origins_established: finding.established,
            origins_unknown: finding.unknown,
            stances: Stances {
                affirmed: finding.stances.affirmed,
                denied: finding.stances.denied,
                doubted: finding.stances.doubted,
            },
            credibility: Credibility {
                grade: finding.credibility.grade,
                reasons: &finding.credibility.reasons,
            },
            erosion: finding.erosion.iter().map(Change::from).collect(),
            first_seen: finding.seen.as_ref().map(|(first, _)| first.as_str()),
            last_seen: finding.seen.as_ref().map(|(_, last)| last.as_str()),
            publisher_names: finding.publishers.iter().map(String::as_str).collect(),
            against: finding.against.iter().map(Stance::from).collect(),
            values: finding.values.iter().map(Value::from).collect(),
        }
    }
}

impl<'a> From<&'a Term> for Thing<'a> {
    fn from(term: &'a Term) -> Self {
        let key = term.is.key.as_str();
        let within = term.within.iter().map(|named| named.name.as_str());
        Self {
            name: &term.is.name,
            entity: (!key.starts_with("name:") && !key.starts_with("item:")).then_some(key),
            r#type: term.kind.as_str(),
            within: within.collect(),
        }
    }
}

impl<'a> From<&'a Origin> for Behind<'a> {
    fn from(origin: &'a Origin) -> Self {
        let key = origin.key.as_deref();
        let tree = origin.tree.iter().map(|branch| Branch {
            report: &branch.report.0,
            publisher: &branch.publisher,
            published: branch.published.as_deref(),
            claims: ids(&branch.claims),
            under: branch.under,
            cue: &branch.cue,
        });
        let ties = origin.joins.iter().map(|join| Tie {
            feature: join.feature,
            from: &join.from.0,
            to: &join.to.0,
            reason: &join.reason,
        });
        Self {
            name: &origin.name,
            kind: origin.kind,
            claims: origin.claims().map(|id| &*id.0).collect(),
            reasons: &origin.reasons,
            established: origin.established,
            entity: key.filter(|key| !key.starts_with("name:")),
            certainty: origin.certainty.as_str(),
            read: origin.read,
            tree: tree.collect(),
            ties: ties.collect(),
        }
    }
}

impl<'a> From<&'a Eroded> for Change<'a> {
    fn from(eroded: &'a Eroded) -> Self {
        Self {
            from: &eroded.from.0,
            to: &eroded.to.0,
            what: eroded.what.as_str(),
            before: &eroded.before,
            after: &eroded.after,
        }
    }
}

impl<'a> From<&'a findings::Stance> for Stance<'a> {
    fn from(stance: &'a findings::Stance) -> Self {
        let said = stance.said.iter().map(|said| Said {
            claim: &said.claim.0,
            report: &said.report.0,
            quote: &said.quote,
        });
        Self {
            what: &stance.what,
            who: &stance.who,
            established: stance.established,
            reasons: &stance.reasons,
            said: said.collect(),
        }
    }
}

impl<'a> From<&'a findings::Value> for Value<'a> {
    fn from(value: &'a findings::Value) -> Self {
        Self {
            unit: &value.unit,
            text: &value.text,
            value: value.value,
            days: two(&value.days),
            bound: value.bound.as_str(),
            origins: &value.origins,
            weight: value.weight,
            claims: ids(&value.claims),
            reasons: &value.reasons,
        }
    }
}
