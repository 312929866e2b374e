//! Findings in other people's formats, from the desk.

use std::{
    io::{self, Write},
    sync::Arc,
};

use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::{Path, Query, State},
    http::{Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use serde::Serialize;
use tokio::sync::mpsc;
use utoipa::ToSchema;

use super::findings;
use crate::{
    Desk, Look, Trouble,
    access::Visitor,
    export::{Format, export},
    frame::{Here, counted},
    page::{Form, Page, wrong},
};

/// Findings written of one export of the desk; the command line has no such limit.
const MOST: usize = 20_000;
/// Bytes handed on at a time, and how many such pieces wait for a slow reader.
const PIECE: usize = 64 * 1024;
const PIECES: usize = 8;

/// A format.
#[derive(Serialize, ToSchema)]
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
    type Asked = findings::Asked;

    fn ask(look: &Look<'_>, _id: &str, asked: &findings::Asked) -> Result<Self, Trouble> {
        let row = |(name, format): &(&str, Format)| Row {
            name: (*name).to_owned(),
            media: format.media().to_owned(),
            what: what(*format).to_owned(),
        };
        Ok(Self {
            count: look.shelf.passing(look.ledger, &asked.filter()?)?.len(),
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
pub(crate) fn files() -> Router<Arc<Desk>> {
    Router::new().route("/export/{format}", get(file))
}

async fn file(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    Path(name): Path<String>,
    uri: Uri,
    asked: Result<Query<findings::Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let here = Here::of(&desk, &uri, visitor.clone());
    let Some(format) = Format::named(&name) else {
        return wrong(
            &Trouble::NotThere(format!("there is no format {name}")),
            Form::Html,
            &here,
        );
    };
    let Query(asked) = match asked {
        Ok(asked) => asked,
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), Form::Html, &here),
    };
    let filter = match asked.filter() {
        Ok(filter) => filter,
        Err(trouble) => return wrong(&trouble, Form::Html, &here),
    };
    let (to, from) = mpsc::channel::<Result<Bytes, io::Error>>(PIECES);
    let query = here.query.clone();
    tokio::task::spawn_blocking(move || {
        let mut pieces = Pieces {
            held: Vec::with_capacity(PIECE),
            to,
        };
        let done = desk.look(|look| {
            let places = look.shelf.passing(look.ledger, &filter)?;
            let numbers: Vec<i64> = (places.iter().take(MOST))
                .map(|at| look.shelf.rows[*at as usize].number)
                .collect();
            export(look, format, &numbers, &mut pieces, &mut |_| {})
        });
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
