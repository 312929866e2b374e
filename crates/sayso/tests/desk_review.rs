//! The queue at the desk, what was judged there, and feeds of what is new.
#![allow(clippy::unwrap_used)]

mod open;
mod week;

use std::collections::BTreeSet;

use feed_rs::parser;
use open::{Answer, Open};
use serde_json::Value;
use week::{Week, origins, text};

struct Desk {
    week: Week,
    open: Open,
    token: String,
}

impl Desk {
    fn over(week: Week) -> Self {
        let open = Open::new(&week, &["--as", "Ann"]);
        let token = open.get("/review").token();
        Self { week, open, token }
    }

    fn new() -> Self {
        Self::over(Week::new())
    }

    fn post(&self, act: &str, more: &[(&str, &str)]) -> Answer {
        let mut all = vec![("token", self.token.as_str()), ("act", act)];
        all.extend(more);
        self.open.post("/judge.json", &all)
    }

    /// The judgement's id.
    #[track_caller]
    fn judge(&self, act: &str, more: &[(&str, &str)]) -> String {
        text(&self.post(act, more).json()["judgement"])
    }

    fn json(&self, path: &str) -> Value {
        self.open.get(path).json()
    }

    /// Every claim of the queue with what it is of, page by page.
    fn queue(&self, limit: usize) -> Vec<(String, Option<String>)> {
        let (mut out, mut after) = (Vec::new(), String::new());
        for _ in 0..200 {
            let page = self.json(&format!("/review.json?limit={limit}&after={after}"));
            for entry in page["findings"].as_array().unwrap() {
                let claims = entry["claims"].as_array().unwrap();
                assert!(!entry["why"].as_array().unwrap().is_empty(), "{entry}");
                assert!(
                    !claims.is_empty() || entry["grade_wanted"] == true,
                    "{entry}"
                );
                let finding = text(&entry["finding"]);
                if claims.is_empty() {
                    out.push((finding.clone(), None));
                }
                out.extend(
                    claims
                        .iter()
                        .map(|it| (finding.clone(), Some(text(&it["claim"])))),
                );
            }
            match page["next"].as_str() {
                Some(next) => after = next.to_owned(),
                None => return out,
            }
        }
        panic!("the queue does not end");
    }

    fn has(&self, claim: &str) -> bool {
        let claim = Some(claim.to_owned());
        self.queue(50).iter().any(|(_, it)| *it == claim)
    }
}

#[test]
fn the_queue_is_walked_in_pages_and_has_each_finding_once() {
    let desk = Desk::new();
    let whole = desk.queue(50);
    assert!(whole.len() > 10, "{whole:?}");
    assert_eq!(desk.queue(3), whole);
    let claims: Vec<_> = whole.iter().filter(|(_, claim)| claim.is_some()).collect();
    assert_eq!(claims.len(), claims.iter().collect::<BTreeSet<_>>().len());
    // Disputed ones are in it, and what copying changed.
    let page = desk.open.get("/review.json?limit=50").body;
    for why in [
        "somebody denies it",
        "no origin of it is established",
        "copying changed it: ",
        "it is hedged: ",
    ] {
        assert!(page.contains(why), "{why}");
    }
}

#[test]
fn a_sentence_is_shown_among_its_neighbours_with_the_keys_to_answer() {
    let desk = Desk::new();
    let queue = desk.json("/review.json?limit=50");
    let items = queue["findings"].as_array().unwrap().iter();
    let items: Vec<&Value> = items
        .flat_map(|it| it["claims"].as_array().unwrap())
        .collect();
    for part in ["before", "after"] {
        assert!(items.iter().any(|it| it[part] != ""), "{part}");
    }
    let claims = desk.week.json(&["claims"]);
    for item in items {
        let claim = claims.iter().find(|it| it["id"] == item["claim"]).unwrap();
        let report = desk.week.shown(&["report", &text(&claim["report"]["id"])]);
        let words = |part: &str| {
            let part = text(&item[part]);
            let part = part.trim_matches(|c| c == '…' || c == ' ').to_owned();
            part.split_whitespace()
                .take(4)
                .collect::<Vec<_>>()
                .join(" ")
        };
        for part in ["before", "quote", "after"] {
            assert!(
                report.contains(&words(part)),
                "{part} of {item} in {report}"
            );
        }
    }
    let page = desk.open.get("/review").body;
    for button in [
        "data-key=\"a\"",
        "data-key=\"r\"",
        "data-key=\"n\"",
        "data-item",
        "<mark>",
    ] {
        assert!(page.contains(button), "{button}");
    }
}

