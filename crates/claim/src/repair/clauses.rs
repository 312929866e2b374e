//! Main verbs, participles and relative clauses taken for one another.

use sayso_records::Upos;

use super::{Known, edit::*};
use crate::tree::Tree;

/// "Iran to supply Russia with drones, officials say": a headline's future, taken for a clause on the name.
pub(super) fn headline(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 2..tree.len() {
        if !(tree.rel(verb).starts_with("acl") || tree.rel(verb) == "advcl")
            || !tree.to_infinitive(verb)
        {
            continue;
        }
        let Some(name) = tree
            .head(verb)
            .filter(|&n| tree.upos(n) == Upos::Propn && n + 2 == verb && tree.extent(n).0 == 0)
        else {
            continue;
        };
        match tree.head(name) {
            None => out.push(Edit::hang(verb, verb, "root")),
            Some(over) if matches!(tree.rel(name), "dep" | "ccomp" | "parataxis") => {
                out.push(Edit::hang(verb, over, "ccomp"));
            }
            Some(_) => continue,
        }
        out.push(Edit::hang(name, verb, "nsubj"));
    }
    out
}

/// "Rifles trafficked from the United States ended up with gangs": a participle behind its noun, taken for the main verb, and the
/// main verb for a clause under it. Two finite verbs, nothing between them that joins them, and one subject.
pub(super) fn reduced(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for first in 1..tree.len() {
        if !matches!(tree.tag(first), "VBD" | "VBN" | "VBZ")
            || tree.rel(first).starts_with("acl")
            || tree
                .child(first, &["aux", "aux:pass", "mark", "cc", "xcomp"])
                .is_some()
            || known.lookup.reporting_verb(tree, first)
        {
            continue;
        }
        let Some(noun) = tree
            .child(first, &["nsubj", "nsubj:pass"])
            .filter(|&s| s < first && !relative(tree, s) && tree.upos(s) != Upos::Pron)
            .filter(|&s| tree.extent(s).1 + 1 == first)
        else {
            continue;
        };
        let Some(second) = main(tree, first) else {
            continue;
        };
        // "tripled to 11 trillion won": money
        let counted = tree.sentence.names.iter().any(|n| {
            n.span.range().contains(&(second - 1))
                && matches!(n.label.as_str(), "QUANTITY" | "MONEY" | "CARDINAL")
        });
        if counted {
            continue;
        }
        // "The drones Russia uses are built", "The Bradleys Greece asked for will come": whoever stands right before the verb
        let name = first - 1;
        let thing = name.checked_sub(1).filter(|&thing| {
            let plural = matches!(tree.tag(thing), "NNS" | "NNPS")
                || tree.word(thing).ends_with('s') && tree.upos(thing) == Upos::Propn;
            tree.upos(name) == Upos::Propn
                && plural
                && (tree.rel(name) == "appos" && tree.head(name) == Some(thing)
                    || tree.rel(thing) == "compound"
                        && tree.head(thing) == Some(name)
                        && matches!(tree.tag(thing), "NNS" | "NNPS"))
        });
        let contact = thing.is_some();
        let object = tree.child(first, &["obj"]).is_some_and(|o| o != second);
        if !contact && (object || tree.tag(first) == "VBZ") {
            continue;
        }
        if tree.head(second) == Some(first) {
            out.push(Edit::instead(tree, second, first));
        }
        if let Some(tag) = Some(second)
            .filter(|&s| nominal(tree, s))
            .map(|_| ("VBP", Upos::Verb))
        {
            out.push(Edit::retag(second, tag));
        }
        out.push(Edit::hang(noun, second, subject_rel(tree, second)));
        if let Some(thing) = thing {
            if tree.head(thing) == Some(name) {
                if name == noun {
                    out.push(Edit::hang(thing, second, subject_rel(tree, second)));
                } else {
                    out.push(Edit::instead(tree, thing, name));
                }
                for &c in tree.children(name).iter().filter(|&&c| c < thing) {
                    out.push(Edit::hang(c, thing, tree.rel(c)));
                }
            }
            out.push(Edit::hang(first, thing, "acl:relcl"));
            out.push(Edit::hang(name, first, "nsubj"));
        } else {
            out.push(Edit::hang(first, noun, "acl").tagged(PARTICIPLE));
        }
        for &c in tree.children(first).iter().filter(|&&c| c > second) {
            out.push(Edit::hang(c, second, tree.rel(c)));
        }
        for &c in tree.children(first).iter().filter(|&&c| c < noun) {
            out.push(Edit::hang(c, second, tree.rel(c)));
        }
        if contact {
            continue;
        }
        // "sold to Angola in 1999": what a participle says who did it
        for c in tree.all(first, &["obl"]) {
            if tree.case(c) == "by" && nominal(tree, c) {
                out.push(Edit::hang(c, first, "obl:agent"));
            }
        }
    }
    out
}

