//! Formal bodies that are named by a pattern rather than a list: "the Biden administration", "Iranian Ministry of Defence".
//!
//! A pattern is words, of which `[the|a]` may be left out, `army|navy` is one of several (`air_force` is two words), and
//! `{State}`, `{Demonym}`, `{Head}` (a head of state or government of bodies.toml), `{Person}` (one to three capitalised words)
//! stand for names. Its `name` is the house name, with `{State}`, `{Demonym}` (the state's first adjective), `{Head}`,
//! `{Person}`, and `{word}` for what the last choice took.

use std::collections::HashMap;

use sayso_records::EntityType;

use crate::{
    fold::slug,
    known::{Known, Match, Via},
    names::Names,
    words::{is_hyphen, plain},
};

enum Piece {
    Words {
        choices: Vec<Vec<String>>,
        optional: bool,
    },
    State,
    Demonym,
    Head,
    Person,
}

pub(crate) struct Pattern {
    pieces: Vec<Piece>,
    name: String,
    class: String,
}

/// What the slots of a pattern took.
#[derive(Clone, Default)]
struct Taken<'g> {
    state: Option<Known<'g>>,
    country: Option<&'g str>,
    person: String,
    word: String,
}

#[derive(Default)]
pub(crate) struct Patterns {
    pub(crate) patterns: Vec<Pattern>,
    /// Surname of a head of state or government, and the state.
    pub(crate) heads: HashMap<String, String>,
    /// First adjective of each state by ISO code.
    pub(crate) adjectives: HashMap<String, String>,
    /// Words after a body that make it part of something else ("the Iranian military *officials*").
    pub(crate) not_before: Vec<String>,
}

impl Pattern {
    /// Reads a pattern; the error says which piece is wrong.
    pub(crate) fn parse(words: &str, name: &str, class: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        for piece in words.split_whitespace() {
            pieces.push(match piece {
                "{State}" => Piece::State,
                "{Demonym}" => Piece::Demonym,
                "{Head}" => Piece::Head,
                "{Person}" => Piece::Person,
                other if other.contains(['{', '}']) => {
                    return Err(format!("unknown slot `{other}`"));
                }
                other => {
                    let inner = other.strip_prefix('[').and_then(|o| o.strip_suffix(']'));
                    Piece::Words {
                        choices: inner
                            .unwrap_or(other)
                            .split('|')
                            .map(|choice| choice.split('_').map(str::to_owned).collect())
                            .collect(),
                        optional: inner.is_some(),
                    }
                }
            });
        }
        if pieces.is_empty() {
            return Err("a pattern needs words".to_owned());
        }
        Ok(Self {
            pieces,
            name: name.to_owned(),
            class: class.to_owned(),
        })
    }
}

impl Patterns {
    /// The longest body named by a pattern at the start of `words`.
    pub(crate) fn longest<'g>(&'g self, names: &'g Names, words: &[&str]) -> Option<Match<'g>> {
        // Every pattern starts with an article, a capital letter, or both.
        let first = words.first()?;
        if !matches!(*first, "the" | "a" | "an") && !first.starts_with(char::is_uppercase) {
            return None;
        }
        let mut best: Option<Match<'g>> = None;
        for pattern in &self.patterns {
            let Some((taken_words, taken)) =
                self.follow(names, &pattern.pieces, words, 0, Taken::default())
            else {
                continue;
            };
            if best.as_ref().is_some_and(|best| best.words >= taken_words) {
                continue;
            }
            let next = words.get(taken_words).copied().unwrap_or("");
            if self.not_before.iter().any(|word| word == next) {
                continue;
            }
            best = Some(Match {
                words: taken_words,
                entity: self.known(pattern, &taken),
                via: Via::Pattern,
            });
        }
        best
    }

    fn known<'g>(&'g self, pattern: &'g Pattern, taken: &Taken<'g>) -> Known<'g> {
        let state = taken.state.as_ref().map_or("", |state| state.name.as_ref());
        let adjective = taken
            .country
            .and_then(|iso2| self.adjectives.get(iso2))
            .map_or(state, String::as_str);
        let name = pattern
            .name
            .replace("{State}", state)
            .replace("{Demonym}", adjective)
            .replace("{Head}", &taken.person)
            .replace("{Person}", &taken.person)
            .replace("{word}", &taken.word);
        Known {
            id: format!("sayso:{}", slug(&name)).into(),
            name: name.into(),
            kind: EntityType::Organisation,
            country: taken.country,
            class: Some(&pattern.class),
        }
    }

    /// How many words the pieces take from `at`, the longest way, and what their slots took.
    fn follow<'g>(
        &'g self,
        names: &'g Names,
        pieces: &[Piece],
        words: &[&str],
        at: usize,
        taken: Taken<'g>,
    ) -> Option<(usize, Taken<'g>)> {
        let Some((piece, rest)) = pieces.split_first() else {
            return Some((at, taken));
        };
        let left = words.get(at..)?;
        match piece {
            Piece::Words { choices, optional } => {
                for choice in choices {
                    if let Some(count) = spelled(choice, left) {
                        let mut taken = taken.clone();
                        if !optional {
                            taken.word = choice.join(" ");
                        }
                        if let Some(found) = self.follow(names, rest, words, at + count, taken) {
                            return Some(found);
                        }
                    }
                }
                optional.then(|| self.follow(names, rest, words, at, taken))?
            }
            Piece::State | Piece::Demonym => {
                let found = names.longest(left)?;
                let fits = match piece {
                    Piece::State => matches!(found.via, Via::Name | Via::Acronym),
                    _ => found.via == Via::Demonym,
                };
                if !fits || found.entity.kind != EntityType::State {
                    return None;
                }
                let taken = Taken {
                    country: found.entity.country,
                    state: Some(found.entity),
                    ..taken
                };
                self.follow(names, rest, words, at + found.words, taken)
            }
            Piece::Head => {
                let word = plain(left.first()?);
                let country = self.heads.get(word.as_ref())?;
                let taken = Taken {
                    country: Some(country),
                    person: word.into_owned(),
                    ..taken
                };
                self.follow(names, rest, words, at + 1, taken)
            }
            Piece::Person => (1..=3).rev().find_map(|count| {
                let name = left.get(..count)?;
                let is_name = name.iter().all(|word| {
                    word.starts_with(char::is_uppercase)
                        && word.chars().nth(1).is_some_and(char::is_lowercase)
                });
                if !is_name || names.longest(name).is_some() {
                    return None;
                }
                let taken = Taken {
                    person: name.join(" "),
                    ..taken.clone()
                };
                self.follow(names, rest, words, at + count, taken)
            }),
        }
    }
}

/// How many of `words` spell `choice`, hyphens skipped; a sentence may start with its first word.
fn spelled(choice: &[String], words: &[&str]) -> Option<usize> {
    let mut at = 0;
    for (nth, part) in choice.iter().enumerate() {
        if nth > 0 && is_hyphen(words.get(at)?) {
            at += 1;
        }
        let word = words.get(at)?;
        let same = *word == part
            || (nth == 0 && matches!(part.as_str(), "the" | "a" | "an"))
                && word.eq_ignore_ascii_case(part);
        if !same {
            return None;
        }
        at += 1;
    }
    Some(at)
}
