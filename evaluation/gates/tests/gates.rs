//! Every gate of `evaluation/floors.toml` holds; one test a gate. A set that is not there is said, and its gate ignored.
#![allow(clippy::print_stdout)]

use std::{process::ExitCode, sync::Arc};

use libtest_mimic::{Arguments, Trial};
use sayso_gates::{GATES, Tools, floors, gold_digest, judge, pinned_digest};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    // One at a time: each prints its figures.
    arguments.test_threads.get_or_insert(1);
    let tools = Arc::new(Tools::open(None, false).expect("what is built in opens"));
    let floors = Arc::new(floors().expect("evaluation/floors.toml is read"));
    let trials = GATES
        .iter()
        .map(|gate| {
            let (tools, floors) = (Arc::clone(&tools), Arc::clone(&floors));
            let folder = gate.folder();
            if folder.is_none() && !arguments.list {
                println!("{} is not measured: {}", gate.name, gate.missing());
            }
            Trial::test(gate.name, move || {
                let folder = gate.folder().ok_or_else(|| gate.missing())?;
                let measured = gate.measure(&tools, &folder).map_err(|e| e.to_string())?;
                let (lines, holds) = judge(gate.name, &measured, &floors);
                print!("\n{lines}");
                if holds {
                    Ok(())
                } else {
                    Err("a floor of evaluation/floors.toml does not hold".into())
                }
            })
            .with_ignored_flag(gate.folder().is_none())
        })
        .chain([Trial::test("gold-digest", || {
            let (is, pinned) = (
                gold_digest().map_err(|e| e.to_string())?,
                pinned_digest().map_err(|e| e.to_string())?,
            );
            if is == pinned {
                Ok(())
            } else {
                Err(format!("evaluation/gold/test is {is}; measure again, then pin that in evaluation/gold/test.sha256").into())
            }
        })])
        .collect();
    let known = floors.keys().all(|f| GATES.iter().any(|g| g.name == f));
    assert!(
        known,
        "evaluation/floors.toml pins a gate that is not there"
    );
    libtest_mimic::run(&arguments, trials).exit_code()
}
