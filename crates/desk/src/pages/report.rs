//! One report: its text with the claims marked where they stand, what it has to do with others, and the bytes it was read from.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Extension, Router,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use sayso_corroborate::lineage::{Kin, Lineage};
use sayso_ledger::{Filter, Stored, StoredReport};
use sayso_records::{Byte, ReportId, Sha256, Span, text::is_hostile};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema, openapi::HttpMethod};

use super::{
    parts::{correct_form, report_row, verdict},
    today::ReportRow,
};
use crate::{
    Desk, Look, Trouble, Verdict,
    access::Visitor,
    contract::ClaimObject,
    frame::{Here, at, counted, outside, say},
    look::one,
    openapi::{self, Described},
    page::{Form, Page, Route, Table, wrong},
    words,
};

/// Reports of the same publisher, and related ones.
const LATEST: usize = 6;
const RELATED: usize = 24;
/// Paragraphs shown; a text of more is in the data.
const PARAGRAPHS: usize = 2_000;

/// Nothing is asked of one report.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {}

/// A report that has to do with this one.
#[derive(Serialize, ToSchema)]
pub(crate) struct Related {
    /// The other report.
    pub report: ReportRow,
    /// What it is to this one: `verbatim`, `headline-changed`, `trimmed`, `reworded`, `passage`, `quoting`, `edition`.
    pub sort: String,
    /// Why, in words.
    pub why: String,
}

/// The stored bytes.
#[derive(Serialize, ToSchema)]
pub(crate) struct CaptureFacts {
    /// Digest of the bytes.
    pub sha256: String,
    /// Where they came from.
    pub address: String,
    /// When. Absent: not kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
    /// How many there are.
    pub bytes: usize,
    /// Headers as received.
    pub headers: Vec<(String, String)>,
}

/// What read the report.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReadBy {
    /// Of the codebook.
    pub codebook: String,
    /// Of the language model.
    pub model: String,
    /// Of the gazetteer.
    pub gazetteer: String,
    /// Of the reader.
    pub reader: String,
}

/// One report with its claims.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportPage {
    /// Its id.
    pub id: String,
    /// Absent: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Absent: nobody is named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Absent: it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Absent: not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The main text; spans of claims are bytes of it.
    pub text: String,
    /// As `sayso claims --format jsonl` gives them, in the order of the text.
    pub claims: Vec<ClaimObject>,
    /// The findings that each claim is of, in the same order.
    pub findings: Vec<Vec<String>>,
    /// Where it says it has things from, in words.
    pub credits: Vec<String>,
    /// Why what it says without a source is its own to say. Absent: nothing shows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub firsthand: Option<String>,
    /// Reports that have to do with it.
    pub related: Vec<Related>,
    /// The last ones of the same publisher.
    pub latest: Vec<ReportRow>,
    /// The bytes it was read from. Absent: they are gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capture: Option<CaptureFacts>,
    /// What read it.
    pub read_by: ReadBy,
    /// What people said of its claims, in the same order.
    #[serde(skip)]
    verdicts: Vec<Option<String>>,
}

impl Page for ReportPage {
    const PATH: &'static str = "/report/{id}";
    const WHAT: &'static str =
        "One report: its text and claims, related reports and why, the capture it was read from.";
    type Asked = Asked;

