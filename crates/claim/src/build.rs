//! Drafts -> claims: coordination, place, time, quantity, status, sources, barter, implied roles, links between claims.

use sayso_codebook::{Codebook, Kind};
use sayso_records::{
    Attribution, Bound, Claim, ClaimId, Entity, EntityType, Evidence, Filler, PlaceRef, Polarity,
    Quantity, Reason, Report, Span, TimeRef, Upos,
};
use smol_str::SmolStr;

use crate::{
    context::{self, Context},
    draft::Draft,
    frame::{Fill, Frame},
    place::places,
    quantity, time,
    tree::Tree,
};

/// Roles of things, and of those who give, get and make them, by which a text takes up what it has said.
pub(crate) const THINGS: &[&str] = &["item", "product"];
pub(crate) const PARTIES: &[&str] = &["supplier", "recipient", "producer"];

/// Roles that one party cannot fill both of.
pub(crate) const OPPOSED: &[(&str, &str)] = &[
    ("supplier", "recipient"),
    ("imposer", "target"),
    ("payer", "payee"),
];

/// A party that the sentences before named, for roles left open.
#[derive(Debug, Clone, PartialEq)]
struct Party {
    filler: Filler,
    country: Option<SmolStr>,
}

/// What a sentence told.
pub(crate) struct Told<'a> {
    pub(crate) claims: &'a [Claim],
    /// Plants by their noun, lower case, with a claim of each.
    pub(crate) plants: Vec<(&'a str, &'a Claim)>,
}

