//! Event factuality: how sure the author of a sentence is of each marked predicate, from -3 (certainly not) to 3 (certainly so).
//!
//! UW (Lee et al. 2015, news) and UDS-IH2 (White et al. 2016, web text), as unified by Stanovsky et al. 2017. Our reading of a
//! predicate is a certainty, a polarity, a stage and a form; a [`Scale`] puts it on the scale of a set. Mean absolute error and Pearson's r; beside them the best constant, which knows nothing.

use std::{collections::BTreeMap, path::Path};

use sayso_claim::{Claimant, Commitment};
use sayso_language::Analyser;
use sayso_records::Certainty;
use serde::Deserialize;

use crate::{Error, Measured, Tools};

#[derive(Deserialize)]
struct Line {
    text: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    /// First word and the one after the last, counted between spaces.
    span1: [usize; 2],
    label: f64,
}

/// What the values of our reading come to on a set's scale: medians of its training half, one a value and none a word. What holds
/// of a predicate at once, the lowest of its figures, or the figure of what is denied.
struct Scale {
    /// By tense and aspect; what is not named stands as said.
    forms: &'static [(&'static str, f64)],
    /// Infinitives by the verb over them ("was forced to hand over"); others `aim`.
    aims: &'static [(&'static str, f64)],
    aim: f64,
    /// Nouns and gerunds by the verb over them; a noun spoken of as known is at least `known`.
    under: &'static [(&'static str, f64)],
    known: f64,
    /// By stage.
    stages: &'static [(&'static str, f64)],
    probable: f64,
    possible: f64,
    claimed: f64,
    hypothetical: f64,
    denied: f64,
}

/// News; what will be counts as sure as the speaker is of it.
const UW: Scale = Scale {
    forms: &[("future", 2.6), ("modal", 1.3)],
    aims: &[("past", 2.2), ("perfect", 2.0), ("-", 2.2), ("modal", 0.8)],
    aim: 1.7,
    under: &[
        ("present", 2.5),
        ("progressive", 2.6),
        ("participle", 2.6),
        ("infinitive", 2.0),
        ("future", 2.0),
        ("modal", 1.6),
    ],
    known: 2.8,
    stages: &[
        ("planned", 1.6),
        ("considered", 1.6),
        ("requested", 1.8),
        ("offered", 1.8),
        ("negotiating", 1.8),
        ("agreed", 2.2),
        ("scheduled", 2.2),
    ],
    probable: 2.2,
    possible: 1.4,
    claimed: 2.2,
    hypothetical: 0.8,
    denied: -1.5,
};

/// Web text; asked was whether it has happened, so what is still to come has not.
const UDS: Scale = Scale {
    forms: &[
        ("perfect", 2.6),
        ("present", 2.2),
        ("progressive", 2.2),
        ("participle", 2.6),
        ("future", -2.2),
        ("modal", -1.9),
    ],
    aims: &[
        ("past", 2.0),
        ("perfect", 1.5),
        ("participle", 0.0),
        ("present", -0.4),
    ],
    aim: -1.8,
    under: &[
        ("past", 2.6),
        ("perfect", 2.2),
        ("present", 1.9),
        ("progressive", 2.0),
        ("participle", 2.0),
        ("infinitive", 0.0),
        ("future", -0.5),
        ("modal", 0.0),
    ],
    known: 1.9,
    stages: &[
        ("planned", -1.5),
        ("considered", -1.5),
        ("requested", 0.0),
        ("offered", 0.0),
        ("negotiating", -1.5),
        ("agreed", -1.5),
        ("scheduled", -1.5),
    ],
    probable: 2.2,
    possible: -1.1,
    claimed: 2.2,
    hypothetical: -1.0,
    denied: -0.4,
};

impl Scale {
    fn of(&self, c: &Commitment) -> f64 {
        if c.denied {
            return self.denied;
        }
        let named = |list: &[(&str, f64)], name: &str| {
            list.iter()
                .find(|(n, _)| *n == name)
                .map_or(3.0, |(_, value)| *value)
        };
        let sure = match c.certainty {
            Certainty::Stated | Certainty::Reported => 3.0,
            Certainty::Assessed | Certainty::Probable => self.probable,
            Certainty::Claimed => self.claimed,
            Certainty::Possible => self.possible,
            Certainty::Doubted => self.denied,
        };
        let open = if c.hypothetical {
            self.hypothetical
        } else {
            3.0
        };
        let stage = c.stage.as_deref().map_or(3.0, |s| named(self.stages, s));
        let aim = || {
            let over = c.clause.unwrap_or("-");
            let named = self.aims.iter().find(|(name, _)| *name == over);
            named.map_or(self.aim, |(_, value)| *value)
        };
        let form = if c.form == "infinitive" {
            aim()
        } else if matches!(c.form, "noun" | "gerund") {
            let under = c.clause.map_or(3.0, |clause| named(self.under, clause));
            if c.known {
                under.max(self.known)
            } else {
                under
            }
        } else {
            named(self.forms, c.form)
        };
        sure.min(open).min(stage).min(form)
    }
}

