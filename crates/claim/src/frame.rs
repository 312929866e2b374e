//! Grammatical functions of a predicate, whatever its voice and shape: who does it, what it is done to, and the phrases
//! around it. "Iran supplied drones", "drones supplied by Iran", "Iran's supply of drones", "Iranian drone supplies" and "Iran,
//! which has supplied drones" give the same `subject` and `object`, so that one codebook pattern serves them all.

use sayso_gazetteer::Via;
use sayso_records::{Attribution, Byte, EntityType, Span, Upos};

use crate::{attribution::Found, context::Lookup, phrase::Phrases, tree::Tree};

/// A phrase that fills a function, by its head token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    pub(crate) token: usize,
    /// Taken from context, not from the predicate's own words.
    pub(crate) implied: bool,
}

const STEPS: usize = 8;

/// Answers what fills a function of a predicate.
pub(crate) struct Frame<'a> {
    pub(crate) phrases: &'a Phrases<'a>,
    pub(crate) lookup: &'a Lookup,
    /// The attributions of this sentence.
    pub(crate) voices: &'a [Found],
    /// Speakers of quotations that reach into this sentence from others.
    pub(crate) beyond: &'a [Beyond],
}

/// A quotation that the speaker's own sentence does not hold, and who speaks.
pub(crate) struct Beyond {
    /// Bytes of the paragraph.
    pub(crate) content: Vec<Span<Byte>>,
    pub(crate) sources: Vec<Attribution>,
}

impl<'a> Frame<'a> {
    fn tree(&self) -> &'a Tree<'a> {
        self.phrases.tree
    }

    /// What fills `path` of `t`: `a>b` steps inward, `a+b` unites.
    pub(crate) fn path(&self, t: usize, path: &str) -> Vec<Fill> {
        let mut all: Vec<Fill> = Vec::new();
        for part in path.split('+') {
            let mut at = vec![Fill {
                token: t,
                implied: false,
            }];
            for function in part.split('>') {
                at = at
                    .into_iter()
                    .flat_map(|f| {
                        self.function(f.token, function)
                            .into_iter()
                            .map(move |g| Fill {
                                token: g.token,
                                implied: f.implied || g.implied,
                            })
                    })
                    .collect();
            }
            for fill in at {
                if !all.iter().any(|f| f.token == fill.token) {
                    all.push(fill);
                }
            }
        }
        all
    }

