//! A ledger of every older shape, opened by today's code. When the shape changes: first keep one of the old shape with
//! `cargo test -p sayso-ledger --test older -- --ignored`, then add the migration, then put its number here.
#![allow(clippy::unwrap_used)]

mod common;

use std::{fs, path::PathBuf};

use common::{capture, judgement, reading, versions};
use sayso_ledger::{Filter, Ledger, SCHEMA};

const SHAPES: &[i64] = &[1, 2, 3, 4, 5];

fn kept(schema: i64) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/older/schema-{schema}.ledger"))
}

#[test]
fn every_older_shape_opens() {
    assert_eq!(SHAPES.last(), Some(&SCHEMA), "the newest shape is kept too");
    for &schema in SHAPES {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ledger");
        fs::copy(kept(schema), &path).unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        let page = capture("<p>page</p>");
        let claims = ledger.claims(&Filter::default()).unwrap();
        assert_eq!(claims.len(), 1, "schema {schema}");
        let mut want = reading(&page, None, "1").claims.remove(0);
        // The kept file may be older than a change of how ids are made; the rest must come back as it went in.
        want.id = claims[0].claim.id.clone();
        assert_eq!(claims[0].claim, want, "schema {schema}");
        assert_eq!(ledger.capture(page.sha256()).unwrap(), Some(page.clone()));
        assert!(ledger.knows(page.sha256(), &versions("1")).unwrap());
        assert_eq!(ledger.notices().unwrap().len(), 1);
        let judged = match schema {
            1 => vec![],
            _ => vec![judgement("Q159")],
        };
        assert_eq!(ledger.judgements().unwrap(), judged, "schema {schema}");
        ledger.judge(&judgement("Q212")).unwrap();
        ledger.append(&reading(&page, None, "2")).unwrap();
        assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 1);
    }
}

#[test]
#[ignore = "writes the file that the test above opens"]
fn keep_the_newest_shape() {
    let path = kept(SCHEMA);
    assert!(!path.exists(), "a kept file is never written again");
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("a.ledger");
    let mut ledger = Ledger::open(&fresh).unwrap();
    ledger
        .append(&reading(&capture("<p>page</p>"), None, "1"))
        .unwrap();
    ledger.judge(&judgement("Q159")).unwrap();
    drop(ledger);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    // Small pages: the file lies in the repository.
    let small = format!("PRAGMA page_size = 512; VACUUM INTO '{}'", path.display());
    rusqlite::Connection::open(&fresh)
        .unwrap()
        .execute_batch(&small)
        .unwrap();
}
