//! What a report costs when its copies are looked for: cutting it up, its sketch and keys, and one comparison with a reworded copy.
//! Data: a made-up report of 600 words. `cargo bench -p sayso-corroborate`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use sayso_corroborate::copies::{Reading, Sketch, relation};

/// Sentences of ten words or so over a small vocabulary, the same in every run.
fn report(seed: usize) -> String {
    const WORDS: [&str; 24] = [
        "drones",
        "Belarus",
        "ministry",
        "delivered",
        "factory",
        "engines",
        "agreed",
        "Homiel",
        "missiles",
        "contract",
        "signed",
        "under",
        "the",
        "of",
        "from",
        "a",
        "in",
        "after",
        "which",
        "told",
        "Tehran",
        "soldiers",
        "plant",
        "workers",
    ];
    let mut out = String::new();
    for i in 0..60 {
        out.push_str("They ");
        for k in 0..9 {
            out.push_str(WORDS[(i * 7 + k * 5 + (i * k) % 11 + seed * (i % 3)) % WORDS.len()]);
            out.push(' ');
        }
        out.push_str(&format!("{}.", i * 3));
        out.push_str(if i % 5 == 4 { "\n\n" } else { " " });
    }
    out
}

fn copies(c: &mut Criterion) {
    let (a, b) = (report(0), report(1));
    let mut group = c.benchmark_group("copies");
    group.throughput(Throughput::Bytes(a.len() as u64));
    group.bench_function("reading", |bench| bench.iter(|| Reading::of(None, &a)));
    let (of_a, of_b) = (Reading::of(None, &a), Reading::of(None, &b));
    group.bench_function("sketch and keys", |bench| {
        bench.iter(|| Sketch::from(&of_a).keys())
    });
    group.bench_function("relation", |bench| {
        bench.iter(|| relation((&of_a, None), (&of_b, None)))
    });
    group.finish();
}

criterion_group!(benches, copies);
criterion_main!(benches);
