//! What form a capture has: told by its headers, its name, its first bytes.

use sayso_records::Capture;

/// The forms that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Html,
    Text,
    Markdown,
    /// One JSON value a line.
    JsonLines,
    /// One JSON value.
    Json,
}

/// What bytes are that are no text, by their first few; `None` for what may be text.
pub(crate) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"GIF87a", "a GIF image"),
        (b"GIF89a", "a GIF image"),
        (b"%PDF-", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "an old office document",
        ),
        (b"{\\rtf", "an RTF document"),
        (b"\x1f\x8b", "a gzip archive inside another"),
        (b"BZh", "a bzip2 archive"),
        (b"\xfd7zXZ\0", "an xz archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
        (b"Rar!\x1a\x07", "a RAR archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"\x7fELF", "a program"),
        (b"MZ\x90\0", "a program"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"OggS", "an Ogg recording"),
        (b"ID3", "an MP3 recording"),
        (b"WARC/1.", "a WARC archive"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"wOFF", "a font"),
        (b"wOF2", "a font"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    match (bytes.get(..4), bytes.get(4..8), bytes.get(8..12)) {
        (Some(b"RIFF"), _, Some(b"WEBP")) => Some("a WebP image"),
        (Some(b"RIFF"), ..) => Some("a RIFF recording"),
        (_, Some(b"ftyp"), _) => Some("an MP4 or HEIF file"),
        _ => None,
    }
}

/// What a reader can do about a file that [`binary`] calls `what`.
pub(crate) fn way_out(what: &str) -> &'static str {
    if what.ends_with("document") {
        "; save its text instead"
    } else if what.ends_with("archive") {
        "; unpack it first"
    } else {
        ""
    }
}

/// Whether decoded text is no text after all: too many control characters. A few NULs in a page are only dirt.
pub(crate) fn is_noise(text: &str) -> bool {
    let (mut seen, mut odd) = (0usize, 0usize);
    for char in text.chars().take(8192) {
        seen += 1;
        let control = char.is_control()
            && !matches!(char, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}' | '\u{1b}');
        odd += usize::from(control || char == '\u{fffd}');
    }
    odd * 20 > seen
}

/// The form of a capture whose text is `text`; `Err` names a known form that is not read here.
pub(crate) fn form(capture: &Capture, text: &str) -> Result<Form, &'static str> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let head: String = start
        .chars()
        .take(2048)
        .collect::<String>()
        .to_ascii_lowercase();
    let page = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|it| head.starts_with(it))
        || head.starts_with('<') && head.contains("<html");
    let media = capture
        .header("content-type")
        .unwrap_or("")
        .to_ascii_lowercase();
    let media = media.split(';').next().unwrap_or("").trim();
    let declared = match media {
        "text/html" | "application/xhtml+xml" => Some(Form::Html),
        "application/x-ndjson"
        | "application/jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines" => Some(Form::JsonLines),
        "application/json" | "application/ld+json" => Some(Form::Json),
        "text/markdown" => Some(Form::Markdown),
        _ => None,
    };
    let by_name = || match extension(&capture.address).as_str() {
        "html" | "htm" | "xhtml" | "shtml" | "xht" => Some(Form::Html),
        "md" | "markdown" | "mdown" => Some(Form::Markdown),
        "jsonl" | "ndjson" => Some(Form::JsonLines),
        "json" => Some(Form::Json),
        "txt" | "text" if !page => Some(Form::Text),
        _ => None,
    };
    if let Some(form) = declared.or_else(by_name) {
        return Ok(form);
    }
    if page {
        return Ok(Form::Html);
    }
    if head.starts_with("<?xml")
        || head.starts_with("<rss")
        || head.starts_with("<feed")
        || head.starts_with("<urlset")
    {
        let feed = head.contains("<rss") || head.contains("<feed") || head.contains("<rdf:rdf");
        return Err(if feed { "a news feed" } else { "XML" });
    }
    if media != "text/plain"
        && head.starts_with('<')
        && ["<p", "<div", "<meta", "<title", "<article"]
            .iter()
            .any(|it| head.contains(it))
    {
        return Ok(Form::Html);
    }
    if start.starts_with('{') {
        // A whole object on the first line, and more below: one report a line.
        let mut lines = start.lines().filter(|line| !line.trim().is_empty());
        let whole = lines
            .next()
            .is_some_and(|line| serde_json::from_str::<serde_json::Value>(line).is_ok());
        return Ok(match (whole, lines.next()) {
            (true, Some(_)) => Form::JsonLines,
            _ if serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok() => Form::Json,
            _ => Form::Text,
        });
    }
    Ok(Form::Text)
}

/// The last extension of a path or address in lower case, `.gz` apart; empty where there is none.
pub(crate) fn extension(address: &str) -> String {
    let path = match address.split_once("://") {
        Some((_, rest)) => rest
            .split(['?', '#'])
            .next()
            .unwrap_or("")
            .split_once('/')
            .map_or("", |(_, path)| path),
        None => address,
    };
    let name = path
        .rsplit(['/', '\\'])
        .next()
        .unwrap_or("")
        .to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.')
        .map_or(String::new(), |(_, extension)| extension.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn capture(address: &str, media: &str) -> Capture {
        let headers = if media.is_empty() {
            vec![]
        } else {
            vec![("content-type".to_owned(), media.to_owned())]
        };
        Capture {
            address: address.to_owned(),
            fetched: None,
            headers,
            bytes: vec![],
        }
    }

    #[test]
    fn forms() {
        for (address, media, text, want) in [
            ("a.html", "", "x", Ok(Form::Html)),
            ("a.HTML.GZ", "", "x", Ok(Form::Html)),
            ("https://x.example/a.md?x=1", "", "x", Ok(Form::Markdown)),
            ("https://x.example", "", "x", Ok(Form::Text)),
            (
                "https://x.example/a.json",
                "text/html; charset=x",
                "x",
                Ok(Form::Html),
            ),
            ("a.txt", "", "<!DOCTYPE html><p>", Ok(Form::Html)),
            ("a.txt", "", "a <html", Ok(Form::Text)),
            ("saved", "", "\n<html>", Ok(Form::Html)),
            (
                "saved",
                "",
                "<?xml version='1.0'?><!DOCTYPE html><html>",
                Ok(Form::Html),
            ),
            (
                "saved",
                "",
                "<?xml version='1.0'?><rss>",
                Err("a news feed"),
            ),
            (
                "-",
                "",
                "{\"text\":\"a\"}\n{\"text\":\"b\"}",
                Ok(Form::JsonLines),
            ),
            ("-", "", "{\"text\":\"a\"}\n", Ok(Form::Json)),
            ("-", "", "{curly} start", Ok(Form::Text)),
        ] {
            assert_eq!(
                form(&capture(address, media), text),
                want,
                "{address} {media} {text}"
            );
        }
    }

    #[test]
    fn binaries_are_named() {
        assert_eq!(binary(b"\x89PNG\r\n\x1a\n"), Some("a PNG image"));
        assert_eq!(binary(b"%PDF-1.7"), Some("a PDF document"));
        assert_eq!(binary(b"RIFF....WEBP"), Some("a WebP image"));
        assert_eq!(way_out("a PDF document"), "; save its text instead");
        assert_eq!(way_out("a program"), "");
        assert_eq!(binary(b"plain"), None);
        assert!(is_noise("\u{0}\u{1}\u{2}abc"));
        assert!(!is_noise(&format!("a\u{0}{}", "text ".repeat(20))));
    }
}
