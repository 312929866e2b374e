use std::io::{self, Write};

use sayso_ledger::{Ledger, Matched, Stored, StoredReport};
use sayso_records::{Byte, Claim, Span};
use sayso_resolve::judged::Standing;

use super::{claims::nothing, material, one};
use crate::{
    Session,
    args::Explain,
    exit::Ended,
    show::{Screen, Tone, Verdict, clean, columns, one_line, table::Table, text, tree, wrap},
};

pub(crate) fn run(session: &Session, what: &Explain, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let ledger = Ledger::look(&session.ledger)?;
    let Some(stored) = one(ledger.claim(&what.claim)?, "claim", &what.claim)? else {
        return nothing(&format!("no claim whose id begins with {}", what.claim));
    };
    let screen = session.screen;
    let standing = Standing::of(&ledger.judgements()?);
    Table::new(out, screen).row(&stored, Verdict::of(&standing, &stored.claim.id))?;
    for words in Verdict::corrections(&standing, &stored.claim.id) {
        text(out, screen, Tone::Sure, "  ", &words)?;
    }
    reasons(out, screen, &stored.claim)?;
    others(out, screen, &ledger, &stored)?;
    let Matched::One(report) = ledger.report(&stored.report.id.0)? else {
        return nothing("its report is not in the ledger");
    };
    origin(out, screen, &stored, &report)?;

    heading(out, screen, "The sentence as the model sees it")?;
    let analyser = material::analyser(&what.model)?;
    if analyser.version() != stored.versions.model {
        let note = format!(
            "  read with {}, drawn with {}: the tree may differ",
            clean(&stored.versions.model),
            clean(analyser.version())
        );
        writeln!(out, "{}", screen.paint.tone(Tone::Unsure, note))?;
    }
    let evidence = stored.claim.evidence.span;
    let fields = fields(&stored.claim);
    for (span, paragraph) in report.report.paragraphs() {
        if !span.overlaps(evidence) {
            continue;
        }
        // Spans of the analysis count from the paragraph's beginning.
        let back = |s: Span<Byte>| {
            let at = |byte: u32| byte.saturating_sub(span.start) as usize;
            Span::new(at(s.start), at(s.end))
        };
        let here: Vec<(Span<Byte>, String)> = (fields.iter())
            .filter(|(s, _)| span.contains(*s))
            .map(|(s, name)| (back(*s), name.clone()))
            .collect();
        for sentence in analyser.analyse(&[paragraph]).into_iter().flatten() {
            if sentence.span.overlaps(back(evidence)) {
                tree::draw(out, screen, paragraph, &sentence, &here)?;
            }
        }
    }
    Ok(Ended::Done)
}

fn heading(out: &mut dyn Write, screen: Screen, text: &str) -> io::Result<()> {
    writeln!(out, "{}", screen.paint.tone(Tone::Strong, text))
}

/// One line a field: what it holds, by which words, by which rule.
fn reasons(out: &mut dyn Write, screen: Screen, claim: &Claim) -> io::Result<()> {
    heading(out, screen, "Why it was read so")?;
    let paint = screen.paint;
    let rows: Vec<[String; 4]> = (claim.explanation.iter())
        .map(|why| {
            let words = match why.words.is_empty() {
                true => String::new(),
                false => format!("“{}”", clean(&why.words)),
            };
            [
                clean(&why.field),
                value(claim, &why.field),
                words,
                clean(&why.rule),
            ]
        })
        .collect();
    let widest = |column: usize| {
        let each = rows.iter().filter_map(|row| row.get(column));
        each.map(|cell| columns(cell)).max().unwrap_or(0)
    };
    let widths = [widest(0), widest(1).min(30), widest(2).min(30)];
    let tones = [Tone::Quiet, Tone::Strong, Tone::Plain, Tone::Kind];
    for row in &rows {
        let rule = columns(&row[3]).max(1);
        let widths = [widths[0], widths[1], widths[2], rule];
        let lines: Vec<Vec<&str>> = (row.iter().zip(widths))
            .map(|(cell, width)| {
                let lines = wrap(cell, width).into_iter();
                lines.map(|line| cell.get(line).unwrap_or("")).collect()
            })
            .collect();
        for at in 0..lines.iter().map(Vec::len).max().unwrap_or(0) {
            let mut owed = 2;
            for ((cell, width), tone) in lines.iter().zip(widths).zip(tones) {
                let text = cell.get(at).copied().unwrap_or("");
                if !text.is_empty() {
                    write!(out, "{:owed$}{}", "", paint.tone(tone, text))?;
                    owed = 0;
                }
                owed += width + 2 - columns(text).min(width);
            }
            writeln!(out)?;
        }
    }
    writeln!(out)
}

