//! How many or how much.

use sayso_records::{Bound, Claim, Quantity};

use super::{
    what::{Change, What},
    words::{single, stands_in, told},
};

/// How far, as a share, a number that says it is rough may be from the other to be that one rounded.
const ROUGH: f64 = 0.1;
/// How far two numbers may be apart and still be one: what is lost in writing them out.
const EXACT: f64 = 0.005;

pub(super) fn compare(from: &Claim, to: &Claim, out: &mut Vec<Change>) {
    let mut rest: Vec<&Quantity> = to.quantity.iter().collect();
    let mut open = Vec::new();
    // Those that say the same first, so that they are not taken for another.
    for before in &from.quantity {
        let equal =
            |after: &&Quantity| counts_the_same(before, after) && before.value == after.value;
        match rest.iter().position(equal) {
            Some(at) => differ(before, rest.remove(at), out),
            None => open.push(before),
        }
    }
    for before in open {
        let at = rest
            .iter()
            .position(|after| counts_the_same(before, after))
            .or_else(|| rest.iter().position(|after| comparable(before, after)));
        match at {
            Some(at) => differ(before, rest.remove(at), out),
            None if rest.is_empty() && !figure_stands(before, &to.evidence.quote) => {
                out.push(Change::new(What::NumberDropped, before.text.as_str(), ""));
            }
            // A sum in another currency, or a number that the sentence still has.
            None => {}
        }
    }
}

/// Whether the number's own words are still in a sentence, whatever is counted.
fn figure_stands(quantity: &Quantity, sentence: &str) -> bool {
    let figure: Vec<String> = told(&quantity.text)
        .into_iter()
        .filter(|w| w.contains(|c: char| c.is_ascii_digit()))
        .collect();
    if figure.is_empty() {
        stands_in(&quantity.text, sentence)
    } else {
        stands_in(&figure.join(" "), sentence)
    }
}

fn last_word(unit: &str) -> Option<String> {
    told(unit).last().map(|w| single(w))
}

fn counts_the_same(a: &Quantity, b: &Quantity) -> bool {
    match (&a.unit, &b.unit) {
        (Some(a), Some(b)) => a == b || last_word(a) == last_word(b),
        (None, None) => true,
        _ => false,
    }
}

/// Counts of things, whatever the things are called; shares and sums of money are another matter.
fn comparable(a: &Quantity, b: &Quantity) -> bool {
    let counts = |q: &Quantity| {
        let unit = q.unit.as_deref().unwrap_or("");
        let money = unit.len() == 3 && unit.chars().all(|c| c.is_ascii_uppercase());
        !money && !unit.starts_with("percent")
    };
    counts(a) && counts(b)
}

fn differ(before: &Quantity, after: &Quantity, out: &mut Vec<Change>) {
    let mut add = |what| {
        out.push(Change::new(what, before.text.as_str(), after.text.as_str()));
    };
    let same = |x: f64, y: f64| (x - y).abs() <= EXACT * x.abs().max(y.abs());
    let top = |q: &Quantity| q.upper.unwrap_or(q.value);
    if rounded(before, after) {
        return;
    }
    if let (Some(upper), None) = (before.upper, after.upper)
        && (same(before.value, after.value)
            || same(upper, after.value)
            || (before.value..=upper).contains(&after.value))
    {
        // Of a range one number is left: an end with "at least" or "up to" is no more than it said.
        match after.bound {
            Bound::AtLeast if same(before.value, after.value) => {}
            Bound::AtMost if same(upper, after.value) => {}
            _ => add(What::BoundDropped),
        }
    } else if same(before.value, after.value) && same(top(before), top(after)) {
        // A bound that was put in says less; one that is gone, or another, says what the origin did not.
        if before.bound != after.bound && before.bound != Bound::Exact {
            add(What::BoundDropped);
        }
    } else if after.value <= before.value && top(before) <= top(after) {
        // "100" told as "80 to 120" holds it still.
    } else if after.value > before.value {
        add(What::NumberInflated);
    } else {
        add(What::NumberDeflated);
    }
}

/// Whether the copy only rounds an exact number, and says so: "1,243" told as "more than 1,200".
fn rounded(before: &Quantity, after: &Quantity) -> bool {
    let near = (before.value - after.value).abs() <= ROUGH * before.value.abs();
    before.bound == Bound::Exact
        && before.upper.is_none()
        && after.upper.is_none()
        && near
        && match after.bound {
            Bound::Exact => false,
            Bound::About => true,
            Bound::AtLeast => after.value <= before.value,
            Bound::AtMost => after.value >= before.value,
        }
}
