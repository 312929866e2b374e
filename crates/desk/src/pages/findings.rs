//! All findings, filtered by the address.

use maud::{Markup, html};
use sayso_ledger::FindingFilter;
use sayso_records::text::clean;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::card;
use crate::{
    Look, Trouble,
    contract::FindingObject,
    frame::{Here, counted, shortened},
    openapi::{Date, Number},
    page::{Form, Page, Table, number},
    shelf::Order,
};

/// Findings on one page unless told.
const ROWS: usize = 25;
/// And at most.
const MOST: usize = 500;

/// Which findings.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct Asked {
    /// Kinds, any of them, parted by commas.
    pub kind: String,
    /// A name or an entity's id, in any role.
    pub about: String,
    /// A place, or a country's code.
    pub place: String,
    /// Only what concerns this day (2023-08-01) or later.
    #[param(inline, value_type = Date)]
    pub since: String,
    /// Only what concerns this day or earlier.
    #[param(inline, value_type = Date)]
    pub until: String,
    /// An origin, a relay or a publisher.
    pub source: String,
    /// At least so many established origins.
    #[param(inline, value_type = Number)]
    pub origins: String,
    /// `1`: only what somebody denies or doubts.
    pub disputed: String,
    /// `origins`, `recent` or `disputed` first.
    pub sort: String,
    /// The `next` of the page before.
    pub after: String,
    /// So many, 25 unless told, 500 at most.
    #[param(inline, value_type = Number)]
    pub limit: String,
}

/// A value and how many of the findings have it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Facet {
    /// The value.
    pub value: String,
    /// Findings.
    pub count: usize,
}

/// Findings that pass the filter.
#[derive(Serialize, ToSchema)]
pub(crate) struct Findings {
    /// How many pass.
    pub count: usize,
    /// By kind.
    pub kinds: Vec<Facet>,
    /// By grade of credibility.
    pub grades: Vec<Facet>,
    /// That somebody denies or doubts.
    pub disputed: usize,
    /// As `sayso findings --format jsonl` gives them.
    pub findings: Vec<FindingObject>,
    /// What to ask for as `after` for the next ones. Absent: these are the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    #[serde(skip)]
    asked: Asked,
    #[serde(skip)]
    order: Order,
    /// What happened to those that are shown, for the feed.
    #[serde(skip)]
    events: Vec<crate::watch::Event>,
}

impl Asked {
    /// As the ledger and the shelf filter.
    ///
    /// # Errors
    /// A day that is none, or days the wrong way round.
    pub(crate) fn filter(&self) -> Result<FindingFilter, Trouble> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let day = |text: &str, name: &str| match some(text) {
            Some(day) if day.parse::<jiff::civil::Date>().is_err() => Err(Trouble::Asked(format!(
                "{name} is a day such as 2023-08-01, not {day}"
            ))),
            day => Ok(day),
        };
        let filter = FindingFilter {
            kinds: (self.kind.split(',').map(|kind| kind.trim().to_lowercase()))
                .filter(|kind| !kind.is_empty())
                .collect(),
            about: some(&self.about),
            place: some(&self.place),
            since: day(&self.since, "since")?,
            until: day(&self.until, "until")?,
            source: some(&self.source),
            origins: number("origins", &self.origins)?.unwrap_or(0),
            disputed: self.disputed == "1",
            report: None,
        };
        match (&filter.since, &filter.until) {
            (Some(since), Some(until)) if since > until => Err(Trouble::Asked(format!(
                "since {since} is later than until {until}"
            ))),
            _ => Ok(filter),
        }
    }

    fn order(&self) -> Result<Order, Trouble> {
        match self.sort.as_str() {
            "" | "origins" => Ok(Order::Origins),
            "recent" => Ok(Order::Recent),
            "disputed" => Ok(Order::Disputed),
            other => Err(Trouble::Asked(format!(
                "sort is origins, recent or disputed, not {other}"
            ))),
        }
    }
}

