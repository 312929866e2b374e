//! Copies among 1,683 bodies of news stories about rumours (`fnc-1`): how many links are found, by sort, beside simpler ways to look
//! for them; and how many of a sample of a hundred a reader found right (`evaluation/fnc-1/judged.toml`; ids and judgements only).

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use sayso_corroborate::copies::{Relation, Sort};
use serde::Deserialize;

use crate::{
    Error, Measured, Tools, evaluation,
    random::Random,
    tables::share,
    texts::{Texts, groups},
};

/// Links judged by a reader.
const SAMPLE: usize = 100;
/// What the sample is drawn by.
const SEED: u64 = 20_231_126;

#[derive(Deserialize)]
struct Body {
    #[serde(rename = "Body ID")]
    id: u32,
    #[serde(rename = "articleBody")]
    text: String,
}

/// What a reader found.
#[derive(Deserialize)]
struct Judged {
    pair: Vec<JudgedPair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JudgedPair {
    a: u32,
    b: u32,
    /// Whether one text, or a passage of it, was made from the other or both from a third.
    copied: bool,
    why: String,
}

pub(crate) fn measure(tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let file = folder.join("train_bodies.csv");
    let bodies: Vec<Body> = csv::Reader::from_path(&file)
        .and_then(|mut reader| reader.deserialize().collect())
        .map_err(|e| format!("{}: {e}", file.display()))?;
    let texts: Vec<(Option<&str>, &str)> = bodies.iter().map(|b| (None, b.text.as_str())).collect();
    let texts = Texts::of(&texts);
    let (links, compared) = texts.links(|_| None);
    let mut out = Measured::default();
    let mut sorts: BTreeMap<Sort, usize> = BTreeMap::new();
    for found in links.values() {
        *sorts.entry(found.sort).or_default() += 1;
    }
    let copies = links.iter().filter(|(_, r)| r.sort.is_copy());
    let classes = groups(bodies.len(), copies.clone().map(|(p, _)| *p));
    let likeness = likeness(&bodies);
    let contained = likeness.values().filter(|l| l.contained >= 0.8);
    let reached = likeness
        .iter()
        .filter(|(p, l)| l.contained >= 0.8 && links.get(p).is_some_and(|r| r.sort.is_copy()))
        .count();
    let t = &mut out.tables;
    writeln!(
        t,
        "{} bodies, {} standing sentences, {compared} pairs compared",
        bodies.len(),
        texts.standing
    )?;
    let keys: usize = texts.sketches.iter().map(|s| s.keys().len()).sum();
    let bytes: usize = texts.sketches.iter().map(|s| s.to_bytes().len()).sum();
    writeln!(
        t,
        "{} keys and {} bytes of sketch a body",
        keys / bodies.len().max(1),
        bytes / bodies.len().max(1)
    )?;
    for (sort, n) in &sorts {
        writeln!(t, "  {:<20}{n:>6}", format!("{sort:?}"))?;
    }
    writeln!(
        t,
        "{} copies in {} groups of {} bodies, the largest of {}",
        copies.count(),
        classes.len(),
        classes.iter().map(Vec::len).sum::<usize>(),
        classes.iter().map(Vec::len).max().unwrap_or(0)
    )?;
    writeln!(
        t,
        "beside: equal texts {}, 5-word shingles alike at .8 or more {}, contained at .8 or more {} ({reached} of them found as copies)",
        likeness.values().filter(|l| l.equal).count(),
        likeness.values().filter(|l| l.alike >= 0.8).count(),
        contained.clone().count()
    )?;
    out.figure(
        "pairs contained at .8 found",
        share(reached, contained.count()),
    );
    let sample = sample(&links);
    if let Some(path) = &tools.sample {
        write_sample(path, &bodies, &links, &sample)?;
    }
    precision(&mut out, &bodies, &links, &sample)?;
    Ok(out)
}

/// How alike two bodies are by their sets of 5-word shingles, of all that share one: the plain way, over the whole square.
struct Likeness {
    equal: bool,
    alike: f64,
    contained: f64,
}

fn likeness(bodies: &[Body]) -> BTreeMap<(usize, usize), Likeness> {
    let folded: Vec<Vec<String>> = bodies
        .iter()
        .map(|b| {
            let words = b.text.split(|c: char| !c.is_alphanumeric());
            words
                .filter(|w| !w.is_empty())
                .map(str::to_lowercase)
                .collect()
        })
        .collect();
    let mut holders: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (id, words) in folded.iter().enumerate() {
        for gram in words.windows(5) {
            let held = holders.entry(gram).or_default();
            if held.last() != Some(&id) {
                held.push(id);
            }
        }
    }
    let mut sizes = vec![0; bodies.len()];
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for held in holders.values() {
        for (i, b) in held.iter().enumerate() {
            sizes[*b] += 1;
            for a in &held[..i] {
                *shared.entry((*a, *b)).or_default() += 1;
            }
        }
    }
    let of = |((a, b), both): ((usize, usize), usize)| {
        let likeness = Likeness {
            equal: folded[a] == folded[b],
            alike: share(both, sizes[a] + sizes[b] - both),
            contained: share(both, sizes[a].min(sizes[b])),
        };
        ((a, b), likeness)
    };
    shared.into_iter().map(of).collect()
}

/// A hundred of the links that say a text or a passage was taken over.
fn sample(links: &BTreeMap<(usize, usize), Relation>) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = links
        .iter()
        .filter(|(_, r)| r.sort != Sort::Quoting)
        .map(|(p, _)| *p)
        .collect();
    Random::new(SEED).shuffle(&mut all);
    all.truncate(SAMPLE);
    all.sort_unstable();
    all
}

