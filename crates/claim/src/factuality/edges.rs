//! How one predicate stands under another: which sort of complement it is, and what grammar alone says of it.

use sayso_codebook::{Openness, Sign};
use sayso_records::Upos;

use super::signatures::Entailed;
use crate::tree::{Form, Tree};

/// Words that put a case.
const CONDITIONS: &[&str] = &[
    "if",
    "unless",
    "provided",
    "providing",
    "lest",
    "assuming",
    "suppose",
];
/// Words that set one clause beside another in time: what is ahead in the one is ahead in the other.
const TIMES: &[&str] = &[
    "when", "after", "before", "until", "till", "once", "as", "while", "whenever",
];

/// What stands under a word, as the codebook's `with` names it. `None`: nothing that a signature can speak of.
pub(super) fn complement(tree: &Tree<'_>, head: usize, at: usize) -> Option<String> {
    let noun = tree.form(at) == Form::Noun;
    let rel = tree.rel(at);
    let case = tree.case(at);
    let preposition = || case.split(' ').next_back().unwrap_or("").to_owned();
    Some(match rel {
        "obj" | "nsubj:pass" | "iobj" if noun => "object".into(),
        "nsubj" if noun && matches!(tree.upos(head), Upos::Adj | Upos::Noun) => "noun".into(),
        "nsubj" if noun => "subject".into(),
        "compound" => "compound".into(),
        "amod" => return None,
        "nmod" | "obl" if noun => preposition(),
        "nmod:poss" => "compound".into(),
        "acl:relcl" => return None,
        "xcomp" | "ccomp" | "csubj" | "csubj:pass" | "acl" | "advcl" | "obj" | "obl" | "nmod" => {
            if tree.to_infinitive(at) {
                "to".into()
            } else if whether(tree, at) && rel != "advcl" {
                "whether".into()
            } else if matches!(tree.tag(at), "VBG") && !finite(tree, at) {
                match preposition() {
                    // ", saying that": beside its verb, not under it
                    empty if empty.is_empty() && rel == "advcl" => return None,
                    empty if empty.is_empty() => "ing".into(),
                    preposition => preposition,
                }
            } else if tree.tag(at) == "VB" && !finite(tree, at) {
                "to".into()
            } else if rel == "advcl" || rel == "acl" && tree.tag(at) == "VBN" && case.is_empty() {
                return None;
            } else if finite(tree, at) || !noun {
                "that".into()
            } else {
                return None;
            }
        }
        _ => return None,
    })
}

fn whether(tree: &Tree<'_>, at: usize) -> bool {
    tree.all(at, &["mark", "advmod"])
        .into_iter()
        .any(|m| matches!(tree.lemma(m), "whether" | "if"))
}

/// Whether it has a tense of its own.
pub(super) fn finite(tree: &Tree<'_>, at: usize) -> bool {
    let tensed = |i: usize| matches!(tree.tag(i), "VBD" | "VBZ" | "VBP" | "MD");
    tensed(at)
        || tree
            .all(at, &["aux", "aux:pass", "cop"])
            .into_iter()
            .any(tensed)
}

/// Spoken of as known, or a name.
pub(super) fn definite(tree: &Tree<'_>, at: usize) -> bool {
    tree.upos(at) == Upos::Propn || tree.definite(at)
}

/// "is going to sell": a future.
pub(super) fn ahead(tree: &Tree<'_>, head: usize, complement: &str) -> Option<Entailed> {
    (tree.lemma(head) == "go" && complement == "to" && tree.form(head) == Form::Progressive)
        .then(|| Entailed::plain(Sign::Open, Sign::Open, Some(Openness::Future)))
}

/// "had planned to build it, but": and did not.
pub(super) fn came_to_nothing(tree: &Tree<'_>, head: usize) -> bool {
    let had = tree
        .all(head, &["aux"])
        .into_iter()
        .any(|a| tree.lemma(a) == "have" && tree.tag(a) == "VBD");
    let but = |i: usize| {
        tree.all(i, &["cc"])
            .into_iter()
            .any(|c| tree.lemma(c) == "but")
    };
    had && (but(head) || tree.all(head, &["conj"]).into_iter().any(but))
}

