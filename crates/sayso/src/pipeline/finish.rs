//! Final ids for the claims of one report.

use std::collections::HashMap;

use sayso_records::{Claim, ClaimId, Sha256};

/// Gives each claim the id that its content makes (see [`Claim::identify`]) and keeps the claims' references to each other.
/// A claim that says the same as an earlier one is left out; one that shares its id but says something else (two quantities
/// of one sentence) gets an id made from its number, so that ids are unique in a report and the same in every run.
/// A reference to no claim of the report is left out.
pub(super) fn finish(claims: &mut Vec<Claim>) {
    let mut ids: HashMap<ClaimId, ClaimId> = HashMap::new();
    let mut kept: Vec<Claim> = Vec::with_capacity(claims.len());
    let mut at: HashMap<ClaimId, usize> = HashMap::new();
    for mut claim in claims.drain(..) {
        let provisional = claim.id.clone();
        let first = claim.identify();
        claim.id = first.clone();
        let mut nth = 1;
        let same = loop {
            match at.get(&claim.id).and_then(|at| kept.get(*at)) {
                None => break None,
                Some(other) if says_the_same(other, &claim) => break Some(other.id.clone()),
                Some(_) => {
                    nth += 1;
                    let key = format!("{first}\n{nth}");
                    let hex = Sha256::of(key.as_bytes()).to_string();
                    claim.id = ClaimId(hex.chars().take(16).collect());
                }
            }
        };
        match same {
            Some(id) => {
                ids.insert(provisional, id);
            }
            None => {
                ids.insert(provisional, claim.id.clone());
                at.insert(claim.id.clone(), kept.len());
                kept.push(claim);
            }
        }
    }
    for claim in &mut kept {
        for (_, fillers) in &mut claim.roles {
            fillers.retain_mut(|filler| match &mut filler.claim {
                None => true,
                Some(id) => ids.get(id).cloned().map(|found| *id = found).is_some(),
            });
        }
        claim.roles.retain(|(_, fillers)| !fillers.is_empty());
    }
    *claims = kept;
}

fn says_the_same(one: &Claim, other: &Claim) -> bool {
    one.kind == other.kind
        && one.roles == other.roles
        && one.place == other.place
        && one.time == other.time
        && one.quantity == other.quantity
        && one.status == other.status
        && one.polarity == other.polarity
        && one.certainty == other.certainty
        && one.sources == other.sources
        && one.evidence == other.evidence
}

#[cfg(test)]
mod tests {
    use sayso_records::*;

    use super::finish;

    fn claim(id: &str, kind: &str, about: Option<&str>) -> Claim {
        let filler = |claim: Option<&str>| Filler {
            text: "Iran".into(),
            span: Span::new(0, 4),
            name: "Iran".into(),
            entity: None,
            kind: EntityType::State,
            implied: false,
            claim: claim.map(|id| ClaimId(id.into())),
        };
        let mut roles = vec![("supplier".into(), vec![filler(None)])];
        roles.extend(about.map(|id| ("about".into(), vec![filler(Some(id))])));
        Claim {
            id: ClaimId(id.into()),
            report: ReportId("r".into()),
            kind: kind.into(),
            roles,
            place: Vec::new(),
            time: None,
            quantity: Vec::new(),
            status: None,
            polarity: Polarity::Affirmed,
            certainty: Certainty::Stated,
            sources: Vec::new(),
            evidence: Evidence {
                span: Span::new(0, 4),
                quote: "Iran".into(),
            },
            explanation: Vec::new(),
        }
    }

    #[test]
    fn references_survive_the_new_ids() {
        let mut claims = vec![
            claim("0", "transfer", Some("1")),
            claim("1", "stance", Some("0")),
        ];
        finish(&mut claims);
        assert_eq!(
            claims[0].role("about")[0].claim.as_ref(),
            Some(&claims[1].id)
        );
        assert_eq!(
            claims[1].role("about")[0].claim.as_ref(),
            Some(&claims[0].id)
        );
        assert_eq!(claims[0].id.0.len(), 16);
    }

    #[test]
    fn twins_are_one_and_near_twins_two() {
        let mut other = claim("2", "transfer", None);
        other.status = Some("delivered".into());
        let mut claims = vec![
            claim("0", "transfer", None),
            claim("1", "transfer", None),
            other,
            claim("3", "stance", Some("1")),
            claim("4", "stance", Some("nowhere")),
        ];
        finish(&mut claims);
        assert_eq!(claims.len(), 4);
        assert_ne!(claims[0].id, claims[1].id);
        assert_eq!(
            claims[2].role("about")[0].claim.as_ref(),
            Some(&claims[0].id)
        );
        assert!(claims[3].role("about").is_empty());
        // And again, from the same start: the same ids.
        let ids: Vec<_> = claims.iter().map(|claim| claim.id.clone()).collect();
        finish(&mut claims);
        assert_eq!(
            ids[..3],
            claims.iter().map(|c| c.id.clone()).collect::<Vec<_>>()[..3]
        );
    }
}
