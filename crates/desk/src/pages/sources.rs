//! Who publishes and who is made to say it: what begins with whom, and what each repeats.

use maud::{Markup, html};
use sayso_ledger::{SourceRow, fold};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::hidden;
use crate::{
    Look, Trouble,
    frame::{Here, at, encoded, say, thousands},
    openapi::Number,
    page::{Page, Table, number},
};

/// Sources on one page unless told, and at most.
const ROWS: usize = 50;
const MOST: usize = 500;
/// Looked through for a name.
const LOOKED_AT: usize = 20_000;

/// Which sources.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// A part of the name.
    pub name: String,
    /// The `next` of the page before.
    pub after: String,
    /// So many, 50 unless told, 500 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// A publisher or named source.
#[derive(Serialize, ToSchema)]
#[schema(as = SourceRow)]
pub(crate) struct Row {
    /// An entity's id, or `name:` and folded words.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// A to F, as a person graded it; F until then.
    pub reliability: String,
    /// What sort of house. Absent: not listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Who owns it. Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Reports it published.
    pub reports: u64,
    /// Findings that have it as an established origin.
    pub originates: u64,
    /// Findings it carries that begin with somebody else.
    pub repeats: u64,
}

/// Sources, those that begin most findings first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Sources {
    /// The sources.
    pub sources: Vec<Row>,
    /// What to ask for as `after` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[serde(skip)]
    asked: Asked,
}

impl Page for Sources {
    const PATH: &'static str = "/sources";
    const WHAT: &'static str = "Publishers and named sources: what each begins, what it repeats, how reliable people found it.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let after = Some(asked.after.as_str()).filter(|after| !after.is_empty());
        let words = fold(&asked.name);
        let named = !words.trim().is_empty();
        let wanted = if named { LOOKED_AT } else { limit + 1 };
        let mut rows = look.ledger.sources(wanted, after)?;
        if named {
            rows.retain(|row| fold(&row.name).contains(words.trim_end()));
        }
        let next = (rows.len() > limit).then(|| {
            rows.truncate(limit);
            rows.last().map(|row| row.key.clone())
        });
        let row = |row: SourceRow| Row {
            reliability: (look.standing.reliability(&row.key))
                .map_or("F", |(grade, _)| grade.as_str())
                .to_owned(),
            key: row.key,
            name: row.name,
            kind: row.kind,
            owner: row.owner,
            reports: row.reports,
            originates: row.originates,
            repeats: row.repeats,
        };
        Ok(Self {
            sources: rows.into_iter().map(row).collect(),
            next: next.flatten(),
            asked: asked.clone(),
        })
    }

    fn title(&self) -> String {
        "Sources".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let count = |n: u64| thousands(usize::try_from(n).unwrap_or(usize::MAX));
        html! {
            h1 { "Sources" }
            form.filter action="/sources" {
                label { span { "Name" } input name="name" value=(self.asked.name) maxlength="200"; }
                button { "Filter" }
            }
            p.quiet { "Reliability is what a person graded, A to F, and F until then. It does not move the credibility of findings." }
            @if self.sources.is_empty() { p { "No source matches." } }
            @else {
                div.scroll tabindex="0" { table {
                    thead { tr {
                        th scope="col" { "Who" } th.n scope="col" { "Reports" } th.n scope="col" { "Begins" } th.n scope="col" { "Repeats" }
                        th scope="col" { "Reliability" } th scope="col" { "Kind" } th scope="col" { "Owner" }
                    } }
                    tbody { @for row in &self.sources {
                        tr {
                            th scope="row" { a href=(at("entity", &row.key)) { (say(&row.name)) } }
                            td.n { (count(row.reports)) }
                            td.n { @if row.originates > 0 { a href=(format!("/findings?source={}", encoded(&row.key))) { (count(row.originates)) } } @else { "0" } }
                            td.n { (count(row.repeats)) }
                            td {
                                @if here.visitor.may_judge() { details { summary { (row.reliability) } (grade(here, row)) } } @else { (row.reliability) }
                            }
                            td { (row.kind.as_deref().unwrap_or("")) }
                            td { (say(row.owner.as_deref().unwrap_or(""))) }
                        }
                    } }
                } }
            }
            @if let Some(next) = &self.next { p { a.next rel="next" href=(here.with("after", next)) { "More sources" } } }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |row: &Row| {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            vec![
                row.name.clone(),
                row.key.clone(),
                row.reliability.clone(),
                text(&row.kind),
                text(&row.owner),
                row.reports.to_string(),
                row.originates.to_string(),
                row.repeats.to_string(),
            ]
        };
        Some(Table {
            head: vec![
                "name",
                "key",
                "reliability",
                "kind",
                "owner",
                "reports",
                "originates",
                "repeats",
            ],
            rows: self.sources.iter().map(row).collect(),
        })
    }
}

fn grade(here: &Here, row: &Row) -> Markup {
    html! {
        form.judging method="post" action="/judge" {
            (hidden(here, "grade_source", &row.key))
            label { span { "Reliability" } select name="grade" {
                @for (grade, words) in [("A", "reliable"), ("B", "usually reliable"), ("C", "fairly reliable"), ("D", "not usually reliable"), ("E", "unreliable"), ("F", "not known")] {
                    option value=(grade) selected[grade == row.reliability] { (grade) " " (words) }
                }
            } }
            label.wide { span { "Why" } input name="why" required maxlength="1000"; }
            button { "Grade it" }
        }
    }
}
