//! Phrases with a preposition and clauses around a predicate, wherever in the clause the parser hung them.

use sayso_records::Upos;

use super::{Fill, Frame, STEPS};

impl Frame<'_> {
    /// Verbs of a class in the clauses that hang on a predicate, its object or the verb over it ("a plant that makes", "met to
    /// discuss").
    pub(super) fn clauses(&self, t: usize, class: &str) -> Vec<usize> {
        let tree = self.tree();
        let mut found: Vec<usize> = self
            .around(t)
            .into_iter()
            .flat_map(|at| tree.all(at, &["acl", "acl:relcl", "advcl", "xcomp", "ccomp", "conj"]))
            .filter(|&c| c != t && self.of_class(c, class))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Places to look for a phrase that the parser may have hung too low or too high: the predicate, its object, and for a noun
    /// the light verb over it.
    pub(super) fn around(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        let mut at = vec![t];
        if self.is_verb(t) {
            at.extend(tree.all(t, &["obj", "nsubj:pass", "obl:agent"]));
            // "gave helicopters back to Russia"
            at.extend(
                tree.all(t, &["advmod", "compound:prt"])
                    .into_iter()
                    .filter(|&c| c > t && matches!(tree.upos(c), Upos::Adv | Upos::Adp)),
            );
            at.extend(
                tree.all(t, &["obl"])
                    .into_iter()
                    .filter(|&c| self.phrases.place(c)),
            );
            for c in tree.all(t, &["obj"]) {
                // "shipped containers carrying munitions to Russia"
                at.extend(
                    tree.all(c, &["acl"])
                        .into_iter()
                        .filter(|&v| tree.tag(v) == "VBG"),
                );
                let mut inner = tree.all(c, &["conj", "nmod"]);
                for _ in 0..2 {
                    at.extend(&inner);
                    inner = inner
                        .into_iter()
                        .filter(|&i| tree.case(i) == "of")
                        .flat_map(|i| tree.all(i, &["nmod", "obl"]))
                        .collect();
                }
                at.extend(inner);
            }
            if let Some(head) = tree.head(t) {
                if tree.rel(t) == "conj"
                    && self.is_verb(head)
                    && !tree.children(t).iter().any(|&c| tree.rel(c) == "obl")
                {
                    at.push(head);
                }
                if matches!(tree.rel(t), "xcomp") && self.is_verb(head) {
                    at.push(head);
                }
            }
            let shared: Vec<usize> = tree
                .all(t, &["conj"])
                .into_iter()
                .filter(|&c| self.is_verb(c) && tree.child(t, &["obj"]).is_none())
                .collect();
            at.extend(shared);
        } else {
            // "a contract worth $6 billion with Hyundai"
            at.extend(
                tree.all(t, &["amod", "acl"])
                    .into_iter()
                    .filter(|&c| c > t && tree.upos(c) == Upos::Adj),
            );
            at.extend(tree.all(t, &["nmod"]).into_iter().filter(|&c| {
                matches!(
                    tree.case(c).as_str(),
                    "of" | "for" | "between" | "with" | "from" | "to"
                )
            }));
            if let Some(head) = tree.head(t)
                && self.is_verb(head)
                && matches!(tree.rel(t), "obj" | "nsubj:pass")
            {
                at.push(head);
            }
        }
        at
    }

    pub(super) fn prepositional(&self, t: usize, case: &str) -> Vec<usize> {
        let tree = self.tree();
        for at in self.around(t) {
            let near: Vec<usize> = tree
                .all(at, &["obl", "nmod", "advcl", "acl", "dep", "obl:agent"])
                .into_iter()
                .filter(|&c| !(self.is_verb(c) && tree.case(c) != "including"))
                // "receipt of the jets was confirmed by the army": who confirmed it
                .filter(|&c| {
                    !(tree.rel(c) == "obl:agent" && at != t && self.lookup.reporting_verb(tree, at))
                })
                .filter(|&c| {
                    let marks = tree.case(c);
                    marks == case
                        || marks.split(' ').next_back() == Some(case)
                            && !marks.starts_with("according")
                })
                .filter(|_| at == t || case != "of")
                .flat_map(|c| self.spread(c))
                .collect();
            if !near.is_empty() {
                return near.into_iter().chain(self.joined(at, case)).collect();
            }
        }
        vec![]
    }

    /// "radars from Israel and trainers from Czechia", "to Turkey for drones and to Russia for helicopters": the phrases of what is
    /// joined to a thing, or to a phrase of the verb.
    pub(super) fn joined(&self, at: usize, case: &str) -> Vec<usize> {
        let tree = self.tree();
        let firsts = if self.is_verb(at) {
            tree.all(at, &["obl", "obj"])
        } else {
            vec![at]
        };
        firsts
            .into_iter()
            // "for missiles and for parts for its jets": not what is inside such a phrase
            .filter(|&first| tree.case(first) != case)
            .flat_map(|first| tree.all(first, &["conj"]))
            .filter(|&c| !self.is_verb(c))
            .flat_map(|c| tree.all(c, &["nmod"]))
            .filter(|&c| tree.case(c) == case)
            .flat_map(|c| tree.coordinated(c))
            .collect()
    }

    /// "in exchange for X", "in return for X", "against payment of X", wherever in the clause the parser hung it.
    pub(super) fn exchange(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        for i in 0..tree.len() {
            if !self.of_class(i, "exchange-noun") || tree.upos(i) != Upos::Noun || i == t {
                continue;
            }
            if !matches!(tree.case(i).as_str(), "in" | "as") || tree.child(i, &["det"]).is_some() {
                continue;
            }
            let given = tree
                .all(i, &["nmod", "acl"])
                .into_iter()
                .find(|&c| tree.case(c) == "for")
                .or_else(|| {
                    tree.head(i).and_then(|h| {
                        tree.all(h, &["obl", "nmod"])
                            .into_iter()
                            .find(|&c| c > i && tree.case(c) == "for")
                    })
                });
            let Some(given) = given else { continue };
            let near = tree.head(i).is_some_and(|h| {
                tree.under(t, h) || tree.under(h, t) || self.governor(t) == Some(h)
            });
            if near {
                return tree.coordinated(given);
            }
        }
        vec![]
    }

    /// The partner that an embedding verb hands down ("collaborating with Russia to build").
    pub(super) fn carried(&self, t: usize) -> Vec<Fill> {
        let tree = self.tree();
        let mut at = t;
        for _ in 0..STEPS {
            let Some(head) = tree.head(at) else { break };
            if !matches!(
                tree.rel(at),
                "xcomp" | "advcl" | "acl" | "obl" | "nmod" | "obj" | "ccomp"
            ) {
                break;
            }
            // "signed a contract with X to buy": the contract's partner, hung on the verb
            let object = tree.child(head, &["obj"]).filter(|&o| {
                self.lookup.light(tree.lemma(head)) && self.lookup.carries(tree, o, "with")
            });
            let holder = object.or(Some(head).filter(|&h| self.lookup.carries(tree, h, "with")));
            if let Some(holder) = holder {
                return self
                    .prepositional(holder, "with")
                    .into_iter()
                    .map(|token| Fill {
                        token,
                        implied: false,
                    })
                    .collect();
            }
            at = head;
        }
        vec![]
    }
}
