//! Days: what a time expression means, counted from the day the report was published.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use sayso_records::Granularity;

use super::words::Unit;

/// First and last day.
pub(crate) type Days = (Date, Date);

/// A stretch of the calendar, perhaps without its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    /// These days.
    Fixed(Date, Date),
    /// A month.
    Month(i8),
    /// Month, first day, last day.
    Day(i8, i8, i8),
    /// The months from the first that stand one after the other: a quarter, a half, a season.
    Months(i8, i8),
    /// Monday is 1.
    Weekday(i8),
    /// Told from something that the sentence does not give.
    Unknown,
}

/// Which of many Julys is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// The latest that is not after the published one.
    Latest,
    /// The one before, strictly.
    Last,
    /// The one of the published year or week.
    This,
    /// The one after, strictly.
    Next,
    /// The first that is not before the published one.
    Coming,
    /// The one of this year.
    Of(i16),
}

/// How far ahead a day without its year may lie; farther ones are the last that were.
const NEAR_DAYS: i32 = 92;

/// A date, where the calendar has it.
pub(crate) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// `day` moved by `count` units.
pub(crate) fn shift(day: Date, unit: Unit, count: i32) -> Option<Date> {
    if count.abs() > 3000 {
        return None;
    }
    let span: Span = match unit {
        Unit::Day => count.days(),
        Unit::Week | Unit::Weekend => count.weeks(),
        Unit::Month => count.months(),
        Unit::Quarter => (count * 3).months(),
        Unit::Year => count.years(),
        Unit::Decade => (count * 10).years(),
    };
    day.checked_add(span).ok()
}

/// `months` whole months from the first of `month`.
pub(crate) fn months(year: i16, month: i8, count: i8) -> Option<Days> {
    let first = date(year, month, 1)?;
    let last = shift(shift(first, Unit::Month, i32::from(count))?, Unit::Day, -1)?;
    Some((first, last))
}

/// The unit of the calendar that holds `day`.
pub(crate) fn around(day: Date, unit: Unit) -> Option<Days> {
    let monday = shift(
        day,
        Unit::Day,
        -i32::from(day.weekday().to_monday_zero_offset()),
    )?;
    match unit {
        Unit::Day => Some((day, day)),
        Unit::Week => Some((monday, shift(monday, Unit::Day, 6)?)),
        Unit::Weekend => Some((shift(monday, Unit::Day, 5)?, shift(monday, Unit::Day, 6)?)),
        Unit::Month => months(day.year(), day.month(), 1),
        Unit::Quarter => months(day.year(), (day.month() - 1) / 3 * 3 + 1, 3),
        Unit::Year => months(day.year(), 1, 12),
        Unit::Decade => months(day.year() - day.year() % 10, 1, 120),
    }
}

/// The weekday `number` (Monday is 1) of the week that begins on `monday`.
pub(crate) fn day_after(monday: Date, number: i8) -> Option<Days> {
    let day = shift(monday, Unit::Day, i32::from(number) - 1)?;
    Some((day, day))
}

/// The last weekend that has begun.
pub(crate) fn weekend_begun(day: Date) -> Option<Days> {
    let this = around(day, Unit::Weekend)?;
    if this.0 <= day {
        Some(this)
    } else {
        around(shift(day, Unit::Week, -1)?, Unit::Weekend)
    }
}

/// The days of `point`. `None`: the published day is needed and not known, or the calendar has no such day.
pub(crate) fn resolve(point: Point, turn: Turn, anchor: Option<Date>) -> Option<Days> {
    match point {
        Point::Fixed(first, last) => Some((first, last)),
        Point::Unknown => None,
        Point::Weekday(number) => weekday(number, turn, anchor?),
        Point::Month(month) => yearly(month, turn, anchor, &|year| months(year, month, 1)),
        Point::Months(month, count) => {
            yearly(month, turn, anchor, &|year| months(year, month, count))
        }
        Point::Day(month, first, last) => {
            let days = |year| Some((date(year, month, first)?, date(year, month, last)?));
            // A day is named without its year when it is near: "will meet on 12 November", said in September.
            if turn == Turn::Latest {
                let soon = yearly(month, Turn::Coming, anchor, &days)?;
                if soon.0 <= shift(anchor?, Unit::Day, NEAR_DAYS)? {
                    return Some(soon);
                }
            }
            yearly(month, turn, anchor, &days)
        }
    }
}

