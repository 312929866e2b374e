//! Nouns taken for verbs and verbs taken for nouns.

use sayso_records::Upos;

use super::{Known, edit::*};
use crate::tree::Tree;

/// "at the Plastmass works in", "at its Komaki North works": a noun, taken for the verb.
pub(super) fn works(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        if !tree.word(i).eq_ignore_ascii_case("works") || tree.upos(i) != Upos::Verb {
            continue;
        }
        let noun = PLURAL;
        // "The Kazan gunpowder works turns it into": a subject or object is no verb
        if matches!(
            tree.rel(i),
            "nsubj" | "nsubj:pass" | "obj" | "obl" | "obl:agent" | "nmod"
        ) && nominal(tree, i - 1)
            && tree.head(i - 1) == Some(i)
        {
            out.push(Edit::retag(i, noun));
            if tree.rel(i - 1) == "nsubj" {
                out.push(Edit::hang(i - 1, i, "compound"));
            }
            continue;
        }
        if tree
            .child(i, &["nsubj", "nsubj:pass", "aux", "xcomp"])
            .is_some()
            || !nominal(tree, i - 1)
        {
            continue;
        }
        let before = i - 1;
        if tree.head(before) == Some(i) && tree.rel(before) == "compound" {
            out.push(Edit::retag(i, noun));
        } else if let Some(head) = tree.head(before).filter(|&h| h < before)
            && matches!(tree.rel(before), "nmod" | "obl" | "obj")
            && tree.child(before, &["case", "det", "nmod:poss"]).is_some()
        {
            let rel = match tree.rel(before) {
                "nmod" => "nmod",
                "obl" => "obl",
                _ => "obj",
            };
            // It leaves the clause first, or its old head would stand under it.
            out.push(Edit::hang(i, head, rel).tagged(noun));
            for &c in tree.children(before) {
                let rel = match tree.rel(c) {
                    "case" => "case",
                    "det" => "det",
                    "nmod:poss" => "nmod:poss",
                    "amod" => "amod",
                    "nummod" => "nummod",
                    _ => continue,
                };
                out.push(Edit::hang(c, i, rel));
            }
            out.push(Edit::hang(before, i, "compound"));
        }
    }
    out
}

/// "power the Garpiya drones that": a noun with an article and a compound, taken for a verb.
pub(super) fn plural(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        let first = tree.extent(i).0;
        let determined = |n: usize| tree.child(n, &["det", "nmod:poss", "nummod"]).is_some();
        let noun = tree.tag(i) == "VBZ"
            && tree.rel(i - 1) == "compound"
            && tree.head(i - 1) == Some(i)
            && nominal(tree, i - 1)
            && tree
                .child(i, &["nsubj", "nsubj:pass", "obj", "xcomp", "ccomp", "aux"])
                .is_none()
            && (determined(i) || determined(i - 1));
        if !noun {
            continue;
        }
        let verb = tree
            .head(i)
            .filter(|&v| v < first && tree.upos(v) == Upos::Verb);
        let free = verb.filter(|&v| tree.child(v, &["obj"]).is_none());
        let (head, rel) = match free {
            Some(v) if matches!(tree.rel(i), "ccomp" | "xcomp" | "advcl") => (v, "obj"),
            _ => (i, ""),
        };
        out.push(Edit::hang(i, head, rel).tagged(PLURAL));
    }
    out
}

/// "accused Prague of shipping grenade launchers to Kyiv": the gerund, taken for a part of the launchers' name.
pub(super) fn gerund(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        let noun = matches!(tree.tag(i), "NN" | "VBG")
            && matches!(tree.rel(i), "compound" | "amod")
            && tree.word(i).to_lowercase().ends_with("ing");
        let Some(mut thing) = tree.head(i).filter(|&h| noun && h > i) else {
            continue;
        };
        while let Some(over) = tree
            .head(thing)
            .filter(|&h| h > thing && tree.rel(thing) == "compound")
        {
            thing = over;
        }
        let Some(case) = tree
            .child(thing, &["case"])
            .filter(|&c| c + 1 == i && matches!(tree.lemma(c), "of" | "for" | "from"))
        else {
            continue;
        };
        let mut verb = tree.head(thing);
        while let Some(at) = verb.filter(|&at| tree.upos(at) != Upos::Verb) {
            verb = tree.head(at).filter(|&up| up < at);
        }
        // "stopped 41 consignments of milling machines": only who is blamed is so "of" something
        let Some(verb) = verb.filter(|&v| {
            v < i
                && known.lookup.controls(tree.lemma(v))
                && (tree.lemma(case) != "of" || known.lookup.reporting_verb(tree, v))
        }) else {
            continue;
        };
        out.push(Edit::hang(i, verb, "advcl").tagged(GERUND));
        out.push(Edit::hang(thing, i, "obj"));
        out.push(Edit::hang(case, i, "mark"));
        out.extend(
            tree.all(verb, &["obl"])
                .into_iter()
                .filter(|&c| c > thing)
                .map(|c| Edit::hang(c, i, "obl")),
        );
    }
    out
}

