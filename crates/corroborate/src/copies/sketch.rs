//! A text in a few hundred bytes: enough to find its near copies in a store, and to say roughly how near they are.
//!
//! Word 5-grams are hashed and their least values under 128 permutations kept (MinHash; Broder 1997), banded so that texts that share many
//! meet under a key (locality-sensitive hashing; Indyk and Motwani 1998). A short excerpt of a long report shares few of the long one's
//! 5-grams, and a reworded copy few at all; for them there are further keys: the winnowed 5-grams (Schleimer, Wilkerson, Aiken 2003), of
//! which every common run of twenty words leaves one in both, and pairs of a name and a number, or two names, that one sentence puts together.

use std::collections::BTreeSet;

use super::{
    reading::Reading,
    words::{hash_of, mix},
};

/// Words to a shingle.
pub(super) const SHINGLE: usize = 5;
const HASHES: usize = 128;
/// Keys under which texts that share much meet: 32 bands of 4; at a Jaccard similarity of .42 half of all pairs meet, at .6 99 in 100.
pub const BANDS: usize = 32;
const ROWS: usize = HASHES / BANDS;
/// Shingles to a window: a common run of `WINDOW + SHINGLE - 1` words has a key in both texts.
const WINDOW: usize = 16;
/// Winnowed keys of one text; a text with more takes a window twice as wide, whose keys are some of the narrower one's.
const MAX_WINNOWED: usize = 512;
/// Keys from names and numbers of one text.
const MAX_PAIRS: usize = 64;
/// Hashes of what a text is about.
const SUBJECT: usize = 64;
const VERSION: u8 = 1;

/// What a store keeps of a text to find its copies. Two readings of one text give the same sketch, on every machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    words: u32,
    shingles: [u32; HASHES],
    subject: [u16; SUBJECT],
    winnowed: Vec<u64>,
    pairs: Vec<u64>,
}

impl Sketch {
    /// The sketch of a text without a known headline.
    pub fn of(text: &str) -> Self {
        Self::from(&Reading::of(None, text))
    }

    /// Words compared: all but headline and standing paragraphs.
    pub fn words(&self) -> u32 {
        self.words
    }

    /// The keys under which texts that share much meet. All zero for a text of fewer than five words, which meets nothing.
    pub fn bands(&self) -> [u64; BANDS] {
        let mut out = [0; BANDS];
        if self.shingles.iter().all(|&h| h == u32::MAX) {
            return out;
        }
        for (band, rows) in self.shingles.chunks_exact(ROWS).enumerate() {
            let mut parts = vec![band as u64 + 1];
            parts.extend(rows.iter().map(|&r| u64::from(r)));
            out[band] = hash_of(&parts);
        }
        out
    }

    /// All keys a store looks up and keeps, sorted, each once: bands, winnowed shingles, pairs of names. Texts that share one are worth
    /// comparing; the more they share the more so. A key that very many texts have says nothing and may be passed over.
    pub fn keys(&self) -> Vec<u64> {
        let bands = self.bands().into_iter().filter(|&k| k != 0);
        let all: BTreeSet<u64> = bands
            .chain(self.winnowed.iter().copied())
            .chain(self.pairs.iter().copied())
            .collect();
        all.into_iter().collect()
    }

    /// The Jaccard similarity of the two sets of 5-grams, estimated: 0..=1, standard error under .045. Texts without 5-grams are like none.
    #[allow(clippy::cast_precision_loss)]
    pub fn similarity(&self, other: &Self) -> f64 {
        let both = self.shingles.iter().zip(&other.shingles);
        both.filter(|(a, b)| a == b && **a != u32::MAX).count() as f64 / HASHES as f64
    }

    /// How much of the one with fewer keys is in the other, by winnowed shingles: 0..=1; rough for short texts.
    #[allow(clippy::cast_precision_loss)]
    pub fn containment(&self, other: &Self) -> f64 {
        let least = self.winnowed.len().min(other.winnowed.len());
        if least == 0 {
            return 0.0;
        }
        shared(&self.winnowed, &other.winnowed) as f64 / least as f64
    }

    /// How alike the names and numbers of two texts are, estimated: 0..=1. Reports of one story have some in common, whoever wrote them.
    #[allow(clippy::cast_precision_loss)]
    pub fn same_subject(&self, other: &Self) -> f64 {
        let both = self.subject.iter().zip(&other.subject);
        both.filter(|(a, b)| a == b && **a != u16::MAX).count() as f64 / SUBJECT as f64
    }

    /// Whether it has neither names nor numbers.
    pub(super) fn is_nameless(&self) -> bool {
        self.subject.iter().all(|&h| h == u16::MAX)
    }

