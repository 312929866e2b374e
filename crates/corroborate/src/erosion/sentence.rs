//! What the words of two sentences show by themselves: one exchanged for its opposite, a name or a figure in the same surroundings
//! exchanged for another. It holds where the reader took a claim's place or number in one sentence and missed it in the other.

use std::collections::BTreeSet;

use sayso_records::Claim;

use super::{
    rules::Rules,
    what::{Change, What},
    words::{all, folded, single, written},
};

/// Words of a sentence that are looked at; runs of names are compared with each other.
const MAX_WORDS: usize = 300;

/// What changed from one sentence to the one that stands for it, as far as the words alone show. For claims of an origin that are lost in
/// the copy; what two claims that were read show besides is [`erosion`](super::erosion()).
pub fn exchanged(before: &str, after: &str) -> Vec<Change> {
    let rules = Rules::bundled();
    let mut out = Vec::new();
    let denies = |text: &str| {
        let mut words = all(text).into_iter();
        words.find(|w| rules.negators.contains(w) || w.ends_with("n't"))
    };
    match (denies(before), denies(after)) {
        (Some(word), None) => out.push(Change::new(What::DenialLost, word, "affirmed")),
        (None, Some(word)) => out.push(Change::new(What::DenialAdded, "affirmed", word)),
        _ => {}
    }
    if let Some((before, after)) = rules.turned(before, after) {
        out.push(Change::new(What::SenseReversed, before, after));
    }
    let swaps = substitutions(before, after, rules);
    out.extend(
        swaps
            .into_iter()
            .map(|s| Change::new(s.what, s.before, s.after)),
    );
    out
}

/// The same for the sentences of two claims, where their fields do not already show it: a loss becomes a change of what is known to
/// stand in the lost one's place.
pub(super) fn compare(from: &Claim, to: &Claim, out: &mut Vec<Change>) {
    let rules = Rules::bundled();
    let (before, after) = (&from.evidence.quote, &to.evidence.quote);
    if let Some((before, after)) = rules.turned(before, after) {
        out.push(Change::new(What::SenseReversed, before, after));
    }
    for swap in substitutions(before, after, rules) {
        let words = all(&swap.before);
        let holds = |text: &str| all(text).windows(words.len()).any(|w| *w == words[..]);
        if let Some(known) = out.iter_mut().find(|c| holds(&c.before)) {
            let what = match known.what {
                What::PlaceDropped => What::PlaceChanged,
                What::RoleDropped => What::NameChanged,
                What::AttributionDropped => What::AttributionChanged,
                What::NumberDropped => swap.what,
                _ => continue,
            };
            known.what = what;
            known.after = swap.after;
        } else if !texts(from).any(holds) {
            // What stands in a field was compared there: "Tehran" may be told as "Iran".
            out.push(Change::new(swap.what, swap.before, swap.after));
        }
    }
}

/// The words of a claim's fields.
fn texts(claim: &Claim) -> impl Iterator<Item = &str> {
    let fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
    (fillers.map(|f| f.text.as_str()))
        .chain(claim.sources.iter().map(|s| s.text.as_str()))
        .chain(claim.place.iter().map(|p| p.text.as_str()))
        .chain(claim.quantity.iter().map(|q| q.text.as_str()))
        .chain(claim.time.iter().map(|t| t.text.as_str()))
}

/// One name or figure in the place of another.
struct Substitution {
    what: What,
    before: String,
    after: String,
}

/// A name or figure of a sentence: its words, as a range.
struct Run {
    words: std::ops::Range<usize>,
    figure: bool,
}

/// Names and figures that only one sentence has and that stand where the other has one of its own: after the same two words, or between
/// the same two.
fn substitutions(before: &str, after: &str, rules: &Rules) -> Vec<Substitution> {
    let (a, b) = (Side::of(before), Side::of(after));
    let (of, now) = (a.own(&b, rules), b.own(&a, rules));
    let mut used = vec![false; now.len()];
    let mut out = Vec::new();
    for x in &of {
        let found = (now.iter().enumerate()).find(|(n, y)| {
            let (before, two_before) = a.alike(x, &b, y);
            !used[*n] && x.figure == y.figure && (two_before || before && a.same_next(x, &b, y))
        });
        let Some((n, y)) = found else { continue };
        used[n] = true;
        let placing = |w: &String| matches!(w.as_str(), "in" | "near" | "outside");
        let what = if x.figure {
            let value = |side: &Side<'_>, run: &Run| side.folded[run.words.start].parse::<f64>();
            match (value(&a, x), value(&b, y)) {
                (Ok(x), Ok(y)) if x < y => What::NumberInflated,
                (Ok(x), Ok(y)) if x > y => What::NumberDeflated,
                _ => continue,
            }
        } else if a.previous(x, 1).is_some_and(placing) {
            What::PlaceChanged
        } else {
            What::NameChanged
        };
        out.push(Substitution {
            what,
            before: a.words[x.words.clone()].join(" "),
            after: b.words[y.words.clone()].join(" "),
        });
    }
    out
}

