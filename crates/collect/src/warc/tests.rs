use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use flate2::{Compression, write::GzEncoder};

use super::*;
use crate::{Found, plan};

const PAGE: &str = "<html><body><p>Iran is building drone factories in Belarus.</p></body></html>";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A record with this head and block.
fn record(kind: &str, uri: &str, media: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2023-08-02T09:00:00Z\r\nWARC-Target-URI: {uri}\r\n\
        Content-Type: {media}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

/// An answer of a server.
fn answer(uri: &str, status: u16, lines: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {status} Said\r\n{lines}\r\n");
    let block = [head.as_bytes(), body].concat();
    record(
        "response",
        uri,
        "application/http; msgtype=response",
        &block,
    )
}

const HTML: &str = "Content-Type: text/html; charset=utf-8\r\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

fn get(at: &Record) -> Result<Capture, Notice> {
    super::capture(at, &Options::default(), &|| "now".to_owned())
}

/// Address and text of every page of a file.
fn all(path: &Path) -> Vec<(String, String)> {
    let (found, _) = pages(path);
    let each = found.iter().map(|at| get(at).unwrap());
    each.map(|it| (it.address, String::from_utf8(it.bytes).unwrap()))
        .collect()
}

/// A crawl with pages in every packing among what is no page.
fn crawl() -> Vec<Vec<u8>> {
    let packed = |coding: &str, body: Vec<u8>| {
        let lines = format!(
            "{HTML}Content-Encoding: {coding}\r\nContent-Length: {}\r\n",
            body.len()
        );
        answer(
            &format!("https://daily.example/{coding}"),
            200,
            &lines,
            &body,
        )
    };
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), Compression::fast());
    zlib.write_all(PAGE.as_bytes()).unwrap();
    let chunks = format!(
        "10\r\n{}\r\n{:x}; x=y\r\n{}\r\n0\r\n\r\n",
        &PAGE[..16],
        PAGE.len() - 16,
        &PAGE[16..]
    );
    let chunked = format!("{HTML}Transfer-Encoding: chunked\r\n");
    vec![
        record(
            "warcinfo",
            "",
            "application/warc-fields",
            b"software: a crawler\r\n",
        ),
        record(
            "request",
            "https://daily.example/plain",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        answer("https://daily.example/plain", 200, HTML, PAGE.as_bytes()),
        answer("https://daily.example/gone", 404, HTML, PAGE.as_bytes()),
        answer(
            "https://daily.example/logo.png",
            200,
            "Content-Type: image/png\r\n",
            b"\x89PNG",
        ),
        packed("gzip", gzip(PAGE.as_bytes())),
        packed("deflate", zlib.finish().unwrap()),
        // Kept unpacked under the headers of what was sent.
        packed("br", PAGE.as_bytes().to_vec()),
        answer(
            "https://daily.example/chunked",
            200,
            &chunked,
            chunks.as_bytes(),
        ),
        answer(
            "https://daily.example/unchunked",
            200,
            &chunked,
            PAGE.as_bytes(),
        ),
        record(
            "revisit",
            "https://daily.example/plain",
            "application/http; msgtype=response",
            b"HTTP/1.1 200 OK\r\n\r\n",
        ),
        record(
            "resource",
            "https://daily.example/resource",
            "text/html",
            PAGE.as_bytes(),
        ),
        record(
            "conversion",
            "https://daily.example/text",
            "text/plain",
            PAGE.as_bytes(),
        ),
        record(
            "resource",
            "urn:pageinfo:x",
            "text/plain",
            b"about the crawl",
        ),
        record(
            "metadata",
            "https://daily.example/plain",
            "text/plain",
            b"about the page",
        ),
    ]
}

const PAGES: [&str; 8] = [
    "plain",
    "gzip",
    "deflate",
    "br",
    "chunked",
    "unchunked",
    "resource",
    "text",
];

#[track_caller]
fn has_all_pages(path: &Path) {
    let found = all(path);
    let addresses: Vec<&str> = found
        .iter()
        .map(|(it, _)| it.rsplit('/').next().unwrap())
        .collect();
    assert_eq!(addresses, PAGES);
    assert!(found.iter().all(|(_, text)| text == PAGE), "{found:#?}");
}

#[test]
fn pages_come_out_of_plain_files_and_of_packed_ones() {
    let folder = Folder::new();
    let records = crawl();
    has_all_pages(&folder.file("a.warc", &records.concat()));
    let one_by_one: Vec<u8> = records.iter().flat_map(|it| gzip(it)).collect();
    has_all_pages(&folder.file("b.warc.gz", &one_by_one));
    // As a whole, which is no good habit.
    has_all_pages(&folder.file("c.warc.gz", &gzip(&records.concat())));
}

