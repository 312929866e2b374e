//! Judgements come back as they went in, each once, whoever wrote them.
#![allow(clippy::unwrap_used)]

mod common;

use common::{capture, judgement, reading};
use sayso_ledger::{Ledger, LedgerError};
use sayso_records::*;

#[test]
fn every_act_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ledger");
    let mut ledger = Ledger::open(&path).unwrap();
    assert_eq!(ledger.judgements().unwrap(), []);
    let claims = ["00112233445566aa", "bb112233445566aa"].map(|id| ClaimId(id.into()));
    let finding = FindingId("cc112233445566aa".into());
    let mut given = vec![judgement("Q159")];
    let undo = Act::Undo(given[0].id.clone());
    let stated = Pair::Propositions(
        Stated::Claim(claims[0].clone()),
        Stated::Finding(finding.clone()),
    );
    for act in [
        Act::Differ(stated),
        Act::Same(Pair::Origins(claims[0].clone(), claims[1].clone())),
        Act::Credibility(finding, Credibility::new(6).unwrap()),
        Act::Reliability(EntityKey::parse("Q3152514").unwrap(), Reliability::A),
        Act::Accept(claims[0].clone()),
        Act::Reject(claims[1].clone()),
        undo,
    ] {
        given.push(Judgement::new(act, "Ann", "2026-11-24T00:00:00Z", "“Why” — it's so").unwrap());
    }
    for judgement in &given {
        assert!(ledger.judge(judgement).unwrap());
        assert!(!ledger.judge(judgement).unwrap(), "there already");
    }
    assert_eq!(Ledger::look(&path).unwrap().judgements().unwrap(), given);
    // A newer reading of a report leaves them as they are.
    for codebook in ["1", "2"] {
        ledger
            .append(&reading(&capture("a"), None, codebook))
            .unwrap();
    }
    assert_eq!(ledger.judgements().unwrap(), given);
}

#[test]
fn two_judge_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ledger");
    drop(Ledger::open(&path).unwrap());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut ledger = Ledger::open(&path).unwrap();
                for id in 1..=30 {
                    ledger.judge(&judgement(&format!("Q{id}"))).unwrap();
                }
            });
        }
    });
    let judged = Ledger::look(&path).unwrap().judgements().unwrap();
    assert_eq!(judged.len(), 30, "each once");
}

#[test]
fn what_is_no_act_is_damage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.ledger");
    let ledger = Ledger::open(&path).unwrap();
    let other = rusqlite::Connection::open(&path).unwrap();
    other
        .execute_batch(
            "INSERT INTO judgements (id, at, who, why, verb, matter, first) VALUES ('0', '', '', '', 'sing', 'entity', 'Q1')",
        )
        .unwrap();
    let error = ledger.judgements().unwrap_err();
    assert!(matches!(error, LedgerError::Damaged { .. }), "{error}");
}