/// What a field of the claim holds, in words.
fn value(claim: &Claim, field: &str) -> String {
    let join = |all: Vec<&str>| clean(&all.join(", "));
    match field {
        "kind" => clean(&claim.kind),
        "status" => claim.status.as_deref().map(clean).unwrap_or_default(),
        "polarity" => claim.polarity.as_str().to_owned(),
        "certainty" => claim.certainty.as_str().to_owned(),
        "place" => join(claim.place.iter().map(|p| p.text.as_str()).collect()),
        "time" => (claim.time.as_ref())
            .map(|t| clean(&t.text))
            .unwrap_or_default(),
        "quantity" => join(claim.quantity.iter().map(|q| q.text.as_str()).collect()),
        "sources" | "source" => join(claim.sources.iter().map(|s| s.name.as_str()).collect()),
        _ => {
            let role = field.strip_prefix("roles.").unwrap_or(field);
            join(claim.role(role).iter().map(|f| f.name.as_str()).collect())
        }
    }
}

/// The claims it points to.
fn others(
    out: &mut dyn Write,
    screen: Screen,
    ledger: &Ledger,
    stored: &Stored,
) -> anyhow::Result<()> {
    let fillers =
        (stored.claim.roles.iter()).flat_map(|(role, all)| all.iter().map(move |f| (role, f)));
    let mut any = false;
    for (role, filler) in fillers {
        let Some(id) = &filler.claim else { continue };
        if let Matched::One(other) = ledger.claim(&id.0)? {
            if !any {
                heading(out, screen, "Which claims it points to")?;
            }
            any = true;
            writeln!(out, "  {role}: {} {}", id, one_line(&other.claim))?;
        }
    }
    if any {
        writeln!(out)?;
    }
    Ok(())
}

fn origin(
    out: &mut dyn Write,
    screen: Screen,
    stored: &Stored,
    report: &StoredReport,
) -> io::Result<()> {
    heading(out, screen, "What it was read from, and with")?;
    let v = &stored.versions;
    let fetched = report.fetched.as_deref().unwrap_or("");
    for (name, value) in [
        ("claim", stored.claim.id.0.as_str()),
        ("address", &report.address),
        ("fetched", fetched),
        ("capture", &report.report.capture.to_string()),
        (
            "bytes",
            &format!(
                "{}..{} of the report's text",
                stored.claim.evidence.span.start, stored.claim.evidence.span.end
            ),
        ),
        ("codebook", &v.codebook),
        ("model", &v.model),
        ("gazetteer", &v.gazetteer),
        ("reader", &v.reader),
    ] {
        if !value.is_empty() {
            writeln!(
                out,
                "  {} {}",
                screen.paint.tone(Tone::Quiet, format_args!("{name:<10}")),
                clean(value)
            )?;
        }
    }
    writeln!(out)
}

/// Which words fill which field.
fn fields(claim: &Claim) -> Vec<(Span<Byte>, String)> {
    let mut out: Vec<(Span<Byte>, String)> = Vec::new();
    for (role, fillers) in &claim.roles {
        out.extend(fillers.iter().map(|filler| (filler.span, role.to_string())));
    }
    out.extend(
        claim
            .place
            .iter()
            .map(|place| (place.span, "place".to_owned())),
    );
    out.extend(claim.time.iter().map(|time| (time.span, "time".to_owned())));
    out.extend(
        claim
            .quantity
            .iter()
            .map(|q| (q.span, "quantity".to_owned())),
    );
    out.extend(
        claim
            .sources
            .iter()
            .map(|source| (source.span, "source".to_owned())),
    );
    out.retain(|(span, _)| !span.is_empty());
    out
}
