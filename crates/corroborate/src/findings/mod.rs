//! Findings: one proposition on one occasion, with everybody who says, denies or doubts it, and the origins that stand behind them.
//!
//! [`findings`] is a function of a set: the same claims in any order give the same findings.

mod against;
mod eroded;
mod grade;
mod heard;
mod occasions;
mod origins;
#[cfg(test)]
mod tests;
mod ties;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use sayso_codebook::Kind;
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_records::{Certainty, ClaimId, Polarity, ReportId};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

pub use against::{Said, Stance};
pub use grade::Credibility;
pub use heard::{Heard, Reach};
pub use origins::{Branch, Join, Origin, Sort};
pub use ties::{Feature, Links};
pub use values::{TIME, Value};

use crate::{
    lineage::Eroded,
    propositions::{Governments, Proposition},
};
use heard::Who;
use occasions::{Days, days, occasions};

/// How many origins, established or not, say what: one that is repeated counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Stances {
    pub affirmed: usize,
    pub denied: usize,
    pub doubted: usize,
}

/// A proposition on one occasion, and what stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The proposition's id; on the second and later occasions with the first day of it: `<16 hex>-20230801`.
    pub id: String,
    /// What is stated.
    pub proposition: Proposition,
    /// First and last day of the occasion. `None`: it has none, or no day is known.
    pub days: Option<(String, String)>,
    /// Lowest and highest status on the kind's ladder. `None`: none is said.
    pub status: Option<(SmolStr, SmolStr)>,
    /// Claims that affirm it, narrower ones included, in the order of publication.
    pub claims: Vec<ClaimId>,
    /// How many of them say more than it (Homiel, not just Belarus).
    pub narrower: usize,
    /// Reports of those claims and of the stances, by id.
    pub reports: Vec<ReportId>,
    /// Names of publishers that carry it, in alphabetical order.
    pub publishers: Vec<String>,
    /// Independent origins, established ones first.
    pub origins: Vec<Origin>,
    /// How many of them are established.
    pub established: usize,
    /// How many are not.
    pub unknown: usize,
    /// Origins by stance.
    pub stances: Stances,
    /// The denials and doubts, by origin.
    pub against: Vec<Stance>,
    /// What is said of how many, by unit and value.
    pub values: Vec<Value>,
    /// What was lost or changed from copy to copy.
    pub erosion: Vec<Eroded>,
    /// How credible it is.
    pub credibility: Credibility,
    /// Day of the first and the last report. `None`: none is dated.
    pub seen: Option<(String, String)>,
}

impl Finding {
    /// What a judgement knows it by: its id, on an occasion with the first day of it. Which occasion is the first changes with what arrives.
    pub fn anchor(&self) -> String {
        match (&self.days, self.id.get(..16)) {
            (Some((first, _)), Some(proposition)) => {
                format!("{proposition}-{}", first.replace('-', ""))
            }
            _ => self.id.clone(),
        }
    }

    /// Whether `day` (`20230801`) is one of its occasion's.
    pub fn holds(&self, day: &str) -> bool {
        let is_within = |(first, last): &(String, String)| {
            first.replace('-', "").as_str() <= day && day <= last.replace('-', "").as_str()
        };
        self.days.as_ref().is_some_and(is_within)
    }
}

/// What findings are made with.
pub struct Making<'m> {
    /// Who is who.
    pub gazetteer: &'m Gazetteer,
    /// Who speaks for a state.
    pub governments: &'m Governments<'m>,
    /// Who publishes.
    pub sources: &'m Sources,
    /// The key that stands for a key after judgements.
    pub canonical: &'m dyn Fn(&str) -> SmolStr,
    /// The kind of the claims.
    pub kind: &'m Kind,
}

/// The findings of one proposition: one for each occasion on which it is stated itself. `heard`: every claim that states it or something
/// narrower, and the denials of it and of what is wider.
pub fn findings(
    making: &Making<'_>,
    proposition: &Proposition,
    heard: Vec<Heard>,
    links: &Links,
) -> Vec<Finding> {
    let who = Who {
        gazetteer: making.gazetteer,
        governments: making.governments,
        sources: making.sources,
        canonical: making.canonical,
    };
    let mut heard: Vec<_> = heard
        .into_iter()
        .map(|heard| (who.speaker(&heard), heard))
        .map(|(speaker, heard)| (heard, speaker))
        .collect();
    heard.sort_by(|(one, _), (other, _)| {
        let within = |it: &Heard| it.claim.evidence.span.start;
        (one.report.order())
            .cmp(&other.report.order())
            .then_with(|| within(one).cmp(&within(other)))
            .then_with(|| one.claim.id.cmp(&other.claim.id))
    });
    heard.dedup_by(|(one, _), (other, _)| {
        one.claim.id == other.claim.id && one.claim.report == other.claim.report
    });
    let when: Vec<Days> = heard
        .iter()
        .map(|(heard, _)| days(&heard.claim, &heard.report))
        .collect();
    let gap = making
        .kind
        .finding
        .as_ref()
        .and_then(|finding| finding.days);
    let occasion = occasions(&when, gap);
    let mut by_occasion: BTreeMap<(bool, usize), Vec<usize>> = BTreeMap::new();
    for (at, occasion) in occasion.iter().enumerate() {
        by_occasion
            .entry((occasion.is_none(), occasion.unwrap_or(0)))
            .or_default()
            .push(at);
    }
    let mut out = Vec::new();
    for ((undated, _), members) in by_occasion {
        let own = |at: &usize| heard[*at].0.reach == Reach::Same;
        if !members.iter().any(own) {
            continue;
        }
        let span =
            members
                .iter()
                .filter_map(|at| when[*at])
                .fold(None, |span: Days, (first, last)| {
                    Some(span.map_or((first, last), |(from, to)| (from.min(first), to.max(last))))
                });
        let members: Vec<_> = members.iter().map(|at| heard[*at].clone()).collect();
        let mut finding = finding(making, &who, proposition, members, links);
        finding.days = span
            .filter(|_| gap.is_some() && !undated)
            .and_then(|(first, last)| Some((occasions::day(first)?, occasions::day(last)?)));
        if !out.is_empty() {
            let day = finding
                .days
                .as_ref()
                .map_or_else(|| "undated".to_owned(), |(first, _)| first.replace('-', ""));
            finding.id = format!("{}-{day}", finding.id);
        }
        out.push(finding);
    }
    out
}

