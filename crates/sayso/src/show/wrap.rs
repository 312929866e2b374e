use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns `text` takes on a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The lines of `text` broken to `width` columns, as byte ranges without the blanks at the breaks. Breaks at blanks and
/// after hyphens; a word longer than a line is cut. No line for an empty text.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<Range<usize>> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line: Option<Range<usize>> = None;
    let mut used = 0;
    for piece in pieces(text) {
        let words = text.get(piece.clone()).unwrap_or("");
        let bare = words.trim_end();
        let (full, shown) = (columns(words), columns(bare));
        if bare.is_empty() {
            continue;
        }
        if line.is_some() && used + shown > width {
            lines.extend(line.take());
            used = 0;
        }
        let mut from = piece.start;
        if shown > width {
            // Cut what no line can hold.
            let mut cut = 0;
            for (at, c) in bare.char_indices() {
                let wide = c.width().unwrap_or(0);
                if cut + wide > width && piece.start + at > from {
                    lines.push(from..piece.start + at);
                    from = piece.start + at;
                    cut = 0;
                }
                cut += wide;
            }
            used = cut;
            line = Some(from..piece.start + bare.len());
            used += full - shown;
            continue;
        }
        let start = line.map_or(from, |line| line.start);
        line = Some(start..piece.start + bare.len());
        used += full;
    }
    lines.extend(line);
    lines
}

/// Words with the blanks after them; a word with hyphens in several pieces.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let mut blank = false;
        let mut end = text.len();
        for (at, c) in rest.char_indices() {
            if blank && c != ' ' {
                end = start + at;
                break;
            }
            blank |= c == ' ';
            // A hyphen between words of letters: `under-construction`, and not `Su-35` or `-5`.
            let (before, after) = (rest.get(..at), rest.get(at + 1..));
            if c == '-'
                && before.is_some_and(|side| three_letters(side.chars().rev()))
                && after.is_some_and(|side| three_letters(side.chars()))
            {
                end = start + at + 1;
                break;
            }
        }
        let piece = start..end;
        start = end;
        Some(piece)
    })
}

fn three_letters(side: impl Iterator<Item = char>) -> bool {
    side.take(3).filter(|c| c.is_alphabetic()).count() == 3
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[track_caller]
    fn check(text: &str, width: usize, lines: &[&str]) {
        let got: Vec<&str> = wrap(text, width)
            .into_iter()
            .map(|line| &text[line])
            .collect();
        assert_eq!(got, lines, "{text:?} in {width}");
    }

    #[test]
    fn lines_break_where_a_reader_would() {
        check("", 10, &[]);
        check("   ", 10, &[]);
        check("one two three", 7, &["one two", "three"]);
        check("one two three", 80, &["one two three"]);
        check("under-construction", 12, &["under-", "construction"]);
        check("under-construction", 18, &["under-construction"]);
        check("a -5 b", 4, &["a -5", "b"]);
        check("the Su-35 jet", 7, &["the", "Su-35", "jet"]);
        check(
            "incomprehensible yes",
            6,
            &["incomp", "rehens", "ible", "yes"],
        );
        check("日本語 の文", 6, &["日本語", "の文"]);
        check("日本語", 1, &["日", "本", "語"]);
    }
}