/// "the drones that Kupol assembles", "a firm in Izhevsk assembles": a name before a finite verb, taken for a part of its word.
pub(super) fn subject(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 1..tree.len() {
        let name = i - 1;
        if !matches!(tree.tag(i), "VBZ" | "VBD" | "VBP")
            || tree.upos(i) != Upos::Verb
            || tree.rel(name) != "compound"
            || tree.head(name) != Some(i)
            || tree.upos(name) != Upos::Propn
        {
            continue;
        }
        match tree.child(i, &["nsubj", "nsubj:pass"]) {
            None => out.push(Edit::hang(name, i, "nsubj")),
            Some(subject)
                if subject + 2 == name
                    && tree.head(subject + 1) == Some(subject)
                    && tree.tag(subject + 1) == "IN" =>
            {
                out.push(Edit::hang(name, subject, "nmod"));
                out.push(Edit::hang(subject + 1, name, "case"));
            }
            Some(_) => {}
        }
    }
    out
}

/// "sold Millennium transports", "a signals ship": a verb's tag on what the tree itself takes for an object or subject.
pub(super) fn thing(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 1..tree.len() {
        if !matches!(tree.tag(i), "VBZ" | "VBP") || tree.upos(i) != Upos::Verb {
            continue;
        }
        let before = i - 1;
        let inside = tree.head(before) == Some(i) && nominal(tree, before);
        let noun = if tree.tag(i) == "VBZ" {
            PLURAL
        } else {
            SINGULAR
        };
        let clause = tree
            .child(
                i,
                &[
                    "nsubj:pass",
                    "obj",
                    "iobj",
                    "xcomp",
                    "ccomp",
                    "aux",
                    "mark",
                    "advmod",
                ],
            )
            .is_some()
            || tree.all(i, &["nsubj"]).into_iter().any(|s| s != before);
        if clause {
            continue;
        }
        let Some(head) = tree.head(i) else { continue };
        match tree.rel(i) {
            "obj" | "nsubj" | "nsubj:pass" | "obl" | "nmod" | "iobj" => {
                // "Islamic State's branch assembles armed drones"
                let doubled = tree
                    .all(head, &["nsubj", "nsubj:pass"])
                    .into_iter()
                    .any(|s| s > i && tree.extent(s).0 == tree.extent(i).1 + 1);
                if doubled {
                    continue;
                }
                out.push(Edit::retag(i, noun));
                if inside && tree.rel(before) == "nsubj" {
                    out.push(Edit::hang(before, i, "compound"));
                }
            }
            // "the fourth F110 frigate in Ferrol": a verb without a subject right behind a noun
            "advcl" | "ccomp" | "dep"
                if tree.tag(i) == "VBP"
                    && nominal(tree, before)
                    && tree.head(before).is_some_and(|h| h < before)
                    && matches!(tree.rel(before), "obj" | "obl" | "nmod")
                    && tree.child(i, &["nsubj", "cc"]).is_none()
                    && !known.triggers.verb(tree.lemma(i)) =>
            {
                out.push(Edit::instead(tree, i, before).tagged(noun));
                for &c in tree.children(before).iter().filter(|&&c| c < before) {
                    out.push(Edit::hang(c, i, tree.rel(c)));
                }
                out.push(Edit::hang(before, i, "compound"));
                for c in tree.all(i, &["obl", "obl:npmod", "punct"]) {
                    out.push(Edit::hang(c, head, tree.rel(c)));
                }
            }
            _ => {}
        }
    }
    out
}

/// "fighters in Linköping", "flights to Amdjarass": a name behind a preposition, taken for a verb.
pub(super) fn capital(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        let marked = tree.head(i - 1) == Some(i) && matches!(tree.tag(i - 1), "IN" | "TO");
        let capital = tree.word(i).chars().next().is_some_and(char::is_uppercase);
        if !marked
            || !capital
            || !matches!(tree.tag(i), "VB" | "VBG" | "VBN" | "VBD" | "VBZ")
            || tree
                .child(i, &["obj", "nsubj", "aux", "ccomp", "xcomp"])
                .is_some()
            || known.triggers.verb(tree.lemma(i))
        {
            continue;
        }
        let Some(head) = tree.head(i).filter(|&h| h < i) else {
            continue;
        };
        let verb = tree.clause(i).unwrap_or(head);
        let rel = if tree.upos(head) == Upos::Verb {
            "obl"
        } else {
            "nmod"
        };
        out.push(Edit::hang(i, head, rel).tagged(NAME));
        out.push(Edit::hang(i - 1, i, "case"));
        for c in tree.all(i, &["obl", "advmod", "obl:npmod"]) {
            out.push(Edit::hang(c, verb, tree.rel(c)));
        }
    }
    out
}