    fn ask(look: &Look<'_>, id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let stored = one(look.ledger.report(id)?, "report", id)?;
        let StoredReport {
            report, versions, ..
        } = &stored;
        let filter = Filter {
            report: Some(report.id.clone()),
            ..Filter::default()
        };
        let claims = look.ledger.claims(&filter)?;
        let mut findings = Vec::new();
        let mut verdicts = Vec::new();
        for claim in &claims {
            findings.push(look.ledger.findings_of_claim(&claim.claim.id.0)?);
            verdicts.push(Verdict::all(&look.standing, &claim.claim.id));
        }
        let lineage = look.ledger.lineage(&report.id.0)?;
        let read = |body: &str| serde_json::from_str::<Lineage>(body).ok();
        let lineage = lineage.and_then(|(number, body)| Some((number, read(&body)?)));
        let mut latest = Vec::new();
        if let Some(publisher) = lineage.as_ref().and_then(|(_, it)| it.publisher.as_ref()) {
            let all = look.ledger.latest_of(&publisher.key, LATEST + 1)?;
            let others = all.into_iter().filter(|it| it.head.id != report.id);
            latest = others.take(LATEST).map(ReportRow::from).collect();
        }
        let capture = look
            .ledger
            .capture(report.capture)?
            .map(|capture| CaptureFacts {
                sha256: report.capture.to_string(),
                address: capture.address,
                fetched: capture.fetched,
                bytes: capture.bytes.len(),
                headers: capture.headers,
            });
        let credits = lineage
            .iter()
            .flat_map(|(_, it)| &it.credits)
            .map(|credit| {
                let who = credit.who.as_ref().map(|who| who.name.clone());
                let whom = who.or_else(|| credit.address.clone()).unwrap_or_default();
                format!("{}: {whom} (\"{}\")", credit.how, credit.cue)
            });
        Ok(Self {
            id: report.id.0.clone(),
            related: related(look, &stored, lineage.as_ref().map(|(number, _)| *number))?,
            credits: credits.fold(Vec::new(), |mut all, credit| {
                // A text may give one credit several times.
                if !all.contains(&credit) {
                    all.push(credit);
                }
                all
            }),
            firsthand: lineage.as_ref().and_then(|(_, it)| it.firsthand.clone()),
            title: report.title.clone(),
            byline: report.byline.clone(),
            publisher: report.publisher.clone(),
            published: report.published.clone(),
            url: report.url.clone(),
            language: report.language.clone(),
            text: report.text.clone(),
            claims: claims.into_iter().map(ClaimObject).collect(),
            read_by: ReadBy {
                codebook: versions.codebook.clone(),
                model: versions.model.clone(),
                gazetteer: versions.gazetteer.clone(),
                reader: versions.reader.clone(),
            },
            findings,
            latest,
            capture,
            verdicts,
        })
    }

    fn title(&self) -> String {
        self.title
            .clone()
            .unwrap_or_else(|| "A report without a headline".to_owned())
    }

    fn html(&self, here: &Here) -> Markup {
        let paragraphs: Vec<(Span<Byte>, &str)> = sayso_records::paragraphs(&self.text).collect();
        let left = paragraphs.len().saturating_sub(PARAGRAPHS);
        html! {
            h1 { (say(&self.title())) }
            (self.facts())
            article.report {
                @for (span, paragraph) in paragraphs.into_iter().take(PARAGRAPHS) { (self.paragraph(here, span, paragraph)) }
                @if left > 0 { p.quiet { "and " (left) " paragraphs more in the data of this page" } }
            }
            @if self.claims.is_empty() { p { "Nothing is claimed in it that the codebook counts." } }
            @if !self.related.is_empty() {
                section {
                    h2 { "Related reports" }
                    ul.plain { @for related in &self.related { (report_row(&related.report)) li.cue { strong { (related.sort) } ": " (say(&related.why)) } } }
                }
            }
            @if !self.latest.is_empty() {
                section { h2 { "Latest from the same publisher" } ul.plain { @for report in &self.latest { (report_row(report)) } } }
            }
            (self.evidence())
        }
    }

    fn csv(&self) -> Option<Table> {
        Some(Table {
            head: crate::rows::claim_head(),
            rows: self
                .claims
                .iter()
                .map(|claim| crate::rows::claim_cells(&claim.0, None))
                .collect(),
        })
    }
}

