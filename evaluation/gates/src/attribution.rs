//! Attribution on PolNeAR (Newell, Margolin & Ruths 2018): who says what in US political news, as spans of source, cue and content.
//!
//! Three measures a role, all over words (runs of letters and digits), all of outermost attributions only, because the corpus puts
//! a word into one attribution at most:
//! - overlap: a span is right where it shares a word with a span of the same role on the other side. A role's several stretches in one
//!   attribution are one span. Precision over ours, recall over theirs.
//! - token: words in both, of ours and of theirs (what BBC Citron calls overlap, on pooled spans).
//! - exact: a span is right where it has just the words of one on the other side.
//!
//! A text with several annotators is measured against the first by name; how far the others agree with that one is shown as what
//! people reach. Cases are shown of the training half alone.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::{Path, PathBuf},
};

use sayso_claim::attribution::{Attribution, Attributor, Form, Paragraph};
use sayso_language::Analyser;
use sayso_records::Upos;

use crate::{
    Error, Measured, Tools,
    tables::{Counts, precision_recall, scores, share},
};

const ROLES: [&str; 3] = ["cue", "source", "content"];

/// Words by the byte they start at.
type Words = BTreeSet<usize>;

/// The words of one attribution: cue, source, content.
type Marked = [Words; 3];

/// Measures the development half of the folder, the training half where that is asked for, or the half that is given.
pub(crate) fn measure(tools: &Tools, path: &Path) -> Result<Measured, Error> {
    let half = path.join(if tools.train { "train" } else { "dev" });
    let half = if half.is_dir() {
        half
    } else {
        path.to_path_buf()
    };
    let show = half.ends_with("train");
    let attributor = Attributor::new(&tools.codebook);
    let mut ours = Tally::default();
    let mut naive = Tally::default();
    let mut people = Tally::default();
    let mut types: BTreeMap<String, Counts> = BTreeMap::new();
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    let reporting = &tools.codebook.reporting;
    let lexicon: HashSet<&str> = reporting
        .cues
        .iter()
        .flat_map(|c| c.verbs.iter().chain(&c.nouns).chain(&c.adjectives))
        .map(String::as_str)
        .collect();
    let mut by_word: BTreeMap<String, Counts> = BTreeMap::new();
    let mut missed: HashMap<String, usize> = HashMap::new();
    let mut extra: HashMap<String, usize> = HashMap::new();
    let mut out = Measured::default();
    let texts = texts(&half)?;
    for (file, annotations) in &texts {
        let text = read(file)?;
        let words = words(&text, 0..text.len());
        let mut golds = Vec::new();
        for annotation in annotations {
            golds.push(gold(&read(annotation)?, &text));
        }
        let Some(gold) = golds.first() else { continue };
        for other in golds.iter().skip(1) {
            people.add(other, gold);
        }
        let lines: Vec<(usize, &str)> = lines(&text);
        let analysed = tools
            .analyser
            .analyse(&lines.iter().map(|(_, line)| *line).collect::<Vec<_>>());
        let paragraphs: Vec<Paragraph<'_>> = lines
            .iter()
            .zip(&analysed)
            .map(|(&(start, text), sentences)| Paragraph {
                start,
                text,
                sentences,
            })
            .collect();
        let all = attributor.read(&paragraphs);
        let found: Vec<&Attribution> = all.iter().filter(|a| a.within.is_none()).collect();
        let read: Vec<Marked> = found.iter().map(|a| marked(a, &text)).collect();
        ours.add(&read, gold);
        naive.add(&said(&text, &paragraphs), gold);

        let mut verbs = HashSet::new();
        let mut known = HashSet::new();
        let mut lemmas = HashMap::new();
        for paragraph in &paragraphs {
            for token in paragraph.sentences.iter().flat_map(|s| &s.tokens) {
                let at = paragraph.start + token.span.start as usize;
                if matches!(token.upos, Upos::Verb | Upos::Aux) {
                    verbs.insert(at);
                }
                lemmas.insert(
                    at,
                    format!("{}/{}", token.lemma.to_lowercase(), token.upos.as_str()),
                );
                if lexicon.contains(token.lemma.to_lowercase().as_str()) {
                    known.insert(at);
                }
            }
        }
        let inner: Words = all
            .iter()
            .filter(|a| a.within.is_some())
            .flat_map(|a| marked(a, &text)[0].clone())
            .collect();
        let read_cues: Words = read.iter().flat_map(|m| &m[0]).copied().collect();
        let gold_cues: Words = gold.iter().flat_map(|m| &m[0]).copied().collect();
        for mark in gold {
            let kind = kind(mark, &text, &verbs);
            let hit = !mark[0].is_disjoint(&read_cues);
            let counts = types.entry(kind.to_owned()).or_default();
            counts[if hit { 0 } else { 2 }] += 1;
            if !hit {
                let cue = phrase(&text, &words, &mark[0]);
                *missed
                    .entry(format!("{kind}: {}", cue.to_lowercase()))
                    .or_default() += 1;
                let cause = if !mark[0].is_disjoint(&inner) {
                    "inside another's content"
                } else if mark[0].iter().any(|w| known.contains(w)) {
                    "known word, content not found"
                } else {
                    "word not in the codebook"
                };
                for word in &mark[0] {
                    if let Some(lemma) = lemmas
                        .get(word)
                        .filter(|l| l.ends_with("VERB") || mark[0].len() < 3)
                    {
                        by_word.entry(lemma.clone()).or_default()[2] += 1;
                    }
                }
                *causes.entry(cause).or_default() += 1;
                if show {
                    out.worst
                        .push(format!("missed [{kind}] {cause}: {}", context(&text, mark)));
                }
            }
        }
        for (attribution, mark) in found.iter().zip(&read) {
            let right = usize::from(mark[0].is_disjoint(&gold_cues));
            for word in &mark[0] {
                if let Some(lemma) = lemmas.get(word).filter(|_| known.contains(word)) {
                    by_word.entry(lemma.clone()).or_default()[right] += 1;
                }
            }
            if mark[0].is_empty() {
                continue;
            }
            if mark[0].is_disjoint(&gold_cues) {
                let kind = name(attribution.form);
                types.entry(kind.to_owned()).or_default()[1] += 1;
                let cue = phrase(&text, &words, &mark[0]);
                *extra
                    .entry(format!("{kind}: {}", cue.to_lowercase()))
                    .or_default() += 1;
                if show {
                    out.worst
                        .push(format!("extra [{kind}] {}", context(&text, mark)));
                }
            } else if show {
                let near = gold.iter().find(|g| !g[0].is_disjoint(&mark[0]));
                if let Some(near) = near
                    && (1..3).any(|role| {
                        mark[role].is_disjoint(&near[role])
                            && !(mark[role].is_empty() && near[role].is_empty())
                    })
                {
                    out.worst.push(format!(
                        "parts {}\n      theirs {}",
                        context(&text, mark),
                        context(&text, near)
                    ));
                }
            }
        }
    }
    // Cases in an order that has nothing to do with their texts' names.
    out.worst.sort_by_key(|case| {
        case.bytes()
            .fold(7u64, |sum, b| sum.wrapping_mul(31).wrapping_add(b.into()))
    });
    let t = &mut out.tables;
    t.push_str(&format!("{} texts of {}\n", texts.len(), half.display()));
    for (title, tally) in [
        ("ours", &ours),
        ("the verb 'say' and marks", &naive),
        ("another annotator", &people),
    ] {
        t.push_str(&tally.table(title));
    }
    t.push_str(&precision_recall("type, by its cue", &types));
    t.push_str(&format!("missed cues by cause: {causes:?}\n"));
    for (title, counted) in [("missed", &missed), ("extra", &extra)] {
        let mut counted: Vec<_> = counted.iter().collect();
        counted.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let most: Vec<String> = counted
            .iter()
            .take(if show { 150 } else { 25 })
            .map(|(cue, n)| format!("{cue} {n}"))
            .collect();
        t.push_str(&format!("{title} cues, most often: {}\n", most.join("; ")));
    }
    if show {
        t.push_str(&precision_recall("word", &by_word));
    }
    let mut ratios = Vec::new();
    for (role, name) in ROLES.iter().enumerate() {
        let [overlap, token, exact] = ours.f1(role);
        ratios.push((
            format!("{name} overlap F1 over the naive one"),
            overlap / naive.f1(role)[0].max(1e-9),
        ));
        out.figure(format!("{name} overlap F1"), overlap);
        out.figure(format!("{name} token F1"), token);
        out.figure(format!("{name} exact F1"), exact);
    }
    for (name, ratio) in ratios {
        out.figure(name, ratio);
    }
    Ok(out)
}

