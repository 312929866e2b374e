//! What people judge through the program: what it prints, what it changes in what is shown, and that nothing is lost by a wrong word.
#![allow(clippy::unwrap_used)]

mod week;

use serde_json::Value;
use week::{Week, origins, text};

const REVIEW: &str = "Institute for the Study of War";

/// What is counted of a finding: publishers, established origins, those of unknown lineage, claims.
fn counts(finding: &Value) -> [u64; 4] {
    let claims = finding["claims"].as_array().unwrap().len() as u64;
    let number = |key: &str| finding[key].as_u64().unwrap();
    [
        number("publishers"),
        number("origins_established"),
        number("origins_unknown"),
        claims,
    ]
}

fn has(finding: &Value, claim: &str) -> bool {
    let claims = finding["claims"].as_array().unwrap();
    claims.iter().any(|id| id == claim)
}

/// Every finding is again as it was, and every judgement is still there.
#[track_caller]
fn is_as_before(week: &Week, before: &[Value], judgements: usize) {
    let now = week.findings(&[]);
    for (one, other) in before.iter().zip(&now) {
        for (key, value) in one.as_object().unwrap() {
            assert!(
                *value == other[key],
                "{key} of {}: {value}\nnow {}",
                one["id"],
                other[key]
            );
        }
    }
    assert_eq!(before.len(), now.len());
    let kept = week.run(&["judgements"]).out;
    let heads = kept.lines().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(heads, judgements, "{kept}");
}

#[test]
fn merge_makes_two_names_one_source() {
    let week = Week::new();
    let before = week.findings(&[]);
    assert_eq!(counts(&week.belarus())[..3], [11, 2, 1]);
    let ran = week.run(&["merge", "Plain Feed", REVIEW, "--why", "Its bot"]);
    ran.ends(
        0,
        &[
            "the name “plain feed” and Institute for the Study of War (Q3152514) are one",
            "known from now on as Institute for the Study of War (Q3152514)",
            "by ann",
        ],
    );
    let finding = week.belarus();
    assert_eq!(counts(&finding)[..3], [11, 2, 0]);
    assert_eq!(origins(&finding), [REVIEW, "Ukraine"]);
    // The very same again adds nothing, whichever is named first.
    for pair in [["Plain Feed", REVIEW], [REVIEW, "Plain Feed"]] {
        let again = week.run(&["merge", pair[0], pair[1], "--why", "Again"]);
        again.ends(0, &["says so already; nothing was added"]);
    }
    week.judge(&["undo", &ran.judgement()]);
    is_as_before(&week, &before, 2);
}

#[test]
fn merged_places_are_one_place_in_findings_and_dossiers() {
    let week = Week::new();
    let before = week.findings(&[]);
    assert!(!week.shown(&["entity", "Homiel"]).contains("Yelabuga"));
    let id = week.judge(&["merge", "Yelabuga", "Homiel", "--why", "To see it"]);
    let both = week.shown(&["entity", "Homiel"]);
    for words in [
        "geonames:627907 = geonames:468082",
        "Yelabuga (6)",
        "Homiel",
    ] {
        assert!(both.contains(words), "no {words} in {both}");
    }
    let places: Vec<Value> = week.findings(&["--place", "Homiel", "--kind", "production"]);
    assert!(
        places
            .iter()
            .any(|finding| finding["origins"].to_string().contains("United States")),
        "what was said of Yelabuga is said of Homiel now"
    );
    week.judge(&["undo", &id]);
    is_as_before(&week, &before, 2);
}

