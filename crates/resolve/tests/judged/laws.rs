//! Whatever was judged, in whatever order it comes.

use proptest::prelude::*;
use sayso_records::*;
use sayso_resolve::judged::{Fate, Standing};

use super::{at, differ, key, same, undo};

/// Any judgements on few things, so that they get into each other's way, some at one time, some undoing others or nothing.
fn any_judgements() -> impl Strategy<Value = Vec<Judgement>> {
    let one = (0..6usize, 0..7usize, 0..7usize, 0..20usize);
    proptest::collection::vec(one, 0..40).prop_map(|all| {
        let keys = [
            "Q1",
            "Q2",
            "geonames:3",
            "sayso:a",
            "sayso:b",
            "name:x",
            "name:y",
        ];
        let mut out: Vec<Judgement> = Vec::new();
        for (what, a, b, time) in all {
            let act = match what {
                0..=2 if a != b => same(keys[a], keys[b]),
                3 if a != b => differ(keys[a], keys[b]),
                4 => Act::Reliability(key(keys[a]), Reliability::parse(&"ABCDEFA"[b..=b]).unwrap()),
                _ => match out.get((a * 7 + b) % (out.len() + 1)) {
                    Some(judgement) => undo(judgement),
                    None => Act::Undo(JudgementId("00112233445566aa".into())),
                },
            };
            out.push(at(time, act));
        }
        out
    })
}

proptest! {
    #[test]
    fn the_order_of_arrival_does_not_matter(judged in any_judgements(), seed in any::<u64>()) {
        let standing = Standing::of(&judged);
        let mut mixed = judged.clone();
        // A few come twice, all in another order.
        mixed.extend(judged.iter().take(3).cloned());
        mixed.sort_by_key(|it| Sha256::of(format!("{seed}{}", it.id).as_bytes()));
        prop_assert_eq!(&Standing::of(&mixed), &standing);
    }

    #[test]
    fn replaying_what_stands_gives_what_stands(judged in any_judgements()) {
        let standing = Standing::of(&judged);
        let all: Vec<Judgement> = standing.judgements().map(|(it, _)| it.clone()).collect();
        prop_assert_eq!(&Standing::of(&all), &standing);
        let stands: Vec<Judgement> = (standing.judgements())
            .filter(|(it, fate)| *fate == Fate::Stands && !matches!(it.act, Act::Undo(_)))
            .map(|(it, _)| it.clone())
            .collect();
        let again = Standing::of(&stands);
        for key in ["Q1", "Q2", "geonames:3", "sayso:a", "sayso:b", "name:x", "name:y"] {
            prop_assert_eq!(again.canonical(key), standing.canonical(key));
            prop_assert_eq!(again.one_with(key), standing.one_with(key));
            prop_assert_eq!(again.reliability(key), standing.reliability(key));
        }
    }

    #[test]
    fn nothing_held_apart_is_one(judged in any_judgements()) {
        let standing = Standing::of(&judged);
        for (pair, joins, judgement) in standing.pairs() {
            let Pair::Entities(a, b) = pair else { continue };
            let (a, b) = (a.as_str(), b.as_str());
            prop_assert_eq!(standing.canonical(a) == standing.canonical(b), joins);
            prop_assert_eq!(standing.apart(a, b).is_some(), !joins);
            let one = standing.one_with(a);
            prop_assert!(one.contains(&standing.canonical(a)));
            prop_assert_eq!(one.contains(&b), joins, "{:?}", judgement);
        }
    }

    /// What is allowed stands when it is made, does away with nothing but what it said it would, and is allowed no second time.
    #[test]
    fn what_is_allowed_stands(judged in any_judgements(), what in 0..3usize, a in 0..7usize, b in 1..7usize) {
        let b = (a + b) % 7;
        let keys = ["Q1", "Q2", "geonames:3", "sayso:a", "sayso:b", "name:x", "name:y"];
        let act = match what {
            0 => same(keys[a], keys[b]),
            1 => differ(keys[a], keys[b]),
            _ => match judged.get(a * b % (judged.len() + 1)) {
                Some(judgement) => undo(judgement),
                None => return Ok(()),
            },
        };
        let before = Standing::of(&judged);
        let Ok(instead) = before.check(&act) else { return Ok(()) };
        let new = at(99, act.clone());
        // Of several that cannot all stand, brought in from elsewhere, another may be the one that does not.
        let clean = before.judgements().all(|(_, fate)| !matches!(fate, Fate::HeldApart(_)));
        let mut with = judged.clone();
        with.push(new.clone());
        let after = Standing::of(&with);
        for ((it, fate), (_, was)) in after.judgements().filter(|(it, _)| it.id != new.id).zip(before.judgements()) {
            // Two sources that become one keep the later of their grades.
            let grade = matches!(it.act, Act::Reliability(..));
            let lost = was == Fate::Stands && fate != Fate::Stands && !grade;
            prop_assert!(!lost || !clean || what == 2 || Some(it) == instead, "{:?} is {:?}", it, fate);
        }
        let (_, fate) = after.judgements().find(|(it, _)| it.id == new.id).unwrap();
        prop_assert_eq!(fate, Fate::Stands);
        prop_assert!(after.check(&act).is_err());
    }
}
