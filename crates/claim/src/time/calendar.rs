//! Dates, months, seasons, quarters and years: calendar words that need the published day only for a missing year.

use jiff::civil::Date;
use sayso_records::Granularity;

use super::days::{Days, Point, Turn, date, months};
use super::words::{Kind, Tok, is_counted, month};

/// Calendar words, read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Core {
    pub(super) point: Point,
    /// Which of many. `None`: not said.
    pub(super) turn: Option<Turn>,
    /// First and last third meant (0 early, 1 mid, 2 late).
    pub(super) third: Option<(i32, i32)>,
    pub(super) granularity: Granularity,
    /// Whether both ends are said already ("12-14 June").
    pub(super) ranged: bool,
}

impl Core {
    pub(super) fn new(point: Point, granularity: Granularity) -> Self {
        Self {
            point,
            turn: None,
            third: None,
            granularity,
            ranged: false,
        }
    }

    /// Days that are known, or not known for want of a published day.
    pub(super) fn days(days: Option<Days>, granularity: Granularity) -> Self {
        Self::new(
            days.map_or(Point::Unknown, |(first, last)| Point::Fixed(first, last)),
            granularity,
        )
    }

    pub(super) fn turned(self, turn: Option<Turn>) -> Self {
        Self {
            turn: turn.or(self.turn),
            ..self
        }
    }
}

/// How sure the words before make it that four digits are a year and "May" a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing that tells.
    Nothing,
    /// A word that may also stand before a number ("by", "of").
    Loose,
    /// A word that stands before times ("in", "late", "since").
    Firm,
}

/// What was read: the token after it, and the value.
pub(super) type Read = Option<(usize, Core)>;

/// Reads expressions of one sentence.
pub(super) struct Reader<'t> {
    pub(super) toks: &'t [Tok<'t>],
    pub(super) anchor: Option<Date>,
}

