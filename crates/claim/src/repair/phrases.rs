//! What belongs to which noun: numbers, objects, prepositions behind a name.

use sayso_records::Upos;

use super::{Known, edit::*};
use crate::tree::Tree;

/// "Deliveries of Bayraktar TB2 drones began": a name taken for the whole phrase behind "of", and its noun for the head of all.
pub(super) fn parted(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for noun in 2..tree.len() {
        let name = noun - 1;
        if tree.upos(noun) != Upos::Noun
            || !(tree.upos(name) == Upos::Propn || tree.upos(name) == Upos::Num)
            || tree.rel(name) != "nmod"
        {
            continue;
        }
        let Some(first) = tree.head(name).filter(|&f| {
            f < name
                && nominal(tree, f)
                && tree.head(f) == Some(noun)
                && matches!(
                    tree.rel(f),
                    "nsubj" | "compound" | "dep" | "nmod" | "amod" | "nsubj:pass"
                )
        }) else {
            continue;
        };
        let (over, rel) = match tree.head(noun) {
            Some(over) => (over, RELS.iter().find(|r| **r == tree.rel(noun)).copied()),
            None => continue,
        };
        let Some(rel) = rel else { continue };
        out.push(Edit::hang(first, over, rel));
        out.push(Edit::hang(noun, first, "nmod"));
        out.push(Edit::hang(name, noun, "compound"));
        for case in tree.all(noun, &["case"]) {
            out.push(Edit::hang(case, first, "case"));
        }
        for case in tree.all(name, &["case"]) {
            out.push(Edit::hang(case, noun, "case"));
        }
    }
    out
}

/// "a contract worth 390 billion rupees with Hindustan Aeronautics for the purchase of": what follows the sum is the contract's.
pub(super) fn worth(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 1..tree.len() {
        if !matches!(tree.lemma(i), "worth" | "valued") || tree.rel(i) == "root" {
            continue;
        }
        // "exported ammunition worth 80 million euros": the ammunition was exported
        if let (Some(verb), true) = (
            tree.head(i),
            tree.rel(i) == "xcomp" && nominal(tree, i - 1) && tree.head(i - 1) == Some(i),
        ) && tree.child(verb, &["obj"]).is_none()
            && !tree.passive(verb)
        {
            out.push(Edit::hang(i - 1, verb, "obj"));
            out.push(Edit::hang(i, i - 1, "amod"));
            let behind = tree.all(i, &["obl", "nmod"]).into_iter().filter(|&c| c > i);
            out.extend(
                behind
                    .filter(|&c| !tree.case(c).is_empty())
                    .map(|c| Edit::hang(c, verb, "obl")),
            );
            continue;
        }
        let Some(noun) = tree.head(i).filter(|&n| n < i && nominal(tree, n)) else {
            continue;
        };
        let verb = tree.clause(noun).filter(|&v| v < noun);
        let sums = tree.all(i, &["obl:npmod", "obj", "nmod", "obl", "nummod"]);
        let behind = |at: usize| -> Vec<usize> {
            tree.all(at, &["obl", "nmod"])
                .into_iter()
                .filter(|&c| {
                    c > at && matches!(tree.case(c).as_str(), "with" | "for" | "on" | "from" | "to")
                })
                .collect()
        };
        let mut moved = behind(i);
        moved.extend(sums.iter().copied().flat_map(behind));
        // "a contract worth $260 million to supply": the contract is to supply
        for at in sums.into_iter().chain([i]) {
            let clauses = tree.all(at, &["acl", "acl:relcl", "xcomp", "advcl"]);
            let to = clauses
                .into_iter()
                .filter(|&c| c > at && tree.to_infinitive(c));
            out.extend(to.map(|c| Edit::hang(c, noun, "acl")));
        }
        for c in moved {
            let day = tree
                .sentence
                .names
                .iter()
                .any(|n| n.label == "DATE" && n.span.range().contains(&c));
            match verb.filter(|_| day) {
                Some(verb) => out.push(Edit::hang(c, verb, "obl")),
                None => out.push(Edit::hang(c, noun, "nmod")),
            }
        }
    }
    out
}

/// "supply 11 upgraded frigates": the number taken for an object beside the noun it counts.
pub(super) fn number(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    (0..tree.len())
        .filter(|&i| {
            tree.upos(i) == Upos::Num && tree.rel(i) == "obj" && tree.children(i).is_empty()
        })
        .filter_map(|i| {
            let verb = tree.head(i)?;
            let noun = tree
                .all(verb, &["obj"])
                .into_iter()
                .find(|&n| n > i && nominal(tree, n) && tree.extent(n).0 == i + 1)?;
            Some(Edit::hang(i, noun, "nummod"))
        })
        .collect()
}

