//! What another edition of the same page says otherwise.

use std::{
    io::{self, Write},
    time::Duration,
};

use sayso_records::Report;
use similar::{ChangeTag, TextDiff};

use super::{Screen, Tone, clean, short, wrap};

/// Comparing two texts may take so long; then the rest counts as changed.
const LONGEST: Duration = Duration::from_millis(500);

/// Writes the sentences that `report` and `other`, which have one address, do not share: `-` only here, `+` only there.
pub(crate) fn write(
    out: &mut dyn Write,
    screen: Screen,
    report: &Report,
    other: &Report,
) -> io::Result<()> {
    let (paint, width) = (screen.paint, screen.width.clamp(40, 100));
    let day = other.published.as_deref().map_or_else(String::new, |at| {
        format!(", {}", at.get(..10).unwrap_or(at))
    });
    let publisher = other
        .publisher
        .as_deref()
        .map_or_else(String::new, |name| format!(", {name}"));
    let title = format!(
        "The same address has another text: report {}{publisher}{day}",
        short(&other.id.0)
    );
    writeln!(out)?;
    for line in wrap(&clean(&title), width) {
        writeln!(
            out,
            "{}",
            paint.tone(Tone::Kind, clean(&title).get(line).unwrap_or(""))
        )?;
    }
    let (here, there) = (sentences(&report.text), sentences(&other.text));
    let diff = TextDiff::configure()
        .timeout(LONGEST)
        .diff_slices(&here, &there);
    let mut any = false;
    for change in diff.iter_all_changes() {
        let (mark, tone) = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => ("-", Tone::Against),
            ChangeTag::Insert => ("+", Tone::Sure),
        };
        any = true;
        let text = clean(change.value());
        for line in wrap(&text, width - 4) {
            writeln!(
                out,
                "  {mark} {}",
                paint.tone(tone, text.get(line).unwrap_or(""))
            )?;
        }
    }
    if !any {
        writeln!(
            out,
            "  {}",
            paint.tone(Tone::Quiet, "only what is around the text differs")
        )?;
    }
    Ok(())
}

/// Roughly the sentences of a text: what is compared and shown as one piece.
fn sentences(text: &str) -> Vec<&str> {
    let pieces = text.lines().flat_map(|line| line.split_inclusive(". "));
    pieces
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect()
}
