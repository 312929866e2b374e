//! Spellings of outlets, and where they stand in a text.

use std::collections::HashMap;

use crate::fold::fold;

/// Words a spelling has at most.
const MOST: usize = 10;

/// A word of a text: its bytes and its folded form.
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    folded: String,
    /// End without a possessive ("Bloomberg" of "Bloomberg's"), and the folded form up to there.
    bare: Option<(usize, String)>,
}

/// Runs of letters, digits and apostrophes, as [`fold`] cuts them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric()
            || unicode_normalization::char::is_combining_mark(c)
            || (matches!(c, '\'' | '’') && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push(word(text, from, at));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let raw = text.get(start..end).unwrap_or("");
    let bare = ["'s", "’s", "'", "’"]
        .iter()
        .find_map(|tail| raw.strip_suffix(tail))
        .map(|head| (start + head.len(), fold(head)));
    Word {
        start,
        end,
        folded: fold(raw),
        bare,
    }
}

/// What a spelling names and how it must be written.
#[derive(Clone, Copy)]
struct Meaning {
    outlet: usize,
    /// Only in capitals: "ANI", not "ani".
    capitals: bool,
    /// With a capital or a digit in front: "Time", not "time".
    capital: bool,
}

/// A spelling met in a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Hit {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) outlet: usize,
}

/// Every spelling of every outlet, by its folded words.
#[derive(Default)]
pub(super) struct Spellings {
    by_words: HashMap<String, Meaning>,
    /// The most words of a spelling that starts with this word.
    longest: HashMap<String, usize>,
}

impl Spellings {
    /// Adds a spelling; gives the outlet that has it already, if that is another.
    pub(super) fn add(&mut self, spelling: &str, outlet: usize) -> Option<usize> {
        let key = fold(spelling);
        let first = spelling.chars().find(|c| c.is_alphanumeric());
        let letters = spelling.chars().filter(|c| c.is_alphabetic()).count();
        let capital = first.is_none_or(|c| !c.is_lowercase());
        let capitals = (1..=5).contains(&letters) && !spelling.chars().any(char::is_lowercase);
        if let Some(known) = self.by_words.get_mut(&key) {
            // "TASS" and "Tass", "dpa" and "DPA": what either allows.
            known.capitals &= capitals;
            known.capital &= capital;
            return (known.outlet != outlet).then_some(known.outlet);
        }
        let head = key.split(' ').next().unwrap_or("").to_owned();
        let count = key.split(' ').count().min(MOST);
        let longest = self.longest.entry(head).or_default();
        *longest = count.max(*longest);
        let meaning = Meaning {
            outlet,
            capitals,
            capital,
        };
        self.by_words.insert(key, meaning);
        None
    }

    /// The outlet with this folded spelling, whatever its case.
    pub(super) fn get(&self, folded: &str) -> Option<usize> {
        self.by_words.get(folded).map(|meaning| meaning.outlet)
    }

    /// The longest spellings in `text` from left to right. Costs at most [`MOST`] look-ups a word.
    pub(super) fn find(&self, text: &str, words: &[Word]) -> Vec<Hit> {
        let mut hits = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.at(text, &words[at..]) {
                Some((hit, count)) => {
                    hits.push(hit);
                    at += count;
                }
                None => at += 1,
            }
        }
        hits
    }

    fn at(&self, text: &str, words: &[Word]) -> Option<(Hit, usize)> {
        let first = words.first()?;
        let most = [
            Some(first.folded.as_str()),
            first.bare.as_ref().map(|(_, bare)| bare.as_str()),
        ]
        .into_iter()
        .flatten()
        .filter_map(|head| self.longest.get(head))
        .max()?;
        let mut key = String::new();
        let mut best = None;
        for (count, word) in words.iter().take(*most).enumerate() {
            if count > 0 {
                let before = &words[count - 1];
                if !joined(text.get(before.end..word.start).unwrap_or(""), before) {
                    break;
                }
                key.push(' ');
            }
            let head = key.len();
            let whole = (word.end, word.folded.as_str());
            let mut ends = vec![whole];
            if let Some((end, bare)) = &word.bare {
                // "Times'" folds to what "Times" folds to: the apostrophe is not the name's.
                let at = usize::from(*bare != word.folded);
                ends.insert(at, (*end, bare));
            }
            for (end, folded) in ends {
                key.truncate(head);
                key.push_str(folded);
                if let Some(meaning) = self.by_words.get(&key)
                    && meaning.fits(text.get(first.start..end).unwrap_or(""))
                {
                    let hit = Hit {
                        start: first.start,
                        end,
                        outlet: meaning.outlet,
                    };
                    best = Some((hit, count + 1));
                    break;
                }
            }
            key.truncate(head);
            key.push_str(&word.folded);
        }
        best
    }
}

impl Meaning {
    fn fits(self, written: &str) -> bool {
        let lower = |c: char| c.is_lowercase();
        (!self.capitals || !written.chars().any(lower))
            && (!self.capital || !written.starts_with(lower))
    }
}

/// Whether what stands between two words can stand inside a name.
fn joined(between: &str, before: &Word) -> bool {
    match between {
        " " | "\u{a0}" | "-" | "–" | "‑" | "." | "/" | " & " | "&" => true,
        // "U.S. News": the full stop of an initial.
        ". " => before.folded.chars().count() == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], text: &str) -> Vec<String> {
        let mut spellings = Spellings::default();
        for (n, name) in names.iter().enumerate() {
            spellings.add(name, n);
        }
        let hits = spellings.find(text, &words(text));
        hits.iter()
            .map(|hit| text[hit.start..hit.end].to_owned())
            .collect()
    }

    #[test]
    fn the_longest_name_is_met_in_its_case() {
        let names = [
            "Time",
            "AP",
            "dpa",
            "Example Times",
            "The Times",
            "U.S. News",
            "L'Orient-Le Jour",
            "Jane's",
        ];
        for (text, said) in [
            ("in time, Time said", vec!["Time"]),
            ("the Example Times' man", vec!["Example Times"]),
            ("the Other Times and The Times", vec!["The Times"]),
            ("an ap and AP", vec!["AP"]),
            ("dpa and DPA", vec!["dpa", "DPA"]),
            ("U.S. News", vec!["U.S. News"]),
            ("L’Orient‑Le Jour’s", vec!["L’Orient‑Le Jour"]),
            ("Jane’s said", vec!["Jane’s"]),
            ("Example. Times", vec![]),
            ("mapAP", vec![]),
        ] {
            assert_eq!(found(&names, text), said, "{text}");
        }
    }
}
