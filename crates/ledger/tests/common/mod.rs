//! What the tests of the store share: a claim with every field filled, and readings around it.
#![allow(dead_code)]

use std::sync::Arc;

use sayso_ledger::{Packed, Reading, Versions};
use sayso_records::*;

pub(crate) const TEXT: &str =
    "Ukraine claims Russia may have delivered more than 1,000 containers to Homiel in May 2022.";

pub(crate) fn versions(codebook: &str) -> Arc<Versions> {
    Arc::new(Versions {
        codebook: codebook.into(),
        model: "en-1".into(),
        gazetteer: "2026-11".into(),
        reader: "0.1.0".into(),
    })
}

fn at(words: &str) -> Span<Byte> {
    let start = TEXT.find(words).expect("words of the text");
    Span::new(start, start + words.len())
}

fn state(text: &str, id: &str) -> Filler {
    Filler {
        text: text.into(),
        span: at(text),
        name: text.into(),
        entity: Some(Entity {
            id: id.into(),
            name: text.into(),
        }),
        kind: EntityType::State,
        implied: false,
        claim: None,
    }
}

/// A claim with every field filled.
pub(crate) fn claim(report: &ReportId) -> Claim {
    let mut claim = Claim {
        id: ClaimId(String::new()),
        report: report.clone(),
        kind: "transfer".into(),
        roles: vec![
            ("supplier".into(), vec![state("Russia", "Q159")]),
            (
                "item".into(),
                vec![Filler {
                    name: "container".into(),
                    text: "containers".into(),
                    span: at("containers"),
                    entity: None,
                    kind: EntityType::Other,
                    implied: true,
                    claim: None,
                }],
            ),
            (
                "exchange".into(),
                vec![Filler {
                    text: String::new(),
                    span: Span::new(0, 0),
                    name: String::new(),
                    entity: None,
                    kind: EntityType::Other,
                    implied: false,
                    claim: Some(ClaimId("00112233445566aa".into())),
                }],
            ),
        ],
        place: vec![PlaceRef {
            text: "Homiel".into(),
            span: at("Homiel"),
            within: vec!["Belarus".into()],
            name: "Homyel'".into(),
            entity: Some(Entity {
                id: "geonames:627907".into(),
                name: "Гомель".into(),
            }),
            country: Some("BY".into()),
            point: Some((52.4345, 30.9754)),
            precision: Precision::City,
        }],
        time: Some(TimeRef {
            text: "in May 2022".into(),
            span: at("in May 2022"),
            interval: Some(Interval {
                start: Some("2022-05-01".into()),
                end: Some("2022-05-31".into()),
            }),
            granularity: Granularity::Month,
        }),
        quantity: vec![Quantity {
            text: "more than 1,000 containers".into(),
            span: at("more than 1,000 containers"),
            value: 1000.0,
            upper: Some(1500.5),
            unit: Some("container".into()),
            bound: Bound::AtLeast,
        }],
        status: Some("delivered".into()),
        polarity: Polarity::Denied,
        certainty: Certainty::Possible,
        sources: vec![Attribution {
            text: "Ukraine".into(),
            span: at("Ukraine"),
            name: "Ukraine".into(),
            entity: Some(Entity {
                id: "Q212".into(),
                name: "Ukraine".into(),
            }),
            kind: EntityType::State,
            unnamed: true,
            cue: "claims".into(),
        }],
        evidence: Evidence {
            span: Span::new(0, TEXT.len()),
            quote: TEXT.into(),
        },
        explanation: vec![Reason {
            field: "roles.supplier".into(),
            rule: "transfer.toml#deliver".into(),
            words: "Russia … delivered".into(),
        }],
    };
    claim.id = claim.identify();
    claim
}

/// Somebody's word that a name means the entity with this id.
pub(crate) fn judgement(id: &str) -> Judgement {
    let key = |text: &str| EntityKey::parse(text).expect("a key");
    let act = Act::Same(Pair::Entities(key("name:росія"), key(id)));
    let why = "Its own language's name.";
    Judgement::new(act, "Ann Example", "2026-11-23T00:00:00.5Z", why).expect("a judgement")
}

/// A report out of `capture`, with one claim.
pub(crate) fn reading(capture: &Capture, part: Option<usize>, codebook: &str) -> Reading {
    let sha256 = capture.sha256();
    let id = ReportId::new(sha256, part);
    Reading {
        capture: Arc::new(Packed::new(capture, sha256)),
        versions: versions(codebook),
        claims: vec![claim(&id)],
        report: Some(Report {
            id,
            capture: sha256,
            title: Some("Title".into()),
            byline: Some("By".into()),
            publisher: Some("The Daily Example".into()),
            published: Some("2023-08-02T09:00:00+02:00".into()),
            url: Some("https://daily.example/a".into()),
            language: Some("en".into()),
            text: TEXT.into(),
            links: vec![Link {
                href: "https://daily.example/b".into(),
                text: "more".into(),
            }],
        }),
        notices: vec![Notice::new(
            NoticeCode::Encoding,
            "a.html",
            "Some bytes were replaced.",
        )],
        at: Some("2026-11-23T00:00:00Z".into()),
        last: true,
    }
}

pub(crate) fn capture(bytes: &str) -> Capture {
    Capture {
        address: format!("https://daily.example/{}", bytes.len()),
        fetched: Some("2026-11-22T00:00:00Z".into()),
        headers: vec![("content-type".into(), "text/html".into())],
        bytes: bytes.into(),
    }
}
