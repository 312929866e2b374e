//! What words say of the clauses and nouns under them: implicative and factive signatures.

use serde::Deserialize;

/// Whether something is so by the author's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Sign {
    /// It is so.
    Plus,
    /// It is not so.
    Minus,
    /// The words leave it open.
    Open,
}

/// What follows for what a word embeds, where the word itself is so and where it is not (Nairn, Condoravdi and Karttunen 2006):
/// "manage to" is `+-`, "fail to" `-+`, "refuse to" `-o`, "know that" `++`, "plan to" `oo`. Written as two of `+`, `-`, `o`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Signature {
    /// Where the word is so.
    pub holds: Sign,
    /// Where the word is not so.
    pub denied: Sign,
}

impl Signature {
    /// What becomes of what is embedded where the word is `above`. What follows both ways follows also where the word is left open.
    pub fn under(self, above: Sign) -> Sign {
        match above {
            Sign::Plus => self.holds,
            Sign::Minus => self.denied,
            Sign::Open if self.holds == self.denied => self.holds,
            Sign::Open => Sign::Open,
        }
    }
}

impl TryFrom<String> for Signature {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let sign = |c| match c {
            '+' => Some(Sign::Plus),
            '-' => Some(Sign::Minus),
            'o' => Some(Sign::Open),
            _ => None,
        };
        let mut signs = written.chars().map(sign);
        match (signs.next(), signs.next(), signs.next()) {
            (Some(Some(holds)), Some(Some(denied)), None) => Ok(Self { holds, denied }),
            _ => Err(format!(
                "{written:?} is no signature; write what follows where the word is so and where it is not, each one of +, - and o"
            )),
        }
    }
}

/// How something is left open, from the nearest to a fact to the farthest. Of two, the farther holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Openness {
    /// Made possible or helped on ("allowed to").
    Enabled,
    /// Settled or promised ("agreed to").
    Agreed,
    /// Held to be coming ("expected to", "is due to").
    Expected,
    /// Put ahead by tense ("will").
    Future,
    /// What something is done for ("to build").
    Purpose,
    /// Meant ("plans to").
    Planned,
    /// In somebody's power ("able to", "can").
    Able,
    /// Demanded by duty or law ("must").
    Required,
    /// Put forward ("offered to").
    Offered,
    /// Asked of somebody ("urged to").
    Requested,
    /// Wished for or sought ("wants to").
    Wanted,
    /// Tried ("tries to").
    Tried,
    /// Thought about ("is considering").
    Considered,
    /// Held by somebody ("believes that").
    Believed,
    /// Following from a case put ("would").
    Hypothetical,
    /// "may", "might".
    Possible,
    /// Doubted by somebody.
    Doubted,
    /// A case put ("if", "unless").
    Conditional,
    /// Asked ("whether", a question).
    Asked,
    /// Ordered ("Stop!").
    Ordered,
    /// No word says how.
    Left,
}

impl Openness {
    /// Every way, from the nearest to a fact to the farthest.
    pub const ALL: [Self; 21] = [
        Self::Enabled,
        Self::Agreed,
        Self::Expected,
        Self::Future,
        Self::Purpose,
        Self::Planned,
        Self::Able,
        Self::Required,
        Self::Offered,
        Self::Requested,
        Self::Wanted,
        Self::Tried,
        Self::Considered,
        Self::Believed,
        Self::Hypothetical,
        Self::Possible,
        Self::Doubted,
        Self::Conditional,
        Self::Asked,
        Self::Ordered,
        Self::Left,
    ];
}

/// Words of one signature.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// What they have in common, for the explanation.
    pub class: String,
    /// Verb lemmas.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Noun lemmas.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Adjective lemmas, and participles as they are written.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// What stands under them: of [`crate::COMPLEMENTS`], or a preposition. Empty: anything.
    #[serde(default)]
    pub with: Vec<String>,
    /// What follows for it.
    pub signature: Signature,
    /// What follows where the word stands in the past: who was able to has mostly done it (Bhatt 1999). Absent: the same.
    #[serde(default)]
    pub past: Option<Signature>,
    /// How it is left open, where it is.
    #[serde(default)]
    pub open: Option<Openness>,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Sign, Signature};
    use crate::{FILES, file};

    #[test]
    fn signatures_compose() {
        let of = |written: &str| Signature::try_from(written.to_owned());
        let fail = of("-+").expect("a signature");
        assert_eq!(fail.under(fail.under(Sign::Plus)), Sign::Plus);
        assert_eq!(fail.under(Sign::Open), Sign::Open);
        let know = of("++").expect("a signature");
        assert_eq!(know.under(Sign::Open), Sign::Plus);
        for wrong in ["", "+", "+-o", "+x"] {
            assert!(of(wrong).is_err(), "{wrong:?}");
        }
    }

    /// What loading says of the bundled codebook with the first `from` of `embedding.toml` made `to`, and where that stands.
    fn complaint(from: &str, to: &str) -> (String, String) {
        let mut at = String::new();
        let files = FILES
            .iter()
            .map(|(name, text)| {
                let mut text = (*text).to_owned();
                if *name == "embedding.toml" {
                    let byte = text.find(from).unwrap_or_default();
                    let (line, column) = file::position(&text, byte);
                    at = format!("embedding.toml:{line}:{column}: ");
                    text = text.replacen(from, to, 1);
                }
                ((*name).to_owned(), text)
            })
            .collect();
        let error = file::load(Path::new("codebook"), files).expect_err("it is wrong");
        (error.to_string(), at)
    }

    #[test]
    fn what_is_wrong_says_where() {
        let (error, at) = complaint("\"+-\"", "\"+x\"");
        assert!(
            error.contains(&at) && error.contains("is no signature"),
            "{at} {error}"
        );
        let (error, at) = complaint("\"against\"]", "\"agianst\"]");
        assert!(
            error.contains(&at) && error.contains("agianst"),
            "{at} {error}"
        );
    }
}
