//! Words, runs of digits and single signs of a sentence, and the word tables of the calendar.

use sayso_records::Granularity;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters only.
    Word,
    /// ASCII digits only.
    Number,
    /// One other character.
    Sign,
}

/// One token: bytes `start..end` of the text.
#[derive(Clone, Debug)]
pub(crate) struct Tok<'t> {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// As written.
    pub(crate) text: &'t str,
    /// In lower case, with every dash as `-` and every apostrophe as `'`.
    pub(crate) low: String,
    /// Whether no space stands before it.
    pub(crate) glued: bool,
}

impl Tok<'_> {
    /// Whether it begins with a capital.
    pub(crate) fn capital(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// A run of digits as a number. `None`: no digits, or more than six.
    pub(crate) fn number(&self) -> Option<i32> {
        (self.kind == Kind::Number && self.text.len() <= 6)
            .then(|| self.text.parse().ok())
            .flatten()
    }
}

/// Cuts `text` at spaces and wherever letters, digits and signs meet.
pub(crate) fn tokens(text: &str) -> Vec<Tok<'_>> {
    let kind_of = |c: char| match c {
        c if c.is_alphabetic() => Kind::Word,
        '0'..='9' => Kind::Number,
        _ => Kind::Sign,
    };
    let mut out: Vec<Tok<'_>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if first.is_whitespace() {
            continue;
        }
        let kind = kind_of(first);
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            if kind == Kind::Sign || next.is_whitespace() || kind_of(next) != kind {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let piece = text.get(start..end).unwrap_or_default();
        let low = match piece {
            "–" | "—" | "‑" | "‐" | "−" => "-".to_owned(),
            "’" | "‘" => "'".to_owned(),
            piece => piece.to_lowercase(),
        };
        let glued = out.last().is_some_and(|before| before.end == start);
        out.push(Tok {
            kind,
            start,
            end,
            text: piece,
            low,
            glued,
        });
    }
    out
}

/// The month a name or its abbreviation means.
pub(crate) fn month(low: &str) -> Option<i8> {
    Some(match low {
        "january" | "jan" => 1,
        "february" | "feb" => 2,
        "march" | "mar" => 3,
        "april" | "apr" => 4,
        "may" => 5,
        "june" | "jun" => 6,
        "july" | "jul" => 7,
        "august" | "aug" => 8,
        "september" | "sept" | "sep" => 9,
        "october" | "oct" => 10,
        "november" | "nov" => 11,
        "december" | "dec" => 12,
        _ => return None,
    })
}

/// Monday is 1.
pub(crate) fn weekday(low: &str) -> Option<i8> {
    Some(match low {
        "monday" => 1,
        "tuesday" => 2,
        "wednesday" => 3,
        "thursday" => 4,
        "friday" => 5,
        "saturday" => 6,
        "sunday" => 7,
        _ => return None,
    })
}

/// A weekday's abbreviation: only read beside a date or another weekday.
pub(crate) fn weekday_short(low: &str) -> Option<i8> {
    Some(match low {
        "mon" => 1,
        "tue" | "tues" => 2,
        "wed" => 3,
        "thu" | "thur" | "thurs" => 4,
        "fri" => 5,
        "sat" => 6,
        "sun" => 7,
        _ => return None,
    })
}

/// The first month of a season of the northern year.
pub(crate) fn season(low: &str) -> Option<i8> {
    Some(match low {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    })
}

/// A stretch that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
}

impl Unit {
    /// How finely a count of it tells.
    pub(crate) fn granularity(self) -> Granularity {
        match self {
            Self::Day => Granularity::Day,
            Self::Week | Self::Weekend => Granularity::Week,
            Self::Month => Granularity::Month,
            Self::Quarter => Granularity::Quarter,
            Self::Year => Granularity::Year,
            Self::Decade => Granularity::Decade,
        }
    }
}

/// A unit's word, and whether it is plural.
pub(crate) fn unit(low: &str) -> Option<(Unit, bool)> {
    let plural = low.ends_with('s');
    let unit = match low.strip_suffix('s').unwrap_or(low) {
        "day" | "hour" => Unit::Day,
        "weekend" => Unit::Weekend,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "year" => Unit::Year,
        "decade" => Unit::Decade,
        _ => return None,
    };
    Some((unit, plural))
}

/// A small count in words.
pub(crate) fn small(low: &str) -> Option<i32> {
    const WORDS: [&str; 21] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    match low {
        "" => None,
        "a" | "an" => Some(1),
        "thirty" => Some(30),
        "forty" => Some(40),
        "fifty" => Some(50),
        "sixty" => Some(60),
        "seventy" => Some(70),
        "eighty" => Some(80),
        "ninety" => Some(90),
        low => WORDS
            .iter()
            .position(|word| *word == low)
            .and_then(|n| i32::try_from(n).ok()),
    }
}

/// A place in a row, in words or as the letters after a figure.
pub(crate) fn ordinal(low: &str) -> Option<i8> {
    Some(match low {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "last" | "final" => -1,
        _ => return None,
    })
}

/// Words that follow a number because it counts them, other than plurals in `s`.
pub(crate) fn is_counted(low: &str) -> bool {
    const COUNTED: [&str; 26] = [
        "people",
        "personnel",
        "men",
        "women",
        "children",
        "aircraft",
        "percent",
        "per",
        "km",
        "kg",
        "mm",
        "cm",
        "m",
        "mw",
        "gw",
        "mph",
        "kph",
        "hp",
        "rpm",
        "million",
        "billion",
        "thousand",
        "staff",
        "police",
        "crew",
        "hectares",
    ];
    const NOT: [&str; 17] = [
        "onwards",
        "towards",
        "afterwards",
        "besides",
        "always",
        "as",
        "is",
        "was",
        "has",
        "this",
        "its",
        "his",
        "us",
        "unless",
        "does",
        "perhaps",
        "plus",
    ];
    COUNTED.contains(&low)
        || (low.len() > 3 && low.ends_with('s') && !low.ends_with("ss") && !NOT.contains(&low))
}
