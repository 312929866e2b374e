//! What is said: from the cue to the clause, phrase or subject that is its content.

use sayso_records::Upos;

use super::{
    cues::{Cues, Takes},
    extents::Extents,
    sources,
};
use crate::tree::Tree;

/// What a cue was found to hold.
pub(super) struct Content {
    /// Stretches of tokens, in no order.
    pub(super) runs: Vec<(usize, usize)>,
    /// The preposition that the cue needs ("called for").
    pub(super) preposition: Option<usize>,
    /// Whether the content takes in the subject, so that nobody is left as the source ("is expected to").
    pub(super) subject: bool,
    /// Whether a noun has a clause of its own ("fears that").
    pub(super) clause: bool,
}

impl Content {
    fn new(runs: Vec<(usize, usize)>) -> Self {
        Self {
            runs,
            clause: false,
            preposition: None,
            subject: false,
        }
    }
}

/// The content of the verb or adjective `v`.
pub(super) fn of_verb(
    cues: &Cues,
    tree: &Tree<'_>,
    extents: &Extents,
    v: usize,
    takes: &Takes,
) -> Option<Content> {
    let passive = tree.passive(v);
    let mut runs = Vec::new();
    let mut preposition = None;
    // "took aim at her": what is aimed at may hang on the aim.
    let joint = cues
        .joint(tree, v)
        .map_or(&[][..], |(_, with)| tree.children(with));
    // "reminded voters of it", "told reporters that": what is said may hang on who is told.
    let told = object(tree, v).filter(|&o| o > v && joint.is_empty() && takes.takes("told-to"));
    let joint = told.map_or(joint, |o| tree.children(o));
    for &c in tree.children(v).iter().chain(joint) {
        let fits = match tree.rel(c) {
            // "said it failed and that he was sorry"
            "conj" if tree.head(c) == Some(v) => takes.takes("clause") && tree.case(c) == "that",
            "acl" | "acl:relcl" if tree.head(c) != Some(v) => {
                let case = tree.case(c);
                takes.takes("clause") && tree.rel(c) == "acl" && told.is_none() && !case.is_empty()
                    || takes.takes("clause") && matches!(case.as_str(), "that" | "whether" | "if")
                    || told.is_some() && tree.to_infinitive(c)
            }
            "ccomp" => {
                takes.takes("clause")
                    || takes.takes("gerund") && tree.tag(c) == "VBG"
                    || takes.takes("small") && c > v
            }
            "xcomp" if tree.to_infinitive(c) => {
                takes.takes("infinitive")
                    || takes.takes("told-to") && (passive || object(tree, v).is_some())
                    || takes.takes("small") && object(tree, v).is_some()
            }
            "xcomp" => {
                takes.takes("gerund") && tree.tag(c) == "VBG"
                    || takes.takes("small")
                    || takes.takes("clause")
            }
            "advcl" | "obl" | "nmod" | "acl" => {
                let named = by_name(tree, c, takes);
                if named && !matches!(tree.case(c).as_str(), "as" | "by") {
                    preposition = tree
                        .child(c, &["case", "mark"])
                        .filter(|&p| p == extents.of(c).0)
                        .or(preposition);
                }
                named || c > v && behind(tree, v, c, takes) || object_as(tree, c, takes)
            }
            "obj" => {
                takes.takes("object")
                    || takes.takes("deed") && !tree.to_infinitive(v)
                    || takes.takes("small") && tree.child(v, &["xcomp"]).is_some()
                    || takes.takes("object-as") && as_phrase(tree, v)
            }
            "nsubj:pass" => {
                takes.takes("object")
                    || takes.takes("small") && tree.child(v, &["xcomp", "obj"]).is_some()
                    || takes.takes("object-as") && as_phrase(tree, v)
                    || takes.takes("deed") && tree.agent(v).is_some()
            }
            _ => false,
        };
        if fits {
            let mut run = phrase(tree, extents, c);
            // "said it failed and added that": the second verb is the speaker's, not what he said
            let own = (c + 1..=run.1).find(|&d| {
                sources::resumes(tree, d) == Some(v)
                    && cues.takes(tree, d).is_some_and(|t| t.speaks)
            });
            if let Some(own) = own {
                run.1 = run.1.min(extents.of(own).0.saturating_sub(1)).max(run.0);
                if tree.upos(run.1) == Upos::Cconj && run.1 > run.0 {
                    run.1 -= 1;
                }
            }
            runs.push(run);
        }
    }
    if let Some(p) = preposition {
        runs = super::extents::without(runs, (p, p));
    }
    if runs.iter().all(|r| r.1 < v)
        && let Some(whole) = around(tree, extents, v, takes)
    {
        return Some(whole);
    }
    if runs.is_empty() && passive && tree.rel(v) == "acl" {
        return reduced(tree, extents, v, takes);
    }
    // "a self-described liberal"
    if runs.is_empty()
        && let Some(head) = tree.head(v).filter(|&h| tree.rel(v) == "amod" && h > v)
        && takes.takes("small")
        && tree.child(v, &["obl:npmod"]).is_some()
    {
        return Some(Content::new(vec![(v + 1, head)]));
    }
    if runs.is_empty() && tree.rel(v) == "acl:relcl" {
        return relative(tree, extents, v, takes);
    }
    (!runs.is_empty()).then(|| Content {
        preposition,
        ..Content::new(runs)
    })
}

