//! Lists, and pairs of a thing and a name.

use sayso_records::Upos;

use super::{Known, edit::*};
use crate::tree::Tree;

/// "Samoa, Tonga and Vanuatu", "a frigate, a patrol vessel and two craft": a list, whose second was taken for an apposition to the
/// first.
pub(super) fn list(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let name = |i: usize| tree.upos(i) == Upos::Propn;
    let mut out = Vec::new();
    for second in 2..tree.len() {
        if tree.rel(second) != "appos" {
            continue;
        }
        let Some(first) = tree.head(second).filter(|&h| h < second) else {
            continue;
        };
        // Things one by one, each new: "a frigate", "two craft"
        let new = |i: usize| {
            tree.upos(i) == Upos::Noun
                && tree
                    .all(i, &["det", "nummod"])
                    .into_iter()
                    .any(|d| tree.rel(d) == "nummod" || matches!(tree.lemma(d), "a" | "an"))
        };
        let things = tree.rel(first) == "obj" && new(first) && new(second);
        if !(things || name(first) && name(second)) {
            continue;
        }
        let joined: Vec<usize> = tree
            .all(second, &["conj"])
            .into_iter()
            .filter(|&c| c > second && if things { new(c) } else { name(c) })
            .collect();
        let Some(&last) = joined.last() else { continue };
        let and = tree
            .all(last, &["cc"])
            .into_iter()
            .chain(tree.all(second, &["cc"]))
            .any(|c| c > second && c < last);
        let listed = tree.extent(second).0.checked_sub(1).is_some_and(|c| tree.word(c) == ",")
            // "at the yard in Gdynia, Poland": a place within a place
            && (matches!(tree.rel(first), "nsubj" | "nsubj:pass" | "obj" | "conj")
                || matches!(tree.case(first).as_str(), "to" | "from" | "by" | "with" | "between" | "for"));
        if and && listed {
            out.push(Edit::hang(second, first, "conj"));
            out.extend(joined.iter().map(|&c| Edit::hang(c, first, "conj")));
        }
    }
    out
}

/// "Kalashnikov rifles and PKM guns were found", "Saab's partner Embraer assembles", "The rifles, 5,000 of them, came": two subjects of
/// one verb, which are a list or one behind the other.
pub(super) fn doubled(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 2..tree.len() {
        let subjects: Vec<usize> = tree
            .all(verb, &["nsubj", "nsubj:pass"])
            .into_iter()
            .filter(|&s| s < verb && !relative(tree, s) && tree.upos(s) != Upos::Pron)
            .collect();
        let [first, second] = subjects[..] else {
            continue;
        };
        let (from, to) = tree.extent(second);
        let ends = tree.extent(first).1;
        if ends + 1 != from && !(ends + 2 == from && comma(tree, ends + 1)) {
            continue;
        }
        let and = tree
            .child(first, &["cc"])
            .filter(|&c| c > first && c == ends);
        if let Some(and) = and {
            let owner = tree.child(second, &["nmod:poss"]);
            let owned = tree
                .children(first)
                .iter()
                .any(|&c| c > first && tree.tag(c) == "POS");
            match owner.filter(|_| owned) {
                // "Poland's and Estonia's orders"
                Some(owner) => {
                    out.push(Edit::hang(first, second, "nmod:poss"));
                    out.push(Edit::hang(owner, first, "conj"));
                    out.push(Edit::hang(and, owner, "cc"));
                }
                None => {
                    out.push(Edit::hang(second, first, "conj"));
                    out.push(Edit::hang(and, second, "cc"));
                }
            }
        } else if ends + 1 == from && tree.upos(second) == Upos::Propn && nominal(tree, first)
            || ends + 2 == from
                && tree.word(ends + 1) == ","
                && to + 1 < verb
                && tree.word(to + 1) == ","
            || from > 0 && tree.word(from) == ","
        {
            out.push(Edit::hang(second, first, "appos"));
        }
    }
    out
}

