//! Grammatical functions of a predicate, whatever its voice and shape: who does it, what it is done to, and the phrases
//! around it. "Iran supplied drones", "drones supplied by Iran", "Iran's supply of drones", "Iranian drone supplies" and "Iran,
//! which has supplied drones" give the same `subject` and `object`, so that one codebook pattern serves them all.

mod adjunct;
mod nouns;
mod object;
mod pronoun;
mod subject;

use sayso_gazetteer::Via;
use sayso_records::{Attribution, Byte, Span, Upos};

use crate::{attribution::Found, context::Lookup, phrase::Phrases, tree::Tree};

/// A phrase that fills a function, by its head token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fill {
    pub(crate) token: usize,
    /// Taken from context, not from the predicate's own words.
    pub(crate) implied: bool,
}

/// Heads gone up at most, so that no tree is walked in a circle.
pub(crate) const STEPS: usize = 8;

/// Answers what fills a function of a predicate.
pub(crate) struct Frame<'a> {
    pub(crate) phrases: &'a Phrases<'a>,
    pub(crate) lookup: &'a Lookup,
    /// The attributions of this sentence.
    pub(crate) voices: &'a [Found],
    /// Speakers of quotations that reach into this sentence from others.
    pub(crate) beyond: &'a [Beyond],
    /// How many pronouns are being looked up.
    pub(crate) open: std::cell::Cell<usize>,
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
            "object" => self
                .object(t)
                .map_or(vec![], |f| self.with_conjuncts(self.listed(t, f))),
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
                        .chain(self.hidden(t))
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
                // "flies three L-39s bought from X, four TB2s delivered by Y"
                .map(|noun| match tree.head(noun) {
                    Some(first) if tree.rel(noun) == "conj" => first,
                    _ => noun,
                })
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
                            self.antecedent(f).map(|f| (self.listed(t, f), f))
                        } else {
                            Some((f, f))
                        }
                    })
                    .flat_map(|(first, own)| {
                        if first == own {
                            vec![own]
                        } else {
                            self.with_conjuncts(first)
                        }
                    })
                    .collect(),
            },
        }
    }

    fn of_class(&self, t: usize, class: &str) -> bool {
        self.phrases.lexicon.strong(class, self.tree().lemma(t))
    }

    fn with_conjuncts(&self, fill: Fill) -> Vec<Fill> {
        let all = self.spread(fill.token).into_iter();
        all.map(|token| Fill { token, ..fill }).collect()
    }

    /// A phrase, what is joined to it, and the sorts that one noun stands for.
    fn spread(&self, token: usize) -> Vec<usize> {
        let all = self.tree().coordinated(token).into_iter();
        all.flat_map(|at| self.phrases.each_sort(at)).collect()
    }

    fn is_verb(&self, t: usize) -> bool {
        matches!(self.tree().upos(t), Upos::Verb | Upos::Aux)
            && !matches!(self.tree().rel(t), "amod" | "compound")
    }
}
