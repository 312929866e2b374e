//! What is new: findings, disputes, reports.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::{card, report_row};
use crate::{
    Look, Trouble,
    contract::FindingObject,
    frame::{Here, counted},
    page::{Page, Table},
    shelf::Row,
};

/// Findings of a sort, and reports.
const FINDINGS: usize = 8;
const REPORTS: usize = 12;

/// Nothing is asked.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {}

/// A report in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReportRow {
    /// Its id.
    pub(crate) id: String,
    /// Its headline. Absent: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) title: Option<String>,
    /// Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) publisher: Option<String>,
    /// Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) published: Option<String>,
    /// Claims in it.
    pub(crate) claims: u64,
}

impl From<sayso_ledger::Latest> for ReportRow {
    fn from(latest: sayso_ledger::Latest) -> Self {
        Self {
            id: latest.head.id.0,
            title: latest.head.title,
            publisher: latest.head.publisher,
            published: latest.head.published,
            claims: latest.claims,
        }
    }
}

/// What is new in the ledger.
#[derive(Serialize, ToSchema)]
pub(crate) struct Today {
    /// Reports in the ledger.
    pub reports: u64,
    /// Claims in the ledger.
    pub claims: u64,
    /// Findings made of them.
    pub findings: usize,
    /// Findings that came up last.
    pub new: Vec<FindingObject>,
    /// Older ones of which something was read last.
    pub changed: Vec<FindingObject>,
    /// Disputed ones of which something was read last.
    pub disputed: Vec<FindingObject>,
    /// Reports read last.
    pub latest: Vec<ReportRow>,
}

impl Page for Today {
    const PATH: &'static str = "/";
    const WHAT: &'static str =
        "What is new: findings that came up or changed, disputes, the latest reports.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let totals = look.shelf.totals(look.ledger)?;
        let latest = look.ledger.latest(REPORTS, None)?;
        // Of the findings the claims of the last reports count as new.
        let rows = &look.shelf.rows;
        let first = |key: &dyn Fn(&Row) -> i64,
                     wanted: &dyn Fn(&Row) -> bool|
         -> Result<Vec<FindingObject>, Trouble> {
            let mut best: Vec<(i64, usize)> = Vec::new();
            for (at, row) in rows.iter().enumerate().filter(|(_, row)| wanted(row)) {
                let entry = (-key(row), at);
                if best.len() == FINDINGS && best.last().is_some_and(|last| *last <= entry) {
                    continue;
                }
                let place = best.partition_point(|other| *other < entry);
                best.insert(place, entry);
                best.truncate(FINDINGS);
            }
            let mut out = Vec::new();
            for (_, at) in best {
                out.extend(look.finding_numbered(rows[at].number)?.map(FindingObject));
            }
            Ok(out)
        };
        let (new, changed, disputed) = (
            first(&|row| row.begun, &|_| true)?,
            first(&|row| row.latest, &|row| row.latest != row.begun)?,
            first(&|row| row.latest, &|row| row.denied + row.doubted > 0)?,
        );
        let shown = |finding: &FindingObject, of: &[FindingObject]| {
            of.iter().any(|it| it.0.id == finding.0.id)
        };
        let mut page = Self {
            reports: totals.reports,
            claims: totals.claims,
            findings: rows.len(),
            latest: latest.into_iter().map(ReportRow::from).collect(),
            new,
            changed,
            disputed,
        };
        page.changed.retain(|finding| !shown(finding, &page.new));
        Ok(page)
    }

    fn title(&self) -> String {
        "Today".to_owned()
    }

    fn html(&self, _here: &Here) -> Markup {
        let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
        if self.reports == 0 {
            return html! {
                h1 { "Nothing was read yet" }
                p { "Put reports into this ledger, and load this page again:" }
                pre { code { "sayso read report.html clippings/ https://daily.example/story" } }
                p { "The project comes with an example: " code { "sayso read fixtures/week/reports" } "." }
            };
        }
        html! {
            h1 { "Today" }
            p.figures.large {
                a href="/findings" { (counted(self.findings, "finding")) }
                span { (counted(count(self.claims), "claim")) }
                span { (counted(count(self.reports), "report")) }
            }
            div.halves {
                section aria-label="Findings" {
                    h2 { "New findings" }
                    @for finding in &self.new { (card(&finding.0)) }
                    @if !self.changed.is_empty() {
                        h2 { "Findings that changed" }
                        @for finding in &self.changed { (card(&finding.0)) }
                    }
                    p { a href="/findings?sort=recent" { "All, last read first" } }
                }
                section aria-label="Disputes and reports" {
                    @if !self.disputed.is_empty() {
                        h2 { "Disputed" }
                        @for finding in &self.disputed { (card(&finding.0)) }
                        p { a href="/findings?disputed=1&sort=recent" { "All that is disputed" } }
                    }
                    h2 { "Latest reports" }
                    ul.plain { @for report in &self.latest { (report_row(report)) } }
                }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let all = [
            ("new", &self.new),
            ("changed", &self.changed),
            ("disputed", &self.disputed),
        ];
        let mut head = vec!["why"];
        head.extend(crate::rows::FINDING);
        let rows = all.iter().flat_map(|(why, findings)| {
            findings.iter().map(move |finding| {
                let mut cells = vec![(*why).to_owned()];
                cells.extend(crate::rows::finding_cells(&finding.0));
                cells
            })
        });
        Some(Table {
            head,
            rows: rows.collect(),
        })
    }
}
