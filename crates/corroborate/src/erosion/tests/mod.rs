//! Claims written by hand: what the reader would give for the sentences in them.

mod counterparts;

use sayso_records::*;
use smol_str::SmolStr;

use super::*;

fn filler(text: &str, kind: EntityType) -> Filler {
    Filler {
        text: text.into(),
        span: Span::new(0, 0),
        name: text.into(),
        entity: None,
        kind,
        implied: false,
        claim: None,
    }
}

fn state(name: &str) -> Filler {
    filler(name, EntityType::State)
}

fn claim(quote: &str, roles: &[(&str, Filler)]) -> Claim {
    let mut of: Vec<(SmolStr, Vec<Filler>)> = Vec::new();
    for (role, filler) in roles {
        match of.iter_mut().find(|(r, _)| r == role) {
            Some((_, fillers)) => fillers.push(filler.clone()),
            None => of.push(((*role).into(), vec![filler.clone()])),
        }
    }
    Claim {
        id: ClaimId(String::new()),
        report: ReportId("r".into()),
        kind: "transfer".into(),
        roles: of,
        place: Vec::new(),
        time: None,
        quantity: Vec::new(),
        status: None,
        polarity: Polarity::Affirmed,
        certainty: Certainty::Stated,
        sources: Vec::new(),
        evidence: Evidence {
            span: Span::new(0, quote.len()),
            quote: quote.into(),
        },
        explanation: Vec::new(),
    }
}

fn because(claim: &mut Claim, field: &str, words: &str) {
    claim.explanation.push(Reason {
        field: field.into(),
        rule: "a rule".into(),
        words: words.into(),
    });
}

fn source(text: &str, cue: &str) -> Attribution {
    Attribution {
        text: text.into(),
        span: Span::new(0, 0),
        name: text.into(),
        entity: None,
        kind: EntityType::Organisation,
        unnamed: false,
        cue: cue.into(),
    }
}

fn number(text: &str, value: f64, upper: Option<f64>, bound: Bound) -> Quantity {
    Quantity {
        text: text.into(),
        span: Span::new(0, 0),
        value,
        upper,
        unit: Some("drone".into()),
        bound,
    }
}

fn town(text: &str, within: &[&str], precision: Precision) -> PlaceRef {
    PlaceRef {
        text: text.into(),
        span: Span::new(0, 0),
        within: within.iter().map(|w| (*w).to_owned()).collect(),
        name: text.into(),
        entity: None,
        country: None,
        point: None,
        precision,
    }
}