/// "received from Australia a patrol boat": the object behind an adjunct, taken for an apposition to it.
pub(super) fn object(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    (1..tree.len())
        .filter(|&i| tree.rel(i) == "appos" && nominal(tree, i))
        .filter_map(|i| {
            let beside = tree.head(i).filter(|&h| h < i)?;
            let verb = tree.head(beside)?;
            let first = tree.extent(i).0;
            let opens = first < i && matches!(tree.rel(first), "det" | "nummod" | "advmod");
            let free = (beside + 1..first).all(|j| !comma(tree, j) && tree.upos(j) != Upos::Punct);
            (tree.rel(beside) == "obl"
                && tree.upos(verb) == Upos::Verb
                && tree.child(verb, &["obj", "ccomp", "xcomp"]).is_none()
                && !tree.passive(verb)
                && opens
                && free)
                .then(|| Edit::hang(i, verb, "obj"))
        })
        .collect()
}

/// Relations that a noun phrase may have to what is over it.
const RELS: &[&str] = &["nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"];

/// "the first four of 20 fighters": the number and its "of" taken for a part of the number behind.
pub(super) fn partitive(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for all in 2..tree.len() {
        let (some, of) = (all - 2, all - 1);
        if tree.tag(all) != "CD"
            || tree.tag(some) != "CD"
            || tree.lemma(of) != "of"
            || tree.head(some) != Some(all)
            || tree.head(of) != Some(all)
        {
            continue;
        }
        let Some(mut noun) = tree.head(all).filter(|&n| n > all) else {
            continue;
        };
        let mut inner = vec![all];
        while let Some(over) = tree.head(noun).filter(|&h| {
            h > noun && matches!(tree.rel(noun), "compound" | "nummod" | "amod" | "nmod")
        }) {
            inner.push(noun);
            noun = over;
        }
        out.push(Edit::instead(tree, some, noun));
        for &at in inner.iter().chain([&noun]) {
            for &c in tree.children(at).iter().filter(|&&c| c < some) {
                out.push(Edit::hang(c, some, tree.rel(c)));
            }
        }
        out.push(Edit::hang(noun, some, "nmod"));
        out.push(Edit::hang(of, noun, "case"));
        out.push(Edit::hang(all, noun, "nummod"));
        for &at in &inner {
            if at != all {
                out.push(Edit::hang(at, noun, "compound"));
            }
        }
    }
    out
}

/// "replaces Mi-35s", "makes Galil rifles": a plain noun taken for a clause or a predicate, behind a verb that has no object yet.
pub(super) fn complement(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    (1..tree.len())
        .filter(|&i| {
            let plural = matches!(tree.tag(i), "NNS" | "NNPS");
            nominal(tree, i)
                && (tree.rel(i) == "ccomp" || tree.rel(i) == "xcomp" && plural)
                && tree
                    .child(
                        i,
                        &[
                            "nsubj",
                            "nsubj:pass",
                            "cop",
                            "aux",
                            "aux:pass",
                            "mark",
                            "case",
                            "expl",
                            "csubj",
                            "obj",
                        ],
                    )
                    .is_none()
        })
        .filter_map(|i| {
            let verb = tree
                .head(i)
                .filter(|&v| v < i && tree.upos(v) == Upos::Verb)?;
            let links = matches!(
                tree.lemma(verb),
                "be" | "become"
                    | "remain"
                    | "stay"
                    | "seem"
                    | "appear"
                    | "prove"
                    | "look"
                    | "sound"
                    | "feel"
            );
            let behind = tree.extent(i).0 == verb + 1;
            (!links && behind && tree.child(verb, &["obj"]).is_none() && !tree.passive(verb))
                .then(|| Edit::hang(i, verb, "obj"))
        })
        .collect()
}

/// "possession of the minehunter Oostende from Naval Group", "the sale to Taiwan of launchers": a phrase that a place cannot have, on
/// the name of one.
pub(super) fn hung(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for phrase in 2..tree.len() {
        if tree.rel(phrase) != "nmod" || !nominal(tree, phrase) {
            continue;
        }
        let Some(name) = tree
            .head(phrase)
            .filter(|&n| n < phrase && tree.upos(n) == Upos::Propn)
        else {
            continue;
        };
        let label = tree
            .sentence
            .names
            .iter()
            .find(|n| n.span.range().contains(&name))
            .filter(|n| !n.span.range().contains(&phrase))
            .map(|n| n.label.as_str());
        let case = tree.case(phrase);
        let place = matches!(label, Some("GPE" | "LOC"));
        let apart = match case.as_str() {
            "from" | "by" | "with" | "for" | "to" | "between" | "against" | "over" | "into"
            | "via" | "through" | "on" | "about" => {
                place
                    || tree.rel(name) == "conj"
                        && matches!(case.as_str(), "on" | "about" | "between")
            }
            "of" => {
                place && tree.upos(phrase) == Upos::Noun && tree.child(phrase, &["det"]).is_none()
            }
            _ => false,
        };
        // "the minehunter Oostende from": the ship's name behind its sort
        let called = case == "from"
            && tree.rel(name) == "nmod"
            && tree
                .children(name)
                .iter()
                .any(|&c| c < name && tree.rel(c) == "compound" && tree.upos(c) == Upos::Noun);
        // "Ukraine with guns, and Norway with launchers", "to Turkey for drones and to Russia for helicopters"
        let another = tree.rel(name) == "conj"
            && (tree.child(name, &["case"]).is_some()
                || tree.head(name).is_some_and(|h| tree.upos(h) != Upos::Propn));
        if !(apart || called) || another {
            continue;
        }
        let mut over = tree.head(name);
        while let Some(at) = over.filter(|&at| tree.upos(at) == Upos::Propn) {
            over = tree.head(at);
        }
        let Some(over) = over.filter(|&o| o < name) else {
            continue;
        };
        match tree.upos(over) {
            Upos::Verb => out.push(Edit::hang(phrase, over, "obl")),
            Upos::Noun => out.push(Edit::hang(phrase, over, "nmod")),
            _ => {}
        }
    }
    out
}

