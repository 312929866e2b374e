use std::ops::Range;

use sayso_records::{Byte, Span};

use super::{Paint, Tone, wrap};

/// Whether a terminal would obey this character rather than show it: control characters of both sets, marks that turn the
/// direction of writing, line separators, and the invisible tag letters. Blanks that are control characters count too.
pub(crate) fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{061c}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// `text` on one line, safe for a terminal: escape sequences, control characters and writing-direction marks are gone, and
/// runs of white space are one blank.
pub(crate) fn clean(text: &str) -> String {
    Marked::new(text, 0, &[]).text
}

/// A clean text of which some parts stand out.
pub(crate) struct Marked {
    /// The text.
    pub(crate) text: String,
    marks: Vec<(Range<usize>, Tone)>,
}

impl Marked {
    /// Cleans `raw`, which begins at byte `base` of its report, and carries the spans of `marks` over to the clean text.
    /// Where marks overlap the first one shows.
    pub(crate) fn new(raw: &str, base: u32, marks: &[(Span<Byte>, Tone)]) -> Self {
        let mut text = String::with_capacity(raw.len());
        // Byte of the raw text, byte of the clean text, where a piece of it begins.
        let mut places = Vec::new();
        let mut chars = raw.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            places.push((at, text.len()));
            if c == '\u{1b}' || c == '\u{9b}' {
                skip_escape(c, &mut chars);
            } else if c.is_whitespace() {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            } else if !is_hostile(c) {
                text.push(c);
            }
        }
        text.truncate(text.trim_end().len());
        let place = |raw_at: u32| {
            let at = raw_at.saturating_sub(base) as usize;
            let index = places.partition_point(|(from, _)| *from < at);
            let clean_at = places.get(index).map_or(text.len(), |(_, to)| *to);
            clean_at.min(text.len())
        };
        let marks = (marks.iter())
            .map(|(span, tone)| (place(span.start)..place(span.end), *tone))
            .filter(|(range, _)| !range.is_empty())
            .collect();
        Self { text, marks }
    }

    /// The lines of the text at `width` columns, painted.
    pub(crate) fn lines(&self, width: usize, paint: Paint, rest: Tone) -> Vec<String> {
        wrap(&self.text, width)
            .into_iter()
            .map(|line| self.painted(line, paint, rest))
            .collect()
    }

    fn painted(&self, line: Range<usize>, paint: Paint, rest: Tone) -> String {
        let mut out = String::new();
        let mut at = line.start;
        while at < line.end {
            let tone = (self.marks.iter())
                .find(|(range, _)| range.contains(&at))
                .map_or(rest, |(_, tone)| *tone);
            // As far as nothing begins or ends.
            let end = (self.marks.iter())
                .flat_map(|(range, _)| [range.start, range.end])
                .filter(|edge| *edge > at)
                .fold(line.end, usize::min);
            let piece = self.text.get(at..end).unwrap_or("");
            out += &paint.tone(tone, piece).to_string();
            at = end;
        }
        out
    }
}

/// Takes the rest of an escape sequence: `ESC [ … letter`, `ESC ] … BEL`, or one character.
fn skip_escape(first: char, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    let kind = if first == '\u{9b}' {
        Some('[')
    } else {
        chars
            .next_if(|(_, c)| c.is_ascii() && !c.is_whitespace())
            .map(|(_, c)| c)
    };
    match kind {
        Some('[') => {
            while chars
                .next_if(|(_, c)| matches!(c, '\u{20}'..='\u{3f}'))
                .is_some()
            {}
            chars.next_if(|(_, c)| matches!(c, '\u{40}'..='\u{7e}'));
        }
        Some(']' | 'P' | '_' | '^' | 'X') => {
            // A string command ends with BEL or ESC \; one that never ends is not taken further than its line.
            while let Some((_, c)) = chars.next_if(|(_, c)| *c != '\n') {
                if c == '\u{7}' {
                    break;
                }
                if c == '\u{1b}' {
                    chars.next_if(|(_, c)| *c == '\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_terminal_obeys_is_left() {
        for (raw, shown) in [
            ("plain", "plain"),
            ("\x1b[31mred\x1b[0m", "red"),
            ("\x1b[2J\x1b[1;1Hgone", "gone"),
            ("\x1b]0;title\x07after", "after"),
            (
                "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
                "link",
            ),
            ("\u{9b}31mred", "red"),
            ("a\x08\x08b\x07\0c\x7f", "abc"),
            ("one\r\n\ttwo   three ", "one two three"),
            ("abc\u{202e}cba\u{2066}", "abccba"),
            ("\x1b", ""),
            ("\x1b[", ""),
            ("naïve – “Гомель” 日本", "naïve – “Гомель” 日本"),
        ] {
            assert_eq!(clean(raw), shown, "{raw:?}");
        }
    }

    #[test]
    fn marks_follow_their_words_through_cleaning() {
        let raw = "The\n\n  \x1b[1mUkraine\x1b[0m said";
        let start = raw.find("Ukraine").unwrap_or(0);
        let span = Span::new(100 + start, 100 + start + 7);
        let marked = Marked::new(raw, 100, &[(span, Tone::Strong)]);
        assert_eq!(
            marked.lines(80, Paint(true), Tone::Plain),
            ["The \x1b[1mUkraine\x1b[0m said"]
        );
        assert_eq!(
            marked.lines(7, Paint(true), Tone::Plain),
            ["The", "\x1b[1mUkraine\x1b[0m", "said"]
        );
    }

    #[test]
    fn spans_outside_the_text_do_no_harm() {
        for (start, end) in [(0, 5), (99, 300), (200, 300), (101, 102), (5, 101)] {
            let marked = Marked::new("é é", 100, &[(Span::new(start, end), Tone::Strong)]);
            let _ = marked.lines(3, Paint(true), Tone::Plain);
        }
    }
}
