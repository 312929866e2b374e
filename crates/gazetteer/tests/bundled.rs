//! The gazetteer that is built into the program: it loads (so every example in its files holds), and names are met as
//! the tokenizer gives them.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use sayso_gazetteer::{Gazetteer, Via};

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::bundled().unwrap());

/// `words` (tokens parted by spaces) start with a name of `count` words for `id`, met by `via`; "" means no name.
#[track_caller]
fn check(words: &str, count: usize, id: &str, via: Via) {
    let words: Vec<&str> = words.split(' ').collect();
    let found = GAZETTEER.longest(&words);
    let said = found
        .as_ref()
        .map(|found| (found.words, found.entity.id.as_ref(), found.via));
    let wanted = (!id.is_empty()).then_some((count, id, via));
    assert_eq!(said, wanted, "{words:?}");
}

#[test]
fn states_are_met_by_all_their_names() {
    check("Iran is building", 1, "Q794", Via::Name);
    check("Iranian drones", 1, "Q794", Via::Demonym);
    check("Iranians said", 1, "Q794", Via::DemonymPeople);
    check("the Kremlin said", 2, "Q159", Via::Capital);
    check("Moscow said", 1, "Q159", Via::Capital);
    check("The White House said", 3, "Q30", Via::Capital);
    check("U.S. officials", 1, "Q30", Via::Acronym);
    check("Côte d’Ivoire bought", 2, "Q1008", Via::Name);
    check("Guinea - Bissau", 3, "Q1007", Via::Name);
    check("Guinea bought", 1, "Q1006", Via::Name);
    check("South Korean howitzers", 2, "Q884", Via::Demonym);
    check("iran", 0, "", Via::Name);
    check("Korea", 0, "", Via::Name);
}

#[test]
fn bodies_and_systems_are_met() {
    check(
        "Institute for the Study of War ( ISW )",
        6,
        "Q3152514",
        Via::Name,
    );
    check("ISW reported", 1, "Q3152514", Via::Acronym);
    check(
        "the Biden administration has",
        3,
        "sayso:biden-administration",
        Via::Pattern,
    );
    check("Su-35 fighter jets", 1, "sayso:su-35", Via::Name);
    check("Su-24 M bombers", 2, "sayso:su-24m", Via::Name);
    check("155 mm shells", 2, "sayso:calibre-155-mm", Via::Name);
    check("155 shells", 0, "", Via::Name);
    check("Iron Dome batteries", 2, "sayso:iron-dome", Via::Name);
}

#[test]
fn words_that_are_also_names_want_company() {
    check("Tor missile systems", 1, "sayso:tor", Via::Name);
    check("Tor browser", 0, "", Via::Name);
    check("Tor-M2 systems", 1, "sayso:tor-m2", Via::Name);
    check("Javelins and", 1, "sayso:javelin", Via::Name);
    check("Saudi companies", 1, "Q851", Via::Demonym);
    check("Korean companies", 0, "", Via::Name);
    check(
        "the Russian defence ministry",
        4,
        "sayso:russian-ministry-of-defence",
        Via::Pattern,
    );
    check("the Iranian military officials", 0, "", Via::Name);
    check("Iranian military officials", 1, "Q794", Via::Demonym);
    check("Brussels said", 1, "Q458", Via::Capital);
    check("F - 16 jets", 3, "sayso:f-16", Via::Name);
    check(
        "Storm Shadow / SCALP missiles",
        4,
        "sayso:storm-shadow",
        Via::Name,
    );
}

#[test]
fn designations_before_a_road_are_none() {
    check("H-20 bombers", 1, "sayso:h-20", Via::Name);
    check("H-20 highway", 0, "", Via::Name);
    check("B-2 visas", 0, "", Via::Name);
    check("F16 jets", 1, "sayso:f-16", Via::Name);
    check("Type 055 destroyers", 2, "sayso:type-055", Via::Name);
    check("Project 2025 supporters", 0, "", Via::Name);
}

#[test]
fn plurals_are_the_same_system() {
    for (one, many) in [
        ("Bayraktar", "Bayraktars"),
        ("Gripen", "Gripens"),
        ("Rafale", "Rafales"),
        ("Leopard", "Leopards"),
        ("Stinger", "Stingers"),
        ("Javelin", "Javelins"),
        ("NLAW", "NLAWs"),
        ("Harpy", "Harpies"),
        ("Su-35", "Su-35s"),
        ("F-16", "F-16s"),
        ("Mirage 2000", "Mirage 2000s"),
        ("Bayraktar TB2", "Bayraktar TB2s"),
        ("Patria AMV", "Patria AMVs"),
        ("Black Hawk", "Black Hawks"),
        ("Kalashnikov rifle", "Kalashnikovs"),
        ("Lynx tanks", "Lynxes tanks"),
    ] {
        let id = |words: &str| {
            let words: Vec<&str> = words.split(' ').collect();
            let found = GAZETTEER.longest(&words);
            found.map(|found| found.entity.id.into_owned())
        };
        assert!(id(one).is_some(), "{one}");
        assert_eq!(id(one), id(many), "{many}");
    }
}

#[test]
fn states_are_found_by_code() {
    assert_eq!(GAZETTEER.state("IR").unwrap().name, "Iran");
    assert_eq!(GAZETTEER.state("ZZ"), None);
}

#[test]
fn ids_lead_back_to_what_they_stand_for() {
    let gazetteer = Gazetteer::bundled().unwrap();
    for (id, name) in [
        ("Q159", Some("Russia")),
        ("Q3152514", Some("Institute for the Study of War")),
        ("sayso:iron-dome", Some("Iron Dome")),
        ("geonames:627907", Some("Homyel'")),
        ("Q999999999", None),
        ("geonames:1", None),
        ("geonames:", None),
        ("name:russia", None),
        ("", None),
    ] {
        let known = gazetteer.by_id(id);
        assert_eq!(known.as_ref().map(|it| it.name.as_ref()), name, "{id}");
        assert!(known.is_none_or(|it| it.id == id));
    }
}
