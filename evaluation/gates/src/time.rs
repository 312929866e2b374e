//! Dates and date ranges: the English specifications of Microsoft's Recognizers-Text (MIT), `DateParser` and `DatePeriodParser`.
//!
//! Each gives a sentence, the day it is written on, and the value of the expression in it; exact is an interval of ours that has the
//! specification's first and last day, with nothing else read. The specifications serve a calendar assistant, so they are mapped:
//!
//! - Where they give the next such day and the last, either is right: a newspaper looks back.
//! - Their periods end on the day after, ours on the last day. Of a span between two ends the last one is theirs as a point ("from 4
//!   to 22" ends on the 22nd, "2014-2018" on 1 January 2018); ours holds the end that is named (the 22nd, all of 2018), and
//!   the published day in "earlier this year".
//! - "Two years ago" and "in two years" are that very day with them; with us the year, month or week that holds it.
//! - How much of a month is "late" is a choice, theirs a half and ours a third: right is ours where it lies inside theirs, at the same
//!   edge, and is at least two fifths of it. So is where a month's weeks begin, theirs on Mondays and ours on the 1st: right is ours
//!   where they share most days of the seven.
//! - "The next three days" begin tomorrow with them and today with us.
//! - "More than two weeks after today" gives one end, and so must ours.
//! - A season without days in the specification is three months, from March, June, September and December.
//! - A day that the calendar does not have (30 February) wants no interval. A sentence without a value wants none; in
//!   `DatePeriodParser` it wants no period, and a single day is none.
//!
//! Nothing is left out, whatever other implementations support. What we read differently on purpose ("the weekend" just past, "the next day" told
//! from something before, two decades as twenty years) or not at all ("the day", "for the 27") is wrong here. "Parts and
//! weeks as theirs" is the share without the mappings of how much is "late", of weeks and of the next days. "As they stand" is the count
//! without these mappings, but for the two resolutions and the day after.

use std::path::Path;

use jiff::{ToSpan, civil::Date};
use sayso_claim::time;
use sayso_records::{Granularity, TimeRef};
use serde::Deserialize;

use crate::{Error, Measured, Tools, tables::share};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Case {
    input: String,
    #[serde(default)]
    context: Context,
    results: Vec<Wanted>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Context {
    reference_date_time: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wanted {
    text: String,
    value: Option<Value>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "PascalCase")]
struct Value {
    timex: String,
    #[serde(default)]
    future_resolution: Days,
    #[serde(default)]
    past_resolution: Days,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Days {
    date: Option<String>,
    start_date: Option<String>,
    end_date: Option<String>,
}

/// How a value of theirs was met.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Met {
    /// Not.
    No,
    /// But for where a part, a week or the next days are said to begin.
    Alike,
    /// By the rest of the mapping.
    Mapped,
    /// As it stands.
    Plain,
}

impl Days {
    fn met(&self, wanted: &Wanted, today: &str, found: &TimeRef) -> Met {
        let timex = wanted.value.as_ref().map_or("", |v| v.timex.as_str());
        let Some(interval) = &found.interval else {
            return Met::No;
        };
        let (start, end) = (interval.start.as_deref(), interval.end.as_deref());
        if let Some(date) = &self.date {
            if start == Some(date) && end == Some(date) {
                return Met::Plain;
            }
            let coarse = matches!(
                found.granularity,
                Granularity::Week | Granularity::Month | Granularity::Year | Granularity::Decade
            );
            let counted = ["ago", "from now"].iter().any(|w| wanted.text.ends_with(w))
                || wanted.text.starts_with("in ");
            let holds = start <= Some(date) && Some(date.as_str()) <= end;
            return if coarse && counted && holds {
                Met::Mapped
            } else {
                Met::No
            };
        }
        let (first, last) = match (&self.start_date, &self.end_date) {
            (Some(first), Some(last)) => (first, last),
            (Some(first), None) if start == Some(first) && end.is_none() => return Met::Mapped,
            (None, Some(last)) if end == Some(last) && start.is_none() => return Met::Mapped,
            _ => return Met::No,
        };
        let alike = || {
            if alike(first, last, wanted, today, found) {
                Met::Alike
            } else {
                Met::No
            }
        };
        if start != Some(first) {
            return alike();
        }
        let Ok(last) = last.parse::<Date>() else {
            return Met::No;
        };
        let is = |day: Option<Date>| day.is_some_and(|day| end == Some(&day.to_string()));
        if is(last.checked_sub(1.day()).ok()) {
            return Met::Plain;
        }
        // Of "(2014-01-01,2018-01-01,P4Y)" the last end is the first day of what is named.
        let span = timex.starts_with('(') || last.to_string() == today;
        let two = [" to ", " and ", "-", "until", "till", "through"]
            .iter()
            .any(|word| wanted.text.contains(word));
        let named = is(Some(last))
            || (two && last.day() == 1 && is(Some(last.last_of_month())))
            || (two && last.day_of_year() == 1 && is(Some(last.last_of_year())))
            || (two && timex.ends_with("W)") && is(last.checked_add(6.days()).ok()));
        if span && named { Met::Mapped } else { alike() }
    }
}

/// Whether the days differ from ours by where a part or a week is said to begin, or by today.
fn alike(first: &str, last: &str, wanted: &Wanted, today: &str, found: &TimeRef) -> bool {
    let parse = |day: &str| day.parse::<Date>().ok();
    let ours = found.interval.as_ref().and_then(|i| {
        let days = (parse(i.start.as_deref()?)?, parse(i.end.as_deref()?)?);
        Some(days)
    });
    let (Some((start, end)), Some(first), Some(last)) = (ours, parse(first), parse(last)) else {
        return false;
    };
    let Ok(last) = last.checked_sub(1.day()) else {
        return false;
    };
    let text = wanted.text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.split(' ').any(|w| w == *word));
    let days = |a: Date, b: Date| a.until(b).map_or(0, |span| span.get_days() + 1);
    let share = days(start.max(first), end.min(last));
    if has(&[
        "early",
        "start",
        "beginning",
        "late",
        "end",
        "mid",
        "middle",
    ]) {
        let edge = if has(&["early", "start", "beginning"]) {
            start == first
        } else if has(&["mid", "middle"]) {
            true
        } else {
            end == last
        };
        let inside = share == days(start, end);
        return edge && inside && 5 * share >= 2 * days(first, last);
    }
    let row = has(&["first", "second", "third", "last"]) && has(&["week"]);
    if row && days(start, end) == 7 && days(first, last) == 7 {
        return share >= 4;
    }
    let tomorrow = parse(today).and_then(|day| day.checked_add(1.day()).ok());
    has(&["next"]) && Some(first) == tomorrow && Some(start) == parse(today) && end == last
}

