//! The attributions that the tree of one sentence shows.

use sayso_records::{Byte, Span, Upos};

use super::{
    Form, Found,
    content::{self, Content},
    cues::{self, Cues},
    extents::{self, Extents},
    quotes::Quote,
    sources,
};
use crate::tree::Tree;

/// All cues of a sentence. One that can introduce a quotation is given back without content too: the quotation may stand beside it.
pub(super) fn read(cues: &Cues, tree: &Tree<'_>, sentence: usize, quoted: &[Quote]) -> Vec<Found> {
    let extents = Extents::new(tree);
    let mut out = Vec::new();
    out.extend(transcript(tree, sentence));
    for i in 0..tree.len() {
        let found = match tree.upos(i) {
            Upos::Verb | Upos::Aux | Upos::Adj => {
                verb(cues, tree, &extents, i).or_else(|| accords(cues, tree, &extents, i))
            }
            Upos::Noun => {
                noun(cues, tree, &extents, i).or_else(|| according(cues, tree, &extents, i))
            }
            Upos::Propn | Upos::Pron | Upos::Num => according(cues, tree, &extents, i),
            Upos::Adv if cues.hearsay(tree, i) => hearsay(tree, &extents, i),
            _ => None,
        };
        out.extend(found.map(|mut part| {
            part.keep_apart(tree, &extents, quoted);
            part.place(tree, sentence)
        }));
    }
    out
}

/// What was found, in tokens.
struct Part {
    cue: usize,
    cue_extent: (usize, usize),
    source: Option<(usize, (usize, usize))>,
    runs: Vec<(usize, usize)>,
    form: Form,
    quotes: bool,
    speaks: bool,
}

impl Part {
    /// A cue outside of a quotation has no source inside it, and one inside reaches nothing outside.
    fn keep_apart(&mut self, tree: &Tree<'_>, extents: &Extents, quoted: &[Quote]) {
        let inside = |i: usize| {
            let span = tree.token(i).span;
            let n = quoted.partition_point(|q| q.span.end < span.end);
            quoted.get(n).filter(|q| q.span.contains(span)).map(|_| n)
        };
        let cue = inside(self.cue);
        if let Some((source, _)) = self.source
            && inside(source) != cue
        {
            self.source = None;
            if cue.is_none() && self.quotes {
                self.source = sources::beside(tree, self.cue, |i| inside(i).is_none())
                    .map(|s| (s, sources::extent(tree, extents, s, self.cue_extent)));
            }
        }
        if let Some(quote) = cue {
            let apart = |i: usize| inside(i) != Some(quote);
            for (first, last) in &mut self.runs {
                while *first < *last && apart(*first) {
                    *first += 1;
                }
                while *last > *first && apart(*last) {
                    *last -= 1;
                }
            }
            self.runs.retain(|&(first, _)| !apart(first));
        }
    }

    fn place(self, tree: &Tree<'_>, sentence: usize) -> Found {
        let span = |(first, last): (usize, usize)| -> Span<Byte> { tree.span(first, last) };
        let mut runs = extents::without(self.runs, self.cue_extent);
        if let Some((_, source)) = self.source {
            runs = extents::without(runs, source);
        }
        Found {
            sentence,
            source: self.source.map(|(head, extent)| (head, span(extent))),
            cue_token: self.cue,
            cue: span(self.cue_extent),
            content: extents::tidy(tree, runs).into_iter().map(span).collect(),
            form: self.form,
            quotes: self.quotes,
            speaks: self.speaks,
        }
    }
}

/// "Q: …", "Obama: It will be fine": a short name and a colon at the start of a paragraph; all that follows is said.
fn transcript(tree: &Tree<'_>, sentence: usize) -> Option<Found> {
    let colon = (1..tree.len().min(5)).find(|&i| tree.word(i) == ":")?;
    let name =
        |i: usize| tree.upos(i) == Upos::Propn || tree.word(i).chars().all(char::is_uppercase);
    let cue = tree.span(colon, colon);
    let rest = tree.text.get(cue.end as usize..)?;
    if sentence > 0 || rest.trim().is_empty() || !(0..colon).all(name) {
        return None;
    }
    let start = tree.text.len() - rest.trim_start().len();
    let end = cue.end as usize + rest.trim_end().len();
    Some(Found {
        sentence,
        source: Some((colon - 1, tree.span(0, colon - 1))),
        cue_token: colon,
        cue,
        content: vec![Span::new(start, end)],
        form: Form::Direct,
        quotes: true,
        speaks: true,
    })
}

