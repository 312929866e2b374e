//! Claims as rows for a spreadsheet. Several names in one cell are parted by `; `.

use std::io::{self, Write};

use sayso_corroborate::findings::Finding;
use sayso_ledger::Stored;
use sayso_records::{Claim, text::clean};

use crate::{Verdict, words};

/// The columns, in order. Roles of the codebook have a column each; roles it gains later stand in `other_roles`.
const ROLES: &[&str] = &[
    "producer",
    "partner",
    "supplier",
    "recipient",
    "product",
    "item",
    "facility",
    "capacity",
    "route",
    "exchange",
    "party",
    "subject",
    "payer",
    "payee",
    "amount",
    "imposer",
    "target",
    "reason",
    "actor",
    "user",
    "against",
    "measure",
    "value",
    "holder",
    "attitude",
    "about",
];
const BEFORE: &[&str] = &["id", "kind", "status", "polarity", "certainty"];
const AFTER: &[&str] = &[
    "other_roles",
    "place",
    "place_entity",
    "country",
    "time",
    "time_start",
    "time_end",
    "time_granularity",
    "quantity",
    "sources",
    "source_cues",
    "quote",
    "report",
    "title",
    "publisher",
    "published",
    "url",
    "language",
    "judged",
    "judged_by",
    "judged_why",
];

/// The writer of rows.
pub struct Rows<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> Rows<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(BEFORE.iter().chain(ROLES).chain(AFTER))
            .map_err(io_error)?;
        Ok(Self { out })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, stored: &Stored, verdict: Option<Verdict<'_>>) -> io::Result<()> {
        let cells = claim_cells(stored, verdict);
        self.out
            .write_record(cells.iter().map(|cell| guard(cell)))
            .map_err(io_error)
    }

    /// Hands out what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The columns of claims, in order.
pub fn claim_head() -> Vec<&'static str> {
    let all = BEFORE.iter().chain(ROLES).chain(AFTER);
    all.copied().collect()
}

/// The cells of a claim, as [`claim_head`] names them.
pub fn claim_cells(stored: &Stored, verdict: Option<Verdict<'_>>) -> Vec<String> {
    let (claim, head) = (&stored.claim, &stored.report);
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let days = claim.time.as_ref().and_then(|time| time.interval.as_ref());
    let mut cells = vec![
        claim.id.0.clone(),
        claim.kind.to_string(),
        claim.status.as_deref().unwrap_or_default().to_owned(),
        claim.polarity.as_str().to_owned(),
        claim.certainty.as_str().to_owned(),
    ];
    cells.extend(ROLES.iter().map(|role| join(names(claim, role))));
    let other = (claim.roles.iter())
        .filter(|(role, _)| !ROLES.contains(&role.as_str()))
        .flat_map(|(role, _)| names(claim, role).map(move |name| format!("{role}: {name}")));
    cells.push(join(other));
    cells.push(join(claim.place.iter().map(words::place)));
    cells.push(join(
        (claim.place.iter().flat_map(|p| &p.entity)).map(|entity| entity.id.to_string()),
    ));
    cells.push(join(
        (claim.place.iter().flat_map(|p| &p.country)).map(|c| c.to_string()),
    ));
    cells.push(
        claim
            .time
            .as_ref()
            .map(|time| time.text.clone())
            .unwrap_or_default(),
    );
    cells.push(days.map(|days| text(&days.start)).unwrap_or_default());
    cells.push(days.map(|days| text(&days.end)).unwrap_or_default());
    let granularity = claim.time.as_ref().map(|time| time.granularity.as_str());
    cells.push(granularity.unwrap_or_default().to_owned());
    cells.push(join(claim.quantity.iter().map(|q| q.text.clone())));
    cells.push(join(claim.sources.iter().map(|s| s.name.clone())));
    cells.push(join(claim.sources.iter().map(|s| s.cue.clone())));
    cells.push(claim.evidence.quote.clone());
    cells.push(head.id.0.clone());
    for value in [
        &head.title,
        &head.publisher,
        &head.published,
        &head.url,
        &head.language,
    ] {
        cells.push(text(value));
    }
    let said = verdict.map(|it| [it.word(), &it.judgement.who, &it.judgement.why]);
    cells.extend(said.unwrap_or_default().map(str::to_owned));
    cells
}

