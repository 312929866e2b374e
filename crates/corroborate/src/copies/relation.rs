//! What two texts have to do with each other, with the sentences that show it.

use std::collections::{BTreeMap, BTreeSet};

use sayso_records::{Byte, Span};
use serde::{Deserialize, Serialize};

use super::{
    align::{How, Pair, pairs},
    reading::Reading,
    sketch::SHINGLE,
    words::hash_of,
};

/// From this part, word for word, it is the same text, for small print and slips: of both, or of the shorter, which then was cut.
const WHOLE: f64 = 0.9;
/// From this part of the shorter text, by sentences that say the same weighed by how much of them is common, it is the longer told again.
const TOLD_AGAIN: f64 = 0.35;
/// The same for a text in which only one or two sentences do: they are soon alike. One alone must have the same names and numbers, too,
/// and be as long as [`LONG_SENTENCE`]: what ministers welcome and condemn differs in nothing but those.
const TOLD_BRIEFLY: f64 = 0.6;
const LONG_SENTENCE: usize = 20;
const MANY_TOLD: usize = 3;
/// Words of the writers' own that stand in both in one run, to be a passage taken over: longer ones do not come about twice.
const PASSAGE: usize = 16;
/// Words a text needs to be anybody's copy.
const MIN_WORDS: usize = 8;

/// What one text is to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The same words, but for slips and small print, under the same headline, or one that is not known.
    Verbatim,
    /// The same words under another headline.
    HeadlineChanged,
    /// One is, nearly word for word, a part of the other.
    Trimmed,
    /// One tells what the other tells, sentence by sentence, in partly other words.
    Reworded,
    /// A passage of the writer's own words stands in both; the rest is each one's own. A claim shares its origin if it lies in the passage.
    Passage,
    /// The same speech is quoted in both and nothing else is common: no copy.
    Quoting,
}

impl Sort {
    /// Whether the text as a whole is a copy.
    pub fn is_copy(self) -> bool {
        self < Self::Passage
    }
}

/// Which text came out first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum First {
    /// The first one handed in.
    A,
    /// The second one.
    B,
}

/// What two texts have in common. Handing them in the other way round gives the same, mirrored.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    /// What one is to the other.
    pub sort: Sort,
    /// Which was published first; `None`: not known, or on one day without hours.
    pub first: Option<First>,
    /// Sentences that say the same, in the order of the first text, quoted ones included.
    pub pairs: Vec<Pair>,
    /// Quotations that stand in both, as bytes of the first and second text, marks left out.
    pub quotations: Vec<(Span<Byte>, Span<Byte>)>,
    /// Part of each text's own words (not quoted, not standing) that the other has, word for word: 0..=1.
    pub taken: [f64; 2],
    /// Part of each text's own words that the other has in any wording, by how much of each sentence is common: 0..=1.
    pub told: [f64; 2],
    /// Why it is what it is, for a reader.
    pub reasons: Vec<String>,
}

impl Relation {
    /// Nothing in common: of two texts of which one only credits the other, what [`counterparts`](crate::erosion::counterparts) takes.
    pub fn unrelated() -> Self {
        Self {
            sort: Sort::Quoting,
            first: None,
            pairs: Vec::new(),
            quotations: Vec::new(),
            taken: [0.0; 2],
            told: [0.0; 2],
            reasons: Vec::new(),
        }
    }
}

/// What is common to two texts; `None` where there is nothing that would not come about by chance. `published` as in
/// [`Report`](sayso_records::Report).
pub fn relation(
    (a, published_a): (&Reading, Option<&str>),
    (b, published_b): (&Reading, Option<&str>),
) -> Option<Relation> {
    let overlap = Overlap::of(a, b);
    let pairs = pairs(a, b);
    let quotations = quotations(a, b);
    let told = told(a, b, &pairs, &overlap);
    let mut reasons = Vec::new();
    let sort = sort(a, b, &overlap, &pairs, told, &mut reasons).or_else(|| {
        let words: usize = quotations.iter().map(|(q, _)| q.len()).sum();
        (words > 0).then(|| {
            reasons.push(format!(
                "{} quoted alike, nothing else",
                counted(quotations.len(), "passage is", "passages are")
            ));
            Sort::Quoting
        })
    })?;
    Some(Relation {
        sort,
        first: first(published_a, published_b),
        pairs,
        quotations,
        taken: overlap.own,
        told,
        reasons,
    })
}