/// "for missiles and for spare parts", "to Turkey for drones and to Russia for helicopters": a preposition taken for what is joined.
pub(super) fn carried(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for word in 2..tree.len() {
        if tree.rel(word) != "conj" || tree.upos(word) != Upos::Adp {
            continue;
        }
        let (Some(first), Some(thing)) = (
            tree.head(word).filter(|&h| h < word),
            tree.child(word, &["obl", "nmod", "obj"])
                .filter(|&t| t > word && nominal(tree, t)),
        ) else {
            continue;
        };
        let case = tree.word(word).to_lowercase();
        let verb = tree.clause(first);
        let like = if tree.case(first) == case {
            Some(first)
        } else {
            verb.and_then(|v| {
                tree.all(v, &["obl"])
                    .into_iter()
                    .rfind(|&o| o < first && tree.case(o) == case)
            })
        };
        let Some(like) = like else { continue };
        out.push(Edit::hang(thing, like, "conj"));
        out.push(Edit::hang(word, thing, "case"));
        for &c in tree.children(word).iter().filter(|&&c| c != thing) {
            out.push(Edit::hang(c, thing, tree.rel(c)));
        }
        for c in tree
            .all(first, &["cc"])
            .into_iter()
            .filter(|&c| c > first && c < word)
        {
            out.push(Edit::hang(c, thing, "cc"));
        }
        // "to Turkey for drones and to Russia for helicopters": each for its own
        if like != first
            && let Some(other) = verb.and_then(|v| {
                tree.all(v, &["obl"])
                    .into_iter()
                    .find(|&o| o > thing && tree.case(o) == tree.case(first))
            })
        {
            out.push(Edit::hang(other, thing, "nmod"));
        }
    }
    out
}

/// "radars from Israel and trainers from the Czech Republic": the second thing joined to the first name.
pub(super) fn pairs(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    // What a thing has been joined to already: "boats to Sudan, drones to Ethiopia and rockets to Syria"
    let mut moved: Vec<(usize, usize)> = Vec::new();
    for name in 2..tree.len() {
        // "Su-25 jets from Russia and Bayraktar drones from Turkey": the second thing even taken for the head of both
        let nested = tree
            .head(name)
            .filter(|&h| h > name && tree.rel(name) == "nmod" && tree.tag(h) == "NNS");
        if tree.upos(name) != Upos::Propn {
            continue;
        }
        let thing = match nested {
            Some(thing) if tree.child(name, &["conj"]).is_some_and(|c| c + 1 == thing) => {
                Some(thing)
            }
            Some(_) => None,
            None => tree
                .all(name, &["conj"])
                .into_iter()
                .rfind(|&c| c > name && tree.upos(c) == Upos::Noun),
        };
        let Some(thing) = thing else { continue };
        let prepositioned = if nested.is_some() { thing } else { name };
        let Some(case) = tree
            .all(prepositioned, &["case"])
            .into_iter()
            .chain(tree.all(name, &["case"]))
            .find(|&c| c < name)
        else {
            continue;
        };
        let again = thing + 1;
        if again >= tree.len() || !tree.word(again).eq_ignore_ascii_case(tree.word(case)) {
            continue;
        }
        let and = (name + 1..thing).any(|c| matches!(tree.lemma(c), "and" | ","));
        let Some(other) = tree.head(again).filter(|&o| o > again && nominal(tree, o)) else {
            continue;
        };
        let Some(mut first) = case.checked_sub(1).filter(|&f| nominal(tree, f) && and) else {
            continue;
        };
        while let Some(over) = tree
            .head(first)
            .filter(|&h| h < case && h > first && tree.rel(first) == "compound")
        {
            first = over;
        }
        if let Some(&(_, over)) = moved.iter().find(|(thing, _)| *thing == first) {
            first = over;
        }
        moved.push((thing, first));
        if nested.is_some() {
            out.push(Edit::instead(tree, name, thing));
            out.push(Edit::hang(case, name, "case"));
            for c in tree.all(name, &["conj"]) {
                out.push(Edit::hang(c, thing, "compound"));
            }
        }
        // "bought missiles from China and drones from Israel": the first name goes with the first thing
        if nested.is_none() && tree.rel(name) == "obl" && tree.rel(first) == "obj" {
            out.push(Edit::hang(name, first, "nmod"));
        }
        out.push(Edit::hang(thing, first, "conj"));
        out.push(Edit::hang(other, thing, "nmod"));
        out.extend(
            (name + 1..thing)
                .filter(|&c| tree.rel(c) == "cc")
                .map(|c| Edit::hang(c, thing, "cc")),
        );
    }
    out
}

