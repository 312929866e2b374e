//! Who speaks against a finding. A denial printed in eleven outlets is one denial: those who deny are counted as those who affirm are, by origin.

use std::{collections::BTreeMap, sync::Arc};

use sayso_records::{Attribution, Certainty, Claim, ClaimId, Polarity, ReportId};
use serde::{Deserialize, Serialize};

use super::{
    heard::{Heard, Speaker, Who},
    origins, ties,
    ties::Links,
};

/// One origin that denies or doubts a finding, with every claim that passes it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stance {
    /// `denied` or `doubted`.
    pub what: String,
    /// Who takes it, for a reader.
    pub who: String,
    /// Whether it is known where it comes from, as with [`super::Origin`].
    pub established: bool,
    /// Why it is one, and known or not.
    pub reasons: Vec<String>,
    /// Where it is said, in the order of publication.
    pub said: Vec<Said>,
}

/// A sentence that takes a stance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The claim.
    pub claim: ClaimId,
    /// Its report.
    pub report: ReportId,
    /// The claim's sentence.
    pub quote: String,
}

pub(super) fn is_stance(claim: &Claim) -> bool {
    claim.kind == "stance"
}

/// What a claim says against the finding it was heard for. `None`: it affirms it, only takes note of it, or worries about it.
fn what(claim: &Claim) -> Option<&'static str> {
    if is_stance(claim) {
        let attitude = claim.role("attitude").first();
        return match attitude.map(|filler| filler.name.as_str()) {
            Some("denial") => Some("denied"),
            Some("doubt") => Some("doubted"),
            _ => None,
        };
    }
    match (claim.polarity, claim.certainty) {
        (Polarity::Denied, _) => Some("denied"),
        (_, Certainty::Doubted) => Some("doubted"),
        _ => None,
    }
}

/// The stances among `heard`, which are in the order of publication: denials before doubts, the earliest first.
pub(super) fn against(heard: Vec<(Heard, Speaker)>, who: &Who<'_>, links: &Links) -> Vec<Stance> {
    let mut by_what: BTreeMap<&str, Vec<(Heard, Speaker)>> = BTreeMap::new();
    for (heard, speaker) in heard {
        if let Some(what) = what(&heard.claim) {
            by_what.entry(what).or_default().push((heard, speaker));
        }
    }
    let mut out = Vec::new();
    for (what, mut members) in by_what {
        // "Officers doubt that Russia will deliver" is a doubtful delivery and an attitude to it: one doubt.
        let told: Vec<ClaimId> = members
            .iter()
            .map(|(heard, _)| heard.claim.id.clone())
            .collect();
        members.retain(|(heard, _)| {
            let about = heard.claim.role("about").iter();
            let mut about = about.filter_map(|filler| filler.claim.as_ref());
            !is_stance(&heard.claim) || !about.any(|claim| told.contains(claim))
        });
        for (heard, speaker) in &mut members {
            if let Some(holder) = holder(&heard.claim) {
                Arc::make_mut(&mut heard.claim).sources.push(holder);
                *speaker = who.speaker(heard);
            }
        }
        let ties = ties::ties(&members, who, links);
        for origin in origins::origins(&members, &ties, links) {
            let said: Vec<&Heard> = (members.iter().map(|(heard, _)| heard))
                .filter(|heard| origin.claims().any(|claim| *claim == heard.claim.id))
                .collect();
            let described = described(&said).filter(|_| origin.established);
            out.push(Stance {
                what: what.to_owned(),
                said: (said.iter())
                    .map(|heard| Said {
                        claim: heard.claim.id.clone(),
                        report: heard.claim.report.clone(),
                        quote: heard.claim.evidence.quote.clone(),
                    })
                    .collect(),
                who: match described {
                    Some(words) => format!("{words}, in {}", origin.name),
                    None => origin.name,
                },
                established: origin.established,
                reasons: origin.reasons,
            });
        }
    }
    out
}

/// The words for a source without a name whose stance it is everywhere, whoever tells of it. `None`: it has one somewhere, or nobody is told of.
fn described<'h>(said: &[&'h Heard]) -> Option<&'h str> {
    let innermost = said.iter().map(|heard| heard.claim.sources.last());
    let innermost: Option<Vec<&Attribution>> = innermost.collect();
    let all = innermost?;
    let is_unnamed = all
        .iter()
        .all(|source| source.unnamed && !source.text.is_empty());
    all.first()
        .filter(|_| is_unnamed)
        .map(|source| source.text.as_str())
}

/// Whose attitude a stance is, as the innermost source of it. `None`: it is no stance, or nobody's.
fn holder(claim: &Claim) -> Option<Attribution> {
    let holder = claim.role("holder").first().filter(|_| is_stance(claim))?;
    let cue = claim.role("attitude").first();
    Some(Attribution {
        text: holder.text.clone(),
        span: holder.span,
        name: holder.name.clone(),
        entity: holder.entity.clone(),
        kind: holder.kind,
        unnamed: false,
        cue: cue.map_or_else(String::new, |attitude| attitude.text.clone()),
    })
}
