//! A copy of a ledger is all of it, whoever writes meanwhile, and never half a file.
#![allow(clippy::unwrap_used)]

mod week;

use std::{fs, path::Path};

use week::Week;

#[test]
fn a_copy_holds_everything_and_answers_alike() {
    let week = Week::new();
    let claim = week.json(&["claims", "--kind", "production"])[0]["id"].clone();
    let claim = claim.as_str().unwrap();
    week.run(&["reject", claim, "--why", "A test"]).ends(0, &[]);
    let before = week.findings(&[]);
    week.run(&["backup", "copy.ledger"])
        .ends(0, &["copy.ledger holds all of", "checked"]);
    // What comes after is not in it.
    week.run(&["accept", claim]).ends(0, &[]);
    assert_ne!(week.findings(&[]), before);
    let copy = Week::of(&fs::read(week.path("copy.ledger")).unwrap());
    assert_eq!(copy.findings(&[]), before);
    copy.run(&["judgements"])
        .ends(0, &["is rejected", "A test"]);
    // It is a ledger like any other: one goes on with it.
    copy.run(&["accept", claim]).ends(0, &[]);
    assert_eq!(copy.findings(&[]), week.findings(&[]));
}

#[test]
fn nothing_is_written_over_and_nothing_left_half() {
    let week = Week::new();
    week.file("there.ledger", "somebody's");
    week.run(&["backup", "there.ledger"]).ends(
        6,
        &["there.ledger is there already: nothing is written over"],
    );
    assert_eq!(
        fs::read_to_string(week.path("there.ledger")).unwrap(),
        "somebody's"
    );
    week.run(&["backup", "no/such/folder/copy.ledger"])
        .ends(3, &["copy.ledger"]);
    // One that was cut short is begun again.
    week.file("copy.ledger.part", "half");
    week.run(&["backup", "copy.ledger"]).ends(0, &[]);
    assert!(!Path::new(&week.path("copy.ledger.part")).exists());
}
