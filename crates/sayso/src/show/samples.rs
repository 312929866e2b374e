//! Claims made by hand that fill every field, after the rows of the worked example, and what they look like.

use std::sync::Arc;

use sayso_ledger::{Head, Stored, StoredReport, Versions};
use sayso_records::*;

use sayso_desk::{contract, rows::Rows};

use super::{Paint, Screen, table::Table};

const TEXT: &str = "Factories for Belarus

The Institute for the Study of War (ISW) reported on Monday that Ukraine claims Iranian engineers may be converting more \
than two factories in Homiel, Belarus, in exchange for Su-35 fighter jets. Iran reportedly received cyber weapons from \
Russia through the Middle East in May 2022. Iranian officials doubt it.";

fn at(words: &str) -> Span<Byte> {
    let start = TEXT.find(words).unwrap_or_default();
    Span::new(start, start + words.len())
}

fn filler(text: &str, name: &str, kind: EntityType) -> Filler {
    Filler {
        text: text.into(),
        span: at(text),
        name: name.into(),
        entity: match name {
            "Iran" => Some("Q794"),
            "Russia" => Some("Q159"),
            _ => None,
        }
        .map(|id| Entity {
            id: id.into(),
            name: name.into(),
        }),
        kind,
        implied: false,
        claim: None,
    }
}

fn other(id: &str) -> Filler {
    Filler {
        claim: Some(ClaimId(id.into())),
        span: Span::new(0, 0),
        text: String::new(),
        name: String::new(),
        ..filler("", "", EntityType::Other)
    }
}

fn source(text: &str, name: &str, cue: &str, kind: EntityType) -> Attribution {
    Attribution {
        text: text.into(),
        span: at(text),
        name: name.into(),
        entity: (name.len() > 20).then(|| Entity {
            id: "Q3152514".into(),
            name: name.into(),
        }),
        kind,
        unnamed: false,
        cue: cue.into(),
    }
}

fn claim(id: &str, kind: &str, from: &str, to: &str, roles: Vec<(&str, Vec<Filler>)>) -> Claim {
    let span = Span::new(at(from).start as usize, at(to).end as usize);
    Claim {
        id: ClaimId(id.into()),
        report: ReportId("3af60aa1f0212152".into()),
        kind: kind.into(),
        roles: (roles.into_iter())
            .map(|(role, who)| (role.into(), who))
            .collect(),
        place: Vec::new(),
        time: None,
        quantity: Vec::new(),
        status: None,
        polarity: Polarity::Affirmed,
        certainty: Certainty::Stated,
        sources: Vec::new(),
        evidence: Evidence {
            span,
            quote: span.of(TEXT).into(),
        },
        explanation: Vec::new(),
    }
}

