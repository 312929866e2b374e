//! Findings in other people's formats, from the desk.

use std::{
    collections::HashSet,
    io::{self, Write},
    sync::Arc,
};

use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::{
        Path, Query, State,
        rejection::{PathRejection, QueryRejection},
    },
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::{
    Deserialize, Serialize,
    de::{self, value::MapDeserializer},
};
use tokio::sync::mpsc;
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        HttpMethod,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{ArrayBuilder, ObjectBuilder, Type},
    },
};

use super::findings;
use crate::{
    Desk, Look, Trouble,
    access::Visitor,
    export::{Format, export},
    frame::{Here, counted},
    openapi::{self, Described},
    page::{Form, Page, Route, wrong},
};

/// Findings written of one export of the desk; the command line has no such limit.
const MOST: usize = 20_000;
/// Bytes handed on at a time, and how many such pieces wait for a slow reader.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 8;

/// Which findings.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Vec<(String, String)>")]
pub(crate) struct Asked {
    filter: findings::Asked,
    /// Ids of those that were chosen one by one. Empty: all that pass the filter.
    chosen: Vec<String>,
}

impl TryFrom<Vec<(String, String)>> for Asked {
    type Error = de::value::Error;

    fn try_from(pairs: Vec<(String, String)>) -> Result<Self, Self::Error> {
        let (chosen, others): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(name, _)| name == "finding");
        Ok(Self {
            filter: Deserialize::deserialize(MapDeserializer::new(others.into_iter()))?,
            chosen: chosen.into_iter().map(|(_, id)| id).collect(),
        })
    }
}

impl IntoParams for Asked {
    fn into_params(within: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let page = ["sort", "after", "limit"];
        let mut all = findings::Asked::into_params(&within);
        all.retain(|one| !page.contains(&one.name.as_str()));
        let text = ObjectBuilder::new().schema_type(Type::String);
        let ids = ParameterBuilder::new()
            .name("finding")
            .parameter_in(within().unwrap_or(ParameterIn::Query))
            .description(Some(
                "Ids of findings: these and no others, whatever the filter. Given once for each.",
            ))
            .schema(Some(ArrayBuilder::new().items(text.build()).build()));
        all.push(ids.build());
        all
    }
}

impl Asked {
    /// The findings' numbers, in the order of the shelf; at most so many as one export has.
    fn numbers(&self, look: &Look<'_>) -> Result<Vec<i64>, Trouble> {
        let filter = self.filter.filter()?;
        if self.chosen.is_empty() {
            let places = look.shelf.passing(look.ledger, &filter)?;
            let number = |at: &u32| look.shelf.rows[*at as usize].number;
            return Ok(places.iter().map(number).collect());
        }
        let rows = look.shelf.rows.iter();
        let chosen: HashSet<&str> = self.chosen.iter().map(String::as_str).collect();
        let found = rows.filter(|row| chosen.contains(row.id.as_str()));
        let numbers: Vec<i64> = found.map(|row| row.number).collect();
        match numbers.len() == chosen.len() {
            true => Ok(numbers),
            false => Err(Trouble::NotThere(format!(
                "of {} chosen, {} are in the ledger now",
                counted(chosen.len(), "finding"),
                numbers.len()
            ))),
        }
    }
}

/// A format.
#[derive(Serialize, ToSchema)]
#[schema(as = FormatRow)]
pub(crate) struct Row {
    /// The name it is asked for by.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// What it is.
    pub what: String,
}

/// What findings can be written as.
#[derive(Serialize, ToSchema)]
pub(crate) struct ExportPage {
    /// Findings that pass the filter.
    pub count: usize,
    /// The formats.
    pub formats: Vec<Row>,
}

fn what(format: Format) -> &'static str {
    match format {
        Format::Ftm => "FollowTheMoney entities, one a line: for Aleph and OpenSanctions' tools",
        Format::Stix => "STIX 2.1 bundle: reports, identities, locations, opinions",
        Format::Geojson => "GeoJSON: findings with places, each as exact as the text",
        Format::Graphml => "GraphML: findings and whom they name, for Gephi, yEd, networkx",
        Format::Csv => "rows for a spreadsheet",
        Format::Parquet => "Apache Parquet: for pandas, polars, DuckDB",
        Format::Sipri => "transfers in the order of SIPRI's trade registers",
        Format::Markdown => "an assessment with footnotes, in words of likelihood",
    }
}

