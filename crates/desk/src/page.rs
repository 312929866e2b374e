//! What every page is: one answer at one address, for people and, with an ending, for programs.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Router,
    extract::{
        Extension, Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{HttpMethod, path::ParameterIn},
};

use crate::{
    Desk, Look, Trouble,
    access::{Role, Visitor},
    frame::{Here, frame},
    openapi::{self, Described},
    rows::guard,
};

/// How the first page is called where it needs a name.
pub(crate) const TODAY: &str = "/today";

/// In which form an answer is wanted: by the ending of the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Form {
    #[default]
    Html,
    Json,
    Csv,
    Geojson,
    Graphml,
    Atom,
    Markdown,
}

impl Form {
    const ALL: &'static [(&'static str, Self, &'static str)] = &[
        (".json", Self::Json, "application/json"),
        (".csv", Self::Csv, "text/csv; charset=utf-8"),
        (".geojson", Self::Geojson, "application/geo+json"),
        (".graphml", Self::Graphml, "application/graphml+xml"),
        (".atom", Self::Atom, "application/atom+xml"),
        (".md", Self::Markdown, "text/markdown; charset=utf-8"),
    ];

    /// The form a path asks for, and the path without its ending.
    pub fn of(path: &str) -> (Self, &str) {
        for (ending, form, _) in Self::ALL {
            if let Some(rest) = path.strip_suffix(ending) {
                return (*form, rest);
            }
        }
        (Self::Html, path)
    }

    pub(crate) fn media(self) -> &'static str {
        let all = Self::ALL.iter().find(|(_, form, _)| *form == self);
        all.map_or("text/html; charset=utf-8", |(_, _, media)| media)
    }

    /// For an address without a form of its own: a page for a browser, data for a program.
    pub(crate) fn liked(head: &HeaderMap) -> Self {
        let accept = head.get(header::ACCEPT).and_then(|it| it.to_str().ok());
        match accept.is_some_and(|it| it.contains("text/html")) {
            true => Self::Html,
            false => Self::Json,
        }
    }

    /// The ending, with its dot. Empty: a page.
    pub fn ending(self) -> &'static str {
        let all = Self::ALL.iter().find(|(_, form, _)| *form == self);
        all.map_or("", |(ending, ..)| ending)
    }
}

/// Rows for a spreadsheet.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<&'static str>,
    /// As many cells each.
    pub rows: Vec<Vec<String>>,
}

/// One answer.
pub trait Page: Serialize + ToSchema + PartialSchema + Send + 'static {
    /// Its address; `{id}` stands for what it is of.
    const PATH: &'static str;
    /// One sentence of what it is.
    const WHAT: &'static str;
    /// The other forms it has, beside JSON.
    const FORMS: &'static [Form] = &[Form::Csv];
    /// Who may see it.
    const LEAST: Role = Role::Reader;
    /// What can be asked.
    type Asked: DeserializeOwned + IntoParams + Send + Sync + 'static;

    /// The answer. `id` is empty where the address has none.
    ///
    /// # Errors
    /// There is nothing of the sort, or the ledger cannot be read.
    fn ask(look: &Look<'_>, id: &str, asked: &Self::Asked) -> Result<Self, Trouble>
    where
        Self: Sized;

    /// For the window.
    fn title(&self) -> String;

    /// What a person sees.
    fn html(&self, here: &Here) -> Markup;

    /// As rows.
    fn csv(&self) -> Option<Table> {
        None
    }

    /// In any other of its forms, whole.
    fn other(&self, _form: Form, _here: &Here) -> Option<String> {
        None
    }
}

/// A page's route and its description.
pub struct Route {
    /// Adds it to a router.
    pub router: Router<Arc<Desk>>,
    /// What is told of its addresses.
    pub described: Described,
}

/// The route of a page.
pub fn route<P: Page>() -> Route {
    let mut described = Described::default();
    described.schema::<P>();
    for form in std::iter::once(Form::Json).chain(P::FORMS.iter().copied()) {
        let content = match form {
            Form::Json => openapi::of_type(&P::name()),
            _ => openapi::of_media(form.media()),
        };
        let mut operation = openapi::operation(P::PATH, form.ending(), P::WHAT)
            .responses(openapi::responses(P::WHAT, form.media(), content));
        for parameter in P::Asked::into_params(|| Some(ParameterIn::Query)) {
            operation = operation.parameter(parameter);
        }
        // The first page has no name of its own to put an ending to.
        let path = if P::PATH == "/" { TODAY } else { P::PATH };
        described.path(
            &format!("{path}{}", form.ending()),
            HttpMethod::Get,
            operation,
        );
    }
    Route {
        router: Router::new().route(P::PATH, get(show::<P>)),
        described,
    }
}

