use sayso_records::{ClaimId, Judgement};
use sayso_resolve::judged::Standing;

use super::{Tone, clean};

/// What a person said of a claim.
#[derive(Clone, Copy)]
pub(crate) struct Verdict<'s> {
    pub(crate) accepted: bool,
    pub(crate) judgement: &'s Judgement,
}

impl<'s> Verdict<'s> {
    /// `None`: nobody said anything.
    pub(crate) fn of(standing: &'s Standing, claim: &ClaimId) -> Option<Self> {
        let (accepted, judgement) = standing.accepted(claim)?;
        Some(Self {
            accepted,
            judgement,
        })
    }

    /// `accepted` or `rejected`.
    pub(crate) fn word(self) -> &'static str {
        match self.accepted {
            true => "accepted",
            false => "rejected",
        }
    }

    pub(crate) fn tone(self) -> Tone {
        match self.accepted {
            true => Tone::Sure,
            false => Tone::Against,
        }
    }

    /// `rejected by Ann on 2026-11-26: “another company”`.
    pub(crate) fn words(self) -> String {
        let Judgement { who, at, why, .. } = self.judgement;
        let day = at.get(..10).unwrap_or(at);
        let mut out = format!("{} by {} on {}", self.word(), clean(who), clean(day));
        if !why.is_empty() {
            out += &format!(": “{}”", clean(why));
        }
        out
    }
}
