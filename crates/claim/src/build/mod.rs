//! Drafts -> claims: coordination, place, time, quantity, status, sources, barter, implied roles, links between claims.

mod link;
mod spread;
mod tell;

use sayso_codebook::{Codebook, Kind};
use sayso_gazetteer::Via;
use sayso_records::{
    Claim, ClaimId, EntityType, Evidence, Filler, PlaceRef, Polarity, Reason, Report, Upos,
};
use smol_str::SmolStr;

use crate::{
    context::{self, Context},
    draft::Draft,
    frame::{Fill, Frame},
    gap,
    here::{Here, paced, rate, unbound},
    parties::{OPPOSED, Party, complete, inherit, names, parties},
    place::places,
    quantity, time,
};

use self::{
    spread::{elsewhere, misplaced, split, there, tie},
    tell::{explanation, sources, status},
};

pub(crate) use self::tell::speakers;

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
    /// Where the claims of the sentence in hand start.
    first: usize,
    /// States named in the sentence before.
    before: Vec<Party>,
    /// The last sentence's plants, by their noun, and the claims they stand in.
    plants: Vec<(SmolStr, ClaimId)>,
    /// The plants of the sentence in hand, and the claims that say what they make.
    made_at: Vec<(usize, usize)>,
}

impl<'a> Builder<'a> {
    pub(crate) fn new(codebook: &'a Codebook, report: &'a Report) -> Self {
        Self {
            codebook,
            report,
            claims: Vec::new(),
            first: 0,
            before: Vec::new(),
            plants: Vec::new(),
            made_at: Vec::new(),
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
        self.first = first;
        self.plants.clear();
        self.made_at.clear();
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
                    // "the Bhanur plant", "its Komaki North works"
                    || tree.all(f.token, &["compound"]).into_iter().any(|c| {
                        let owned = tree.child(f.token, &["nmod:poss"]).is_some();
                        tree.upos(c) == Upos::Propn
                            && phrases.named(c).is_none_or(|n| {
                                n.kind == EntityType::Place || owned && n.entity.is_none()
                            })
                    })
            };
            draft
                .roles
                .retain(|(role, fills)| role != "facility" || fills.iter().any(proper));
            // "halted production of ammunition at its Komaki works": the plant's name, wherever it stands
            if draft.role("facility").is_empty() {
                let at = frame.path(draft.trigger, "at+object>at+in+object>in");
                let plant: Vec<Fill> = at
                    .into_iter()
                    .filter(|f| frame.phrases.in_class(f.token, "facility") && proper(f))
                    .take(1)
                    .collect();
                if !plant.is_empty() {
                    draft.roles.push(("facility".into(), plant));
                }
            }
        }
        let places = places(here, kind, &hosted, &context.linked);
        let places = if places.is_empty() && there(frame, &draft, &context.linked) {
            let before = self.claims.iter().rev().find(|c| !c.place.is_empty());
            before.map_or(places, |c| c.place.clone())
        } else {
            places
        };
        // "In Germany the vehicle is made by FFG in Flensburg": once, in the town
        let places = if kind.kind == "production" && places.len() == 2 {
            let state = |p: &PlaceRef| {
                frame.phrases.names().iter().any(|n| {
                    n.kind == EntityType::State
                        && n.via == Some(Via::Name)
                        && here.span(n.first, n.last) == p.span
                })
            };
            let joined = |p: &PlaceRef| {
                frame.phrases.names().iter().any(|n| {
                    let head = frame.phrases.head_of(n);
                    here.span(n.first, n.last) == p.span
                        && (frame.phrases.tree.rel(head) == "conj"
                            || frame.phrases.tree.child(head, &["conj"]).is_some())
                })
            };
            let towns: Vec<PlaceRef> = places
                .iter()
                .filter(|p| !state(p) || joined(p))
                .cloned()
                .collect();
            if towns.is_empty() { places } else { towns }
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
        variants.retain(|roles| !elsewhere(frame.phrases.tree, &hosted, roles));
        for roles in &mut variants {
            tie(frame.phrases.tree, &hosted, roles);
        }
        let status = status(kind, &draft, frame, &context);
        let sources = sources(here, draft.trigger, &context);
        // "Production of bombs was halted, the firm said": its own
        if kind.kind == "production" && hosted.role("producer").is_empty() {
            let tells = context
                .said
                .iter()
                .filter_map(|said| said.source)
                .find(|&t| {
                    let firm = match frame.phrases.named(t) {
                        Some(n) => n.class.as_deref() == Some("company"),
                        None => {
                            let word = frame.phrases.tree.lemma(t);
                            frame.phrases.lexicon.strong("company-word", word)
                                && frame.phrases.stands_for(t).is_some()
                        }
                    };
                    firm && frame.phrases.actor(t)
                });
            if let Some(token) = tells {
                let mut maker = frame.phrases.filler(token, true);
                maker.span = maker.span.shift(here.offset);
                implied.push(("producer".into(), vec![maker]));
            }
        }
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
        // The words of the places where each makes a claim of its own
        let towns: Vec<Option<usize>> = place_groups
            .iter()
            .map(|group| match &group[..] {
                [one] if place_groups.len() > 1 => frame
                    .phrases
                    .names()
                    .iter()
                    .find(|n| here.span(n.first, n.last).overlaps(one.span))
                    .map(|n| frame.phrases.head_of(n)),
                _ => None,
            })
            .collect();
        let known: Vec<usize> = towns.iter().copied().flatten().collect();
        for roles in &variants {
            for (nth, places) in place_groups.iter().enumerate() {
                if let Some(&Some(place)) = towns.get(nth)
                    && misplaced(frame.phrases.tree, &hosted, roles, place, &known)
                {
                    continue;
                }
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
                    let (givers, takers) = (names(&fillers, a), names(&fillers, b));
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
                if self.rated(frame.phrases.tree, draft.trigger, &claim) {
                    continue;
                }
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
        if start < self.claims.len() && kind.kind == "production" {
            let plants = hosted.role("facility").iter();
            self.made_at.extend(plants.map(|f| (f.token, start)));
        }
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
}