/// Counts by role and measure.
#[derive(Default)]
struct Tally {
    /// Of ours that overlap, of ours; of theirs that overlap, of theirs.
    overlap: [[usize; 4]; 3],
    token: [Counts; 3],
    exact: [Counts; 3],
}

impl Tally {
    fn add(&mut self, ours: &[Marked], theirs: &[Marked]) {
        for role in 0..3 {
            let spans = |side: &[Marked]| -> Vec<Words> {
                side.iter()
                    .map(|m| m[role].clone())
                    .filter(|w| !w.is_empty())
                    .collect()
            };
            let (a, b) = (spans(ours), spans(theirs));
            let pool =
                |side: &[Words]| -> HashSet<usize> { side.iter().flatten().copied().collect() };
            let (in_a, in_b) = (pool(&a), pool(&b));
            let hits = |side: &[Words], other: &HashSet<usize>| {
                side.iter()
                    .filter(|w| w.iter().any(|x| other.contains(x)))
                    .count()
            };
            let sums = [hits(&a, &in_b), a.len(), hits(&b, &in_a), b.len()];
            for (sum, n) in self.overlap[role].iter_mut().zip(sums) {
                *sum += n;
            }
            let both = in_a.intersection(&in_b).count();
            add(&mut self.token[role], both, in_a.len(), in_b.len());
            let exactly: HashSet<&Words> = b.iter().collect();
            let same = a
                .iter()
                .collect::<HashSet<_>>()
                .intersection(&exactly)
                .count();
            add(&mut self.exact[role], same, a.len(), b.len());
        }
    }

