//! Letters put into other letters, as tables of the rules have it.

use std::collections::BTreeMap;

/// Letters -> sound, by the first letter, the longest first.
pub(super) type Spellings = BTreeMap<u8, Vec<Spelled>>;

#[derive(Debug)]
pub(super) struct Spelled {
    letters: String,
    sound: String,
    first: bool,
    last: bool,
}

/// A table of the rules, made ready: `^` in front of letters and `$` behind them tie these to the word's beginning and end.
pub(super) fn spellings(table: &BTreeMap<String, String>) -> Spellings {
    let mut spelled = Spellings::new();
    for one in table.iter().map(Spelled::of) {
        let first = one.letters.bytes().next().unwrap_or(0);
        spelled.entry(first).or_default().push(one);
    }
    for list in spelled.values_mut() {
        list.sort_by_key(|s| std::cmp::Reverse((s.letters.len(), s.first, s.last)));
    }
    spelled
}

impl Spelled {
    fn of((letters, sound): (&String, &String)) -> Self {
        let first = letters.starts_with('^');
        let last = letters.ends_with('$');
        let letters = letters.trim_matches(['^', '$']).to_owned();
        Self {
            letters,
            sound: sound.clone(),
            first,
            last,
        }
    }
}

/// A word with what `table` has for its letters, from left to right.
pub(super) fn respell(word: &str, table: &Spellings) -> String {
    let mut out = String::with_capacity(word.len());
    let mut at = 0;
    while let Some(rest) = word.get(at..).filter(|rest| !rest.is_empty()) {
        let fits = |s: &&Spelled| {
            rest.starts_with(&s.letters)
                && (!s.first || at == 0)
                && (!s.last || rest.len() == s.letters.len())
        };
        let begins = rest.bytes().next().and_then(|first| table.get(&first));
        if let Some(spelled) = begins.and_then(|list| list.iter().find(fits)) {
            out.push_str(&spelled.sound);
            at += spelled.letters.len();
        } else {
            let letter = rest.chars().next().unwrap_or(' ');
            out.push(letter);
            at += letter.len_utf8();
        }
    }
    out
}

/// A word with repeated letters once.
pub(super) fn single(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
