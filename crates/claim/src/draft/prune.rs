//! Which drafts say less of what another says.

use sayso_codebook::Codebook;
use sayso_records::Upos;

use crate::{frame::Frame, parties::OPPOSED};

use super::Draft;

/// Drafts that say less of what another draft of the same kind says are dropped, and nominal triggers inside a phrase that
/// another draft already reads as a role.
pub(super) fn prune(codebook: &Codebook, frame: &Frame<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let tree = frame.phrases.tree;
    let named = |draft: &Draft| codebook.kinds[draft.kind].kind.as_str();
    // "dropped weapons to the rebels", "launched a frigate": not fired; "sent drones against the base": not given
    let aimed = |use_: &Draft, other: &Draft| {
        named(other) == "transfer"
            && !use_.role("against").is_empty()
            && other.role("recipient").is_empty()
    };
    let mut keep: Vec<bool> = drafts
        .iter()
        .map(|a| {
            !drafts.iter().filter(|b| a.trigger == b.trigger).any(|b| {
                matches!(named(a), "use" | "facility-damage") && named(b) == "production"
                    || named(a) == "use" && named(b) == "transfer" && !aimed(a, b)
                    || named(b) == "use" && aimed(b, a)
            })
        })
        .collect();
    for i in 0..drafts.len() {
        for j in 0..drafts.len() {
            if i == j || !keep[i] || !keep[j] {
                continue;
            }
            let (a, b) = (&drafts[i], &drafts[j]);
            let same_kind = a.kind == b.kind;
            let nested = tree.under(a.trigger, b.trigger) || tree.under(b.trigger, a.trigger);
            // "lifted the embargo": the verb tells what became of the thing its object names
            let governs = tree.upos(b.trigger) == Upos::Verb
                && tree.upos(a.trigger) != Upos::Verb
                && tree.head(a.trigger).is_some_and(|h| h == b.trigger)
                && (tree.rel(a.trigger) == "obj" || tree.rel(a.trigger).starts_with("nsubj"))
                && shared(a, b);
            if same_kind && governs {
                keep[i] = false;
                continue;
            }
            if same_kind
                && nested
                && covered(a, b)
                && (a.tokens().count() < b.tokens().count() || a.trigger > b.trigger)
            {
                keep[i] = false;
            }
            // "signed a contract with X for the supply of missiles to the navy": who gets them is told below
            let gets = |d: &Draft| d.role("recipient").first().map(|f| f.token);
            let gives = |d: &Draft| d.role("supplier").first().map(|f| f.token);
            if same_kind
                && named(a) == "transfer"
                && a.trigger != b.trigger
                && tree.under(b.trigger, a.trigger)
                && tree.upos(b.trigger) != Upos::Verb
                && gets(b).is_some()
                && gets(a) != gets(b)
                && gives(a) == gives(b)
                && a.role("item").first() == b.role("item").first()
            {
                keep[i] = false;
            }
            // "signed a contract for 40 tanks" is the order, not an agreement as well
            let (ka, kb) = (named(a), named(b));
            let about_same = a
                .role("subject")
                .iter()
                .any(|f| f.token == b.trigger || tree.under(b.trigger, f.token));
            if ka == "agreement"
                && matches!(kb, "transfer" | "production" | "support" | "financing")
                && about_same
            {
                keep[i] = false;
            }
            // "transfer fighter technology": know-how, not goods
            if ka == "transfer" && kb == "support" && a.trigger == b.trigger && shared(a, b) {
                keep[i] = false;
            }
            // "finance the production of howitzers": who pays is not who makes
            if ka == "production"
                && kb == "financing"
                && tree.head(a.trigger) == Some(b.trigger)
                && b.role("exchange")
                    .iter()
                    .any(|f| f.token == a.trigger || a.tokens().any(|t| t == f.token))
            {
                keep[i] = false;
            }
            // "training soldiers to fly drones", "helped Hezbollah to build missiles", "taught mechanics to service helicopters"
            let pupils = |role: &str| {
                a.role(role)
                    .iter()
                    .any(|f| b.role("recipient").iter().any(|r| r.token == f.token))
            };
            if kb == "support"
                && a.trigger != b.trigger
                && tree.under(a.trigger, b.trigger)
                && (ka == "use"
                    || ka == "production"
                        && pupils("producer")
                        && tree.head(a.trigger) == Some(b.trigger)
                    || ka == "support" && pupils("supplier"))
            {
                keep[i] = false;
            }
            // "granted a licence to build carriers": support, and nothing is built yet
            if kb == "support"
                && ka == "production"
                && tree.rel(a.trigger).starts_with("acl")
                && tree.to_infinitive(a.trigger)
                && b.role("subject")
                    .iter()
                    .any(|f| tree.head(a.trigger) == Some(f.token))
            {
                keep[i] = false;
            }
            // "arms exports fell to": the figure, not one more transfer
            if kb == "indicator"
                && ka != "indicator"
                && b.role("measure").iter().any(|f| f.token == a.trigger)
            {
                keep[i] = false;
            }
            let talked_of = b
                .role("subject")
                .iter()
                .any(|f| tree.under(a.trigger, f.token))
                // "met to discuss the jets"
                || a.trigger != b.trigger
                    && tree.under(a.trigger, b.trigger)
                    && b.role("subject")
                        .iter()
                        .any(|f| a.tokens().any(|t| t == f.token));
            if kb == "meeting" && ka != "meeting" && talked_of {
                keep[i] = false;
            }
            // "denied a report that it had assembled launchers": what is denied is told, and is the claim
            if ka == "stance"
                && kb != "stance"
                && a.role("about").iter().any(|f| {
                    frame.lookup.reports(tree, f.token).is_some()
                        && tree
                            .all(f.token, &["acl", "ccomp", "acl:relcl"])
                            .into_iter()
                            // "a report that China had", not "a report that angered"
                            .filter(|&c| {
                                tree.rel(c) != "acl:relcl" || tree.child(c, &["mark"]).is_some()
                            })
                            .any(|clause| clause != f.token && tree.under(b.trigger, clause))
                })
            {
                keep[i] = false;
                continue;
            }
            if kb == "stance"
                && ka != "stance"
                && b.role("about")
                    .iter()
                    .any(|f| f.token == a.trigger || tree.under(a.trigger, f.token))
            {
                keep[i] = false;
            }
        }
    }
    drafts
        .into_iter()
        .zip(keep)
        .filter_map(|(draft, keep)| keep.then_some(draft))
        .collect()
}

/// Whether the two speak of one thing: a token that fills a role of both, or the one's trigger that fills one of the other's.
fn shared(a: &Draft, b: &Draft) -> bool {
    a.tokens().any(|t| b.tokens().any(|u| u == t)) || b.tokens().any(|t| t == a.trigger)
}

/// Whether every filler of `a` is one of `b`'s, and nobody gives in the one and gets in the other.
fn covered(a: &Draft, b: &Draft) -> bool {
    let turned = OPPOSED.iter().any(|(from, to)| {
        let meets = |x: &str, y: &str| {
            a.role(x)
                .iter()
                .any(|f| b.role(y).iter().any(|g| g.token == f.token))
        };
        meets(from, to) || meets(to, from)
    });
    !turned && a.tokens().all(|t| b.tokens().any(|u| u == t))
}
