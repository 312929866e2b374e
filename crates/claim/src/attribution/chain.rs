//! Which attribution stands in whose content.

use super::Attribution;

/// Fills in [`Attribution::within`]: the tightest other attribution whose content holds the cue. Two that hold each other's cue (a
/// clause set into the quotation it introduces) do not nest.
pub(super) fn nest(all: &mut [Attribution]) {
    // Contents by their start; those that have ended are dropped as the cues go by.
    let mut spans: Vec<(u32, u32, usize)> = all
        .iter()
        .enumerate()
        .flat_map(|(n, a)| a.content.iter().map(move |c| (c.start, c.end, n)))
        .collect();
    spans.sort_unstable();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&n| all[n].cue.start);
    let mut open: Vec<(u32, u32, usize)> = Vec::new();
    let mut next = spans.into_iter().peekable();
    let mut parents = vec![None; all.len()];
    for n in order {
        let cue = all[n].cue;
        while let Some(span) = next.next_if(|s| s.0 <= cue.start) {
            open.push(span);
        }
        open.retain(|s| s.1 > cue.start);
        parents[n] = open
            .iter()
            .filter(|&&(_, end, m)| {
                m != n && end >= cue.end && !all[n].content.iter().any(|c| c.contains(all[m].cue))
            })
            .min_by_key(|(start, end, _)| end - start)
            .map(|&(_, _, m)| m);
    }
    for (attribution, parent) in all.iter_mut().zip(parents) {
        attribution.within = parent;
    }
}