    /// Precision, recall and F1 of the overlap.
    fn overlapping(&self, role: usize) -> [f64; 3] {
        let [right, ours, found, theirs] = self.overlap[role];
        let (precision, recall) = (share(right, ours), share(found, theirs));
        [
            precision,
            recall,
            crate::tables::harmonic(precision, recall),
        ]
    }

    fn f1(&self, role: usize) -> [f64; 3] {
        [
            self.overlapping(role)[2],
            scores(self.token[role])[2],
            scores(self.exact[role])[2],
        ]
    }

    fn table(&self, title: &str) -> String {
        let mut out = format!(
            "{title:<26}{:>24}{:>24}{:>24}\n",
            "overlap P/R/F1", "token P/R/F1", "exact P/R/F1"
        );
        for (role, name) in ROLES.iter().enumerate() {
            let all = [
                self.overlapping(role),
                scores(self.token[role]),
                scores(self.exact[role]),
            ];
            let cells: String = all
                .iter()
                .map(|[p, r, f]| format!("{p:>10.3}{r:>7.3}{f:>7.3}"))
                .collect();
            out.push_str(&format!("  {name:<24}{cells}\n"));
        }
        out
    }
}

fn add(counts: &mut Counts, both: usize, ours: usize, theirs: usize) {
    counts[0] += both;
    counts[1] += ours.saturating_sub(both);
    counts[2] += theirs.saturating_sub(both);
}