/// The verb that has lost its subject to the participle at `first`.
fn main(tree: &Tree<'_>, first: usize) -> Option<usize> {
    let joined = |from: usize, to: usize| {
        (from..to).any(|j| {
            comma(tree, j)
                || tree.upos(j) == Upos::Cconj
                || tree.upos(j) == Upos::Sconj
                || matches!(tree.tag(j), "WDT" | "WP" | "WRB" | "``" | "''")
        })
    };
    let alone = |v: usize| {
        finite(tree, v)
            && tree
                .all(
                    v,
                    &[
                        "nsubj",
                        "nsubj:pass",
                        "csubj",
                        "csubj:pass",
                        "expl",
                        "mark",
                        "cc",
                    ],
                )
                .into_iter()
                .all(|c| c == first)
    };
    let below = tree.children(first).iter().copied().find(|&v| {
        v > first
            && matches!(
                tree.rel(v),
                "ccomp" | "advcl" | "dep" | "conj" | "parataxis"
            )
            && alone(v)
            && !joined(first + 1, v)
    });
    below.or_else(|| {
        tree.head(first).filter(|&v| {
            v > first
                && matches!(
                    tree.rel(first),
                    "ccomp" | "advcl" | "dep" | "csubj" | "csubj:pass"
                )
                && alone(v)
                && !joined(first + 1, v)
        })
    })
}

/// "A workshop that turned out copies of the Glock was shut down": the object of a relative clause, taken for the subject of the
/// main verb, which then hangs in the clause and leaves its noun without a verb.
pub(super) fn swallowed(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 2..tree.len() {
        if tree.rel(verb) != "acl:relcl" || tree.child(verb, &["obj"]).is_some() {
            continue;
        }
        let Some(noun) = tree.head(verb).filter(|&n| n < verb && nominal(tree, n)) else {
            continue;
        };
        let relates = tree
            .child(verb, &["nsubj"])
            .is_some_and(|s| relative(tree, s));
        let Some(main) = tree
            .child(verb, &["ccomp"])
            .filter(|&m| m > verb && finite(tree, m) && tree.child(m, &["mark", "cc"]).is_none())
        else {
            continue;
        };
        let Some(thing) = subject(tree, main).filter(|&s| s > verb && nominal(tree, s)) else {
            continue;
        };
        let lost = match tree.head(noun) {
            None => tree.child(noun, &["cop", "nsubj"]).is_none(),
            // "The plant that makes antennas had to halt, ASTRA reported": two subjects
            Some(over) => {
                tree.rel(noun) == "nsubj"
                    && tree
                        .all(over, &["nsubj"])
                        .into_iter()
                        .any(|s| s > main && s < over)
            }
        };
        if !relates || !lost {
            continue;
        }
        match tree.head(noun) {
            None => out.push(Edit::hang(main, main, "root")),
            Some(over) => out.push(Edit::hang(main, over, "ccomp")),
        }
        out.push(Edit::hang(thing, verb, "obj"));
        out.push(Edit::hang(noun, main, subject_rel(tree, main)));
        for &c in tree.children(noun).iter().filter(|&&c| c > main) {
            out.push(Edit::hang(c, main, tree.rel(c)));
        }
    }
    out
}

/// "Trucks carrying arms for the rebels crossed from Libya": a whole sentence without a main verb, whose last participle can only be
/// it; "The plant manufactures engines": a verb taken for one of two nouns before another.
pub(super) fn verbless(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let Some(root) = (0..tree.len()).find(|&i| tree.head(i).is_none()) else {
        return Vec::new();
    };
    let ends = tree.len() > 4 && tree.word(tree.len() - 1) == ".";
    if !nominal(tree, root)
        || !ends
        || tree.child(root, &["cop", "nsubj", "aux", "case"]).is_some()
        || tree
            .children(root)
            .iter()
            .any(|&c| !tree.rel(c).starts_with("acl") && finite(tree, c))
    {
        return Vec::new();
    }
    noun_for_verb(tree, known, root)
        .or_else(|| past(tree, root))
        .or_else(|| behind_apposition(tree, root))
        .unwrap_or_default()
}

