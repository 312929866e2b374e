//! What copies lost or changed, with both sentences.

use std::{collections::BTreeMap, time::Duration};

use maud::{Markup, html};
use sayso_corroborate::{findings::Finding, lineage::Eroded};
use sayso_records::{ClaimId, text::clean};
use similar::{Algorithm, ChangeTag, TextDiff};

use super::{FindingPage, tree::claim};
use crate::frame::{say, shortened};

/// Longest part of a sentence that is compared word by word.
const LONGEST: usize = 2_000;
/// Copies shown; the rest are in the data.
pub(super) const MOST: usize = 40;

/// What changed from one claim to another.
type Pair<'f> = ((&'f ClaimId, &'f ClaimId), Vec<&'f Eroded>);

/// What changed from which claim to which, first what makes more of it than there was.
pub(super) fn pairs(finding: &Finding) -> Vec<Pair<'_>> {
    let mut pairs: BTreeMap<_, Vec<&Eroded>> = BTreeMap::new();
    for eroded in &finding.erosion {
        let of = pairs.entry((&eroded.from, &eroded.to)).or_default();
        of.push(eroded);
    }
    let mut pairs: Vec<Pair<'_>> = pairs.into_iter().collect();
    pairs.sort_by_key(|(_, changes)| !changes.iter().any(|change| change.what.strengthens()));
    pairs
}

pub(super) fn changes(page: &FindingPage) -> Markup {
    let pairs = pairs(&page.finding.0);
    let more = pairs.len().saturating_sub(MOST);
    html! {
        @for ((from, to), changes) in pairs.into_iter().take(MOST) {
            (one(page, from, to, &changes))
        }
        @if more > 0 { p.quiet { "and " (more) " more in the data of this page" } }
    }
}

fn one(page: &FindingPage, from: &ClaimId, to: &ClaimId, changes: &[&Eroded]) -> Markup {
    let told = |id: &ClaimId| {
        let quote = page.quotes.get(&id.0);
        let name = quote.and_then(|quote| quote.publisher.clone());
        let words = quote.map_or_else(String::new, |quote| clean(&quote.quote));
        let name = name.unwrap_or_else(|| "nobody named".to_owned());
        (name, shortened(&words, LONGEST))
    };
    let ((before, was), (after, is)) = (told(from), told(to));
    let elsewhere = !page.finding.0.claims.contains(to);
    html! {
        article.change {
            h3 { (say(&before)) " → " (say(&after)) }
            @if elsewhere { p.against { "The copy states something else." } }
            ul.what {
                @for change in changes {
                    li.against[change.what.strengthens() || change.what.alters()] {
                        strong title=(change.what.sentence()) { (change.what.as_str().replace('-', " ")) } ": "
                        (say(&change.before)) " → "
                        @if change.after.is_empty() { em { "nothing" } } @else { (say(&change.after)) }
                    }
                }
            }
            div.sentences {
                p { span.label { "before" } " " (side(&was, &is, ChangeTag::Delete)) " " span.quiet { (claim(page, &from.0)) } }
                p { span.label { "after" } " " (side(&was, &is, ChangeTag::Insert)) " " span.quiet { (claim(page, &to.0)) } }
            }
        }
    }
}

/// One of two sentences with the words marked that the other has not.
fn side(was: &str, is: &str, own: ChangeTag) -> Markup {
    let mut config = TextDiff::configure();
    let diff = config
        .algorithm(Algorithm::Myers)
        .timeout(Duration::from_millis(20))
        .diff_words(was, is);
    let mut parts: Vec<(bool, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        let tag = change.tag();
        if tag != ChangeTag::Equal && tag != own {
            continue;
        }
        let marked = tag == own;
        match parts.last_mut() {
            // The blank between two marked words is marked with them.
            Some((last, text)) if *last == marked || change.value().trim().is_empty() => {
                *text += change.value();
            }
            _ => parts.push((marked, change.value().to_owned())),
        }
    }
    html! {
        bdi {
            @for (marked, text) in &parts {
                @match (marked, own) {
                    (true, ChangeTag::Delete) => del { (text) },
                    (true, _) => ins { (text) },
                    (false, _) => (text),
                }
            }
        }
    }
}
