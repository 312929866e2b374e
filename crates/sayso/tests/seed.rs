//! The worked example of the design, end to end: `sayso read` of the seed article, then its 15 rows among what `sayso claims` prints.
//! Run with `--nocapture` it prints the rows. Without the article (`$SAYSO_DATA/../seed`, default `../shared/seed`) it says so and
//! checks nothing.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// Rows with the right kind and roles, and the share of their other fields, below which the test fails.
const ROWS: usize = 13;
const FIELDS_PERCENT: usize = 85;

#[derive(serde::Deserialize)]
struct Rows {
    row: Vec<Row>,
}

#[derive(serde::Deserialize)]
struct Row {
    number: usize,
    kind: String,
    roles: BTreeMap<String, Vec<String>>,
    place: Vec<String>,
    time: String,
    status: Vec<String>,
    certainty: String,
    sources: Vec<String>,
}

fn names(list: &Value, key: &str) -> Vec<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|it| it[key].as_str().unwrap_or_default().to_owned())
        .collect()
}

impl Row {
    fn is(&self, claim: &Value) -> bool {
        // what a stance is about is the claim it names
        let roles: BTreeMap<String, Vec<String>> = claim["roles"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(role, _)| *role != "about")
            .map(|(role, fillers)| (role.clone(), names(fillers, "name")))
            .collect();
        claim["kind"] == self.kind.as_str() && roles == self.roles
    }

    /// Each further field by name, and whether it is right.
    fn fields(&self, claim: &Value) -> [(&'static str, bool); 5] {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let status = text(&claim["status"]);
        [
            ("place", names(&claim["place"], "text") == self.place),
            ("time", text(&claim["time"]["text"]) == self.time),
            (
                "status",
                self.status.contains(&status) || status.is_empty() && self.status.is_empty(),
            ),
            ("certainty", text(&claim["certainty"]) == self.certainty),
            ("source", names(&claim["sources"], "name") == self.sources),
        ]
    }
}

fn seed() -> PathBuf {
    let data = std::env::var_os("SAYSO_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    data.join("../seed")
}

#[test]
fn the_worked_example() {
    let seed = seed();
    if !seed.is_dir() {
        println!("not checked: {} is missing; set SAYSO_DATA", seed.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let sayso = |args: &[&str]| {
        let ran = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .env("SAYSO_LEDGER", folder.path().join("seed.ledger"))
            .args(args)
            .output()
            .unwrap();
        assert!(ran.status.success(), "{ran:?}");
        String::from_utf8(ran.stdout).unwrap()
    };
    sayso(&["read", seed.to_str().unwrap()]);
    let claims: Vec<Value> = sayso(&["claims", "--format", "jsonl"])
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let rows: Rows = toml::from_str(include_str!("seed.toml")).unwrap();
    let (mut found, mut right, mut fields) = (0, 0, 0);
    for row in &rows.row {
        let best = claims
            .iter()
            .filter(|claim| row.is(claim))
            .map(|claim| row.fields(claim))
            .max_by_key(|fields| fields.iter().filter(|(_, ok)| *ok).count());
        let Some(best) = best else {
            println!("{:>2} {:<11} missing", row.number, row.kind);
            continue;
        };
        found += 1;
        fields += best.len();
        right += best.iter().filter(|(_, ok)| *ok).count();
        let wrong: Vec<&str> = best
            .iter()
            .filter(|(_, ok)| !ok)
            .map(|(name, _)| *name)
            .collect();
        let verdict = if wrong.is_empty() {
            "right".to_owned()
        } else {
            format!("wrong: {}", wrong.join(", "))
        };
        println!("{:>2} {:<11} {verdict}", row.number, row.kind);
    }
    println!(
        "{found} of {} rows, {right} of {fields} fields; {} claims in all",
        rows.row.len(),
        claims.len()
    );
    assert!(found >= ROWS, "{found} rows, {ROWS} are needed");
    assert!(
        right * 100 >= fields * FIELDS_PERCENT,
        "{right} of {fields} fields"
    );
}
