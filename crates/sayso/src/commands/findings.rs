use std::io::{self, Write};

use sayso_corroborate::findings::Finding;
use sayso_ledger::{FindingFilter, Ledger};

use super::{claims::nothing, up_to_date};
use crate::{
    Session,
    args::{Findings, Format},
    contract,
    exit::{Ended, Usage},
    show::{csv::FindingRows, findings::Table},
};

/// Rows of a table unless told.
const ROWS: usize = 50;

pub(crate) fn run(
    session: &Session,
    what: &Findings,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    if let (Some(since), Some(until)) = (&what.since, &what.until)
        && since > until
    {
        return Err(Usage(format!("--since {since} is later than --until {until}")).into());
    }
    let ledger = up_to_date(session)?;
    let filter = FindingFilter {
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
        origins: what.min_origins,
        disputed: what.disputed,
    };
    let found = match what.format {
        Format::Table => {
            let mut table = Table::new(out, session.screen);
            each(&ledger, &filter, what.limit.unwrap_or(ROWS), |finding| {
                table.row(finding)
            })?;
            let all = ledger.count_findings(&filter)?;
            table.end(all)?
        }
        Format::Jsonl => each(
            &ledger,
            &filter,
            what.limit.unwrap_or(usize::MAX),
            |finding| contract::finding(out, finding),
        )?,
        Format::Csv => {
            let mut rows = FindingRows::new(out)?;
            let found = each(
                &ledger,
                &filter,
                what.limit.unwrap_or(usize::MAX),
                |finding| rows.row(finding),
            )?;
            rows.end()?;
            found
        }
    };
    match found {
        0 if ledger.totals()?.claims == 0 => nothing("the ledger holds no claims yet"),
        0 => nothing("no finding matches"),
        _ => Ok(Ended::Done),
    }
}

/// Gives each finding to `write`, one in memory at a time; the first error of `write` ends it. Gives the number of findings.
fn each(
    ledger: &Ledger,
    filter: &FindingFilter,
    limit: usize,
    mut write: impl FnMut(&Finding) -> io::Result<()>,
) -> anyhow::Result<usize> {
    let (mut found, mut done) = (0, Ok(()));
    ledger.findings(filter, limit, |body| {
        found += 1;
        done = serde_json::from_str(&body)
            .map_err(anyhow::Error::from)
            .and_then(|finding| Ok(write(&finding)?));
        done.is_ok()
    })?;
    done?;
    Ok(found)
}
