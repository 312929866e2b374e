//! How fast the desk answers under load: `sayso-load --ledger FILE [--rate N] [--seconds N] [--sayso PATH] [--only PAGE]`.
//!
//! Opens `sayso serve` over a ledger (`sayso-scale --reports 100000 --ledger FILE` makes a large one) and asks each page, with ids and filters that change
//! from one question to the next, N times a second whether or not the answers keep up (an open loop: a slow answer makes no later question wait, and the
//! time is taken from when a question was due). Then all pages mixed. Ends with 1 where a 95th percentile is over 100 ms, the first page takes over 1 s or the
//! server needs over 500 MB.
#![allow(clippy::print_stdout)]

mod desk;
mod pages;

use std::{
    path::PathBuf,
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use desk::Desk;

type Error = Box<dyn std::error::Error + Send + Sync>;

/// What is promised: the figures.
const P95: Duration = Duration::from_millis(100);
const FIRST: Duration = Duration::from_secs(1);
const MOST_MB: u64 = 500;

/// Questions in flight at most; more would only wait in the server's own line.
const ASKERS: usize = 32;

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Error> {
    let (mut sayso, mut ledger, mut rate, mut seconds, mut only) =
        (PathBuf::from("target/release/sayso"), None, 50, 10, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--sayso" => sayso = value()?.into(),
            "--ledger" => ledger = Some(PathBuf::from(value()?)),
            "--rate" => rate = value()?.parse::<u32>()?.max(1),
            "--seconds" => seconds = value()?.parse::<u32>()?.max(1),
            "--only" => only = Some(value()?),
            _ => return Err(format!("no flag {arg}: {}", include_str!("usage.txt")).into()),
        }
    }
    let ledger = ledger.ok_or(include_str!("usage.txt"))?;
    let (desk, first) = Desk::open(&sayso, &ledger)?;
    println!("start to first page: {}", shown(first));
    let pages = pages::all(&desk)?;
    println!(
        "{:<12}{:>10}{:>10}{:>10}{:>10}   {rate} a second, each for {seconds} s",
        "page", "middle", "95 of 100", "99", "worst"
    );
    let mut good = first <= FIRST;
    let mut mixed = Vec::new();
    for (name, paths) in &pages {
        // Taken in turn, so that each of a page's questions is asked.
        mixed.extend(paths.iter().take(20).cloned());
        if only.as_ref().is_some_and(|only| only != name) {
            continue;
        }
        good &= measured(&desk, name, paths, rate, seconds)?;
    }
    if only.is_none() {
        // By chance as it were, and the same every time.
        mixed.sort_by_key(|path| {
            path.bytes()
                .fold(7_u32, |sum, byte| sum.wrapping_mul(31) ^ u32::from(byte))
        });
        good &= measured(&desk, "mixed", &mixed, rate, seconds * 3)?;
    }
    let memory = desk.peak_mb()?;
    println!("most memory: {memory} MB");
    Ok(good && memory <= MOST_MB)
}

fn measured(
    desk: &Desk,
    name: &str,
    paths: &[String],
    rate: u32,
    seconds: u32,
) -> Result<bool, Error> {
    // What is made once for each state of the ledger is made by whoever comes first.
    desk.get(&paths[0])?;
    let mut times = asked(desk, paths, rate, rate * seconds)?;
    times.sort_unstable();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)];
    println!(
        "{name:<12}{:>10}{:>10}{:>10}{:>10}{}",
        shown(at(50)),
        shown(at(95)),
        shown(at(99)),
        shown(at(100)),
        if at(95) > P95 { "   too slow" } else { "" }
    );
    Ok(at(95) <= P95)
}

/// `n` questions, `rate` a second: how long each took from when it was due.
fn asked(desk: &Desk, paths: &[String], rate: u32, n: u32) -> Result<Vec<Duration>, Error> {
    let (next, begin) = (AtomicUsize::new(0), Instant::now());
    let n = usize::try_from(n)?;
    let one = || -> Result<Vec<Duration>, Error> {
        let mut times = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= n {
                return Ok(times);
            }
            let due = begin + Duration::from_secs(1) * u32::try_from(at)? / rate;
            thread::sleep(due.saturating_duration_since(Instant::now()));
            desk.get(&paths[at % paths.len()])?;
            times.push(due.elapsed());
        }
    };
    thread::scope(|scope| {
        let askers: Vec<_> = (0..ASKERS).map(|_| scope.spawn(one)).collect();
        let mut all = Vec::new();
        for asker in askers {
            all.extend(asker.join().map_err(|_| "an asker panicked")??);
        }
        Ok(all)
    })
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
