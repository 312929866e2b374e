//! What ties two claims to one origin, feature by feature, each with a reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use sayso_records::{ClaimId, ReportId};

use super::heard::{Heard, Speaker, Who};
use crate::{
    copies::Sort,
    lineage::{Kin, Spellings},
};

/// By what two claims share an origin. The order is the order in which ties are drawn, so that a tie a person cut is cut at the weakest place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Feature {
    /// A person judged so.
    Judged,
    /// Two editions of one page.
    SamePage,
    /// The same innermost named source.
    SameSource,
    /// One is made to say it in one report and speaks for itself in the other.
    SourceItself,
    /// A report says it once with its source and once without.
    SameReport,
    /// One report credits another, or both credit a third.
    Credit,
    /// One report links to the other, or both to one page.
    Link,
    /// Their texts are near copies, or the claims stand in a passage common to both.
    Copy,
    /// One source passes on what another says.
    Relay,
    /// The same publisher.
    Publisher,
    /// The same owner or desk.
    Owner,
    /// A rare spelling or error that few others have.
    RareSpelling,
}

/// A tie between two of the claims, by their place in the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tie {
    pub(super) feature: Feature,
    /// The earlier.
    pub(super) a: usize,
    /// The later.
    pub(super) b: usize,
    pub(super) reason: String,
}

/// What is known of the reports among themselves.
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// Near copies, by the ids of both reports, the smaller first.
    pub kin: BTreeMap<(ReportId, ReportId), Arc<Kin>>,
    /// How often places are spelled so.
    pub spellings: Spellings,
    /// Claims that a person said share an origin, with why.
    pub same: Vec<(ClaimId, ClaimId, String)>,
    /// Claims that a person said do not.
    pub apart: Vec<(ClaimId, ClaimId)>,
}

/// All ties between `heard`, which are in the order of publication, each with its speaker.
pub(super) fn ties(heard: &[(Heard, Speaker)], who: &Who<'_>, links: &Links) -> Vec<Tie> {
    let mut ties = Vec::new();
    judged(heard, links, &mut ties);
    pages(heard, &mut ties);
    addresses(heard, &mut ties);
    copies(heard, links, &mut ties);
    let copied = copied(heard, &ties);
    speakers(heard, &copied, &mut ties);
    reports(heard, &copied, &mut ties);
    relays(heard, who, &mut ties);
    chains(heard, who, &mut ties);
    owners(heard, &mut ties);
    spellings(heard, links, &mut ties);
    for tie in &mut ties {
        if tie.a > tie.b {
            std::mem::swap(&mut tie.a, &mut tie.b);
        }
    }
    ties.retain(|tie| tie.a != tie.b);
    ties.sort();
    ties.dedup();
    ties
}

/// Ties each further member of every group to its first.
fn star<K: Ord>(groups: BTreeMap<K, Vec<usize>>, mut tie: impl FnMut(&K, usize, usize)) {
    for (key, members) in groups {
        if let Some((first, rest)) = members.split_first() {
            rest.iter().for_each(|other| tie(&key, *first, *other));
        }
    }
}

fn judged(heard: &[(Heard, Speaker)], links: &Links, ties: &mut Vec<Tie>) {
    let at = |id: &ClaimId| heard.iter().position(|(heard, _)| heard.claim.id == *id);
    for (one, other, why) in &links.same {
        if let (Some(a), Some(b)) = (at(one), at(other)) {
            ties.push(Tie {
                feature: Feature::Judged,
                a,
                b,
                reason: format!("judged to share an origin: {why}"),
            });
        }
    }
}

fn pages(heard: &[(Heard, Speaker)], ties: &mut Vec<Tie>) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (heard, speaker)) in heard.iter().enumerate() {
        if let (Some(address), true) = (&heard.report.address, speaker.is_bare()) {
            groups.entry(address).or_default().push(at);
        }
    }
    star(groups, |address, a, b| {
        if heard[a].0.report.report != heard[b].0.report.report {
            let publisher = |at: usize| {
                heard[at]
                    .0
                    .report
                    .publisher
                    .as_ref()
                    .map(|named| &named.key)
            };
            let (feature, reason) = match publisher(a) == publisher(b) {
                true => (Feature::SamePage, format!("two editions of {address}")),
                false => (
                    Feature::Link,
                    format!("gives {address} as the page it is of"),
                ),
            };
            ties.push(Tie {
                feature,
                a,
                b,
                reason,
            });
        }
    });
}

