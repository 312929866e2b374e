//! Names are found by what they were kept under, and forgotten when all is worked out anew.
#![allow(clippy::unwrap_used)]

use sayso_ledger::{Ledger, LedgerError, Met};
use sayso_records::EntityType;

#[test]
fn names_are_found_by_their_blocks() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::open(&folder.path().join("a.ledger")).unwrap();
    let met = |key: &str, sort| Met {
        key: format!("name:{key}"),
        name: key.to_uppercase(),
        sort,
    };
    let blocks = |list: &[&str]| -> Vec<String> { list.iter().map(ToString::to_string).collect() };
    let (a, b) = (met("a", EntityType::Person), met("b", EntityType::Facility));
    let keep = |ledger: &mut Ledger| {
        ledger
            .work(|work| {
                work.keep_name(&blocks(&["x", "y"]), &a)?;
                work.keep_name(&blocks(&["x", "y"]), &a)?;
                work.keep_name(&blocks(&["y", "z"]), &b)?;
                Ok::<(), LedgerError>(())
            })
            .unwrap();
    };
    keep(&mut ledger);
    for (asked, found) in [
        (&["x"][..], vec![&a]),
        (&["y"], vec![&a, &b]),
        (&["x", "y", "z"], vec![&a, &b]),
        (&["", "'; DROP TABLE names"], vec![]),
        (&[], vec![]),
    ] {
        let is = ledger.names_under(&blocks(asked)).unwrap();
        assert_eq!(is.iter().collect::<Vec<_>>(), found, "{asked:?}");
    }
    ledger.work(|work| work.begin_again("other rules")).unwrap();
    assert_eq!(ledger.names_under(&blocks(&["y"])).unwrap(), []);
}
