//! One expression with the words that belong to it: adverb, preposition, calendar words, the other end of a range.

use jiff::civil::Date;
use sayso_records::{Granularity, Interval};

use super::calendar::{Before, Core, Read, Reader};
use super::days::{Days, Point, Turn, resolve, shift, thirds};
use super::words::Unit;

/// What a preposition makes of the days after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// Those days.
    At,
    /// Up to their last.
    By,
    /// Up to their last, said of a state.
    Until,
    /// From their first to the published day.
    Since,
    /// From their first on.
    From,
    /// Up to the day before their first.
    Before,
    /// From the day after their last.
    After,
}

/// An expression's days.
pub(super) struct Found {
    pub(super) interval: Option<Interval>,
    pub(super) granularity: Granularity,
}

/// Prepositions, longest first: what they mean, and how surely a year follows.
const PREPOSITIONS: [(&str, Relation, Before); 36] = [
    ("no later than", Relation::By, Before::Firm),
    ("not later than", Relation::By, Before::Firm),
    ("starting in", Relation::From, Before::Firm),
    ("starting on", Relation::From, Before::Firm),
    ("starting from", Relation::From, Before::Firm),
    ("beginning in", Relation::From, Before::Firm),
    ("beginning on", Relation::From, Before::Firm),
    ("ever since", Relation::Since, Before::Firm),
    ("prior to", Relation::Before, Before::Loose),
    ("ahead of", Relation::Before, Before::Nothing),
    ("up until", Relation::Until, Before::Firm),
    ("up to", Relation::Until, Before::Nothing),
    ("as of", Relation::At, Before::Loose),
    ("in", Relation::At, Before::Firm),
    ("during", Relation::At, Before::Firm),
    ("throughout", Relation::At, Before::Firm),
    ("on", Relation::At, Before::Nothing),
    ("at", Relation::At, Before::Nothing),
    ("over", Relation::At, Before::Nothing),
    ("within", Relation::At, Before::Nothing),
    ("for", Relation::At, Before::Loose),
    ("by", Relation::By, Before::Loose),
    ("through", Relation::By, Before::Loose),
    ("until", Relation::Until, Before::Firm),
    ("till", Relation::Until, Before::Firm),
    ("since", Relation::Since, Before::Firm),
    ("from", Relation::From, Before::Loose),
    ("between", Relation::From, Before::Loose),
    ("before", Relation::Before, Before::Loose),
    ("after", Relation::After, Before::Loose),
    ("circa", Relation::At, Before::Loose),
    ("around", Relation::At, Before::Nothing),
    ("about", Relation::At, Before::Nothing),
    ("starting", Relation::From, Before::Nothing),
    ("beginning", Relation::From, Before::Nothing),
    ("of", Relation::At, Before::Loose),
];

/// Adverbs that stand before the preposition and belong to the expression.
const ADVERBS: [&str; 7] = [
    "as far back as",
    "as recently as",
    "as early as",
    "as late as",
    "way back",
    "back",
    "sometime",
];

/// "a total of 2000" counts.
const COUNTING: [&str; 22] = [
    "total",
    "number",
    "average",
    "maximum",
    "minimum",
    "some",
    "force",
    "group",
    "batch",
    "fleet",
    "stock",
    "stockpile",
    "price",
    "cost",
    "value",
    "rate",
    "range",
    "order",
    "capacity",
    "weight",
    "distance",
    "shipment",
];

