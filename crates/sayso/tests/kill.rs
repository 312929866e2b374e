//! A kill at any moment loses at most the report in hand, and the next run goes on. The program is really killed.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

const FILES: usize = 300;

/// Short reports, each with a sentence that claims something.
fn write_reports(folder: &Path) {
    let states = ["Iran", "Belarus", "Russia", "Turkey", "Serbia"];
    for n in 0..FILES {
        let (from, to) = (states[n % 5], states[(n + 1 + n / 5 % 4) % 5]);
        let text = format!(
            "title: Delivery number {n}\npublished: 2023-08-02\n\n{from} delivered {n} drones to {to} in May 2022. The ministry of \
             defence did not say what was given in return, nor when the next delivery would follow.\n"
        );
        fs::write(folder.join(format!("{n:04}.txt")), text).unwrap();
    }
}

fn read(ledger: &Path, folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command
        .args(["--ledger".as_ref(), ledger.as_os_str()])
        .args(["read".as_ref(), folder.as_os_str()])
        .args(["--threads", "2"])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn number(ledger: &rusqlite::Connection, sql: &str) -> i64 {
    ledger.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Whatever there is, is whole: each report has its capture, its claims and its pass.
fn check_whole(ledger: &Path) -> i64 {
    let Ok(ledger) = rusqlite::Connection::open(ledger) else {
        return 0;
    };
    let tables = number(
        &ledger,
        "SELECT count(*) FROM sqlite_schema WHERE name = 'readings'",
    );
    if tables == 0 {
        return 0;
    }
    let said: String = ledger
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(said, "ok");
    let reports = number(&ledger, "SELECT count(*) FROM reports");
    for sql in [
        "SELECT count(*) FROM captures",
        "SELECT count(*) FROM readings",
        "SELECT count(*) FROM passes",
        "SELECT count(DISTINCT sha256) FROM captures",
        "SELECT count(DISTINCT title) FROM reports",
    ] {
        assert_eq!(number(&ledger, sql), reports, "{sql}");
    }
    assert_eq!(
        number(&ledger, "SELECT count(*) FROM claims"),
        number(&ledger, "SELECT count(*) FROM lookups"),
    );
    reports
}

#[test]
fn killed_at_any_moment_it_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let reports = folder.path().join("reports");
    fs::create_dir(&reports).unwrap();
    write_reports(&reports);

    // What an undisturbed run takes and gives.
    let whole = folder.path().join("whole.ledger");
    let begun = Instant::now();
    assert!(read(&whole, &reports).status().unwrap().success());
    let takes = begun.elapsed();
    assert_eq!(check_whole(&whole), FILES as i64);
    // Most of that is loading the model: how long until the first report is in.
    let claims = |path: &Path| {
        number(
            &rusqlite::Connection::open(path).unwrap(),
            "SELECT count(*) FROM claims",
        )
    };

    let mut ledger = folder.path().join("killed-0.ledger");
    let (mut kills, mut seen) = (0, 0);
    for round in 0..12 {
        if seen == FILES as i64 {
            // All is in: there is nothing left to cut.
            ledger = folder.path().join(format!("killed-{round}.ledger"));
            seen = 0;
        }
        let mut child = read(&ledger, &reports).spawn().unwrap();
        // Every other kill comes by the clock, at any moment; the others once more reports are in, so that work is cut.
        let until = Instant::now() + takes.mul_f64(f64::from(round) / 12.0);
        let more = seen + 1 + i64::from(round) * 3;
        loop {
            let over = match round % 2 {
                0 => Instant::now() >= until,
                _ => count_reports(&ledger) >= more,
            };
            if over || child.try_wait().unwrap().is_some() {
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        if child.try_wait().unwrap().is_none() {
            child.kill().unwrap(); // SIGKILL
            kills += 1;
        }
        child.wait().unwrap();
        let now = check_whole(&ledger);
        assert!(now >= seen, "nothing that was in is lost: {now} of {seen}");
        seen = now;
    }
    assert!(kills >= 6, "too few kills ({kills}) to mean anything");

    assert!(read(&ledger, &reports).status().unwrap().success());
    assert_eq!(check_whole(&ledger), FILES as i64);
    assert_eq!(
        claims(&ledger),
        claims(&whole),
        "every claim is there, once"
    );
    // And once more: nothing is added.
    let size = number(
        &rusqlite::Connection::open(&ledger).unwrap(),
        "PRAGMA page_count",
    );
    assert!(read(&ledger, &reports).status().unwrap().success());
    assert_eq!(check_whole(&ledger), FILES as i64);
    let after = number(
        &rusqlite::Connection::open(&ledger).unwrap(),
        "PRAGMA page_count",
    );
    assert_eq!(after, size);
}

/// Reports in the ledger now, 0 while there is none.
fn count_reports(ledger: &Path) -> i64 {
    if !ledger.exists() {
        return 0;
    }
    rusqlite::Connection::open_with_flags(ledger, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)
        .and_then(|ledger| ledger.query_row("SELECT count(*) FROM readings", [], |row| row.get(0)))
        .unwrap_or(0)
}
