//! Events across documents on MEANTIME (Minard et al. 2016): 90 English Wikinews articles on three topics with 290 marked mentions of events,
//! as unified by uCDCR (Zhukova et al. 2026).
//!
//! Mentions are given; what is measured is which of them are one event. Beside ours stand mentions left alone, and mentions with one head
//! lemma taken for one event: in all documents, in one topic, in one document. Ours was developed on two topics; the third is the unseen
//! half. Two mentions are of one event if they have its number (`Marked::event`); with the layers kept apart, as the files write the
//! chains, figures are printed as well.

mod inputs;
mod names;
mod read;
mod score;
mod tree;
mod values;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::Path,
};

use sayso_corroborate::events::{Events, Judge, Mention, Rarity, Reason, Verdict, events};

use self::{
    inputs::Reader,
    read::{Marked, Set},
    score::{Groups, Scores, by_label},
};
use crate::{Error, Measured, Tools};

/// The topic whose mistakes were not looked at while the matcher was written.
const UNSEEN: &str = "corpus_apple";

/// A part of the set: its name, and whether a topic is in it.
type Part = (&'static str, fn(&str) -> bool);

/// The parts that are printed.
const PARTS: [Part; 3] = [
    ("all", |_| true),
    ("developed on", |topic| topic != UNSEEN),
    ("unseen", |topic| topic == UNSEEN),
];

pub(crate) fn measure(tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let set = read::read(folder)?;
    let reader = Reader::new(tools);
    let (mentions, rarity) = reader.read(&set);
    let found = events(&mentions, &rarity);
    let mut event = vec![0; mentions.len()];
    for (n, group) in found.groups.iter().enumerate() {
        group.iter().for_each(|&m| event[m] = n);
    }
    let mut out = Measured::default();
    writeln!(
        out.tables,
        "  {} reports, {} mentions, {} events told more than once",
        set.reports.len(),
        mentions.len(),
        found.groups.iter().filter(|g| g.len() > 1).count()
    )?;
    for (name, within) in PARTS {
        part(&mut out, &set.mentions, &event, name, within)?;
    }
    worst(&mut out, &set, (&mentions, &rarity), &found, &event);
    Ok(out)
}

/// One part of the set: a table, and the figures of ours.
fn part(
    out: &mut Measured,
    marked: &[Marked],
    event: &[usize],
    name: &str,
    within: fn(&str) -> bool,
) -> Result<(), Error> {
    let some: Vec<(usize, &Marked)> = marked
        .iter()
        .enumerate()
        .filter(|(_, m)| within(&m.topic))
        .collect();
    let truth = by_label(some.iter().map(|(_, m)| m.event()));
    let layers = by_label(some.iter().map(|(_, m)| m.coref_chain.as_str()));
    let lemma = |m: &Marked| m.mention_head_lemma.to_lowercase();
    let answers: [(&str, Groups); 5] = [
        ("each alone", by_label(some.iter().map(|(n, _)| n))),
        (
            "lemma, all documents",
            by_label(some.iter().map(|(_, m)| lemma(m))),
        ),
        (
            "lemma, topic",
            by_label(some.iter().map(|(_, m)| (&m.topic, lemma(m)))),
        ),
        (
            "lemma, document",
            by_label(some.iter().map(|(_, m)| (&m.report, lemma(m)))),
        ),
        ("ours", by_label(some.iter().map(|(n, _)| event[*n]))),
    ];
    writeln!(
        out.tables,
        "  {name}: {} mentions of {} events\n  {:24} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}   layers apart",
        some.len(),
        truth.len(),
        "",
        "MUC",
        "B3 P",
        "B3 R",
        "B3",
        "CEAFe",
        "CoNLL",
        "",
    )?;
    let mut of = BTreeMap::new();
    for (answer, groups) in &answers {
        let (scores, apart) = (Scores::of(&truth, groups), Scores::of(&layers, groups));
        writeln!(
            out.tables,
            "  {answer:24} {:6.3} {:6.3} {:6.3} {:6.3} {:6.3} {:6.3}          B3 {:.3} CoNLL {:.3}",
            scores.muc.f1(),
            scores.b_cubed.precision,
            scores.b_cubed.recall,
            scores.b_cubed.f1(),
            scores.ceaf.f1(),
            scores.conll(),
            apart.b_cubed.f1(),
            apart.conll(),
        )?;
        of.insert(*answer, (scores.b_cubed.f1(), scores.conll()));
    }
    let across = |groups: &Groups| -> BTreeSet<(usize, usize)> {
        let pairs = groups.iter().flat_map(|group| {
            let pair = move |&a: &usize| group.range(a + 1..).map(move |&b| (a, b));
            group.iter().flat_map(pair)
        });
        let reports = |a: usize, b: usize| some[a].1.report != some[b].1.report;
        pairs.filter(|&(a, b)| reports(a, b)).collect()
    };
    let wanted = across(&truth);
    for (answer, groups) in &answers[2..] {
        let pairs = across(groups);
        writeln!(
            out.tables,
            "  {answer:24} pairs of two documents: {} of {} found, {} wrong",
            pairs.intersection(&wanted).count(),
            wanted.len(),
            pairs.difference(&wanted).count()
        )?;
    }
    let best = |take: fn(&(f64, f64)) -> f64, who: &[&str]| {
        who.iter()
            .filter_map(|w| of.get(w))
            .map(take)
            .fold(0.0, f64::max)
    };
    let lemmas = ["lemma, all documents", "lemma, topic", "lemma, document"];
    for (figure, take) in [
        ("B-cubed F1", (|f| f.0) as fn(&(f64, f64)) -> f64),
        ("CoNLL F1", |f| f.1),
    ] {
        let ours = best(take, &["ours"]);
        out.figure(format!("{name}: {figure}"), ours);
        out.figure(
            format!("{name}: {figure} over the best lemma baseline"),
            ours - best(take, &lemmas),
        );
    }
    Ok(())
}

/// Pairs that were joined and should not be, and the other way round, with what was found; of the part that was developed on.
fn worst(
    out: &mut Measured,
    set: &Set,
    (mentions, rarity): (&[Mention], &Rarity),
    found: &Events,
    event: &[usize],
) {
    let judge = Judge {
        rarity,
        mentions: mentions.len(),
    };
    let show = |n: usize| {
        let m = &mentions[n];
        let line = set.reports.get(&m.report).and_then(|r| r.get(&m.sentence));
        format!(
            "    {} {}:{} {:?} in {}\n",
            m.report,
            m.sentence,
            m.word,
            m.predicate,
            line.map_or("", |l| l.text.as_str())
        )
    };
    for (a, first) in set.mentions.iter().enumerate() {
        for (b, second) in set.mentions.iter().enumerate().skip(a + 1) {
            let (is, ours) = (first.event() == second.event(), event[a] == event[b]);
            if is == ours || first.topic == UNSEEN || second.topic == UNSEEN {
                continue;
            }
            let link = found.links.iter().find(|l| (l.first, l.second) == (a, b));
            let near = mentions.iter().filter(|m| m.report == first.report).count();
            let why = match (link, judge.compare(&mentions[a], &mentions[b], near)) {
                (Some(link), _) => reasons(&link.reasons),
                (None, Verdict::Same(r) | Verdict::Open(r)) => reasons(&r),
                (None, Verdict::Different(why)) => why,
                (None, Verdict::Unrelated) => "through others, or of two sorts".to_owned(),
            };
            let what = if is { "apart" } else { "joined" };
            out.worst
                .push(format!("  {what}: {why}\n{}{}", show(a), show(b)));
        }
    }
}

fn reasons(reasons: &[Reason]) -> String {
    let one = |r: &Reason| format!("{} ({:.1})", r.text, r.bits);
    reasons.iter().map(one).collect::<Vec<_>>().join("; ")
}
