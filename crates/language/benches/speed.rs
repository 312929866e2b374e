//! Words a second on one thread, all steps: the texts of the tests, each once a round. `spacy_speed.py` does the same in Python.

#![allow(missing_docs, clippy::unwrap_used)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sayso_language::{Analyser, Spacy};

fn speed(criterion: &mut Criterion) {
    let spacy = Spacy::bundled().unwrap();
    let cases = include_str!("../tests/data/spacy-cases.jsonl");
    let texts: Vec<String> = cases
        .lines()
        .map(|line| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["text"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let words: usize = spacy.pipe(&texts).iter().map(|doc| doc.tokens.len()).sum();
    let mut group = criterion.benchmark_group("words");
    group
        .throughput(Throughput::Elements(words as u64))
        .sample_size(20);
    group.bench_function("pipe", |bencher| bencher.iter(|| spacy.pipe(&texts)));
    group.bench_function("analyse", |bencher| bencher.iter(|| spacy.analyse(&texts)));
    group.finish();
}

criterion_group!(benches, speed);
criterion_main!(benches);
