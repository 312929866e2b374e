//! What copying did to what a finding says.

use std::collections::{BTreeMap, BTreeSet};

use sayso_records::{ClaimId, ReportId};

use super::{Heard, Links, Origin, heard::Speaker};
use crate::{
    copies::{First, Sort},
    lineage::{Eroded, Kin},
};

/// What was lost or changed of the claims of a finding in near copies, whether or not the copy's claim is still of the finding. Of each copy's claim,
/// what it lost from the report it hangs on in the tree, else from that whose text is nearest, else from the earliest.
pub(super) fn eroded(
    affirming: &[(Heard, Speaker)],
    origins: &[Origin],
    links: &Links,
) -> Vec<Eroded> {
    let own: BTreeSet<&ClaimId> = affirming.iter().map(|(heard, _)| &heard.claim.id).collect();
    let order: BTreeMap<&ReportId, usize> = affirming
        .iter()
        .enumerate()
        .rev()
        .map(|(at, (heard, _))| (&heard.claim.report, at))
        .collect();
    let mut parent: BTreeMap<&ReportId, &ReportId> = BTreeMap::new();
    for origin in origins {
        for branch in &origin.tree {
            if let Some(under) = branch.under.and_then(|at| origin.tree.get(at)) {
                parent.insert(&branch.report, &under.report);
            }
        }
    }
    // For each claim of a copy the claim it is best had from, and where what was lost of that is kept.
    let mut best: BTreeMap<&ClaimId, (Rank<'_>, &Kin)> = BTreeMap::new();
    for ((a, b), kin) in &links.kin {
        let (from, to) = match kin.first {
            Some(First::A) => (a, b),
            Some(First::B) => (b, a),
            None => continue,
        };
        let at = order.get(from).copied().unwrap_or(usize::MAX);
        for (of, now) in kin.stand_for.iter().filter(|(of, _)| own.contains(of)) {
            let rank = (parent.get(to) != Some(&from), kin.sort, at, of);
            if best.get(now).is_none_or(|(old, _)| rank < *old) {
                best.insert(now, (rank, kin));
            }
        }
    }
    let lost = best.iter().flat_map(|(now, ((_, _, _, of), kin))| {
        kin.eroded
            .iter()
            .filter(move |eroded| eroded.from == **of && eroded.to == **now)
    });
    lost.cloned().collect()
}

/// Whether it is another report than the tree's, how near a copy it is, how early, and the claim.
type Rank<'l> = (bool, Sort, usize, &'l ClaimId);
