//! Entities of fillers and sources.

use std::collections::BTreeMap;

use sayso_gazetteer::{Gazetteer, Match, Via};
use sayso_records::{Attribution, Entity, EntityType, Filler};

use crate::{
    acronyms::Acronyms,
    words::{known, whole, words},
};

/// Nouns that say only what sort of system a designation is: "Su-35 fighter jets" are Su-35.
const SORT: &[&str] = &[
    "aircraft",
    "airplane",
    "anti",
    "air",
    "armored",
    "armoured",
    "artillery",
    "attack",
    "ballistic",
    "battery",
    "batteries",
    "bomb",
    "bombs",
    "bomber",
    "bombers",
    "carrier",
    "carriers",
    "combat",
    "cruise",
    "defence",
    "defense",
    "drone",
    "drones",
    "family",
    "fighter",
    "fighters",
    "fighting",
    "frigate",
    "frigates",
    "gun",
    "guns",
    "gunship",
    "gunships",
    "helicopter",
    "helicopters",
    "howitzer",
    "howitzers",
    "infantry",
    "interceptor",
    "interceptors",
    "jet",
    "jets",
    "kamikaze",
    "launcher",
    "launchers",
    "loitering",
    "machine",
    "main",
    "battle",
    "missile",
    "missiles",
    "model",
    "multirole",
    "multi-role",
    "munition",
    "munitions",
    "one-way",
    "personnel",
    "plane",
    "planes",
    "radar",
    "radars",
    "reconnaissance",
    "rifle",
    "rifles",
    "rocket",
    "rockets",
    "self-propelled",
    "series",
    "ship",
    "ships",
    "stealth",
    "strike",
    "submarine",
    "submarines",
    "surface-to-air",
    "system",
    "systems",
    "tank",
    "tanks",
    "tactical",
    "torpedo",
    "trainer",
    "transport",
    "type",
    "UAV",
    "UAVs",
    "UAS",
    "unmanned",
    "aerial",
    "variant",
    "variants",
    "vehicle",
    "vehicles",
    "warplane",
    "warplanes",
    "-",
    "class",
];

/// Words by which a body named before is taken up again ("the institute"), where only one such body was named.
const TAKEN_UP: &[&str] = &[
    "institute",
    "agency",
    "ministry",
    "bureau",
    "corporation",
    "centre",
    "center",
    "foundation",
    "council",
    "commission",
];

/// Whose names the report uses.
pub(crate) struct Names<'g> {
    gazetteer: &'g Gazetteer,
    acronyms: &'g Acronyms,
    /// Bodies the report names in full, by the word that takes them up; `None` where two share it.
    taken_up: BTreeMap<&'static str, Option<(String, Option<Entity>)>>,
}

impl<'g> Names<'g> {
    pub(crate) fn of(text: &str, gazetteer: &'g Gazetteer, acronyms: &'g Acronyms) -> Self {
        let mut taken_up: BTreeMap<&'static str, Option<(String, Option<Entity>)>> =
            BTreeMap::new();
        let listed = known(text, gazetteer)
            .into_iter()
            .filter(|(_, found)| found.entity.kind == EntityType::Organisation)
            .map(|(_, found)| (found.entity.name.to_string(), Some(found.entity.entity())));
        let defined = acronyms.long_forms().map(|long| {
            (
                long.name.clone(),
                long.entity.as_ref().map(|(entity, _)| entity.clone()),
            )
        });
        for (name, entity) in listed.chain(defined) {
            for word in TAKEN_UP {
                if !name.split(' ').any(|part| part.eq_ignore_ascii_case(word)) {
                    continue;
                }
                taken_up
                    .entry(word)
                    .and_modify(|one| {
                        if one.as_ref().is_some_and(|(known, _)| *known != name) {
                            *one = None;
                        }
                    })
                    .or_insert_with(|| Some((name.clone(), entity.clone())));
            }
        }
        Self {
            gazetteer,
            acronyms,
            taken_up,
        }
    }

