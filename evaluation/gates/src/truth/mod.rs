//! The value to believe where sources disagree and copy: accuracy on two public sets with the truth known for a part, beside counting
//! heads, and beside weighing sources without looking for copies.

pub(crate) mod books;
pub(crate) mod weather;

use std::{collections::BTreeMap, fmt::Write as _};

use sayso_corroborate::vote::{Assumed, Outcome, Statement, weigh};

use crate::{Error, Measured, tables::share};

/// An object, who says what of it, and the truth where it is known.
struct Set {
    /// (source, object, value), values in normal form.
    said: Vec<[String; 3]>,
    truth: BTreeMap<String, String>,
}

/// Compares the ways to choose. `right`: whether a chosen value is the true one; `like`: how like two values are; `lend`: whether the way
/// that is held to its floor lets like values lend each other weight.
fn compare(
    out: &mut Measured,
    name: &str,
    set: &Set,
    right: impl Fn(&str, &str) -> bool,
    like: impl Fn(&str, &str) -> f64 + Copy,
    lend: bool,
) -> Result<(), Error> {
    let statements: Vec<Statement<'_>> = set
        .said
        .iter()
        .map(|[source, object, value]| Statement {
            source,
            object,
            value,
        })
        .collect();
    let none = |_: &str, _: &str| 0.0;
    let alone = Assumed {
        copying: false,
        ..Assumed::default()
    };
    let score = |chosen: &BTreeMap<String, String>| {
        let found = set
            .truth
            .iter()
            .filter(|(o, t)| chosen.get(*o).is_some_and(|c| right(c, t)));
        share(found.count(), set.truth.len())
    };
    let heads = heads(&statements);
    let majority = score(&heads);
    writeln!(
        out.tables,
        "{} statements of {} sources on {} objects, {} with the truth known",
        statements.len(),
        statements
            .iter()
            .map(|s| s.source)
            .collect::<std::collections::BTreeSet<_>>()
            .len(),
        heads.len(),
        set.truth.len()
    )?;
    writeln!(out.tables, "  {:<44}{majority:>8.4}", "counting heads")?;
    let ways: [(&str, Assumed, bool); 4] = [
        ("sources weighed", alone, false),
        ("sources weighed, like values lend", alone, true),
        (
            "sources weighed, copies taken off",
            Assumed::default(),
            false,
        ),
        ("the same, like values lend", Assumed::default(), true),
    ];
    let mut last = Outcome::default();
    let mut value = 0.0;
    for (way, assumed, lends) in ways {
        let outcome = if lends {
            weigh(&statements, &assumed, like)
        } else {
            weigh(&statements, &assumed, none)
        };
        let score = score(&chosen(&outcome));
        writeln!(
            out.tables,
            "  {way:<44}{score:>8.4}  in {} rounds",
            outcome.rounds
        )?;
        if assumed.copying && lends == lend {
            (last, value) = (outcome, score);
        }
    }
    out.figure(format!("{name} accuracy"), value);
    out.figure(
        format!("{name} accuracy over counting heads"),
        value - majority,
    );
    writeln!(
        out.tables,
        "{} pairs of sources probably copy; the likeliest:",
        last.dependences.len()
    )?;
    for dependence in last.dependences.iter().take(5) {
        writeln!(out.tables, "  {}", dependence.reason())?;
    }
    let chosen = chosen(&last);
    for (object, truth) in &set.truth {
        let Some(found) = chosen.get(object) else {
            continue;
        };
        if !right(found, truth) {
            let mut case = format!("{object}: {truth}\n");
            for value in last.objects[object].iter().take(4) {
                writeln!(
                    case,
                    "  {:.2} {}: {}",
                    value.probability,
                    value.value,
                    value.reasons().join("; ")
                )?;
            }
            out.worst.push(case);
        }
    }
    Ok(())
}

fn chosen(outcome: &Outcome) -> BTreeMap<String, String> {
    let first = |(o, v): (&String, &Vec<_>)| {
        let v: &Vec<sayso_corroborate::vote::Weighed> = v;
        v.first().map(|v| (o.clone(), v.value.clone()))
    };
    outcome.objects.iter().filter_map(first).collect()
}

/// The value most sources give; of several the first in order.
fn heads(statements: &[Statement<'_>]) -> BTreeMap<String, String> {
    let mut counts: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for s in statements {
        *counts
            .entry(s.object)
            .or_default()
            .entry(s.value)
            .or_default() += 1;
    }
    let most = |(o, values): (&str, BTreeMap<&str, usize>)| {
        let best = values
            .iter()
            .max_by_key(|(v, n)| (**n, std::cmp::Reverse(**v)))?;
        Some((o.to_owned(), (*best.0).to_owned()))
    };
    counts.into_iter().filter_map(most).collect()
}
