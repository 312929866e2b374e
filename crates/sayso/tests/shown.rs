//! What `findings` and `finding` show of the week: the contract field by field, each filter, and how it looks.
#![allow(clippy::unwrap_used)]

mod week;

use std::collections::BTreeSet;

use serde_json::Value;
use week::{Week, text};

/// The keys of an object, as written.
fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn all<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value[key].as_array().unwrap()
}

#[test]
fn the_contract_of_findings_field_by_field() {
    let week = Week::new();
    let claims: BTreeSet<String> = (week.json(&["claims"]).iter())
        .map(|claim| text(&claim["id"]))
        .collect();
    let findings = week.findings(&[]);
    assert!(findings.len() > 20);
    let required = [
        "id",
        "kind",
        "proposition",
        "claims",
        "reports",
        "publishers",
        "origins",
        "origins_established",
        "origins_unknown",
        "stances",
        "credibility",
        "erosion",
    ];
    for finding in &findings {
        let has = keys(finding);
        assert!(required.iter().all(|key| has.contains(key)), "{finding}");
        assert!(
            !finding.to_string().contains(":null"),
            "absent means not said"
        );
        for claim in all(finding, "claims") {
            assert!(claims.contains(&text(claim)), "{claim} is a claim");
        }
        assert!(!all(finding, "reports").is_empty());
        let publishers = finding["publishers"].as_u64().unwrap() as usize;
        assert_eq!(publishers, all(finding, "publisher_names").len());
        let origins = all(finding, "origins");
        let counted =
            |yes: bool| origins.iter().filter(|it| it["established"] == yes).count() as u64;
        assert_eq!(finding["origins_established"], counted(true));
        assert_eq!(finding["origins_unknown"], counted(false));
        let mut of_origins = BTreeSet::new();
        for origin in origins {
            assert!(origin["name"].is_string() && origin["kind"].is_string());
            assert!(!all(origin, "reasons").is_empty(), "why it counts");
            of_origins.extend(all(origin, "claims").iter().map(text));
        }
        let own: BTreeSet<String> = all(finding, "claims").iter().map(text).collect();
        assert_eq!(of_origins, own, "each claim has one origin");
        let stances = keys(&finding["stances"]);
        assert_eq!(stances, ["affirmed", "denied", "doubted"].into());
        let grade = finding["credibility"]["grade"].as_u64().unwrap();
        assert!((1..=6).contains(&grade) && !all(&finding["credibility"], "reasons").is_empty());
        assert!(grade > 1 || counted(true) > 1, "1 is never for one origin");
        for lost in all(finding, "erosion") {
            assert!(
                ["from", "to", "what", "before", "after"]
                    .iter()
                    .all(|key| lost[*key].is_string())
            );
        }
        assert!(finding["first_seen"].as_str() <= finding["last_seen"].as_str());
        assert!(finding["proposition"]["roles"].is_object());
    }
    // Keys come in the order of the contract.
    let line = week
        .run(&["findings", "--format", "jsonl", "--limit", "1"])
        .out;
    let order = required.iter().chain(&["first_seen", "last_seen"]);
    let at: Vec<usize> = order
        .map(|key| line.find(&format!("\"{key}\":")).unwrap())
        .collect();
    assert!(at.is_sorted(), "{at:?} in {line}");
}

/// Findings that pass `args` are just those that `holds` is true of.
#[track_caller]
fn check(week: &Week, args: &[&str], holds: impl Fn(&Value) -> bool) {
    let ids =
        |findings: &[Value]| -> Vec<String> { findings.iter().map(|it| text(&it["id"])).collect() };
    let all = week.findings(&[]);
    let want: Vec<Value> = all.iter().filter(|it| holds(it)).cloned().collect();
    assert!(
        !want.is_empty() && want.len() < all.len(),
        "{args:?} tells nothing: {}",
        want.len()
    );
    assert_eq!(ids(&week.findings(args)), ids(&want), "{args:?}");
}

