//! What is said of how many, and of when, where it is not the same everywhere: one vote an origin, however many repeat it.
//!
//! # Why does a copy have no vote?
//! The text a copy was made from is known, and what it gives is the origin's word; another number in the copy is what copying did to it. So the
//! vote of an origin goes to what stands at the top of its tree, and is shared where several that had it directly tell it differently. Weighing
//! sources against each other without such trees is what [`crate::vote`] does.

use std::collections::{BTreeMap, BTreeSet};

use sayso_records::{Bound, Claim, ClaimId};
use serde::{Deserialize, Serialize};

use super::{Heard, Origin, heard::Speaker, origins::Branch};

/// The unit of times.
pub const TIME: &str = "time";

/// One value of a finding, with who stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// What is counted; [`TIME`] for days. Empty: not said.
    pub unit: String,
    /// As the text gives it first.
    pub text: String,
    /// The number; of a range the lower end. `None`: a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// First and last day. `None`: a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<(String, String)>,
    /// Which way it is bounded.
    pub bound: Bound,
    /// Origins whose vote, or part of it, it has.
    pub origins: Vec<String>,
    /// Its part of the unit's votes: 0..=1.
    pub weight: f64,
    /// The claims.
    pub claims: Vec<ClaimId>,
    /// For each origin that gives it, how much of a vote that is and why, in words.
    pub reasons: Vec<String>,
}

/// A unit and a value of it.
type Key = (String, String);

/// The values of what affirms a finding, those of a unit together, heaviest first. Times are among them where two do not meet.
pub(super) fn values(affirming: &[(Heard, Speaker)], origins: &[Origin]) -> Vec<Value> {
    let mut found: BTreeMap<Key, Value> = BTreeMap::new();
    let mut given: BTreeMap<&ClaimId, Vec<Key>> = BTreeMap::new();
    for (heard, _) in affirming {
        for (key, value) in said(&heard.claim) {
            let entry = found.entry(key.clone()).or_insert(value);
            entry.claims.push(heard.claim.id.clone());
            given.entry(&heard.claim.id).or_default().push(key);
        }
    }
    drop_times_that_meet(&mut found);
    let units: BTreeSet<String> = found.keys().map(|(unit, _)| unit.clone()).collect();
    for unit in &units {
        let texts: BTreeMap<Key, String> = (found.iter())
            .filter(|(key, _)| key.0 == *unit)
            .map(|(key, value)| (key.clone(), value.text.clone()))
            .collect();
        for origin in origins {
            vote(origin, unit, &given, &texts, &mut found);
        }
        let of_unit = |(key, _): &(&Key, &mut Value)| key.0 == *unit;
        let sum: f64 = (found.iter_mut().filter(of_unit))
            .map(|(_, value)| value.weight)
            .sum();
        for (_, value) in found.iter_mut().filter(of_unit) {
            value.weight = if sum > 0.0 { value.weight / sum } else { 0.0 };
        }
    }
    let mut out: Vec<Value> = found.into_values().collect();
    out.sort_by(|a, b| {
        (a.unit.cmp(&b.unit))
            .then(b.weight.total_cmp(&a.weight))
            .then_with(|| a.value.unwrap_or(0.0).total_cmp(&b.value.unwrap_or(0.0)))
            .then_with(|| a.days.cmp(&b.days))
    });
    out
}

/// What one claim gives.
fn said(claim: &Claim) -> Vec<(Key, Value)> {
    let value = |unit: &str, text: &str| Value {
        unit: unit.to_owned(),
        text: text.to_owned(),
        value: None,
        days: None,
        bound: Bound::Exact,
        origins: Vec::new(),
        weight: 0.0,
        claims: Vec::new(),
        reasons: Vec::new(),
    };
    let mut out = Vec::new();
    for quantity in &claim.quantity {
        let unit = quantity.unit.as_deref().unwrap_or_default();
        let mut value = value(unit, &quantity.text);
        (value.value, value.bound) = (Some(quantity.value), quantity.bound);
        let key = format!("{} {:?}", quantity.value, quantity.upper);
        out.push(((unit.to_owned(), key), value));
    }
    let time = claim.time.as_ref();
    let days = time.and_then(|time| time.interval.as_ref());
    if let (Some(time), Some(days)) = (time, days)
        && let (Some(start), Some(end)) = (&days.start, &days.end)
    {
        let mut value = value(TIME, &time.text);
        value.days = Some((start.clone(), end.clone()));
        out.push(((TIME.to_owned(), format!("{start} {end}")), value));
    }
    out
}

