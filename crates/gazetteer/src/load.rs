//! Loads the data files, checks them, and answers from them.

use std::{collections::HashMap, path::Path, sync::Arc};

use sayso_records::{EntityType, Sha256};
use toml::Spanned;

use crate::{
    data::Data,
    error::GazetteerError,
    file::{self, File},
    fold::{fold, slug},
    known::{Known, Match, Via},
    names::{Entry, Names},
    patterns::{Pattern, Patterns},
    places::Places,
    systems::{Families, Family},
};

/// The data format this program reads; each TOML file says its own on the line `format`.
const FORMAT: u32 = 1;

/// All that is known of who and where, ready to be asked. Cheap to share between threads by reference.
pub struct Gazetteer {
    pub(crate) names: Names,
    pub(crate) states: HashMap<String, usize>,
    patterns: Patterns,
    families: Families,
    pub(crate) places: Places,
    /// States and regions as places, by every folded name.
    pub(crate) wide_places: HashMap<String, Arc<WidePlace>>,
    version: String,
}

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

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gazetteer")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl Gazetteer {
    /// The gazetteer built into the program.
    ///
    /// # Errors
    /// Only if the data it was built with is mistaken; the tests load it, so a release does not.
    pub fn bundled() -> Result<Self, GazetteerError> {
        Self::load(Data::bundled())
    }

    /// The gazetteer of a folder of the shape of `gazetteer/`.
    ///
    /// # Errors
    /// A file that is missing, unreadable or mistaken, with line and column; nothing ever loads as empty.
    pub fn open(dir: &Path) -> Result<Self, GazetteerError> {
        Self::load(Data::read(dir)?)
    }

    /// Digest of the data, 16 hexadecimal digits: two gazetteers of one version answer alike.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The longest known name that starts at `words[0]`: listed names, formal bodies by pattern, designations, in this order
    /// where they are as long. Words are tokens as the tokenizer splits them; case matters. `None`: nothing known starts here.
    pub fn longest<'g>(&'g self, words: &[&str]) -> Option<Match<'g>> {
        let length = |found: &Option<Match<'_>>| found.as_ref().map_or(0, |found| found.words);
        let mut best = self.names.longest(words);
        for other in [
            self.patterns.longest(&self.names, words),
            self.system(words),
        ] {
            if length(&other) > length(&best) {
                best = other;
            }
        }
        best
    }

    /// The longest weapon-system designation or calibre that starts at `words[0]` ("Su-35s", "155" "mm"), listed or not.
    /// `None`: no designation starts here (names without a number are in [`Gazetteer::longest`] alone).
    pub fn system(&self, words: &[&str]) -> Option<Match<'_>> {
        self.families.longest(words)
    }

    /// The state with this ISO 3166-1 alpha-2 code, upper case. `None`: not a state of states.toml.
    pub fn state(&self, iso2: &str) -> Option<Known<'_>> {
        self.names.get(*self.states.get(iso2)?)
    }

    fn load(data: Data) -> Result<Self, GazetteerError> {
        let fst_digest = Sha256::of(&data.places_fst.1);
        let mut digest = fst_digest.0.to_vec();
        for bytes in [
            data.states.1.as_bytes(),
            data.regions.1.as_bytes(),
            data.bodies.1.as_bytes(),
            data.systems.1.as_bytes(),
            &data.places_bin.1,
        ] {
            digest.extend_from_slice(&Sha256::of(bytes).0);
        }
        let version = Sha256::of(&digest).to_string()[..16].to_owned();

        let file = |(path, text): &'_ (String, std::borrow::Cow<'static, str>)| {
            (path.clone(), text.clone().into_owned())
        };
        let mut loading = Loading::default();
        let (path, text) = file(&data.states);
        loading.states(&File {
            path: &path,
            text: &text,
        })?;
        let (path, text) = file(&data.regions);
        let regions = loading.regions(&File {
            path: &path,
            text: &text,
        })?;
        let (path, text) = file(&data.bodies);
        let bodies_file = File {
            path: &path,
            text: &text,
        };
        let examples = loading.bodies(&bodies_file)?;
        let (systems_path, systems_text) = file(&data.systems);
        let systems_file = File {
            path: &systems_path,
            text: &systems_text,
        };
        let (families, checks) = loading.systems(&systems_file)?;
        let mut places = Places::open(
            data.places_fst,
            data.places_bin,
            &fst_digest.0,
            regions.division,
        )?;
        let folded = |names: Vec<file::TownName>| {
            names
                .into_iter()
                .map(|town| (fold(&town.name), town.geonames))
                .collect()
        };
        places.exonyms = folded(regions.exonym);
        places.apart = folded(regions.apart);

        let gazetteer = Self {
            names: loading.names,
            states: loading.states,
            patterns: loading.patterns,
            families,
            places,
            wide_places: loading.wide_places,
            version,
        };
        gazetteer.check_patterns(&bodies_file, &examples)?;
        gazetteer.check_systems(&systems_file, &checks)?;
        Ok(gazetteer)
    }

    /// Every pattern's `yes` gives its body whole and its `no` gives none by pattern.
    fn check_patterns(
        &self,
        file: &File<'_>,
        patterns: &[file::Pattern],
    ) -> Result<(), GazetteerError> {
        for pattern in patterns {
            for yes in &pattern.yes {
                let text = yes.text.get_ref();
                let words: Vec<&str> = text.split(' ').collect();
                let found = self
                    .longest(&words)
                    .filter(|found| found.words == words.len());
                let said = found
                    .as_ref()
                    .map(|found| (found.entity.name.as_ref(), found.entity.country));
                if said != Some((yes.name.as_str(), yes.country.as_deref())) {
                    return Err(file.mistake(
                        yes.text.span().start,
                        format!(
                            "\"{text}\" gives {said:?}, not {:?} of {:?}",
                            yes.name, yes.country
                        ),
                    ));
                }
            }
            for no in &pattern.no {
                let words: Vec<&str> = no.get_ref().split(' ').collect();
                if let Some(found) = self
                    .longest(&words)
                    .filter(|found| found.via == Via::Pattern)
                {
                    return Err(file.mistake(
                        no.span().start,
                        format!(
                            "\"{}\" must give no body but gives {:?}",
                            no.get_ref(),
                            found.entity.name
                        ),
                    ));
                }
            }
        }
        Ok(())
    }

    /// Every family's `yes` is met whole, its `no` and the file's `never` not at all.
    fn check_systems(&self, file: &File<'_>, checks: &[Check]) -> Result<(), GazetteerError> {
        for check in checks {
            let words = tokens(&check.text);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let found = self.system(&words);
            let whole = found.as_ref().filter(|found| found.words == words.len());
            let fits = match &check.class {
                Some(class) => whole.is_some_and(|found| {
                    found.entity.class == Some(class.as_str())
                        && found.entity.country == check.country.as_deref()
                }),
                None => whole.is_none(),
            };
            if !fits {
                let said = found.map(|found| {
                    (
                        found.words,
                        found.entity.name,
                        found.entity.class,
                        found.entity.country,
                    )
                });
                return Err(file.mistake(
                    check.at,
                    format!(
                        "example \"{}\" gives {said:?} (words, name, class, country)",
                        check.text
                    ),
                ));
            }
        }
        Ok(())
    }
}