fn finding(
    making: &Making<'_>,
    who: &Who<'_>,
    proposition: &Proposition,
    members: Vec<(Heard, heard::Speaker)>,
    links: &Links,
) -> Finding {
    let (affirming, against): (Vec<_>, Vec<_>) = members.into_iter().partition(|(heard, _)| {
        heard.reach != Reach::Wider
            && !against::is_stance(&heard.claim)
            && heard.claim.polarity == Polarity::Affirmed
            && heard.claim.certainty != Certainty::Doubted
    });
    let ties = ties::ties(&affirming, who, links);
    let origins = origins::origins(&affirming, &ties, links);
    let against = against::against(against, who, links);
    let count = |what: &str| against.iter().filter(|stance| stance.what == what).count();
    let stances = Stances {
        affirmed: origins.len(),
        denied: count("denied"),
        doubted: count("doubted"),
    };
    let names = |what: &str| -> Vec<(String, bool)> {
        let of = against.iter().filter(|stance| stance.what == what);
        of.map(|stance| (stance.who.clone(), stance.established))
            .collect()
    };
    let credibility = grade::credibility(&grade::Behind {
        affirming: origins
            .iter()
            .filter(|origin| origin.established)
            .map(|origin| (origin.name.clone(), origin.certainty))
            .collect(),
        apart: apart(&origins),
        unknown: origins.iter().filter(|origin| !origin.established).count(),
        denying: names("denied"),
        doubting: names("doubted"),
    });
    let ladder = &making.kind.ladder;
    let rung = |status: &SmolStr| ladder.iter().position(|step| step == status);
    let statuses: BTreeSet<(usize, SmolStr)> = affirming
        .iter()
        .filter_map(|(heard, _)| heard.claim.status.clone())
        .filter_map(|status| Some((rung(&status)?, status)))
        .collect();
    let seen: BTreeSet<String> = affirming
        .iter()
        .filter_map(|(heard, _)| {
            heard
                .report
                .published
                .as_ref()?
                .get(..10)
                .map(str::to_owned)
        })
        .collect();
    let reports: BTreeSet<ReportId> = affirming
        .iter()
        .map(|(heard, _)| heard.report.report.clone())
        .chain(
            against
                .iter()
                .flat_map(|stance| stance.said.iter().map(|said| said.report.clone())),
        )
        .collect();
    let publishers: BTreeSet<&str> = affirming
        .iter()
        .filter_map(|(heard, _)| {
            heard
                .report
                .publisher
                .as_ref()
                .map(|named| named.name.as_str())
        })
        .collect();
    Finding {
        id: proposition.id(),
        proposition: proposition.clone(),
        days: None,
        status: statuses
            .first()
            .zip(statuses.last())
            .map(|((_, low), (_, high))| (low.clone(), high.clone())),
        claims: affirming
            .iter()
            .map(|(heard, _)| heard.claim.id.clone())
            .collect(),
        narrower: affirming
            .iter()
            .filter(|(heard, _)| heard.reach == Reach::Narrower)
            .count(),
        reports: reports.into_iter().collect(),
        publishers: publishers.into_iter().map(str::to_owned).collect(),
        established: origins.iter().filter(|origin| origin.established).count(),
        unknown: origins.iter().filter(|origin| !origin.established).count(),
        values: values::values(&affirming, &origins),
        erosion: eroded::eroded(&affirming, &origins, links),
        origins,
        stances,
        against,
        credibility,
        seen: seen.first().cloned().zip(seen.last().cloned()),
    }
}

/// Whether two of the established origins are known through different publishers; a report without a publisher's name stands for itself.
fn apart(origins: &[Origin]) -> bool {
    let carriers = origins
        .iter()
        .filter(|origin| origin.established)
        .map(|origin| {
            let carrier = |branch: &Branch| match branch.publisher.is_empty() {
                true => branch.report.0.clone(),
                false => branch.publisher.clone(),
            };
            origin.tree.iter().map(carrier).collect::<BTreeSet<_>>()
        });
    let carriers: Vec<BTreeSet<String>> = carriers.collect();
    // Two sets have different members to give unless both are the same single one.
    let mut pairs = carriers
        .iter()
        .enumerate()
        .flat_map(|(at, one)| carriers[..at].iter().map(move |other| (one, other)));
    pairs.any(|(one, other)| one.len() > 1 || other.len() > 1 || one != other)
}
