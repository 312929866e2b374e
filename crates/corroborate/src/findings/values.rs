//! What is said of how many: one voice an origin, however many repeat it.

use std::collections::{BTreeMap, BTreeSet};

use sayso_records::{Bound, ClaimId, Quantity};
use serde::{Deserialize, Serialize};

use super::{Heard, Origin, heard::Speaker};

/// One value of a finding, with who stands behind it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Value {
    /// What is counted. Empty: not said.
    pub unit: String,
    /// As the text gives it first.
    pub text: String,
    /// The number; of a range the lower end.
    pub value: f64,
    /// Which way it is bounded.
    pub bound: Bound,
    /// Origins that give it.
    pub origins: Vec<String>,
    /// Part of the unit's votes, one for each origin, shared among the values it gives: 0..=1.
    pub weight: f64,
    /// The claims.
    pub claims: Vec<ClaimId>,
}

/// The values of what affirms a finding, those of a unit together, heaviest first.
pub(super) fn values(affirming: &[(Heard, Speaker)], origins: &[Origin]) -> Vec<Value> {
    let mut origin_of: BTreeMap<&ClaimId, usize> = BTreeMap::new();
    for (at, origin) in origins.iter().enumerate() {
        origin_of.extend(origin.claims().map(|claim| (claim, at)));
    }
    type Given = (Quantity, BTreeSet<usize>, Vec<ClaimId>);
    let mut found: BTreeMap<(String, String), Given> = BTreeMap::new();
    for (heard, _) in affirming {
        for quantity in &heard.claim.quantity {
            let key = (
                quantity.unit.clone().unwrap_or_default(),
                format!("{} {:?}", quantity.value, quantity.upper),
            );
            let entry = found
                .entry(key)
                .or_insert_with(|| (quantity.clone(), BTreeSet::new(), Vec::new()));
            entry.1.extend(origin_of.get(&heard.claim.id));
            entry.2.push(heard.claim.id.clone());
        }
    }
    // How many values of a unit each origin gives: its vote is shared among them.
    let mut given: BTreeMap<(&str, usize), f64> = BTreeMap::new();
    for ((unit, _), (_, by, _)) in &found {
        for origin in by {
            *given.entry((unit, *origin)).or_default() += 1.0;
        }
    }
    let mut out: Vec<Value> = Vec::new();
    for ((unit, _), (quantity, by, claims)) in &found {
        let votes = by
            .iter()
            .filter_map(|origin| given.get(&(unit.as_str(), *origin)))
            .map(|n| 1.0 / n)
            .sum();
        out.push(Value {
            unit: unit.clone(),
            text: quantity.text.clone(),
            value: quantity.value,
            bound: quantity.bound,
            origins: by
                .iter()
                .filter_map(|at| origins.get(*at))
                .map(|origin| origin.name.clone())
                .collect(),
            weight: votes,
            claims: claims.clone(),
        });
    }
    let mut sums: BTreeMap<String, f64> = BTreeMap::new();
    for value in &out {
        *sums.entry(value.unit.clone()).or_default() += value.weight;
    }
    for value in &mut out {
        let sum = sums.get(&value.unit).copied().unwrap_or(0.0);
        value.weight = if sum > 0.0 { value.weight / sum } else { 0.0 };
    }
    out.sort_by(|a, b| {
        a.unit
            .cmp(&b.unit)
            .then(b.weight.total_cmp(&a.weight))
            .then(a.value.total_cmp(&b.value))
    });
    out
}