/// Collects the claims of one report.
pub(crate) struct Builder<'a> {
    codebook: &'a Codebook,
    report: &'a Report,
    claims: Vec<Claim>,
    /// States named in the sentence before.
    before: Vec<Party>,
    /// The last sentence's plants, by their noun, and the claims they stand in.
    plants: Vec<(SmolStr, ClaimId)>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(codebook: &'a Codebook, report: &'a Report) -> Self {
        Self {
            codebook,
            report,
            claims: Vec::new(),
            before: Vec::new(),
            plants: Vec::new(),
        }
    }

    /// Adds the claims of one sentence, whose paragraph starts at byte `offset` of the report.
    pub(crate) fn sentence(
        &mut self,
        frame: &Frame<'_>,
        offset: usize,
        drafts: Vec<Draft>,
    ) -> Told<'_> {
        let tree = frame.phrases.tree;
        let sentence = tree.sentence.span;
        let text = sentence.of(tree.text);
        let (times, mut quantities) = if drafts.is_empty() {
            (Vec::new(), Vec::new())
        } else {
            let times = time::find(text, self.report.published.as_deref());
            let skip: Vec<_> = times.iter().map(|t| t.span).collect();
            (
                times,
                quantity::find(text, &self.codebook.quantities, &skip),
            )
        };
        for quantity in &mut quantities {
            unbound(quantity, tree, sentence.start as usize);
        }
        // "Switchblade 600 munitions": the number is the name's
        quantities.retain(|q| {
            let span = q.span.shift(sentence.start as usize);
            !frame.phrases.names().iter().any(|n| {
                n.kind == EntityType::System
                    && n.class.as_deref() != Some("calibre")
                    && tree.token(n.first).span.start < span.start
                    && tree.token(n.last).span.overlaps(span)
            })
        });
        let here = Here {
            frame,
            offset,
            base: sentence.start as usize,
            times,
            quantities,
        };
        let first = self.claims.len();
        self.plants.clear();
        for draft in drafts {
            self.draft(&here, draft);
        }
        self.unrepeat(first);
        complete(&mut self.claims[first..]);
        self.before = parties(frame, offset);
        Told {
            claims: &self.claims[first..],
            plants: self
                .plants
                .iter()
                .filter_map(|(noun, id)| {
                    let claim = self.claims[first..].iter().find(|c| c.id == *id)?;
                    Some((noun.as_str(), claim))
                })
                .collect(),
        }
    }

    fn draft(&mut self, here: &Here<'_>, mut draft: Draft) {
        let codebook = self.codebook;
        let kind = &codebook.kinds[draft.kind];
        let frame = here.frame;
        let mut context = context::of(frame, draft.trigger);
        if kind.kind == "stance" {
            context = Context::default();
        }
        let hosted = draft.clone();
        let plant = draft
            .role("facility")
            .first()
            .map(|f| SmolStr::new(frame.phrases.tree.lemma(f.token)));
        let mut implied = self.implied(kind, here, &draft);
        if kind.kind == "agreement" || kind.kind == "meeting" {
            let parties = draft.role("party").iter();
            let parties: usize = parties
                .map(|f| {
                    let nations = frame.path(f.token, "demonym").len();
                    frame.phrases.group(f.token).len().max(nations).max(1)
                })
                .sum();
            if parties < 2 {
                return;
            }
        }
        // A plant is named by what it makes; it is a role of its own only with a proper name.
        if kind.kind == "production" && !draft.role("product").is_empty() {
            let proper = |f: &Fill| {
                let (phrases, tree) = (frame.phrases, frame.phrases.tree);
                tree.upos(f.token) == Upos::Propn
                    || phrases.named(f.token).is_some()
                    // "the Bhanur plant"
                    || tree.all(f.token, &["compound"]).into_iter().any(|c| {
                        tree.upos(c) == Upos::Propn
                            && phrases.named(c).is_none_or(|n| n.kind == EntityType::Place)
                    })
            };
            draft
                .roles
                .retain(|(role, fills)| role != "facility" || fills.iter().any(proper));
        }
        let places = places(here, kind, &hosted, &context.linked);
        let places = if places.is_empty() && there(frame, &draft, &context.linked) {
            let before = self.claims.iter().rev().find(|c| !c.place.is_empty());
            before.map_or(places, |c| c.place.clone())
        } else {
            places
        };
        let place_groups: Vec<Vec<PlaceRef>> = match places.len() {
            0 => vec![vec![]],
            _ if kind.distribute.iter().any(|d| d == "place") || kind.kind == "production" => {
                places.into_iter().map(|p| vec![p]).collect()
            }
            _ => vec![places],
        };
        let mut variants: Vec<Vec<(SmolStr, Vec<Fill>)>> = vec![std::mem::take(&mut draft.roles)];
        for role in &kind.distribute {
            variants = variants
                .into_iter()
                .flat_map(|roles| split(roles, role))
                .collect();
        }
        let status = status(kind, &draft, frame, &context);
        let sources = sources(here, draft.trigger, &context);
        let barter = kind.roles.iter().any(|r| r.name == "exchange");
        let start = self.claims.len();
        for roles in &variants {
            for places in &place_groups {
                let mut fillers: Vec<(SmolStr, Vec<Filler>)> = roles
                    .iter()
                    .map(|(role, fills)| {
                        (role.clone(), self.fillers(here, kind, &draft, role, fills))
                    })
                    .collect();
                fillers.append(&mut implied.clone());
                inherit(frame, kind, roles, &mut fillers);
                // "Hungary and Sweden agreed on the sale of jets to Budapest": who gets them is not who gives
                for (a, b) in OPPOSED {
                    let named = |role: &str| -> Vec<String> {
                        fillers
                            .iter()
                            .filter(|(name, _)| name == role)
                            .flat_map(|(_, f)| f.iter().map(|f| f.name.clone()))
                            .collect()
                    };
                    let (givers, takers) = (named(a), named(b));
                    if givers.len() > 1 && takers.len() == 1 && givers.contains(&takers[0]) {
                        for (_, f) in fillers.iter_mut().filter(|(name, _)| name == a) {
                            f.retain(|f| f.name != takers[0]);
                        }
                    }
                }
                // Nobody sells to himself: one of the two was read wrongly.
                let first = |role: &str| {
                    fillers
                        .iter()
                        .find(|(name, _)| name == role)
                        .and_then(|(_, f)| f.first())
                        .map(|f| f.name.clone())
                };
                if OPPOSED
                    .iter()
                    .any(|(a, b)| first(a).is_some_and(|name| first(b) == Some(name)))
                {
                    continue;
                }
                let quantity = here.quantities(kind, &draft, roles);
                if let Some(rate) = quantity
                    .iter()
                    .find(|q| rate(&q.text))
                    .filter(|_| kind.roles.iter().any(|r| r.name == "capacity"))
                {
                    fillers.push((
                        "capacity".into(),
                        vec![Filler {
                            text: rate.text.clone(),
                            span: rate.span,
                            name: rate.text.clone(),
                            entity: None,
                            kind: EntityType::Other,
                            implied: false,
                            claim: None,
                        }],
                    ));
                }
                let order = |name: &str| kind.roles.iter().position(|r| r.name == name);
                fillers.sort_by_key(|(name, _)| order(name));
                let mut explanation = explanation(kind, &draft, frame, &context, status.as_deref());
                explanation.extend(fillers.iter().flat_map(|(role, fillers)| {
                    fillers.iter().filter(|f| f.implied).map(move |f| Reason {
                        field: format!("roles.{role}").into(),
                        rule: "context: named before".to_owned(),
                        words: f.text.clone(),
                    })
                }));
                let claim = Claim {
                    id: ClaimId(format!("{}", self.claims.len())),
                    report: self.report.id.clone(),
                    kind: kind.kind.as_str().into(),
                    roles: fillers,
                    place: places.clone(),
                    time: here.time(&draft, &context),
                    quantity,
                    status: status.clone(),
                    polarity: if context.denied {
                        Polarity::Denied
                    } else {
                        Polarity::Affirmed
                    },
                    certainty: context.certainty,
                    sources: sources.clone(),
                    evidence: Evidence {
                        span: frame.phrases.tree.sentence.span.shift(here.offset),
                        quote: frame
                            .phrases
                            .tree
                            .sentence
                            .span
                            .of(frame.phrases.tree.text)
                            .to_owned(),
                    },
                    explanation,
                };
                self.claims.push(claim);
            }
        }
        implied.clear();
        if let (Some(plant), Some(claim)) = (plant, self.claims.get(start)) {
            self.plants.push((plant, claim.id.clone()));
        }
        if barter {
            self.counterpart(kind, start);
        }
    }

    fn fillers(
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
                && (here.frame.phrases.alone(fill.token) || fill.token == draft.trigger)
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
            let makers = here
                .frame
                .phrases
                .plant(fill.token)
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
        out
    }

    /// A state's people at work ("Iranian engineers") act for it; gives the further states of "officials from Tonga and Fiji".
    fn people(
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
        let own = tree.all(token, &["acl:relcl"]).into_iter().any(who)
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
        let whose: Vec<Entity> = ["demonym", "poss", "of", "from", "at"]
            .iter()
            .map(|function| {
                here.frame
                    .path(token, function)
                    .into_iter()
                    .filter_map(|f| {
                        // "his air force", after "an Iraqi marshal"
                        if tree.upos(f.token) == Upos::Pron {
                            let meant = phrases
                                .discourse
                                .serves(tree, f.token)
                                .or_else(|| phrases.stands_for(f.token))?;
                            return meant
                                .entity
                                .clone()
                                .filter(|_| meant.kind == EntityType::State);
                        }
                        let named = phrases.named(f.token).filter(|n| {
                            n.kind == EntityType::State && at_work
                                || n.kind == EntityType::Organisation
                        })?;
                        named.entity.clone()
                    })
                    .collect()
            })
            .find(|found: &Vec<Entity>| !found.is_empty())
            .unwrap_or_default();
        let mut each = whose.into_iter().map(|entity| Filler {
            name: entity.name.clone(),
            entity: Some(entity),
            ..filler.clone()
        });
        let first = each.next();
        let more = each.collect();
        if let Some(first) = first {
            *filler = first;
        }
        more
    }

    /// Roles left open that the sentence before leaves one reading for: of two states one is taken, or one makes the item.
    fn implied(&self, kind: &Kind, here: &Here<'_>, draft: &Draft) -> Vec<(SmolStr, Vec<Filler>)> {
        let (giver, taker, thing) = match kind.kind.as_str() {
            "transfer" => ("supplier", "recipient", "item"),
            _ => return vec![],
        };
        let mut parties = self.before.clone();
        for party in self::parties(here.frame, here.offset) {
            if !parties.iter().any(|p| p.filler.name == party.filler.name) {
                parties.push(party);
            }
        }
        let taken = |role: &str| {
            draft
                .role(role)
                .first()
                .map(|f| here.frame.phrases.filler(f.token, false).name)
        };
        let fill = |role: &str, party: &Party| {
            let mut filler = party.filler.clone();
            filler.implied = true;
            (SmolStr::new(role), vec![filler])
        };
        if parties.len() != 2 {
            return vec![];
        }
        match (taken(giver), taken(taker)) {
            (None, None) => {
                let maker = draft.role(thing).iter().find_map(|f| {
                    here.frame
                        .phrases
                        .names()
                        .iter()
                        .filter(|n| {
                            n.kind == EntityType::System
                                && (n.last < f.token + 1 && n.last + 3 > f.token)
                        })
                        .find_map(|n| n.country.clone())
                });
                match parties
                    .iter()
                    .position(|p| maker.is_some() && p.country == maker)
                {
                    Some(i) => vec![fill(giver, &parties[i]), fill(taker, &parties[1 - i])],
                    None => vec![],
                }
            }
            _ => vec![],
        }
    }

    /// The other half of a barter: what is given in return, back the other way; the two name each other.
    fn counterpart(&mut self, kind: &Kind, start: usize) {
        let (giver, taker, thing) = match kind.kind.as_str() {
            "transfer" => ("supplier", "recipient", "item"),
            "financing" => ("payer", "payee", "amount"),
            _ => return,
        };
        let Some(model) = self.claims.get(start).cloned() else {
            return;
        };
        let returned: Vec<Filler> = model.role("exchange").to_vec();
        let (from, to) = (model.role(taker).to_vec(), model.role(giver).to_vec());
        if returned.is_empty() || from.is_empty() || to.is_empty() {
            return;
        }
        let arms = returned.iter().all(|f| f.kind == EntityType::System);
        if !arms {
            return;
        }
        let id = ClaimId(format!("{}", self.claims.len()));
        let mut given: Vec<Filler> = Vec::new();
        for claim in &mut self.claims[start..] {
            for (role, fillers) in &mut claim.roles {
                if role == "exchange" {
                    for filler in fillers {
                        filler.claim = Some(id.clone());
                    }
                }
            }
            for filler in claim.role(thing) {
                let mut filler = filler.clone();
                filler.claim = Some(claim.id.clone());
                if !given.iter().any(|g| g.name == filler.name) {
                    given.push(filler);
                }
            }
        }
        let items = returned
            .into_iter()
            .map(|f| Filler { claim: None, ..f })
            .collect();
        let mut explanation = model.explanation.clone();
        explanation.push(Reason {
            field: "roles".into(),
            rule: "barter: the return half".to_owned(),
            words: String::new(),
        });
        self.claims.push(Claim {
            id,
            kind: "transfer".into(),
            roles: vec![
                ("supplier".into(), from),
                ("recipient".into(), to),
                ("item".into(), items),
                ("exchange".into(), given),
            ],
            place: vec![],
            quantity: vec![],
            explanation,
            ..model
        });
    }

    /// Drops claims of this sentence that say again what another of it says.
    fn unrepeat(&mut self, first: usize) {
        let mut i = first;
        while i < self.claims.len() {
            let names = |c: &Claim| -> Vec<(SmolStr, Vec<String>)> {
                c.roles
                    .iter()
                    .filter(|(role, _)| role != "exchange")
                    .map(|(role, f)| {
                        (
                            role.clone(),
                            f.iter().map(|f| f.name.to_lowercase()).collect(),
                        )
                    })
                    .collect()
            };
            let me = &self.claims[i];
            let again = self.claims[first..i].iter().any(|other| {
                other.kind == me.kind
                    && names(other) == names(me)
                    && (other.place == me.place || me.place.is_empty())
            });
            let referred = self.claims[first..].iter().any(|c| {
                c.roles
                    .iter()
                    .flat_map(|(_, f)| f)
                    .any(|f| f.claim.as_ref() == Some(&me.id))
            });
            if again && !referred {
                self.claims.remove(i);
            } else {
                i += 1;
            }
        }
    }

    /// The claims, with stances linked to what they are about.
    pub(crate) fn finish(mut self) -> Vec<Claim> {
        let targets: Vec<(ClaimId, Vec<String>, Span<sayso_records::Byte>)> = self
            .claims
            .iter()
            .filter(|c| c.kind != "stance" && c.kind != "indicator")
            .map(|c| {
                let words = ["item", "product", "facility", "subject", "amount"]
                    .iter()
                    .flat_map(|role| c.role(role))
                    .map(|f| f.name.to_lowercase())
                    .collect();
                (c.id.clone(), words, c.evidence.span)
            })
            .collect();
        for claim in self.claims.iter_mut().filter(|c| c.kind == "stance") {
            let here = claim.evidence.span;
            for (role, fillers) in &mut claim.roles {
                if role != "about" {
                    continue;
                }
                for filler in fillers {
                    let text = filler.text.to_lowercase();
                    filler.claim = targets
                        .iter()
                        .rev()
                        .filter(|(_, _, span)| span.start <= here.start)
                        .find(|(_, names, _)| {
                            names.iter().any(|name| {
                                text.contains(name.as_str())
                                    || name.split(' ').any(|w| {
                                        w.chars().any(|c| c.is_ascii_digit()) && text.contains(w)
                                    })
                            })
                        })
                        .map(|(id, ..)| id.clone());
                }
            }
        }
        self.claims
    }
}

