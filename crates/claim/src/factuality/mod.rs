//! Event factuality: whether, by its author's words, each predicate of a sentence is so, is not so, or is left open, and how.
//!
//! Composed from the root of the sentence down to the predicate. Each word passes on what its signature says of what is under it
//! (Nairn, Condoravdi and Karttunen 2006; over dependency trees: Lotan, Stern and Dagan 2013), and what stands on a predicate
//! itself (modal verbs, negation, adverbs) works on what it was handed. The words and their signatures are the codebook's; how
//! clauses stand under one another is grammar, in `edges`. Sources are believed: what somebody "said" is as sure as the saying.

mod edges;
mod marks;
mod signatures;

use sayso_codebook::{Openness, Sign};
use sayso_records::{Certainty, Upos};

pub(crate) use marks::shares;
pub(crate) use signatures::Signatures;

use crate::{
    context::Lookup,
    tree::{Form, Tree},
};

/// How the author of a sentence commits to one of its predicates (Saurí and Pustejovsky 2009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Whether it is so, with whoever is made to say it believed.
    pub sign: Sign,
    /// Whether it is put as not so: what is left open has a side too ("may not").
    pub denied: bool,
    /// How it is left open. `None`: it is not.
    pub open: Option<Openness>,
    /// How sure its source is of it.
    pub certainty: Certainty,
    /// Whether somebody else is made to say it.
    pub reported: bool,
    /// Whether it is open only because what it stands beside is: "would leave after the talks".
    pub beside: bool,
    /// Tense and aspect (`past`, `noun`, `gerund`); of what a word in the past brings about ("was forced to hand over"), the word's.
    pub form: &'static str,
    /// Whether a noun is spoken of as known: "the attack", "Iran's attack".
    pub known: bool,
}

/// What is known of a predicate on the way down.
#[derive(Debug, Clone, Copy)]
struct Level {
    sign: Sign,
    denied: bool,
    open: Option<Openness>,
    certainty: Certainty,
    /// Of the words that report it alone.
    said: Certainty,
    reported: bool,
    beside: bool,
    form: Form,
}

/// A predicate as it was handed down, and after what stands on it.
#[derive(Debug, Clone, Copy)]
struct Seen {
    handed: Level,
    own: Level,
}

impl Level {
    /// Left open in this way; of two ways the farther from a fact.
    fn left(&mut self, open: Openness) {
        if self.sign != Sign::Minus || self.open.is_some() {
            self.sign = Sign::Open;
            self.open = self.open.max(Some(open));
            self.beside = false;
        }
    }

    fn negate(&mut self) {
        self.denied = !self.denied;
        self.sign = match self.sign {
            Sign::Plus => Sign::Minus,
            Sign::Minus => Sign::Plus,
            Sign::Open => Sign::Open,
        };
    }

    /// Weaker wins.
    fn sure(&mut self, certainty: Option<Certainty>) {
        if let Some(certainty) = certainty
            && crate::context::rank(certainty) > crate::context::rank(self.certainty)
        {
            self.certainty = certainty;
        }
    }
}

/// The commitments of a sentence, each made once.
pub(crate) struct Commitments<'a> {
    tree: &'a Tree<'a>,
    lookup: &'a Lookup,
    seen: Vec<Option<Seen>>,
}

impl<'a> Commitments<'a> {
    pub(crate) fn new(tree: &'a Tree<'a>, lookup: &'a Lookup) -> Self {
        Self {
            tree,
            lookup,
            seen: vec![None; tree.len()],
        }
    }

    /// The commitment to the predicate at `i`.
    pub(crate) fn of(&mut self, i: usize) -> Commitment {
        let level = self.seen(i).own;
        let tree = self.tree;
        let bare = level.form == Form::Progressive
            && tree.form(i) == Form::Progressive
            && tree.child(i, &["aux", "aux:pass"]).is_none();
        Commitment {
            sign: level.sign,
            denied: level.denied,
            open: level.open,
            certainty: level.certainty,
            reported: level.reported,
            beside: level.beside,
            form: if bare { "gerund" } else { level.form.as_str() },
            known: tree.definite(i),
        }
    }

    /// The form of the word that brings the predicate at `i` about or keeps it from being, which gives it its time. `None`: it has
    /// its own.
    pub(crate) fn brought_about(&mut self, i: usize) -> Option<Form> {
        let form = self.seen(i).own.form;
        (form != signatures::tense(self.tree, i)).then_some(form)
    }

    /// Each rule and word that turned the polarity of the predicate at `i`, the nearest first.
    pub(crate) fn turns(&mut self, i: usize) -> Vec<(&'static str, usize)> {
        self.seen(i);
        let tree = self.tree;
        let mut out = Vec::new();
        let mut at = i;
        for _ in 0..tree.len() {
            let Some(seen) = self.seen[at] else { break };
            if seen.own.denied != seen.handed.denied {
                out.push(marks::turning(tree, self.lookup, at));
            }
            let Some(head) = tree.head(at) else { break };
            let over = self.seen[head].map(|s| s.own.denied);
            if tree.rel(at) != "conj" && over.is_some_and(|denied| denied != seen.handed.denied) {
                out.push(("embedding.signatures", head));
            }
            at = head;
        }
        out
    }

    fn seen(&mut self, i: usize) -> Seen {
        // Up to what is known, then down again: every word is made once.
        let mut path = vec![i];
        let mut at = i;
        while let Some(head) = self.tree.head(at)
            && self.seen[at].is_none()
            && path.len() <= self.tree.len()
        {
            path.push(head);
            at = head;
        }
        let mut last = None;
        for at in path.into_iter().rev() {
            last = Some(match self.seen[at] {
                Some(seen) => seen,
                None => self.make(at),
            });
        }
        last.unwrap_or_else(|| self.make(i))
    }