    fn function(&self, t: usize, function: &str) -> Vec<Fill> {
        let tree = self.tree();
        let plain = |tokens: Vec<usize>| -> Vec<Fill> {
            tokens
                .into_iter()
                .map(|token| Fill {
                    token,
                    implied: false,
                })
                .collect()
        };
        match function {
            "self" => plain(vec![t]),
            "subject" => self
                .subject(t, STEPS)
                .map_or(vec![], |f| self.with_conjuncts(f)),
            "object" => self.object(t).map_or(vec![], |f| self.with_conjuncts(f)),
            // "Cuba was promised radars": the one it passes to is the passive subject
            "iobject" => {
                let rels: &[&str] = if tree.child(t, &["obj"]).is_some() {
                    &["iobj", "nsubj:pass"]
                } else {
                    &["iobj"]
                };
                // "gave tanks and was given others": the subject is shared
                let shared = tree
                    .head(t)
                    .filter(|_| {
                        tree.rel(t) == "conj"
                            && rels.len() > 1
                            && tree.passive(t)
                            && tree.child(t, &["nsubj:pass"]).is_none()
                    })
                    .and_then(|first| tree.child(first, &["nsubj", "nsubj:pass"]));
                plain(
                    tree.all(t, rels)
                        .into_iter()
                        .chain(shared)
                        .chain(self.objects(t).0)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .flat_map(|i| tree.coordinated(i))
                        .collect(),
                )
                .into_iter()
                .filter_map(|f| self.antecedent(f))
                .collect()
            }
            "poss" => self.poss(t),
            "demonym" => plain(self.demonym(t)),
            "compound" => plain(self.compounds(t)),
            "governor" => self
                .governor(t)
                .filter(|&g| {
                    let lemma = tree.lemma(g);
                    (self.lookup.light(lemma) || self.lookup.embeds(tree, g))
                        && !self.lookup.reporting_verb(tree, g)
                })
                .and_then(|g| self.subject(g, STEPS))
                .map_or(vec![], |f| self.with_conjuncts(f)),
            "verb" => plain(self.governor(t).into_iter().collect()),
            "exchange" => plain(self.exchange(t)),
            // the subject of the clause a noun hangs in as an adjunct ("Under an agreement with Russia, Nigeria can")
            "clause" => tree
                .head(t)
                .filter(|&h| {
                    tree.rel(t) == "obl"
                        && matches!(tree.case(t).as_str(), "under" | "with")
                        && self.is_verb(h)
                })
                .and_then(|h| self.acting(h))
                .map_or(vec![], |f| self.with_conjuncts(f)),
            // "sold Russia S-400 systems": the one it passes to, taken for a part of the thing's name
            "beside" => plain(
                tree.modifiers(t)
                    .into_iter()
                    .filter(|&m| {
                        self.phrases.named(m).is_some_and(|n| {
                            n.acts && n.last < t && matches!(n.via, Some(Via::Name | Via::Capital))
                        }) || self.phrases.named(m).is_none()
                            && self.phrases.stands_for(m).is_some()
                    })
                    .collect(),
            ),
            "carried" => self.carried(t),
            "client" => self.client(t).into_iter().collect(),
            // "has craft that Tehran supplied": whoever has it
            "owner" => tree
                .head(t)
                .filter(|_| tree.rel(t).starts_with("acl") || self.attributive(t))
                .and_then(|noun| {
                    let verb = tree.head(noun)?;
                    let has = tree.rel(noun) == "obj" && self.of_class(verb, "having");
                    // "shelled the town with howitzers supplied by Y"
                    let fights = tree.rel(noun) == "obl"
                        && matches!(
                            tree.case(noun).as_str(),
                            "with" | "from" | "using" | "aboard"
                        );
                    (has || fights && self.is_verb(verb)).then_some(verb)
                })
                .and_then(|verb| self.subject(verb, STEPS))
                .into_iter()
                .collect(),
            "context" => self.context(t),
            _ => match function.split_at_checked(1) {
                Some(("~", class)) => plain(self.clauses(t, class)),
                Some(("^", class)) => plain(
                    tree.head(t)
                        .filter(|&h| tree.rel(t).starts_with("nsubj") && self.of_class(h, class))
                        .into_iter()
                        .collect(),
                ),
                Some(("=", class)) => plain(
                    Some(t)
                        .filter(|&t| self.of_class(t, class) || self.phrases.in_class(t, class))
                        .into_iter()
                        .collect(),
                ),
                // "the firm from which Sudan bought": the noun
                _ => plain(self.prepositional(t, function))
                    .into_iter()
                    .filter_map(|f| {
                        if self.relative(f.token) {
                            self.antecedent(f)
                        } else {
                            Some(f)
                        }
                    })
                    .collect(),
            },
        }
    }

    fn of_class(&self, t: usize, class: &str) -> bool {
        self.phrases.lexicon.strong(class, self.tree().lemma(t))
    }

