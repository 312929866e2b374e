//! Which claim stands for which.

use sayso_records::{Claim, Span};

use super::{claim, state};
use crate::{
    copies::{Reading, Relation, relation},
    erosion::{counterparts, lost},
};

/// Claims of a text, a sentence each: where it stands, and who sells to whom.
fn claims(text: &str, of: &[(&str, &str, &str)]) -> Vec<Claim> {
    of.iter()
        .map(|(quote, a, b)| {
            let at = text.find(quote).unwrap_or_default();
            let mut c = claim(quote, &[("supplier", state(a)), ("recipient", state(b))]);
            c.evidence.span = Span::new(at, at + quote.len());
            c
        })
        .collect()
}

fn between(a: &str, b: &str) -> Relation {
    relation((&Reading::of(None, a), None), (&Reading::of(None, b), None)).expect("copies")
}

#[test]
fn counterparts_are_found_whatever_was_exchanged() {
    let a = "Iran sold forty attack drones to Russia last winter. Serbia sold old mountain guns to Cyprus in the spring. Poland sold tank barrels to Greece after a long dispute.";
    let b = "Serbia sold old mountain guns to Malta in the spring. Russia sold forty attack drones to Iran last winter. Nobody else bought anything at all.";
    let from = claims(
        a,
        &[
            (
                "Iran sold forty attack drones to Russia last winter.",
                "Iran",
                "Russia",
            ),
            (
                "Serbia sold old mountain guns to Cyprus in the spring.",
                "Serbia",
                "Cyprus",
            ),
            (
                "Poland sold tank barrels to Greece after a long dispute.",
                "Poland",
                "Greece",
            ),
        ],
    );
    let to = claims(
        b,
        &[
            (
                "Serbia sold old mountain guns to Malta in the spring.",
                "Serbia",
                "Malta",
            ),
            (
                "Russia sold forty attack drones to Iran last winter.",
                "Russia",
                "Iran",
            ),
        ],
    );
    let relation = between(a, b);
    let pairs = counterparts(&from, &to, &relation);
    let at: Vec<(usize, usize)> = pairs
        .iter()
        .map(|(x, y)| {
            let place = |all: &[Claim], one: &Claim| all.iter().position(|c| std::ptr::eq(c, one));
            (place(&from, x).unwrap_or(9), place(&to, y).unwrap_or(9))
        })
        .collect();
    assert_eq!(at, [(0, 1), (1, 0)]);
    let gone = lost(&from, &pairs, &relation);
    assert_eq!(gone.len(), 1);
    assert_eq!(
        (
            gone[0].claim.role("supplier")[0].name.as_str(),
            gone[0].sentence
        ),
        ("Poland", None)
    );
}

#[test]
fn a_thousand_claims_of_one_sentence_take_no_time() {
    let text = "Iran sold forty attack drones to Russia last winter, and again.";
    let many: Vec<(&str, &str, &str)> = (0..3000).map(|_| (text, "Iran", "Russia")).collect();
    let (from, to) = (claims(text, &many), claims(text, &many));
    let relation = between(text, text);
    let pairs = counterparts(&from, &to, &relation);
    assert!(!pairs.is_empty());
    assert_eq!(
        pairs.len() + lost(&from, &pairs, &relation).len(),
        from.len()
    );
}

#[test]
fn a_report_that_only_credits_another_has_counterparts_by_name() {
    let may = claims(
        "Iran may sell Russia drones.",
        &[("Iran may sell Russia drones.", "Iran", "Russia")],
    );
    let b = "Tehran's guns go to Malta. A sale of drones by Iran to Russia is under way.";
    let will = claims(
        b,
        &[
            ("Tehran's guns go to Malta.", "Iran", "Malta"),
            (
                "A sale of drones by Iran to Russia is under way.",
                "Iran",
                "Russia",
            ),
        ],
    );
    let relation = Relation::unrelated();
    let pairs = counterparts(&may, &will, &relation);
    assert_eq!(pairs.len(), 1);
    assert!(std::ptr::eq(pairs[0].1, &will[1]));
    // The same names somewhere else are another matter.
    let (mut here, mut there) = (may.clone(), vec![will[1].clone()]);
    here[0].place = vec![super::town("Homiel", &[], sayso_records::Precision::City)];
    there[0].place = vec![super::town("Yelabuga", &[], sayso_records::Precision::City)];
    assert!(counterparts(&here, &there, &relation).is_empty());
    let gone = lost(&here, &[], &relation);
    assert_eq!((gone.len(), gone[0].sentence), (1, None));
}
