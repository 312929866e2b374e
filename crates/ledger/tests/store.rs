//! What goes in comes out; nothing goes in twice; nothing is overwritten; many read while one writes.
#![allow(clippy::unwrap_used)]

mod common;

use common::{TEXT, capture, claim, judgement, reading, versions};
use sayso_ledger::{Filter, Ledger, Matched};
use sayso_records::{Notice, NoticeCode, ReportId};

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let ledger = Ledger::open(&folder.path().join("deep/er/a.ledger")).unwrap();
    (folder, ledger)
}

#[test]
fn every_field_comes_back() {
    let (_folder, mut ledger) = ledger();
    let page = capture("<p>page</p>");
    let put = reading(&page, None, "1");
    ledger.append(&put).unwrap();
    let got = ledger.claims(&Filter::default()).unwrap();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].claim, put.claims[0]);
    assert_eq!(got[0].claim.evidence.quote, TEXT);
    assert_eq!(
        got[0].report.publisher.as_deref(),
        Some("The Daily Example")
    );
    assert_eq!(*got[0].versions, *put.versions);
    assert_eq!(ledger.capture(page.sha256()).unwrap(), Some(page));
    let Matched::One(stored) = ledger
        .report(&put.report.as_ref().unwrap().id.0[..6])
        .unwrap()
    else {
        panic!("not found by prefix");
    };
    assert_eq!(Some(stored.report), put.report);
    assert_eq!(ledger.notices().unwrap()[0].notice, put.notices[0]);
}

#[test]
fn the_same_bytes_with_the_same_versions_add_nothing() {
    let (_folder, mut ledger) = ledger();
    let page = capture("<p>page</p>");
    assert!(!ledger.knows(page.sha256(), &versions("1")).unwrap());
    ledger.append(&reading(&page, None, "1")).unwrap();
    assert!(ledger.knows(page.sha256(), &versions("1")).unwrap());
    let rows = count_rows(&ledger);
    let again = ledger.append(&reading(&page, None, "1")).unwrap();
    assert_eq!((again.report, again.claims, again.notices), (false, 0, 0));
    assert_eq!(count_rows(&ledger), rows);
}

/// What is wrong with it must be told again, and under its other name.
#[test]
fn a_capture_without_a_report_is_never_known() {
    let (_folder, mut ledger) = ledger();
    let page = capture("");
    let mut empty = reading(&page, None, "1");
    (empty.report, empty.claims) = (None, Vec::new());
    assert_eq!(ledger.append(&empty).unwrap().notices, 1);
    assert!(!ledger.knows(page.sha256(), &versions("1")).unwrap());
    let rows = count_rows(&ledger);
    assert_eq!(ledger.append(&empty).unwrap().notices, 0);
    assert_eq!(count_rows(&ledger), rows, "said once");
    empty.notices[0].address = "b.html".into();
    assert_eq!(ledger.append(&empty).unwrap().notices, 1);
    assert_eq!(ledger.notices().unwrap().len(), 2);
}

#[test]
fn kinds_are_those_of_the_claims() {
    let (_folder, mut ledger) = ledger();
    assert_eq!(ledger.kinds().unwrap(), [""; 0]);
    for n in ["a", "b"] {
        ledger.append(&reading(&capture(n), None, "1")).unwrap();
    }
    assert_eq!(ledger.kinds().unwrap(), ["transfer"]);
}

#[test]
fn a_newer_codebook_supersedes_and_keeps_the_old() {
    let (_folder, mut ledger) = ledger();
    let page = capture("<p>page</p>");
    ledger.append(&reading(&page, None, "1")).unwrap();
    let mut newer = reading(&page, None, "2");
    newer.claims[0].kind = "support".into();
    newer.notices.clear();
    ledger.append(&newer).unwrap();
    let kinds = |ledger: &Ledger| -> Vec<String> {
        (ledger.claims(&Filter::default()).unwrap().iter())
            .map(|stored| stored.claim.kind.to_string())
            .collect()
    };
    assert_eq!(kinds(&ledger), ["support"]);
    assert!(
        ledger.notices().unwrap().is_empty(),
        "the old pass's notice no longer stands"
    );
    assert_eq!(ledger.totals().unwrap().readings, 2, "both are kept");
    assert!(
        !ledger.knows(page.sha256(), &versions("1")).unwrap(),
        "1 does not stand"
    );
    // Going back to the first codebook adds one row that says so, and no second copy.
    assert!(
        ledger
            .has_read(&newer.report.unwrap().id, &versions("1"))
            .unwrap()
    );
    ledger.append(&reading(&page, None, "1")).unwrap();
    assert_eq!(kinds(&ledger), ["transfer"]);
    assert_eq!(ledger.totals().unwrap().readings, 2);
}

