//! Who gives, gets and makes, where the sentence leaves it open and what was said before does not.

use sayso_codebook::Kind;
use sayso_gazetteer::Via;
use sayso_records::{Claim, EntityType, Filler, Polarity, Upos};
use smol_str::SmolStr;

use crate::{
    discourse::Thing,
    draft::Draft,
    frame::{Fill, Frame},
    tree::Form,
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
pub(crate) struct Party {
    pub(crate) filler: Filler,
    pub(crate) country: Option<SmolStr>,
}

/// States and bodies the sentence names, once each.
pub(crate) fn parties(frame: &Frame<'_>, offset: usize) -> Vec<Party> {
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

/// Parties that another claim of the sentence gives for the same thing: "which ordered 83 jets from X, has yet to receive one".
pub(crate) fn complete(claims: &mut [Claim]) {
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
    // "agreed to sell it drones and to share the know-how": with the same
    for i in 0..claims.len() {
        let me = &claims[i];
        let passes = |c: &Claim| matches!(c.kind.as_str(), "transfer" | "support");
        let Some(giver) = me.role("supplier").first().filter(|_| passes(me)) else {
            continue;
        };
        if !me.role("recipient").is_empty() {
            continue;
        }
        let mut takers = claims
            .iter()
            .filter(|c| passes(c) && c.kind != me.kind)
            .filter(|c| c.role("supplier").first().map(|f| &f.name) == Some(&giver.name))
            .map(|c| c.role("recipient"))
            .filter(|f| !f.is_empty());
        let Some(first) = takers.next().map(<[Filler]>::to_vec) else {
            continue;
        };
        if takers.any(|f| f.first().map(|f| &f.name) != first.first().map(|f| &f.name)) {
            continue;
        }
        let takers = first.into_iter().map(|f| Filler {
            implied: true,
            claim: None,
            ..f
        });
        let at = 1.min(claims[i].roles.len());
        let takers = takers.collect();
        claims[i].roles.insert(at, ("recipient".into(), takers));
    }
    let thing = |claim: &Claim| -> Option<String> {
        THINGS
            .iter()
            .find_map(|role| Some(claim.role(role).first()?.name.clone()))
    };
    // "Of the 88 Leopard 1A5 tanks promised, 58 Leopard 1A5": the same weapon by its name
    let alike = |a: Option<String>, b: Option<String>| match (&a, &b) {
        (Some(a), Some(b)) if a != b => {
            let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
            let named = short.split(' ').all(|w| !w.starts_with(char::is_lowercase));
            named
                && long
                    .strip_prefix(short.as_str())
                    .is_some_and(|r| r.starts_with(' '))
        }
        _ => a == b,
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
                    && alike(thing(claim), thing(me))
                    && (claim.role(other).is_empty()
                        || claim.role(other).first().map(|f| &f.name)
                            == me.role(other).first().map(|f| &f.name))
                    && claim.role(role).first().map(|f| &f.name)
                        != me.role(other).first().map(|f| &f.name)
            };
            let found = claims.iter().find(|c| same(c) && !c.role(role).is_empty());
            // "has made 300 vehicles, of which some have gone to Togo": whoever made them
            let taken_up = || {
                let item = me.role("item").first().filter(|f| f.implied)?;
                let made = claims.iter().find(|c| {
                    c.kind == "production"
                        && c.role("product").first().map(|f| &f.name) == Some(&item.name)
                })?;
                let firms = made.role("producer");
                (role == "supplier" && !firms.is_empty()).then(|| firms.to_vec())
            };
            let Some(fillers) = found
                .map(|claim| claim.role(role).to_vec())
                .or_else(taken_up)
            else {
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

/// What passes under "the deal" that a predicate speaks of, where it names nobody who was not party to it.
pub(crate) fn deal<'f>(
    frame: &Frame<'f>,
    kind: &Kind,
    trigger: usize,
    named: &[String],
) -> Option<&'f Thing> {
    let phrases = frame.phrases;
    (kind.kind == "transfer")
        .then(|| {
            phrases
                .discourse
                .deal(phrases.lexicon, phrases.tree, trigger)
        })
        .flatten()
        .filter(|thing| named.iter().all(|name| thing.between(name)))
}

/// "In return it received missiles": from whom it gave something before.
fn in_return(frame: &Frame<'_>, kind: &Kind, fillers: &mut Vec<(SmolStr, Vec<Filler>)>) {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let role = |name: &str| {
        fillers
            .iter()
            .find(|(role, f)| role == name && !f.is_empty())
            .and_then(|(_, f)| f.first())
    };
    let says = (0..tree.len()).any(|i| {
        phrases.lexicon.strong("exchange-noun", tree.lemma(i))
            && tree.case(i) == "in"
            && tree.child(i, &["nmod"]).is_none()
    });
    let Some(taker) =
        role("recipient").filter(|_| says && kind.kind == "transfer" && role("supplier").is_none())
    else {
        return;
    };
    let givers = phrases.discourse.returned_by(&taker.name);
    let givers: Vec<Filler> = givers
        .iter()
        .map(|f| Filler {
            implied: true,
            claim: None,
            ..f.clone()
        })
        .collect();
    if !givers.is_empty() {
        fillers.push(("supplier".into(), givers));
    }
}

/// The names in a role.
pub(crate) fn names(fillers: &[(SmolStr, Vec<Filler>)], role: &str) -> Vec<String> {
    let of_role = fillers.iter().filter(|(name, _)| name == role);
    of_role
        .flat_map(|(_, f)| f.iter().map(|f| f.name.clone()))
        .collect()
}

/// "Arms imports by Poland rose. South Korea supplied most of the tanks": to Poland, where its own clause names nobody else.
fn traded(
    frame: &Frame<'_>,
    kind: &Kind,
    draft: &Draft,
    fillers: &mut Vec<(SmolStr, Vec<Filler>)>,
) {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let name = |role: &str| {
        fillers
            .iter()
            .find(|(name, f)| name == role && !f.is_empty())
            .and_then(|(_, f)| f.first())
            .map(|f| f.name.clone())
    };
    let (known, open) = match (name("supplier"), name("recipient")) {
        (Some(giver), None) => (giver, "recipient"),
        (None, Some(taker)) => (taker, "supplier"),
        _ => return,
    };
    let trader = phrases.discourse.trader(open == "recipient");
    let Some(trader) = trader.filter(|t| kind.kind == "transfer" && t.name != known) else {
        return;
    };
    let inside = |token: usize| {
        let mut at = token;
        while at != draft.trigger {
            match tree.head(at) {
                Some(head) if !(tree.rel(at) == "conj" && tree.upos(at) == Upos::Verb) => at = head,
                _ => return false,
            }
        }
        true
    };
    let other = phrases.names().iter().any(|n| {
        n.kind == EntityType::State
            && n.entity.as_ref().is_some_and(|e| e.name != known)
            && inside(phrases.head_of(n))
    });
    if !other {
        let trader = Filler {
            implied: true,
            claim: None,
            ..trader.clone()
        };
        fillers.push((SmolStr::new(open), vec![trader]));
    }
}

/// "Sweden selected the C-390", whose maker the text has named: from him, where the sentence names nobody else.
fn made_by(
    frame: &Frame<'_>,
    kind: &Kind,
    draft: &Draft,
    fillers: &mut Vec<(SmolStr, Vec<Filler>)>,
) {
    let phrases = frame.phrases;
    let named = |role: &str| {
        fillers
            .iter()
            .find(|(name, f)| name == role && !f.is_empty())
            .and_then(|(_, f)| f.first())
    };
    let (Some(taker), None, Some(item)) = (named("recipient"), named("supplier"), named("item"))
    else {
        return;
    };
    let buys = kind.patterns[draft.pattern].side.as_deref() == Some("recipient");
    let others = phrases.names().iter().any(|n| {
        n.acts
            && matches!(n.kind, EntityType::State | EntityType::Organisation)
            && n.entity.as_ref().is_none_or(|e| e.name != taker.name)
    });
    if !buys || others {
        return;
    }
    let makers = phrases.discourse.maker_of(&item.name);
    if !makers.is_empty() && makers.iter().all(|m| m.name != taker.name) {
        let makers = makers.iter().map(|f| Filler {
            implied: true,
            claim: None,
            ..f.clone()
        });
        fillers.push(("supplier".into(), makers.collect()));
    }
}

/// "A and B signed a contract under which B will buy tanks": of two who signed, the other gives or gets.
fn signed(frame: &Frame<'_>, trigger: usize, fillers: &mut Vec<(SmolStr, Vec<Filler>)>) {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let under = tree.all(trigger, &["obl"]).into_iter().any(|w| {
        matches!(tree.lemma(w), "which" | "that") && matches!(tree.case(w).as_str(), "under" | "by")
    });
    let deal = tree
        .head(trigger)
        .filter(|_| under && tree.rel(trigger) == "acl:relcl");
    let Some(verb) = deal.and_then(|deal| tree.head(deal)) else {
        return;
    };
    let signers = frame.path(verb, "subject+with+object>with");
    let named = |role: &str| names(fillers, role);
    for (open, taken) in [("supplier", "recipient"), ("recipient", "supplier")] {
        let known = named(taken);
        if !named(open).is_empty() || known.is_empty() {
            continue;
        }
        let signers: Vec<Filler> = signers
            .iter()
            .filter(|f| phrases.actor(f.token))
            .map(|f| phrases.filler(f.token, true))
            .collect();
        let state = |f: &Filler| {
            let token = signers.iter().position(|s| s.name == f.name);
            token.and_then(|n| {
                phrases.office(frame.path(verb, "subject+with+object>with").get(n)?.token)
            })
        };
        let party = |f: &Filler| {
            known.contains(&f.name) || state(f).is_some_and(|s| known.contains(&s.name))
        };
        let others: Vec<Filler> = signers.iter().filter(|f| !party(f)).cloned().collect();
        if let ([other], true) = (&others[..], signers.len() == 2) {
            fillers.push((SmolStr::new(open), vec![other.clone()]));
        }
        return;
    }
}