#[test]
fn a_capture_tells_where_and_when_and_what_was_sent() {
    let folder = Folder::new();
    let path = folder.file("a.warc", &crawl().concat());
    let (found, told) = pages(&path);
    assert_eq!(told, None);
    let capture = get(&found[1]).unwrap();
    assert_eq!(capture.address, "https://daily.example/gzip");
    assert_eq!(capture.fetched.as_deref(), Some("2023-08-02T09:00:00Z"));
    // How it was packed is no longer true of what is kept.
    assert_eq!(
        capture.headers,
        [(
            "content-type".to_owned(),
            "text/html; charset=utf-8".to_owned()
        )]
    );
    assert_eq!(
        found[0].name(),
        format!("{}#{}", path.display(), found[0].offset)
    );
}

#[test]
fn a_plan_has_each_page_of_a_folder_of_crawls() {
    let folder = Folder::new();
    folder.file("a.warc", &crawl().concat());
    folder.file("b.txt", b"A report.");
    let (found, notices) = plan(&[folder.0.path()]);
    assert_eq!((found.len(), notices.len()), (PAGES.len() + 1, 0));
    assert!(matches!(found[0], Found::Record(_)) && matches!(found[PAGES.len()], Found::File(_)));
}

#[test]
fn what_is_broken_is_told_and_what_comes_before_is_read() {
    let folder = Folder::new();
    let told = |name: &str, bytes: &[u8], pages_before: usize, words: &str| {
        let (found, told) = pages(&folder.file(name, bytes));
        let told = told.unwrap_or_else(|| panic!("{name}: nothing is told"));
        assert_eq!(found.len(), pages_before, "{name}: {told:?}");
        assert!(told.message.contains(words), "{name}: {told:?}");
        for at in &found {
            get(at).unwrap();
        }
    };
    let half = crawl()[..3].concat();
    let page = &crawl()[2];
    let cut = [&half, &page[..page.len() - 40]].concat();
    let words = "breaks off before its end; the page before it is read";
    told("cut.warc", &cut, 1, words);
    told(
        "junk.warc",
        &[&half[..], b"not a record\r\n"].concat(),
        1,
        "does not begin as one of WARC does",
    );
    let odd = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\n";
    told(
        "length.warc",
        &[&half[..], odd].concat(),
        1,
        "has no length that can be read",
    );
    let endless = [b"WARC/1.0\r\nX: ".to_vec(), vec![b'a'; 1 << 20]].concat();
    told("head.warc", &endless, 0, "has a head that does not end");
    let longer =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 18446744073709551615\r\n\r\nx";
    told("longer.warc", longer, 0, "breaks off before its end");
    let packed: Vec<u8> = crawl().iter().flat_map(|it| gzip(it)).collect();
    told(
        "cut.warc.gz",
        &packed[..packed.len() - 30],
        8,
        "its gzip compression is broken",
    );
    told(
        "none.warc",
        &record("warcinfo", "", "", b""),
        0,
        "there is no page in it",
    );
    told("empty.warc", b"", 0, "there is no page in it");
}

#[test]
fn a_bomb_is_left_alone() {
    let folder = Folder::new();
    let block = vec![b' '; 100 << 20];
    let bomb = gzip(&answer("https://daily.example/bomb", 200, HTML, &block));
    let (found, told) = pages(&folder.file("bomb.warc.gz", &bomb));
    assert!(found.is_empty());
    assert!(
        told.unwrap()
            .message
            .contains("unpacks to more than 200 times its size")
    );
    // One in the body alone, which the file does not unpack.
    let lines = format!("{HTML}Content-Encoding: gzip\r\n");
    let inner = answer("https://daily.example/bomb", 200, &lines, &gzip(&block));
    let (found, _) = pages(&folder.file("inner.warc.gz", &gzip(&inner)));
    assert_eq!(get(&found[0]).unwrap_err().code, NoticeCode::TooLarge);
}

#[test]
fn a_file_that_changed_since_gives_no_other_page() {
    let folder = Folder::new();
    let path = folder.file("a.warc", &crawl().concat());
    let (found, _) = pages(&path);
    fs::write(&path, "something else").unwrap();
    assert_eq!(get(&found[1]).unwrap_err().code, NoticeCode::Unreadable);
}

proptest::proptest! {
    /// Whatever is changed in a file: no panic, no page larger than is read.
    #[test]
    fn any_bytes_are_borne(at in 0_usize..4_000, with in proptest::collection::vec(proptest::num::u8::ANY, 0..40), packed: bool) {
        let mut bytes: Vec<u8> = match packed {
            true => crawl().iter().flat_map(|it| gzip(it)).collect(),
            false => crawl().concat(),
        };
        let at = at.min(bytes.len());
        bytes.splice(at..(at + with.len() / 2).min(bytes.len()), with);
        let folder = Folder::new();
        let path = folder.file(if packed { "a.warc.gz" } else { "a.warc" }, &bytes);
        for at in pages(&path).0 {
            if let Ok(capture) = get(&at) {
                proptest::prop_assert!(capture.bytes.len() <= 5 << 20);
            }
        }
    }
}