fn verb(cues: &Cues, tree: &Tree<'_>, extents: &Extents, v: usize) -> Option<Part> {
    let takes = cues.takes(tree, v)?;
    let held = content::of_subject(tree, extents, v, takes)
        .or_else(|| content::of_verb(cues, tree, extents, v, takes));
    let quotes = takes.takes("quote");
    let whole = held.as_ref().is_some_and(|c| c.subject);
    let source = if whole {
        None
    } else {
        sources::of_verb(tree, v)
    };
    let mut source = source;
    let mut held = held;
    if held.is_none()
        && takes.takes("stimulus")
        && let Some((stirred, by)) = content::stimulus(tree, extents, v)
    {
        (source, held) = (Some(stirred), Some(by));
    }
    if takes.speaks {
        let cue = cues::extent(tree, v);
        let own = source.filter(|&s| {
            tree.head(s) == Some(v) && tree.rel(s) == "nsubj" && !tree.tag(s).starts_with('W')
        });
        // ", the service believes.": no relative clause, and nothing joined on
        let behind = matches!(tree.rel(v), "acl:relcl" | "conj");
        if let Some(own) = own.filter(|_| held.is_none() || behind) {
            let subject = sources::extent(tree, extents, own, cue);
            let group = (cue.0.min(subject.0), cue.1.max(subject.1));
            if held.is_none() || group.0 > 0 && tree.word(group.0 - 1) == "," && group.1 == cue.1 {
                held = content::rest(tree, extents, group, v).or(held);
            }
        }
        if let Some(object) = sources::behind(tree, v) {
            let whole = content::rest(tree, extents, (cue.0, extents.of(object).1), v);
            if whole.is_some() {
                (held, source) = (whole, Some(object));
            }
        }
        if source.is_none() {
            source = sources::apposed(tree, extents, cue.0);
        }
    }
    if held.is_none() && (!quotes || source.is_none()) {
        return None;
    }
    // "you know", "Remember the date": what the reader is told says nothing of what anybody said.
    if source.map_or_else(|| bidden(tree, v), |s| tree.lemma(s) == "you") || caused(tree, v) {
        return None;
    }
    // "It is clear that": to everybody.
    if tree.upos(v) == Upos::Adj && source.is_none() && tree.rel(v) != "amod" {
        return None;
    }
    // "a chance to defend him", "a number written on it"
    let bare = tree.child(v, &["ccomp", "xcomp"]).is_none();
    let led = held.as_ref().is_some_and(|c| c.preposition.is_some());
    let unsaid = tree.to_infinitive(v) && tree.child(v, &["obj"]).is_some()
        || tree.passive(v) && tree.agent(v).is_none() && led;
    if tree.rel(v) == "acl" && bare && unsaid {
        return None;
    }
    let held = held.unwrap_or(Content {
        runs: Vec::new(),
        preposition: None,
        subject: false,
        clause: false,
    });
    let mut cue_extent = cues::extent(tree, v);
    // "took aim at"
    if let Some((_, with)) = cues.joint(tree, v)
        && extents.of(with).0 == cue_extent.1 + 1
    {
        cue_extent.1 = with;
    }
    if held.preposition == Some(cue_extent.1 + 1) {
        cue_extent.1 += 1;
    }
    let form = match tree.upos(v) {
        Upos::Adj => Form::Noun,
        _ => Form::Indirect,
    };
    Some(Part {
        cue: v,
        cue_extent,
        source: source.map(|s| (s, sources::extent(tree, extents, s, cue_extent))),
        runs: held.runs,
        form,
        quotes,
        speaks: takes.speaks && form == Form::Indirect,
    })
}

/// "helps them find it": what somebody is made to do.
fn caused(tree: &Tree<'_>, v: usize) -> bool {
    matches!(tree.rel(v), "xcomp" | "ccomp")
        && tree.tag(v) == "VB"
        && tree.child(v, &["aux", "aux:pass", "mark"]).is_none()
}

