//! Which texts are worth comparing, and which sentences only stand under many reports.

use std::collections::{BTreeMap, BTreeSet};

use super::sketch::Sketch;

/// A key that more texts have says nothing about any two of them.
const MAX_HOLDERS: usize = 200;
/// Stories in which a sentence must stand to be nobody's.
const MIN_STORIES: usize = 3;
/// From this similarity two texts without names or numbers are one story.
const SAME_TEXT: f64 = 0.5;
/// From this share of common names and numbers two texts may be one story.
const SAME_SUBJECT: f64 = 0.15;
/// Holders looked at; a sentence that so many have is judged by these.
const MAX_JUDGED: usize = 24;

/// Sketches by their keys, in memory: what a store does with an index on keys, and what that is tested against.
#[derive(Debug, Default)]
pub struct Index {
    by_key: BTreeMap<u64, Vec<usize>>,
    count: usize,
}

impl Index {
    /// Adds a sketch; its number is how many there were before.
    pub fn add(&mut self, sketch: &Sketch) -> usize {
        let id = self.count;
        for key in sketch.keys() {
            self.by_key.entry(key).or_default().push(id);
        }
        self.count += 1;
        id
    }

    /// The sketches that share keys with this one and how many, most first; an added one finds itself, too.
    pub fn candidates(&self, sketch: &Sketch) -> Vec<(usize, usize)> {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for key in sketch.keys() {
            let holders = self.by_key.get(&key).map_or(&[][..], Vec::as_slice);
            if holders.len() <= MAX_HOLDERS {
                for &holder in holders {
                    *shared.entry(holder).or_default() += 1;
                }
            }
        }
        let mut out: Vec<(usize, usize)> = shared.into_iter().collect();
        out.sort_by_key(|&(id, n)| (std::cmp::Reverse(n), id));
        out
    }
}

/// In how many different stories a sentence stands, given the sketches of the texts that have it: texts are of one story when they
/// share names and numbers (or wording, where they have neither), directly or through another of them. From three on it is a standing sentence.
pub fn stories(holders: &[&Sketch]) -> usize {
    let holders = &holders[..holders.len().min(MAX_JUDGED)];
    let mut story: Vec<usize> = (0..holders.len()).collect();
    for (i, a) in holders.iter().enumerate() {
        for (j, b) in holders.iter().enumerate().take(i) {
            // Not by their wording: what stands under many reports may be most of a short one.
            let nameless = a.is_nameless() && b.is_nameless();
            if a.same_subject(b) >= SAME_SUBJECT || nameless && a.similarity(b) >= SAME_TEXT {
                let (from, to) = (story[i], story[j]);
                for s in &mut story {
                    if *s == from {
                        *s = to;
                    }
                }
            }
        }
    }
    story.into_iter().collect::<BTreeSet<_>>().len()
}

/// The keys of sentences that stand in reports of at least three different stories, such as what an agency says of itself. `texts`: each
/// with its sketch and [`sentence_keys`](super::Reading::sentence_keys), in any order; the first holders by sketch order judge for all.
pub fn recurring(texts: &[(&Sketch, &[u64])]) -> BTreeSet<u64> {
    let mut holders: BTreeMap<u64, Vec<&Sketch>> = BTreeMap::new();
    for (sketch, keys) in texts {
        for &key in *keys {
            holders.entry(key).or_default().push(sketch);
        }
    }
    holders
        .into_iter()
        .filter(|(_, held)| held.len() >= MIN_STORIES)
        .filter_map(|(key, mut held)| {
            held.sort_by_cached_key(|s| s.bands());
            held.dedup();
            (stories(&held) >= MIN_STORIES).then_some(key)
        })
        .collect()
}
