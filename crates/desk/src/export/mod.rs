//! Findings in other people's formats, one after the other, so that no more of them is held than the one in hand.
//!
//! What a format cannot carry (how sure a speaker was, how many origins there are) goes where its specification allows; `docs/exports.md` says where.

mod assessment;
mod ftm;
mod geojson;
mod graph;
mod parquet;
mod sipri;
mod stix;

use std::io::{self, Write};

use sayso_corroborate::findings::Finding;
use sayso_ledger::{Head, Matched};
use sayso_records::{ClaimId, ReportId};

use crate::{Look, Trouble, rows::FindingRows};

/// A format of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// FollowTheMoney entities, one a line.
    Ftm,
    /// A STIX 2.1 bundle.
    Stix,
    /// GeoJSON (RFC 7946).
    Geojson,
    /// GraphML.
    Graphml,
    /// Rows for a spreadsheet.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// A CSV in the order of SIPRI's trade registers.
    Sipri,
    /// An assessment in Markdown.
    Markdown,
}

impl Format {
    /// All of them, by the name they are asked for.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("ftm", Self::Ftm),
        ("stix", Self::Stix),
        ("geojson", Self::Geojson),
        ("graphml", Self::Graphml),
        ("csv", Self::Csv),
        ("parquet", Self::Parquet),
        ("sipri", Self::Sipri),
        ("markdown", Self::Markdown),
    ];

    /// The format with this name. `None`: there is none.
    pub fn named(name: &str) -> Option<Self> {
        let mut all = Self::ALL.iter();
        all.find(|(known, _)| *known == name)
            .map(|(_, format)| *format)
    }

    /// The ending of a file of it.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Ftm => "ftm.jsonl",
            Self::Stix => "stix.json",
            Self::Geojson => "geojson",
            Self::Graphml => "graphml",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Sipri => "sipri.csv",
            Self::Markdown => "md",
        }
    }

    /// Its media type.
    pub fn media(self) -> &'static str {
        match self {
            Self::Ftm => "application/x-ndjson",
            Self::Stix => "application/stix+json;version=2.1",
            Self::Geojson => "application/geo+json",
            Self::Graphml => "application/graphml+xml",
            Self::Csv | Self::Sipri => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Markdown => "text/markdown; charset=utf-8",
        }
    }
}

/// What one format writes.
trait Writer {
    fn finding(&mut self, look: &Look<'_>, finding: &Finding) -> Result<(), Trouble>;

    fn end(&mut self) -> Result<(), Trouble>;
}

/// Writes the findings with these numbers, in this order. `told` hears how many there are so far. Gives how many were written.
///
/// # Errors
/// When the ledger cannot be read or `out` not written.
pub fn export(
    look: &Look<'_>,
    format: Format,
    numbers: &[i64],
    out: &mut (dyn Write + Send),
    told: &mut dyn FnMut(usize),
) -> Result<usize, Trouble> {
    let mut writer: Box<dyn Writer + '_> = match format {
        Format::Ftm => Box::new(ftm::Ftm::new(out)),
        Format::Stix => Box::new(stix::Stix::new(out)?),
        Format::Geojson => Box::new(geojson::Geojson::new(out)?),
        Format::Graphml => Box::new(graph::Graphml::new(out)),
        Format::Csv => Box::new(Csv(Some(FindingRows::new(out)?))),
        Format::Parquet => Box::new(parquet::Parquet::new(out)?),
        Format::Sipri => Box::new(sipri::Sipri::new(out)?),
        Format::Markdown => Box::new(assessment::Assessment::new(out)?),
    };
    let mut written = 0;
    for number in numbers {
        let Some(finding) = look.finding_numbered(*number)? else {
            continue;
        };
        writer.finding(look, &finding)?;
        written += 1;
        told(written);
    }
    writer.end()?;
    Ok(written)
}

struct Csv<W: Write>(Option<FindingRows<W>>);

impl<W: Write> Writer for Csv<W> {
    fn finding(&mut self, _look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        match &mut self.0 {
            Some(rows) => Ok(rows.row(finding)?),
            None => Ok(()),
        }
    }

    fn end(&mut self) -> Result<(), Trouble> {
        match self.0.take() {
            Some(rows) => Ok(rows.end()?),
            None => Ok(()),
        }
    }
}

/// Reports named of one finding; of more the first by publication are named.
const MOST_REPORTS: usize = 60;

/// The reports behind a finding, those of established origins first, each with how they stand in it.
fn reports(look: &Look<'_>, finding: &Finding) -> Result<Vec<Head>, Trouble> {
    let mut ids: Vec<&ReportId> = Vec::new();
    let trees = finding
        .origins
        .iter()
        .flat_map(|origin| origin.tree.iter().map(|branch| &branch.report));
    let against = finding
        .against
        .iter()
        .flat_map(|stance| stance.said.iter().map(|said| &said.report));
    for id in trees.chain(against) {
        if !ids.contains(&id) && ids.len() < MOST_REPORTS {
            ids.push(id);
        }
    }
    let mut out = Vec::new();
    for id in ids {
        out.extend(look.ledger.head(&id.0)?);
    }
    Ok(out)
}

/// The sentence of a claim. `None`: it stands no longer.
fn quote(look: &Look<'_>, claim: &ClaimId) -> Result<Option<String>, Trouble> {
    Ok(match look.ledger.claim(&claim.0)? {
        Matched::One(stored) => Some(stored.claim.evidence.quote),
        _ => None,
    })
}

/// `affirmed by 2 established origins (ISW; Ukraine), 1 more of unknown lineage, denied by 1; credibility 3 (possibly true)`.
fn standing(finding: &Finding) -> String {
    let names: Vec<String> = (finding.origins.iter())
        .filter(|origin| origin.established)
        .map(|origin| sayso_records::text::clean(&origin.name))
        .collect();
    let mut out = format!("{} established independent origins", names.len());
    if names.len() == 1 {
        out = "1 established origin".to_owned();
    }
    if !names.is_empty() {
        out += &format!(" ({})", names.join("; "));
    }
    if finding.unknown > 0 {
        out += &format!(", {} of unknown lineage", finding.unknown);
    }
    for (n, word) in [
        (finding.stances.denied, "denied"),
        (finding.stances.doubted, "doubted"),
    ] {
        if n > 0 {
            out += &format!(", {word} by {n}");
        }
    }
    let grade = finding.credibility.grade;
    out + &format!(
        "; credibility {grade} (Admiralty: {})",
        crate::pages::grade_words(grade)
    )
}

/// One line of JSON, as [`crate::contract::safe`] writes it.
fn line(out: &mut dyn Write, value: &serde_json::Value) -> io::Result<()> {
    out.write_all(
        crate::contract::safe(value)
            .map_err(io::Error::other)?
            .as_bytes(),
    )
}
