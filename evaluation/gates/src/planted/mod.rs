//! Copies whose truth is known, because they were made by program: which pairs and groups of them are found, by sort of copy, beside
//! equality and MinHash at .8. Texts: `evaluation/gold/dev`, `evaluation/planted/accounts.toml` and `stories.toml`, and two governments'
//! own of `re3d`.

mod make;
mod reword;
mod stories;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

pub use make::{Made, Planted, make, origins};
use sayso_corroborate::copies::{Relation, Sort};

use crate::{
    Error, Measured, Tools, data,
    tables::{scores, share},
    texts::{Texts, groups},
};

type Pairs = BTreeSet<(usize, usize)>;

pub(crate) fn measure(_tools: &Tools, _folder: &Path) -> Result<Measured, Error> {
    let re3d = Some(data().join("re3d")).filter(|f| f.is_dir());
    let planted = make(re3d.as_deref())?;
    let texts: Vec<(Option<&str>, &str)> = planted
        .iter()
        .map(|p| (Some(p.title.as_str()), p.text.as_str()))
        .collect();
    let texts = Texts::of(&texts);
    let (links, compared) = texts.links(|i| Some(planted[i].published.clone()));
    let mut out = Measured::default();
    let t = &mut out.tables;
    if re3d.is_none() {
        writeln!(t, "without the stories of re3d, which is not there")?;
    }
    writeln!(
        t,
        "{} reports of {} origins in {} stories; {} standing sentences; {compared} pairs compared",
        planted.len(),
        origins(&planted).len(),
        planted.iter().map(|p| p.story).max().map_or(0, |s| s + 1),
        texts.standing
    )?;
    let ours: Pairs = links
        .iter()
        .filter(|(_, r)| r.sort.is_copy())
        .map(|(p, _)| *p)
        .collect();
    let any: Pairs = links
        .iter()
        .filter(|(_, r)| r.sort != Sort::Quoting)
        .map(|(p, _)| *p)
        .collect();
    let mut alike = Pairs::new();
    let mut equal = Pairs::new();
    for b in 0..planted.len() {
        for a in 0..b {
            if texts.sketches[a].similarity(&texts.sketches[b]) >= 0.8 {
                alike.insert((a, b));
            }
            if planted[a].text == planted[b].text {
                equal.insert((a, b));
            }
        }
    }
    by_sort(&mut out, &planted, &links, [&ours, &any, &alike, &equal])?;
    writeln!(
        out.tables,
        "{:<26}{:>10}{:>8}{:>7}{:>16}",
        "all pairs of one origin", "precision", "recall", "F1", "groups right"
    )?;
    for (name, found) in [
        ("sayso", &ours),
        ("  with shared passages", &any),
        ("MinHash at .8", &alike),
        ("equal texts", &equal),
    ] {
        let [precision, recall, f1] = scores(pairs(&planted, found));
        let right = groups_right(&planted, found);
        writeln!(
            out.tables,
            "  {name:<24}{precision:>10.3}{recall:>8.3}{f1:>7.3}{right:>16.3}"
        )?;
        if name == "sayso" {
            out.figure("copies: precision of pairs", precision);
            out.figure("copies: F1 of pairs", f1);
            out.figure("copies: groups right", right);
        }
    }
    misses(&mut out, &planted, &links);
    Ok(out)
}

/// Right, extra, missed: pairs of reports that go back to one account through its wording. What only cites is not one.
fn pairs(planted: &[Planted], found: &Pairs) -> [usize; 3] {
    let copied = |i: usize| planted[i].made != Made::Citing;
    let mut counts = [0; 3];
    for b in 0..planted.len() {
        for a in 0..b {
            let same = planted[a].origin == planted[b].origin;
            let truth = same && copied(a) && copied(b);
            match (truth, found.contains(&(a, b))) {
                (true, true) => counts[0] += 1,
                // Text and citation have an origin in common: not asked for, but not wrong.
                (false, true) if !same => counts[1] += 1,
                (true, false) => counts[2] += 1,
                _ => {}
            }
        }
    }
    counts
}

