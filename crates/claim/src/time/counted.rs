//! Stretches counted from a day that is named: two weeks from now, 1 month and 21 days ago, within ten days, in three weeks, three
//! days from Monday; and a day of the month alone, "on the 27th".

use jiff::civil::Date;
use sayso_records::Granularity;

use super::calendar::{Before, Core, Read, Reader};
use super::days::{Days, Turn, around, date, shift};
use super::relative::Count;
use super::words::{Kind, Unit, ordinal, unit, weekday};

/// How many units one after the other ("2 years 1 month 21 days") are read.
const MOST_PARTS: usize = 4;

/// How many words before "in ten years" may hold the "first" that makes it look back.
const RANKED: usize = 8;

/// Words that tell that what comes lies ahead.
const AHEAD: [&str; 11] = [
    "will", "shall", "would", "must", "ll", "expected", "expects", "due", "plans", "planned",
    "aims",
];

impl Reader<'_> {
    /// Units with their counts, one after the other; the token after them.
    fn units(&self, at: usize) -> Option<(usize, Vec<(i32, Unit)>)> {
        let mut out = Vec::new();
        let mut end = at;
        let mut start = at;
        while out.len() < MOST_PARTS {
            let Some((next, Count::Exactly(count))) = self.count(start) else {
                break;
            };
            let work = self.skip(next, &["business", "working"]);
            if work > next && self.is(work, &["day", "days"]) && out.is_empty() {
                // Five of seven: the days between are counted from the published one.
                let today = self
                    .anchor
                    .map_or(1, |day| i32::from(day.weekday().to_monday_one_offset()));
                let weeks = (count.min(1000) + today.min(5) - 1) / 5;
                return Some((work + 1, vec![(count.min(1000) + 2 * weeks, Unit::Day)]));
            }
            let Some((unit, _)) = unit(self.low(next)) else {
                break;
            };
            if self.low(next).starts_with("hour") {
                break;
            }
            out.push((count, unit));
            end = next + 1;
            start = self.skip(end, &[",", "and"]);
        }
        (!out.is_empty()).then_some((end, out))
    }

    fn moved(&self, from: Date, units: &[(i32, Unit)], sign: i32) -> Option<Date> {
        // Years first, so that the order in which they are said does not matter.
        let mut sorted = units.to_vec();
        sorted.sort_by_key(|(_, unit)| std::cmp::Reverse(unit.granularity()));
        sorted.into_iter().try_fold(from, |day, (count, unit)| {
            shift(day, unit, sign.checked_mul(count)?)
        })
    }

    /// Now, today, tomorrow, yesterday.
    fn origin(&self, at: usize) -> Option<(usize, Option<Date>)> {
        let step = match self.low(at) {
            "now" | "today" => 0,
            "tomorrow" => 1,
            "yesterday" => -1,
            _ => return None,
        };
        let day = self.anchor.and_then(|day| shift(day, Unit::Day, step));
        Some((at + 1, day))
    }

    /// Two weeks from now, two days before yesterday, 1 month 21 days ago, within 5 days, in three weeks.
    pub(super) fn counted(&self, at: usize) -> Read {
        let inside = self.is(at, &["within"]) || self.phrase(at, "less than").is_some();
        let start = match self.low(at) {
            "within" => self.skip(self.roughly(at + 1), &["the"]),
            _ => self.roughly(at),
        };
        let start = if inside {
            self.skip(start, &["next", "upcoming", "coming"])
        } else {
            start
        };
        if let Some(found) = self.weekdays_on(start) {
            return Some(found);
        }
        let (next, units) = self.units(start)?;
        let hour = |days: Option<Days>, granularity| Core::days(days, granularity);
        let fine = units.iter().map(|(_, unit)| unit.granularity()).min()?;
        let sole = units.len() == 1;
        let sign = match self.low(next) {
            "from" | "after" => 1,
            "before" => -1,
            "ago" if !sole => {
                let day = self.anchor.and_then(|day| self.moved(day, &units, -1));
                return Some((next + 1, hour(day.map(|day| (day, day)), fine)));
            }
            "ago" => return None,
            _ if inside && self.lies_ahead(at) && self.is(at, &["within"]) => {
                let days = self
                    .anchor
                    .and_then(|day| Some((day, self.moved(day, &units, 1)?)));
                let core = Core {
                    ranged: true,
                    ..hour(days, fine)
                };
                return Some((next, core));
            }
            _ => return None,
        };
        let (end, origin) = self.origin(next + 1)?;
        let far = origin.and_then(|day| self.moved(day, &units, sign));
        let now = self.is(next + 1, &["now"]);
        let days = if inside {
            origin.zip(far).map(|(a, b)| (a.min(b), a.max(b)))
        } else if let (Some((_, unit)), true) = (units.first(), now && sole) {
            far.and_then(|far| around(far, *unit))
        } else {
            far.map(|far| (far, far))
        };
        let core = Core {
            ranged: inside,
            ..hour(
                days,
                if inside || now {
                    fine
                } else {
                    Granularity::Day
                },
            )
        };
        Some((end, core))
    }

    /// "Two Sundays from now".
    fn weekdays_on(&self, at: usize) -> Read {
        let (next, count) = self.count(at)?;
        let Count::Exactly(count) = count else {
            return None;
        };
        let low = self.low(next);
        let number = weekday(low.strip_suffix('s').unwrap_or(low))?;
        let end = self
            .phrase(next + 1, "from now")
            .or_else(|| self.phrase(next + 1, "later").filter(|_| count > 1))?;
        let day = self.anchor.and_then(|anchor| {
            let today = anchor.weekday().to_monday_one_offset();
            let first = match i32::from((number - today).rem_euclid(7)) {
                0 => 7,
                days => days,
            };
            shift(anchor, Unit::Day, first + 7 * (count.min(500) - 1))
        });
        Some((end, Core::days(day.map(|day| (day, day)), Granularity::Day)))
    }

    /// "In three weeks", where the sentence looks ahead; without, they may be how long it took. As coarse as its unit: "in two years"
    /// is a year, as "two years ago" is.
    pub(super) fn in_units(&self, at: usize) -> Read {
        let start = self.phrase(at, "in").filter(|_| self.lies_ahead(at))?;
        let (next, units) = self.units(start)?;
        // "in two weeks of fighting"; "the first sale in ten years" looks back.
        let ranks = |low: &str| low.ends_with("est") || low == "time" || ordinal(low).is_some();
        let back = (at.saturating_sub(RANKED)..at).any(|at| ranks(self.low(at)));
        if back || self.is(next, &["of", "from", "after", "before", "'"]) {
            return None;
        }
        let far = self.anchor.and_then(|day| self.moved(day, &units, 1));
        let unit = units
            .iter()
            .map(|(_, unit)| *unit)
            .min_by_key(|unit| unit.granularity())?;
        let days = far.and_then(|far| around(far, unit));
        Some((next, Core::days(days, unit.granularity())))
    }

    /// Whether a word before tells of what lies ahead.
    fn lies_ahead(&self, at: usize) -> bool {
        self.ahead.is_some_and(|ahead| ahead < at)
    }

    /// "For three days from Monday", "2 weeks starting May 20th": the days.
    pub(super) fn lasting(&self, at: usize) -> Read {
        let long = self.skip(at, &["for"]);
        let (next, units) = self.units(long)?;
        let start = self.skip(next, &[","]);
        let told =
            self.is(start, &["starting", "beginning"]) || (long > at && self.is(start, &["from"]));
        let start = told.then(|| self.skip(start + 1, &["from", "on"]))?;
        let (next, core) = self.flat(start, Before::Firm)?;
        if core.granularity != Granularity::Day || core.ranged {
            return None;
        }
        let first = self.settle(core, Turn::Coming).map(|days| days.0);
        let last = first
            .and_then(|day| self.moved(day, &units, 1))
            .and_then(|day| shift(day, Unit::Day, -1));
        let core = Core {
            ranged: true,
            ..Core::days(first.zip(last), Granularity::Day)
        };
        Some((next, core))
    }

    /// "On the 27th": the last such day; no noun may follow ("the 27th Brigade").
    pub(super) fn bare_day(&self, at: usize) -> Read {
        const BEFORE: [&str; 8] = ["on", "by", "until", "since", "for", "before", "after", "of"];
        let start = self.phrase(at, "the")?;
        let told = at > 0 && self.is(at - 1, &BEFORE);
        let compound = || {
            self.spelled_day(start)
                .filter(|(next, _)| *next > start + 1)
        };
        let (next, day) = self
            .day(start)
            .filter(|(next, _)| *next > start + 1)
            .or_else(compound)
            .filter(|_| told)?;
        if self
            .tok(next)
            .is_some_and(|tok| tok.kind != Kind::Sign || tok.low == "-")
        {
            return None;
        }
        let found = self.anchor.and_then(|anchor| {
            let first = anchor.first_of_month();
            (0..3).find_map(|back| {
                let month = shift(first, Unit::Month, -back)?;
                date(month.year(), month.month(), day).filter(|day| *day <= anchor)
            })
        });
        Some((
            next,
            Core::days(found.map(|day| (day, day)), Granularity::Day),
        ))
    }
}

/// Where the first word stands that tells of what lies ahead.
pub(super) fn ahead(toks: &[super::words::Tok<'_>]) -> Option<usize> {
    toks.iter()
        .position(|tok| AHEAD.contains(&tok.low.as_str()))
}
