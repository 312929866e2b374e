//! The answer of a server as it was kept: head, and a body in which it may still be packed as it was sent.

use std::io::{self, BufRead, Read};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};

use super::record::{Head, line};

/// Most bytes of an answer's head.
const LONGEST: u64 = 256 << 10;

/// Headers as they were sent, names in lower case.
type Lines = Vec<(String, String)>;

/// Whether the block that begins here is a page that a reader would have seen: status 200, and text.
pub(super) fn is_page(head: &Head, block: &mut impl BufRead) -> io::Result<bool> {
    let is_text = |media: &str| {
        let media = media.split(';').next().unwrap_or("").trim();
        matches!(
            media,
            "" | "text/html" | "application/xhtml+xml" | "text/plain" | "text/markdown"
        )
    };
    if !is_answer(head) {
        return Ok(is_text(&head.media));
    }
    let Some((status, lines)) = answer(block)? else {
        return Ok(false);
    };
    let media = value(&lines, "content-type")
        .unwrap_or("")
        .to_ascii_lowercase();
    Ok(status == 200 && is_text(&media))
}

/// The headers of what the block holds, for a capture; and those that say how its body is packed.
pub(super) fn headers(head: &Head, block: &mut impl BufRead) -> io::Result<(Lines, Lines)> {
    if !is_answer(head) {
        let media = vec![("content-type".to_owned(), head.media.clone())];
        return Ok((media, Vec::new()));
    }
    let (_, lines) = answer(block)?.unwrap_or_default();
    // The body is handed on unpacked, and of another length.
    let packing = ["content-encoding", "transfer-encoding", "content-length"];
    let (packed, kept) = lines
        .into_iter()
        .partition(|(name, _)| packing.contains(&name.as_str()));
    Ok((kept, packed))
}

fn is_answer(head: &Head) -> bool {
    head.kind == "response" && head.media.starts_with("application/http")
}

fn answer(block: &mut impl BufRead) -> io::Result<Option<(u16, Lines)>> {
    let mut left = block.take(LONGEST);
    let Some(first) = line(&mut left)?.filter(|first| first.starts_with("HTTP/")) else {
        return Ok(None);
    };
    let status = first
        .split_whitespace()
        .nth(1)
        .and_then(|it| it.parse().ok());
    let mut lines: Lines = Vec::new();
    while let Some(line) = line(&mut left)?.filter(|line| !line.is_empty()) {
        if let Some((name, value)) = line.split_once(':') {
            lines.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(status.map(|status| (status, lines)))
}

fn value<'l>(lines: &'l Lines, name: &str) -> Option<&'l str> {
    let found = lines.iter().find(|(known, _)| known == name);
    found.map(|(_, value)| value.as_str())
}

/// Why a body is not to be had.
#[derive(Debug)]
pub(super) enum Unpacked {
    /// It is larger than is read.
    Large,
    /// It is packed in a way that is not known, or wrongly.
    Broken(String),
}

/// The body without its packing. Archives keep the headers as they were sent and the body unpacked as often as not, so it is looked at which it is.
pub(super) fn unpacked(packed: &Lines, bytes: Vec<u8>, most: u64) -> Result<Vec<u8>, Unpacked> {
    let lower = |name: &str| value(packed, name).unwrap_or("").to_ascii_lowercase();
    let mut bytes = bytes;
    if lower("transfer-encoding").contains("chunked") {
        bytes = unchunked(&bytes).unwrap_or(bytes);
    }
    let codings = lower("content-encoding");
    for coding in codings
        .rsplit(',')
        .map(str::trim)
        .filter(|it| !it.is_empty())
    {
        let is_text = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        bytes = match coding {
            "identity" => bytes,
            _ if is_text => bytes,
            "gzip" | "x-gzip" if !bytes.starts_with(b"\x1f\x8b") => bytes,
            "gzip" | "x-gzip" => whole(MultiGzDecoder::new(&*bytes), most)?,
            // With the wrapping that the standard asks for, or without, as some servers send it.
            "deflate" => whole(ZlibDecoder::new(&*bytes), most)
                .or_else(|_| whole(DeflateDecoder::new(&*bytes), most))?,
            "br" => whole(brotli_decompressor::Decompressor::new(&*bytes, 4096), most)?,
            other => {
                return Err(Unpacked::Broken(format!(
                    "it is kept as it was sent, packed as {other}, which is not read"
                )));
            }
        };
    }
    Ok(bytes)
}

/// All that comes out. What comes before a cut-off end is worth reading.
fn whole(unpack: impl Read, most: u64) -> Result<Vec<u8>, Unpacked> {
    let mut out = Vec::new();
    let done = unpack.take(most.saturating_add(1)).read_to_end(&mut out);
    match done {
        _ if out.len() as u64 > most => Err(Unpacked::Large),
        Err(error) if out.is_empty() => Err(Unpacked::Broken(format!(
            "its compression is broken: {error}"
        ))),
        _ => Ok(out),
    }
}

/// A body that was sent in chunks. `None`: it was not, or is kept without them.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut rest) = (Vec::with_capacity(bytes.len()), bytes);
    loop {
        let end = rest.windows(2).take(64).position(|two| two == b"\r\n")?;
        let size = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = size.split(';').next().unwrap_or("").trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = rest.get(end + 2..)?;
        if size == 0 {
            return Some(out);
        }
        // Of the last chunk of a record that was cut short there is a part.
        let chunk = rest.get(..size).unwrap_or(rest);
        out.extend_from_slice(chunk);
        rest = match rest.get(size..).and_then(|rest| rest.strip_prefix(b"\r\n")) {
            Some(rest) if !rest.is_empty() => rest,
            _ => return Some(out),
        };
    }
}
