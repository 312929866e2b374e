//! What stands of judgements: the cases a person would think of here, the laws that hold for all of them in `laws.rs`.
#![allow(clippy::unwrap_used)]

mod laws;

use sayso_records::*;
use sayso_resolve::judged::{Fate, Refusal, Standing, name_key};

fn key(text: &str) -> EntityKey {
    EntityKey::parse(text).unwrap()
}
fn same(a: &str, b: &str) -> Act {
    Act::Same(Pair::Entities(key(a), key(b)))
}
fn differ(a: &str, b: &str) -> Act {
    Act::Differ(Pair::Entities(key(a), key(b)))
}
fn at(second: usize, act: Act) -> Judgement {
    let at = format!("2026-11-26T10:{:02}:{:02}Z", second / 60, second % 60);
    Judgement::new(act, "Ann", &at, "because").unwrap()
}
/// Acts, one a second.
fn made(acts: Vec<Act>) -> Vec<Judgement> {
    acts.into_iter()
        .enumerate()
        .map(|(n, act)| at(n, act))
        .collect()
}
fn undo(judgement: &Judgement) -> Act {
    Act::Undo(judgement.id.clone())
}
/// One letter a judgement, in the order of time.
fn fates(standing: &Standing) -> String {
    let letter = |(_, fate): (&Judgement, Fate<'_>)| match fate {
        Fate::Stands => '+',
        Fate::Undone(_) => 'u',
        Fate::Overruled(_) => 'o',
        Fate::HeldApart(_) => 'a',
        Fate::Void => 'v',
    };
    standing.judgements().map(letter).collect()
}

#[test]
fn what_is_one_has_one_key() {
    let standing = Standing::of(&made(vec![
        same("name:wagner", "sayso:wagner-group"),
        same("Q159", "name:росія"),
        same("sayso:alabuga", "sayso:alabuga-zone"),
        same("sayso:wagner-group", "name:pmc wagner"),
        same("geonames:2", "Q10"),
        same("Q9", "Q10"),
    ]));
    for (key, stands) in [
        // An id that says more stays, whichever was named second.
        ("name:wagner", "sayso:wagner-group"),
        ("name:pmc wagner", "sayso:wagner-group"),
        ("name:росія", "Q159"),
        // Of two that say as much, the second stays.
        ("sayso:alabuga", "sayso:alabuga-zone"),
        ("Q9", "Q10"),
        ("geonames:2", "Q10"),
        ("Q42", "Q42"),
    ] {
        assert_eq!(standing.canonical(key), stands, "{key}");
    }
    assert_eq!(standing.one_with("Q10"), ["Q10", "Q9", "geonames:2"]);
    assert!(standing.notices().is_empty());
}

#[test]
fn in_a_circle_the_smallest_stays() {
    let round = made(vec![same("Q3", "Q2"), same("Q2", "Q1"), same("Q1", "Q3")]);
    let standing = Standing::of(&round);
    for key in ["Q1", "Q2", "Q3"] {
        assert_eq!(standing.canonical(key), "Q1");
    }
}

#[test]
fn what_is_held_apart_is_joined_by_nobody() {
    let judged = made(vec![
        same("name:a", "Q1"),
        same("name:b", "name:a"),
        same("name:b", "Q2"),
        differ("Q1", "Q2"),
    ]);
    let standing = Standing::of(&judged);
    assert_eq!(fates(&standing), "++a+");
    assert_eq!(standing.canonical("name:b"), "Q1");
    assert_eq!(standing.canonical("Q2"), "Q2");
    assert_eq!(standing.apart("name:b", "Q2"), Some(&judged[3]));
    assert_eq!(standing.apart("name:b", "Q1"), None);
    let notices = standing.notices();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].address, judged[2].id.0);
    assert!(notices[0].message.contains(&judged[3].id.0), "{notices:?}");
}

#[test]
fn the_later_answer_stands_and_undoing_brings_the_earlier_back() {
    let mut judged = made(vec![same("Q1", "Q2"), differ("Q2", "Q1")]);
    let standing = Standing::of(&judged);
    assert_eq!(fates(&standing), "o+");
    assert!(standing.apart("Q1", "Q2").is_some());
    judged.push(at(2, undo(&judged[1])));
    let standing = Standing::of(&judged);
    assert_eq!(fates(&standing), "+u+");
    assert_eq!(standing.canonical("Q1"), "Q2");
    judged.push(at(3, undo(&judged[0])));
    let standing = Standing::of(&judged);
    assert_eq!(fates(&standing), "uu++");
    assert_eq!(standing.canonical("Q1"), "Q1");
}