/// What the parts of one sentence need to know.
pub(crate) struct Here<'a> {
    pub(crate) frame: &'a Frame<'a>,
    /// Byte of the report where the paragraph starts.
    offset: usize,
    /// Byte of the paragraph where the sentence starts.
    base: usize,
    times: Vec<TimeRef>,
    quantities: Vec<Quantity>,
}

impl Here<'_> {
    pub(crate) fn span(&self, first: usize, last: usize) -> Span<sayso_records::Byte> {
        self.frame.phrases.tree.span(first, last).shift(self.offset)
    }

    /// The first token inside a span of the sentence's text.
    fn token_at(&self, span: Span<sayso_records::Byte>) -> Option<usize> {
        let tree = self.frame.phrases.tree;
        let shifted = span.shift(self.base);
        (0..tree.len()).find(|&i| tree.token(i).span.overlaps(shifted) && tree.upos(i) != Upos::Adp)
    }

    /// Whether a span of the sentence's text lies in the phrase of `token`.
    fn inside(&self, span: Span<sayso_records::Byte>, token: usize) -> bool {
        let tree = self.frame.phrases.tree;
        let shifted = span.shift(self.base);
        (0..tree.len()).any(|i| {
            tree.token(i).span.overlaps(shifted)
                && matches!(tree.upos(i), Upos::Num | Upos::Sym | Upos::Noun)
                && (i == token
                    || tree.head(i) == Some(token) && tree.rel(i) != "conj"
                    || tree.head(i).is_some_and(|h| {
                        tree.head(h) == Some(token)
                            && tree.rel(h) != "conj"
                            && matches!(tree.rel(i), "nummod" | "compound" | "advmod" | "amod")
                    }))
        })
    }

    /// The noun that counts, where a number stands on it and not on what is counted ("16,000 containers of munitions").
    fn counted(&self, span: Span<sayso_records::Byte>, token: usize) -> Option<String> {
        let tree = self.frame.phrases.tree;
        let shifted = span.shift(self.base);
        (0..tree.len())
            .filter(|&i| tree.upos(i) == Upos::Num && tree.token(i).span.overlaps(shifted))
            .filter_map(|i| tree.head(i))
            .find(|&head| {
                head != token
                    && tree.upos(head) == Upos::Noun
                    && tree.head(token) == Some(head)
                    && self
                        .frame
                        .phrases
                        .lexicon
                        .strong("container", tree.lemma(head))
            })
            .map(|head| tree.lemma(head).to_owned())
    }

    fn time(&self, draft: &Draft, context: &Context) -> Option<TimeRef> {
        let tree = self.frame.phrases.tree;
        let found = self.times.iter().find(|t| {
            let Some(mut at) = self.token_at(t.span) else {
                return false;
            };
            // climb out of the expression to the predicate it modifies
            for _ in 0..tree.len() {
                if at == draft.trigger
                    || (context.linked.contains(&at) && !self.frame.lookup.reporting_verb(tree, at))
                {
                    return true;
                }
                let verb =
                    tree.upos(at) == Upos::Verb && !matches!(tree.rel(at), "amod" | "compound");
                // "Deliveries are due to begin in 2027"
                let begins = tree.rel(at) == "xcomp" && self.frame.lookup.light(tree.lemma(at))
                    // "shipped containers carrying munitions since July"
                    || tree.rel(at) == "acl"
                        && self.frame.phrases.lexicon.strong("carrying", tree.lemma(at));
                if verb && !begins {
                    // light verb over a noun trigger, or what became of it ("talks were put off until October")
                    let over = self.frame.governor(draft.trigger) == Some(at);
                    let became = tree.rel(draft.trigger).starts_with("nsubj")
                        && tree.head(draft.trigger) == Some(at);
                    return over && self.frame.lookup.light(tree.lemma(at)) || became;
                }
                if tree.rel(draft.trigger).starts_with("nsubj")
                    && tree.upos(draft.trigger) == Upos::Noun
                    && tree.head(draft.trigger) == Some(at)
                {
                    return true;
                }
                match tree.head(at) {
                    Some(head) => at = head,
                    None => return false,
                }
            }
            false
        })?;
        Some(TimeRef {
            span: found.span.shift(self.base + self.offset),
            ..found.clone()
        })
    }

    fn quantities(
        &self,
        kind: &Kind,
        draft: &Draft,
        roles: &[(SmolStr, Vec<Fill>)],
    ) -> Vec<Quantity> {
        let tree = self.frame.phrases.tree;
        let mut out = Vec::new();
        for q in &self.quantities {
            let filler = roles
                .iter()
                .filter(|(role, _)| !matches!(role.as_str(), "exchange"))
                .flat_map(|(_, fills)| fills)
                .find(|f| {
                    self.inside(q.span, f.token)
                        || tree.head(f.token).is_some_and(|h| {
                            // "dozens of tanks": the number stands on the noun that counts
                            tree.case(f.token) == "of"
                                && tree.rel(f.token) != "conj"
                                && self.inside(q.span, h)
                                && h != draft.trigger
                        })
                });
            let shifted = Quantity {
                span: q.span.shift(self.base + self.offset),
                ..q.clone()
            };
            let money = q
                .unit
                .as_deref()
                .is_some_and(|u| u.len() == 3 && u.chars().all(|c| c.is_ascii_uppercase()));
            let percent = q.unit.as_deref() == Some("percent");
            match filler {
                Some(_) if money || percent => out.push(shifted),
                Some(f) => out.push(Quantity {
                    unit: Some(
                        self.counted(q.span, f.token)
                            .unwrap_or_else(|| self.frame.phrases.filler(f.token, false).name),
                    ),
                    ..shifted
                }),
                // What a contract is worth is no quantity of what passes under it.
                None if money && kind.roles.iter().any(|r| r.name == "amount")
                    || rate(&q.text) && kind.roles.iter().any(|r| r.name == "capacity") =>
                {
                    let near = self.token_at(q.span).is_some_and(|t| {
                        tree.under(t, draft.trigger) || draft.tokens().any(|f| tree.under(t, f))
                    });
                    if near {
                        out.push(shifted);
                    }
                }
                None => {}
            }
        }
        out
    }
}

