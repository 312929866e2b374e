//! From pairs to events.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Judge, Mention, Rarity, Reason, Verdict,
    compare::{all, kinship},
    mention::Form,
};

/// Two mentions that are one event by themselves; indices into the mentions handed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The one that comes first by report, sentence and word.
    pub first: usize,
    /// The other.
    pub second: usize,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Link {
    /// What the reasons sum to.
    pub fn bits(&self) -> f64 {
        self.reasons.iter().map(|r| r.bits).sum()
    }
}

/// Which mentions are one event.
#[derive(Debug, Clone, Default)]
pub struct Events {
    /// Every mention once, alone where it has no other; groups and what is in them by report, sentence and word.
    pub groups: Vec<Vec<usize>>,
    /// The pairs that are one event by themselves, the surest first.
    pub links: Vec<Link>,
    /// Links that were not followed, because members of the two groups contradict each other: the place in `links`, and what contradicts.
    pub refused: Vec<(usize, String)>,
}

/// Mentions that share a word which stands in more mentions than this are not compared for its sake: it tells next to nothing, and a hostile
/// report could make every pair one.
const COMMON: usize = 256;
/// A mention is compared for the sake of so many words, the rarest.
const WORDS: usize = 16;
/// A mention is compared with so many of its own report before it.
const BEFORE: usize = 256;
/// Members of a group that are asked for contradictions.
const ASKED: usize = 64;
/// How many sentences before a noun treated as known what it means is looked for.
const BACK: u32 = 8;
/// The same for a pronoun.
const POINTS: u32 = 2;
/// What it tells that a word means another: more than any agreement.
const MEANT: f64 = 15.0;

/// Groups mentions into events. The same mentions in any order give the same events.
pub fn events(mentions: &[Mention], rarity: &Rarity) -> Events {
    let judge = Judge {
        rarity,
        mentions: mentions.len(),
    };
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&n| mentions[n].identity());
    let mut links = links(mentions, &order, &judge);
    let place = |n: usize| mentions[n].identity();
    links.sort_by(|p, q| {
        let surer = q.bits().total_cmp(&p.bits());
        surer
            .then_with(|| (place(p.first), place(p.second)).cmp(&(place(q.first), place(q.second))))
    });
    close(mentions, &order, &judge, links)
}

/// Merges what is the same, surest first, unless members of the two groups contradict each other.
fn close(mentions: &[Mention], order: &[usize], judge: &Judge<'_>, links: Vec<Link>) -> Events {
    let mut group: Vec<usize> = (0..mentions.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..mentions.len()).map(|n| vec![n]).collect();
    let mut refused = Vec::new();
    for (place, link) in links.iter().enumerate() {
        let (into, from) = (group[link.first], group[link.second]);
        if into == from {
            continue;
        }
        let asked = |n: usize| members[n].iter().copied().take(ASKED);
        let against = asked(into).find_map(|x| {
            asked(from)
                .filter(|&y| (x, y) != (link.first, link.second))
                .find_map(|y| judge.against(&mentions[x], &mentions[y]))
        });
        if let Some(against) = against {
            refused.push((place, against));
            continue;
        }
        let moved = std::mem::take(&mut members[from]);
        for &n in &moved {
            group[n] = into;
        }
        members[into].extend(moved);
        members[into].sort_by_key(|&n| mentions[n].identity());
    }
    let mut seen = BTreeSet::new();
    let groups = order
        .iter()
        .filter(|&&n| seen.insert(group[n]))
        .map(|&n| members[group[n]].clone())
        .collect();
    Events {
        groups,
        links,
        refused,
    }
}

fn links(mentions: &[Mention], order: &[usize], judge: &Judge<'_>) -> Vec<Link> {
    let mut out = Vec::new();
    let mut compare = |first: usize, second: usize, told: usize| {
        if let Verdict::Same(reasons) = judge.compare(&mentions[first], &mentions[second], told) {
            out.push(Link {
                first,
                second,
                reasons,
            });
        }
    };
    let one_report = |a: &usize, b: &usize| mentions[*a].report == mentions[*b].report;
    for told in order.chunk_by(one_report) {
        for (n, &b) in told.iter().enumerate() {
            for &a in &told[n.saturating_sub(BEFORE)..n] {
                compare(a, b, told.len());
            }
        }
    }
    for (a, b) in across(mentions, order, judge.rarity) {
        compare(a, b, 0);
    }
    for told in order.chunk_by(one_report) {
        for n in 0..told.len() {
            if let Some((first, text)) = meant(mentions, told, n, judge) {
                let reasons = vec![Reason { text, bits: MEANT }];
                out.push(Link {
                    first,
                    second: told[n],
                    reasons,
                });
            }
        }
    }
    out
}

/// Pairs of different reports that share a word which is not everywhere.
fn across(mentions: &[Mention], order: &[usize], rarity: &Rarity) -> BTreeSet<(usize, usize)> {
    let mut with: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, &n) in order.iter().enumerate() {
        let mut words: Vec<&str> = all(&mentions[n]).into_iter().collect();
        words.sort_by(|x, y| rarity.bits(y).total_cmp(&rarity.bits(x)));
        for word in words.into_iter().take(WORDS) {
            with.entry(word).or_default().push(place);
        }
    }
    let mut pairs = BTreeSet::new();
    for places in with.values().filter(|p| p.len() <= COMMON) {
        for (n, &b) in places.iter().enumerate() {
            for &a in &places[..n] {
                if mentions[order[a]].report != mentions[order[b]].report {
                    pairs.insert((order[a], order[b]));
                }
            }
        }
    }
    pairs
}

/// What a pronoun, or a noun treated as known, means, and why: the last event of its sort; of a pronoun that no noun explains the main
/// event of the sentence before.
fn meant(
    mentions: &[Mention],
    told: &[usize],
    n: usize,
    judge: &Judge<'_>,
) -> Option<(usize, String)> {
    let (before, it) = (&told[n.saturating_sub(BEFORE)..n], &mentions[told[n]]);
    let within = |back: u32| {
        before.iter().rev().copied().filter(move |&a| {
            let a = &mentions[a];
            a.sentence < it.sentence && it.sentence - a.sentence <= back
        })
    };
    let of_its_sort = |noun: &Mention| {
        within(BACK).find(|&a| {
            let a = &mentions[a];
            a.form != Form::Pointer
                && kinship(a, noun).is_some()
                && judge.against(a, noun).is_none()
        })
    };
    match it.form {
        Form::Clause | Form::Noun => None,
        Form::Known => {
            let last = of_its_sort(it)?;
            Some((
                last,
                format!("\"the {}\" is the last of its sort", it.predicate),
            ))
        }
        Form::Pointer => {
            // "It was the lowest ending": what ended before.
            let noun = it.is.and_then(|word| {
                let mut others = told.iter().map(|&a| &mentions[a]);
                others.find(|a| a.sentence == it.sentence && a.word == word)
            });
            if let Some(noun) = noun
                && let Some(last) = of_its_sort(noun)
            {
                let text = format!("{:?} is the last {}", it.predicate, noun.predicate);
                return Some((last, text));
            }
            let sentence = mentions[within(POINTS).next()?].sentence;
            let main = within(POINTS)
                .filter(|&a| mentions[a].sentence == sentence)
                .min_by_key(|&a| (mentions[a].depth, mentions[a].word))?;
            let text = format!("{:?} means what the sentence before tells", it.predicate);
            Some((main, text))
        }
    }
}
