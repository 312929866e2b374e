//! A text cut up for comparison: headline, sentences, quotations, standing paragraphs.

use std::{collections::BTreeSet, ops::Range};

use sayso_records::{Byte, Span};

use super::{
    align::Told,
    rules::Rules,
    sketch::SHINGLE,
    words::{Word, hash_of, mix, words},
};

/// Words a sentence has at most; a longer one is cut, so that comparing two costs no more than its square.
pub(super) const MAX_SENTENCE: usize = 100;
/// Words without a capital that make a line known whatever the names in it.
const MIN_TEMPLATE: usize = 10;
/// Words in quotation marks that make a quotation; fewer are a name or a word held at arm's length.
const MIN_QUOTATION: usize = 4;

/// A sentence of a text.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Its words, as indices into those of the text.
    pub(super) words: Range<usize>,
    /// From its first word to its last, in bytes.
    pub(super) span: Span<Byte>,
    /// The order of its folded words as one number; equal for equal sentences.
    pub(super) key: u64,
    /// The same without what begins with a capital: an outlet's line about itself is printed by its sisters under their names. `None`:
    /// too little is left.
    template: Option<u64>,
    /// Whether it stands under or over many reports.
    pub(super) standing: bool,
}

/// A text cut up. Made once a report; comparing two takes two of them.
#[derive(Debug, Clone)]
pub struct Reading {
    pub(super) words: Vec<Word>,
    /// For each word, whether it is in a quotation.
    pub(super) quoted: Vec<bool>,
    /// For each word, whether it tells what its sentence is about: neither common nor shorter than four letters, or a name or number.
    pub(super) telling: Vec<bool>,
    /// For each word, whether it is a name or a number.
    pub(super) naming: Vec<bool>,
    /// Stretches between quotation marks, in bytes, marks left out.
    pub(super) quotations: Vec<Range<usize>>,
    pub(super) sentences: Vec<Sentence>,
    /// The words of the headline, folded; empty where there is none.
    pub(super) headline: Vec<u64>,
    /// Bytes of the headline in the text, where the text begins with it.
    headline_end: usize,
    /// What each sentence tells, by its number.
    pub(super) told: Vec<Told>,
    /// The words that are compared: those of sentences that are not standing.
    pub(super) counted: Vec<usize>,
    /// The shingles of these, in their order.
    pub(super) grams: Vec<u64>,
    /// The same sorted, each once.
    pub(super) gram_set: Vec<u64>,
}

impl Reading {
    /// Cuts up a report's text. `title` is its headline, `None` where it is not known; a text that begins with it is read from after it.
    pub fn of(title: Option<&str>, text: &str) -> Self {
        Self::with_standing(title, text, &BTreeSet::new())
    }

    /// The same, where the sentences with these keys are known to be standing ([`recurring`](super::recurring)).
    pub fn with_standing(title: Option<&str>, text: &str, recurring: &BTreeSet<u64>) -> Self {
        let title = title.map_or("", str::trim);
        let lead = text.len() - text.trim_start().len();
        let headline_end = match text[lead..].strip_prefix(title) {
            // A headline is a line: a text whose first sentence goes on after the same words has none.
            Some(rest) if !title.is_empty() && rest.starts_with(['\n', '\r']) => lead + title.len(),
            _ => 0,
        };
        let words: Vec<Word> = words(text)
            .into_iter()
            .filter(|w| w.bytes.start as usize >= headline_end)
            .collect();
        let quotations = quotations(text);
        let mut reading = Self {
            quoted: quoted(&words, &quotations),
            telling: Vec::new(),
            naming: Vec::new(),
            sentences: Vec::new(),
            headline: self::words(title).iter().map(|w| w.form).collect(),
            headline_end,
            words,
            quotations,
            told: Vec::new(),
            counted: Vec::new(),
            grams: Vec::new(),
            gram_set: Vec::new(),
        };
        reading.cut(text, recurring);
        reading.weigh();
        reading.shingle();
        reading
    }

