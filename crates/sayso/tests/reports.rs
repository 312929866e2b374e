//! Reports that fit badly: dated ahead, dated not at all, and one address with two texts.
#![allow(clippy::unwrap_used)]

mod week;

use week::{Week, text};

const CLAIM: &str = "Turkey delivered 24 drones to Poland in May 2022.";

/// A report of `publisher`, with further lines in its head.
fn report(publisher: &str, head: &str, body: &str) -> String {
    format!(
        "title: Drones\npublisher: {publisher}\n{head}\n{body} The ministry could not be reached for comment.\n"
    )
}

#[test]
fn a_date_still_to_come_is_kept_and_not_believed() {
    let week = Week::empty();
    week.file(
        "ahead.txt",
        &report("The Daily Example", "published: 2093-01-05\n", CLAIM),
    );
    week.file(
        "good.txt",
        &report("The Evening Example", "published: 2022-06-01\n", CLAIM),
    );
    let said = "ahead.txt: the report is dated 2093-01-05, which is still to come; the date is kept but not believed";
    week.run(&["read", "ahead.txt", "good.txt"])
        .ends(0, &[said, "2 reports, 2 claims, 1 notice"]);
    week.run(&["notices"])
        .ends(0, &["bad-metadata ahead.txt", "is dated 2093-01-05"]);
    // The report says what it says; the finding is no older and no younger by it.
    let ahead = &week.json(&["claims", "--source", "Daily Example"])[0];
    assert_eq!(ahead["report"]["published"], "2093-01-05");
    let finding = &week.findings(&[])[0];
    assert_eq!(finding["publishers"], 2);
    assert_eq!(
        [&finding["first_seen"], &finding["last_seen"]],
        ["2022-06-01", "2022-06-01"]
    );
    let shown = week.shown(&["finding", &text(&finding["id"])]);
    assert!(shown.contains("undated The Daily Example"), "{shown}");
    assert!(week.findings(&["--since", "2090"]).is_empty());
}

#[test]
fn a_report_without_a_date_counts_and_is_called_undated() {
    let week = Week::empty();
    week.file(
        "a.txt",
        &report(
            "The Daily Example",
            "",
            "Turkey sold drones to Poland last week.",
        ),
    );
    week.run(&["read", "a.txt"])
        .ends(0, &["1 report, 1 claim, 0 notices"]);
    let finding = &week.findings(&[])[0];
    assert_eq!(finding["publishers"], 1);
    assert!(finding.get("first_seen").is_none());
    let shown = week.shown(&["finding", &text(&finding["id"])]);
    assert!(shown.contains("undated The Daily Example"), "{shown}");
    let claim = &week.json(&["claims"])[0];
    assert!(claim["report"].get("published").is_none());
    assert!(
        claim["time"].get("start").is_none(),
        "\"last week\" of no known week: {claim}"
    );
}

#[test]
fn two_texts_of_one_address_are_kept_and_compared() {
    let week = Week::empty();
    let head = "url: https://daily.example/drones\npublished: 2022-06-01\n";
    let [first, second] = ["24", "42"].map(|n| CLAIM.replace("24", n));
    week.file("first.txt", &report("The Daily Example", head, &first));
    week.file("second.txt", &report("The Daily Example", head, &second));
    week.run(&["read", "first.txt", "second.txt"])
        .ends(0, &["2 reports, 2 claims"]);
    let claims = week.json(&["claims"]);
    assert_eq!(claims.len(), 2, "both are kept");
    let [one, other] = [0, 1].map(|at| text(&claims[at]["report"]["id"]));
    assert_ne!(one, other);
    for (id, minus, plus) in [(&one, "24", "42"), (&other, "42", "24")] {
        let shown = week.shown(&["report", id]);
        for words in [
            "The same address has another text: report ",
            &format!("- Turkey delivered {minus} drones"),
            &format!("+ Turkey delivered {plus} drones"),
        ] {
            assert!(shown.contains(words), "no {words:?} in {shown}");
        }
        assert_eq!(shown.matches("could not be reached").count(), 1, "{shown}");
    }
    let finding = &week.findings(&[])[0];
    assert_eq!(finding["publishers"], 1);
    assert_eq!(finding["origins"].as_array().unwrap().len(), 1, "{finding}");
    assert!(
        finding["erosion"].to_string().contains("42"),
        "what changed is shown: {finding}"
    );
}

/// A record of a WARC file with an answer of a server in it.
fn record(address: &str, body: &str) -> String {
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2022-06-01T09:00:00Z\r\nWARC-Target-URI: {address}\r\n\
        Content-Type: application/http;msgtype=response\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
        block.len()
    )
}

#[test]
fn pages_of_a_crawl_are_reports_with_their_addresses() {
    let week = Week::empty();
    let page = |title: &str| {
        format!(
            "<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{CLAIM} The ministry could not be reached for \
            comment, and the embassy did not answer questions that were sent to it in writing a week before.</p></article></body></html>"
        )
    };
    let crawl = [
        record("https://daily.example/a", &page("Drones for Poland")),
        record("https://evening.example/b", &page("Warsaw buys drones")),
        "something else\r\n".to_owned(),
    ];
    week.file("crawl.warc", &crawl.concat());
    week.run(&["read", "crawl.warc"]).ends(
        5,
        &[
            "2 reports",
            "does not begin as one of WARC does; the 2 pages before it are read",
        ],
    );
    let claims = week.json(&["claims"]);
    let all: Vec<String> = (claims.iter())
        .map(|claim| text(&claim["report"]["url"]) + " " + &text(&claim["report"]["publisher"]))
        .collect();
    for said in [
        "https://daily.example/a daily.example",
        "https://evening.example/b evening.example",
    ] {
        assert!(all.iter().any(|it| it == said), "{all:?}");
    }
    week.run(&["read", "crawl.warc"])
        .ends(5, &["0 reports", "2 inputs read before"]);
}
