//! Who is made to say it: from the cue to its subject, agent, possessor or governor.

use sayso_records::Upos;

use super::extents::Extents;
use crate::tree::Tree;

/// Steps up the tree that a shared subject may be away.
const STEPS: usize = 8;

/// The head token of the source of the verb or adjective `v`.
pub(super) fn of_verb(tree: &Tree<'_>, v: usize) -> Option<usize> {
    if tree.rel(v) == "amod"
        && let Some(own) = tree.child(v, &["obl:npmod"])
    {
        return Some(own);
    }
    if tree.passive(v) {
        return tree.agent(v);
    }
    let mut at = v;
    for step in 0..STEPS {
        if let Some(subject) = subject(tree, at, step > 0) {
            return Some(subject);
        }
        let head = tree.head(at)?;
        match tree.rel(at) {
            "conj" => at = resumes(tree, at).unwrap_or(head),
            // "told him to say": the one told says it
            "xcomp" => {
                if let Some(object) = tree.child(head, &["obj", "iobj"]).filter(|&o| o < at) {
                    return Some(object);
                }
                at = head;
            }
            "advcl" if step == 0 && resumes(tree, at).is_some() => at = resumes(tree, at)?,
            "advcl" | "ccomp" | "parataxis" | "dep" | "csubj" => at = head,
            rel if rel.starts_with("acl") => {
                return matches!(tree.upos(head), Upos::Noun | Upos::Propn | Upos::Pron)
                    .then_some(head)
                    .filter(|_| tree.tag(at) == "VBG" || rel == "acl:relcl");
            }
            _ => return None,
        }
    }
    None
}

/// The verb of speech that another goes on from where the parser hangs the second into what the first says: joined on in the same
/// tense ("said it failed and added"), or a gerund behind a comma ("said it failed, noting").
pub(super) fn resumes(tree: &Tree<'_>, d: usize) -> Option<usize> {
    if tree
        .child(d, &["nsubj", "nsubj:pass", "aux", "mark"])
        .is_some()
    {
        return None;
    }
    let joined = tree.rel(d) == "conj" && matches!(tree.tag(d), "VBD" | "VBZ");
    let gerund = tree.rel(d) == "advcl" && tree.tag(d) == "VBG" && d > 0 && tree.word(d - 1) == ",";
    let mut clause = tree.head(d).filter(|_| joined || gerund)?;
    for _ in 0..STEPS {
        if tree.rel(clause) == "ccomp" || joined {
            break;
        }
        clause = tree.head(clause)?;
    }
    let over = tree
        .head(clause)
        .filter(|&over| tree.rel(clause) == "ccomp" && over < clause)?;
    (gerund || tree.tag(d) == tree.tag(over)).then_some(over)
}

/// The subject of a verb; above the cue that of a passive too ("was quoted as saying").
fn subject(tree: &Tree<'_>, v: usize, above: bool) -> Option<usize> {
    let rels: &[&str] = if above {
        &["nsubj", "nsubj:pass"]
    } else {
        &["nsubj"]
    };
    // Of two, the nearer: what is said has lent the verb its own.
    tree.all(v, rels)
        .into_iter()
        .rfind(|&s| s < v)
        .or_else(|| tree.child(v, rels))
        .filter(|&s| {
            !matches!(tree.lemma(s), "there" | "it") || tree.lemma(s) == "it" && !empty(tree, v)
        })
}

/// Whether the subject "it" of a verb stands for nobody: for the clause behind ("it is hoped that").
fn empty(tree: &Tree<'_>, v: usize) -> bool {
    tree.passive(v) || tree.child(v, &["expl", "csubj"]).is_some() || tree.upos(v) == Upos::Adj
}

/// ", insists the ministry": what the parser takes for the object of a verb that has neither subject nor clause.
pub(super) fn behind(tree: &Tree<'_>, v: usize) -> Option<usize> {
    let bare = v > 0
        && tree.word(v - 1) == ","
        && matches!(tree.tag(v), "VBZ" | "VBD")
        && tree
            .child(v, &["nsubj", "nsubj:pass", "ccomp", "cc", "aux"])
            .is_none();
    tree.child(v, &["obj"]).filter(|&o| bare && o > v)
}