fn weekday(number: i8, turn: Turn, anchor: Date) -> Option<Days> {
    let today = anchor.weekday().to_monday_one_offset();
    let back = i32::from((today - number).rem_euclid(7));
    let ahead = i32::from((number - today).rem_euclid(7));
    let days = match turn {
        Turn::Latest | Turn::Of(_) => -back,
        Turn::Last => {
            if back == 0 {
                -7
            } else {
                -back
            }
        }
        Turn::This => i32::from(number - today),
        // "Next Friday", said on a Monday, is of the week after.
        Turn::Next => i32::from(number - today) + 7,
        Turn::Coming => ahead,
    };
    let day = shift(anchor, Unit::Day, days)?;
    Some((day, day))
}

/// Tries years outward from the published one, because 29 February is not in each.
fn yearly(
    month: i8,
    turn: Turn,
    anchor: Option<Date>,
    days: &dyn Fn(i16) -> Option<Days>,
) -> Option<Days> {
    if let Turn::Of(year) = turn {
        return days(year);
    }
    let anchor = anchor?;
    let this = anchor.year();
    let back = || (0..12).filter_map(|n| days(this + 1 - n));
    let ahead = || (0..12).filter_map(|n| days(this - 1 + n));
    match turn {
        // A day later in the published month is still of that month: compared by the month's first day.
        Turn::Latest => {
            back().find(|found| found.0.first_of_month() <= anchor && found.0.month() == month)
        }
        Turn::Last => back().find(|found| found.1 < anchor),
        Turn::Next => ahead().find(|found| found.0 > anchor),
        Turn::Coming => ahead().find(|found| found.1 >= anchor),
        // "This winter" in February began in the year before.
        Turn::This | Turn::Of(_) => ahead()
            .find(|found| found.0 <= anchor && anchor <= found.1)
            .or_else(|| days(this)),
    }
}

/// The part of `days` from third `from` to third `to` (0 early, 1 mid, 2 late).
pub(crate) fn thirds(days: Days, (from, to): (i32, i32)) -> Option<Days> {
    let (first, last) = days;
    let next = shift(last, Unit::Day, 1)?;
    let long = i32::from(next.year() - first.year()) * 12 + i32::from(next.month() - first.month());
    let whole = first.day() == 1 && next.day() == 1;
    let cut = |third: i32| -> Option<Date> {
        if third == 3 {
            return Some(next);
        }
        if whole && long == 1 {
            return shift(first, Unit::Day, 10 * third);
        }
        if whole && long % 3 == 0 {
            return shift(first, Unit::Month, long / 3 * third);
        }
        let count = first.until(next).ok()?.get_days();
        let step = count / 3;
        shift(
            first,
            Unit::Day,
            if third == 2 {
                count - step
            } else {
                step * third
            },
        )
    };
    if first == last {
        return Some(days);
    }
    Some((cut(from)?, shift(cut(to + 1)?, Unit::Day, -1)?))
}

/// The days "in recent months" reaches back.
pub(crate) fn recent(anchor: Date, unit: Unit, ahead: bool) -> Option<Days> {
    let (unit, count) = match unit {
        Unit::Day => (Unit::Day, 14),
        Unit::Week | Unit::Weekend => (Unit::Day, 60),
        Unit::Month => (Unit::Month, 6),
        Unit::Quarter => (Unit::Month, 12),
        Unit::Year => (Unit::Year, 5),
        Unit::Decade => (Unit::Year, 30),
    };
    if ahead {
        Some((anchor, shift(anchor, unit, count)?))
    } else {
        Some((shift(anchor, unit, -count)?, anchor))
    }
}

/// How fine the unit is that holds so many months.
pub(crate) fn of_months(count: i8) -> Granularity {
    match count {
        1 => Granularity::Month,
        3 => Granularity::Quarter,
        6 => Granularity::Half,
        _ => Granularity::Year,
    }
}