/// A sentence cut up.
struct Side<'s> {
    words: Vec<&'s str>,
    folded: Vec<String>,
}

impl<'s> Side<'s> {
    fn of(text: &'s str) -> Self {
        let mut words = written(text);
        words.truncate(MAX_WORDS);
        Self {
            folded: words.iter().map(|w| folded(w)).collect(),
            words,
        }
    }

    /// Its names and figures of which the other has no word. A word that opens the sentence has its capital anyway.
    fn own(&self, other: &Self, rules: &Rules) -> Vec<Run> {
        let theirs: BTreeSet<String> = other.folded.iter().map(|w| single(w)).collect();
        let named = |n: usize| {
            self.words[n].starts_with(char::is_uppercase)
                && !rules.calendar.contains(&self.folded[n])
        };
        let figure = |n: usize| self.folded[n].parse::<f64>().is_ok_and(f64::is_finite);
        let mut out = Vec::new();
        let mut n = 1;
        while n < self.words.len() {
            let start = n;
            if figure(n) {
                n += 1;
            } else {
                while n < self.words.len() && named(n) {
                    n += 1;
                }
            }
            if n == start {
                n += 1;
                continue;
            }
            let run = start..n;
            if !self.folded[run.clone()]
                .iter()
                .any(|w| theirs.contains(&single(w)))
            {
                out.push(Run {
                    figure: figure(start),
                    words: run,
                });
            }
        }
        out
    }

    fn previous(&self, run: &Run, by: usize) -> Option<&String> {
        self.folded.get(run.words.start.checked_sub(by)?)
    }

    /// Whether the word before is the same, and whether the two before are.
    fn alike(&self, run: &Run, other: &Self, others: &Run) -> (bool, bool) {
        let same = |by| {
            let word = self.previous(run, by);
            word.is_some() && word == other.previous(others, by)
        };
        (same(1), same(1) && same(2))
    }

    fn same_next(&self, run: &Run, other: &Self, others: &Run) -> bool {
        let next = self.folded.get(run.words.end);
        next.is_some() && next == other.folded.get(others.words.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, after: &str, wanted: &[(&str, &str, &str)]) {
        let found = exchanged(before, after);
        let found: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|c| (c.what.as_str(), c.before.as_str(), c.after.as_str()))
            .collect();
        assert_eq!(found, wanted, "{before} / {after}");
    }

    #[test]
    fn words_show_what_was_exchanged() {
        check(
            "Poland trained crews on the system in Torun, it said.",
            "It said that Poland trained crews on the system in Lodz.",
            &[("place-changed", "Torun", "Lodz")],
        );
        check(
            "The plant makes up to 150 engines a month.",
            "The plant makes up to 1,500 engines a month.",
            &[("number-inflated", "150", "1,500")],
        );
        check(
            "Cairo has not agreed to deliver rockets.",
            "Cairo has agreed to deliver rockets.",
            &[("denial-lost", "not", "affirmed")],
        );
        check(
            "The yard said it won't cut output.",
            "The yard said it will raise output.",
            &[
                ("denial-lost", "won't", "affirmed"),
                ("sense-reversed", "cut", "raise"),
            ],
        );
    }

    #[test]
    fn other_words_for_the_same_are_no_exchange() {
        for after in [
            "On Tuesday the ministry in Warsaw confirmed it had bought 24 tanks.",
            "It had bought 24 tanks, the ministry confirmed in Warsaw.",
            "The purchase of 24 tanks was confirmed.",
            "Warsaw's ministry confirmed the purchase to Reuters.",
        ] {
            check(
                "The ministry in Warsaw confirmed on Monday that it bought 24 tanks.",
                after,
                &[],
            );
        }
    }
}
