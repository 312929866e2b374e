//! What a word that is no name means: "the company", "the kingdom", "the plant", "it".

use sayso_gazetteer::{Gazetteer, Via};
use sayso_records::{Entity, EntityType, Filler, Upos};

use super::Phrases;
use crate::{
    discourse::{self, Origin, Thing, elliptic},
    frame::STEPS,
};

impl Phrases<'_> {
    /// "According to documents published by X, the plant obtains its engines": whether a phrase only tells of what the sentence says.
    pub(crate) fn tells(&self, token: usize) -> bool {
        let mut at = Some(token);
        for _ in 0..STEPS {
            let Some(here) = at else { return false };
            if self.tree.case(here).starts_with("according") {
                return true;
            }
            at = self.tree.head(here);
        }
        false
    }

    /// The firm or state named last before a bare "the company" or "the country" in the same sentence.
    pub(super) fn firm_before(&self, token: usize) -> Option<Filler> {
        let tree = self.tree;
        if !self.lexicon.strong("company-word", tree.lemma(token)) || !discourse::bare(tree, token)
        {
            return None;
        }
        let name = self.names.iter().rev().find(|n| {
            n.last < token
                && n.kind == EntityType::Organisation
                && matches!(n.class.as_deref(), None | Some("company"))
                && !self.tells(self.head_of(n))
        })?;
        let head = self.head_of(name);
        // Who only hears it, or prints it, is not meant.
        let acts = matches!(
            tree.rel(head),
            "nsubj" | "nsubj:pass" | "obl:agent" | "nmod:poss" | "nmod" | "obj"
        ) || tree.rel(head) == "obl"
            && matches!(tree.case(head).as_str(), "with" | "from" | "to" | "by");
        acts.then(|| self.filler(head, true))
    }

    /// The state that a bare "the kingdom" or "the sultanate" means: the last named that is called so in full.
    pub(super) fn realm(&self, token: usize, gazetteer: &Gazetteer) -> Option<Filler> {
        let tree = self.tree;
        if !self.lexicon.strong("state-word", tree.lemma(token)) || !discourse::bare(tree, token) {
            return None;
        }
        let word = tree.word(token);
        let form = format!("{}{}", word.get(..1)?.to_uppercase(), word.get(1..)?);
        let called = |f: &Filler| {
            let mut words = vec![form.as_str(), "of"];
            words.extend(f.name.split(' '));
            gazetteer
                .longest(&words)
                .is_some_and(|k| k.words == words.len() && k.entity.name == f.name)
        };
        let here = self
            .names
            .iter()
            .rev()
            .filter(|n| n.last < token && n.kind == EntityType::State && n.entity.is_some())
            .map(|n| Filler {
                name: n
                    .entity
                    .as_ref()
                    .map_or_else(String::new, |e| e.name.clone()),
                entity: n.entity.clone(),
                ..self.filler(self.head_of(n), true)
            });
        here.chain(self.discourse.states().cloned()).find(called)
    }

    /// Whom a word of this sentence means that the sentences before named.
    pub(crate) fn stands_for(&self, token: usize) -> Option<&Filler> {
        if let Some(Some(firm)) = self.firms.get(token) {
            return Some(firm);
        }
        let modifiers = self.tree.all(token, &["compound", "amod"]);
        let country = modifiers
            .iter()
            .find_map(|&m| self.named(m))
            .filter(|n| n.kind == EntityType::State && n.via != Some(Via::Capital))
            .and_then(|n| n.country.as_ref());
        let town = |&m: &usize| {
            self.named(m).is_some_and(|n| {
                matches!(n.kind, EntityType::Place | EntityType::Region)
                    || n.via == Some(Via::Capital)
            }) || self.of_a_people(m)
        };
        let origin = Origin {
            country,
            placed: !modifiers.is_empty() && modifiers.iter().all(town),
        };
        self.discourse
            .stands_for(self.tree, self.lexicon, token, origin)
    }

    /// Whether the model takes a word for an adjective of a people or a region that the gazetteer does not know ("Texan").
    fn of_a_people(&self, token: usize) -> bool {
        let tree = self.tree;
        self.named(token).is_none_or(|n| n.entity.is_none())
            && tree.sentence.names.iter().any(|n| {
                matches!(n.label.as_str(), "NORP" | "GPE" | "LOC")
                    && n.span.range().contains(&token)
            })
    }

    /// The state that a ministry or government acts for.
    pub(crate) fn office(&self, token: usize) -> Option<Entity> {
        self.named(token)
            .and_then(|n| n.state.clone())
            .or_else(|| self.discourse.office(self.tree, token))
    }

    /// The state that a bare "the government" acts for: the one that the sentence before was about, where no other stands before the
    /// word in its own.
    pub(crate) fn government(&self, token: usize) -> Option<&Entity> {
        let found = self
            .discourse
            .government(self.tree, self.lexicon, token)
            .filter(|_| self.named(token).is_none())?;
        let other = self.names.iter().any(|n| {
            n.last < token
                && n.kind == EntityType::State
                && n.entity.as_ref().is_some_and(|e| e.name != found.name)
        });
        (!other).then_some(found)
    }

    /// The state that people or an office are of by a word in front of them: "Serbia's president", "Iranian officers".
    pub(crate) fn whose(&self, token: usize) -> Option<Entity> {
        self.tree
            .all(token, &["nmod:poss", "amod", "compound"])
            .into_iter()
            .filter_map(|m| self.named(m))
            .filter(|n| n.kind == EntityType::State)
            .find_map(|n| n.entity.clone())
    }

    /// Those that "the two countries" means; empty where it means nobody.
    pub(crate) fn group(&self, token: usize) -> &[Filler] {
        self.discourse.group(self.tree, self.lexicon, token)
    }

    /// The plant spoken of before that a phrase means.
    pub(crate) fn plant(&self, token: usize) -> Option<&Thing> {
        self.discourse.plant(self.lexicon, self.tree, token)
    }

    /// The thing spoken of before that a phrase means.
    pub(crate) fn thing(&self, token: usize) -> Option<&Thing> {
        let exact = self
            .modifiers(token)
            .into_iter()
            .chain([token])
            .any(|m| self.named(m).is_some_and(|n| n.kind == EntityType::System));
        (!exact)
            .then(|| self.discourse.thing(self.lexicon, self.tree, token))
            .flatten()
    }

    /// The arms of the same sentence that "it", "them" or "one" takes up.
    pub(crate) fn arms_before(&self, token: usize) -> Option<usize> {
        let tree = self.tree;
        let many = match tree.lemma(token) {
            "it" => false,
            "they" | "them" | "these" | "those" | "one" => true,
            // "produced 2.2 million drones and plan to make 4.5 million", "the last is due"
            _ if elliptic(tree, self.lexicon, token) => true,
            _ => return None,
        };
        if tree.rel(token) == "nmod:poss"
            || tree.rel(token).starts_with("nsubj")
                && !tree.rel(token).ends_with("pass")
                && matches!(tree.lemma(token), "it" | "they" | "these" | "those")
            || tree.child(token, &["acl:relcl"]).is_some()
        {
            return None;
        }
        (0..token).rev().find(|&i| {
            matches!(tree.upos(i), Upos::Noun | Upos::Propn)
                && matches!(
                    tree.rel(i),
                    "obj" | "nsubj" | "nsubj:pass" | "nmod" | "obl" | "conj"
                )
                && (self.in_class(i, "arms")
                    || tree.upos(i) == Upos::Noun && self.thing(i).is_some())
                && many == tree.plural(i)
        })
    }

    /// Whether a word has no noun of its own: a pronoun, or a number that counts what was spoken of.
    pub(crate) fn alone(&self, token: usize) -> bool {
        self.tree.upos(token) == Upos::Pron || elliptic(self.tree, self.lexicon, token)
    }
}
