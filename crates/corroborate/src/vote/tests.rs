use proptest::prelude::*;

use super::*;

fn none(_: &str, _: &str) -> f64 {
    0.0
}

fn said<'a>(rows: &'a [(String, String, String)]) -> Vec<Statement<'a>> {
    rows.iter()
        .map(|(source, object, value)| Statement {
            source,
            object,
            value,
        })
        .collect()
}

/// Three that look for themselves and err rarely, and five that print what one careless outlet prints.
fn press() -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    for object in 0..40_usize {
        let mut add = |source: &str, value: String| {
            rows.push((source.to_owned(), format!("object {object:02}"), value));
        };
        for (i, careful) in ["a", "b", "c"].iter().enumerate() {
            let wrong = object % 13 == i * 3 + 1;
            add(
                careful,
                if wrong {
                    format!("slip of {careful} {object}")
                } else {
                    "right".into()
                },
            );
        }
        let careless = if object % 3 == 0 {
            format!("wrong {object}")
        } else {
            "right".to_owned()
        };
        for copier in ["m", "n", "o", "p", "q"] {
            add(copier, careless.clone());
        }
    }
    rows
}

#[test]
fn what_is_copied_five_times_is_one_voice() {
    let rows = press();
    let right = |assumed: &Assumed| {
        let found = weigh(&said(&rows), assumed, none);
        found
            .objects
            .values()
            .filter(|v| v[0].value == "right")
            .count()
    };
    let alone = Assumed {
        copying: false,
        ..Assumed::default()
    };
    assert!(
        right(&alone) < 30,
        "heads would be misled: {}",
        right(&alone)
    );
    assert_eq!(right(&Assumed::default()), 40);
    let found = weigh(&said(&rows), &Assumed::default(), none);
    assert_eq!(
        found.dependences.len(),
        10,
        "every pair of the five and no other: {:#?}",
        found.dependences
    );
    assert!(found.accuracy["a"] > 0.85 && found.accuracy["m"] < 0.75);
    let reasons = found.objects["object 00"][1].reasons();
    assert!(reasons[1].contains("of which"), "{reasons:?}");
    assert!(found.dependences[0].reason().contains("in common"));
}

#[test]
fn sharing_the_truth_is_no_copying() {
    let rows: Vec<_> = (0..50)
        .flat_map(|o| ["a", "b"].map(|s| (s.to_owned(), format!("{o}"), "right".to_owned())))
        .collect();
    assert!(
        weigh(&said(&rows), &Assumed::default(), none)
            .dependences
            .is_empty()
    );
}

#[test]
fn nothing_gives_nothing_and_one_voice_decides() {
    assert!(weigh(&[], &Assumed::default(), none).objects.is_empty());
    let one = [Statement {
        source: "a",
        object: "o",
        value: "v",
    }];
    let found = weigh(&one, &Assumed::default(), none);
    assert_eq!(found.objects["o"][0].value, "v");
    assert!(found.objects["o"][0].probability < 1.0);
}

#[test]
fn one_object_with_thousands_of_sources_stays_bounded() {
    let rows: Vec<_> = (0..20_000)
        .map(|i| (format!("s{i}"), "o".to_owned(), format!("v{}", i % 5_000)))
        .collect();
    let found = weigh(&said(&rows), &Assumed::default(), |_, _| 0.5);
    assert_eq!(found.objects["o"].len(), 5_000);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn order_and_repetition_make_no_difference(
        rows in proptest::collection::vec((0..6_u8, 0..8_u8, 0..4_u8), 0..80),
        cut in 0..80_usize,
    ) {
        let rows: Vec<_> = rows.iter().map(|(s, o, v)| (format!("s{s}"), format!("o{o}"), format!("v{v}"))).collect();
        let there = weigh(&said(&rows), &Assumed::default(), none);
        let mut other = rows.clone();
        other.rotate_left(cut.min(rows.len()));
        other.reverse();
        other.extend(rows.iter().take(3).cloned());
        let back = weigh(&said(&other), &Assumed::default(), none);
        prop_assert_eq!(&there.objects, &back.objects);
        for values in there.objects.values() {
            let sum: f64 = values.iter().map(|v| v.probability).sum();
            prop_assert!(sum <= 1.000_001 && values.iter().all(|v| v.probability >= 0.0 && v.weight.is_finite()));
        }
        prop_assert!(there.accuracy.values().all(|a| (0.0..=1.0).contains(a)));
    }
}
