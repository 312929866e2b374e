//! What spaCy derives from a word's spelling alone.

use std::collections::HashMap;

use regex::Regex;
use smol_str::{SmolStr, SmolStrBuilder};
use std::sync::LazyLock;

use super::hash::string_id;

/// Norms every language of spaCy has; they stand in its program, not in the model's folder.
const BASE_NORMS: &[(&str, &str)] = &[
    ("'s", "'s"),
    ("'S", "'s"),
    ("’s", "'s"),
    ("’S", "'s"),
    ("’", "'"),
    ("‘", "'"),
    ("´", "'"),
    ("`", "'"),
    ("”", "\""),
    ("“", "\""),
    ("''", "\""),
    ("``", "\""),
    ("´´", "\""),
    ("„", "\""),
    ("»", "\""),
    ("«", "\""),
    ("‘‘", "\""),
    ("’’", "\""),
    ("？", "?"),
    ("！", "!"),
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("。", "."),
    ("।", "."),
    ("…", "..."),
    ("—", "-"),
    ("–", "-"),
    ("--", "-"),
    ("---", "-"),
    ("——", "-"),
    ("€", "$"),
    ("£", "$"),
    ("¥", "$"),
    ("฿", "$"),
    ("US$", "$"),
    ("C$", "$"),
    ("A$", "$"),
    ("₺", "$"),
    ("₹", "$"),
    ("৳", "$"),
    ("₩", "$"),
    ("Mex$", "$"),
    ("₣", "$"),
    ("E£", "$"),
];

/// Characters Python counts as digits that are no decimal digits: superscripts, circled numbers and the like.
#[rustfmt::skip]
const OTHER_DIGITS: &[(char, char)] = &[
    ('\u{b2}', '\u{b3}'), ('\u{b9}', '\u{b9}'), ('\u{1369}', '\u{1371}'), ('\u{19da}', '\u{19da}'), ('\u{2070}', '\u{2070}'), ('\u{2074}', '\u{2079}'), ('\u{2080}', '\u{2089}'), ('\u{2460}', '\u{2468}'), ('\u{2474}', '\u{247c}'), ('\u{2488}', '\u{2490}'), ('\u{24ea}', '\u{24ea}'), ('\u{24f5}', '\u{24fd}'), ('\u{24ff}', '\u{24ff}'), ('\u{2776}', '\u{277e}'), ('\u{2780}', '\u{2788}'), ('\u{278a}', '\u{2792}'), ('\u{10a40}', '\u{10a43}'), ('\u{10e60}', '\u{10e68}'), ('\u{11052}', '\u{1105a}'), ('\u{1f100}', '\u{1f10a}'),
];

static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\p{L}$").ok());
static DECIMAL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\p{Nd}$").ok());

fn is_one(regex: &LazyLock<Option<Regex>>, c: char) -> bool {
    regex
        .as_ref()
        .is_some_and(|regex| regex.is_match(c.encode_utf8(&mut [0; 4])))
}

/// Python's `str.isalpha` of one character: a letter by category, which is narrower than Unicode's Alphabetic.
pub(crate) fn is_alpha(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphabetic()
    } else {
        c.is_alphabetic() && is_one(&LETTER, c)
    }
}

/// Python's `str.isdigit` of one character.
fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_digit()
    } else {
        OTHER_DIGITS
            .iter()
            .any(|&(first, last)| (first..=last).contains(&c))
            || (c.is_numeric() && is_one(&DECIMAL, c))
    }
}

/// Python's `str.isspace` of one character: Unicode's White_Space and the four ASCII separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Python's `str.lower`.
pub(crate) fn lower(text: &str) -> SmolStr {
    if text
        .bytes()
        .all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
    {
        return SmolStr::new(text);
    }
    if text.is_ascii() && text.len() <= 23 {
        let mut builder = SmolStrBuilder::new();
        text.chars()
            .for_each(|c| builder.push(c.to_ascii_lowercase()));
        return builder.finish();
    }
    SmolStr::new(text.to_lowercase())
}

/// The outline of a word: `X`, `x` and `d` for capitals, other letters and digits, runs cut to four.
pub(crate) fn shape(text: &str) -> SmolStr {
    // Python counts characters, not bytes.
    if text.len() >= 100 && text.chars().count() >= 100 {
        return SmolStr::new_static("LONG");
    }
    let mut out = SmolStrBuilder::new();
    let (mut last, mut run) = (None, 0);
    for c in text.chars() {
        let mark = if is_alpha(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        if last == Some(mark) {
            run += 1;
        } else {
            run = 0;
            last = Some(mark);
        }
        if run < 4 {
            out.push(mark);
        }
    }
    out.finish()
}

/// The first character.
pub(crate) fn prefix(text: &str) -> &str {
    text.chars().next().map_or("", |c| &text[..c.len_utf8()])
}

/// The last three characters.
pub(crate) fn suffix(text: &str) -> &str {
    text.char_indices()
        .rev()
        .take(3)
        .last()
        .map_or(text, |(at, _)| &text[at..])
}

/// The norms of words.
#[derive(Debug, Default)]
pub(crate) struct Norms {
    by_word: HashMap<u64, SmolStr>,
}

impl Norms {
    /// From the model's own table, keyed by string number; it goes before the norms of all languages.
    pub(crate) fn new(table: impl IntoIterator<Item = (u64, String)>) -> Self {
        let mut by_word: HashMap<u64, SmolStr> = BASE_NORMS
            .iter()
            .map(|&(word, norm)| (string_id(word), SmolStr::new_static(norm)))
            .collect();
        by_word.extend(
            table
                .into_iter()
                .map(|(word, norm)| (word, SmolStr::new(norm))),
        );
        Self { by_word }
    }

    /// The norm of a word: the table's, else the word in lower case.
    pub(crate) fn norm(&self, word: &str) -> SmolStr {
        self.by_word
            .get(&string_id(word))
            .cloned()
            .unwrap_or_else(|| lower(word))
    }
}
