//! The codebook's reference, for people who read it in the repository.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use sayso_codebook::Codebook;

/// Writes `docs/codebook.md`; with `--check` says whether it is what would be written.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let codebook = Codebook::open(&root.join("codebook"))?;
    let (path, text) = (root.join("docs/codebook.md"), codebook.reference());
    match args {
        [] => fs::write(&path, text).with_context(|| path.display().to_string()),
        [check] if check == "--check" => {
            if fs::read_to_string(&path).unwrap_or_default() != text {
                bail!(
                    "docs/codebook.md is not what the codebook says: run `cargo xtask reference`"
                );
            }
            Ok(())
        }
        _ => bail!("reference takes nothing but --check"),
    }
}
