//! Which claims of one proposition speak of the same occasion.

use sayso_records::Claim;

use crate::lineage::Lineage;

/// First and last day a claim speaks of, as days since 1970. `None`: no day is known.
pub(super) type Days = Option<(i32, i32)>;

/// The days `claim` speaks of: those it says, else the day its report came out.
pub(super) fn days(claim: &Claim, report: &Lineage) -> Days {
    if let Some(interval) = claim.time.as_ref().and_then(|time| time.interval.as_ref()) {
        let start = interval.start.as_deref().and_then(number);
        let end = interval.end.as_deref().and_then(number);
        // "since May" is of May: what it goes on for is not when it was.
        if let Some(first) = start.or(end) {
            return Some((first, end.or(start).unwrap_or(first).max(first)));
        }
    }
    let day = number(report.published.as_deref()?)?;
    Some((day, day))
}

/// `2023-08-02…` as days since 1970-01-01.
pub(super) fn number(text: &str) -> Option<i32> {
    let date: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    let since = date
        .since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1)))
        .ok()?;
    Some(since.get_days())
}

/// The day again.
pub(super) fn day(number: i32) -> Option<String> {
    let span = jiff::Span::new().try_days(number).ok()?;
    let date = jiff::civil::date(1970, 1, 1).checked_add(span).ok()?;
    Some(date.to_string())
}

/// The occasion of each claim, numbered in order of time; `None`: it fits several and belongs to none. `gap`: how many days may lie between two
/// claims of one occasion; `None`: there is only one.
pub(super) fn occasions(claims: &[Days], gap: Option<u32>) -> Vec<Option<usize>> {
    let Some(gap) = gap.map(|gap| i32::try_from(gap).unwrap_or(i32::MAX)) else {
        return vec![Some(0); claims.len()];
    };
    let is_narrow = |(first, last): (i32, i32)| last.saturating_sub(first) <= gap;
    let mut narrow: Vec<(i32, i32)> = claims
        .iter()
        .filter_map(|days| days.filter(|days| is_narrow(*days)))
        .collect();
    narrow.sort_unstable();
    let mut found: Vec<(i32, i32)> = Vec::new();
    for (first, last) in narrow {
        match found.last_mut() {
            Some(open) if first <= open.1.saturating_add(gap) => open.1 = open.1.max(last),
            _ => found.push((first, last)),
        }
    }
    if found.len() < 2 {
        return vec![Some(0); claims.len()];
    }
    let of = |days: &Days| {
        let (first, last) = (*days)?;
        let mut fits = found
            .iter()
            .enumerate()
            .filter(|(_, open)| first <= open.1 && open.0 <= last);
        let only = fits.next()?.0;
        fits.next().is_none().then_some(only)
    };
    claims.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::{Days, occasions};

    fn check(claims: &[Days], gap: Option<u32>, expected: &[Option<usize>]) {
        assert_eq!(occasions(claims, gap), expected, "{claims:?}");
        let backwards: Vec<Days> = claims.iter().rev().copied().collect();
        let mut found = occasions(&backwards, gap);
        found.reverse();
        assert_eq!(found, expected, "{claims:?}, backwards");
    }

    #[test]
    fn a_gap_parts_occasions() {
        let day = |n: i32| Some((n, n));
        check(&[day(1), day(9), day(17)], Some(10), &[Some(0); 3]);
        check(
            &[day(1), day(40), None, Some((0, 50))],
            Some(10),
            &[Some(0), Some(1), None, None],
        );
        check(&[day(1), None, Some((0, 500))], Some(10), &[Some(0); 3]);
        check(&[day(1), day(4000)], None, &[Some(0); 2]);
        check(&[], Some(1), &[]);
    }
}
