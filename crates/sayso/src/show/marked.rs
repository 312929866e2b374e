use std::ops::Range;

use sayso_records::{Byte, Span, text::cleaned};

use super::{Paint, Tone, wrap};

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
        let (text, places) = cleaned(raw);
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

#[cfg(test)]
mod tests {
    use super::*;

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