/// Whether the interval is the season of a value like `2016-SU`; without a year, of any.
fn season(timex: &str, found: &TimeRef) -> bool {
    let (year, name) = timex.split_once('-').unwrap_or(("", timex));
    let month = match name {
        "SP" => "03-01",
        "SU" => "06-01",
        "FA" => "09-01",
        "WI" => "12-01",
        _ => return false,
    };
    let start = found.interval.as_ref().and_then(|i| i.start.as_deref());
    found.granularity == Granularity::Season
        && start.is_some_and(|start| start.starts_with(year) && start.ends_with(month))
}

/// How the case is read: the worst of its values, and `No` where there is more than it has.
fn judged(case: &Case, found: &[TimeRef], period: bool) -> Met {
    let impossible = |wanted: &Wanted| {
        let value = wanted.value.as_ref();
        value.is_some_and(|value| value.past_resolution.date.as_deref() == Some("0001-01-01"))
    };
    let known: Vec<&TimeRef> = found.iter().filter(|f| f.interval.is_some()).collect();
    if case.results.is_empty() || case.results.iter().all(impossible) {
        // "In three years" is a day with them, a year with us.
        let counted = |text: &str| {
            let units = ["years", "months", "weeks"];
            text.starts_with("in ") && units.iter().any(|unit| text.ends_with(unit))
        };
        let day = |f: &&TimeRef| {
            f.interval.as_ref().is_some_and(|i| i.start == i.end) || counted(&f.text)
        };
        let none = known.is_empty() || (period && known.iter().all(day));
        return if none { Met::Plain } else { Met::No };
    }
    if known.len() > case.results.len() {
        return Met::No;
    }
    let today = case.context.reference_date_time.as_deref();
    let today = today.and_then(|day| day.get(..10)).unwrap_or_default();
    let best = |wanted: &Wanted| {
        let Some(value) = &wanted.value else {
            return Met::No;
        };
        let days = [&value.future_resolution, &value.past_resolution];
        let met = |f: &&TimeRef| {
            let met = days.map(|days| days.met(wanted, today, f));
            if season(&value.timex, f) {
                Met::Plain
            } else {
                met[0].max(met[1])
            }
        };
        known.iter().map(met).max().unwrap_or(Met::No)
    };
    case.results.iter().map(best).min().unwrap_or(Met::No)
}

/// Share of exact values, by file and of both.
pub(crate) fn measure(_: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut out = Measured::default();
    let mut all = [0; 3];
    for name in ["DateParser", "DatePeriodParser"] {
        let path = folder.join(format!("{name}.json"));
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        let cases: Vec<Case> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|e| format!("{}: {e}", path.display()))?;
        let (mut exact, mut strict, mut plain) = (0, 0, 0);
        for case in &cases {
            let published = case.context.reference_date_time.as_deref();
            let found = time::find(&case.input, published);
            let met = judged(case, &found, name == "DatePeriodParser");
            exact += usize::from(met > Met::No);
            strict += usize::from(met > Met::Alike);
            plain += usize::from(met == Met::Plain);
            if met == Met::No {
                let wanted: Vec<String> = case
                    .results
                    .iter()
                    .map(|w| {
                        let timex = w.value.as_ref().map_or("", |v| v.timex.as_str());
                        format!("{:?} {timex}", w.text)
                    })
                    .collect();
                let read: Vec<String> = found
                    .iter()
                    .map(|f| format!("{:?} {:?}", f.text, f.interval))
                    .collect();
                out.worst.push(format!(
                    "{name} {}: {}\n    wanted {}\n    read   {}",
                    published.unwrap_or_default(),
                    case.input,
                    wanted.join(", "),
                    read.join(", ")
                ));
            }
        }
        out.tables.push_str(&format!(
            "{name}: {exact} of {} exact, {strict} with parts and weeks as theirs, {plain} as they stand\n",
            cases.len()
        ));
        all[0] += exact;
        all[1] += cases.len();
        all[2] += strict;
    }
    out.figure("exact", share(all[0], all[1]));
    out.figure("exact, parts and weeks as theirs", share(all[2], all[1]));
    Ok(out)
}
