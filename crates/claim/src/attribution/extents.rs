//! First and last token of everything under each token of a tree, and arithmetic with stretches of tokens.

use sayso_records::Upos;

use crate::tree::Tree;

/// First and last token under every token, found in one pass.
pub(super) struct Extents(Vec<(usize, usize)>);

impl Extents {
    pub(super) fn new(tree: &Tree<'_>) -> Self {
        let n = tree.len();
        let mut order = Vec::with_capacity(n);
        order.extend((0..n).filter(|&i| tree.head(i).is_none()));
        let mut at = 0;
        while at < order.len() && order.len() <= n {
            order.extend(tree.children(order[at]));
            at += 1;
        }
        let mut spans: Vec<(usize, usize)> = (0..n).map(|i| (i, i)).collect();
        for &i in order.iter().rev() {
            if let Some(head) = tree.head(i) {
                let (first, last) = spans[i];
                spans[head] = (spans[head].0.min(first), spans[head].1.max(last));
            }
        }
        Self(spans)
    }

    pub(super) fn of(&self, i: usize) -> (usize, usize) {
        self.0[i]
    }
}

/// Takes `cut` out of stretches of tokens.
pub(super) fn without(runs: Vec<(usize, usize)>, cut: (usize, usize)) -> Vec<(usize, usize)> {
    let mut out = Vec::with_capacity(runs.len() + 1);
    for (first, last) in runs {
        if cut.1 < first || last < cut.0 {
            out.push((first, last));
            continue;
        }
        if first < cut.0 {
            out.push((first, cut.0 - 1));
        }
        if cut.1 < last {
            out.push((cut.1 + 1, last));
        }
    }
    out
}

/// Stretches in order, those that touch made one, commas and spaces at their ends left off.
pub(super) fn tidy(tree: &Tree<'_>, mut runs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    runs.sort_unstable();
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (first, last) in runs {
        match out.last_mut() {
            Some(before) if before.1 + 1 >= first => before.1 = before.1.max(last),
            _ => out.push((first, last)),
        }
    }
    let loose = |i: usize| {
        tree.upos(i) == Upos::Space
            || matches!(tree.word(i), "," | "." | ":" | ";" | "-" | "–" | "—" | "--")
    };
    out.retain_mut(|(first, last)| {
        while first < last && loose(*first) {
            *first += 1;
        }
        while last > first && loose(*last) {
            *last -= 1;
        }
        (*first..=*last).any(|i| !matches!(tree.upos(i), Upos::Punct | Upos::Space | Upos::Cconj))
    });
    out
}