    /// Its head, if it has one, is made already.
    fn make(&mut self, at: usize) -> Seen {
        let tree = self.tree;
        let above = tree
            .head(at)
            .and_then(|head| self.seen[head].map(|seen| (head, seen)));
        let handed = match above {
            None => Level {
                sign: Sign::Plus,
                denied: false,
                open: None,
                certainty: Certainty::Stated,
                said: Certainty::Stated,
                reported: false,
                beside: false,
                form: signatures::tense(tree, at),
            },
            Some((head, seen)) => self.hand_down(head, seen, at),
        };
        let mut own = handed;
        marks::apply(&mut own, tree, self.lookup, at);
        let seen = Seen { handed, own };
        self.seen[at] = Some(seen);
        seen
    }

    fn hand_down(&self, head: usize, above: Seen, at: usize) -> Level {
        let (tree, lookup) = (self.tree, self.lookup);
        let form = signatures::tense(tree, at);
        let rel = tree.rel(at);
        if rel == "conj" {
            let shares = shares(tree, head, at);
            let above = self.coordinated(head, above, at);
            return Level {
                form,
                ..if shares { above.own } else { above.handed }
            };
        }
        let mut level = Level { form, ..above.own };
        let complement = edges::complement(tree, head, at);
        let reporting = lookup.reports(tree, head).filter(|_| {
            matches!(rel, "ccomp" | "csubj" | "csubj:pass")
                || matches!(rel, "xcomp" | "acl") && complement.as_deref() != Some("noun")
                || complement.as_deref() == Some("of")
        });
        if let Some(word) = reporting {
            level.reported = true;
            level.sure(word.certainty);
            level.said = level.certainty;
        } else if complement.is_some() {
            level.sure(lookup.embedding(tree, head).and_then(|word| word.certainty));
        }
        let worded = complement.as_deref().and_then(|complement| {
            edges::ahead(tree, head, complement)
                .or_else(|| self.in_vain(head, complement))
                .or_else(|| lookup.signatures.of(tree, head, complement))
                .or_else(|| self.predicated(head, at, complement))
        });
        let entailed = worded
            .unwrap_or_else(|| edges::plain(tree, head, at, complement.as_deref(), above.own.sign));
        // "denied the sale", "denied a report that", but not "rejected the offer": there was one
        let refuted =
            || complement.as_deref() == Some("object") && lookup.embedding(tree, at).is_none();
        let negates = lookup
            .reports(tree, head)
            .is_some_and(|word| word.negates && (reporting.is_some() || refuted()));
        level.sign = entailed.under(above.own.sign);
        let ahead = matches!(
            entailed.open,
            Some(Openness::Planned | Openness::Expected | Openness::Wanted | Openness::Offered)
        );
        if ahead && above.own.sign == Sign::Plus && edges::came_to_nothing(tree, head) {
            level.sign = Sign::Minus;
        }
        if level.sign == Sign::Plus && entailed.signature.denied != Sign::Minus {
            // What is taken as known is as sure as whoever says so.
            level.certainty = level.said;
        }
        match level.sign {
            Sign::Plus => (level.denied, level.open, level.beside) = (false, None, false),
            Sign::Minus => (level.denied, level.open, level.beside) = (true, None, false),
            Sign::Open => {
                level.beside = !entailed.shares || level.beside && entailed.follows;
                level.denied &= entailed.shares;
                level.denied ^= entailed.signature.holds == Sign::Minus;
                let over = above.own.open;
                level.open = over.max(entailed.open).or(Some(Openness::Left));
            }
        }
        // Who denies is believed no more than whom he answers.
        if negates {
            level.left(Openness::Doubted);
            level.negate();
        }
        // "was forced to hand over" has handed over then
        let untensed = matches!(form, Form::Infinitive | Form::Noun | Form::Participle)
            || form == Form::Progressive && !edges::finite(tree, at);
        if untensed && worded.is_some() && level.sign != Sign::Open && form != Form::Noun {
            level.form = above.own.form;
        }
        level
    }

    /// What a predicate is coordinated with: one with a tense of its own not with an infinitive ("failed to sell it and filed").
    fn coordinated(&self, mut first: usize, mut above: Seen, at: usize) -> Seen {
        let tree = self.tree;
        while edges::finite(tree, at)
            && !edges::finite(tree, first)
            && tree.upos(first) == Upos::Verb
            && matches!(
                tree.rel(first),
                "xcomp" | "ccomp" | "conj" | "advcl" | "acl"
            )
            && let Some(head) = tree.head(first)
            && let Some(seen) = self.seen[head]
        {
            (first, above) = (head, seen);
        }
        above
    }

    /// "A failed attempt to reach": what is under a noun comes to nothing by its adjective.
    fn in_vain(&self, head: usize, complement: &str) -> Option<signatures::Entailed> {
        let tree = self.tree;
        if tree.upos(head) != Upos::Noun || matches!(complement, "noun" | "compound" | "that") {
            return None;
        }
        tree.all(head, &["amod"])
            .into_iter()
            .filter_map(|adjective| self.lookup.signatures.of(tree, adjective, "noun"))
            .find(|said| said.signature.holds == Sign::Minus)
    }

    /// "His aim is to build": the noun that the clause is said of.
    fn predicated(&self, head: usize, at: usize, complement: &str) -> Option<signatures::Entailed> {
        let tree = self.tree;
        if tree.lemma(head) != "be" || !matches!(tree.rel(at), "xcomp" | "ccomp") {
            return None;
        }
        let subject = tree.child(head, &["nsubj"])?;
        self.lookup.signatures.of(tree, subject, complement)
    }
}
