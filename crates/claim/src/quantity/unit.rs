//! What a number counts: percent, money, measures, or the noun after it.

use super::Reader;
use super::noun::{is_plural, singular, singular_as};
use super::number::Number;
use crate::time::words::Kind;

/// Short measures, kept as written.
const MEASURES: [&str; 25] = [
    "km", "kg", "m", "t", "kt", "mw", "gw", "kw", "mwh", "gwh", "kwh", "cm", "g", "l", "nm", "mph",
    "kph", "hp", "ft", "lb", "lbs", "bpd", "tb", "gb", "mi",
];

/// Words that end a noun phrase before any noun was seen.
const STOP: [&str; 92] = [
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "do",
    "did",
    "does",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "of",
    "and",
    "or",
    "but",
    "that",
    "which",
    "who",
    "whom",
    "whose",
    "as",
    "than",
    "the",
    "a",
    "an",
    "its",
    "their",
    "his",
    "her",
    "this",
    "these",
    "those",
    "it",
    "they",
    "he",
    "she",
    "we",
    "you",
    "i",
    "not",
    "so",
    "if",
    "when",
    "while",
    "after",
    "before",
    "since",
    "until",
    "during",
    "over",
    "under",
    "into",
    "out",
    "up",
    "down",
    "off",
    "near",
    "against",
    "through",
    "about",
    "around",
    "between",
    "each",
    "per",
    "alone",
    "there",
    "said",
    "says",
    "because",
    "where",
    "within",
    "without",
    "including",
    "only",
    "us",
];

/// A currency's word in the singular.
fn money_name(low: &str) -> String {
    match low {
        "reais" => "real".to_owned(),
        "kroner" => "krone".to_owned(),
        "kronor" => "krona".to_owned(),
        "lei" => "leu".to_owned(),
        low => singular(low),
    }
}