impl ReportPage {
    fn facts(&self) -> Markup {
        html! {
            dl.facts {
                @if let Some(publisher) = &self.publisher { dt { "publisher" } dd { a href=(format!("/findings?source={}", crate::frame::encoded(publisher))) { (say(publisher)) } } }
                @if let Some(byline) = &self.byline { dt { "by" } dd { (say(byline)) } }
                @if let Some(published) = &self.published { dt { "published" } dd { (say(published)) } }
                @if let Some(url) = &self.url { dt { "address" } dd { (outside(url)) } }
                @for credit in &self.credits { dt { "credits" } dd { (say(credit)) } }
                @if let Some(why) = &self.firsthand { dt { "own reporting" } dd { (say(why)) } }
                dt { "claims" } dd { (self.claims.len()) }
                dt { "id" } dd { code { (self.id) } }
            }
        }
    }

    /// A paragraph with its claims marked, and what is noted beside it.
    fn paragraph(&self, here: &Here, span: Span<Byte>, paragraph: &str) -> Markup {
        let of: Vec<usize> = (0..self.claims.len())
            .filter(|at| span.overlaps(self.claims[*at].0.claim.evidence.span))
            .collect();
        // Claims of one sentence share a mark; where sentences overlap the later one begins where the earlier ends.
        let sentences: BTreeSet<(u32, u32)> = (of.iter())
            .map(|at| <(u32, u32)>::from(self.claims[*at].0.claim.evidence.span))
            .collect();
        let cut = |from: u32, to: u32| {
            let place =
                |byte: u32| byte.clamp(span.start, span.end).saturating_sub(span.start) as usize;
            shown(
                paragraph
                    .get(place(from)..place(to.max(from)))
                    .unwrap_or(""),
            )
        };
        let mut done = span.start;
        let mut pieces: Vec<Markup> = Vec::new();
        for (start, end) in sentences {
            let (start, end) = (start.max(done), end.max(done));
            let numbers: Vec<usize> = (of.iter().copied())
                .filter(|at| <(u32, u32)>::from(self.claims[*at].0.claim.evidence.span).1 == end)
                .collect();
            pieces.push(html! {
                (cut(done, start))
                mark { (cut(start, end)) }
                @for at in numbers { sup { a href=(format!("#c-{}", self.claims[at].0.claim.id.0)) { (at + 1) } } }
            });
            done = end;
        }
        html! {
            div.paragraph {
                p dir="auto" { @for piece in pieces { (piece) } (cut(done, span.end)) }
                @if !of.is_empty() { aside aria-label="Claims of this paragraph" { @for at in of { (self.note(here, at)) } } }
            }
        }
    }

    /// What is noted of a claim in the margin.
    fn note(&self, here: &Here, nth: usize) -> Markup {
        let Stored { claim, .. } = &self.claims[nth].0;
        html! {
            div.note id=(format!("c-{}", claim.id.0)) {
                p { strong { (nth + 1) } " " (say(&words::one_line(claim))) }
                p.quiet {
                    @for finding in &self.findings[nth] { a href=(at("finding", finding)) { "finding " (words::short(finding)) } " " }
                    code { (words::short(&claim.id.0)) }
                    @if let Some(said) = &self.verdicts[nth] { " · " strong { (say(said)) } }
                }
                @if here.visitor.may_judge() { details.judge { summary { "Judge" } (verdict(here, &claim.id.0)) (correct_form(here, &claim.id.0, &claim.kind)) } }
            }
        }
    }

    fn evidence(&self) -> Markup {
        html! {
            section {
                h2 { "Evidence" }
                @match &self.capture {
                    Some(capture) => {
                        dl.facts {
                            dt { "SHA-256" } dd { code { (capture.sha256) } }
                            dt { "from" } dd { (outside(&capture.address)) }
                            @if let Some(fetched) = &capture.fetched { dt { "fetched" } dd { (fetched) } }
                            dt { "bytes" } dd { (crate::frame::thousands(capture.bytes)) " · " a href=(at("capture", &capture.sha256)) download { "download as received" } }
                        }
                        @if !capture.headers.is_empty() {
                            details { summary { (counted(capture.headers.len(), "header")) }
                                dl.facts { @for (name, value) in &capture.headers { dt { (say(name)) } dd { (say(value)) } } }
                            }
                        }
                    },
                    None => p { "The bytes it was read from are not in the ledger." },
                }
                p.quiet { "Read with codebook " code { (words::short(&self.read_by.codebook)) } ", model " (say(&self.read_by.model)) ", gazetteer " code { (words::short(&self.read_by.gazetteer)) } ", reader " (say(&self.read_by.reader)) "." }
            }
        }
    }
}

