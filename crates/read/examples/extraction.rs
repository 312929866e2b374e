//! How well and how fast is the article found in a page?
//!
//! Measures on `article-extraction` (181 news pages with their article text): for each page the 4-word shingles of the text read
//! and of the true text as multisets; precision and recall are averaged over the pages, and F1 is that of the two averages. The
//! same is measured for the outputs of other tools that come with the set. Then the reading is timed on one thread, from bytes
//! to reports, three times, the best round printed; and beside it what the extractor alone takes for the same pages.
//!
//! Run: `cargo run --release -p sayso-read --example extraction [--worst N]`, the data folder in `SAYSO_DATA`
//! (default `../shared/data`). `--worst N` names the N pages with the lowest F1.
#![allow(clippy::print_stdout)]

use std::{
    collections::{BTreeMap, HashMap},
    error::Error,
    fs,
    io::Read,
    path::Path,
    time::{Duration, Instant},
};

use sayso_read::{Limits, read};
use sayso_records::Capture;
use serde::Deserialize;

#[derive(Deserialize)]
struct Article {
    #[serde(rename = "articleBody", default)]
    body: Option<String>,
}

type Articles = BTreeMap<String, Article>;

fn main() -> Result<(), Box<dyn Error>> {
    let data = std::env::var("SAYSO_DATA").unwrap_or_else(|_| "../shared/data".to_owned());
    let folder = Path::new(&data).join("article-extraction");
    if !folder.is_dir() {
        println!("the set article-extraction is missing in {data}; set SAYSO_DATA");
        return Ok(());
    }
    let truth = articles(&folder.join("ground-truth.json"))?;
    let captures = truth
        .keys()
        .map(|id| {
            let path = folder.join("html").join(format!("{id}.html.gz"));
            let bytes = fs::read(&path)?;
            Ok((
                id,
                Capture {
                    address: format!("{id}.html.gz"),
                    fetched: None,
                    headers: Vec::new(),
                    bytes,
                },
            ))
        })
        .collect::<Result<Vec<_>, std::io::Error>>()?;

    let limits = Limits::default();
    let mut ours = HashMap::new();
    let mut notices = Vec::new();
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        for (id, capture) in &captures {
            let reading = read(capture, &limits);
            // The title line is not part of the body that the set holds.
            let body = reading.reports.first().map(|it| {
                let skip = usize::from(it.title.is_some());
                it.text.lines().skip(skip).collect::<Vec<_>>().join("\n")
            });
            ours.insert((*id).clone(), body.unwrap_or_default());
            notices.extend(reading.notices);
        }
        best = best.min(start.elapsed());
    }
    notices.sort();
    notices.dedup();
    println!("{:<24} {:>9} {:>9} {:>9}", "", "precision", "recall", "F1");
    row("sayso-read", &truth, &ours);
    for tool in [
        "AutoExtract",
        "trafilatura",
        "dom_smoothie",
        "rs_trafilatura",
        "go_trafilatura",
    ] {
        let output = articles(&folder.join("output").join(format!("{tool}.json")))?;
        let bodies = output
            .into_iter()
            .map(|(id, it)| (id, it.body.unwrap_or_default()))
            .collect();
        row(tool, &truth, &bodies);
    }
    let pages = captures.len() as f64;
    println!(
        "\nsayso-read: {:.1} pages/s on one thread, bytes to reports",
        pages / best.as_secs_f64()
    );
    let alone = extractor_alone(captures.iter().map(|(_, it)| it))?;
    println!(
        "trafilatura crate alone (same settings, text already decoded): {:.1} pages/s",
        pages / alone.as_secs_f64()
    );
    println!("notices: {}", notices.len());
    for notice in notices {
        println!(
            "  {} {}: {}",
            notice.code.as_str(),
            notice.address,
            notice.message
        );
    }
    if let Some(n) = std::env::args()
        .skip_while(|it| it != "--worst")
        .nth(1)
        .and_then(|it| it.parse().ok())
    {
        let mut scores: Vec<_> = truth
            .iter()
            .map(|(id, article)| {
                let (p, r) = precision_recall(article.body.as_deref().unwrap_or(""), &ours[id]);
                (2.0 * p * r / (p + r).max(1e-9), p, r, id)
            })
            .collect();
        scores.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (f1, p, r, id) in scores.into_iter().take(n) {
            println!("{f1:.3} precision {p:.3} recall {r:.3} {id}");
        }
    }
    Ok(())
}

fn articles(path: &Path) -> Result<Articles, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut values: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    // Some files hold the pages under "output", beside the tool's version.
    let pages = match values.remove("output") {
        Some(output) => serde_json::from_value(output)?,
        None => values
            .into_iter()
            .filter_map(|(id, value)| Some((id, serde_json::from_value(value).ok()?)))
            .collect(),
    };
    Ok(pages)
}

/// The extractor with what `read` gives it to do and no more, best of three rounds.
fn extractor_alone<'a>(
    captures: impl Iterator<Item = &'a Capture>,
) -> Result<Duration, Box<dyn Error>> {
    let pages = captures
        .map(|capture| {
            let mut bytes = Vec::new();
            flate2::read::GzDecoder::new(capture.bytes.as_slice()).read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect::<Result<Vec<String>, std::io::Error>>()?;
    let options = trafilatura::Options::default()
        .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
        .with_fallback(true)
        .with_links(true)
        .with_exclude_comments(true)
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        for page in &pages {
            std::hint::black_box(trafilatura::extract(page, &options).ok());
        }
        best = best.min(start.elapsed());
    }
    Ok(best)
}

fn row(name: &str, truth: &Articles, found: &HashMap<String, String>) {
    let (mut p, mut r) = (0.0, 0.0);
    for (id, article) in truth {
        let one = precision_recall(
            article.body.as_deref().unwrap_or(""),
            found.get(id).map_or("", String::as_str),
        );
        p += one.0;
        r += one.1;
    }
    let (p, r) = (p / truth.len() as f64, r / truth.len() as f64);
    println!(
        "{name:<24} {p:>9.3} {r:>9.3} {:>9.4}",
        2.0 * p * r / (p + r)
    );
}

/// tp, fp and fn are divided by their sum first, as the set's own program does.
fn precision_recall(truth: &str, found: &str) -> (f64, f64) {
    let (truth, found) = (shingles(truth), shingles(found));
    let hits: usize = truth
        .iter()
        .map(|(it, n)| *n.min(found.get(it).unwrap_or(&0)))
        .sum();
    let (all_truth, all_found): (usize, usize) = (truth.values().sum(), found.values().sum());
    let share = |of: usize| {
        if of == 0 {
            1.0
        } else {
            hits as f64 / of as f64
        }
    };
    match (all_truth, all_found) {
        (0, 0) => (1.0, 1.0),
        (_, 0) => (0.0, 0.0),
        _ => (share(all_found), share(all_truth)),
    }
}

/// Runs of four words; a text of fewer is one run.
fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    let words: Vec<&str> = text
        .split(|char: char| !char.is_alphanumeric() && char != '_')
        .filter(|word| !word.is_empty())
        .collect();
    let mut out = HashMap::new();
    let size = 4.min(words.len().max(1));
    for run in words.windows(size) {
        *out.entry(run.to_vec()).or_insert(0) += 1;
    }
    out
}
