//! Odd, broken and hostile captures: a notice each, never a panic, and in good time.
#![allow(clippy::unwrap_used)]

use std::{io::Write as _, time::Duration};

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use sayso_read::{Limits, Reading, read};
use sayso_records::{Capture, NoticeCode};

const SENTENCE: &str = "The ministry said on Monday that the plant in the east of the country would build two hundred drones a month.";

fn capture(address: &str, bytes: impl Into<Vec<u8>>) -> Capture {
    Capture {
        address: address.to_owned(),
        fetched: None,
        headers: Vec::new(),
        bytes: bytes.into(),
    }
}

fn reading(address: &str, bytes: impl Into<Vec<u8>>) -> Reading {
    read(&capture(address, bytes), &Limits::default())
}

#[track_caller]
fn only(reading: &Reading, code: NoticeCode) -> &str {
    assert_eq!(reading.reports, []);
    let codes: Vec<_> = reading.notices.iter().map(|it| it.code).collect();
    assert_eq!(codes, [code], "{:?}", reading.notices);
    &reading.notices[0].message
}

fn page(body: &str) -> String {
    format!(
        "<!doctype html><html><head><title>Who builds what in the east</title></head><body>{body}</body></html>"
    )
}

#[test]
fn nesting_is_refused_before_a_tree_is_built() {
    for name in [
        "span",
        "div",
        "b",
        "blockquote",
        "table><tr><td",
        "ul><li",
        "svg><g",
        "font size=1",
    ] {
        let html = page(&format!("<{name}>").repeat(50_000));
        only(&reading("deep.html", html), NoticeCode::TooDeep);
    }
    let html = page(&format!(
        "<div>{}</div>",
        format!("<p>{SENTENCE}<br>").repeat(500)
    ));
    assert_eq!(reading("flat.html", html).notices, []);
}

/// As deep as is allowed, and in the elements that recurse most: the stack must do.
#[test]
fn the_deepest_page_allowed_is_read() {
    for name in ["span", "div", "blockquote", "ul><li", "em"] {
        let levels = name.split('>').count();
        let html = page(&format!(
            "{}<p>{SENTENCE}",
            format!("<{name}>").repeat(500 / levels)
        ));
        let reading = reading("deep.html", html);
        let worse = reading
            .notices
            .iter()
            .any(|it| it.code != NoticeCode::NoMainText);
        assert!(!worse, "{name}: {:?}", reading.notices);
    }
}

#[test]
fn too_large_in_any_way() {
    let limits = Limits::default();
    let much = vec![b'x'; limits.max_bytes + 1];
    only(&reading("a.txt", much.clone()), NoticeCode::TooLarge);
    only(&reading("a.html", much.clone()), NoticeCode::TooLarge);
    let mut zipped = GzEncoder::new(Vec::new(), Compression::fast());
    zipped.write_all(&much).unwrap();
    only(
        &reading("a.html.gz", zipped.finish().unwrap()),
        NoticeCode::TooLarge,
    );
    only(
        &reading("a.html", page(&"<p>x".repeat(300_000))),
        NoticeCode::TooLarge,
    );
    only(
        &reading("a.html", page(&format!("<p {}>", "a ".repeat(2_000)))),
        NoticeCode::TooLarge,
    );
}

#[test]
fn slow_pages_are_left_behind() {
    let limits = Limits {
        timeout: Duration::from_nanos(1),
        ..Limits::default()
    };
    let slow = read(
        &capture("a.html", page(&format!("<p>{SENTENCE}").repeat(200))),
        &limits,
    );
    only(&slow, NoticeCode::TooSlow);
    assert_eq!(
        reading(
            "b.html",
            page(&format!("<article><p>{SENTENCE}</p></article>"))
        )
        .reports
        .len(),
        1
    );
}

