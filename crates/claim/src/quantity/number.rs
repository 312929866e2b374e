//! Figures and number words: 2,000; 1.5bn; half a million; two hundred and fifty; dozens.

use sayso_records::Bound;

use super::Reader;
use crate::time::words::Kind;

/// Digits of a whole number beyond which no more groups are read: no report counts so far.
const LONGEST: usize = 24;

/// A number that was read.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// First token, the sign of money included.
    pub(super) first: usize,
    /// The token after it.
    pub(super) next: usize,
    pub(super) value: f64,
    /// What the words after the figure multiply it by.
    pub(super) scale: f64,
    /// ISO 4217.
    pub(super) currency: Option<String>,
    /// Said by the number itself ("dozens").
    pub(super) bound: Option<Bound>,
    /// Written in digits.
    pub(super) figure: bool,
    /// Four digits and no more.
    pub(super) like_year: bool,
}

impl Reader<'_> {
    /// The number that begins at token `at`.
    pub(super) fn number(&self, at: usize) -> Option<Number> {
        let (start, currency) = self
            .money_sign(at)
            .map_or((at, None), |(next, code)| (next, Some(code)));
        let read = if self.tok(start)?.kind == Kind::Number {
            self.figure(start, currency.is_some())
        } else {
            self.words(start)
        };
        let read = read?;
        Some(Number {
            first: at,
            like_year: read.like_year && currency.is_none(),
            currency,
            ..read
        })
    }

    /// "$", "US$", "EUR" before a number.
    fn money_sign(&self, at: usize) -> Option<(usize, String)> {
        let tok = self.tok(at)?;
        if tok.kind == Kind::Number
            || (tok.glued
                && self
                    .toks
                    .get(at.wrapping_sub(1))
                    .is_some_and(|t| t.kind == Kind::Word))
        {
            return None;
        }
        let figure = |at: usize| self.tok(at).is_some_and(|tok| tok.kind == Kind::Number);
        let rest = self.text.get(tok.start..)?;
        let sign = self
            .book
            .currencies
            .iter()
            .filter(|(sign, _)| {
                sign.chars().any(|c| !c.is_alphabetic() && c != ' ')
                    && rest.starts_with(sign.as_str())
            })
            .max_by_key(|(sign, _)| sign.len());
        if let Some((sign, code)) = sign {
            let end = tok.start + sign.len();
            let next =
                (at..at + 3).find(|next| self.tok(*next).is_some_and(|tok| tok.end == end))? + 1;
            return Some((next, code.clone()));
        }
        // "EUR 5 million"; "Rs 500", "Rs. 500"
        let code = self
            .book
            .currencies
            .values()
            .find(|code| *code == tok.text)
            .or_else(|| self.book.currencies.get(tok.text).filter(|_| tok.capital()))?;
        if self.is(at + 1, &["."]) && figure(at + 2) && tok.text.len() < 3 {
            return Some((at + 2, code.clone()));
        }
        figure(at + 1).then(|| (at + 1, code.clone()))
    }

    /// 2,000; 20 000; 47.5; with a scale after it.
    fn figure(&self, at: usize, money: bool) -> Option<Number> {
        let tok = self.tok(at)?;
        let mut digits = tok.text.to_owned();
        let mut next = at + 1;
        let group = |at: usize| {
            self.tok(at)
                .is_some_and(|tok| tok.kind == Kind::Number && tok.text.len() == 3)
        };
        if digits.len() <= 3 {
            let mut commas = false;
            while let Some(last) = self.tok(next - 1) {
                let comma = self.is(next, &[","]) && self.glued(next) && self.glued(next + 1);
                let at = if comma { next + 1 } else { next };
                // "20 000", but not "20 152mm shells" nor "20 155 mm shells".
                let apart = self.tok(at).is_some_and(|tok| {
                    let gap = self.text.get(last.end..tok.start).unwrap_or_default();
                    gap.chars().count() == 1 && !digits.starts_with('0')
                });
                let apart = apart && !commas && !self.is_part(at + 1);
                if !group(at) || !(comma || apart) || digits.len() > LONGEST {
                    break;
                }
                digits.push_str(self.tok(at)?.text);
                next = at + 1;
                commas |= comma;
            }
        }
        let like_year = next == at + 1
            && digits.len() == 4
            && digits
                .parse()
                .is_ok_and(|year: i32| (1900..=2100).contains(&year));
        let point = self.is(next, &["."]) && self.glued(next) && self.glued(next + 1);
        if point
            && self
                .tok(next + 1)
                .is_some_and(|tok| tok.kind == Kind::Number)
        {
            digits = format!("{digits}.{}", self.tok(next + 1)?.text);
            next += 2;
        }
        let value: f64 = digits
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite())?;
        let (next, scale) = self.scale(next, money);
        let like_year = like_year && scale == 1.0;
        Some(Number {
            first: at,
            next,
            value: value * scale,
            scale,
            currency: None,
            bound: None,
            figure: true,
            like_year,
        })
    }

    /// Whether a figure that ends before `at` is part of a longer word ("152mm", "155-mm") or a calibre.
    pub(super) fn is_part(&self, at: usize) -> bool {
        let word = |at: usize| {
            self.tok(at)
                .is_some_and(|tok| tok.glued && tok.kind == Kind::Word)
        };
        self.is(at, &["mm"]) || word(at) || (self.glued(at) && self.is(at, &["-"]) && word(at + 1))
    }

    /// "million", "bn", "k" after a figure, glued or not.
    fn scale(&self, at: usize, money: bool) -> (usize, f64) {
        let (mut next, mut scale) = (at, 1.0);
        loop {
            // "$300-million"
            let joined = self.is(next, &["-"]) && self.glued(next) && self.glued(next + 1);
            let word = if joined { next + 1 } else { next };
            let glued = self.glued(word) && !joined;
            let low = self.low(word);
            let times = match low {
                // Million or metre: only money and people tell.
                "m" if money => Some(1e6),
                "m" if self.currency_word(word + 1).is_some() => Some(1e6),
                "m" => None,
                "k" if glued => Some(1e3),
                "b" if glued && money => Some(1e9),
                "tn" | "trn" => Some(1e12),
                "mln" => Some(1e6),
                "bln" => Some(1e9),
                low => self
                    .book
                    .numbers
                    .get(low)
                    .copied()
                    .filter(|times| *times >= 100.0),
            };
            let Some(times) = times.filter(|_| scale < 1e12) else {
                return (next, scale);
            };
            // "155-million" is a figure, "2-thousand-strong" is not: left to the check of what follows.
            next = word + 1;
            scale *= times;
        }
    }

    /// The value of a number word.
    fn word(&self, at: usize) -> Option<f64> {
        let tok = self
            .tok(at)
            .filter(|tok| tok.kind == Kind::Word && tok.low.len() > 2)?;
        self.book.numbers.get(&tok.low).copied()
    }

    /// The value of "dozens", "hundreds": two of them at least.
    fn many(&self, at: usize) -> Option<f64> {
        let low = self.low(at).strip_suffix('s')?;
        match low {
            "score" => Some(20.0),
            low => self
                .book
                .numbers
                .get(low)
                .copied()
                .filter(|one| *one == 10.0 || *one == 12.0 || *one >= 100.0),
        }
    }

    fn words(&self, at: usize) -> Option<Number> {
        let number = |next, value, bound| Number {
            first: at,
            next,
            value,
            scale: 1.0,
            currency: None,
            bound,
            figure: false,
            like_year: false,
        };
        // "dozens of", "tens of thousands of"
        if let Some(one) = self.many(at) {
            let more = self.many(at + 2).filter(|_| self.is(at + 1, &["of"]));
            return Some(match more {
                Some(scale) => number(at + 3, 2.0 * one * scale, Some(Bound::AtLeast)),
                None => number(at + 1, 2.0 * one, Some(Bound::AtLeast)),
            });
        }
        let big = |at: usize| {
            self.word(at)
                .filter(|value| *value == 12.0 || *value >= 100.0)
        };
        let few = match (self.low(at), self.low(at + 1), self.low(at + 2)) {
            ("a", "few", _) => Some(at + 2),
            ("several", _, _) => Some(at + 1),
            ("a", "couple", "of") if big(at + 3).is_none() => {
                return Some(number(at + 3, 2.0, Some(Bound::About)));
            }
            ("a", "pair", "of") => return Some(number(at + 3, 2.0, None)),
            ("a", "couple", _) => Some(at + 2),
            _ => None,
        };
        if let Some(next) = few {
            let (next, scale) = self.spelled(next).filter(|_| big(next).is_some())?;
            return Some(number(next, 2.0 * scale, Some(Bound::AtLeast)));
        }
        if self.is(at, &["half"]) {
            let one = if self.is(at + 1, &["a", "-"]) {
                at + 2
            } else {
                at + 1
            };
            return big(one).map(|scale| number(one + 1, scale / 2.0, None));
        }
        let start = if self.is(at, &["a", "an"]) {
            big(at + 1)?;
            at + 1
        } else {
            at
        };
        let (next, value) = self.spelled(start)?;
        // "three to five million": the scale may stand for both ends.
        let scale = next.checked_sub(1).and_then(|last| self.word(last));
        let scale = scale.filter(|scale| *scale >= 1000.0).unwrap_or(1.0);
        Some(Number {
            scale,
            ..number(next, value, None)
        })
    }

    /// "two hundred and fifty thousand", "twenty-five", "two dozen".
    fn spelled(&self, at: usize) -> Option<(usize, f64)> {
        let (mut next, mut total, mut part) = (at, 0.0, 0.0);
        let mut any = false;
        loop {
            let and =
                any && self.is(next, &["and"]) && (part >= 100.0 || (part == 0.0 && total > 0.0));
            let dash = any && self.is(next, &["-"]) && self.glued(next) && self.glued(next + 1);
            let word = if and || dash { next + 1 } else { next };
            let Some(value) = self.word(word) else { break };
            let fits = match value {
                v if v >= 1000.0 || v == 100.0 => !and && (part > 0.0 || !any),
                12.0 if self.is(word, &["dozen"]) => !and,
                v if v >= 20.0 => part % 100.0 == 0.0,
                v if v >= 10.0 => part % 100.0 == 0.0,
                _ => part % 10.0 == 0.0 && part % 100.0 != 10.0,
            };
            if !fits || (any && part > 0.0 && value < 10.0 && part % 100.0 != 0.0 && !dash) {
                break;
            }
            if value >= 1000.0 {
                total += if any { part * value } else { value };
                part = 0.0;
            } else if value == 100.0 || self.is(word, &["dozen"]) {
                part = if any { part * value } else { value };
            } else {
                part += value;
            }
            any = true;
            next = word + 1;
        }
        if !any {
            return None;
        }
        let mut value = total + part;
        // "two and a half million"
        if self.is(next, &["and"]) && self.is(next + 1, &["a"]) && self.is(next + 2, &["half"]) {
            value += 0.5;
            next += 3;
            if let Some(scale) = self.word(next).filter(|scale| *scale >= 100.0) {
                value *= scale;
                next += 1;
            }
        }
        Some((next, value))
    }
}
