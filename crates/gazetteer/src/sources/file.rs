//! The shape of `sources/*.toml`. What each field means is said in the head of `sources/wires.toml` and `sources/credits.toml`.

use serde::Deserialize;
use toml::Spanned;

use super::{CueSort, OutletKind};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) format: Spanned<u32>,
    #[serde(default)]
    pub(super) outlet: Vec<Row>,
    #[serde(default)]
    pub(super) cue: Vec<CueRow>,
    #[serde(default)]
    pub(super) tracking: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) id: Option<Spanned<String>>,
    pub(super) name: Spanned<String>,
    #[serde(default)]
    pub(super) also: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) domains: Vec<Spanned<String>>,
    pub(super) owner: Option<String>,
    pub(super) kind: Spanned<OutletKind>,
    pub(super) country: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) reports_itself: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CueRow {
    pub(super) sort: CueSort,
    pub(super) words: Spanned<String>,
    pub(super) unless: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) own: bool,
    pub(super) yes: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) no: Vec<Spanned<String>>,
}