/// "Jordan and Ukraine's Antonov have agreed": two who act, taken for two whose it is. The verb of one firm would be singular.
pub(super) fn joint(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for firm in 3..tree.len() {
        if !matches!(tree.tag(firm), "NNP" | "NNPS") || tree.rel(firm) != "nsubj" {
            continue;
        }
        let Some(verb) = tree.head(firm) else {
            continue;
        };
        let many = tree
            .all(verb, &["aux", "aux:pass", "cop"])
            .into_iter()
            .chain([verb])
            .any(|v| {
                tree.tag(v) == "VBP"
                    || tree.lemma(v) == "be" && tree.word(v).eq_ignore_ascii_case("were")
            });
        let owners: Vec<usize> = tree
            .all(firm, &["nmod:poss"])
            .into_iter()
            .filter(|&o| tree.upos(o) == Upos::Propn)
            .collect();
        let [first] = owners[..] else { continue };
        let [second] = tree.all(first, &["conj"])[..] else {
            continue;
        };
        let marked = |t: usize| tree.children(t).iter().any(|&c| tree.tag(c) == "POS");
        if many && marked(second) && !marked(first) {
            out.push(Edit::hang(first, verb, "nsubj"));
            out.push(Edit::hang(firm, first, "conj"));
            out.push(Edit::hang(second, firm, "nmod:poss"));
        }
    }
    out
}

/// "flies three L-39s bought from a broker, four TB2s delivered by Turkey and, on good days, a Su-25", "will sell boats to Uganda and,
/// from next year, mortars to Togo": what is counted or named one by one behind the object, hung on the verb or on what stands between.
pub(super) fn apart(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for first in 1..tree.len() {
        if tree.rel(first) != "obj" || !nominal(tree, first) {
            continue;
        }
        let Some(verb) = tree.head(first).filter(|&v| v < first) else {
            continue;
        };
        // The verb that is over it, where the last item was taken for the head of all
        let top = tree.head(verb).filter(|&t| {
            tree.rel(verb) == "ccomp" && tree.head(t).is_none() && new(tree, t) && t > first
        });
        let mut found: Vec<usize> = Vec::new();
        for item in first + 1..tree.len() {
            if !nominal(tree, item) || !new(tree, item) || dated(tree, item) {
                continue;
            }
            let begins = tree
                .children(item)
                .iter()
                .copied()
                .filter(|&c| c < item && matches!(tree.rel(c), "det" | "nummod"))
                .min()
                .unwrap_or(item);
            let listed = begins > 0 && matches!(tree.word(begins - 1), "," | "and");
            let Some(head) = tree.head(item).or(Some(item)) else {
                continue;
            };
            let apart = match tree.rel(item) {
                "obl:npmod" | "obj" => head == verb,
                "dep" => Some(head) == top,
                "root" => Some(item) == top,
                // An apposition to the subject does not stand behind the object.
                "appos" => head == first || found.contains(&head) || head < verb,
                "conj" => {
                    // "delivered by Elbit and a transport": on the name in the clause of the one before
                    let name = tree.upos(head) == Upos::Propn
                        && tree.upos(item) == Upos::Noun
                        && found.iter().chain([&first]).any(|&f| tree.under(head, f));
                    head == first
                        || found.contains(&head)
                        || name
                        || head == verb && super::edit::subject(tree, item).is_none()
                        || head > first
                            && head < item
                            && tree.head(head) == Some(verb)
                            && tree.rel(head) == "obl"
                }
                _ => false,
            };
            if listed && apart {
                found.push(item);
            }
        }
        let Some(&last) = found.last() else { continue };
        // An "and" before the last, and something that hangs elsewhere
        let begins = (first + 1..last)
            .rev()
            .find(|&i| tree.upos(i) == Upos::Cconj && tree.lemma(i) == "and");
        let Some(and) = begins.filter(|&a| found.iter().filter(|&&i| i < last).all(|&i| i < a))
        else {
            continue;
        };
        if found
            .iter()
            .all(|&i| tree.head(i) == Some(first) && tree.rel(i) == "conj")
        {
            continue;
        }
        if let Some(top) = top.filter(|t| found.contains(t)) {
            out.push(Edit::hang(verb, verb, "root"));
            for c in tree
                .all(top, &["punct", "nsubj", "obl"])
                .into_iter()
                .filter(|&c| c < first || c > last)
            {
                out.push(Edit::hang(c, verb, tree.rel(c)));
            }
        }
        for &item in &found {
            out.push(Edit::hang(item, first, "conj"));
        }
        out.push(Edit::hang(and, last, "cc"));
    }
    out
}

