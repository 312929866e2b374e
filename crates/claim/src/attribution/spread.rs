//! Quotations that reach past the sentence of their cue: over several sentences, before or behind "he said", and paragraphs that are
//! all quotation.

use sayso_records::{Byte, Sentence, Span};

use super::{Form, Found, quotes::Quote};

/// Fewest words of a quotation that is somebody speaking rather than a word taken up.
const SPEECH_WORDS: usize = 4;

/// How far behind its cue a quotation of a few words may begin.
const NEAR_BYTES: u32 = 60;

pub(super) const MARKS: &[char] = &['“', '”', '"', '„', '\''];

/// Most words of a sentence that only says who said what stands before it ("Trump said.").
const TAG_WORDS: usize = 6;

/// The attributions of a paragraph with its quotations given to them.
pub(crate) struct Spoken {
    pub(crate) found: Vec<Found>,
    /// What the paragraph quotes at its start before anybody in it speaks: the last speaker goes on.
    pub(crate) opening: Option<Span<Byte>>,
    /// Quotations that nobody is found to speak.
    pub(crate) unheard: Vec<Span<Byte>>,
    /// Index in `found` of whoever's quotation the paragraph ends in.
    pub(crate) last: Option<usize>,
}

/// Who spoke last, by the index of the attribution.
#[derive(Debug, Default)]
pub(super) struct Speaker {
    pub(super) last: Option<usize>,
}

impl Speaker {
    /// Goes on to the next paragraph; `first` is the index of the paragraph's first attribution.
    pub(super) fn follow(&mut self, spoken: &Spoken, first: usize) {
        self.last = match spoken.last {
            Some(n) => Some(first + n),
            None if spoken.opening.is_some() => self.last,
            None => None,
        };
    }
}

/// Gives every quotation of a paragraph to a cue, and drops cues that hold nothing.
pub(super) fn quotations(
    text: &str,
    sentences: &[Sentence],
    mut found: Vec<Found>,
    quoted: &[Quote],
) -> Spoken {
    let mut opening: Option<Span<Byte>> = None;
    let mut unheard = Vec::new();
    let mut last: Option<usize> = None;
    for quote in quoted {
        let near = near(sentences, quote);
        let starts = sentences[near.clone()].iter().any(|s| {
            // The opening mark may have been left with the sentence before.
            let (a, b) = (
                s.span.start.min(quote.span.start),
                s.span.start.max(quote.span.start),
            );
            let between = text.get(a as usize..b as usize);
            between.is_some_and(|t| {
                t.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(&c))
                    .is_empty()
            })
        });
        let speech = quote.words >= SPEECH_WORDS || starts;
        // The attributions of the sentences it touches and of those next to them.
        let from = found.partition_point(|f| f.sentence < near.start);
        let to = found.partition_point(|f| f.sentence < near.end);
        let owner = holder(&found[from..to], quote)
            .or_else(|| beside(text, sentences, &found[from..to], quote, speech))
            .map(|n| from + n)
            .or_else(|| last.filter(|_| starts && speech));
        match owner {
            Some(n) => {
                give(&mut found[n], quote);
                if found[n].quotes && speech {
                    last = Some(n);
                }
            }
            None if starts
                && speech
                && last.is_none()
                && text[..quote.span.start as usize].trim().is_empty() =>
            {
                opening = Some(quote.span);
            }
            None if quote.words >= SPEECH_WORDS => unheard.push(quote.span),
            None => {}
        }
    }
    for f in &mut found {
        settle(f, quoted);
    }
    // "He told the crowd:" ends a paragraph, and the next quotes him.
    let leads = text.trim_end().ends_with(':');
    let before = (0..found.len())
        .rev()
        .find(|&n| {
            found[n].quotes
                && found[n].content.is_empty()
                && found[n].sentence + 1 == sentences.len()
        })
        .filter(|_| leads);
    let kept: Vec<usize> = (0..found.len())
        .filter(|&n| !found[n].content.is_empty() || before == Some(n))
        .collect();
    let last = before
        .or(last)
        .and_then(|n| kept.iter().position(|&k| k == n));
    Spoken {
        last,
        found: kept.into_iter().map(|n| found[n].clone()).collect(),
        opening,
        unheard,
    }
}

