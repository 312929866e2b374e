//! Every example of the codebook is a test of its own, named by its file and its words: `cargo test -p sayso-claim --test codebook`.

use std::{process::ExitCode, sync::Arc};

use libtest_mimic::{Arguments, Failed, Trial};
use sayso_claim::{Claimant, expected};
use sayso_codebook::Codebook;
use sayso_gazetteer::Gazetteer;
use sayso_language::Spacy;

struct Tools {
    codebook: Codebook,
    gazetteer: Gazetteer,
    analyser: Spacy,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let tools = match load() {
        Ok(tools) => Arc::new(tools),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let trials = (0..tools.codebook.examples.len())
        .map(|i| {
            let tools = Arc::clone(&tools);
            let (file, example) = &tools.codebook.examples[i];
            let words: String = example.text.chars().take(60).collect();
            let name = format!("{}::{}", file.trim_end_matches(".toml"), words);
            Trial::test(name, move || holds(&tools, i))
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn load() -> Result<Tools, Box<dyn std::error::Error>> {
    Ok(Tools {
        codebook: Codebook::bundled()?,
        gazetteer: Gazetteer::bundled()?,
        analyser: Spacy::bundled()?,
    })
}

fn holds(tools: &Tools, i: usize) -> Result<(), Failed> {
    let example = &tools.codebook.examples[i].1;
    let report = expected::report(example);
    let claims = Claimant::new(&tools.codebook, &tools.gazetteer).claims(&report, &tools.analyser);
    let compared = expected::compare(example, &claims);
    if compared.exact() {
        return Ok(());
    }
    let mut told = example.text.clone();
    for (_, missed) in &compared.missed {
        told.push_str(&format!("\n  missing: {missed}"));
    }
    for (_, extra) in &compared.extra {
        told.push_str(&format!("\n  not expected: {extra}"));
    }
    for wrong in &compared.wrong {
        told.push_str(&format!("\n  {wrong}"));
    }
    for claim in &claims {
        told.push_str(&format!("\n  read: {}", expected::line(claim)));
    }
    Err(told.into())
}
