//! Published times as pages give them, checked, and never given a zone that they do not have.

use std::sync::LazyLock;

use jiff::civil;
use regex::{Captures, Regex};

/// A time that a page gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    /// `2023-08-02T09:00:00+02:00` or `2023-08-02`.
    pub text: String,
    /// Whether time and zone are given.
    pub exact: bool,
    pub date: civil::Date,
}

const TIME: &str = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?P<f>[.,]\d{1,9})?)?\s*(?P<z>(?:UTC|GMT)?\s?[+\-\u{2212}]\d{1,2}:?(?:\d{2})?|Z|UTC|GMT)?";

#[allow(clippy::expect_used)]
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let month = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?";
    let day = r"(?P<d>\d{1,2})(?:st|nd|rd|th)?";
    [
        format!(r"(?i)^(?P<y>\d{{4}})[-/.](?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})(?:(?:\s*T\s*|,?\s+|\s*[-|]\s+){TIME})?(?:\[[^\]]*\])?"),
        r"(?i)^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})?(?P<f>\.\d+)?(?P<z>Z|[+-]\d{2}:?\d{2})?)?$".to_owned(),
        format!(r"(?i)^(?:[a-z]{{3,9}}\.?,?\s+)?{day}\s+(?:of\s+)?{month},?\s+(?P<y>\d{{4}})(?:,?\s+(?:at\s+)?{TIME})?"),
        format!(r"(?i)^(?:[a-z]{{3,9}}\.?,?\s+)?{month}\s+{day},?\s+(?P<y>\d{{4}})(?:,?\s+(?:at\s+|-\s+)?{TIME})?"),
        format!(r"(?i)^(?P<d>\d{{1,2}})\.(?P<m>\d{{1,2}})\.(?P<y>\d{{4}})(?:,?\s+{TIME})?"),
    ]
    .iter()
    .map(|form| Regex::new(form).expect("checked by the tests"))
    .collect()
});

/// Reads a date or time; `None` for anything else, and for what cannot be a published time (before 1990, after 2100).
pub(crate) fn published(raw: &str) -> Option<Published> {
    let raw = raw.trim();
    if raw.len() > 80 {
        return None;
    }
    FORMS
        .iter()
        .find_map(|form| form.captures(raw))
        .and_then(|found| assemble(&found))
}

fn assemble(found: &Captures<'_>) -> Option<Published> {
    let part = |name: &str| found.name(name).map(|it| it.as_str());
    let month = match part("name") {
        Some(name) => {
            let names = "janfebmaraprmayjunjulaugsepoctnovdec";
            names.find(&name.to_ascii_lowercase())? / 3 + 1
        }
        None => part("m")?.parse().ok()?,
    };
    let year: i16 = part("y")?.parse().ok()?;
    let date = civil::Date::new(year, i8::try_from(month).ok()?, part("d")?.parse().ok()?).ok()?;
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let alone = Published {
        text: date.to_string(),
        exact: false,
        date,
    };
    let (Some(hour), Some(minute), Some(zone)) = (part("h"), part("mi"), part("z")) else {
        return Some(alone);
    };
    let second = part("s").unwrap_or("00");
    let (Ok(h), Ok(m), Ok(s)) = (hour.parse(), minute.parse(), second.parse()) else {
        return Some(alone);
    };
    let (Ok(time), Some(zone)) = (civil::Time::new(h, m, s, 0), offset(zone)) else {
        return Some(alone);
    };
    let fraction = part("f")
        .map(|digits| digits.replace(',', "."))
        .unwrap_or_default();
    let text = format!(
        "{date}T{:02}:{:02}:{:02}{fraction}{zone}",
        time.hour(),
        time.minute(),
        time.second()
    );
    Some(Published {
        text,
        exact: true,
        date,
    })
}

/// `Z` or `+02:00`; `None` for an offset that no place has, and for `-00:00`, which means that it is not known.
fn offset(zone: &str) -> Option<String> {
    let zone = zone.replace('\u{2212}', "-");
    let zone = zone
        .trim_start_matches(|char: char| char.is_ascii_alphabetic() && !matches!(char, 'z' | 'Z'))
        .trim();
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") {
        return Some("Z".to_owned());
    }
    let sign = zone.get(..1)?;
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = digits.split_at(digits.len().min(2));
    let hours: u8 = hours.parse().ok()?;
    let minutes: u8 = if minutes.is_empty() {
        0
    } else {
        minutes.parse().ok()?
    };
    let possible = hours <= 14 && minutes < 60 && !(sign == "-" && hours == 0 && minutes == 0);
    possible.then(|| format!("{sign}{hours:02}:{minutes:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_given_and_no_more() {
        for (raw, want) in [
            ("2023-08-02T09:00:00+02:00", "2023-08-02T09:00:00+02:00"),
            ("2023-08-02T09:00:00Z", "2023-08-02T09:00:00Z"),
            ("2023-08-02T09:00:00.123Z", "2023-08-02T09:00:00.123Z"),
            ("2023-08-02T09:00+0200", "2023-08-02T09:00:00+02:00"),
            ("2023-08-02 09:00:00 UTC", "2023-08-02T09:00:00Z"),
            ("2023-08-02 09:00:00 GMT+3", "2023-08-02T09:00:00+03:00"),
            ("2023-08-02 09:00:00 GMT+03", "2023-08-02T09:00:00+03:00"),
            ("2023-08-02T09:00:00", "2023-08-02"),
            ("2023-08-02T25:00:00Z", "2023-08-02"),
            ("2023-08-02T09:00:00+25:00", "2023-08-02"),
            ("2023-08-02T09:00:00-00:00", "2023-08-02"),
            ("2023-08-02", "2023-08-02"),
            ("2023/8/2", "2023-08-02"),
            ("20230802", "2023-08-02"),
            ("20230802T090000Z", "2023-08-02T09:00:00Z"),
            (
                "Wed, 02 Aug 2023 09:00:00 +0200",
                "2023-08-02T09:00:00+02:00",
            ),
            ("Wed, 02 Aug 2023 09:00:00 GMT", "2023-08-02T09:00:00Z"),
            ("August 2, 2023", "2023-08-02"),
            ("Aug. 2nd, 2023 at 9:00", "2023-08-02"),
            ("2 August 2023", "2023-08-02"),
            ("Wednesday, 2 August 2023", "2023-08-02"),
            ("02.08.2023", "2023-08-02"),
        ] {
            assert_eq!(
                published(raw).map(|it| it.text).as_deref(),
                Some(want),
                "{raw}"
            );
        }
        for raw in [
            "",
            "yesterday",
            "02/08/2023",
            "2023-02-30",
            "1970-01-01T00:00:00Z",
            "0001-01-01",
            "2023",
            "17 March",
        ] {
            assert_eq!(published(raw), None, "{raw}");
        }
    }
}
