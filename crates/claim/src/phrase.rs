//! What a noun phrase is: whose name, which classes of the codebook, and the words it is known by.

use std::collections::HashSet;

use sayso_gazetteer::{Gazetteer, Via};
use sayso_records::{Byte, Entity, EntityType, Filler, Span, Upos};

use crate::{
    discourse::{self, Discourse, Origin, Thing, elliptic, quantifies},
    lexicon::Lexicon,
    names::{self, Named},
    tree::Tree,
};

/// What a name or a naming phrase is, by the types of the Relationship and Entity Extraction Evaluation Dataset (Dstl 2017).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum NameType {
    Location,
    Nationality,
    Organisation,
    Person,
    /// A weapon or what carries it.
    Weapon,
}

/// The sentence with its names.
pub(crate) struct Phrases<'a> {
    pub(crate) tree: &'a Tree<'a>,
    pub(crate) lexicon: &'a Lexicon,
    names: Vec<Named>,
    by_token: Vec<Option<usize>>,
    pub(crate) discourse: &'a Discourse,
    /// Whether the paragraph speaks of defence.
    defence: bool,
    /// For "the company", "the country" and the like, whom the sentence itself names before it.
    firms: Vec<Option<Filler>>,
}

impl<'a> Phrases<'a> {
    pub(crate) fn new(
        tree: &'a Tree<'a>,
        gazetteer: &Gazetteer,
        lexicon: &'a Lexicon,
        discourse: &'a Discourse,
        defence: bool,
    ) -> Self {
        let names = names::of(tree, gazetteer, lexicon);
        let defence = defence || names.iter().any(Named::of_defence);
        let mut by_token = vec![None; tree.len()];
        for (n, name) in names.iter().enumerate() {
            for slot in &mut by_token[name.first..=name.last] {
                *slot = Some(n);
            }
        }
        let mut phrases = Self {
            tree,
            lexicon,
            names,
            by_token,
            discourse,
            defence,
            firms: Vec::new(),
        };
        phrases.firms = (0..tree.len())
            .map(|i| {
                phrases
                    .firm_before(i)
                    .or_else(|| phrases.realm(i, gazetteer))
            })
            .collect();
        phrases
    }

