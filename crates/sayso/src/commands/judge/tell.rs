//! Judgements in words.

use std::collections::BTreeMap;

use sayso_desk::labels::Labels;
use sayso_ledger::{Ledger, Matched};
use sayso_records::{Act, ClaimId, Judgement, Pair, Stated};
use sayso_resolve::judged::{Fate, Standing};

use crate::{
    commands::one_finding,
    show::{findings::short_finding, line, short},
};

/// What the claims and findings state that an act is about, a line each.
pub(super) fn about(ledger: &Ledger, act: &Act) -> anyhow::Result<Vec<String>> {
    let claim = |id: &ClaimId| Stated::Claim(id.clone());
    let all = match act {
        Act::Same(pair) | Act::Differ(pair) => match pair {
            Pair::Entities(..) => Vec::new(),
            Pair::Propositions(a, b) => vec![a.clone(), b.clone()],
            Pair::Origins(a, b) => vec![claim(a), claim(b)],
        },
        Act::Credibility(id, _) => vec![Stated::Finding(id.clone())],
        Act::Accept(id) | Act::Reject(id) | Act::Unsure(id) | Act::Correct(id, _) => {
            vec![claim(id)]
        }
        Act::Reliability(..) | Act::Undo(_) => Vec::new(),
    };
    let mut out = Vec::new();
    for stated in all {
        match stated {
            Stated::Claim(id) => {
                if let Matched::One(stored) = ledger.claim(&id.0)? {
                    let by = stored.report.publisher.as_deref();
                    let by = by.map_or_else(String::new, |name| format!(", {name}"));
                    let quote = &stored.claim.evidence.quote;
                    out.push(format!("{}{by}: “{quote}”", short(&id.0)));
                }
            }
            Stated::Finding(id) => {
                if let Some(finding) = one_finding(ledger, &id.0)? {
                    out.push(format!(
                        "{}: {}",
                        short_finding(&finding.id),
                        line(&finding.proposition)
                    ));
                }
            }
        }
    }
    Ok(out)
}

/// Which other judgements count no longer, or count again, because of one.
pub(super) fn changes(
    before: &Standing,
    after: &Standing,
    made: &Judgement,
    labels: &Labels<'_>,
) -> Vec<String> {
    let stood: BTreeMap<_, _> = (before.judgements())
        .map(|(judgement, fate)| (&judgement.id, fate == Fate::Stands))
        .collect();
    let undone = match &made.act {
        Act::Undo(id) => Some(id),
        _ => None,
    };
    let change = |(judgement, fate): (&Judgement, Fate<'_>)| {
        let stood = *stood.get(&judgement.id)?;
        let what = match (stood, fate == Fate::Stands) {
            (true, false) if Some(&judgement.id) != undone => "counts no longer",
            (false, true) => "counts again",
            _ => return None,
        };
        let said = labels.act(&judgement.act);
        Some(format!(
            "judgement {} of {} {what}: {said}",
            judgement.id, judgement.who
        ))
    };
    after.judgements().filter_map(change).collect()
}
