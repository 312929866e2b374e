//! A report's text with its claims marked.

use std::io::{self, Write};

use sayso_ledger::{Stored, StoredReport};
use sayso_records::{Byte, Span};
use sayso_resolve::judged::Standing;

use super::{Screen, Tone, Verdict, clean, marked::Marked, one_line, short, wrap};

/// Writes the report: head, text with `[1]` after each sentence that carries claim 1, and the claims by number.
pub(crate) fn write(
    out: &mut dyn Write,
    screen: Screen,
    stored: &StoredReport,
    claims: &[Stored],
    standing: &Standing,
) -> io::Result<()> {
    let (paint, report) = (screen.paint, &stored.report);
    let width = screen.width.clamp(40, 100);
    let line = |out: &mut dyn Write, name: &str, value: &str| -> io::Result<()> {
        let value = clean(value);
        for (at, range) in wrap(&value, width - 12).into_iter().enumerate() {
            let name = if at == 0 { name } else { "" };
            let value = value.get(range).unwrap_or("");
            writeln!(
                out,
                "{}{value}",
                paint.tone(Tone::Quiet, format_args!("{name:<12}"))
            )?;
        }
        Ok(())
    };
    line(out, "report", &report.id.0)?;
    let fields = [
        ("title", &report.title),
        ("by", &report.byline),
        ("publisher", &report.publisher),
        ("published", &report.published),
        ("url", &report.url),
        ("language", &report.language),
    ];
    for (name, value) in fields {
        if let Some(value) = value {
            line(out, name, value)?;
        }
    }
    line(out, "from", &stored.address)?;
    if let Some(fetched) = &stored.fetched {
        line(out, "fetched", fetched)?;
    }
    line(out, "capture", &report.capture.to_string())?;
    writeln!(out)?;
    for (span, paragraph) in report.paragraphs() {
        paragraph_lines(span, paragraph, claims, screen, width)
            .iter()
            .try_for_each(|line| writeln!(out, "{line}"))?;
        writeln!(out)?;
    }
    for (at, claim) in claims.iter().enumerate() {
        let number = format!("[{}]", at + 1);
        let text = one_line(&claim.claim);
        for (nth, range) in wrap(&text, width - 16).into_iter().enumerate() {
            let text = text.get(range).unwrap_or("");
            match nth {
                0 => writeln!(
                    out,
                    "{} {}  {text}",
                    paint.tone(Tone::Kind, format_args!("{number:>5}")),
                    paint.tone(Tone::Quiet, short(&claim.claim.id.0)),
                )?,
                _ => writeln!(out, "{:16}{text}", "")?,
            }
        }
        for (tone, words) in Verdict::lines(standing, &claim.claim.id) {
            for range in wrap(&words, width - 16) {
                let words = paint.tone(tone, words.get(range).unwrap_or(""));
                writeln!(out, "{:16}{words}", "")?;
            }
        }
    }
    if claims.is_empty() {
        writeln!(out, "{}", paint.tone(Tone::Quiet, "no claims"))?;
    }
    Ok(())
}

fn paragraph_lines(
    span: Span<Byte>,
    paragraph: &str,
    claims: &[Stored],
    screen: Screen,
    width: usize,
) -> Vec<String> {
    let here: Vec<(usize, &Stored)> = (claims.iter().enumerate())
        .filter(|(_, stored)| span.overlaps(stored.claim.evidence.span))
        .collect();
    // The numbers are put into the text after the sentence's end, so every span behind them moves.
    let mut ends: Vec<u32> = here
        .iter()
        .map(|(_, s)| s.claim.evidence.span.end)
        .collect();
    ends.sort_unstable();
    ends.dedup();
    let mut text = String::new();
    let mut marks: Vec<(Span<Byte>, Tone)> = Vec::new();
    let mut moved: Vec<(u32, usize)> = Vec::new();
    let mut at = span.start;
    for end in ends.into_iter().map(|end| end.min(span.end)) {
        text += piece(paragraph, span, at, end);
        at = at.max(end);
        let numbers: Vec<String> = (here.iter())
            .filter(|(_, s)| s.claim.evidence.span.end.min(span.end) == end)
            .map(|(n, _)| (n + 1).to_string())
            .collect();
        let start = text.len();
        text += &format!(" [{}]", numbers.join(","));
        marks.push((Span::new(start, text.len()), Tone::Kind));
        moved.push((end, text.len() - start));
    }
    text += piece(paragraph, span, at, span.end);
    let place = |byte: u32| {
        let pushed: usize = (moved.iter())
            .take_while(|(end, _)| *end <= byte)
            .map(|(_, by)| by)
            .sum();
        byte.saturating_sub(span.start) as usize + pushed
    };
    for (_, stored) in here {
        let claim = &stored.claim;
        let fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
        let mut words: Vec<Span<Byte>> = fillers.map(|filler| filler.span).collect();
        words.extend(claim.sources.iter().map(|source| source.span));
        words.extend(claim.place.iter().map(|place| place.span));
        words.retain(|words| span.contains(*words) && !words.is_empty());
        marks.extend((words.into_iter()).map(|words| {
            let start = place(words.start);
            (Span::new(start, start + words.len()), Tone::Strong)
        }));
    }
    Marked::new(&text, 0, &marks).lines(width, screen.paint, Tone::Plain)
}

/// The part of `paragraph` (which covers `span`) from byte `from` to byte `to` of the report.
fn piece(paragraph: &str, span: Span<Byte>, from: u32, to: u32) -> &str {
    let at = |byte: u32| byte.saturating_sub(span.start) as usize;
    paragraph.get(at(from)..at(to.max(from))).unwrap_or("")
}
