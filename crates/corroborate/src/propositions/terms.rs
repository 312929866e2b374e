//! From the words of a claim to the terms of a proposition.

use std::{cell::RefCell, collections::HashMap};

use sayso_codebook::Kind;
use sayso_gazetteer::{Gazetteer, fold};
use sayso_records::{Claim, Entity, EntityType, Filler, PlaceRef};
use smol_str::SmolStr;

use super::{FEWEST, Named, Proposition, Term};

/// By what things are known: the gazetteer, and what people judged to be one.
pub struct Naming<'n> {
    /// Who is who, what lies in what.
    pub gazetteer: &'n Gazetteer,
    /// The key that stands for a key after judgements; itself where nobody judged.
    pub canonical: &'n dyn Fn(&str) -> SmolStr,
}

impl Naming<'_> {
    /// What `claim` states. `None`: its kind makes no findings, or too little of it is said to compare.
    pub fn proposition(&self, claim: &Claim, kind: &Kind) -> Option<Proposition> {
        let rule = kind.finding.as_ref()?;
        let mut terms = Vec::new();
        for role in &rule.roles {
            let fillers = claim
                .role(role)
                .iter()
                .filter_map(|filler| self.filler(role, filler));
            let mut of_role: Vec<Term> = fillers.collect();
            of_role.sort_by(|a, b| a.is.cmp(&b.is));
            of_role.dedup_by(|a, b| a.is.key == b.is.key);
            terms.extend(of_role);
        }
        let mut places: Vec<Term> = claim
            .place
            .iter()
            .filter_map(|place| self.place(place))
            .collect();
        places.sort_by(|a, b| a.is.cmp(&b.is));
        places.dedup_by(|a, b| a.is.key == b.is.key);
        // "in Homiel, Belarus" is one place.
        let wider: Vec<SmolStr> = places
            .iter()
            .flat_map(|term| term.within.iter().map(|w| w.key.clone()))
            .collect();
        places.retain(|term| !wider.contains(&term.is.key));
        terms.extend(places);
        (terms.len() >= FEWEST).then(|| Proposition {
            kind: claim.kind.clone(),
            terms,
        })
    }

    /// What a filler is, with what it is a sort or a part of. `None`: it names nothing.
    pub fn filler(&self, role: &str, filler: &Filler) -> Option<Term> {
        if filler.claim.is_some() || filler.name.trim().is_empty() {
            return None;
        }
        let entity = filler.entity.as_ref();
        let sorts = |entity: Option<&Entity>| -> Vec<Named> {
            let entity = entity.map(|entity| (entity.id.as_str(), entity.name.as_str()));
            let sorts = self.gazetteer.sorts(entity, &filler.name);
            sorts
                .into_iter()
                .map(|sort| self.named(&sort.key, &sort.name))
                .collect()
        };
        let (mut chain, kind) = match (filler.kind, entity) {
            (EntityType::System, _) => (sorts(entity), filler.kind),
            (_, Some(entity)) => {
                let mut chain = self.known(entity);
                // What is made in a plant is made in its zone and its town.
                if role == "facility" {
                    let above = self.gazetteer.above(&entity.id, &entity.name, None);
                    chain.extend(above.iter().map(|(id, name)| self.named(id, name)));
                }
                (chain, filler.kind)
            }
            // A plant that is only described is any plant.
            (EntityType::Facility, None) if !filler.name.chars().any(char::is_uppercase) => {
                return None;
            }
            // "UAV" is a drone whatever it was taken for.
            (kind, None) => {
                let sorts = sorts(None);
                match sorts.iter().any(|named| named.key.starts_with("item:")) {
                    true => (sorts, EntityType::System),
                    false if kind == EntityType::Other => (sorts, kind),
                    false => (
                        vec![self.named(&format!("name:{}", fold(&filler.name)), &filler.name)],
                        kind,
                    ),
                }
            }
        };
        chain.retain(|named| named.key != "name:");
        self.term(role, kind, chain)
    }

    fn known(&self, entity: &Entity) -> Vec<Named> {
        let mut chain = vec![self.named(&entity.id, &entity.name)];
        if let Some((id, name)) =
            government(self.gazetteer, &entity.name).filter(|(id, _)| *id != entity.id)
        {
            chain.push(self.named(&id, &name));
        }
        chain
    }

    pub(crate) fn place(&self, place: &PlaceRef) -> Option<Term> {
        let own = match &place.entity {
            Some(entity) => entity.id.clone(),
            None => format!("name:{}", fold(&place.text)).into(),
        };
        // What people judged it to be lies where that lies.
        let judged = Some((self.canonical)(&own)).filter(|key| *key != own);
        let judged = judged.and_then(|key| self.gazetteer.by_id(&key));
        let chain = match (&judged, &place.entity) {
            (Some(known), _) => {
                let above = self.gazetteer.above(&known.id, &known.name, known.country);
                let own = (known.id.to_string(), known.name.to_string());
                let all = std::iter::once(own).chain(above);
                all.map(|(id, name)| self.named(&id, &name)).collect()
            }
            (None, Some(entity)) => {
                let above = self
                    .gazetteer
                    .above(&entity.id, &place.name, place.country.as_deref());
                let own = (entity.id.to_string(), entity.name.clone());
                let all = std::iter::once(own).chain(above);
                all.map(|(id, name)| self.named(&id, &name)).collect()
            }
            (None, None) => {
                let mut chain = vec![self.named(&own, &place.text)];
                let state = place
                    .country
                    .as_deref()
                    .and_then(|iso2| self.gazetteer.state(iso2));
                chain.extend(state.map(|state| self.named(&state.id, &state.name)));
                chain.retain(|named| named.key != "name:");
                chain
            }
        };
        let kind = match place.entity {
            Some(_) if place.precision == sayso_records::Precision::Country => EntityType::State,
            _ => EntityType::Place,
        };
        self.term("place", kind, chain)
    }

    fn term(&self, role: &str, kind: EntityType, mut chain: Vec<Named>) -> Option<Term> {
        let mut seen = Vec::new();
        chain.retain(|named| {
            let new = !seen.contains(&named.key);
            seen.push(named.key.clone());
            new
        });
        let mut chain = chain.into_iter();
        Some(Term {
            role: role.into(),
            is: chain.next()?,
            kind,
            within: chain.collect(),
        })
    }

    fn named(&self, key: &str, name: &str) -> Named {
        Named::judged(self.gazetteer, (self.canonical)(key), key, name)
    }
}

