//! Who nobody listed: known by a name, found by a misspelt one, proposed for what it may be, joined and held apart by people only.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

const REPORTS: [(&str, &str); 3] = [
    (
        "a.txt",
        "Korvin Dynamics delivered 20 drones to Armenia, the defence ministry of Armenia said on 3 May 2023. The drones will be used on the border.",
    ),
    (
        "b.txt",
        "Korvin Dynamics Ltd supplies drones to Georgia, the Daily Example reported. Georgia ordered the drones in March 2023.",
    ),
    (
        "c.txt",
        "Korvin Dynamik sold 40 armoured vehicles to Kenya. The army of Kenya uses the vehicles against militants with rifles and missiles.",
    ),
];

const PLAIN: &str = "name:korvin dynamics";
const LTD: &str = "name:korvin dynamics ltd";
const DYNAMIK: &str = "name:korvin dynamik";

struct Desk {
    _folder: tempfile::TempDir,
    ledger: PathBuf,
}

impl Desk {
    fn with_reports() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let reports = folder.path().join("reports");
        fs::create_dir(&reports).unwrap();
        for (name, text) in REPORTS {
            fs::write(reports.join(name), text).unwrap();
        }
        let ledger = folder.path().join("a.ledger");
        let desk = Self {
            _folder: folder,
            ledger,
        };
        desk.says(&["read", reports.to_str().unwrap()]);
        desk
    }

    fn run(&self, args: &[&str]) -> (Option<i32>, String, String) {
        let out = Command::new(env!("CARGO_BIN_EXE_sayso"))
            .arg("--ledger")
            .arg(Path::new(&self.ledger))
            .args(args)
            .env("COLUMNS", "400")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (out.status.code(), text(out.stdout), text(out.stderr))
    }

    fn says(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, Some(0), "{args:?}: {err}");
        out
    }

    fn judge(&self, act: &str, a: &str, b: &str) -> String {
        let said = self.says(&[act, a, b, "--why", "seen", "--who", "Ann"]);
        let id = said.split("judgement ").nth(1).unwrap();
        id.split(' ').next().unwrap().to_owned()
    }

    /// The keys that the dossier of `name` proposes.
    fn proposed(&self, name: &str) -> Vec<&'static str> {
        let dossier = self.says(&["entity", name]);
        let part = dossier.split("MAY BE THE SAME").nth(1).unwrap_or("");
        let lines: Vec<&str> = part
            .lines()
            .filter(|line| !line.contains("to say which"))
            .collect();
        let is_in = |key: &&str| lines.iter().any(|line| line.contains(&format!("({key})")));
        [PLAIN, LTD, DYNAMIK].into_iter().filter(is_in).collect()
    }
}

#[test]
fn a_name_nobody_listed_is_an_entity_with_a_dossier() {
    let desk = Desk::with_reports();
    let dossier = desk.says(&["entity", "Korvin Dynamics"]);
    for said in [
        "Korvin Dynamics\n",
        "name:korvin dynamics · nobody listed it: it is known by its name alone",
        "written Korvin Dynamics (1)",
        "→ Armenia",
        "Korvin Dynamics Ltd (name:korvin dynamics ltd), organisation: 0.99, the same letters in the same order",
        "“Dynamics” and “Dynamik” are spelled alike",
    ] {
        assert!(dossier.contains(said), "{said}\n{dossier}");
    }
    assert!(!dossier.contains("→ Georgia"), "likeness joins nothing");
}

#[test]
fn a_misspelt_name_is_answered_with_what_it_may_mean() {
    let desk = Desk::with_reports();
    for (asked, key, why) in [
        (
            "Korvin Dinamics",
            PLAIN,
            "“Dinamics” and “Dynamics” sound alike",
        ),
        (
            "Rheinmettal Group",
            "sayso:rheinmetall",
            "“Rheinmetall” and “Rheinmettal” sound alike",
        ),
        (
            "Yelabuge",
            "geonames:468082",
            "“Yelabuge” and “yelabuga” are spelled alike",
        ),
    ] {
        let (code, _, err) = desk.run(&["entity", asked]);
        assert_eq!(code, Some(1), "{asked}");
        let (_, meant) = err.split_once("did you mean one of these?").unwrap();
        assert!(meant.contains(key) && meant.contains(why), "{asked}: {err}");
    }
    let (code, _, err) = desk.run(&["entity", "Zzyxqw"]);
    assert_eq!(code, Some(1));
    assert!(!err.contains("did you mean"), "{err}");
    for hostile in ["\u{202e}\u{202d}", "—", &"Korvin ".repeat(10_000)] {
        assert_ne!(desk.run(&["entity", hostile]).0, Some(0));
    }
}

#[test]
fn what_a_person_held_apart_is_never_proposed_or_joined() {
    let desk = Desk::with_reports();
    assert_eq!(desk.proposed(PLAIN), [LTD, DYNAMIK]);
    let differ = desk.judge("differ", PLAIN, LTD);
    assert_eq!(desk.proposed(PLAIN), [DYNAMIK]);
    assert_eq!(desk.proposed(LTD), [DYNAMIK], "from the other side, too");
    let (code, _, err) = desk.run(&["merge", PLAIN, LTD, "--why", "x", "--who", "Ben"]);
    assert_eq!(code, Some(6), "{err}");

    // What is one with the one held apart is held apart, too.
    let merge = desk.judge("merge", DYNAMIK, LTD);
    assert_eq!(desk.proposed(PLAIN), [""; 0]);
    desk.says(&["undo", &merge, "--who", "Ann"]);
    desk.says(&["undo", &differ, "--who", "Ann"]);
    assert_eq!(desk.proposed(PLAIN), [LTD, DYNAMIK]);

    desk.judge("merge", PLAIN, LTD);
    assert_eq!(desk.proposed(PLAIN), [DYNAMIK]);
    let dossier = desk.says(&["entity", PLAIN]);
    assert!(
        dossier.contains("→ Georgia") && dossier.contains("→ Armenia"),
        "{dossier}"
    );
}