/// "The plant manufactures engines", "Zastava Arms, based in Kragujevac, exports rifles": a plural before another noun.
fn noun_for_verb(tree: &Tree<'_>, known: &Known<'_>, root: usize) -> Option<Vec<Edit>> {
    let verb = (1..tree.len()).find(|&i| {
        tree.tag(i) == "NNS" && tree.rel(i) == "compound" && known.triggers.verb(tree.lemma(i)) && {
            let mut top = i;
            while let Some(over) = tree
                .head(top)
                .filter(|&over| over > top && tree.rel(top) == "compound")
            {
                top = over;
            }
            top == root || matches!(tree.rel(top), "appos" | "conj") && tree.head(top) == Some(root)
        }
    })?;
    let mut object = tree.head(verb)?;
    while let Some(over) = tree.head(object).filter(|_| tree.rel(object) == "compound") {
        object = over;
    }
    let mut out = Vec::new();
    let subject = if object == root {
        let who = verb - 1;
        let before = tree.head(who).is_some_and(|h| tree.under(h, object));
        if !nominal(tree, who) || !before {
            return None;
        }
        who
    } else if tree.word(verb - 1) == "," {
        root
    } else {
        return None;
    };
    out.push(Edit::hang(verb, verb, "root").tagged(("VBZ", Upos::Verb)));
    out.push(Edit::hang(subject, verb, "nsubj"));
    out.push(Edit::hang(object, verb, "obj"));
    for &c in tree.children(verb).iter().chain(tree.children(object)) {
        if c < verb && c != subject {
            out.push(Edit::hang(c, subject, tree.rel(c)));
        }
    }
    // "commissions patrol vessel": what stood over it as part of the name
    if let Some(over) = tree.head(verb).filter(|&o| o != object) {
        out.push(Edit::hang(over, object, "compound"));
    }
    for &c in tree
        .children(root)
        .iter()
        .filter(|&&c| tree.rel(c) == "punct" && c > object)
    {
        out.push(Edit::hang(c, verb, "punct"));
    }
    to_verb(tree, object, verb, &mut out);
    Some(out)
}

/// What a noun has taken from the verb before it: "exports rifles to the United States".
fn to_verb(tree: &Tree<'_>, object: usize, verb: usize, out: &mut Vec<Edit>) {
    for c in tree
        .all(object, &["nmod"])
        .into_iter()
        .filter(|&c| c > object)
    {
        if matches!(tree.case(c).as_str(), "to" | "from" | "in" | "at" | "by") {
            out.push(Edit::hang(c, verb, "obl"));
        }
    }
}

fn past(tree: &Tree<'_>, root: usize) -> Option<Vec<Edit>> {
    // The participles that hang on the noun or in one another's phrases, the last of them the verb.
    let verb = (root + 1..tree.len()).rev().find(|&i| {
        matches!(tree.tag(i), "VBN" | "VBD")
            && tree.rel(i) == "acl"
            && tree
                .child(i, &["aux", "obl:agent", "mark", "nsubj"])
                .is_none()
            && tree.under(i, root)
            && can_be_past(&tree.word(i).to_lowercase())
    })?;
    let told = tree.child(verb, &["ccomp"]).is_some();
    // "signed with Safran covers engines made in": the verb is one taken for a plural before a noun
    let hidden = (root + 1..verb).any(|i| tree.tag(i) == "NNS" && tree.rel(i) == "compound");
    if (tree.word(verb - 1) == ",") != told || verb == root + 1 || hidden {
        return None;
    }
    // A clause between that ends before it, or nothing but prepositions: "Money from assets paid for the shells"
    let relative = (root + 1..verb).any(|i| {
        tree.rel(i) == "acl:relcl" || finite(tree, i) || matches!(tree.tag(i), "WDT" | "WP" | ":")
    });
    if relative {
        return None;
    }
    let mut out = vec![Edit::hang(verb, verb, "root").tagged(PAST)];
    out.push(Edit::hang(root, verb, "nsubj"));
    for &c in tree.children(root).iter().filter(|&&c| c > verb) {
        out.push(Edit::hang(c, verb, tree.rel(c)));
    }
    Some(out)
}

/// "EMCO, an arms maker, supplied shells to Kyiv": the verb taken for an adjective of one more apposition.
fn behind_apposition(tree: &Tree<'_>, root: usize) -> Option<Vec<Edit>> {
    let verb = (root + 2..tree.len()).find(|&i| {
        tree.tag(i) == "VBN"
            && tree.rel(i) == "amod"
            && tree.word(i - 1) == ","
            && can_be_past(&tree.word(i).to_lowercase())
            && tree.head(i).is_some_and(|h| {
                h > i
                    && tree.rel(h) == "appos"
                    && tree.head(h) == Some(root)
                    && tree.extent(h).0 == i
            })
    })?;
    let object = tree.head(verb)?;
    let mut out = vec![Edit::hang(verb, verb, "root").tagged(PAST)];
    out.push(Edit::hang(root, verb, "nsubj"));
    out.push(Edit::hang(object, verb, "obj"));
    to_verb(tree, object, verb, &mut out);
    for &c in tree.children(root).iter().filter(|&&c| c > object) {
        out.push(Edit::hang(c, verb, tree.rel(c)));
    }
    Some(out)
}