impl Page for ExportPage {
    const PATH: &'static str = "/export";
    const WHAT: &'static str = "What findings can be written as, and how many pass the filter.";
    const FORMS: &'static [Form] = &[];
    type Asked = Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &Asked) -> Result<Self, Trouble> {
        let row = |(name, format): &(&str, Format)| Row {
            name: (*name).to_owned(),
            media: format.media().to_owned(),
            what: what(*format).to_owned(),
        };
        Ok(Self {
            count: asked.numbers(look)?.len(),
            formats: Format::ALL.iter().map(row).collect(),
        })
    }

    fn title(&self) -> String {
        "Export".to_owned()
    }

    fn html(&self, here: &Here) -> Markup {
        let query = match here.query.is_empty() {
            true => String::new(),
            false => format!("?{}", here.query),
        };
        html! {
            h1 { "Export" }
            p { (counted(self.count, "finding")) @if self.count > MOST { "; the desk writes the first " (crate::frame::thousands(MOST)) ", `sayso export` all" } ". " a href=(format!("/findings{query}")) { "Change the filter" } }
            ul.plain { @for row in &self.formats {
                li.row { a href=(format!("/export/{}{query}", row.name)) download { (row.name) } " " span.quiet { (row.what) } }
            } }
            p.quiet { "What a format cannot carry, how sure a speaker was or how many origins there are, stands where its specification allows." }
        }
    }
}

/// The files themselves.
pub(crate) fn files() -> Route {
    let mut described = Described::default();
    for (name, format) in Format::ALL {
        let (path, what) = (format!("/export/{name}"), what(*format));
        let mut operation = openapi::operation(&path, "", what).responses(openapi::responses(
            what,
            format.media(),
            openapi::of_media(format.media()),
        ));
        for parameter in Asked::into_params(|| Some(ParameterIn::Query)) {
            operation = operation.parameter(parameter);
        }
        described.path(&path, HttpMethod::Get, operation);
    }
    Route {
        router: Router::new().route("/export/{format}", get(file)),
        described,
    }
}

async fn file(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    head: HeaderMap,
    name: Result<Path<String>, PathRejection>,
    uri: Uri,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor.clone());
    let form = Form::liked(&head);
    let name = match name {
        Ok(Path(name)) => name,
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
    };
    let Some(format) = Format::named(&name) else {
        return wrong(
            &Trouble::NotThere(format!("there is no format {name}")),
            form,
            &here,
        );
    };
    let Query(asked) = match asked {
        Ok(asked) => asked,
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
    };
    let desk_asked = desk.clone();
    let found =
        tokio::task::spawn_blocking(move || desk_asked.look(|look| asked.numbers(look))).await;
    let mut numbers = match found {
        Ok(Ok(numbers)) => numbers,
        Ok(Err(trouble)) => return wrong(&trouble, form, &here),
        Err(_) => return wrong(&Trouble::Defect, form, &here),
    };
    numbers.truncate(MOST);
    let (to, from) = mpsc::channel::<Result<Bytes, io::Error>>(PIECES);
    let query = here.query.clone();
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces {
            held: Vec::with_capacity(PIECE),
            to,
        };
        let done = desk.look(|look| export(look, format, &numbers, &mut pieces, &mut |_| {}));
        match done {
            Ok(n) => {
                let _ = pieces.flush();
                // A line that cannot be added takes nothing back that was sent.
                let _ = desk.audit(
                    &visitor.name,
                    "exported",
                    &format!("{} findings as {name} ?{query}", n),
                );
            }
            // What was begun is broken off, so that nobody takes it for whole.
            Err(trouble) => pieces.fail(&trouble),
        }
    });
    let stream = tokio_stream::wrappers::ReceiverStream::new(from);
    let file = format!("attachment; filename=\"sayso.{}\"", format.ending());
    let head = [
        (header::CONTENT_TYPE, format.media().to_owned()),
        (header::CONTENT_DISPOSITION, file),
    ];
    (head, Body::from_stream(stream)).into_response()
}

/// Hands on what is written piece by piece.
struct Pieces {
    held: Vec<u8>,
    to: mpsc::Sender<Result<Bytes, io::Error>>,
}

impl Pieces {
    fn fail(&self, trouble: &Trouble) {
        let _ = self
            .to
            .blocking_send(Err(io::Error::other(trouble.to_string())));
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        if self.held.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.held, Vec::with_capacity(PIECE));
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "nobody reads on");
        self.to.blocking_send(Ok(piece.into())).map_err(gone)
    }
}