/// Text of a report as it stands, without what would turn the direction of writing.
fn shown(text: &str) -> String {
    let plain = |c: char| if c.is_whitespace() { ' ' } else { c };
    text.chars()
        .map(plain)
        .filter(|c| !is_hostile(*c))
        .collect()
}

/// Near copies, and other editions of the same page.
fn related(
    look: &Look<'_>,
    stored: &StoredReport,
    number: Option<i64>,
) -> Result<Vec<Related>, Trouble> {
    let mut out = Vec::new();
    let row = |id: &ReportId| -> Result<Option<ReportRow>, Trouble> {
        Ok(look.ledger.head(&id.0)?.map(|head| ReportRow {
            id: head.id.0,
            title: head.title,
            publisher: head.publisher,
            published: head.published,
            claims: 0,
        }))
    };
    for kin in number
        .map(|number| look.ledger.kin(number))
        .transpose()?
        .unwrap_or_default()
    {
        if out.len() >= RELATED {
            break;
        }
        let other = ReportId(look.ledger.report_of(kin.other)?);
        let body = look.ledger.kinship(kin.number)?;
        if let (Some(report), Ok(kin)) = (row(&other)?, serde_json::from_str::<Kin>(&body)) {
            let sort = serde_json::to_value(kin.sort).ok();
            let sort = sort.and_then(|it| it.as_str().map(str::to_owned));
            out.push(Related {
                report,
                sort: sort.unwrap_or_default(),
                why: kin.reason,
            });
        }
    }
    if let Some(url) = &stored.report.url {
        for edition in look.ledger.editions(url, &stored.report.id)? {
            if let Some(report) = row(&edition.report.id)? {
                out.push(Related {
                    report,
                    sort: "edition".to_owned(),
                    why: "the same address with another text".to_owned(),
                });
            }
        }
    }
    Ok(out)
}

/// The stored bytes, to be kept and never shown.
pub(crate) fn captures() -> Route {
    let mut described = Described::default();
    let what = "The bytes of a capture as they were stored, by their SHA-256.";
    described.path(
        "/capture/{sha256}",
        HttpMethod::Get,
        openapi::operation("/capture/{sha256}", "", what).responses(openapi::responses(
            what,
            "application/octet-stream",
            openapi::of_media("application/octet-stream"),
        )),
    );
    Route {
        router: Router::new().route("/capture/{sha256}", get(capture)),
        described,
    }
}

async fn capture(
    State(desk): State<Arc<Desk>>,
    Extension(visitor): Extension<Visitor>,
    head: HeaderMap,
    name: Result<Path<String>, PathRejection>,
    uri: Uri,
) -> Response {
    let here = Here::of(&desk, &uri, visitor);
    let form = Form::liked(&head);
    let name = match name {
        Ok(Path(name)) => name,
        Err(error) => return wrong(&Trouble::Asked(error.body_text()), form, &here),
    };
    let asked = name.clone();
    let found = tokio::task::spawn_blocking(move || {
        desk.look(|look| match Sha256::try_from(asked) {
            Ok(digest) => Ok(look.ledger.capture(digest)?),
            Err(_) => Ok(None),
        })
    })
    .await;
    match found {
        Ok(Ok(Some(capture))) => {
            let file = format!("attachment; filename=\"{}.bin\"", capture.sha256());
            let head = [
                (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
                (header::CONTENT_DISPOSITION, file),
            ];
            (head, capture.bytes).into_response()
        }
        Ok(Ok(None)) => wrong(
            &Trouble::NotThere(format!("no bytes have the digest {name}")),
            form,
            &here,
        ),
        Ok(Err(trouble)) => wrong(&trouble, form, &here),
        Err(_) => wrong(&Trouble::Defect, form, &here),
    }
}
