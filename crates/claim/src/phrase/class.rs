//! Which classes of the codebook a phrase is of, and which roles it can fill.

use std::collections::HashSet;

use sayso_gazetteer::Via;
use sayso_records::{EntityType, Upos};

use super::Phrases;

impl Phrases<'_> {
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
        if self.calibre(head) {
            return self
                .noun_of(head)
                .is_some_and(|noun| self.in_class(noun, class));
        }
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
                // "at Alabuga"
                || n.class.as_deref() == Some("zone")
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
}
