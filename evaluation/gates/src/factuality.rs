//! Event factuality: how sure the author of a sentence is of each marked predicate, from -3 (certainly not) to 3 (certainly so).
//!
//! UW (Lee et al. 2015, news) and UDS-IH2 (White et al. 2016, web text), as unified by Stanovsky et al. 2017. Our reading of a
//! predicate is a [`Commitment`]; [`SCALE`] puts it on the scale of a set. Mean absolute error and Pearson's r; beside them the
//! best constant, which knows nothing.

use std::{collections::BTreeMap, path::Path};

use sayso_claim::{Claimant, Commitment};
use sayso_codebook::Sign;
use sayso_language::Analyser;
use sayso_records::{Certainty, Token};
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

/// What each sort of reading comes to on the scales of UW (news; what will be counts as sure as the speaker is of it) and of UDS-IH2
/// (web text; asked was whether it has happened, so what is still to come has not): medians of their training halves, one figure a
/// sort and none a word. A sort too rare to have one (under 8 cases in both) comes to what its ending does.
const SCALE: &[(&str, f64, f64)] = &[
    ("able", 1.4, -1.5),
    ("able beside", 2.4, 1.5),
    ("able not", -0.2, -2.2),
    ("agreed", 2.4, 0.0),
    ("agreed beside", 3.0, 2.2),
    ("agreed not", -0.2, 0.0),
    ("asked", 1.2, -0.8),
    ("asked beside", 2.3, 0.4),
    ("asked not", 0.8, -0.8),
    ("assessed", 2.8, 2.2),
    ("believed", 2.2, 2.2),
    ("believed beside", 2.4, 2.2),
    ("believed not", -0.2, 0.8),
    ("claimed", 3.0, 3.0),
    ("conditional", 0.8, -1.5),
    ("conditional beside", 1.4, 0.8),
    ("conditional not", 0.4, -1.5),
    ("considered", 1.6, -1.5),
    ("considered beside", 2.2, 1.9),
    ("considered not", -0.2, -2.2),
    ("denied", -1.6, 0.0),
    ("denied reported", -1.6, 0.4),
    ("doubted", 1.6, -0.4),
    ("doubted not", 2.0, -1.3),
    ("enabled", 2.0, -0.8),
    ("enabled beside", 2.0, 0.6),
    ("expected", 2.0, -0.8),
    ("expected beside", 2.8, 1.5),
    ("expected not", 0.2, 0.0),
    ("future", 2.4, -2.2),
    ("future beside", 2.6, -1.1),
    ("future not", -1.8, -1.9),
    ("gerund", 3.0, 2.2),
    ("gerund reported", 2.8, 2.2),
    ("hypothetical", 1.8, -1.5),
    ("hypothetical beside", 2.2, 0.8),
    ("hypothetical not", -1.8, -1.5),
    ("infinitive", 2.0, -0.8),
    ("infinitive reported", 1.8, -1.1),
    ("known noun", 3.0, 1.5),
    ("left", 1.6, -0.0),
    ("left beside", 2.3, 2.2),
    ("left not", -0.2, 0.0),
    ("noun", 3.0, 1.9),
    ("noun reported", 2.6, 1.5),
    ("offered", 1.6, -1.5),
    ("offered beside", 2.3, 2.2),
    ("offered not", -0.2, -1.9),
    ("ordered", 2.5, -2.2),
    ("ordered beside", 2.3, 0.0),
    ("ordered not", -0.2, -1.9),
    ("participle", 3.0, 2.6),
    ("participle reported", 3.0, 2.6),
    ("past", 3.0, 3.0),
    ("past reported", 3.0, 2.6),
    ("perfect", 3.0, 2.6),
    ("perfect reported", 3.0, 3.0),
    ("planned", 1.8, -1.5),
    ("planned beside", 2.0, 2.2),
    ("planned not", -0.4, -1.9),
    ("possible", 1.4, -1.9),
    ("possible beside", 2.4, -0.4),
    ("possible not", 0.4, -1.1),
    ("present", 3.0, 2.6),
    ("present reported", 2.8, 2.2),
    ("probable", 3.0, 2.2),
    ("progressive", 3.0, 2.2),
    ("progressive reported", 3.0, 2.6),
    ("purpose", 2.2, 0.0),
    ("purpose beside", 2.6, 1.5),
    ("purpose not", -0.2, -0.4),
    ("requested", 1.6, -0.8),
    ("requested beside", 1.8, 1.5),
    ("requested not", -0.2, -1.5),
    ("required", 1.4, -1.9),
    ("required beside", 2.0, 0.8),
    ("required not", -0.6, -1.5),
    ("tried", 1.0, 0.0),
    ("tried beside", 2.4, 0.8),
    ("tried not", -0.2, 0.4),
    ("wanted", 1.4, -1.9),
    ("wanted beside", 1.8, -1.5),
    ("wanted not", 0.4, -2.2),
    (" not", -0.2, -1.3),
    (" beside", 2.3, 0.6),
    ("", 2.8, 1.9),
];

