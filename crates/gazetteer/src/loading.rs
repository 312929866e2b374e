//! Reads the data files one after another and refuses what cannot be.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use sayso_records::EntityType;
use toml::Spanned;

use crate::{
    checks::{BODY_CLASSES, SYSTEM_CLASSES, already, class, format, id, plurals},
    error::GazetteerError,
    file::{self, File},
    fold::{fold, slug},
    known::Via,
    names::{Entry, Names},
    patterns::{Pattern, Patterns},
    systems::{Calibre, Families, Family},
};

/// The data format this program reads; each TOML file says its own on the line `format`.
pub(crate) const FORMAT: u32 = 1;

/// A state or a region of the world as a place on the ground.
pub(crate) struct WidePlace {
    pub(crate) id: String,
    /// `None`: a region of the world.
    pub(crate) iso2: Option<String>,
    pub(crate) name: String,
    pub(crate) geonames: Option<u32>,
    /// `None`: a region that has no one middle.
    pub(crate) point: Option<(f64, f64)>,
}

/// An example of systems.toml: with a class it must match whole, without it must not.
pub(crate) struct Check {
    pub(crate) text: String,
    pub(crate) at: usize,
    pub(crate) class: Option<String>,
    pub(crate) country: Option<String>,
}

/// What has been read so far.
#[derive(Default)]
pub(crate) struct Loading {
    pub(crate) names: Names,
    pub(crate) states: HashMap<String, usize>,
    pub(crate) wide_places: HashMap<String, Arc<WidePlace>>,
    pub(crate) patterns: Patterns,
    /// By the id of a body, where it lies.
    pub(crate) sites: BTreeMap<String, Spanned<Vec<String>>>,
}

type Text = Spanned<String>;

impl Loading {
    pub(crate) fn states(&mut self, file: &File<'_>) -> Result<(), GazetteerError> {
        let states: file::States = file.parse()?;
        format(file, &states.format)?;
        for state in states.state {
            let iso2 = state.iso2.get_ref().clone();
            if iso2.len() != 2 || !iso2.bytes().all(|b| b.is_ascii_uppercase()) {
                return Err(file.mistake(
                    state.iso2.span().start,
                    format!("`{iso2}` is not two capital letters"),
                ));
            }
            id(file, &state.id)?;
            let entry = self.names.entry(Entry {
                id: state.id.into_inner(),
                name: state.name.get_ref().clone(),
                kind: EntityType::State,
                country: Some(iso2.clone()),
                class: None,
            });
            if self.states.insert(iso2.clone(), entry).is_some() {
                return Err(file.mistake(state.iso2.span().start, format!("`{iso2}` stands twice")));
            }
            if let Some(adjective) = state.demonyms.first() {
                self.patterns
                    .adjectives
                    .insert(iso2.clone(), adjective.get_ref().clone());
            }
            let place = Arc::new(WidePlace {
                id: self
                    .names
                    .get(entry)
                    .map_or_else(String::new, |state| state.id.into_owned()),
                iso2: Some(iso2),
                name: state.name.get_ref().clone(),
                geonames: Some(state.geonames),
                point: Some(state.point),
            });
            for name in std::iter::once(&state.name)
                .chain(&state.also)
                .chain(&state.acronyms)
            {
                self.wide_places
                    .entry(fold(name.get_ref()))
                    .or_insert_with(|| place.clone());
            }
            self.all(file, entry, Via::Name, std::slice::from_ref(&state.name))?;
            self.all(file, entry, Via::Name, &state.also)?;
            self.all(file, entry, Via::Acronym, &state.acronyms)?;
            self.all(file, entry, Via::Demonym, &state.demonyms)?;
            self.all(file, entry, Via::DemonymPeople, &state.people)?;
            self.all(file, entry, Via::Capital, &state.seats)?;
        }
        Ok(())
    }