/// The share of accounts whose copies are one group, with nothing else in it.
fn groups_right(planted: &[Planted], found: &Pairs) -> f64 {
    let kept = |i: &usize| planted[*i].made != Made::Citing;
    let links = found.iter().copied().filter(|(a, b)| kept(a) && kept(b));
    let made: BTreeSet<Vec<usize>> = groups(planted.len(), links).into_iter().collect();
    let mut grouped = BTreeSet::new();
    grouped.extend(made.iter().flatten().copied());
    let truth: Vec<Vec<usize>> = origins(planted)
        .into_values()
        .map(|g| g.into_iter().filter(kept).collect())
        .collect();
    let right = truth.iter().filter(|g| match g.as_slice() {
        [alone] => !grouped.contains(alone),
        group => made.contains(group),
    });
    share(right.count(), truth.len())
}

fn by_sort(
    out: &mut Measured,
    planted: &[Planted],
    links: &BTreeMap<(usize, usize), Relation>,
    found: [&Pairs; 4],
) -> Result<(), Error> {
    let mut rows: BTreeMap<Made, [usize; 6]> = BTreeMap::new();
    for (i, p) in planted.iter().enumerate() {
        let Some(from) = p.from else { continue };
        let row = rows.entry(p.made).or_default();
        row[0] += 1;
        for (count, pairs) in row[1..5].iter_mut().zip(found) {
            *count += usize::from(pairs.contains(&(from, i)));
        }
        row[5] += usize::from(links.get(&(from, i)).is_some_and(|r| named(p.made, r.sort)));
    }
    writeln!(
        out.tables,
        "{:<18}{:>6}{:>8}{:>10}{:>15}{:>7}{:>12}",
        "made", "n", "found", "passages", "MinHash at .8", "equal", "sort right"
    )?;
    for (made, [n, ours, any, alike, equal, right]) in rows {
        writeln!(
            out.tables,
            "  {:<16}{n:>6}{:>8.3}{:>10.3}{:>15.3}{:>7.3}{:>12.3}",
            format!("{made:?}"),
            share(ours, n),
            share(any, n),
            share(alike, n),
            share(equal, n),
            share(right, n)
        )?;
        if made != Made::Citing {
            out.figure(format!("copies: {made:?} found"), share(ours, n));
        }
    }
    let directed = links
        .iter()
        .filter(|((a, b), r)| r.sort.is_copy() && planted[*b].from == Some(*a));
    let right = directed
        .clone()
        .filter(|(_, r)| r.first == Some(sayso_corroborate::copies::First::A))
        .count();
    writeln!(
        out.tables,
        "of {} copies found, the direction is right in {right}",
        directed.count()
    )?;
    Ok(())
}

/// Whether a sort is a fair name for what was made: a copy of a copy, or with a foot, may be named by the greater change.
fn named(made: Made, sort: Sort) -> bool {
    matches!(
        (made, sort),
        (Made::Verbatim, Sort::Verbatim)
            | (Made::HeadlineChanged, Sort::HeadlineChanged)
            | (Made::Trimmed, Sort::Trimmed)
            | (Made::Reworded, Sort::Reworded)
            | (Made::Citing, Sort::Passage)
    )
}

fn misses(out: &mut Measured, planted: &[Planted], links: &BTreeMap<(usize, usize), Relation>) {
    for (pair @ (a, b), found) in links {
        if found.sort.is_copy() && planted[*a].origin != planted[*b].origin {
            out.worst.push(format!(
                "not copied {pair:?} {:?} {:?}: {}\n--\n{}\n--\n{}\n",
                found.sort,
                found.told,
                found.reasons.join("; "),
                planted[*a].text,
                planted[*b].text
            ));
        }
    }
    for (i, p) in planted.iter().enumerate() {
        let Some(from) = p.from else { continue };
        let found = links.get(&(from, i));
        if p.made != Made::Citing && !found.is_some_and(|r| r.sort.is_copy()) {
            out.worst.push(format!(
                "missed {:?} {:?}\n--\n{}\n--\n{}\n",
                p.made,
                found.map(|r| (r.sort, r.taken, r.told)),
                planted[from].text,
                p.text
            ));
        }
    }
}
