//! Scores claims on annotated sentences: precision, recall and F1 by kind, right fields by field, and the misses.
//!
//! usage: cargo run --release -p sayso-claim --example gold -- [--misses] [--trees] [--codebook=FOLDER] FOLDER_OR_FILE…
//!
//! `--misses` shows what was read wrongly, `--trees` the trees and all claims (with `--misses`, of those alone),
//! `--codebook=` reads by another codebook than the one built in.
//! Files are TOML like those of `codebook/examples/`. With no argument, `evaluation/gold`.
#![allow(clippy::print_stdout)]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use sayso_claim::{Claimant, expected};
use sayso_codebook::{Codebook, Example};
use sayso_gazetteer::Gazetteer;
use sayso_language::{Analyser, Spacy};

type Anything = Box<dyn std::error::Error>;

fn main() -> Result<(), Anything> {
    let (flags, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|a| a.starts_with("--"));
    let misses = flags.iter().any(|f| f == "--misses");
    let trees = flags.iter().any(|f| f == "--trees");
    let mut files = Vec::new();
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluation/gold");
    if paths.is_empty() {
        walk(&default, &mut files)?;
    }
    for path in &paths {
        walk(Path::new(path), &mut files)?;
    }
    files.sort();
    let other = flags.iter().find_map(|f| f.strip_prefix("--codebook="));
    let codebook = match other {
        Some(folder) => Codebook::open(Path::new(folder))?,
        None => Codebook::bundled()?,
    };
    let (gazetteer, analyser) = (Gazetteer::bundled()?, Spacy::bundled()?);
    let claimant = Claimant::new(&codebook, &gazetteer);
    let mut kinds: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut fields: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    let (mut exact, mut sentences) = (0, 0);
    for file in &files {
        let examples: Vec<Example> = Codebook::examples_of(file)?;
        for example in &examples {
            let claims = claimant.claims(&expected::report(example), &analyser);
            let compared = expected::compare(example, &claims);
            sentences += 1;
            exact += usize::from(compared.exact());
            for kind in &compared.found {
                kinds.entry(kind.clone()).or_default()[0] += 1;
            }
            for (kind, _) in &compared.extra {
                kinds.entry(kind.clone()).or_default()[1] += 1;
            }
            for (kind, _) in &compared.missed {
                kinds.entry(kind.clone()).or_default()[2] += 1;
            }
            for (field, right) in &compared.fields {
                let count = fields.entry(field).or_default();
                count[0] += usize::from(*right);
                count[1] += 1;
            }
            if trees && !(misses && compared.exact()) {
                println!("{}", example.text);
                for sentence in analyser.analyse(&[&example.text]).iter().flatten() {
                    print!("{}", Claimant::draw(&example.text, sentence));
                }
                for claim in &claims {
                    println!("    read          {}", expected::line(claim));
                }
            }
            if misses && !compared.exact() {
                println!("{}: {}", file.display(), example.text);
                for (_, line) in &compared.missed {
                    println!("    missing       {line}");
                }
                for (_, line) in &compared.extra {
                    println!("    not expected  {line}");
                }
                for line in &compared.wrong {
                    println!("    field         {line}");
                }
            }
        }
    }
    println!("{sentences} sentences, {exact} read exactly");
    println!(
        "{:<18}{:>7}{:>7}{:>7}{:>11}{:>8}{:>7}",
        "kind", "right", "extra", "missed", "precision", "recall", "F1"
    );
    let mut sum = [0; 3];
    for (kind, counts) in &kinds {
        row(kind, counts);
        for (total, count) in sum.iter_mut().zip(counts) {
            *total += count;
        }
    }
    row("all", &sum);
    let mut all = [0; 2];
    for (field, [right, of]) in &fields {
        println!("{field:<18}{right:>7} of {of}");
        all[0] += right;
        all[1] += of;
    }
    println!(
        "{:<18}{:>7} of {} ({:.3})",
        "all fields",
        all[0],
        all[1],
        share(all[0], all[1])
    );
    Ok(())
}

#[allow(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

fn row(name: &str, [right, extra, missed]: &[usize; 3]) {
    let (precision, recall) = (share(*right, right + extra), share(*right, right + missed));
    let f1 = if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    };
    println!("{name:<18}{right:>7}{extra:>7}{missed:>7}{precision:>11.3}{recall:>8.3}{f1:>7.3}");
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Anything> {
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in std::fs::read_dir(path).map_err(|e| format!("{}: {e}", path.display()))? {
        let path = entry?.path();
        if path.is_dir() || path.extension().is_some_and(|e| e == "toml") {
            walk(&path, files)?;
        }
    }
    Ok(())
}
