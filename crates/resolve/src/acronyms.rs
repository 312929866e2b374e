//! Abbreviations that the report defines, found by their letters (after Schwartz and Hearst, "A simple algorithm for identifying
//! abbreviation definitions in biomedical text", 2003), with the long form held to whole capitalised names.

use std::collections::BTreeMap;

use sayso_gazetteer::Gazetteer;
use sayso_records::{Entity, EntityType};

use crate::words::whole;

/// What an abbreviation stands for in this report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LongForm {
    /// The name in full, without its article.
    pub(crate) name: String,
    /// What the gazetteer knows by that name.
    pub(crate) entity: Option<(Entity, EntityType)>,
}

/// The abbreviations of one report.
#[derive(Debug, Default)]
pub(crate) struct Acronyms(BTreeMap<String, LongForm>);

/// Words inside a long form that its abbreviation leaves out.
const SMALL: &[&str] = &[
    "of", "for", "the", "and", "in", "on", "to", "de", "du", "des", "di", "del", "der", "für", "&",
];
/// Longest abbreviation in characters.
const LONGEST: usize = 10;

impl Acronyms {
    /// Abbreviations in brackets after their long form, and long forms in brackets after theirs.
    pub(crate) fn defined_in(text: &str, gazetteer: &Gazetteer) -> Self {
        let mut found = BTreeMap::new();
        for (open, _) in text.match_indices('(') {
            let rest = text.get(open + 1..).unwrap_or("");
            let Some(inner) = rest
                .split(')')
                .next()
                .map(|inner| inner.trim_matches(['"', '“', '”', '\'', ' ']))
            else {
                continue;
            };
            let before = text.get(..open).unwrap_or("").trim_end();
            let before = before
                .rsplit(['.', ';', '\n', '(', ')'])
                .next()
                .unwrap_or("");
            let defined = if is_short(inner) {
                long_before(before, inner).map(|long| (inner, long))
            } else {
                before
                    .rsplit(' ')
                    .next()
                    .filter(|short| is_short(short) && spells(inner, short))
                    .map(|short| (short, inner.to_owned()))
            };
            if let Some((short, name)) = defined {
                let known = whole(&name, gazetteer);
                let entity = known.map(|known| (known.entity.entity(), known.entity.kind));
                // The first definition holds: a second one is most often a slip of the reading.
                found
                    .entry(short.to_owned())
                    .or_insert(LongForm { name, entity });
            }
        }
        Self(found)
    }

    /// What `short` stands for here. `None`: the report does not define it.
    pub(crate) fn get(&self, short: &str) -> Option<&LongForm> {
        self.0.get(short)
    }

    /// What a name in full stands for, if the report abbreviates it.
    pub(crate) fn long(&self, name: &str) -> Option<&LongForm> {
        self.0.values().find(|long| long.name == name)
    }

    /// Every long form, in the order of the abbreviations.
    pub(crate) fn long_forms(&self) -> impl Iterator<Item = &LongForm> {
        self.0.values()
    }
}

/// Whether a word looks like an abbreviation: 2 to 10 characters, a capital first, at least half of its letters capitals.
fn is_short(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    (2..=LONGEST).contains(&word.chars().count())
        && word.starts_with(char::is_uppercase)
        && capitals >= 2
        && capitals * 2 >= letters
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '&' | '-' | '.'))
}

/// The shortest run of words that ends `before`, starts with a capital, and spells `short` by its initials.
fn long_before(before: &str, short: &str) -> Option<String> {
    let words: Vec<&str> = before.split_whitespace().collect();
    let most = short.chars().count() * 2 + 3;
    (2..=words.len().min(most)).find_map(|count| {
        let long = words.get(words.len() - count..)?;
        let named = long.first()?.starts_with(char::is_uppercase)
            && !SMALL.contains(&long.first()?.to_lowercase().as_str());
        let long = long.join(" ");
        (named && spells(&long, short)).then(|| long.trim_matches([',', '"', '“', '”']).to_owned())
    })
}

/// Whether the capitals of `short` are initials of words of `long`, in order, the first of both the same, and only small words of
/// `long` go without a letter.
fn spells(long: &str, short: &str) -> bool {
    let mut letters = short
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .peekable();
    let words: Vec<&str> = long
        .split([' ', '-'])
        .filter(|word| !word.is_empty())
        .collect();
    let mut skipped = 0;
    for (nth, word) in words.iter().enumerate() {
        let mut own = word
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase);
        let first = own.next();
        if first.is_some() && letters.peek().copied() == first {
            letters.next();
            // A word may give more than its initial ("MINISTRY of DEfence"), but only letters that follow each other.
            while letters.peek().is_some()
                && nth + 1 == words.len()
                && own.next() == letters.peek().copied()
            {
                letters.next();
            }
        } else if nth == 0 {
            return false;
        } else if !SMALL.contains(&word.to_lowercase().as_str()) {
            skipped += 1;
        }
    }
    letters.peek().is_none()
        && skipped <= 1
        && words
            .iter()
            .filter(|word| word.starts_with(char::is_uppercase))
            .count()
            >= 2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Acronyms, long_before, spells};
    use sayso_gazetteer::Gazetteer;

    #[test]
    fn long_forms_are_found() {
        for (before, short, long) in [
            (
                "by the Institute for the Study of War",
                "ISW",
                Some("Institute for the Study of War"),
            ),
            (
                "said the Centre for Odd Studies",
                "COS",
                Some("Centre for Odd Studies"),
            ),
            (
                "the Latvian Drone Works",
                "LDW",
                Some("Latvian Drone Works"),
            ),
            ("in the United States", "NATO", None),
            ("of unmanned aerial vehicles", "UAV", None),
            ("", "ISW", None),
        ] {
            assert_eq!(
                long_before(before, short).as_deref(),
                long,
                "{before} ({short})"
            );
        }
        assert!(spells("Institute for the Study of War", "ISW"));
        assert!(!spells("Institute for the Study of Peace", "ISW"));
    }

    #[test]
    fn a_report_defines_its_abbreviations() {
        let gazetteer = Gazetteer::bundled().unwrap();
        let text = "A review by the Institute for the Study of War (ISW) said so. COS (Centre for Odd Studies) agreed (in May).";
        let acronyms = Acronyms::defined_in(text, &gazetteer);
        let isw = acronyms.get("ISW").unwrap();
        assert_eq!(isw.name, "Institute for the Study of War");
        assert_eq!(isw.entity.as_ref().unwrap().0.id, "Q3152514");
        let cos = acronyms.get("COS").unwrap();
        assert_eq!(
            (cos.name.as_str(), &cos.entity),
            ("Centre for Odd Studies", &None)
        );
        assert!(acronyms.get("May").is_none());
    }
}