/// What grammar says of `at` under `head`, whose complement it is in this way, where no word says anything.
pub(super) fn plain(
    tree: &Tree<'_>,
    head: usize,
    at: usize,
    complement: Option<&str>,
    above: Sign,
) -> Entailed {
    use Openness as O;
    use Sign::{Minus, Open, Plus};
    let known = Entailed::plain(Plus, Plus, None);
    let same = Entailed::plain(Plus, Minus, None);
    let open = |o| Entailed::plain(Open, Open, Some(o));
    let rel = tree.rel(at);
    let noun = tree.form(at) == Form::Noun;
    match (rel, complement) {
        ("advcl", _) => adverbial(tree, at, above),
        ("acl:relcl", _) => {
            let (first, _) = tree.extent(at);
            let added = first > 0 && tree.word(first - 1) == "," || tree.word(first) == ",";
            if above == Open && !added && !definite(tree, head) {
                known.beside()
            } else {
                known
            }
        }
        ("acl", Some("to")) => open(O::Purpose),
        (_, Some("to")) if tree.to_infinitive(at) => match tree.lemma(head) {
            "be" => open(O::Expected),
            _ if matches!(rel, "xcomp" | "ccomp") && tree.upos(head) == Upos::Verb => open(O::Left),
            _ => open(O::Purpose),
        },
        (_, Some("whether")) => open(O::Asked),
        ("ccomp" | "csubj" | "csubj:pass" | "acl", Some("that")) => {
            let said = Entailed::plain(Plus, Open, None);
            // Who does not say so leaves it open, and denies nothing; a report that is denied is denied in all.
            if tree.upos(head) == Upos::Noun {
                said.following()
            } else {
                said.beside()
            }
        }
        ("xcomp", _) => same.following(),
        (_, Some("without")) => Entailed::plain(Minus, Minus, None),
        (_, Some("about")) if !noun => open(O::Considered),
        ("obj" | "nsubj:pass" | "iobj", _) if noun => {
            if definite(tree, at) {
                known
            } else {
                same.following()
            }
        }
        ("nsubj" | "obl" | "nmod" | "compound" | "amod" | "nmod:poss" | "appos", _) if noun => {
            if definite(tree, at) || rel == "amod" {
                known
            } else if rel == "obl" && matches!(complement, Some("for" | "to" | "into")) {
                same.following()
            } else {
                known.beside()
            }
        }
        ("acl" | "ccomp" | "csubj" | "obl" | "nmod", _) => known.beside(),
        _ => known,
    }
}

/// A clause beside its head.
fn adverbial(tree: &Tree<'_>, at: usize, above: Sign) -> Entailed {
    use Openness as O;
    use Sign::{Minus, Open, Plus};
    let mut marks: Vec<&str> = tree
        .all(at, &["mark", "advmod", "case"])
        .into_iter()
        .filter(|&m| m < at)
        .map(|m| tree.lemma(m))
        .collect();
    marks.dedup();
    let has = |words: &[&str]| marks.iter().any(|m| words.contains(m));
    if has(CONDITIONS) {
        return Entailed::plain(Open, Open, Some(O::Conditional));
    }
    if has(&["whether"]) {
        return Entailed::plain(Open, Open, Some(O::Asked));
    }
    if has(&["without", "instead"]) || has(&["than"]) && has(&["rather"]) {
        return Entailed::plain(Minus, Minus, None);
    }
    if tree.to_infinitive(at) {
        return Entailed::plain(Open, Open, Some(O::Purpose));
    }
    if has(&["so"]) && has(&["that"]) {
        return Entailed::plain(Open, Open, Some(O::Purpose));
    }
    let (first, _) = tree.extent(at);
    let aside =
        marks.is_empty() && (first > 0 && tree.word(first - 1) == "," || tree.word(first) == ",");
    if above == Open && (has(TIMES) || !finite(tree, at) && !aside) {
        return Entailed::plain(Plus, Plus, None).beside();
    }
    Entailed::plain(Plus, Plus, None)
}
