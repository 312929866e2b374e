//! Words a second on one thread, all steps: the texts of the tests, and those of `$SAYSO_DATA/spacy-parity` where they are.
//! `spacy_speed.py` does the same in Python. Where other work shares the processor, compare the last lines of both: words a second
//! of processor time, at best of ten rounds (Linux alone).

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout)]

use std::path::PathBuf;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use flate2::read::MultiGzDecoder;
use sayso_language::{Analyser, Spacy};

fn texts(lines: &str) -> Vec<String> {
    let text = |line: &str| {
        let case: serde_json::Value = serde_json::from_str(line).unwrap();
        case["text"].as_str().unwrap().to_owned()
    };
    lines.lines().map(text).collect()
}

/// The texts other programs are compared with; `None` where there are none.
fn reference() -> Option<Vec<String>> {
    let data = std::env::var_os("SAYSO_DATA").unwrap_or_else(|| "../../../shared/data".into());
    let path = PathBuf::from(data).join("spacy-parity/en_core_web_sm-3.8.0.jsonl.gz");
    let lines = std::io::read_to_string(MultiGzDecoder::new(std::fs::File::open(path).ok()?));
    Some(texts(&lines.unwrap()))
}

/// Seconds this thread has had the processor.
fn processor_seconds() -> Option<f64> {
    let spent = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds: f64 = spent.split(' ').next()?.parse().ok()?;
    Some(nanoseconds / 1e9)
}

fn speed(criterion: &mut Criterion) {
    let spacy = Spacy::bundled().unwrap();
    let sets = [
        (
            "tests",
            Some(texts(include_str!("../tests/data/spacy-cases.jsonl"))),
        ),
        ("reference", reference()),
    ];
    for (name, texts) in sets {
        let Some(texts) = texts else {
            println!("{name}: no texts; set SAYSO_DATA");
            continue;
        };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let words: usize = spacy.pipe(&texts).iter().map(|doc| doc.tokens.len()).sum();
        let mut group = criterion.benchmark_group(name);
        group
            .throughput(Throughput::Elements(words as u64))
            .sample_size(10);
        group.bench_function("pipe", |bencher| bencher.iter(|| spacy.pipe(&texts)));
        group.bench_function("analyse", |bencher| bencher.iter(|| spacy.analyse(&texts)));
        group.finish();
        let round = |_| {
            let start = processor_seconds()?;
            spacy.pipe(&texts);
            Some(words as f64 / (processor_seconds()? - start))
        };
        if let Some(best) = (0..10).filter_map(round).max_by(f64::total_cmp) {
            println!("{name}: {words} words, {best:.0} words a processor second");
        }
    }
}

criterion_group!(benches, speed);
criterion_main!(benches);
