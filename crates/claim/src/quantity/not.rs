//! Which numbers count nothing: designations, calibres, articles, telephone numbers, the pronoun "one".

use super::Reader;
use super::number::Number;
use crate::time::words::Kind;

/// Words before a number that it names rather than counts.
const NAMING: [&str; 63] = [
    "article",
    "articles",
    "type",
    "section",
    "chapter",
    "resolution",
    "no",
    "nos",
    "number",
    "room",
    "flight",
    "route",
    "unit",
    "group",
    "phase",
    "level",
    "tier",
    "protocol",
    "figure",
    "table",
    "page",
    "directive",
    "law",
    "decree",
    "act",
    "title",
    "model",
    "mark",
    "mk",
    "version",
    "block",
    "project",
    "order",
    "channel",
    "class",
    "category",
    "annex",
    "appendix",
    "paragraph",
    "clause",
    "step",
    "boeing",
    "airbus",
    "leopard",
    "arrow",
    "shahed",
    "geran",
    "hwasong",
    "bayraktar",
    "gepard",
    "falcon",
    "ariane",
    "iskander",
    "fateh",
    "soyuz",
    "apollo",
    "pier",
    "gate",
    "lot",
    "formula",
    "aged",
    "highway",
    "caliber",
];

/// Words after "one" that make it a pronoun or a phrase.
const NOT_COUNTED: [&str; 40] = [
    "of", "can", "could", "may", "might", "must", "should", "would", "will", "is", "was", "has",
    "had", "another", "day", "hand", "side", "thing", "way", "who", "that", "which", "in", "on",
    "at", "by", "to", "for", "from", "with", "and", "or", "but", "as", "than", "the", "does",
    "time", "more", "per",
];

