//! Captures in, reports out: main text, title, byline, outlet, published time and links, out of hostile pages and odd files.
//!
//! # What is read?
//! - **HTML**, also compressed with gzip: the article, without what stands around it.
//! - **Plain text and Markdown**, with an optional head of `title:`, `publisher:`, `published:`, `url:`, `language:`, `byline:`
//!   lines up to the first blank line.
//! - **JSONL**, one report a line, and **JSON**, one report or an array of them. Fields, all text, all but the text itself optional:
//!
//! | field | what | absent |
//! |---|---|---|
//! | `text` | the report, plain; or | |
//! | `html` | the report as a page or a piece of one | `text` must be there |
//! | `title` | headline | a short first line of the text |
//! | `byline` | authors | what the page says, else none |
//! | `publisher` | outlet | what the page says, else none |
//! | `published` | `2023-08-02` or `2023-08-02T09:00:00+02:00` | what the page says, else none |
//! | `url` | address | what the page says, else none |
//! | `language` | two letters, ISO 639-1 | detected |
//!
//! Other fields are ignored. A line that cannot be read becomes a notice with its number, and the others are read.
//!
//! # What does a report's text look like?
//! UTF-8, one paragraph a line, every line ended by `\n`, single spaces, no control characters; the title is the first line
//! where there is one. Page furniture (see `furniture.toml`) is out.
//!
//! # What can a page do to the reader?
//! Nothing but become a [`Notice`]. Size, depth and number of elements are checked before a tree is built, and the extractor
//! runs in a thread with a stack and a time limit of its own.

mod body;
mod charset;
mod depth;
mod draft;
mod form;
mod furniture;
mod language;
mod layout;
mod linked_data;
mod meta;
mod names;
mod page;
mod published;
mod records;
mod tags;
mod text;
mod worker;

use std::{borrow::Cow, io::Read, time::Duration};

use sayso_records::{Capture, Notice, NoticeCode, Report, ReportId, Sha256};
use url::Url;

pub use worker::WORKER_NAME;

use crate::{
    draft::{Draft, Remark},
    form::Form,
};

/// A file of many records may be this many times as large as one page.
pub const RECORDS_FACTOR: usize = 40;

/// How much one capture may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a page, text or record, after decompression; a JSONL file may have [`RECORDS_FACTOR`] times as many.
    pub max_bytes: usize,
    /// Elements nested in one another.
    pub max_depth: usize,
    /// For finding the article of one page.
    pub timeout: Duration,
    /// Stack of the thread that does so, in bytes; memory is taken only as it is used.
    pub stack_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 5 << 20,
            max_depth: 512,
            timeout: Duration::from_secs(10),
            stack_bytes: 64 << 20,
        }
    }
}

/// What was read out of a capture: none, one or (from JSONL) many reports, and what there is to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the capture.
    pub reports: Vec<Report>,
    /// What was left out or read with doubt.
    pub notices: Vec<Notice>,
}

/// Reads a capture. Never fails: what cannot be read is told in the notices.
pub fn read(capture: &Capture, limits: &Limits) -> Reading {
    let mut reading = Reading::default();
    let reader = Reader {
        capture,
        limits,
        sha256: capture.sha256(),
    };
    if let Err(remark) = reader.read(&mut reading) {
        reading.notices.push(remark.about(&capture.address));
    }
    reading
}

struct Reader<'a> {
    capture: &'a Capture,
    limits: &'a Limits,
    sha256: Sha256,
}

