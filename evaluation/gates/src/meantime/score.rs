//! How well groups of mentions agree with the true ones: MUC, B-cubed, entity CEAF and their mean, which CoNLL 2012 ranks by.
//!
//! After Vilain et al. 1995, Bagga & Baldwin 1998 and Luo 2005, in the reading of Pradhan et al., "Scoring coreference partitions of
//! predicted mentions: a reference implementation" (ACL 2014): a mention that only one side has counts against that side.

use std::collections::{BTreeMap, BTreeSet};

use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};

/// Groups of mentions, apart from one another; a mention is a number.
pub(super) type Groups = Vec<BTreeSet<usize>>;

/// Precision and recall, each 0..=1.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Score {
    pub(super) precision: f64,
    pub(super) recall: f64,
}

impl Score {
    /// Their harmonic mean; 0 where both are.
    pub(super) fn f1(self) -> f64 {
        share(
            2.0 * self.precision * self.recall,
            self.precision + self.recall,
        )
    }
}

/// What the scorers say of one answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scores {
    pub(super) muc: Score,
    pub(super) b_cubed: Score,
    pub(super) ceaf: Score,
}

impl Scores {
    /// Of `answer` against `truth`.
    pub(super) fn of(truth: &Groups, answer: &Groups) -> Self {
        Self {
            muc: Score {
                precision: linked(answer, truth),
                recall: linked(truth, answer),
            },
            b_cubed: Score {
                precision: kept(answer, truth),
                recall: kept(truth, answer),
            },
            ceaf: ceaf(truth, answer),
        }
    }

    /// Mean of the three F1, 0..=1.
    pub(super) fn conll(&self) -> f64 {
        (self.muc.f1() + self.b_cubed.f1() + self.ceaf.f1()) / 3.0
    }
}

/// Mentions with one label are one group.
pub(super) fn by_label<L: Ord>(labels: impl IntoIterator<Item = L>) -> Groups {
    let mut groups: BTreeMap<L, BTreeSet<usize>> = BTreeMap::new();
    for (mention, label) in labels.into_iter().enumerate() {
        groups.entry(label).or_default().insert(mention);
    }
    groups.into_values().collect()
}

/// Where each mention stands.
fn places(groups: &Groups) -> BTreeMap<usize, usize> {
    groups
        .iter()
        .enumerate()
        .flat_map(|(n, group)| group.iter().map(move |mention| (*mention, n)))
        .collect()
}

/// MUC: the share of `of`'s links (a group of n is n - 1) that `by` keeps.
fn linked(of: &Groups, by: &Groups) -> f64 {
    let places = places(by);
    let (mut kept, mut all) = (0, 0);
    for group in of {
        let met: BTreeSet<usize> = group
            .iter()
            .filter_map(|m| places.get(m).copied())
            .collect();
        let alone = group.iter().filter(|m| !places.contains_key(m)).count();
        all += group.len() - 1;
        kept += group.len() - met.len() - alone;
    }
    share(kept as f64, all as f64)
}

/// B-cubed: over the mentions of `of`, the mean share of a mention's group that stands with it in `by`.
fn kept(of: &Groups, by: &Groups) -> f64 {
    let places = places(by);
    let (mut sum, mut all) = (0.0, 0);
    for group in of {
        all += group.len();
        for mention in group {
            if let Some(&other) = places.get(mention) {
                sum += share(
                    group.intersection(&by[other]).count() as f64,
                    group.len() as f64,
                );
            }
        }
    }
    share(sum, all as f64)
}

