//! Claims as the claim stage leaves them, and what resolving fills in.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use sayso_gazetteer::Gazetteer;
use sayso_records::{
    Attribution, Certainty, Claim, ClaimId, EntityType, Evidence, Filler, PlaceRef, Polarity,
    Precision, Report, ReportId, Sha256, Span,
};
use sayso_resolve::resolve;

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::bundled().unwrap());

fn report(text: &str) -> Report {
    let capture = Sha256::of(text.as_bytes());
    Report {
        id: ReportId::new(capture, None),
        capture,
        title: None,
        byline: None,
        publisher: None,
        published: None,
        url: None,
        language: None,
        text: text.to_owned(),
        links: vec![],
    }
}

fn filler(text: &str, kind: EntityType) -> Filler {
    Filler {
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        name: text.to_owned(),
        entity: None,
        kind,
        implied: false,
        claim: None,
    }
}

fn source(text: &str, unnamed: bool) -> Attribution {
    Attribution {
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        name: text.to_owned(),
        entity: None,
        kind: EntityType::Organisation,
        unnamed,
        cue: "said".to_owned(),
    }
}

fn place(text: &str, within: &[&str]) -> PlaceRef {
    PlaceRef {
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        within: within.iter().map(|name| (*name).to_owned()).collect(),
        name: text.to_owned(),
        entity: None,
        country: None,
        point: None,
        precision: Precision::Unresolved,
    }
}

/// One claim with these parts, resolved against `text`.
fn resolved(
    text: &str,
    fillers: Vec<Filler>,
    places: Vec<PlaceRef>,
    sources: Vec<Attribution>,
) -> Claim {
    let report = report(text);
    let mut claims = vec![Claim {
        id: ClaimId(String::new()),
        report: report.id.clone(),
        kind: "production".into(),
        roles: vec![("producer".into(), fillers)],
        place: places,
        time: None,
        quantity: vec![],
        status: None,
        polarity: Polarity::Affirmed,
        certainty: Certainty::Stated,
        sources,
        evidence: Evidence {
            span: Span::new(0, 0),
            quote: String::new(),
        },
        explanation: vec![],
    }];
    let notices = resolve(&report, &mut claims, &GAZETTEER);
    assert_eq!(notices, []);
    claims.pop().unwrap()
}

/// `text`, taken for `kind`, becomes `name` with the entity `id` ("" for none).
#[track_caller]
fn fills(report: &str, text: &str, kind: EntityType, name: &str, id: &str) {
    let claim = resolved(report, vec![filler(text, kind)], vec![], vec![]);
    let found = &claim.role("producer")[0];
    let said = found
        .entity
        .as_ref()
        .map_or("", |entity| entity.id.as_str());
    assert_eq!((found.name.as_str(), said), (name, id), "{text}");
}

#[test]
fn fillers_get_their_entities() {
    use EntityType::*;
    fills("", "Iranian", State, "Iran", "Q794");
    fills("", "Iran's", State, "Iran", "Q794");
    fills("", "the UAE", State, "United Arab Emirates", "Q878");
    fills("", "Moscow", State, "Russia", "Q159");
    // A capital that does not act is a place on the ground, not a government.
    fills("", "Moscow", Place, "Moscow", "");
    fills(
        "",
        "the Institute for the Study of War",
        Organisation,
        "Institute for the Study of War",
        "Q3152514",
    );
    fills(
        "",
        "Su-35 fighter jets",
        System,
        "Su-35 fighter jets",
        "sayso:su-35",
    );
    fills("", "Su-35 parts", System, "Su-35 parts", "");
    fills("", "Ababil-2", System, "Ababil-2", "sayso:ababil-2");
    fills("", "drones", System, "drones", "");
    fills("", "Iranian engineers", Person, "Iranian engineers", "");
    fills("", "Kowalski Works", Organisation, "Kowalski Works", "");
    fills("", "", Other, "", "");
}

#[test]
fn the_reports_own_abbreviations_hold() {
    use EntityType::Organisation;
    let text = "The Institute for the Study of War (ISW) said so. ISW added more. The Latvian Drone Works (LDW) was named.";
    fills(
        text,
        "ISW",
        Organisation,
        "Institute for the Study of War",
        "Q3152514",
    );
    fills(
        text,
        "the institute",
        Organisation,
        "Institute for the Study of War",
        "Q3152514",
    );
    fills(text, "LDW", Organisation, "Latvian Drone Works", "");
    fills(
        text,
        "the Latvian Drone Works (LDW)",
        Organisation,
        "Latvian Drone Works",
        "",
    );
    // The report's meaning beats the gazetteer's: here IAI is no aerospace company.
    let text = "The Institute of Alpine Irrigation (IAI) agreed.";
    fills(
        text,
        "IAI",
        Organisation,
        "Institute of Alpine Irrigation",
        "",
    );
    fills(
        "",
        "IAI",
        Organisation,
        "Israel Aerospace Industries",
        "sayso:israel-aerospace-industries",
    );
    // Two bodies share the word: nobody is taken up.
    let text = "The Institute for the Study of War and the Kiel Institute said so.";
    fills(text, "the institute", Organisation, "the institute", "");
}

