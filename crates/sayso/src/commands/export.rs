//! Findings in other people's formats.

use std::{
    fs::File,
    io::{self, BufWriter, IsTerminal, Write},
};

use indicatif::{ProgressBar, ProgressStyle};
use sayso_desk::{
    Trouble,
    export::{Format, export},
};
use sayso_ledger::FindingFilter;

use super::{claims::nothing, findings::by_key, looking, up_to_date};
use crate::{
    Session,
    args::Export,
    exit::{Ended, Usage},
};

/// Fewer findings are written in no time.
const MANY: usize = 2_000;

pub(crate) fn run(session: &Session, what: &Export) -> anyhow::Result<Ended> {
    let format = Format::named(&what.format).ok_or_else(|| {
        let known: Vec<&str> = Format::ALL.iter().map(|(name, _)| *name).collect();
        Usage(format!(
            "there is no format {}: one of {}",
            what.format,
            known.join(", ")
        ))
    })?;
    let to_file = what.output.as_ref().filter(|path| path.as_os_str() != "-");
    if format == Format::Parquet && to_file.is_none() && io::stdout().is_terminal() {
        return Err(Usage("a terminal cannot show parquet: name a file with -o".to_owned()).into());
    }
    let ledger = up_to_date(session)?;
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
        report: None,
    };
    by_key(&ledger, &mut filter)?;
    drop(ledger);
    let desk = looking::desk(session)?;
    let written = desk.look(|look| {
        let numbers: Vec<i64> = match what.finding.is_empty() {
            true => {
                let places = look.shelf.passing(look.ledger, &filter)?;
                places
                    .iter()
                    .map(|at| look.shelf.rows[*at as usize].number)
                    .collect()
            }
            false => {
                let mut numbers = Vec::new();
                for id in &what.finding {
                    let id = look.finding(id)?.id;
                    let row = look.shelf.rows.iter().find(|row| row.id == id);
                    numbers.extend(row.map(|row| row.number));
                }
                numbers
            }
        };
        let bar = match numbers.len() >= MANY && io::stderr().is_terminal() {
            true => ProgressBar::new(numbers.len() as u64).with_style(style()),
            false => ProgressBar::hidden(),
        };
        let mut told = |n: usize| bar.set_position(n as u64);
        let written = match to_file {
            Some(path) => {
                let file = File::create(path).map_err(|error| {
                    Trouble::Output(io::Error::other(format!("{}: {error}", path.display())))
                })?;
                let mut file = BufWriter::new(file);
                let written = export(look, format, &numbers, &mut file, &mut told)?;
                file.flush()?;
                written
            }
            None => {
                // A handle of its own: the one at hand belongs to this thread alone.
                let mut stdout = BufWriter::new(io::stdout());
                let written = export(look, format, &numbers, &mut stdout, &mut told)?;
                stdout.flush()?;
                written
            }
        };
        bar.finish_and_clear();
        Ok::<_, Trouble>(written)
    });
    match written {
        Ok(0) => nothing("no finding matches"),
        Ok(_) => Ok(Ended::Done),
        Err(Trouble::Ledger(error)) => Err(error.into()),
        Err(Trouble::Output(error)) => Err(error.into()),
        Err(Trouble::NotThere(why)) => Err(crate::exit::NotThere(why).into()),
        Err(other) => Err(other.into()),
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {pos} of {len} findings, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
