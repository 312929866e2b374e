//! What arms are a sort of: designations, general nouns and descriptions, each with what is wider.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use crate::{
    error::GazetteerError,
    file::File,
    fold::{fold, slug},
    known::Via,
    load::Gazetteer,
    words::{is_hyphen, split},
};

/// One sort of thing that something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// An entity's id (`sayso:shahed-136`), `item:<slug>` for what has a general name ("drone", "UAV"), `name:<folded>` for a description.
    pub key: String,
    /// What it is called.
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    format: Spanned<u32>,
    plain: Vec<String>,
    item: Vec<Item>,
    yes: Vec<Yes>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Item {
    name: Spanned<String>,
    within: Option<Spanned<String>>,
    #[serde(default)]
    words: Vec<Spanned<String>>,
    #[serde(default)]
    classes: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Yes {
    text: Spanned<String>,
    items: Vec<String>,
}

/// A check of `items.toml`: where it stands, what is asked, the names expected.
pub(crate) type Check = (usize, String, Vec<String>);

/// `items.toml`, loaded.
#[derive(Default)]
pub(crate) struct Items {
    /// Name and number of what is wider.
    items: Vec<(String, Option<usize>)>,
    by_word: BTreeMap<String, usize>,
    by_class: BTreeMap<String, usize>,
    plain: BTreeSet<String>,
}

impl Items {
    pub(crate) fn load(file: &File<'_>) -> Result<(Self, Vec<Check>), GazetteerError> {
        let shape: Shape = file.parse()?;
        if *shape.format.get_ref() != 1 {
            return Err(file.mistake(shape.format.span().start, "this program reads format 1"));
        }
        let mut items = Self {
            plain: shape.plain.iter().map(|word| fold(word)).collect(),
            ..Self::default()
        };
        for item in &shape.item {
            let number = items.items.len();
            // Wider ones come first, so that no circle can be written.
            let within = match &item.within {
                None => None,
                Some(within) => {
                    Some(*items.by_word.get(&fold(within.get_ref())).ok_or_else(|| {
                        file.mistake(
                            within.span().start,
                            format!("no item above is called \"{}\"", within.get_ref()),
                        )
                    })?)
                }
            };
            items.items.push((item.name.get_ref().clone(), within));
            for word in std::iter::once(&item.name).chain(&item.words) {
                if items.by_word.insert(fold(word.get_ref()), number).is_some() {
                    return Err(file.mistake(
                        word.span().start,
                        format!("\"{}\" is written twice", word.get_ref()),
                    ));
                }
            }
            for class in &item.classes {
                if items
                    .by_class
                    .insert(class.get_ref().clone(), number)
                    .is_some()
                {
                    return Err(file.mistake(
                        class.span().start,
                        format!("class \"{}\" is written twice", class.get_ref()),
                    ));
                }
            }
        }
        let checks = shape
            .yes
            .into_iter()
            .map(|yes| (yes.text.span().start, yes.text.into_inner(), yes.items));
        Ok((items, checks.collect()))
    }

    /// Item `number` and all that is wider.
    fn chain(&self, number: usize, out: &mut Vec<Sort>) {
        let mut next = Some(number);
        while let Some((name, within)) = next.and_then(|at| self.items.get(at)) {
            out.push(Sort {
                key: format!("item:{}", slug(name)),
                name: name.clone(),
            });
            next = *within;
        }
    }
}

impl Gazetteer {
    /// What the thing called `name` is, narrowest first: itself, then what it is a sort of. `entity` is its id and house name where it has
    /// one. Never empty, unless `name` is.
    pub fn sorts(&self, entity: Option<(&str, &str)>, name: &str) -> Vec<Sort> {
        let mut out = Vec::new();
        if let Some((id, house)) = entity {
            self.designation(id, house, &mut out);
            return out;
        }
        let words = split(name);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // "Su-35 fighter jet": the designation says more than the sort.
        if let Some(found) = self
            .system(&words)
            .filter(|found| found.entity.class != Some("calibre"))
        {
            self.designation(&found.entity.id, &found.entity.name, &mut out);
            return out;
        }
        let folded: Vec<String> = (self.bare(&words).iter())
            .map(|word| fold(word))
            .filter(|word| !word.is_empty())
            .collect();
        let known = (0..folded.len()).find_map(|from| {
            let rest = folded.get(from..)?.join(" ");
            Some((from, *self.items.by_word.get(&rest)?))
        });
        if known.is_none_or(|(from, _)| from > 0) && !folded.is_empty() {
            let name = folded.join(" ");
            out.push(Sort {
                key: format!("name:{name}"),
                name,
            });
        }
        if let Some((_, number)) = known {
            self.items.chain(number, &mut out);
        }
        out
    }

    /// `words` without what says whose or how good the thing is.
    fn bare<'w>(&self, words: &[&'w str]) -> Vec<&'w str> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(ahead) = words.get(at..).filter(|ahead| !ahead.is_empty()) {
            let whose = self
                .longest(ahead)
                .filter(|found| matches!(found.via, Via::Demonym) && found.words < ahead.len());
            match whose {
                // "Iranian-made": the glue and the participle go with it.
                Some(found) => at += found.words,
                None => {
                    let word = ahead.first().copied().unwrap_or("");
                    let last = ahead.len() == 1;
                    if last || !(self.items.plain.contains(&fold(word)) || is_hyphen(word)) {
                        out.push(word);
                    }
                    at += 1;
                }
            }
        }
        out
    }

    fn designation(&self, id: &str, house: &str, out: &mut Vec<Sort>) {
        out.push(Sort {
            key: id.to_owned(),
            name: house.to_owned(),
        });
        let words = split(house);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let Some(class) = self.longest(&words).and_then(|found| found.entity.class) else {
            return;
        };
        // "Shahed-136" is a Shahed where that is a system by itself.
        let stem = house.split(['-', ' ']).next().unwrap_or("");
        if stem.len() < house.len() && stem.len() > 2 {
            let whole = self
                .longest(&[stem])
                .filter(|found| found.words == 1 && found.entity.class == Some(class));
            if let Some(found) = whole.filter(|found| found.entity.id != id) {
                out.push(Sort {
                    key: found.entity.id.into_owned(),
                    name: found.entity.name.into_owned(),
                });
            }
        }
        if let Some(number) = self.items.by_class.get(class) {
            self.items.chain(*number, out);
        }
    }

    /// Every `yes` gives its items.
    pub(crate) fn check_items(
        &self,
        file: &File<'_>,
        checks: &[(usize, String, Vec<String>)],
    ) -> Result<(), GazetteerError> {
        for (at, text, items) in checks {
            let said: Vec<String> = self
                .sorts(None, text)
                .into_iter()
                .map(|sort| sort.name)
                .collect();
            if said != *items {
                return Err(file.mistake(*at, format!("\"{text}\" gives {said:?}")));
            }
        }
        Ok(())
    }
}