impl Reader<'_> {
    fn read(&self, reading: &mut Reading) -> Result<(), Remark> {
        let bytes = self.bytes(reading)?;
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Remark::new(NoticeCode::Empty, "there is nothing in it"));
        }
        if let Some(what) = form::binary(&bytes) {
            return Err(Remark::new(
                NoticeCode::NotText,
                format!("it is {what}, which is not read{}", form::way_out(what)),
            ));
        }
        let many = self.may_be_many();
        let decoded = charset::decode(&bytes, self.capture.header("content-type"), !many);
        if form::is_noise(&decoded.text) {
            return Err(Remark::new(
                NoticeCode::NotText,
                "it is binary data of an unknown form, which is not read",
            ));
        }
        let form = form::form(self.capture, &decoded.text).map_err(|what| {
            Remark::new(
                NoticeCode::NotText,
                format!("it is {what}, which is not read yet"),
            )
        })?;
        if form != Form::JsonLines && bytes.len() > self.limits.max_bytes {
            return Err(self.too_large(bytes.len()));
        }
        let name = decoded.encoding.name();
        let doubt = match (decoded.replaced, decoded.instead_of) {
            (0, None) => None,
            (0, Some(declared)) => Some(format!(
                "its text is not {} as it says; it was read as {name}",
                declared.name()
            )),
            (n, None) => Some(format!("{} did not fit {name}", replaced(n))),
            (n, Some(declared)) => Some(format!(
                "its text is not {} as it says; it was read as {name}, and {} did not fit",
                declared.name(),
                replaced(n)
            )),
        };
        if let Some(doubt) = doubt {
            reading
                .notices
                .push(Remark::new(NoticeCode::Encoding, doubt).about(&self.capture.address));
        }
        match form {
            Form::Html => {
                let found = page::page(&decoded.text, self.asked(), false, self.limits)?;
                self.take(reading, found, None);
            }
            Form::Text => self.take(
                reading,
                self.with_address(text::text(&decoded.text, false)),
                None,
            ),
            Form::Markdown => self.take(
                reading,
                self.with_address(text::text(&decoded.text, true)),
                None,
            ),
            Form::JsonLines => self.json_lines(reading, &decoded.text),
            Form::Json => self.json(reading, &decoded.text)?,
        }
        Ok(())
    }

    /// The bytes, decompressed where they are a gzip file.
    fn bytes(&self, reading: &mut Reading) -> Result<Cow<'_, [u8]>, Remark> {
        let raw = &self.capture.bytes;
        let most = if self.may_be_many() {
            self.limits.max_bytes.saturating_mul(RECORDS_FACTOR)
        } else {
            self.limits.max_bytes
        };
        if raw.len() > most {
            return Err(self.too_large(raw.len()));
        }
        if !raw.starts_with(b"\x1f\x8b") {
            return Ok(Cow::Borrowed(raw));
        }
        let mut out = Vec::new();
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        let result = flate2::read::MultiGzDecoder::new(raw.as_slice())
            .take(limit)
            .read_to_end(&mut out);
        if out.len() > most {
            let most = megabytes(most);
            let message =
                format!("it unpacks to more than the {most} that are read; --max-bytes takes more");
            return Err(Remark::new(NoticeCode::TooLarge, message));
        }
        match result {
            Err(error) if out.is_empty() => Err(Remark::new(
                NoticeCode::NotText,
                format!("its gzip compression is broken: {error}"),
            )),
            // What was unpacked before a cut-off file's end is worth reading.
            Err(error) => {
                let message = format!(
                    "its gzip compression breaks off ({error}); what comes before was read"
                );
                let remark = Remark::new(NoticeCode::Encoding, message);
                reading.notices.push(remark.about(&self.capture.address));
                Ok(Cow::Owned(out))
            }
            Ok(_) => Ok(Cow::Owned(out)),
        }
    }

    fn may_be_many(&self) -> bool {
        let media = self.capture.header("content-type").unwrap_or("");
        let bytes = &self.capture.bytes;
        let object = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
        matches!(
            form::extension(&self.capture.address).as_str(),
            "jsonl" | "ndjson"
        ) || media.contains("json")
            || self.capture.address == "-" && object
    }

    fn too_large(&self, bytes: usize) -> Remark {
        let (bytes, most) = (megabytes(bytes), megabytes(self.limits.max_bytes));
        Remark::new(
            NoticeCode::TooLarge,
            format!("it has {bytes}, more than the {most} that are read; --max-bytes takes more"),
        )
    }

    /// The address the page was got from, after redirects.
    fn asked(&self) -> Option<Url> {
        let address = self
            .capture
            .header("x-final-url")
            .unwrap_or(&self.capture.address);
        Url::parse(address)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"))
    }

    fn with_address(&self, (mut draft, remarks): (Draft, Vec<Remark>)) -> (Draft, Vec<Remark>) {
        if let Some(url) = self.asked() {
            draft.publisher = draft.publisher.or_else(|| meta::host(&url));
            draft.url.get_or_insert(url.into());
        }
        (draft, remarks)
    }

    fn take(
        &self,
        reading: &mut Reading,
        (mut draft, mut remarks): (Draft, Vec<Remark>),
        part: Option<(usize, usize)>,
    ) {
        let address = &self.capture.address;
        let line = part.map(|(_, line)| line);
        let overlong = draft.overlong().into_iter();
        remarks.extend(overlong.map(|remark| Remark { line, ..remark }));
        reading
            .notices
            .extend(remarks.into_iter().map(|remark| remark.about(address)));
        let id = ReportId::new(self.sha256, part.map(|(part, _)| part));
        match draft.finish(id, self.sha256) {
            Some(report) => reading.reports.push(report),
            None => {
                let remark = Remark {
                    code: NoticeCode::NoMainText,
                    line,
                    message: "no article text is left in it".to_owned(),
                };
                reading.notices.push(remark.about(address));
            }
        }
    }

    fn json_lines(&self, reading: &mut Reading, source: &str) {
        let lines = source
            .trim_start_matches('\u{feff}')
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        for (part, (index, line)) in lines.enumerate() {
            match records::record(line, Some(index + 1), self.limits) {
                Ok(found) => self.take(reading, found, Some((part, index + 1))),
                Err(remark) => reading.notices.push(remark.about(&self.capture.address)),
            }
        }
    }

    fn json(&self, reading: &mut Reading, source: &str) -> Result<(), Remark> {
        let source = source.trim_start_matches('\u{feff}').trim();
        if !source.starts_with('[') {
            let found = records::record(source, None, self.limits)?;
            self.take(reading, found, None);
            return Ok(());
        }
        let values: Vec<&serde_json::value::RawValue> =
            serde_json::from_str(source).map_err(|error| {
                let what = records::what("array", &error);
                let (line, column) = (error.line(), error.column());
                let message = format!("{what} (line {line}, column {column})");
                Remark::new(NoticeCode::BadRecord, message)
            })?;
        for (part, value) in values.into_iter().enumerate() {
            match records::record(value.get(), None, self.limits) {
                Ok(found) => self.take(reading, found, Some((part, 1))),
                Err(remark) => {
                    let message = format!("record {} of the array: {}", part + 1, remark.message);
                    reading
                        .notices
                        .push(Remark::new(remark.code, message).about(&self.capture.address));
                }
            }
        }
        Ok(())
    }
}

fn replaced(characters: usize) -> String {
    match characters {
        1 => "one character was replaced that".to_owned(),
        n => format!("{n} characters were replaced that"),
    }
}

/// A number of bytes as people say it.
fn megabytes(bytes: usize) -> String {
    match bytes {
        0..=999_999 => format!("{bytes} bytes"),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
    }
}
