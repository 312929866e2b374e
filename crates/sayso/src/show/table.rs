//! Claims as a table for people: six columns, or six lines where there is no room; under each claim its id and sentence.

use std::io::{self, Write};

use sayso_ledger::{Head, Stored};

use super::{Screen, Tone, Verdict, clean, columns, marked::Marked, short, wrap};
use sayso_desk::words::{Cells, Part};

const GAP: usize = 2;
/// Less than this cuts words in every column.
const LEAST: usize = 76;
/// What stands before the lines of a claim where there is no room for columns.
const NAMES: [&str; 6] = ["who", "what", "where", "when", "sure", "says"];

/// Widths of the six columns.
struct Columns([usize; 6]);

impl Columns {
    /// Shares `width` out: what is short by nature keeps its width, names get the rest.
    fn of(width: usize) -> Self {
        let width = width.clamp(LEAST, 120);
        let narrow = width < 92;
        let (place, when, sure) = if narrow { (11, 10, 8) } else { (15, 10, 8) };
        let rest = width - place - when - sure - 5 * GAP;
        let who = rest * 30 / 100;
        let what = rest * 38 / 100;
        Self([who, what, place, when, sure, rest - who - what])
    }

    fn total(&self) -> usize {
        self.0.iter().sum::<usize>() + 5 * GAP
    }
}

/// The writer of a table; claims come one after the other, those of one report together.
pub(crate) struct Table<'w> {
    out: &'w mut dyn Write,
    screen: Screen,
    /// `None`: there is no room for them.
    columns: Option<Columns>,
    /// Columns of the terminal that are filled.
    total: usize,
    report: Option<String>,
    claims: usize,
    /// How many of them a person rejected.
    rejected: usize,
    reports: usize,
}

impl<'w> Table<'w> {
    pub(crate) fn new(out: &'w mut dyn Write, screen: Screen) -> Self {
        let columns = (screen.width >= LEAST).then(|| Columns::of(screen.width));
        let total = columns
            .as_ref()
            .map_or(screen.width.max(30), Columns::total);
        Self {
            out,
            screen,
            columns,
            total,
            report: None,
            claims: 0,
            rejected: 0,
            reports: 0,
        }
    }

    /// Writes one claim, with its report's head before the first of them, and what a person said of it.
    pub(crate) fn row(&mut self, stored: &Stored, verdict: Option<Verdict<'_>>) -> io::Result<()> {
        if self.report.as_ref() != Some(&stored.report.id.0) {
            self.report = Some(stored.report.id.0.clone());
            self.reports += 1;
            self.head(&stored.report)?;
        }
        self.claims += 1;
        let cells = Cells::of(&stored.claim);
        let cells = [
            &cells.who,
            &cells.what,
            &cells.place,
            &cells.when,
            &cells.sure,
            &cells.says,
        ];
        match &self.columns {
            Some(columns) => self.cells(columns.0, cells.map(Vec::as_slice))?,
            None => self.lines(cells.map(Vec::as_slice))?,
        }
        self.rejected += usize::from(verdict.is_some_and(|verdict| !verdict.accepted));
        self.sentence(stored, verdict)
    }

    /// Writes the sum. Gives the number of claims.
    pub(crate) fn end(self) -> io::Result<usize> {
        if self.claims > 0 {
            let mut sum = format!(
                "{} in {}",
                count(self.claims, "claim"),
                count(self.reports, "report")
            );
            if self.rejected > 0 {
                sum += &format!(
                    "; {} rejected, in no finding",
                    count(self.rejected, "claim")
                );
            }
            writeln!(self.out, "{}", self.screen.paint.tone(Tone::Quiet, sum))?;
        }
        Ok(self.claims)
    }

    fn head(&mut self, head: &Head) -> io::Result<()> {
        if let Some(columns) = self.columns.as_ref().filter(|_| self.reports == 1) {
            let says = match columns.0[5] {
                ..15 => "SAY-SO",
                _ => "ON WHOSE SAY-SO",
            };
            let names = ["WHO", "WHAT", "WHERE", "WHEN", "HOW SURE", says];
            let parts = names.map(|name| vec![(name.to_owned(), Tone::Quiet)]);
            let [a, b, c, d, e, f] = &parts;
            self.cells(columns.0, [a, b, c, d, e, f])?;
            writeln!(self.out)?;
        }
        let (paint, total) = (self.screen.paint, self.total);
        let title = clean(head.title.as_deref().unwrap_or(&head.address));
        for line in wrap(&title, total) {
            let line = title.get(line).unwrap_or("");
            writeln!(self.out, "{}", paint.tone(Tone::Strong, line))?;
        }
        let day = |at: &str| clean(at.get(..10).unwrap_or(at));
        let mut about: Vec<String> = Vec::new();
        about.extend(head.publisher.as_deref().map(clean));
        about.extend(head.published.as_deref().map(day));
        about.push(format!("report {}", head.id));
        let mut lines = vec![about.join(" · ")];
        if head.title.is_some() {
            let from = clean(head.url.as_deref().unwrap_or(&head.address));
            match lines.first_mut() {
                Some(line) if columns(line) + columns(&from) + 3 <= total => {
                    *line += " · ";
                    *line += &from;
                }
                _ => lines.push(from),
            }
        }
        for text in lines {
            for line in wrap(&text, total) {
                let line = text.get(line).unwrap_or("");
                writeln!(self.out, "{}", paint.tone(Tone::Quiet, line))?;
            }
        }
        writeln!(self.out)
    }