fn sort(
    a: &Reading,
    b: &Reading,
    overlap: &Overlap,
    pairs: &[Pair],
    told: [f64; 2],
    reasons: &mut Vec<String>,
) -> Option<Sort> {
    let [of_a, of_b] = overlap.own;
    let shorter = usize::from(overlap.words[1] < overlap.words[0]);
    let of_shorter = overlap.own[shorter];
    let percent = |share: f64| (share * 100.0).round();
    let enough = overlap.own_words[shorter] >= MIN_WORDS;
    // Texts that are next to nothing but quotations are the same only if those are, to the word.
    let same_page = overlap.all.iter().all(|s| *s >= 0.98) && overlap.words[shorter] >= MIN_WORDS;
    if same_page || enough && of_a >= WHOLE && of_b >= WHOLE {
        reasons.push(format!(
            "{} % and {} % of their words are the same",
            percent(of_a),
            percent(of_b)
        ));
        let other = !a.headline.is_empty() && !b.headline.is_empty() && a.headline != b.headline;
        return Some(if other {
            Sort::HeadlineChanged
        } else {
            Sort::Verbatim
        });
    }
    if enough && of_shorter >= WHOLE {
        reasons.push(format!(
            "{} % of the {} words of the shorter stand in the longer, which has {}",
            percent(of_shorter),
            overlap.words[shorter],
            overlap.words[1 - shorter]
        ));
        return Some(Sort::Trimmed);
    }
    let own = told_sentences(pairs, shorter);
    let least = if own < MANY_TOLD {
        TOLD_BRIEFLY
    } else {
        TOLD_AGAIN
    };
    let alone = own == 1
        && overlap.own_words[shorter] >= LONG_SENTENCE
        && pairs.iter().any(|p| !p.quoted && p.same_names);
    if enough && (own > 1 || alone) && told[shorter] >= least {
        let exact = pairs.iter().filter(|p| p.how == How::Same && !p.quoted);
        reasons.push(format!(
            "{} of the shorter stand in the longer, {} of them word for word: {} % of what it says",
            counted(own, "sentence", "sentences"),
            match exact.count() {
                0 => "none".to_owned(),
                n => n.to_string(),
            },
            percent(told[shorter])
        ));
        return Some(Sort::Reworded);
    }
    if overlap.run >= PASSAGE {
        reasons.push(format!(
            "{} words in a row are the same; the rest is each one's own",
            overlap.run
        ));
        return Some(Sort::Passage);
    }
    None
}

fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// Sentences of one side, not quoted, that the other has.
fn told_sentences(pairs: &[Pair], side: usize) -> usize {
    let own = pairs.iter().filter(|p| !p.quoted);
    own.map(|p| [p.at.0, p.at.1][side])
        .collect::<BTreeSet<_>>()
        .len()
}

/// Words that stand in both texts in runs of at least five.
struct Overlap {
    words: [usize; 2],
    own_words: [usize; 2],
    /// Part of all words, quoted ones included.
    all: [f64; 2],
    /// Part of the own words.
    own: [f64; 2],
    /// Longest common run of own words.
    run: usize,
    covered: [Vec<bool>; 2],
}

impl Overlap {
    fn of(a: &Reading, b: &Reading) -> Self {
        let covered = [covered(a, b), covered(b, a)];
        let mut out = Self {
            words: [0; 2],
            own_words: [0; 2],
            all: [0.0; 2],
            own: [0.0; 2],
            run: usize::MAX,
            covered: [Vec::new(), Vec::new()],
        };
        for (i, (side, covered)) in [a, b].into_iter().zip(covered).enumerate() {
            out.words[i] = side.counted.len();
            let own = |k: &usize| !side.quoted[side.counted[*k]];
            let all = 0..side.counted.len();
            out.own_words[i] = all.clone().filter(own).count();
            let hit = all.clone().filter(|&k| covered[k]).count();
            let own_hit = all.clone().filter(|&k| covered[k]).filter(own).count();
            out.all[i] = share(hit, out.words[i]);
            out.own[i] = share(own_hit, out.own_words[i]);
            let (mut run, mut longest) = (0, 0);
            for k in all {
                run = if covered[k] && own(&k) { run + 1 } else { 0 };
                longest = longest.max(run);
            }
            // A run may be pieced together on one side out of several of the other: the lesser counts.
            out.run = out.run.min(longest);
            let mut by_word = vec![false; side.words.len()];
            for (k, &w) in side.counted.iter().enumerate() {
                by_word[w] = covered[k];
            }
            out.covered[i] = by_word;
        }
        out
    }
}