/// Parties that another claim of the sentence gives for the same thing: "which ordered 83 jets from X, has yet to receive one".
fn complete(claims: &mut [Claim]) {
    // "The shells will be made at Nammo's works, where a line for fuzes was opened": one maker, if there is one alone
    let mut makers = claims
        .iter()
        .filter(|c| c.kind == "production")
        .map(|c| c.role("producer"))
        .filter(|f| !f.is_empty());
    let maker = makers.next().map(<[Filler]>::to_vec);
    let alone = makers.all(|m| Some(m) == maker.as_deref());
    if let Some(maker) = maker.filter(|_| alone) {
        for claim in claims.iter_mut().filter(|c| c.kind == "production") {
            if claim.role("producer").is_empty() && claim.polarity == Polarity::Affirmed {
                let maker = maker.iter().map(|f| Filler {
                    implied: true,
                    claim: None,
                    ..f.clone()
                });
                claim.roles.insert(0, ("producer".into(), maker.collect()));
            }
        }
    }
    let thing = |claim: &Claim| -> Option<String> {
        THINGS
            .iter()
            .find_map(|role| Some(claim.role(role).first()?.name.clone()))
    };
    for i in 0..claims.len() {
        for role in ["supplier", "recipient"] {
            let me = &claims[i];
            if me.kind != "transfer" || !me.role(role).is_empty() {
                continue;
            }
            let other = if role == "supplier" {
                "recipient"
            } else {
                "supplier"
            };
            let same = |claim: &Claim| {
                claim.kind == me.kind
                    && thing(claim) == thing(me)
                    && (claim.role(other).is_empty()
                        || claim.role(other).first().map(|f| &f.name)
                            == me.role(other).first().map(|f| &f.name))
                    && claim.role(role).first().map(|f| &f.name)
                        != me.role(other).first().map(|f| &f.name)
            };
            let found = claims.iter().find(|c| same(c) && !c.role(role).is_empty());
            let Some(fillers) = found.map(|claim| claim.role(role).to_vec()) else {
                continue;
            };
            let fillers = fillers
                .into_iter()
                .map(|f| Filler {
                    implied: true,
                    claim: None,
                    ..f
                })
                .collect();
            let at = usize::from(role == "recipient").min(claims[i].roles.len());
            claims[i].roles.insert(at, (role.into(), fillers));
        }
    }
}

