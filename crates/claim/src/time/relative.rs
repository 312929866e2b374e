//! Expressions told from the published day: yesterday, last month, two weeks ago, in recent months, late next year.

use sayso_records::Granularity;

use super::calendar::{Before, Core, Read, Reader};
use super::days::{Days, Point, Turn, around, recent, shift, weekend_begun};
use super::words::{Unit, ordinal, season, small, unit, weekday};

/// How many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    /// So many.
    Exactly(i32),
    /// "A few".
    Some,
}

impl Reader<'_> {
    /// The longest reading of calendar words here.
    pub(super) fn core(&self, at: usize, before: Before) -> Read {
        let readings = [
            self.flat(at, before),
            self.row(at),
            self.part(at),
            self.sofar(at),
        ];
        longest(readings)
    }

    /// Without those that hold another: what a part or a row may hold, so that no sentence nests without end.
    pub(super) fn flat(&self, at: usize, before: Before) -> Read {
        longest([
            self.years(at, before),
            self.numeric(at),
            self.day_month(at, before),
            self.month_day(at, before),
            self.month_year(at, before),
            self.week_day(at, before),
            self.season(at, before),
            self.quarter(at, before),
            self.decade(at, before),
            self.named_year(at, before),
            self.named(at),
            self.turn(at),
            self.stretch(at),
            self.ago(at),
            self.counted(at),
            self.week_then_day(at),
            self.nth_weekday(at),
            self.week_number(at),
            self.bare_day(at),
        ])
    }

    pub(super) fn near(&self, unit: Unit, count: i32) -> Option<Days> {
        around(shift(self.anchor?, unit, count)?, unit)
    }

    /// Today, overnight, the day before yesterday.
    fn named(&self, at: usize) -> Read {
        if self.glued(at) && at > 0 && self.is(at - 1, &["-", "/"]) {
            return None;
        }
        let day = |next, count| {
            Some((
                next,
                Core::days(self.near(Unit::Day, count), Granularity::Day),
            ))
        };
        if let Some(next) = self.phrase(at, "the day before yesterday") {
            return day(next, -2);
        }
        if let Some(next) = self.phrase(at, "the day after tomorrow") {
            return day(next, 2);
        }
        match self.low(at) {
            "today" | "tonight" => day(at + 1, 0),
            "yesterday" => day(at + 1, -1),
            "tomorrow" => day(at + 1, 1),
            "last" if self.is(at + 1, &["night", "evening"]) => day(at + 2, -1),
            "this" if self.is(at + 1, &["morning", "afternoon", "evening"]) => day(at + 2, 0),
            "overnight" => {
                let days = self
                    .anchor
                    .and_then(|day| Some((shift(day, Unit::Day, -1)?, day)));
                Some((at + 1, Core::days(days, Granularity::Day)))
            }
            "the" if self.beyond(at).is_some() => self.beyond(at),
            "the" if self.is(at + 1, &["weekend"]) => {
                let days = self.anchor.and_then(weekend_begun);
                Some((at + 2, Core::days(days, Granularity::Week)))
            }
            _ => None,
        }
    }

    /// The week after next, the year before last.
    fn beyond(&self, at: usize) -> Read {
        let (unit, _) = unit(self.low(at + 1)).filter(|(_, plural)| !plural)?;
        let (after, count) = match self.low(at + 2) {
            "after" => ("next", 2),
            "before" => ("last", -2),
            _ => return None,
        };
        let next = self.phrase(self.skip(at + 3, &["the"]), after)?;
        Some((next, Core::days(self.near(unit, count), unit.granularity())))
    }

    /// Last month, this summer, next Tuesday, that year, the following day.
    pub(super) fn turn(&self, at: usize) -> Read {
        let the = self.skip(at, &["the"]);
        let (next, turn) = match self.low(the) {
            "this" if self.is(the + 1, &["past", "last"]) => (the + 2, Turn::Last),
            "this" if self.is(the + 1, &["coming", "next"]) => (the + 2, Turn::Next),
            "this" | "current" => (the + 1, Turn::This),
            "last" | "past" => (the + 1, Turn::Last),
            "next" | "coming" | "upcoming" => (the + 1, Turn::Next),
            "that" | "same" | "following" | "previous" | "preceding" => {
                let noun = self.skip(the + 1, &["same", "following"]);
                let (unit, plural) = unit(self.low(noun))?;
                let open = self.low(the) == "that" || the > at;
                return (open && !plural)
                    .then(|| (noun + 1, Core::new(Point::Unknown, unit.granularity())));
            }
            _ => return None,
        };
        let count = match turn {
            Turn::Last => -1,
            Turn::Next => 1,
            _ => 0,
        };
        // "the last year" is twelve months, read as a stretch; "the next day" leans on what was told before.
        if let Some((unit, false)) = unit(self.low(next)) {
            if unit == Unit::Day {
                return (the > at && count == 1)
                    .then(|| (next + 1, Core::new(Point::Unknown, Granularity::Day)));
            }
            return (the == at).then(|| {
                (
                    next + 1,
                    Core::days(self.near(unit, count), unit.granularity()),
                )
            });
        }
        if let Some(number) = weekday(self.low(next)) {
            let core = Core::new(Point::Weekday(number), Granularity::Day);
            return Some((next + 1, core.turned(Some(turn))));
        }
        if let Some(first) = season(self.low(next)) {
            let core = Core::new(Point::Months(first, 3), Granularity::Season);
            return Some((next + 1, core.turned(Some(turn))));
        }
        let (next, core) = self
            .month_day(next, Before::Nothing)
            .or_else(|| self.month_year(next, Before::Firm))?;
        Some((
            next,
            Core {
                turn: core.turn.or(Some(turn)),
                ..core
            },
        ))
    }

    /// Six, a few, a couple of.
    pub(super) fn count(&self, at: usize) -> Option<(usize, Count)> {
        for words in [
            "a couple of",
            "couple of",
            "a few",
            "few",
            "several",
            "many",
            "a number of",
        ] {
            if let Some(next) = self.phrase(at, words) {
                return Some((next, Count::Some));
            }
        }
        let tok = self.tok(at).filter(|tok| !tok.glued || at == 0)?;
        if let Some(number) = small(&tok.low) {
            let half = self.phrase(at + 1, "and a half");
            return Some((half.unwrap_or(at + 1), Count::Exactly(number)));
        }
        let number = tok.number().filter(|_| !self.glued(at + 1))?;
        Some((at + 1, Count::Exactly(number)))
    }

    pub(super) fn roughly(&self, at: usize) -> usize {
        for words in [
            "more than",
            "less than",
            "at least",
            "a little over",
            "just over",
            "just under",
        ] {
            if let Some(next) = self.phrase(at, words) {
                return next;
            }
        }
        const WORDS: [&str; 9] = [
            "about", "around", "almost", "nearly", "roughly", "some", "over", "just", "only",
        ];
        self.skip(at, &WORDS)
    }

    /// The past six months, recent weeks, the next few days.
    fn stretch(&self, at: usize) -> Read {
        let the = self.skip(at, &["the", "these"]);
        let (ahead, vague, known) = match self.low(the) {
            "past" | "last" => (false, false, true),
            "recent" => (false, true, true),
            "next" => (true, false, true),
            "coming" | "upcoming" => (true, false, true),
            "previous" | "preceding" | "following" => (false, false, false),
            _ => return None,
        };
        let (next, count) = self
            .count(self.roughly(the + 1))
            .filter(|(next, _)| unit(self.low(*next)).is_some())
            .map_or((the + 1, None), |(next, count)| (next, Some(count)));
        let (unit, plural) = unit(self.low(next))?;
        let next = next + 1;
        // "the last week of June", "the next day".
        if self.is(next, &["of"]) || (!plural && (the == at || unit == Unit::Day || vague)) {
            return None;
        }
        let vague = vague || count == Some(Count::Some) || (count.is_none() && plural);
        let granularity = if vague {
            Granularity::Vague
        } else {
            unit.granularity()
        };
        let sign = if ahead { 1 } else { -1 };
        let days = self
            .anchor
            .filter(|_| known)
            .and_then(|anchor| match count {
                Some(Count::Exactly(count)) => self.reach(unit, sign * count, self.low(next - 1)),
                None if !plural => self.reach(unit, sign, ""),
                _ => recent(anchor, unit, ahead),
            });
        Some((
            next,
            Core {
                ranged: true,
                ..Core::days(days, granularity)
            },
        ))
    }

    /// From the published day so many units on; hours are days begun.
    fn reach(&self, unit: Unit, count: i32, word: &str) -> Option<Days> {
        let anchor = self.anchor?;
        let count = if word.starts_with("hour") {
            (count + 23 * count.signum()) / 24
        } else {
            count
        };
        let far = shift(anchor, unit, count)?;
        Some((far.min(anchor), far.max(anchor)))
    }

    /// Two weeks ago; two weeks earlier, told from something before.
    fn ago(&self, at: usize) -> Read {
        let start = self.roughly(at);
        let (next, count) = match self.count(start) {
            Some(found) => found,
            // "years ago"
            None if start == at => (at, Count::Some),
            None => return None,
        };
        let (unit, plural) = unit(self.low(next))?;
        if count == Count::Some && !plural {
            return None;
        }
        let hours = self.low(next).starts_with("hour");
        let half = self.phrase(next + 1, "and a half").unwrap_or(next + 1);
        match self.low(half) {
            "ago" => {
                let days = match count {
                    Count::Exactly(count) if hours => self
                        .reach(Unit::Day, -count, "hour")
                        .map(|days| (days.0, days.0)),
                    // "Almost a decade ago" is a year or two around, not the decade of the calendar.
                    Count::Exactly(count) if unit == Unit::Decade => {
                        let year = |less| self.near(Unit::Year, -10 * count.min(100) + less);
                        year(-2).zip(year(2)).map(|(first, last)| (first.0, last.1))
                    }
                    Count::Exactly(count) => self.near(unit, count.checked_neg()?),
                    Count::Some => self.anchor.and_then(|anchor| recent(anchor, unit, false)),
                };
                let granularity = if count == Count::Some {
                    Granularity::Vague
                } else {
                    unit.granularity()
                };
                Some((half + 1, Core::days(days, granularity)))
            }
            "earlier" | "later" => Some((half + 1, Core::new(Point::Unknown, unit.granularity()))),
            _ => None,
        }
    }

    /// "The year", "the month": the one of the published day.
    pub(super) fn the_unit(&self, at: usize) -> Read {
        let next = self.skip(at, &["the"]);
        let (unit, plural) = unit(self.low(next))?;
        (next > at && !plural)
            .then(|| (next + 1, Core::days(self.near(unit, 0), unit.granularity())))
    }

    /// The first nine months of 2023, the last week of May.
    pub(super) fn row(&self, at: usize) -> Read {
        let start = self.skip(at, &["the"]);
        if let Some(found) = self.week_of(start) {
            return Some(found);
        }
        // "First week of May", as a channel writes.
        let week = self.is(start + 1, &["week"]);
        let place = ordinal(self.low(start)).filter(|_| start > at || week)?;
        let (next, count) = match self.count(start + 1) {
            Some((next, Count::Exactly(count))) => (next, count),
            Some(_) => return None,
            None => (start + 1, 1),
        };
        let (unit, plural) = unit(self.low(next))?;
        let turned = week && self.is(next + 1, &["next", "this", "last"]);
        let of = if turned {
            next + 1
        } else {
            self.phrase(next + 1, "of")?
        };
        let (next, core) = self.flat(of, Before::Firm).or_else(|| self.the_unit(of))?;
        let granularity = unit.granularity();
        let Some((first, last)) = self.settle(core, Turn::Latest) else {
            return Some((next, Core::new(Point::Unknown, granularity)));
        };
        if plural && count == 1 {
            let third = Some(if place < 0 { (2, 2) } else { (0, 0) });
            return Some((
                next,
                Core {
                    third,
                    ..Core::new(Point::Fixed(first, last), granularity)
                },
            ));
        }
        let day = |from, count, less| shift(shift(from, unit, count)?, Unit::Day, less);
        let days = if place < 0 {
            day(last, -count, 0)
                .and_then(|far| {
                    if unit == Unit::Day || unit == Unit::Week {
                        shift(far, Unit::Day, 1)
                    } else {
                        shift(shift(last, Unit::Day, 1)?, unit, -count)
                    }
                })
                .map(|from| (from, last))
        } else {
            let skipped = i32::from(place - 1);
            day(first, skipped, 0).zip(day(first, skipped + count, -1))
        };
        let days = days.map(|(from, to)| (from.max(first), to.min(last)));
        Some((
            next,
            Core {
                ranged: count > 1,
                ..Core::days(days, granularity)
            },
        ))
    }
}

impl Reader<'_> {
    /// Week of September 15, the week beginning on 4 February, month of September 16th.
    fn week_of(&self, at: usize) -> Read {
        let short = self.phrase(at, "w / c");
        let unit = match self.low(at) {
            "week" => Unit::Week,
            "month" => Unit::Month,
            _ if short.is_some() => Unit::Week,
            _ => return None,
        };
        let told = self.is(at + 1, &["of", "commencing", "starting", "beginning"]);
        let on = short.or(told.then_some(at + 2))?;
        let on = self.skip(on, &["on"]);
        let dated = self.month_day(on, Before::Firm);
        let dated = dated.or_else(|| self.day_month(on, Before::Firm));
        let (next, core) = dated.or_else(|| self.bare_day(on))?;
        let days = self
            .settle(core, Turn::Latest)
            .and_then(|days| around(days.0, unit));
        Some((next, Core::days(days, unit.granularity())))
    }
}

pub(super) fn longest<const N: usize>(readings: [Read; N]) -> Read {
    readings.into_iter().flatten().max_by_key(|(next, _)| *next)
}