impl Reader<'_> {
    /// Whether a short measure stands at `at`.
    pub(super) fn is_measure(&self, at: usize) -> bool {
        let Some(tok) = self.tok(at) else {
            return false;
        };
        // "5G", "12 T-72"; a one-letter measure is written small.
        let short = tok.low.len() == 1 && tok.capital();
        let joined = self.glued(at + 1) && self.is(at + 1, &["-", "'"]);
        (MEASURES.contains(&tok.low.as_str()) || tok.low == "pc") && !short && !joined
    }

    /// The token after "%", "percent", "per cent".
    pub(super) fn percent(&self, at: usize) -> Option<usize> {
        match self.low(at) {
            "%" | "percent" | "pct" | "pc" => Some(at + 1),
            "per" if self.is(at + 1, &["cent"]) => Some(at + 2),
            _ => None,
        }
    }

    /// The code of the money named at `at`, and the token after its name.
    pub(super) fn currency_word(&self, at: usize) -> Option<(usize, String)> {
        let tok = self.tok(at).filter(|tok| tok.kind == Kind::Word)?;
        if let Some(code) = self.book.currencies.values().find(|code| *code == tok.text) {
            return Some((at + 1, code.clone()));
        }
        // "three real threats"
        if tok.low == "real" {
            return None;
        }
        self.book
            .currencies
            .get(&money_name(&tok.low))
            .map(|code| (at + 1, code.clone()))
    }

    /// Money after a number, with a nation's name between.
    fn money(&self, at: usize, number: &Number) -> Option<(usize, String)> {
        if let Some((next, code)) = self.currency_word(at) {
            // "two won the prize", "500 pounds of explosives"
            let doubtful = self.is(at, &["won", "rand"]) && number.value < 100.0;
            let weight = self.is(at, &["pounds", "pound"]) && self.is(next, &["of"]);
            return (!doubtful && !weight).then_some((next, code));
        }
        let nation = self
            .tok(at)
            .filter(|tok| tok.kind == Kind::Word && tok.capital())?;
        let noun = if self.is(at + 1, &["."]) {
            at + 2
        } else {
            at + 1
        };
        let noun = if nation.low == "u" && self.is(noun, &["s"]) {
            noun + 1
        } else {
            noun
        };
        let noun = if noun > at + 2 && self.is(noun, &["."]) {
            noun + 1
        } else {
            noun
        };
        // "Danish kroner" are others than the Norwegian.
        let name = format!("{} {}", nation.low, money_name(self.low(noun)));
        let own = self.book.currencies.get(&name);
        own.map(|code| (noun + 1, code.clone()))
            .or_else(|| self.currency_word(noun))
    }

    /// What is counted from token `at` on, and the token after it.
    pub(super) fn unit(&self, at: usize, number: &Number) -> (usize, Option<String>) {
        if let Some(code) = &number.currency {
            let next = self.currency_word(at).map_or(at, |(next, _)| next);
            return (next, Some(code.clone()));
        }
        if let Some(next) = self.percent(at) {
            return (next, Some("percent".to_owned()));
        }
        if self.is(at, &["percentage"]) && self.is(at + 1, &["points", "point"]) {
            return (at + 2, Some("percentage point".to_owned()));
        }
        let mut from = at;
        if self.is(from, &["of"]) {
            from += 1;
        }
        if let Some((next, code)) = self.money(from, number) {
            return (next, Some(code));
        }
        if self.is_measure(from) && from == at {
            let power = self.glued(at + 1) && self.is(at + 1, &["2", "3", "²", "³"]);
            let next = at + 1 + usize::from(power);
            let first = self.tok(at).map_or(0, |tok| tok.start);
            let end = self.tok(next - 1).map_or(first, |tok| tok.end);
            return (next, self.text.get(first..end).map(str::to_owned));
        }
        if from > at
            && self.is(
                from,
                &[
                    "the", "its", "their", "these", "those", "his", "our", "such",
                ],
            )
        {
            from += 1;
        }
        while self.is(
            from,
            &[
                "more",
                "additional",
                "further",
                "other",
                "new",
                "extra",
                "such",
            ],
        ) {
            from += 1;
        }
        self.noun(from, number)
            .map_or((at, None), |(next, unit)| (next, Some(unit)))
    }

    /// The words from `at` to the first that looks plural, that one in the singular.
    fn noun(&self, at: usize, number: &Number) -> Option<(usize, String)> {
        let start = self.tok(at)?;
        let words = |next: usize| self.tok(next).filter(|tok| tok.kind == Kind::Word);
        let one = number.value == 1.0 && number.bound.is_none();
        let mut next = at;
        let mut seen = 0;
        while seen < 7 {
            let Some(tok) = self.tok(next) else { break };
            // "2,000 152mm shells", "a dozen 2,000-kg bombs"
            if tok.kind == Kind::Number
                && !tok.glued
                && let Some(part) = self.number(next).filter(|part| self.is_part(part.next))
            {
                next = part.next;
                seen += 1;
                continue;
            }
            let inside = match tok.kind {
                // "M1A1": the letters inside a designation are no words.
                Kind::Word => {
                    (tok.glued && next > at)
                        || tok.text == "US"
                        || !STOP.contains(&tok.low.as_str())
                }
                // "F-16 fighter jets"
                Kind::Number => tok.glued && next > at,
                // "short-range", "Ukraine's", "short- and medium-range"
                Kind::Sign => next > at && tok.glued && ["-", "'", "/"].contains(&tok.low.as_str()),
            };
            let hanging = tok.low == "and" && next > at && self.is(next - 1, &["-"]);
            if !inside && !hanging {
                break;
            }
            let possessive = self.is(next + 1, &["'"]) && self.glued(next + 1);
            let compound =
                self.is(next + 1, &["-"]) && self.glued(next + 1) && self.glued(next + 2);
            if tok.kind == Kind::Word
                && !tok.glued
                && is_plural(&tok.low)
                && !possessive
                && !compound
                || (tok.kind == Kind::Word
                    && tok.glued
                    && next > at
                    && is_plural(&tok.low)
                    && !self.is(next - 1, &["'"]))
            {
                // "arms factories": the second plural is the noun.
                let more = words(next + 1)
                    .filter(|tok| !tok.glued && !tok.capital() && is_plural(&tok.low));
                if more.is_none() || one {
                    let head = self.text.get(start.start..tok.start).unwrap_or_default();
                    return Some((next + 1, format!("{head}{}", singular_as(tok.text))));
                }
            }
            seen += usize::from(tok.kind == Kind::Word);
            next += 1;
        }
        // "one Russian tank": no plural to wait for.
        let last = self.tok(next.checked_sub(1)?)?;
        (one && next > at && seen <= 3 && last.kind == Kind::Word)
            .then(|| Some((next, self.text.get(start.start..last.end)?.to_owned())))
            .flatten()
    }

    /// "a year", "per day", "annually" after a quantity: the token after it.
    pub(super) fn rate(&self, at: usize) -> usize {
        const UNITS: [&str; 8] = [
            "year", "month", "week", "day", "hour", "quarter", "annum", "minute",
        ];
        let each = self.is(at, &["a", "per", "each", "every", "an"]) && self.is(at + 1, &UNITS);
        // "a year ago", "a day after", "a month earlier" are times.
        let time = self.is(at + 2, &["ago", "earlier", "later", "after", "before"]);
        if each && !time && !self.skipped(at, at + 2) {
            return at + 2;
        }
        if self.is(
            at,
            &["annually", "yearly", "monthly", "weekly", "daily", "hourly"],
        ) {
            at + 1
        } else {
            at
        }
    }
}