    pub(crate) fn regions(&mut self, file: &File<'_>) -> Result<file::Regions, GazetteerError> {
        let mut regions: file::Regions = file.parse()?;
        format(file, &regions.format)?;
        for region in std::mem::take(&mut regions.region) {
            id(file, &region.id)?;
            let place = Arc::new(WidePlace {
                id: region.id.get_ref().clone(),
                iso2: None,
                name: region.name.get_ref().clone(),
                geonames: None,
                point: region.point,
            });
            for name in std::iter::once(&region.name).chain(&region.also) {
                let name = fold(name.get_ref());
                self.wide_places
                    .entry(name)
                    .or_insert_with(|| place.clone());
            }
            let entry = self.names.entry(Entry {
                id: region.id.into_inner(),
                name: region.name.get_ref().clone(),
                kind: EntityType::Region,
                country: None,
                class: None,
            });
            self.all(file, entry, Via::Name, std::slice::from_ref(&region.name))?;
            self.all(file, entry, Via::Name, &region.also)?;
            self.all(file, entry, Via::Demonym, &region.demonyms)?;
            self.all(file, entry, Via::DemonymPeople, &region.people)?;
        }
        for division in &regions.division {
            id(file, &division.id)?;
            self.country(file, &division.country)?;
            let entry = self.names.entry(Entry {
                id: division.id.get_ref().clone(),
                name: division.name.get_ref().clone(),
                kind: EntityType::Place,
                country: Some(division.country.get_ref().clone()),
                class: None,
            });
            // A division may share its name with a state or another division ("Georgia", "Punjab"): as a bare name it is then
            // the earlier one's, and only a place look-up tells them apart.
            for name in std::iter::once(&division.name).chain(&division.also) {
                let _earlier = self.names.name(entry, name.get_ref(), Via::Name);
            }
        }
        Ok(regions)
    }

    pub(crate) fn bodies(&mut self, file: &File<'_>) -> Result<Vec<file::Pattern>, GazetteerError> {
        let bodies: file::Bodies = file.parse()?;
        format(file, &bodies.format)?;
        for body in bodies.body {
            if let Some(body_id) = &body.id {
                id(file, body_id)?;
            }
            if let Some(country) = &body.country {
                self.country(file, country)?;
            }
            class(file, &body.class, BODY_CLASSES)?;
            let id = match body.id {
                Some(id) => id.into_inner(),
                None => format!("sayso:{}", slug(body.name.get_ref())),
            };
            if let Some(names) = body.located_in {
                self.sites.insert(id.clone(), names);
            }
            let entry = self.names.entry(Entry {
                id,
                name: body.name.get_ref().clone(),
                kind: match body.class.get_ref().as_str() {
                    "plant" => EntityType::Facility,
                    _ => EntityType::Organisation,
                },
                country: body.country.map(Spanned::into_inner),
                class: Some(body.class.into_inner()),
            });
            self.all(file, entry, Via::Name, std::slice::from_ref(&body.name))?;
            self.all(file, entry, Via::Name, &body.also)?;
            self.all(file, entry, Via::Acronym, &body.acronyms)?;
            self.all(file, entry, Via::Capital, &body.seats)?;
        }
        for head in bodies.head {
            self.country(file, &head.country)?;
            let span = head.name.span();
            if self
                .patterns
                .heads
                .insert(head.name.into_inner(), head.country.into_inner())
                .is_some()
            {
                return Err(file.mistake(span.start, "this head stands twice"));
            }
        }
        self.patterns.not_before = bodies.not_before;
        for pattern in &bodies.pattern {
            class(file, &pattern.class, BODY_CLASSES)?;
            let compiled = Pattern::parse(
                pattern.words.get_ref(),
                pattern.name.get_ref(),
                pattern.class.get_ref(),
            )
            .map_err(|message| file.mistake(pattern.words.span().start, message))?;
            self.patterns.patterns.push(compiled);
        }
        Ok(bodies.pattern)
    }