/// Whether the phrase or clause `c` stands behind a word that the cue takes ("of", "about").
fn by_name(tree: &Tree<'_>, c: usize, takes: &Takes) -> bool {
    let case = tree.case(c);
    // "talks about what can be achieved": a clause where it is not another's
    let whole = matches!(tree.rel(c), "obl" | "nmod") || tree.tag(c) == "VBG";
    !case.is_empty()
        && takes.takes(&case)
        && (whole || !matches!(case.as_str(), "to" | "with" | "as"))
}

/// Whether the phrase `c` says as what something is seen.
fn object_as(tree: &Tree<'_>, c: usize, takes: &Takes) -> bool {
    takes.takes("object-as") && tree.case(c) == "as"
}

/// Whether the phrase or clause `c` behind the cue `v` is part of its content: what for, that or whether, what to do.
fn behind(tree: &Tree<'_>, v: usize, c: usize, takes: &Takes) -> bool {
    let case = tree.case(c);
    let clause = tree.rel(c) == "advcl" && takes.takes("clause");
    case == "for" && takes.takes("object-for") && (tree.passive(v) || object(tree, v).is_some())
        || clause && matches!(case.as_str(), "that" | "whether")
        || clause && case == "if" && takes.takes("told-to")
        || tree.rel(c) == "advcl" && tree.to_infinitive(c) && takes.takes("infinitive")
}

/// What stands beside a verb of speech where the tree gives it nothing: the rest of the sentence, before ", police said on Monday" or
/// behind "he said". `group` are the cue and its source.
pub(super) fn rest(
    tree: &Tree<'_>,
    extents: &Extents,
    group: (usize, usize),
    v: usize,
) -> Option<Content> {
    let (first, last) = group;
    let comma = |i: usize| matches!(tree.word(i), "," | "—" | "–");
    let end = tree.len() - 1;
    let closed =
        |from: usize| (from..=end).all(|i| matches!(tree.upos(i), Upos::Punct | Upos::Space));
    if asks(tree, v) || tree.child(v, &["cc"]).is_some() {
        return None;
    }
    let set_off = first > 2 && comma(first - 1);
    let runs = if set_off && closed(extents.of(v).1.max(last) + 1) {
        vec![(0, first - 1)]
    } else if set_off && last + 2 < end && comma(last + 1) {
        vec![(0, first - 1), (last + 2, end)]
    } else if last == v
        && object(tree, v).is_none()
        && last + 3 < end
        && !matches!(
            tree.upos(last + 1),
            Upos::Punct
                | Upos::Adp
                | Upos::Adv
                | Upos::Space
                | Upos::Cconj
                | Upos::Sconj
                | Upos::Part
        )
    {
        vec![(last + 1, end)]
    } else {
        return None;
    };
    Some(Content::new(runs))
}

/// Whether a question word stands under the verb ("whatever the senator says").
fn asks(tree: &Tree<'_>, v: usize) -> bool {
    tree.children(v)
        .iter()
        .any(|&c| c < v && tree.tag(c).starts_with('W'))
}