    /// Verbs of a class in the clauses that hang on a predicate, its object or the verb over it ("a plant that makes", "met to
    /// discuss").
    fn clauses(&self, t: usize, class: &str) -> Vec<usize> {
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

    /// The one a clause is about: its subject, or of a passive what it is done to.
    fn acting(&self, verb: usize) -> Option<Fill> {
        let tree = self.tree();
        tree.child(verb, &["nsubj", "nsubj:pass"])
            .map(|token| Fill {
                token,
                implied: false,
            })
            .or_else(|| self.subject(verb, STEPS))
    }

    /// Those that a phrase for several names one by one: "six states, among them Mali, Niger and Togo". Empty for any other.
    pub(crate) fn members(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        if tree.tag(t) != "NNS" || self.phrases.named(t).is_some() {
            return Vec::new();
        }
        let word = |i: usize| {
            if i < tree.len() {
                tree.word(i).to_lowercase()
            } else {
                String::new()
            }
        };
        let opens = (t + 1..(t + 5).min(tree.len())).find_map(|i| match word(i).as_str() {
            "including" | "namely" | ":" => Some(i + 1),
            "among" if matches!(word(i + 1).as_str(), "them" | "others") => Some(i + 2),
            "such" if word(i + 1) == "as" => Some(i + 2),
            _ => None,
        });
        let Some(first) = opens else {
            return Vec::new();
        };
        let heads: Vec<usize> = self
            .phrases
            .names()
            .iter()
            .filter(|n| n.first >= first && n.acts)
            .map(|n| (n, self.phrases.head_of(n)))
            .scan(first, |next, (name, head)| {
                // a list goes on over commas, "and" and articles alone
                let listed = (*next..name.first)
                    .all(|i| matches!(tree.lemma(i), "," | "and" | "or" | "the" | "as" | "well"));
                *next = name.last + 1;
                listed.then_some(head)
            })
            .collect();
        heads
    }

    fn with_conjuncts(&self, fill: Fill) -> Vec<Fill> {
        self.tree()
            .coordinated(fill.token)
            .into_iter()
            .map(|token| Fill { token, ..fill })
            .collect()
    }

    /// A participle in front of a noun ("donated howitzers").
    pub(crate) fn attributive(&self, t: usize) -> bool {
        self.tree().rel(t) == "amod" && self.tree().tag(t) == "VBN"
    }

    /// Whoever a hyphen ties to a participle: "Belgian-donated howitzers".
    fn hyphened(&self, t: usize) -> Option<usize> {
        let tree = self.tree();
        (t >= 2 && tree.word(t - 1) == "-")
            .then(|| t - 2)
            .filter(|&who| self.phrases.named(who).is_some_and(|n| n.entity.is_some()))
    }

    fn is_verb(&self, t: usize) -> bool {
        matches!(self.tree().upos(t), Upos::Verb | Upos::Aux)
            && !matches!(self.tree().rel(t), "amod" | "compound")
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
    fn subject(&self, t: usize, steps: usize) -> Option<Fill> {
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

    fn verb_subject(&self, t: usize, steps: usize) -> Option<Fill> {
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
                self.subject(head, steps)
            }
            _ => None,
        }
    }

    /// The subject that a verb shares with the complement under it.
    fn raised(&self, verb: usize) -> Option<Fill> {
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
    fn controller(&self, noun: usize, steps: usize) -> Option<Fill> {
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
    fn client(&self, t: usize) -> Option<Fill> {
        let tree = self.tree();
        let noun = tree
            .head(t)
            .filter(|&h| tree.rel(t).starts_with("acl") && !self.is_verb(h))?;
        let governor = self.governor(noun)?;
        let awarded = tree.child(governor, &["nsubj:pass", "iobj"]).is_some()
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

    fn noun_subject(&self, t: usize, steps: usize) -> Option<Fill> {
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

    /// Indirect and direct object. "hand Mazagon Dock the drawings": the parser may call both direct.
    fn objects(&self, t: usize) -> (Option<usize>, Option<usize>) {
        let tree = self.tree();
        let complement = tree.child(t, &["xcomp", "ccomp"]);
        let all: Vec<usize> = tree
            .all(t, &["obj"])
            .into_iter()
            // "denied giving it, an accusation first made", "armed the rebels, an accusation that": in apposition to the clause
            .filter(|&o| {
                let first = tree.extent(o).0;
                let behind = first > 0 && tree.word(first - 1) == ",";
                let other = tree.child(t, &["obj"]).is_some_and(|f| f < o);
                !(behind && (complement.is_some_and(|c| c < o) || other))
            })
            .collect();
        // "the tanks that Germany promised Moldova": what was promised is the noun
        let own: Vec<usize> = all.iter().copied().filter(|&o| !self.relative(o)).collect();
        if let ([only], Some(noun)) = (&own[..], tree.head(t))
            && tree.rel(t) == "acl:relcl"
            && self.phrases.in_class(noun, "arms")
            && (self.phrases.actor(*only) || tree.upos(*only) == Upos::Pron)
            && tree.all(t, &["nsubj"]).iter().any(|&s| !self.relative(s))
        {
            return (Some(*only), Some(noun));
        }
        match all[..] {
            [first, second, ..] if self.phrases.actor(first) && !self.phrases.actor(second) => {
                (Some(first), Some(second))
            }
            // "supply 11 upgraded frigates": the number taken for an object of its own
            [first, second, ..] if tree.upos(first) == Upos::Num => (None, Some(second)),
            _ => (None, all.first().copied()),
        }
    }

    /// What it is done to.
    fn object(&self, t: usize) -> Option<Fill> {
        let tree = self.tree();
        let own = |token| {
            Some(Fill {
                token,
                implied: false,
            })
        };
        if self.attributive(t) {
            return tree.head(t).and_then(own);
        }
        if self.is_verb(t) {
            let undergoes = || {
                tree.child(t, &["nsubj:pass"])
                    .or_else(|| tree.child(t, &["nsubj"]).filter(|_| tree.passive(t)))
            };
            if let Some(o) = self.objects(t).1.or_else(undergoes) {
                // "imported ammunition and now exports it": the arms, unless it is given something
                if tree.upos(o) == Upos::Pron
                    && !tree
                        .all(t, &["obl"])
                        .iter()
                        .any(|&c| tree.case(c) == "with")
                    && tree.child(t, &["xcomp", "ccomp"]).is_none()
                    && self.phrases.arms_before(o).is_some()
                {
                    return own(o);
                }
                return self.antecedent(Fill {
                    token: o,
                    implied: false,
                });
            }
            let head = tree.head(t)?;
            return match tree.rel(t) {
                "acl" | "acl:relcl" if tree.passive(t) || tree.tag(t) == "VBN" => own(head),
                // "Armed with launchers, Lithuania has"
                "advcl" if tree.passive(t) && self.is_verb(head) => self.acting(head),
                // "is expected to be delivered", "were to have been built"
                "xcomp" if tree.passive(t) => self.raised(head),
                // "the jets that Poland plans to buy"
                "xcomp" if self.is_verb(head) && tree.child(head, &["obj"]).is_none() => {
                    let mut at = head;
                    for _ in 0..STEPS {
                        if tree.rel(at) == "acl:relcl" {
                            let subject = tree.all(at, &["nsubj", "nsubj:pass"]);
                            return subject
                                .iter()
                                .any(|&s| !self.relative(s))
                                .then(|| tree.head(at))
                                .flatten()
                                .and_then(own);
                        }
                        if tree.rel(at) != "xcomp" {
                            return None;
                        }
                        at = tree.head(at)?;
                    }
                    None
                }
                // "drones that Iran supplied"
                "acl:relcl" if tree.all(t, &["nsubj"]).iter().any(|&s| !self.relative(s)) => {
                    own(head)
                }
                // "the right to build", "jets to be delivered" are not told apart; a purpose clause has its own object
                "conj" if self.is_verb(head) => {
                    if tree.passive(t) {
                        return tree.child(head, &["nsubj:pass"]).and_then(own);
                    }
                    None
                }
                _ => {
                    // "design and build drones": the last of coordinated verbs carries the object
                    let last = tree.all(t, &["conj"]).into_iter().rev().find(|&c| {
                        self.is_verb(c)
                            && tree.tag(c) == tree.tag(t)
                            && tree.child(c, &["nsubj"]).is_none()
                    })?;
                    tree.child(last, &["obj"]).and_then(own)
                }
            };
        }
        self.prepositional(t, "of")
            .into_iter()
            .next()
            .or_else(|| self.compounds(t).into_iter().next())
            // "Production is to start in 2027": of what was spoken of
            .or_else(|| {
                let act = self.phrases.act(t) && self.phrases.thing(t).is_some();
                act.then_some(t)
            })
            .and_then(own)
    }

    fn relative(&self, token: usize) -> bool {
        matches!(self.tree().tag(token), "WDT" | "WP" | "IN" | "WP$")
            || matches!(self.tree().lemma(token), "that" | "which" | "who")
                && self.tree().rel(self.tree().head(token).unwrap_or(token)) == "acl:relcl"
    }

    fn poss(&self, t: usize) -> Vec<Fill> {
        self.tree()
            .all(t, &["nmod:poss"])
            .into_iter()
            .filter_map(|token| {
                self.antecedent(Fill {
                    token,
                    implied: false,
                })
            })
            .flat_map(|f| self.with_conjuncts(f))
            .collect()
    }

    fn demonym(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        tree.modifiers(t)
            .into_iter()
            .filter(|&m| {
                self.phrases.named(m).is_some_and(|n| {
                    matches!(
                        n.kind,
                        EntityType::State | EntityType::Region | EntityType::Organisation
                    ) && n.entity.is_some()
                        && (n.kind == EntityType::Organisation
                            || matches!(
                                n.via,
                                Some(Via::Demonym | Via::DemonymPeople | Via::Acronym | Via::Name)
                            ))
                })
            })
            .filter(|&m| self.phrases.named(m).is_none_or(|n| n.last < t))
            // "a Belarus-based firm", "Iranian-made drones": where it is, and not whose
            .filter(|&m| {
                !(m + 2 < tree.len() && tree.word(m + 1) == "-" && tree.tag(m + 2) == "VBN")
            })
            .collect()
    }

    /// What a compound is about: the modifiers that are things ("drone" in "an Iranian drone factory").
    fn compounds(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        let modifiers = tree.modifiers(t);
        let arms = |&m: &usize| self.phrases.in_class(m, "arms");
        // The nearest modifier that is a thing; "Ababil-2 drone factory" is about the drone, which carries its own modifiers.
        let mut found: Vec<usize> = modifiers
            .iter()
            .copied()
            .filter(arms)
            .filter(|&m| {
                !modifiers.iter().any(|&other| {
                    other > m
                        && arms(&other)
                        && (tree.under(m, other) || other == m + 1 && tree.rel(m) == "compound")
                })
            })
            .collect();
        if found.is_empty() {
            found = modifiers
                .into_iter()
                .filter(|&m| {
                    matches!(tree.rel(m), "compound" | "obl:npmod")
                        && tree.head(m) == Some(t)
                        && self.phrases.named(m).is_none()
                })
                .collect();
        }
        found
    }

    /// Places to look for a phrase that the parser may have hung too low or too high: the predicate, its object, and for a noun
    /// the light verb over it.
    fn around(&self, t: usize) -> Vec<usize> {
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

    fn prepositional(&self, t: usize, case: &str) -> Vec<usize> {
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
                .flat_map(|c| tree.coordinated(c))
                .collect();
            if !near.is_empty() {
                return near.into_iter().chain(self.joined(at, case)).collect();
            }
        }
        vec![]
    }

    /// "radars from Israel and trainers from Czechia", "to Turkey for drones and to Russia for helicopters": the phrases of what is
    /// joined to a thing, or to a phrase of the verb.
    fn joined(&self, at: usize, case: &str) -> Vec<usize> {
        let tree = self.tree();
        let firsts = if self.is_verb(at) {
            tree.all(at, &["obl"])
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
    fn exchange(&self, t: usize) -> Vec<usize> {
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
    fn carried(&self, t: usize) -> Vec<Fill> {
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

    /// The one state or body the sentence names, if there is only one.
    fn context(&self, _t: usize) -> Vec<Fill> {
        let mut seen: Vec<&crate::names::Named> = Vec::new();
        for name in self.phrases.names() {
            if name.acts
                && !seen
                    .iter()
                    .any(|s| s.entity == name.entity && s.entity.is_some())
            {
                seen.push(name);
            }
        }
        match seen[..] {
            [only] => vec![Fill {
                token: self.phrases.head_of(only),
                implied: true,
            }],
            _ => vec![],
        }
    }

    /// What a pronoun stands for, where the sentence leaves one reading; other phrases stand for themselves.
    fn antecedent(&self, fill: Fill) -> Option<Fill> {
        let tree = self.tree();
        let token = fill.token;
        if self.relative(token) {
            // "Iran, which supplied": the noun the relative clause hangs on
            let mut at = token;
            for _ in 0..STEPS {
                let head = tree.head(at)?;
                if tree.rel(at) == "acl:relcl" {
                    return Some(Fill {
                        token: head,
                        ..fill
                    });
                }
                at = head;
            }
            return Some(fill);
        }
        // "We have asked for trainers, an Iraqi marshal said": who says it
        if matches!(tree.lemma(token), "we" | "our" | "us") {
            let speaker = (0..tree.len()).find(|&i| {
                tree.rel(i) == "nsubj"
                    && tree.head(i).is_some_and(|v| {
                        self.lookup.reporting_verb(tree, v) && tree.under(token, v)
                    })
                    && self.phrases.actor(i)
                    // "he said", whom the sentence before told to be a minister
                    && (tree.upos(i) != Upos::Pron
                        || self.phrases.discourse.serves(tree, i).is_some())
            });
            // "gave us guns, the gunner said": nobody knows whose gunner
            let nobody = |&s: &usize| {
                tree.upos(s) == Upos::Noun
                    && self.phrases.in_class(s, "person-word")
                    && tree.child(s, &["nmod:poss", "nmod"]).is_none()
                    && self.demonym(s).is_empty()
            };
            if speaker.as_ref().is_some_and(nobody) && !tree.word(token).eq_ignore_ascii_case("we")
            {
                return None;
            }
            return Some(speaker.map_or(fill, |token| Fill {
                token,
                implied: true,
            }));
        }
        if !matches!(
            tree.lemma(token),
            "it" | "its" | "they" | "their" | "he" | "she" | "his" | "her"
        ) {
            return Some(fill);
        }
        // The subject of a clause above or before, if it is an actor and the only one before the pronoun that is a subject.
        let mut candidates: Vec<usize> = (0..token)
            .filter(|&i| {
                matches!(tree.rel(i), "nsubj" | "nsubj:pass" | "obl:agent")
                    && !matches!(tree.upos(i), Upos::Pron)
                    && self.phrases.actor(i)
            })
            .collect();
        // "sentenced three traders because they had smuggled": many, and not the court
        if tree.lemma(token).starts_with("the") {
            let many = |i: usize| {
                matches!(tree.tag(i), "NNS" | "NNPS") || tree.child(i, &["conj"]).is_some()
            };
            let plural: Vec<usize> = (0..token)
                .filter(|&i| {
                    matches!(
                        tree.rel(i),
                        "nsubj" | "nsubj:pass" | "obl:agent" | "obj" | "iobj"
                    ) && many(i)
                        && !matches!(tree.upos(i), Upos::Pron)
                        && self.phrases.actor(i)
                })
                .collect();
            if !plural.is_empty() && !candidates.iter().any(|&c| many(c)) {
                candidates = plural;
            }
        }
        if candidates.is_empty() {
            candidates = (0..tree.len())
                .filter(|&i| {
                    tree.rel(i) == "nsubj"
                        && i > token
                        && self.phrases.actor(i)
                        && tree.upos(i) != Upos::Pron
                })
                .collect();
        }
        // "Baykar agreed to sell it drones": not who sells
        if tree.rel(token) != "nmod:poss" && !tree.rel(token).starts_with("nsubj") {
            let own = tree.head(token).and_then(|verb| self.acting(verb));
            candidates.retain(|&c| own.is_none_or(|o| o.token != c));
        }
        // Nobody before it in the sentence: whom the sentences before spoke of, rather than somebody further on.
        if candidates.first().is_none_or(|&c| c > token) && self.phrases.stands_for(token).is_some()
        {
            return Some(fill);
        }
        // "They have it, the minister said": not who says it
        if tree.lemma(token).starts_with("the") {
            candidates.retain(|&c| c < token);
        }
        candidates.dedup_by_key(|i| tree.word(*i).to_owned());
        match candidates[..] {
            [only] => Some(Fill {
                token: only,
                implied: true,
            }),
            [.., last] if tree.lemma(token).starts_with("it") => Some(Fill {
                token: last,
                implied: true,
            }),
            _ => Some(fill),
        }
    }
}
