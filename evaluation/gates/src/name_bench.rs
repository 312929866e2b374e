//! Whether two names are the same, on the pairs of OpenSanctions' name benchmark that are public (`name-bench`: 447 of people, companies and
//! bodies, many of two scripts).
//!
//! A pair counts as the same from a share of .5 on, which is the question the set asks; how often the three-way verdict is right stands beside
//! it. Half of the pairs, by a digest of their names, is looked at when the rules are mended; the other half is only measured, and `--worst`
//! shows none of it. Beside ours stand equality after folding, and Jaro-Winkler after folding at the threshold that is best for it on the very
//! pairs it is measured on.

use std::{fmt::Write as _, path::Path};

use sayso_records::EntityType;
use sayso_resolve::compare::{Name, Same, Verdict, compare};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{
    Error, Measured, Tools,
    tables::{Counts, scores, share},
};

#[derive(Deserialize)]
struct Row {
    schema: String,
    name1: String,
    name2: String,
    is_match: bool,
}

struct Pair {
    row: Row,
    /// Whether it is of the half that is looked at.
    seen: bool,
    verdict: Verdict,
    equal: bool,
    winkler: f64,
}

impl Pair {
    fn of(row: Row) -> Self {
        let key = Sha256::digest(format!("{}\t{}", row.name1, row.name2));
        let sort = match row.schema.as_str() {
            "Person" => Some(EntityType::Person),
            "Company" | "Organization" => Some(EntityType::Organisation),
            _ => None,
        };
        let name = |text| Name { text, sort };
        let verdict = compare(&name(&row.name1), &name(&row.name2));
        let (one, other) = (folded(&row.name1), folded(&row.name2));
        Self {
            seen: key.first().is_some_and(|byte| *byte < 128),
            verdict,
            equal: one == other,
            winkler: strsim::jaro_winkler(&one, &other),
            row,
        }
    }
}

/// ASCII small letters and figures, one space between words.
fn folded(name: &str) -> String {
    let ascii = any_ascii::any_ascii(name).to_lowercase();
    let words = ascii
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

pub(crate) fn measure(_: &Tools, folder: &Path) -> Result<Measured, Error> {
    let file = folder.join("cases.csv");
    let rows: Vec<Row> = csv::Reader::from_path(&file)
        .and_then(|mut reader| reader.deserialize().collect())
        .map_err(|e| format!("{}: {e}", file.display()))?;
    let pairs: Vec<Pair> = rows.into_iter().map(Pair::of).collect();
    let all: Vec<&Pair> = pairs.iter().collect();
    let (seen, unseen): (Vec<&Pair>, Vec<&Pair>) = pairs.iter().partition(|pair| pair.seen);
    let mut out = Measured::default();
    for (name, half) in [("all", &all), ("looked at", &seen), ("unseen", &unseen)] {
        let [ours, certain] = [
            ours(half, |v| v.share >= 0.5),
            ours(half, |v| v.same == Same::Same),
        ];
        let t = &mut out.tables;
        writeln!(
            t,
            "{name}: {} pairs, {} of them the same",
            half.len(),
            half.iter().filter(|p| p.row.is_match).count()
        )?;
        line(t, "ours", ours)?;
        line(t, "ours, only what is said to be the same", certain)?;
        line(t, "equal once folded", counts(half, |p| p.equal))?;
        let (threshold, winkler) = best(half);
        line(t, &format!("Jaro-Winkler at {threshold:.2}"), winkler)?;
        let unsure = half
            .iter()
            .filter(|p| p.verdict.same == Same::Unsure)
            .count();
        let different: Vec<&&Pair> = half
            .iter()
            .filter(|p| p.verdict.same == Same::Different)
            .collect();
        let rightly = different.iter().filter(|p| !p.row.is_match).count();
        writeln!(
            t,
            "  unsure of {unsure}; {} said to be different, {rightly} rightly",
            different.len()
        )?;
        out.figure(format!("{name} F1"), scores(ours)[2]);
        if name == "all" {
            out.figure(
                "all F1 over Jaro-Winkler",
                scores(ours)[2] - scores(winkler)[2],
            );
            out.figure("precision of the same", scores(certain)[0]);
            out.figure(
                "precision of the different",
                share(rightly, different.len()),
            );
        }
    }
    out.tables.push_str(
        "published, OpenSanctions LogicV2 on all 826 pairs: precision .762, recall .821, F1 .790\n",
    );
    out.worst = worst(&seen);
    Ok(out)
}

fn counts(pairs: &[&Pair], says: impl Fn(&Pair) -> bool) -> Counts {
    let mut counts = [0; 3];
    for pair in pairs {
        match (says(pair), pair.row.is_match) {
            (true, true) => counts[0] += 1,
            (true, false) => counts[1] += 1,
            (false, true) => counts[2] += 1,
            (false, false) => {}
        }
    }
    counts
}

fn ours(pairs: &[&Pair], says: impl Fn(&Verdict) -> bool) -> Counts {
    counts(pairs, |pair| says(&pair.verdict))
}

/// Jaro-Winkler's best threshold on these pairs, in hundredths.
fn best(pairs: &[&Pair]) -> (f64, Counts) {
    let at = |hundredths: u32| {
        let threshold = f64::from(hundredths) / 100.0;
        (threshold, counts(pairs, |pair| pair.winkler >= threshold))
    };
    let thresholds = (50..=100).map(at);
    thresholds
        .max_by(|(_, a), (_, b)| scores(*a)[2].total_cmp(&scores(*b)[2]))
        .unwrap_or((1.0, [0; 3]))
}

fn line(out: &mut String, name: &str, counts: Counts) -> std::fmt::Result {
    let [precision, recall, f1] = scores(counts);
    writeln!(
        out,
        "  {name:<42} precision {precision:.3}  recall {recall:.3}  F1 {f1:.3}"
    )
}

/// What is wrong in the half that is looked at, most surely first.
fn worst(seen: &[&Pair]) -> Vec<String> {
    let mut wrong: Vec<&&Pair> = seen
        .iter()
        .filter(|p| (p.verdict.share >= 0.5) != p.row.is_match)
        .collect();
    wrong.sort_by(|a, b| {
        (b.verdict.share - 0.5)
            .abs()
            .total_cmp(&(a.verdict.share - 0.5).abs())
    });
    let show = |pair: &&Pair| {
        let row = &pair.row;
        let is = if row.is_match { "same" } else { "different" };
        let features = pair.verdict.features.iter().skip(1);
        let why: Vec<String> = features
            .map(|f| format!("    {:+.2} {}: {}", f.weight, f.name, f.reason))
            .collect();
        format!(
            "  {} | {} ({}): {is}, share {:.2}\n{}",
            row.name1,
            row.name2,
            row.schema,
            pair.verdict.share,
            why.join("\n")
        )
    };
    wrong.into_iter().map(show).collect()
}