#[test]
fn sources_get_their_entities_but_officials_do_not() {
    let text = "A review by the Institute for the Study of War (ISW).";
    let sources = vec![
        source("the Institute for the Study of War (ISW)", false),
        source("Ukraine", false),
        source("an Israeli military official", true),
        source("the Biden administration", false),
    ];
    let claim = resolved(text, vec![], vec![], sources);
    let said: Vec<(&str, &str)> = claim
        .sources
        .iter()
        .map(|source| {
            (
                source.name.as_str(),
                source
                    .entity
                    .as_ref()
                    .map_or("", |entity| entity.id.as_str()),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Institute for the Study of War", "Q3152514"),
            ("Ukraine", "Q212"),
            ("an Israeli military official", ""),
            ("Biden administration", "sayso:biden-administration"),
        ]
    );
}

/// `text` within `within` in a report is placed as name, id, country and precision.
#[track_caller]
fn placed(report: &str, text: &str, within: &[&str], wanted: (&str, &str, &str, Precision)) {
    let claim = resolved(report, vec![], vec![place(text, within)], vec![]);
    let place = &claim.place[0];
    let id = place
        .entity
        .as_ref()
        .map_or("", |entity| entity.id.as_str());
    let country = place.country.as_deref().unwrap_or("");
    assert_eq!(
        (place.name.as_str(), id, country, place.precision),
        wanted,
        "{text} {within:?}"
    );
    assert_eq!(
        place.point.is_some(),
        !id.is_empty(),
        "a point goes with an entity"
    );
}

#[test]
fn places_are_placed() {
    placed(
        "",
        "Homiel",
        &["Belarus"],
        ("Homyel'", "geonames:627907", "BY", Precision::City),
    );
    placed(
        "",
        "Yelabuz",
        &["Tatarstan", "Russia"],
        ("Yelabuga", "geonames:468082", "RU", Precision::City),
    );
    placed(
        "",
        "Dushanbe",
        &["Tajikistan"],
        ("Dushanbe", "geonames:1221874", "TJ", Precision::City),
    );
    placed(
        "",
        "Tatarstan",
        &["Russia"],
        ("Tatarstan", "Q5481", "RU", Precision::Region),
    );
    placed(
        "",
        "Belarus",
        &[],
        ("Belarus", "Q184", "BY", Precision::Country),
    );
    placed(
        "",
        "the Middle East",
        &[],
        ("Middle East", "Q7204", "", Precision::Country),
    );
    // Not known: the words stay, with the state that the sentence gives.
    placed(
        "",
        "Nowhereburg",
        &["Tatarstan", "Russia"],
        ("Nowhereburg", "", "RU", Precision::Unresolved),
    );
    placed(
        "",
        "Nowhereburg",
        &[],
        ("Nowhereburg", "", "", Precision::Unresolved),
    );
    placed(
        "",
        "Springfield",
        &[],
        ("Springfield", "", "", Precision::Unresolved),
    );
    // The report's states decide between namesakes.
    placed(
        "Officials in Britain said so.",
        "Birmingham",
        &[],
        ("Birmingham", "geonames:2655603", "GB", Precision::City),
    );
    placed(
        "",
        "Birmingham",
        &["Alabama"],
        ("Birmingham", "geonames:4049979", "US", Precision::City),
    );
    // The zone is not the town.
    placed(
        "",
        "Alabuga",
        &["Tatarstan", "Russia"],
        (
            "Alabuga special economic zone",
            "sayso:alabuga-special-economic-zone",
            "RU",
            Precision::City,
        ),
    );
}

mod any_text {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Nothing that a report or claim says can make resolving panic, and resolving again changes nothing.
        #[test]
        fn is_resolved_without_panic(text in "(\\PC|[()A-Z'. ]){0,80}", name in "(\\PC|[A-Z0-9 -]){0,24}", within in "\\PC{0,12}") {
            let fillers = vec![filler(&name, EntityType::System), filler(&name, EntityType::State)];
            let once = resolved(&text, fillers, vec![place(&name, &[&within])], vec![source(&name, false)]);
            let mut again = vec![once.clone()];
            resolve(&report(&text), &mut again, &GAZETTEER);
            prop_assert_eq!(&again[0], &once);
        }
    }
}
