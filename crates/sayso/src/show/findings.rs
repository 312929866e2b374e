//! Findings as a table for people: what is stated, by how many origins and publishers, and how far it can be believed.

use std::io::{self, Write};

use sayso_corroborate::findings::{Credibility, Finding};

use super::{Screen, Tone, clean, line, short, table::count, wrap};

/// The writer of a table.
pub(crate) struct Table<'w> {
    out: &'w mut dyn Write,
    screen: Screen,
    shown: usize,
}

impl<'w> Table<'w> {
    pub(crate) fn new(out: &'w mut dyn Write, screen: Screen) -> Self {
        Self {
            out,
            screen,
            shown: 0,
        }
    }

    pub(crate) fn row(&mut self, finding: &Finding) -> io::Result<()> {
        self.shown += 1;
        let paint = self.screen.paint;
        let width = self.screen.width.clamp(40, 120);
        let head = line(&finding.proposition);
        for at in wrap(&head, width) {
            writeln!(
                self.out,
                "{}",
                paint.tone(Tone::Strong, head.get(at).unwrap_or(""))
            )?;
        }
        let (id, indent) = (
            short_finding(&finding.id),
            2 + short_finding(&finding.id).len() + 2,
        );
        let parts = [summary(finding), about(finding)];
        let mut first = true;
        for part in parts.iter().filter(|part| !part.is_empty()) {
            for at in wrap(part, width.saturating_sub(indent)) {
                let text = part.get(at).unwrap_or("");
                match std::mem::take(&mut first) {
                    true => writeln!(
                        self.out,
                        "  {}  {}",
                        paint.tone(Tone::Quiet, &id),
                        paint.tone(grade_tone(&finding.credibility), text)
                    )?,
                    false => writeln!(self.out, "{:indent$}{}", "", paint.tone(Tone::Quiet, text))?,
                }
            }
        }
        writeln!(self.out)
    }

    /// Writes the sum of `all` that match. Gives the number shown.
    pub(crate) fn end(self, all: usize) -> io::Result<usize> {
        if self.shown > 0 {
            let mut sum = count(all, "finding");
            if all > self.shown {
                sum += &format!(
                    ", the {} with the most origins shown: narrow them down, or give --limit",
                    self.shown
                );
            }
            writeln!(self.out, "{}", self.screen.paint.tone(Tone::Quiet, sum))?;
        }
        Ok(self.shown)
    }
}

/// Enough of a finding's id to ask for it.
pub(crate) fn short_finding(id: &str) -> String {
    match id.split_once('-') {
        // A later occasion's id differs at its end.
        Some(_) => id.to_owned(),
        None => short(id).to_owned(),
    }
}

/// `11 publishers, 2 origins (1 more of unknown lineage), 1 denial · 3 possibly true`.
pub(crate) fn summary(finding: &Finding) -> String {
    let carried = match finding.publishers.len() {
        0 => format!(
            "{} without a publisher's name",
            count(finding.reports.len(), "report")
        ),
        n => count(n, "publisher"),
    };
    let mut out = match (finding.established, finding.unknown) {
        (0, 0) => format!("{carried}, no origin"),
        (0, unknown) => format!("{carried}, no established origin ({unknown} of unknown lineage)"),
        (n, 0) => format!("{carried}, {}", count(n, "origin")),
        (n, unknown) => format!(
            "{carried}, {} ({unknown} more of unknown lineage)",
            count(n, "origin")
        ),
    };
    for (n, what) in [
        (finding.stances.denied, "denial"),
        (finding.stances.doubted, "doubt"),
    ] {
        if n > 0 {
            out += &format!(", {}", count(n, what));
        }
    }
    out + " · " + &grade(&finding.credibility)
}

/// `3 possibly true`.
pub(crate) fn grade(credibility: &Credibility) -> String {
    let words = [
        "confirmed",
        "probably true",
        "possibly true",
        "doubtful",
        "improbable",
    ];
    let words = words
        .get(usize::from(credibility.grade).wrapping_sub(1))
        .copied()
        .unwrap_or("cannot be judged");
    format!("{} {words}", credibility.grade)
}

pub(crate) fn grade_tone(credibility: &Credibility) -> Tone {
    match credibility.grade {
        1 | 2 => Tone::Sure,
        4 | 5 => Tone::Against,
        3 => Tone::Unsure,
        _ => Tone::Quiet,
    }
}

/// Status, days, who stands behind it.
fn about(finding: &Finding) -> String {
    let mut parts = Vec::new();
    parts.extend(status(finding));
    parts.extend(seen(finding));
    let names: Vec<String> = finding
        .origins
        .iter()
        .filter(|origin| origin.established)
        .map(|origin| clean(&origin.name))
        .collect();
    if !names.is_empty() {
        parts.push(names.join("; "));
    }
    parts.join(" · ")
}

/// `planned to operating`.
pub(crate) fn status(finding: &Finding) -> Option<String> {
    let (low, high) = finding.status.as_ref()?;
    Some(match low == high {
        true => clean(low),
        false => format!("{} to {}", clean(low), clean(high)),
    })
}

/// `reported 2023-05-12 to 2023-08-03`.
pub(crate) fn seen(finding: &Finding) -> Option<String> {
    let (first, last) = finding.seen.as_ref()?;
    Some(match first == last {
        true => format!("reported {}", clean(first)),
        false => format!("reported {} to {}", clean(first), clean(last)),
    })
}
