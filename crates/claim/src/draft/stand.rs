//! Whether a predicate tells anything: no question, no case put, and of somebody.

use sayso_codebook::Kind;
use sayso_records::Upos;

use crate::{
    frame::Frame,
    tree::{Form, Tree},
};

use super::Draft;

/// Whether the sentence is a question and not the quotation of one: it tells nothing.
pub(super) fn asks(tree: &Tree<'_>) -> bool {
    (0..tree.len())
        .rev()
        .find(|&i| !tree.word(i).trim().is_empty())
        .is_some_and(|last| tree.word(last) == "?")
}

/// Whether the predicate stands under "if", "unless" or "whether": a case put, not a claim.
pub(super) fn hypothetical(tree: &Tree<'_>, trigger: usize) -> bool {
    let mut at = trigger;
    for _ in 0..4 {
        // "Had London supplied the launchers, the bridge would", "so that Kyiv can order howitzers"
        let subject = tree.child(at, &["nsubj", "nsubj:pass"]);
        let turned = tree.all(at, &["aux", "aux:pass"]).into_iter().any(|a| {
            matches!(tree.lemma(a), "have" | "be" | "should")
                && matches!(tree.tag(a), "VBD" | "MD")
                && subject.is_some_and(|s| a < tree.extent(s).0)
                && tree.head(at).is_some()
        });
        let purpose = tree.case(at) == "so that" && !tree.all(at, &["aux"]).is_empty();
        if turned || purpose {
            return true;
        }
        if tree
            .all(at, &["mark", "advmod"])
            .into_iter()
            .any(|m| matches!(tree.lemma(m), "if" | "unless" | "whether"))
        {
            return true;
        }
        match tree.head(at) {
            Some(head) if matches!(tree.rel(at), "xcomp" | "obj" | "conj" | "obl") => at = head,
            _ => return false,
        }
    }
    false
}

/// Whether one of the actors is somebody: named, of a nation, or spoken of as known ("the army"), not "a country", "states".
/// A draft with no actor at all passes; its pattern says whether that is enough.
pub(super) fn somebody(kind: &Kind, frame: &Frame<'_>, draft: &Draft) -> bool {
    if kind.kind == "stance" {
        return true;
    }
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let acting = |role: &str| {
        kind.roles
            .iter()
            .any(|r| r.name == role && r.filler.iter().any(|f| f == "actor"))
    };
    // "Rebels blew up the depot": what happened once was done by somebody
    let form = tree.form(draft.trigger);
    if kind.kind == "facility-damage" && matches!(form, Form::Past | Form::Perfect) {
        return true;
    }
    let mut actors = draft
        .roles
        .iter()
        .filter(|(role, _)| acting(role))
        .flat_map(|(_, fills)| fills.iter().map(|f| f.token))
        .peekable();
    if actors.peek().is_none() {
        return true;
    }
    actors.any(|t| {
        phrases.named(t).is_some()
            || phrases.stands_for(t).is_some()
            || !phrases.group(t).is_empty()
            || tree.upos(t) == Upos::Propn
            || tree.child(t, &["nmod:poss"]).is_some()
            || tree
                .all(t, &["det"])
                .into_iter()
                .any(|d| matches!(tree.lemma(d), "the" | "this" | "that"))
                && !phrases.in_class(t, "person-word")
            || tree
                .modifiers(t)
                .into_iter()
                .any(|m| phrases.named(m).is_some())
            || tree
                .all(t, &["nmod", "appos"])
                .into_iter()
                .any(|m| phrases.named(m).is_some())
            // "a firm registered in Dubai", "two shipyards owned by ST Engineering"
            || tree.all(t, &["acl"]).into_iter().any(|c| {
                tree.all(c, &["obl", "obl:agent"])
                    .into_iter()
                    .any(|m| phrases.named(m).is_some())
            })
    })
}
