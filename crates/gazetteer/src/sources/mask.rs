//! A text as the cues see it: every outlet one sign, quotation marks, dashes and spaces one sort, invisible signs gone.

use super::spell::Hit;

/// The sign that stands for an outlet; of the private use area, and never let through from a text.
pub(super) const OUTLET: char = '\u{e000}';

/// A text with its outlets replaced, and the way back.
pub(super) struct Mask {
    pub(super) text: String,
    /// For each byte of `text`, and its end, the byte of the original it comes from.
    from: Vec<usize>,
}

impl Mask {
    /// `hits` in order, none overlapping.
    pub(super) fn new(original: &str, hits: &[Hit]) -> Self {
        let mut mask = Self {
            text: String::with_capacity(original.len()),
            from: Vec::with_capacity(original.len() + 1),
        };
        let mut hits = hits.iter().peekable();
        let mut inside = 0;
        for (at, c) in original.char_indices() {
            if at < inside {
                continue;
            }
            if let Some(hit) = hits.next_if(|hit| hit.start == at) {
                inside = hit.end;
                mask.push(OUTLET, at);
                continue;
            }
            match c {
                '’' | '‘' | 'ʼ' | '`' => mask.push('\'', at),
                '“' | '”' | '„' | '«' | '»' | '‟' => mask.push('"', at),
                '–' | '—' | '‑' | '‒' | '―' | '−' => mask.push('-', at),
                // Joiners, soft hyphens, marks of direction.
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}' => {}
                '\u{e000}'..='\u{f8ff}' => mask.push('\u{fffd}', at),
                c if c.is_whitespace() => {
                    if !mask.text.ends_with(' ') {
                        mask.push(' ', at);
                    }
                }
                c => mask.push(c, at),
            }
        }
        mask.from.push(original.len());
        mask
    }

    fn push(&mut self, c: char, at: usize) {
        self.text.push(c);
        self.from.resize(self.text.len(), at);
    }

    /// The bytes of the original behind these bytes of the mask.
    pub(super) fn original(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let at = |byte: usize| {
            let end = self.from.last().copied().unwrap_or(0);
            self.from.get(byte).copied().unwrap_or(end)
        };
        at(range.start)..at(range.end)
    }
}