/// Parties left out of what is said of a thing spoken of before: "Deliveries of the howitzers are due to begin".
fn inherit(
    frame: &Frame<'_>,
    kind: &Kind,
    roles: &[(SmolStr, Vec<Fill>)],
    fillers: &mut Vec<(SmolStr, Vec<Filler>)>,
) {
    let thing = roles
        .iter()
        .filter(|(role, _)| THINGS.contains(&role.as_str()))
        .flat_map(|(_, fills)| fills)
        .find_map(|f| frame.phrases.thing(f.token));
    let plant = roles
        .iter()
        .filter(|(role, _)| matches!(role.as_str(), "facility" | "producer"))
        .flat_map(|(_, fills)| fills)
        .find_map(|f| frame.phrases.plant(f.token));
    if let Some(plant) = plant.filter(|_| kind.kind == "production") {
        let open = |fillers: &[(SmolStr, Vec<Filler>)], name: &str| {
            fillers.iter().all(|(role, f)| role != name || f.is_empty())
        };
        let known = |fillers: &[Filler]| -> Vec<Filler> {
            let known = fillers.iter().map(|f| Filler {
                implied: true,
                claim: None,
                ..f.clone()
            });
            known.collect()
        };
        if open(fillers, "producer") && !plant.party("producer").is_empty() {
            fillers.push(("producer".into(), known(plant.party("producer"))));
        }
        if open(fillers, "product") && plant.filler.kind == EntityType::System {
            fillers.retain(|(role, _)| role != "facility");
            fillers.push(("product".into(), known(std::slice::from_ref(&plant.filler))));
        }
    }
    let Some(thing) = thing else {
        // "The company will also supply": to whom it was said to before
        let supplier = fillers
            .iter()
            .find(|(role, _)| role == "supplier")
            .and_then(|(_, f)| f.first());
        let open = fillers
            .iter()
            .all(|(role, f)| role != "recipient" || f.is_empty())
            && kind.roles.iter().any(|r| r.name == "recipient");
        if let Some(supplier) = supplier.filter(|_| open) {
            let served: Vec<Filler> = frame
                .phrases
                .discourse
                .served_by(&supplier.name, kind.kind == "transfer")
                .iter()
                .map(|f| Filler {
                    implied: true,
                    claim: None,
                    ..f.clone()
                })
                .collect();
            if !served.is_empty() {
                fillers.push(("recipient".into(), served));
            }
        }
        return;
    };
    // "bought from the Soviet Union", of what another is to give: what is known of that does not hold here
    let given = |role: &str| {
        fillers
            .iter()
            .find(|(name, _)| name == role)
            .and_then(|(_, f)| f.first())
            .map(|f| f.name.clone())
    };
    let other = given("supplier").is_some_and(|name| {
        let known = thing.party("supplier");
        !known.is_empty() && known.iter().all(|f| f.name != name)
    });
    for role in PARTIES
        .iter()
        .filter(|role| !(other && **role == "recipient"))
    {
        if !kind.roles.iter().any(|r| r.name == *role)
            || fillers
                .iter()
                .any(|(name, f)| name == role && !f.is_empty())
        {
            continue;
        }
        let taken = |name: &str| {
            fillers
                .iter()
                .filter(|(role, _)| PARTIES.contains(&role.as_str()))
                .any(|(_, f)| f.iter().any(|f| f.name == name))
        };
        let party: Vec<Filler> = thing
            .party(role)
            .iter()
            .filter(|f| !taken(&f.name))
            .map(|f| Filler {
                implied: true,
                claim: None,
                ..f.clone()
            })
            .collect();
        if !party.is_empty() {
            fillers.push((SmolStr::new(role), party));
        }
    }
}

