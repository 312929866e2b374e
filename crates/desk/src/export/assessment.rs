//! An assessment in Markdown: each finding in sentences, each sentence with its sources at the foot. Words of likelihood are those of one row of ICD 203
//! (2015, section D.6.e.2.a), and never in one sentence with a word of confidence, as it asks.

use std::{collections::HashMap, io::Write};

use sayso_corroborate::findings::{Finding, Stance};
use sayso_ledger::Head;
use sayso_records::{ReportId, text::clean};

use super::{Writer, quote, reports};
use crate::{Look, Trouble, clause::clause, words};

/// Sources named of one sentence.
const SOURCES: usize = 6;
/// Changes by copying that are told of one finding.
const CHANGES: usize = 4;

pub(super) struct Assessment<'o> {
    out: &'o mut (dyn Write + Send),
    /// Footnotes by report, in the order in which they came up.
    notes: Vec<String>,
    known: HashMap<ReportId, usize>,
}

/// What is written of a grade, in the words of the row. Empty: it cannot be judged, and no word of likelihood is used.
fn likelihood(grade: u8) -> &'static str {
    match grade {
        1 => "very likely",
        2 => "likely",
        3 => "roughly even chance",
        4 => "unlikely",
        5 => "very unlikely",
        _ => "",
    }
}

fn confidence(finding: &Finding) -> &'static str {
    let disputed = finding.stances.denied + finding.stances.doubted > 0;
    match finding.established {
        3.. if !disputed => "high",
        2.. => "moderate",
        _ => "low",
    }
}

/// Text of strangers in Markdown: nothing of it makes a link, a heading, a table or a tag.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        if matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '{'
                | '}'
                | '['
                | ']'
                | '('
                | ')'
                | '#'
                | '+'
                | '!'
                | '|'
                | '<'
                | '>'
                | '~'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

impl<'o> Assessment<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Result<Self, Trouble> {
        out.write_all(
            "# Assessment of public reporting\n\n\
            Made by program out of the findings named below. It says on whose word each rests, and infers no wrongdoing.\n\n\
            Words of likelihood are those of the first row of ICD 203: almost no chance, very unlikely, unlikely, roughly even chance, likely, very likely, almost certain. \
            They follow the grade of credibility (Admiralty): 1 is very likely, 2 likely, 3 a roughly even chance, 4 unlikely, 5 very unlikely. What cannot be judged (6) has no such word.\n\n"
                .as_bytes(),
        )?;
        Ok(Self {
            out,
            notes: Vec::new(),
            known: HashMap::new(),
        })
    }

    /// The mark of a source's footnote, which is made where it is new.
    fn mark(&mut self, look: &Look<'_>, head: &Head) -> Result<String, Trouble> {
        if let Some(nth) = self.known.get(&head.id) {
            return Ok(format!("[^{nth}]"));
        }
        let nth = self.notes.len() + 1;
        let capture = match look.ledger.report(&head.id.0)? {
            sayso_ledger::Matched::One(stored) => {
                format!("; captured as SHA-256 {}", stored.report.capture)
            }
            _ => String::new(),
        };
        let day = head
            .published
            .as_deref()
            .and_then(|at| at.get(..10))
            .unwrap_or("undated");
        let address = head.url.as_deref().filter(|url| url.starts_with("http"));
        // In pointed brackets an address is a link, which one with a blank or a bracket in it would break out of.
        let address = address.filter(|url| {
            url.chars()
                .all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>'))
        });
        let address = address.map_or_else(String::new, |url| format!(", <{url}>"));
        self.notes.push(format!(
            "[^{nth}]: {}, “{}”, {day}{address}, report {}{capture}",
            plain(head.publisher.as_deref().unwrap_or("nobody named")),
            plain(head.title.as_deref().unwrap_or("without a headline")),
            head.id.0,
        ));
        self.known.insert(head.id.clone(), nth);
        Ok(format!("[^{nth}]"))
    }

    /// Marks of some reports among `heads`.
    fn marks(
        &mut self,
        look: &Look<'_>,
        heads: &[Head],
        of: &[&ReportId],
    ) -> Result<String, Trouble> {
        let mut out = String::new();
        for head in heads
            .iter()
            .filter(|head| of.contains(&&head.id))
            .take(SOURCES)
        {
            out += &self.mark(look, head)?;
        }
        Ok(out)
    }

    fn stance(
        &mut self,
        look: &Look<'_>,
        heads: &[Head],
        stance: &Stance,
    ) -> Result<String, Trouble> {
        let of: Vec<&ReportId> = stance.said.iter().map(|said| &said.report).collect();
        let marks = self.marks(look, heads, &of)?;
        let does = if stance.what == "denied" {
            "denies"
        } else {
            "doubts"
        };
        Ok(format!("{} {does} it.{marks}", plain(&stance.who)))
    }
}