    /// The keys of the sentences that are long enough to recur by more than chance, sorted: what a store counts to know standing ones.
    pub fn sentence_keys(&self) -> Vec<u64> {
        let own = self.sentences.iter().filter(|s| !s.standing);
        let keys: BTreeSet<u64> = own
            .flat_map(|s| [(s.words.len() >= 6).then_some(s.key), s.template])
            .flatten()
            .collect();
        keys.into_iter().collect()
    }

    /// What any comparison wants, made once: a report is compared with many.
    fn shingle(&mut self) {
        self.told = (0..self.sentences.len())
            .map(|at| Told::by(self, at))
            .collect();
        let own = self.sentences.iter().filter(|s| !s.standing);
        self.counted = own.flat_map(|s| s.words.clone()).collect();
        let forms: Vec<u64> = self.counted.iter().map(|&w| self.words[w].form).collect();
        self.grams = forms.windows(SHINGLE).map(hash_of).collect();
        self.gram_set.clone_from(&self.grams);
        self.gram_set.sort_unstable();
        self.gram_set.dedup();
    }

    fn cut(&mut self, text: &str, recurring: &BTreeSet<u64>) {
        let rules = Rules::bundled();
        let mut first = 0;
        let mut at = self.headline_end;
        for line in text[self.headline_end..].split_inclusive('\n') {
            at += line.len();
            let of_line = self.words[first..].partition_point(|w| (w.bytes.start as usize) < at);
            let standing = rules.standing(line.trim()).is_some();
            let end = first + of_line;
            while first < end {
                let mut last = first + 1;
                while last < end
                    && last - first < MAX_SENTENCE
                    && !ends(text, &self.words[last - 1], &self.words[last], rules)
                {
                    last += 1;
                }
                let forms: Vec<u64> = self.words[first..last].iter().map(|w| w.form).collect();
                let key = hash_of(&forms);
                let small: Vec<u64> = self.words[first..last]
                    .iter()
                    .filter(|w| !w.capital)
                    .map(|w| w.form)
                    .collect();
                // Another seed than that of a whole sentence, so that the one is not taken for the other.
                let template = (small.len() >= MIN_TEMPLATE).then(|| mix(hash_of(&small)));
                self.sentences.push(Sentence {
                    words: first..last,
                    span: Span::new(
                        self.words[first].bytes.start as usize,
                        self.words[last - 1].bytes.end as usize,
                    ),
                    key,
                    template,
                    standing: standing
                        || recurring.contains(&key)
                        || template.is_some_and(|t| recurring.contains(&t)),
                });
                first = last;
            }
        }
    }

    fn weigh(&mut self) {
        let rules = Rules::bundled();
        // What has a capital inside a sentence is a name wherever it stands.
        let names: BTreeSet<u64> = self
            .sentences
            .iter()
            .flat_map(|s| s.words.clone().skip(1))
            .map(|at| &self.words[at])
            .filter(|w| w.capital && !rules.is_common(w.form))
            .map(|w| w.form)
            .collect();
        for word in &self.words {
            let naming = word.number || names.contains(&word.form);
            self.naming.push(naming);
            self.telling
                .push(naming || word.letters > 3 && !rules.is_common(word.form));
        }
    }
}

/// Whether a sentence ends between two words that follow each other on a line.
fn ends(text: &str, before: &Word, after: &Word, rules: &Rules) -> bool {
    let between = text
        .get(before.bytes.end as usize..after.bytes.start as usize)
        .unwrap_or("");
    let Some(stop) = between.find(['.', '!', '?', '…', '。', '！', '？']) else {
        return false;
    };
    let rest = &between[stop..];
    if rest.starts_with(['。', '！', '？']) {
        return true;
    }
    if !rest.contains(char::is_whitespace) || !(after.capital || after.number) {
        return false;
    }
    let word = &text[before.bytes.start as usize..before.bytes.end as usize];
    !(rest.starts_with('.') && rules.is_abbreviation(word))
}