/// Whether the claim is placed by "there" alone.
fn there(frame: &Frame<'_>, draft: &Draft, linked: &[usize]) -> bool {
    let tree = frame.phrases.tree;
    linked
        .iter()
        .chain([&draft.trigger])
        .flat_map(|&at| tree.all(at, &["advmod"]))
        .any(|c| tree.lemma(c) == "there" && tree.upos(c) == Upos::Adv)
}

/// "its navy": whose it is stands in the sentence or before it, and is named rather than the navy.
fn possessed(tree: &Tree<'_>, token: usize) -> bool {
    tree.child(token, &["nmod:poss"])
        .is_some_and(|p| tree.upos(p) == Upos::Pron)
}

/// "talks over 14 fighters": a preposition of the phrase is no bound of the number.
fn unbound(quantity: &mut Quantity, tree: &Tree<'_>, base: usize) {
    let start = quantity.span.start + u32::try_from(base).unwrap_or(0);
    let Some(first) = (0..tree.len()).find(|&i| tree.token(i).span.start == start) else {
        return;
    };
    if tree.rel(first) != "case" || first + 1 >= tree.len() {
        return;
    }
    let next = tree.token(first + 1).span.start;
    if next < quantity.span.end + u32::try_from(base).unwrap_or(0) {
        let cut = next - start;
        quantity.span.start += cut;
        quantity.text = quantity
            .text
            .get(cut as usize..)
            .unwrap_or_default()
            .to_owned();
        quantity.bound = Bound::Exact;
    }
}

