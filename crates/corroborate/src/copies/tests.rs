use proptest::prelude::*;

use super::*;

const STORY: &str = "Kazakhstan has begun assembling drones from Turkish kits at a plant near Karaganda, the industry ministry said on Thursday, two years later than planned.

Turkish Aerospace, which designed the aircraft, supplies the fuselages and engines, while Kazakhstan Engineering paints the machines and fits the ground stations. The plant should reach an output of six drones a year by the end of 2026, the ministry said in a statement.

The two countries signed an agreement on unmanned aircraft in May 2022, when the Kazakh president visited Ankara. Under it the Turkish company also agreed to train 30 Kazakh engineers, of whom 22 have finished their course.

\"We are not building these for anyone's war,\" the deputy director said when asked about reports that the first machines would go to Ukraine. Moscow has so far kept silent about the plant.";

const OTHER: &str = "Romania will buy a light corvette from Turkey for 223 million euros, the defence ministry in Bucharest said. The ship has been on trials in the Black Sea since the spring. Anti-ship missiles will be bought from Norway at a later date, an admiral told deputies. Bucharest cancelled a contract with a French group for four corvettes in August 2023. Deputies of the USR criticised that Mangalia, where Damen built until 2024, had been passed over; its 1,300 workers have been on half pay since October.";

const THIRD: &str = "A dhow that the National Resistance Force stopped off Mokha in July was carrying missiles, engines and radar parts from Iran to the Houthis, a panel in New York wrote on Tuesday. The cargo had been declared as air conditioners. Two trading houses in Guangzhou have sold guidance chips since 2023, it believes. Tehran denied everything; Muscat says that it searches every lorry. In Sanaa a workshop turns out up to 20 Waid drones a week, a mechanic who fled to Marib in August says; Israel bombed another in Hodeidah on 7 September.";

/// Told by somebody else who was there.
const INDEPENDENT: &str = "Workers in Saran put the first Turkish-designed aircraft together this week. I saw two of them in a hall that once made buses, wings still wrapped in foil. A foreman who took me round expects half a dozen to leave in 2026. Nobody in Karaganda talks of Ukraine, but everybody asks where the machines will fly.

The idea goes back to a visit to Ankara in May 2022. Some thirty engineers were sent to learn; most are home again.";

const REWORDED: &str = "Assembly of drones from Turkish kits has started in Kazakhstan at a factory near Karaganda, two years behind the plan, according to the industry ministry.

The fuselages and engines come from Turkish Aerospace, the designer of the aircraft; painting the machines and fitting ground stations is left to Kazakhstan Engineering. By the end of 2026 the factory should have an output of six drones a year, a ministry statement said.

An agreement on unmanned aircraft was signed by the two countries in May 2022 during the Kazakh president's visit to Ankara. The Turkish firm also agreed to train 30 engineers from Kazakhstan, 22 of whom have already finished the course.";

fn between(a: &str, b: &str) -> Option<Relation> {
    titled((None, a), (None, b))
}

fn titled(a: (Option<&str>, &str), b: (Option<&str>, &str)) -> Option<Relation> {
    relation(
        (&Reading::of(a.0, a.1), None),
        (&Reading::of(b.0, b.1), None),
    )
}

#[test]
fn the_sorts_are_told_apart() {
    let check = |b: &str, wanted: Option<Sort>| {
        for found in [between(STORY, b), between(b, STORY)] {
            assert_eq!(found.as_ref().map(|r| r.sort), wanted, "{b}\n{found:#?}");
        }
        let asked = Sketch::of(b).keys();
        if wanted.is_some() {
            let mut index = Index::default();
            index.add(&Sketch::of(STORY));
            assert!(!index.candidates(&Sketch::of(b)).is_empty(), "{asked:?}");
        }
    };
    check(STORY, Some(Sort::Verbatim));
    check(&STORY.to_uppercase(), Some(Sort::Verbatim));
    let paragraphs: Vec<&str> = STORY.split("\n\n").collect();
    check(paragraphs[1], Some(Sort::Trimmed));
    check(
        &format!("{}\n{}", paragraphs[0], paragraphs[2]),
        Some(Sort::Trimmed),
    );
    check(REWORDED, Some(Sort::Reworded));
    check(
        &format!("{OTHER}\n\n{}", paragraphs[1]),
        Some(Sort::Passage),
    );
    check(
        "An officer in Almaty was asked about it. \"We are not building these for anyone's war,\" he heard on the radio.",
        Some(Sort::Quoting),
    );
    check(OTHER, None);
    check(INDEPENDENT, None);
}

#[test]
fn a_headline_is_apart_from_the_text() {
    let printed = format!("Drones from kits\n{STORY}");
    let a = (Some("Drones from kits"), printed.as_str());
    let found = titled(a, (Some("Plant opens at last"), STORY)).map(|r| r.sort);
    assert_eq!(found, Some(Sort::HeadlineChanged));
    let found = titled(a, (Some("Drones from Kits"), STORY)).map(|r| r.sort);
    assert_eq!(found, Some(Sort::Verbatim));
}

