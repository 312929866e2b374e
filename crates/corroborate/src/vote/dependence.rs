//! Which sources copy: by the false and rare values that two have in common.

use std::collections::BTreeMap;

use super::{Assumed, Said};

/// Objects with more sources than this are left out: they would make a pair of everybody with everybody, and tell little.
const MAX_SOURCES: usize = 256;
/// Objects that two sources must both speak of before they can be said to depend.
const MIN_COMMON: usize = 5;
/// From this probability a dependence is named.
const NAMED: f64 = 0.5;

/// That one of two sources probably copies from the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Dependence {
    /// The two, in the order of their names.
    pub sources: [String; 2],
    /// How likely it is, 0..=1.
    pub probability: f64,
    /// How likely it is that the first copies from the second, 0..=1; the rest is the other way round.
    pub first_copies: f64,
    /// Values in common, by how likely they are true.
    pub common_true: f64,
    /// Values in common, by how likely they are false.
    pub common_false: f64,
    /// Objects to which they give different values.
    pub different: f64,
}

impl Dependence {
    /// Why, in words.
    pub fn reason(&self) -> String {
        format!(
            "{} and {} have {:.0} values in common that are probably false, {:.0} that are probably true, and differ in {:.0}: {:.0} % likely copied",
            self.sources[0],
            self.sources[1],
            self.common_false,
            self.common_true,
            self.different,
            self.probability * 100.0
        )
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    /// Logarithms of how likely what is seen is: independent, first from second, second from first.
    seen: [f64; 3],
    common: usize,
    common_true: f64,
    common_false: f64,
    different: f64,
    probability: f64,
    first_copies: f64,
}

/// Dependences between sources by number.
#[derive(Debug, Default)]
pub(super) struct Dependences(BTreeMap<(usize, usize), Pair>);

impl Dependences {
    pub(super) fn of(
        said: &Said<'_>,
        accuracy: &[f64],
        belief: &[Vec<f64>],
        assumed: &Assumed,
    ) -> Self {
        let mut pairs: BTreeMap<(usize, usize), Pair> = BTreeMap::new();
        for (object, believed) in said.objects.iter().zip(belief) {
            let mut given: Vec<(usize, usize)> = Vec::new();
            for (value, givers) in object.givers.iter().enumerate() {
                given.extend(givers.iter().map(|&s| (s, value)));
            }
            if given.len() > MAX_SOURCES {
                continue;
            }
            given.sort_unstable();
            let rare = rarities(object.givers.iter().map(Vec::len), believed, assumed);
            for (i, (a, x)) in given.iter().enumerate() {
                for (b, y) in &given[i + 1..] {
                    if a == b {
                        continue;
                    }
                    let pair = pairs.entry((*a, *b)).or_default();
                    let errs = [accuracy[*a], accuracy[*b]];
                    pair.add(x == y, believed[*x], rare[*x], errs, assumed.copied);
                }
            }
        }
        for pair in pairs.values_mut() {
            pair.judge(assumed.dependence);
        }
        Self(pairs)
    }

    /// How likely one of two copies from the other.
    pub(super) fn between(&self, a: usize, b: usize) -> f64 {
        self.0
            .get(&(a.min(b), a.max(b)))
            .map_or(0.0, |p| p.probability)
    }

    pub(super) fn named(&self, sources: &[&str]) -> Vec<Dependence> {
        let likely = self.0.iter().filter(|(_, p)| p.probability >= NAMED);
        let mut out: Vec<Dependence> = likely
            .map(|((a, b), p)| Dependence {
                sources: [sources[*a].to_owned(), sources[*b].to_owned()],
                probability: p.probability,
                first_copies: p.first_copies,
                common_true: p.common_true,
                common_false: p.common_false,
                different: p.different,
            })
            .collect();
        out.sort_by(|x, y| {
            y.probability
                .total_cmp(&x.probability)
                .then(x.sources.cmp(&y.sources))
        });
        out
    }
}

/// For each value of an object, how likely a source that errs gives just it: as often as others that err do, the two in question left
/// out, and one in all possible false values before any is seen.
#[allow(clippy::cast_precision_loss)]
fn rarities(
    counts: impl Iterator<Item = usize> + Clone,
    believed: &[f64],
    assumed: &Assumed,
) -> Vec<f64> {
    let wrong: f64 = counts
        .clone()
        .zip(believed)
        .map(|(n, p)| n as f64 * (1.0 - p))
        .sum();
    counts
        .zip(believed)
        .map(|(n, p)| {
            let others = (n as f64 - 2.0).max(0.0) * (1.0 - p);
            let all = (wrong - 2.0 * (1.0 - p)).max(0.0);
            // What was never seen weighs as much as two statements.
            ((others + 2.0 / assumed.false_values) / (all + 2.0)).min(1.0)
        })
        .collect()
}

impl Pair {
    fn add(&mut self, same: bool, truth: f64, rare: f64, [a, b]: [f64; 2], copied: f64) {
        self.common += 1;
        // Independent sources agree on the truth where both are right, and on this false value where both err to it.
        let both_right = a * b;
        let both_wrong = (1.0 - a) * (1.0 - b) * rare;
        let differ = (1.0 - both_right - both_wrong).max(1e-9);
        if !same {
            self.different += 1.0;
            self.seen[0] += differ.ln();
            let not_copied = (differ * (1.0 - copied)).ln();
            self.seen[1] += not_copied;
            self.seen[2] += not_copied;
            return;
        }
        self.common_true += truth;
        self.common_false += 1.0 - truth;
        let alone = truth * both_right + (1.0 - truth) * both_wrong;
        let taken = |from: f64| truth * from + (1.0 - truth) * (1.0 - from);
        self.seen[0] += alone.max(1e-12).ln();
        // A copier has what the other has, right or wrong; the other comes to it as anybody does.
        self.seen[1] += (copied * taken(b) + (1.0 - copied) * alone).max(1e-12).ln();
        self.seen[2] += (copied * taken(a) + (1.0 - copied) * alone).max(1e-12).ln();
    }

    fn judge(&mut self, prior: f64) {
        if self.common < MIN_COMMON {
            return;
        }
        let [alone, first, second] = self.seen;
        let top = alone.max(first).max(second);
        let alone = (1.0 - prior) * (alone - top).exp();
        let first = prior / 2.0 * (first - top).exp();
        let second = prior / 2.0 * (second - top).exp();
        self.probability = (first + second) / (alone + first + second);
        self.first_copies = first / (first + second).max(f64::MIN_POSITIVE);
    }
}
