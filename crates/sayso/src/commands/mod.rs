//! One command a file: from arguments to output. What they show is made in `show`, what they do in `pipeline` and the ledger.

pub(crate) mod claims;
pub(crate) mod codebook;
pub(crate) mod explain;
mod material;
pub(crate) mod models;
pub(crate) mod notices;
pub(crate) mod read;
pub(crate) mod report;

use sayso_ledger::Matched;

use crate::exit::Usage;

/// The one thing meant by the beginning of an id; `None` where there is nothing, an error where there are several.
fn one<T>(matched: Matched<T>, what: &str, prefix: &str) -> anyhow::Result<Option<T>> {
    match matched {
        Matched::One(found) => Ok(Some(found)),
        Matched::None => Ok(None),
        Matched::Many(ids) => {
            let ids = ids.join(", ");
            Err(Usage(format!(
                "several {what}s begin with {prefix}: {ids}; give more of the id"
            ))
            .into())
        }
    }
}
