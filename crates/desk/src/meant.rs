//! What a name can mean.

use std::collections::BTreeMap;

use sayso_gazetteer::{Gazetteer, Hints, Placing, Via};
use sayso_records::{EntityKey, EntityType};
use sayso_resolve::{judged::name_key, named};

/// Something a name can mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meant {
    /// What it is called; a town with its division and state.
    pub name: String,
    /// What sort of thing it is.
    pub kind: EntityType,
}

/// What the gazetteer means by a name: a place of several rivals gives each.
pub fn known(gazetteer: &Gazetteer, text: &str) -> BTreeMap<EntityKey, Meant> {
    let mut found = BTreeMap::new();
    let mut add = |id: &str, name: &str, kind: EntityType| {
        if let Some(key) = EntityKey::parse(id) {
            let name = name.to_owned();
            found.insert(key, Meant { name, kind });
        }
    };
    let listed = named(text, gazetteer);
    // A capital stands for its state where it acts; a person who names it means the town.
    let capital = |via| matches!(via, Via::Capital);
    if let Some(it) = listed.as_ref().filter(|it| !capital(it.via)) {
        add(&it.entity.id, &it.entity.name, it.entity.kind);
        return found;
    }
    let mut place = |place: sayso_gazetteer::Place| {
        let within = match &place.admin {
            Some(admin) => format!("{} ({admin}, {})", place.name, place.country),
            None => format!("{} ({})", place.name, place.country),
        };
        add(&place.id, &within, EntityType::Place);
    };
    match gazetteer.place(text, &Hints::default()) {
        Placing::One(one) => place(one),
        Placing::Unsure(several) => several.into_iter().for_each(place),
        Placing::None => {
            if let Some(it) = listed {
                add(&it.entity.id, &it.entity.name, it.entity.kind);
            }
        }
    }
    found
}

/// What `text` means as an id, else as a name that the gazetteer knows, else as a bare name. Whatever the ledger's claims call so is not looked at,
/// which takes long in a large one.
pub fn keys(gazetteer: &Gazetteer, text: &str) -> Vec<EntityKey> {
    let text = text.trim();
    if let Some(key) = EntityKey::parse(text) {
        return vec![key];
    }
    let known = known(gazetteer, text);
    match known.is_empty() {
        true => name_key(text).into_iter().collect(),
        false => known.into_keys().collect(),
    }
}
