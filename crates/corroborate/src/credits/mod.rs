//! What a report says of where it has things from: bylines, datelines, credit lines, "citing", links; and what shows reporting of its own.
//!
//! The words are data (`sources/credits.toml`), asked through [`Reader`]. What names nobody in particular ("agencies") is no credit.

mod firsthand;
mod links;
mod words;

#[cfg(test)]
mod tests;

use sayso_gazetteer::{Gazetteer, fold, sources::Reader};
use sayso_records::Report;

use crate::{lineage::Credit, propositions::Named};

/// Credits kept of one report; nobody credits more, and what does is a list of links.
const MOST: usize = 64;

/// Where a report has things from, as far as it says so itself.
pub(crate) struct Credited {
    /// What it credits, in the order of the text; whole reports first.
    pub(crate) credits: Vec<Credit>,
    /// As [`crate::lineage::Lineage::firsthand`].
    pub(crate) firsthand: Option<String>,
}

/// Reads the credits of `report`. `reader` knows its publisher.
pub(crate) fn credited(report: &Report, reader: &Reader<'_>, gazetteer: &Gazetteer) -> Credited {
    let mut said = words::words(report, reader, gazetteer);
    let shown = said.shown.take();
    let mut credits = said.credits;
    credits.extend(links::links(report, reader));
    let firsthand = firsthand::firsthand(shown, reader.publisher, &credits);
    credits.truncate(MOST);
    Credited { credits, firsthand }
}

/// A house by the body it is, else by its name.
pub(crate) fn house(name: &str, gazetteer: &Gazetteer) -> Named {
    let words: Vec<&str> = name.split_whitespace().collect();
    match gazetteer
        .longest(&words)
        .filter(|found| found.words == words.len())
    {
        Some(found) => Named {
            key: found.entity.id.as_ref().into(),
            name: found.entity.name.into_owned(),
        },
        None => Named {
            key: format!("name:{}", fold(name)).into(),
            name: name.to_owned(),
        },
    }
}
