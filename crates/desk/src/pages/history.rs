//! Every judgement, with what became of it.

use maud::{Markup, html};
use sayso_records::{Act, ClaimId, FindingId, Pair, Stated};
use sayso_resolve::judged::Fate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::hidden;
use crate::{
    Look, Trouble,
    frame::{Here, at, counted, say},
    labels::Labels,
    openapi::Number,
    page::{Page, Table, number},
};

/// Judgements on one page unless told, and at most.
const ROWS: usize = 50;
const MOST: usize = 500;

/// Which judgements.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// The `next` of the page before.
    pub after: String,
    /// So many, 50 unless told, 500 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// What somebody decided.
#[derive(Serialize, ToSchema)]
#[schema(as = JudgementRow)]
pub(crate) struct Row {
    /// The judgement's id.
    pub id: String,
    /// When, RFC 3339.
    pub at: String,
    /// Who.
    pub who: String,
    /// What, in words.
    pub what: String,
    /// Why. Empty: no reason was given.
    pub why: String,
    /// Whether it counts.
    pub stands: bool,
    /// What became of it. Absent: it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fate: Option<String>,
    /// The page of what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Whether it can be undone.
    pub undoable: bool,
}

/// Judgements, newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct History {
    /// How many there are.
    pub count: usize,
    /// Newest first.
    pub judgements: Vec<Row>,
    /// What to ask for as `after` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl Page for History {
    const PATH: &'static str = "/history";
    const WHAT: &'static str =
        "What people judged, newest first, with who, when, why, and what became of it.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let labels = Labels::new(&look.desk.gazetteer);
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let all: Vec<_> = look.standing.judgements().rev().collect();
        let from = match asked.after.as_str() {
            "" => 0,
            id => (all.iter().position(|(it, _)| it.id.0 == id)).map_or(0, |at| at + 1),
        };
        let mut judgements = Vec::new();
        for (judgement, fate) in all.iter().skip(from).take(limit) {
            let is_undo = matches!(judgement.act, Act::Undo(_));
            judgements.push(Row {
                id: judgement.id.0.clone(),
                at: judgement.at.clone(),
                who: judgement.who.clone(),
                what: labels.act(&judgement.act),
                why: judgement.why.clone(),
                stands: *fate == Fate::Stands,
                fate: labels.fate(*fate),
                page: page(look, &judgement.act)?,
                undoable: *fate == Fate::Stands && !is_undo,
            });
        }
        let next = (from + limit < all.len()).then(|| judgements.last().map(|row| row.id.clone()));
        Ok(Self {
            count: all.len(),
            next: next.flatten(),
            judgements,
        })
    }

    fn title(&self) -> String {
        "History".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        html! {
            h1 { "What was judged" }
            p.bar { strong { (counted(self.count, "judgement")) } a href="/review" { "To the queue" } }
            @if self.judgements.is_empty() { p { "Nothing was judged yet." } }
            ol.plain {
                @for row in &self.judgements {
                    li.card.gone[!row.stands] data-item {
                        p { @match &row.page { Some(page) => a href=(page) { (say(&row.what)) }, None => (say(&row.what)) } }
                        @if !row.why.is_empty() { blockquote { (say(&row.why)) } }
                        p.quiet { (row.at.get(..16).unwrap_or(&row.at).replace('T', " ")) " " (say(&row.who)) " · " code { (row.id) } @if let Some(fate) = &row.fate { " · " strong { (say(fate)) } } }
                        @if row.undoable && here.visitor.may_judge() {
                            form method="post" action="/judge" { (hidden(here, "undo", &row.id)) button.plain data-key="u" { "Undo" } }
                        }
                    }
                }
            }
            @if let Some(next) = &self.next { p { a.next rel="next" href=(here.with("after", next)) { "Older judgements" } } }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |row: &Row| {
            let fate = row.fate.clone().unwrap_or_else(|| "stands".to_owned());
            vec![
                row.id.clone(),
                row.at.clone(),
                row.who.clone(),
                row.what.clone(),
                row.why.clone(),
                fate,
            ]
        };
        Some(Table {
            head: vec!["id", "at", "who", "what", "why", "fate"],
            rows: self.judgements.iter().map(row).collect(),
        })
    }
}

/// The page of what a judgement is about.
fn page(look: &Look<'_>, act: &Act) -> Result<Option<String>, Trouble> {
    let claim = |id: &ClaimId| -> Result<Option<String>, Trouble> {
        Ok(match look.ledger.claim(&id.0)? {
            sayso_ledger::Matched::One(stored) => {
                Some(format!("{}#c-{}", at("report", &stored.report.id.0), id.0))
            }
            _ => None,
        })
    };
    let finding = |id: &FindingId| Some(at("finding", &id.0));
    match act {
        Act::Accept(id) | Act::Reject(id) | Act::Unsure(id) | Act::Correct(id, _) => claim(id),
        Act::Credibility(id, _) => Ok(finding(id)),
        Act::Reliability(key, _) => Ok(Some(at("entity", key.as_str()))),
        Act::Same(pair) | Act::Differ(pair) => match pair {
            Pair::Entities(a, _) => Ok(Some(at("entity", a.as_str()))),
            Pair::Propositions(Stated::Finding(id), _) => Ok(finding(id)),
            Pair::Propositions(Stated::Claim(id), _) | Pair::Origins(id, _) => claim(id),
        },
        Act::Undo(_) => Ok(None),
    }
}
