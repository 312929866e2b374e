//! Origins of planted reports: how many stand behind each finding, beside counting addresses, publishers and MinHash groups.
//!
//! The reports of `planted` are read, worked into a ledger and made into findings by the program itself. The truth of a finding is the number of
//! accounts its reports go back to; accounts that have it from the same source are one origin. Which do, `stories.toml` says of its own; of the others
//! it is seen in what the accounts themselves say.

mod told;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
    sync::Arc,
};

use sayso::pipeline::{claims_of, findings::Corroborator};
use sayso_claim::Claimant;
use sayso_corroborate::{copies::Sketch, findings::Finding};
use sayso_gazetteer::sources::Sources;
use sayso_ledger::{FindingFilter, Ledger, Packed, Reading, Versions};
use sayso_records::{Capture, Claim, Link, Report, ReportId};

use crate::{
    Error, Measured, Tools,
    planted::{Made, Planted, make},
    tables::share,
    texts::groups,
};

pub(crate) fn measure(tools: &Tools, re3d: &Path) -> Result<Measured, Error> {
    let planted = make(Some(re3d))?;
    let folder = tempfile::tempdir()?;
    let mut ledger = Ledger::open(&folder.path().join("planted.ledger"))?;
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let mut known: BTreeMap<ReportId, usize> = BTreeMap::new();
    let mut sources: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (number, planted) in planted.iter().enumerate() {
        let capture = Capture {
            address: planted.address.clone(),
            fetched: None,
            headers: Vec::new(),
            bytes: planted.text.clone().into_bytes(),
        };
        let sha256 =
            sayso_records::Sha256::of(format!("{}\n{}", planted.address, planted.text).as_bytes());
        let report = Report {
            id: ReportId::new(sha256, None),
            capture: sha256,
            title: Some(planted.title.clone()),
            byline: None,
            publisher: Some(planted.publisher.clone()),
            published: Some(planted.published.clone()),
            url: Some(planted.address.clone()),
            language: Some("en".into()),
            text: planted.text.clone(),
            links: planted
                .links
                .iter()
                .map(|href| Link {
                    href: href.clone(),
                    text: String::new(),
                })
                .collect(),
        };
        let (claims, _) = claims_of(&report, &claimant, &tools.analyser, &tools.gazetteer);
        for claim in &claims {
            sources.insert(claim.id.0.clone(), named(claim));
        }
        known.insert(report.id.clone(), number);
        ledger.append(&Reading {
            capture: Arc::new(Packed::new(&capture, sha256)),
            versions: Arc::new(Versions {
                codebook: "planted".into(),
                model: "planted".into(),
                gazetteer: "planted".into(),
                reader: "planted".into(),
            }),
            report: Some(report),
            claims,
            notices: Vec::new(),
            at: None,
            last: true,
        })?;
    }
    let outlets = Sources::bundled()?;
    let corroborator = Corroborator::new(&tools.codebook, &tools.gazetteer, &outlets, &ledger)?;
    corroborator.catch_up(&mut ledger, &mut |_, _| {})?;
    let mut bodies = Vec::new();
    ledger.findings(&FindingFilter::default(), usize::MAX, |body| {
        bodies.push(body);
        true
    })?;
    let sketches: Vec<Sketch> = planted
        .iter()
        .map(|planted| Sketch::of(&planted.text))
        .collect();
    score(&planted, &known, &sources, &sketches, &bodies)
}

/// The named sources of a claim.
fn named(claim: &Claim) -> BTreeSet<String> {
    let named = claim.sources.iter().rev().find(|source| {
        !source.unnamed && source.name.chars().next().is_some_and(char::is_uppercase)
    });
    named
        .map(|source| {
            source
                .entity
                .as_ref()
                .map_or_else(|| source.name.clone(), |entity| entity.id.to_string())
        })
        .into_iter()
        .collect()
}

/// One way of counting.
#[derive(Default)]
struct Count {
    right: usize,
    error: usize,
}