/// Claims without a source whose sentence stands in another report that shows where it has it from.
fn copied(heard: &[(Heard, Speaker)], ties: &[Tie]) -> BTreeSet<usize> {
    let mut copied = BTreeSet::new();
    for tie in ties.iter().filter(|tie| tie.feature == Feature::Copy) {
        for (at, from) in [(tie.a, tie.b), (tie.b, tie.a)] {
            let (other, speaker) = &heard[from];
            if heard[at].1.is_bare() && (!speaker.is_bare() || other.report.firsthand.is_some()) {
                copied.insert(at);
            }
        }
    }
    copied
}

/// The same source, the source's own text, the same credit, the same publisher: of its claims those that are its own, as what it prints of
/// others is theirs.
fn speakers(heard: &[(Heard, Speaker)], copied: &BTreeSet<usize>, ties: &mut Vec<Tie>) {
    let mut groups: BTreeMap<&SmolStr, Vec<usize>> = BTreeMap::new();
    for (at, (_, speaker)) in heard.iter().enumerate() {
        if let Some(named) = speaker.named() {
            groups.entry(&named.key).or_default().push(at);
        }
    }
    for members in groups.values_mut() {
        // Whoever speaks for itself comes first, so that the others hang on it.
        members.sort_by_key(|at| {
            let own = matches!(heard[*at].1, Speaker::Publisher(_));
            (!own, copied.contains(at), *at)
        });
    }
    star(groups, |_, a, b| {
        use Speaker::*;
        let name = heard[a].1.named().map_or("", |named| named.name.as_str());
        let (feature, reason) = match (&heard[a].1, &heard[b].1) {
            (Source(_), Source(_)) => (Feature::SameSource, format!("both have it from {name}")),
            (Publisher(_), Publisher(_)) if copied.contains(&b) => return,
            (Publisher(_), Publisher(_)) => {
                (Feature::Publisher, format!("both published by {name}"))
            }
            (Publisher(_), Source(_)) | (Source(_), Publisher(_)) => {
                let source = heard[b]
                    .0
                    .claim
                    .sources
                    .iter()
                    .chain(&heard[a].0.claim.sources)
                    .next_back();
                let cue = source.map_or("", |source| source.cue.as_str());
                (
                    Feature::SourceItself,
                    format!("one is {name}'s own text, the other has it from {name} (\"{cue}\")"),
                )
            }
            (Credited(_, credit), _) | (_, Credited(_, credit)) => (
                Feature::Credit,
                format!("{} {name} (\"{}\")", credited(&credit.how), credit.cue),
            ),
            _ => return,
        };
        ties.push(Tie {
            feature,
            a,
            b,
            reason,
        });
    });
}

fn credited(how: &str) -> &'static str {
    match how {
        "byline" => "the byline names",
        "dateline" => "the dateline names",
        "republished" => "republished from",
        "citing" => "cites",
        _ => "credits",
    }
}

/// A report that gives a source once has it from there each time it says the same, unless the sentence is copied from elsewhere.
fn reports(heard: &[(Heard, Speaker)], copied: &BTreeSet<usize>, ties: &mut Vec<Tie>) {
    let mut by_report: BTreeMap<&ReportId, Vec<usize>> = BTreeMap::new();
    for (at, (heard, _)) in heard.iter().enumerate() {
        by_report.entry(&heard.report.report).or_default().push(at);
    }
    for members in by_report.into_values() {
        let sourced = members.iter().copied().find(|at| !heard[*at].1.is_bare());
        let firsthand = members
            .first()
            .is_some_and(|at| heard[*at].0.report.firsthand.is_some());
        let (elsewhere, bare): (Vec<usize>, Vec<usize>) = members
            .into_iter()
            .filter(|at| heard[*at].1.is_bare())
            .partition(|at| copied.contains(at));
        let to = sourced.filter(|_| !firsthand).or(bare.first().copied());
        let pairs = bare.iter().map(|b| (to, *b));
        let copies = elsewhere.iter().map(|b| (elsewhere.first().copied(), *b));
        for (to, b) in pairs.chain(copies) {
            let Some(to) = to else { continue };
            ties.push(Tie {
                feature: Feature::SameReport,
                a: to,
                b,
                reason: "said again in the same report".to_owned(),
            });
        }
    }
}

