//! Origins: classes of claims under the ties between them.

use std::collections::{BTreeMap, BTreeSet};

use sayso_records::{Certainty, ClaimId, ReportId};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::propositions::Named;

use super::{
    heard::{Heard, Speaker, is_somebody},
    ties::{Feature, Links, Tie},
};

/// What stands at the beginning of an origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// A source with a name.
    NamedSource,
    /// A publisher that shows it found out by itself.
    OwnReporting,
    /// Nothing that could be checked: sources without a name, credits that lead nowhere, no source at all.
    Unknown,
}

/// A tie as it is kept: what joined two claims.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// By what.
    pub feature: Feature,
    /// The earlier claim.
    pub from: ClaimId,
    /// The later claim.
    pub to: ClaimId,
    /// Why, in words.
    pub reason: String,
}

/// One report in the tree of an origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The report.
    pub report: ReportId,
    /// Its publisher. Empty: not named.
    pub publisher: String,
    /// Its day. `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// The claims in it, in the order of the text.
    pub claims: Vec<ClaimId>,
    /// The report it hangs on, by place in the list. `None`: on the origin itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<usize>,
    /// The cue of the link, for a reader.
    pub cue: String,
}

/// One origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// Who it is, for a reader.
    pub name: String,
    /// Its key, where it has a name: an entity's id or `name:<folded>`. `None`: nobody in particular.
    pub key: Option<SmolStr>,
    /// What stands at its beginning.
    pub kind: Sort,
    /// Whether its lineage is known, so that it counts.
    pub established: bool,
    /// The firmest commitment among its claims.
    pub certainty: Certainty,
    /// Whether the text of the source itself is in the ledger.
    pub read: bool,
    /// Why it counts, or does not.
    pub reasons: Vec<String>,
    /// Its reports as a tree, in the order of publication.
    pub tree: Vec<Branch>,
    /// All ties.
    pub joins: Vec<Join>,
}

impl Origin {
    /// Its claims, in the order of the tree.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimId> {
        self.tree.iter().flat_map(|branch| &branch.claims)
    }
}

/// The origins of `heard` under `ties`, established ones first, then by number of reports. Pairs that `links` keeps apart are never joined, also
/// not through others.
pub(super) fn origins(heard: &[(Heard, Speaker)], ties: &[Tie], links: &Links) -> Vec<Origin> {
    let mut classes = Classes::new(heard, links);
    let kept: Vec<&Tie> = ties
        .iter()
        .filter(|tie| classes.join(tie.a, tie.b))
        .collect();
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..heard.len() {
        members.entry(classes.root(at)).or_default().push(at);
    }
    let mut joins: BTreeMap<usize, Vec<&Tie>> = BTreeMap::new();
    for tie in kept {
        joins.entry(classes.root(tie.a)).or_default().push(tie);
    }
    let mut out: Vec<Origin> = (members.iter())
        .map(|(root, members)| origin(heard, members, joins.get(root).map_or(&[], Vec::as_slice)))
        .collect();
    out.sort_by_key(|origin| {
        let first = origin.tree.first().map(|branch| {
            (
                branch.published.is_none(),
                branch.published.clone(),
                branch.report.clone(),
            )
        });
        (
            !origin.established,
            std::cmp::Reverse(origin.tree.len()),
            first,
        )
    });
    out
}

/// Union-find that knows what must stay apart.
struct Classes {
    parent: Vec<usize>,
    apart: Vec<(usize, usize)>,
}