/// The sort of a reading: of what is so, its source's certainty and its form; of what is open, how, the farther of that and the certainty.
fn sort(c: &Commitment) -> String {
    let side = match (c.beside, c.denied) {
        (true, _) => " beside",
        (false, true) => " not",
        (false, false) => "",
    };
    let sure = match c.certainty {
        Certainty::Stated | Certainty::Reported => None,
        weaker => Some(weaker.as_str()),
    };
    let reported = if c.reported { " reported" } else { "" };
    match (c.sign, c.open) {
        (Sign::Minus, _) => format!("denied{reported}"),
        (Sign::Open, Some(open)) => format!("{}{side}", format!("{open:?}").to_lowercase()),
        (Sign::Open, None) => format!("left{side}"),
        (Sign::Plus, _) => match sure {
            Some(sure) => sure.to_owned(),
            None if c.known && matches!(c.form, "noun" | "gerund") => format!("known {}", c.form),
            None => format!("{}{reported}", c.form),
        },
    }
}

fn scale(set: usize, sort: &str) -> f64 {
    let row = |sort: &str| SCALE.iter().find(|(name, ..)| *name == sort);
    let rare = || {
        [" not", " beside", ""]
            .into_iter()
            .find(|ending| sort.ends_with(ending))
            .and_then(row)
    };
    row(sort)
        .or_else(rare)
        .map_or(0.0, |(_, uw, uds)| if set == 0 { *uw } else { *uds })
}

/// Both development halves.
pub(crate) fn measure(tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut out = Measured::default();
    for (set, (name, file)) in [("UW", "UW/dev.jsonl"), ("UDS-IH2", "UDS_IH2/dev.jsonl")]
        .into_iter()
        .enumerate()
    {
        let file = if tools.train {
            file.replace("dev", "train")
        } else {
            file.to_owned()
        };
        one(tools, name, &folder.join(file), set, &mut out)?;
    }
    Ok(out)
}

fn one(
    tools: &Tools,
    name: &str,
    path: &Path,
    set: usize,
    out: &mut Measured,
) -> Result<(), Error> {
    let claimant = Claimant::new(&tools.codebook, &tools.gazetteer);
    let file = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut pairs: Vec<(f64, f64)> = Vec::new();
    let mut sorts: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    let mut words: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
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
            let over = |token: &Token| {
                let head = sentence.tokens.get(token.head as usize);
                let head = head.map_or("", |h| h.lemma.as_str());
                format!("{} under {head}", token.rel)
            };
            read.extend(
                sentence
                    .tokens
                    .iter()
                    .zip(commitments)
                    .map(|(token, c)| (token.span, c, over(token))),
            );
        }
        for target in &line.targets {
            let found = starts
                .get(target.span1[0])
                .and_then(|&start| read.iter().find(|(span, ..)| span.range().contains(&start)));
            let Some((span, commitment, over)) = found else {
                lost += 1;
                continue;
            };
            let sort = sort(commitment);
            let value = scale(set, &sort);
            pairs.push((value, target.label));
            sorts
                .entry(sort.clone())
                .or_default()
                .push((value, target.label));
            words
                .entry(over.clone())
                .or_default()
                .push((value, target.label));
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
    out.tables.push_str(&causes(
        "read as",
        sorts,
        if tools.train { 200 } else { 20 },
    ));
    out.tables.push_str(&causes(
        "stands as",
        words,
        if tools.train { 60 } else { 12 },
    ));
    cases.sort_by(|a, b| b.0.total_cmp(&a.0));
    out.worst.extend(cases.into_iter().map(|(_, case)| case));
    Ok(())
}

/// Where the error comes from: the `top` causes, each with its cases, their median label and mean error.
#[allow(clippy::cast_precision_loss)]
fn causes(title: &str, rows: BTreeMap<String, Vec<(f64, f64)>>, top: usize) -> String {
    let errors = |pairs: &[(f64, f64)]| pairs.iter().map(|(a, b)| (a - b).abs()).sum::<f64>();
    let total: f64 = rows.values().map(|pairs| errors(pairs)).sum();
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by(|a, b| errors(&b.1).total_cmp(&errors(&a.1)));
    let mut out = format!(
        "  {title:<34}{:>6}{:>8}{:>8}{:>7}{:>8}{:>8}\n",
        "n", "value", "median", "mean", "error", "share"
    );
    for (name, pairs) in rows.iter().take(top) {
        let n = pairs.len() as f64;
        let mut labels: Vec<f64> = pairs.iter().map(|p| p.1).collect();
        labels.sort_by(f64::total_cmp);
        let mean = labels.iter().sum::<f64>() / n;
        let value = pairs.iter().map(|p| p.0).sum::<f64>() / n;
        let error = errors(pairs);
        out.push_str(&format!(
            "  {name:<34}{:>6}{value:>8.2}{:>8.2}{mean:>7.2}{:>8.2}{:>8.3}\n",
            pairs.len(),
            labels[labels.len() / 2],
            error / n,
            error / total
        ));
    }
    out
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
