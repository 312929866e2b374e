//! A ledger that is locked, full, damaged, newer or something else: one clear error each, and nothing lost.
#![allow(clippy::unwrap_used)]

mod common;

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use common::{capture, reading};
use sayso_ledger::{Filter, Ledger, LedgerError, Options};

fn at(name: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    (folder, path)
}

fn filled(path: &Path, reports: usize) {
    let mut ledger = Ledger::open(path).unwrap();
    for n in 0..reports {
        ledger
            .append(&reading(&capture(&format!("page {n}")), None, "1"))
            .unwrap();
    }
}

/// The message names the file and, after it, the way out.
fn check(error: &LedgerError, path: &std::path::Path) {
    let message = error.to_string();
    assert!(message.contains(&path.display().to_string()), "{message}");
    assert!(
        !message.contains('\n') && !message.ends_with('.'),
        "{message}"
    );
    let out = ["--ledger", "free some space", "run the same command again"];
    assert!(out.iter().any(|way| message.contains(way)), "{message}");
}

#[test]
fn locked() {
    let (_folder, path) = at("a");
    filled(&path, 1);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let options = Options {
        busy: Duration::from_millis(50),
        ..Options::default()
    };
    let mut ledger = Ledger::open_with(&path, &options).unwrap();
    let error = ledger
        .append(&reading(&capture("more"), None, "1"))
        .unwrap_err();
    assert!(matches!(error, LedgerError::Locked(_)), "{error}");
    check(&error, &path);
    // Looking goes on meanwhile, and so does writing afterwards.
    assert_eq!(
        Ledger::look(&path)
            .unwrap()
            .claims(&Filter::default())
            .unwrap()
            .len(),
        1
    );
    other.execute_batch("COMMIT").unwrap();
    ledger
        .append(&reading(&capture("more"), None, "1"))
        .unwrap();
}

#[test]
fn full() {
    let (_folder, path) = at("a");
    filled(&path, 1);
    let options = Options {
        max_pages: Some(60),
        ..Options::default()
    };
    let mut ledger = Ledger::open_with(&path, &options).unwrap();
    let mut kept = 1;
    let error = loop {
        // Not packable, so that the file grows.
        let noise: String = (0..200u32)
            .map(|n| sayso_records::Sha256::of(&[n as u8, kept as u8]).to_string())
            .collect();
        match ledger.append(&reading(&capture(&noise), None, "1")) {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 100, "never full");
    };
    assert!(matches!(error, LedgerError::Full(_)), "{error}");
    check(&error, &path);
    drop(ledger);
    assert_eq!(
        Ledger::look(&path)
            .unwrap()
            .claims(&Filter::default())
            .unwrap()
            .len(),
        kept
    );
}

#[test]
fn something_else() {
    for (content, is) in [
        (&b"title: notes\n\nNot a database at all, but long enough to be read as one by a careless program. "[..], "not an SQLite"),
        (&[0u8; 4096][..], "not an SQLite"),
    ] {
        let (_folder, path) = at("a");
        fs::write(&path, content).unwrap();
        for error in [Ledger::open(&path).unwrap_err(), Ledger::look(&path).unwrap_err()] {
            assert!(matches!(error, LedgerError::NotALedger { .. }), "{error}");
            assert!(error.to_string().contains(is), "{error}");
            check(&error, &path);
        }
        assert_eq!(fs::read(&path).unwrap(), content, "left as it was");
    }
    let (_folder, path) = at("other.db");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("CREATE TABLE notes (a)")
        .unwrap();
    for error in [
        Ledger::open(&path).unwrap_err(),
        Ledger::look(&path).unwrap_err(),
    ] {
        assert!(error.to_string().contains("of another program"), "{error}");
        check(&error, &path);
    }
    let (folder, _) = at("a");
    let error = Ledger::open(folder.path()).unwrap_err();
    assert!(error.to_string().contains("a folder"), "{error}");
}

#[test]
fn newer() {
    let (_folder, path) = at("a");
    filled(&path, 1);
    rusqlite::Connection::open(&path)
        .unwrap()
        .pragma_update(None, "user_version", 99)
        .unwrap();
    for error in [
        Ledger::open(&path).unwrap_err(),
        Ledger::look(&path).unwrap_err(),
    ] {
        assert!(
            matches!(error, LedgerError::Newer { found: 99, .. }),
            "{error}"
        );
        check(&error, &path);
    }
}

#[test]
fn damaged() {
    let (_folder, path) = at("a");
    filled(&path, 40);
    let mut bytes = fs::read(&path).unwrap();
    // Every page but the first, which says what the file is.
    bytes[4096..].fill(0xa5);
    fs::write(&path, &bytes).unwrap();
    let error = match Ledger::look(&path) {
        Err(error) => error,
        Ok(ledger) => ledger.claims(&Filter::default()).unwrap_err(),
    };
    assert!(matches!(error, LedgerError::Damaged { .. }), "{error}");
    check(&error, &path);
    let error = match Ledger::open(&path) {
        Err(error) => error,
        Ok(mut ledger) => ledger
            .append(&reading(&capture("more"), None, "1"))
            .unwrap_err(),
    };
    assert!(matches!(error, LedgerError::Damaged { .. }), "{error}");
}

#[test]
fn cut_short() {
    let (_folder, path) = at("a");
    filled(&path, 40);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let error = match Ledger::look(&path) {
        Err(error) => error,
        Ok(ledger) => ledger.claims(&Filter::default()).unwrap_err(),
    };
    assert!(matches!(error, LedgerError::Damaged { .. }), "{error}");
}

#[test]
fn absent_and_empty() {
    let (_folder, path) = at("a");
    assert!(matches!(Ledger::look(&path), Err(LedgerError::Missing(_))));
    assert!(!path.exists(), "looking makes nothing");
    // An empty file, as a kill at the very first moment leaves it, is taken as new.
    fs::write(&path, b"").unwrap();
    assert!(matches!(Ledger::look(&path), Err(LedgerError::Missing(_))));
    filled(&path, 1);
    assert_eq!(
        Ledger::look(&path)
            .unwrap()
            .claims(&Filter::default())
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn a_folder_that_cannot_be_made() {
    let (_folder, path) = at("file");
    fs::write(&path, b"").unwrap();
    let error = Ledger::open(&path.join("a.ledger")).unwrap_err();
    assert!(matches!(error, LedgerError::Open { .. }), "{error}");
}

#[test]
fn looking_leaves_no_files_behind_and_writes_nothing() {
    let (folder, path) = at("a");
    filled(&path, 3);
    let mut looking = Ledger::look(&path).unwrap();
    assert_eq!(looking.claims(&Filter::default()).unwrap().len(), 3);
    let error = looking
        .append(&reading(&capture("more"), None, "1"))
        .unwrap_err();
    assert!(matches!(error, LedgerError::ReadOnly(_)), "{error}");
    drop(looking);
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1);
}

/// SQLite would wait at a pipe for ever.
#[cfg(unix)]
#[test]
fn pipes_and_devices_are_no_ledgers() {
    let (_folder, path) = at("pipe");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.unwrap().success());
    for path in [path.as_path(), Path::new("/dev/null")] {
        for error in [
            Ledger::open(path).unwrap_err(),
            Ledger::look(path).unwrap_err(),
        ] {
            assert!(matches!(error, LedgerError::NotALedger { .. }), "{error}");
            check(&error, path);
        }
    }
}
