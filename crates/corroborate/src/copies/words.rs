//! Words as copies are compared by: folded, so that case, kinds of quotation marks, dashes and spaces make no difference.

use std::ops::Range;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Words read of one text; what comes after is not compared. A megabyte of prose has about 170,000.
pub(super) const MAX_WORDS: usize = 200_000;
/// Letters that a stem keeps: "supply", "supplies" and "supplied" share five, in English as in Russian.
const STEM: usize = 5;

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the text.
    pub(super) bytes: Range<u32>,
    /// Hash of its folded form.
    pub(super) form: u64,
    /// Hash of its first letters, or of the whole number.
    pub(super) stem: u64,
    /// Whether a digit is in it.
    pub(super) number: bool,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Letters of the folded form, at most 255.
    pub(super) letters: u8,
}

/// The hash of a folded form.
pub(super) fn hash(folded: &str) -> u64 {
    xxh3_64_with_seed(folded.as_bytes(), 0x5a79)
}

/// The hash of hashes in this order.
pub(super) fn hash_of(hashes: &[u64]) -> u64 {
    hashes.iter().fold(
        0x9e37_79b9_7f4a_7c15,
        |sum, &h| mix(sum.rotate_left(23) ^ h),
    )
}

/// A fixed permutation of the 64-bit numbers (the finaliser of SplitMix64; Steele, Lea, Flood 2014).
pub(super) fn mix(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Writing without spaces: every sign is a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// The words of a text in order, at most [`MAX_WORDS`].
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut form = String::new();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        if out.len() == MAX_WORDS {
            break;
        }
        form.clear();
        form.extend(first.to_lowercase());
        let mut end = start + first.len_utf8();
        let (mut last, mut number) = (first, first.is_numeric());
        let mut possessive = None;
        while !stands_alone(first)
            && let Some(&(at, c)) = chars.peek()
        {
            if c.is_alphanumeric() && !stands_alone(c) {
                form.extend(c.to_lowercase());
                number |= c.is_numeric();
            } else if joins(last, c, text[at + c.len_utf8()..].chars().next()) {
                if c == '.' {
                    form.push('.');
                } else if matches!(c, '\'' | '’') {
                    possessive = Some(form.len());
                }
            } else {
                break;
            }
            chars.next();
            end = at + c.len_utf8();
            last = c;
        }
        if let Some(at) = possessive
            && form[at..] == *"s"
        {
            form.truncate(at);
        }
        let letters = form.chars().count();
        let stem = match form.char_indices().nth(STEM) {
            Some((cut, _)) if !number => &form[..cut],
            _ => &form,
        };
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        out.push(Word {
            bytes: clip(start)..clip(end),
            form: hash(&form),
            stem: hash(stem),
            number,
            capital: first.is_uppercase(),
            letters: u8::try_from(letters).unwrap_or(u8::MAX),
        });
    }
    out
}

/// Whether a sign between two others is inside a word: an apostrophe between letters, a point or comma between digits, the
/// points of "U.S.".
fn joins(before: char, sign: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    match sign {
        '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
        '.' | ',' => before.is_numeric() && after.is_numeric(),
        // Soft hyphens and joiners that pages put into words.
        '\u{ad}' | '\u{200b}' | '\u{200d}' | '\u{2060}' => after.is_alphanumeric(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<u64> {
        words(text).iter().map(|w| w.form).collect()
    }

    #[test]
    fn folding_leaves_what_a_reader_hears() {
        for (a, b) in [
            ("Iran’s \"drones\"", "IRAN'S “Drones”"),
            ("1,000 shells", "1000 shells"),
            ("co-operate", "co operate"),
            ("won't", "won’t"),
            ("con\u{ad}tract", "contract"),
        ] {
            assert_eq!(forms(a), forms(b), "{a} and {b}");
        }
        assert_ne!(forms("1.5"), forms("15"));
        assert_ne!(forms("54"), forms("56"));
    }

    #[test]
    fn spans_slice_the_text() {
        let text = "A ’tis 1,5! Homiel’s 無人機 x";
        let said: Vec<&str> = words(text)
            .iter()
            .map(|w| &text[w.bytes.start as usize..w.bytes.end as usize])
            .collect();
        assert_eq!(said, ["A", "tis", "1,5", "Homiel’s", "無", "人", "機", "x"]);
    }

    #[test]
    fn stems_meet() {
        let stems = |t: &str| words(t).iter().map(|w| w.stem).collect::<Vec<_>>();
        assert_eq!(stems("supplies"), stems("supplied"));
        assert_ne!(stems("123456"), stems("123457"));
    }
}
