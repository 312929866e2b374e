//! How far two hands that annotated the same texts from the same guide agree: what a program that is held to one of them can
//! reach. `evaluation/gold/hands/{first,second}` hold both annotations of the test half, before a third hand decided.

use std::{collections::BTreeMap, path::Path};

use sayso_claim::expected;
use sayso_codebook::{ClaimExpected, Codebook, Example};

use crate::{
    Error, Measured, Tools,
    tables::{Counts, precision_recall, scores},
};

/// Compares the files of `first` with those of the same name in `second`, text by text.
pub(crate) fn measure(_tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut names: Vec<_> = std::fs::read_dir(folder.join("first"))
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.file_name()))
        .collect();
    names.sort();
    let mut kinds: BTreeMap<String, Counts> = BTreeMap::new();
    let mut files: BTreeMap<String, Counts> = BTreeMap::new();
    let mut out = Measured::default();
    let (mut texts, mut silent) = (0, 0);
    for name in names {
        let first = Codebook::examples_of(&folder.join("first").join(&name))?;
        let second = Codebook::examples_of(&folder.join("second").join(&name))?;
        let second: BTreeMap<&str, &Example> =
            second.iter().map(|e| (e.text.as_str(), e)).collect();
        let of_file = files
            .entry(name.to_string_lossy().into_owned())
            .or_default();
        for example in &first {
            let Some(other) = second.get(example.text.as_str()) else {
                return Err(format!(
                    "{}: no second reading of {:?}",
                    name.display(),
                    example.text
                )
                .into());
            };
            texts += 1;
            silent += usize::from(example.claim.is_empty() == other.claim.is_empty());
            let agreed = expected::agreement(&example.claim, &other.claim);
            let both = agreed.both.iter().map(|(a, _)| (*a, 0));
            let alone = agreed.second.iter().map(|c| (*c, 1));
            let alone = alone.chain(agreed.first.iter().map(|c| (*c, 2)));
            for (claim, which) in both.chain(alone) {
                kinds.entry(claim.kind.clone()).or_default()[which] += 1;
                of_file[which] += 1;
            }
            if !agreed.first.is_empty() || !agreed.second.is_empty() {
                let mut case = format!("{}: {}\n", name.display(), example.text);
                for (who, claims) in [
                    ("first alone", &agreed.first),
                    ("second alone", &agreed.second),
                ] {
                    for claim in claims {
                        case.push_str(&format!("    {who:<14}{}\n", line(claim)));
                    }
                }
                out.worst.push(case);
            }
        }
    }
    let all = kinds
        .values()
        .fold([0; 3], |[a, b, c], [x, y, z]| [a + x, b + y, c + z]);
    out.figure("claims F1 between the two", scores(all)[2]);
    out.tables = format!(
        "{texts} texts; {silent} where both or neither found a claim. Extra: the second alone; missed: the first alone\n{}{}",
        precision_recall("file", &files),
        precision_recall("kind", &kinds)
    );
    Ok(out)
}

fn line(claim: &ClaimExpected) -> String {
    let mut out = claim.kind.clone();
    for (role, fillers) in &claim.roles {
        out.push_str(&format!(" {role}={}", fillers.join(" + ")));
    }
    out
}
