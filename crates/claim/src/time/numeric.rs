//! Dates in figures: 2023-06-12, 12.06.2023, 6/12/23, 2019-Sep-01, 06/2023, on 4/22.
//!
//! Which of two small numbers is the month: with dots the second (the European habit); else the one that can be; else the order that
//! lies in the weeks before the published day or the few days after it ([`NEAR_DAYS`]) where the other does not; else the first (the American habit).

use jiff::civil::Date;
use sayso_records::Granularity;

use super::calendar::{Core, Read, Reader};
use super::days::{Point, date, months};
use super::words::{Kind, is_counted};

/// How many days after and before its date a report is likely to be published.
const NEAR_DAYS: std::ops::RangeInclusive<i32> = -7..=31;

impl Reader<'_> {
    /// A number of at most `long` digits, with how many it has.
    fn figure(&self, at: usize, long: usize) -> Option<(i32, usize)> {
        let tok = self.tok(at).filter(|tok| tok.text.len() <= long)?;
        Some((tok.number()?, tok.text.len()))
    }

    /// Whether nothing is glued to the number before `at` that would make it part of something longer.
    fn ends_at(&self, at: usize) -> bool {
        let stop = self.tok(at).filter(|tok| tok.glued);
        stop.is_none_or(|tok| {
            let inside = self.glued(at + 1)
                && self
                    .tok(at + 1)
                    .is_some_and(|next| next.kind != Kind::Sign || tok.low == "-");
            tok.kind == Kind::Sign && !["%", "/", "-", ":"].contains(&tok.low.as_str()) && !inside
        })
    }

    /// A date in figures.
    pub(super) fn numeric(&self, at: usize) -> Read {
        let first = self.tok(at).filter(|tok| tok.kind == Kind::Number)?;
        if first.glued && at > 0 && !self.is(at - 1, &["(", "[", "\"", "“", "|"]) {
            return None;
        }
        self.full(at)
            .or_else(|| self.with_name(at))
            .or_else(|| self.month_figure(at))
            .or_else(|| self.small_pair(at))
    }

    /// Three numbers, one of them a year.
    fn full(&self, at: usize) -> Read {
        let sign = self.low(at + 1);
        let comma = self.low(at + 3) == "," && sign == "/";
        let joined = self.glued(at + 1) && self.glued(at + 2) && self.glued(at + 3);
        if !joined || !["-", "/", "."].contains(&sign) || (self.low(at + 3) != sign && !comma) {
            return None;
        }
        let end = at + 5;
        let [(a, long_a), (b, long_b), (c, long_c)] = [
            self.figure(at, 4)?,
            self.figure(at + 2, 2)?,
            self.figure(at + 4, 4)?,
        ];
        if !self.ends_at(end) || (!comma && !self.glued(at + 4)) {
            return None;
        }
        let day = match (long_a, long_b, long_c) {
            (4, _, 1 | 2) => self.day_of(a, b, c)?,
            (1 | 2, _, 4) => self.ordered(a, b, c, sign)?,
            (1 | 2, _, 2) if sign != "." => {
                self.ordered(a, b, if c < 50 { 2000 + c } else { 1900 + c }, sign)?
            }
            _ => return None,
        };
        Some((end, Core::days(Some((day, day)), Granularity::Day)))
    }

    fn day_of(&self, year: i32, month: i32, day: i32) -> Option<Date> {
        let year = i16::try_from(year)
            .ok()
            .filter(|year| (1900..=2100).contains(year))?;
        date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
    }

    /// The day of two small numbers and a year, in the order that the head of this file says.
    fn ordered(&self, a: i32, b: i32, year: i32, sign: &str) -> Option<Date> {
        let (month_first, day_first) = (self.day_of(year, a, b), self.day_of(year, b, a));
        if sign == "." {
            return day_first.or(month_first);
        }
        let near = |day: Option<Date>| {
            let gap = day.zip(self.anchor)?;
            Some(NEAR_DAYS.contains(&gap.0.until(gap.1).ok()?.get_days()))
        };
        if near(day_first) == Some(true) && near(month_first) == Some(false) {
            return day_first;
        }
        month_first.or(day_first)
    }

    /// 2019-Sep-01, 15-Oct-2023.
    fn with_name(&self, at: usize) -> Read {
        let sign = self.low(at + 1);
        let joined = (1..5).all(|step| self.glued(at + step));
        if !joined || !["-", "/"].contains(&sign) || self.low(at + 3) != sign {
            return None;
        }
        let month = super::words::month(self.low(at + 2))?;
        let (a, long) = self.figure(at, 4)?;
        let (b, _) = self.figure(at + 4, 4).filter(|_| self.ends_at(at + 5))?;
        let (year, day) = if long == 4 { (a, b) } else { (b, a) };
        let day = self.day_of(year, i32::from(month), day)?;
        Some((at + 5, Core::days(Some((day, day)), Granularity::Day)))
    }

    /// Whether a name stands before, which the figures then belong to ("Mi 8/17", "Decision 12/2021").
    fn numbered_name(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.tok(at));
        before.is_some_and(|tok| {
            let told =
                ["in", "since", "by", "from", "until", "on", "of"].contains(&tok.low.as_str());
            (tok.kind == Kind::Word && tok.capital() && !told)
                || ["no", "."].contains(&tok.low.as_str())
        })
    }

    /// 2023-06, 06/2023, 2016 / 11; 2022-23 is two years.
    fn month_figure(&self, at: usize) -> Read {
        let sign = self.low(at + 1);
        let (a, long_a) = self.figure(at, 4)?;
        let (b, long_b) = self.figure(at + 2, 4)?;
        let fits = (sign == "-" || sign == "/") && self.ends_at(at + 3);
        if !fits || self.numbered_name(at) || (is_counted(self.low(at + 3)) && !self.glued(at + 3))
        {
            return None;
        }
        let (year, month) = match (long_a, long_b) {
            (4, 1) => (a, b),
            (4, 2) if b <= a % 100 || self.low(at + 2).starts_with('0') => (a, b),
            (1 | 2, 4) => (b, a),
            _ => return None,
        };
        let year = i16::try_from(year)
            .ok()
            .filter(|year| (1900..=2100).contains(year))?;
        let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
        Some((
            at + 3,
            Core::days(Some(months(year, month, 1)?), Granularity::Month),
        ))
    }

    /// 4/22 and 22/04 where a word before tells of a day, or where they are no fraction.
    fn small_pair(&self, at: usize) -> Read {
        let sign = self.low(at + 1);
        let (a, _) = self.figure(at, 2)?;
        let (b, long) = self.figure(at + 2, 2)?;
        if !self.glued(at + 1) || !self.glued(at + 2) || !self.ends_at(at + 3) {
            return None;
        }
        let word = if at > 0 { self.low(at - 1) } else { "" };
        let told = [
            "on", "from", "to", "until", "since", "by", "before", "after",
        ]
        .contains(&word);
        let follows = self
            .tok(at + 3)
            .is_some_and(|tok| tok.kind == Kind::Word && !tok.glued);
        let follows_of = self.is(at + 3, &["of"]) || is_counted(self.low(at + 3));
        let fits = match sign {
            // "Since 9/11" is the attack, "24/7" all the time, "1/16" a fraction.
            "/" if (a, b) == (9, 11) || (a, b) == (24, 7) => false,
            "/" => (told && !follows_of) || (long == 2 && a > 1 && a.max(b) > 12 && !follows),
            "-" | "." => word == "on" && long == 2 && !follows && a.max(b) > 12,
            _ => false,
        };
        if !fits {
            return None;
        }
        let (month, day) = if a > 12 { (b, a) } else { (a, b) };
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        date(2024, month, day)?;
        Some((
            at + 3,
            Core::new(Point::Day(month, day, day), Granularity::Day),
        ))
    }
}