impl Page for Findings {
    const PATH: &'static str = "/findings";
    const WHAT: &'static str =
        "Findings that pass a filter, with how many there are by kind and grade.";
    const FORMS: &'static [Form] = &[Form::Csv, Form::Atom];
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let (filter, order) = (asked.filter()?, asked.order()?);
        let shelf = &look.shelf;
        // Facets of kind count what passes all but the kinds.
        let any_kind = FindingFilter {
            kinds: Vec::new(),
            ..filter.clone()
        };
        let mut places = shelf.passing(look.ledger, &any_kind)?;
        let facet = |(value, count): (&str, usize)| Facet {
            value: value.to_owned(),
            count,
        };
        let kinds = shelf.count(&places, |row| Some(row.kind.as_str()));
        let kinds = kinds.into_iter().map(facet).collect();
        if !filter.kinds.is_empty() {
            places.retain(|at| {
                let kind = &shelf.rows[*at as usize].kind;
                filter.kinds.iter().any(|wanted| wanted == kind)
            });
        }
        let grade =
            |grade: u8| ["1", "2", "3", "4", "5", "6"].get(usize::from(grade).wrapping_sub(1));
        let mut grades = shelf.count(&places, |row| grade(row.grade).copied());
        grades.sort();
        let disputed = places.iter().filter(|at| {
            let row = &shelf.rows[**at as usize];
            row.denied + row.doubted > 0
        });
        let (count, disputed) = (places.len(), disputed.count());
        let grades = grades.into_iter().map(facet).collect();
        shelf.sort(&mut places, order);
        // A finding that has moved since is looked for where it is now; one that is gone begins the list again.
        let from = match asked.after.as_str() {
            "" => 0,
            id => places
                .iter()
                .position(|at| shelf.rows[*at as usize].id == id)
                .map_or(0, |at| at + 1),
        };
        let limit = number("limit", &asked.limit)?
            .unwrap_or(ROWS)
            .clamp(1, MOST);
        let shown = &places[from..places.len().min(from + limit)];
        let next = (from + limit < places.len())
            .then(|| {
                shown
                    .last()
                    .map(|at| shelf.rows[*at as usize].id.to_string())
            })
            .flatten();
        let mut findings = Vec::new();
        // A feed tells of what happened to them, and shows none.
        for at in shown.iter().filter(|_| look.form != Form::Atom) {
            if let Some(finding) = look.finding_numbered(shelf.rows[*at as usize].number)? {
                findings.push(FindingObject(finding));
            }
        }
        let events = match look.form {
            Form::Atom => crate::watch::happened(look, &filter)?,
            _ => Vec::new(),
        };
        Ok(Self {
            events,
            count,
            kinds,
            grades,
            disputed,
            findings,
            next,
            asked: asked.clone(),
            order,
        })
    }

    fn title(&self) -> String {
        "Findings".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let asked = &self.asked;
        let field = |name: &str, label: &str, value: &str, hint: &str| {
            html! {
                label { span { (label) } input name=(name) value=(value) placeholder=(hint) maxlength="200"; }
            }
        };
        let orders = [
            (Order::Origins, "origins", "most origins"),
            (Order::Recent, "recent", "last read"),
            (Order::Disputed, "disputed", "most disputed"),
        ];
        html! {
            h1 { "Findings" }
            form.filter action="/findings" {
                (field("about", "Who or what", &asked.about, "Iran, Shahed-136"))
                (field("place", "Where", &asked.place, "Belarus"))
                (field("source", "On whose say-so", &asked.source, "Reuters"))
                label { span { "Since" } input type="date" name="since" value=(asked.since); }
                label { span { "Until" } input type="date" name="until" value=(asked.until); }
                label { span { "Origins, at least" } input type="number" min="0" max="99" name="origins" value=(asked.origins); }
                label.check { input type="checkbox" name="disputed" value="1" checked[asked.disputed == "1"]; span { "Disputed only" } }
                @if !asked.kind.is_empty() { input type="hidden" name="kind" value=(asked.kind); }
                @if !asked.sort.is_empty() { input type="hidden" name="sort" value=(asked.sort); }
                button { "Filter" }
                a href="/findings" { "Clear" }
            }
            div.columns {
                aside.facets aria-label="Narrow down" {
                    h2 { "Kind" }
                    ul {
                        @for facet in &self.kinds {
                            @let chosen = asked.kind.split(',').any(|kind| kind == facet.value);
                            li {
                                a href=(here.with("kind", if chosen { "" } else { &facet.value })) aria-current=[chosen.then_some("true")] { (facet.value) }
                                " " span.count { (crate::frame::thousands(facet.count)) }
                            }
                        }
                    }
                    h2 { "Credibility" }
                    ul {
                        @for facet in &self.grades {
                            li { (facet.value) " " span.quiet { (super::parts::grade_words(facet.value.parse().unwrap_or(6))) } " " span.count { (crate::frame::thousands(facet.count)) } }
                        }
                    }
                    p { a href=(here.with("disputed", if asked.disputed == "1" { "" } else { "1" })) { "disputed" } " " span.count { (crate::frame::thousands(self.disputed)) } }
                }
                section {
                    p.bar {
                        strong { (counted(self.count, "finding")) }
                        span.sorts {
                            "sorted by "
                            @for (order, name, words) in orders {
                                a href=(here.with("sort", name)) aria-current=[(order == self.order).then_some("true")] { (words) }
                                " "
                            }
                        }
                    }
                    form.choose #choose action="/export" {
                        a href=(here.with("after", "").replacen("/findings", "/export", 1)) { "Export these" }
                        @if !self.findings.is_empty() { " " button.plain { "Export the chosen" } }
                    }
                    @if here.visitor.may_judge() {
                        details.judge {
                            summary { "Watch this search" }
                            form.judging method="post" action="/watch" {
                                input type="hidden" name="token" value=(here.visitor.token);
                                input type="hidden" name="asked" value=(here.with("after", "").split_once('?').map_or(String::new(), |(_, query)| query.to_owned()));
                                label.wide { span { "Name" } input name="name" required maxlength="100"; }
                                button { "Save" }
                            }
                        }
                    }
                    @if self.findings.is_empty() { p { "No finding passes this filter." } }
                    @for finding in &self.findings {
                        div.chosen {
                            input type="checkbox" form="choose" name="finding" value=(finding.0.id) aria-label=(format!("Choose {}", shortened(&clean(&crate::words::line(&finding.0.proposition)), 120)));
                            (card(&finding.0))
                        }
                    }
                    @if let Some(next) = &self.next {
                        p { a.next rel="next" href=(here.with("after", next)) { "More findings" } }
                    }
                }
            }
        }
    }

    fn csv(&self) -> Option<Table> {
        let rows = self
            .findings
            .iter()
            .map(|finding| crate::rows::finding_cells(&finding.0));
        Some(Table {
            head: crate::rows::FINDING.to_vec(),
            rows: rows.collect(),
        })
    }

    fn other(&self, form: Form, here: &Here) -> Option<String> {
        let query = match here.query.is_empty() {
            true => String::new(),
            false => format!("?{}", here.query),
        };
        (form == Form::Atom).then(|| {
            let at = format!("/findings.atom{query}");
            crate::watch::feed(here, "sayso: findings", &at, &self.events)
        })
    }
}