#[test]
fn each_filter_gives_what_it_says() {
    let week = Week::new();
    let number = |finding: &Value, key: &str| finding[key].as_u64().unwrap();
    check(&week, &["--min-origins", "2"], |it| {
        number(it, "origins_established") >= 2
    });
    check(&week, &["--min-origins", "1"], |it| {
        number(it, "origins_established") >= 1
    });
    check(&week, &["--disputed"], |it| {
        number(&it["stances"], "denied") + number(&it["stances"], "doubted") > 0
    });
    check(&week, &["--kind", "production"], |it| {
        it["kind"] == "production"
    });
    check(&week, &["--kind", "Meeting,sanction"], |it| {
        it["kind"] == "meeting" || it["kind"] == "sanction"
    });
    check(&week, &["--kind", "meeting", "--kind", "sanction"], |it| {
        it["kind"] == "meeting" || it["kind"] == "sanction"
    });
    let roles = |it: &Value, name: &str| {
        it["proposition"]["roles"]
            .to_string()
            .contains(&format!("\"{name}\""))
    };
    for name in ["Taiwan", "taiwan", "Q865"] {
        check(&week, &["--about", name], |it| roles(it, "Taiwan"));
    }
    check(&week, &["--about", "drone"], |it| {
        let roles = it["proposition"]["roles"].to_string();
        ["drone", "Shahed", "Ababil"]
            .iter()
            .any(|name| roles.contains(name))
    });
    let place = |it: &Value, name: &str| it["proposition"]["place"].to_string().contains(name);
    check(&week, &["--place", "Belarus"], |it| place(it, "Belarus"));
    // By any of its names, and by its id.
    for name in ["Homyel", "Homiel", "Gomel", "Гомель", "geonames:627907"] {
        check(&week, &["--place", name], |it| place(it, "Homyel"));
    }
    check(&week, &["--source", "Plain Feed"], |it| {
        it["publisher_names"].to_string().contains("Plain Feed")
    });
    check(&week, &["--source", "Baltic Centre"], |it| {
        it["against"].to_string().contains("Baltic Centre")
    });
    // The occasion where there is one, else the days of the reports.
    let days = |it: &Value| -> (String, String) {
        match it["proposition"]["time"].as_array() {
            Some(time) => (text(&time[0]), text(&time[1])),
            None => (text(&it["first_seen"]), text(&it["last_seen"])),
        }
    };
    check(&week, &["--since", "2023-08"], |it| {
        days(it).1.as_str() >= "2023-08-01"
    });
    check(&week, &["--until", "2023-06"], |it| {
        days(it).0.as_str() <= "2023-06-30"
    });
    check(
        &week,
        &["--since", "2023-07-20", "--until", "2023-07-29"],
        |it| days(it).1.as_str() >= "2023-07-20" && days(it).0.as_str() <= "2023-07-29",
    );
    let claims = week.json(&["claims", "--source", "Steppe Monitor"]);
    let report = text(&claims[0]["report"]["id"]);
    check(&week, &["--report", &report[..8]], |it| {
        it.to_string().contains(&report)
    });
    // They narrow each other down.
    check(
        &week,
        &[
            "--kind",
            "production",
            "--place",
            "Belarus",
            "--disputed",
            "--min-origins",
            "2",
        ],
        |it| {
            place(it, "Belarus")
                && it["kind"] == "production"
                && number(it, "origins_established") >= 2
        },
    );
    assert_eq!(week.findings(&["--limit", "3"]), week.findings(&[])[..3]);
}

