//! Quotation marks in a paragraph.

use sayso_records::{Byte, Span};

/// What stands between quotation marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quote {
    /// With its marks.
    pub(super) span: Span<Byte>,
    /// Whether the paragraph closes it; a quotation that runs on into the next paragraph is left open.
    pub(super) closed: bool,
    /// Words inside.
    pub(super) words: usize,
}

/// The quotations of a paragraph, outer ones only, in order. Marks: “ ”, " and two apostrophes.
pub(super) fn of(text: &str) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        let (mark, end) = match c {
            '“' | '”' | '"' | '„' => (true, at + c.len_utf8()),
            '\'' if after == '\'' => {
                chars.next();
                (true, at + 2)
            }
            _ => (false, at),
        };
        if mark {
            let after = text[end..].chars().next().unwrap_or(' ');
            let could_open = c != '”'
                && !after.is_whitespace()
                && (before.is_whitespace()
                    || "([{—–-/'‘:,".contains(before)
                    || c == '“'
                    || c == '„');
            match open {
                Some(start) if c == '”' || !could_open => {
                    out.push(quote(text, start, end, true));
                    open = None;
                }
                _ if could_open => open = Some(at),
                _ => {}
            }
        }
        before = c;
    }
    if let Some(start) = open {
        out.push(quote(text, start, text.trim_end().len(), false));
    }
    out
}

fn quote(text: &str, start: usize, end: usize, closed: bool) -> Quote {
    Quote {
        span: Span::new(start, end),
        closed,
        words: text[start..end.max(start)].split_whitespace().count(),
    }
}