async fn show<P: Page>(
    State(desk): State<Arc<Desk>>,
    Extension(form): Extension<Form>,
    Extension(visitor): Extension<Visitor>,
    parts: Result<Path<HashMap<String, String>>, PathRejection>,
    uri: Uri,
    asked: Result<Query<P::Asked>, QueryRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor);
    if here.visitor.role < P::LEAST {
        let said = format!("{} may not see this page", here.visitor.name);
        return wrong(&Trouble::Forbidden(said), form, &here);
    }
    let (Path(parts), Query(asked)) = match (parts, asked) {
        (Ok(parts), Ok(asked)) => (parts, asked),
        (Err(error), _) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
        (_, Err(error)) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
    };
    if !matches!(form, Form::Html | Form::Json) && !P::FORMS.contains(&form) {
        let said = format!(
            "this page has no {} form",
            form.ending().trim_start_matches('.')
        );
        return wrong(&Trouble::NotThere(said), form, &here);
    }
    let id = parts.get("id").cloned().unwrap_or_default();
    answer(form, here, move |here| {
        desk.look_in(form, |look| {
            let page = P::ask(look, &id, &asked)?;
            written(&page, form, here)
        })
    })
    .await
}

/// Answers on a thread that may wait for the disk.
pub(crate) async fn answer(
    form: Form,
    here: Here,
    make: impl FnOnce(&Here) -> Result<String, Trouble> + Send + 'static,
) -> Response {
    let asked = here.clone();
    let made = tokio::task::spawn_blocking(move || make(&asked)).await;
    match made {
        Ok(Ok(body)) => ([(header::CONTENT_TYPE, form.media())], body).into_response(),
        Ok(Err(trouble)) => wrong(&trouble, form, &here),
        // A question that panics is a defect; the others go on.
        Err(_) => wrong(&Trouble::Defect, form, &here),
    }
}

fn written<P: Page>(page: &P, form: Form, here: &Here) -> Result<String, Trouble> {
    Ok(match form {
        Form::Html => {
            let forms = std::iter::once(Form::Json).chain(P::FORMS.iter().copied());
            frame(
                here,
                &page.title(),
                &forms.collect::<Vec<_>>(),
                page.html(here),
            )
            .into_string()
        }
        Form::Json => crate::contract::safe(page)?,
        Form::Csv => csv(page.csv().unwrap_or_default())?,
        other => page.other(other, here).unwrap_or_default(),
    })
}

fn csv(table: Table) -> Result<String, Trouble> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let wrong = |error: csv::Error| std::io::Error::other(error.to_string());
    out.write_record(&table.head).map_err(wrong)?;
    for row in &table.rows {
        out.write_record(row.iter().map(|cell| guard(cell)))
            .map_err(wrong)?;
    }
    let bytes = out
        .into_inner()
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A number of the query; an empty field of a form is none.
///
/// # Errors
/// It is no number.
pub fn number(name: &str, text: &str) -> Result<Option<usize>, Trouble> {
    match text.trim() {
        "" => Ok(None),
        text => match text.parse::<u32>() {
            Ok(number) => Ok(usize::try_from(number).ok()),
            Err(_) => Err(Trouble::Asked(format!("{name} is a number, not {text}"))),
        },
    }
}

/// What a program is told when something is wrong.
#[derive(Serialize, ToSchema)]
pub struct Wrong {
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub message: String,
}

/// The answer when something is wrong.
pub(crate) fn wrong(trouble: &Trouble, form: Form, here: &Here) -> Response {
    let message = sayso_records::text::clean(&trouble.to_string());
    if form != Form::Html {
        let body = Wrong {
            code: trouble.code().to_owned(),
            message,
        };
        return (trouble.status(), axum::Json(body)).into_response();
    }
    let title = match trouble.status() {
        StatusCode::NOT_FOUND => "Not found",
        StatusCode::METHOD_NOT_ALLOWED => "Not done that way",
        StatusCode::BAD_REQUEST => "That cannot be asked",
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => "Not allowed",
        StatusCode::CONFLICT => "Not done",
        _ => "Something is wrong",
    };
    let body = html! {
        h1 { (title) }
        p.wrong role="alert" { (message) }
        p { a href="/findings" { "All findings" } }
    };
    let page = frame(here, title, &[], body).into_string();
    (
        trouble.status(),
        [(header::CONTENT_TYPE, Form::Html.media())],
        page,
    )
        .into_response()
}
