use std::cmp::Ordering;

use super::*;
use crate::ClaimId;

const AT: &str = "2023-08-02T09:30:00Z";

fn key(text: &str) -> EntityKey {
    EntityKey::parse(text).unwrap()
}

fn acts() -> Vec<Act> {
    let (a, b) = ("00112233445566aa".to_owned(), "bb112233445566aa".to_owned());
    let claims = (ClaimId(a.clone()), ClaimId(b.clone()));
    let stated = Pair::Propositions(
        Stated::Claim(claims.0.clone()),
        Stated::Finding(FindingId(b.clone())),
    );
    vec![
        Act::Same(Pair::Entities(key("name:wagner group"), key("Q159"))),
        Act::Differ(Pair::Entities(key("sayso:a"), key("geonames:627907"))),
        Act::Same(stated),
        Act::Differ(Pair::Origins(claims.0.clone(), claims.1.clone())),
        Act::Credibility(FindingId(a), Credibility::new(2).unwrap()),
        Act::Reliability(key("name:daily example"), Reliability::B),
        Act::Accept(claims.0.clone()),
        Act::Unsure(claims.0.clone()),
        Act::Correct(
            claims.0.clone(),
            Correction::parse("status operating").unwrap(),
        ),
        Act::Correct(claims.0.clone(), Correction::parse("partner").unwrap()),
        Act::Correct(
            claims.0,
            Correction::parse("producer <name:a works> A Works").unwrap(),
        ),
        Act::Reject(claims.1),
        Act::Undo(JudgementId(b)),
    ]
}

#[test]
fn every_act_comes_back_from_its_words() {
    for act in acts() {
        let words = act.words();
        let second = words.second.as_deref();
        let back = Act::from_words(words.verb, words.matter, &words.first, second);
        assert_eq!(back, Some(act));
    }
    for (verb, matter, first, second) in [
        ("same", "entity", "Q159", None),
        ("same", "entity", "Q159", Some("Russia")),
        ("same", "planet", "Q159", Some("Q160")),
        ("grade", "finding", "00112233445566aa", Some("7")),
        ("grade", "finding", "001122", Some("2")),
        ("grade", "source", "Q159", Some("G")),
        ("undo", "judgement", "00112233445566AA", None),
        ("accept", "claim", "00112233445566aa", Some("x")),
        ("correct", "claim", "00112233445566aa", None),
        (
            "correct",
            "claim",
            "00112233445566aa",
            Some("Status operating"),
        ),
        (
            "correct",
            "claim",
            "00112233445566aa",
            Some("producer <Q794>"),
        ),
        (
            "correct",
            "claim",
            "00112233445566aa",
            Some("producer <Iran> Iran"),
        ),
        ("correct", "claim", "00112233445566aa", Some("status a\nb")),
        ("sing", "claim", "00112233445566aa", None),
    ] {
        assert_eq!(
            Act::from_words(verb, matter, first, second),
            None,
            "{first}"
        );
    }
}

#[test]
fn keys_have_a_form_and_an_order() {
    for wrong in [
        "",
        "Q",
        "Q0",
        "q159",
        "Q1a",
        "Q9999999999999",
        "geonames:",
        "geonames:x",
        "sayso:",
        "sayso:Ä",
        "name:",
        "name: a",
        "name:a\u{1b}",
        "planet:a",
        "Russia",
        ":",
        "item:a b",
    ] {
        assert_eq!(EntityKey::parse(wrong), None, "{wrong:?}");
    }
    assert_eq!(EntityKey::parse(&format!("name:{}", "a".repeat(500))), None);
    let mut keys: Vec<EntityKey> = [
        "name:a",
        "item:drone",
        "sayso:elabuga",
        "Q10",
        "geonames:1",
        "Q9",
        "name:гомель",
    ]
    .map(key)
    .to_vec();
    keys.sort();
    let order: Vec<&str> = keys.iter().map(EntityKey::as_str).collect();
    assert_eq!(
        order,
        [
            "Q9",
            "Q10",
            "geonames:1",
            "sayso:elabuga",
            "item:drone",
            "name:a",
            "name:гомель"
        ]
    );
}

#[test]
fn the_id_hangs_on_every_field() {
    let mut ids = std::collections::BTreeSet::new();
    for act in acts() {
        for (who, at, why) in [
            ("ann", AT, "x"),
            ("bob", AT, "x"),
            ("ann", "2023-08-02T09:30:00.5Z", "x"),
            ("ann", AT, "y"),
        ] {
            let made = Judgement::new(act.clone(), who, at, why).unwrap();
            assert!(is_id(&made.id.0));
            assert!(ids.insert(made.id.clone()), "{made:?}");
            let again = Judgement::new(act.clone(), &format!(" {who} "), at, why).unwrap();
            assert_eq!(again, made);
        }
    }
}

#[test]
fn what_is_no_judgement_is_refused() {
    let act = || Act::Differ(Pair::Entities(key("Q1"), key("Q2")));
    let why = |who: &str, at: &str, why: &str| Judgement::new(act(), who, at, why).unwrap_err();
    assert_eq!(why(" ", AT, "x"), JudgementError::NoWho);
    assert_eq!(why("ann", AT, " \t "), JudgementError::NoWhy);
    assert_eq!(why("a\nb", AT, "x"), JudgementError::Control("--who"));
    assert_eq!(
        why("ann", AT, "x\u{1b}[2J"),
        JudgementError::Control("--why")
    );
    let long = "é".repeat(MAX_WHY + 1);
    assert!(matches!(
        why("ann", AT, &long),
        JudgementError::TooLong { what: "--why", .. }
    ));
    for at in [
        "",
        "now",
        "2023-08-02",
        "2023-08-02T09:30:00",
        "2023-08-02T09:30:00+02:00",
        "2023-08-02T09:30:00.Z",
        "２023-08-02T09:30:00Z",
    ] {
        assert!(
            matches!(why("ann", at, "x"), JudgementError::Time(_)),
            "{at}"
        );
    }
    let one = Act::Same(Pair::Entities(key("Q1"), key("Q1")));
    let refused = Judgement::new(one, "ann", AT, "x").unwrap_err();
    assert_eq!(refused, JudgementError::Itself("Q1".into()));
}

#[test]
fn time_orders_whatever_the_fraction() {
    let at = |at: &str| Judgement::new(acts().remove(0), "ann", at, "x").unwrap();
    let times = [
        "2023-08-02T09:30:00Z",
        "2023-08-02T09:30:00.25Z",
        "2023-08-02T09:30:00.5Z",
        "2023-08-02T09:30:01Z",
    ];
    for pair in times.windows(2) {
        assert_eq!(
            at(pair[0]).in_time(&at(pair[1])),
            Ordering::Less,
            "{pair:?}"
        );
    }
}