impl Writer for Assessment<'_> {
    fn finding(&mut self, look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        let heads = reports(look, finding)?;
        let clause = clause(&look.desk.codebook, finding, plain).unwrap_or_else(|| {
            format!(
                "this holds: “{}”",
                plain(&words::line(&finding.proposition))
            )
        });
        let first = finding.origins.iter().filter(|origin| origin.established);
        let of: Vec<&ReportId> = first
            .flat_map(|origin| origin.tree.iter().take(3).map(|branch| &branch.report))
            .collect();
        let all: Vec<&ReportId> = heads.iter().map(|head| &head.id).collect();
        let marks = self.marks(look, &heads, if of.is_empty() { &all } else { &of })?;
        let word = likelihood(finding.credibility.grade);
        let judged = match word {
            "" => format!("That {clause} is reported, and cannot be judged."),
            "roughly even chance" => format!("There is a roughly even chance that {clause}."),
            word => format!("It is {word} that {clause}."),
        };
        let mut text = format!(
            "## {}\n\n{judged}{marks}\n\n",
            plain(&words::line(&finding.proposition))
        );
        let names: Vec<String> = (finding.origins.iter())
            .filter(|origin| origin.established)
            .map(|origin| plain(&origin.name))
            .collect();
        let rests = match names.len() {
            0 => "no origin is established".to_owned(),
            1 => format!("it rests on one origin, {}", names[0]),
            n => format!("it rests on {n} independent origins, {}", names.join("; ")),
        };
        text += &format!(
            "Confidence in this judgment is {}: {rests}.",
            confidence(finding)
        );
        if finding.unknown > 0 {
            text += &format!(" {} more of unknown lineage add nothing.", finding.unknown);
        }
        text += &format!(
            " {} carry it.\n\n",
            crate::frame::counted(finding.publishers.len(), "publisher")
        );
        for stance in &finding.against {
            text += &self.stance(look, &heads, stance)?;
            text += "\n\n";
        }
        if let Some((low, high)) = &finding.status {
            text += &match low == high {
                true => format!("Its status is reported as {low}.\n\n"),
                false => format!("Its status is reported from {low} to {high}.\n\n"),
            };
        }
        for eroded in finding.erosion.iter().take(CHANGES) {
            let sentence = quote(look, &eroded.to)?.unwrap_or_default();
            let after = if eroded.after.is_empty() {
                "nothing".to_owned()
            } else {
                plain(&eroded.after)
            };
            text += &format!(
                "- A copy changed it ({}): “{}” became “{after}”: “{}”\n",
                eroded.what.as_str(),
                plain(&eroded.before),
                plain(&sentence)
            );
        }
        text += "\n";
        Ok(self.out.write_all(text.as_bytes())?)
    }

    fn end(&mut self) -> Result<(), Trouble> {
        if !self.notes.is_empty() {
            writeln!(self.out, "## Sources\n")?;
        }
        for note in &self.notes {
            writeln!(self.out, "{note}")?;
        }
        Ok(self.out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn strangers_make_no_markup() {
        assert_eq!(
            plain("[x](javascript:a) <b> | # *"),
            "\\[x\\]\\(javascript:a\\) \\<b\\> \\| \\# \\*"
        );
    }
}
