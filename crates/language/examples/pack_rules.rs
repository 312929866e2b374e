//! Packs the rules of a spaCy model folder into the one file that is kept: `pack_rules FOLDER FILE`.

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, file] = arguments.as_slice() else {
        return Err("usage: pack_rules FOLDER FILE".into());
    };
    std::fs::write(file, sayso_language::rules::pack(Path::new(folder))?)?;
    Ok(())
}