impl<'t> Reader<'t> {
    pub(super) fn tok(&self, at: usize) -> Option<&Tok<'t>> {
        self.toks.get(at)
    }

    /// The token in lower case, empty past the end.
    pub(super) fn low(&self, at: usize) -> &str {
        self.tok(at).map_or("", |tok| tok.low.as_str())
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.tok(at).is_some_and(|tok| tok.glued)
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.low(at))
    }

    /// The token after `word` where it stands here, else here.
    pub(super) fn skip(&self, at: usize, words: &[&str]) -> usize {
        if self.is(at, words) { at + 1 } else { at }
    }

    /// Whether `words` (apart by spaces) stand here; the token after them.
    pub(super) fn phrase(&self, at: usize, words: &str) -> Option<usize> {
        let mut next = at;
        for word in words.split(' ') {
            if self.low(next) != word {
                return None;
            }
            next += 1;
        }
        Some(next)
    }

    /// Four digits that are a year.
    pub(super) fn year(&self, at: usize, before: Before) -> Option<(usize, i16)> {
        let tok = self.tok(at)?;
        if before == Before::Nothing || tok.kind != Kind::Number || tok.text.len() != 4 {
            return None;
        }
        let year = i16::try_from(tok.number()?)
            .ok()
            .filter(|year| (1900..=2100).contains(year))?;
        if tok.glued && at > 0 {
            let bracket = self.is(at - 1, &["(", "[", "\"", "“", "'", "/"]);
            let part = self.is(at - 1, &["-"])
                && at > 1
                && (self.is(at - 2, &["early", "mid", "late", "end"])
                    || self.tok(at - 2).is_some_and(|tok| tok.kind == Kind::Number));
            if !bracket && !part {
                return None;
            }
        }
        if self.glued(at + 1) {
            let follower = self.tok(at + 1)?;
            let joined = |kind| {
                self.tok(at + 2)
                    .is_some_and(|tok| tok.glued && tok.kind == kind)
            };
            let number = self.is(at + 1, &[",", ".", ":"]) && joined(Kind::Number);
            let compound = self.is(at + 1, &["-"]) && joined(Kind::Word);
            if follower.kind == Kind::Word || follower.low == "%" || number || compound {
                return None;
            }
        } else if before == Before::Loose && is_counted(self.low(at + 1)) {
            return None;
        }
        Some((at + 1, year))
    }

    /// A year or a stretch of years ("2022-23").
    pub(super) fn years(&self, at: usize, before: Before) -> Read {
        let (next, first) = self.year(at, before)?;
        let single = Core::days(months(first, 1, 12), Granularity::Year);
        let joint = self.is(next, &["-", "/"]);
        let Some(tail) = self
            .tok(next + 1)
            .filter(|tok| joint && tok.kind == Kind::Number)
        else {
            return Some((next, single));
        };
        let last = match (
            tail.text.len(),
            tail.number().and_then(|n| i16::try_from(n).ok()),
        ) {
            (4, Some(last)) => last,
            (2, Some(last)) if tail.glued => first - first % 100 + last,
            _ => return Some((next, single)),
        };
        // "2023-06-12" and "2023-07" are read as dates.
        if last <= first || last > 2100 || (self.glued(next + 2) && self.is(next + 2, &["-"])) {
            return Some((next, single));
        }
        let days = date(first, 1, 1).zip(date(last, 12, 31));
        Some((
            next + 2,
            Core {
                ranged: true,
                ..Core::days(days, Granularity::Year)
            },
        ))
    }

    /// The year after a month, a season or "half of": which one.
    pub(super) fn of_year(&self, at: usize) -> Option<(usize, Turn)> {
        let of = self.skip(at, &["of", ","]);
        if let Some((next, year)) = self.year(
            of,
            if of == at {
                Before::Loose
            } else {
                Before::Firm
            },
        ) {
            return Some((next, Turn::Of(year)));
        }
        let this = self.anchor.map(Date::year);
        let turned = |next, year: Option<i16>| Some((next, Turn::Of(year.unwrap_or(0))));
        if self.low(of + 1) == "year" && !self.is(at, &[","]) {
            match self.low(of) {
                "last" => return turned(of + 2, this.map(|year| year - 1)),
                "this" => return turned(of + 2, this),
                "next" => return turned(of + 2, this.map(|year| year + 1)),
                "the" if of > at => return turned(of + 2, this),
                _ => {}
            }
        }
        None
    }

    /// A turn of 0 stands for a year that leans on an unknown published day.
    pub(super) fn placed(
        &self,
        point: Point,
        turn: Option<Turn>,
        granularity: Granularity,
    ) -> Core {
        let point = if turn == Some(Turn::Of(0)) {
            Point::Unknown
        } else {
            point
        };
        Core::new(point, granularity).turned(turn)
    }

    /// 2023-06-12, 2023-06, 12.06.2023.
    pub(super) fn numeric(&self, at: usize, _: Before) -> Read {
        let part = |at: usize, long: usize| {
            self.tok(at)
                .filter(|tok| tok.text.len() == long && (at == 0 || tok.glued))?
                .number()
        };
        let small = |n: i32| i8::try_from(n).ok();
        let first = self.tok(at).filter(|tok| tok.kind == Kind::Number)?;
        if first.glued && at > 0 && !self.is(at - 1, &["(", "[", "\"", "“"]) {
            return None;
        }
        let sign = self.low(at + 1);
        let open = |at: usize| {
            !(self.glued(at)
                && self
                    .tok(at)
                    .is_some_and(|tok| tok.kind != Kind::Sign || tok.low == "-"))
        };
        if !self.glued(at + 1) {
            return None;
        }
        let same = self.low(at + 3) == sign && self.glued(at + 3);
        if first.text.len() == 4 && ["-", "/", "."].contains(&sign) {
            let year = i16::try_from(first.number()?)
                .ok()
                .filter(|y| (1900..=2100).contains(y))?;
            let month = small(part(at + 2, 2)?)?;
            if let Some(day) = part(at + 4, 2).filter(|_| same && open(at + 5)) {
                let day = date(year, month, small(day)?)?;
                return Some((at + 5, Core::days(Some((day, day)), Granularity::Day)));
            }
            if sign == "-" && open(at + 3) && month < 13 && self.low(at + 2).starts_with('0') {
                return Some((
                    at + 3,
                    Core::days(Some(months(year, month, 1)?), Granularity::Month),
                ));
            }
        } else if sign == "." && same && first.text.len() <= 2 && open(at + 5) {
            let month = small(part(at + 2, 2).or_else(|| part(at + 2, 1))?)?;
            let year = i16::try_from(part(at + 4, 4)?)
                .ok()
                .filter(|y| (1900..=2100).contains(y))?;
            let day = date(year, month, small(first.number()?)?)?;
            return Some((at + 5, Core::days(Some((day, day)), Granularity::Day)));
        }
        None
    }

    /// 1 to 31, perhaps with "th".
    fn day(&self, at: usize) -> Option<(usize, i8)> {
        let tok = self.tok(at)?;
        let day = i8::try_from(tok.number()?)
            .ok()
            .filter(|day| (1..=31).contains(day))?;
        if tok.glued && at > 0 && !self.is(at - 1, &["-", "(", "\"", "“"]) {
            return None;
        }
        if !self.glued(at + 1) {
            return Some((at + 1, day));
        }
        match self.tok(at + 1)?.kind {
            Kind::Word if self.is(at + 1, &["st", "nd", "rd", "th"]) => Some((at + 2, day)),
            Kind::Sign if !self.is(at + 1, &["%", "/", ":"]) => {
                let number = self.is(at + 1, &[",", "."])
                    && self
                        .tok(at + 2)
                        .is_some_and(|tok| tok.glued && tok.kind == Kind::Number);
                (!number).then_some((at + 1, day))
            }
            _ => None,
        }
    }

    /// A month's name, with the dot of an abbreviation.
    pub(super) fn month(&self, at: usize) -> Option<(usize, i8)> {
        let tok = self.tok(at)?;
        let number = month(&tok.low)?;
        // In small letters only names that are no other word.
        if !tok.capital()
            && (tok.low.len() < 4 || ["march", "august", "sept"].contains(&tok.low.as_str()))
        {
            return None;
        }
        if (tok.glued && at > 0 && !self.is(at - 1, &["(", "-", "\"", "“", "'"]))
            || (self.glued(at + 1) && self.tok(at + 1).is_some_and(|tok| tok.kind == Kind::Number))
        {
            return None;
        }
        let short = tok.low.len() < 5 && !["may", "june", "july"].contains(&tok.low.as_str());
        Some((
            if short && self.is(at + 1, &["."]) {
                at + 2
            } else {
                at + 1
            },
            number,
        ))
    }

    /// 12 June 2023, the 12th of June, 12-14 June.
    pub(super) fn day_month(&self, at: usize, _: Before) -> Read {
        let (mut next, first) = self.day(self.skip(at, &["the"]))?;
        let mut last = first;
        if self.is(next, &["-", "to", "and", "through", "until"]) {
            (next, last) = self.day(self.skip(next + 1, &["the"]))?;
        }
        let (next, month) = self.month(self.skip(next, &["of"]))?;
        self.dated(next, month, first, last)
    }

    /// June 12, 2023; June 12-14.
    pub(super) fn month_day(&self, at: usize, _: Before) -> Read {
        let (next, month) = self.month(at)?;
        let (mut next, first) = self.day(self.skip(next, &["the"]))?;
        let mut last = first;
        if self.is(next, &["-", "to", "through", "until"])
            && let Some((after, day)) = self.day(self.skip(next + 1, &["the"]))
        {
            (next, last) = (after, day);
        }
        if is_counted(self.low(next)) && !self.glued(next) {
            return None;
        }
        self.dated(next, month, first, last)
    }

    fn dated(&self, at: usize, month: i8, first: i8, last: i8) -> Read {
        let turn = self.of_year(at).filter(|_| !self.is(at, &["of"]));
        let (next, turn) = turn.map_or((at, None), |(next, turn)| (next, Some(turn)));
        if first > last || date(2024, month, last).is_none() {
            return None;
        }
        let core = self.placed(Point::Day(month, first, last), turn, Granularity::Day);
        Some((
            next,
            Core {
                ranged: first != last,
                ..core
            },
        ))
    }

    /// May 2022, in July, the month of May.
    pub(super) fn month_year(&self, at: usize, before: Before) -> Read {
        let start = self.phrase(at, "the month of").unwrap_or(at);
        let (next, number) = self.month(start)?;
        let core = |turn| self.placed(Point::Month(number), turn, Granularity::Month);
        if let Some((next, turn)) = self.of_year(next) {
            return Some((next, core(Some(turn))));
        }
        let told = before != Before::Nothing || start > at;
        let follower = self.tok(next);
        let name =
            follower.is_some_and(|tok| tok.kind == Kind::Word && tok.capital() && !tok.glued);
        // "May said", "April Smith", "March on Rome", "Jan Kowalski".
        let doubtful = name
            || self.low(start).len() < 4
            || (number == 3 && self.is(next, &["on", "for", "of", "against", "to", "through"]));
        let short = self.low(start).len() < 4 && number != 5;
        if (!told && doubtful) || (short && name) {
            return None;
        }
        Some((next, core(None)))
    }
}