impl Reader<'_> {
    /// Whether the number is none that counts.
    pub(super) fn is_no_quantity(&self, number: &Number) -> bool {
        if self.skipped(number.first, number.next) {
            return true;
        }
        if number.figure && self.is_designation(number) {
            return true;
        }
        self.is_adjective(number) || (!number.figure && self.is_phrase(number))
    }

    /// Whether a determiner makes four digits a year ("the 2022 sanctions").
    pub(super) fn is_named(&self, at: usize) -> bool {
        at > 0 && self.is(at - 1, &["the", "its", "their", "this", "a", "s", "his"])
    }

    /// Whether a name stands before a small bare figure ("Arrow 3 interceptor"): it counts nothing unless a plural follows.
    pub(super) fn is_numbered(&self, number: &Number) -> bool {
        let name = number.first.checked_sub(1).and_then(|at| self.tok(at));
        number.figure
            && number.currency.is_none()
            && number.value < 1000.0
            && number.first > 1
            && name.is_some_and(|tok| tok.kind == Kind::Word && tok.capital())
    }

    fn is_figure(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|tok| tok.kind == Kind::Number)
    }

    fn is_designation(&self, number: &Number) -> bool {
        let (first, next) = (number.first, number.next);
        let Some(start) = self.tok(first) else {
            return true;
        };
        if first > 0 {
            let before = first - 1;
            let raw = self.tok(before).map_or("", |tok| tok.text);
            const OPENING: [&str; 12] =
                ["(", "\"", "“", "‘", "'", "~", "≈", ">", "<", "—", "[", "…"];
            if start.glued && !OPENING.contains(&raw) {
                return true;
            }
            if self.is(before, &["#", "№", "§", "+", "x", "×", "["]) {
                return true;
            }
            let dot = if self.is(before, &["."]) && before > 0 {
                before - 1
            } else {
                before
            };
            let named = NAMING.contains(&self.low(dot))
                || (self.is(dot, &["day", "part", "point", "rule", "week", "tank"])
                    && self.tok(dot).is_some_and(|tok| tok.capital()));
            if named && (dot == before || self.is(dot, &["no", "nos", "mk"])) {
                return true;
            }
            // 020 7946 0958; but "in 2022 300 shells".
            if self.is_figure(before) && !self.skipped(before, first) {
                return true;
            }
            // "John Smith, 45, said"
            let age = number.currency.is_none() && number.value < 110.0 && number.scale == 1.0;
            if age && self.is(before, &[","]) && self.is(next, &[","]) {
                return before > 0 && self.tok(before - 1).is_some_and(|tok| tok.capital());
            }
        }
        let zero = start.text.len() > 1 && start.text.starts_with('0');
        let apart = self.is_figure(next) && !self.glued(next) && !self.skipped(next, next + 1);
        if zero
            || (apart
                && !self
                    .number(next)
                    .is_some_and(|part| self.is_part(part.next)))
        {
            return true;
        }
        if self.is(
            next,
            &[
                "mm", "bc", "bce", "ad", "mhz", "ghz", "x", "×", "°", "gmt", "utc", "am", "pm",
                "caliber", "calibre",
            ],
        ) {
            return true;
        }
        if self.is(next, &["b"]) && self.is(next + 1, &["."]) && self.is(next + 2, &["c"]) {
            return true;
        }
        if self.is(next, &["a", "p"]) && self.is(next + 1, &["."]) && self.is(next + 2, &["m"]) {
            return true;
        }
        if !self.glued(next) {
            return false;
        }
        match self.tok(next).map(|tok| tok.kind) {
            Some(Kind::Word) => {
                let money = number.currency.is_some() || self.currency_word(next).is_some();
                !money && !self.is_measure(next)
            }
            Some(Kind::Number) => true,
            Some(Kind::Sign) => {
                self.is(next, &["/", ":", ".", ","])
                    && self.glued(next + 1)
                    && self.is_figure(next + 1)
            }
            None => false,
        }
    }

    /// "2,000-kg", "two-day", "two-thirds": part of another word.
    fn is_adjective(&self, number: &Number) -> bool {
        let next = number.next;
        const PARTS: [&str; 14] = [
            "third", "thirds", "quarter", "quarters", "fifth", "fifths", "half", "halves", "tenth",
            "tenths", "sixth", "sixths", "fourths", "eighths",
        ];
        if !number.figure && self.is(next, &PARTS) {
            return true;
        }
        let dash = self.is(next, &["-"]) && self.glued(next) && self.glued(next + 1);
        let raw = self.tok(next).map_or("", |tok| tok.text);
        let word = self.tok(next + 1).is_some_and(|tok| tok.kind == Kind::Word);
        // "$300-million deal" and "300-plus" keep their number; money before a dash is money ("$300-a-day").
        dash && raw != "—"
            && word
            && !self.is(next + 1, &["plus", "odd", "to"])
            && number.currency.is_none()
            && self.number(next + 1).is_none()
    }

    /// "one of the", "the one", "Five Eyes", "twenty-" as a word's part.
    fn is_phrase(&self, number: &Number) -> bool {
        let (first, next) = (number.first, number.next);
        let Some(start) = self.tok(first) else {
            return true;
        };
        if start.glued && first > 0 && self.is(first - 1, &["-", "/", "'"]) {
            return true;
        }
        let name = first > 0
            && start.capital()
            && !self.is(first - 1, &[".", ":", "\"", "“", "—", "-", "(", "‘", "'"]);
        if name || self.is(next, &["eyes"]) {
            return true;
        }
        if number.value == 1.0 && next == first + 1 {
            let counted = self
                .tok(next)
                .is_some_and(|tok| tok.kind == Kind::Word && !tok.glued);
            let pronoun = first > 0
                && self.is(
                    first - 1,
                    &[
                        "the", "this", "that", "no", "any", "every", "each", "which", "only",
                        "number", "day",
                    ],
                );
            return !counted || pronoun || NOT_COUNTED.contains(&self.low(next));
        }
        NAMING.contains(&self.low(first.wrapping_sub(1)))
    }
}