#[test]
fn undoing_needs_something_to_undo() {
    let mut judged = made(vec![
        same("Q1", "Q2"),
        Act::Undo(JudgementId("00112233445566aa".into())),
    ]);
    judged.push(at(5, undo(&judged[1])));
    judged.push(at(6, undo(&judged[0])));
    // Undone once more: the first undoing is the one that counts.
    judged.push(at(7, undo(&judged[0])));
    let standing = Standing::of(&judged);
    assert_eq!(fates(&standing), "uvv++");
    let said: Vec<String> = standing
        .notices()
        .into_iter()
        .map(|notice| notice.message)
        .collect();
    assert!(
        said[0].contains("there is no judgement 00112233445566aa"),
        "{said:?}"
    );
    assert!(said[1].contains("itself an undoing"), "{said:?}");
}

#[test]
fn grades_follow_what_is_one() {
    let finding = |id: &str| FindingId(id.repeat(16));
    let stated = |id: &str| Stated::Finding(finding(id));
    let grade = |n| Credibility::new(n).unwrap();
    let judged = made(vec![
        Act::Credibility(finding("a"), grade(3)),
        Act::Credibility(finding("b"), grade(5)),
        Act::Reliability(key("name:daily example"), Reliability::C),
        Act::Reliability(key("Q5"), Reliability::B),
    ]);
    let standing = Standing::of(&judged);
    let given = |standing: &Standing, id: &str| {
        standing
            .credibility(&finding(id))
            .map(|(grade, _)| grade.get())
    };
    assert_eq!(given(&standing, "a"), Some(3));
    assert_eq!(given(&standing, "c"), None);
    assert_eq!(
        standing.reliability("name:daily example").unwrap().0,
        Reliability::C
    );
    let mut judged = judged;
    judged.push(at(
        10,
        Act::Same(Pair::Propositions(stated("a"), stated("b"))),
    ));
    judged.push(at(11, same("name:daily example", "Q5")));
    let standing = Standing::of(&judged);
    assert_eq!(fates(&standing), "o+o+++");
    assert_eq!(given(&standing, "a"), Some(5));
    assert_eq!(
        standing.reliability("name:daily example").unwrap().0,
        Reliability::B
    );
    assert_eq!(standing.reliability("Q6"), None);
}

#[test]
fn claims_are_compared_in_what_they_state_and_in_their_origin() {
    let claim = |c: &str| ClaimId(c.repeat(16));
    let (a, b, c) = (claim("a"), claim("b"), claim("c"));
    let stated = |id: &ClaimId| Stated::Claim(id.clone());
    let standing = Standing::of(&made(vec![
        Act::Same(Pair::Origins(a.clone(), b.clone())),
        Act::Same(Pair::Origins(b.clone(), c.clone())),
        Act::Differ(Pair::Propositions(stated(&a), stated(&b))),
        Act::Reject(c.clone()),
        Act::Accept(b.clone()),
        Act::Reject(b.clone()),
    ]));
    let origin = |x, y| standing.same_origin(x, y).map(|(same, _)| same);
    assert_eq!(origin(&a, &c), Some(true));
    assert_eq!(origin(&a, &claim("d")), None);
    let states = |x: &ClaimId, y: &ClaimId| {
        let said = standing.same_proposition(&stated(x), &stated(y));
        said.map(|(same, _)| same)
    };
    assert_eq!(states(&b, &a), Some(false));
    assert_eq!(states(&b, &c), None);
    let accepted = |id| standing.accepted(id).map(|(yes, _)| yes);
    assert_eq!([&a, &b, &c].map(accepted), [None, Some(false), Some(false)]);
    let pairs: Vec<bool> = standing.pairs().map(|(_, joins, _)| joins).collect();
    assert_eq!(pairs, [true, true, false]);
}