/// The stretches between quotation marks. A mark that is not closed in its paragraph opens a quotation only where the next
/// paragraph opens one again, as long quotations are printed.
fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut lines = text
        .split_inclusive('\n')
        .map(|l| {
            at += l.len();
            (at - l.len(), l)
        })
        .filter(|(_, l)| !l.trim().is_empty())
        .peekable();
    while let Some((start, line)) = lines.next() {
        let mut open: Option<(usize, bool)> = None;
        let mut before = ' ';
        let mut signs = line.char_indices().peekable();
        while let Some((i, c)) = signs.next() {
            let here = start + i;
            let after = signs.peek().map_or(' ', |(_, c)| *c);
            match (c, open) {
                ('“' | '„' | '«' | '"', None) => open = Some((here + c.len_utf8(), false)),
                ('”' | '“' | '»' | '"', Some((from, false))) => {
                    out.push(from..here);
                    open = None;
                }
                // An apostrophe, too, may stand before or after a space: single marks close after a stop or comma only.
                ('‘' | '\'', None) if !before.is_alphanumeric() && after.is_alphanumeric() => {
                    open = Some((here + c.len_utf8(), true));
                }
                ('’' | '\'', Some((from, true))) if matches!(before, '.' | ',' | '!' | '?') => {
                    out.push(from..here);
                    open = None;
                }
                // What began with a single mark was an apostrophe after all.
                ('“' | '"', Some((_, true))) => open = Some((here + c.len_utf8(), false)),
                _ => {}
            }
            before = c;
        }
        if let Some((from, false)) = open
            && let Some((_, next)) = lines.peek()
            && next.trim_start().starts_with(['“', '"', '«'])
        {
            out.push(from..start + line.len());
        }
    }
    out
}

/// Which words are in a quotation of some length.
fn quoted(words: &[Word], quotations: &[Range<usize>]) -> Vec<bool> {
    let mut out = vec![false; words.len()];
    for q in quotations {
        let from = words.partition_point(|w| (w.bytes.start as usize) < q.start);
        let to = words.partition_point(|w| (w.bytes.start as usize) < q.end);
        if to.saturating_sub(from) >= MIN_QUOTATION {
            out[from..to].fill(true);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(title: Option<&str>, text: &str) -> Vec<String> {
        Reading::of(title, text)
            .sentences
            .iter()
            .map(|s| s.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn sentences_end_where_a_reader_stops() {
        let text = "Plant opens\nMr. Orlov sold 1.5 tons to the U.S. Army. \"It flies.\" He left at 9 a.m. on Monday!\n\nNo stop";
        assert_eq!(
            sentences(Some("Plant opens"), text),
            [
                "Mr. Orlov sold 1.5 tons to the U.S. Army",
                "It flies",
                "He left at 9 a.m. on Monday",
                "No stop"
            ]
        );
        assert_eq!(
            sentences(Some("Plant opens"), "Plant opens in May."),
            ["Plant opens in May"]
        );
    }

    #[test]
    fn quotations_are_paired_within_a_paragraph() {
        let text = "He said: “We sold them none at all.” Then he left.\n\nThe \"box\" came.\n\n\"One that goes on for long\n\n\"And ends here now too.\"\n\nAn \" alone means nothing here";
        let reading = Reading::of(None, text);
        let said: Vec<&str> = (0..reading.words.len())
            .filter(|&i| reading.quoted[i])
            .map(|i| {
                let b = &reading.words[i].bytes;
                &text[b.start as usize..b.end as usize]
            })
            .collect();
        assert_eq!(
            said.join(" "),
            "We sold them none at all One that goes on for long And ends here now too"
        );
    }

    #[test]
    fn single_marks_are_quotations_where_they_cannot_be_apostrophes() {
        let check = |text: &str, wanted: &[&str]| {
            let found: Vec<&str> = quotations(text).into_iter().map(|q| &text[q]).collect();
            assert_eq!(found, wanted, "{text}");
        };
        check(
            "She said: 'It's the soldiers' own hall,' and left.",
            &["It's the soldiers' own hall,"],
        );
        check(
            "In '98 the workers' union said: \"We won't pay.\"",
            &["We won't pay."],
        );
    }

    #[test]
    fn standing_paragraphs_are_marked() {
        let reading = Reading::of(
            None,
            "Iran sold drones.\n\nReporting by Ann Example; Editing by Bo Example",
        );
        let standing: Vec<bool> = reading.sentences.iter().map(|s| s.standing).collect();
        assert_eq!(standing, [false, true]);
    }
}
