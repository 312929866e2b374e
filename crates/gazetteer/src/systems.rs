//! Weapon-system designations by family: "Su-35" is known without being listed, and so is the "Su-75" of next year.

use std::sync::OnceLock;

use regex::{Regex, RegexSet};
use sayso_records::EntityType;

use crate::{
    fold::slug,
    known::{Known, Match, Via},
    words::{is_hyphen, plain},
};

/// Longest designation in words, glue included ("F", "/", "A", "-", "18", "E").
const LONGEST: usize = 6;

pub(crate) struct Family {
    source: String,
    /// Compiled when the first designation of the family comes up: all of them take as long as the rest of loading.
    pattern: OnceLock<Option<Regex>>,
    separator: String,
    class: String,
    country: Option<String>,
}

impl Family {
    /// What is written of a family; whether its expression is one is seen when the families are put together.
    pub(crate) fn new(
        prefixes: &[&str],
        separators: &[String],
        number: &str,
        suffix: &str,
        class: &str,
        country: Option<&str>,
    ) -> Self {
        let either = |words: &mut dyn Iterator<Item = String>| {
            words
                .map(|word| regex::escape(&word))
                .collect::<Vec<_>>()
                .join("|")
        };
        let source = format!(
            "^({})(?:{})((?:{number})(?:{suffix}))s?$",
            either(&mut prefixes.iter().map(|prefix| (*prefix).to_owned())),
            either(&mut separators.iter().cloned()),
        );
        Self {
            source,
            pattern: OnceLock::new(),
            separator: separators.first().cloned().unwrap_or_default(),
            class: class.to_owned(),
            country: country.map(str::to_owned),
        }
    }

    fn known(&self, designation: &str) -> Option<Known<'_>> {
        let pattern = self.pattern.get_or_init(|| Regex::new(&self.source).ok());
        let parts = pattern.as_ref()?.captures(designation)?;
        let name = format!(
            "{}{}{}",
            parts.get(1)?.as_str(),
            self.separator,
            parts.get(2)?.as_str()
        );
        let name = name.replace('‑', "-");
        Some(Known {
            id: format!("sayso:{}", slug(&name)).into(),
            name: name.into(),
            kind: EntityType::System,
            country: self.country.as_deref(),
            class: Some(&self.class),
        })
    }
}

/// Calibres in millimetres: "155mm", "122-mm", "7.62x39mm", the last with the length of its case.
pub(crate) struct Calibre {
    pattern: Regex,
}

impl Calibre {
    /// Compiles the list of calibres; the error says which of them is no number.
    pub(crate) fn new<'a>(millimetres: impl Iterator<Item = &'a str>) -> Result<Self, String> {
        let mut either = Vec::new();
        for calibre in millimetres {
            if !calibre.parse::<f64>().is_ok_and(|wide| wide > 0.0) {
                return Err(format!("`{calibre}` is no calibre in millimetres"));
            }
            either.push(regex::escape(calibre));
        }
        let source = format!(r"^({})(?:[×x](\d{{2,3}}))?[- ]?mm$", either.join("|"));
        let pattern = Regex::new(&source).map_err(|error| error.to_string().replace('\n', " "))?;
        Ok(Self { pattern })
    }

    fn known(&self, spelling: &str) -> Option<Known<'_>> {
        let parts = self.pattern.captures(spelling)?;
        let name = match parts.get(2) {
            Some(case) => format!("{}×{} mm", parts.get(1)?.as_str(), case.as_str()),
            None => format!("{} mm", parts.get(1)?.as_str()),
        };
        Some(Known {
            id: format!("sayso:calibre-{}", slug(&name)).into(),
            name: name.into(),
            kind: EntityType::System,
            country: None,
            class: Some("calibre"),
        })
    }
}

pub(crate) struct Families {
    families: Vec<Family>,
    set: RegexSet,
    calibre: Calibre,
    never: Vec<String>,
    not_before: Vec<String>,
}

impl Families {
    /// Families in the order of the file, which decides between two that match. The error gives the place of the family whose expression is none, and why.
    pub(crate) fn new(
        families: Vec<Family>,
        calibre: Calibre,
        never: Vec<String>,
        not_before: Vec<String>,
    ) -> Result<Self, (usize, String)> {
        let one_line = |error: regex::Error| error.to_string().replace('\n', " ");
        let sources = families.iter().map(|family| family.source.as_str());
        let set = RegexSet::new(sources.clone()).map_err(|of_all| {
            let mut each = sources.map(Regex::new).enumerate();
            each.find_map(|(nth, one)| Some((nth, one_line(one.err()?))))
                .unwrap_or_else(|| (0, one_line(of_all)))
        })?;
        Ok(Self {
            families,
            set,
            calibre,
            never,
            not_before,
        })
    }

    /// The longest designation or calibre at the start of `words`.
    pub(crate) fn longest(&self, words: &[&str]) -> Option<Match<'_>> {
        let first = words.first()?;
        if !first.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase()) {
            return None;
        }
        // The spelling so far; a space stands between words that nothing glues.
        let mut spelling = String::new();
        let mut best = None;
        let mut before = "";
        for (nth, word) in words.iter().take(LONGEST).enumerate() {
            let glued = nth == 0
                || is_hyphen(word)
                || is_hyphen(before)
                || *word == "/"
                || before == "/"
                // The tokenizer takes a unit off a number: "155" "mm", "T-90" "M".
                || before.ends_with(|c: char| c.is_ascii_digit())
                    && matches!(*word, "M" | "K" | "T" | "G" | "mm");
            if !glued {
                spelling.push(' ');
            }
            if is_hyphen(word) {
                spelling.push('-');
            } else {
                spelling.push_str(&plain(word));
            }
            before = word;
            // One word without a digit is a name, not a designation; and no designation ends in glue.
            let bare = nth == 0 && !word.contains(|c: char| c.is_ascii_digit());
            if bare || is_hyphen(word) || self.never.contains(&spelling) {
                continue;
            }
            // "the H-20 highway" is no bomber.
            let next = words.get(nth + 1).copied().unwrap_or("");
            if self.not_before.iter().any(|word| word == next) {
                continue;
            }
            if let Some(entity) = self.known(&spelling) {
                best = Some(Match {
                    words: nth + 1,
                    entity,
                    via: Via::Name,
                });
            }
        }
        best
    }

    fn known(&self, spelling: &str) -> Option<Known<'_>> {
        if spelling.ends_with("mm") {
            return self.calibre.known(spelling);
        }
        let nth = self.set.matches(spelling).iter().next()?;
        self.families.get(nth)?.known(spelling)
    }
}
