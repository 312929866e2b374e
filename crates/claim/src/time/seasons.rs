//! Weekdays, seasons, quarters, halves, decades and named years.

use sayso_records::Granularity;

use super::calendar::{Before, Core, Read, Reader};
use super::days::{Point, Turn, months, of_months};
use super::words::{Kind, ordinal, season, weekday};

impl Reader<'_> {
    /// Monday; Monday, June 12; Friday (12 June). The time of day is left to the caller.
    pub(super) fn week_day(&self, at: usize, before: Before) -> Read {
        let tok = self.tok(at).filter(|tok| !tok.glued || at == 0)?;
        let number = weekday(&tok.low)?;
        let comma = self.skip(at + 1, &[",", "("]);
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
        Some((at + 1, Core::new(Point::Weekday(number), Granularity::Day)))
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
        let turn = self.of_year(next);
        if turn.is_none() && (self.is(next, &["of"]) || before == Before::Nothing || count == 6) {
            return None;
        }
        let (next, turn) = turn.map_or((next, None), |(next, turn)| (next, Some(turn)));
        let point = Point::Months((row - 1) * count + 1, count);
        Some((next, self.placed(point, turn, of_months(count))))
    }

    /// The 1990s, the '90s.
    pub(super) fn decade(&self, at: usize, _: Before) -> Read {
        let start = self.skip(self.skip(at, &["the"]), &["'"]);
        let tok = self.tok(start).filter(|tok| tok.kind == Kind::Number)?;
        let end = self.skip(start + 1, &["'"]);
        if !(self.glued(end) && self.low(end) == "s") || (tok.glued && start == at) {
            return None;
        }
        let year = match (tok.text.len(), tok.number()?) {
            (4, year @ 1800..=2100) => year,
            (2, year) if start > at => 1900 + year,
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
