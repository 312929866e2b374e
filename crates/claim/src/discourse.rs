//! Whom a text has named so far, for the words that point back: "it", "the company", "the country".

use sayso_records::{EntityType, Filler, Upos};

use crate::{
    frame::Frame,
    phrase::{Lexicon, Phrases},
    tree::Tree,
};

/// The latest of each sort that a later word may mean. Empty at the start of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Discourse {
    /// Whom the last sentence was about: "it", "they".
    subject: Option<Filler>,
    /// The last person who was or spoke: "he", "she".
    person: Option<Filler>,
    company: Option<Filler>,
    state: Option<Filler>,
}

impl Discourse {
    /// Whom `token` means, if it points back past its sentence.
    pub(crate) fn stands_for(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon,
        token: usize,
    ) -> Option<&Filler> {
        if tree.upos(token) == Upos::Pron {
            return match tree.lemma(token) {
                "it" | "its" | "they" | "their" => self.subject.as_ref(),
                "he" | "she" | "his" | "her" => self.person.as_ref(),
                _ => None,
            };
        }
        let bare = tree.upos(token) == Upos::Noun
            && tree.tag(token) != "NNS"
            && tree.children(token).iter().all(|&c| {
                c > token && tree.rel(c) != "nmod" && tree.rel(c) != "appos"
                    || matches!(
                        tree.rel(c),
                        "det" | "case" | "punct" | "mark" | "cc" | "advmod"
                    )
            })
            && tree
                .child(token, &["det"])
                .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that"));
        let lemma = tree.lemma(token);
        if bare && lexicon.strong("company-word", lemma) {
            self.company.as_ref()
        } else if bare && lexicon.strong("state-word", lemma) {
            self.state.as_ref()
        } else {
            None
        }
    }

    /// The discourse after a sentence.
    pub(crate) fn after(&self, frame: &Frame<'_>) -> Self {
        let (phrases, tree) = (frame.phrases, frame.phrases.tree);
        let mut next = self.clone();
        let speaking = |t: usize| {
            tree.head(t)
                .is_some_and(|h| frame.lookup.reporting_verb(tree, h))
        };
        let subjects: Vec<usize> = (0..tree.len())
            .filter(|&t| matches!(tree.rel(t), "nsubj" | "nsubj:pass") && phrases.actor(t))
            .collect();
        for &t in &subjects {
            let filler = phrases.filler(t, true);
            if filler.kind == EntityType::Person {
                next.person = Some(filler);
            }
        }
        // What is said has the subject, not the one who says it; of clauses, the first.
        let about = subjects
            .iter()
            .copied()
            .filter(|&t| main(tree, t))
            .find(|&t| !speaking(t))
            .or_else(|| subjects.iter().copied().find(|&t| speaking(t)));
        next.subject = about.map(|t| phrases.filler(t, true));
        let states: Vec<Filler> = named(phrases, |kind, _| kind == EntityType::State);
        let firms = named(phrases, |kind, class| {
            kind == EntityType::Organisation && matches!(class, None | Some("company"))
        });
        let of = |list: &[Filler]| {
            let subject = next
                .subject
                .as_ref()
                .and_then(|s| list.iter().find(|f| f.name == s.name));
            subject.or(list.last()).cloned()
        };
        let (company, state) = (of(&firms), of(&states));
        next.company = company.or(next.company);
        next.state = state.or(next.state);
        next
    }

    /// Text was passed over: pronouns no longer reach back, names that descriptions mean do.
    pub(crate) fn gap(&mut self) {
        self.subject = None;
        self.person = None;
    }
}

/// Whether the clause of a subject is the sentence's own, or what its verb says.
fn main(tree: &Tree<'_>, subject: usize) -> bool {
    let Some(mut at) = tree.head(subject) else {
        return true;
    };
    while let Some(head) = tree.head(at) {
        if !matches!(tree.rel(at), "ccomp" | "parataxis") {
            return false;
        }
        at = head;
    }
    true
}

/// Named actors of a sort, in the order of the text, once each.
fn named(phrases: &Phrases<'_>, is: impl Fn(EntityType, Option<&str>) -> bool) -> Vec<Filler> {
    let mut out: Vec<Filler> = Vec::new();
    for name in phrases.names() {
        if !name.acts || !is(name.kind, name.class.as_deref()) {
            continue;
        }
        let mut filler = phrases.filler(phrases.head_of(name), true);
        if let Some(entity) = &name.entity {
            filler.name.clone_from(&entity.name);
            filler.entity = Some(entity.clone());
            filler.kind = name.kind;
        }
        if !out.iter().any(|f| f.name == filler.name) {
            out.push(filler);
        }
    }
    out
}