/// What [`government`] said of each body so far: in one run the same few are asked about again and again.
pub struct Governments<'g> {
    gazetteer: &'g Gazetteer,
    known: RefCell<HashMap<String, Option<(String, String)>>>,
}

/// Bodies remembered: some megabytes.
const MOST_BODIES: usize = 20_000;

impl<'g> Governments<'g> {
    /// None is known yet.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            known: RefCell::default(),
        }
    }

    /// The same as [`government`].
    pub fn of(&self, body: &str) -> Option<(String, String)> {
        let mut known = self.known.borrow_mut();
        if let Some(found) = known.get(body) {
            return found.clone();
        }
        if known.len() >= MOST_BODIES {
            known.clear();
        }
        let found = government(self.gazetteer, body);
        known.insert(body.to_owned(), found.clone());
        found
    }
}

/// The state that a body of its government speaks and acts for, as id and name: ministries, armed forces, agencies, intelligence services. A
/// company acts for itself. `None`: no such body.
pub fn government(gazetteer: &Gazetteer, body: &str) -> Option<(String, String)> {
    const CLASSES: &[&str] = &[
        "ministry",
        "armed-force",
        "agency",
        "intelligence",
        "government",
    ];
    let words: Vec<&str> = body.split_whitespace().collect();
    let found = gazetteer
        .longest(&words)
        .filter(|found| found.words == words.len())?;
    found.entity.class.filter(|class| CLASSES.contains(class))?;
    let state = gazetteer.state(found.entity.country?)?;
    Some((state.id.into_owned(), state.name.into_owned()))
}