#[test]
fn what_is_no_text_is_named() {
    let png = only(
        &reading("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice()),
        NoticeCode::NotText,
    )
    .to_owned();
    assert!(png.contains("PNG"), "{png}");
    let pdf = only(
        &reading("a", b"%PDF-1.7\n%\xe2\xe3".as_slice()),
        NoticeCode::NotText,
    )
    .to_owned();
    assert!(pdf.contains("PDF"), "{pdf}");
    let noise: Vec<u8> = (0..4096u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    only(&reading("a.txt", noise), NoticeCode::NotText);
    only(
        &reading(
            "a.xml",
            b"<?xml version='1.0'?><rss><channel/></rss>".as_slice(),
        ),
        NoticeCode::NotText,
    );
    only(
        &reading("a.gz", b"\x1f\x8bnot gzip at all".as_slice()),
        NoticeCode::NotText,
    );
    only(&reading("a.txt", b"".as_slice()), NoticeCode::Empty);
    only(&reading("a.html", b" \n\t ".as_slice()), NoticeCode::Empty);
    only(&reading("a.html", page("")), NoticeCode::NoMainText);
    only(
        &reading("a.txt", b"Advertisement\n\nRead more\n".as_slice()),
        NoticeCode::NoMainText,
    );
}

#[test]
fn truncated_pages_give_what_they_have() {
    let whole = page(&format!(
        "<article><h1>Who builds what in the east</h1>{}</article>",
        format!("<p>{SENTENCE}</p>").repeat(8)
    ));
    for cut in [whole.len() - 20, whole.len() * 2 / 3] {
        let reading = reading("a.html", &whole.as_bytes()[..cut]);
        assert_eq!(reading.reports.len(), 1);
        assert!(reading.reports[0].text.contains(SENTENCE));
    }
}

#[test]
fn nuls_are_dirt() {
    let text = format!(
        "<article>{}</article>",
        format!("<p>{SENTENCE}\0</p>").repeat(4)
    );
    let reading = reading("a.html", page(&text));
    assert_eq!(reading.reports.len(), 1);
    assert!(
        reading.reports[0].text.contains(SENTENCE)
            && !reading.reports[0].text.contains(['\0', '\u{fffd}'])
    );
}

#[test]
fn encodings_are_found_and_damage_is_told() {
    let html = page(&format!(
        "<article>{}</article>",
        format!("<p>{SENTENCE} “Ж”</p>").repeat(4)
    ));
    let utf16: Vec<u8> = html.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = reading("a.html", utf16);
    assert!(found.reports[0].text.contains("“Ж”"));
    assert_eq!(found.notices, []);
    let mut damaged = html.into_bytes();
    let at = damaged.iter().rposition(|byte| *byte == 0xd0).unwrap();
    damaged.remove(at);
    let found = reading("a.html", damaged);
    assert_eq!(found.reports.len(), 1);
    assert_eq!(
        found.notices.iter().map(|it| it.code).collect::<Vec<_>>(),
        [NoticeCode::Encoding]
    );
}

#[test]
fn records_are_read_one_by_one() {
    let source = format!(
        "{{\"text\":\"{SENTENCE}\"}}\nnot json\n\n{{\"title\":\"x\"}}\n{{\"text\":\"{SENTENCE}\",\"published\":\"soon\"}}\n"
    );
    let found = reading("a.jsonl", source);
    let ids: Vec<_> = found
        .reports
        .iter()
        .map(|it| it.id.0[16..].to_owned())
        .collect();
    assert_eq!(ids, ["-0", "-3"]);
    let told: Vec<_> = found
        .notices
        .iter()
        .map(|it| (it.code, it.address.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (NoticeCode::BadRecord, "a.jsonl:2"),
            (NoticeCode::BadRecord, "a.jsonl:4"),
            (NoticeCode::BadMetadata, "a.jsonl:5")
        ]
    );
    let array = format!("[{{\"text\":\"{SENTENCE}\"}}, 7, {{\"html\":\"<p>{SENTENCE}\"}}]");
    let found = reading("a.json", array);
    assert_eq!((found.reports.len(), found.notices.len()), (2, 1));
}

#[test]
fn the_same_bytes_give_the_same_reading() {
    let html = page(&format!(
        "<article>{}</article>",
        format!("<p>{SENTENCE}</p>").repeat(4)
    ));
    assert_eq!(reading("a.html", html.clone()), reading("a.html", html));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z]\\.(html|txt|md|json|jsonl|gz)") {
        let reading = reading(&name, bytes);
        prop_assert!(!reading.reports.is_empty() || !reading.notices.is_empty());
        prop_assert!(reading.notices.iter().all(|it| it.code != NoticeCode::Internal));
    }

    #[test]
    fn texts_are_laid_out_as_promised(source in "(\\PC|[\\n\\t\\r.*#_\\[\\]()<>:-]){0,300}", name in "[a-z]\\.(html|txt|md)") {
        for report in reading(&name, source).reports {
            prop_assert!(report.text.ends_with('\n'));
            for line in report.text.lines() {
                prop_assert!(!line.is_empty() && line.trim() == line && !line.contains("  "), "{line:?}");
                prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            }
            for (span, paragraph) in report.paragraphs() {
                prop_assert_eq!(span.of(&report.text), paragraph);
            }
        }
    }
}

