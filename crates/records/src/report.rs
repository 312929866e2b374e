use serde::{Deserialize, Serialize};

use crate::{Byte, Sha256, Span};

/// A report's identity: the digest of its capture and its place in it, as `<first 16 hex digits>` or `<16 hex>-<part>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ReportId(pub String);

impl ReportId {
    /// The id of report number `part` (from 0) of a capture. Part 0 of a capture that holds one report has no suffix.
    pub fn new(capture: Sha256, part: Option<usize>) -> Self {
        let hex = capture.to_string();
        Self(match part {
            None => hex[..16].to_owned(),
            Some(part) => format!("{}-{part}", &hex[..16]),
        })
    }
}

impl std::fmt::Display for ReportId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An outgoing link of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Absolute address where the page gave enough to build one, else as written.
    pub href: String,
    /// The anchor text, white space folded.
    pub text: String,
}

/// The main text read out of a capture, with what the page says of itself. Never changed once stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Identity.
    pub id: ReportId,
    /// The capture it was read from.
    pub capture: Sha256,
    /// Headline. `None`: the page gives none.
    pub title: Option<String>,
    /// Authors as printed. `None`: the page gives none.
    pub byline: Option<String>,
    /// Outlet as the page names itself. `None`: the page gives none.
    pub publisher: Option<String>,
    /// Published time as RFC 3339 (`2023-08-02T09:00:00+02:00`), or a date alone (`2023-08-02`) where no time or zone is
    /// given: nothing is added that the page does not say. `None`: the page gives none.
    pub published: Option<String>,
    /// Canonical address. `None`: neither the page nor the capture gives one.
    pub url: Option<String>,
    /// ISO 639-1 code, detected or declared. `None`: too little text to tell.
    pub language: Option<String>,
    /// Main text, UTF-8, one paragraph a line (lines end in `\n`; a blank line may stand between). Starts with the title
    /// where there is one and the text does not already. Spans of later stages index its bytes.
    pub text: String,
    /// Links out of the main text, in order.
    pub links: Vec<Link>,
}

impl Report {
    /// The paragraphs of the text with their byte spans, blank lines left out.
    pub fn paragraphs(&self) -> impl Iterator<Item = (Span<Byte>, &str)> {
        paragraphs(&self.text)
    }
}

/// The paragraphs of a text, one a line, with their byte spans; blank lines are left out.
pub fn paragraphs(text: &str) -> impl Iterator<Item = (Span<Byte>, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start;
        start += line.len();
        let body = line.trim();
        let lead = line.len() - line.trim_start().len();
        (!body.is_empty()).then(|| (Span::new(at + lead, at + lead + body.len()), body))
    })
}