/// "In May" and "on 12 May" are one answer; times are only worth a vote where two cannot both be right.
fn drop_times_that_meet(found: &mut BTreeMap<Key, Value>) {
    let days: Vec<&(String, String)> = found.values().filter_map(|it| it.days.as_ref()).collect();
    let last_start = days.iter().map(|(start, _)| start).max();
    let first_end = days.iter().map(|(_, end)| end).min();
    if last_start <= first_end {
        found.retain(|_, value| value.days.is_none());
    }
}

/// Gives an origin's vote to what stands at the top of its tree, and says of everything else it gives why it has none.
fn vote(
    origin: &Origin,
    unit: &str,
    given: &BTreeMap<&ClaimId, Vec<Key>>,
    texts: &BTreeMap<Key, String>,
    found: &mut BTreeMap<Key, Value>,
) {
    let tree = &origin.tree;
    let of = |branch: &Branch| -> BTreeSet<Key> {
        let keys = branch.claims.iter().filter_map(|claim| given.get(claim));
        let of_unit = keys.flatten().filter(|key| key.0 == unit);
        of_unit.cloned().collect()
    };
    let of: Vec<BTreeSet<Key>> = tree.iter().map(of).collect();
    // The nearest text it came out of that gives a value of the unit. Trees name parents before children.
    let above = |mut at: usize| {
        while let Some(under) = tree[at].under.filter(|under| *under < at) {
            if !of[under].is_empty() {
                return Some(under);
            }
            at = under;
        }
        None
    };
    let mut direct: BTreeMap<&Key, Vec<usize>> = BTreeMap::new();
    let mut changed: BTreeMap<&Key, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, keys) in of.iter().enumerate() {
        for key in keys {
            match above(at) {
                None => direct.entry(key).or_default().push(at),
                Some(from) if !of[from].contains(key) => {
                    changed.entry(key).or_default().push((at, from));
                }
                Some(_) => {}
            }
        }
    }
    #[allow(clippy::cast_precision_loss)]
    let share = 1.0 / direct.len().max(1) as f64;
    let publisher = |at: usize| match tree[at].publisher.as_str() {
        "" => "a report without a publisher's name",
        name => name,
    };
    for (key, tellers) in &direct {
        let Some(value) = found.get_mut(*key) else {
            continue;
        };
        let how = match tellers.as_slice() {
            [at, ..] if tree[*at].publisher == origin.name => "in its own text".to_owned(),
            [at] => format!("as told by {}", publisher(*at)),
            [at, more @ ..] => format!("as told by {} and {} more", publisher(*at), more.len()),
            [] => String::new(),
        };
        let reason = match (origin.established, direct.len()) {
            (false, _) => format!("{}: no vote, its lineage is not known", origin.name),
            (true, 1) => format!("{}: 1 vote, {how}", origin.name),
            (true, n) => format!(
                "{}: 1/{n} of a vote, {how}; those who had it directly tell {n} values",
                origin.name
            ),
        };
        value.reasons.push(reason);
        if origin.established {
            value.origins.push(origin.name.clone());
            value.weight += share;
        }
    }
    for (key, copies) in changed {
        let Some(value) = found.get_mut(key) else {
            continue;
        };
        for (at, from) in copies {
            let before: Vec<&str> = (of[from].iter())
                .filter_map(|key| texts.get(key))
                .map(String::as_str)
                .collect();
            value.reasons.push(format!(
                "{}: no vote, it had it from {}, which says {}",
                publisher(at),
                publisher(from),
                before.join(", ")
            ));
        }
    }
}