/// "is expected to leave", "seems angry": the subject and what is said of it.
pub(super) fn of_subject(
    tree: &Tree<'_>,
    extents: &Extents,
    v: usize,
    takes: &Takes,
) -> Option<Content> {
    let passive = tree.passive(v);
    if !(takes.takes("subject") && !passive
        || takes.takes("passive-subject") && passive && tree.agent(v).is_none())
    {
        return None;
    }
    let said = tree
        .all(v, &["xcomp", "ccomp", "acl", "advcl", "obl"])
        .into_iter()
        .find(|&c| {
            c > v
                && (tree.to_infinitive(c)
                    || takes.takes("subject")
                        && (!matches!(tree.rel(c), "obl" | "advcl") || tree.case(c) == "like")
                    || tree.rel(c) == "ccomp")
        })?;
    let mut runs = vec![extents.of(said)];
    if let Some(subject) = tree
        .child(v, &["nsubj:pass", "nsubj"])
        .filter(|&s| !(tree.lemma(s) == "it" && tree.rel(said) == "ccomp"))
    {
        runs.push(extents.of(subject));
    }
    Some(Content {
        subject: true,
        ..Content::new(runs)
    })
}

/// What is under `i`; under a noun, without a relative clause set off by a comma, which is the reporter's.
fn phrase(tree: &Tree<'_>, extents: &Extents, i: usize) -> (usize, usize) {
    let (first, mut last) = extents.of(i);
    if matches!(tree.upos(i), Upos::Noun | Upos::Propn) {
        for c in tree.all(i, &["acl:relcl"]) {
            let (from, _) = extents.of(c);
            if from > i + 1 && tree.word(from - 1) == "," {
                last = last.min(from - 2);
            }
        }
    }
    (first, last.max(i))
}

fn object(tree: &Tree<'_>, v: usize) -> Option<usize> {
    tree.child(v, &["obj", "iobj"])
}

fn as_phrase(tree: &Tree<'_>, v: usize) -> bool {
    tree.all(v, &["obl", "advcl"])
        .into_iter()
        .any(|c| tree.case(c) == "as")
}

/// ", he said," inside of a clause, or set behind it: the clause is the content.
fn around(tree: &Tree<'_>, extents: &Extents, v: usize, takes: &Takes) -> Option<Content> {
    let head = tree.head(v).filter(|_| !asks(tree, v))?;
    let subject = tree.child(v, &["nsubj"]).is_some();
    let marked = !tree.case(v).is_empty()
        || tree
            .all(v, &["advmod"])
            .into_iter()
            .any(|m| m < v && matches!(tree.lemma(m), "when" | "where" | "how" | "why"));
    let fits = match tree.rel(v) {
        "parataxis" => subject,
        "ccomp" | "dep" => {
            subject && !marked && v > head && tree.case(v).is_empty() && apart(tree, extents, v)
        }
        // "As reported by X,"
        "advcl" => {
            (subject || tree.agent(v).is_some())
                && tree.case(v) == "as"
                && object(tree, v).is_none()
        }
        _ => false,
    };
    (fits && (takes.takes("quote") || takes.takes("clause"))).then(|| {
        let mut top = head;
        // The clause it interrupts, not a phrase in it.
        while let Some(over) = tree.head(top)
            && !matches!(tree.upos(top), Upos::Verb | Upos::Aux)
            && !matches!(tree.rel(top), "ccomp" | "parataxis" | "conj")
        {
            top = over;
        }
        Content::new(super::extents::without(
            vec![extents.of(top)],
            extents.of(v),
        ))
    })
}

/// Whether a comma stands before the clause.
fn apart(tree: &Tree<'_>, extents: &Extents, v: usize) -> bool {
    let (first, _) = extents.of(v);
    first > 0 && matches!(tree.word(first - 1), "," | "—" | "–" | "--" | "”" | "\"")
}

