use proptest::prelude::*;
use sayso_records::EntityType;

use super::{Named, Proposition, Term};

fn named(key: &str) -> Named {
    Named {
        key: key.into(),
        name: key.to_owned(),
    }
}

/// `role=key<wider<widest` for each term.
fn proposition(kind: &str, terms: &[&str]) -> Proposition {
    let term = |text: &&str| {
        let (role, chain) = text.split_once('=').unwrap_or(("place", text));
        let mut chain = chain.split('<').map(named);
        Term {
            role: role.into(),
            is: chain.next().unwrap_or_else(|| named("")),
            kind: EntityType::Other,
            within: chain.collect(),
        }
    };
    Proposition {
        kind: kind.into(),
        terms: terms.iter().map(term).collect(),
    }
}

fn check(narrow: &Proposition, wide: &Proposition, expected: bool) {
    assert_eq!(
        narrow.entails(wide),
        expected,
        "{:?} and {:?}",
        narrow.own_terms(),
        wide.own_terms()
    );
    // What is looked for in the ledger by id says the same.
    let found = narrow.wider().contains(&wide.id());
    assert_eq!(
        found,
        expected && narrow.id() != wide.id(),
        "{:?} and {:?}",
        narrow.own_terms(),
        wide.own_terms()
    );
}

#[test]
fn what_says_more_entails_what_says_less() {
    let homiel = proposition(
        "production",
        &[
            "producer=Iran",
            "product=shahed-136<shahed<drone<weapon",
            "place=homiel<gomel<Belarus",
        ],
    );
    for (kind, terms, expected) in [
        (
            "production",
            &["producer=Iran", "product=drone", "place=Belarus"][..],
            true,
        ),
        ("production", &["producer=Iran", "product=drone"], true),
        ("production", &["product=shahed", "place=homiel"], true),
        (
            "production",
            &["producer=Iran", "product=shahed-136", "place=homiel"],
            true,
        ),
        (
            "production",
            &["producer=Iran", "product=missile", "place=Belarus"],
            false,
        ),
        (
            "production",
            &["producer=Iran", "product=drone", "place=minsk"],
            false,
        ),
        (
            "production",
            &["producer=Russia", "product=drone", "place=Belarus"],
            false,
        ),
        (
            "transfer",
            &["producer=Iran", "product=drone", "place=Belarus"],
            false,
        ),
    ] {
        check(&homiel, &proposition(kind, terms), expected);
    }
    let vague = proposition(
        "production",
        &["producer=Iran", "product=drone", "place=Belarus"],
    );
    assert!(!vague.entails(&homiel), "the vague does not say the exact");
}

#[test]
fn several_fillers_entail_each() {
    let both = proposition(
        "agreement",
        &["party=Belarus", "party=Iran", "party=Russia"],
    );
    check(
        &both,
        &proposition("agreement", &["party=Belarus", "party=Iran"]),
        true,
    );
    check(
        &both,
        &proposition("agreement", &["party=Belarus", "party=China"]),
        false,
    );
}

#[test]
fn many_terms_do_not_blow_up() {
    let terms: Vec<String> = (0..40).map(|n| format!("party=p{n}<q{n}<r{n}")).collect();
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    assert!(proposition("agreement", &terms).wider().len() <= 20_000);
}

proptest! {
    #[test]
    fn the_order_of_terms_is_nothing(seed in 0_usize..24) {
        let mut terms = vec!["party=a", "party=b<c", "subject=d", "place=e<f"];
        let straight = proposition("agreement", &terms);
        terms.rotate_left(seed % 4);
        if seed % 2 == 0 { terms.swap(0, 1); }
        let turned = proposition("agreement", &terms);
        prop_assert_eq!(straight.id(), turned.id());
        prop_assert_eq!(straight.wider(), turned.wider());
        prop_assert_eq!(straight.closure(), turned.closure());
    }
}
