//! A sentence's tree, drawn with the words that fill a field marked.

use std::io::{self, Write};

use sayso_records::{Byte, Sentence, Span};

use super::{Screen, Tone, clean, columns};

/// Draws `sentence` of `text`, one word a line under its head, in the order of the text. `fields` name spans of the same
/// text that fill something.
pub(crate) fn draw(
    out: &mut dyn Write,
    screen: Screen,
    text: &str,
    sentence: &Sentence,
    fields: &[(Span<Byte>, String)],
) -> io::Result<()> {
    let tokens = &sentence.tokens;
    let head = |at: usize| tokens.get(at).map_or(at, |token| token.head as usize);
    let mut rows: Vec<(String, usize)> = Vec::new();
    let mut seen = vec![false; tokens.len()];
    let children = |of: usize| -> Vec<usize> {
        (0..tokens.len())
            .filter(|&at| at != of && head(at) == of && tokens[at].upos.as_str() != "SPACE")
            .collect()
    };
    // Depth first with a stack of its own: a hostile sentence may nest a thousand deep.
    let mut stack: Vec<(usize, String, String)> = (0..tokens.len())
        .filter(|&at| head(at) == at)
        .map(|root| (root, String::new(), String::new()))
        .rev()
        .collect();
    while let Some((at, lead, below)) = stack.pop() {
        if seen.get(at).copied().unwrap_or(true) {
            continue;
        }
        seen[at] = true;
        rows.push((lead, at));
        let under = children(at);
        let last = under.len().saturating_sub(1);
        for (nth, child) in under.into_iter().enumerate().rev() {
            let (branch, trunk) = if nth == last {
                ("└ ", "  ")
            } else {
                ("├ ", "│ ")
            };
            stack.push((child, format!("{below}{branch}"), format!("{below}{trunk}")));
        }
    }
    let word = |at: usize| {
        tokens
            .get(at)
            .map_or(String::new(), |t| clean(t.span.of(text)))
    };
    let wide = (rows.iter())
        .map(|(lead, at)| columns(lead) + columns(&word(*at)))
        .max()
        .unwrap_or(0)
        .min(screen.width.saturating_sub(30).max(20));
    for (lead, at) in rows {
        let Some(token) = tokens.get(at) else {
            continue;
        };
        let marked: Vec<&str> = (fields.iter())
            .filter(|(span, _)| span.overlaps(token.span))
            .map(|(_, name)| name.as_str())
            .collect();
        let tone = if marked.is_empty() {
            Tone::Plain
        } else {
            Tone::Strong
        };
        let text = word(at);
        let pad = wide.saturating_sub(columns(&lead) + columns(&text)) + 2;
        let line = format!(
            "{}{}{:pad$}{}",
            screen.paint.tone(Tone::Quiet, &lead),
            screen.paint.tone(tone, &text),
            "",
            screen.paint.tone(
                Tone::Quiet,
                format_args!("{:<6}{:<12}", token.upos.as_str(), token.rel)
            ),
        );
        match marked.is_empty() {
            true => writeln!(out, "  {}", line.trim_end())?,
            false => writeln!(
                out,
                "  {line}{}",
                screen.paint.tone(Tone::Kind, marked.join(", "))
            )?,
        }
    }
    Ok(())
}