#[test]
fn what_a_desk_prints_everywhere_makes_no_copy() {
    let foot = "Example Agency has reported from forty countries since 1951 and belongs to the papers that print it; its trust sees to it that nobody owns more than a tenth.";
    let signed =
        |s: &str| format!("{s}\n\n{foot}\n\nReporting by Ann Example; Editing by Bo Example");
    assert_eq!(
        between(&signed(STORY), &signed(OTHER)).map(|r| r.sort),
        Some(Sort::Passage),
        "as long as two reports are all there is"
    );
    let texts = [signed(STORY), signed(OTHER), signed(THIRD)];
    let readings: Vec<Reading> = texts.iter().map(|t| Reading::of(None, t)).collect();
    let sketches: Vec<Sketch> = readings.iter().map(Sketch::from).collect();
    let keys: Vec<Vec<u64>> = readings.iter().map(Reading::sentence_keys).collect();
    let all: Vec<(&Sketch, &[u64])> = sketches
        .iter()
        .zip(keys.iter().map(Vec::as_slice))
        .collect();
    let known = recurring(&all);
    assert_eq!(known.len(), 2, "the sentence, and the same without names");
    let sister = Reading::with_standing(None, &foot.replace("Example", "Sister"), &known);
    assert_eq!(Sketch::from(&sister).words(), 0);
    let again = |t: &str| Reading::with_standing(None, t, &known);
    assert_eq!(
        relation((&again(&texts[0]), None), (&again(&texts[1]), None)),
        None
    );
}

#[test]
fn the_earlier_is_told_by_what_is_published() {
    let reading = Reading::of(None, STORY);
    let check = |a: Option<&str>, b: Option<&str>, wanted: Option<First>| {
        let found = relation((&reading, a), (&reading, b)).and_then(|r| r.first);
        assert_eq!(found, wanted, "{a:?} {b:?}");
    };
    check(Some("2023-08-01"), Some("2023-08-02"), Some(First::A));
    check(Some("2023-08-01"), Some("2023-08-01T09:00:00Z"), None);
    check(
        Some("2023-08-02T09:00:00+02:00"),
        Some("2023-08-02T07:30:00Z"),
        Some(First::A),
    );
    check(
        Some("2023-08-02T09:00:00+02:00"),
        Some("2023-08-02T06:30:00Z"),
        Some(First::B),
    );
    check(Some("2023-08-02"), None, None);
    check(Some("next week"), Some("2023-08-02"), None);
}

/// A megabyte each; nothing here may take more than moments, and the test would not end if it took the square.
#[test]
fn hostile_texts_are_compared_in_bounded_time() {
    let million = |unit: &str| unit.repeat(1_000_000 / unit.len());
    let numbered: String = (0..60_000).map(|i| format!("Drone {i} sold. ")).collect();
    let texts = [
        million("drone "),
        million("Drone sold to Iran again. "),
        million("\"drone sold\" "),
        million("\""),
        million("x"),
        million("\n"),
        million("無人"),
        numbered,
    ];
    let readings: Vec<Reading> = texts
        .iter()
        .map(|t| Reading::of(Some("drone"), t))
        .collect();
    for a in &readings {
        let sketch = Sketch::from(a);
        assert!(sketch.to_bytes().len() < 8_192);
        for b in &readings {
            let _ = relation((a, None), (b, None));
        }
    }
}

/// The oracle estimates the same similarity from the same shingles by other hashes.
#[test]
fn similarity_is_what_another_minhash_says() {
    use gaoya::minhash::{MinHasher, MinHasher32};
    let grams = |text: &str| {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect();
        words.windows(5).map(|w| w.join(" ")).collect::<Vec<_>>()
    };
    let oracle = MinHasher32::new(1024);
    let sentences: Vec<&str> = STORY.split_inclusive(". ").collect();
    for kept in 1..=sentences.len() {
        let part = sentences[..kept].concat().replace("anyone's", "anyones");
        let whole = STORY.replace("anyone's", "anyones");
        let ours = Sketch::of(&part).similarity(&Sketch::of(&whole));
        let theirs = oracle.compute_similarity(grams(&part).iter(), grams(&whole).iter());
        assert!(
            (ours - theirs).abs() < 0.13,
            "{kept} sentences: {ours} and {theirs}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn sketches_come_back(text in "(\\PC|\\n|[A-Za-z \"“”.]){0,400}") {
        let sketch = Sketch::of(&text);
        let bytes = sketch.to_bytes();
        prop_assert_eq!(Sketch::from_bytes(&bytes), Some(sketch));
        prop_assert_eq!(Sketch::from_bytes(&bytes[..bytes.len() - 1]), None);
    }

    #[test]
    fn any_bytes_are_a_sketch_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..900)) {
        let _ = Sketch::from_bytes(&bytes);
    }

    #[test]
    fn relations_are_mirrored_and_slice_the_texts(
        picks in proptest::collection::vec((0..24_usize, 0..2_usize), 0..16),
        noise in "(\\PC|\\n|[A-Za-z \"“”.]){0,80}",
    ) {
        let all: Vec<&str> = [STORY, REWORDED, OTHER].iter().flat_map(|t| t.split_inclusive(['.', '\n'])).collect();
        let side = |n: usize| picks.iter().filter(|(_, s)| *s == n || n == 2).map(|(i, _)| all[i % all.len()]).collect::<String>();
        let (a, b) = (format!("{}{noise}", side(2)), format!("{noise}{}", side(1)));
        let there = between(&a, &b);
        let back = between(&b, &a);
        prop_assert_eq!(there.as_ref().map(|r| r.sort), back.as_ref().map(|r| r.sort));
        if let Some(r) = there {
            for p in &r.pairs {
                prop_assert!(!p.a.of(&a).is_empty() && !p.b.of(&b).is_empty());
            }
            for (x, y) in &r.quotations {
                prop_assert!(!x.of(&a).is_empty() && !y.of(&b).is_empty());
            }
        }
    }

    /// Any run of twenty words leaves a key in both.
    #[test]
    fn an_excerpt_meets_its_whole(start in 0..60_usize) {
        let words: Vec<&str> = STORY.split(' ').collect();
        let excerpt = format!("{OTHER} {}", words[start..start + 30].join(" "));
        let (a, b) = (Sketch::of(STORY).keys(), Sketch::of(&excerpt).keys());
        prop_assert!(a.iter().any(|k| b.contains(k)));
    }
}