/// "will hand Mazagon Dock the drawings", with the drawings as an object of the dock: nouns have none.
pub(super) fn given(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for thing in 2..tree.len() {
        if tree.rel(thing) != "obj" || !nominal(tree, thing) {
            continue;
        }
        let Some(taker) = tree.head(thing).filter(|&t| {
            nominal(tree, t) && t < thing && tree.rel(t) == "obj" && tree.extent(thing).0 == t + 1
        }) else {
            continue;
        };
        if let Some(verb) = tree.head(taker) {
            out.push(Edit::hang(taker, verb, "iobj"));
            out.push(Edit::hang(thing, verb, "obj"));
        }
    }
    out
}

/// "from the French shipyard OCEA", with the name for an adverb of the verb: it stands right behind the noun it names.
pub(super) fn beside(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    (1..tree.len())
        .filter(|&name| {
            tree.upos(name) == Upos::Propn
                && matches!(tree.rel(name), "advmod" | "dep" | "obl:npmod")
                && tree.case(name).is_empty()
                && tree.tag(name) != "NNPS"
        })
        .filter_map(|name| {
            let before = tree.extent(name).0.checked_sub(1)?;
            let names = tree.upos(before) == Upos::Noun
                && tree.head(name) != Some(before)
                && !tree.under(before, name)
                && !tree.sentence.names.iter().any(|n| {
                    n.span.range().contains(&name) && matches!(n.label.as_str(), "DATE" | "TIME")
                });
            names.then(|| Edit::hang(name, before, "appos"))
        })
        .collect()
}

/// "sent back to China eight of the cars": the number taken for one of the name's.
pub(super) fn share(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for number in 2..tree.len() {
        let Some(name) = tree.head(number).filter(|&n| {
            n + 1 == number
                && tree.upos(n) == Upos::Propn
                && tree.upos(number) == Upos::Num
                && tree.rel(number) == "nummod"
                && !tree.case(n).is_empty()
        }) else {
            continue;
        };
        let of = tree
            .all(number, &["nmod"])
            .into_iter()
            .any(|c| tree.case(c) == "of");
        if let Some(verb) = tree.clause(name).filter(|_| of)
            && tree.child(verb, &["obj"]).is_none()
        {
            out.push(Edit::hang(number, verb, "obj"));
        }
    }
    out
}

/// "had sold it tanks": whom it was given to, taken for a subject of the thing: nouns have none without "be".
pub(super) fn receiver(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    (1..tree.len())
        .filter(|&who| {
            tree.rel(who) == "nsubj"
                && matches!(tree.upos(who), Upos::Pron | Upos::Propn)
                && tree.head(who).is_some_and(|thing| {
                    thing > who
                        && nominal(tree, thing)
                        && tree.rel(thing) == "obj"
                        && tree.child(thing, &["cop", "aux"]).is_none()
                        && tree.head(thing).is_some_and(|v| {
                            tree.upos(v) == Upos::Verb && v + 1 == tree.extent(who).0
                        })
                })
        })
        .filter_map(|who| Some(Edit::hang(who, tree.head(tree.head(who)?)?, "iobj")))
        .collect()
}

/// "has since March been making": a time between the verb and its auxiliary, taken for a second subject.
pub(super) fn since(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for time in 1..tree.len() {
        let Some(verb) = tree.head(time).filter(|&v| {
            v > time
                && tree.rel(time).starts_with("nsubj")
                && tree.all(v, &["nsubj", "nsubj:pass"]).len() > 1
        }) else {
            continue;
        };
        let first = tree.extent(time).0;
        let word = match tree.word(first) {
            "since" => first,
            _ if first > 0 && tree.word(first - 1) == "since" => first - 1,
            _ => continue,
        };
        if word > 0 && tree.upos(word - 1) == Upos::Aux {
            out.push(Edit::hang(time, verb, "obl"));
            out.push(Edit::hang(word, time, "case"));
        }
    }
    out
}
