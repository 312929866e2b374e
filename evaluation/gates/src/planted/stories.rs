//! Where the stories come from: the project's own reports, two governments' releases, and `evaluation/planted/stories.toml`, whose accounts of
//! a story all state one fact.

use std::{collections::BTreeMap, path::Path};

use sayso_codebook::Codebook;
use serde::Deserialize;

use super::{
    make::{Account, read},
    reword::capital,
};
use crate::{Error, evaluation};

/// Shorter texts cannot be cut or told again so that anything is left.
const MIN_WORDS: usize = 45;

#[derive(Deserialize)]
struct Document {
    title: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    story: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    /// A date.
    published: String,
    unlike: Option<String>,
    account: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    title: String,
    origin: Option<String>,
    text: String,
}

/// One story.
pub(super) struct Story {
    /// When its first account comes out.
    pub(super) breaks: jiff::Timestamp,
    /// Which story of the list it looks like.
    pub(super) unlike: Option<usize>,
    /// Its accounts, each with whom it has the fact from.
    pub(super) accounts: Vec<Account>,
}

/// All stories. An error: a story without accounts, two of one name, or one that is unlike none there is.
pub(super) fn stories(folder: &Path) -> Result<Vec<Story>, Error> {
    let file: File = read(&folder.join("stories.toml"))?;
    let mut names = BTreeMap::new();
    for (number, entry) in file.story.iter().enumerate() {
        if entry.account.is_empty() || names.insert(entry.name.clone(), number).is_some() {
            let name = &entry.name;
            return Err(format!("stories.toml: {name:?} stands twice or has no account").into());
        }
    }
    let told = |entry: Entry| {
        let unlike =
            match entry.unlike {
                None => None,
                Some(other) => Some(*names.get(&other).ok_or_else(|| {
                    format!("stories.toml: unlike {other:?}, which is not there")
                })?),
            };
        let name = entry.name;
        let accounts = (entry.account.into_iter().enumerate()).map(|(i, told)| Account {
            title: told.title,
            text: told.text.trim().to_owned(),
            source: Some((told.origin).unwrap_or_else(|| format!("account {} of {name}", i + 1))),
        });
        Ok(Story {
            breaks: (entry.published)
                .parse::<jiff::civil::Date>()
                .map_err(|e| format!("stories.toml: {}: {e}", entry.published))?
                .to_zoned(jiff::tz::TimeZone::UTC)?
                .timestamp(),
            unlike,
            accounts: accounts.collect(),
        })
    };
    file.story.into_iter().map(told).collect()
}

/// The project's own reports, without headlines.
pub(super) fn ours() -> Result<Vec<(String, String)>, Error> {
    let mut out = Vec::new();
    for name in ["whole-asia-gulf", "whole-europe-americas-africa", "reports"] {
        let path = evaluation().join(format!("gold/dev/{name}.toml"));
        for example in Codebook::examples_of(&path)? {
            let words = example.text.split_whitespace().count();
            if words >= MIN_WORDS {
                let title: Vec<&str> = example.text.split_whitespace().skip(3).take(5).collect();
                out.push((
                    capital(title.join(" ").trim_matches([',', '.', '"'])),
                    example.text,
                ));
            }
        }
    }
    Ok(out)
}

/// What two governments published.
pub(super) fn public(re3d: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut out = Vec::new();
    for name in ["UK Government", "US State Department"] {
        let path = re3d.join(name).join("documents.json");
        let text =
            std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        for line in text.lines().filter(|l| !l.trim().is_empty()) {
            let document: Document =
                serde_json::from_str(line).map_err(|e| format!("{}: {e}", path.display()))?;
            if document.text.split_whitespace().count() >= MIN_WORDS {
                out.push((
                    document.title.trim().to_owned(),
                    document.text.trim().to_owned(),
                ));
            }
        }
    }
    Ok(out)
}