/// Entity CEAF: groups of both sides are paired one to one so that their Dice coefficients sum highest; that sum over the groups of
/// either side.
fn ceaf(truth: &Groups, answer: &Groups) -> Score {
    // The pairing counts in whole numbers.
    const SCALE: f64 = 1e12;
    let (few, many) = if truth.len() <= answer.len() {
        (truth, answer)
    } else {
        (answer, truth)
    };
    if few.is_empty() {
        return Score::default();
    }
    let dice = |a: &BTreeSet<usize>, b: &BTreeSet<usize>| {
        2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
    };
    let weights = Matrix::from_fn(few.len(), many.len(), |(a, b)| {
        (dice(&few[a], &many[b]) * SCALE).round() as i64
    });
    let (_, pairs) = kuhn_munkres(&weights);
    let sum: f64 = pairs
        .iter()
        .enumerate()
        .map(|(a, &b)| dice(&few[a], &many[b]))
        .sum();
    Score {
        precision: share(sum, answer.len() as f64),
        recall: share(sum, truth.len() as f64),
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(groups: &[&[usize]]) -> Groups {
        groups.iter().map(|g| g.iter().copied().collect()).collect()
    }

    fn check(truth: &[&[usize]], answer: &[&[usize]], muc: f64, b_cubed: f64, ceaf: f64) {
        let scores = Scores::of(&groups(truth), &groups(answer));
        let found = [scores.muc.f1(), scores.b_cubed.f1(), scores.ceaf.f1()];
        for (found, wanted) in found.iter().zip([muc, b_cubed, ceaf]) {
            assert!(
                (found - wanted).abs() < 6e-4,
                "{answer:?}: {found} for {wanted}"
            );
        }
    }

    /// Luo, "On coreference resolution performance metrics" (2005), figure 1 and table 1.
    #[test]
    fn luo() {
        let truth: &[&[usize]] = &[&[1, 2, 3, 4, 5], &[6, 7], &[8, 9, 10, 11, 12]];
        let all: Vec<usize> = (1..=12).collect();
        let alone: Vec<[usize; 1]> = (1..=12).map(|n| [n]).collect();
        let alone: Vec<&[usize]> = alone.iter().map(<[usize; 1]>::as_slice).collect();
        check(
            truth,
            &[&[1, 2, 3, 4, 5], &[6, 7, 8, 9, 10, 11, 12]],
            0.947,
            0.865,
            0.733,
        );
        check(
            truth,
            &[&[1, 2, 3, 4, 5, 8, 9, 10, 11, 12], &[6, 7]],
            0.947,
            0.737,
            0.667,
        );
        check(truth, &[&all], 0.900, 0.545, 0.294);
        check(truth, &alone, 0.0, 0.400, 0.178);
    }

    /// Pradhan et al. (2014), section 4: mentions that only one side has.
    #[test]
    fn pradhan() {
        let scores = Scores::of(
            &groups(&[&[1, 2, 3], &[4, 5, 6, 7]]),
            &groups(&[&[1, 2], &[3, 4], &[6, 7, 8, 9]]),
        );
        let found = [scores.muc, scores.b_cubed, scores.ceaf].map(|s| (s.precision, s.recall));
        let wanted = [(0.40, 0.40), (0.50, 0.42), (0.43, 0.65)];
        for (f, w) in found.iter().zip(wanted) {
            assert!(
                (f.0 - w.0).abs() < 5e-3 && (f.1 - w.1).abs() < 5e-3,
                "{f:?} for {w:?}"
            );
        }
    }

    #[test]
    fn the_truth_is_right_and_nothing_is_nothing() {
        check(&[&[1, 2], &[3]], &[&[1, 2], &[3]], 1.0, 1.0, 1.0);
        check(&[&[1, 2], &[3]], &[], 0.0, 0.0, 0.0);
    }

    /// Entity CEAF beside trying every pairing.
    #[test]
    fn the_best_pairing() {
        let truth = groups(&[&[1, 2, 3], &[4, 5], &[6], &[7, 8]]);
        let answer = groups(&[&[1, 4], &[2, 3, 5, 6], &[7], &[8]]);
        let dice = |a: &BTreeSet<usize>, b: &BTreeSet<usize>| {
            2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
        };
        let mut best = 0.0f64;
        for code in 0..256usize {
            let to = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3];
            if to.iter().collect::<BTreeSet<_>>().len() == 4 {
                best = best.max((0..4).map(|n| dice(&truth[n], &answer[to[n]])).sum());
            }
        }
        assert!((ceaf(&truth, &answer).recall - best / 4.0).abs() < 1e-9);
    }
}
