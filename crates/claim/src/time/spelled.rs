//! Years, days and decades in words: nineteen seventy-eight, two thousand and eighteen, the twenty-first, the nineties.

use sayso_records::Granularity;

use super::calendar::{Core, Read, Reader};
use super::days::months;
use super::words::{Kind, is_counted, small};

/// The tens.
fn tens(low: &str) -> Option<i32> {
    small(low).filter(|n| *n >= 20 && n % 10 == 0)
}

/// A day's place in its month, first to thirtieth.
fn place(low: &str) -> Option<i32> {
    const PLACES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if low == "thirtieth" {
        return Some(30);
    }
    let at = PLACES.iter().position(|word| *word == low)?;
    i32::try_from(at + 1).ok()
}

/// The decade's first year of its century.
fn plural_tens(low: &str) -> Option<i32> {
    Some(match low {
        "tens" => 10,
        "twenties" => 20,
        "thirties" => 30,
        "forties" => 40,
        "fifties" => 50,
        "sixties" => 60,
        "seventies" => 70,
        "eighties" => 80,
        "nineties" => 90,
        _ => return None,
    })
}

impl Reader<'_> {
    fn word(&self, at: usize) -> Option<&str> {
        let tok = self.tok(at).filter(|tok| tok.kind == Kind::Word)?;
        Some(tok.low.as_str())
    }

    /// 1 to 99 in words; articles are none.
    fn below_hundred(&self, at: usize) -> Option<(usize, i32)> {
        let low = self.word(at).filter(|low| *low != "a" && *low != "an")?;
        if let Some(ten) = tens(low) {
            let next = self.skip(at + 1, &["-"]);
            let one = self.word(next).and_then(small).filter(|n| *n < 10);
            let one = one.filter(|_| !self.is(next, &["a", "an"]));
            return Some(one.map_or((at + 1, ten), |one| (next + 1, ten + one)));
        }
        small(low).map(|n| (at + 1, n))
    }

    /// A year in words, of four digits; of fewer where `any`.
    pub(super) fn spelled_year(&self, at: usize, any: bool) -> Option<(usize, i16)> {
        let (mut next, first) = self.below_hundred(at)?;
        let mut year = 0;
        let thousand = self.is(next, &["thousand"]);
        if thousand {
            year = first * 1000;
            next += 1;
        }
        let hundred = if thousand {
            self.below_hundred(next)
                .filter(|(end, _)| self.is(*end, &["hundred"]))
        } else {
            Some((next, first)).filter(|(end, _)| self.is(*end, &["hundred"]))
        };
        if let Some((end, count)) = hundred {
            year += count * 100;
            next = end + 1;
        }
        if thousand || hundred.is_some() {
            let rest = self.skip(next, &["and"]);
            if let Some((end, count)) = self.below_hundred(rest) {
                (next, year) = (end, year + count);
            }
        } else {
            // "nineteen twenty eight", "nineteen zero one"
            if !(10..=21).contains(&first) {
                return None;
            }
            let (end, rest) = if self.is(next, &["zero", "oh"]) {
                self.below_hundred(next + 1).filter(|(_, n)| *n < 10)?
            } else {
                let dash = self.skip(next, &["-"]);
                self.below_hundred(dash).filter(|(_, n)| *n > 9)?
            };
            (next, year) = (end, first * 100 + rest);
        }
        let follower = self.low(next);
        let counts = is_counted(follower) || follower == "hundred" || follower == "thousand";
        let fits = any || (1000..=2100).contains(&year);
        (fits && !counts && !(self.glued(next) && self.is(next, &["-"])))
            .then(|| Some((next, i16::try_from(year).ok()?)))
            .flatten()
    }

    /// A day in words: "twenty-first", "tenth".
    pub(super) fn spelled_day(&self, at: usize) -> Option<(usize, i8)> {
        let low = self.word(at)?;
        if let Some(ten) = tens(low).filter(|ten| *ten < 40) {
            let next = self.skip(at + 1, &["-"]);
            let one = self.word(next).and_then(place).filter(|n| *n < 10)?;
            let day = i8::try_from(ten + one).ok().filter(|day| *day <= 31)?;
            return Some((next + 1, day));
        }
        Some((at + 1, i8::try_from(place(low)?).ok()?))
    }

    /// The seventies, the nineteen nineties, the noughties.
    pub(super) fn spelled_decade(&self, at: usize) -> Read {
        let start = self.phrase(at, "the")?;
        let decade = |next, year: i32| {
            let year = i16::try_from(year).ok()?;
            let days = months(year, 1, 120);
            Some((next, Core::days(days, Granularity::Decade)))
        };
        match self.word(start)? {
            "noughties" => return decade(start + 1, 2000),
            "two" if self.is(start + 1, &["thousands"]) => return decade(start + 2, 2000),
            "two" if self.phrase(start + 1, "thousand and tens").is_some() => {
                return decade(start + 4, 2010);
            }
            _ => {}
        }
        if let Some(year) = plural_tens(self.low(start)).filter(|year| *year > 10) {
            // The twenties are those of this century, unless they are told to be others.
            return decade(start + 1, if year > 20 { 1900 + year } else { 2000 + year });
        }
        let century = self
            .word(start)
            .and_then(small)
            .filter(|n| (17..=20).contains(n))?;
        let next = self.skip(start + 1, &["-"]);
        decade(next + 1, century * 100 + plural_tens(self.low(next))?)
    }
}