/// An example of systems.toml: with a class it must match whole, without it must not.
struct Check {
    text: String,
    at: usize,
    class: Option<String>,
    country: Option<String>,
}

/// An example's words as the tokenizer gives them: hyphens between letters stand alone, a unit is taken off its number.
fn tokens(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for chunk in text.split(' ') {
        let letters: Vec<char> = chunk.chars().collect();
        let mut word = String::new();
        for (at, &c) in letters.iter().enumerate() {
            let around = (
                at.checked_sub(1).and_then(|at| letters.get(at)),
                letters.get(at + 1),
            );
            let alone = match (c, around) {
                ('-', (Some(b), Some(a))) => b.is_alphabetic() && a.is_alphabetic(),
                ('/', (Some(b), Some(a))) => b.is_alphanumeric() && a.is_alphabetic(),
                _ => false,
            };
            if alone {
                out.push(std::mem::take(&mut word));
                out.push(c.to_string());
            } else {
                word.push(c);
            }
        }
        out.push(word);
    }
    out
}

#[derive(Default)]
struct Loading {
    names: Names,
    states: HashMap<String, usize>,
    wide_places: HashMap<String, Arc<WidePlace>>,
    patterns: Patterns,
}

type Text = Spanned<String>;

impl Loading {
    fn states(&mut self, file: &File<'_>) -> Result<(), GazetteerError> {
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

    fn regions(&mut self, file: &File<'_>) -> Result<file::Regions, GazetteerError> {
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

    fn bodies(&mut self, file: &File<'_>) -> Result<Vec<file::Pattern>, GazetteerError> {
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
            let entry = self.names.entry(Entry {
                id: match body.id {
                    Some(id) => id.into_inner(),
                    None => format!("sayso:{}", slug(body.name.get_ref())),
                },
                name: body.name.get_ref().clone(),
                kind: EntityType::Organisation,
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

    fn systems(&mut self, file: &File<'_>) -> Result<(Families, Vec<Check>), GazetteerError> {
        let systems: file::Systems = file.parse()?;
        format(file, &systems.format)?;
        let mut checks: Vec<Check> = Vec::new();
        let check = |text: &Text, class: Option<&str>, country: Option<&str>| Check {
            text: text.get_ref().clone(),
            at: text.span().start,
            class: class.map(str::to_owned),
            country: country.map(str::to_owned),
        };
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
            self.all(file, entry, Via::Name, std::slice::from_ref(&system.name))?;
            self.all(file, entry, Via::Name, &system.also)?;
        }
        let (mut families, mut sources) = (Vec::new(), Vec::new());
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
            let (compiled, source) = Family::new(
                &prefixes,
                &family.separator,
                family.number.get_ref(),
                family.suffix.as_ref().map_or("", |suffix| suffix.get_ref()),
                family.class.get_ref(),
                country,
            )
            .map_err(|message| file.mistake(family.number.span().start, message))?;
            families.push(compiled);
            sources.push(source);
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
        checks.extend(systems.never.iter().map(|never| check(never, None, None)));
        let never = systems.never.into_iter().map(Spanned::into_inner).collect();
        let families =
            Families::new(families, &sources, never).map_err(|message| file.mistake(0, message))?;
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
                .map_err(|other| {
                    file.mistake(
                        name.span().start,
                        format!(
                            "\"{}\" already names {other}; one name, one thing",
                            name.get_ref()
                        ),
                    )
                })?;
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

const BODY_CLASSES: &[&str] = &[
    "government",
    "ministry",
    "agency",
    "intelligence",
    "armed-force",
    "militia",
    "alliance",
    "think-tank",
    "wire",
    "media",
    "company",
    "institute",
];
const SYSTEM_CLASSES: &[&str] = &[
    "drone",
    "aircraft",
    "helicopter",
    "missile",
    "artillery",
    "armour",
    "ship",
    "submarine",
    "air-defence",
    "ammunition",
    "radar",
    "engine",
    "small-arm",
    "electronic-warfare",
    "spacecraft",
    "vehicle",
    "munition",
];

fn class(file: &File<'_>, class: &Text, known: &[&str]) -> Result<(), GazetteerError> {
    if known.contains(&class.get_ref().as_str()) {
        return Ok(());
    }
    Err(file.mistake(
        class.span().start,
        format!(
            "`{}` is no class; one of {}",
            class.get_ref(),
            known.join(", ")
        ),
    ))
}

fn id(file: &File<'_>, id: &Text) -> Result<(), GazetteerError> {
    let text = id.get_ref();
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let good = text.strip_prefix('Q').is_some_and(digits)
        || text.strip_prefix("geonames:").is_some_and(digits)
        || text
            .strip_prefix("sayso:")
            .is_some_and(|rest| slug(rest) == rest && !rest.is_empty());
    if good {
        return Ok(());
    }
    Err(file.mistake(
        id.span().start,
        format!("`{text}` is not Q<digits>, geonames:<digits> or sayso:<slug>"),
    ))
}

fn format(file: &File<'_>, format: &Spanned<u32>) -> Result<(), GazetteerError> {
    if *format.get_ref() == FORMAT {
        return Ok(());
    }
    Err(file.mistake(
        format.span().start,
        format!("format {} is not read, only {FORMAT}", format.get_ref()),
    ))
}
