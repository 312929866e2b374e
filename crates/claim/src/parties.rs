//! Who gives, gets and makes, where the sentence leaves it open and what was said before does not.

use sayso_codebook::Kind;
use sayso_records::{Claim, EntityType, Filler, Polarity};
use smol_str::SmolStr;

use crate::frame::{Fill, Frame};

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
pub(crate) fn inherit(
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