/// States and bodies the sentence names, once each.
fn parties(frame: &Frame<'_>, offset: usize) -> Vec<Party> {
    let mut out: Vec<Party> = Vec::new();
    for name in frame.phrases.names() {
        if name.kind != EntityType::State || !name.acts {
            continue;
        }
        let mut filler = frame.phrases.filler(frame.phrases.head_of(name), true);
        if let Some(entity) = &name.entity {
            filler.name.clone_from(&entity.name);
            filler.entity = Some(entity.clone());
            filler.kind = EntityType::State;
        }
        filler.span = filler.span.shift(offset);
        if !out.iter().any(|p| p.filler.name == filler.name) {
            out.push(Party {
                filler,
                country: name.country.clone(),
            });
        }
    }
    out
}

/// One set of roles per coordinated filler of `role`.
fn split(roles: Vec<(SmolStr, Vec<Fill>)>, role: &str) -> Vec<Vec<(SmolStr, Vec<Fill>)>> {
    let Some(at) = roles
        .iter()
        .position(|(name, fills)| name == role && fills.len() > 1)
    else {
        return vec![roles];
    };
    roles[at]
        .1
        .iter()
        .map(|fill| {
            let mut one = roles.clone();
            one[at].1 = vec![*fill];
            one
        })
        .collect()
}