/// Three claims of one report: the first fills everything.
pub(super) fn claims() -> Vec<Stored> {
    use EntityType::*;
    let iran = || filler("Iran", "Iran", State);
    let mut full = claim(
        "73c13644215e3231",
        "production",
        "The Institute",
        "fighter jets.",
        vec![
            (
                "producer",
                vec![Filler {
                    text: "Iranian engineers".into(),
                    span: at("Iranian engineers"),
                    ..iran()
                }],
            ),
            (
                "partner",
                vec![Filler {
                    implied: true,
                    ..filler("Belarus", "Belarus", State)
                }],
            ),
            (
                "product",
                vec![Filler {
                    span: Span::new(0, 0),
                    implied: true,
                    ..filler("drones", "drone", System)
                }],
            ),
            ("exchange", vec![other("742e4a46a85543e6")]),
        ],
    );
    full.place = vec![PlaceRef {
        text: "Homiel".into(),
        span: at("Homiel"),
        within: vec!["Belarus".into()],
        name: "Homyel'".into(),
        entity: Some(Entity {
            id: "geonames:627907".into(),
            name: "Homyel'".into(),
        }),
        country: Some("BY".into()),
        point: Some((52.4345, 30.9754)),
        precision: Precision::City,
    }];
    full.time = Some(TimeRef {
        text: "on Monday".into(),
        span: at("on Monday"),
        interval: Some(Interval {
            start: Some("2023-07-31".into()),
            end: Some("2023-07-31".into()),
        }),
        granularity: Granularity::Day,
    });
    full.quantity = vec![Quantity {
        text: "more than two factories".into(),
        span: at("more than two factories"),
        value: 2.0,
        upper: Some(3.5),
        unit: Some("factory".into()),
        bound: Bound::AtLeast,
    }];
    full.status = Some("converting".into());
    full.certainty = Certainty::Claimed;
    full.polarity = Polarity::Denied;
    full.sources = vec![
        source(
            "The Institute for the Study of War (ISW)",
            "Institute for the Study of War",
            "reported",
            Organisation,
        ),
        source("Ukraine", "Ukraine", "claims", State),
    ];
    full.explanation = vec![
        Reason {
            field: "kind".into(),
            rule: "production.toml#convert".into(),
            words: "converting".into(),
        },
        Reason {
            field: "polarity".into(),
            rule: "default".into(),
            words: String::new(),
        },
    ];
    let mut barter = claim(
        "742e4a46a85543e6",
        "transfer",
        "Iran reportedly",
        "May 2022.",
        vec![
            ("supplier", vec![filler("Russia", "Russia", State)]),
            ("recipient", vec![iran()]),
            (
                "item",
                vec![filler("cyber weapons", "cyber weapon", System)],
            ),
            (
                "route",
                vec![filler("the Middle East", "Middle East", Region)],
            ),
        ],
    );
    barter.time = Some(TimeRef {
        text: "in May 2022".into(),
        span: at("in May 2022"),
        interval: Some(Interval {
            start: Some("2022-05-01".into()),
            end: Some("2022-05-31".into()),
        }),
        granularity: Granularity::Month,
    });
    barter.status = Some("delivered".into());
    barter.certainty = Certainty::Reported;
    let mut stance = claim(
        "01be246e00000000",
        "stance",
        "Iranian officials",
        "doubt it.",
        vec![
            (
                "holder",
                vec![filler("Iranian officials", "Iranian officials", Person)],
            ),
            ("attitude", vec![filler("doubt", "doubt", Other)]),
            ("about", vec![other("742e4a46a85543e6")]),
        ],
    );
    stance.sources = vec![Attribution {
        unnamed: true,
        ..source("Iranian officials", "official", "doubt", Person)
    }];
    let head = Arc::new(Head {
        id: ReportId("3af60aa1f0212152".into()),
        title: Some("Factories for Belarus".into()),
        publisher: Some("The Daily Example".into()),
        published: Some("2023-08-02".into()),
        url: Some("https://daily.example/factories".into()),
        language: Some("en".into()),
        address: "factories.html".into(),
    });
    [full, barter, stance]
        .into_iter()
        .map(|claim| Stored {
            claim,
            report: head.clone(),
            versions: Arc::new(versions()),
            reading: 1,
        })
        .collect()
}

fn versions() -> Versions {
    Versions {
        codebook: "1".into(),
        model: "en-1".into(),
        gazetteer: "1".into(),
        reader: "0.1.0".into(),
    }
}

fn shown(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut out = Vec::new();
    write(&mut out);
    // Colours as people can read them in a snapshot.
    String::from_utf8_lossy(&out).replace('\x1b', "␛")
}

#[allow(clippy::unwrap_used)]
fn table(width: usize, colour: bool) -> String {
    shown(|out| {
        let screen = Screen {
            width,
            paint: Paint(colour),
        };
        let mut table = Table::new(out, screen);
        claims()
            .iter()
            .for_each(|claim| table.row(claim, None).unwrap());
        assert_eq!(table.end().unwrap(), 3);
    })
}

#[test]
fn a_table_on_a_wide_terminal() {
    insta::assert_snapshot!(table(100, false));
}

#[test]
fn a_table_on_a_narrow_terminal() {
    insta::assert_snapshot!(table(80, false));
}

#[test]
fn a_table_without_room_for_columns() {
    insta::assert_snapshot!(table(50, false));
}

#[test]
fn a_table_in_colour() {
    insta::assert_snapshot!(table(100, true));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for width in [30, 50, 75, 76, 80, 91, 92, 100, 120] {
        for line in table(width, false).lines() {
            assert!(super::columns(line) <= width, "{width}: {line:?}");
            assert_eq!(line, line.trim_end(), "{width}: {line:?}");
        }
    }
}