    /// Names a filler and gives it its entity, where one is known.
    pub(crate) fn fill(&self, filler: &mut Filler) {
        // A ministry that acts for its state was read as the state.
        let state = filler.kind == EntityType::State && filler.entity.is_some();
        if filler.claim.is_some() || state {
            return;
        }
        // "the company" is whom the claim stage took it for.
        let text = if filler.implied {
            &filler.name
        } else {
            &filler.text
        };
        if let Some((name, entity, kind)) = self.folded(text, &filler.name, filler.kind) {
            filler.name = name;
            filler.entity = entity;
            filler.kind = kind;
        } else if filler.entity.is_none() && filler.kind == EntityType::System {
            filler.entity = self.designation(&filler.text);
        }
    }

    /// Names a source and gives it its entity, where one is known.
    pub(crate) fn attribute(&self, source: &mut Attribution) {
        // An official of a state is not the state.
        if source.unnamed {
            return;
        }
        if let Some((name, entity, kind)) = self.folded(&source.text, &source.name, source.kind) {
            source.name = name;
            source.entity = entity;
            source.kind = kind;
        }
    }

    /// House name, entity and kind of what `text` names as a whole. `None`: leave it as it is.
    fn folded(
        &self,
        text: &str,
        name: &str,
        kind: EntityType,
    ) -> Option<(String, Option<Entity>, EntityType)> {
        let bare = bare(text);
        // The report's own meaning of an abbreviation, or of the name it abbreviates, beats the gazetteer's.
        if let Some(long) = self.acronyms.get(bare).or_else(|| self.acronyms.long(bare)) {
            return Some(match &long.entity {
                Some((entity, kind)) => (entity.name.clone(), Some(entity.clone()), *kind),
                None => (
                    long.name.clone(),
                    None,
                    if kind == EntityType::Other {
                        EntityType::Organisation
                    } else {
                        kind
                    },
                ),
            });
        }
        if let Some(word) = TAKEN_UP.iter().find(|word| **word == bare)
            && text.starts_with(['t', 'T'])
            && let Some(Some((name, entity))) = self.taken_up.get(word)
        {
            return Some((name.clone(), entity.clone(), EntityType::Organisation));
        }
        let found = whole(bare, self.gazetteer)
            .or_else(|| whole(text, self.gazetteer))
            .or_else(|| whole(name, self.gazetteer))?;
        fits(&found, kind).then(|| {
            let entity = found.entity.entity();
            // A system keeps the name it was given: "Su-35 fighter jet" says more than "Su-35".
            let name = if found.entity.kind == EntityType::System {
                name.to_owned()
            } else {
                entity.name.clone()
            };
            (name, Some(entity), found.entity.kind)
        })
    }

    /// The system whose designation starts `text` and of which the rest says only the sort.
    fn designation(&self, text: &str) -> Option<Entity> {
        let words = words(bare(text));
        let plain: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
        let found = self.gazetteer.longest(&plain)?;
        let rest = plain.get(found.words..)?;
        let system =
            found.entity.kind == EntityType::System && found.entity.class != Some("calibre");
        (system && rest.iter().all(|word| SORT.contains(word))).then(|| found.entity.entity())
    }
}

/// Whether what was found can be what the claim stage took the filler for.
fn fits(found: &Match<'_>, kind: EntityType) -> bool {
    match found.via {
        // A capital is its government only where it was read as acting.
        Via::Capital => matches!(kind, EntityType::State | EntityType::Organisation),
        _ => match kind {
            EntityType::Place => matches!(
                found.entity.kind,
                EntityType::State | EntityType::Region | EntityType::Place
            ),
            EntityType::Person => found.entity.kind == EntityType::Person,
            EntityType::Facility => false,
            _ => true,
        },
    }
}

/// A name without its article, its bracketed abbreviation and its possessive: "the Institute for the Study of War (ISW)".
pub(crate) fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = match text.rfind(" (") {
        Some(at) if text.ends_with(')') => text.get(..at).unwrap_or(text),
        _ => text,
    };
    let text = ["'s", "’s"]
        .iter()
        .find_map(|s| text.strip_suffix(s))
        .unwrap_or(text);
    ["the ", "The "]
        .iter()
        .find_map(|the| text.strip_prefix(the))
        .unwrap_or(text)
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_bared() {
        for (from, to) in [
            (
                "the Institute for the Study of War (ISW)",
                "Institute for the Study of War",
            ),
            ("ISW's", "ISW"),
            ("The institute’s", "institute"),
            ("(", "("),
            ("", ""),
        ] {
            assert_eq!(super::bare(from), to);
        }
    }
}
