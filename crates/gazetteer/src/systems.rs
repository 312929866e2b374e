//! Weapon-system designations by family: "Su-35" is known without being listed, and so is the "Su-75" of next year.

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
    pattern: Regex,
    separator: String,
    class: String,
    country: Option<String>,
}

impl Family {
    /// Compiles a family; the error is the regular expression's.
    pub(crate) fn new(
        prefixes: &[&str],
        separators: &[String],
        number: &str,
        suffix: &str,
        class: &str,
        country: Option<&str>,
    ) -> Result<(Self, String), String> {
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
        let pattern = Regex::new(&source).map_err(|error| error.to_string().replace('\n', " "))?;
        let family = Self {
            pattern,
            separator: separators.first().cloned().unwrap_or_default(),
            class: class.to_owned(),
            country: country.map(str::to_owned),
        };
        Ok((family, source))
    }

    fn known(&self, designation: &str) -> Option<Known<'_>> {
        let parts = self.pattern.captures(designation)?;
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

pub(crate) struct Families {
    families: Vec<Family>,
    set: RegexSet,
    calibre: Regex,
    never: Vec<String>,
    not_before: Vec<String>,
}

impl Families {
    /// Families in the order of the file, which decides between two that match; `sources` are their expressions.
    pub(crate) fn new(
        families: Vec<Family>,
        sources: &[String],
        never: Vec<String>,
        not_before: Vec<String>,
    ) -> Result<Self, String> {
        let one_line = |error: regex::Error| error.to_string().replace('\n', " ");
        Ok(Self {
            families,
            set: RegexSet::new(sources).map_err(one_line)?,
            calibre: Regex::new(
                r"^(4\.6|5\.45|5\.56|5\.7|5\.8|6\.5|6\.8|7\.62|8\.6|9|12\.7|14\.5|20|23|25|27|30|35|37|40|50|57|60|68|70|73|80|76|76\.2|81|82|84|85|88|90|100|105|106|107|110|114|117|115|120|122|125|127|128|130|140|152|155|160|162|170|175|180|203|220|227|239|240|262|300|302|306|333|358|370|400|600|610)(?:×|x)?(\d{2,3})?[- ]?mm$",
            )
            .map_err(one_line)?,
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
            let parts = self.calibre.captures(spelling)?;
            let name = match parts.get(2) {
                Some(case) => format!("{}×{} mm", &parts[1], case.as_str()),
                None => format!("{} mm", &parts[1]),
            };
            return Some(Known {
                id: format!("sayso:calibre-{}", slug(&name)).into(),
                name: name.into(),
                kind: EntityType::System,
                country: None,
                class: Some("calibre"),
            });
        }
        let nth = self.set.matches(spelling).iter().next()?;
        self.families.get(nth)?.known(spelling)
    }
}
