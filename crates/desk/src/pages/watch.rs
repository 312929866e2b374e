//! Saved searches, each of which is a feed.

use std::sync::Arc;

use axum::{
    Extension, Form as Fields, Router,
    extract::{State, rejection::FormRejection},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
    routing::post,
};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::HttpMethod};

use super::findings;
use crate::{
    Desk, Look, Trouble,
    access::{Visitor, same},
    frame::{Here, at, say},
    judging::Done,
    openapi::{self, Described},
    page::{Form, Page, Route, Table, wrong},
    watch::{feed, happened},
};

/// Saved searches that one desk keeps.
const MOST: usize = 1_000;

/// Nothing is asked.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {}

/// A saved search.
#[derive(Serialize, ToSchema)]
#[schema(as = WatchRow)]
pub(crate) struct Row {
    /// Its number, by which its feed is asked for.
    pub number: i64,
    /// What it was called.
    pub name: String,
    /// The query of the findings page.
    pub asked: String,
    /// Who saved it.
    pub who: String,
    /// When, RFC 3339.
    pub at: String,
}

/// Saved searches.
#[derive(Serialize, ToSchema)]
pub(crate) struct Watched {
    /// First saved first.
    pub searches: Vec<Row>,
}

impl Page for Watched {
    const PATH: &'static str = "/watch";
    const WHAT: &'static str =
        "Saved searches; each is a feed of new findings, new origins, advances and first denials.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let row = |it: sayso_ledger::Search| Row {
            number: it.number,
            name: it.name,
            asked: it.asked,
            who: it.who,
            at: it.at,
        };
        Ok(Self {
            searches: look.ledger.searches()?.into_iter().map(row).collect(),
        })
    }

    fn title(&self) -> String {
        "Watch".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        html! {
            h1 { "Watch" }
            p { "A saved search is a feed: a new finding, a new independent origin, a status that advanced, a first denial. Put its address into a feed reader." }
            @if self.searches.is_empty() { p { "Nothing is watched yet. Filter " a href="/findings" { "findings" } ", and save the search there." } }
            ul.plain { @for row in &self.searches {
                li.row {
                    a href=(format!("/findings?{}", row.asked)) { (say(&row.name)) } " · " a href=(format!("{}.atom", at("watch", &row.number.to_string()))) { "feed" }
                    div.quiet { "saved by " (say(&row.who)) " on " (row.at.get(..10).unwrap_or("")) }
                    @if here.visitor.may_judge() {
                        form method="post" action="/watch" {
                            input type="hidden" name="token" value=(here.visitor.token);
                            input type="hidden" name="forget" value=(row.number);
                            button.plain { "Forget" }
                        }
                    }
                }
            } }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |row: &Row| {
            vec![
                row.number.to_string(),
                row.name.clone(),
                row.asked.clone(),
                row.who.clone(),
                row.at.clone(),
            ]
        };
        Some(Table {
            head: vec!["number", "name", "asked", "who", "at"],
            rows: self.searches.iter().map(row).collect(),
        })
    }
}

/// One saved search and what happened under it.
#[derive(Serialize, ToSchema)]
pub(crate) struct WatchedOne {
    /// What it was called.
    pub name: String,
    /// The query of the findings page.
    pub asked: String,
    /// What happened, last first.
    pub events: Vec<EventRow>,
    #[serde(skip)]
    all: Vec<crate::watch::Event>,
}

/// Something that happened to a finding.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventRow {
    /// The day of the report that caused it.
    pub day: String,
    /// `new-finding`, `new-origin`, `status-advanced` or `first-denial`.
    pub what: String,
    /// The finding.
    pub finding: String,
    /// For a reader.
    pub title: String,
}

impl Page for WatchedOne {
    const PATH: &'static str = "/watch/{id}";
    const WHAT: &'static str = "What happened under one saved search, last first.";
    const FORMS: &'static [Form] = &[Form::Csv, Form::Atom];
    type Asked = Asked;

    fn ask(look: &Look<'_>, id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let all = look.ledger.searches()?;
        let search = all.into_iter().find(|it| it.number.to_string() == id);
        let search = search
            .ok_or_else(|| Trouble::NotThere(format!("no saved search has the number {id}")))?;
        let asked: findings::Asked = serde_html(&search.asked)?;
        let all = happened(look, &asked.filter()?)?;
        let row = |it: &crate::watch::Event| EventRow {
            day: it.day.clone(),
            what: it.what.to_owned(),
            finding: it.finding.clone(),
            title: it.title.clone(),
        };
        Ok(Self {
            name: search.name,
            asked: search.asked,
            events: all.iter().map(row).collect(),
            all,
        })
    }

