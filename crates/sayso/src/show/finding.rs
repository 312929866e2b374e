//! One finding in full: who stands behind it, as a tree; who is against it; why it is graded so.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use sayso_corroborate::{
    findings::{Branch, Finding, Origin, Said, Sort, Stance},
    lineage::Eroded,
};
use sayso_ledger::{Head, Ledger};
use sayso_records::{ClaimId, ReportId};

use super::{
    Screen, Tone, clean, columns,
    entity::text,
    findings::{grade, grade_tone, seen, short_finding, status, summary},
    line, short,
    table::count,
    values::values,
    wrap,
};

/// Findings that say less and more.
#[derive(Default)]
pub(crate) struct Beside {
    pub(crate) wider: Vec<Finding>,
    pub(crate) narrower: Vec<Finding>,
}

struct Writer<'w> {
    out: &'w mut dyn Write,
    screen: Screen,
}

/// Writes `finding`; `heads` are those of its reports, `quotes` the reports and sentences of the claims that erosion names.
pub(crate) fn show(
    out: &mut dyn Write,
    screen: Screen,
    finding: &Finding,
    heads: &BTreeMap<ReportId, Head>,
    quotes: &BTreeMap<ClaimId, (ReportId, String)>,
    beside: &Beside,
) -> io::Result<()> {
    let mut writer = Writer { out, screen };
    writer.text("", Tone::Strong, &line(&finding.proposition))?;
    let mut about = vec![format!("finding {}", clean(&finding.id))];
    about.extend(status(finding));
    about.extend(seen(finding));
    if let Some((first, last)) = &finding.days {
        about.push(match first == last {
            true => format!("for {first}"),
            false => format!("for {first} to {last}"),
        });
    }
    writer.text("", Tone::Quiet, &about.join(" · "))?;
    writeln!(writer.out)?;
    writer.text("", grade_tone(&finding.credibility), &summary(finding))?;
    let trees = finding.origins.iter().flat_map(|origin| &origin.tree);
    let reports: BTreeSet<&ReportId> = trees.map(|branch| &branch.report).collect();
    let mut sum = format!(
        "{} in {}",
        count(finding.claims.len(), "claim"),
        count(reports.len(), "report")
    );
    if finding.narrower >= Ledger::MOST_HEEDED {
        sum += &format!(
            "; the first {} that say more than this, and this with it, are counted, and no more of them",
            finding.narrower
        );
    } else if finding.narrower > 0 {
        let say = if finding.narrower == 1 { "says" } else { "say" };
        sum += &format!(
            "; {} {say} more than this, and this with it",
            finding.narrower
        );
    }
    writer.text("", Tone::Plain, &sum)?;

    for (established, title) in [
        (true, "ORIGINS"),
        (false, "OF UNKNOWN LINEAGE (these add nothing)"),
    ] {
        let of: Vec<&Origin> = finding
            .origins
            .iter()
            .filter(|origin| origin.established == established)
            .collect();
        if of.is_empty() {
            continue;
        }
        writer.title(title)?;
        for (at, origin) in of.iter().enumerate() {
            writer.origin(at + 1, origin, heads)?;
        }
    }
    if !finding.against.is_empty() {
        writer.title("AGAINST IT")?;
        for stance in &finding.against {
            writer.stance(stance, heads)?;
        }
    }
    values(writer.out, screen, &finding.values)?;
    if !finding.erosion.is_empty() {
        writer.title("WHAT COPYING LOST OR CHANGED")?;
        writer.erosion(finding, heads, quotes)?;
    }
    writer.title(&format!("CREDIBILITY: {}", grade(&finding.credibility)))?;
    for reason in &finding.credibility.reasons {
        writer.text("  - ", Tone::Plain, &clean(reason))?;
    }
    for (findings, title) in [
        (&beside.narrower, "FINDINGS THAT SAY MORE"),
        (
            &beside.wider,
            "FINDINGS THAT SAY LESS (compatible, not counted here)",
        ),
    ] {
        if findings.is_empty() {
            continue;
        }
        writer.title(title)?;
        for finding in findings {
            writer.text(
                &format!("  {}  ", short_finding(&finding.id)),
                Tone::Plain,
                &format!(
                    "{} ({})",
                    line(&finding.proposition),
                    count(finding.established, "origin")
                ),
            )?;
        }
    }
    Ok(())
}