/// What a reading is counted under, for the table.
fn sort(c: &Commitment) -> String {
    format!(
        "{} {} {} {} {} {}{}",
        c.form,
        c.clause.unwrap_or("-"),
        if c.known { "known" } else { "-" },
        c.certainty.as_str(),
        c.stage.as_deref().unwrap_or("-"),
        if c.denied { "denied" } else { "" },
        if c.hypothetical { " if" } else { "" }
    )
}

/// Both development halves.
pub(crate) fn measure(tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut out = Measured::default();
    for (name, file, scale) in [
        ("UW", "UW/dev.jsonl", UW),
        ("UDS-IH2", "UDS_IH2/dev.jsonl", UDS),
    ] {
        let file = if tools.train {
            file.replace("dev", "train")
        } else {
            file.to_owned()
        };
        one(tools, name, &folder.join(file), &scale, &mut out)?;
    }
    Ok(out)
}

fn one(
    tools: &Tools,
    name: &str,
    path: &Path,
    scale: &Scale,
    out: &mut Measured,
) -> Result<(), Error> {
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let file = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    let mut sorts: BTreeMap<String, (usize, f64, f64)> = BTreeMap::new();
    let mut cases: Vec<(f64, String)> = Vec::new();
    let mut lost = 0;
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let line: Line =
            serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
        let starts: Vec<usize> = word_starts(&line.text);
        let analysed = tools.analyser.analyse(&[&line.text]);
        let mut read = Vec::new();
        for sentence in analysed.iter().flatten() {
            let commitments = claimant.commitments(&line.text, sentence);
            read.extend(
                sentence
                    .tokens
                    .iter()
                    .zip(commitments)
                    .map(|(token, c)| (token.span, c)),
            );
        }
        for target in &line.targets {
            let found = starts
                .get(target.span1[0])
                .and_then(|&start| read.iter().find(|(span, _)| span.range().contains(&start)));
            let Some((span, commitment)) = found else {
                lost += 1;
                continue;
            };
            let value = scale.of(commitment);
            pairs.push((value, target.label));
            let sort = sort(commitment);
            let entry = sorts.entry(sort.clone()).or_default();
            entry.0 += 1;
            entry.1 += target.label;
            entry.2 += (value - target.label).abs();
            cases.push((
                (value - target.label).abs(),
                format!(
                    "{name} {:.1} for {:.1}: {} [{sort}] in: {}",
                    value,
                    target.label,
                    span.of(&line.text),
                    line.text
                ),
            ));
        }
    }
    let (error, r, constant) = statistics(&pairs);
    out.figure(format!("{name} mean absolute error"), error);
    out.figure(format!("{name} r"), r);
    out.figure(
        format!("{name} error over that of the best constant"),
        error / constant,
    );
    out.tables.push_str(&format!(
        "{name}: {} predicates ({lost} not found), error {error:.3}, r {r:.3}; best constant {constant:.3}\n",
        pairs.len()
    ));
    out.tables
        .push_str("  read as                                            n   mean label  error  share of all error\n");
    let total: f64 = sorts.values().map(|s| s.2).sum();
    let mut sorts: Vec<_> = sorts.into_iter().collect();
    sorts.sort_by(|a, b| b.1.2.total_cmp(&a.1.2));
    for (sort, (n, label, error)) in sorts.iter().take(16) {
        #[allow(clippy::cast_precision_loss)]
        let count = *n as f64;
        out.tables.push_str(&format!(
            "  {sort:<46}{n:>6}{:>13.2}{:>7.2}{:>12.3}\n",
            label / count,
            error / count,
            error / total
        ));
    }
    cases.sort_by(|a, b| b.0.total_cmp(&a.0));
    out.worst.extend(cases.into_iter().map(|(_, case)| case));
    Ok(())
}

/// Where each word between spaces starts.
fn word_starts(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut at = 0;
    for word in text.split(' ') {
        out.push(at);
        at += word.len() + 1;
    }
    out
}

/// Mean absolute error, Pearson's r, and the error of the median, which no constant beats.
#[allow(clippy::cast_precision_loss)]
fn statistics(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
    let n = pairs.len().max(1) as f64;
    let mean = |f: &dyn Fn(&(f64, f64)) -> f64| pairs.iter().map(f).sum::<f64>() / n;
    let error = mean(&|(a, b)| (a - b).abs());
    let (ma, mb) = (mean(&|p| p.0), mean(&|p| p.1));
    let cov = mean(&|p| (p.0 - ma) * (p.1 - mb));
    let (va, vb) = (mean(&|p| (p.0 - ma).powi(2)), mean(&|p| (p.1 - mb).powi(2)));
    let r = if va > 0.0 && vb > 0.0 {
        cov / (va * vb).sqrt()
    } else {
        0.0
    };
    let mut labels: Vec<f64> = pairs.iter().map(|p| p.1).collect();
    labels.sort_by(f64::total_cmp);
    let median = labels.get(labels.len() / 2).copied().unwrap_or_default();
    (error, r, mean(&|p| (p.1 - median).abs()))
}
