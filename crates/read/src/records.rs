//! JSON and JSONL: reports that another program has prepared.

use std::{borrow::Cow, str::FromStr};

use sayso_records::NoticeCode;
use serde::Deserialize;
use serde_json::error::Category;
use url::Url;

use crate::{
    Limits,
    body::Paragraph,
    draft::{Draft, Remark},
    language, megabytes, page, published, text,
};

/// One record as written; see the crate's documentation.
#[derive(Debug, Deserialize)]
struct Record<'a> {
    #[serde(borrow, default)]
    title: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    byline: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    publisher: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    published: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    language: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    html: Option<Cow<'a, str>>,
}

/// What is wrong with a piece of JSON, without the place.
pub(crate) fn what(piece: &str, error: &serde_json::Error) -> String {
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or("");
    match error.classify() {
        Category::Eof => format!("the {piece} breaks off before its end"),
        Category::Data => format!("the {piece} cannot be read: {words}"),
        _ => format!("the {piece} is not JSON: {words}"),
    }
}

/// Reads one record; `line` is where it stands, for what there is to tell about it.
pub(crate) fn record(
    json: &str,
    line: Option<usize>,
    limits: &Limits,
) -> Result<(Draft, Vec<Remark>), Remark> {
    let here = |code, message: String| Remark {
        code,
        line,
        message,
    };
    if json.len() > limits.max_bytes {
        let message = format!(
            "the record has {}, more than the {} that are read; --max-bytes takes more",
            megabytes(json.len()),
            megabytes(limits.max_bytes)
        );
        return Err(here(NoticeCode::TooLarge, message));
    }
    // The parser would take a list for the fields in their order.
    if !json.trim_start().starts_with('{') {
        let message = "the record is no JSON object, such as {\"text\": \"...\"}".to_owned();
        return Err(here(NoticeCode::BadRecord, message));
    }
    let record: Record<'_> = serde_json::from_str(json).map_err(|error| {
        let at = if line.is_some() {
            format!("column {}", error.column())
        } else {
            format!("line {}, column {}", error.line(), error.column())
        };
        let what = what("record", &error);
        here(NoticeCode::BadRecord, format!("{what} ({at})"))
    })?;
    let own = |text: Option<Cow<'_, str>>| {
        text.map(Cow::into_owned)
            .filter(|text| !text.trim().is_empty())
    };
    let address = own(record.url);
    let (mut draft, mut remarks) = match (record.text, record.html) {
        (Some(body), _) if !body.trim().is_empty() => {
            let titled = record.title.is_some();
            let draft = if titled {
                Draft {
                    paragraphs: text::plain_paragraphs(&body),
                    ..Draft::default()
                }
            } else {
                text::text(&body, false).0
            };
            (draft, Vec::new())
        }
        (_, Some(html)) if !html.trim().is_empty() => {
            let asked = address.as_deref().and_then(|it| Url::from_str(it).ok());
            page::page(&html, asked, true, limits)
                .map_err(|remark| here(remark.code, remark.message))?
        }
        _ => {
            return Err(here(
                NoticeCode::BadRecord,
                "the record has neither \"text\" nor \"html\"".to_owned(),
            ));
        }
    };
    if let Some(raw) = own(record.published) {
        match published::published(&raw) {
            Some(time) => draft.published = Some(time.text),
            None => remarks.push(here(
                NoticeCode::BadMetadata,
                format!("\"{raw}\" is no date that can be read; write it like 2023-08-02 or 2023-08-02T09:00:00+02:00"),
            )),
        }
    }
    if let Some(raw) = own(record.language) {
        draft.given_language = language::code(&raw);
        if draft.given_language.is_none() {
            remarks.push(here(
                NoticeCode::BadMetadata,
                format!("\"{raw}\" is no language code; write two letters, like en"),
            ));
        }
    }
    draft.title = own(record.title).or(draft.title);
    draft.byline = own(record.byline).or(draft.byline);
    draft.publisher = own(record.publisher).or(draft.publisher);
    draft.url = address.or(draft.url);
    draft
        .paragraphs
        .retain(|it: &Paragraph| !it.text.is_empty());
    remarks.iter_mut().for_each(|remark| remark.line = line);
    Ok((draft, remarks))
}
