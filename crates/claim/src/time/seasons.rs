//! Weekdays, seasons, quarters, halves, decades and named years.

use sayso_records::Granularity;

use super::calendar::{Before, Core, Read, Reader};
use super::days::{Days, Point, Turn, around, date, day_after, months, of_months, shift};
use super::words::{Kind, Unit, ordinal, season, weekday, weekday_short};
use jiff::civil::Date;

impl Reader<'_> {
    /// Monday; Monday, June 12; Friday (12 June); Friday the 15th; Friday next week. The time of day is left to the caller.
    pub(super) fn week_day(&self, at: usize, before: Before) -> Read {
        let tok = self.tok(at)?;
        if tok.glued && at > 0 && !self.is(at - 1, &["(", "\"", "“", "|"]) {
            return None;
        }
        let full = weekday(&tok.low);
        let number = full.or_else(|| weekday_short(&tok.low))?;
        let comma = self.skip(
            at + 1,
            if full.is_some() {
                &[",", "("]
            } else {
                &[",", "."]
            },
        );
        let comma = self.skip(comma, &[","]);
        let dated = self
            .day_month(comma, before)
            .or_else(|| self.month_day(comma, before));
        if let Some((next, core)) = dated.filter(|(_, core)| !core.ranged) {
            return Some((
                if self.is(at + 1, &["("]) {
                    self.skip(next, &[")"])
                } else {
                    next
                },
                core,
            ));
        }
        full?;
        // "A second Sunday" is no day.
        if at > 0 && self.low(at - 1) != "last" && ordinal(self.low(at - 1)).is_some() {
            return None;
        }
        if let Some((next, day)) = self.numbered(comma, number) {
            return Some((next, Core::days(day, Granularity::Day)));
        }
        if let Some((next, monday)) = self.week_turn(self.skip(at + 1, &["of"])) {
            let day = monday.and_then(|monday| day_after(monday, number));
            return Some((next, Core::days(day, Granularity::Day)));
        }
        Some((at + 1, Core::new(Point::Weekday(number), Granularity::Day)))
    }

    /// "The 15th" after a weekday: the nearest month in which it is one, the published first, then those before.
    fn numbered(&self, at: usize, weekday: i8) -> Option<(usize, Option<Days>)> {
        let start = self.phrase(at, "the")?;
        let (next, day) = self
            .day(start)
            .filter(|(next, _)| *next > start + 1)
            .or_else(|| self.spelled_day(start))?;
        // "On Tuesday the first tanks arrived"; "on Tuesday the 3rd Brigade".
        const AFTER: [&str; 7] = ["and", "or", "to", "until", "till", "through", "at"];
        let noun = self.tok(next).is_some_and(|tok| tok.kind == Kind::Word);
        if noun && !self.is(next, &AFTER) {
            return None;
        }
        let found = self.anchor.and_then(|anchor| {
            let first = anchor.first_of_month();
            [0, -1, 1, -2, -3, -4, -5, -6].into_iter().find_map(|step| {
                let month = shift(first, Unit::Month, step)?;
                date(month.year(), month.month(), day)
                    .filter(|day| day.weekday().to_monday_one_offset() == weekday)
            })
        });
        Some((next, found.map(|day| (day, day))))
    }

    /// The Monday of this, next or last week.
    fn week_turn(&self, at: usize) -> Option<(usize, Option<Date>)> {
        let count = match self.low(at) {
            "this" => 0,
            "next" => 1,
            "last" => -1,
            _ => return None,
        };
        let next = self
            .phrase(at + 1, "week")
            .filter(|next| !self.is(*next, &["of", "'"]))?;
        Some((next, self.near(Unit::Week, count).map(|week| week.0)))
    }

    /// This week Friday, next week on Friday, next week between Wednesday and Friday.
    pub(super) fn week_then_day(&self, at: usize) -> Read {
        let (next, monday) = self.week_turn(at)?;
        let pair = self.is(next, &["between", "from"]);
        let start = self.skip(next, &["on", "between", "from"]);
        let named = |at: usize| {
            weekday(self.low(at)).or_else(|| weekday_short(self.low(at)).filter(|_| pair))
        };
        let first = named(start)?;
        let end = self.skip(start + 1, &["and", "to", "through", "until", "-"]);
        let last = named(end).filter(|last| pair && end > start + 1 && *last > first);
        let next = if last.is_some() { end + 1 } else { start + 1 };
        let days = monday.and_then(|monday| {
            Some((
                day_after(monday, first)?.0,
                day_after(monday, last.unwrap_or(first))?.0,
            ))
        });
        let core = Core {
            ranged: last.is_some(),
            ..Core::days(days, Granularity::Day)
        };
        Some((next, core))
    }

    /// The first Friday of July, the third Wednesday of last month.
    pub(super) fn nth_weekday(&self, at: usize) -> Read {
        let start = self.phrase(at, "the")?;
        let place = i32::from(ordinal(self.low(start))?);
        let number = weekday(self.low(start + 1))?;
        let of = self.is(start + 2, &["of", "in"]).then_some(start + 3)?;
        let (next, days) = if self.is(of, &["previous"]) && self.is(of + 1, &["month"]) {
            (of + 2, self.near(Unit::Month, -1))
        } else {
            let (next, core) = self
                .month_year(of, Before::Firm)
                .or_else(|| self.turn(of))
                .filter(|(_, core)| core.granularity == Granularity::Month)?;
            (next, self.settle(core, Turn::Latest))
        };
        let day = days.and_then(|(first, last)| {
            let edge = if place < 0 { last } else { first };
            let today = edge.weekday().to_monday_one_offset();
            let steps = if place < 0 {
                -i32::from((today - number).rem_euclid(7))
            } else {
                i32::from((number - today).rem_euclid(7)) + 7 * (place - 1)
            };
            shift(edge, Unit::Day, steps).filter(|day| first <= *day && *day <= last)
        });
        Some((
            next,
            Core::days(day.map(|day| (day, day)), Granularity::Day),
        ))
    }

    /// Week 31, of the published year: weeks begin on Monday, and the first holds 4 January.
    pub(super) fn week_number(&self, at: usize) -> Read {
        let number = self.tok(at + 1).filter(|_| self.is(at, &["week"]))?;
        let week = number
            .number()
            .filter(|n| (1..=53).contains(n) && !self.glued(at + 1))?;
        if self.glued(at + 2) && self.is(at + 2, &[":", "-", "/", "."]) && self.glued(at + 3) {
            return None;
        }
        // "Week 10 of the war".
        let (next, year) = match self.is(at + 2, &["of"]) {
            true => self
                .year(at + 3, Before::Firm)
                .map(|(next, year)| (next, Some(year)))?,
            false => (at + 2, self.anchor.map(Date::year)),
        };
        let days = year.and_then(|year| {
            let first = around(date(year, 1, 4)?, Unit::Week)?.0;
            around(shift(first, Unit::Week, week - 1)?, Unit::Week)
        });
        Some((next, Core::days(days, Granularity::Week)))
    }

    /// Summer 2023, the winter of 2022-23, in the spring.
    pub(super) fn season(&self, at: usize, before: Before) -> Read {
        let start = self.skip(at, &["the"]);
        let first = season(self.low(start)).filter(|_| !self.glued(start) || start == 0)?;
        let core = |turn| self.placed(Point::Months(first, 3), turn, Granularity::Season);
        let of = self.skip(start + 1, &["of"]);
        if let Some((next, years)) = self.years(of, Before::Firm)
            && let Point::Fixed(year, _) = years.point
        {
            return Some((next, core(Some(Turn::Of(year.year())))));
        }
        if let Some((next, turn)) = self
            .of_year(start + 1)
            .filter(|_| !self.is(start + 1, &[","]))
        {
            return Some((next, core(Some(turn))));
        }
        // "the fall of Kabul", "fall short", "spring up".
        let sure = start > at || !self.is(start, &["fall"]);
        (before == Before::Firm && of == start + 1 && sure).then(|| (start + 1, core(None)))
    }

    /// Q3 2023, the third quarter, the first half of last year, H1.
    pub(super) fn quarter(&self, at: usize, before: Before) -> Read {
        // "2016 Q3", "2016 the third quarter"
        let ahead = self.lead_year(at);
        let at = ahead.map_or(at, |(next, _)| next);
        let start = self.skip(at, &["the"]);
        let (next, row, count) = if self.is(start, &["q", "h"]) {
            let count = if self.low(start) == "q" { 3 } else { 6 };
            let row = self.tok(start + 1).filter(|tok| tok.glued)?.number()?;
            (
                start + 2,
                i8::try_from(row)
                    .ok()
                    .filter(|row| (1..=12 / count).contains(row))?,
                count,
            )
        } else {
            let row = ordinal(self.low(start))?;
            let noun = self.skip(start + 1, &["-"]);
            let count = match self.low(noun) {
                "quarter" => 3,
                "half" => 6,
                _ => return None,
            };
            (noun + 1, if row < 0 { 12 / count } else { row }, count)
        };
        if row > 12 / count {
            return None;
        }
        let turn = ahead
            .map(|(_, year)| (next, Turn::Of(year)))
            .or_else(|| self.of_year(next));
        if turn.is_none() && (self.is(next, &["of"]) || before == Before::Nothing || count == 6) {
            return None;
        }
        let (next, turn) = turn.map_or((next, None), |(next, turn)| (next, Some(turn)));
        let point = Point::Months((row - 1) * count + 1, count);
        Some((next, self.placed(point, turn, of_months(count))))
    }

    /// The year before "Q3" or "the third quarter", glued or not.
    fn lead_year(&self, at: usize) -> Option<(usize, i16)> {
        let tok = self
            .tok(at)
            .filter(|tok| tok.text.len() == 4 && (!tok.glued || at == 0))?;
        let year = i16::try_from(tok.number()?).ok()?;
        let quarter = self.is(at + 1, &["q", "h"]) || (self.is(at + 1, &["the"]));
        (quarter && (1900..=2100).contains(&year)).then_some((at + 1, year))
    }

    /// The 1990s, the '90s.
    pub(super) fn decade(&self, at: usize, _: Before) -> Read {
        if let Some(found) = self.spelled_decade(at) {
            return Some(found);
        }
        let start = self.skip(self.skip(at, &["the"]), &["'"]);
        let tok = self.tok(start).filter(|tok| tok.kind == Kind::Number)?;
        let end = self.skip(start + 1, &["'"]);
        if !(self.glued(end) && self.low(end) == "s") || (tok.glued && start == at) {
            return None;
        }
        let year = match (tok.text.len(), tok.number()?) {
            (4, year @ 1800..=2100) => year,
            (2, year) if start > at || (at > 0 && self.is(at - 1, &["in"])) => {
                if year > 20 {
                    1900 + year
                } else {
                    2000 + year
                }
            }
            _ => return None,
        };
        let year = i16::try_from(year).ok().filter(|year| year % 10 == 0)?;
        Some((
            end + 1,
            Core::days(months(year, 1, 120), Granularity::Decade),
        ))
    }

    /// Fiscal year 2023, FY2023, the year 2022.
    pub(super) fn named_year(&self, at: usize, _: Before) -> Read {
        let start = self.skip(at, &["the"]);
        let noun = self.skip(start, &["fiscal", "financial", "calendar", "marketing"]);
        if self.is(noun, &["year"]) {
            if let Some((next, year)) = self.spelled_year(noun + 1, true) {
                return Some((next, Core::days(months(year, 1, 12), Granularity::Year)));
            }
            return self.years(noun + 1, Before::Firm);
        }
        let year = self.tok(start + 1).filter(|_| self.is(start, &["fy"]))?;
        let number = match (year.text.len(), year.number()?) {
            (4, number @ 1900..=2100) => number,
            (2, number) => 2000 + number,
            _ => return None,
        };
        Some((
            start + 2,
            Core::days(
                months(i16::try_from(number).ok()?, 1, 12),
                Granularity::Year,
            ),
        ))
    }
}
