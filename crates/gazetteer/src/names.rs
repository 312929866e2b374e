//! The table of listed names: states, regions, bodies and named systems, found by their first word.

use std::collections::{HashMap, HashSet};

use sayso_records::EntityType;

use crate::{
    known::{Known, Match, Via},
    words::{is_hyphen, plain, split},
};

/// What is known of one listed thing.
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: EntityType,
    pub(crate) country: Option<String>,
    pub(crate) class: Option<String>,
}

impl Entry {
    pub(crate) fn known(&self) -> Known<'_> {
        Known {
            id: self.id.as_str().into(),
            name: self.name.as_str().into(),
            kind: self.kind,
            country: self.country.as_deref(),
            class: self.class.as_deref(),
        }
    }
}

struct Row {
    /// The words after the first.
    rest: Vec<String>,
    entry: usize,
    via: Via,
    /// Met only right before a word of [`Names::beside`].
    beside: bool,
}

/// Listed things and every name they go by.
#[derive(Default)]
pub(crate) struct Names {
    entries: Vec<Entry>,
    by_first: HashMap<String, Vec<Row>>,
    /// Words that show a common word to be a system's name ("Tor missiles").
    pub(crate) beside: HashSet<String>,
}

impl Names {
    /// Adds a thing; its names come one by one with [`Names::name`].
    pub(crate) fn entry(&mut self, entry: Entry) -> usize {
        self.entries.push(entry);
        self.entries.len() - 1
    }

    /// Lets `entry` go by `name`. Gives back the house name of another thing that already goes by it.
    pub(crate) fn name(&mut self, entry: usize, name: &str, via: Via) -> Result<(), String> {
        self.row(entry, name, via, false)
    }

    /// The same, for a name that is also a word if `beside`.
    pub(crate) fn row(
        &mut self,
        entry: usize,
        name: &str,
        via: Via,
        beside: bool,
    ) -> Result<(), String> {
        let mut words = split(name).into_iter();
        let Some(mut first) = words.next() else {
            return Err("nothing (the name is empty)".to_owned());
        };
        if first == "The" {
            first = "the".to_owned();
        }
        let rest: Vec<String> = words.collect();
        let rows = self.by_first.entry(first).or_default();
        if let Some(row) = rows.iter().find(|row| row.rest == rest) {
            // The same name twice for one thing (a capital of the same name, a demonym that is both) keeps the first reading.
            return if row.entry == entry {
                Ok(())
            } else {
                Err(self
                    .entries
                    .get(row.entry)
                    .map_or_else(String::new, |entry| entry.name.clone()))
            };
        }
        let at = rows.partition_point(|row| row.rest.len() >= rest.len());
        rows.insert(
            at,
            Row {
                rest,
                entry,
                via,
                beside,
            },
        );
        Ok(())
    }

    pub(crate) fn get(&self, entry: usize) -> Option<Known<'_>> {
        self.entries.get(entry).map(Entry::known)
    }

    /// The listed thing with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<Known<'_>> {
        let mut entries = self.entries.iter();
        entries.find(|entry| entry.id == id).map(Entry::known)
    }

    /// Every name of every listed thing, in no order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (String, Known<'_>, Via)> {
        self.by_first.iter().flat_map(move |(first, rows)| {
            rows.iter().filter_map(move |row| {
                let mut name = first.clone();
                for word in &row.rest {
                    name.push(' ');
                    name.push_str(word);
                }
                Some((name, self.get(row.entry)?, row.via))
            })
        })
    }

    /// The longest listed name at the start of `words`.
    pub(crate) fn longest(&self, words: &[&str]) -> Option<Match<'_>> {
        let first = plain(words.first()?);
        // A sentence may start with the article of a name.
        let first = if first == "The" { "the".into() } else { first };
        let rows = self.by_first.get(first.as_ref())?;
        // Thousands of names start with "the": the second word tells most of them apart.
        let mut behind = words.iter().skip(1);
        let second = behind.find(|word| !is_hyphen(word)).map(|word| plain(word));
        let begins = |row: &&Row| match (row.rest.first(), &second) {
            (None, _) => true,
            (Some(part), Some(word)) => part == word.as_ref(),
            (Some(_), None) => false,
        };
        rows.iter().filter(begins).find_map(|row| {
            let taken = 1 + follow(&row.rest, words.get(1..)?)?;
            if row.beside {
                let mut next = words.get(taken..)?.iter().filter(|word| !is_hyphen(word));
                next.next().filter(|word| self.beside.contains(**word))?;
            }
            let entity = self.get(row.entry)?;
            Some(Match {
                words: taken,
                entity,
                via: row.via,
            })
        })
    }
}

/// How many of `words` the name's words take, hyphens between them skipped. `None`: they differ.
fn follow(name: &[String], words: &[&str]) -> Option<usize> {
    let mut taken = 0;
    for part in name {
        if is_hyphen(words.get(taken)?) {
            taken += 1;
        }
        if plain(words.get(taken)?).as_ref() != part {
            return None;
        }
        taken += 1;
    }
    Some(taken)
}
