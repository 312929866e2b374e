#![allow(clippy::unwrap_used)]
use sayso_codebook::Codebook;

use super::find;

/// Each quantity as `text | value(..upper) unit bound`, joined by `; `, of every case that is not as expected.
fn check(cases: &[(&str, &str)]) {
    let book = Codebook::bundled().unwrap().quantities;
    let told = |text: &str| {
        let skip: Vec<_> = crate::time::find(text, Some("2024-09-12"))
            .iter()
            .map(|time| time.span)
            .collect();
        let found = find(text, &book, &skip).into_iter().map(|quantity| {
            assert_eq!(
                text.get(quantity.span.range()),
                Some(quantity.text.as_str()),
                "{text}"
            );
            let upper = quantity
                .upper
                .map_or(String::new(), |upper| format!("..{upper}"));
            let unit = quantity.unit.unwrap_or("-".to_owned());
            format!(
                "{} | {}{upper} {unit} {}",
                quantity.text,
                quantity.value,
                quantity.bound.as_str()
            )
        });
        found.collect::<Vec<_>>().join("; ")
    };
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| told(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  is  {}\n  not {expected}", told(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_are_read_with_bound_and_unit() {
    check(&[
        (
            "It sent more than 1,000 containers to Russia.",
            "more than 1,000 containers | 1000 container at-least",
        ),
        ("up to 50", "up to 50 | 50 - at-most"),
        (
            "at least 20 people died",
            "at least 20 people | 20 people at-least",
        ),
        ("dozens of tanks", "dozens of tanks | 24 tank at-least"),
        (
            "hundreds of artillery shells",
            "hundreds of artillery shells | 200 artillery shell at-least",
        ),
        (
            "thousands of troops",
            "thousands of troops | 2000 troop at-least",
        ),
        (
            "tens of thousands of shells",
            "tens of thousands of shells | 20000 shell at-least",
        ),
        ("some 300 drones", "some 300 drones | 300 drone about"),
        (
            "nearly 2 million rounds",
            "nearly 2 million rounds | 2000000 round about",
        ),
        ("a dozen missiles", "a dozen missiles | 12 missile exact"),
        (
            "more than a dozen vessels",
            "more than a dozen vessels | 12 vessel at-least",
        ),
        (
            "half a million shells",
            "half a million shells | 500000 shell exact",
        ),
        ("two ships", "two ships | 2 ship exact"),
        ("$1.2 billion", "$1.2 billion | 1200000000 USD exact"),
        ("€300m", "€300m | 300000000 EUR exact"),
        (
            "300 million euros",
            "300 million euros | 300000000 EUR exact",
        ),
        ("15 percent", "15 percent | 15 percent exact"),
        ("47.5 per cent", "47.5 per cent | 47.5 percent exact"),
        ("15% of exports", "15% | 15 percent exact"),
        (
            "between 20 and 30 tanks",
            "between 20 and 30 tanks | 20..30 tank exact",
        ),
        ("20-30 jets", "20-30 jets | 20..30 jet exact"),
        ("20 to 30", "20 to 30 | 20..30 - exact"),
        ("1.5bn rubles", "1.5bn rubles | 1500000000 RUB exact"),
        (
            "300,000 shells a year",
            "300,000 shells a year | 300000 shell exact",
        ),
        (
            "100 drones per month",
            "100 drones per month | 100 drone exact",
        ),
        (
            "twenty-five launchers",
            "twenty-five launchers | 25 launcher exact",
        ),
        (
            "two hundred and fifty thousand shells",
            "two hundred and fifty thousand shells | 250000 shell exact",
        ),
        (
            "two dozen aircraft",
            "two dozen aircraft | 24 aircraft exact",
        ),
        (
            "$1-2 billion",
            "$1-2 billion | 1000000000..2000000000 USD exact",
        ),
        (
            "2 to 3 million barrels a day",
            "2 to 3 million barrels a day | 2000000..3000000 barrel exact",
        ),
        ("20% to 30% of it", "20% to 30% | 20..30 percent exact"),
        ("US$50 million", "US$50 million | 50000000 USD exact"),
        ("USD 300 million", "USD 300 million | 300000000 USD exact"),
        (
            "5 million US dollars",
            "5 million US dollars | 5000000 USD exact",
        ),
        (
            "a $300-million package",
            "$300-million | 300000000 USD exact",
        ),
        (
            "no more than 10 countries",
            "no more than 10 countries | 10 country at-most",
        ),
        (
            "16 F-16 fighter jets",
            "16 F-16 fighter jets | 16 F-16 fighter jet exact",
        ),
        ("12 T-72 tanks", "12 T-72 tanks | 12 T-72 tank exact"),
        (
            "40 short-range missiles",
            "40 short-range missiles | 40 short-range missile exact",
        ),
        ("500 pounds of explosives", "500 pounds | 500 pound exact"),
        ("30km away", "30km | 30 km exact"),
        ("1,000+ drones", "1,000+ drones | 1000 drone at-least"),
        ("300 tanks or more", "300 tanks or more | 300 tank at-least"),
        ("20 more tanks", "20 more tanks | 20 tank exact"),
        (
            "two arms factories",
            "two arms factories | 2 arms factory exact",
        ),
        (
            "several hundred soldiers",
            "several hundred soldiers | 200 soldier at-least",
        ),
        (
            "a few thousand men",
            "a few thousand men | 2000 man at-least",
        ),
        ("2000 shells", "2000 shells | 2000 shell exact"),
        ("In 2022 300 shells", "300 shells | 300 shell exact"),
        (
            "one Russian tank.",
            "one Russian tank | 1 Russian tank exact",
        ),
        (
            "rose from 20 to 30 percent",
            "20 | 20 - exact; 30 percent | 30 percent exact",
        ),
        ("20 000 shells", "20 000 shells | 20000 shell exact"),
        (
            "about 1.5 million tons of grain",
            "about 1.5 million tons | 1500000 ton about",
        ),
        (
            "28 M1A1 Abrams tanks",
            "28 M1A1 Abrams tanks | 28 M1A1 Abrams tank exact",
        ),
        ("7,000 m3 of water", "7,000 m3 | 7000 m3 exact"),
        ("an 84 MW plant", "84 MW | 84 MW exact"),
        ("two feet of snow", "two feet | 2 foot exact"),
        (
            "2.5 million rounds and 400 vehicles",
            "2.5 million rounds | 2500000 round exact; 400 vehicles | 400 vehicle exact",
        ),
        (
            "three or four boats",
            "three or four boats | 3..4 boat exact",
        ),
        (
            "two and a half million shells",
            "two and a half million shells | 2500000 shell exact",
        ),
        (
            "millions of dollars",
            "millions of dollars | 2000000 USD at-least",
        ),
        ("worth 300 crowns", "300 crowns | 300 crown exact"),
        (
            "4 percentage points",
            "4 percentage points | 4 percentage point exact",
        ),
        (
            "2,000 152mm shells",
            "2,000 152mm shells | 2000 152mm shell exact",
        ),
        (
            "10,000 155-mm rounds",
            "10,000 155-mm rounds | 10000 155-mm round exact",
        ),
        (
            "a dozen 2,000-kg bombs",
            "a dozen 2,000-kg bombs | 12 2,000-kg bomb exact",
        ),
    ]);
}

#[test]
fn digits_that_count_nothing_are_none() {
    let cases = [
        "Su-35",
        "the Arrow 3 interceptor",
        "in 575 B.C.",
        "T-72",
        "F-16 jets",
        "Mi-28",
        "S-400 systems",
        "K9 howitzers",
        "155mm shells",
        "155 mm shells",
        "122-mm rockets",
        "a 2,000-kg bomb",
        "COVID-19",
        "Article 5",
        "Type 99",
        "the first tank",
        "one of the tanks",
        "one can say",
        "the one we saw",
        "no one",
        "320x250",
        "+44 20 7946 0958",
        "020 7946 0958",
        "555-1234",
        "in 2022",
        "on 12 June 2023",
        "by the end of 2025",
        "two weeks ago",
        "between 2021 and 2023",
        "the 2022 sanctions",
        "the 2022 invasion",
        "a two-day visit",
        "two-thirds of it",
        "one third",
        "World War Two",
        "24/7",
        "at 10:30",
        "10 a.m.",
        "1400 GMT",
        "No. 7",
        "Resolution 2231",
        "the 12th",
        "Shahed 136 drones",
        "7.62 x 39",
        "G7",
        "a 20-year-old",
        "Five Eyes",
        "it lost 5-3",
        "John Smith, 45, said",
        "5G",
        "the 36th brigade",
        "MiG-29s",
        "Flight 17",
        "Kh-101",
        "Leopard 2 tanks",
        "version 1.2.3",
        "Boeing 747",
        "[12]",
        "Group of Seven",
        "12-34-56",
        "over the past six months",
        "0.5.1",
        "the 1990s",
    ];
    let none: Vec<(&str, &str)> = cases.iter().map(|text| (*text, "")).collect();
    check(&none);
}

#[test]
fn hostile_text_does_not_stop_the_reader() {
    let book = Codebook::bundled().unwrap().quantities;
    for piece in [
        "9",
        "1,000",
        "million ",
        "two hundred and ",
        "$",
        "US$ ",
        "a dozen of the ",
        "1-",
        "half a ",
        "é9–",
    ] {
        let text = piece.repeat(3000);
        for quantity in find(&text, &book, &[]) {
            assert!(
                text.get(quantity.span.range()).is_some() && quantity.value.is_finite(),
                "{piece}"
            );
        }
    }
}
