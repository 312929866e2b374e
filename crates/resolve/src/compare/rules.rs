//! The rules of `rules/names.toml`, `rules/sounds.toml` and `rules/nicknames.toml`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::OnceLock,
};

use serde::Deserialize;

use super::{
    edit::Near,
    fold::pieces,
    spelling::{Spellings, respell, single, spellings},
};

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct NamesFile {
    titles: BTreeMap<String, Vec<String>>,
    particles: BTreeMap<String, Vec<String>>,
    forms: BTreeMap<String, Vec<String>>,
    generic: BTreeMap<String, String>,
    common: BTreeMap<String, String>,
    patronymics: Endings,
    surnames: Endings,
    adjectives: Endings,
    numbers: Numbers,
    means: BTreeMap<String, String>,
    pair: Vec<Pair>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Endings {
    endings: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    marks: Vec<String>,
    ordinals: Vec<String>,
    behind_tens: BTreeMap<String, u32>,
    words: BTreeMap<String, u32>,
}

/// A pair of names and what must be said of it, which the tests ask.
#[cfg_attr(not(test), allow(dead_code))]
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pair {
    pub(super) a: String,
    pub(super) b: String,
    pub(super) sort: Option<sayso_records::EntityType>,
    pub(super) is: super::Same,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SoundsFile {
    near: Vec<String>,
    look: Vec<String>,
    greek: BTreeMap<String, String>,
    spelled: BTreeMap<String, String>,
    test: Vec<SoundTest>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SoundTest {
    a: String,
    b: String,
    same: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NicknamesFile {
    names: Vec<String>,
}

/// A file that does not hold: which and why.
#[derive(Debug, thiserror::Error)]
pub(super) enum RulesError {
    /// It is no TOML of its shape.
    #[error("rules/{file}: {cause}")]
    Toml {
        file: &'static str,
        cause: Box<toml::de::Error>,
    },
    /// An entry that is nothing once folded, or a pair of letters that is none.
    #[error("rules/{file}: {entry:?} is empty, or not what its list holds")]
    Entry { file: &'static str, entry: String },
    /// An example contradicts the rules.
    #[error("rules/sounds.toml: {a:?} and {b:?} give the wrong answer")]
    Sound { a: String, b: String },
}

/// What the words of names are.
#[derive(Debug)]
pub(super) struct Rules {
    /// Folded words of a title.
    pub(super) titles: BTreeSet<Vec<String>>,
    /// The same behind a name.
    pub(super) after: BTreeSet<Vec<String>>,
    pub(super) person_particles: BTreeSet<String>,
    /// Particles where a hyphen ties them.
    pub(super) tied: BTreeSet<String>,
    pub(super) particles: BTreeSet<String>,
    /// Folded words of a legal form -> what it comes to.
    pub(super) forms: BTreeMap<Vec<String>, String>,
    /// Those of more than two words, which are known with a slip, too.
    pub(super) long_forms: Vec<(Vec<String>, String)>,
    pub(super) generic: BTreeSet<String>,
    pub(super) common: BTreeSet<String>,
    patronymics: Vec<String>,
    surnames: Vec<String>,
    pub(super) adjectives: Vec<String>,
    pub(super) marks: BTreeSet<String>,
    pub(super) ordinals: BTreeSet<String>,
    pub(super) numbers: BTreeMap<String, u32>,
    /// Numbers only behind tens.
    pub(super) behind_tens: BTreeMap<String, u32>,
    /// A folded word, or the syllables of one -> what it means.
    means: BTreeMap<Vec<String>, Vec<String>>,
    /// The same for any ending, by how the word begins.
    begins: Vec<(String, Vec<String>)>,
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) pairs: Vec<Pair>,
    pub(super) near: Near,
    greek: Spellings,
    spelled: Spellings,
    /// The sound of a given name -> the lines it stands in.
    nicknames: BTreeMap<String, BTreeSet<usize>>,
}

const NAMES: &str = include_str!("../../rules/names.toml");
const SOUNDS: &str = include_str!("../../rules/sounds.toml");
const NICKNAMES: &str = include_str!("../../rules/nicknames.toml");

impl Rules {
    /// The rules built in, which a test reads: what is compiled in cannot be broken by any input.
    pub(super) fn bundled() -> &'static Self {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| {
            Self::parse(NAMES, SOUNDS, NICKNAMES).unwrap_or_else(|e| unreachable!("{e}"))
        })
    }

    pub(super) fn parse(names: &str, sounds: &str, nicknames: &str) -> Result<Self, RulesError> {
        let names: NamesFile = read("names.toml", names)?;
        let sounds: SoundsFile = read("sounds.toml", sounds)?;
        let nicknames: NicknamesFile = read("nicknames.toml", nicknames)?;
        let (mut titles, mut after) = (BTreeSet::new(), BTreeSet::new());
        for (list, entries) in &names.titles {
            let titles = if list == "after" {
                &mut after
            } else {
                &mut titles
            };
            for title in entries {
                titles.insert(folded(title)?);
            }
        }
        let mut forms = BTreeMap::new();
        for (class, list) in &names.forms {
            for form in list {
                forms.insert(folded(form)?, class.clone());
            }
        }
        let (mut means, mut begins) = (BTreeMap::new(), Vec::new());
        for (word, meaning) in &names.means {
            let meaning = folded(meaning)?;
            match word.strip_suffix('*') {
                Some(begin) => begins.push((folded(begin)?.concat(), meaning)),
                None => {
                    means.insert(folded(word)?, meaning);
                }
            }
        }
        // The longest beginning decides.
        begins.sort_by_key(|(begin, _)| std::cmp::Reverse(begin.len()));
        let mut groups: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (line, forms) in nicknames.names.iter().enumerate() {
            for form in forms.split_whitespace() {
                groups.entry(form.to_owned()).or_default().insert(line);
            }
        }
        let (spelled, greek) = (spellings(&sounds.spelled), spellings(&sounds.greek));
        let mut near = Vec::new();
        for pair in sounds.near.iter().chain(&sounds.look) {
            let [a, b] = pair.as_bytes() else {
                return Err(RulesError::Entry {
                    file: "sounds.toml",
                    entry: pair.clone(),
                });
            };
            near.push((*a, *b));
        }
        let long = forms.iter().filter(|(words, _)| words.len() > 2);
        let long_forms = long.map(|(words, class)| (words.clone(), class.clone()));
        let mut rules = Self {
            long_forms: long_forms.collect(),
            titles,
            after,
            person_particles: singles(names.particles.get("person"))?,
            tied: singles(names.particles.get("tied"))?,
            particles: singles(names.particles.get("other"))?,
            forms,
            generic: listed(&names.generic),
            common: listed(&names.common),
            patronymics: names.patronymics.endings,
            surnames: names.surnames.endings,
            adjectives: names.adjectives.endings,
            marks: singles(Some(&names.numbers.marks))?,
            ordinals: singles(Some(&names.numbers.ordinals))?,
            numbers: names.numbers.words,
            behind_tens: names.numbers.behind_tens,
            means,
            begins,
            pairs: names.pair,
            near: Near::of(near),
            spelled,
            greek,
            nicknames: BTreeMap::new(),
        };
        for (form, lines) in groups {
            rules
                .nicknames
                .entry(rules.sound(&form))
                .or_default()
                .extend(lines);
        }
        for test in sounds.test {
            if (rules.sound(&test.a) == rules.sound(&test.b)) != test.same {
                return Err(RulesError::Sound {
                    a: test.a,
                    b: test.b,
                });
            }
        }
        Ok(rules)
    }

    /// What a folded word of another language, its syllables, or an abbreviation mean in English. `None`: themselves.
    pub(super) fn meaning(&self, words: &[String]) -> Option<&[String]> {
        let begins = |word: &String| {
            let mut begins = self.begins.iter();
            begins.find(|(begin, _)| word.starts_with(begin.as_str()))
        };
        self.means
            .get(words)
            .map(Vec::as_slice)
            .or_else(|| match words {
                [word] => begins(word).map(|(_, meaning)| meaning.as_slice()),
                _ => None,
            })
    }

    /// How a folded word sounds, roughly, whatever system romanised it.
    pub(super) fn sound(&self, word: &str) -> String {
        single(&respell(&single(word), &self.spelled))
    }

    /// A word folded from Greek as it is romanised.
    pub(super) fn greek(&self, word: &str) -> String {
        respell(word, &self.greek)
    }

    /// A father's name without its ending: all end alike, the beginning tells.
    pub(super) fn father<'a>(&self, word: &'a str) -> Option<&'a str> {
        let ends = self
            .patronymics
            .iter()
            .filter_map(|end| word.strip_suffix(end.as_str()));
        ends.min_by_key(|stem| stem.len())
    }

    /// What stands before the longest ending that many surnames share. `None`: both words have none, or nothing stands before it.
    pub(super) fn before_ending<'a>(&self, a: &'a str, b: &'a str) -> Option<(&'a str, &'a str)> {
        let both = self.surnames.iter().filter_map(|end| {
            let (a, b) = (a.strip_suffix(end.as_str())?, b.strip_suffix(end.as_str())?);
            (a.len() > 1 && b.len() > 1).then_some((a, b))
        });
        both.min_by_key(|(a, _)| a.len())
    }

    /// Whether a given name is known that sounds so.
    pub(super) fn is_given(&self, word: &str) -> bool {
        self.nicknames.contains_key(word)
    }

    /// Whether two given names, by their sounds, are forms of one.
    pub(super) fn one_name(&self, a: &str, b: &str) -> bool {
        match (self.nicknames.get(a), self.nicknames.get(b)) {
            (Some(a), Some(b)) => !a.is_disjoint(b),
            _ => false,
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(file: &'static str, text: &str) -> Result<T, RulesError> {
    toml::from_str(text).map_err(|cause| RulesError::Toml {
        file,
        cause: Box::new(cause),
    })
}

fn folded(entry: &str) -> Result<Vec<String>, RulesError> {
    let words: Vec<String> = pieces(entry).into_iter().map(|p| p.latin).collect();
    if words.is_empty() {
        return Err(RulesError::Entry {
            file: "names.toml",
            entry: entry.to_owned(),
        });
    }
    Ok(words)
}

fn singles(list: Option<&Vec<String>>) -> Result<BTreeSet<String>, RulesError> {
    list.into_iter()
        .flatten()
        .map(|entry| Ok(folded(entry)?.concat()))
        .collect()
}

fn listed(lists: &BTreeMap<String, String>) -> BTreeSet<String> {
    let words = lists.values().flat_map(|list| list.split_whitespace());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_keep_their_examples() {
        if let Err(error) = Rules::parse(NAMES, SOUNDS, NICKNAMES) {
            panic!("{error}");
        }
    }
}