/// The texts with the files of their annotators, in order.
fn texts(half: &Path) -> Result<Vec<(PathBuf, Vec<PathBuf>)>, Error> {
    let list = |folder: &str| -> Result<Vec<PathBuf>, Error> {
        let folder = half.join(folder);
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&folder).map_err(|e| format!("{}: {e}", folder.display()))? {
            files.push(entry?.path());
        }
        files.sort();
        Ok(files)
    };
    let mut by_text: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for file in list("attributions")? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        if let Some((text, _)) = stem.rsplit_once('_') {
            by_text
                .entry(text.to_owned())
                .or_default()
                .push(file.clone());
        }
    }
    Ok(list("text")?
        .into_iter()
        .filter_map(|text| {
            let stem = text.file_stem()?.to_string_lossy().into_owned();
            Some((text, by_text.remove(&stem)?))
        })
        .collect())
}

fn read(file: &Path) -> Result<String, Error> {
    Ok(std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?)
}

fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            out.push((start, line));
        }
        start += line.len() + 1;
    }
    out
}

/// The starts of the words within some bytes.
fn words(text: &str, range: std::ops::Range<usize>) -> Words {
    let mut out = Words::new();
    let Some(part) = text.get(range.clone()) else {
        return out;
    };
    let mut inside = text[..range.start]
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    for (at, c) in part.char_indices() {
        let word = c.is_alphanumeric();
        if word && !inside {
            out.insert(range.start + at);
        }
        inside = word;
    }
    out
}

fn marked(attribution: &Attribution, text: &str) -> Marked {
    let of = |range: std::ops::Range<usize>| words(text, range);
    [
        of(attribution.cue.range()),
        attribution
            .source
            .map_or_else(Words::new, |s| of(s.range())),
        attribution
            .content
            .iter()
            .flat_map(|c| of(c.range()))
            .collect(),
    ]
}

/// The attributions of a brat file: offsets there count characters.
fn gold(annotation: &str, text: &str) -> Vec<Marked> {
    let bytes: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let mut spans: HashMap<&str, (&str, Words)> = HashMap::new();
    for line in annotation.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(what)) = (columns.next(), columns.next()) else {
            continue;
        };
        let Some((label, ranges)) = what.split_once(' ').filter(|_| id.starts_with('T')) else {
            continue;
        };
        let mut all = Words::new();
        for range in ranges.split(';') {
            let mut ends = range
                .split(' ')
                .filter_map(|n| bytes.get(n.parse::<usize>().ok()?));
            if let (Some(&start), Some(&end)) = (ends.next(), ends.next()) {
                all.extend(words(text, start..end.max(start)));
            }
        }
        spans.insert(id, (label, all));
    }
    let mut out = Vec::new();
    for line in annotation.lines().filter(|line| line.starts_with('E')) {
        let mut mark = Marked::default();
        for part in line.split(['\t', ' ']).skip(1) {
            let Some((_, id)) = part.split_once(':') else {
                continue;
            };
            let Some((label, words)) = spans.get(id) else {
                continue;
            };
            if let Some(role) = ROLES.iter().position(|r| label.eq_ignore_ascii_case(r)) {
                mark[role].extend(words);
            }
        }
        if mark.iter().any(|w| !w.is_empty()) {
            out.push(mark);
        }
    }
    out
}

