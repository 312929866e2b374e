use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn set(words: &str) -> BTreeSet<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// A clause of which nothing is known but its predicate.
fn clause(report: &str, sentence: u32, predicate: &str) -> Mention {
    Mention {
        report: report.to_owned(),
        sentence,
        word: 1,
        title: false,
        top: false,
        depth: 0,
        predicate: predicate.to_owned(),
        form: Form::Clause,
        parties: Vec::new(),
        places: Vec::new(),
        days: None,
        figures: Vec::new(),
        said: BTreeSet::new(),
        is: None,
    }
}

fn with(mut mention: Mention, role: Role, sort: Sort, words: &str) -> Mention {
    let named = matches!(sort, Sort::Person | Sort::Body | Sort::Place);
    mention.parties.push(Party {
        role,
        sort,
        names: if named { set(words) } else { BTreeSet::new() },
        head: words.split(' ').next_back().unwrap_or_default().to_owned(),
        words: set(words),
    });
    mention
}

/// Reports in which every word of these mentions stands as often as it does here, among `more` others.
fn rarity(mentions: &[Mention], more: usize) -> Rarity {
    let mut rarity = Rarity::default();
    let mut reports: Vec<&str> = mentions.iter().map(|m| m.report.as_str()).collect();
    reports.sort_unstable();
    reports.dedup();
    for report in reports {
        let mut words = BTreeSet::new();
        for mention in mentions.iter().filter(|m| m.report == report) {
            words.extend(compare::all(mention));
            words.insert(mention.predicate.as_str());
        }
        rarity.add(words);
    }
    for _ in 0..more {
        rarity.add([]);
    }
    rarity
}

fn grouped(mentions: &[Mention]) -> Vec<Vec<usize>> {
    events(mentions, &rarity(mentions, 60)).groups
}

fn sells(report: &str, sentence: u32, seller: &str, goods: &str) -> Mention {
    let sale = clause(report, sentence, "sell");
    with(
        with(sale, Role::Agent, Sort::Body, seller),
        Role::Object,
        Sort::Thing,
        goods,
    )
}

#[test]
fn what_agrees_in_rare_things_is_one_event() {
    let mut noun = clause("b", 4, "sale");
    noun.form = Form::Noun;
    let noun = with(noun, Role::Owner, Sort::Body, "acme");
    let noun = with(noun, Role::Object, Sort::Thing, "coastal radar");
    let mentions = [sells("a", 2, "acme", "coastal radar"), noun];
    let found = events(&mentions, &rarity(&mentions, 60));
    assert_eq!(found.groups, [vec![0, 1]]);
    let texts: Vec<&str> = found.links[0]
        .reasons
        .iter()
        .map(|r| r.text.as_str())
        .collect();
    assert_eq!(
        texts,
        [
            "\"sell\" and \"sale\" are of one verb",
            "both with \"acme\"",
            "both with \"coastal\"",
            "both with \"radar\"",
        ]
    );
}

#[test]
fn what_every_report_has_tells_nothing() {
    let mentions = [
        sells("a", 2, "acme", "coastal radar"),
        sells("b", 2, "acme", "coastal radar"),
    ];
    assert_eq!(events(&mentions, &rarity(&mentions, 0)).groups.len(), 2);
}

#[test]
fn contradictions_block() {
    let check = |a: Mention, b: Mention, why: &str| {
        let mentions = [a, b];
        let rarity = rarity(&mentions, 60);
        let judge = Judge {
            rarity: &rarity,
            mentions: 2,
        };
        let verdict = judge.compare(&mentions[0], &mentions[1], 2);
        assert_eq!(verdict, Verdict::Different(why.to_owned()));
        assert_eq!(events(&mentions, &rarity).groups.len(), 2, "{why}");
    };
    let sale = |report| sells(report, 2, "acme", "coastal radar");
    check(
        sale("a"),
        sells("b", 2, "bolt", "coastal radar"),
        "by acme, by bolt",
    );
    check(
        sale("a"),
        sells("b", 2, "acme", "heavy tank"),
        "of coastal radar, of heavy tank",
    );
    let on = |report, first, last| Mention {
        days: Some(Days { first, last }),
        ..sale(report)
    };
    check(
        on("a", date(2023, 5, 1), date(2023, 5, 31)),
        on("b", date(2023, 7, 3), date(2023, 7, 3)),
        "2023-05-01 to 2023-05-31, 2023-07-03 to 2023-07-03",
    );
    let many = |report, value| Mention {
        figures: vec![Figure {
            value,
            unit: "radar".to_owned(),
        }],
        ..sale(report)
    };
    check(
        many("a", 4.0),
        many("b", 6.0),
        "4 radar, and another number of them",
    );
    let at = |report, place| Mention {
        places: vec![set(place)],
        ..sale(report)
    };
    check(
        at("a", "minsk by"),
        at("b", "tehran ir"),
        "in another place",
    );
    check(sale("a"), sale("a"), "one word, handed in as two events");
}

