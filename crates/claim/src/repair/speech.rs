//! Who says it, where the words set it behind or between commas.

use sayso_records::Upos;

use super::{Known, edit::*};
use crate::tree::Tree;

/// "through the port of Rason, Ukraine's intelligence chief told Bloomberg": the speaker taken for an apposition.
pub(super) fn speaker(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        if tree.rel(i) != "appos" || !nominal(tree, i) {
            continue;
        }
        let Some(beside) = tree.head(i).filter(|&h| h < i) else {
            continue;
        };
        let (first, last) = tree.extent(i);
        let Some(verb) = (last + 1 < tree.len()).then_some(last + 1) else {
            continue;
        };
        if first == 0 || tree.word(first - 1) != "," || !known.lookup.reporting_verb(tree, verb) {
            continue;
        }
        // The verb must have lost its subject, or have taken what stands before the comma for it.
        match tree.child(verb, &["nsubj"]) {
            None if matches!(tree.rel(verb), "advcl" | "parataxis" | "conj" | "ccomp")
                && matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP") =>
            {
                if let Some(head) = tree.head(verb).filter(|&h| h < first) {
                    out.push(Edit::hang(verb, head, "parataxis"));
                    out.push(Edit::hang(i, verb, "nsubj"));
                }
            }
            // "shipped containers, the minister said": what is said stands before
            None if tree.head(verb).is_none()
                && tree.all(verb, &["ccomp"]).into_iter().any(|c| c < first) =>
            {
                out.push(Edit::hang(i, verb, "nsubj"));
            }
            Some(subject) if subject == beside && tree.rel(verb) == "parataxis" => {
                if let Some(head) = tree
                    .head(verb)
                    .filter(|&h| h < beside && tree.child(h, &["obj"]).is_none())
                {
                    out.push(Edit::hang(i, verb, "nsubj"));
                    out.push(Edit::hang(beside, head, "obj"));
                }
            }
            _ => {}
        }
    }
    out
}

