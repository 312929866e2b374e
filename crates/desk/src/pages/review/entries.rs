//! Which findings are in the queue, and which of their sentences.

use std::collections::{BTreeMap, BTreeSet};

use sayso_corroborate::{erosion::What, findings::Finding};
use sayso_ledger::Matched;
use sayso_records::{Byte, Certainty, Claim, ClaimId, FindingId, Span, text::clean};

use super::{Entry, Item};
use crate::{Look, Trouble, pages::grade_words, shelf::Row, words};

/// Findings looked through for one page.
const LOOKED_AT: usize = 150;
/// Claims looked at for one page, and for one finding.
const CLAIMS: usize = 150;
const CLAIMS_OF_ONE: usize = 8;
/// Sentences of one finding that are shown.
const SHOWN: usize = 2;
/// Letters around a sentence.
const AROUND: usize = 240;

/// What turns a claim into another one: a copy of this sort wants a look, others are loose.
const STRONG: &[What] = &[
    What::HedgeDropped,
    What::AttributionDropped,
    What::NumberInflated,
    What::StatusAdvanced,
    What::DenialLost,
    What::DenialAdded,
    What::RolesSwapped,
    What::SenseReversed,
];

/// Findings that want a look after the one with the id `after`, last read of first, and where to go on. What a person settled is left out.
pub(super) fn entries(
    look: &Look<'_>,
    after: &str,
    limit: usize,
) -> Result<(Vec<Entry>, Option<String>), Trouble> {
    let shelf = &look.shelf;
    let all = shelf.recent();
    let row = |at: &u32| &shelf.rows[*at as usize];
    // A finding that is gone begins the queue again.
    let from = match after {
        "" => 0,
        id => (all.iter().position(|at| row(at).id == id)).map_or(0, |at| at + 1),
    };
    let mut wanted = (all[from..].iter().map(row))
        .filter(|row| may_want(row))
        .peekable();
    let (mut out, mut looked, mut left) = (Vec::new(), 0, CLAIMS);
    let mut last = None;
    while out.len() < limit && looked < LOOKED_AT && left > 0 {
        let Some(row) = wanted.next() else { break };
        looked += 1;
        last = Some(row.id.to_string());
        if let Some(finding) = look.finding_numbered(row.number)? {
            out.extend(entry(look, &finding, &mut left)?);
        }
    }
    Ok((out, last.filter(|_| wanted.peek().is_some())))
}

/// Whether a finding may be in the queue, by what is known without looking at it.
fn may_want(row: &Row) -> bool {
    row.denied + row.doubted > 0 || row.established <= 1 || row.grade >= 5 || row.publishers >= 2
}

/// What of a finding wants a look. `None`: nothing does, or nothing does any more.
fn entry(look: &Look<'_>, finding: &Finding, left: &mut usize) -> Result<Option<Entry>, Trouble> {
    let grade = finding.credibility.grade;
    let mut changed: BTreeMap<&ClaimId, Vec<What>> = BTreeMap::new();
    for it in finding
        .erosion
        .iter()
        .filter(|it| STRONG.contains(&it.what))
    {
        changed.entry(&it.to).or_default().push(it.what);
    }
    let disputed = finding.stances.denied + finding.stances.doubted > 0;
    let mut why = Vec::new();
    why.extend((finding.stances.denied > 0).then(|| "somebody denies it".to_owned()));
    why.extend((finding.stances.doubted > 0).then(|| "somebody doubts it".to_owned()));
    why.extend((finding.established == 0).then(|| "no origin of it is established".to_owned()));
    why.extend((grade == 5).then(|| format!("it is {}", grade_words(grade))));
    let what: BTreeSet<&str> = changed
        .values()
        .flatten()
        .map(|what| what.as_str())
        .collect();
    if !what.is_empty() {
        let what: Vec<String> = what
            .into_iter()
            .map(|what| what.replace('-', " "))
            .collect();
        why.push(format!("copying changed it: {}", what.join(", ")));
    }
    let grade_wanted = grade == 5 && !is_graded(look, finding);
    let (claims, more) = sentences(look, finding, &changed, disputed, left)?;
    if claims.is_empty() && !grade_wanted {
        return Ok(None);
    }
    if why.is_empty() {
        why.push("one origin alone stands behind it".to_owned());
    }
    Ok(Some(Entry {
        finding: finding.id.clone(),
        anchor: finding.anchor(),
        says: words::line(&finding.proposition),
        origins: finding.established,
        unknown: finding.unknown,
        grade,
        grade_wanted,
        why,
        claims,
        more,
    }))
}

/// Whether a person said how credible it is.
fn is_graded(look: &Look<'_>, finding: &Finding) -> bool {
    let (standing, anchor) = (&look.standing, finding.anchor());
    let proposition = anchor.split('-').next().unwrap_or("");
    let mut occasions = standing.occasions(proposition);
    occasions.any(|(day, ..)| finding.holds(day))
        || standing.credibility(&FindingId(anchor.clone())).is_some()
}