/// What went wrong below, so that a closed pipe is seen as one.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

fn names<'a>(claim: &'a Claim, role: &'a str) -> impl Iterator<Item = String> + 'a {
    claim.role(role).iter().map(|filler| match &filler.claim {
        Some(id) => format!("claim {id}"),
        None if filler.name.is_empty() => filler.text.clone(),
        None => filler.name.clone(),
    })
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join("; ")
}

/// A cell that a spreadsheet shows and never runs: text of reports that begins like a formula gets an apostrophe before it,
/// numbers do not; control characters are gone.
pub fn guard(cell: &str) -> String {
    let cell = clean(cell);
    let formula = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%']);
    if formula && cell.parse::<f64>().is_err() {
        format!("'{cell}")
    } else {
        cell
    }
}

/// The columns of findings, in order.
pub const FINDING: &[&str] = &[
    "id",
    "kind",
    "statement",
    "place",
    "status_low",
    "status_high",
    "publishers",
    "origins_established",
    "origins_unknown",
    "origins",
    "affirmed",
    "denied",
    "doubted",
    "credibility",
    "reasons",
    "first_seen",
    "last_seen",
    "publisher_names",
    "claims",
    "reports",
    "time_start",
    "time_end",
];

/// The writer of findings as rows.
pub struct FindingRows<W: Write> {
    out: csv::Writer<W>,
}

impl<W: Write> FindingRows<W> {
    /// Writes the header.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(out: W) -> io::Result<Self> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(FINDING).map_err(io_error)?;
        Ok(Self { out })
    }

    /// Writes one row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, finding: &Finding) -> io::Result<()> {
        self.out
            .write_record(finding_cells(finding))
            .map_err(io_error)
    }

    /// Hands out what is left.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The cells of a finding, as [`FINDING`] names them.
pub fn finding_cells(finding: &Finding) -> Vec<String> {
    let cells = |parts: Vec<&str>| guard(&parts.join("; "));
    let proposition = &finding.proposition;
    let (low, high) = finding
        .status
        .as_ref()
        .map_or(("", ""), |(low, high)| (low.as_str(), high.as_str()));
    let (first, last) = finding
        .seen
        .as_ref()
        .map_or(("", ""), |(first, last)| (first.as_str(), last.as_str()));
    let (from, to) = finding
        .days
        .as_ref()
        .map_or(("", ""), |(from, to)| (from.as_str(), to.as_str()));
    vec![
        finding.id.clone(),
        guard(&proposition.kind),
        guard(&words::line(proposition)),
        cells(
            proposition
                .role("place")
                .map(|term| term.is.name.as_str())
                .collect(),
        ),
        guard(low),
        guard(high),
        finding.publishers.len().to_string(),
        finding.established.to_string(),
        finding.unknown.to_string(),
        cells(
            finding
                .origins
                .iter()
                .filter(|origin| origin.established)
                .map(|origin| origin.name.as_str())
                .collect(),
        ),
        finding.stances.affirmed.to_string(),
        finding.stances.denied.to_string(),
        finding.stances.doubted.to_string(),
        finding.credibility.grade.to_string(),
        cells(
            finding
                .credibility
                .reasons
                .iter()
                .map(String::as_str)
                .collect(),
        ),
        first.to_owned(),
        last.to_owned(),
        cells(finding.publishers.iter().map(String::as_str).collect()),
        cells(finding.claims.iter().map(|id| id.0.as_str()).collect()),
        cells(finding.reports.iter().map(|id| id.0.as_str()).collect()),
        from.to_owned(),
        to.to_owned(),
    ]
}

#[cfg(test)]
mod tests {
    use super::guard;

    #[test]
    fn formulas_are_text() {
        for (cell, safe) in [
            (
                "=HYPERLINK(\"http://evil.example\")",
                "'=HYPERLINK(\"http://evil.example\")",
            ),
            ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1+1", "'=1+1"),
            ("\u{202e}=1+1", "'=1+1"),
            ("＝1+1", "'＝1+1"),
            ("-5", "-5"),
            ("+47.5", "+47.5"),
            ("Su-35 = a jet", "Su-35 = a jet"),
            ("", ""),
        ] {
            assert_eq!(guard(cell), safe);
        }
    }
}