#[test]
fn split_takes_a_name_from_an_entity() {
    let week = Week::new();
    let before = week.findings(&[]);
    let has_yelabuz = |shown: &str| shown.contains("Yelabuz (");
    assert!(has_yelabuz(&week.shown(&["entity", "Yelabuga"])));
    let ran = week.run(&["split", "Yelabuga", "Yelabuz", "--why", "A village"]);
    ran.ends(
        0,
        &["the name “yelabuz” does not mean Yelabuga (geonames:468082)"],
    );
    assert!(!has_yelabuz(&week.shown(&["entity", "Yelabuga"])));
    // It can be said what the name means instead, and not that it means the same after all.
    week.run(&["merge", "name:yelabuz", "Yelabuga", "--why", "It does"])
        .ends(6, &["holds them apart (“A village”): undo it first"]);
    let meant = week.judge(&["merge", "name:yelabuz", "Homiel", "--why", "Trial"]);
    assert!(has_yelabuz(&week.shown(&["entity", "Homiel"])));
    week.judge(&["undo", &meant]);
    week.judge(&["undo", &ran.judgement()]);
    is_as_before(&week, &before, 4);
}

#[test]
fn same_and_differ_move_claims_between_findings() {
    let week = Week::new();
    let before = week.findings(&[]);
    let finding = week.belarus();
    let id = text(&finding["id"]);
    let other = &week.findings(&["--kind", "indicator"])[0];
    let stranger = text(&other["claims"][0]);

    // A claim that was read as something else is judged to state the finding, and is counted in it.
    let same = week.run(&["same", &stranger[..8], &id, "--why", "It says this, too"]);
    same.ends(
        0,
        &["state the same", "Iran: production · drone · in Belarus"],
    );
    assert!(has(&week.belarus(), &stranger));

    // A claim of the finding is judged to state something else.
    let [copy] = &week.claims_of("The Lowland Courier")[..] else {
        panic!("one claim");
    };
    let differ = week.run(&["differ", copy, &id, "--why", "It speaks of a plan"]);
    differ.ends(0, &["do not state the same", "“Iran is building drone"]);
    assert!(!has(&week.belarus(), copy));
    for judged in [&same, &differ] {
        week.judge(&["undo", &judged.judgement()]);
    }
    is_as_before(&week, &before, 4);
}

#[test]
fn of_two_claims_that_differ_the_second_says_something_else() {
    let week = Week::new();
    let before = week.findings(&[]);
    let review = &week.claims_of(REVIEW)[0];
    let copy = &week.claims_of("The Lowland Courier")[0];
    let id = week.judge(&["differ", review, copy, "--why", "A plan"]);
    let finding = week.belarus();
    assert!(has(&finding, review) && !has(&finding, copy));
    // What it takes back it brings back.
    week.run(&["same", copy, review])
        .ends(6, &["holds them apart (“A plan”): undo it first"]);
    week.judge(&["undo", &id]);
    // Two claims of two findings are judged the same: each finding counts both.
    let other = &week.findings(&["--kind", "indicator"])[0];
    let stranger = text(&other["claims"][0]);
    let id = week.judge(&["same", review, &stranger]);
    assert!(has(&week.belarus(), &stranger));
    assert!(has(&week.findings(&["--kind", "indicator"])[0], review));
    week.judge(&["undo", &id]);
    is_as_before(&week, &before, 4);
}

#[test]
fn two_findings_are_judged_one() {
    let week = Week::new();
    let before = week.findings(&[]);
    let belarus = text(&week.belarus()["id"]);
    let other = text(&week.findings(&["--kind", "indicator"])[0]["id"]);
    let id = week.judge(&["same", &other, &belarus, "--why", "Trial"]);
    assert_eq!(week.findings(&[]).len(), before.len() - 1);
    assert!(counts(&week.belarus())[3] > 19);
    week.judge(&["undo", &id]);
    is_as_before(&week, &before, 2);
}

#[test]
fn origins_are_parted_and_joined_by_a_word() {
    let week = Week::new();
    let before = week.findings(&[]);
    let review = &week.claims_of(REVIEW)[0];
    let copy = &week.claims_of("The Lowland Courier")[0];
    let parted = week.run(&[
        "differ",
        review,
        copy,
        "--origin",
        "--why",
        "It asked for itself",
    ]);
    parted.ends(0, &["go back to two origins"]);
    assert_eq!(week.belarus()["origins"].as_array().unwrap().len(), 4);
    let feed = &week.claims_of("Plain Feed")[0];
    let joined = week.run(&[
        "same",
        feed,
        review,
        "--origin",
        "--why",
        "Its editor says so",
    ]);
    joined.ends(0, &["go back to one origin"]);
    let finding = week.belarus();
    assert!(!origins(&finding).contains(&"Plain Feed".to_owned()));
    assert!(
        finding["origins"]
            .to_string()
            .contains("Its editor says so")
    );
    for judged in [&parted, &joined] {
        week.judge(&["undo", &judged.judgement()]);
    }
    is_as_before(&week, &before, 4);
}