/// "… to Argentina, its embassy there said": a subject that the parser takes for an apposition to the last name of what is said.
pub(super) fn apposed(tree: &Tree<'_>, extents: &Extents, cue: usize) -> Option<usize> {
    (1..cue).rev().find(|&a| {
        let (first, last) = extents.of(a);
        tree.rel(a) == "appos" && last + 1 == cue && first > 0 && tree.word(first - 1) == ","
    })
}

/// The noun phrase that stands right behind or before the verb ("said a person close to him"), where the tree tells none.
pub(super) fn beside(tree: &Tree<'_>, v: usize, fits: impl Fn(usize) -> bool) -> Option<usize> {
    let phrase = |i: usize| matches!(tree.upos(i), Upos::Noun | Upos::Propn | Upos::Pron);
    let modifies =
        |i: usize| matches!(tree.upos(i), Upos::Det | Upos::Adj | Upos::Num) || phrase(i);
    let head = |from: usize| {
        let mut at = from;
        while at + 1 < tree.len() && modifies(at) && modifies(at + 1) && fits(at + 1) {
            at += 1;
        }
        (phrase(at) && fits(at)).then_some(at)
    };
    if v > 0 && phrase(v - 1) && fits(v - 1) {
        return Some(v - 1);
    }
    (v + 1 < tree.len() && modifies(v + 1))
        .then(|| head(v + 1))
        .flatten()
}

/// The head token of the source of the noun `n` ("a claim by X", "X's fears that", "X expressed concern").
pub(super) fn of_noun(tree: &Tree<'_>, n: usize) -> Option<usize> {
    if let Some(owner) = tree.child(n, &["nmod:poss"]) {
        return Some(owner);
    }
    let from = tree.all(n, &["nmod", "obl", "acl"]).into_iter().find(|&c| {
        matches!(tree.case(c).as_str(), "by" | "from" | "among")
            && matches!(
                tree.upos(c),
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj
            )
    });
    if from.is_some() {
        return from;
    }
    let head = tree.head(n)?;
    if matches!(tree.rel(n), "obj" | "obl" | "nsubj:pass" | "xcomp")
        && tree.upos(head) == Upos::Verb
    {
        return of_verb(tree, head);
    }
    tree.all(n, &["compound", "amod"])
        .into_iter()
        .find(|&c| tree.upos(c) == Upos::Propn)
}

/// First and last token of the noun phrase that is the source: without the preposition before it, a clause set off behind it, and
/// the cue `cue` and what follows where that stands inside ("records showing").
pub(super) fn extent(
    tree: &Tree<'_>,
    extents: &Extents,
    source: usize,
    cue: (usize, usize),
) -> (usize, usize) {
    let (mut first, mut last) = extents.of(source);
    for &c in tree.children(source) {
        let (from, to) = extents.of(c);
        if matches!(tree.rel(c), "case" | "mark" | "cc" | "punct") && c < source && from == first {
            first = to + 1;
        }
    }
    for &c in tree.children(source) {
        let (from, _) = extents.of(c);
        let apart = from > 0 && matches!(tree.word(from - 1), "," | "—" | "-" | "–");
        if from > source
            && (apart
                && matches!(
                    tree.rel(c),
                    "acl:relcl" | "acl" | "advcl" | "parataxis" | "conj"
                )
                && tree.upos(c) == Upos::Verb
                || tree.rel(c) == "parataxis")
        {
            last = last.min(from.saturating_sub(1)).max(source);
        }
    }
    if cue.0 > source && cue.0 <= last {
        last = cue.0 - 1;
    } else if cue.1 < source && cue.1 >= first {
        first = cue.1 + 1;
    }
    while last > source && matches!(tree.word(last), "," | "—" | "-" | "–" | ":" | ";" | ".") {
        last -= 1;
    }
    (first.min(source), last)
}
