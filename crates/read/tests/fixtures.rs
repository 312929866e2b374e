//! What is read out of the pages in `fixtures/`, as snapshots.
#![allow(clippy::unwrap_used)]

use std::{fmt::Write as _, fs, path::Path};

use sayso_read::{Limits, Reading, read};
use sayso_records::Capture;

fn fixture(path: &str) -> Reading {
    let full = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(path);
    let bytes = fs::read(&full).unwrap();
    read(
        &Capture {
            address: path.to_owned(),
            fetched: None,
            headers: Vec::new(),
            bytes,
        },
        &Limits::default(),
    )
}

fn show(reading: &Reading) -> String {
    let mut out = String::new();
    for report in &reading.reports {
        let fields = [
            ("title", &report.title),
            ("byline", &report.byline),
            ("publisher", &report.publisher),
            ("published", &report.published),
            ("url", &report.url),
            ("language", &report.language),
        ];
        for (name, value) in fields {
            writeln!(out, "{name}: {}", value.as_deref().unwrap_or("-")).unwrap();
        }
        writeln!(out, "\n{}", report.text).unwrap();
        for link in &report.links {
            writeln!(out, "[{}] {}", link.text, link.href).unwrap();
        }
        writeln!(out, "---").unwrap();
    }
    for notice in &reading.notices {
        writeln!(
            out,
            "! {} {}: {}",
            notice.code.as_str(),
            notice.address,
            notice.message
        )
        .unwrap();
    }
    out
}

macro_rules! snapshots {
    ($($name:ident: $path:literal,)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(show(&fixture($path)));
        }
    )*};
}

snapshots! {
    demo: "demo/who-builds-what.html",
    inline_boxes: "pages/inline-boxes.html",
    old_table: "pages/old-table.html",
    windows_1251: "pages/windows-1251.html",
    compressed: "pages/compressed.html.gz",
    pasted: "pages/pasted.txt",
    wrapped: "pages/wrapped.txt",
    notes: "pages/notes.md",
    reports: "pages/reports.jsonl",
}
