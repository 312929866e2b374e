//! What erosion shows on copies that distort nothing: those that the planted set makes of our own reports. A change that is shown here is
//! the rewording's, or the reader's.

use std::{collections::BTreeMap, fmt::Write as _};

use super::read;
use crate::{
    Error, Measured, Tools,
    planted::{Made, make},
    tables::share,
};
use sayso_claim::Claimant;
use sayso_corroborate::{
    copies::{Reading, relation},
    erosion::{Change, What, counterparts, erosion_between},
    propositions::Naming,
};

/// Counts of one sort of copy.
#[derive(Default)]
struct Row {
    claims: usize,
    found: usize,
    same: usize,
    stronger: usize,
    other: usize,
    by_what: BTreeMap<What, usize>,
}

pub(super) fn measure(
    tools: &Tools,
    claimant: &Claimant<'_>,
    out: &mut Measured,
) -> Result<(), Error> {
    let planted = make(None)?;
    let canonical = |key: &str| key.into();
    let naming = Naming {
        gazetteer: &tools.gazetteer,
        canonical: &canonical,
    };
    let claims: Vec<_> = planted
        .iter()
        .map(|p| {
            let day = p.published.get(..10).unwrap_or_default();
            let told = !matches!(p.made, Made::Citing);
            if told {
                read(tools, claimant, &p.text, day)
            } else {
                Vec::new()
            }
        })
        .collect();
    let readings: Vec<Reading> = planted
        .iter()
        .map(|p| Reading::of(Some(&p.title), &p.text))
        .collect();
    let mut rows: BTreeMap<Made, Row> = BTreeMap::new();
    for (i, p) in planted.iter().enumerate() {
        let Some(from) = p.from.filter(|_| p.made != Made::Citing) else {
            continue;
        };
        let Some(relation) = relation((&readings[from], None), (&readings[i], None)) else {
            continue;
        };
        let row = rows.entry(p.made).or_default();
        row.claims += claims[from].len();
        for (a, b) in counterparts(&claims[from], &claims[i], &relation) {
            let Some(kind) = tools.codebook.kind(&a.kind) else {
                continue;
            };
            let changes = erosion_between(a, b, kind, &naming);
            row.found += 1;
            row.same += usize::from(changes.is_empty());
            row.stronger += usize::from(changes.iter().any(Change::strengthens));
            row.other += usize::from(changes.iter().any(Change::alters));
            for change in &changes {
                *row.by_what.entry(change.what).or_default() += 1;
            }
            if changes.iter().any(|c| c.alters() || c.strengthens()) {
                out.worst.push(told(p.made, a, b, &changes));
            }
        }
    }
    table(out, &rows)
}

fn table(out: &mut Measured, rows: &BTreeMap<Made, Row>) -> Result<(), Error> {
    let t = &mut out.tables;
    writeln!(
        t,
        "{:<18}{:>7}{:>13}{:>10}{:>12}{:>17}",
        "copies by program", "claims", "counterpart", "no change", "says more", "something else"
    )?;
    for (made, r) in rows {
        writeln!(
            t,
            "  {:<16}{:>7}{:>13.3}{:>10.3}{:>12.3}{:>17.3}",
            format!("{made:?}"),
            r.claims,
            share(r.found, r.claims),
            share(r.same, r.found),
            share(r.stronger, r.found),
            share(r.other, r.found)
        )?;
    }
    for (made, r) in rows {
        let by: Vec<String> = r
            .by_what
            .iter()
            .map(|(what, n)| format!("{} {n}", what.as_str()))
            .collect();
        if !by.is_empty() {
            writeln!(t, "  {made:?}: {}", by.join(", "))?;
        }
    }
    for (made, name) in [(Made::Verbatim, "verbatim"), (Made::Reworded, "reworded")] {
        if let Some(r) = rows.get(&made) {
            out.figure(
                format!("{name} copies without a change that alters"),
                share(r.found - r.other, r.found),
            );
        }
    }
    Ok(())
}

fn told(
    made: Made,
    a: &sayso_records::Claim,
    b: &sayso_records::Claim,
    changes: &[Change],
) -> String {
    let mut out = format!("{made:?}\n");
    for claim in [a, b] {
        let line = sayso_claim::expected::line(claim);
        out.push_str(&format!(
            "    {}\n      read    {line}\n",
            claim.evidence.quote
        ));
    }
    for c in changes {
        out.push_str(&format!(
            "      change  {}: {:?} -> {:?}\n",
            c.what.as_str(),
            c.before,
            c.after
        ));
    }
    out
}