#[test]
fn what_matches_nothing_says_why() {
    let week = Week::new();
    for (args, code, words) in [
        (
            &["findings", "--about", "Nobody"][..],
            1,
            "no finding matches",
        ),
        (&["findings", "--about", "…"], 1, "no finding matches"),
        (
            &["findings", "--min-origins", "99"],
            1,
            "no finding matches",
        ),
        (
            &["findings", "--kind", "productions"],
            1,
            "the ledger has no claim of the kind \"productions\", only",
        ),
        (
            &["findings", "--report", "ffff"],
            1,
            "no report whose id begins with ffff",
        ),
        (
            &["findings", "--since", "2024", "--until", "2023"],
            2,
            "is later than --until",
        ),
        (&["findings", "--since", "soon"], 2, "--since"),
        (&["findings", "--min-origins", "many"], 2, "--min-origins"),
        (
            &["findings", "--format", "xml"],
            2,
            "possible values: table, jsonl, csv",
        ),
        (
            &["finding", "ffff"],
            1,
            "no finding whose id begins with ffff",
        ),
        (&["finding", "zz"], 1, "no finding whose id begins with zz"),
        (&["finding", ""], 2, "a value is required"),
        (
            &["finding", "1"],
            1,
            "the ids of several findings begin with 1",
        ),
        (&["entity", "Nobody Nowhere"], 1, "knows Nobody Nowhere"),
        (&["entity", "Springfield"], 1, "can mean several things"),
        (
            &["entity", "Plain Feed"],
            1,
            "no finding is about Plain Feed",
        ),
    ] {
        let ran = week.run(args);
        assert_eq!(ran.ends(code, &[words]).out, "", "{args:?}");
    }
    let empty = Week::empty();
    empty.file(
        "a.txt",
        "The garden show opened in May, and the roses were in bloom all over the town.",
    );
    empty.run(&["findings"]).ends(3, &["there is no ledger"]);
    empty
        .run(&["read", "a.txt"])
        .ends(0, &["1 report, 0 claims"]);
    empty
        .run(&["findings"])
        .ends(1, &["the ledger holds no claims yet"]);
}

#[test]
fn a_finding_is_found_by_the_beginning_of_its_id() {
    let week = Week::new();
    let id = text(&week.belarus()["id"]);
    let whole = week.run(&["finding", &id]);
    let upper = id[..8].to_uppercase();
    for prefix in [&id[..6], &id[..12], &upper, &format!(" {id} ")] {
        assert_eq!(week.run(&["finding", prefix]).ends(0, &[]).out, whole.out);
    }
}

/// Nothing is wider than the terminal, and no line ends in blanks.
#[test]
fn nothing_is_wider_than_the_terminal() {
    let week = Week::new();
    week.judge(&[
        "grade",
        &text(&week.belarus()["id"]),
        "2",
        "--why",
        "Pictures of each hall, seen by two who were there on the day",
    ]);
    let claim = &week.claims_of("Coastline Post")[0];
    week.judge(&[
        "reject",
        claim,
        "--why",
        "It is a comment that says in passing what others had said outright",
    ]);
    let mut commands: Vec<Vec<String>> = [
        "findings",
        "claims",
        "sources",
        "judgements",
        "entity Iran",
        "entity drone",
    ]
    .iter()
    .map(|line| line.split(' ').map(str::to_owned).collect())
    .collect();
    for finding in week.findings(&[]) {
        commands.push(vec!["finding".to_owned(), text(&finding["id"])]);
    }
    let mut seen = BTreeSet::new();
    for claim in week.json(&["claims"]) {
        if seen.insert(text(&claim["report"]["id"])) {
            commands.push(vec!["report".to_owned(), text(&claim["report"]["id"])]);
        }
    }
    for args in commands {
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = week.run(&args);
        for line in ran.ends(0, &[]).out.lines() {
            // One long word, such as an address, is cut, never a line let out.
            assert!(line.chars().count() <= 80, "{args:?}: {line}");
            assert_eq!(line.trim_end(), line, "{args:?}");
        }
    }
}

#[test]
fn what_it_looks_like() {
    let week = Week::new();
    let finding = text(&week.belarus()["id"]);
    let belarus = ["--kind", "production", "--place", "Belarus"];
    let shown = |args: &[&str]| week.run(args).ends(0, &[]).out.clone();
    let findings = |format: &str| {
        let mut args = vec!["findings", "--format", format];
        args.extend(belarus);
        shown(&args)
    };
    insta::assert_snapshot!("findings_as_a_table", findings("table"));
    insta::assert_snapshot!("findings_for_a_spreadsheet", findings("csv"));
    // The shortest of them, one key a line.
    let last = findings("jsonl").lines().last().map(str::to_owned).unwrap();
    let last: Value = serde_json::from_str(&last).unwrap();
    let last = serde_json::to_string_pretty(&last).unwrap();
    insta::assert_snapshot!("a_finding_for_programs", last);
    insta::assert_snapshot!("a_finding", shown(&["finding", &finding]));
}