fn status(kind: &Kind, draft: &Draft, frame: &Frame<'_>, context: &Context) -> Option<SmolStr> {
    if kind.ladder.is_empty() {
        return None;
    }
    let pattern = &kind.patterns[draft.pattern];
    let tree = frame.phrases.tree;
    let own = tree.form(draft.trigger);
    let mut form = context.brought.unwrap_or(own).as_str();
    // "accused of shipping", "sanctioned for supplying": it was done
    if form == "progressive"
        && tree.child(draft.trigger, &["aux", "aux:pass"]).is_none()
        && matches!(tree.case(draft.trigger).as_str(), "of" | "for" | "after")
    {
        form = "past";
    }
    if let Some(stage) = &context.stage {
        let side = pattern.side.as_deref().unwrap_or("");
        let sided = format!("{stage}/{side}");
        if let Some(status) = kind.stages.get(&sided).or_else(|| kind.stages.get(stage)) {
            return Some(status.as_str().into());
        }
    }
    if form == "modal" {
        let given = pattern.status.get(form).or_else(|| kind.status.get(form));
        return given.map(|s| s.as_str().into());
    }
    // What is still to come is not what the verb alone would say ("will break ground").
    let ahead = matches!(form, "future" | "infinitive");
    pattern
        .status
        .get(form)
        .or_else(|| kind.status.get(form).filter(|_| ahead))
        .or_else(|| pattern.status.get("default"))
        .or_else(|| kind.status.get(form))
        .or_else(|| kind.status.get("default"))
        .map(|s| s.as_str().into())
}

fn sources(here: &Here<'_>, trigger: usize, context: &Context) -> Vec<Attribution> {
    let tree = here.frame.phrases.tree;
    let at = tree.token(trigger).span;
    let beyond = here.frame.beyond.iter().rev();
    let mut out: Vec<Attribution> = beyond
        .filter(|b| b.content.iter().any(|c| c.contains(at)))
        .flat_map(|b| b.sources.clone())
        .collect();
    for said in context.said.iter().rev() {
        match said.source {
            Some(token) => out.extend(speakers(here.frame, here.offset, token, said.cue)),
            None => {
                let cue = tree.word(said.cue).to_owned();
                out.push(Attribution {
                    text: cue.clone(),
                    span: here.span(said.cue, said.cue),
                    name: "unnamed".to_owned(),
                    entity: None,
                    kind: EntityType::Other,
                    unnamed: true,
                    cue,
                });
            }
        }
    }
    // A hearsay marker adds nothing where somebody is named.
    if out.iter().any(|a| a.name != "unnamed") {
        out.retain(|a| a.name != "unnamed");
    }
    out.dedup_by(|a, b| a.name == b.name);
    out
}

/// The source at `token` and those joined to it, in a paragraph that starts at byte `offset` of the report.
pub(crate) fn speakers(
    frame: &Frame<'_>,
    offset: usize,
    token: usize,
    cue: usize,
) -> Vec<Attribution> {
    let phrases = frame.phrases;
    let tree = phrases.tree;
    let mut out = Vec::new();
    for (n, token) in tree.coordinated(token).into_iter().enumerate() {
        if n > 0 && !phrases.actor(token) {
            continue;
        }
        let filler = phrases.filler(token, false);
        let pronoun = tree.upos(token) == Upos::Pron;
        out.push(Attribution {
            span: filler.span.shift(offset),
            unnamed: pronoun && phrases.stands_for(token).is_none()
                || context::unnamed(phrases, token),
            kind: if context::unnamed(phrases, token) {
                EntityType::Person
            } else {
                filler.kind
            },
            text: filler.text,
            name: filler.name,
            entity: filler.entity,
            cue: tree.word(cue).to_owned(),
        });
    }
    out
}

/// Whether a quantity is so many in a stretch of time ("120 shells a month").
fn rate(words: &str) -> bool {
    let mut tail = words.rsplit(' ');
    matches!(
        tail.next(),
        Some("day" | "week" | "month" | "year" | "quarter")
    ) && matches!(tail.next(), Some("a" | "per" | "each" | "every"))
        || words.ends_with("annually")
        || words.ends_with("monthly")
}

fn explanation(
    kind: &Kind,
    draft: &Draft,
    frame: &Frame<'_>,
    context: &Context,
    status: Option<&str>,
) -> Vec<Reason> {
    let tree = frame.phrases.tree;
    let pattern = &kind.patterns[draft.pattern];
    let rule = format!("{}#{}", kind.file, pattern.name);
    let trigger = tree.word(draft.trigger).to_owned();
    let mut out = vec![Reason {
        field: "kind".into(),
        rule: rule.clone(),
        words: trigger.clone(),
    }];
    for (role, path) in &draft.by {
        out.push(Reason {
            field: format!("roles.{role}").into(),
            rule: format!("{rule} {path}"),
            words: String::new(),
        });
    }
    if status.is_some() && context.stage.is_none() {
        out.push(Reason {
            field: "status".into(),
            rule: format!("{rule} {}", tree.form(draft.trigger).as_str()),
            words: trigger,
        });
    }
    out.extend(context.reasons.iter().cloned());
    out
}