#[test]
fn a_grade_overrules_and_is_taken_back() {
    let week = Week::new();
    let before = week.findings(&[]);
    let id = text(&week.belarus()["id"]);
    let first = week.run(&["grade", &id[..8], "2", "--why", "Pictures"]);
    first.ends(
        0,
        &[
            "is graded 2",
            "14dc99ae: Iran: production · drone · in Belarus",
        ],
    );
    let finding = week.belarus();
    assert_eq!(finding["credibility"]["grade"], 2);
    let shown = week.shown(&["finding", &id]);
    for words in [
        "CREDIBILITY: 2 probably true",
        "graded 2 by ann on",
        "Pictures (computed: 3)",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
    // A second grade takes the place of the first, and its undoing gives that back.
    let second = week.run(&["grade", &id, "5", "--why", "Forged", "--who", "Bo"]);
    second.ends(0, &["of ann counts no longer", "by Bo"]);
    assert_eq!(week.belarus()["credibility"]["grade"], 5);
    week.run(&["undo", &second.judgement()])
        .ends(0, &["it said: finding", "of ann counts again"]);
    assert_eq!(week.belarus()["credibility"]["grade"], 2);
    week.judge(&["undo", &first.judgement()]);
    is_as_before(&week, &before, 4);
}

#[test]
fn the_grade_of_a_source_is_shown_and_moves_no_finding() {
    let week = Week::new();
    let before = week.findings(&[]);
    let grade = |week: &Week| text(&week.json(&["sources", REVIEW])[0]["reliability"]);
    assert_eq!(grade(&week), "F");
    let ran = week.run(&["grade", "--source", REVIEW, "b", "--why", "Seldom wrong"]);
    ran.ends(0, &["(Q3152514) as a source is graded B"]);
    assert_eq!(grade(&week), "B");
    is_as_before(&week, &before, 1);
    week.judge(&["undo", &ran.judgement()]);
    assert_eq!(grade(&week), "F");
}

#[test]
fn a_rejected_claim_counts_in_no_finding_and_stays() {
    let week = Week::new();
    let before = week.findings(&[]);
    let comment = text(
        &week
            .json(&["claims", "--source", "Coastline Post"])
            .iter()
            .find(|claim| claim["status"] == "operating")
            .unwrap()["id"],
    );
    assert!(week.belarus()["erosion"].to_string().contains(&comment));
    let ran = week.run(&["reject", &comment[..8], "--why", "It is a comment"]);
    ran.ends(
        0,
        &[
            "is rejected",
            "Coastline Post: “Iran produces drones",
            "it counts in no finding",
        ],
    );
    for finding in week.findings(&[]) {
        assert!(!finding.to_string().contains(&comment), "{finding}");
    }
    assert_eq!(counts(&week.belarus())[3], 18);

    let said = "rejected by ann on ";
    let claims = week.json(&["claims"]);
    let judged: Vec<&Value> = claims
        .iter()
        .filter(|claim| claim["judged"].is_object())
        .collect();
    assert_eq!((claims.len(), judged.len()), (129, 1));
    assert_eq!(judged[0]["judged"]["verdict"], "rejected");
    assert_eq!(judged[0]["judged"]["why"], "It is a comment");
    let report = text(&judged[0]["report"]["id"]);
    for args in [
        &["claims", "--report", &report][..],
        &["report", &report],
        &["explain", &comment],
    ] {
        let shown = week.shown(args);
        assert!(
            shown.contains(said) && shown.contains("“It is a comment”"),
            "{shown}"
        );
    }
    let sum = week.shown(&["claims", "--report", &report]);
    assert!(
        sum.ends_with("1 claim in 1 report; 1 claim rejected, in no finding"),
        "{sum}"
    );
    let csv = week
        .run(&["claims", "--report", &report, "--format", "csv"])
        .out;
    assert!(
        csv.trim_end().ends_with(",rejected,ann,It is a comment"),
        "{csv}"
    );

    // Who accepts it after all overrules that; both stand in the list.
    let accepted = week.run(&["accept", &comment, "--who", "Bo"]);
    accepted.ends(0, &["is accepted", "of ann counts no longer", "by Bo"]);
    assert_eq!(counts(&week.belarus())[3], 19);
    assert!(
        week.shown(&["report", &report])
            .contains("accepted by Bo on ")
    );
    for judged in [&accepted, &ran] {
        week.judge(&["undo", &judged.judgement()]);
    }
    is_as_before(&week, &before, 4);
    assert!(!week.shown(&["report", &report]).contains("rejected"));
}

#[test]
fn a_doubt_about_a_rejected_claim_counts_for_nothing() {
    let week = Week::new();
    let jets = || {
        week.findings(&["--about", "Su-35", "--limit", "1"])
            .remove(0)
    };
    let stances = week.json(&["claims", "--kind", "stance"]);
    let stance = text(&stances[0]["id"]);
    let about = text(&stances[0]["roles"]["about"][0]["claim"]);
    let told = |finding: &Value| {
        let all = finding["against"].to_string();
        (all.contains(&about), all.contains(&stance))
    };
    assert_eq!(
        told(&jets()),
        (true, false),
        "one doubt, told by the claim it is about"
    );
    let id = week.judge(&["reject", &about, "--why", "Misread"]);
    assert_eq!(told(&jets()), (false, false));
    week.judge(&["undo", &id]);
    assert_eq!(told(&jets()), (true, false));
}

#[test]
fn what_contradicts_is_refused_with_what_is_in_the_way() {
    let week = Week::new();
    // Directly.
    week.judge(&["differ", "Ukraine", "Belarus", "--why", "Two states"]);
    week.run(&["same", "Belarus", "Ukraine"]).ends(
        6,
        &["of ann holds them apart (“Two states”): undo it first"],
    );
    // Through a third.
    week.judge(&["merge", "Plain Feed", "Ukraine", "--why", "Trial"]);
    week.run(&["merge", "Plain Feed", "Belarus", "--why", "Trial"])
        .ends(6, &["holds them apart (“Two states”)"]);
    // Parting what others make one.
    week.judge(&["merge", "Steppe Monitor", "Ukraine", "--why", "Trial"]);
    week.run(&["differ", "Plain Feed", "Steppe Monitor", "--why", "No"])
        .ends(6, &["they are one by judgement", "undo one of these first"]);
    // Origins and findings likewise.
    let [review, copy, wire] = [REVIEW, "The Lowland Courier", "Steppe Monitor"]
        .map(|name| week.claims_of(name)[0].clone());
    week.judge(&["differ", &review, &copy, "--origin", "--why", "Two"]);
    week.run(&["same", &copy, &review, "--origin"])
        .ends(6, &["holds them apart (“Two”)"]);
    week.judge(&["same", &wire, &review, "--origin"]);
    week.run(&["same", &wire, &copy, "--origin"])
        .ends(6, &["holds them apart (“Two”)"]);
    let kept = week.run(&["judgements"]).out;
    let heads = kept.lines().filter(|line| !line.starts_with(' ')).count();
    assert_eq!(heads, 5, "nothing refused is written: {kept}");
}

#[test]
fn undoing_has_no_undoing_and_is_done_once() {
    let week = Week::new();
    let made = week.judge(&["merge", "Plain Feed", REVIEW, "--why", "Its bot"]);
    let undone = week.judge(&["undo", &made, "--why", "It was not"]);
    assert_ne!(made, undone);
    week.run(&["undo", &undone]).ends(
        6,
        &["is itself an undoing: make the judgement it undid again"],
    );
    week.run(&["undo", &made])
        .ends(0, &["it was undone by judgement", "nothing was added"]);
    let again = week.judge(&["merge", "Plain Feed", REVIEW, "--why", "Its bot"]);
    assert_ne!(made, again, "made again it is another judgement");
    let list = week.shown(&["judgements"]);
    for words in [
        "is undone",
        "undone by judgement",
        "“It was not”",
        "“Its bot”",
    ] {
        assert!(list.contains(words), "no {words} in {list}");
    }
    assert_eq!(counts(&week.belarus())[2], 0);
}

#[test]
fn what_is_not_there_is_said_with_a_way_out() {
    let week = Week::new();
    let before = week.findings(&[]);
    let finding = text(&week.belarus()["id"]);
    week.run(&["judgements"])
        .ends(1, &["nothing was judged yet"]);
    for (args, words) in [
        (
            &["accept", "ffffffffffffffff"][..],
            "sayso claims shows an id before",
        ),
        (
            &["reject", "ffffffff", "--why", "x"],
            "no claim's id begins with ffffffff",
        ),
        (
            &["reject", &finding, "--why", "x"],
            "no claim's id begins with",
        ),
        (
            &["same", "ffffffffffffffff", &finding],
            "there is no claim or finding ffffffffffffffff in this ledger",
        ),
        (
            &["differ", "claim:ffffffff", &finding, "--why", "x"],
            "there is no claim ffffffff",
        ),
        (
            &["grade", "ffffffffffffffff", "2", "--why", "x"],
            "sayso findings shows the ids",
        ),
        (
            &["grade", "--source", "Nobody At All", "A", "--why", "x"],
            "a name that reports may use some day is written name:Nobody At All",
        ),
        (
            &["merge", "Nowhere Nobody", "Iran", "--why", "x"],
            "knows Nowhere Nobody",
        ),
        (
            &["merge", "Q99999999999", "Iran", "--why", "x"],
            "nothing has the id Q99999999999",
        ),
        (
            &["split", "Nowhere Nobody", "Iran", "--why", "x"],
            "knows Nowhere Nobody",
        ),
        (&["undo", "ffff"], "sayso judgements shows them"),
        (&["finding", "ffff"], "no finding whose id begins with ffff"),
        // Several can be meant.
        (
            &["reject", "0", "--why", "x"],
            "the ids of several claims begin with 0; give more",
        ),
        (
            &["grade", "1", "2", "--why", "x"],
            "the ids of several findings begin with 1",
        ),
        (
            &["merge", "Springfield", "Iran", "--why", "x"],
            "Springfield can mean several things; write the id of one",
        ),
    ] {
        week.run(args).ends(1, &[words]);
    }
    assert_eq!(week.findings(&[]), before);
    week.run(&["judgements"]).ends(1, &[]);
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_written() {
    let week = Week::new();
    let finding = text(&week.belarus()["id"]);
    let claim = week.claims_of(REVIEW)[0].clone();
    for (args, words) in [
        (
            &["grade", &finding, "7", "--why", "x"][..],
            "a finding is graded 1 to 6, not 7",
        ),
        (
            &["grade", &finding, "0", "--why", "x"],
            "a finding is graded 1 to 6, not 0",
        ),
        (
            &["grade", &finding, "B", "--why", "x"],
            "a finding is graded 1 to 6, not B",
        ),
        (
            &["grade", "--source", REVIEW, "G", "--why", "x"],
            "a source is graded A to F, not G",
        ),
        (
            &["grade", "--source", REVIEW, "2", "--why", "x"],
            "a source is graded A to F, not 2",
        ),
        (
            &["grade", "2", "--why", "x"],
            "give a finding's id and a grade",
        ),
        (&["grade", &finding, "2"], "--why"),
        (&["reject", &claim], "--why"),
        (
            &["reject", &claim, "--why", "  "],
            "this judgement needs a reason: give it with --why",
        ),
        (&["differ", "Iran", "Russia"], "--why"),
        (&["split", "Iran", "Persia"], "--why"),
        (&["merge", "Persia", "Iran"], "--why"),
        (
            &["accept", &claim, "--who", ""],
            "a judgement needs someone who makes it",
        ),
        (
            &["accept", &claim, "--who", " "],
            "a judgement needs someone who makes it",
        ),
        (
            &["accept", &claim, "--who", "Ann\nBo"],
            "--who holds a control character",
        ),
        (
            &["accept", &claim, "--who", "\x1b[31mAnn"],
            "--who holds a control character",
        ),
        (
            &["reject", &claim, "--why", "red \x1b]0;title\x07"],
            "--why holds a control character",
        ),
        (
            &["merge", "Iran", "Iran", "--why", "x"],
            "both mean Iran (Q794)",
        ),
        (
            &["merge", "Yelabuz", "Yelabuga", "--why", "x"],
            "write name:... to judge a name apart from what it means",
        ),
        (&["same", &claim, &claim], "is one thing: name two"),
        (&["same", &claim, "Iran"], "are not of one kind"),
        (
            &["same", "Iran", "Russia", "--origin"],
            "--origin compares two claims",
        ),
        (&["merge", "...", "Iran", "--why", "x"], "is no name"),
        (&["undo", ""], "a value is required"),
    ] {
        week.run(args).ends(2, &[words]);
    }
    let long = "x".repeat(2_001);
    week.run(&["reject", &claim, "--why", &long])
        .ends(2, &["--why is longer than 2000 characters: say it shorter"]);
    let nobody = week
        .command(&["accept", &claim])
        .env_remove("USER")
        .env_remove("LOGNAME")
        .env_remove("USERNAME")
        .output()
        .unwrap();
    week::Ran::from(nobody).ends(2, &["say who judges with --who"]);
    week.run(&["judgements"])
        .ends(1, &["nothing was judged yet"]);
    Week::empty()
        .run(&["accept", &claim])
        .ends(3, &["there is no ledger"]);
}

#[test]
fn names_that_a_terminal_would_obey_are_shown_harmless() {
    let week = Week::new();
    let claim = week.claims_of(REVIEW)[0].clone();
    let (turned, isolated) = ("Ann\u{202e}nnA", "\u{2066}because\u{200f} of it");
    let ran = week.run(&["reject", &claim, "--who", turned, "--why", isolated]);
    let finding = text(&week.belarus()["id"]);
    let graded = week.run(&["grade", &finding, "4", "--who", turned, "--why", isolated]);
    let merged = week.run(&["merge", "name:evil\u{202e}live", "Iran", "--why", isolated]);
    let report = text(&week.json(&["claims"])[0]["report"]["id"]);
    let mut shown: Vec<String> = [&ran, &graded, &merged]
        .map(|ran| ran.ends(0, &[]).out.clone())
        .to_vec();
    for args in [
        &["judgements"][..],
        &["finding", &finding],
        &["findings"],
        &["findings", "--format", "csv"],
        &["findings", "--format", "jsonl"],
        &["claims"],
        &["claims", "--format", "csv"],
        &["claims", "--format", "jsonl"],
        &["report", &report],
        &["entity", "Iran"],
        &["sources"],
    ] {
        shown.push(week.run(args).ends(0, &[]).out.clone());
    }
    let bad = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\x1b');
    for out in &shown {
        let at = out.find(bad).map(|at| &out[at.saturating_sub(40)..at]);
        assert_eq!(at, None);
    }
    assert!(shown.iter().any(|out| out.contains("by AnnnnA")));
    // Programs get the very name.
    let judged = week.json(&["claims"]);
    let judged = judged.iter().find(|claim| claim["judged"].is_object());
    assert_eq!(judged.unwrap()["judged"]["who"], turned);
}

#[test]
fn judgements_of_another_ledger_change_nothing_here() {
    let (week, other) = (Week::new(), Week::empty());
    other.file(
        "a.txt",
        "title: Jets\npublisher: The Daily Example\npublished: 2023-08-02\n\nTurkey delivered 24 drones to Poland in May 2022.\n",
    );
    other.run(&["read", "a.txt"]).ends(0, &[]);
    let finding = text(&week.belarus()["id"]);
    let claim = week.claims_of(REVIEW)[0].clone();
    for args in [
        &["reject", &claim, "--why", "x"][..],
        &["grade", &finding, "2", "--why", "x"],
        &["same", &claim, &finding],
        &["same", &claim, &claim, "--origin"],
    ] {
        other.run(args).ends(1, &[]);
    }
    // A name of the other ledger alone can be judged, once it is written as a name.
    other
        .run(&["grade", "--source", "Plain Feed", "C", "--why", "x"])
        .ends(1, &["is written name:Plain Feed"]);
    other.judge(&["grade", "--source", "name:Plain Feed", "C", "--why", "x"]);
}

#[test]
fn judgements_upon_judgements_are_taken_back_one_by_one() {
    let week = Week::new();
    let before = week.findings(&[]);
    let finding = text(&week.belarus()["id"]);
    let [review, copy] =
        [REVIEW, "The Lowland Courier"].map(|name| week.claims_of(name)[0].clone());
    let made: Vec<String> = [
        &["merge", "Plain Feed", REVIEW, "--why", "Its bot"][..],
        &[
            "differ",
            &review,
            &copy,
            "--origin",
            "--why",
            "It asked for itself",
        ],
        &["grade", &finding, "2", "--why", "Pictures"],
        &["differ", &copy, &finding, "--why", "Another matter"],
        &["reject", &review, "--why", "Misread"],
        &["merge", "Yelabuga", "Homiel", "--why", "To see it"],
    ]
    .map(|args| week.judge(args))
    .to_vec();
    assert_ne!(week.findings(&[]), before);
    // In any order.
    for at in [3, 0, 5, 1, 4, 2] {
        week.judge(&["undo", &made[at]]);
    }
    is_as_before(&week, &before, 12);
}

#[test]
fn what_was_misread_is_corrected_and_the_reading_stays() {
    let week = Week::new();
    let before = week.findings(&[]);
    let at =
        |place: &str| week.findings(&["--kind", "production", "--about", "Iran", "--place", place]);
    let dushanbe = at("Dushanbe");
    let plant = dushanbe.iter().find(|it| it["publishers"] == 5).unwrap();
    assert!(at("Minsk").is_empty());
    let claim = text(&plant["claims"][0]);
    let read = week.json(&["claims", "--place", "Dushanbe"]);

    let ran = week.run(&["correct", &claim, "place", "Minsk", "--why", "A slip"]);
    ran.ends(0, &["the place is Minsk (geonames:625144)", "by ann"]);
    let moved = at("Minsk");
    assert_eq!(moved.len(), 1, "{moved:#?}");
    assert!(has(&moved[0], &claim));
    // It lies in Belarus, and counts for what is said of that.
    assert_eq!(
        moved[0]["proposition"]["place"][0]["entity"],
        "geonames:625144"
    );
    assert!(has(&week.belarus(), &claim));
    assert!(at("Dushanbe").iter().all(|finding| !has(finding, &claim)));
    week.run(&["explain", &claim]).ends(
        0,
        &[
            "corrected: the place is Minsk (geonames:625144) by ann",
            "Dushanbe",
        ],
    );
    // What was read is what it was.
    assert_eq!(week.json(&["claims", "--place", "Dushanbe"]), read);

    // A later answer on the same field stands; another field is another question.
    let again = week
        .run(&["correct", &claim, "place", "", "--why", "None is named"])
        .judgement();
    let status = week
        .run(&["correct", &claim, "status", "planned", "--why", "Not yet"])
        .judgement();
    assert!(at("Minsk").is_empty());
    week.run(&["correct", &claim, "status", "delivered", "--why", "x"])
        .ends(2, &["status is one of proposed, negotiating"]);
    week.run(&["correct", &claim, "recipient", "Iran", "--why", "x"])
        .ends(2, &["has no recipient: it has producer"]);
    week.run(&["undo", &status]).ends(0, &[]);
    week.run(&["undo", &again]).ends(0, &[]);
    // The first is overruled by one that is undone: it stands again.
    let first = ran.judgement();
    assert_eq!(at("Minsk").len(), 1);
    week.run(&["undo", &first]).ends(0, &[]);
    is_as_before(&week, &before, 6);
}