#[test]
fn the_reader_may_go_away() {
    use std::process::Stdio;
    let week = Week::new();
    for args in [
        &["findings"][..],
        &["claims", "--format", "csv"],
        &["sources"],
        &["findings", "--format", "jsonl"],
    ] {
        let mut running = week
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(running.stdout.take());
        let ran = week::Ran::from(running.wait_with_output().unwrap());
        assert_eq!(ran.ends(0, &[]).err, "", "{args:?}");
    }
}

/// The values of a unit: text, share of the votes in percent, reasons joined.
fn values(finding: &Value, unit: &str) -> Vec<(String, u64, String)> {
    let of = |value: &&Value| value["unit"].as_str().unwrap().contains(unit);
    let told = |value: &Value| {
        let share = (value["weight"].as_f64().unwrap() * 100.0).round() as u64;
        let reasons: Vec<String> = all(value, "reasons").iter().map(text).collect();
        (text(&value["text"]), share, reasons.join("\n"))
    };
    all(finding, "values").iter().filter(of).map(told).collect()
}

#[test]
fn a_number_changed_in_a_copy_has_no_vote() {
    let week = Week::new();
    let finding = &week.findings(&["--about", "inflation"])[0];
    let [(right, 100, why), (wrong, 0, why_not)] = &values(finding, "percent")[..] else {
        panic!("{}", finding["values"]);
    };
    assert_eq!([right, wrong], ["about 47.5 percent", "about 74.5 percent"]);
    assert_eq!(
        why,
        "Institute for the Study of War: 1 vote, in its own text"
    );
    assert!(
        why_not.starts_with("The Quayside Reader: no vote, it had it from")
            && why_not.ends_with("which says about 47.5 percent"),
        "{why_not}"
    );
    let shown = week.shown(&["finding", &text(&finding["id"])]);
    for words in [
        "HOW MANY: percent (one vote an origin)",
        "100 % about 47.5 percent",
        "none about 74.5 percent",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
}

#[test]
fn origins_that_disagree_have_one_vote_each_and_the_unknown_none() {
    let week = Week::empty();
    let write = |day: u8, text: &str| {
        let head = format!(
            "title: Report {day}\npublisher: The {day}th Example\npublished: 2023-05-0{day}\n\n"
        );
        week.file(&format!("{day}.txt"), &(head + text + "\n"));
    };
    write(
        1,
        "Iran has delivered 300 Shahed-136 drones to Russia, Ukraine said on Monday.",
    );
    write(
        2,
        "Iran has delivered 350 Shahed-136 drones to Russia, Ukraine said.",
    );
    write(3, "Iran has delivered 500 Shahed-136 drones to Russia.");
    write(
        4,
        "Iran opened a drone factory in Tajikistan in May 2022, Ukraine said.",
    );
    write(
        5,
        "Iran opened a drone factory in Tajikistan in June 2022, the White House said.",
    );
    week.run(&["read", "1.txt", "2.txt", "3.txt", "4.txt", "5.txt"])
        .ends(0, &["5 claims"]);
    let transfer = &week.findings(&["--kind", "transfer"])[0];
    let votes = values(transfer, "Shahed");
    let shares: Vec<(&str, u64)> = votes.iter().map(|it| (&it.0[..3], it.1)).collect();
    assert_eq!(shares, [("300", 50), ("350", 50), ("500", 0)]);
    assert!(
        votes[0]
            .2
            .starts_with("Ukraine: 1/2 of a vote, as told by The 1th Example")
    );
    assert_eq!(
        votes[2].2,
        "The 3th Example: no vote, its lineage is not known"
    );
    // Days are voted on where two cannot both be right.
    let plant = &week.findings(&["--kind", "production"])[0];
    let votes = values(plant, "time");
    let shares: Vec<(&str, u64)> = votes.iter().map(|it| (it.0.as_str(), it.1)).collect();
    assert_eq!(shares, [("in May 2022", 50), ("in June 2022", 50)]);
    let shown = week.shown(&["finding", &text(&plant["id"])]);
    assert!(
        shown.contains("50 % in June 2022 (2022-06-01 to 2022-06-30) United States: 1 vote"),
        "{shown}"
    );
}
