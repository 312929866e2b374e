//! How much does a sentence say?
//!
//! [`number`] reads figures and number words, [`unit`] what they count, [`not`] tells which digits count nothing
//! (Su-35, 155 mm, Article 5). Not here: fractions ("two-thirds"), multiples ("twice"), bare "several".

mod not;
mod noun;
mod number;
mod unit;

#[cfg(test)]
mod forms;
#[cfg(test)]
mod tests;

use sayso_codebook::Quantities;
use sayso_records::{Bound, Byte, Quantity, Span};

use crate::time::words::{Tok, tokens};
use number::Number;

/// Reads the quantities of one sentence.
struct Reader<'t> {
    text: &'t str,
    toks: Vec<Tok<'t>>,
    book: &'t Quantities,
    /// Words that bound, longest first.
    bounds: Vec<(Vec<String>, Bound)>,
    skip: &'t [Span<Byte>],
}

/// Every quantity of the English sentence `text`, in order and apart; spans are bytes of `text`.
///
/// Numbers inside `skip` (the sentence's times) are none. A unit is a currency's code, "percent", or the words after the
/// number up to their plural, the last one in the singular; `None` where no such word follows.
pub(crate) fn find(text: &str, book: &Quantities, skip: &[Span<Byte>]) -> Vec<Quantity> {
    let lists = [
        (&book.at_least, Bound::AtLeast),
        (&book.at_most, Bound::AtMost),
        (&book.about, Bound::About),
    ];
    let mut bounds: Vec<_> = lists
        .into_iter()
        .flat_map(|(words, bound)| words.iter().map(move |words| (words, bound)))
        .map(|(words, bound)| {
            (
                tokens(words)
                    .into_iter()
                    .map(|tok| tok.low)
                    .collect::<Vec<_>>(),
                bound,
            )
        })
        .filter(|(words, _)| !words.is_empty())
        .collect();
    bounds.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    let reader = Reader {
        text,
        toks: tokens(text),
        book,
        bounds,
        skip,
    };
    let mut out = Vec::new();
    let (mut at, mut free) = (0, 0);
    while at < reader.toks.len() {
        let Some(number) = reader.number(at) else {
            at += 1;
            continue;
        };
        at = number.next.max(at + 1);
        if reader.is_no_quantity(&number) {
            continue;
        }
        if let Some((next, quantity)) = reader.quantity(number, free) {
            out.push(quantity);
            at = next.max(at);
            free = at;
        } else {
            at = reader.run_of_figures(at);
        }
    }
    out
}

