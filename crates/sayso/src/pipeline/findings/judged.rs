//! What people judged of one proposition.

use std::{collections::BTreeSet, sync::Arc};

use sayso_corroborate::findings::Reach;
use sayso_records::{Claim, ClaimId, FindingId, Pair, Stated};
use sayso_resolve::judged::Standing;

/// What people judged of what states a proposition.
#[derive(Default)]
pub(super) struct Judged {
    /// Whether it was judged the same as one with a smaller id, under which it is shown.
    pub(super) is_another: bool,
    /// Propositions judged the same.
    pub(super) same: BTreeSet<String>,
    /// Claims judged to state it.
    pub(super) joined: BTreeSet<ClaimId>,
    /// Claims judged to state something else.
    pub(super) parted: BTreeSet<ClaimId>,
}

impl Judged {
    /// Of the proposition with this id.
    pub(super) fn of(standing: &Standing, id: &str) -> Self {
        let mut judged = Self::default();
        let proposition = |finding: &FindingId| finding.0.get(..16).unwrap_or("").to_owned();
        let mut left = vec![id.to_owned()];
        let mut seen = BTreeSet::new();
        while let Some(id) = left.pop() {
            if !seen.insert(id.clone()) {
                continue;
            }
            for (pair, joins, _) in standing.pairs() {
                let Pair::Propositions(a, b) = pair else {
                    continue;
                };
                match (a, b) {
                    (Stated::Finding(a), Stated::Finding(b)) if joins => {
                        let (a, b) = (proposition(a), proposition(b));
                        left.extend((a == id).then(|| b.clone()));
                        left.extend((b == id).then_some(a));
                    }
                    (Stated::Claim(claim), Stated::Finding(finding))
                    | (Stated::Finding(finding), Stated::Claim(claim))
                        if proposition(finding) == id =>
                    {
                        let list = if joins {
                            &mut judged.joined
                        } else {
                            &mut judged.parted
                        };
                        list.insert(claim.clone());
                    }
                    _ => {}
                }
            }
        }
        seen.remove(id);
        judged.is_another = seen.first().is_some_and(|first| first.as_str() < id);
        judged.same = seen;
        judged
    }

    /// Of claims that state one proposition, as they were read, and that people compared with each other or with other claims: of two that differ the
    /// second says something else; given is what was judged the same as one of the others.
    pub(super) fn compared(
        &mut self,
        standing: &Standing,
        claims: &[(Arc<Claim>, Reach)],
    ) -> BTreeSet<ClaimId> {
        let own: BTreeSet<ClaimId> = claims.iter().map(|(claim, _)| claim.id.clone()).collect();
        let mut pairs = standing.pairs().peekable();
        if pairs.peek().is_none() {
            return BTreeSet::new();
        }
        for (pair, joins, _) in pairs {
            if let (Pair::Propositions(Stated::Claim(a), Stated::Claim(b)), false) = (pair, joins)
                && own.contains(a)
                && own.contains(b)
            {
                self.parted.insert(b.clone());
            }
        }
        let mut joined = BTreeSet::new();
        for claim in own.difference(&self.parted) {
            for stated in standing.stating_with(&Stated::Claim(claim.clone())) {
                if let Stated::Claim(other) = stated {
                    joined.extend((!own.contains(&other)).then_some(other));
                }
            }
        }
        joined.retain(|claim| !self.parted.contains(claim));
        joined
    }
}
