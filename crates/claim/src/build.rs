//! Drafts -> claims: coordination, place, time, quantity, status, sources, barter, implied roles, links between claims.

use sayso_codebook::{Codebook, Kind};
use sayso_records::{
    Attribution, Claim, ClaimId, EntityType, Evidence, Filler, PlaceRef, Polarity, Reason, Report,
    Span, Upos,
};
use smol_str::SmolStr;

use crate::{
    context::{self, Context},
    draft::Draft,
    frame::{Fill, Frame},
    gap,
    here::{Here, paced, rate, unbound},
    parties::{OPPOSED, PARTIES, Party, THINGS, complete, inherit, parties},
    place::places,
    quantity, time,
    tree::Tree,
};

/// What a sentence told.
pub(crate) struct Told<'a> {
    pub(crate) claims: &'a [Claim],
    /// Plants by their noun, lower case, with a claim of each.
    pub(crate) plants: Vec<(&'a str, &'a Claim)>,
}

/// Collects the claims of one report.
pub(crate) struct Builder<'a> {
    codebook: &'a Codebook,
    pub(crate) report: &'a Report,
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
            paced(quantity, text);
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
        let gaps = gap::of(here, &draft);
        if !gaps.is_empty() {
            gap::part(&mut draft, &gaps);
        }
        // "In exchange Tehran has asked for fighters": what is given in return is not what it is given for
        let items: Vec<usize> = draft.role("item").iter().map(|f| f.token).collect();
        for (role, fills) in &mut draft.roles {
            fills.retain(|f| role != "exchange" || !items.contains(&f.token));
        }
        draft
            .roles
            .retain(|(role, fills)| role != "exchange" || !fills.is_empty());
        let hosted = draft.clone();
        let maker = || {
            let makers = draft.role("producer").iter();
            makers
                .into_iter()
                .find(|f| frame.phrases.in_class(f.token, "facility"))
        };
        let plant = draft.role("facility").first().or_else(maker);
        let plant = plant.map(|f| SmolStr::new(frame.phrases.tree.lemma(f.token)));
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
        for roles in &mut variants {
            tie(frame.phrases.tree, &hosted, roles);
        }
        let status = status(kind, &draft, frame, &context);
        let sources = sources(here, draft.trigger, &context);
        let barter = kind.roles.iter().any(|r| r.name == "exchange");
        // "in exchange for American Black Hawks": whose they are gives them
        let giver: Vec<Filler> = hosted
            .role("exchange")
            .iter()
            .flat_map(|f| frame.path(f.token, "demonym+from+poss"))
            .filter(|f| frame.phrases.actor(f.token))
            .map(|f| {
                let mut filler = frame.phrases.filler(f.token, f.implied);
                filler.span = filler.span.shift(here.offset);
                filler
            })
            .take(1)
            .collect();
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
                inherit(frame, kind, &draft, roles, &mut fillers);
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
                    polarity: if context.denied != kind.patterns[draft.pattern].denied {
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
                for gap in &gaps {
                    let id = ClaimId(format!("{}", self.claims.len()));
                    let whole = &self.claims[self.claims.len() - 1];
                    let more = gap.claim(here, whole, id);
                    self.claims.push(more);
                }
            }
        }
        implied.clear();
        if let (Some(plant), Some(claim)) = (plant, self.claims.get(start)) {
            self.plants.push((plant, claim.id.clone()));
        }
        if barter {
            self.counterpart(kind, start, &giver);
        }
    }

    /// Roles left open that the sentence before leaves one reading for: of two states one is taken, or one makes the item.
    fn implied(&self, kind: &Kind, here: &Here<'_>, draft: &Draft) -> Vec<(SmolStr, Vec<Filler>)> {
        let (giver, taker, thing) = match kind.kind.as_str() {
            "transfer" => ("supplier", "recipient", "item"),
            _ => return vec![],
        };
        let mut before = self.before.clone();
        for party in parties(here.frame, here.offset) {
            if !before.iter().any(|p| p.filler.name == party.filler.name) {
                before.push(party);
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
        if before.len() != 2 {
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
                match before
                    .iter()
                    .position(|p| maker.is_some() && p.country == maker)
                {
                    Some(i) => vec![fill(giver, &before[i]), fill(taker, &before[1 - i])],
                    None => vec![],
                }
            }
            _ => vec![],
        }
    }

    /// The other half of a barter: what is given in return, back the other way; the two name each other.
    fn counterpart(&mut self, kind: &Kind, start: usize, gives: &[Filler]) {
        let (giver, taker, thing) = match kind.kind.as_str() {
            "transfer" => ("supplier", "recipient", "item"),
            // a sum for a thing buys it; who pays for what another gets names none
            "financing" => ("payer", "payee", "amount"),
            _ => return,
        };
        let Some(model) = self.claims.get(start).cloned() else {
            return;
        };
        let returned: Vec<Filler> = model.role("exchange").to_vec();
        let (mut from, to) = (model.role(taker).to_vec(), model.role(giver).to_vec());
        if !gives.is_empty() && gives.iter().all(|g| to.iter().all(|t| t.name != g.name)) {
            from = gives.to_vec();
        }
        if returned.is_empty() || from.is_empty() || to.is_empty() || model.role(thing).is_empty() {
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
                    && !counted(other, me)
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

/// Whether two claims tell different numbers: "has sent six and will send another four".
fn counted(a: &Claim, b: &Claim) -> bool {
    match (&a.quantity[..], &b.quantity[..]) {
        ([a], [b]) => (a.value - b.value).abs() > f64::EPSILON,
        _ => false,
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

/// "radars from Israel and trainers from Czechia", "to Turkey for drones and to Russia for helicopters": parties and things that hang
/// on each other belong together, those that hang on others do not.
fn tie(tree: &Tree<'_>, all: &Draft, roles: &mut [(SmolStr, Vec<Fill>)]) {
    let tied = |a: usize, b: usize| {
        let on = |x: usize, y: usize| {
            tree.head(x) == Some(y) && tree.rel(x) == "nmod" || tree.modifiers(y).contains(&x)
        };
        on(a, b) || on(b, a)
    };
    let Some(thing) = THINGS.iter().find_map(|thing| {
        let (_, fills) = roles.iter().find(|(role, _)| role == thing)?;
        (all.role(thing).len() > 1).then(|| (*thing, fills.first().map(|f| f.token)))
    }) else {
        return;
    };
    let (name, Some(token)) = thing else { return };
    for (role, fills) in roles.iter_mut() {
        if !PARTIES.contains(&role.as_str()) || all.role(role).len() < 2 {
            continue;
        }
        let own: Vec<Fill> = fills
            .iter()
            .copied()
            .filter(|f| tied(f.token, token))
            .collect();
        let free: Vec<Fill> = fills
            .iter()
            .copied()
            .filter(|f| !all.role(name).iter().any(|t| tied(f.token, t.token)))
            .collect();
        if !own.is_empty() {
            *fills = own;
        } else if !free.is_empty() {
            *fills = free;
        }
    }
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
