use std::{
    collections::BTreeSet,
    io::{self, Write},
};

use sayso_corroborate::findings::Finding;
use sayso_desk::{contract, rows::FindingRows};
use sayso_gazetteer::Gazetteer;
use sayso_ledger::{FindingFilter, Ledger};
use sayso_resolve::judged::Standing;

use super::{claims::nothing, judge, one, up_to_date};
use crate::{
    Session,
    args::{Findings, Format},
    exit::{Ended, Material, Usage},
    show::findings::Table,
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
    let report = match &what.report {
        None => None,
        Some(prefix) => match one(ledger.report(prefix)?, "report", prefix)? {
            Some(found) => Some(found.report.id),
            None => return nothing(&format!("no report whose id begins with {prefix}")),
        },
    };
    let mut filter = FindingFilter {
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
        report: report.map(|report| report.0),
    };
    by_key(&ledger, &mut filter)?;
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
        0 if !ledger.has_claims()? => nothing("the ledger holds no claims yet"),
        0 if filter.kinds.is_empty() => nothing("no finding matches"),
        0 => {
            let kinds = ledger.kinds()?;
            match filter.kinds.iter().find(|kind| !kinds.contains(kind)) {
                Some(odd) => nothing(&format!(
                    "no finding matches: the ledger has no claim of the kind \"{odd}\", only {}",
                    kinds.join(", ")
                )),
                None => nothing("no finding matches"),
            }
        }
        _ => Ok(Ended::Done),
    }
}

/// Asks by its key for what findings know under another name: Gomel for Homyel', "росія" once it was judged to be Russia. A name that can mean several
/// things, or nothing, is left as it is.
pub(super) fn by_key(ledger: &Ledger, filter: &mut FindingFilter) -> anyhow::Result<()> {
    type Field = fn(&mut FindingFilter) -> &mut Option<String>;
    let fields: [Field; 3] = [
        |filter| &mut filter.about,
        |filter| &mut filter.place,
        |filter| &mut filter.source,
    ];
    let mut known: Option<(&Gazetteer, Standing)> = None;
    for field in fields {
        let Some(name) = field(filter).clone() else {
            continue;
        };
        let mut alone = FindingFilter::default();
        *field(&mut alone) = Some(name.clone());
        let mut any = false;
        ledger.findings(&alone, 1, |_| {
            any = true;
            false
        })?;
        if any {
            continue;
        }
        if known.is_none() {
            let gazetteer = Gazetteer::bundled().map_err(|error| Material(error.to_string()))?;
            // The program ends before long: to take it to pieces again would only cost time.
            known = Some((
                Box::leak(Box::new(gazetteer)),
                Standing::of(&ledger.judgements()?),
            ));
        }
        if let Some((gazetteer, standing)) = &known {
            let keys = judge::keys(gazetteer, &name);
            let keys: BTreeSet<&str> = keys
                .iter()
                .map(|key| standing.canonical(key.as_str()))
                .collect();
            if let (Some(key), 1) = (keys.first(), keys.len()) {
                *field(filter) = Some((*key).to_owned());
            }
        }
    }
    Ok(())
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
