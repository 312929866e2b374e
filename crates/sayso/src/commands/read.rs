use std::{
    io::{self, IsTerminal, Write},
    thread,
    time::{Duration, Instant},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sayso::pipeline::{self, Sums, Tools, Watch, findings::Corroborator};
use sayso_collect::Collector;
use sayso_ledger::Ledger;
use sayso_records::Notice;

use super::material;
use crate::{
    Session,
    args::Read,
    exit::Ended,
    show::{Tone, clean, table::count},
};

/// Notices said as they come; the rest is counted, and kept in the ledger.
const SAID: usize = 20;

pub(crate) fn run(session: &Session, what: &Read, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let begun = Instant::now();
    let tools = Tools {
        collector: Collector::new(sayso_collect::Options {
            max_bytes: what.max_bytes,
            timeout: what.timeout,
            allow_private: what.allow_private,
            ..Default::default()
        }),
        limits: sayso_read::Limits {
            max_bytes: usize::try_from(what.max_bytes).unwrap_or(usize::MAX),
            ..Default::default()
        },
        analyser: material::analyser(&what.material.model)?,
        codebook: material::codebook(&what.material.book)?,
        gazetteer: material::gazetteer(&what.material)?,
    };
    let sources = material::sources(session)?;
    let mut ledger = Ledger::open(&session.ledger)?;
    let threads = match what.threads {
        Some(threads) => usize::from(threads),
        None => thread::available_parallelism().map_or(1, usize::from),
    };
    let mut told = Told::new(session);
    // A defect in a stage becomes a notice; the usual message of a panic would only tear the output.
    std::panic::set_hook(Box::new(|_| {}));
    let done = pipeline::run(&tools, &mut ledger, &what.inputs, threads, &now, &mut told);
    let done = done.and_then(|sums| {
        let bar = &told.bar;
        let corroborator = Corroborator::new(&tools.codebook, &tools.gazetteer, &sources, &ledger)?;
        corroborator.catch_up(&mut ledger, &mut |what, n| {
            bar.set_message(format!("{n} {what}"))
        })?;
        Ok(sums)
    });
    let _ = std::panic::take_hook();
    told.bar.finish_and_clear();
    if told.notices > SAID {
        let more = count(told.notices - SAID, "more notice");
        let _ = writeln!(io::stderr(), "and {more}: `sayso notices` shows all");
    }
    let sums = done?;
    let time = begun.elapsed();
    let mut line = format!(
        "{}, {}, {} in {}",
        count(sums.reports, "report"),
        count(sums.claims, "claim"),
        count(sums.notices, "notice"),
        seconds(time),
    );
    if sums.known > 0 {
        line += &format!("; {} read before", count(sums.known, "input"));
    }
    if sums.set_aside > 0 {
        line += &format!("; {} set aside", count(sums.set_aside, "input"));
    }
    if sums.records > 0 {
        line += &format!("; {} set aside", count(sums.records, "record"));
    }
    writeln!(out, "{}", session.screen.paint.tone(Tone::Strong, line))?;
    Ok(match sums.set_aside + sums.records {
        0 => Ended::Done,
        _ => Ended::SetAside,
    })
}

/// The clock: now, RFC 3339 in UTC, to the second.
fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Second).unwrap_or(now).to_string()
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0 => format!("{} ms", time.as_millis()),
        1..60 => format!("{:.1} s", time.as_secs_f64()),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}

/// A bar on a terminal, nothing elsewhere; notices beside it.
struct Told {
    bar: ProgressBar,
    notices: usize,
}

impl Told {
    fn new(_session: &Session) -> Self {
        let bar = ProgressBar::with_draw_target(
            Some(0),
            match io::stderr().is_terminal() {
                true => ProgressDrawTarget::stderr_with_hz(8),
                false => ProgressDrawTarget::hidden(),
            },
        );
        let template = "{wide_bar} {pos}/{len} inputs, {msg}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(count(0, "claim"));
        Self { bar, notices: 0 }
    }
}

impl Watch for Told {
    fn planned(&mut self, inputs: usize) {
        self.bar.set_length(inputs as u64);
    }

    fn input(&mut self, sums: &Sums) {
        self.bar.inc(1);
        self.bar.set_message(count(sums.claims, "claim"));
    }

    fn notice(&mut self, notice: &Notice) {
        self.notices += 1;
        if self.notices > SAID {
            return;
        }
        let line = format!("{}: {}", clean(&notice.address), clean(&notice.message));
        self.bar.suspend(|| {
            let _ = writeln!(io::stderr(), "sayso: {line}");
        });
    }
}