/// Sentences of a finding that want a look, those that copying changed first, and how many more there are.
fn sentences(
    look: &Look<'_>,
    finding: &Finding,
    changed: &BTreeMap<&ClaimId, Vec<What>>,
    disputed: bool,
    left: &mut usize,
) -> Result<(Vec<Item>, usize), Trouble> {
    // Few stand behind it: then each sentence counts, or at least each that leaves something open.
    let (any, open) = (
        disputed || finding.established == 0 || finding.credibility.grade == 5,
        finding.established <= 1,
    );
    let said = (finding.against.iter()).flat_map(|stance| stance.said.iter().map(|it| &it.claim));
    let others = finding.claims.iter().chain(said).filter(|_| any || open);
    let mut seen = BTreeSet::new();
    let ids = (changed.keys().copied().chain(others))
        .filter(|id| seen.insert(*id))
        .filter(|id| {
            let standing = &look.standing;
            standing.accepted(id).is_none()
                && !standing.is_unsure(id)
                && standing.corrections(id).next().is_none()
        });
    let (mut out, mut more, mut looked) = (Vec::new(), 0, 0);
    for id in ids {
        if out.len() >= SHOWN || looked >= CLAIMS_OF_ONE || *left == 0 {
            more += usize::from(any || changed.contains_key(id));
            continue;
        }
        looked += 1;
        *left -= 1;
        let Matched::One(stored) = look.ledger.claim(&id.0)? else {
            continue;
        };
        let claim = &stored.claim;
        let mut why: Vec<String> = Vec::new();
        let of_copy = changed.get(id).into_iter().flatten();
        why.extend(of_copy.map(|what| what.sentence().to_owned()));
        if claim.certainty != Certainty::Stated {
            why.push(format!("it is hedged: {}", claim.certainty.as_str()));
        }
        let mut fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
        if fillers.any(|it| it.implied) {
            why.push("a role was filled from around the sentence".to_owned());
        }
        if why.is_empty() && !any {
            continue;
        }
        let (before, after) = around(look, claim)?;
        let day = stored.report.published.as_deref();
        out.push(Item {
            claim: id.0.clone(),
            kind: claim.kind.to_string(),
            says: words::one_line(claim),
            before,
            quote: clean(&claim.evidence.quote),
            after,
            report: stored.report.id.0.clone(),
            publisher: stored.report.publisher.clone(),
            published: day.and_then(|day| day.get(..10)).map(str::to_owned),
            why,
        });
    }
    Ok((out, more))
}

/// What stands before and after a claim's sentence.
fn around(look: &Look<'_>, claim: &Claim) -> Result<(String, String), Trouble> {
    let Matched::One(stored) = look.ledger.report(&claim.report.0)? else {
        return Ok(Default::default());
    };
    Ok(neighbours(&stored.report.text, claim.evidence.span))
}

/// The words of the paragraph on both sides of a span, cut where they are many. Both empty: the span is not in the text.
fn neighbours(text: &str, span: Span<Byte>) -> (String, String) {
    let (start, end) = (span.start as usize, span.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
        return Default::default();
    };
    let before = before.rsplit('\n').next().unwrap_or("");
    let after = after.split('\n').next().unwrap_or("");
    let skipped = before.chars().count().saturating_sub(AROUND);
    let before = match before.char_indices().nth(skipped).filter(|_| skipped > 0) {
        // From the next whole word on.
        Some((at, _)) => {
            let rest = &before[at..];
            format!("… {}", rest.split_once(' ').map_or(rest, |(_, rest)| rest))
        }
        None => before.to_owned(),
    };
    let after = match after.char_indices().nth(AROUND) {
        Some((at, _)) => {
            let kept = &after[..at];
            format!("{} …", kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept))
        }
        None => after.to_owned(),
    };
    (clean(&before), clean(&after))
}

#[cfg(test)]
mod tests {
    use sayso_records::Span;

    use super::{AROUND, neighbours};

    #[test]
    fn a_sentence_stands_among_its_neighbours() {
        let text = "Head.\nOne. Two. Thrée.\nFoot.";
        let at = |what: &str| {
            let start = text.find(what).unwrap_or(0);
            Span::new(start, start + what.len())
        };
        let both = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        assert_eq!(neighbours(text, at("Two.")), both("One.", "Thrée."));
        assert_eq!(neighbours(text, at("Head.")), both("", ""));
        // Past the end, and within a letter: no context and no panic.
        assert_eq!(neighbours(text, Span::new(900, 901)), both("", ""));
        let within = text.find('é').map_or(0, |at| at + 1);
        assert_eq!(neighbours(text, Span::new(within, within)), both("", ""));
    }

    #[test]
    fn long_neighbours_are_cut_between_words() {
        let words = "word ".repeat(200);
        let text = format!("{words}Here. {words}");
        let start = words.len();
        let (before, after) = neighbours(&text, Span::new(start, start + 5));
        assert!(before.starts_with("… word ") && before.chars().count() <= AROUND + 2);
        assert!(after.ends_with(" word …") && after.chars().count() <= AROUND + 2);
    }
}
