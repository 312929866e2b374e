//! Who does it: subjects of verbs and nouns, whoever controls a clause without its own, the verb over a noun.

use sayso_records::Upos;

use super::{Fill, Frame, STEPS};

impl Frame<'_> {
    /// The one a clause is about: its subject, or of a passive what it is done to.
    pub(super) fn acting(&self, verb: usize) -> Option<Fill> {
        let tree = self.tree();
        tree.child(verb, &["nsubj", "nsubj:pass"])
            .map(|token| Fill {
                token,
                implied: false,
            })
            .or_else(|| self.subject(verb, STEPS))
    }

    /// The verb a noun predicate hangs on as its object, complement or passive subject.
    pub(crate) fn governor(&self, t: usize) -> Option<usize> {
        let tree = self.tree();
        let mut at = t;
        for _ in 0..STEPS {
            let head = tree.head(at)?;
            match tree.rel(at) {
                "obj" | "nsubj:pass" | "xcomp" | "ccomp" | "nsubj" if self.is_verb(head) => {
                    return Some(head);
                }
                "obl" | "advcl" if self.is_verb(head) => return Some(head),
                "nmod"
                    if !matches!(
                        tree.case(at).as_str(),
                        "of" | "for" | "on" | "about" | "to" | "from" | "in"
                    ) =>
                {
                    return None;
                }
                "nmod" | "conj" | "acl" | "compound" | "appos" => at = head,
                _ => return None,
            }
        }
        None
    }

    /// Who does it.
    pub(super) fn subject(&self, t: usize, steps: usize) -> Option<Fill> {
        let steps = steps.checked_sub(1)?;
        let tree = self.tree();
        let found = if self.attributive(t) {
            return self.hyphened(t).map(|token| Fill {
                token,
                implied: false,
            });
        } else if self.is_verb(t) || tree.child(t, &["cop"]).is_some() {
            self.verb_subject(t, steps)
        } else {
            self.noun_subject(t, steps)
        }?;
        self.antecedent(found)
    }

    pub(super) fn verb_subject(&self, t: usize, steps: usize) -> Option<Fill> {
        let tree = self.tree();
        let own = |token| {
            Some(Fill {
                token,
                implied: false,
            })
        };
        if let Some(agent) = tree.agent(t) {
            return own(agent);
        }
        if !tree.passive(t) {
            // "the frigates that PGZ builds": the parser may call both subjects
            let subjects = tree.all(t, &["nsubj"]);
            let plain = subjects.iter().copied().find(|&s| !self.relative(s));
            if let Some(subject) = plain.or(subjects.first().copied()) {
                return own(subject);
            }
        }
        let head = tree.head(t)?;
        if tree.passive(t) {
            // No agent. "was built with" etc. stays open.
            return match tree.rel(t) {
                "conj" if self.is_verb(head) && tree.child(t, &["nsubj:pass"]).is_none() => {
                    tree.child(head, &["obl:agent"]).and_then(own)
                }
                _ => None,
            };
        }
        // "sanctions on three companies and a firm for supplying": all of them
        let first = if tree.rel(head) == "conj" {
            tree.head(head).unwrap_or(head)
        } else {
            head
        };
        if tree.rel(t) == "acl"
            && tree.case(t) == "for"
            && matches!(tree.case(first).as_str(), "on" | "against")
            && self.phrases.actor(first)
        {
            return own(first);
        }
        match tree.rel(t) {
            "acl:relcl" | "acl"
                if tree.tag(t) != "VBN"
                    && !tree.passive(t)
                    && !tree.to_infinitive(t)
                    && tree.case(t).is_empty() =>
            {
                own(head)
            }
            "acl" | "acl:relcl" => self.controller(head, steps),
            "xcomp" | "advcl" | "ccomp" | "obl" | "csubj" | "conj" | "parataxis" | "dep" => {
                if tree.rel(t) == "csubj" {
                    // "For Russia, acquiring drones will help"
                    return self
                        .prepositional(head, "for")
                        .into_iter()
                        .find(|&f| self.phrases.actor(f))
                        .map(|token| Fill {
                            token,
                            implied: true,
                        });
                }
                // "imposed sanctions on two firms for shipping": the ones under sanctions
                if tree.case(t) == "for"
                    && let Some(penalty) = tree.child(head, &["obj", "nsubj:pass"])
                    && self.of_class(penalty, "penalty")
                    && let Some(&token) = self.prepositional(penalty, "on").first()
                {
                    return own(token);
                }
                if tree.rel(t) != "conj"
                    && self.lookup.controls(tree.lemma(head))
                    && let Some(object) = self.object(head)
                    && self.phrases.actor(object.token)
                {
                    return Some(object);
                }
                if tree.passive(head) {
                    let agent = tree
                        .child(head, &["obl:agent"])
                        .filter(|_| !self.lookup.controls(tree.lemma(head)));
                    return match agent {
                        Some(agent) => own(agent),
                        None => self.object(head),
                    };
                }
                // "Vietnam is in talks and Jakarta, it is said, has asked": a subject of its own, hung on the verb before
                if tree.rel(t) == "conj"
                    && let Some(token) = self.own_subject(head, t)
                {
                    return own(token);
                }
                self.subject(head, steps)
            }
            _ => None,
        }
    }

    /// The subject that a verb shares with the complement under it.
    pub(super) fn raised(&self, verb: usize) -> Option<Fill> {
        let tree = self.tree();
        let mut at = verb;
        for _ in 0..STEPS {
            if let Some(token) = tree.child(at, &["nsubj", "nsubj:pass"]) {
                return self.antecedent(Fill {
                    token,
                    implied: false,
                });
            }
            at = tree.head(at).filter(|_| tree.rel(at) == "xcomp")?;
        }
        None
    }

    /// Who controls a clause under a noun: the noun's own subject ("Iran's plan to build").
    pub(super) fn controller(&self, noun: usize, steps: usize) -> Option<Fill> {
        if self.is_verb(noun) {
            return self.subject(noun, steps);
        }
        let governor = self.governor(noun);
        // "was awarded a contract to supply", "awarded X a contract to supply": the one awarded it
        let awarded = governor.and_then(|g| {
            let passive = self.tree().child(g, &["nsubj:pass"]);
            passive
                .or_else(|| self.tree().child(g, &["iobj"]))
                .or(self.objects(g).0)
                .filter(|&s| s != noun)
                .and_then(|token| {
                    self.antecedent(Fill {
                        token,
                        implied: false,
                    })
                })
                .filter(|f| self.phrases.actor(f.token))
        });
        // "is close to a deal to buy": the subject of the adjective
        let predicate = || {
            let head = self.tree().head(noun)?;
            let adjective = self.tree().rel(noun) == "obl"
                && self.tree().upos(head) == Upos::Adj
                && self.tree().child(head, &["cop"]).is_some();
            adjective.then(|| self.subject(head, steps)).flatten()
        };
        awarded
            .or_else(|| self.subject(noun, steps))
            .or_else(|| self.subject(governor?, steps))
            .or_else(predicate)
    }

    /// Who awarded the contract that a verb hangs on: "was awarded a contract by the ministry to supply".
    pub(super) fn client(&self, t: usize) -> Option<Fill> {
        let tree = self.tree();
        let noun = tree
            .head(t)
            .filter(|&h| tree.rel(t).starts_with("acl") && !self.is_verb(h))?;
        let governor = self.governor(noun)?;
        // "the drones they had sent are built by X": no contract
        let awarded = tree
            .all(governor, &["nsubj:pass", "iobj"])
            .into_iter()
            .any(|whom| whom != noun)
            || self.objects(governor).0.is_some();
        if !awarded {
            return None;
        }
        self.prepositional(noun, "by")
            .into_iter()
            .find(|&c| self.phrases.actor(c))
            .map(|token| Fill {
                token,
                implied: false,
            })
            .or_else(|| self.subject(governor, STEPS))
    }

    pub(super) fn noun_subject(&self, t: usize, steps: usize) -> Option<Fill> {
        let tree = self.tree();
        let own = |token| {
            Some(Fill {
                token,
                implied: false,
            })
        };
        if let Some(poss) = self.poss(t).into_iter().next() {
            return Some(poss);
        }
        if let Some(by) = self
            .prepositional(t, "by")
            .into_iter()
            .find(|&f| self.phrases.actor(f))
        {
            return own(by);
        }
        if let Some(demonym) = self.demonym(t).into_iter().next() {
            return own(demonym);
        }
        let head = tree.head(t)?;
        // "signed a contract", "began deliveries": the noun is what the verb does
        if self.is_verb(head)
            && matches!(tree.rel(t), "obj" | "nsubj:pass" | "obl" | "conj")
            && (self.lookup.light(tree.lemma(head)) || self.lookup.embeds(tree, head))
            && (tree.rel(t) != "obl"
                || matches!(
                    tree.case(t).as_str(),
                    "into" | "in" | "on" | "with" | "for" | "from"
                ))
        {
            return self.subject(head, steps);
        }
        // "Ireland has settled with France on a purchase": what two agree on is what the first does
        if self.is_verb(head)
            && tree.rel(t) == "obl"
            && tree.case(t) == "on"
            && tree
                .all(head, &["obl"])
                .into_iter()
                .any(|c| tree.case(c) == "with" && self.phrases.actor(c))
        {
            return self.subject(head, steps);
        }
        // "blamed for the bombing": the one blamed
        if tree.rel(t) == "obl"
            && self.is_verb(head)
            && self.lookup.controls(tree.lemma(head))
            && matches!(tree.case(t).as_str(), "for" | "of" | "in" | "from")
        {
            return self.object(head).filter(|o| self.phrases.actor(o.token));
        }
        if matches!(tree.rel(t), "nmod" | "acl" | "conj") && self.lookup.embeds(tree, head) {
            return self.controller(head, steps);
        }
        None
    }

    /// An actor right behind the "and" in front of a joined verb, which the parser hung on the verb before.
    fn own_subject(&self, head: usize, verb: usize) -> Option<usize> {
        let tree = self.tree();
        tree.all(head, &["obl:npmod", "dep", "appos"])
            .into_iter()
            .filter(|&c| head < c && c < verb && self.phrases.actor(c))
            .find(|&c| {
                let first = tree.extent(c).0;
                first > 0
                    && tree.rel(first - 1) == "cc"
                    && tree.child(verb, &["aux"]).is_some_and(|a| a > c)
            })
    }
}
