use std::{
    io::{self, Write},
    ops::ControlFlow,
};

use sayso_desk::{contract, rows::Rows};
use sayso_gazetteer::{Gazetteer, Hints, Placing};
use sayso_ledger::{Filter, Ledger, Stored};
use sayso_resolve::judged::Standing;

use super::one;
use crate::{
    Session,
    args::{Claims, Format},
    exit::{self, Ended, Usage},
    show::{Verdict, table::Table},
};

pub(crate) fn run(session: &Session, what: &Claims, out: &mut dyn Write) -> anyhow::Result<Ended> {
    if let (Some(since), Some(until)) = (&what.since, &what.until)
        && since > until
    {
        return Err(Usage(format!("--since {since} is later than --until {until}")).into());
    }
    let ledger = Ledger::look(&session.ledger)?;
    let report = match &what.report {
        None => None,
        Some(prefix) => match one(ledger.report(prefix)?, "report", prefix)? {
            Some(found) => Some(found.report.id),
            None => return nothing(&format!("no report whose id begins with {prefix}")),
        },
    };
    let mut filter = Filter {
        kinds: what
            .kind
            .iter()
            .map(|kind| kind.trim().to_lowercase())
            .collect(),
        about: what.about.clone(),
        place: what.place.clone(),
        since: what.since.clone(),
        until: what.until.clone(),
        source: what.source.clone(),
        report,
    };
    if let Some(id) = other_name(&ledger, &filter)? {
        filter.place = Some(id);
    }
    let standing = Standing::of(&ledger.judgements()?);
    let verdict = |stored: &Stored| Verdict::of(&standing, &stored.claim.id);
    let found = match what.format {
        Format::Table => {
            let mut table = Table::new(out, session.screen);
            each(&ledger, &filter, |stored| {
                table.row(stored, verdict(stored))
            })?;
            table.end()?
        }
        Format::Jsonl => each(&ledger, &filter, |stored| {
            contract::write(out, stored, verdict(stored))
        })?,
        Format::Csv => {
            let mut rows = Rows::new(out)?;
            let found = each(&ledger, &filter, |stored| rows.row(stored, verdict(stored)))?;
            rows.end()?;
            found
        }
    };
    match found {
        0 if ledger.totals()?.claims == 0 => nothing("the ledger holds no claims yet"),
        0 => {
            let kinds = ledger.kinds()?;
            match filter.kinds.iter().find(|kind| !kinds.contains(kind)) {
                Some(odd) => nothing(&format!(
                    "no claim matches: the ledger has none of the kind \"{odd}\", only {}",
                    kinds.join(", ")
                )),
                None => nothing("no claim matches"),
            }
        }
        _ => Ok(Ended::Done),
    }
}

/// The id of the place that is asked for by a name that neither a report nor the ledger calls it: Gomel for Homiel.
fn other_name(ledger: &Ledger, filter: &Filter) -> anyhow::Result<Option<String>> {
    let Some(name) = &filter.place else {
        return Ok(None);
    };
    let mut any = false;
    ledger.visit(filter, |_| {
        any = true;
        ControlFlow::Break(())
    })?;
    if any {
        return Ok(None);
    }
    let gazetteer = Gazetteer::bundled().map_err(|error| exit::Material(error.to_string()))?;
    Ok(match gazetteer.place(name, &Hints::default()) {
        Placing::One(place) => Some(place.id),
        _ => None,
    })
}

/// Gives each claim to `write`, one in memory at a time; the first error of `write` ends it. Gives the number of claims.
fn each(
    ledger: &Ledger,
    filter: &Filter,
    mut write: impl FnMut(&Stored) -> io::Result<()>,
) -> anyhow::Result<usize> {
    let (mut found, mut done) = (0, Ok(()));
    ledger.visit(filter, |stored| {
        found += 1;
        done = write(&stored);
        match done {
            Ok(()) => ControlFlow::Continue(()),
            Err(_) => ControlFlow::Break(()),
        }
    })?;
    done?;
    Ok(found)
}

/// Says so on standard error, so that an empty output stays empty for programs.
pub(super) fn nothing(why: &str) -> anyhow::Result<Ended> {
    let _ = writeln!(io::stderr(), "sayso: {}", crate::show::clean(why));
    Ok(Ended::Nothing)
}