impl Classes {
    fn new(heard: &[(Heard, Speaker)], links: &Links) -> Self {
        let at = |id: &ClaimId| heard.iter().position(|(heard, _)| heard.claim.id == *id);
        let apart = links
            .apart
            .iter()
            .filter_map(|(one, other)| Some((at(one)?, at(other)?)));
        Self {
            parent: (0..heard.len()).collect(),
            apart: apart.collect(),
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Whether both may be, and now are, in one class.
    fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        for at in 0..self.apart.len() {
            let (one, other) = self.apart[at];
            let held = (self.root(one), self.root(other));
            if held == (a, b) || held == (b, a) {
                return false;
            }
        }
        self.parent[a.max(b)] = a.min(b);
        true
    }
}

fn origin(heard: &[(Heard, Speaker)], members: &[usize], ties: &[&Tie]) -> Origin {
    let Beginning {
        name,
        key,
        kind,
        why,
    } = beginning(heard, members, ties);
    let is_own = |at: &usize| {
        let (member, speaker) = &heard[*at];
        let by_itself = matches!(speaker, Speaker::Publisher(_)).then(|| speaker.named());
        let publisher = member.report.publisher.as_ref();
        let mut own = by_itself.flatten().into_iter().chain(publisher);
        own.any(|named| Some(&named.key) == key.as_ref())
    };
    let read = members.iter().any(is_own);
    let mut reasons = vec![why];
    let mut counted: BTreeMap<Feature, usize> = BTreeMap::new();
    for tie in ties {
        *counted.entry(tie.feature).or_default() += 1;
    }
    let reports: BTreeSet<&ReportId> = members
        .iter()
        .map(|at| &heard[*at].0.report.report)
        .collect();
    if reports.len() > 1 {
        let named = counted
            .iter()
            .filter(|(feature, _)| **feature != Feature::SameReport)
            .map(|(feature, n)| format!("{} ({n})", feature.words()));
        reasons.push(format!(
            "{} reports share it: {}",
            reports.len(),
            named.collect::<Vec<_>>().join(", ")
        ));
    }
    Origin {
        name,
        key,
        kind,
        established: kind != Sort::Unknown,
        certainty: members
            .iter()
            .map(|at| heard[*at].0.claim.certainty)
            .min()
            .unwrap_or_default(),
        read,
        reasons,
        tree: tree(heard, members, ties),
        joins: ties
            .iter()
            .map(|tie| Join {
                feature: tie.feature,
                from: heard[tie.a].0.claim.id.clone(),
                to: heard[tie.b].0.claim.id.clone(),
                reason: tie.reason.clone(),
            })
            .collect(),
    }
}

impl Feature {
    /// As a reader is told.
    pub fn words(self) -> &'static str {
        match self {
            Self::Judged => "judged to be one",
            Self::SamePage => "editions of one page",
            Self::SameSource => "the same named source",
            Self::SourceItself => "the source's own text",
            Self::SameReport => "said again in the same report",
            Self::Credit => "credit",
            Self::Link => "link",
            Self::Copy => "near copy",
            Self::Relay => "passed on",
            Self::Publisher => "the same publisher",
            Self::Owner => "the same owner",
            Self::RareSpelling => "a rare spelling",
        }
    }
}

/// Who an origin begins with, what it is, and why it counts or not.
struct Beginning {
    name: String,
    key: Option<SmolStr>,
    kind: Sort,
    why: String,
}

impl Beginning {
    fn of(named: &Named, kind: Sort, why: String) -> Self {
        Self {
            name: named.name.clone(),
            key: Some(named.key.clone()),
            kind,
            why,
        }
    }
}