impl Reader<'_> {
    fn tok(&self, at: usize) -> Option<&Tok<'_>> {
        self.toks.get(at)
    }

    /// The token in lower case, empty past the end.
    fn low(&self, at: usize) -> &str {
        self.tok(at).map_or("", |tok| tok.low.as_str())
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.low(at))
    }

    fn glued(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|tok| tok.glued)
    }

    /// Whether tokens `first..next` touch a span that is no quantity.
    fn skipped(&self, first: usize, next: usize) -> bool {
        let (Some(first), Some(last)) = (self.tok(first), self.tok(next.saturating_sub(1))) else {
            return false;
        };
        self.skip
            .iter()
            .any(|span| (span.start as usize) < last.end && first.start < span.end as usize)
    }

    /// The whole quantity around `number`; tokens before `free` belong to the one before.
    fn quantity(&self, number: Number, free: usize) -> Option<(usize, Quantity)> {
        let mut number = number;
        let (mut start, mut bound) = self.bound(number.first, free);
        let between = start > free && self.is(start - 1, &["between"]);
        let from = start > free && self.is(start - 1, &["from"]);
        let mut upper = None;
        match self.range(&number, between, from) {
            Range::None => {}
            Range::Never => return None,
            Range::To(low, high) => {
                number.value = low;
                upper = Some(high.value);
                number.next = high.next;
                number.currency = number.currency.or(high.currency);
                start -= usize::from(between);
            }
        }
        bound = bound.or(number.bound);
        let (next, after) = self.suffix(number.next);
        let (next, unit) = self.unit(next, &number);
        let (next, late) = if after.is_none() {
            self.suffix(next)
        } else {
            (next, None)
        };
        let next = self.rate(next);
        let (first, last) = (self.tok(start)?, self.tok(next.checked_sub(1)?)?);
        // Four bare digits that count nothing are a year.
        if number.like_year && upper.is_none() && (unit.is_none() || self.is_named(number.first)) {
            return None;
        }
        if unit.is_none() && upper.is_none() && bound.is_none() && self.is_numbered(&number) {
            return None;
        }
        let span = Span::new(first.start, last.end);
        let quantity = Quantity {
            text: self.text.get(span.range())?.to_owned(),
            span,
            value: number.value,
            upper,
            unit,
            bound: after.or(late).or(bound).unwrap_or(Bound::Exact),
        };
        Some((next, quantity))
    }

    /// Where the bounding words before token `at` begin, and what they say; a side is stronger than "about".
    fn bound(&self, at: usize, free: usize) -> (usize, Option<Bound>) {
        let (mut start, mut found) = (at, None);
        if start > free && self.glued(at) && self.is(at - 1, &["~", "≈", ">", "<"]) {
            start -= 1;
            found = Some(match self.low(start) {
                ">" => Bound::AtLeast,
                "<" => Bound::AtMost,
                _ => Bound::About,
            });
        }
        while let Some((words, bound)) = self.bounds.iter().find(|(words, _)| {
            start >= free + words.len()
                && words
                    .iter()
                    .rev()
                    .zip((free..start).rev())
                    .all(|(word, at)| self.low(at) == word)
        }) {
            start -= words.len();
            if found.is_none() || found == Some(Bound::About) {
                found = Some(*bound);
            }
        }
        (start, found)
    }

    /// Words after the number or its unit that bound it.
    fn suffix(&self, at: usize) -> (usize, Option<Bound>) {
        let glued = self.glued(at);
        match (self.low(at), self.low(at + 1)) {
            ("+", _) if glued => (at + 1, Some(Bound::AtLeast)),
            ("-", "plus") if glued => (at + 2, Some(Bound::AtLeast)),
            ("-", "odd") if glued => (at + 2, Some(Bound::About)),
            ("or", "more") => (at + 2, Some(Bound::AtLeast)),
            ("or", "so") => (at + 2, Some(Bound::About)),
            ("or", "fewer" | "less") => (at + 2, Some(Bound::AtMost)),
            _ => (at, None),
        }
    }

    fn range(&self, first: &Number, between: bool, from: bool) -> Range {
        // "20% to 30%"
        let at = match self.percent(first.next) {
            Some(at) if self.is(at, &["to", "-", "and"]) => at,
            _ => first.next,
        };
        let dash = self.is(at, &["-"]) && self.glued(at) && self.glued(at + 1);
        let joined = dash
            || (self.is(at, &["to", "-"]) && !from && !between)
            || (self.is(at, &["and"]) && between)
            || (self.is(at, &["or"]) && first.value < 100.0);
        let Some(last) = self.number(at + 1).filter(|_| joined) else {
            return Range::None;
        };
        if self.skipped(last.first, last.next) {
            return if dash { Range::Never } else { Range::None };
        }
        let digits = |number: &Number| self.tok(number.first).map_or(0, |tok| tok.text.len());
        // 555-1234, 12-34-56, a score of 5-3.
        let phone = dash
            && ((self.is(last.next, &["-"]) && self.glued(last.next + 1))
                || (digits(first) == 3 && digits(&last) == 4 && last.figure));
        let shared = first.scale == 1.0 && last.scale > 1.0 && first.value < 1000.0;
        let low = if shared {
            first.value * last.scale
        } else {
            first.value
        };
        if phone || (dash && (low >= last.value || !last.figure)) {
            return Range::Never;
        }
        if low >= last.value {
            Range::None
        } else {
            Range::To(low, last)
        }
    }

    /// Past figures that dashes join.
    fn run_of_figures(&self, at: usize) -> usize {
        let mut at = at;
        while self.is(at, &["-"]) && self.glued(at) && self.glued(at + 1) {
            match self.number(at + 1) {
                Some(number) => at = number.next.max(at + 1),
                None => break,
            }
        }
        at
    }
}

/// What follows a number's first end.
enum Range {
    None,
    /// The lower end and the upper number.
    To(f64, Number),
    /// Digits with a dash that are no quantity.
    Never,
}
