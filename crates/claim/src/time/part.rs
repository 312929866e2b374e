//! A part of something longer: early 2023, mid-May, the end of the year, earlier this month, so far this year.

use super::calendar::{Before, Core, Read, Reader};
use super::days::{Point, Turn};
use super::relative::longest;
use super::words::{Kind, unit};
use sayso_records::Granularity;

impl Reader<'_> {
    /// What a part may hold: anything but a part.
    fn held(&self, at: usize, before: Before) -> Read {
        longest([self.flat(at, before), self.row(at)])
    }

    /// Early 2023, mid-May, the end of the year, year-end, earlier this month.
    pub(super) fn part(&self, at: usize) -> Read {
        let named = |low: &str| match low {
            "early" => Some(0),
            "mid" => Some(1),
            "late" => Some(2),
            _ => None,
        };
        let start = self.skip(at, &["the"]);
        let clear = start == 0 || !self.glued(start) || self.is(start - 1, &["(", "\"", "“"]);
        if !clear {
            return None;
        }
        if let Some(mut third) = named(self.low(start)).map(|third| (third, third)) {
            let mut next = start + 1;
            // "mid-to-late", "early to mid-"
            let to = self.skip(next, &["-"]);
            if self.is(to, &["to"]) {
                let other = self.skip(to + 1, &["-"]);
                if let Some(last) = named(self.low(other)).filter(|last| *last > third.0) {
                    third.1 = last;
                    next = other + 1;
                }
            }
            let next = self.skip(next, &["-"]);
            let inside = self.skip(next, &["in", "on"]);
            let read = self.held(inside, Before::Firm);
            let read = read.or_else(|| self.the_unit(inside).filter(|_| inside > next));
            let (next, core) = read.filter(|(_, core)| core.third.is_none())?;
            return Some((
                next,
                Core {
                    third: Some(third),
                    ..core
                },
            ));
        }
        if let Some(next) = self
            .phrase(start, "year - end")
            .or_else(|| self.phrase(start, "year ' s end"))
        {
            let (next, turn) = self.of_year(next).unwrap_or((next, Turn::This));
            let core = Core::new(Point::Months(1, 12), Granularity::Year).turned(Some(turn));
            return Some((
                next,
                Core {
                    third: Some((2, 2)),
                    ..core
                },
            ));
        }
        let third = match self.low(start) {
            "start" | "beginning" | "onset" | "opening" => (0, 0),
            "middle" => (1, 1),
            "end" | "close" => (2, 2),
            "earlier" | "later" => return self.side(start),
            "rest" | "remainder" => {
                let of = self.skip(start + 1, &["of"]);
                let whose = self.skip(of, &["my", "our", "their", "its"]);
                let mine = || unit(self.low(whose)).filter(|_| whose > of || (of > start + 1));
                let own = mine().map(|(unit, _)| {
                    let days = self.near(unit, 0);
                    (whose + 1, Core::days(days, unit.granularity()))
                });
                let (next, core) = self
                    .the_unit(of)
                    .or(own)
                    .or_else(|| self.held(of, Before::Firm))?;
                if of == start + 1 && !self.is(of, &["the", "this"]) {
                    return None;
                }
                let days = self.settle(core, Turn::Latest).zip(self.anchor);
                let days = days.map(|((first, last), anchor)| (first.max(anchor).min(last), last));
                return Some((next, Core::days(days, core.granularity)));
            }
            _ => return None,
        };
        let of = self.skip(start + 1, &["of", "-"]);
        let bare = of == start + 1;
        let read = self.held(of, if bare { Before::Loose } else { Before::Firm });
        let read = read.or_else(|| self.the_unit(of).filter(|_| !bare));
        let (next, core) = read.filter(|(_, core)| core.third.is_none())?;
        // "will start more than two weeks after" is no part.
        if bare && self.counted(of).is_some() {
            return None;
        }
        // "the start on Monday" is no part; "end 2025" and "end-May" are.
        if bare && self.tok(of).is_some_and(|tok| tok.kind == Kind::Word) && start > at {
            return None;
        }
        Some((
            next,
            Core {
                third: Some(third),
                ..core
            },
        ))
    }

    /// Earlier this year, later in May: the stretch up to or from the published day.
    fn side(&self, at: usize) -> Read {
        let inside = self.skip(at + 1, &["in", "on"]);
        let before = if inside > at + 1 {
            Before::Firm
        } else {
            Before::Loose
        };
        let read = self.held(inside, before);
        let read = read.or_else(|| self.the_unit(inside).filter(|_| inside > at + 1));
        let (next, core) = read?;
        let days = self
            .settle(core, Turn::Latest)
            .map(|(first, last)| match self.anchor {
                Some(anchor) if first <= anchor && anchor <= last => {
                    if self.low(at) == "earlier" {
                        (first, anchor)
                    } else {
                        (anchor, last)
                    }
                }
                _ => (first, last),
            });
        Some((next, Core::days(days, core.granularity)))
    }

    /// So far this year.
    pub(super) fn sofar(&self, at: usize) -> Read {
        let inside = self.phrase(at, "so far")?;
        let inside = self.skip(inside, &["in"]);
        let (next, core) = self
            .turn(inside)
            .or_else(|| self.years(inside, Before::Firm))?;
        let days = self.settle(core, Turn::Latest).zip(self.anchor);
        let days = days.map(|((first, last), anchor)| (first, last.min(anchor.max(first))));
        Some((next, Core::days(days, core.granularity)))
    }
}
