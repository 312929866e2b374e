//! What a person said of a claim.

use sayso_records::{ClaimId, Judgement, text::clean};
use sayso_resolve::judged::Standing;

use crate::words::Tone;

/// What a person said of a claim.
#[derive(Clone, Copy)]
pub struct Verdict<'s> {
    /// Accepted; else rejected.
    pub accepted: bool,
    /// By which judgement.
    pub judgement: &'s Judgement,
}

impl<'s> Verdict<'s> {
    /// `None`: nobody said anything.
    pub fn of(standing: &'s Standing, claim: &ClaimId) -> Option<Self> {
        let (accepted, judgement) = standing.accepted(claim)?;
        Some(Self {
            accepted,
            judgement,
        })
    }

    /// `accepted` or `rejected`.
    pub fn word(self) -> &'static str {
        match self.accepted {
            true => "accepted",
            false => "rejected",
        }
    }

    /// How it looks.
    pub fn tone(self) -> Tone {
        match self.accepted {
            true => Tone::Sure,
            false => Tone::Against,
        }
    }

    /// `rejected by Ann on 2026-11-26: “another company”`.
    pub fn words(self) -> String {
        let Judgement { who, at, why, .. } = self.judgement;
        let day = at.get(..10).unwrap_or(at);
        let mut out = format!("{} by {} on {}", self.word(), clean(who), clean(day));
        if !why.is_empty() {
            out += &format!(": “{}”", clean(why));
        }
        out
    }
}
