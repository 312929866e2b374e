//! Figures in columns, and the arithmetic of shares.

use std::collections::BTreeMap;

use crate::{Figure, Floor};

/// Right, read and not expected, expected and not read.
pub(crate) type Counts = [usize; 3];

/// A part of a whole; nothing of nothing is 0.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}

/// Precision, recall and their harmonic mean.
pub(crate) fn scores([right, extra, missed]: Counts) -> [f64; 3] {
    let (precision, recall) = (share(right, right + extra), share(right, right + missed));
    [precision, recall, harmonic(precision, recall)]
}

/// The harmonic mean; 0 where both are.
pub(crate) fn harmonic(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 {
        2.0 * precision * recall / (precision + recall)
    } else {
        0.0
    }
}

/// A table of precision, recall and F1, a line a name.
pub(crate) fn precision_recall(title: &str, rows: &BTreeMap<String, Counts>) -> String {
    let mut out = format!(
        "{title:<20}{:>7}{:>7}{:>7}{:>11}{:>8}{:>7}\n",
        "right", "extra", "missed", "precision", "recall", "F1"
    );
    let mut all = [0; 3];
    for (name, counts) in rows {
        out.push_str(&row(name, *counts));
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    out.push_str(&row("all", all));
    out
}

fn row(name: &str, counts: Counts) -> String {
    let [right, extra, missed] = counts;
    let [precision, recall, f1] = scores(counts);
    format!("  {name:<18}{right:>7}{extra:>7}{missed:>7}{precision:>11.3}{recall:>8.3}{f1:>7.3}\n")
}

/// One figure and what its floor says of it.
pub(crate) fn figure(figure: &Figure, verdict: &str) -> String {
    let line = format!("  {:<44}{:>8.4}  {verdict}", figure.name, figure.value);
    format!("{}\n", line.trim_end())
}

/// A floor in words.
pub(crate) fn floor(floor: Floor) -> String {
    match floor {
        Floor::Least(value) => format!("at least {value}"),
        Floor::Most(value) => format!("at most {value}"),
    }
}
