//! How far it has come.

use sayso_records::Claim;
use smol_str::SmolStr;

use super::{
    said::moved,
    what::{Change, What},
};

/// By the order of the ladder. A status that is not said, or not on the ladder, is not compared.
pub(super) fn compare(from: &Claim, to: &Claim, ladder: &[SmolStr], out: &mut Vec<Change>) {
    let rung = |claim: &Claim| {
        let status = claim.status.as_ref()?;
        ladder.iter().position(|s| s == status)
    };
    let (Some(before), Some(after)) = (rung(from), rung(to)) else {
        return;
    };
    if before == after {
        return;
    }
    let what = if after > before {
        What::StatusAdvanced
    } else {
        What::StatusSetBack
    };
    out.push(Change::new(what, words(from), words(to)));
}

fn words(claim: &Claim) -> String {
    let status = claim.status.as_deref().unwrap_or_default();
    match moved(claim, "status").first() {
        Some(word) => format!("{status} ({word})"),
        None => status.to_owned(),
    }
}
