#![allow(clippy::unwrap_used)]

use std::sync::{Arc, LazyLock};

use proptest::prelude::*;
use sayso_codebook::Codebook;
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_records::*;

use super::{Feature, Finding, Heard, Links, Making, Reach, findings};
use crate::{
    copies,
    lineage::{Credit, Kin, Lineage},
    propositions::{Governments, Named, Naming},
};

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| Codebook::bundled().unwrap());
static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| Gazetteer::bundled().unwrap());
static SOURCES: LazyLock<Sources> = LazyLock::new(|| Sources::bundled().unwrap());

/// "Iran builds drones in Belarus" as report `n` says it, on day `n` of August.
fn heard(n: u8, publisher: &str) -> Heard {
    let nowhere = Span::new(0, 10);
    let filler = |name: &str, id: Option<&str>, kind| Filler {
        text: name.into(),
        span: nowhere,
        name: name.into(),
        entity: id.map(|id| Entity {
            id: id.into(),
            name: name.into(),
        }),
        kind,
        implied: false,
        claim: None,
    };
    let report = ReportId(format!("report{n:02}"));
    let claim = Claim {
        id: ClaimId(format!("claim{n:02}")),
        report: report.clone(),
        kind: "production".into(),
        roles: vec![
            (
                "producer".into(),
                vec![filler("Iran", Some("Q794"), EntityType::State)],
            ),
            (
                "product".into(),
                vec![filler("drone", None, EntityType::System)],
            ),
        ],
        place: vec![PlaceRef {
            text: "Belarus".into(),
            span: nowhere,
            within: Vec::new(),
            name: "Belarus".into(),
            entity: Some(Entity {
                id: "Q184".into(),
                name: "Belarus".into(),
            }),
            country: Some("BY".into()),
            point: None,
            precision: Precision::Country,
        }],
        time: None,
        quantity: Vec::new(),
        status: Some("planned".into()),
        polarity: Polarity::Affirmed,
        certainty: Certainty::Stated,
        sources: Vec::new(),
        evidence: Evidence {
            span: nowhere,
            quote: "Iran builds.".into(),
        },
        explanation: Vec::new(),
    };
    let lineage = Lineage {
        report,
        title: None,
        address: Some(format!("https://{publisher}.example/{n}")),
        publisher: Some(Named {
            key: format!("name:{publisher}").into(),
            name: publisher.into(),
        }),
        kind: None,
        owner: None,
        firsthand: None,
        published: Some(format!("2023-08-{n:02}")),
        credits: Vec::new(),
    };
    Heard {
        claim: Arc::new(claim),
        report: Arc::new(lineage),
        reach: Reach::Same,
    }
}

fn said(mut heard: Heard, source: &str) -> Heard {
    Arc::make_mut(&mut heard.claim).sources.push(Attribution {
        text: source.into(),
        span: Span::new(0, 3),
        name: source.into(),
        entity: None,
        kind: EntityType::Organisation,
        unnamed: !source.starts_with(char::is_uppercase),
        cue: "said".into(),
    });
    heard
}

fn of(mut heard: Heard, change: impl FnOnce(&mut Lineage)) -> Heard {
    change(Arc::make_mut(&mut heard.report));
    heard
}

fn made(heard: Vec<Heard>, links: &Links) -> Finding {
    let kind = CODEBOOK.kind("production").unwrap();
    let naming = Naming {
        gazetteer: &GAZETTEER,
        canonical: &|key| key.into(),
    };
    let proposition = naming.proposition(&heard[0].claim, kind).unwrap();
    let making = Making {
        gazetteer: &GAZETTEER,
        governments: &Governments::new(&GAZETTEER),
        sources: &SOURCES,
        canonical: &|key| key.into(),
        kind,
    };
    let mut found = findings(&making, &proposition, heard, links);
    assert_eq!(found.len(), 1);
    found.remove(0)
}

/// How many origins there are, established and not, and the features that tie.
fn check(
    heard: Vec<Heard>,
    links: &Links,
    established: usize,
    unknown: usize,
    ties: &[Feature],
) -> Finding {
    let finding = made(heard, links);
    assert_eq!(
        (finding.established, finding.unknown),
        (established, unknown),
        "{:#?}",
        finding.origins
    );
    for feature in ties {
        let join = finding
            .origins
            .iter()
            .flat_map(|origin| &origin.joins)
            .find(|join| join.feature == *feature);
        let join = join.unwrap_or_else(|| panic!("no tie by {feature:?}: {:#?}", finding.origins));
        assert!(!join.reason.is_empty());
    }
    finding
}

type Bytes = (u32, u32);

fn kin(
    a: u8,
    b: u8,
    sort: copies::Sort,
    pairs: &[(Bytes, Bytes)],
) -> ((ReportId, ReportId), Arc<Kin>) {
    let of = |n: u8| ReportId(format!("report{n:02}"));
    (
        (of(a), of(b)),
        Arc::new(Kin {
            sort,
            first: None,
            pairs: pairs.to_vec(),
            reason: "shown".into(),
            stand_for: Vec::new(),
            eroded: Vec::new(),
        }),
    )
}