    /// The bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![VERSION];
        out.extend(self.words.to_le_bytes());
        out.extend(self.shingles.iter().flat_map(|h| h.to_le_bytes()));
        out.extend(self.subject.iter().flat_map(|h| h.to_le_bytes()));
        for keys in [&self.winnowed, &self.pairs] {
            let count = u32::try_from(keys.len()).unwrap_or(u32::MAX);
            out.extend(count.to_le_bytes());
            out.extend(keys.iter().flat_map(|k| k.to_le_bytes()));
        }
        out
    }

    /// Reads [`to_bytes`](Self::to_bytes). `None`: another version's, or no sketch.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&[VERSION])?;
        let words = u32::from_le_bytes(take(&mut rest)?);
        let mut shingles = [0; HASHES];
        for h in &mut shingles {
            *h = u32::from_le_bytes(take(&mut rest)?);
        }
        let mut subject = [0; SUBJECT];
        for h in &mut subject {
            *h = u16::from_le_bytes(take(&mut rest)?);
        }
        let mut lists = [Vec::new(), Vec::new()];
        for (list, most) in lists.iter_mut().zip([MAX_WINNOWED, MAX_PAIRS]) {
            let count = u32::from_le_bytes(take(&mut rest)?) as usize;
            if count > most {
                return None;
            }
            for _ in 0..count {
                list.push(u64::from_le_bytes(take(&mut rest)?));
            }
        }
        let [winnowed, pairs] = lists;
        let whole = rest.is_empty() && winnowed.is_sorted() && pairs.is_sorted();
        whole.then_some(Self {
            words,
            shingles,
            subject,
            winnowed,
            pairs,
        })
    }
}

impl From<&Reading> for Sketch {
    fn from(reading: &Reading) -> Self {
        let mut shingles = [u32::MAX; HASHES];
        for (permutation, least) in shingles.iter_mut().enumerate() {
            let salt = mix(permutation as u64 + 1);
            for gram in &reading.gram_set {
                *least = (*least).min(low(mix(gram ^ salt)));
            }
        }
        let names: BTreeSet<u64> = reading
            .counted
            .iter()
            .filter(|&&w| reading.naming[w])
            .map(|&w| reading.words[w].stem)
            .collect();
        let mut subject = [u16::MAX; SUBJECT];
        for (permutation, least) in subject.iter_mut().enumerate() {
            let salt = mix(permutation as u64 + 0x1_0001);
            for name in &names {
                *least = (*least).min((mix(name ^ salt) >> 48) as u16);
            }
        }
        Self {
            words: u32::try_from(reading.counted.len()).unwrap_or(u32::MAX),
            shingles,
            subject,
            winnowed: winnowed(&reading.grams),
            pairs: pairs(reading),
        }
    }
}

/// The low half; what fills an empty place never comes up.
fn low(hash: u64) -> u32 {
    ((hash & 0xffff_ffff) as u32).min(u32::MAX - 1)
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (head, tail) = rest.split_first_chunk::<N>()?;
    *rest = tail;
    Some(*head)
}

/// How many are in both of two sorted lists.
fn shared(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|k| b.binary_search(k).is_ok()).count()
}

/// The least shingle of every window, once each, sorted; the window doubles until they are few enough.
fn winnowed(grams: &[u64]) -> Vec<u64> {
    let mut window = WINDOW;
    loop {
        let keys = minima(grams, window);
        if keys.len() <= MAX_WINNOWED {
            return keys.into_iter().collect();
        }
        window *= 2;
    }
}

fn minima(grams: &[u64], window: usize) -> BTreeSet<u64> {
    // Candidates in rising order; each shingle enters and leaves once.
    let mut queue: std::collections::VecDeque<usize> = std::collections::VecDeque::new();
    let mut keys = BTreeSet::new();
    for (at, gram) in grams.iter().enumerate() {
        while queue.back().is_some_and(|&b| grams[b] > *gram) {
            queue.pop_back();
        }
        queue.push_back(at);
        while queue.front().is_some_and(|&f| f + window <= at) {
            queue.pop_front();
        }
        if (at + 1 >= window || at + 1 == grams.len())
            && let Some(&least) = queue.front()
        {
            keys.insert(grams[least]);
        }
    }
    keys
}

/// Names and numbers that a sentence puts together, at most four of a sentence, and of a text those with the least hashes.
fn pairs(reading: &Reading) -> Vec<u64> {
    let mut all = BTreeSet::new();
    for sentence in reading.sentences.iter().filter(|s| !s.standing) {
        let mut names: Vec<u64> = sentence
            .words
            .clone()
            .filter(|&w| reading.naming[w])
            .map(|w| reading.words[w].stem)
            .collect();
        names.sort_unstable();
        names.dedup();
        // The least by hash, so that two wordings of a sentence choose the same.
        names.truncate(4);
        for (i, a) in names.iter().enumerate() {
            for b in &names[i + 1..] {
                all.insert(hash_of(&[0x7061_6972, *a, *b]));
            }
        }
    }
    all.into_iter().take(MAX_PAIRS).collect()
}
