//! Who acts, with what and where: `world.toml`, looked up in the gazetteer.

use sayso_gazetteer::{Gazetteer, Hints, PlaceKind, Placing};
use sayso_records::{Entity, EntityType, PlaceRef, Precision, Span};
use serde::Deserialize;
use smol_str::SmolStr;

use crate::{Error, random::Random};

/// One way to tell a claim.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shape {
    pub(crate) kind: SmolStr,
    #[serde(default)]
    pub(crate) weight: usize,
    #[serde(default)]
    pub(crate) status: Option<SmolStr>,
    #[serde(default)]
    pub(crate) vague: bool,
    pub(crate) text: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceRow {
    name: String,
    country: String,
    #[serde(default)]
    spelled: Vec<String>,
}

/// The file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    states: Vec<String>,
    voices: Vec<String>,
    items: Vec<String>,
    places: Vec<PlaceRow>,
    pub(crate) units: Vec<String>,
    pub(crate) cues: Vec<String>,
    pub(crate) credits: Vec<String>,
    first: Vec<String>,
    second: Vec<String>,
    works: Vec<String>,
    pub(crate) sentence: Vec<Shape>,
    pub(crate) denials: Vec<Shape>,
    subjects: Vec<String>,
    pub(crate) padding: Vec<String>,
    pub(crate) nouns: Vec<String>,
    pub(crate) verbs: Vec<String>,
    pub(crate) months: Vec<String>,
    pub(crate) synonyms: Vec<(String, String)>,
}

/// Somebody or something with a name.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    pub(crate) text: String,
    pub(crate) name: String,
    pub(crate) entity: Option<Entity>,
    pub(crate) kind: EntityType,
}

/// A place with its spellings, the usual one first.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    pub(crate) spelled: Vec<String>,
    pub(crate) at: PlaceRef,
}

/// All there is to tell of.
pub(crate) struct World {
    pub(crate) file: File,
    states: Vec<Thing>,
    voices: Vec<Thing>,
    items: Vec<Thing>,
    towns: Vec<Town>,
}

/// Publishers there are.
const PUBLISHERS: usize = 2_000;
/// Works and firms that no gazetteer knows; most are met once or twice.
const WORKS: usize = 20_000;

impl World {
    pub(crate) fn new(gazetteer: &Gazetteer) -> Result<Self, Error> {
        let file: File = toml::from_str(include_str!("../world.toml"))?;
        let thing = |name: &String, else_kind: EntityType| {
            let words: Vec<&str> = name.split_whitespace().collect();
            let found = gazetteer
                .longest(&words)
                .filter(|found| found.words == words.len());
            match found {
                Some(found) => Thing {
                    text: name.clone(),
                    name: found.entity.name.as_ref().to_owned(),
                    kind: found.entity.kind,
                    entity: Some(found.entity.entity()),
                },
                None => Thing {
                    text: name.clone(),
                    name: name.clone(),
                    entity: None,
                    kind: else_kind,
                },
            }
        };
        let all = |names: &[String], kind| names.iter().map(|name| thing(name, kind)).collect();
        let (states, voices) = (
            all(&file.states, EntityType::State),
            all(&file.voices, EntityType::Organisation),
        );
        let items = all(&file.items, EntityType::System);
        let towns = file
            .places
            .iter()
            .map(|row| town(row, gazetteer))
            .collect::<Result<_, Error>>()?;
        let known: &Vec<Thing> = &states;
        if let Some(thing) = known.iter().find(|thing| thing.entity.is_none()) {
            return Err(format!("no state {}", thing.name).into());
        }
        Ok(Self {
            states,
            voices,
            items,
            towns,
            file,
        })
    }

    pub(crate) fn publisher(&self, random: &mut Random) -> String {
        let at = random.zipf(PUBLISHERS);
        let (first, second) = (&self.file.first, &self.file.second);
        let (names, round) = (
            first.len() * second.len(),
            at / (first.len() * second.len()),
        );
        let at = at % names;
        // Neighbours in fame have different first names.
        let name = format!(
            "{} {}",
            first[at % first.len()],
            second[at / first.len() % second.len()]
        );
        match round {
            0 => name,
            _ => format!("{name} {}", round + 1),
        }
    }

    fn works(&self, random: &mut Random) -> Thing {
        let at = random.zipf(WORKS);
        let (first, works) = (&self.file.first, &self.file.works);
        let name = format!(
            "{} {} Works {}",
            first[at % first.len()],
            works[at / first.len() % works.len()],
            1 + at / (first.len() * works.len())
        );
        Thing {
            text: name.clone(),
            name,
            entity: None,
            kind: EntityType::Organisation,
        }
    }

    /// Somebody who acts: a state, and now and then a firm.
    pub(crate) fn actor(&self, random: &mut Random) -> Thing {
        match random.under(10) {
            0..7 => self.states[random.zipf(self.states.len())].clone(),
            7 => self.voices[random.zipf(self.voices.len())].clone(),
            _ => self.works(random),
        }
    }

    /// Somebody who is made to say things.
    pub(crate) fn voice(&self, random: &mut Random) -> Thing {
        match random.under(10) {
            0..5 => self.states[random.zipf(self.states.len())].clone(),
            5..9 => self.voices[random.zipf(self.voices.len())].clone(),
            _ => self.works(random),
        }
    }

    /// What `role` of a kind may be filled with.
    pub(crate) fn filler(&self, role: &str, random: &mut Random) -> Thing {
        match role {
            "item" | "product" => self.items[random.zipf(self.items.len())].clone(),
            "facility" => Thing {
                kind: EntityType::Facility,
                ..self.works(random)
            },
            "subject" => {
                let text = self.file.subjects[random.zipf(self.file.subjects.len())].clone();
                Thing {
                    name: text.trim_start_matches("a ").to_owned(),
                    text,
                    entity: None,
                    kind: EntityType::Other,
                }
            }
            _ => self.actor(random),
        }
    }

    pub(crate) fn town(&self, random: &mut Random) -> &Town {
        &self.towns[random.zipf(self.towns.len())]
    }
}

fn town(row: &PlaceRow, gazetteer: &Gazetteer) -> Result<Town, Error> {
    let countries = [row.country.as_str()];
    let hints = Hints {
        countries: &countries,
        ..Hints::default()
    };
    let found = match gazetteer.place(&row.name, &hints) {
        Placing::One(found) => Some(found),
        Placing::Unsure(found) => found
            .into_iter()
            .find(|found| found.country == row.country && found.kind == PlaceKind::Town),
        Placing::None => None,
    };
    let found = found.ok_or_else(|| format!("no place {} in {}", row.name, row.country))?;
    let mut spelled = vec![row.name.clone()];
    spelled.extend(row.spelled.iter().cloned());
    Ok(Town {
        spelled,
        at: PlaceRef {
            text: row.name.clone(),
            span: Span::new(0, 0),
            within: Vec::new(),
            name: found.name.clone(),
            entity: Some(Entity {
                id: found.id.into(),
                name: found.name,
            }),
            country: Some(found.country.into()),
            point: Some((found.lat, found.lon)),
            precision: Precision::City,
        },
    })
}
