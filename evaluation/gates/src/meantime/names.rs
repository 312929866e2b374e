//! The forms of a name by which it is met again, and whom a pronoun means.

use std::collections::BTreeSet;

use sayso_corroborate::events::Sort;
use sayso_gazetteer::{Gazetteer, fold};

/// What a firm's name may end in and be the same firm.
const LEGAL: &[&str] = &[
    "inc",
    "corp",
    "corporation",
    "co",
    "company",
    "ltd",
    "llc",
    "plc",
    "group",
    "ag",
    "sa",
    "spa",
    "gmbh",
    "nv",
];

/// A name found in a sentence, by its tokens.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) sort: Sort,
    pub(super) forms: BTreeSet<String>,
}

/// The forms of a name: in full, without what stands for its legal form, a person's last name, the initials of a body of several words, and
/// the id of what the gazetteer knows by it.
pub(super) fn forms(name: &str, sort: Sort, gazetteer: &Gazetteer) -> BTreeSet<String> {
    let full = fold(name);
    let mut words: Vec<&str> = full.split(' ').filter(|w| !w.is_empty()).collect();
    if words.first() == Some(&"the") {
        words.remove(0);
    }
    // "Apple 's".
    if words.last() == Some(&"s") && words.len() > 1 {
        words.pop();
    }
    let mut out = BTreeSet::from([words.join(" ")]);
    while words.len() > 1 && words.last().is_some_and(|w| LEGAL.contains(w)) {
        words.pop();
    }
    out.insert(words.join(" "));
    match sort {
        Sort::Person => out.extend(words.last().map(|w| (*w).to_owned())),
        Sort::Body | Sort::Place if words.len() > 1 => {
            out.insert(words.iter().filter_map(|w| w.chars().next()).collect());
        }
        _ => {}
    }
    let original: Vec<&str> = name.split_whitespace().collect();
    if let Some(found) = gazetteer.longest(&original)
        && found.words == original.len()
    {
        out.insert(found.entity.id.into_owned());
    }
    out.remove("");
    out
}

/// Who was spoken of last.
#[derive(Debug, Default)]
pub(super) struct Last {
    person: Option<Name>,
    other: Option<Name>,
}

impl Last {
    /// Names of a sentence that has been read, subjects last.
    pub(super) fn told(&mut self, name: &Name) {
        match name.sort {
            Sort::Person => self.person = Some(name.clone()),
            Sort::Body | Sort::Thing => self.other = Some(name.clone()),
            Sort::Place => {}
        }
    }

    /// Whom a pronoun means.
    pub(super) fn meant(&self, pronoun: &str) -> Option<&Name> {
        match pronoun {
            "he" | "she" | "him" | "her" | "his" | "himself" | "herself" => self.person.as_ref(),
            "it" | "its" | "itself" => self.other.as_ref(),
            _ => None,
        }
    }
}