    pub(crate) fn systems(
        &mut self,
        file: &File<'_>,
    ) -> Result<(Families, Vec<Check>), GazetteerError> {
        let systems: file::Systems = file.parse()?;
        format(file, &systems.format)?;
        let mut checks: Vec<Check> = Vec::new();
        let check = |text: &Text, class: Option<&str>, country: Option<&str>| Check {
            text: text.get_ref().clone(),
            at: text.span().start,
            class: class.map(str::to_owned),
            country: country.map(str::to_owned),
        };
        self.names.beside = systems.beside.into_iter().collect();
        let mut many = Vec::new();
        for system in systems.system {
            if let Some(country) = &system.country {
                self.country(file, country)?;
            }
            class(file, &system.class, SYSTEM_CLASSES)?;
            let entry = self.names.entry(Entry {
                id: format!("sayso:{}", slug(system.name.get_ref())),
                name: system.name.get_ref().clone(),
                kind: EntityType::System,
                country: system.country.map(Spanned::into_inner),
                class: Some(system.class.into_inner()),
            });
            for name in std::iter::once(&system.name).chain(&system.also) {
                let text = name.get_ref();
                let beside = system.beside && !text.contains([' ', '-']);
                self.names
                    .row(entry, text, Via::Name, beside)
                    .map_err(|other| already(file, name, &other))?;
                many.extend(plurals(text).into_iter().map(|many| (entry, many, beside)));
            }
        }
        // "Javelins": a plural that is another's name stays the other's.
        for (entry, plural, beside) in many {
            let _other = self.names.row(entry, &plural, Via::Name, beside);
        }
        let (mut families, mut numbers) = (Vec::new(), Vec::new());
        for family in &systems.family {
            class(file, &family.class, SYSTEM_CLASSES)?;
            if let Some(country) = &family.country {
                self.country(file, country)?;
            }
            let prefixes: Vec<&str> = family
                .prefix
                .iter()
                .map(|prefix| prefix.get_ref().as_str())
                .collect();
            let country = family
                .country
                .as_ref()
                .map(|country| country.get_ref().as_str());
            families.push(Family::new(
                &prefixes,
                &family.separator,
                family.number.get_ref(),
                family.suffix.as_ref().map_or("", |suffix| suffix.get_ref()),
                family.class.get_ref(),
                country,
            ));
            numbers.push(family.number.span().start);
            let at = family.class.span().start;
            if family.yes.is_empty() {
                return Err(file.mistake(at, "a family needs at least one example in `yes`"));
            }
            checks.extend(
                family
                    .yes
                    .iter()
                    .map(|yes| check(yes, Some(family.class.get_ref()), country)),
            );
            checks.extend(family.no.iter().map(|no| check(no, None, None)));
        }
        let calibres = &systems.calibre;
        let calibre = Calibre::new(calibres.millimetres.get_ref().iter().map(String::as_str))
            .map_err(|message| file.mistake(calibres.millimetres.span().start, message))?;
        checks.extend(
            calibres
                .yes
                .iter()
                .map(|yes| check(yes, Some("calibre"), None)),
        );
        checks.extend(calibres.no.iter().map(|no| check(no, None, None)));
        checks.extend(systems.never.iter().map(|never| check(never, None, None)));
        let never = systems.never.into_iter().map(Spanned::into_inner).collect();
        let families = Families::new(families, calibre, never, systems.not_before).map_err(
            |(nth, message)| file.mistake(numbers.get(nth).copied().unwrap_or(0), message),
        )?;
        Ok((families, checks))
    }

    fn all(
        &mut self,
        file: &File<'_>,
        entry: usize,
        via: Via,
        names: &[Text],
    ) -> Result<(), GazetteerError> {
        for name in names {
            self.names
                .name(entry, name.get_ref(), via)
                .map_err(|other| already(file, name, &other))?;
        }
        Ok(())
    }

    fn country(&self, file: &File<'_>, iso2: &Text) -> Result<(), GazetteerError> {
        if self.states.contains_key(iso2.get_ref()) {
            return Ok(());
        }
        Err(file.mistake(
            iso2.span().start,
            format!("`{}` is no state of states.toml", iso2.get_ref()),
        ))
    }
}
