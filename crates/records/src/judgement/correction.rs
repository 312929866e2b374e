use std::fmt;

use super::EntityKey;

/// Most characters of what a field is corrected to.
const LONGEST: usize = 300;

/// One field of a claim as a person reads it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Correction {
    /// `status`, `place`, `certainty`, `polarity`, or a role of the claim's kind.
    pub field: String,
    /// Who, what or where fills it. `None`: a word does, or nothing.
    pub key: Option<EntityKey>,
    /// What that is called, or the word. Empty: nothing fills it.
    pub words: String,
}

impl fmt::Display for Correction {
    /// `producer <Q794> Iran`, `status operating`, `partner` for nobody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.field)?;
        if let Some(key) = &self.key {
            write!(f, " <{key}>")?;
        }
        match self.words.is_empty() {
            true => Ok(()),
            false => write!(f, " {}", self.words),
        }
    }
}

impl Correction {
    /// Reads what [`fmt::Display`] writes. `None`: it is nothing of the sort, or longer than a field is.
    pub fn parse(text: &str) -> Option<Self> {
        let (field, rest) = text.split_once(' ').unwrap_or((text, ""));
        let letters = |c: char| c.is_ascii_lowercase() || c == '-' || c == '_';
        let (key, words) = match rest.strip_prefix('<') {
            Some(rest) => {
                let (key, words) = rest.split_once('>')?;
                (Some(EntityKey::parse(key)?), words.strip_prefix(' ')?)
            }
            None => (None, rest),
        };
        let good = !field.is_empty()
            && field.chars().all(letters)
            && words.trim() == words
            && words.chars().count() <= LONGEST
            && !words.contains(char::is_control)
            && (key.is_none() || !words.is_empty());
        good.then(|| Self {
            field: field.to_owned(),
            key,
            words: words.to_owned(),
        })
    }
}