/// "a sentiment endorsed by the crowd", "the man known as": the noun is the content.
fn reduced(tree: &Tree<'_>, extents: &Extents, v: usize, takes: &Takes) -> Option<Content> {
    let of = takes.takes("object") && (tree.agent(v).is_some() || takes.speaks);
    let behind = tree
        .all(v, &["xcomp", "obl", "advcl"])
        .into_iter()
        .find(|&c| {
            c > v
                && (tree.case(c) == "as" && takes.takes("as")
                    || tree.rel(c) == "xcomp" && takes.takes("small"))
        });
    if !of && behind.is_none() {
        return None;
    }
    // "in a report released by them": where, not what
    let head = tree.head(v).filter(|&h| tree.rel(h) != "obl")?;
    let mut runs = vec![(extents.of(head).0, head)];
    runs.extend(behind.map(|c| extents.of(c)));
    Some(Content::new(runs))
}

/// "the rise he seeks", "the issues they care about": the noun that the clause is about, where the clause names its own subject.
fn relative(tree: &Tree<'_>, extents: &Extents, v: usize, takes: &Takes) -> Option<Content> {
    let subject = tree.child(v, &["nsubj"])?;
    let relative = matches!(tree.lemma(subject), "who" | "which" | "that" | "whom");
    let head = tree.head(v)?;
    let behind = tree
        .all(v, &["obl", "advmod", "compound:prt"])
        .into_iter()
        .any(|c| c > v && takes.takes(tree.lemma(c)));
    let fits = !relative && object(tree, v).is_none() && (takes.takes("object") || behind);
    let thing = matches!(tree.upos(head), Upos::Noun | Upos::Pron | Upos::Propn)
        && !matches!(
            tree.lemma(head),
            "way" | "time" | "day" | "reason" | "place" | "year"
        );
    (fits && thing).then(|| Content::new(vec![(extents.of(head).0, head)]))
}

/// The content of the noun `n` ("claims that", "criticism of").
pub(super) fn of_noun(
    tree: &Tree<'_>,
    extents: &Extents,
    n: usize,
    takes: &Takes,
) -> Option<Content> {
    let mut runs = Vec::new();
    let mut preposition = None;
    let mut that = false;
    for &c in tree.children(n) {
        let case = tree.case(c);
        let clause = matches!(tree.rel(c), "acl" | "ccomp" | "acl:relcl" | "dep" | "csubj");
        if clause
            && c > n
            && takes.takes("clause")
            && matches!(case.as_str(), "that" | "whether" | "if")
            && tree.child(c, &["mark"]).is_some()
            || c > n && takes.takes("infinitive") && tree.to_infinitive(c)
        {
            that |= case == "that";
            runs.push(extents.of(c));
        } else if matches!(tree.rel(c), "nmod" | "obl" | "acl" | "advcl")
            && c > n
            && takes.takes(&case)
            && runs.is_empty()
        {
            preposition = tree.child(c, &["case", "mark"]);
            runs.push(extents.of(c));
        }
    }
    if let Some(p) = preposition {
        runs = super::extents::without(runs, (p, p));
    }
    (!runs.is_empty()).then(|| Content {
        preposition,
        clause: that,
        ..Content::new(runs)
    })
}

/// "The plan angered them", "they were angered by the plan": whom it moves, and what does.
pub(super) fn stimulus(tree: &Tree<'_>, extents: &Extents, v: usize) -> Option<(usize, Content)> {
    let subject = tree.child(v, &["nsubj", "nsubj:pass"])?;
    let (moved, by) = if tree.passive(v) {
        (subject, tree.agent(v)?)
    } else {
        (tree.child(v, &["obj"])?, subject)
    };
    let (first, last) = extents.of(by);
    let first = tree.child(by, &["case"]).map_or(first, |case| case + 1);
    Some((moved, Content::new(vec![(first.min(by), last)])))
}

/// "The plan drew criticism from them", "she has support among them": the subject is what the object `n` is about, and from whom.
pub(super) fn earned(tree: &Tree<'_>, extents: &Extents, n: usize) -> Option<(usize, Content)> {
    let verb = tree.head(n).filter(|_| tree.rel(n) == "obj")?;
    let from = [n, verb]
        .into_iter()
        .flat_map(|i| tree.all(i, &["nmod", "obl"]))
        .find(|&c| c > n && matches!(tree.case(c).as_str(), "from" | "among"))?;
    let subject = tree
        .child(verb, &["nsubj"])
        .filter(|_| tree.upos(verb) == Upos::Verb)?;
    Some((from, Content::new(vec![extents.of(subject)])))
}
