//! What was done at the desk: who judged, exported, signed in.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    Look, Trouble,
    access::Role,
    frame::{Here, say},
    openapi::Number,
    page::{Page, Table, number},
};

/// Lines on one page unless told, and at most.
const ROWS: usize = 100;
const MOST: usize = 1_000;

/// Which lines.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// The `next` of the page before.
    #[param(inline, value_type = Number)]
    pub after: String,
    /// So many, 100 unless told, 1,000 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditRow)]
pub(crate) struct Row {
    /// Its number; a later one has a higher one.
    pub number: i64,
    /// When, RFC 3339.
    pub at: String,
    /// By whom.
    pub who: String,
    /// What: judged, exported, signed in, refused, ...
    pub what: String,
    /// More of it.
    pub detail: String,
}

/// What was done, last first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Audit {
    /// The lines.
    pub done: Vec<Row>,
    /// What to ask for as `after` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<i64>,
}

impl Page for Audit {
    const PATH: &'static str = "/audit";
    const WHAT: &'static str = "What was done at the desk, last first; for admins.";
    const LEAST: Role = Role::Admin;
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let before = number("after", &asked.after)?.and_then(|n| i64::try_from(n).ok());
        let all = look.ledger.audited(limit + 1, before)?;
        let more = all.len() > limit;
        let row = |it: sayso_ledger::Done| Row {
            number: it.number,
            at: it.at,
            who: it.who,
            what: it.what,
            detail: it.detail,
        };
        let done: Vec<Row> = all.into_iter().take(limit).map(row).collect();
        Ok(Self {
            next: done.last().filter(|_| more).map(|row| row.number),
            done,
        })
    }

    fn title(&self) -> String {
        "What was done".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        html! {
            h1 { "What was done" }
            @if self.done.is_empty() { p { "Nothing yet." } }
            @else { div.scroll tabindex="0" role="region" aria-label="What was done" { table {
                thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "More" } } }
                tbody { @for row in &self.done { tr {
                    td { (row.at.get(..19).unwrap_or(&row.at).replace('T', " ")) } td { (say(&row.who)) } td { (row.what) } td { (say(&row.detail)) }
                } } }
            } } }
            @if let Some(next) = self.next { p { a.next rel="next" href=(here.with("after", &next.to_string())) { "Older" } } }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |row: &Row| {
            vec![
                row.number.to_string(),
                row.at.clone(),
                row.who.clone(),
                row.what.clone(),
                row.detail.clone(),
            ]
        };
        Some(Table {
            head: vec!["number", "at", "who", "what", "detail"],
            rows: self.done.iter().map(row).collect(),
        })
    }
}
