use std::{collections::BTreeMap, io::Write};

use sayso_corroborate::{findings::Finding, lineage::Lineage};
use sayso_ledger::{FindingFilter, Ledger, fold};
use sayso_resolve::judged::Standing;
use serde::Serialize;

use sayso_desk::rows::guard;

use super::{claims::nothing, up_to_date};
use crate::{
    Session,
    args::{Format, Sources},
    exit::Ended,
    show::{Tone, clean, columns, table::count},
};

/// One publisher or named source.
#[derive(Clone, Debug, Default, Serialize)]
struct Row {
    name: String,
    /// An entity's id, or `name:<folded>`.
    key: String,
    /// A to F, as a person graded it; F until then.
    reliability: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    /// Reports it published.
    reports: usize,
    /// Findings that have it as an established origin.
    originates: usize,
    /// Findings it carries that begin with somebody else.
    repeats: usize,
}

pub(crate) fn run(session: &Session, what: &Sources, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let ledger = up_to_date(session)?;
    let standing = Standing::of(&ledger.judgements()?);
    let mut rows = rows(&ledger)?;
    for row in &mut rows {
        if let Some((grade, _)) = standing.reliability(&row.key) {
            row.reliability = grade.as_str();
        }
    }
    if let Some(name) = &what.name {
        let words = fold(name);
        rows.retain(|row| fold(&row.name).contains(words.trim_end()));
    }
    if rows.is_empty() {
        return nothing("no source matches");
    }
    match what.format {
        Format::Table => table(session, &rows, out)?,
        Format::Jsonl => {
            for row in &rows {
                serde_json::to_writer(&mut *out, row)?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => {
            let mut csv = csv::Writer::from_writer(out);
            let header = [
                "name",
                "key",
                "reliability",
                "kind",
                "owner",
                "reports",
                "originates",
                "repeats",
            ];
            csv.write_record(header).map_err(std::io::Error::from)?;
            for row in &rows {
                let numbers = [row.reports, row.originates, row.repeats].map(|n| n.to_string());
                let [reports, originates, repeats] = numbers;
                let owner = guard(row.owner.as_deref().unwrap_or(""));
                let cells = [
                    guard(&row.name),
                    guard(&row.key),
                    row.reliability.to_owned(),
                    row.kind.clone().unwrap_or_default(),
                    owner,
                    reports,
                    originates,
                    repeats,
                ];
                csv.write_record(cells).map_err(std::io::Error::from)?;
            }
            csv.flush()?;
        }
    }
    Ok(Ended::Done)
}

/// Everybody, most findings begun first, then most reports.
fn rows(ledger: &Ledger) -> anyhow::Result<Vec<Row>> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let new = |key: &str, name: &str| Row {
        name: name.to_owned(),
        key: key.to_owned(),
        reliability: "F",
        ..Row::default()
    };
    ledger.lineages(|body| {
        let Ok(lineage) = serde_json::from_str::<Lineage>(body) else {
            return;
        };
        if let Some(publisher) = &lineage.publisher {
            let row = rows
                .entry(publisher.key.to_string())
                .or_insert_with(|| new(&publisher.key, &publisher.name));
            row.reports += 1;
            let kind = lineage.kind.map(|kind| kind.to_string());
            row.kind = row.kind.take().or(kind);
            row.owner = row.owner.take().or(lineage.owner);
        }
    })?;
    let names: BTreeMap<String, String> = rows
        .values()
        .map(|row| (row.name.clone(), row.key.clone()))
        .collect();
    let mut failed = Ok(());
    ledger.findings(&FindingFilter::default(), usize::MAX, |body| {
        match serde_json::from_str::<Finding>(&body) {
            Ok(finding) => {
                for origin in &finding.origins {
                    let Some(key) = origin.key.as_deref() else {
                        continue;
                    };
                    if origin.established {
                        rows.entry(key.to_owned())
                            .or_insert_with(|| new(key, &origin.name))
                            .originates += 1;
                    }
                    let repeating: std::collections::BTreeSet<&String> = origin
                        .tree
                        .iter()
                        .filter_map(|branch| names.get(&branch.publisher))
                        .collect();
                    for publisher in repeating.into_iter().filter(|publisher| *publisher != key) {
                        if let Some(row) = rows.get_mut(publisher) {
                            row.repeats += 1;
                        }
                    }
                }
            }
            Err(error) => failed = Err(error),
        }
        failed.is_ok()
    })?;
    failed?;
    let mut rows: Vec<Row> = rows.into_values().collect();
    rows.sort_by(|a, b| {
        (b.originates, b.reports)
            .cmp(&(a.originates, a.reports))
            .then_with(|| a.name.cmp(&b.name))
    });
    Ok(rows)
}

fn table(session: &Session, rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let paint = session.screen.paint;
    let cut = |text: &str, width: usize| -> String {
        let text = clean(text);
        match columns(&text) <= width {
            true => text,
            false => text
                .chars()
                .take(width.saturating_sub(1))
                .chain(['…'])
                .collect(),
        }
    };
    let wide = rows
        .iter()
        .map(|row| columns(&row.name))
        .max()
        .unwrap_or(0)
        .clamp(10, session.screen.width.saturating_sub(59).clamp(20, 60));
    let head = format!(
        "{:wide$}  {:>8} {:>10} {:>8}  {:<4} {:<11}  {}",
        "WHO", "REPORTS", "ORIGIN OF", "REPEATS", "A-F", "KIND", "OWNER"
    );
    writeln!(out, "{}", paint.tone(Tone::Quiet, head.trim_end()))?;
    for row in rows {
        let name = cut(&row.name, wide);
        let pad = wide - columns(&name).min(wide);
        let kind = row.kind.as_deref().unwrap_or("");
        // What is left of the line; the other formats have all of it.
        let room = session.screen.width.saturating_sub(wide + 51);
        let owner = row.owner.as_deref().filter(|_| room > 4);
        let owner = owner.map_or_else(String::new, |owner| cut(owner, room));
        let line = format!(
            "{:pad$}  {:>8} {:>10} {:>8}  {:<4} {kind:<11}  {owner}",
            "", row.reports, row.originates, row.repeats, row.reliability
        );
        writeln!(out, "{}{}", paint.tone(Tone::Strong, name), line.trim_end())?;
    }
    writeln!(
        out,
        "{}",
        paint.tone(Tone::Quiet, count(rows.len(), "source"))
    )
}
