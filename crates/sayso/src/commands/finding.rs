use std::{collections::BTreeMap, io::Write};

use sayso_corroborate::findings::Finding;
use sayso_ledger::{Ledger, Matched};

use super::{claims::nothing, one_finding, up_to_date};
use crate::{
    Session,
    exit::Ended,
    show::finding::{Beside, show},
};

/// Wider and narrower findings shown.
const BESIDE: usize = 8;

pub(crate) fn run(session: &Session, prefix: &str, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let ledger = up_to_date(session)?;
    let Some(finding) = one_finding(&ledger, prefix)? else {
        return nothing(&format!("no finding whose id begins with {prefix}"));
    };
    let mut beside = Beside::default();
    if let Some(number) = ledger.proposition(&finding.proposition.id())? {
        beside.narrower = findings(&ledger, ledger.narrower(number)?)?;
        beside.wider = findings(&ledger, ledger.wider(number)?)?;
    }
    let mut quotes = BTreeMap::new();
    for id in finding
        .erosion
        .iter()
        .flat_map(|eroded| [&eroded.from, &eroded.to])
    {
        if !quotes.contains_key(id)
            && let Matched::One(stored) = ledger.claim(&id.0)?
        {
            quotes.insert(
                id.clone(),
                (stored.claim.report, stored.claim.evidence.quote),
            );
        }
    }
    let mut heads = BTreeMap::new();
    for report in finding
        .reports
        .iter()
        .chain(quotes.values().map(|(report, _)| report))
    {
        if let Some(head) = ledger.head(&report.0)? {
            heads.insert(report.clone(), head);
        }
    }
    show(out, session.screen, &finding, &heads, &quotes, &beside)?;
    Ok(Ended::Done)
}

/// The findings of some propositions, most origins first.
fn findings(ledger: &Ledger, propositions: Vec<i64>) -> anyhow::Result<Vec<Finding>> {
    let mut out: Vec<Finding> = Vec::new();
    for number in propositions {
        for body in ledger.findings_of(number)? {
            out.push(serde_json::from_str(&body)?);
        }
    }
    out.sort_by(|a, b| {
        (b.established, b.publishers.len())
            .cmp(&(a.established, a.publishers.len()))
            .then_with(|| a.id.cmp(&b.id))
    });
    out.truncate(BESIDE);
    Ok(out)
}
