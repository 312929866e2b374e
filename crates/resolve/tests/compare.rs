//! What comparing names says to a reader, and what hostile names do to it.

use proptest::prelude::*;
use sayso_records::EntityType::{self, *};
use sayso_resolve::compare::{Name, Same, Verdict, blocks, compare};

fn verdict(sort: EntityType, a: &str, b: &str) -> Verdict {
    let sort = Some(sort);
    compare(&Name { text: a, sort }, &Name { text: b, sort })
}

/// Each feature that decides has a name, a sign and a reason that a person can read.
#[test]
fn every_feature_says_why() {
    let mut wrong = Vec::new();
    for (sort, a, b, same, feature, speaks_for, reason) in [
        // Scripts.
        (
            Person,
            "Viktor Orlov",
            "Виктор Орлов",
            Same::Same,
            "whole",
            true,
            "the same letters in the same order",
        ),
        (
            Person,
            "Mahmoud al-Rashid",
            "محمود الرشيد",
            Same::Same,
            "word",
            true,
            "“Mahmoud” and “محمود” have like consonants (0.95)",
        ),
        (
            Person,
            "Nikos Papadopoulos",
            "Νίκος Παπαδόπουλος",
            Same::Same,
            "whole",
            true,
            "the same letters in the same order",
        ),
        (
            Person,
            "Moshe Dagan",
            "משה דגן",
            Same::Same,
            "word",
            true,
            "“Dagan” and “דגן” have like consonants (0.95)",
        ),
        (
            Person,
            "Wang Xiaoming",
            "王小明",
            Same::Same,
            "whole",
            true,
            "the same letters in the same order",
        ),
        (
            Person,
            "Mao Tse-tung",
            "Mao Zedong",
            Same::Unsure,
            "word",
            true,
            "“Mao” in both",
        ),
        (
            Person,
            "Kim Chol-su",
            "김철수",
            Same::Same,
            "word",
            true,
            "“Chol” and “철” sound alike",
        ),
        (
            Place,
            "Pittsburgh",
            "פיטסבורג",
            Same::Unsure,
            "word",
            true,
            "“Pittsburgh” and “פיטסבורג”",
        ),
        // Order, titles, fathers' names, initials, forms of one name.
        (
            Person,
            "Orlov, Viktor",
            "Viktor Orlov",
            Same::Same,
            "order",
            false,
            "the words stand in another order",
        ),
        (
            Person,
            "General Sir Patrick Holm",
            "Patrick Holm",
            Same::Same,
            "whole",
            true,
            "the same letters in the same order",
        ),
        (
            Person,
            "Viktor Pavlovich Orlov",
            "Viktor Petrovich Orlov",
            Same::Different,
            "word",
            false,
            "“Pavlovich” and “Petrovich” are spelled alike",
        ),
        (
            Person,
            "V. Orlov",
            "Viktor Orlov",
            Same::Unsure,
            "word",
            true,
            "“V” and “Viktor” begin alike",
        ),
        (
            Person,
            "V. Orlov",
            "Pavel Orlov",
            Same::Different,
            "conflict",
            false,
            "“Pavel” in one, “V” in the other",
        ),
        (
            Person,
            "Mykola Bondar",
            "Nikolai Bondar",
            Same::Same,
            "word",
            true,
            "“Mykola” and “Nikolai” are forms of one name",
        ),
        // Bodies: legal forms, acronyms, words of other languages.
        (
            Organisation,
            "OAO Northern Shipyard",
            "Northern Shipyard PJSC",
            Same::Same,
            "legal-form",
            true,
            "legal forms of one sort (stock)",
        ),
        (
            Organisation,
            "Elbrus Works GmbH",
            "Elbrus Works AG",
            Same::Different,
            "legal-form",
            false,
            "legal forms of two sorts (limited; stock)",
        ),
        (
            Organisation,
            "UMC",
            "United Motor Company",
            Same::Unsure,
            "word",
            true,
            "“UMC” and “United Motor Company” are a name and its initials",
        ),
        (
            Facility,
            "Муромский приборостроительный завод",
            "Murom instrument-making plant",
            Same::Unsure,
            "word",
            true,
            "“Murom” and “Муромский” are a name and its adjective",
        ),
        (
            Organisation,
            "Elbrus",
            "Elbrus Avtomatika",
            Same::Unsure,
            "left-out",
            false,
            "“Avtomatika” in one only",
        ),
        // Numbers.
        (
            Facility,
            "Plant No. 51",
            "Plant № 051",
            Same::Same,
            "number",
            true,
            "the same number (51)",
        ),
        (
            Facility,
            "Plant No. 51",
            "Plant No. 15",
            Same::Different,
            "number",
            false,
            "other numbers (15; 51)",
        ),
        (
            System,
            "Su-35",
            "Su-34",
            Same::Different,
            "number",
            false,
            "other numbers (34; 35)",
        ),
        (
            Organisation,
            "51st Brigade",
            "Fifty-first Brigade",
            Same::Unsure,
            "number",
            true,
            "the same number (51)",
        ),
        (
            Facility,
            "Plant 51",
            "Plant",
            Same::Different,
            "number",
            false,
            "a number in one only (51)",
        ),
    ] {
        let found = verdict(sort, a, b);
        let says = found.features.iter().any(|it| {
            it.name == feature && (it.weight > 0.0) == speaks_for && it.reason.starts_with(reason)
        });
        if !says || found.same != same {
            wrong.push(format!(
                "{a} | {b}: {same:?}, {feature}: {reason}\n{found:#?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let one = Name {
        text: "Orlov Works",
        sort: Some(Organisation),
    };
    let other = Name {
        text: "Orlov Works",
        sort: Some(Person),
    };
    let sorts = compare(&one, &other);
    assert!(
        sorts
            .features
            .iter()
            .any(|it| it.name == "sort" && it.weight < 0.0)
    );
}

/// Names that compare well are looked up by something both have.
#[test]
fn likely_names_share_a_block() {
    for (sort, a, b) in [
        (Person, "Viktor Orlov", "Виктор Орлов"),
        (Person, "محمود الرشيد", "Mahmoud al-Rashid"),
        (Person, "王小明", "Wang Xiaoming"),
        (Person, "ViktorOrlov", "Viktor Orlov"),
        (Organisation, "UMC", "United Motor Company"),
        (Organisation, "Korvin Dynamics Ltd", "Korvin Dinamics"),
        (Facility, "Plant No. 51", "Plant № 51"),
        (System, "Su-35", "Су-35"),
    ] {
        let [one, other] = [a, b].map(|text| {
            blocks(&Name {
                text,
                sort: Some(sort),
            })
        });
        assert!(
            one.iter().any(|key| other.contains(key)),
            "{a} {one:?} | {b} {other:?}"
        );
    }
    for text in ["", "—", "\u{202e}", "\u{301}"] {
        assert_eq!(blocks(&Name { text, sort: None }), [""; 0], "{text:?}");
    }
}

/// Nothing in common, nothing to compare: never the same.
#[test]
fn names_of_nothing_are_not_the_same() {
    for a in [
        "",
        " ",
        "—…!?",
        "\u{202e}\u{202d}\u{200f}",
        "\u{301}\u{301}",
        "()",
        "\0",
        ".",
    ] {
        for b in ["", "—…!?", "Orlov", "\u{202e}"] {
            let found = verdict(Person, a, b);
            assert_ne!(found.same, Same::Same, "{a:?} | {b:?}: {found:#?}");
        }
    }
}

/// Marks that turn the direction of writing, and letters nobody sees, change nothing.
#[test]
fn what_is_not_seen_changes_nothing() {
    let plain = verdict(Person, "Viktor Orlov", "Viktor Orlov");
    let marked = verdict(
        Person,
        "\u{202e}Vik\u{200b}tor\u{202c} Or\u{ad}lov\u{2069}",
        "\u{feff}Viktor Orlov",
    );
    assert_eq!(plain.share, marked.share);
}

/// A name of a megabyte costs what one of 300 letters costs.
#[test]
fn no_name_is_too_long() {
    let words: String = (0..70_000).map(|n| format!("Orlov{n} ")).collect();
    let hostile = [
        "a".repeat(1 << 20),
        "\u{301}".repeat(1 << 20),
        format!("a{}", "\u{301}".repeat(1 << 20)),
        "\u{fdfa}".repeat(1 << 18),
        "王".repeat(1 << 18),
        "A.".repeat(1 << 19),
        "-".repeat(1 << 20),
        "ال".repeat(1 << 19),
        "\u{202e}".repeat(1 << 20),
        words,
    ];
    for a in &hostile {
        for b in hostile
            .iter()
            .map(String::as_str)
            .chain(["Viktor Orlov", ""])
        {
            for sort in [Person, Organisation, System] {
                let found = verdict(sort, a, b);
                assert!((0.0..=1.0).contains(&found.share));
                let longest = found.features.iter().map(|it| it.reason.len()).max();
                assert!(longest < Some(5_000), "{longest:?}");
            }
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_two_names_does_not_matter(a in "\\PC{0,40}", b in "\\PC{0,40}", nth in 0..3_usize) {
        let sort = [Person, Organisation, System][nth];
        let (one, other) = (verdict(sort, &a, &b), verdict(sort, &b, &a));
        prop_assert!((one.share - other.share).abs() < 1e-9, "{one:#?}\n{other:#?}");
        prop_assert_eq!(one.same, other.same);
    }
}
