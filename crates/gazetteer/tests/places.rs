//! Places by name, by spelling and by hint: one line a case.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use sayso_gazetteer::{Gazetteer, Hints, Placing, Spelling};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::bundled().unwrap());

/// One line: `name | within, ... | states, ... | what is meant`, the last as an id, `?` unsure, `-` unknown.
fn wrong(line: &str) -> Option<String> {
    let fields: Vec<&str> = line.split('|').map(str::trim).collect();
    let list = |at: usize| -> Vec<&str> {
        fields[at]
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
            .collect()
    };
    let hints = Hints {
        within: &list(1),
        countries: &list(2),
        ..Hints::default()
    };
    let placed = GAZETTEER.place(fields[0], &hints);
    let said = match &placed {
        Placing::One(place) => &place.id,
        Placing::Unsure(_) => "?",
        Placing::None => "-",
    };
    (said != fields[3]).then(|| format!("{line}, but is {placed:?}"))
}

/// Checks every line and shows all that are wrong.
#[track_caller]
fn check(lines: &[&str]) {
    let wrong: Vec<String> = lines.iter().filter_map(|line| wrong(line)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn towns_are_found_by_every_spelling() {
    check(&[
        "Homiel | | | geonames:627907",
        "Homel | | | geonames:627907",
        "Gomel | Belarus | | geonames:627907",
        "Homyel' | | | geonames:627907",
        "Гомель | | | geonames:627907",
        "Homiel | Belarus | | geonames:627907",
        "Yelabuga | | | geonames:468082",
        "Elabuga | | | geonames:468082",
        "Елабуга | | | geonames:468082",
        "Yelabuz | Tatarstan, Russia | | geonames:468082",
        "Yelabuz | | | -",
        "Alabuga | Tatarstan, Russia | | -",
        "Dushanbe | Tajikistan | | geonames:1221874",
        "Izhevsk | | | geonames:554840",
        "Tula | | RU | geonames:480562",
        "Nizhny Tagil | | | geonames:520494",
        "Isfahan | | | geonames:418863",
        "Esfahan | | | geonames:418863",
        "Kaesong | | | geonames:1876373",
        "Wonsan | | | geonames:1866923",
        "Kharkiv | | | geonames:706483",
        "Kharkov | | | geonames:706483",
        "Odesa | | | geonames:698740",
        "Odessa | | | geonames:698740",
        "Odessa | Texas | | geonames:5527554",
        "Mykolaiv | | UA | geonames:700569",
        "Zaporizhzhia | | | geonames:687700",
        "Rzeszow | | | geonames:759734",
        "Rzeszów | | | geonames:759734",
        "Brno | | | geonames:3078610",
        "Unterlüß | | DE | geonames:2819117",
        "Unterluess | | | -",
        "Changwon | | | geonames:1846326",
        "Sialkot | | | geonames:1164909",
        "Wah | | PK | geonames:11785389",
        "Konya | | | geonames:306571",
        "Kirikkale | | | geonames:307654",
        "Kırıkkale | | | geonames:307654",
        "Toulouse | | | geonames:2972315",
        "Birmingham | | GB | geonames:2655603",
        "Birmingham | Alabama | | geonames:4049979",
        "Birmingham | Alabama, United States | | geonames:4049979",
        "London | | | geonames:2643743",
        "London | Ontario | | geonames:6058560",
        "London | Canada | | geonames:6058560",
        "Severodvinsk | | | geonames:496285",
        "Votkinsk | | | geonames:471430",
        "Dnipro | | | geonames:709930",
        "Kyiv | | | geonames:703448",
        "Kiev | | | geonames:703448",
        "Troy | Alabama | | geonames:4094163",
        "Taganrog | | | geonames:484907",
        "Bandar Abbas | | | geonames:141681",
        "Bangalore | | | geonames:1277333",
        "Bengaluru | | | geonames:1277333",
        "Mariupol | | | geonames:701822",
        "Kherson | | | geonames:706448",
        "Huntsville | Alabama | | geonames:4068590",
        "Camden | Arkansas | | geonames:4104182",
        "Gdynia | | | geonames:3099424",
        "Karlskrona | | | geonames:2701713",
        "Linköping | | | geonames:2694762",
        "Linkoping | | | geonames:2694762",
    ]);
}

#[test]
fn states_and_divisions_are_places_too() {
    check(&[
        "Iran | | | Q794",
        "Georgia | | | Q230",
        "Georgia | United States | | Q1428",
        "Tatarstan | Russia | | Q5481",
        "Tatarstan | | | Q5481",
        "Crimea | | | sayso:crimea",
        "the Donbas | | | sayso:donbas",
        "Xinjiang | | | Q34800",
        "Bavaria | | | Q980",
        "Punjab | India | | Q22424",
        "Punjab | Pakistan | | sayso:pakistan-punjab",
        "Kaliningrad Oblast | | | Q1749",
        "Kharkiv region | | | Q170666",
        "the Kharkiv region | | | Q170666",
        "Udmurtia | | | Q5422",
    ]);
}

#[test]
fn what_is_not_clear_is_not_said() {
    check(&[
        "Springfield | | | ?",
        "Qwertyville | | RU | -",
        // A wider place that does not hold it is a contradiction, not a confirmation.
        "Toulouse | Belarus | | ?",
        "| | | -",
    ]);
}

#[test]
fn a_near_spelling_says_so() {
    let hints = Hints {
        within: &["Tatarstan", "Russia"],
        ..Hints::default()
    };
    let Placing::One(place) = GAZETTEER.place("Yelabuz", &hints) else {
        panic!("Yelabuz is not placed");
    };
    assert_eq!(
        (place.name.as_str(), place.via_spelling),
        ("Yelabuga", Spelling::Near)
    );
    assert_eq!(place.admin.as_deref(), Some("Tatarstan"));
    assert!(
        (place.lat - 55.76).abs() < 0.02 && (place.lon - 52.06).abs() < 0.05,
        "{place:?}"
    );
}

/// One line: `name | holds, ... | near, ... | what is meant`.
#[test]
fn what_the_report_puts_beside_and_within_a_place_decides() {
    for line in [
        // What lies within it tells the province from the city, and from the state.
        "New York | Buffalo, Rochester | | Q1384",
        "New York | | | geonames:5128581",
        "Georgia | Atlanta | | Q1428",
        "Georgia | Batumi | | Q230",
        // A list of provinces puts none within another.
        "Indiana | Pennsylvania | Ohio | Q1415",
        "Nevada | | Missouri, Utah | Q1227",
        // Who names a province names its state, and towns of that province are meant first.
        "London | | Kentucky, Corbin | geonames:4298960",
        "London | | Ontario, Hamilton | geonames:6058560",
        // Districts, with the province that tells two of a name apart.
        "Suffolk | | Ipswich, Norwich, England | geonames:2636561",
        "Metcalfe County | | | sayso:q1603-metcalfe-county",
        "Monroe County | | Kentucky, Tompkinsville | sayso:q1603-monroe-county",
        // Parts of a city are in it; parts of a state are in no town called like it.
        "North Dallas | | | geonames:4684888",
        "Eastern China | | | -",
    ] {
        let fields: Vec<&str> = line.split('|').map(str::trim).collect();
        let list = |at: usize| -> Vec<&str> {
            let names = fields[at].split(',').map(str::trim);
            names.filter(|text| !text.is_empty()).collect()
        };
        let hints = Hints {
            holds: &list(1),
            near: &list(2),
            ..Hints::default()
        };
        let placed = GAZETTEER.place(fields[0], &hints);
        let said = match &placed {
            Placing::One(place) => place.id.as_str(),
            Placing::Unsure(_) => "?",
            Placing::None => "-",
        };
        assert_eq!(said, fields[3], "{line}: {placed:?}");
    }
}

#[test]
fn a_misspelling_that_only_the_state_speaks_for_is_never_sure() {
    let hints = Hints {
        countries: &["KE"],
        ..Hints::default()
    };
    let placed = GAZETTEER.place("Mukuru", &hints);
    assert!(matches!(placed, Placing::Unsure(_)), "{placed:?}");
}

/// A town, the zone beside it and a plant in that are three things, each in the next.
#[test]
fn a_plant_lies_in_its_zone_and_that_in_its_town() {
    let chain = |name: &str| -> Vec<String> {
        let words: Vec<&str> = name.split(' ').collect();
        let found = GAZETTEER
            .longest(&words)
            .filter(|found| found.words == words.len());
        let Some(found) = found else {
            panic!("{name} is not known");
        };
        let site = &found.entity;
        let above = GAZETTEER.above(&site.id, &site.name, site.country);
        let own = std::iter::once(site.name.to_string());
        own.chain(above.into_iter().map(|(_, name)| name)).collect()
    };
    assert_eq!(
        chain("Yelabuga drone factory"),
        [
            "Alabuga drone plant",
            "Alabuga special economic zone",
            "Yelabuga",
            "Tatarstan",
            "Russia"
        ]
    );
    assert_eq!(
        chain("Alabuga"),
        [
            "Alabuga special economic zone",
            "Yelabuga",
            "Tatarstan",
            "Russia"
        ]
    );
    let town = GAZETTEER.above("geonames:468082", "Yelabuga", Some("RU"));
    assert_eq!(
        town.first().map(|(_, name)| name.as_str()),
        Some("Tatarstan")
    );
    let Some((zone, place)) = GAZETTEER.site("Alabuga SEZ") else {
        panic!("the zone stands nowhere");
    };
    assert_eq!(zone.id, "sayso:alabuga-special-economic-zone");
    assert_eq!(place.id, "geonames:468082");
    assert_eq!(GAZETTEER.site("Yelabuga"), None);
    // A body that stands nowhere in particular is in its state.
    assert_eq!(chain("Rosatom"), ["Rosatom", "Russia"]);
}