fn check(from: &Claim, to: &Claim, wanted: &[(&str, &str, &str)]) {
    let ladder = ["planned", "operating"].map(SmolStr::from);
    let found = erosion(from, to, &ladder);
    let found: Vec<(&str, &str, &str)> = found
        .iter()
        .map(|c| (c.what.as_str(), c.before.as_str(), c.after.as_str()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_hedge_is_dropped_weakened_or_added() {
    let mut may = claim("Iran may send drones.", &[]);
    may.certainty = Certainty::Possible;
    because(&mut may, "certainty", "may");
    let mut likely = claim("Iran will likely send drones.", &[]);
    likely.certainty = Certainty::Probable;
    because(&mut likely, "certainty", "likely");
    let flat = claim("Iran will send drones.", &[]);
    check(&may, &flat, &[("hedge-dropped", "may", "stated")]);
    check(&may, &likely, &[("hedge-weakened", "may", "likely")]);
    check(&flat, &may, &[("hedge-added", "stated", "may")]);
    check(&may, &may, &[]);
}

#[test]
fn a_denial_is_lost_and_its_hedge_with_it() {
    let mut denied = claim("Iran denied that it sent drones.", &[]);
    denied.polarity = Polarity::Denied;
    because(&mut denied, "polarity", "denied");
    let mut said = claim("Iran reportedly sent drones.", &[]);
    said.certainty = Certainty::Reported;
    check(&denied, &said, &[("denial-lost", "denied", "affirmed")]);
    check(&said, &denied, &[("denial-added", "affirmed", "denied")]);
}

#[test]
fn a_source_is_dropped_or_changed_only_where_it_is_gone() {
    let mut from = claim("According to the Institute, Kyiv said drones came.", &[]);
    from.sources = vec![
        source("the Institute", "According to"),
        source("Kyiv", "said"),
    ];
    let mut kyiv = claim("Kyiv said drones came.", &[]);
    kyiv.sources = vec![source("Kyiv", "said")];
    let chain = "According to the Institute > Kyiv said";
    check(&from, &kyiv, &[("attribution-changed", chain, "Kyiv said")]);
    let none = claim("Drones came.", &[]);
    check(&from, &none, &[("attribution-dropped", chain, "")]);
    // The reader did not take him for the source; the writer left him where he was.
    let there = claim("Drones came, Kyiv let the Institute know.", &[]);
    check(&from, &there, &[]);
    check(&none, &from, &[]);
}

#[test]
fn numbers_are_inflated_deflated_rounded_and_unbound() {
    let with = |text: &str, value, upper, bound| {
        let mut c = claim(&format!("They sent {text}."), &[]);
        c.quantity = vec![number(text, value, upper, bound)];
        c
    };
    let of = |text, value, bound| with(text, value, None, bound);
    use Bound::*;
    let about = of("about 1,000 drones", 1000.0, About);
    let exact = of("1,000 drones", 1000.0, Exact);
    let odd = of("1,043 drones", 1043.0, Exact);
    let over = of("over 1,000 drones", 1000.0, AtLeast);
    let most = of("up to 1,000 drones", 1000.0, AtMost);
    let many = of("10,000 drones", 10_000.0, Exact);
    let range = with("800 to 1,000 drones", 800.0, Some(1000.0), Exact);
    let none = claim("They sent drones.", &[]);
    for (a, b, what) in [
        (&about, &exact, "bound-dropped"),
        (&most, &exact, "bound-dropped"),
        (&most, &over, "bound-dropped"),
        (&range, &exact, "bound-dropped"),
        (&exact, &many, "number-inflated"),
        (&most, &many, "number-inflated"),
        (&many, &about, "number-deflated"),
        (&exact, &odd, "number-inflated"),
    ] {
        check(a, b, &[(what, &a.quantity[0].text, &b.quantity[0].text)]);
    }
    check(&exact, &none, &[("number-dropped", "1,000 drones", "")]);
    for (a, b) in [
        (&odd, &over),
        (&odd, &about),
        (&exact, &about),
        (&range, &most),
        (&none, &many),
    ] {
        check(a, b, &[]);
    }
}

#[test]
fn names_roles_and_places() {
    let sells = |quote: &str, a: &str, b: &str| {
        claim(quote, &[("supplier", state(a)), ("recipient", state(b))])
    };
    let from = sells("Iran sold Russia drones.", "Iran", "Russia");
    let turned = sells("Russia sold Iran drones.", "Russia", "Iran");
    check(
        &from,
        &turned,
        &[(
            "roles-swapped",
            "supplier: Iran; recipient: Russia",
            "supplier: Russia; recipient: Iran",
        )],
    );
    let other = sells("Iran sold Belarus drones.", "Iran", "Belarus");
    check(&from, &other, &[("name-changed", "Russia", "Belarus")]);
    let alone = claim("Iran sold drones.", &[("supplier", state("Iran"))]);
    check(&from, &alone, &[("role-dropped", "Russia", "")]);
    // Still said, only not read as the recipient.
    let unread = claim(
        "Iran sold drones, and Russia paid.",
        &[("supplier", state("Iran"))],
    );
    check(&from, &unread, &[]);
    // Both in both, as something else.
    let hit = claim(
        "Ukrainian drones hit a Russian depot.",
        &[("actor", state("Ukraine"))],
    );
    let mut back = claim(
        "Russian drones hit a Ukrainian depot.",
        &[("actor", state("Russia"))],
    );
    let mut hit = hit;
    hit.roles[0].1[0].text = "Ukrainian".into();
    back.roles[0].1[0].text = "Russian".into();
    check(
        &hit,
        &back,
        &[("roles-swapped", "actor: Ukrainian", "actor: Russian")],
    );

    let at = |quote: &str, place: PlaceRef| {
        let mut c = claim(quote, &[]);
        c.place = vec![place];
        c
    };
    let homiel = at(
        "In Homiel, Belarus.",
        town("Homiel", &["Belarus"], Precision::City),
    );
    let belarus = at("In Belarus.", town("Belarus", &[], Precision::Country));
    let minsk = at("In Minsk.", town("Minsk", &[], Precision::City));
    check(
        &homiel,
        &belarus,
        &[("place-coarsened", "Homiel", "Belarus")],
    );
    check(&belarus, &homiel, &[]);
    check(&homiel, &minsk, &[("place-changed", "Homiel", "Minsk")]);
    check(
        &homiel,
        &claim("There.", &[]),
        &[("place-dropped", "Homiel", "")],
    );
    check(&homiel, &claim("So it was in Homiel.", &[]), &[]);
}

#[test]
fn dates_are_compared_as_days() {
    let on = |text: &str, start: &str, end: &str| {
        let mut c = claim(&format!("It was {text}."), &[]);
        c.time = Some(TimeRef {
            text: text.into(),
            span: Span::new(0, 0),
            interval: Some(Interval {
                start: Some(start.into()),
                end: Some(end.into()),
            }),
            granularity: Granularity::Month,
        });
        c
    };
    let may = on("in May 2022", "2022-05-01", "2022-05-31");
    let june = on("in June 2022", "2022-06-01", "2022-06-30");
    let year = on("in 2022", "2022-01-01", "2022-12-31");
    check(
        &may,
        &june,
        &[("date-changed", "in May 2022", "in June 2022")],
    );
    check(&may, &year, &[]);
    check(&year, &may, &[]);
    check(
        &may,
        &claim("It was.", &[]),
        &[("date-dropped", "in May 2022", "")],
    );
    let mut by = on("by the end of 2026", "", "2026-12-31");
    let mut sooner = on("by the end of 2025", "", "2025-12-31");
    for claim in [&mut by, &mut sooner] {
        if let Some(days) = claim.time.as_mut().and_then(|t| t.interval.as_mut()) {
            days.start = None;
        }
    }
    let told = ("date-changed", "by the end of 2026", "by the end of 2025");
    check(&by, &sooner, &[told]);
    let one = on("yesterday", "2022-05-01", "2022-05-01");
    let next = on("yesterday", "2022-05-02", "2022-05-02");
    check(&one, &next, &[]);
}

#[test]
fn a_status_goes_up_and_down_its_ladder() {
    let at = |status: &str, word: &str| {
        let mut c = claim("It is.", &[]);
        c.status = Some(status.into());
        because(&mut c, "status", word);
        c
    };
    let (planned, operating) = (at("planned", "plans"), at("operating", "runs"));
    let up = ("status-advanced", "planned (plans)", "operating (runs)");
    let down = ("status-set-back", "operating (runs)", "planned (plans)");
    check(&planned, &operating, &[up]);
    check(&operating, &planned, &[down]);
    check(&planned, &at("unheard of", "x"), &[]);
}

#[test]
fn names_are_stable_and_say_one_thing() {
    for what in What::ALL {
        let written = serde_json::to_string(&what).unwrap_or_default();
        assert_eq!(written, format!("{:?}", what.as_str()));
        assert!(what.sentence().ends_with('.'));
    }
    let mut names: Vec<&str> = What::ALL.iter().map(|w| w.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), What::ALL.len());
}

mod hostile {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_words_and_numbers_are_compared(
            a in ".{0,120}", b in ".{0,120}", x in any::<f64>(), y in any::<f64>(),
        ) {
            let make = |quote: &str, value: f64| {
                let mut c = claim(quote, &[("supplier", state(quote))]);
                c.quantity = vec![number(quote, value, Some(value), Bound::About)];
                c.sources = vec![source(quote, quote)];
                c.place = vec![town(quote, &[], Precision::City)];
                c
            };
            let (from, to) = (make(&a, x), make(&b, y));
            erosion(&from, &to, &[]);
            exchanged(&a, &b);
            if x.is_finite() {
                prop_assert_eq!(erosion(&from, &from, &[]), Vec::new());
            }
        }
    }
}