/// "may no longer license exports", "will more than treble its output", "Rostec subsidises the plant": a noun's tag on a word with a
/// modal or an object of its own.
pub(super) fn doing(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 1..tree.len() {
        if !matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Adj)
            || tree.child(i, &["cop", "case", "mark"]).is_some()
        {
            continue;
        }
        let modal = tree
            .all(i, &["aux"])
            .into_iter()
            .any(|a| a < i && tree.tag(a) == "MD");
        let object = tree.child(i, &["obj"]).filter(|&o| o > i);
        if modal {
            out.push(Edit::retag(i, ("VB", Upos::Verb)));
            if let Some(noun) = tree
                .head(i)
                .filter(|&n| n > i && tree.rel(i) == "compound" && nominal(tree, n))
            {
                out.push(Edit::instead(tree, i, noun));
                for &c in tree.children(noun).iter().filter(|&&c| c < i && c != i) {
                    out.push(Edit::hang(c, i, tree.rel(c)));
                }
                out.push(Edit::hang(noun, i, "obj"));
            }
        } else if object.is_some()
            && super::edit::subject(tree, i).is_none()
            && matches!(tree.rel(i), "root" | "ccomp" | "conj" | "parataxis")
            && tree.upos(i) == Upos::Noun
        {
            let before: Vec<usize> = tree
                .children(i)
                .iter()
                .copied()
                .filter(|&c| c < i && matches!(tree.rel(c), "compound" | "amod" | "det" | "nmod"))
                .collect();
            let Some(&who) = before.last().filter(|&&w| w + 1 == i) else {
                continue;
            };
            let tag = if tree.tag(i) == "NNS" { "VBZ" } else { "VBP" };
            out.push(Edit::retag(i, (tag, Upos::Verb)));
            out.push(Edit::hang(who, i, "nsubj"));
            if !nominal(tree, who) {
                out.push(Edit::retag(who, NAME));
            }
            for &c in before.iter().filter(|&&c| c != who) {
                out.push(Edit::hang(c, who, tree.rel(c)));
            }
            for c in tree.all(i, &["nmod"]).into_iter().filter(|&c| c > i) {
                out.push(Edit::hang(c, i, "obl"));
            }
        }
    }
    out
}

/// "Iran ships missiles to Russia": a finite verb with a subject of its own, taken for a part of its object's name.
pub(super) fn promoted(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 1..tree.len() {
        if tree.tag(verb) != "VBZ" || tree.upos(verb) != Upos::Verb || tree.rel(verb) != "compound"
        {
            continue;
        }
        let Some(object) = tree
            .head(verb)
            .filter(|&o| o > verb && nominal(tree, o) && tree.child(o, &["case", "det"]).is_none())
        else {
            continue;
        };
        let first = tree.extent(verb).0;
        if !nominal(tree, verb - 1)
            || tree.head(verb - 1) != Some(verb)
            || tree.extent(object).0 != first
        {
            continue;
        }
        out.push(Edit::instead(tree, verb, object));
        out.push(Edit::hang(object, verb, "obj"));
        if super::edit::subject(tree, verb).is_none() {
            out.push(Edit::hang(verb - 1, verb, "nsubj"));
        }
        for &c in tree.children(object).iter().filter(|&&c| c > object) {
            match (tree.rel(c), tree.case(c).as_str()) {
                ("nmod", "to" | "from" | "via" | "at" | "in" | "by") => {
                    out.push(Edit::hang(c, verb, "obl"));
                }
                ("punct", _) => out.push(Edit::hang(c, verb, "punct")),
                _ => {}
            }
        }
    }
    out
}

/// "re-export chips to Russia", "re-exported shells": the hyphen splits the verb, and what stands before it is taken for one.
pub(super) fn again(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for re in 1..tree.len().saturating_sub(3) {
        let verb = re + 2;
        if !tree.word(re).eq_ignore_ascii_case("re")
            || tree.word(re + 1) != "-"
            || tree.upos(re) != Upos::Verb
        {
            continue;
        }
        let subject = super::edit::subject(tree, re).filter(|&s| s < re);
        let Some(subject) = subject else { continue };
        // "[export chips]", "[exported shells]": the thing it was taken to describe
        let thing = tree.head(verb).filter(|&t| {
            t > verb && matches!(tree.rel(verb), "amod" | "compound") && nominal(tree, t)
        });
        let past = tree.word(verb).ends_with("ed");
        let tag = if past { PAST } else { ("VBP", Upos::Verb) };
        let top = match thing {
            Some(thing) if tree.head(re) == Some(thing) => thing,
            _ => re,
        };
        out.push(Edit::instead(tree, verb, top).tagged(tag));
        out.push(Edit::hang(subject, verb, "nsubj"));
        for &c in tree.children(re) {
            if c != verb && c != subject && Some(c) != thing {
                out.push(Edit::hang(c, verb, tree.rel(c)));
            }
        }
        if let Some(thing) = thing {
            out.push(Edit::hang(thing, verb, "obj"));
            for &c in tree.children(thing) {
                if c > thing
                    && tree.rel(c) == "nmod"
                    && matches!(tree.case(c).as_str(), "to" | "from")
                {
                    out.push(Edit::hang(c, verb, "obl"));
                } else if tree.rel(c) == "punct" || c < verb && c != re {
                    out.push(Edit::hang(c, verb, tree.rel(c)));
                }
            }
        }
        out.push(Edit::hang(re, verb, "advmod").tagged(("RB", Upos::Adv)));
    }
    out
}
