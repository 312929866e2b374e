//! What stands on a predicate itself: modal verbs, negation, adverbs and adjectives, questions and orders.

use sayso_codebook::{Openness, Sign};
use sayso_records::Upos;

use super::{Level, edges};
use crate::{
    context::Lookup,
    tree::{Form, Tree},
};

pub(super) fn apply(level: &mut Level, tree: &Tree<'_>, lookup: &Lookup, at: usize) {
    let mut negated = false;
    let mut modal = None;
    // "could not" has not
    let mut denies = false;
    for &c in tree.children(at) {
        let lemma = tree.lemma(c);
        match tree.rel(c) {
            "aux" | "aux:pass" => {
                if let Some(word) = lookup.modal(lemma) {
                    level.sure(word.certainty);
                    modal = modal.max(word.open);
                    denies = word.signature.map_or(denies, |s| s.denied == Sign::Minus);
                }
            }
            "advmod" | "det" | "cc:preconj" | "mark" => {
                if lookup.negator(tree, c) {
                    // A clause of "without" is not so already.
                    if tree.lemma(c) == "without" {
                        continue;
                    }
                    // "not only", "not just": that, and more
                    let more = c + 1 < tree.len()
                        && matches!(tree.lemma(c + 1), "only" | "just" | "merely" | "simply");
                    if more {
                        continue;
                    }
                    // "no comment was made": the verb took it over already
                    let taken = tree.rel(c) == "det" && level.denied;
                    negated ^= !taken;
                } else if let Some(word) = lookup.adverb(tree, c) {
                    level.sure(word.certainty);
                    negated ^= word.negates;
                    if let Some(open) = word.open {
                        level.left(open);
                    }
                }
            }
            "amod" => {
                level.sure(lookup.adjective(tree, c).and_then(|word| word.certainty));
                if let Some(said) = lookup.signatures.of(tree, c, "noun") {
                    let sign = said.under(level.sign);
                    match (sign, said.open) {
                        (Sign::Open, open) => level.left(open.unwrap_or(Openness::Left)),
                        // it is the noun's own complement that came to nothing
                        (Sign::Minus | Sign::Plus, _) => {}
                    }
                }
            }
            // "no drones were sent": negation on an argument counts for its predicate
            "nsubj" | "nsubj:pass" | "obj" => {
                // "made no comment": it is the comment that was not made
                let carried = tree.rel(c) == "obj"
                    && lookup.light(tree.lemma(at))
                    && tree.child(c, &["cc:preconj"]).is_none();
                if carried {
                    continue;
                }
                if tree
                    .all(c, &["det", "cc:preconj"])
                    .into_iter()
                    .any(|d| lookup.negator(tree, d))
                    || matches!(tree.lemma(c), "nobody" | "nothing" | "none")
                {
                    negated = !negated;
                }
            }
            _ => {}
        }
    }
    if modal.is_none() && tree.rel(at) == "conj" && shares_auxiliaries(tree, at) {
        let first = tree.head(at).unwrap_or(at);
        modal = tree
            .all(first, &["aux"])
            .into_iter()
            .filter_map(|a| lookup.modal(tree.lemma(a)))
            .filter_map(|word| word.open)
            .max();
    }
    if let Some(open) = modal.filter(|_| !(negated && denies)) {
        counterfactual(level, tree, at, open, &mut negated);
    }
    if tree.head(at).is_none() {
        if asks(tree, at) {
            level.left(Openness::Asked);
        } else if orders(tree, at) {
            level.left(Openness::Ordered);
        }
    }
    if negated {
        level.negate();
    }
}

/// The word on the predicate at `at` that turns its polarity.
pub(super) fn turning(tree: &Tree<'_>, lookup: &Lookup, at: usize) -> (&'static str, usize) {
    let children = tree.children(at);
    let on_argument = |c: usize| {
        tree.all(c, &["det", "cc:preconj"])
            .into_iter()
            .find(|&d| lookup.negator(tree, d))
    };
    if let Some(&c) = children.iter().find(|&&c| lookup.negator(tree, c)) {
        return ("embedding.negators", c);
    }
    if let Some(d) = children.iter().find_map(|&c| on_argument(c)) {
        return ("embedding.negators", d);
    }
    let adverb = children
        .iter()
        .find(|&&c| lookup.adverb(tree, c).is_some_and(|word| word.negates));
    if let Some(&c) = adverb {
        return ("embedding.adverbs", c);
    }
    let modal = tree.all(at, &["aux"]).into_iter().next();
    ("embedding.modals", modal.unwrap_or(at))
}

/// "would have supplied", "should have said": did not. "must have gone" and "may have" are held to be so or not.
fn counterfactual(
    level: &mut Level,
    tree: &Tree<'_>,
    at: usize,
    open: Openness,
    negated: &mut bool,
) {
    let perfect = tree
        .all(at, &["aux"])
        .into_iter()
        .any(|a| tree.lemma(a) == "have");
    match open {
        Openness::Hypothetical | Openness::Required if perfect && level.sign == Sign::Plus => {
            if tree
                .all(at, &["aux"])
                .into_iter()
                .any(|a| tree.lemma(a) == "must")
            {
                level.left(Openness::Believed);
            } else {
                *negated = !*negated;
            }
        }
        open => level.left(open),
    }
}

/// A yes-or-no question: its verb comes before its subject.
fn asks(tree: &Tree<'_>, root: usize) -> bool {
    let last = (0..tree.len())
        .rev()
        .map(|i| tree.word(i))
        .find(|w| !matches!(*w, "\"" | "''" | "”" | ")") && !w.trim().is_empty());
    if last != Some("?") {
        return false;
    }
    let wh = (0..root).any(|i| tree.tag(i).starts_with('W') && tree.under(i, root));
    !wh
}

/// An order: a bare verb with nobody before it.
fn orders(tree: &Tree<'_>, root: usize) -> bool {
    tree.tag(root) == "VB"
        && tree.child(root, &["nsubj", "nsubj:pass", "expl"]).is_none()
        && tree
            .all(root, &["aux", "aux:pass", "mark"])
            .into_iter()
            .all(|a| tree.lemma(a) == "do")
}

fn shares_auxiliaries(tree: &Tree<'_>, at: usize) -> bool {
    tree.child(at, &["aux", "nsubj", "nsubj:pass", "aux:pass", "expl"])
        .is_none()
        && tree
            .head(at)
            .is_some_and(|first| tree.tag(first) == tree.tag(at))
}

/// Whether a coordinated predicate shares what stands on the first: "will not sell or lend", not "did not say why, but sold".
pub(crate) fn shares(tree: &Tree<'_>, head: usize, at: usize) -> bool {
    let but = tree
        .all(at, &["cc"])
        .into_iter()
        .chain(tree.all(head, &["cc"]))
        .any(|c| tree.lemma(c) == "but");
    let own = tree
        .child(at, &["nsubj", "nsubj:pass", "aux", "expl"])
        .is_some();
    let verbs = tree.form(at) != Form::Noun && tree.form(head) != Form::Noun;
    let unlike = verbs && tree.tag(at) != tree.tag(head);
    let known = tree.upos(at) == Upos::Noun && edges::definite(tree, at);
    !(but || own || unlike || known)
}
