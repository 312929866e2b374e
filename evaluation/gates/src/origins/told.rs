//! How the accounts of one story meet, and whether what looks like it stays apart.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use crate::{
    Error, Measured,
    planted::{Made, Planted},
    tables::share,
};

/// Measures over the stories whose accounts state one fact. `findings`: the reports of each, by number.
pub(super) fn measure(
    planted: &[Planted],
    findings: &[BTreeSet<usize>],
    out: &mut Measured,
) -> Result<(), Error> {
    let mut accounts: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (at, report) in planted.iter().enumerate() {
        if report.made == Made::Account && report.source.is_some() {
            accounts.entry(report.story).or_default().insert(at);
        }
    }
    let (mut met, mut all, mut apart, mut alike) = (0, 0, 0, 0);
    for (story, accounts) in &accounts {
        let best = fact(accounts, findings);
        let found = best.map_or(0, |best| best.intersection(accounts).count());
        met += found;
        all += accounts.len();
        let title = |at: &usize| planted[*at].title.as_str();
        if found < accounts.len() {
            let missing = accounts
                .iter()
                .filter(|at| best.is_none_or(|best| !best.contains(at)));
            let missing: Vec<&str> = missing.map(title).collect();
            out.worst.push(format!(
                "story {story}: {found} of {} accounts meet; not there: {}\n",
                accounts.len(),
                missing.join("; ")
            ));
        }
        // Both ways: neither fact counts a report of the other story.
        let unlike = accounts.first().and_then(|at| planted[*at].unlike);
        if let (Some(other), Some(best)) = (unlike, best) {
            alike += 1;
            let theirs = (accounts_of(planted, other)).and_then(|theirs| fact(&theirs, findings));
            let holds = |finding: &BTreeSet<usize>, story: usize| {
                finding.iter().any(|at| planted[*at].story == story)
            };
            if holds(best, other) || theirs.is_some_and(|theirs| holds(theirs, *story)) {
                out.worst.push(format!(
                    "story {story} is taken for story {other}: {}\n",
                    accounts.iter().map(title).collect::<Vec<_>>().join("; ")
                ));
            } else {
                apart += 1;
            }
        }
    }
    writeln!(
        out.tables,
        "\n{} stories with accounts of one fact: {met} of {all} accounts meet in one finding; of {alike} that look like another {apart} stay apart",
        accounts.len()
    )?;
    out.figure("accounts of one fact that meet", share(met, all));
    out.figure("look-alikes kept apart", share(apart, alike));
    Ok(())
}

fn accounts_of(planted: &[Planted], story: usize) -> Option<BTreeSet<usize>> {
    let all = (planted.iter().enumerate())
        .filter(|(_, report)| report.story == story && report.made == Made::Account)
        .map(|(at, _)| at);
    let all: BTreeSet<usize> = all.collect();
    (!all.is_empty()).then_some(all)
}

/// The finding that is the fact of `accounts`: it has the most of them, and the fewest other reports.
fn fact<'f>(
    accounts: &BTreeSet<usize>,
    findings: &'f [BTreeSet<usize>],
) -> Option<&'f BTreeSet<usize>> {
    let with = findings
        .iter()
        .filter(|finding| !finding.is_disjoint(accounts));
    with.max_by_key(|finding| {
        let of_them = finding.intersection(accounts).count();
        let others = finding.iter().filter(|at| !accounts.contains(at)).count();
        (of_them, std::cmp::Reverse(others))
    })
}
