#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_records::{Link, Report, ReportId, Sha256};

use super::{Credited, credited};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::bundled().unwrap());
static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::bundled().unwrap());

fn report(publisher: &str, text: &str) -> Report {
    let capture = Sha256::of(text.as_bytes());
    Report {
        id: ReportId::new(capture, None),
        capture,
        title: None,
        byline: None,
        publisher: Some(publisher.into()),
        published: None,
        url: Some("https://daily.example/2023/08/02/plants".into()),
        language: None,
        text: text.into(),
        links: Vec::new(),
    }
}

fn read(report: &Report) -> Credited {
    let reader = SOURCES.reader(report.publisher.as_deref(), report.url.as_deref());
    credited(report, &reader, &GAZETTEER)
}

/// `how who` of each credit, "part" where it speaks for a part of the report.
fn said(report: &Report) -> Vec<String> {
    let credits = read(report).credits.into_iter().map(|credit| {
        let who = credit.who.map_or_else(|| "-".to_owned(), |who| who.name);
        let part = if credit.span.is_some() { " part" } else { "" };
        assert!(!credit.cue.is_empty());
        format!("{} {who}{part}", credit.how)
    });
    credits.collect()
}

#[test]
fn bylines() {
    let mut one = report("The Daily Example", "Iran is building a plant.\n");
    one.byline = Some("Jane Doe, Reuters".into());
    assert_eq!(said(&one), ["byline Reuters"]);
    one.byline = Some("Jane Doe".into());
    assert!(said(&one).is_empty());
    one.publisher = Some("Reuters".into());
    one.byline = Some("Reuters Staff".into());
    assert!(said(&one).is_empty(), "nobody credits himself");
}

#[test]
fn datelines_and_lines_at_the_foot() {
    let text =
        "Plants abroad\nMINSK, Aug 2 (AFP) - Iran is building a plant.\nSource: Lowland Courier\n";
    assert_eq!(
        said(&report("The Daily Example", text)),
        [
            "dateline Agence France-Presse",
            "credit-line Lowland Courier"
        ]
    );
    let text = "Iran is building a plant.\n(With inputs from AP and agencies.)\n";
    let credits = said(&report("The Daily Example", text));
    assert!(
        credits
            .iter()
            .all(|credit| credit.contains("Associated Press")),
        "{credits:?}"
    );
}

#[test]
fn republished() {
    let text = "Iran is building a plant.\nThis article first appeared in The Lowland Courier.\n";
    assert_eq!(
        said(&report("The Daily Example", text)),
        ["republished Lowland Courier"]
    );
}

#[test]
fn citing_speaks_for_its_paragraph() {
    let text = "Iran is building a plant, Reuters reported on Monday.\nA minister told AFP that it is not.\n\"Reuters reported it,\" he said.\n";
    assert_eq!(
        said(&report("The Daily Example", text)),
        ["citing Reuters part", "citing Agence France-Presse part"],
        "whoever is quoted credits for himself"
    );
}

#[test]
fn links() {
    let mut one = report("The Daily Example", "Iran is building a plant.\n");
    let link = |href: &str, text: &str| Link {
        href: href.into(),
        text: text.into(),
    };
    one.links = vec![
        link(
            "https://www.reuters.com/world/plants/?utm_source=x",
            "the report",
        ),
        link("https://reuters.com/world/plants", "here"),
        link("https://daily.example/2023/08/02/plants#top", "top"),
        link("https://daily.example/", "front page"),
        link("https://elsewhere.example/a", ""),
        link("javascript:alert(1)", "x"),
    ];
    assert_eq!(said(&one), ["link Reuters", "link -"]);
    one.links = (0..10_000)
        .map(|n| link(&format!("https://x.example/{n}"), "x"))
        .collect();
    assert_eq!(said(&one).len(), super::MOST);
}

#[test]
fn reporting_of_its_own() {
    let why = |publisher: &str, text: &str| read(&report(publisher, text)).firsthand;
    let shown = why(
        "The Daily Example",
        "Three workers told The Daily Example of the plant.\n",
    );
    assert_eq!(shown.as_deref(), Some("\"told The Daily Example\""));
    assert!(
        why(
            "The Daily Example",
            "Three workers told Reuters of the plant.\n"
        )
        .is_none()
    );
    assert!(
        why(
            "The Daily Example",
            "\"We saw the plant,\" a worker said.\n"
        )
        .is_none()
    );
    assert!(why("The Daily Example", "Iran is building a plant.\n").is_none());
    let body = why(
        "Institute for the Study of War",
        "Iran is building a plant, Reuters reported.\n",
    );
    assert!(body.is_some_and(|why| why.contains("publishes what it found")));
    assert!(why("Washington Post", "Iran is building a plant.\n").is_some());
    assert!(
        why(
            "Washington Post",
            "Iran is building a plant, Reuters reported.\n"
        )
        .is_none(),
        "a known paper that credits another may have all from it"
    );
    assert!(why("Yahoo News", "Iran is building a plant.\n").is_none());
}