fn score(
    planted: &[Planted],
    known: &BTreeMap<ReportId, usize>,
    sources: &BTreeMap<String, BTreeSet<String>>,
    sketches: &[Sketch],
    bodies: &[String],
) -> Result<Measured, Error> {
    let mut out = Measured::default();
    let names = ["ours", "one an address", "one a publisher", "MinHash at .8"];
    let mut counts: [Count; 4] = Default::default();
    let (mut findings, mut several, mut several_right) = (0, 0, 0);
    let mut all = Vec::new();
    for body in bodies {
        let finding: Finding = serde_json::from_str(body)?;
        let reports: BTreeSet<usize> = (finding.origins.iter())
            .flat_map(|origin| &origin.tree)
            .filter_map(|branch| known.get(&branch.report).copied())
            .collect();
        all.push(reports.clone());
        if reports.len() < 2 {
            continue;
        }
        findings += 1;
        let truth = truth(planted, known, sources, &finding);
        several += usize::from(truth > 1);
        several_right += usize::from(truth > 1 && finding.origins.len() == truth);
        let members: Vec<usize> = reports.iter().copied().collect();
        let alike =
            |a: usize, b: usize| sketches[members[a]].similarity(&sketches[members[b]]) >= 0.8;
        let pairs: Vec<(usize, usize)> = (0..members.len())
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .filter(|(a, b)| alike(*a, *b))
            .collect();
        let grouped = groups(members.len(), pairs.into_iter());
        let minhash = members.len() - grouped.iter().map(|group| group.len() - 1).sum::<usize>();
        let distinct = |of: &dyn Fn(&Planted) -> String| {
            reports
                .iter()
                .map(|at| of(&planted[*at]))
                .collect::<BTreeSet<_>>()
                .len()
        };
        let said = [
            finding.origins.len(),
            distinct(&|planted| planted.address.clone()),
            distinct(&|planted| planted.publisher.clone()),
            minhash,
        ];
        for (count, said) in counts.iter_mut().zip(said) {
            count.right += usize::from(said == truth);
            count.error += said.abs_diff(truth);
        }
        if said[0] != truth {
            let mut text = format!(
                "{truth} origins, {} counted: {} {:?}\n",
                said[0],
                finding.id,
                finding.proposition.own_terms()
            );
            for origin in &finding.origins {
                writeln!(text, "  {} ({})", origin.name, origin.reasons.join("; "))?;
                for branch in &origin.tree {
                    let Some(at) = known.get(&branch.report) else {
                        continue;
                    };
                    let planted = &planted[*at];
                    writeln!(
                        text,
                        "    origin {} {:?} of {:?} {} {:?}: {}",
                        planted.origin,
                        planted.made,
                        planted.from,
                        at,
                        planted.publisher,
                        branch.cue
                    )?;
                }
            }
            out.worst.push(text);
        }
    }
    let t = &mut out.tables;
    writeln!(
        t,
        "{} reports, {findings} findings with two reports or more, {several} of them with several origins\n",
        planted.len()
    )?;
    writeln!(t, "{:<16} {:>14} {:>10}", "", "exactly right", "error")?;
    for (name, count) in names.iter().zip(&counts) {
        let (right, error) = (
            count.right as f64 / findings.max(1) as f64,
            count.error as f64 / findings.max(1) as f64,
        );
        writeln!(t, "{name:<16} {right:>14.3} {error:>10.3}")?;
    }
    told::measure(planted, &all, &mut out)?;
    out.figure(
        "origins exactly right, several",
        share(several_right, several),
    );
    out.figure(
        "origins exactly right",
        counts[0].right as f64 / findings.max(1) as f64,
    );
    out.figure(
        "mean error of the number of origins",
        counts[0].error as f64 / findings.max(1) as f64,
    );
    Ok(out)
}

/// To how many accounts the claims of a finding go back, accounts that name one source for it being one.
fn truth(
    planted: &[Planted],
    known: &BTreeMap<ReportId, usize>,
    sources: &BTreeMap<String, BTreeSet<String>>,
    finding: &Finding,
) -> usize {
    let mut of_origin: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for branch in finding.origins.iter().flat_map(|origin| &origin.tree) {
        let Some(at) = known.get(&branch.report) else {
            continue;
        };
        let planted = &planted[*at];
        let named = of_origin.entry(planted.origin).or_default();
        if let Some(source) = &planted.source {
            named.insert(source.clone());
        } else if planted.made == Made::Account {
            named.extend(
                branch
                    .claims
                    .iter()
                    .filter_map(|claim| sources.get(&claim.0))
                    .flatten()
                    .cloned(),
            );
        }
    }
    let accounts: Vec<&BTreeSet<String>> = of_origin.values().collect();
    let pairs = (0..accounts.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    let shared = pairs.filter(|(a, b)| !accounts[*a].is_disjoint(accounts[*b]));
    let merged = groups(accounts.len(), shared);
    accounts.len() - merged.iter().map(|group| group.len() - 1).sum::<usize>()
}
