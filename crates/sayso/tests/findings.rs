//! Findings through the program: the week of `fixtures/week`, and that it does not matter how the reports came in.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

fn week() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/week/reports");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(files.len() >= 24);
    files
}

fn sayso(ledger: &Path, args: &[&str], files: &[PathBuf]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command
        .arg("--ledger")
        .arg(ledger)
        .args(args)
        .args(files)
        .env("COLUMNS", "110");
    let out = command.output().unwrap();
    assert!(
        out.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

fn findings(ledger: &Path, args: &[&str]) -> Vec<Value> {
    let mut all = vec!["findings", "--format", "jsonl"];
    all.extend(args);
    sayso(ledger, &all, &[])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn eleven_publishers_are_two_origins() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("week.ledger");
    sayso(&ledger, &["read"], &week());
    let found = findings(
        &ledger,
        &[
            "--kind",
            "production",
            "--about",
            "Iran",
            "--place",
            "Belarus",
            "--limit",
            "1",
        ],
    );
    let finding = &found[0];
    assert_eq!(finding["publishers"], 11);
    assert_eq!(finding["origins_established"], 2);
    assert_eq!(finding["origins_unknown"], 1);
    let names: Vec<&str> = (finding["origins"].as_array().unwrap().iter())
        .map(|origin| origin["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["Institute for the Study of War", "Ukraine", "Plain Feed"]
    );
    assert!(
        finding["stances"]["denied"].as_u64() == Some(1)
            && finding["stances"]["doubted"].as_u64() == Some(1),
        "Iran's denial and the Baltic Centre's doubt, each printed twice"
    );
    assert_eq!(
        finding["credibility"]["grade"], 3,
        "two origins, but denied"
    );
    // What people see says the same.
    let id = finding["id"].as_str().unwrap();
    let shown = sayso(&ledger, &["finding", id], &[]);
    for words in [
        "11 publishers, 2 origins (1 more of unknown lineage)",
        "Institute for the Study of War (named source, its own text is in the ledger",
        "denied by Iran",
        "ORIGINS",
        "CREDIBILITY: 3 possibly true",
    ] {
        assert!(shown.contains(words), "no {words:?} in:\n{shown}");
    }
}

#[test]
fn a_wire_and_a_paper_that_asked_for_itself_are_two() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("week.ledger");
    sayso(&ledger, &["read"], &week());
    let found = findings(
        &ledger,
        &[
            "--kind",
            "production",
            "--about",
            "Iran",
            "--place",
            "Russia",
        ],
    );
    let names: Vec<Vec<&str>> = (found.iter())
        .map(|finding| {
            let origins = finding["origins"].as_array().unwrap().iter();
            origins
                .map(|origin| origin["name"].as_str().unwrap())
                .collect()
        })
        .collect();
    let all = [
        "Institute for the Study of War",
        "United States",
        "The Two Rivers Chronicle",
    ];
    assert_eq!(
        names[0], all,
        "what a review passes on from a state is not its own finding"
    );
}

#[test]
fn the_order_in_which_reports_come_in_is_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let files = week();
    let mut turned: Vec<PathBuf> = files.iter().rev().cloned().collect();
    turned.swap(3, 17);
    let at_once = folder.path().join("at-once.ledger");
    sayso(&at_once, &["read"], &files);
    let in_steps = folder.path().join("in-steps.ledger");
    for part in turned.chunks(7) {
        sayso(&in_steps, &["read"], part);
    }
    let (one, other) = (findings(&at_once, &[]), findings(&in_steps, &[]));
    assert!(one.len() > 20);
    compare(&one, &other);
}

/// Both are the same, told field by field.
fn compare(one: &[Value], other: &[Value]) {
    for (one, other) in one.iter().zip(other) {
        for (key, value) in one.as_object().unwrap() {
            assert!(
                *value == other[key],
                "{key} of {}: {value}\nand {}",
                one["id"],
                other[key]
            );
        }
    }
    assert_eq!(one.len(), other.len());
}

/// One judgement of `who`; gives its id.
fn judge(ledger: &Path, args: &[&str]) -> String {
    let mut all = args.to_vec();
    all.extend(["--who", "Ann"]);
    let said = sayso(ledger, &all, &[]);
    let id = said
        .rsplit("judgement ")
        .next()
        .unwrap_or_else(|| panic!("{said}"));
    id.split(' ').next().unwrap().to_owned()
}

#[test]
fn a_grade_stays_with_its_occasion() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("occasions.ledger");
    let report = |year: u16| {
        let path = folder.path().join(format!("{year}.txt"));
        let text = format!(
            "title: Convoy\npublisher: The Daily Example\npublished: {year}-05-04\n\nSerbia delivered 40 mortars to Cyprus on 2 May {year}.\n"
        );
        fs::write(&path, text).unwrap();
        path
    };
    let grades = |ledger: &Path| -> Vec<(String, u64)> {
        let mut all: Vec<(String, u64)> = findings(ledger, &["--kind", "transfer"])
            .iter()
            .map(|finding| {
                let time = finding["proposition"]["time"][0].as_str().unwrap_or("");
                (
                    time.to_owned(),
                    finding["credibility"]["grade"].as_u64().unwrap(),
                )
            })
            .collect();
        all.sort();
        all
    };
    sayso(&ledger, &["read"], &[report(2016), report(2022)]);
    assert_eq!(grades(&ledger).len(), 2);
    let first = findings(&ledger, &["--kind", "transfer", "--until", "2017"]).remove(0);
    let id = first["id"].as_str().unwrap();
    judge(&ledger, &["grade", id, "2", "--why", "seen at the port"]);
    // An occasion before the first takes its id.
    sayso(&ledger, &["read"], &[report(2010)]);
    let days = |year: u16| format!("{year}-05-02");
    assert_eq!(
        grades(&ledger),
        [(days(2010), 6), (days(2016), 2), (days(2022), 6)]
    );
    let graded = format!("{}-20160502", &id[..16]);
    let shown = sayso(&ledger, &["finding", &graded], &[]);
    assert!(shown.contains("graded 2 by Ann"), "{shown}");
}

/// A town, a zone beside it and a plant in that are three entities, each in the next: what is said of the plant is said of the zone.
#[test]
fn a_plant_a_zone_and_a_town_are_three_entities() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = folder.path().join("sites.ledger");
    let report = folder.path().join("report.txt");
    let text = "Russia assembles Geran-2 drones at the Alabuga zone, the ministry said.\n\n\
        Russia builds Shahed drones in Yelabuga, the ministry said.\n\n\
        Ukrainian drones hit the Yelabuga drone factory on Friday.\n";
    fs::write(&report, text).unwrap();
    sayso(&ledger, &["read"], &[report]);
    let town = "located in Tatarstan, in Russia";
    let zone = "located in Yelabuga, in Tatarstan, in Russia";
    let plant = "located in Alabuga special economic zone, in Yelabuga, in Tatarstan, in Russia";
    for (name, located) in [
        ("Yelabuga", town),
        ("Alabuga SEZ", zone),
        ("Alabuga drone plant", plant),
    ] {
        let shown = sayso(&ledger, &["entity", name], &[]);
        assert!(shown.contains(located), "no {located:?} in:\n{shown}");
    }
    // Three sites, three findings; the town holds both that are made in it.
    let made = |place: &str| findings(&ledger, &["--kind", "production", "--place", place]).len();
    assert_eq!(
        (made("Alabuga special economic zone"), made("Tatarstan")),
        (1, 2)
    );
}