/// Links to a report that is here, and to one and the same page that is not.
fn addresses(heard: &[(Heard, Speaker)], ties: &mut Vec<Tie>) {
    let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, (heard, _)) in heard.iter().enumerate() {
        if let Some(address) = &heard.report.address {
            pages.entry(address).or_insert(at);
        }
    }
    let mut elsewhere: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (b, (member, speaker)) in heard.iter().enumerate() {
        if !speaker.is_bare() || member.report.firsthand.is_some() {
            continue;
        }
        for credit in &member.report.credits {
            let Some(address) = credit.address.as_deref() else {
                continue;
            };
            match pages.get(address) {
                Some(a) if heard[*a].0.report.report != member.report.report => {
                    let reason = format!("links to {address} (\"{}\")", credit.cue);
                    ties.push(Tie {
                        feature: Feature::Link,
                        a: *a,
                        b,
                        reason,
                    });
                }
                Some(_) => {}
                None => elsewhere.entry(address).or_default().push(b),
            }
        }
    }
    star(elsewhere, |address, a, b| {
        if heard[a].0.report.report != heard[b].0.report.report {
            let reason = format!("both link to {address}");
            ties.push(Tie {
                feature: Feature::Link,
                a,
                b,
                reason,
            });
        }
    });
}

/// Near copies: claims in sentences that stand in both, and what else a copy says without a source.
fn copies(heard: &[(Heard, Speaker)], links: &Links, ties: &mut Vec<Tie>) {
    let mut by_report: BTreeMap<&ReportId, Vec<usize>> = BTreeMap::new();
    for (at, (heard, _)) in heard.iter().enumerate() {
        by_report.entry(&heard.report.report).or_default().push(at);
    }
    for ((one, other), kin) in &links.kin {
        let (Some(of_one), Some(of_other)) = (by_report.get(one), by_report.get(other)) else {
            continue;
        };
        if kin.sort == Sort::Quoting {
            continue;
        }
        let reason = match kin.sort {
            Sort::Verbatim => "the same text",
            Sort::HeadlineChanged => "the same text under another headline",
            Sort::Trimmed => "one is a part of the other",
            Sort::Reworded => "one tells the other again in other words",
            Sort::Passage | Sort::Quoting => "a passage stands in both",
        };
        let reason = format!("{reason}: {}", kin.reason);
        let within = |at: usize, (from, to): (u32, u32)| {
            let (start, end) = <(u32, u32)>::from(heard[at].0.claim.evidence.span);
            start < to && from < end
        };
        let mut tied = false;
        for &a in of_one {
            for &b in of_other {
                let aligned = kin
                    .pairs
                    .iter()
                    .any(|(x, y)| within(a, *x) && within(b, *y));
                if aligned {
                    tied = true;
                    ties.push(Tie {
                        feature: Feature::Copy,
                        a,
                        b,
                        reason: reason.clone(),
                    });
                }
            }
        }
        if !tied && kin.sort.is_copy() {
            let bare =
                |members: &[usize]| members.iter().copied().find(|at| heard[*at].1.is_bare());
            let (a, b) = (bare(of_one), bare(of_other));
            if let (Some(a), Some(b)) = (
                a.or(of_one.first().copied()),
                b.or(of_other.first().copied()),
            ) {
                ties.push(Tie {
                    feature: Feature::Copy,
                    a,
                    b,
                    reason,
                });
            }
        }
    }
}

