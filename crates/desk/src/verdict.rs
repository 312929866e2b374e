//! What a person said of a claim.

use sayso_records::{ClaimId, Judgement, text::clean};
use sayso_resolve::judged::Standing;

use crate::{labels::correction, words::Tone};

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

    /// All that people said of a claim, a line each, with how it looks.
    pub fn lines(standing: &'s Standing, claim: &ClaimId) -> Vec<(Tone, String)> {
        let verdict = Self::of(standing, claim).map(|it| (it.tone(), it.words()));
        let corrections = Self::corrections(standing, claim).map(|words| (Tone::Sure, words));
        verdict.into_iter().chain(corrections).collect()
    }

    /// What was corrected of a claim, a line a field.
    pub fn corrections(
        standing: &'s Standing,
        claim: &ClaimId,
    ) -> impl Iterator<Item = String> + use<'s> {
        standing.corrections(claim).map(|(to, judgement)| {
            let by = told(&judgement.who, &judgement.at, &judgement.why);
            format!("corrected: {} {by}", clean(&correction(to)))
        })
    }

    /// The same in one. `None`: nobody said anything.
    pub fn all(standing: &'s Standing, claim: &ClaimId) -> Option<String> {
        let lines = Self::lines(standing, claim);
        let words: Vec<&str> = lines.iter().map(|(_, words)| words.as_str()).collect();
        (!words.is_empty()).then(|| words.join("; "))
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
        format!("{} {}", self.word(), told(who, at, why))
    }
}

fn told(who: &str, at: &str, why: &str) -> String {
    let day = at.get(..10).unwrap_or(at);
    let mut out = format!("by {} on {}", clean(who), clean(day));
    if !why.is_empty() {
        out += &format!(": “{}”", clean(why));
    }
    out
}