/// Something counted, or named for the first time: "a frigate", "two craft".
fn new(tree: &Tree<'_>, i: usize) -> bool {
    tree.all(i, &["det", "nummod"])
        .into_iter()
        .any(|d| tree.rel(d) == "nummod" && d < i || matches!(tree.lemma(d), "a" | "an"))
}

fn dated(tree: &Tree<'_>, i: usize) -> bool {
    tree.sentence.names.iter().any(|n| {
        n.span.range().contains(&i)
            && matches!(n.label.as_str(), "DATE" | "TIME" | "MONEY" | "PERCENT")
    })
}

/// "a launcher and, in a later package, radars", "boats to Uganda and, from next year, mortars to Togo": what follows a phrase between
/// commas behind "and", hung on that phrase or on the verb.
pub(super) fn interrupted(tree: &Tree<'_>, _: &Known<'_>) -> Vec<Edit> {
    let mut out = Vec::new();
    for and in 2..tree.len().saturating_sub(4) {
        if tree.lemma(and) != "and" || tree.word(and + 1) != "," || tree.upos(and + 2) != Upos::Adp
        {
            continue;
        }
        let Some(close) = (and + 3..tree.len()).find(|&i| tree.word(i) == ",") else {
            continue;
        };
        let Some(aside) = (and + 3..close).find(|&i| {
            tree.children(i).contains(&(and + 2)) && (nominal(tree, i) || tree.upos(i) == Upos::Num)
        }) else {
            continue;
        };
        let Some(item) = (close + 1..tree.len())
            .find(|&i| nominal(tree, i) && tree.head(i).is_none_or(|h| h <= close))
        else {
            continue;
        };
        let plain = tree.under(close + 1, item)
            && matches!(
                tree.rel(item),
                "conj" | "appos" | "obl:npmod" | "obj" | "dep"
            )
            && super::edit::subject(tree, item).is_none()
            && tree.child(item, &["case", "cop"]).is_none();
        let object = (1..and).rev().find(|&i| {
            nominal(tree, i) && tree.rel(i) == "obj" && tree.head(i).is_some_and(|v| v < i)
        });
        let Some(object) = object.filter(|_| plain) else {
            continue;
        };
        out.push(Edit::hang(item, object, "conj"));
        out.push(Edit::hang(aside, item, "nmod"));
        out.push(Edit::hang(and, item, "cc"));
        // "three launchers and, in a later package, radars": the list before it
        if let Some(second) = tree
            .child(object, &["appos"])
            .filter(|&s| s < and && new(tree, s))
        {
            out.push(Edit::hang(second, object, "conj"));
        }
    }
    out
}