    fn title(&self) -> String {
        self.name.clone()
    }

    fn html(&self, _here: &Here) -> Markup {
        html! {
            h1 { (say(&self.name)) }
            p { a href=(format!("/findings?{}", self.asked)) { "The findings" } }
            ol.plain { @for event in &self.events {
                li.row { span.day { (event.day) } " " a href=(at("finding", &event.finding)) { (say(&event.title)) } " " span.quiet { (event.what) } }
            } }
        }
    }

    fn csv(&self) -> Option<Table> {
        let row = |it: &EventRow| {
            vec![
                it.day.clone(),
                it.what.clone(),
                it.finding.clone(),
                it.title.clone(),
            ]
        };
        Some(Table {
            head: vec!["day", "what", "finding", "title"],
            rows: self.events.iter().map(row).collect(),
        })
    }

    fn other(&self, form: Form, here: &Here) -> Option<String> {
        let at = format!("{}.atom", here.path);
        (form == Form::Atom).then(|| {
            let title = format!("sayso: {}", self.name);
            feed(here, &title, &at, &self.all)
        })
    }
}

/// The query of a findings page as its fields.
fn serde_html(query: &str) -> Result<findings::Asked, Trouble> {
    let uri: Uri = format!("/?{query}")
        .parse()
        .map_err(|_| Trouble::Asked("the saved search cannot be read".to_owned()))?;
    let axum::extract::Query(asked) = axum::extract::Query::try_from_uri(&uri)
        .map_err(|error| Trouble::Asked(error.body_text()))?;
    Ok(asked)
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct Saving {
    /// As it stands in the forms of this session.
    token: String,
    /// How the search is called, 1 to 100 letters.
    name: String,
    /// The query of a page of findings.
    asked: String,
    /// The number of a search that is to be forgotten. Empty: one is saved.
    forget: String,
}

/// Saving and forgetting.
pub(crate) fn saving() -> Route {
    let mut described = Described::default();
    described.schema::<Saving>();
    let (what, json) = ("Saves a search, or forgets one.", Form::Json);
    described.path(
        "/watch.json",
        HttpMethod::Post,
        openapi::operation("/watch/save", json.ending(), what)
            .request_body(Some(openapi::form(&Saving::name())))
            .responses(openapi::responses(
                what,
                json.media(),
                openapi::of_type(&Done::name()),
            )),
    );
    Route {
        router: Router::new().route("/watch", post(save)),
        described,
    }
}

async fn save(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    uri: Uri,
    fields: Result<Fields<Saving>, FormRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor.clone());
    let fields = match fields {
        Ok(Fields(fields)) => fields,
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
    };
    let done = tokio::task::spawn_blocking(move || saved(&desk, &visitor, &fields)).await;
    match done {
        Ok(Ok(())) if form == Form::Json => axum::Json(Done {
            judgement: None,
            message: "done".to_owned(),
        })
        .into_response(),
        Ok(Ok(())) => Redirect::to("/watch").into_response(),
        Ok(Err(trouble)) => wrong(&trouble, form, &here),
        Err(_) => wrong(&Trouble::Defect, form, &here),
    }
}

fn saved(desk: &Desk, visitor: &Visitor, fields: &Saving) -> Result<(), Trouble> {
    if !same(&fields.token, &visitor.token) {
        return Err(Trouble::Forbidden(
            "the form is not of this session: load the page again".to_owned(),
        ));
    }
    if !visitor.may_judge() {
        return Err(Trouble::Forbidden(format!(
            "{} may look, and save nothing",
            visitor.name
        )));
    }
    let ledger = sayso_ledger::Ledger::open(desk.path())?;
    if let Ok(number) = fields.forget.parse::<i64>() {
        if !ledger.forget_search(number)? {
            return Err(Trouble::NotThere(format!(
                "no saved search has the number {number}"
            )));
        }
        return desk.audit(&visitor.name, "forgot", &format!("search {number}"));
    }
    let name = sayso_records::text::clean(&fields.name);
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Trouble::Asked(
            "a saved search has a name of 1 to 100 letters".to_owned(),
        ));
    }
    let asked = fields.asked.trim_start_matches('?');
    serde_html(asked)?.filter()?;
    if ledger.searches()?.len() >= MOST {
        return Err(Trouble::Refused(
            "there are a thousand saved searches: forget some first".to_owned(),
        ));
    }
    ledger.save_search(&name, asked, &visitor.name, &desk.keeper.now())?;
    desk.audit(&visitor.name, "saved", &format!("search {name}: {asked}"))
}