#[test]
fn a_report_that_says_twice_tells_two_sayings_and_another_tells_one_again() {
    let says = |report, sentence, said| Mention {
        said: set(said),
        ..with(
            clause(report, sentence, "say"),
            Role::Agent,
            Sort::Person,
            "novak",
        )
    };
    let mentions = [
        says("a", 2, "radar ship spring"),
        says("a", 3, "radar ship price"),
        says("b", 2, "radar ship spring"),
    ];
    assert_eq!(grouped(&mentions), [vec![0, 2], vec![1]]);
}

#[test]
fn known_nouns_and_pronouns_mean_what_came_before() {
    let mut known = clause("a", 4, "announcement");
    known.form = Form::Known;
    let mut it = clause("a", 5, "it");
    it.form = Form::Pointer;
    let mentions = [
        with(clause("a", 2, "unveil"), Role::Agent, Sort::Body, "acme"),
        with(clause("a", 3, "explode"), Role::Agent, Sort::Thing, "depot"),
        known,
        it,
    ];
    assert_eq!(grouped(&mentions), [vec![0, 2, 3], vec![1]]);
}

#[test]
fn what_the_sentence_equates_is_one() {
    let mut it = clause("a", 2, "it");
    (it.form, it.word, it.is) = (Form::Pointer, 0, Some(4));
    let mut noun = clause("a", 2, "decline");
    (noun.form, noun.word) = (Form::Noun, 4);
    assert_eq!(grouped(&[it, noun]), [vec![0, 1]]);
}

#[test]
fn a_vague_mention_does_not_glue_two_exact_ones() {
    let vague = with(
        clause("b", 2, "sell"),
        Role::Object,
        Sort::Thing,
        "coastal radar",
    );
    let mentions = [
        sells("a", 2, "acme", "coastal radar"),
        vague,
        sells("c", 2, "bolt", "coastal radar"),
    ];
    let found = events(&mentions, &rarity(&mentions, 500));
    assert_eq!(found.groups.len(), 2);
    assert_eq!(found.refused.len(), 1);
    assert_eq!(found.refused[0].1, "by acme, by bolt");
}

#[test]
fn nothing_gives_nothing_and_many_end() {
    assert!(events(&[], &Rarity::default()).groups.is_empty());
    let many: Vec<Mention> = (0..3000)
        .map(|n| sells(&format!("r{}", n % 3), n, "acme", "coastal radar"))
        .collect();
    assert!(events(&many, &Rarity::default()).groups.len() <= 3000);
}

fn any_mention() -> impl Strategy<Value = Mention> {
    let names = ["acme", "bolt", "corp"];
    let goods = ["coastal radar", "heavy tank", "radar", "mine"];
    let predicates = ["sell", "sale", "buy", "deliver", "announcement", "say"];
    let form = prop::sample::select(vec![Form::Clause, Form::Noun, Form::Known, Form::Pointer]);
    let what = (
        prop::sample::select(predicates.to_vec()),
        prop::option::of(prop::sample::select(names.to_vec())),
        prop::option::of(prop::sample::select(goods.to_vec())),
        form,
        prop::option::of(1i8..28),
    );
    (0..4u8, 0..6u32, 0..5u32, what).prop_map(|(report, sentence, word, what)| {
        let (predicate, seller, goods, form, day) = what;
        let mut mention = clause(&report.to_string(), sentence, predicate);
        (mention.word, mention.form, mention.title) = (word, form, sentence == 0);
        mention.days = day.map(|day| Days {
            first: date(2023, 5, day),
            last: date(2023, 5, day),
        });
        if let Some(seller) = seller {
            mention = with(mention, Role::Agent, Sort::Body, seller);
        }
        if let Some(goods) = goods {
            mention = with(mention, Role::Object, Sort::Thing, goods);
        }
        mention
    })
}

/// Groups by what is in them.
fn told(mentions: &[Mention]) -> BTreeSet<BTreeSet<(String, u32, u32, String)>> {
    let found = events(mentions, &rarity(mentions, 20));
    let all: usize = found.groups.iter().map(Vec::len).sum();
    assert_eq!(all, mentions.len(), "every mention once");
    let owned = |&n: &usize| {
        let (report, sentence, word, predicate) = mentions[n].identity();
        (report.to_owned(), sentence, word, predicate.to_owned())
    };
    found
        .groups
        .iter()
        .map(|group| group.iter().map(owned).collect())
        .collect()
}

proptest! {
    #[test]
    fn the_order_makes_no_difference(
        mentions in prop::collection::vec(any_mention(), 0..14),
        seed in any::<u64>(),
    ) {
        let mut seen = BTreeSet::new();
        let mentions: Vec<Mention> = mentions
            .into_iter()
            .filter(|m| {
                let (report, sentence, word, _) = m.identity();
                seen.insert((report.to_owned(), sentence, word))
            })
            .collect();
        let mut other = mentions.clone();
        let mut state = seed;
        for n in (1..other.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            other.swap(n, (state >> 33) as usize % (n + 1));
        }
        prop_assert_eq!(told(&mentions), told(&other));
    }
}