/// Which of the compared words of `reading` stand in shingles that `other` has, too.
fn covered(reading: &Reading, other: &Reading) -> Vec<bool> {
    let mut out = vec![false; reading.counted.len()];
    for (k, gram) in reading.grams.iter().enumerate() {
        if other.gram_set.binary_search(gram).is_ok() {
            out[k..k + SHINGLE].fill(true);
        }
    }
    out
}

#[allow(clippy::cast_precision_loss)]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Part of each side's own words that the other has: those in common runs whole, those in paired sentences by what these share.
#[allow(clippy::cast_precision_loss)]
fn told(a: &Reading, b: &Reading, pairs: &[Pair], overlap: &Overlap) -> [f64; 2] {
    let of = |reading: &Reading, side: usize| {
        let mut shares: BTreeMap<usize, f64> = BTreeMap::new();
        for pair in pairs {
            let share = shares.entry([pair.at.0, pair.at.1][side]).or_default();
            *share = share.max(pair.share[side]);
        }
        let (mut hit, mut all) = (0.0, 0_usize);
        for (i, s) in reading.sentences.iter().enumerate() {
            if s.standing {
                continue;
            }
            let share = shares.get(&i).copied().unwrap_or(0.0);
            for w in s.words.clone().filter(|&w| !reading.quoted[w]) {
                all += 1;
                hit += if overlap.covered[side][w] { 1.0 } else { share };
            }
        }
        hit / all.max(1) as f64
    };
    [of(a, 0), of(b, 1)]
}

/// Quotations that are in both: most four-word runs of the shorter are in the other.
fn quotations(a: &Reading, b: &Reading) -> Vec<(Span<Byte>, Span<Byte>)> {
    let (of_a, of_b) = (speeches(a), speeches(b));
    let mut index: Vec<(u64, usize)> = Vec::new();
    for (i, (_, grams)) in of_b.iter().enumerate() {
        index.extend(grams.iter().map(|&g| (g, i)));
    }
    index.sort_unstable();
    index.dedup_by_key(|(gram, _)| *gram);
    let mut out = Vec::new();
    for (span, grams) in &of_a {
        let mut found: Vec<usize> = grams
            .iter()
            .filter_map(|g| index.binary_search_by_key(g, |(k, _)| *k).ok())
            .map(|at| index[at].1)
            .collect();
        found.sort_unstable();
        let best = found
            .chunk_by(|x, y| x == y)
            .max_by_key(|c| (c.len(), std::cmp::Reverse(c[0])));
        if let Some(best) = best
            && best.len() * 10 >= grams.len().min(of_b[best[0]].1.len()) * 7
        {
            out.push((*span, of_b[best[0]].0));
        }
    }
    out
}

fn speeches(reading: &Reading) -> Vec<(Span<Byte>, Vec<u64>)> {
    let mut out = Vec::new();
    for q in &reading.quotations {
        let from = reading
            .words
            .partition_point(|w| (w.bytes.start as usize) < q.start);
        let to = reading
            .words
            .partition_point(|w| (w.bytes.start as usize) < q.end);
        let forms: Vec<u64> = reading.words[from..to].iter().map(|w| w.form).collect();
        let grams: Vec<u64> = forms.windows(4).map(hash_of).collect();
        if !grams.is_empty() {
            out.push((Span::new(q.start, q.end), grams));
        }
    }
    out
}

/// Which of two published times is earlier. Times without a zone, or a day alone, are told apart by the day.
fn first(a: Option<&str>, b: Option<&str>) -> Option<First> {
    let (a, b) = (a?, b?);
    let order = match (a.parse::<jiff::Timestamp>(), b.parse::<jiff::Timestamp>()) {
        (Ok(x), Ok(y)) => x.cmp(&y),
        _ => day(a)?.cmp(&day(b)?),
    };
    match order {
        std::cmp::Ordering::Less => Some(First::A),
        std::cmp::Ordering::Greater => Some(First::B),
        std::cmp::Ordering::Equal => None,
    }
}

fn day(text: &str) -> Option<jiff::civil::Date> {
    text.get(..10)?.parse().ok()
}
