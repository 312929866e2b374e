//! Whether it is so, how surely, and on whose word.

use sayso_records::{Attribution, Certainty, Claim, Polarity};

use super::{
    names::{Agree, Named},
    what::{Change, What},
    words::stands_in,
};

/// The words that moved a field, in the order in which they worked. Empty: it is what it is by default.
pub(super) fn moved(claim: &Claim, field: &str) -> Vec<String> {
    let of_field = claim.explanation.iter().filter(|r| r.field == field);
    let words = of_field.map(|r| r.words.trim()).filter(|w| !w.is_empty());
    words.map(str::to_owned).collect()
}

pub(super) fn denial(from: &Claim, to: &Claim, out: &mut Vec<Change>) {
    let what = match (from.polarity, to.polarity) {
        (Polarity::Denied, Polarity::Affirmed) => What::DenialLost,
        (Polarity::Affirmed, Polarity::Denied) => What::DenialAdded,
        _ => return,
    };
    let words = |claim: &Claim| {
        let moved = moved(claim, "polarity");
        if moved.is_empty() {
            claim.polarity.as_str().to_owned()
        } else {
            moved.join(", ")
        }
    };
    out.push(Change::new(what, words(from), words(to)));
}

/// From sure to unsure.
fn rank(certainty: Certainty) -> u8 {
    match certainty {
        Certainty::Stated => 0,
        Certainty::Assessed => 1,
        Certainty::Probable => 2,
        Certainty::Claimed => 3,
        Certainty::Reported => 4,
        Certainty::Possible => 5,
        Certainty::Doubted => 6,
    }
}

/// How sure the speaker is; not compared where one says that it is so and the other that it is not.
pub(super) fn hedge(from: &Claim, to: &Claim, out: &mut Vec<Change>) {
    let (before, after) = (rank(from.certainty), rank(to.certainty));
    if before == after || from.polarity != to.polarity {
        return;
    }
    let what = match to.certainty {
        Certainty::Stated => What::HedgeDropped,
        _ if after < before => What::HedgeWeakened,
        _ => What::HedgeAdded,
    };
    let words = |claim: &Claim| {
        // Each word that is weaker than the one before leaves a reason: the last one decided.
        let moved = moved(claim, "certainty").pop();
        moved.unwrap_or_else(|| claim.certainty.as_str().to_owned())
    };
    out.push(Change::new(what, words(from), words(to)));
}

/// Words between a cue and its source that are shown with them, in bytes.
const MAX_BETWEEN: usize = 24;

/// A source as it is made to speak, in the sentence's words where they stand together: "according to the Institute", "the ministry said".
fn speaking(source: &Attribution, sentence: &str) -> String {
    let (cue, text) = (source.cue.as_str(), source.text.as_str());
    if cue.is_empty() || cue == text {
        return text.to_owned();
    }
    let (Some(cue_at), Some(at)) = (sentence.find(cue), sentence.find(text)) else {
        return format!("{text} {cue}");
    };
    let (first, last) = if cue_at < at {
        (cue_at..cue_at + cue.len(), at..at + text.len())
    } else {
        (at..at + text.len(), cue_at..cue_at + cue.len())
    };
    match sentence.get(first.start..last.end) {
        Some(words) if last.start <= first.end + MAX_BETWEEN => words.to_owned(),
        _ if cue_at < at => format!("{cue} {text}"),
        _ => format!("{text} {cue}"),
    }
}

fn chain(claim: &Claim) -> String {
    let links = named(claim);
    let words = links.iter().map(|s| speaking(s, &claim.evidence.quote));
    words.collect::<Vec<_>>().join(" > ")
}

/// The sources, without words like "reportedly" that name nobody.
fn named(claim: &Claim) -> Vec<&Attribution> {
    let sources = claim.sources.iter();
    sources.filter(|s| s.name != "unnamed").collect()
}

pub(super) fn attribution(from: &Claim, to: &Claim, out: &mut Vec<Change>) {
    let (before, after) = (named(from), named(to));
    let Some(innermost) = before.last() else {
        return;
    };
    let here = |source: &Attribution| {
        stands_in(&source.name, &to.evidence.quote) || stands_in(&source.text, &to.evidence.quote)
    };
    let among = |source: &Attribution, others: &[&Attribution]| {
        let name = Named::source(source);
        let mut others = others.iter().map(|other| Named::source(other));
        others.any(|other| name.agrees(&other) != Agree::Not)
    };
    if after.is_empty() {
        if !here(innermost) {
            let hearsay = to.sources.first().map_or("", |s| s.cue.as_str());
            out.push(Change::new(What::AttributionDropped, chain(from), hearsay));
        }
        return;
    }
    let left_out = before.iter().any(|s| !among(s, &after) && !here(s));
    let other = after.last().is_some_and(|s| !among(s, &before));
    if left_out || other && !here(innermost) {
        out.push(Change::new(
            What::AttributionChanged,
            chain(from),
            chain(to),
        ));
    }
}
