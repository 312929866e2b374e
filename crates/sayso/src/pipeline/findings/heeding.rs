//! What judgements change.

use std::collections::{BTreeMap, BTreeSet};

use sayso_corroborate::lineage::Kin;
use sayso_ledger::{Ledger, LedgerError, Matched, Work};
use sayso_records::{Act, ClaimId, FindingId, Pair, Stated};
use sayso_resolve::judged::{Fate, Standing};

use super::{Corroborator, hash};

/// Under what it is remembered which judgements were heeded.
const JUDGED: &str = "judgements";

impl Corroborator<'_> {
    /// Whether every judgement in `ledger` has been heeded.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_heeded(ledger: &Ledger) -> Result<bool, LedgerError> {
        Ok(remembered(ledger)? == stands(&Standing::of(&ledger.judgements()?)))
    }

    /// Marks what judgements change that were made, undone or overruled since the last run.
    pub(super) fn heed(&self, ledger: &mut Ledger) -> Result<(), LedgerError> {
        let (known, now) = (remembered(ledger)?, stands(&self.standing));
        if known == now {
            return Ok(());
        }
        let stood = |id: &str| known.get(id).copied().unwrap_or(false);
        let changed = self
            .standing
            .judgements()
            .filter(|(judgement, fate)| stood(&judgement.id.0) != (*fate == Fate::Stands));
        let acts: Vec<Act> = changed
            .map(|(judgement, _)| judgement.act.clone())
            .collect();
        let mut copies = BTreeSet::new();
        for act in &acts {
            if let Act::Accept(claim)
            | Act::Reject(claim)
            | Act::Unsure(claim)
            | Act::Correct(claim, _) = act
            {
                copies.extend(counterparts(ledger, claim)?);
            }
        }
        ledger.work(|work| {
            acts.iter().try_for_each(|act| self.heed_one(work, act))?;
            copies
                .iter()
                .try_for_each(|claim| work.soil_claim(&claim.0))?;
            work.remember(JUDGED, &serde_json::to_string(&now).unwrap_or_default())
        })
    }

    fn heed_one(&self, work: &Work<'_>, act: &Act) -> Result<(), LedgerError> {
        // What was judged to state the same counts here and there.
        let stated = |stated: &Stated| {
            let all = self.standing.stating_with(stated);
            all.iter().try_for_each(|stated| match stated {
                Stated::Claim(claim) => work.soil_claim(&claim.0),
                Stated::Finding(finding) => soil_finding(work, finding),
            })
        };
        match act {
            Act::Same(Pair::Entities(a, b)) | Act::Differ(Pair::Entities(a, b)) => {
                let mut keys: BTreeSet<&str> = BTreeSet::new();
                for key in [a.as_str(), b.as_str()] {
                    keys.extend(self.standing.one_with(key));
                    keys.insert(key);
                }
                let roles = self
                    .codebook
                    .kinds
                    .iter()
                    .flat_map(|kind| kind.finding.iter().flat_map(|finding| &finding.roles))
                    .map(String::as_str);
                let roles: BTreeSet<&str> = roles.chain(["place"]).collect();
                let terms: Vec<i64> = roles
                    .iter()
                    .flat_map(|role| keys.iter().map(move |key| hash(&format!("{role}={key}"))))
                    .collect();
                work.reopen_with(&terms)?;
                keys.iter().try_for_each(|key| work.soil_said_by(key))
            }
            Act::Same(Pair::Propositions(a, b)) | Act::Differ(Pair::Propositions(a, b)) => {
                stated(a)?;
                stated(b)
            }
            Act::Same(Pair::Origins(a, b)) | Act::Differ(Pair::Origins(a, b)) => {
                work.soil_claim(&a.0)?;
                work.soil_claim(&b.0)
            }
            Act::Credibility(finding, _) => soil_finding(work, finding),
            Act::Accept(claim) | Act::Reject(claim) | Act::Unsure(claim) => {
                stated(&Stated::Claim(claim.clone()))
            }
            // It may state something else now.
            Act::Correct(claim, _) => {
                stated(&Stated::Claim(claim.clone()))?;
                work.reopen_claim(&claim.0)
            }
            Act::Reliability(..) | Act::Undo(_) => Ok(()),
        }
    }
}

/// The claims of near copies that stand for `claim`, and those it stands for: their findings tell what was lost between them.
fn counterparts(ledger: &Ledger, claim: &ClaimId) -> Result<Vec<ClaimId>, LedgerError> {
    let Matched::One(stored) = ledger.claim(&claim.0)? else {
        return Ok(Vec::new());
    };
    let Some((lineage, _)) = ledger.lineage(&stored.claim.report.0)? else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    for row in ledger.kin(lineage)? {
        let kin = serde_json::from_str::<Kin>(&ledger.kinship(row.number)?).ok();
        for (of, now) in kin.into_iter().flat_map(|kin| kin.stand_for) {
            out.extend((of == *claim).then(|| now.clone()));
            out.extend((now == *claim).then_some(of));
        }
    }
    Ok(out)
}

/// The judgements heeded, with whether each stood.
fn remembered(ledger: &Ledger) -> Result<BTreeMap<String, bool>, LedgerError> {
    let known = ledger.remembered(JUDGED)?;
    Ok(known
        .and_then(|known| serde_json::from_str(&known).ok())
        .unwrap_or_default())
}

/// The judgements there are, with whether each stands.
fn stands(standing: &Standing) -> BTreeMap<String, bool> {
    standing
        .judgements()
        .map(|(judgement, fate)| (judgement.id.0.clone(), fate == Fate::Stands))
        .collect()
}

fn soil_finding(work: &Work<'_>, finding: &FindingId) -> Result<(), LedgerError> {
    match work.proposition(finding.0.get(..16).unwrap_or(""))? {
        Some(number) => work.soil(number),
        None => Ok(()),
    }
}
