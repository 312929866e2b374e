//! Which sentence of one text says what which sentence of another says.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use sayso_records::{Byte, Span};

use super::reading::Reading;

/// Sentences of the other text that have a stem, at most; a stem that more have does not tell where to look.
const MAX_POSTINGS: usize = 64;
/// Sentences that one is compared with, word by word.
const MAX_COMPARED: usize = 3;
/// Comparisons of two words in all, over both texts: where they are used up, only equal sentences are paired.
const BUDGET: usize = 20_000_000;
/// Shortest sentence that is paired by anything but equality, in words.
const MIN_WORDS: usize = 5;
/// Least share of the longer sentence's words that the other has in the same order, to be an edited one.
const EDITED: f64 = 0.7;
/// Least share of the shorter's, where something was cut.
const CUT: f64 = 0.85;
/// Least share of the shorter sentence's telling words that the other has, to be a reworded one; names and numbers count half.
const REWORDED: f64 = 0.5;
/// Least share among the words that are no names or numbers: anyone who writes of the matter has those.
const REWORDED_ORDINARY: f64 = 0.4;
/// Least share of the longer one's; sentences on one matter often share more of the shorter than that.
const REWORDED_LONGER: f64 = 0.4;
/// The same for sentences that have [`RUN`] words in a row in common, names among them or not.
const REWORDED_RUN: f64 = 0.25;
const RUN: usize = 4;

/// How two sentences are the same.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// Word for word.
    Same,
    /// Most words in the same order: something put in, left out or exchanged.
    Edited,
    /// Told in other words, the telling ones among them kept.
    Reworded,
}

/// A sentence and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// Bytes in the first text.
    pub a: Span<Byte>,
    /// Bytes in the second text.
    pub b: Span<Byte>,
    /// How they are the same.
    pub how: How,
    /// Whether most of it is quoted speech on both sides.
    pub quoted: bool,
    /// How much of each the other has, 0..=1: of its words in order, or for reworded ones of its telling words.
    pub share: [f64; 2],
    /// The sentences by number.
    pub(super) at: (usize, usize),
    /// Whether one has all names and numbers of the other.
    pub(super) same_names: bool,
}

struct Candidate {
    at: (usize, usize),
    how: How,
    share: [f64; 2],
    rank: f64,
    same_names: bool,
}

/// Pairs the sentences of two texts, standing ones left out, in the order of the first text. A sentence may be paired twice where it was
/// split or joined.
pub(super) fn pairs(a: &Reading, b: &Reading) -> Vec<Pair> {
    let mut equal: BTreeMap<u64, VecDeque<usize>> = BTreeMap::new();
    for (at, s) in compared(b) {
        equal.entry(b.sentences[at].key).or_default().push_back(at);
        debug_assert!(!s.is_empty());
    }
    let mut found = Vec::new();
    let mut open = Vec::new();
    let mut taken = BTreeSet::new();
    for (at, _) in compared(a) {
        match equal
            .get_mut(&a.sentences[at].key)
            .and_then(VecDeque::pop_front)
        {
            Some(other) => {
                taken.insert(other);
                found.push(Candidate {
                    at: (at, other),
                    how: How::Same,
                    share: [1.0; 2],
                    rank: 1.0,
                    same_names: true,
                });
            }
            None => open.push(at),
        }
    }
    let near = near(a, b, &open, &taken);
    found.extend(best(near));
    found.sort_by_key(|c| c.at);
    found
        .into_iter()
        .map(|c| Pair {
            a: a.sentences[c.at.0].span,
            b: b.sentences[c.at.1].span,
            how: c.how,
            quoted: spoken(a, c.at.0) && spoken(b, c.at.1),
            share: c.share,
            at: c.at,
            same_names: c.same_names,
        })
        .collect()
}

fn compared(reading: &Reading) -> impl Iterator<Item = (usize, std::ops::Range<usize>)> {
    let all = reading.sentences.iter().enumerate();
    all.filter(|(_, s)| !s.standing)
        .map(|(at, s)| (at, s.words.clone()))
}

fn spoken(reading: &Reading, sentence: usize) -> bool {
    let words = &reading.sentences[sentence].words;
    let quoted = reading.quoted[words.clone()].iter().filter(|q| **q).count();
    quoted * 2 > words.len()
}

/// Pairs that are the best for one of their two sentences.
fn best(mut near: Vec<Candidate>) -> Vec<Candidate> {
    near.sort_by(|x, y| y.rank.total_cmp(&x.rank).then(x.at.cmp(&y.at)));
    let (mut of_a, mut of_b) = (BTreeSet::new(), BTreeSet::new());
    near.retain(|c| {
        // Both, not either: a sentence taken on one side may still be the best of the other's.
        let (new_a, new_b) = (of_a.insert(c.at.0), of_b.insert(c.at.1));
        new_a || new_b
    });
    near
}