fn write_sample(
    path: &Path,
    bodies: &[Body],
    links: &BTreeMap<(usize, usize), Relation>,
    sample: &[(usize, usize)],
) -> Result<(), Error> {
    let mut text = String::new();
    for (a, b) in sample {
        let found = &links[&(*a, *b)];
        let (a, b) = (&bodies[*a], &bodies[*b]);
        writeln!(
            text,
            "#### {} {} {:?}: {}",
            a.id,
            b.id,
            found.sort,
            found.reasons.join("; ")
        )?;
        writeln!(text, "taken {:.2?} told {:.2?}", found.taken, found.told)?;
        for pair in &found.pairs {
            writeln!(
                text,
                "- {:?} {:.2?}\n    {}\n    {}",
                pair.how,
                pair.share,
                pair.a.of(&a.text),
                pair.b.of(&b.text)
            )?;
        }
        writeln!(text, "== {}\n{}\n== {}\n{}\n", a.id, a.text, b.id, b.text)?;
    }
    Ok(std::fs::write(path, text).map_err(|e| format!("{}: {e}", path.display()))?)
}

fn precision(
    out: &mut Measured,
    bodies: &[Body],
    links: &BTreeMap<(usize, usize), Relation>,
    sample: &[(usize, usize)],
) -> Result<(), Error> {
    let path = evaluation().join("fnc-1/judged.toml");
    if !path.is_file() {
        out.tables.push_str("nothing judged yet\n");
        return Ok(());
    }
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let judged: Judged = toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))?;
    let judged: BTreeMap<(u32, u32), &JudgedPair> =
        judged.pair.iter().map(|p| ((p.a, p.b), p)).collect();
    let mut counts: BTreeMap<Sort, [usize; 2]> = BTreeMap::new();
    let (mut right, mut all, mut open) = (0, 0, 0);
    for (a, b) in sample {
        let sort = links[&(*a, *b)].sort;
        match judged.get(&(bodies[*a].id, bodies[*b].id)) {
            None => open += 1,
            Some(pair) => {
                let of = counts.entry(sort).or_default();
                of[usize::from(!pair.copied)] += 1;
                all += 1;
                right += usize::from(pair.copied);
                if !pair.copied {
                    out.worst
                        .push(format!("  {} {} {sort:?}: {}", pair.a, pair.b, pair.why));
                }
            }
        }
    }
    for (sort, [yes, no]) in counts {
        writeln!(
            out.tables,
            "  {:<20}{yes:>4} right, {no} wrong of those judged",
            format!("{sort:?}")
        )?;
    }
    // A change in what is found draws another sample; what was judged of the old one still counts while it is found.
    let by_id: BTreeMap<u32, usize> = bodies.iter().enumerate().map(|(i, b)| (b.id, i)).collect();
    let (mut kept, mut kept_right) = (0, 0);
    let mut copies = [0; 2];
    for ((a, b), pair) in &judged {
        let found = by_id
            .get(a)
            .zip(by_id.get(b))
            .and_then(|(a, b)| links.get(&(*a, *b)));
        if found.is_some_and(|r| r.sort.is_copy()) {
            copies[usize::from(!pair.copied)] += 1;
        }
        if found.is_some_and(|r| r.sort != Sort::Quoting) {
            kept += 1;
            kept_right += usize::from(pair.copied);
        }
    }
    writeln!(
        out.tables,
        "sample: {right} right of {all} judged, {open} not judged; of all {} judged pairs {kept} are found, {kept_right} rightly",
        judged.len()
    )?;
    out.figure("precision of judged links", share(kept_right, kept));
    out.figure(
        "precision of judged copies",
        share(copies[0], copies[0] + copies[1]),
    );
    Ok(())
}