#[test]
fn a_cut_off_gzip_file_is_told() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(SENTENCE.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let whole = reading("a.txt.gz", packed.clone());
    assert_eq!((whole.reports.len(), whole.notices.len()), (1, 0));
    let cut = reading("a.txt.gz", &packed[..packed.len() - 6]);
    assert_eq!(cut.reports.len(), 1);
    assert_eq!(cut.notices[0].code, NoticeCode::Encoding);
    assert!(cut.notices[0].message.contains("breaks off"), "{cut:?}");
}

#[test]
fn broken_records_are_told_in_words() {
    for (line, words) in [
        (
            r#"{"title": "a", "text": "#,
            "breaks off before its end (column 23)",
        ),
        ("plain words", "is no JSON object"),
        (
            r#"["a", "b", "c", "2023-08-02", "u", "en", "text", "h"]"#,
            "is no JSON object",
        ),
        (
            r#"{"text": 5}"#,
            "cannot be read: invalid type: integer `5`",
        ),
        ("{text: 5}", "is not JSON: key must be a string (column 2)"),
    ] {
        let told = reading("a.jsonl", format!("\n{line}\n"));
        let message = only(&told, NoticeCode::BadRecord);
        assert!(message.contains(words), "{message}");
        assert_eq!(told.notices[0].address, "a.jsonl:2");
    }
    let told = reading("a.json", r#"[{"text": "a"},"#);
    assert!(only(&told, NoticeCode::BadRecord).contains("breaks off before its end (line 1,"));
}

#[test]
fn records_on_the_standard_input_may_be_many() {
    let limits = Limits {
        max_bytes: 1000,
        ..Limits::default()
    };
    let records = format!("{{\"text\": \"{SENTENCE}\"}}\n").repeat(20);
    let told = read(&capture("-", records), &limits);
    assert_eq!((told.reports.len(), told.notices.len()), (20, 0));
    let told = read(&capture("-", SENTENCE.repeat(20)), &limits);
    only(&told, NoticeCode::TooLarge);
}

#[test]
fn the_way_out_fits_what_it_is() {
    for (bytes, message) in [
        (
            "%PDF-1.7 x",
            "it is a PDF document, which is not read; save its text instead",
        ),
        (
            "BZh91AY x",
            "it is a bzip2 archive, which is not read; unpack it first",
        ),
        ("\x7fELF x", "it is a program, which is not read"),
    ] {
        assert_eq!(only(&reading("x", bytes), NoticeCode::NotText), message);
    }
}

#[test]
fn a_name_of_a_megabyte_is_none() {
    let long = "Oryx ".repeat(200_000);
    let record = serde_json::json!({
        "text": SENTENCE, "title": long, "publisher": long, "byline": long,
        "url": format!("https://daily.example/{}", "a".repeat(5_000)),
    });
    let found = reading("a.jsonl", format!("{record}\n"));
    let report = &found.reports[0];
    assert_eq!(report.text.trim_end(), SENTENCE);
    let named = [
        &report.title,
        &report.publisher,
        &report.byline,
        &report.url,
    ];
    assert_eq!(named, [&None; 4]);
    let told = found
        .notices
        .iter()
        .map(|it| (it.code, it.address.as_str()));
    assert!(
        told.eq([(NoticeCode::BadMetadata, "a.jsonl:1"); 4]),
        "{:?}",
        found.notices
    );
}