/// Whether the verb is an imperative.
fn bidden(tree: &Tree<'_>, v: usize) -> bool {
    tree.rel(v) == "root"
        && tree.tag(v) == "VB"
        && tree
            .child(
                v,
                &["nsubj", "nsubj:pass", "aux", "aux:pass", "mark", "csubj"],
            )
            .is_none()
}

fn noun(cues: &Cues, tree: &Tree<'_>, extents: &Extents, n: usize) -> Option<Part> {
    let takes = cues.takes(tree, n)?;
    let (source, held) = match content::of_noun(tree, extents, n, takes) {
        Some(held) => (sources::of_noun(tree, n), held),
        None if takes.takes("earned") => {
            content::earned(tree, extents, n).map(|(s, held)| (Some(s), held))?
        }
        None => return None,
    };
    if source.is_none() && !held.clause && !takes.takes("unowned") {
        return None;
    }
    let mut cue_extent = (n, n);
    if held.preposition == Some(n + 1) {
        cue_extent.1 += 1;
    }
    Some(Part {
        cue: n,
        cue_extent,
        source: source.map(|s| (s, sources::extent(tree, extents, s, cue_extent))),
        runs: held.runs,
        form: Form::Noun,
        quotes: false,
        speaks: takes.speaks,
    })
}

/// "according to X" where the parser takes the first word for a verb.
fn accords(cues: &Cues, tree: &Tree<'_>, extents: &Extents, verb: usize) -> Option<Part> {
    let next = verb + 1;
    let words = (next < tree.len())
        .then(|| format!("{} {}", tree.word(verb), tree.word(next)).to_lowercase())?;
    if !cues.according(&words) {
        return None;
    }
    let source = tree
        .all(verb, &["obl", "nmod"])
        .into_iter()
        .find(|&c| c > next)?;
    let (first, last) = sources::extent(tree, extents, source, (verb, next));
    let top = tree.head(verb)?;
    Some(Part {
        cue: verb,
        cue_extent: (verb, next),
        source: Some((source, (first.max(next + 1).min(source), last))),
        runs: extents::without(vec![extents.of(clause(tree, top))], extents.of(verb)),
        form: Form::AccordingTo,
        quotes: false,
        speaks: true,
    })
}

/// The clause that a phrase on `top` speaks of: up to the root, or to what is said, joined on or relative.
fn clause(tree: &Tree<'_>, mut top: usize) -> usize {
    while let Some(over) = tree.head(top)
        && !(matches!(tree.upos(top), Upos::Verb | Upos::Aux)
            && matches!(tree.rel(top), "ccomp" | "conj" | "parataxis" | "acl:relcl"))
    {
        top = over;
    }
    top
}

/// "according to X": the clause it stands in is the content.
fn according(cues: &Cues, tree: &Tree<'_>, extents: &Extents, source: usize) -> Option<Part> {
    let case = tree.child(source, &["case"])?;
    let words = tree.case(source);
    // "per capita" is a rate.
    let rate = !words.contains(' ') && tree.upos(source) != Upos::Propn && !tree.definite(source);
    let within = words == "in" && case == 0 && cues.inside(tree, source);
    if !within && (rate || !cues.according(&words)) {
        return None;
    }
    let top = clause(tree, tree.head(source)?);
    let (first, last) = sources::extent(tree, extents, source, (case, case));
    let cue_last = (case..source)
        .take_while(|&i| matches!(tree.rel(i), "case" | "fixed" | "mark"))
        .last()
        .unwrap_or(case);
    Some(Part {
        cue: case,
        cue_extent: (case, cue_last),
        source: Some((source, (first.max(cue_last + 1).min(source), last))),
        runs: extents::without(vec![extents.of(top)], extents.of(source)),
        form: Form::AccordingTo,
        quotes: false,
        speaks: true,
    })
}

/// "reportedly": the clause, with nobody named.
fn hearsay(tree: &Tree<'_>, extents: &Extents, adverb: usize) -> Option<Part> {
    let head = tree.head(adverb)?;
    Some(Part {
        cue: adverb,
        cue_extent: (adverb, adverb),
        source: None,
        runs: vec![extents.of(head)],
        form: Form::Indirect,
        quotes: false,
        speaks: false,
    })
}