#[test]
#[allow(clippy::unwrap_used)]
fn the_contract() {
    let seen = shown(|out| {
        claims()
            .iter()
            .for_each(|claim| contract::write(out, claim, None).unwrap());
    });
    insta::assert_snapshot!(seen);
}

#[test]
#[allow(clippy::unwrap_used)]
fn the_contract_hides_nothing_and_obeys_nobody() {
    let mut claim = claims().remove(2);
    let hostile = "\x1b[2J\u{9b}31m \u{202e}x\u{7f} \"q\" \\ é 日 \u{e0041}";
    claim.claim.evidence.quote = hostile.into();
    let line = shown(|out| contract::write(out, &claim, None).unwrap());
    assert!(!line.trim_end().contains(super::is_hostile), "{line:?}");
    let value: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(value["evidence"]["quote"], hostile);
}

#[test]
#[allow(clippy::unwrap_used)]
fn rows_for_a_spreadsheet() {
    let seen = shown(|out| {
        let mut rows = Rows::new(out).unwrap();
        claims()
            .iter()
            .for_each(|claim| rows.row(claim, None).unwrap());
        rows.end().unwrap();
    });
    insta::assert_snapshot!(seen);
}

#[test]
#[allow(clippy::unwrap_used)]
fn a_report_with_its_claims() {
    let stored = StoredReport {
        report: Report {
            id: ReportId("3af60aa1f0212152".into()),
            capture: Sha256::of(b""),
            title: Some("Factories for Belarus".into()),
            byline: Some("A. Writer".into()),
            publisher: Some("The Daily Example".into()),
            published: Some("2023-08-02".into()),
            url: Some("https://daily.example/factories".into()),
            language: Some("en".into()),
            text: TEXT.into(),
            links: Vec::new(),
        },
        address: "factories.html".into(),
        fetched: Some("2026-11-23T00:00:00Z".into()),
        versions: versions(),
    };
    let seen = shown(|out| {
        let screen = Screen {
            width: 80,
            paint: Paint(false),
        };
        super::reading::write(out, screen, &stored, &claims(), &Default::default()).unwrap();
    });
    insta::assert_snapshot!(seen);
}

#[test]
#[allow(clippy::unwrap_used)]
fn a_tree() {
    let text = "Russia may supply jets .";
    let token = |words: &str, upos: Upos, head: u32, rel: &str| {
        let start = text.find(words).unwrap();
        Token {
            span: Span::new(start, start + words.len()),
            tag: "".into(),
            upos,
            lemma: words.into(),
            head,
            rel: rel.into(),
        }
    };
    let sentence = Sentence {
        span: Span::new(0, text.len()),
        tokens: vec![
            token("Russia", Upos::Propn, 2, "nsubj"),
            token("may", Upos::Aux, 2, "aux"),
            token("supply", Upos::Verb, 2, "root"),
            token("jets", Upos::Noun, 2, "obj"),
            token(".", Upos::Punct, 2, "punct"),
        ],
        names: Vec::new(),
    };
    let fields = [
        (Span::new(0, 6), "supplier".to_owned()),
        (Span::new(18, 22), "item".to_owned()),
    ];
    let seen = shown(|out| {
        let screen = Screen {
            width: 80,
            paint: Paint(false),
        };
        super::tree::draw(out, screen, text, &sentence, &fields).unwrap();
    });
    insta::assert_snapshot!(seen);
}

#[test]
fn a_broken_tree_is_drawn_without_end() {
    // Heads that point at each other, or outside: no analyser should give them, and none may hang the program.
    let token = |head: u32| Token {
        span: Span::new(0, 1),
        tag: "".into(),
        upos: Upos::X,
        lemma: "x".into(),
        head,
        rel: "dep".into(),
    };
    let sentence = Sentence {
        span: Span::new(0, 1),
        tokens: vec![token(1), token(0), token(99), token(3)],
        names: Vec::new(),
    };
    let screen = Screen {
        width: 10,
        paint: Paint(false),
    };
    let drawn = shown(|out| {
        let _ = super::tree::draw(out, screen, "x", &sentence, &[]);
    });
    assert_eq!(drawn.lines().count(), 1);
}