/// The naive reading: every form of "say" attributes; before it stands the source, the quotations of the sentence are the content,
/// or where there are none the rest of the sentence.
fn said(text: &str, paragraphs: &[Paragraph<'_>]) -> Vec<Marked> {
    let mut out = Vec::new();
    for paragraph in paragraphs {
        for sentence in paragraph.sentences {
            let of = |range: std::ops::Range<usize>| {
                words(
                    text,
                    range.start + paragraph.start..range.end + paragraph.start,
                )
            };
            let word = |i: usize| sentence.tokens[i].span.of(paragraph.text);
            let n = sentence.tokens.len();
            let start = |i: usize| sentence.tokens[i].span.start as usize;
            let end = |i: usize| sentence.tokens[i].span.end as usize;
            let mark = |i: &usize| matches!(word(*i), "\"" | "“" | "”" | "''" | "``");
            let stop = |i: usize| mark(&i) || matches!(word(i), "," | "." | ":" | ";");
            for cue in (0..n).filter(|&i| matches!(word(i), "say" | "says" | "said" | "saying")) {
                let before = (0..cue).rev().take_while(|&i| !stop(i)).last();
                let after = (cue + 1..n).take_while(|&i| !stop(i)).last();
                let source = match (before, after) {
                    (Some(first), _) => of(start(first)..end(cue - 1)),
                    (None, Some(last)) => of(start(cue + 1)..end(last)),
                    _ => Words::new(),
                };
                let marks: Vec<usize> = (0..n).filter(mark).collect();
                let mut content: Words = marks
                    .chunks_exact(2)
                    .flat_map(|pair| of(end(pair[0])..start(pair[1])))
                    .collect();
                if content.is_empty() && cue + 1 < n {
                    content = of(start(cue + 1)..end(n - 1));
                }
                out.push([of(start(cue)..end(cue)), source, content]);
            }
        }
    }
    out
}

/// What sort a gold attribution is of.
fn kind(mark: &Marked, text: &str, verbs: &HashSet<usize>) -> &'static str {
    let first = mark[0].first().copied().unwrap_or(0);
    if text[first..].to_lowercase().starts_with("according") {
        return name(Form::AccordingTo);
    }
    if !mark[0].iter().any(|w| verbs.contains(w)) {
        return if mark[0].is_empty() {
            "colon or none"
        } else {
            name(Form::Noun)
        };
    }
    let open = |at: usize| {
        text[..at]
            .chars()
            .next_back()
            .is_some_and(|c| "\"“'".contains(c))
    };
    let close = mark[2].last().is_some_and(|&last| {
        let rest = text[last..].trim_start_matches(|c: char| {
            c.is_alphanumeric() || ".,!?;:)…’ ".contains(c) && c != ' '
        });
        rest.starts_with(['"', '”']) || rest.starts_with("''")
    });
    match mark[2].first() {
        Some(&at) if open(at) && close => name(Form::Direct),
        _ if close || mark[2].iter().any(|&at| open(at)) => name(Form::Mixed),
        _ => name(Form::Indirect),
    }
}

fn name(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Mixed => "mixed",
        Form::Indirect => "indirect",
        Form::Noun => "noun or adjective",
        Form::AccordingTo => "according to",
    }
}

/// The words of a cue.
fn phrase(text: &str, words: &Words, cue: &Words) -> String {
    let word = |&at: &usize| -> String {
        text[at..]
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .collect()
    };
    cue.iter()
        .filter(|at| words.contains(at))
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text around an attribution with its parts marked.
fn context(text: &str, mark: &Marked) -> String {
    let first = mark
        .iter()
        .filter_map(|w| w.first())
        .min()
        .copied()
        .unwrap_or(0);
    let last = mark
        .iter()
        .filter_map(|w| w.last())
        .max()
        .copied()
        .unwrap_or(0);
    let from = text[..first]
        .char_indices()
        .rev()
        .nth(80)
        .map_or(0, |(at, _)| at);
    let to = text[last..]
        .char_indices()
        .nth(80)
        .map_or(text.len(), |(at, _)| last + at);
    let mut out = String::new();
    for (at, c) in text[from..to].char_indices() {
        let at = from + at;
        for (role, sign) in ["!", "@", "_"].iter().enumerate() {
            if mark[role].contains(&at) {
                out.push_str(sign);
            }
        }
        out.push(if c == '\n' { '/' } else { c });
    }
    out
}