/// The sentences that a quotation touches, and one on either side.
fn near(sentences: &[Sentence], quote: &Quote) -> std::ops::Range<usize> {
    let first = sentences.partition_point(|s| s.span.end <= quote.span.start);
    let end = sentences.partition_point(|s| s.span.start < quote.span.end);
    first.saturating_sub(1)..(end + 1).min(sentences.len()).max(first)
}

/// The outermost attribution whose content the quotation runs into, its cue outside.
fn holder(found: &[Found], quote: &Quote) -> Option<usize> {
    found
        .iter()
        .enumerate()
        .filter(|(_, f)| {
            !quote.span.contains(f.cue) && f.content.iter().any(|c| c.overlaps(quote.span))
        })
        .max_by_key(|(_, f)| f.content.iter().map(|c| c.len()).sum::<usize>())
        .map(|(n, _)| n)
}

/// A cue of speech beside the quotation, in the same sentence, that holds nothing yet.
fn beside(
    text: &str,
    sentences: &[Sentence],
    found: &[Found],
    quote: &Quote,
    speech: bool,
) -> Option<usize> {
    let here = |n: usize| {
        sentences
            .get(n)
            .is_some_and(|s| s.span.overlaps(quote.span) || speech && joined(text, s, quote))
    };
    found
        .iter()
        .enumerate()
        .filter(|(_, f)| {
            f.quotes && f.content.is_empty() && !quote.span.contains(f.cue) && here(f.sentence)
        })
        .filter(|(_, f)| {
            speech || f.cue.end <= quote.span.start && gap(f.cue, quote.span) < NEAR_BYTES
        })
        .min_by_key(|(_, f)| gap(f.cue, quote.span))
        .map(|(n, _)| n)
}

/// Whether the sentence leads up to the quotation with a colon or comma, or takes up right behind it.
fn joined(text: &str, sentence: &Sentence, quote: &Quote) -> bool {
    let lead = text
        .get(sentence.span.end as usize..quote.span.start as usize)
        .is_some_and(|between| between.trim().is_empty())
        && sentence.span.of(text).trim_end().ends_with([':', ',', '.']);
    let behind = text
        .get(quote.span.end as usize..sentence.span.start as usize)
        .is_some_and(|between| between.trim().is_empty())
        && quote.closed
        && (!text[..quote.span.end as usize]
            .trim_end_matches(['”', '"', '\''])
            .ends_with('.')
            || sentence.span.of(text).split_whitespace().count() <= TAG_WORDS);
    lead || behind
}

fn gap(a: Span<Byte>, b: Span<Byte>) -> u32 {
    if a.end <= b.start {
        b.start - a.end
    } else {
        a.start.saturating_sub(b.end)
    }
}

/// Adds the quotation to what is said, less the cue and the source.
fn give(found: &mut Found, quote: &Quote) {
    found.content.push(quote.span);
    found.content.sort_unstable();
    let mut merged: Vec<Span<Byte>> = Vec::new();
    for span in found.content.drain(..) {
        match merged.last_mut() {
            Some(before) if before.end >= span.start => *before = before.cover(span),
            _ => merged.push(span),
        }
    }
    let mut out = merged;
    for cut in [Some(found.cue), found.source.map(|(_, span)| span)]
        .into_iter()
        .flatten()
    {
        out = out
            .into_iter()
            .flat_map(|s| {
                if s.overlaps(cut) {
                    vec![
                        Span::new(s.start as usize, cut.start as usize),
                        Span::new(cut.end as usize, s.end as usize),
                    ]
                } else {
                    vec![s]
                }
            })
            .filter(|s| !s.is_empty() && s.start < s.end)
            .collect();
    }
    found.content = out;
}

/// How it is said, by how much of it stands between quotation marks.
fn settle(found: &mut Found, quoted: &[Quote]) {
    if found.form != Form::Indirect {
        return;
    }
    let around = |c: &Span<Byte>| {
        let n = quoted.partition_point(|q| q.span.end <= c.start);
        quoted.get(n).filter(|q| q.span.overlaps(*c))
    };
    let marked = |c: &Span<Byte>| around(c).is_some_and(|q| q.span.contains(*c));
    if !found.content.is_empty() && found.content.iter().all(marked) {
        found.form = Form::Direct;
    } else if found.content.iter().any(|c| around(c).is_some()) {
        found.form = Form::Mixed;
    }
}