/// To whom it goes that a sentence leaves open, where it goes on about what the one before told: for what was spoken of ("missiles for
/// the aircraft"), or something is given too, or somebody buys and is not named at all, or the supplier is the subject and is not named
/// anew. Nobody where it names another state.
fn served<'f>(
    frame: &Frame<'f>,
    kind: &Kind,
    draft: &Draft,
    item: Option<usize>,
    token: usize,
    supplier: &str,
) -> &'f [Filler] {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let pattern = &kind.patterns[draft.pattern];
    let other = phrases.names().iter().any(|n| {
        n.kind == EntityType::State
            && !matches!(n.via, Some(Via::Demonym | Via::DemonymPeople))
            && n.entity.as_ref().is_some_and(|e| e.name != supplier)
    });
    // "promised us two launchers": somebody gets them, though nobody knows who
    let somebody = tree.children(draft.trigger).iter().any(|&c| {
        tree.rel(c) == "iobj"
            || tree.upos(c) == Upos::Pron && matches!(tree.case(c).as_str(), "to" | "for")
    });
    // "supplies the avionics": parts of what was spoken of, for whoever makes it
    let known = item.is_some_and(|t| {
        let first = tree.head(t).filter(|_| tree.rel(t) == "conj");
        tree.children(first.unwrap_or(t))
            .iter()
            .any(|&c| tree.rel(c) == "det" && tree.lemma(c) == "the")
    });
    // "the S-400" is a weapon of its own and no part
    let part = item.is_some_and(|t| {
        tree.modifiers(t).into_iter().chain([t]).all(|m| {
            phrases
                .named(m)
                .is_none_or(|n| n.kind != EntityType::System)
        })
    });
    let known = known && part;
    if kind.kind == "transfer" && !somebody && known && tree.rel(token).starts_with("nsubj") {
        let present = tree.form(draft.trigger) == Form::Present;
        let maker = phrases.discourse.maker(supplier);
        let others = phrases.names().iter().any(|n| {
            n.kind == EntityType::State
                && !matches!(n.via, Some(Via::Demonym | Via::DemonymPeople))
                && n.entity
                    .as_ref()
                    .is_some_and(|e| e.name != supplier && maker.iter().all(|m| m.name != e.name))
        });
        if present && !others && !maker.is_empty() {
            return maker;
        }
    }
    if other || somebody {
        return &[];
    }
    // "SIMA builds the frigate with Hyundai. The group provides the designs": to whom it helps
    let helped = phrases.discourse.helped_by(supplier);
    if !helped.is_empty() {
        return helped;
    }
    // "returned four machines": to whoever gave it others
    if pattern.status.values().any(|s| s == "returned") {
        return phrases.discourse.lender(supplier);
    }
    let anybody = kind.kind == "transfer";
    let spoken_of = (0..tree.len())
        .filter(|&i| matches!(tree.case(i).as_str(), "for" | "with"))
        .filter_map(|i| phrases.thing(i))
        .map(|thing| thing.party("recipient"))
        .find(|party| matches!(party, [one] if one.name != supplier));
    if let Some(party) = spoken_of.filter(|_| anybody) {
        return party;
    }
    let too = || {
        (0..tree.len()).any(|i| {
            matches!(
                tree.lemma(i),
                "also" | "too" | "another" | "further" | "more" | "likewise" | "additionally"
            )
        })
    };
    let again = || tree.rel(token).starts_with("nsubj") && phrases.stands_for(token).is_some();
    let buys = pattern.side.as_deref() == Some("recipient");
    if buys || too() || again() {
        phrases.discourse.served_by(supplier, anybody)
    } else {
        &[]
    }
}