#[test]
fn unknown_lineage_adds_nothing() {
    check(
        vec![heard(1, "a"), heard(2, "b")],
        &Links::default(),
        0,
        2,
        &[],
    );
    check(
        vec![
            said(heard(1, "a"), "officials"),
            said(heard(2, "b"), "officials"),
        ],
        &Links::default(),
        0,
        2,
        &[],
    );
}

#[test]
fn one_named_source_is_one_origin() {
    let all = (1..=9)
        .map(|n| said(heard(n, &format!("outlet{n}")), "Iron Institute"))
        .collect();
    let finding = check(all, &Links::default(), 1, 0, &[Feature::SameSource]);
    assert_eq!(finding.publishers.len(), 9);
    assert_eq!(finding.credibility.grade, 3);
    let two = vec![
        said(heard(1, "a"), "Iron Institute"),
        said(heard(2, "b"), "Steel Institute"),
    ];
    assert_eq!(
        check(two, &Links::default(), 2, 0, &[]).credibility.grade,
        1
    );
}

#[test]
fn a_governments_bodies_are_one_source() {
    let all = vec![
        said(heard(1, "a"), "Ukraine"),
        said(heard(2, "b"), "Ukrainian Ministry of Defence"),
    ];
    let mut all = all;
    Arc::make_mut(&mut all[0].claim).sources[0].entity = Some(Entity {
        id: "Q212".into(),
        name: "Ukraine".into(),
    });
    check(all, &Links::default(), 1, 0, &[Feature::SameSource]);
}

#[test]
fn the_source_itself_is_no_second_origin() {
    let own = of(heard(1, "iron institute"), |lineage| {
        lineage.publisher.as_mut().unwrap().name = "Iron Institute".into()
    });
    let finding = check(
        vec![own, said(heard(2, "b"), "Iron Institute")],
        &Links::default(),
        1,
        0,
        &[Feature::SourceItself],
    );
    assert!(finding.origins[0].read, "its own text is here");
}

#[test]
fn credits_links_copies_owners_tie() {
    let wire = |n: u8, publisher: &str, span| {
        of(heard(n, publisher), |lineage| {
            lineage.credits.push(Credit {
                who: Some(Named {
                    key: "name:wire".into(),
                    name: "Wire".into(),
                }),
                address: None,
                how: "byline".into(),
                span,
                cue: "(Wire)".into(),
            });
        })
    };
    check(
        vec![wire(1, "a", None), wire(2, "b", None)],
        &Links::default(),
        0,
        1,
        &[Feature::Credit],
    );
    check(
        vec![wire(1, "a", None), wire(2, "b", Some((500, 600)))],
        &Links::default(),
        0,
        2,
        &[],
    );
    let linking = of(heard(2, "b"), |lineage| {
        lineage.credits.push(Credit {
            who: None,
            address: Some("https://a.example/1".into()),
            how: "link".into(),
            span: None,
            cue: "a report".into(),
        });
    });
    check(
        vec![heard(1, "a"), linking],
        &Links::default(),
        0,
        1,
        &[Feature::Link],
    );
    let owned = |n, publisher: &str| {
        of(heard(n, publisher), |lineage| {
            lineage.owner = Some("House".into())
        })
    };
    check(
        vec![owned(1, "a"), owned(2, "b")],
        &Links::default(),
        0,
        1,
        &[Feature::Owner],
    );
    let mut links = Links::default();
    links.kin.extend([kin(1, 2, copies::Sort::Trimmed, &[])]);
    check(
        vec![heard(1, "a"), heard(2, "b")],
        &links,
        0,
        1,
        &[Feature::Copy],
    );
    // A passage ties only what stands in it.
    links.kin.extend([kin(
        1,
        2,
        copies::Sort::Passage,
        &[((400, 500), (400, 500))],
    )]);
    check(vec![heard(1, "a"), heard(2, "b")], &links, 0, 2, &[]);
    // Quoting the same speech is no copying.
    links
        .kin
        .extend([kin(1, 2, copies::Sort::Quoting, &[((0, 5), (0, 5))])]);
    check(vec![heard(1, "a"), heard(2, "b")], &links, 0, 2, &[]);
}

#[test]
fn own_reporting_stands_beside_a_copied_review() {
    let own = of(heard(3, "chronicle"), |lineage| {
        lineage.firsthand = Some("told The Chronicle".into())
    });
    let all = vec![
        said(heard(1, "a"), "Iron Institute"),
        said(heard(2, "b"), "Iron Institute"),
        own,
    ];
    let finding = check(all, &Links::default(), 2, 0, &[]);
    assert!(
        finding
            .origins
            .iter()
            .any(|origin| origin.name == "chronicle")
    );
}

#[test]
fn who_passes_on_what_another_says_is_no_origin() {
    let relayed = said(said(heard(1, "a"), "Iron Institute"), "Ukraine's Staff");
    let dropped = said(heard(2, "b"), "Iron Institute");
    check(
        vec![relayed, dropped],
        &Links::default(),
        1,
        0,
        &[Feature::Relay],
    );
}