    /// The firm or state named last before a bare "the company" or "the country" in the same sentence.
    fn firm_before(&self, token: usize) -> Option<Filler> {
        let tree = self.tree;
        if !self.lexicon.strong("company-word", tree.lemma(token)) || !discourse::bare(tree, token)
        {
            return None;
        }
        // "According to documents published by X, the plant": X tells of it
        let told = |t: usize| {
            let mut at = t;
            for _ in 0..6 {
                if tree.case(at).starts_with("according") {
                    return true;
                }
                match tree.head(at) {
                    Some(head) => at = head,
                    None => break,
                }
            }
            false
        };
        let name = self.names.iter().rev().find(|n| {
            n.last < token
                && n.kind == EntityType::Organisation
                && matches!(n.class.as_deref(), None | Some("company"))
                && !told(self.head_of(n))
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
    fn realm(&self, token: usize, gazetteer: &Gazetteer) -> Option<Filler> {
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

    /// Names with their types, and phrases for bodies ("the security forces") and arms that are no names.
    pub(crate) fn typed(&self) -> Vec<(Span<Byte>, NameType)> {
        let tree = self.tree;
        let people = |n: &Named| {
            matches!(n.via, Some(Via::Demonym | Via::DemonymPeople))
                || n.entity.is_none()
                    && tree
                        .sentence
                        .names
                        .iter()
                        .any(|m| m.label == "NORP" && m.span.range().contains(&n.first))
        };
        let mut out: Vec<(Span<Byte>, NameType)> = self
            .names
            .iter()
            .filter_map(|n| {
                let kind = match n.kind {
                    _ if people(n) => NameType::Nationality,
                    EntityType::State
                    | EntityType::Region
                    | EntityType::Place
                    | EntityType::Facility => NameType::Location,
                    EntityType::Organisation => NameType::Organisation,
                    EntityType::Person => NameType::Person,
                    EntityType::System => NameType::Weapon,
                    _ => return None,
                };
                Some((tree.span(n.first, n.last), kind))
            })
            .collect();
        for head in 0..tree.len() {
            if self.named(head).is_some() || tree.upos(head) != Upos::Noun {
                continue;
            }
            let kind = if self.in_class(head, "arms") {
                NameType::Weapon
            } else if self.in_class(head, "actor-word") && !self.in_class(head, "person-word") {
                NameType::Organisation
            } else {
                continue;
            };
            let modified = tree
                .modifiers(head)
                .into_iter()
                .find(|&m| matches!(tree.upos(m), Upos::Propn | Upos::Adj | Upos::Noun));
            // "a force", "the group": no body in particular
            if kind == NameType::Organisation && modified.is_none() {
                continue;
            }
            out.push((tree.span(modified.unwrap_or(head), head), kind));
        }
        out
    }

    /// Whether a word has no noun of its own: a pronoun, or a number that counts what was spoken of.
    pub(crate) fn alone(&self, token: usize) -> bool {
        self.tree.upos(token) == Upos::Pron || elliptic(self.tree, self.lexicon, token)
    }

    /// What a phrase is called, or the thing that "six of them" counts.
    pub(crate) fn called(&self, token: usize) -> String {
        let thing = self.alone(token).then(|| self.thing(token)).flatten();
        thing.map_or_else(
            || self.filler(token, false).name,
            |thing| thing.filler.name.clone(),
        )
    }

    /// Whether a noun says what is done with a thing rather than what it is: "deliveries", "production".
    pub(crate) fn act(&self, token: usize) -> bool {
        let lemma = self.tree.lemma(token);
        self.tree.upos(token) == Upos::Noun
            && (self.lexicon.strong("delivery", lemma) || self.lexicon.strong("making-noun", lemma))
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

    pub(crate) fn named(&self, token: usize) -> Option<&Named> {
        self.by_token[token].map(|n| &self.names[n])
    }

    pub(crate) fn names(&self) -> &[Named] {
        &self.names
    }

    /// The token of a name that stands for it in the tree: the one whose head is outside.
    pub(crate) fn head_of(&self, name: &Named) -> usize {
        (name.first..=name.last)
            .find(|&i| {
                self.tree
                    .head(i)
                    .is_none_or(|h| h < name.first || h > name.last)
                    && !matches!(self.tree.rel(i), "det" | "case" | "punct")
            })
            .unwrap_or(name.last)
    }

    fn modifier_words(&self, head: usize) -> Vec<(usize, String)> {
        let mut modifiers = self.modifiers(head);
        // In "armoured vehicle plant" the parser hangs both words on the plant; the one in front still tells what the next is.
        if matches!(
            self.tree.rel(head),
            "compound" | "obl:npmod" | "amod" | "nmod"
        ) && let Some(over) = self.tree.head(head)
        {
            modifiers.extend(
                self.tree
                    .modifiers(over)
                    .into_iter()
                    .filter(|&m| m + 1 == head || m + 2 == head && self.hyphened(m + 1)),
            );
        }
        modifiers
            .into_iter()
            .flat_map(|m| {
                let lemma = self.tree.lemma(m).to_owned();
                let mut words = vec![(m, lemma.clone()), (m, self.tree.word(m).to_lowercase())];
                words.extend(lemma.split('-').map(|part| (m, part.to_owned())));
                // "solid", "-", "fuel"
                if m >= 2 && self.tree.word(m - 1) == "-" {
                    words.push((m, format!("{}-{lemma}", self.tree.lemma(m - 2))));
                }
                words
            })
            .collect()
    }

    /// Whether the phrase headed by `head` belongs to a class of the lexicon.
    pub(crate) fn in_class(&self, head: usize, class: &str) -> bool {
        let Some(words) = self.lexicon.class(class) else {
            return false;
        };
        let tree = self.tree;
        let system = |token: usize| {
            self.named(token).is_some_and(|n| {
                n.kind == EntityType::System && n.class.as_deref() != Some("calibre")
            })
        };
        // Taggers take designations for anything at all, so a known system needs no part of speech.
        if words.systems && system(head) {
            return true;
        }
        if !matches!(
            tree.upos(head),
            Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym | Upos::X | Upos::Adj | Upos::Verb
        ) {
            return false;
        }
        let modifiers = self.modifier_words(head);
        if matches!(class, "arms" | "vessel") && self.vessel(head, class) {
            return true;
        }
        if self.named(head).is_some_and(|n| {
            matches!(
                n.kind,
                EntityType::State | EntityType::Region | EntityType::Person
            ) || n.kind == EntityType::Organisation && class != "actor-word" && n.entity.is_some()
        }) {
            return false;
        }
        if modifiers.iter().any(|(token, m)| {
            words.not_with.contains(m) && !self.hyphened(*token)
                || words
                    .not_with
                    .contains(&format!("{m} {}", tree.lemma(head)))
        }) || words.people.contains(tree.lemma(head)) && self.of_people(head)
        {
            return false;
        }
        let lemma = tree.lemma(head);
        let last = lemma.rsplit('-').next().unwrap_or(lemma);
        if matches!(tree.upos(head), Upos::Adj | Upos::Verb) && !words.strong.contains(lemma) {
            return false;
        }
        let hit = |set: &HashSet<String>| set.contains(lemma) || set.contains(last);
        if hit(&words.strong) {
            return true;
        }
        if words.dual.contains(lemma) && self.guarded() {
            return true;
        }
        if !hit(&words.weak) {
            return false;
        }
        let own = [class.to_owned()];
        let contexts = if words.context_class.is_empty() {
            &own[..]
        } else {
            &words.context_class
        };
        let of_context = |token: usize, lemma: &str| {
            system(token)
                || contexts.iter().any(|context| {
                    self.lexicon.strong(context, lemma)
                        || context != class && self.in_class(token, context)
                })
        };
        if modifiers
            .iter()
            .any(|(token, m)| words.context.contains(m) || of_context(*token, m))
        {
            return true;
        }
        // "Piranha carriers": a name that nothing else is known of is the name of the thing
        if words.systems
            && tree.upos(head) == Upos::Noun
            && modifiers.iter().any(|(token, _)| {
                tree.upos(*token) == Upos::Propn
                    && tree.rel(*token) == "compound"
                    && self.named(*token).is_none_or(|n| {
                        n.entity.is_none()
                            && matches!(
                                n.kind,
                                EntityType::Organisation | EntityType::Person | EntityType::Other
                            )
                    })
            })
        {
            return true;
        }
        // "rifles, mines and shells": a doubtful word among plain ones
        let listed = |first: usize| {
            tree.coordinated(first)
                .into_iter()
                .any(|x| x != head && (system(x) || words.strong.contains(tree.lemma(x))))
        };
        if tree.child(head, &["conj"]).is_some() && listed(head)
            || tree.rel(head) == "conj" && tree.head(head).is_some_and(listed)
        {
            return true;
        }
        // "parts for drones", "a production line for shells", "a plant that makes rifles"
        tree.children(head).iter().any(|&c| match tree.rel(c) {
            "nmod" | "obl" => {
                matches!(tree.case(c).as_str(), "of" | "for")
                    && tree
                        .coordinated(c)
                        .into_iter()
                        .any(|x| of_context(x, tree.lemma(x)))
            }
            "acl" | "acl:relcl" => tree.all(c, &["obj"]).into_iter().any(|x| {
                contexts
                    .iter()
                    .any(|context| context != class && self.in_class(x, context))
            }),
            _ => false,
        })
    }

    /// The country whose weapon the phrase names. `None`: no known weapon, or one of several countries.
    pub(crate) fn maker(&self, head: usize) -> Option<smol_str::SmolStr> {
        self.modifiers(head)
            .into_iter()
            .chain([head])
            .filter_map(|m| self.named(m))
            .find(|n| n.kind == EntityType::System)
            .and_then(|n| n.country.clone())
    }

    /// "the missile corvette INS Kirpan": a proper name right behind the word for what it names.
    fn vessel(&self, head: usize, class: &str) -> bool {
        let tree = self.tree;
        tree.upos(head) == Upos::Propn
            && self.named(head).is_none_or(|n| n.entity.is_none())
            && tree
                .modifiers(head)
                .into_iter()
                .rev()
                .find(|&m| tree.upos(m) != Upos::Propn)
                .is_some_and(|m| {
                    matches!(tree.upos(m), Upos::Noun | Upos::Adj)
                        && tree.rel(m) == "compound"
                        && tree.word(m).starts_with(char::is_lowercase)
                        && self.in_class(m, class)
                })
    }

    /// Whether the phrase can act: a state, body, force, firm, or people named by what they are.
    pub(crate) fn actor(&self, head: usize) -> bool {
        if let Some(name) = self.named(head) {
            // "an unmarked Antonov": one of many, and nobody
            let one = name.kind != EntityType::State
                && self.tree.upos(head) == Upos::Propn
                && self
                    .tree
                    .all(head, &["det"])
                    .into_iter()
                    .any(|d| matches!(self.tree.lemma(d), "a" | "an"))
                && !self.in_class(head, "actor-word");
            return name.acts && !one;
        }
        // "ordered 40 of them"
        let part = self.tree.upos(head) == Upos::Pron
            && self.tree.case(head) == "of"
            && self.thing(head).is_some();
        if part {
            return false;
        }
        if self.stands_for(head).is_some() || !self.group(head).is_empty() {
            return true;
        }
        match self.tree.upos(head) {
            Upos::Noun => {
                // "Su-30 fighters" fly, and those of a militia act
                self.in_class(head, "actor-word") && !self.in_class(head, "arms")
                    || self.named_plant(head)
                    || self.plant(head).is_some()
            }
            Upos::Propn => {
                self.in_class(head, "actor-word")
                    || !["arms", "facility", "pact", "measure", "place-word", "money"]
                        .iter()
                        .any(|class| self.in_class(head, class))
                        && self.tree.word(head).chars().any(char::is_alphabetic)
                        && !self.dated(head)
            }
            _ => false,
        }
    }

    /// "the Kazan gunpowder works": a plant with a name of its own makes what is made there.
    pub(crate) fn named_plant(&self, head: usize) -> bool {
        self.in_class(head, "facility")
            && self.tree.modifiers(head).into_iter().any(|m| {
                self.tree.upos(m) == Upos::Propn
                    && self.tree.rel(m) == "compound"
                    && self
                        .named(m)
                        .is_none_or(|n| !matches!(n.kind, EntityType::State | EntityType::System))
            })
    }

    /// Whether the model calls it a date or a time of day.
    fn when(&self, token: usize) -> bool {
        self.tree
            .sentence
            .names
            .iter()
            .any(|n| n.span.range().contains(&token) && matches!(n.label.as_str(), "DATE" | "TIME"))
    }

    fn dated(&self, token: usize) -> bool {
        self.tree.sentence.names.iter().any(|n| {
            n.span.range().contains(&token)
                && matches!(
                    n.label.as_str(),
                    "DATE" | "TIME" | "PERCENT" | "MONEY" | "QUANTITY" | "ORDINAL" | "CARDINAL"
                )
        })
    }

    /// Whether the phrase names a place.
    pub(crate) fn place(&self, head: usize) -> bool {
        self.named(head).is_some_and(|n| {
            matches!(
                n.kind,
                EntityType::Place | EntityType::State | EntityType::Region
            ) && !matches!(n.via, Some(Via::Demonym | Via::DemonymPeople))
        })
    }

    /// Whether the phrase takes the class `class` of a role.
    pub(crate) fn takes(&self, head: usize, class: &str) -> bool {
        match class {
            "any" => {
                matches!(
                    self.tree.upos(head),
                    Upos::Noun | Upos::Propn | Upos::Num | Upos::Sym | Upos::Verb
                ) && !self.when(head)
            }
            "actor" => self.actor(head),
            "place" => self.place(head),
            "money" => self.in_class(head, "money") || self.money(head),
            "figure" => self.in_class(head, "figure") || self.money(head) || self.counted(head),
            // "hit it in October": the plant of the sentence before
            "facility" if self.tree.upos(head) == Upos::Pron => self.plant(head).is_some(),
            // "the parts": of what was said of arms before
            "arms" => {
                self.in_class(head, class)
                    || self.thing(head).is_some()
                    || self.tree.upos(head) == Upos::Noun
                        && self.reckoned(head)
                        && self.discourse.spoke_of(self.lexicon, self.tree.lemma(head))
            }
            _ => self.in_class(head, class),
        }
    }

    fn money(&self, head: usize) -> bool {
        !self.in_class(head, "figure")
            && self
                .tree
                .sentence
                .names
                .iter()
                .any(|n| n.label == "MONEY" && n.span.range().contains(&head))
    }

    fn counted(&self, head: usize) -> bool {
        self.tree.upos(head) == Upos::Num || self.tree.child(head, &["nummod"]).is_some()
    }

    /// What a phrase is about when its head only counts or holds ("a batch of shells"): the noun behind "of".
    pub(crate) fn unwrap(&self, head: usize) -> usize {
        let tree = self.tree;
        let mut at = head;
        for _ in 0..3 {
            let counts = self.lexicon.strong("container", tree.lemma(at))
                || tree.upos(at) == Upos::Num
                || quantifies(tree, at);
            let inner =
                tree.children(at).iter().copied().find(|&c| {
                    matches!(tree.rel(c), "nmod" | "obl") && c > at && tree.case(c) == "of"
                });
            // "containers carrying munitions"
            let inside = || {
                tree.all(at, &["acl", "acl:relcl"])
                    .into_iter()
                    .filter(|&c| self.lexicon.strong("carrying", tree.lemma(c)))
                    .find_map(|c| tree.child(c, &["obj"]))
            };
            match inner.or_else(|| inside().filter(|_| counts)) {
                Some(inner) if counts && self.named(at).is_none() => at = inner,
                _ => {
                    // "drone supplies": the thing passed stands in front of the noun for the passing
                    let passed = self
                        .lexicon
                        .strong("transfer-noun", tree.lemma(at))
                        .then(|| {
                            tree.modifiers(at)
                                .into_iter()
                                .rev()
                                .find(|&m| self.in_class(m, "arms"))
                        });
                    if let Some(Some(passed)) = passed {
                        at = passed;
                    }
                    break;
                }
            }
        }
        at
    }

    /// First and last token of the words that stand for the phrase: the name, or the head with its modifiers.
    fn core(&self, head: usize) -> Vec<usize> {
        if let Some(name) = self.named(head)
            && name.kind != EntityType::System
        {
            return (name.first..=name.last).collect();
        }
        let mut tokens: Vec<usize> = self.modifiers(head);
        if let Some(name) = self.named(head) {
            tokens.extend(name.first..=name.last);
        }
        tokens.push(head);
        // "155 mm howitzer", "Mirage 2000 fighter": a name stays whole
        let whole: Vec<usize> = tokens
            .iter()
            .filter_map(|&t| self.named(t))
            .filter(|n| n.kind == EntityType::System && n.first <= head)
            .flat_map(|n| n.first..=n.last.min(head))
            .collect();
        tokens.extend(whole);
        tokens.sort_unstable();
        tokens.dedup();
        // "surface-to-air missile": what hyphens tie together
        let tree = self.tree;
        let tied = |a: usize, b: usize| tree.token(a).span.end == tree.token(b).span.start;
        let mut more = Vec::new();
        for &t in &tokens {
            let mut at = t;
            while at + 1 < head && tied(at, at + 1) {
                at += 1;
                more.push(at);
            }
        }
        tokens.extend(more);
        tokens.sort_unstable();
        tokens.dedup();
        // "anti-tank missile": what a hyphen ties on the left belongs, however the parser hung it
        while let Some(&first) = tokens.first()
            && first >= 2
            && self.tree.word(first - 1) == "-"
            && self.tree.token(first - 2).span.end == self.tree.token(first - 1).span.start
        {
            tokens.extend([first - 1, first - 2]);
            tokens.sort_unstable();
        }
        let hyphens: Vec<usize> = tokens
            .windows(2)
            .filter(|w| w[0] + 2 == w[1] && self.tree.word(w[0] + 1) == "-")
            .map(|w| w[0] + 1)
            .collect();
        tokens.extend(hyphens);
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// Modifiers in front of a head, designations that the parser takes for numbers ("66 F-16 fighters") among them.
    fn modifiers(&self, head: usize) -> Vec<usize> {
        let mut found = self.tree.modifiers(head);
        found.extend(self.tree.all(head, &["nummod"]).into_iter().filter(|&m| {
            m < head
                && self.named(m).is_some_and(|n| {
                    n.kind == EntityType::System && n.class.as_deref() != Some("calibre")
                })
        }));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The phrase as a filler of a role. Its span is that of its core words in the paragraph.
    pub(crate) fn filler(&self, head: usize, implied: bool) -> Filler {
        let tree = self.tree;
        if let Some(meant) = self.stands_for(head) {
            let span = tree.span(head, head);
            return Filler {
                text: span.of(tree.text).to_owned(),
                span,
                implied: true,
                claim: None,
                ..meant.clone()
            };
        }
        let mut core = self.core(head);
        let named = self.named(head);
        let person = named.is_none() && self.in_class(head, "actor-word");
        let arms = self.in_class(head, "arms");
        // Of what no class describes every adjective tells something ("joint naval exercises").
        let plain = !arms
            && !person
            && ![
                "know-how",
                "money",
                "measure",
                "pact",
                "facility",
                "arms-site",
            ]
            .iter()
            .any(|class| self.in_class(head, class));
        let keep = |&m: &usize| {
            m == head
                || self.named(m).is_some_and(|n| n.kind == EntityType::System)
                || tree.word(m) == "-"
                || self.hyphened(m)
                || match tree.upos(m) {
                    Upos::Punct => true,
                    Upos::Num => false,
                    Upos::Adv => false,
                    Upos::Adj | Upos::Verb
                        if self
                            .lexicon
                            .strong("quantifier", &tree.word(m).to_lowercase()) =>
                    {
                        false
                    }
                    _ if tree.tag(m) == "JJR" || tree.tag(m) == "JJS" => false,
                    Upos::Adj if person => true,
                    // an adjective of nationality says whose, not what; others stay where the lexicon knows them
                    Upos::Adj => {
                        self.named(m).is_some_and(|n| n.kind == EntityType::System)
                            || self.named(m).is_none_or(|n| n.kind == EntityType::Region)
                                && (self.telling(m, arms) || plain)
                    }
                    _ if !person
                        && tree.upos(head) != Upos::Propn
                        && self.named(m).is_some_and(|n| {
                            matches!(n.kind, EntityType::State | EntityType::Organisation)
                                && n.entity.is_some()
                        }) =>
                    {
                        false
                    }
                    _ => true,
                }
        };
        if named.is_none_or(|n| n.kind == EntityType::System) {
            core.retain(keep);
            // "the group guidance chips": the group got them
            core.retain(|&m| m == head || self.stands_for(m).is_none());
            while core.len() > 1 && matches!(tree.upos(core[0]), Upos::Punct | Upos::Sym) {
                core.remove(0);
            }
        }
        let (first, last) = (core[0], *core.last().unwrap_or(&head));
        let span = tree.span(first, last);
        let kind = match named {
            Some(name) => name.kind,
            None if arms => EntityType::System,
            None if person => {
                if tree.lemma(head) != "force"
                    && self.lexicon.strong("person-word", tree.lemma(head))
                {
                    EntityType::Person
                } else {
                    EntityType::Organisation
                }
            }
            None if self.in_class(head, "facility") => EntityType::Facility,
            None if tree.upos(head) == Upos::Propn => EntityType::Organisation,
            None => EntityType::Other,
        };
        // "Ethiopia's military": a body is known by whose it is
        let whose = (person && named.is_none() && kind == EntityType::Organisation)
            .then(|| {
                tree.child(head, &["nmod:poss"]).filter(|&p| {
                    self.named(p)
                        .is_some_and(|n| n.kind == EntityType::State && n.first < first)
                })
            })
            .flatten();
        if let Some(owner) = whose.and_then(|p| self.named(p)) {
            let span = tree.span(owner.first, last);
            return Filler {
                text: span.of(tree.text).to_owned(),
                span,
                name: format!(
                    "{} {}",
                    tree.span(owner.first, first - 1).of(tree.text),
                    self.folded(&core, head)
                ),
                entity: None,
                kind,
                implied,
                claim: None,
            };
        }
        let name = match named.and_then(|n| n.entity.as_ref().map(|e| (n, e))) {
            Some((n, entity)) if n.kind != EntityType::System => entity.name.clone(),
            _ => self.folded(&core, head),
        };
        Filler {
            text: span.of(tree.text).to_owned(),
            span,
            name,
            entity: named
                .filter(|n| n.kind != EntityType::System || core.len() == n.last + 1 - n.first)
                .and_then(|n| n.entity.clone()),
            kind,
            implied,
            claim: None,
        }
    }

    /// Whether a word is tied to the next or the one before by a hyphen ("anti-tank").
    fn hyphened(&self, token: usize) -> bool {
        let tree = self.tree;
        token + 1 < tree.len() && tree.word(token + 1) == "-"
            || token > 0 && tree.word(token - 1) == "-"
    }

    /// Whether the paragraph speaks of arms, or the sentence of penalties, so that goods for both uses are arms here.
    fn guarded(&self) -> bool {
        self.defence
            || (0..self.tree.len()).any(|i| {
                let lemma = self.tree.lemma(i);
                self.lexicon.strong("penalty", lemma)
            })
    }

    /// Whether a phrase counts on from what was said: "a fifth ship", "another 300,000 rounds", "nine fighters".
    fn reckoned(&self, head: usize) -> bool {
        let tree = self.tree;
        tree.child(head, &["nummod"]).is_some()
            || tree
                .child(head, &["det"])
                .is_some_and(|d| tree.lemma(d) == "another")
            || tree
                .all(head, &["amod"])
                .into_iter()
                .any(|m| self.lexicon.strong("reckoning", tree.lemma(m)))
    }

    /// Whether a group's name stands before the head ("Islamic State fighters", "Kurdish fighters").
    fn of_people(&self, head: usize) -> bool {
        let behind = self
            .tree
            .all(head, &["nmod"])
            .into_iter()
            .filter(|&m| matches!(self.tree.case(m).as_str(), "for" | "of"));
        self.tree
            .modifiers(head)
            .into_iter()
            .chain(behind)
            .chain(self.tree.all(head, &["nmod:poss"]))
            .any(|m| {
                // "the group's fighters"
                self.tree.rel(m) == "nmod:poss"
                    && self
                        .stands_for(m)
                        .is_some_and(|f| f.kind == EntityType::Organisation)
                    || self.named(m).is_some_and(|n| {
                        n.kind == EntityType::Organisation && n.class.as_deref() != Some("company")
                            || n.kind == EntityType::Region
                    })
            })
    }

    fn telling(&self, modifier: usize, arms: bool) -> bool {
        let lemma = self.tree.lemma(modifier);
        let capital = self.tree.word(modifier).starts_with(char::is_uppercase);
        let classes: &[&str] = if arms {
            &["arms", "arms-quality"]
        } else {
            &["know-how", "money", "measure", "pact"]
        };
        capital
            || classes.iter().any(|class| {
                self.lexicon.class(class).is_some_and(|w| {
                    w.context.contains(lemma) || lemma.split('-').any(|p| w.context.contains(p))
                })
            })
    }

    /// The core words with the head in the singular.
    fn folded(&self, core: &[usize], head: usize) -> String {
        let tree = self.tree;
        let mut out = String::new();
        let mut end = None;
        for &i in core {
            let span = tree.token(i).span;
            if end.is_some_and(|e| e < span.start) {
                out.push(' ');
            }
            let proper = tree.upos(i) == Upos::Propn;
            let word = tree.word(i);
            // "F-16s", "Su-35s"
            if let Some(one) = word
                .strip_suffix('s')
                .filter(|w| w.ends_with(|c: char| c.is_ascii_digit()))
            {
                out.push_str(one);
            } else if self.named(i).is_some_and(|n| n.kind == EntityType::System)
                && word.starts_with(char::is_uppercase)
            {
                // "Bayraktars": the plural of a name is not in it
                let known = self
                    .named(i)
                    .and_then(|n| n.entity.as_ref())
                    .is_none_or(|e| e.name.contains(word));
                let one = word.strip_suffix('s').filter(|_| !known && i == head);
                out.push_str(one.unwrap_or(word));
            } else if i == head && proper && matches!(tree.tag(i), "NNPS") {
                out.push_str(&tree.token(i).lemma);
            } else if i == head && !proper {
                out.push_str(tree.lemma(i));
            } else {
                out.push_str(tree.word(i));
            }
            end = Some(span.end);
        }
        out
    }
}