/// Sentences that are not equal but may be the same, scored.
fn near(a: &Reading, b: &Reading, open: &[usize], taken: &BTreeSet<usize>) -> Vec<Candidate> {
    // By stem and sentence, sorted: looked up as a map is, and quicker to make.
    let mut holders: Vec<(u64, usize)> = Vec::new();
    let mut count = 0;
    for (at, words) in compared(b) {
        if !taken.contains(&at) && words.len() >= MIN_WORDS {
            count += 1;
            holders.extend(b.told[at].stems().map(|stem| (*stem, at)));
        }
    }
    holders.sort_unstable();
    let mut budget = BUDGET;
    let mut out = Vec::new();
    for &at in open {
        if a.sentences[at].words.len() < MIN_WORDS {
            continue;
        }
        for other in likely(&a.told[at], &holders, count) {
            let cost = a.sentences[at].words.len() * b.sentences[other].words.len();
            if cost > budget {
                return out;
            }
            budget -= cost;
            out.extend(score(a, b, (at, other)));
        }
    }
    out
}

/// The telling stems of a sentence, sorted, each once.
#[derive(Debug, Clone)]
pub(super) struct Told {
    names: Vec<u64>,
    ordinary: Vec<u64>,
}

impl Told {
    pub(super) fn by(reading: &Reading, sentence: usize) -> Self {
        let (mut names, mut ordinary) = (Vec::new(), Vec::new());
        for w in reading.sentences[sentence].words.clone() {
            if reading.naming[w] {
                names.push(reading.words[w].stem);
            } else if reading.telling[w] {
                ordinary.push(reading.words[w].stem);
            }
        }
        for stems in [&mut names, &mut ordinary] {
            stems.sort_unstable();
            stems.dedup();
        }
        Self { names, ordinary }
    }

    /// Its stems, names first; one may be both.
    fn stems(&self) -> impl Iterator<Item = &u64> {
        self.names.iter().chain(&self.ordinary)
    }
}

/// The sentences with which one shares most, by stems weighed by how few have them.
#[allow(clippy::cast_precision_loss)]
fn likely(of: &Told, holders: &[(u64, usize)], count: usize) -> Vec<usize> {
    let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
    for stem in of.stems() {
        let held = &holders[holders.partition_point(|(other, _)| other < stem)..];
        let held = &held[..held.partition_point(|(other, _)| other == stem)];
        if held.len() > MAX_POSTINGS {
            continue;
        }
        let weight = (1.0 + count as f64 / held.len().max(1) as f64).ln();
        for &(_, at) in held {
            *sums.entry(at).or_default() += weight;
        }
    }
    let mut order: Vec<(usize, f64)> = sums.into_iter().collect();
    order.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    order.truncate(MAX_COMPARED);
    order.into_iter().map(|(at, _)| at).collect()
}

#[allow(clippy::cast_precision_loss)]
fn score(a: &Reading, b: &Reading, at: (usize, usize)) -> Option<Candidate> {
    let (x, y) = (&a.told[at.0], &b.told[at.1]);
    let (of_a, of_b) = (forms(a, at.0), forms(b, at.1));
    let (common, run) = in_order(&of_a, &of_b);
    let share = [
        common as f64 / of_a.len() as f64,
        common as f64 / of_b.len() as f64,
    ];
    let (of_long, of_short) = (share[0].min(share[1]), share[0].max(share[1]));
    let names = common_stems(&x.names, &y.names);
    let same_names = names == x.names.len().min(y.names.len());
    if of_long >= EDITED || of_short >= CUT && of_a.len().min(of_b.len()) >= 8 {
        return Some(Candidate {
            at,
            how: How::Edited,
            share,
            rank: of_short,
            same_names,
        });
    }
    let ordinary = common_stems(&x.ordinary, &y.ordinary) as f64;
    let weight = |t: &Told| (t.ordinary.len() as f64 + t.names.len() as f64 / 2.0).max(1.0);
    let both = ordinary + names as f64 / 2.0;
    let share = [both / weight(x), both / weight(y)];
    let (of_long, of_short) = (share[0].min(share[1]), share[0].max(share[1]));
    let least_ordinary = x.ordinary.len().min(y.ordinary.len()) as f64;
    let enough = of_short >= REWORDED
        && ordinary >= 2.0
        && ordinary >= REWORDED_ORDINARY * least_ordinary
        && (of_long >= REWORDED_LONGER || of_long >= REWORDED_RUN && run >= RUN);
    enough.then_some(Candidate {
        at,
        how: How::Reworded,
        share,
        rank: of_short * 0.8,
        same_names,
    })
}

/// How many stems are in both of two sorted lists.
fn common_stems(a: &[u64], b: &[u64]) -> usize {
    a.iter()
        .filter(|stem| b.binary_search(stem).is_ok())
        .count()
}

fn forms(reading: &Reading, sentence: usize) -> Vec<u64> {
    let words = reading.sentences[sentence].words.clone();
    reading.words[words].iter().map(|w| w.form).collect()
}

/// How many words both have in one order (longest common subsequence), and the longest run of them without a gap.
fn in_order(a: &[u64], b: &[u64]) -> (usize, usize) {
    let mut row = vec![0_usize; b.len() + 1];
    let mut runs = vec![0_usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        let (mut diagonal, mut run_before) = (0, 0);
        for (j, y) in b.iter().enumerate() {
            let (above, run_above) = (row[j + 1], runs[j + 1]);
            (row[j + 1], runs[j + 1]) = if x == y {
                (diagonal + 1, run_before + 1)
            } else {
                (above.max(row[j]), 0)
            };
            longest = longest.max(runs[j + 1]);
            (diagonal, run_before) = (above, run_above);
        }
    }
    (row[b.len()], longest)
}
