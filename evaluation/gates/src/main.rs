//! Shows what the gates measure: `sayso-gates [NAME…] [--worst N] [--trees] [--train] [--codebook FOLDER] [--only FILE] [--sample FILE]`.
//!
//! NAME is a gate or the beginning of some; without one, all but the worst cases of the unseen half. `--worst N` lists cases,
//! `--train` measures the training half where a set has one, `--trees` draws their trees, `--codebook` reads by another codebook than the one built in, `--only` measures one file of a set, `--sample`
//! writes the sample of a gate that is judged by reading.
#![allow(clippy::print_stdout)]

use std::{path::PathBuf, process::ExitCode};

use sayso_gates::{Error, GATES, Tools, floors, judge};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("gates: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<bool, Error> {
    let (mut names, mut worst, mut codebook, mut only) = (Vec::new(), 0, None, None);
    let (mut trees, mut train, mut sample) = (false, false, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        let mut value = || args.next().ok_or_else(|| format!("{arg} wants a value"));
        match arg.as_str() {
            "--worst" => worst = value()?.parse()?,
            "--codebook" => codebook = Some(PathBuf::from(value()?)),
            "--only" => only = Some(PathBuf::from(value()?)),
            "--sample" => sample = Some(PathBuf::from(value()?)),
            "--trees" => trees = true,
            "--train" => train = true,
            flag if flag.starts_with('-') => return Err(format!("no flag {flag}").into()),
            _ => names.push(arg),
        }
    }
    let tools = Tools {
        train,
        sample,
        ..Tools::open(codebook.as_deref(), trees)?
    };
    let floors = floors()?;
    let mut all = true;
    for gate in GATES {
        if !names.is_empty() && !names.iter().any(|n| gate.name.starts_with(n.as_str())) {
            continue;
        }
        println!("== {}", gate.name);
        let Some(folder) = gate.folder() else {
            println!("  not measured: {}", gate.missing());
            continue;
        };
        let measured = gate.measure(&tools, only.as_deref().unwrap_or(&folder))?;
        print!("{}", measured.tables);
        for case in measured.worst.iter().take(worst) {
            println!("{case}");
        }
        let (lines, holds) = judge(gate.name, &measured, &floors);
        print!("{lines}");
        all &= holds || only.is_some() || train;
    }
    Ok(all)
}