#[test]
fn what_is_answered_leaves_the_queue_and_undoing_brings_it_back() {
    let desk = Desk::new();
    let claim = desk.week.claims_of("Steppe Monitor").remove(0);
    let id = text(&desk.week.belarus()["id"]);
    let finding = || desk.json(&format!("/finding/{id}.json"));
    assert!(desk.has(&claim));
    for (act, verdict) in [
        ("accept", "accepted"),
        ("unsure", "unsure"),
        ("reject", "rejected"),
    ] {
        let before = desk.week.belarus();
        let judgement = desk.judge(act, &[("a", &claim), ("why", "for the test")]);
        assert!(!desk.has(&claim), "{act}");
        let history = desk.json("/history.json");
        let last = &history["judgements"][0];
        assert_eq!(
            (&last["id"], &last["who"], &last["why"]),
            (
                &judgement.as_str().into(),
                &"Ann".into(),
                &"for the test".into()
            )
        );
        assert!(text(&last["what"]).contains(verdict), "{last}");
        assert_eq!(last["stands"], true);
        if act == "reject" {
            let shown = finding();
            assert!(
                !shown.to_string().contains(&format!("\"{claim}\"")),
                "a rejected claim counts in no finding"
            );
        }
        // The same once more adds nothing.
        let again = desk
            .post(act, &[("a", &claim), ("why", "for the test")])
            .json();
        assert_eq!(again["judgement"], Value::Null, "{again}");
        desk.judge("undo", &[("a", &judgement)]);
        assert!(desk.has(&claim), "{act}");
        let after = desk.week.belarus();
        assert_eq!(
            (&before["claims"], origins(&before)),
            (&after["claims"], origins(&after))
        );
        let history = desk.json("/history.json");
        let undone = &history["judgements"][1];
        assert_eq!(
            (&undone["stands"], &undone["undoable"]),
            (&false.into(), &false.into())
        );
        assert!(
            text(&undone["fate"]).starts_with("undone by judgement "),
            "{undone}"
        );
    }
    let table = desk.open.get("/history.csv").body;
    assert_eq!(table.lines().count(), 7, "{table}");
    assert!(table.starts_with("id,at,who,what,why,fate\n"), "{table}");
}

#[test]
fn a_notice_says_what_was_done_and_offers_the_way_back() {
    let desk = Desk::new();
    let claim = desk.week.claims_of("Steppe Monitor").remove(0);
    let judged = desk.open.post(
        "/judge",
        &[
            ("token", &desk.token),
            ("act", "accept"),
            ("a", &claim),
            ("back", "/review?limit=5#of-findings"),
        ],
    );
    assert_eq!(judged.status, 303);
    let to = judged.header("location").unwrap().to_owned();
    assert!(
        to.starts_with("/review?limit=5&done=") && to.ends_with("#of-findings"),
        "{to}"
    );
    let page = desk.open.get(to.split('#').next().unwrap()).body;
    let notice = page
        .split("role=\"status\"")
        .nth(1)
        .unwrap()
        .split("</form>")
        .next()
        .unwrap()
        .to_owned();
    assert!(
        notice.contains(&format!("claim {claim} is accepted")),
        "{notice}"
    );
    assert!(
        notice.contains("value=\"undo\"") && notice.contains("data-key=\"u\""),
        "{notice}"
    );
    // Words of others are not shown by an address.
    let forged = desk.open.get("/review?done=%3Cb%3EYou%20won").body;
    assert!(!forged.contains("You won") && !forged.contains("role=\"status\""));
}

#[test]
fn a_graded_finding_and_joined_claims_are_as_people_say() {
    let desk = Desk::new();
    let id = text(&desk.week.belarus()["id"]);
    let refused = desk.post("grade", &[("a", &id), ("grade", "2")]);
    assert_eq!(refused.status, 400, "{refused:?}");
    assert_eq!(
        desk.post("grade", &[("a", &id), ("grade", "9"), ("why", "x")])
            .status,
        400
    );
    assert_eq!(
        desk.post(
            "grade",
            &[("a", "ffffffffffffffff"), ("grade", "2"), ("why", "x")]
        )
        .status,
        404
    );
    assert_eq!(desk.post("undo", &[("a", "ffffffffffffffff")]).status, 404);
    assert_eq!(desk.post("bless", &[("a", &id)]).status, 400);
    desk.judge(
        "grade",
        &[("a", &id), ("grade", "2"), ("why", "pictures show it")],
    );
    assert_eq!(desk.week.belarus()["credibility"]["grade"], 2);
    let claims = desk.week.claims_of("Steppe Monitor");
    let other = desk.week.claims_of("Coastline Post").remove(0);
    let before = origins(&desk.week.belarus());
    let apart = desk.judge(
        "differ_origin",
        &[("a", &claims[0]), ("b", &other), ("why", "each was there")],
    );
    desk.judge("undo", &[("a", &apart)]);
    assert_eq!(origins(&desk.week.belarus()), before);
}

