//! What a person decided: two things are one or are not, a grade, a claim taken, turned down or corrected, an earlier judgement undone.
//! `docs/design/judgements.md` says why there are these acts and no others.

mod act;
mod correction;
mod grade;
mod key;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use std::{cmp::Ordering, fmt};

use serde::{Deserialize, Serialize};

use crate::Sha256;

pub use act::{Act, ActWords, Pair, Stated};
pub use correction::Correction;
pub use grade::{Credibility, Reliability};
pub use key::EntityKey;

/// Most characters of who judged.
pub const MAX_WHO: usize = 200;
/// Most characters of why.
pub const MAX_WHY: usize = 2_000;

/// A judgement's identity: 16 hexadecimal digits of a digest of all its fields, so that one that is brought in twice is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JudgementId(pub String);

/// A finding's identity: 16 hexadecimal digits of a digest of what it states.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FindingId(pub String);

impl fmt::Display for JudgementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl fmt::Display for FindingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `text` is a whole id of a claim, finding or judgement: 16 hexadecimal digits, lower case.
pub fn is_id(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether `text` is a whole id of a finding: as [`is_id`], for a later occasion with its first day (`-20230801`) or `-undated` after it.
pub fn is_finding_id(text: &str) -> bool {
    let (id, occasion) = text
        .split_once('-')
        .map_or((text, None), |(id, occasion)| (id, Some(occasion)));
    let day = |occasion: &str| occasion.len() == 8 && occasion.bytes().all(|b| b.is_ascii_digit());
    is_id(id) && occasion.is_none_or(|occasion| occasion == "undated" || day(occasion))
}

/// One decision, with who, when and why. Judgements are only ever added; the later of two on the same question stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Judgement {
    /// Identity.
    pub id: JudgementId,
    /// What was decided.
    pub act: Act,
    /// By whom, 1 to [`MAX_WHO`] characters.
    pub who: String,
    /// When: RFC 3339 in UTC, with `Z`.
    pub at: String,
    /// Why, at most [`MAX_WHY`] characters. Empty: not said.
    pub why: String,
}

/// Why a judgement cannot be made at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JudgementError {
    /// Nobody made it.
    #[error("a judgement needs someone who makes it: name them with --who")]
    NoWho,
    /// An act that wants a reason was given none.
    #[error("this judgement needs a reason: give it with --why")]
    NoWhy,
    /// A line break, a tab, an escape sequence.
    #[error("{0} holds a control character: write it on one line of plain text")]
    Control(&'static str),
    /// Longer than allowed.
    #[error("{what} is longer than {most} characters: say it shorter")]
    TooLong {
        /// `--who` or `--why`.
        what: &'static str,
        /// Characters.
        most: usize,
    },
    /// No time, or one of another form.
    #[error("{0:?} is no time of the form 2023-08-02T09:30:00Z")]
    Time(String),
    /// A thing compared with itself.
    #[error("{0} is one thing: name two")]
    Itself(String),
}

impl Judgement {
    /// A judgement made by `who` at `at`. Blanks around `who` and `why` are dropped.
    ///
    /// # Errors
    /// [`JudgementError`]: a field is empty that must not be, too long or not plain text; `at` is no RFC 3339 time in UTC; a thing is
    /// compared with itself.
    pub fn new(act: Act, who: &str, at: &str, why: &str) -> Result<Self, JudgementError> {
        let (who, why) = (who.trim(), why.trim());
        if who.is_empty() {
            return Err(JudgementError::NoWho);
        }
        if why.is_empty() && act.wants_why() {
            return Err(JudgementError::NoWhy);
        }
        for (what, text, most) in [("--who", who, MAX_WHO), ("--why", why, MAX_WHY)] {
            if text.contains(char::is_control) {
                return Err(JudgementError::Control(what));
            }
            if text.chars().count() > most {
                return Err(JudgementError::TooLong { what, most });
            }
        }
        if !is_utc(at) {
            return Err(JudgementError::Time(at.to_owned()));
        }
        let words = act.words();
        if words.second.as_ref() == Some(&words.first) {
            return Err(JudgementError::Itself(words.first));
        }
        let mut digested = format!("{} {}\n{}", words.verb, words.matter, words.first);
        for part in [words.second.as_deref().unwrap_or(""), who, at, why] {
            digested.push('\n');
            digested.push_str(part);
        }
        let mut id = Sha256::of(digested.as_bytes()).to_string();
        id.truncate(16);
        Ok(Self {
            id: JudgementId(id),
            act,
            who: who.to_owned(),
            at: at.to_owned(),
            why: why.to_owned(),
        })
    }

    /// The order in which judgements count: by time, then by id, so that it does not hang on the order in which they came.
    pub fn in_time(&self, other: &Self) -> Ordering {
        instant(&self.at)
            .cmp(&instant(&other.at))
            .then_with(|| self.id.cmp(&other.id))
    }
}

/// Whole seconds and the digits of their fraction, both comparable as text.
fn instant(at: &str) -> (&str, &str) {
    let at = at.strip_suffix('Z').unwrap_or(at);
    let (whole, part) = at.split_once('.').unwrap_or((at, ""));
    (whole, part.trim_end_matches('0'))
}

/// Whether `at` is `YYYY-MM-DDThh:mm:ss`, perhaps a fraction, and `Z`.
fn is_utc(at: &str) -> bool {
    const FORM: &[u8] = b"0000-00-00T00:00:00";
    let Some((whole, part)) = at
        .strip_suffix('Z')
        .map(|at| at.split_once('.').unwrap_or((at, "0")))
    else {
        return false;
    };
    let like = |(given, form): (u8, &u8)| match form {
        b'0' => given.is_ascii_digit(),
        form => given == *form,
    };
    whole.len() == FORM.len()
        && whole.bytes().zip(FORM).all(like)
        && (1..=9).contains(&part.len())
        && part.bytes().all(|b| b.is_ascii_digit())
}