/// "a plant in Indian Head that it means to finish", "paid KNDS for the howitzers that it is building": a relative clause, taken for
/// one that completes a verb which takes none.
pub(super) fn that(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 2..tree.len() {
        if !matches!(tree.rel(verb), "ccomp" | "advcl") || tree.upos(verb) != Upos::Verb {
            continue;
        }
        let first = tree.extent(verb).0;
        let Some(over) = tree.head(verb).filter(|&h| {
            h < first
                && tree.upos(h) == Upos::Verb
                && !known.lookup.embeds(tree, h)
                && tree.word(first) == "that"
                && tree.head(first) == Some(verb)
        }) else {
            continue;
        };
        let bare = tree.rel(first) == "mark"
            && tree.child(over, &["obj"]).is_some()
            && tree
                .child(
                    verb,
                    &["obj", "ccomp", "xcomp", "nsubj:pass", "cop", "advmod"],
                )
                .is_none();
        if !(tree.rel(first) == "obj" || bare)
            || !tree.all(verb, &["nsubj"]).into_iter().any(|s| s != first)
        {
            continue;
        }
        let mut at = first.saturating_sub(1);
        if comma(tree, at) {
            at = at.saturating_sub(1);
        }
        if !nominal(tree, at) || at < over {
            continue;
        }
        // "a plant in Indian Head, Maryland, that": not the name of the place
        while let Some(up) = tree
            .head(at)
            .filter(|&up| tree.upos(at) == Upos::Propn && nominal(tree, up))
        {
            at = up;
        }
        out.push(Edit::hang(verb, at, "acl:relcl"));
        out.push(Edit::hang(first, verb, "obj"));
    }
    out
}

/// "It was Turkey that supplied the drones": the clause says it of Turkey.
pub(super) fn cleft(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    (1..tree.len())
        .filter(|&verb| {
            tree.rel(verb) == "ccomp"
                && tree.head(verb).is_some_and(|who| {
                    who < verb
                        && nominal(tree, who)
                        && tree.child(who, &["cop"]).is_some()
                        && tree
                            .child(who, &["nsubj"])
                            .is_some_and(|s| tree.lemma(s) == "it")
                })
                && tree
                    .child(verb, &["nsubj", "nsubj:pass"])
                    .is_some_and(|s| relative(tree, s))
        })
        .filter_map(|verb| Some(Edit::hang(verb, tree.head(verb)?, "acl:relcl")))
        .collect()
}

/// "accused by experts of arming the rebels": the gerund taken for what the accusers do.
pub(super) fn accused(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for gerund in 2..tree.len() {
        if tree.tag(gerund) != "VBG"
            || !tree.rel(gerund).starts_with("acl")
            || !matches!(tree.case(gerund).as_str(), "of" | "for")
        {
            continue;
        }
        let agent = tree.head(gerund);
        let Some(agent) = agent.filter(|&a| tree.rel(a) == "obl:agent" && a < gerund) else {
            continue;
        };
        if let Some(verb) = tree
            .head(agent)
            .filter(|&v| known.lookup.controls(tree.lemma(v)))
        {
            out.push(Edit::hang(gerund, verb, "advcl"));
        }
    }
    out
}

/// "the first customer for the Leopard 2A8, which is built by KNDS": what is said of somebody is not said of a thing, and the thing
/// stands right before the clause.
pub(super) fn nearest(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 3..tree.len() {
        if tree.rel(verb) != "acl:relcl" {
            continue;
        }
        let first = tree.extent(verb).0;
        let Some(noun) = tree.head(verb).filter(|&n| n < first && nominal(tree, n)) else {
            continue;
        };
        let said = tree.child(noun, &["cop"]).is_some()
            || tree.rel(noun) == "xcomp" && tree.head(noun).is_some_and(|v| v < noun);
        if !said || first < 2 || tree.word(first) != "which" || tree.word(first - 1) != "," {
            continue;
        }
        let mut thing = first - 2;
        while let Some(over) = tree
            .head(thing)
            .filter(|&o| o > thing && tree.rel(thing) == "compound")
        {
            thing = over;
        }
        let inside = nominal(tree, thing)
            && thing != noun
            && tree.rel(thing) == "nmod"
            && tree.head(thing) == Some(noun)
            && matches!(tree.case(thing).as_str(), "of" | "for" | "to");
        if inside {
            out.push(Edit::hang(verb, thing, "acl:relcl"));
        }
    }
    out
}
