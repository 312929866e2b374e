//! The head of a record.

use std::io::{self, BufRead, Read};

/// Most bytes of a head; real ones have some hundreds.
const LONGEST: u64 = 64 << 10;

/// What is needed of a record's head.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    /// `response`, `resource`, `conversion`, ...
    pub(super) kind: String,
    /// What was asked for. `None`: the record is about no address.
    pub(super) uri: Option<String>,
    /// When it was got, RFC 3339.
    pub(super) date: Option<String>,
    /// Bytes of its block.
    pub(super) length: u64,
    /// Media type of its block.
    pub(super) media: String,
}

impl Head {
    /// Whether records of this kind hold what a reader of the address sees.
    pub(super) fn holds_page(&self) -> bool {
        let web = |uri: &String| uri.starts_with("http://") || uri.starts_with("https://");
        matches!(&*self.kind, "response" | "resource" | "conversion")
            && self.uri.as_ref().is_some_and(web)
    }
}

/// The head that begins here, past blank lines. `Ok(Err)`: there is none of the form; `Ok(Ok(None))`: nothing more is there.
pub(super) fn head(input: &mut impl BufRead) -> io::Result<Result<Option<Head>, String>> {
    let mut left = input.take(LONGEST);
    let version = loop {
        match line(&mut left)? {
            Some(line) if line.is_empty() => {}
            Some(line) => break line,
            None => return Ok(Ok(None)),
        }
    };
    if !version.starts_with("WARC/") {
        return Ok(Err("does not begin as one of WARC does".to_owned()));
    }
    let (mut head, mut length) = (Head::default(), None);
    loop {
        let Some(line) = line(&mut left)? else {
            return Ok(Err("has a head that does not end".to_owned()));
        };
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "warc-type" => head.kind = value.to_ascii_lowercase(),
            // WARC 1.0 writes addresses in pointed brackets at times.
            "warc-target-uri" => {
                head.uri = Some(value.trim_matches(['<', '>']).to_owned());
            }
            "warc-date" => head.date = Some(value.to_owned()),
            "content-length" => length = value.parse().ok(),
            "content-type" => head.media = value.to_ascii_lowercase(),
            _ => {}
        }
    }
    match length {
        Some(length) => {
            head.length = length;
            Ok(Ok(Some(head)))
        }
        None => Ok(Err("has no length that can be read".to_owned())),
    }
}

/// One line without its end. `None`: nothing is left.
pub(super) fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    input.read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    while bytes.last().is_some_and(|byte| b"\r\n".contains(byte)) {
        bytes.pop();
    }
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}