#[test]
fn what_a_person_held_apart_is_never_joined_also_not_through_a_third() {
    let id = |n: u8| ClaimId(format!("claim{n:02}"));
    let all: Vec<Heard> = (1..=3)
        .map(|n| said(heard(n, &format!("outlet{n}")), "Iron Institute"))
        .collect();
    let links = Links {
        apart: vec![(id(1), id(3))],
        ..Links::default()
    };
    let finding = check(all.clone(), &links, 2, 0, &[]);
    let held = finding.origins.iter().any(|origin| {
        origin.claims().any(|claim| *claim == id(1)) && origin.claims().any(|claim| *claim == id(3))
    });
    assert!(!held);
    let links = Links {
        same: vec![(id(1), id(2), "one desk".into())],
        ..Links::default()
    };
    check(
        vec![heard(1, "a"), heard(2, "b")],
        &links,
        0,
        1,
        &[Feature::Judged],
    );
}

#[test]
fn denials_and_doubts_are_stances() {
    let mut denial = said(heard(2, "b"), "Iran's Ministry");
    Arc::make_mut(&mut denial.claim).polarity = Polarity::Denied;
    let mut wider = denial.clone();
    Arc::make_mut(&mut wider.claim).id = ClaimId("claim09".into());
    wider.reach = Reach::Wider;
    let mut vaguer = heard(4, "d");
    vaguer.reach = Reach::Wider;
    let finding = check(
        vec![said(heard(1, "a"), "Iron Institute"), denial, wider, vaguer],
        &Links::default(),
        1,
        0,
        &[],
    );
    assert_eq!(finding.stances.denied, 1, "one body denies it, twice");
    assert_eq!(finding.against[0].said.len(), 2);
    assert_eq!(
        finding.stances.affirmed, 1,
        "the vaguer is compatible, and not counted"
    );
    assert_eq!(finding.credibility.grade, 4);
    assert_eq!(finding.publishers, ["a"]);
}

/// A report that credits the outlet with this name.
fn crediting(n: u8, publisher: &str, credited: &str) -> Heard {
    of(heard(n, publisher), |lineage| {
        lineage.credits.push(Credit {
            who: Some(Named {
                key: format!("name:{credited}").into(),
                name: credited.into(),
            }),
            address: None,
            how: "citing".into(),
            span: None,
            cue: "cites".into(),
        });
    })
}

#[test]
fn credit_is_followed_to_whom_it_leads() {
    let chain = vec![
        said(heard(1, "c"), "Iron Institute"),
        crediting(2, "b", "c"),
        crediting(3, "a", "b"),
    ];
    check(chain, &Links::default(), 1, 0, &[Feature::Credit]);
    let two = vec![
        said(heard(1, "b"), "Iron Institute"),
        said(heard(2, "b"), "Steel Institute"),
        crediting(3, "a", "b"),
    ];
    // From which of the two it has it nobody can tell.
    check(two, &Links::default(), 2, 1, &[]);
}

#[test]
fn a_ring_of_credits_has_no_beginning() {
    let outlets = ["a", "b", "c"];
    for n in [2, 3] {
        let ring = (0..n).map(|at| {
            let day = u8::try_from(at + 1).unwrap();
            crediting(day, outlets[at], outlets[(at + 1) % n])
        });
        let finding = check(ring.collect(), &Links::default(), 0, 1, &[Feature::Credit]);
        let tree = &finding.origins[0].tree;
        assert_eq!(tree.len(), n);
        for (at, branch) in tree.iter().enumerate() {
            assert_eq!(branch.under.is_none(), at == 0, "{tree:#?}");
            assert!(branch.under.is_none_or(|under| under < at), "{tree:#?}");
        }
    }
}

proptest! {
    #[test]
    fn the_order_of_arrival_is_nothing(order in Just((0_usize..12).collect::<Vec<_>>()).prop_shuffle(), cut in 0_u8..12) {
        let outlets = ["a", "b", "c", "d"];
        let sources = ["Iron Institute", "officials", "Steel Institute"];
        let all: Vec<Heard> = (0..12_u8).map(|n| {
            let one = heard(n + 1, outlets[usize::from(n) % 4]);
            match n % 5 { 0 => one, 1 => of(said(one, sources[usize::from(n) % 3]), |l| l.owner = Some("House".into())), 2 => of(one, |l| l.firsthand = Some("told us".into())), 3 => of(one, |l| l.published = None), _ => said(said(one, "Iron Institute"), "Copper Institute") }
        }).collect();
        let mut links = Links { apart: vec![(ClaimId("claim01".into()), ClaimId(format!("claim{:02}", cut + 1)))], ..Links::default() };
        links.kin.extend([kin(1, 6, copies::Sort::Verbatim, &[((0, 10), (0, 10))]), kin(3, 9, copies::Sort::Reworded, &[])]);
        let straight = made(all.clone(), &links);
        let turned = made(order.iter().map(|at| all[*at].clone()).collect(), &links);
        prop_assert_eq!(straight, turned);
    }
}