#[test]
fn a_capture_stands_as_a_whole() {
    let (_folder, mut ledger) = ledger();
    let lines = capture("{}\n{}");
    let part = |part, codebook: &str, last| {
        let mut put = reading(&lines, Some(part), codebook);
        put.last = last;
        put
    };
    // Cut short after the first part: it counts, and the capture is not known.
    ledger.append(&part(0, "1", false)).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 1);
    assert!(!ledger.knows(lines.sha256(), &versions("1")).unwrap());
    ledger.append(&part(1, "1", true)).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 2);
    // A newer pass cut short leaves the older one standing whole.
    ledger.append(&part(0, "2", false)).unwrap();
    let standing = |ledger: &Ledger| -> Vec<String> {
        (ledger.claims(&Filter::default()).unwrap().iter())
            .map(|stored| stored.versions.codebook.clone())
            .collect()
    };
    assert_eq!(standing(&ledger), ["1", "1"]);
    ledger.append(&part(1, "2", true)).unwrap();
    assert_eq!(standing(&ledger), ["2", "2"]);
}

#[test]
fn filters_find_by_any_name() {
    let (_folder, mut ledger) = ledger();
    ledger.append(&reading(&capture("a"), None, "1")).unwrap();
    let mut plain = reading(&capture("bb"), None, "1");
    plain.claims[0].time = None;
    plain.claims[0].place.clear();
    plain.claims[0].sources.clear();
    ledger.append(&plain).unwrap();
    let some = |text: &str| Some(text.to_owned());
    for (filter, found) in [
        (Filter::default(), 2),
        (
            Filter {
                kinds: vec!["transfer".into(), "use".into()],
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                kinds: vec!["use".into()],
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                about: some("russia"),
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                about: some("РОССИЯ"),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                about: some("Q159"),
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                about: some("ussia"),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                about: some("—"),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                place: some("homyel"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                place: some("Гомель"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                place: some("belarus"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                place: some("BY"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                source: some("ukraine"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                source: some("daily example"),
                ..Filter::default()
            },
            2,
        ),
        // The first speaks of May 2022; the second gives no time and was published on 2 August 2023.
        (
            Filter {
                since: some("2022-05-31"),
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                since: some("2022-06-01"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                until: some("2022-04-30"),
                ..Filter::default()
            },
            0,
        ),
        (
            Filter {
                until: some("2022-05-01"),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                until: some("2023-08-02"),
                ..Filter::default()
            },
            2,
        ),
        (
            Filter {
                report: Some(plain.report.as_ref().unwrap().id.clone()),
                ..Filter::default()
            },
            1,
        ),
        (
            Filter {
                report: Some(ReportId("0".into())),
                ..Filter::default()
            },
            0,
        ),
    ] {
        assert_eq!(ledger.claims(&filter).unwrap().len(), found, "{filter:?}");
    }
}

#[test]
fn prefixes_must_be_unique() {
    let (_folder, mut ledger) = ledger();
    let lines = capture("{}\n{}");
    for part in 0..2 {
        ledger.append(&reading(&lines, Some(part), "1")).unwrap();
    }
    let hex = &lines.sha256().to_string()[..16];
    assert_eq!(
        ledger.report(hex).unwrap(),
        Matched::Many(vec![format!("{hex}-0"), format!("{hex}-1")])
    );
    assert!(matches!(
        ledger.report(&format!("{hex}-1")).unwrap(),
        Matched::One(_)
    ));
    for nothing in ["", "zz", "%", "x'; DROP TABLE claims", "ffffffffffffffff"] {
        assert_eq!(ledger.report(nothing).unwrap(), Matched::None, "{nothing}");
    }
    let id = claim(&ReportId(format!("{hex}-1"))).id.0;
    let Matched::One(found) = ledger.claim(&id).unwrap() else {
        panic!("not found");
    };
    assert_eq!(found.claim.report.0, format!("{hex}-1"));
}

#[test]
fn notices_of_inputs_end_when_the_input_is_had() {
    let (_folder, mut ledger) = ledger();
    let gone = [Notice::new(
        NoticeCode::Unreadable,
        "https://daily.example/1",
        "It is not there.",
    )];
    assert_eq!(ledger.note(&gone, Some("2026-11-21T00:00:00Z")).unwrap(), 1);
    assert_eq!(
        ledger.note(&gone, Some("2026-11-21T00:00:01Z")).unwrap(),
        0,
        "said once"
    );
    assert_eq!(ledger.notices().unwrap().len(), 1);
    let mut had = reading(&capture("x"), None, "1");
    had.notices.clear();
    ledger.append(&had).unwrap();
    assert!(ledger.notices().unwrap().is_empty());
    // Gone once more, and back with the same bytes.
    let (rows, sha256) = (count_rows(&ledger), capture("x").sha256());
    ledger
        .had_again(sha256, Some("2026-11-24T00:00:00Z"))
        .unwrap();
    assert_eq!(count_rows(&ledger), rows);
    ledger.note(&gone, Some("2026-11-25T00:00:00Z")).unwrap();
    assert_eq!(ledger.notices().unwrap().len(), 1);
    for _ in 0..2 {
        ledger
            .had_again(sha256, Some("2026-11-26T00:00:00Z"))
            .unwrap();
        assert!(ledger.notices().unwrap().is_empty());
        assert_eq!(count_rows(&ledger), rows + 2);
    }
    assert!(ledger.knows(sha256, &versions("1")).unwrap());
}

#[test]
fn the_file_refuses_change() {
    let (_folder, mut ledger) = ledger();
    ledger.append(&reading(&capture("a"), None, "1")).unwrap();
    ledger.judge(&judgement("Q159")).unwrap();
    let other = rusqlite::Connection::open(ledger.path()).unwrap();
    for table in [
        "captures",
        "versions",
        "reports",
        "readings",
        "passes",
        "claims",
        "notices",
        "judgements",
    ] {
        for sql in [
            format!("DELETE FROM {table}"),
            format!("UPDATE {table} SET number = 9"),
        ] {
            let refused = other.execute(&sql, []).unwrap_err();
            assert!(
                refused.to_string().contains("append-only"),
                "{sql}: {refused}"
            );
        }
    }
}

#[test]
fn several_read_while_one_writes() {
    let (_folder, mut ledger) = ledger();
    ledger
        .append(&reading(&capture("first"), None, "1"))
        .unwrap();
    let path = ledger.path().to_owned();
    let (written, readers) = (60, 4);
    std::thread::scope(|scope| {
        let looking: Vec<_> = (0..readers)
            .map(|_| {
                scope.spawn(|| {
                    let ledger = Ledger::look(&path).unwrap();
                    let mut seen = 0;
                    while seen <= written {
                        let claims = ledger.claims(&Filter::default()).unwrap().len();
                        assert!(claims >= seen, "a reader never sees less than before");
                        seen = claims;
                    }
                })
            })
            .collect();
        for at in 0..written {
            ledger
                .append(&reading(&capture(&format!("page {at}")), None, "1"))
                .unwrap();
        }
        looking
            .into_iter()
            .for_each(|thread| thread.join().unwrap());
    });
}

fn count_rows(ledger: &Ledger) -> i64 {
    let other = rusqlite::Connection::open(ledger.path()).unwrap();
    [
        "captures", "versions", "reports", "readings", "passes", "claims", "lookups", "notices",
    ]
    .iter()
    .map(|table| -> i64 {
        other
            .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
                row.get(0)
            })
            .unwrap()
    })
    .sum()
}
