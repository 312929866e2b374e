//! The program over the week of `fixtures/week`: read once, copied for each test.
#![allow(dead_code, clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

use serde_json::Value;

/// A ledger of the week that a test may change.
pub(crate) struct Week {
    folder: tempfile::TempDir,
}

/// What a run printed and ended with.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Ended with `code`, and wrote each of `words` somewhere, lines joined as a reader joins them.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32, words: &[&str]) -> &Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        let all = format!("{} {}", self.out, self.err);
        let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
        for words in words {
            assert!(all.contains(words), "no {words:?} in {self:#?}");
        }
        self
    }

    /// The judgement that was made, by the line that says how to take it back.
    #[track_caller]
    pub(crate) fn judgement(&self) -> String {
        let lines = self.ends(0, &[]).out.lines().rev();
        let mut found = lines.filter_map(|line| line.strip_prefix("  judgement "));
        let id = found.next().and_then(|line| line.split_once(" by "));
        id.unwrap_or_else(|| panic!("{self:#?}")).0.to_owned()
    }
}

fn sayso(folder: &Path, ledger: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
    command
        .current_dir(folder)
        .env("SAYSO_LEDGER", ledger)
        .env("COLUMNS", "80")
        .env("USER", "ann")
        .env_remove("NO_COLOR");
    command
}

fn reports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/week/reports")
}

impl Week {
    /// The week as it was read, nothing judged.
    pub(crate) fn new() -> Self {
        static READ: OnceLock<Vec<u8>> = OnceLock::new();
        let bytes = READ.get_or_init(|| {
            let folder = tempfile::tempdir().unwrap();
            let ledger = folder.path().join("week.ledger");
            let ran = sayso(folder.path(), &ledger)
                .arg("read")
                .arg(reports())
                .output()
                .unwrap();
            assert!(ran.status.success(), "{ran:?}");
            fs::read(ledger).unwrap()
        });
        Self::of(bytes)
    }

    /// A ledger of these bytes.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let week = Self::empty();
        fs::write(week.ledger(), bytes).unwrap();
        week
    }

    /// A ledger that is not there yet.
    pub(crate) fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn ledger(&self) -> PathBuf {
        self.folder.path().join("week.ledger")
    }

    /// Where a file of this name lies.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file to read.
    pub(crate) fn file(&self, name: &str, content: &str) {
        fs::write(self.folder.path().join(name), content).unwrap();
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = sayso(self.folder.path(), &self.ledger());
        command.args(args);
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        Ran::from(self.command(args).output().unwrap())
    }

    /// What a command prints that must end well, its lines joined as a reader joins them.
    #[track_caller]
    pub(crate) fn shown(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        let words: Vec<&str> = ran.ends(0, &[]).out.split_whitespace().collect();
        words.join(" ")
    }

    /// Makes a judgement; gives its id.
    #[track_caller]
    pub(crate) fn judge(&self, args: &[&str]) -> String {
        self.run(args).judgement()
    }

    /// The lines of `--format jsonl`.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Vec<Value> {
        let mut all = args.to_vec();
        all.extend(["--format", "jsonl"]);
        let ran = self.run(&all);
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:#?}");
        let lines = ran.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    pub(crate) fn findings(&self, args: &[&str]) -> Vec<Value> {
        let mut all = vec!["findings"];
        all.extend(args);
        self.json(&all)
    }

    /// The finding that drones are made in Belarus.
    #[track_caller]
    pub(crate) fn belarus(&self) -> Value {
        self.findings(&["--kind", "production", "--place", "Belarus", "--limit", "1"])
            .remove(0)
    }

    /// Ids of claims of `publisher` that the finding about Belarus counts.
    #[track_caller]
    pub(crate) fn claims_of(&self, publisher: &str) -> Vec<String> {
        let finding = self.belarus();
        let origins = finding["origins"].as_array().unwrap().iter();
        let branches = origins.flat_map(|origin| origin["tree"].as_array().unwrap());
        let claims = branches
            .filter(|branch| branch["publisher"] == publisher)
            .flat_map(|branch| branch["claims"].as_array().unwrap());
        claims.map(text).collect()
    }
}

/// A string of JSON.
#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// The names of a finding's origins, established ones first.
pub(crate) fn origins(finding: &Value) -> Vec<String> {
    let origins = finding["origins"].as_array().unwrap().iter();
    origins.map(|origin| text(&origin["name"])).collect()
}