impl Writer<'_> {
    fn title(&mut self, title: &str) -> io::Result<()> {
        writeln!(self.out)?;
        writeln!(self.out, "{}", self.screen.paint.tone(Tone::Kind, title))
    }

    fn text(&mut self, lead: &str, tone: Tone, words: &str) -> io::Result<()> {
        text(self.out, self.screen, tone, lead, words)
    }

    fn origin(
        &mut self,
        number: usize,
        origin: &Origin,
        heads: &BTreeMap<ReportId, Head>,
    ) -> io::Result<()> {
        let tone = if origin.established {
            Tone::Sure
        } else {
            Tone::Unsure
        };
        let mut what = match origin.kind {
            Sort::NamedSource => "named source",
            Sort::OwnReporting => "own reporting",
            Sort::Unknown => "unknown",
        }
        .to_owned();
        if origin.kind == Sort::NamedSource {
            what += if origin.read {
                ", its own text is in the ledger"
            } else {
                ", its own text has not been read"
            };
        }
        self.text(
            &format!("{number:>2} "),
            tone,
            &format!(
                "{} ({what}; {})",
                clean(&origin.name),
                origin.certainty.as_str()
            ),
        )?;
        for reason in &origin.reasons {
            self.text("   ", Tone::Quiet, &clean(reason))?;
        }
        self.branches(&origin.tree, None, "   ", heads, 0)
    }

    /// A denial or doubt, with each wording of it and who prints it so.
    fn stance(&mut self, stance: &Stance, heads: &BTreeMap<ReportId, Head>) -> io::Result<()> {
        let unknown = if stance.established {
            ""
        } else {
            ", of unknown lineage"
        };
        let reports: BTreeSet<&ReportId> = stance.said.iter().map(|said| &said.report).collect();
        let who = format!(
            "{} by {} ({}{unknown})",
            clean(&stance.what),
            clean(&stance.who),
            count(reports.len(), "report")
        );
        self.text("  ", Tone::Against, &who)?;
        let mut wordings: Vec<(&str, Vec<&Said>)> = Vec::new();
        for said in &stance.said {
            match wordings.iter_mut().find(|(quote, _)| *quote == said.quote) {
                Some((_, all)) => all.push(said),
                None => wordings.push((&said.quote, vec![said])),
            }
        }
        for (quote, all) in wordings {
            self.text("    ", Tone::Plain, &clean(quote))?;
            let by = all.iter().map(|said| {
                let publisher = heads
                    .get(&said.report)
                    .and_then(|head| head.publisher.as_deref());
                format!(
                    "{} · claim {}",
                    clean(publisher.unwrap_or("nobody named")),
                    short(&said.claim.0)
                )
            });
            let by: Vec<String> = by.collect();
            self.text("    ", Tone::Quiet, &by.join("; "))?;
        }
        Ok(())
    }

    /// Each copy with the sentence before and its own, and what is no longer the same.
    fn erosion(
        &mut self,
        finding: &Finding,
        heads: &BTreeMap<ReportId, Head>,
        quotes: &BTreeMap<ClaimId, (ReportId, String)>,
    ) -> io::Result<()> {
        let mut pairs: BTreeMap<(&ClaimId, &ClaimId), Vec<&Eroded>> = BTreeMap::new();
        for eroded in &finding.erosion {
            pairs
                .entry((&eroded.from, &eroded.to))
                .or_default()
                .push(eroded);
        }
        for ((from, to), changes) in pairs {
            let told = |id: &ClaimId| {
                let (report, quote) = quotes
                    .get(id)
                    .cloned()
                    .unwrap_or((ReportId(String::new()), String::new()));
                let publisher = heads
                    .get(&report)
                    .and_then(|head| head.publisher.clone())
                    .unwrap_or_else(|| "nobody named".to_owned());
                (publisher, quote)
            };
            let ((before, was), (after, is)) = (told(from), told(to));
            let elsewhere = if finding.claims.contains(to) {
                ""
            } else {
                ", which states something else"
            };
            self.text(
                "  ",
                Tone::Plain,
                &format!(
                    "{} → {} (claim {}{elsewhere})",
                    clean(&before),
                    clean(&after),
                    short(&to.0)
                ),
            )?;
            for change in changes {
                let after = if change.after.is_empty() {
                    "nothing"
                } else {
                    &change.after
                };
                let words = format!(
                    "{}: {} → {}",
                    change.what.as_str(),
                    clean(&change.before),
                    clean(after)
                );
                let tone = if change.what.strengthens() || change.what.alters() {
                    Tone::Against
                } else {
                    Tone::Unsure
                };
                self.text("    ", tone, &words)?;
            }
            self.text("    - ", Tone::Quiet, &clean(&was))?;
            self.text("    + ", Tone::Quiet, &clean(&is))?;
        }
        Ok(())
    }

    fn branches(
        &mut self,
        tree: &[Branch],
        under: Option<usize>,
        lead: &str,
        heads: &BTreeMap<ReportId, Head>,
        depth: usize,
    ) -> io::Result<()> {
        let children: Vec<usize> = (0..tree.len())
            .filter(|at| tree[*at].under == under)
            .collect();
        for (nth, at) in children.iter().enumerate() {
            let branch = &tree[*at];
            let last = nth + 1 == children.len();
            let (mark, below) = if last {
                ("└ ", "  ")
            } else {
                ("├ ", "│ ")
            };
            let head = heads.get(&branch.report);
            let publisher = if branch.publisher.is_empty() {
                head.map_or("", |head| head.address.as_str())
            } else {
                &branch.publisher
            };
            let day = branch.published.as_deref().unwrap_or("undated");
            let claims: Vec<&str> = branch.claims.iter().map(|id| short(&id.0)).collect();
            let noun = if claims.len() == 1 { "claim" } else { "claims" };
            let text = format!("{day}  {}  {noun} {}", clean(publisher), claims.join(", "));
            // What hangs on it goes on below its words.
            let leads = tree.iter().any(|other| other.under == Some(*at));
            let (lead, first) = (format!("{lead}{below}"), format!("{lead}{mark}"));
            let rest = format!("{lead}{}", if leads { "│ " } else { "  " });
            let width = self.screen.width.clamp(40, 120);
            let width = width.saturating_sub(columns(&rest)).max(20);
            for (nth, line) in wrap(&text, width).into_iter().enumerate() {
                let lead = if nth == 0 { &first } else { &rest };
                writeln!(self.out, "{lead}{}", text.get(line).unwrap_or(""))?;
            }
            let cue = clean(&branch.cue);
            for line in wrap(&cue, width) {
                let line = cue.get(line).unwrap_or("");
                writeln!(
                    self.out,
                    "{rest}{}",
                    self.screen.paint.tone(Tone::Quiet, line)
                )?;
            }
            // Trees are as deep as chains of copies; a hostile set of them is cut.
            if depth < 40 {
                self.branches(tree, Some(*at), &lead, heads, depth + 1)?;
            }
        }
        Ok(())
    }
}