impl Reader<'_> {
    /// The days of a core with its third. `None`: not known.
    pub(super) fn settle(&self, core: Core, turn: Turn) -> Option<Days> {
        let days = resolve(core.point, core.turn.unwrap_or(turn), self.anchor)?;
        core.third.map_or(Some(days), |third| thirds(days, third))
    }

    /// The expression that begins at token `at`, with the token after it. `lent`: the token after the last expression.
    pub(super) fn expression(&self, at: usize, lent: Option<usize>) -> Option<(usize, Found)> {
        let from = self.skip(at, &["back", "sometime"]);
        let whole = self.lasting(from).or_else(|| self.in_units(from));
        let whole = whole.or_else(|| self.counted(from).filter(|_| self.is(from, &["within"])));
        let whole = whole.or_else(|| self.since_now(from));
        if let Some((next, core)) = whole {
            return Some((next, self.related(core, Relation::At)));
        }
        // "More than two weeks before today" is open to the one side.
        if let Some((next, core)) = self
            .phrase(from, "more than")
            .and_then(|_| self.counted(from))
        {
            let back = (from..next).any(|at| self.is(at, &["before", "ago"]));
            let relation = if back {
                Relation::Until
            } else {
                Relation::From
            };
            return Some((next, self.related(core, relation)));
        }
        let found = self.told(at, lent, true);
        // "beginning of next week"
        found.or_else(|| {
            self.told(at, lent, false)
                .filter(|_| self.is(at, &["beginning"]))
        })
    }

    /// Between now and 15 November, from now until then.
    fn since_now(&self, at: usize) -> Read {
        let now = self.is(at, &["between", "from"]) && self.is(at + 1, &["now"]);
        let join = now && self.is(at + 2, &["and", "to", "until", "till", "through"]);
        let (next, core) = self.core(at + 3, Before::Firm).filter(|_| join)?;
        let last = self.settle(core, Turn::Coming);
        let days = self.anchor.zip(last).map(|(anchor, last)| (anchor, last.1));
        let days = days.filter(|(first, last)| first <= last);
        Some((
            next,
            Core {
                ranged: true,
                ..Core::days(days, core.granularity)
            },
        ))
    }

    /// The expression read with its preposition, or as if there were none.
    fn told(&self, at: usize, lent: Option<usize>, prepositions: bool) -> Option<(usize, Found)> {
        let start = ADVERBS
            .iter()
            .find_map(|words| self.phrase(at, words))
            .unwrap_or(at);
        let said =
            PREPOSITIONS
                .iter()
                .filter(|_| prepositions)
                .find_map(|(words, relation, before)| {
                    Some((self.phrase(start, words)?, *relation, *before))
                });
        let (mut inner, relation, mut before) =
            said.unwrap_or((start, Relation::At, Before::Nothing));
        // "of" only tells that a year or a month follows: it is not part of the expression.
        if said.is_some() && self.low(inner - 1) == "of" && inner == start + 1 {
            return None;
        }
        if start > at && before == Before::Loose {
            before = Before::Firm;
        }
        if said.is_none() {
            before = self.lent(start, lent);
            // "as early as 2025", "back to 2014".
            if start > at && self.low(at) == "as" {
                before = Before::Loose;
            }
        } else if relation == Relation::At {
            inner = self.skip(inner, &["about", "around", "circa", "sometime"]);
        }
        if self.low(inner) == "early" || self.low(inner) == "late" || self.low(inner) == "mid" {
            before = Before::Firm;
        }
        let told = if before == Before::Nothing && said.is_some() {
            Before::Firm
        } else {
            before
        };
        let (next, core) = self.inner(inner, before, told)?;
        let (next, found) = self.ends(next, core, relation, self.low(inner.saturating_sub(1)))?;
        Some((self.trail(next, found.granularity), found))
    }

    /// Reads the calendar words after a preposition that tells of months ("on May") but not of bare years ("on 2000").
    fn inner(&self, at: usize, before: Before, told: Before) -> Read {
        let bare = before == Before::Nothing && self.year(at, Before::Firm).is_some();
        // "for 2000" is money more often than a year long gone.
        let old = self.low(at.saturating_sub(1)) == "for"
            && self
                .year(at, Before::Firm)
                .is_some_and(|(_, year)| !(2010..2061).contains(&year));
        if old {
            return None;
        }
        // A year alone needs a word that tells; "2016 Q3" and "2014-2018" tell themselves.
        self.core(at, told)
            .filter(|(next, _)| !bare || *next > at + 1)
    }

    /// What an earlier expression or an "of" before lends.
    fn lent(&self, at: usize, lent: Option<usize>) -> Before {
        if at == 0 {
            return Before::Nothing;
        }
        let joined = self.is(at - 1, &["and", "or", ",", "to", "than", "&"]);
        if joined
            && lent.is_some_and(|end| end + 1 == at || (end + 2 == at && self.is(end, &[","])))
        {
            return Before::Firm;
        }
        match self.low(at - 1) {
            "of" if at > 1 && self.is(at - 2, &COUNTING) => Before::Nothing,
            "of" => Before::Loose,
            _ => Before::Nothing,
        }
    }

    /// Reads the other end of a range where there is one, and applies the relation.
    fn ends(
        &self,
        at: usize,
        core: Core,
        relation: Relation,
        word: &str,
    ) -> Option<(usize, Found)> {
        let pair = relation == Relation::From && (word == "between" || word == "from");
        let free = matches!(relation, Relation::At | Relation::Since) || pair;
        if free
            && !core.ranged
            && let Some((next, last)) = self.other_end(at, core, word)
        {
            return Some((next, self.joined(core, last)));
        }
        // "between" with one end is no time.
        if word == "between" && !core.ranged {
            return None;
        }
        let relation = if core.ranged && relation == Relation::From {
            Relation::At
        } else {
            relation
        };
        Some((at, self.related(core, relation)))
    }

    /// The token after the second end, and the second end.
    fn other_end(&self, at: usize, first: Core, word: &str) -> Option<(usize, Core)> {
        let between = word == "between";
        let plain = word != "from" && !between;
        let joined = self.is(at, &["and"]) && plain;
        let fits = match self.low(at) {
            "and" => word != "from",
            "through" => true,
            "to" | "until" | "till" => !between,
            "-" => true,
            _ => return None,
        };
        if !fits {
            return None;
        }
        if !plain && !joined && self.is(at + 1, &["now", "present", "today"]) {
            return Some((at + 2, self.now()));
        }
        if let Some(next) = self.phrase(at + 1, "the present").filter(|_| !plain) {
            return Some((next, self.now()));
        }
        let from = if self.is(at, &["until"]) {
            at + 1
        } else {
            self.skip(at + 1, &["until"])
        };
        let (next, last) = self
            .core(from, Before::Firm)
            .filter(|(_, core)| !core.ranged)?;
        // Ends of a plain range are of one sort: "in 2022 to Monday" is not one.
        if plain && first.granularity != last.granularity {
            return None;
        }
        if joined {
            let (days, next_days) = self.pair(first, last)?;
            if shift(days.1, Unit::Day, 1) != Some(next_days.0) {
                return None;
            }
        }
        Some((next, last))
    }

    fn now(&self) -> Core {
        Core::days(self.anchor.map(|day| (day, day)), Granularity::Day)
    }

    /// Both ends; a year said once stands for both.
    fn pair(&self, first: Core, last: Core) -> Option<(Days, Days)> {
        let end = self.settle(last, Turn::Latest)?;
        let loose =
            first.turn.is_none() && !matches!(first.point, Point::Fixed(..) | Point::Unknown);
        let start = if !loose {
            self.settle(first, Turn::Latest)?
        } else if let Point::Weekday(_) = first.point {
            resolve(first.point, Turn::Latest, Some(end.0))?
        } else {
            let year = end.0.year();
            let near = self.settle(first.turned(Some(Turn::Of(year))), Turn::Latest)?;
            if near.0 <= end.1 {
                near
            } else {
                self.settle(first.turned(Some(Turn::Of(year - 1))), Turn::Latest)?
            }
        };
        // "from June 2023 to March": the first end gives the year.
        if end.1 < start.0 && last.turn.is_none() {
            let later = resolve(last.point, Turn::Coming, Some(start.0))?;
            let later = last
                .third
                .map_or(Some(later), |third| thirds(later, third))?;
            return Some((start, later));
        }
        Some((start, end))
    }

    fn joined(&self, first: Core, last: Core) -> Found {
        let days = self
            .pair(first, last)
            .filter(|(start, end)| start.0 <= end.1);
        Found {
            interval: days.map(|(start, end)| closed(start.0, end.1)),
            granularity: first.granularity.max(last.granularity),
        }
    }

    fn related(&self, core: Core, relation: Relation) -> Found {
        let turn = match relation {
            Relation::By | Relation::Until => Turn::Coming,
            _ => Turn::Latest,
        };
        let day = |date: Date, step| shift(date, Unit::Day, step);
        let interval = self.settle(core, turn).map(|(first, last)| match relation {
            Relation::At => closed(first, last),
            Relation::By | Relation::Until => open(None, Some(last)),
            Relation::Since => open(Some(first), self.anchor.map(|anchor| anchor.max(first))),
            Relation::From => open(Some(first), None),
            Relation::Before => open(None, day(first, -1)),
            Relation::After => open(day(last, 1), None),
        });
        Found {
            interval,
            granularity: core.granularity,
        }
    }

    /// Words after a day or a year that belong to it: "Monday morning", "2026 onwards".
    fn trail(&self, at: usize, granularity: Granularity) -> usize {
        const PARTS: [&str; 8] = [
            "morning",
            "afternoon",
            "evening",
            "night",
            "nights",
            "mornings",
            "noon",
            "midnight",
        ];
        let at = if granularity == Granularity::Day {
            self.skip(at, &PARTS)
        } else {
            at
        };
        self.skip(at, &["onwards", "onward"])
    }
}

fn open(start: Option<Date>, end: Option<Date>) -> Interval {
    Interval {
        start: start.map(|day| day.to_string()),
        end: end.map(|day| day.to_string()),
    }
}

fn closed(first: Date, last: Date) -> Interval {
    open(Some(first), Some(last))
}