#[test]
fn names_that_may_be_of_one_bearer_are_proposed_joined_and_held_apart() {
    let week = Week::empty();
    week.file("a.txt", "Korvin Dynamics delivered 20 drones to Armenia, the defence ministry of Armenia said on 3 May 2023. The drones will be used on the border.");
    week.file("b.txt", "Korvin Dynamics Ltd supplies drones to Georgia, the Daily Example reported. Georgia ordered the drones in March 2023.");
    week.run(&["read", "a.txt", "b.txt"]).ends(0, &[]);
    let desk = Desk::over(week);
    let names = || {
        desk.json("/review.json")["names"]
            .as_array()
            .unwrap()
            .clone()
    };
    let both = names();
    let pair = both
        .iter()
        .find(|pair| text(&pair["b"]["name"]).contains("Korvin"))
        .unwrap_or_else(|| panic!("{both:?}"));
    let (a, b) = (text(&pair["a"]["key"]), text(&pair["b"]["key"]));
    assert!(pair["share"].as_f64().unwrap() >= 0.8 && pair["why"] != "");
    let judgement = desk.judge("same", &[("a", &a), ("b", &b)]);
    assert!(names().is_empty());
    desk.judge("undo", &[("a", &judgement)]);
    assert_eq!(names(), both);
    assert_eq!(desk.post("differ", &[("a", &a), ("b", &b)]).status, 400);
    desk.judge("differ", &[("a", &a), ("b", &b), ("why", "a namesake")]);
    assert!(names().is_empty());
    // What is held apart is not joined.
    assert_eq!(desk.post("same", &[("a", &a), ("b", &b)]).status, 409);
}

fn feed(answer: &Answer) -> feed_rs::model::Feed {
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/atom+xml"))
    );
    parser::parse(answer.body.as_bytes()).unwrap()
}

#[test]
fn a_feed_tells_of_all_four_sorts_of_events() {
    let desk = Desk::new();
    let feed = feed(&desk.open.get("/findings.atom"));
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
    let sorts: BTreeSet<&str> = (feed.entries.iter())
        .flat_map(|entry| entry.categories.iter().map(|it| it.term.as_str()))
        .collect();
    assert_eq!(
        sorts,
        BTreeSet::from([
            "first-denial",
            "new-finding",
            "new-origin",
            "status-advanced"
        ])
    );
    let ids: BTreeSet<&str> = feed.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(
        ids.len(),
        feed.entries.len(),
        "an entry has an id of its own"
    );
    let days: Vec<_> = feed
        .entries
        .iter()
        .map(|entry| entry.updated.unwrap())
        .collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "{days:?}");
    assert_eq!(feed.updated, days.first().copied());
    for entry in feed.entries.iter().take(5) {
        let to = &entry.links[0].href;
        let path = to
            .strip_prefix(&format!("http://{}", desk.open.host))
            .unwrap();
        assert_eq!(desk.open.get(path).status, 200, "{to}");
    }
    // Iran denies what is said of Belarus, in the report of 3 August.
    let id = text(&desk.week.belarus()["id"]);
    let denied = feed
        .entries
        .iter()
        .find(|entry| entry.id == format!("urn:sayso:{id}:first-denial:Iran"));
    assert_eq!(
        denied.unwrap().updated.unwrap().to_rfc3339(),
        "2023-08-03T00:00:00+00:00"
    );
    // What the search leaves out is not told.
    let about =
        |feed: &feed_rs::model::Feed| feed.entries.iter().filter(|it| it.id.contains(&id)).count();
    assert!(about(&feed) >= 4);
    let later = self::feed(&desk.open.get("/findings.atom?kind=transfer"));
    assert_eq!(about(&later), 0);
}

#[test]
fn a_search_is_saved_watched_and_forgotten() {
    let desk = Desk::new();
    let save = |token: &str, name: &str, asked: &str| {
        desk.open
            .post(
                "/watch",
                &[("token", token), ("name", name), ("asked", asked)],
            )
            .status
    };
    let asked = "kind=production&place=Belarus";
    assert_eq!(save("guessed", "Belarus", asked), 403);
    assert_eq!(save(&desk.token, "", asked), 400);
    assert_eq!(
        save(
            &desk.token,
            "Backwards",
            "since=2023-09-01&until=2023-01-01"
        ),
        400
    );
    assert_eq!(desk.json("/watch.json")["searches"], serde_json::json!([]));
    assert_eq!(save(&desk.token, "<b>Belarus</b> & co", asked), 303);
    let page = desk.open.get("/watch").body;
    assert!(
        page.contains("&lt;b&gt;Belarus&lt;/b&gt; &amp; co") && page.contains("/watch/1.atom"),
        "{page}"
    );
    let saved = feed(&desk.open.get("/watch/1.atom"));
    assert_eq!(saved.title.unwrap().content, "sayso: <b>Belarus</b> & co");
    let same = feed(&desk.open.get(&format!("/findings.atom?{asked}")));
    let ids = |entries: &[feed_rs::model::Entry]| {
        entries.iter().map(|it| it.id.clone()).collect::<Vec<_>>()
    };
    assert!(!saved.entries.is_empty());
    assert_eq!(ids(&saved.entries), ids(&same.entries));
    assert_eq!(
        desk.json("/watch/1.json")["events"]
            .as_array()
            .unwrap()
            .len(),
        saved.entries.len()
    );
    assert_eq!(desk.open.get("/watch/7.atom").status, 404);
    let forget = desk
        .open
        .post("/watch", &[("token", &desk.token), ("forget", "1")]);
    assert_eq!(forget.status, 303);
    assert_eq!(desk.open.get("/watch/1.atom").status, 404);
}
