//! How many tokens are as Python's spaCy has them: `parity [FILE] [--model FOLDER]`.
//!
//! FILE holds one text a line as JSON, packed or not: `text` and `tokens`, each start, end (code points), tag, part of speech,
//! lemma, head, label, B, I or O, type of the name, whether a sentence starts. Without it, the file of `$SAYSO_DATA`. FOLDER is
//! a model folder as spaCy writes it, and FILE then holds what Python says with that model; without it, the bundled model.
//! `training/spacy_cases.py` writes such files.

use std::io::Read;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use flate2::read::MultiGzDecoder;
use sayso_language::{Analyser, Spacy, native};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    tokens: Vec<Gold>,
}

/// Start, end, tag, part of speech, lemma, head, label, B/I/O, type, sentence start.
type Gold = (
    usize,
    usize,
    String,
    String,
    String,
    usize,
    String,
    String,
    String,
    bool,
);

const COLUMNS: [&str; 7] = [
    "tag",
    "pos",
    "lemma",
    "head",
    "label",
    "name",
    "sentence start",
];

#[allow(clippy::print_stdout)]
fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("parity: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Result<String, String> {
    let data =
        || PathBuf::from(std::env::var_os("SAYSO_DATA").unwrap_or_else(|| "../shared/data".into()));
    let (mut path, mut model) = (None, None);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--model" {
            model = Some(PathBuf::from(
                arguments.next().ok_or("--model wants a folder")?,
            ));
        } else {
            path = Some(PathBuf::from(argument));
        }
    }
    let path = path.unwrap_or_else(|| data().join("spacy-parity/en_core_web_sm-3.8.0.jsonl.gz"));
    let bytes = std::fs::read(&path).map_err(|error| {
        format!(
            "{}: {error}; give a FILE, or set SAYSO_DATA to the folder that holds spacy-parity",
            path.display()
        )
    })?;
    let mut lines = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(bytes.as_slice())
            .read_to_string(&mut lines)
            .map_err(|error| error.to_string())?;
    } else {
        lines = String::from_utf8(bytes).map_err(|error| error.to_string())?;
    }
    let cases: Vec<Case> = lines
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let spacy = match &model {
        Some(folder) => Spacy::open(folder),
        None => Spacy::bundled(),
    }
    .map_err(|error| error.to_string())?;
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let start = Instant::now();
    let docs: Vec<native::Doc> = texts
        .chunks(64)
        .flat_map(|texts| spacy.pipe(texts))
        .collect();
    let seconds = start.elapsed().as_secs_f64();
    let (mut all, mut bounds, mut right, mut whole) = (0, 0, [0; COLUMNS.len()], 0);
    for (case, doc) in cases.iter().zip(&docs) {
        all += case.tokens.len();
        let points = |byte: u32| {
            case.text
                .get(..byte as usize)
                .map_or(usize::MAX, |before| before.chars().count())
        };
        let span = |token: &native::Token| (points(token.span.start), points(token.span.end));
        let same = doc.tokens.len() == case.tokens.len();
        for (at, gold) in case.tokens.iter().enumerate() {
            // Heads are counted in tokens: where the cuts differ, nothing else can be compared by place.
            let Some(token) = doc
                .tokens
                .get(at)
                .filter(|token| span(token) == (gold.0, gold.1))
            else {
                continue;
            };
            bounds += 1;
            if !same {
                continue;
            }
            let iob = ["", "I", "O", "B"]
                .get(usize::from(token.ent_iob))
                .copied()
                .unwrap_or("");
            let hits = [
                token.tag == gold.2,
                token.pos.as_str() == gold.3,
                token.lemma == gold.4,
                token.head == gold.5,
                token.dep == gold.6,
                iob == gold.7 && token.ent_type == gold.8,
                token.sent_start == gold.9,
            ];
            whole += usize::from(hits.iter().all(|&hit| hit));
            right
                .iter_mut()
                .zip(hits)
                .for_each(|(count, hit)| *count += usize::from(hit));
        }
    }
    let share = |count: usize| {
        format!(
            "{count} of {all}, {:.3} %",
            100.0 * count as f64 / all.max(1) as f64
        )
    };
    let mut report = format!(
        "{}\n{:<15} {}\n",
        spacy.version(),
        "boundaries",
        share(bounds)
    );
    for (name, count) in COLUMNS.iter().zip(right) {
        report += &format!("{name:<15} {}\n", share(count));
    }
    report += &format!(
        "{:<15} {}\n{} texts in {seconds:.1} s, {:.0} words a second",
        "all of it",
        share(whole),
        texts.len(),
        all as f64 / seconds
    );
    Ok(report)
}