#[test]
fn what_cannot_be_judged_is_refused_with_the_judgement_in_the_way() {
    let judged = made(vec![
        differ("Q1", "Q2"),
        same("name:a", "Q1"),
        same("name:b", "Q2"),
        same("Q7", "Q8"),
        same("Q8", "Q9"),
        Act::Reliability(key("Q5"), Reliability::B),
        same("Q6", "Q5"),
    ]);
    let mut judged = judged;
    judged.push(at(9, undo(&judged[3])));
    judged.push(at(10, same("Q7", "Q8")));
    let standing = Standing::of(&judged);
    let id = |nth: usize| judged[nth].id.clone();
    let check = |act: Act| standing.check(&act);
    // Through others on both sides.
    assert_eq!(
        check(same("name:a", "name:b")),
        Err(Refusal::Apart(&judged[0]))
    );
    assert_eq!(check(same("Q2", "Q1")), Err(Refusal::Apart(&judged[0])));
    // Twice, whichever is named first, and for a grade through what is one.
    assert_eq!(
        check(same("Q1", "name:a")),
        Err(Refusal::Already(&judged[1]))
    );
    assert_eq!(check(differ("Q2", "Q1")), Err(Refusal::Already(&judged[0])));
    let grade = |source, grade| Act::Reliability(key(source), grade);
    assert_eq!(
        check(grade("Q6", Reliability::B)),
        Err(Refusal::Already(&judged[5]))
    );
    assert_eq!(check(grade("Q6", Reliability::C)), Ok(Some(&judged[5])));
    // One judgement may be answered otherwise; a chain is broken by undoing a link.
    assert_eq!(check(differ("Q8", "Q7")), Ok(Some(&judged[8])));
    assert_eq!(
        check(differ("Q7", "Q9")),
        Err(Refusal::Joined(vec![&judged[8], &judged[4]]))
    );
    assert_eq!(check(same("Q7", "Q9")), Ok(None));
    // Undoing.
    assert_eq!(check(Act::Undo(id(7))), Err(Refusal::Undoing(id(7))));
    assert_eq!(check(Act::Undo(id(3))), Err(Refusal::Undone(&judged[7])));
    let unknown = JudgementId("ffffffffffffffff".into());
    assert_eq!(
        check(Act::Undo(unknown.clone())),
        Err(Refusal::Unknown(unknown))
    );
    assert_eq!(check(Act::Undo(id(4))), Ok(Some(&judged[4])));
    // Each says what is in the way and what to do.
    let said = check(same("Q2", "Q1")).unwrap_err().to_string();
    assert_eq!(
        said,
        format!(
            "judgement {} of Ann holds them apart (“because”): undo it first, or let it stand",
            id(0)
        )
    );
}

#[test]
fn two_joined_twice_are_not_parted_by_answering_one() {
    let judged = made(vec![same("Q1", "Q2"), same("Q1", "Q3"), same("Q3", "Q2")]);
    let standing = Standing::of(&judged);
    let refused = standing.check(&differ("Q1", "Q2"));
    assert_eq!(refused, Err(Refusal::Joined(vec![&judged[1], &judged[2]])));
}

#[test]
fn names_are_keys_without_their_dress() {
    for (name, folded) in [
        ("the Wagner Group’s", Some("name:wagner group")),
        (
            "Institute for the Study of War (ISW)",
            Some("name:institute for the study of war"),
        ),
        ("Homyel'", Some("name:homyel")),
        ("Гомель", Some("name:гомель")),
        ("—", None),
        ("", None),
    ] {
        let key = name_key(name);
        assert_eq!(key.as_ref().map(EntityKey::as_str), folded, "{name}");
    }
    assert_eq!(name_key(&"a".repeat(10_000)), None);
}

#[test]
fn a_name_that_was_split_lets_its_entity_go() {
    let filler = |text: &str| Filler {
        text: text.into(),
        span: Span::new(0, text.len()),
        name: "Georgia".into(),
        entity: Some(Entity {
            id: "Q230".into(),
            name: "Georgia".into(),
        }),
        kind: EntityType::State,
        implied: false,
        claim: None,
    };
    let mut claim = Claim {
        id: ClaimId(String::new()),
        report: ReportId(String::new()),
        kind: "use".into(),
        roles: vec![("user".into(), vec![filler("Georgia"), filler("Georgian")])],
        place: vec![],
        time: None,
        quantity: vec![],
        status: None,
        polarity: Polarity::Affirmed,
        certainty: Certainty::Stated,
        sources: vec![],
        evidence: Evidence {
            span: Span::new(0, 0),
            quote: String::new(),
        },
        explanation: vec![],
    };
    let judged = made(vec![
        differ("Q230", "name:georgia"),
        same("name:georgia", "Q1428"),
    ]);
    let standing = Standing::of(&judged);
    standing.let_go(&mut claim);
    let fillers = claim.role("user");
    assert_eq!(fillers[0].entity, None);
    let name = name_key(&fillers[0].name).unwrap();
    assert_eq!(standing.canonical(name.as_str()), "Q1428");
    assert!(
        fillers[1].entity.is_some(),
        "another name of it is left alone"
    );
}
