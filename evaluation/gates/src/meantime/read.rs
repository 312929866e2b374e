//! The set as it lies: `tokens.csv`, a token a line, and `event_mentions.json`.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use crate::Error;

#[derive(Deserialize)]
struct Token {
    #[serde(rename = "topic/subtopic_name")]
    report: String,
    sent_id: u32,
    token: String,
}

/// A mention of an event as the set marks it.
#[derive(Deserialize)]
pub(super) struct Marked {
    pub(super) coref_chain: String,
    pub(super) mention_head_lemma: String,
    mention_head_id: u32,
    pub(super) tokens_number: Vec<u32>,
    pub(super) sent_id: u32,
    pub(super) topic: String,
    #[serde(rename = "conll_doc_key")]
    pub(super) report: String,
}

impl Marked {
    /// The token that heads it. The files give it; where it lies outside the mention, the mention's last.
    pub(super) fn head(&self) -> u32 {
        let inside = self.tokens_number.contains(&self.mention_head_id);
        let last = self.tokens_number.last().copied();
        last.filter(|_| !inside).unwrap_or(self.mention_head_id)
    }

    /// The event's number in the corpus. In front of it the files write on which layer the mention was marked, so that one event that was
    /// marked on two layers would be two.
    pub(super) fn event(&self) -> &str {
        let mut event = self.coref_chain.as_str();
        while let Some(rest) = event
            .strip_prefix("cross_")
            .or_else(|| event.strip_prefix("intra_"))
        {
            event = rest;
        }
        event
    }
}

/// A sentence put together again.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Byte at which each token begins.
    pub(super) starts: Vec<usize>,
}

/// The set.
pub(super) struct Set {
    /// Report -> its sentences by number.
    pub(super) reports: BTreeMap<String, BTreeMap<u32, Line>>,
    /// Mentions, sorted by where they stand.
    pub(super) mentions: Vec<Marked>,
}

/// Reads the folder.
pub(super) fn read(folder: &Path) -> Result<Set, Error> {
    let tokens = folder.join("tokens.csv");
    let mut reports: BTreeMap<String, BTreeMap<u32, Line>> = BTreeMap::new();
    let mut file =
        csv::Reader::from_path(&tokens).map_err(|e| format!("{}: {e}", tokens.display()))?;
    for token in file.deserialize() {
        let token: Token = token.map_err(|e| format!("{}: {e}", tokens.display()))?;
        let report = reports.entry(token.report).or_default();
        report.entry(token.sent_id).or_default().push(&token.token);
    }
    let events = folder.join("event_mentions.json");
    let text =
        std::fs::read_to_string(&events).map_err(|e| format!("{}: {e}", events.display()))?;
    let mut mentions: Vec<Marked> =
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", events.display()))?;
    mentions.sort_by(|a, b| {
        (&a.report, a.sent_id, &a.tokens_number, &a.coref_chain).cmp(&(
            &b.report,
            b.sent_id,
            &b.tokens_number,
            &b.coref_chain,
        ))
    });
    Ok(Set { reports, mentions })
}

impl Line {
    fn push(&mut self, token: &str) {
        let token = match token {
            "``" | "''" => "\"",
            other => other,
        };
        let closes = [
            ",", ".", ";", ":", "?", "!", ")", "'s", "’s", "n't", "%", "'",
        ];
        let opened = self.text.ends_with(['(', '$']);
        if !self.text.is_empty() && !opened && !closes.contains(&token) {
            self.text.push(' ');
        }
        self.starts.push(self.text.len());
        self.text.push_str(token);
    }
}
