//! When it is said to be.

use sayso_records::{Claim, Granularity, Interval, TimeRef};

use super::{
    what::{Change, What},
    words::{stands_in, told},
};

/// A time is another one where neither lies in the other, or where both leave the same side open and end, or begin, on two days. One word that means two days ("yesterday", printed a day later) is no change:
/// the writer changed nothing.
pub(super) fn compare(from: &Claim, to: &Claim, out: &mut Vec<Change>) {
    let Some(before) = &from.time else { return };
    let Some(after) = &to.time else {
        if !stands_in(&before.text, &to.evidence.quote) {
            out.push(Change::new(What::DateDropped, before.text.as_str(), ""));
        }
        return;
    };
    if told(&before.text) == told(&after.text) || stands_in(&before.text, &to.evidence.quote) {
        return;
    }
    let (Some(a), Some(b)) = (days(before), days(after)) else {
        return;
    };
    if !inside(a, b) && !inside(b, a) || another_end(a, b) {
        out.push(Change::new(
            What::DateChanged,
            before.text.as_str(),
            after.text.as_str(),
        ));
    }
}

fn days(time: &TimeRef) -> Option<&Interval> {
    let exact = time.granularity != Granularity::Vague;
    time.interval.as_ref().filter(|_| exact)
}

/// "By the end of 2026" told as "by the end of 2025", "since May" as "since March": one lies in the other, and they are two.
fn another_end(a: &Interval, b: &Interval) -> bool {
    let open = |x: &Interval, y: &Interval| x.start.is_none() && y.start.is_none();
    let until = |x: &Interval, y: &Interval| x.end.is_none() && y.end.is_none();
    (open(a, b) || until(a, b)) && a != b
}

/// Whether all days of one are days of the other; dates of one form compare as they are written.
fn inside(a: &Interval, b: &Interval) -> bool {
    let from = b
        .start
        .as_ref()
        .is_none_or(|b| a.start.as_ref().is_some_and(|a| a >= b));
    let until = b
        .end
        .as_ref()
        .is_none_or(|b| a.end.as_ref().is_some_and(|a| a <= b));
    from && until
}
