//! Dates, months, seasons, quarters and years: calendar words that need the published day only for a missing year.

use jiff::civil::Date;
use sayso_records::Granularity;

use super::days::{Days, Point, Turn, date, months};
use super::words::{Kind, Tok, Unit, is_counted, month, small};

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
    /// Where the first word stands that tells of what lies ahead ("will").
    pub(super) ahead: Option<usize>,
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
        if before != Before::Nothing && tok.kind == Kind::Word {
            // "from two thousand until two thousand and fourteen"
            let ends = |next: usize| {
                self.is(next, &["until", "to", "through"])
                    && self.spelled_year(next + 1, false).is_some()
            };
            return self
                .spelled_year(at, false)
                .filter(|(next, _)| before == Before::Firm || ends(*next));
        }
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
        // Two years joined are years without a word that says so.
        let pair = self.low(at + 1) == "-"
            && (at..at + 3).skip(1).all(|at| self.glued(at))
            && self.tok(at + 2).is_some_and(|tok| tok.text.len() == 4);
        let before = if pair { Before::Firm } else { before };
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
            _ if pair => return None,
            _ => return Some((next, single)),
        };
        if pair && (last <= first || is_counted(self.low(next + 2))) {
            return None;
        }
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
        if let Some((next, year)) = self.spelled_year(of, false) {
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

    /// 1 to 31, perhaps with "th".
    pub(super) fn day(&self, at: usize) -> Option<(usize, i8)> {
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
        // In small letters only names that are no other word, and abbreviations beside a number.
        let beside = |at: usize| self.tok(at).is_some_and(|tok| tok.kind == Kind::Number);
        let other = ["mar", "march", "august", "aug"].contains(&tok.low.as_str());
        let dated = (beside(at + 1) && self.day(at + 1).is_some())
            || (at > 0 && (beside(at - 1) || self.is(at - 1, &["st", "nd", "rd", "th", "last"])));
        let sure = match tok.low.as_str() {
            "may" => beside(at + 1) && self.is(at + 2, &["st", "nd", "rd", "th"]),
            low if low.len() < 4 => {
                !other && (dated || self.spelled_day(at + 1).is_some() || self.spelled_date(at + 1))
            }
            low => !other && (low != "sept" || dated),
        };
        if !tok.capital() && !sure {
            return None;
        }
        // "Oct-2", "Oct2", but not the AUG-90.
        let joined = self.glued(at + 1) && beside(at + 1);
        let named = tok.text.chars().skip(1).all(char::is_lowercase);
        let day = |at| {
            self.day(at).is_some()
                || self
                    .tok(at)
                    .is_some_and(|tok| tok.number().is_some_and(|n| (1..32).contains(&n)))
        };
        let before = at > 0 && self.is(at - 1, &["(", "-", "\"", "“", "'", "/", ","]);
        if (tok.glued && at > 0 && !before)
            || (joined && !(named && day(at + 1) && !self.glued(at + 2)))
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

    /// 12 June 2023, the 12th of June, 12-14 June, the twelfth of June, 12 to 14 this month.
    pub(super) fn day_month(&self, at: usize, _: Before) -> Read {
        let start = self.skip(at, &["the"]);
        let (mut next, first) = self.day(start).or_else(|| {
            self.spelled_day(start)
                .filter(|(next, _)| self.is(*next, &["of"]))
        })?;
        let mut last = first;
        let ordinal = next > start + 1;
        if self.is(next, &["-", "to", "and", "through", "until", "till"]) {
            let second = self.day(self.skip(next + 1, &["the"]));
            (next, last) = second.unwrap_or((next, last));
        }
        if let Some((next, turned)) = self.relative_month(self.skip(next, &["of", "in"])) {
            let day = |day: i8| {
                let month = turned?;
                date(month.0.year(), month.0.month(), day)
            };
            let days = day(first).zip(day(last)).filter(|(a, b)| a <= b);
            let core = Core {
                ranged: first != last,
                ..Core::days(days, Granularity::Day)
            };
            return (ordinal || first != last).then_some((next, core));
        }
        // "16. Nov. 2016"
        let dot = self.is(next, &["."]) && self.glued(next);
        if let Some((month_end, month)) = self.month(next + 1).filter(|_| dot) {
            return self
                .of_year(month_end)
                .and_then(|_| self.dated(month_end, month, first, last));
        }
        // "from 4 to January 22"
        let from = at > 0 && self.is(at - 1, &["from", "between"]) && last == first;
        if from
            && self.is(next, &["to", "until", "till", "through", "and", "-"])
            && !ordinal
            && let Some((month_end, month)) = self.month(next + 1)
        {
            let (next, last) = self.day(month_end)?;
            return self.dated(next, month, first, last);
        }
        let (next, month) = self.month(self.skip(next, &["of"]))?;
        self.dated(next, month, first, last)
    }

    /// This, next or last month.
    fn relative_month(&self, at: usize) -> Option<(usize, Option<Days>)> {
        let count = match self.low(at) {
            "this" => 0,
            "next" => 1,
            "last" | "previous" => -1,
            _ => return None,
        };
        let next = self.phrase(at + 1, "month")?;
        Some((next, self.near(Unit::Month, count)))
    }

    /// Whether a day in words stands here with its sentence ending or a year after it.
    pub(super) fn spelled_date(&self, at: usize) -> bool {
        let at = self.skip(at, &["the"]);
        let ten = self.is(at, &["twenty", "thirty"]);
        ten && self.small_days(at).is_some()
    }

    /// "twenty two" after a month.
    fn small_days(&self, at: usize) -> Option<(usize, i8)> {
        let ten = match self.low(at) {
            "twenty" => 20,
            "thirty" => 30,
            _ => return None,
        };
        let one = small(self.low(self.skip(at + 1, &["-"]))).filter(|n| *n < 10)?;
        let next = self.skip(at + 1, &["-"]) + 1;
        let day = i8::try_from(ten + one).ok().filter(|day| *day < 32)?;
        Some((next, day))
    }

    /// Days in words after a month, where no noun follows that they could count.
    fn spelled_after(&self, at: usize) -> Option<(usize, i8)> {
        let (next, day) = self.spelled_day(at).or_else(|| self.small_days(at))?;
        let free = self.tok(next).is_none_or(|tok| tok.kind != Kind::Word)
            || self.spelled_year(next, false).is_some();
        (free && !self.is(next, &["-"])).then_some((next, day))
    }

    /// June 12, 2023; June 12-14; September the twenty-first; June between 12 and 14.
    pub(super) fn month_day(&self, at: usize, _: Before) -> Read {
        let (next, month) = self.month(at)?;
        let dashed = self.is(next, &["-", "/"]) && self.glued(next) && self.glued(next + 1);
        // "september.16th"
        let dotted = self.is(next, &["."]) && self.glued(next) && self.glued(next + 1);
        let start = if dashed || dotted { next + 1 } else { next };
        let start = self.skip(start, &["between", "from"]);
        let start = self.skip(start, &["the"]);
        let joined = || {
            let tok = self
                .tok(start)
                .filter(|tok| tok.glued && !self.glued(start + 1))?;
            let day = i8::try_from(tok.number()?).ok()?;
            (1..=31).contains(&day).then_some((start + 1, day))
        };
        let (mut next, first) = self
            .day(start)
            .or_else(joined)
            .or_else(|| self.dotted_day(start, dotted))
            .or_else(|| self.spelled_after(start))?;
        let mut last = first;
        let between = start > 0 && self.is(start - 1, &["between"]);
        if (self.is(next, &["-", "to", "through", "until"]) || (between && self.is(next, &["and"])))
            && let Some((after, day)) = self.day(self.skip(next + 1, &["the"]))
        {
            (next, last) = (after, day);
        }
        if is_counted(self.low(next)) && !self.glued(next) {
            return None;
        }
        self.dated(next, month, first, last)
    }

    fn dotted_day(&self, at: usize, dotted: bool) -> Option<(usize, i8)> {
        let day = i8::try_from(self.tok(at)?.number()?).ok()?;
        let th = self.glued(at + 1) && self.is(at + 1, &["st", "nd", "rd", "th"]);
        (dotted && th && (1..=31).contains(&day)).then_some((at + 2, day))
    }

    fn dated(&self, at: usize, month: i8, first: i8, last: i8) -> Read {
        let turn = self.of_year(at).filter(|_| !self.is(at, &["of"]));
        let old = || {
            let tok = self.tok(at).filter(|tok| tok.text.len() == 4)?;
            let year = i16::try_from(tok.number()?).ok()?;
            let noun = self.tok(at + 1).is_some_and(|tok| tok.kind == Kind::Word);
            ((1000..1900).contains(&year) && !noun).then_some((at + 1, Turn::Of(year)))
        };
        let turn = turn.or_else(old);
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

    /// 2016 November; 2016, Nov.
    fn year_month(&self, at: usize) -> Read {
        let (next, year) = self.year(at, Before::Firm)?;
        let start = self.skip(next, &[","]);
        let known = super::words::month(self.low(start))?;
        let (end, number) = self.month(start).unwrap_or((start + 1, known));
        let tok = self.tok(end);
        let word = tok.is_some_and(|tok| tok.kind == Kind::Word);
        let join = self.is(end, &["and", "to", "until", "through"]);
        let day = tok.is_some_and(|tok| tok.kind == Kind::Number && !tok.glued);
        // "In 2016, May visited", "in 2016 November 5".
        let sure = !word || join || (start == next && number != 5 && number != 3);
        (sure && !day).then(|| {
            let core = Core::days(months(year, number, 1), Granularity::Month);
            (end, core)
        })
    }

    /// May 2022, in July, the month of May.
    pub(super) fn month_year(&self, at: usize, before: Before) -> Read {
        if let Some(found) = self.year_month(at) {
            return Some(found);
        }
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
