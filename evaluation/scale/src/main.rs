//! Shows how cost and time grow: `sayso-scale [--reports N] [--ledger FILE] [--one-by-one N] [--times N] [--seed N]`.
//!
//! Fills a ledger with N reports (1,000 unless told) and, at every power of ten from 1,000 on and at N, adds some one by one and asks for findings.
//! A ledger of an earlier run is gone on with.
//! Without `--ledger` the file is made in the folder for such files and removed at the end. Build `sayso` beside it to have the whole program timed:
//! `cargo build --release && cargo run --release -p sayso-scale -- --reports 100000 --ledger scale.ledger`.
#![allow(clippy::print_stdout)]

use std::{path::PathBuf, process::ExitCode, time::Duration};

use sayso_scale::{Asked, Cost, Error, SEED, Scale, middle_and_most, peak};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("scale: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<(), Error> {
    let (mut reports, mut ledger, mut one_by_one, mut times, mut seed) =
        (1_000, None, 200, 10, SEED);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--reports" => reports = value()?.replace([',', '_'], "").parse()?,
            "--ledger" => ledger = Some(PathBuf::from(value()?)),
            "--one-by-one" => one_by_one = value()?.parse()?,
            "--times" => times = value()?.parse::<usize>()?.max(1),
            "--seed" => seed = value()?.parse()?,
            _ => return Err(format!("no flag {arg}").into()),
        }
    }
    let temporary = std::env::temp_dir().join(format!("sayso-scale-{}.ledger", std::process::id()));
    let path = ledger.clone().unwrap_or_else(|| temporary.clone());
    let done = measure(&path, reports, one_by_one, times, seed);
    if ledger.is_none() {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", temporary.display()));
        }
    }
    done
}

fn measure(
    path: &std::path::Path,
    reports: usize,
    one_by_one: usize,
    times: usize,
    seed: u64,
) -> Result<(), Error> {
    let mut scale = Scale::at(path, seed)?;
    let mut sizes: Vec<usize> = [1_000, 10_000, 100_000, 1_000_000]
        .into_iter()
        .filter(|size| *size < reports && *size > scale.held())
        .collect();
    sizes.push(reports);
    for size in sizes {
        let filled = scale.fill(size, &mut |n| eprint!("\r{n} of {size} reports "))?;
        eprintln!();
        // The first few warm up.
        scale.add(one_by_one / 10)?;
        let added = scale.add(one_by_one)?;
        let many = scale.fill(scale.held() + one_by_one, &mut |_| {})?;
        show(&scale, &filled, &added, &many)?;
        answers(&scale.ask(times)?);
        if let Some((own, children)) = peak() {
            println!(
                "  most memory: {} adding, {} answering",
                megabytes(own),
                megabytes(children)
            );
        }
    }
    Ok(())
}

fn show(scale: &Scale, filled: &Cost, added: &Cost, many: &Cost) -> Result<(), Error> {
    let size = scale.size()?;
    println!(
        "== {} reports, {} claims, {} findings, {} on disk",
        size.reports,
        size.claims,
        size.findings,
        megabytes(size.bytes)
    );
    let each = |cost: &Cost| {
        let n = u32::try_from(cost.made.reports.max(1)).unwrap_or(u32::MAX);
        cost.all / n
    };
    if filled.made.reports > 0 {
        println!(
            "  filling: {:.0} s in all, {} a report",
            filled.all.as_secs_f64(),
            milliseconds(each(filled))
        );
    }
    let (middle, most) = middle_and_most(&added.each);
    let worst = added.each.last().copied().unwrap_or_default();
    println!(
        "  one more report: {} in the middle, {} on average (95 of 100 under {}, worst {}); {:.1} propositions made again",
        milliseconds(middle),
        milliseconds(each(added)),
        milliseconds(most),
        milliseconds(worst),
        added.made.propositions as f64 / added.made.reports.max(1) as f64
    );
    println!(
        "  {} at once: {} a report",
        many.made.reports,
        milliseconds(each(many))
    );
    Ok(())
}

fn answers(asked: &[Asked]) {
    println!(
        "  {:<44}{:>9}  {:>22}  {:>22}",
        "findings", "match", "look-up (95 of 100)", "program (95 of 100)"
    );
    for asked in asked {
        let times = |times: &[Duration]| {
            let (middle, most) = middle_and_most(times);
            match times.is_empty() {
                true => "not measured".to_owned(),
                false => format!("{} ({})", milliseconds(middle), milliseconds(most)),
            }
        };
        println!(
            "  {:<44}{:>9}  {:>22}  {:>22}",
            asked.question,
            asked.found,
            times(&asked.here),
            times(&asked.program)
        );
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}