/// ", the finance ministry projects.", ", data compiled by Gerjon show.": the verb of the speaker at the end, taken for a noun.
pub(super) fn last(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let Some(verb) = (1..tree.len()).rev().find(|&i| tree.upos(i) != Upos::Punct) else {
        return Vec::new();
    };
    let own = super::edit::subject(tree, verb).is_some();
    let word = tree.word(verb).to_lowercase();
    let stem = word.strip_suffix('s').unwrap_or(&word);
    if own
        || !matches!(
            tree.tag(verb),
            "NN" | "NNS" | "NNP" | "NNPS" | "VBZ" | "VBP" | "VB"
        )
        || !(known.lookup.tells(stem) || known.lookup.tells(&word))
    {
        return Vec::new();
    }
    let Some(comma) = (0..verb).rev().find(|&i| tree.word(i) == ",") else {
        return Vec::new();
    };
    // The phrase before it: nouns, what they stand with, and participles
    let noun_words = (comma + 1..verb).all(|i| {
        matches!(
            tree.upos(i),
            Upos::Det
                | Upos::Adj
                | Upos::Noun
                | Upos::Propn
                | Upos::Num
                | Upos::Adp
                | Upos::Part
                | Upos::Punct
                | Upos::Pron
        ) || tree.tag(i) == "VBN"
            || tree.tag(i) == "VBG"
    });
    let told = (0..comma).any(|i| finite(tree, i));
    let run = (comma + 1..verb)
        .take_while(|&i| {
            matches!(
                tree.upos(i),
                Upos::Det
                    | Upos::Adj
                    | Upos::Noun
                    | Upos::Propn
                    | Upos::Num
                    | Upos::Part
                    | Upos::Punct
                    | Upos::Pron
            ) || tree
                .head(i)
                .is_some_and(|h| tree.rel(i) == "amod" && h > i && h < verb)
        })
        .filter(|&i| nominal(tree, i))
        .last();
    let Some(who) = run.filter(|_| noun_words && told) else {
        return Vec::new();
    };
    // One speaker "projects", several "show": the form agrees
    let many =
        matches!(tree.tag(who), "NNS" | "NNPS") || tree.lemma(who) != tree.word(who).to_lowercase();
    let singular = word.ends_with('s');
    if !singular && !many && !tree.word(who).ends_with('s') && tree.lemma(who) != "datum" {
        return Vec::new();
    }
    let tag = if singular { "VBZ" } else { "VBP" };
    let Some(root) = (0..tree.len()).find(|&i| tree.head(i).is_none()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    let inside = |i: usize| i > comma && i < verb;
    let before = verb - 1;
    // The word before the verb takes its place in the phrase ("by the Royal United Services Institute show").
    if before != who {
        match tree.head(verb).filter(|&h| inside(h)) {
            Some(head) if tree.head(before) == Some(verb) => {
                out.push(Edit::hang(before, head, tree.rel(verb)));
            }
            _ if tree.head(before) == Some(verb) => return Vec::new(),
            _ => {}
        }
    }
    let place = if before != who && tree.head(before) == Some(verb) {
        before
    } else {
        who
    };
    let content = tree
        .children(root)
        .iter()
        .copied()
        .find(|&c| c < comma && finite(tree, c));
    let edit = if root == verb {
        Edit::retag(verb, (tag, Upos::Verb))
    } else if root == who && content.is_some() {
        Edit::hang(verb, verb, "root").tagged((tag, Upos::Verb))
    } else if inside(root) {
        return Vec::new();
    } else {
        Edit::hang(verb, root, "parataxis").tagged((tag, Upos::Verb))
    };
    // The verb leaves the phrase first, or what is over it would stand under it.
    out.insert(0, edit);
    out.push(Edit::hang(who, verb, "nsubj"));
    for &c in tree.children(verb) {
        if inside(c) && c != place && c != who {
            out.push(Edit::hang(c, place, tree.rel(c)));
        }
    }
    // "made in Omsk, the ministry says": what is said, where the speaker was the head of all
    if (root == verb || root == who)
        && tree.child(verb, &["ccomp"]).is_none()
        && let Some(content) = content
    {
        out.push(Edit::hang(content, verb, "ccomp"));
    }
    out
}

/// The subjects in front of a verb that has just two.
fn two_subjects(tree: &Tree<'_>, verb: usize) -> Option<(usize, usize)> {
    let mut all = tree.all(verb, &["nsubj", "nsubj:pass"]);
    all.retain(|&s| s < verb && !relative(tree, s));
    match all[..] {
        [first, second] => Some((first, second)),
        _ => None,
    }
}

/// "The panel, in its report, says Jordan sold boats", "used drones against them, a researcher has documented, and killed dozens": a
/// speaker inside the sentence, taken for a second subject.
pub(super) fn aside(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 2..tree.len() {
        let Some((first, second)) = two_subjects(tree, verb) else {
            continue;
        };
        // "The panel, in its report, [says] Jordan sold": the verb of saying hangs between, without a subject
        let says = tree.all(verb, &["parataxis"]).into_iter().find(|&s| {
            s > first
                && s < second
                && known.lookup.reporting_verb(tree, s)
                && super::edit::subject(tree, s).is_none()
        });
        if let Some(says) = says {
            out.push(Edit::instead(tree, says, verb));
            out.push(Edit::hang(verb, says, "ccomp"));
            out.push(Edit::hang(first, says, "nsubj"));
            for &c in tree
                .children(verb)
                .iter()
                .filter(|&&c| c < says && c != first)
            {
                out.push(Edit::hang(c, says, tree.rel(c)));
            }
            continue;
        }
        // "used [drones] against them, [a researcher] has documented"
        let between = tree.extent(second).0.checked_sub(1);
        let Some(over) = tree.head(verb).filter(|&v| {
            v < first
                && tree.upos(v) == Upos::Verb
                && matches!(tree.rel(verb), "xcomp" | "ccomp")
                && tree.child(v, &["obj"]).is_none()
                && known.lookup.reporting_verb(tree, verb)
                && between.is_some_and(|b| tree.word(b) == ",")
                && (v + 1..first).all(|j| tree.lemma(j) != "that")
        }) else {
            continue;
        };
        out.push(Edit::hang(first, over, "obj"));
        out.push(Edit::hang(verb, over, "parataxis"));
        for c in tree.all(verb, &["conj"]) {
            if super::edit::subject(tree, c).is_none() {
                out.push(Edit::hang(c, over, "conj"));
            }
        }
    }
    out
}

/// "Turkey, a UN panel reckons, has shipped", "backed out, officials in Cairo complain, and blames": the verb of a speaker between
/// commas, taken for a noun. Its form agrees with the speaker, and a phrase with "a" has no plural.
pub(super) fn between(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for close in 3..tree.len().saturating_sub(1) {
        let verb = close - 1;
        if tree.word(close) != ","
            || !matches!(tree.tag(verb), "NN" | "NNS" | "VB" | "VBP" | "VBZ")
            || super::edit::subject(tree, verb).is_some()
        {
            continue;
        }
        let word = tree.word(verb).to_lowercase();
        let stem = word.strip_suffix('s').filter(|s| known.lookup.tells(s));
        if stem.is_none() && !known.lookup.tells(&word) {
            continue;
        }
        let Some(open) = (1..verb).rev().find(|&i| tree.word(i) == ",") else {
            continue;
        };
        let phrase = open + 1..verb;
        let noun_words = phrase.clone().all(|i| {
            matches!(
                tree.upos(i),
                Upos::Det
                    | Upos::Adj
                    | Upos::Noun
                    | Upos::Propn
                    | Upos::Adp
                    | Upos::Part
                    | Upos::Pron
            ) && !relative(tree, i)
        });
        // The first run of nouns, before any preposition, names the speaker.
        let who = phrase
            .clone()
            .take_while(|&i| tree.upos(i) != Upos::Adp)
            .filter(|&i| nominal(tree, i))
            .last();
        let Some(who) = who.filter(|_| noun_words) else {
            continue;
        };
        let many = matches!(tree.tag(who), "NNS" | "NNPS");
        let one = matches!(tree.lemma(open + 1), "a" | "an");
        let agrees = match stem {
            Some(_) => !many && (one || tree.upos(verb) == Upos::Verb),
            None => many,
        };
        let listed = phrase.clone().any(|i| tree.upos(i) == Upos::Cconj);
        let main = (0..tree.len())
            .find(|&i| (i < open || i > close) && finite(tree, i) && tree.head(i).is_none());
        let inside = |i: usize| i > open && i < close;
        let Some(main) = main.filter(|_| agrees && !listed) else {
            continue;
        };
        out.push(
            Edit::hang(verb, main, "parataxis").tagged(if stem.is_some() {
                ("VBZ", Upos::Verb)
            } else {
                ("VBP", Upos::Verb)
            }),
        );
        out.push(Edit::hang(who, verb, "nsubj"));
        // The word before the verb takes its place in the phrase ("an annex to the budget shows").
        let place = if tree.head(verb - 1) == Some(verb) && verb - 1 != who {
            if let Some(head) = tree.head(verb).filter(|&h| inside(h)) {
                out.push(Edit::hang(verb - 1, head, tree.rel(verb)));
            }
            verb - 1
        } else {
            who
        };
        let object = tree.child(main, &["obj"]).filter(|&o| o < open);
        for &c in tree.children(verb).iter().chain(tree.children(who)) {
            if c == who || c == place || c == verb {
                continue;
            }
            if inside(c) && tree.head(c) == Some(verb) {
                out.push(Edit::hang(c, place, tree.rel(c)));
            } else if c > close && tree.rel(c) == "conj" {
                match object.filter(|_| nominal(tree, c)) {
                    Some(object) => out.push(Edit::hang(c, object, "conj")),
                    None => out.push(Edit::hang(c, main, "conj")),
                }
            }
        }
    }
    out
}

/// "Egypt has backed out, diplomats say, and blames": what one does, joined to what several say.
pub(super) fn resumed(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    (2..tree.len())
        .filter(|&second| {
            tree.rel(second) == "conj"
                && tree.tag(second) == "VBZ"
                && super::edit::subject(tree, second).is_none()
        })
        .filter_map(|second| {
            let says = tree.head(second).filter(|&v| {
                tree.rel(v) == "parataxis"
                    && matches!(tree.tag(v), "VBP" | "VB")
                    && known.lookup.reporting_verb(tree, v)
                    && super::edit::subject(tree, v)
                        .is_some_and(|s| matches!(tree.tag(s), "NNS" | "NNPS"))
            })?;
            Some(Edit::hang(second, tree.head(says)?, "conj"))
        })
        .collect()
}

/// "Fighters from Sagaing used drones, their channel said", "Mercenaries, most of them retired, have been training recruits, the paper
/// reported": two subjects of one verb of saying, and the verb of the first taken for something that describes it.
pub(super) fn lost(tree: &Tree<'_>, known: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for says in 3..tree.len() {
        if !known.lookup.reporting_verb(tree, says)
            || tree.child(says, &["ccomp", "mark", "aux:pass"]).is_some()
        {
            continue;
        }
        let Some((first, second)) = two_subjects(tree, says) else {
            continue;
        };
        let from = tree.extent(second).0;
        let set_off = from > first
            && (tree.word(from) == "," || from.checked_sub(1).is_some_and(|c| tree.word(c) == ","));
        if !set_off {
            continue;
        }
        let under = |v: usize| v > first && v < from && tree.under(v, first);
        let told = (first + 1..from).find(|&v| {
            tree.rel(v) == "appos" && under(v) && tree.upos(v) == Upos::Verb && finite(tree, v)
        });
        let bare = || {
            (first + 1..from).rev().find(|&v| {
                tree.rel(v) == "acl"
                    && under(v)
                    && matches!(tree.tag(v), "VBN" | "VBD")
                    && tree
                        .child(v, &["aux", "aux:pass", "obl:agent", "mark", "nsubj"])
                        .is_none()
                    && tree.word(v - 1) != ","
                    && can_be_past(&tree.word(v).to_lowercase())
            })
        };
        let Some(verb) = told.or_else(bare) else {
            continue;
        };
        if let Some(part) = super::edit::subject(tree, verb).filter(|&s| s < verb) {
            out.push(Edit::hang(part, first, "appos"));
        }
        out.push(if told.is_some() {
            Edit::hang(verb, says, "ccomp")
        } else {
            Edit::hang(verb, says, "ccomp").tagged(PAST)
        });
        out.push(Edit::hang(first, verb, subject_rel(tree, verb)));
    }
    out
}