fn beginning(heard: &[(Heard, Speaker)], members: &[usize], ties: &[&Tie]) -> Beginning {
    // The named sources, those that only pass it on left out.
    let relaying: BTreeSet<usize> = ties
        .iter()
        .filter(|tie| tie.feature == Feature::Relay)
        .flat_map(|tie| [tie.a, tie.b])
        .collect();
    let mut sources: BTreeMap<&str, (usize, usize, &Named)> = BTreeMap::new();
    for &at in members {
        let (member, speaker) = &heard[at];
        if let Speaker::Source(named) = speaker {
            let somebody = member
                .claim
                .sources
                .iter()
                .rev()
                .find(|source| !source.unnamed)
                .is_some_and(|source| is_somebody(source.kind));
            if somebody {
                let entry = sources.entry(&named.key).or_insert((0, at, named));
                entry.0 += 1 + usize::from(relaying.contains(&at));
            }
        }
    }
    let best = sources
        .values()
        .max_by_key(|(n, at, _)| (*n, std::cmp::Reverse(*at)));
    if let Some((_, at, named)) = best {
        let cue = heard[*at]
            .0
            .claim
            .sources
            .last()
            .map_or("", |source| source.cue.as_str());
        return Beginning::of(
            named,
            Sort::NamedSource,
            format!("a named source (\"{cue}\")"),
        );
    }
    let firsthand = members.iter().find_map(|at| {
        let (member, speaker) = &heard[*at];
        let (Speaker::Publisher(named), Some(why)) = (speaker, &member.report.firsthand) else {
            return None;
        };
        let why = format!("{} shows its own reporting: {why}", named.name);
        Some(Beginning::of(named, Sort::OwnReporting, why))
    });
    let credited = || {
        members.iter().find_map(|at| match &heard[*at].1 {
            Speaker::Credited(named, credit) => {
                let why = format!(
                    "credited to {} (\"{}\"), of which nothing is known",
                    named.name, credit.cue
                );
                Some(Beginning::of(named, Sort::Unknown, why))
            }
            _ => None,
        })
    };
    if let Some(found) = firsthand.or_else(credited) {
        return found;
    }
    let first = members.first().map(|at| &heard[*at]);
    let named = first.and_then(|(_, speaker)| speaker.named());
    let publisher = named.map_or("nobody named", |named| named.name.as_str());
    let (name, why) = match first.and_then(|(member, _)| member.claim.sources.last()) {
        Some(source) => {
            let words = if source.text.is_empty() {
                "nobody in particular"
            } else {
                source.text.as_str()
            };
            (
                format!("{words}, in {publisher}"),
                format!("its source has no name (\"{}\")", source.cue),
            )
        }
        None => (
            publisher.to_owned(),
            "it names no source and shows no reporting of its own".to_owned(),
        ),
    };
    Beginning {
        name,
        key: named.map(|named| named.key.clone()),
        kind: Sort::Unknown,
        why,
    }
}

/// The reports of a class as a tree: each hangs on the earliest report it is tied to directly.
fn tree(heard: &[(Heard, Speaker)], members: &[usize], ties: &[&Tie]) -> Vec<Branch> {
    let mut branches: Vec<Branch> = Vec::new();
    let mut of_report: BTreeMap<&ReportId, usize> = BTreeMap::new();
    for &at in members {
        let (member, speaker) = &heard[at];
        let report = &member.report.report;
        let number = *of_report.entry(report).or_insert_with(|| {
            branches.push(Branch {
                report: report.clone(),
                publisher: member
                    .report
                    .publisher
                    .as_ref()
                    .map_or_else(String::new, |named| named.name.clone()),
                published: member
                    .report
                    .published
                    .as_ref()
                    .and_then(|at| at.get(..10))
                    .map(str::to_owned),
                claims: Vec::new(),
                under: None,
                cue: own_cue(member, speaker),
            });
            branches.len() - 1
        });
        branches[number].claims.push(member.claim.id.clone());
    }
    // Ties that say which text came out of which; the best of them for each report.
    let mut best: BTreeMap<usize, (u8, usize, &str)> = BTreeMap::new();
    for tie in ties {
        let rank = match tie.feature {
            Feature::Link => 0,
            Feature::Copy => 1,
            Feature::Credit | Feature::SourceItself => 2,
            Feature::SamePage => 3,
            Feature::Relay => 4,
            Feature::Owner | Feature::RareSpelling | Feature::Judged => 5,
            Feature::SameSource | Feature::SameReport | Feature::Publisher => continue,
        };
        let (Some(a), Some(b)) = (
            of_report.get(&heard[tie.a].0.report.report),
            of_report.get(&heard[tie.b].0.report.report),
        ) else {
            continue;
        };
        let (from, to) = (*a.min(b), *a.max(b));
        if from == to {
            continue;
        }
        let new = (rank, from, tie.reason.as_str());
        best.entry(to)
            .and_modify(|old| *old = (*old).min(new))
            .or_insert(new);
    }
    for (to, (_, from, reason)) in best {
        branches[to].under = Some(from);
        branches[to].cue = reason.to_owned();
    }
    branches
}

/// How a report shows by itself where it has it from.
fn own_cue(member: &Heard, speaker: &Speaker) -> String {
    match speaker {
        Speaker::Source(_) => member
            .claim
            .sources
            .last()
            .map_or_else(String::new, |source| {
                format!("{} (\"{}\")", source.text, source.cue)
            }),
        Speaker::Credited(named, credit) => format!("credits {} (\"{}\")", named.name, credit.cue),
        Speaker::Publisher(_) => match &member.report.firsthand {
            Some(why) => why.clone(),
            None => String::new(),
        },
        Speaker::Nobody => String::new(),
    }
}