    /// A claim without columns: a line for each that says something.
    fn lines(&mut self, cells: [&[Part]; 6]) -> io::Result<()> {
        let (paint, indent) = (self.screen.paint, 7);
        for (name, cell) in NAMES.iter().zip(cells) {
            let lines = cell.iter().flat_map(|(text, tone)| {
                let wrapped = wrap(text, self.total - indent).into_iter();
                wrapped.map(move |line| (text.get(line).unwrap_or(""), *tone))
            });
            for (at, (text, tone)) in lines.enumerate() {
                let name = if at == 0 { name } else { "" };
                let name = format!("{name:<indent$}");
                let name = paint.tone(Tone::Quiet, name);
                writeln!(self.out, "{name}{}", paint.tone(tone, text))?;
            }
        }
        Ok(())
    }

    fn cells(&mut self, widths: [usize; 6], cells: [&[Part]; 6]) -> io::Result<()> {
        let mut lines: [Vec<(&str, Tone)>; 6] = Default::default();
        for ((cell, width), lines) in cells.iter().zip(widths).zip(&mut lines) {
            for (text, tone) in cell.iter() {
                let wrapped = wrap(text, width).into_iter();
                lines.extend(wrapped.map(|line| (text.get(line).unwrap_or(""), *tone)));
            }
            if lines.is_empty() {
                lines.push(("–", Tone::Quiet));
            }
        }
        let height = lines.iter().map(Vec::len).max().unwrap_or(0);
        for at in 0..height {
            // Blanks before the next cell are owed until there is one, so that no line ends in blanks.
            let mut owed = 0;
            for (cell, width) in lines.iter().zip(widths) {
                match cell.get(at) {
                    Some((text, tone)) => {
                        write!(
                            self.out,
                            "{:owed$}{}",
                            "",
                            self.screen.paint.tone(*tone, text)
                        )?;
                        owed = (width + GAP).saturating_sub(columns(text));
                    }
                    None => owed += width + GAP,
                }
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn sentence(&mut self, stored: &Stored, verdict: Option<Verdict<'_>>) -> io::Result<()> {
        let claim = &stored.claim;
        let paint = self.screen.paint;
        let mut marks = Vec::new();
        let fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
        marks.extend(fillers.map(|filler| (filler.span, Tone::Strong)));
        marks.extend(
            claim
                .sources
                .iter()
                .map(|source| (source.span, Tone::Strong)),
        );
        marks.extend(claim.place.iter().map(|place| (place.span, Tone::Strong)));
        marks.extend(claim.time.iter().map(|time| (time.span, Tone::Strong)));
        marks.retain(|(span, _)| claim.evidence.span.contains(*span) && !span.is_empty());
        let quote = Marked::new(&claim.evidence.quote, claim.evidence.span.start, &marks);
        let indent = 12;
        let width = self.total - indent;
        let lines = quote.lines(width, paint, Tone::Plain);
        for (at, line) in lines.iter().enumerate() {
            match at {
                0 => writeln!(
                    self.out,
                    "  {}  {line}",
                    paint.tone(Tone::Quiet, short(&claim.id.0))
                )?,
                _ => writeln!(self.out, "{:indent$}{line}", "")?,
            }
        }
        if lines.is_empty() {
            writeln!(
                self.out,
                "  {}",
                paint.tone(Tone::Quiet, short(&claim.id.0))
            )?;
        }
        if let Some(verdict) = verdict {
            let words = verdict.words();
            for line in wrap(&words, width) {
                let line = paint.tone(verdict.tone(), words.get(line).unwrap_or(""));
                writeln!(self.out, "{:indent$}{line}", "")?;
            }
        }
        writeln!(self.out)
    }
}

/// `1 claim`, `2 claims`.
pub(crate) fn count(n: usize, noun: &str) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    format!("{out} {noun}{}", if n == 1 { "" } else { "s" })
}