/// "Ukraine, as the institute reports" and "the institute says": the institute has it from Ukraine, if that is all it passes on.
fn relays(heard: &[(Heard, Speaker)], who: &Who<'_>, ties: &mut Vec<Tie>) {
    let mut passed_on: BTreeMap<SmolStr, Vec<(SmolStr, usize)>> = BTreeMap::new();
    for (at, (heard, speaker)) in heard.iter().enumerate() {
        let Speaker::Source(innermost) = speaker else {
            continue;
        };
        for relay in who.relays(&heard.claim) {
            if relay.key != innermost.key {
                passed_on
                    .entry(relay.key)
                    .or_default()
                    .push((innermost.key.clone(), at));
            }
        }
    }
    for (b, (_, speaker)) in heard.iter().enumerate() {
        let Some(named) = speaker.named() else {
            continue;
        };
        let Some(innermost) = passed_on.get(&named.key) else {
            continue;
        };
        if let Some((key, a)) = innermost.first()
            && innermost.iter().all(|(other, _)| other == key)
        {
            let from = heard[*a].1.named().map_or("", |named| named.name.as_str());
            let reason = format!("{} has it from {from}", named.name);
            ties.push(Tie {
                feature: Feature::Relay,
                a: *a,
                b,
                reason,
            });
        }
    }
}

/// A credits B, and what B printed is here with whom B has it from: A has it from there, if B has all of it from one.
fn chains(heard: &[(Heard, Speaker)], who: &Who<'_>, ties: &mut Vec<Tie>) {
    let is_credit = |(_, speaker): &(Heard, Speaker)| matches!(speaker, Speaker::Credited(..));
    if !heard.iter().any(is_credit) {
        return;
    }
    let mut printed: BTreeMap<SmolStr, Vec<usize>> = BTreeMap::new();
    for (at, (heard, _)) in heard.iter().enumerate() {
        if let Some(publisher) = who.publisher(&heard.report) {
            printed.entry(publisher.key).or_default().push(at);
        }
    }
    for (b, (_, speaker)) in heard.iter().enumerate() {
        let Speaker::Credited(named, credit) = speaker else {
            continue;
        };
        let Some(by) = printed.get(&named.key) else {
            continue;
        };
        let from = |at: &usize| heard[*at].1.named().map(|from| &from.key);
        let Some(beyond) = heard[by[0]].1.named() else {
            continue;
        };
        // What it says by itself is tied to whoever credits it already.
        if beyond.key != named.key && by.iter().all(|at| from(at) == Some(&beyond.key)) {
            let reason = format!(
                "{} {} (\"{}\"), which has it from {}",
                credited(&credit.how),
                named.name,
                credit.cue,
                beyond.name
            );
            ties.push(Tie {
                feature: Feature::Credit,
                a: by[0],
                b,
                reason,
            });
        }
    }
}

fn owners(heard: &[(Heard, Speaker)], ties: &mut Vec<Tie>) {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, (heard, speaker)) in heard.iter().enumerate() {
        if let (Some(owner), true) = (&heard.report.owner, speaker.is_bare()) {
            groups.entry(owner).or_default().push(at);
        }
    }
    star(groups, |owner, a, b| {
        let publisher = |at: usize| {
            heard[at]
                .0
                .report
                .publisher
                .as_ref()
                .map(|named| &named.key)
        };
        if publisher(a) != publisher(b) {
            let reason = format!("both belong to {owner}");
            ties.push(Tie {
                feature: Feature::Owner,
                a,
                b,
                reason,
            });
        }
    });
}

/// Copied mistakes betray copying.
fn spellings(heard: &[(Heard, Speaker)], links: &Links, ties: &mut Vec<Tie>) {
    let mut groups: BTreeMap<(SmolStr, String), Vec<usize>> = BTreeMap::new();
    for (at, (heard, _)) in heard.iter().enumerate() {
        for place in &heard.claim.place {
            if let Some(entity) = &place.entity {
                let key = (entity.id.clone(), sayso_gazetteer::fold(&place.text));
                groups.entry(key).or_default().push(at);
            }
        }
    }
    groups.retain(|key, _| {
        links
            .spellings
            .get(key)
            .is_some_and(|spelled| spelled.is_rare())
    });
    star(groups, |key, a, b| {
        if heard[a].0.report.report != heard[b].0.report.report
            && let Some(spelled) = links.spellings.get(key)
        {
            let reason = format!(
                "both spell it \"{}\", as do {} of {} reports that name the place",
                key.1, spelled.so, spelled.all
            );
            ties.push(Tie {
                feature: Feature::RareSpelling,
                a,
                b,
                reason,
            });
        }
    });
}