/// Parties left out of what is said of a thing spoken of before: "Deliveries of the howitzers are due to begin".
pub(crate) fn inherit(
    frame: &Frame<'_>,
    kind: &Kind,
    draft: &Draft,
    roles: &[(SmolStr, Vec<Fill>)],
    fillers: &mut Vec<(SmolStr, Vec<Filler>)>,
) {
    let thing = roles
        .iter()
        .filter(|(role, _)| THINGS.contains(&role.as_str()))
        .flat_map(|(_, fills)| fills)
        .find_map(|f| frame.phrases.thing(f.token))
        .or_else(|| {
            let named = fillers
                .iter()
                .filter(|(role, _)| PARTIES.contains(&role.as_str()))
                .flat_map(|(_, f)| f.iter().map(|f| f.name.clone()));
            deal(frame, kind, draft.trigger, &named.collect::<Vec<_>>())
        });
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
        made_by(frame, kind, draft, fillers);
        traded(frame, kind, draft, fillers);
        in_return(frame, kind, fillers);
        if kind.kind == "transfer" {
            signed(frame, draft.trigger, fillers);
        }
        // "The company will also supply": to whom it was said to before
        let supplier = fillers
            .iter()
            .find(|(role, _)| role == "supplier")
            .and_then(|(_, f)| f.first());
        let open = fillers
            .iter()
            .all(|(role, f)| role != "recipient" || f.is_empty())
            && kind.roles.iter().any(|r| r.name == "recipient");
        let token = roles
            .iter()
            .find(|(role, _)| role == "supplier")
            .and_then(|(_, fills)| Some(fills.first()?.token));
        let item = roles.iter().find(|(role, _)| role == "item");
        let item = item.and_then(|(_, fills)| Some(fills.first()?.token));
        if let Some((supplier, token)) = supplier.zip(token).filter(|_| open) {
            let served: Vec<Filler> = served(frame, kind, draft, item, token, &supplier.name)
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
    // "will be made in Bizerte by a private workshop": somebody does it, whatever the parser hung him on
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let by = tree.passive(draft.trigger)
        && (draft.trigger + 1..tree.len()).any(|i| {
            tree.case(i) == "by"
                && tree.under(i, draft.trigger)
                && (phrases.actor(i) || phrases.in_class(i, "facility"))
        });
    for role in PARTIES
        .iter()
        .filter(|role| !(other && **role == "recipient" || by && **role != "recipient"))
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
