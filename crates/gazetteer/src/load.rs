//! Loads the data files, checks them, and answers from them.

use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};

use sayso_records::{EntityType, Sha256};
use toml::Spanned;

use crate::{
    data::Data,
    error::GazetteerError,
    file::{self, File},
    fold::fold,
    items::Items,
    known::{Known, Match, Via},
    loading::{Check, Loading, WidePlace},
    names::Names,
    patterns::Patterns,
    places::Places,
    systems::Families,
};

/// All that is known of who and where, ready to be asked. Cheap to share between threads by reference.
pub struct Gazetteer {
    pub(crate) names: Names,
    pub(crate) states: HashMap<String, usize>,
    patterns: Patterns,
    families: Families,
    pub(crate) items: Items,
    pub(crate) places: Places,
    pub(crate) sites: BTreeMap<String, Spanned<Vec<String>>>,
    /// States and regions as places, by every folded name.
    pub(crate) wide_places: HashMap<String, Arc<WidePlace>>,
    version: String,
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
        // The tests hold the examples to it as well.
        Self::load(Data::bundled(), false)
    }

    /// The gazetteer of a folder of the shape of `gazetteer/`.
    ///
    /// # Errors
    /// A file that is missing, unreadable or mistaken, with line and column; nothing ever loads as empty.
    pub fn open(dir: &Path) -> Result<Self, GazetteerError> {
        Self::load(Data::read(dir)?, true)
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

    /// What this id stands for: a listed state, region, body, system, division or populated place. Goes through all of them, in some
    /// milliseconds. `None`: nothing listed has it; what is known by its form alone ("Su-75") never is.
    pub fn by_id(&self, id: &str) -> Option<Known<'_>> {
        let place = || {
            let (name, country) = self.places.by_id(id)?;
            Some(Known {
                id: id.to_owned().into(),
                name: name.into(),
                kind: EntityType::Place,
                country: Some(country),
                class: None,
            })
        };
        self.names.by_id(id).or_else(place)
    }

    /// `checked`: whether it is held to its own examples.
    pub(crate) fn load(data: Data, checked: bool) -> Result<Self, GazetteerError> {
        let fst_digest = Sha256::of(&data.places_fst.1);
        let mut digest = fst_digest.0.to_vec();
        for bytes in [
            data.states.1.as_bytes(),
            data.regions.1.as_bytes(),
            data.bodies.1.as_bytes(),
            data.systems.1.as_bytes(),
            data.items.1.as_bytes(),
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
        let (items_path, items_text) = file(&data.items);
        let items_file = File {
            path: &items_path,
            text: &items_text,
        };
        let (items, item_checks) = Items::load(&items_file)?;
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
            items,
            places,
            wide_places: loading.wide_places,
            sites: loading.sites,
            version,
        };
        if checked {
            gazetteer.check_patterns(&bodies_file, &examples)?;
            gazetteer.check_systems(&systems_file, &checks)?;
            gazetteer.check_items(&items_file, &item_checks)?;
            gazetteer.check_sites(&bodies_file)?;
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_fits_its_own_examples() {
        let loaded = Gazetteer::load(Data::bundled(), true);
        assert!(loaded.is_ok(), "{:?}", loaded.err());
    }
}
