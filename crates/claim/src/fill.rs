//! What fills a role, by name: the state that its people and offices act for, the firm that a pronoun or a plant means, the thing
//! that was spoken of.

use sayso_codebook::Kind;
use sayso_gazetteer::Via;
use sayso_records::{Entity, EntityType, Filler, Upos};

use crate::{build::Builder, draft::Draft, frame::Fill, here::Here, parties::THINGS, tree::Tree};

impl Builder<'_> {
    pub(crate) fn fillers(
        &self,
        here: &Here<'_>,
        kind: &Kind,
        draft: &Draft,
        role: &str,
        fills: &[Fill],
    ) -> Vec<Filler> {
        let pattern = &kind.patterns[draft.pattern];
        if let Some(given) = pattern.give.get(role) {
            let span = here.span(draft.trigger, draft.trigger);
            return vec![Filler {
                text: span.of(&self.report.text).to_owned(),
                span,
                name: given.clone(),
                entity: None,
                kind: EntityType::Other,
                implied: false,
                claim: None,
            }];
        }
        let mut out: Vec<Filler> = Vec::new();
        for fill in fills {
            let group = here.frame.phrases.group(fill.token);
            if !group.is_empty() {
                let span = here.span(fill.token, fill.token);
                out.extend(group.iter().map(|f| Filler {
                    text: span.of(&self.report.text).to_owned(),
                    span,
                    implied: true,
                    claim: None,
                    ..f.clone()
                }));
                continue;
            }
            let mut filler = here.frame.phrases.filler(fill.token, fill.implied);
            filler.span = filler.span.shift(here.offset);
            if role == "about" {
                let (first, last) = here.frame.phrases.tree.extent(fill.token);
                filler.span = here.span(first, last);
                filler.text = filler.span.of(&self.report.text).to_owned();
            }
            if matches!(role, "value" | "amount") {
                let quantity = here
                    .quantities
                    .iter()
                    .find(|q| here.inside(q.span, fill.token));
                let figure = matches!(
                    here.frame.phrases.tree.upos(fill.token),
                    Upos::Num | Upos::Sym
                ) || role == "value"
                    || here.frame.phrases.tree.upos(fill.token) == Upos::Noun
                        && quantity.is_some_and(|q| {
                            q.span
                                .shift(here.base)
                                .overlaps(here.frame.phrases.tree.token(fill.token).span)
                        });
                if let Some(q) = quantity.filter(|_| figure) {
                    filler.name.clone_from(&q.text);
                }
            }
            let acting = kind
                .roles
                .iter()
                .any(|r| r.name == role && r.filler.iter().any(|f| f == "actor"));
            if THINGS.contains(&role)
                && (here.frame.phrases.alone(fill.token)
                    || fill.token == draft.trigger
                    || here.frame.phrases.act(fill.token))
                && let Some(thing) = here.frame.phrases.thing(fill.token)
            {
                filler = Filler {
                    text: filler.text,
                    span: filler.span,
                    implied: true,
                    claim: None,
                    ..thing.filler.clone()
                };
            }
            let plant = here.frame.phrases.plant(fill.token);
            let pronoun = here.frame.phrases.tree.upos(fill.token) == Upos::Pron;
            if let Some(plant) = plant.filter(|_| matches!(role, "facility" | "against") && pronoun)
            {
                filler = Filler {
                    name: plant.noun().to_owned(),
                    entity: None,
                    kind: EntityType::Facility,
                    implied: true,
                    claim: None,
                    ..filler
                };
            }
            let makers = plant
                .filter(|_| !pronoun)
                .map_or(&[][..], |plant| plant.party("producer"));
            if acting && filler.entity.is_none() && !makers.is_empty() {
                out.extend(makers.iter().map(|maker| Filler {
                    text: filler.text.clone(),
                    span: filler.span,
                    implied: true,
                    claim: None,
                    ..maker.clone()
                }));
                continue;
            }
            if acting
                && kind.kind != "stance"
                && let Some(served) = here
                    .frame
                    .phrases
                    .discourse
                    .serves(here.frame.phrases.tree, fill.token)
            {
                filler = Filler {
                    text: filler.text,
                    span: filler.span,
                    implied: true,
                    claim: None,
                    ..served.clone()
                };
            }
            let office = here
                .frame
                .phrases
                .office(fill.token)
                .filter(|_| kind.kind != "stance" && acting);
            let government = here
                .frame
                .phrases
                .government(fill.token)
                .filter(|_| kind.kind != "stance" && acting && office.is_none());
            if let Some(state) = government {
                filler = Filler {
                    name: state.name.clone(),
                    entity: Some(state.clone()),
                    kind: EntityType::State,
                    implied: true,
                    ..filler
                };
            }
            if let Some(state) = office {
                filler.name.clone_from(&state.name);
                filler.entity = Some(state);
                filler.kind = EntityType::State;
            }
            if kind.kind != "stance"
                && acting
                && filler.entity.is_none()
                && (filler.kind == EntityType::Person
                    || possessed(here.frame.phrases.tree, fill.token)
                    || here
                        .frame
                        .phrases
                        .lexicon
                        .strong("state-people", here.frame.phrases.tree.lemma(fill.token)))
            {
                let more = self.people(here, fill.token, role, &mut filler);
                out.extend(more);
            }
            if !out.iter().any(|f| f.name == filler.name) {
                out.push(filler);
            }
        }
        let mut seen = Vec::new();
        out.retain(|f: &Filler| {
            let new = !seen.contains(&f.name);
            seen.push(f.name.clone());
            new
        });
        out
    }

    /// A state's people at work ("Iranian engineers") act for it; gives the further states of "officials from Tonga and Fiji".
    pub(crate) fn people(
        &self,
        here: &Here<'_>,
        token: usize,
        role: &str,
        filler: &mut Filler,
    ) -> Vec<Filler> {
        let (phrases, tree) = (here.frame.phrases, here.frame.phrases.tree);
        // "Iraqi pilots who joined", "former Russian officers": they act for themselves
        let who = |clause: usize| {
            tree.child(clause, &["nsubj", "nsubj:pass"])
                .is_some_and(|s| tree.lemma(s) == "who")
        };
        // "the president of Embraer, who received": told of one known already
        let aside = |clause: usize| {
            let first = tree.extent(clause).0;
            first > 0 && tree.word(first - 1) == "," && tree.tag(token) == "NN"
        };
        // "sanctioned the firm and its owner": he himself
        if role == "target" && possessed(tree, token) {
            return Vec::new();
        }
        let own = tree
            .all(token, &["acl:relcl"])
            .into_iter()
            .any(|clause| who(clause) && !aside(clause))
            || tree
                .modifiers(token)
                .into_iter()
                .any(|m| phrases.lexicon.strong("no-longer", tree.lemma(m)));
        if own {
            return Vec::new();
        }
        // "special forces", "air force" act in their own name
        let unit = tree.lemma(token) == "force"
            && tree
                .modifiers(token)
                .into_iter()
                .any(|m| phrases.named(m).is_none_or(|n| n.kind != EntityType::State));
        // Whoever is trained or armed, it is the state's; who acts for it is not everybody of that nation.
        let at_work = (role == "recipient"
            || phrases.lexicon.strong("state-people", tree.lemma(token)))
            && !unit
            || possessed(tree, token);
        let named = |entity: &Entity, filler: &Filler| Filler {
            name: entity.name.clone(),
            entity: Some(entity.clone()),
            ..filler.clone()
        };
        // "a Swedish team from Saab": of the firm rather than the nation
        let firm = ["from", "of", "for"].into_iter().find(|function| {
            here.frame.path(token, function).into_iter().any(|f| {
                phrases.named(f.token).is_some_and(|n| {
                    n.kind == EntityType::Organisation && n.state.is_none() && n.acts
                })
            })
        });
        let whose: Vec<Filler> = firm
            .into_iter()
            .chain(["demonym", "poss", "of", "from", "at", "for"])
            .map(|function| {
                here.frame
                    .path(token, function)
                    .into_iter()
                    .filter_map(|f| {
                        // "his air force", after "an Iraqi marshal"
                        let meant = phrases.named(f.token).is_none()
                            && phrases.stands_for(f.token).is_some();
                        if tree.upos(f.token) == Upos::Pron || f.implied || meant {
                            let meant = phrases
                                .discourse
                                .serves(tree, f.token)
                                .or_else(|| phrases.stands_for(f.token))
                                .cloned()
                                .or_else(|| {
                                    if tree.upos(f.token) == Upos::Pron {
                                        return None;
                                    }
                                    // "Sudan's ambassador ... his country"
                                    let serves = here.frame.path(f.token, "poss+demonym");
                                    let state = serves.iter().map(|s| s.token).find(|&s| {
                                        phrases
                                            .named(s)
                                            .is_some_and(|n| n.kind == EntityType::State)
                                    });
                                    Some(phrases.filler(state.unwrap_or(f.token), true))
                                })?;
                            let whole =
                                matches!(meant.kind, EntityType::State | EntityType::Organisation);
                            return whole.then(|| Filler {
                                text: filler.text.clone(),
                                span: filler.span,
                                implied: true,
                                claim: None,
                                ..meant
                            });
                        }
                        let found = phrases.named(f.token).filter(|n| {
                            n.kind == EntityType::State && at_work
                                || n.kind == EntityType::Organisation
                        })?;
                        found.entity.as_ref().map(|entity| named(entity, filler))
                    })
                    .collect()
            })
            .find(|found: &Vec<Filler>| !found.is_empty())
            .unwrap_or_default();
        // "the ministry in Oslo"
        let seat = || {
            (phrases.lexicon.strong("government-word", tree.lemma(token))
                || phrases.lexicon.strong("state-people", tree.lemma(token))
                    && tree.tag(token) != "NNS")
                .then(|| here.frame.path(token, "in"))
                .into_iter()
                .flatten()
                .filter_map(|f| phrases.named(f.token))
                .filter(|n| n.via == Some(Via::Capital))
                .find_map(|n| n.entity.as_ref().map(|entity| named(entity, filler)))
        };
        // "In the Central African Republic, instructors have trained 9,000 recruits": of that state
        let there = || {
            let verb = tree.head(token).filter(|_| {
                role == "recipient" && tree.rel(token) == "obj" && tree.tag(token) == "NNS"
            })?;
            tree.all(verb, &["obl"])
                .into_iter()
                .filter(|&c| tree.case(c) == "in")
                .filter_map(|c| phrases.named(c))
                .filter(|n| n.kind == EntityType::State && n.via == Some(Via::Name))
                .find_map(|n| n.entity.as_ref().map(|entity| named(entity, filler)))
        };
        let whose = if whose.is_empty() {
            seat().or_else(there).into_iter().collect()
        } else {
            whose
        };
        let mut each = whose.into_iter();
        let first = each.next();
        let more = each.collect();
        if let Some(first) = first {
            *filler = first;
        }
        more
    }
}

/// "its navy": whose it is stands in the sentence or before it, and is named rather than the navy.
pub(crate) fn possessed(tree: &Tree<'_>, token: usize) -> bool {
    tree.child(token, &["nmod:poss"])
        .is_some_and(|p| tree.upos(p) == Upos::Pron)
}
