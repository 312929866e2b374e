//! What judgements change.

use std::collections::{BTreeMap, BTreeSet};

use sayso_ledger::{Ledger, LedgerError, Work};
use sayso_records::{Act, FindingId, Pair, Stated};
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
        ledger.work(|work| {
            acts.iter().try_for_each(|act| self.heed_one(work, act))?;
            work.remember(JUDGED, &serde_json::to_string(&now).unwrap_or_default())
        })
    }

    fn heed_one(&self, work: &Work<'_>, act: &Act) -> Result<(), LedgerError> {
        let stated = |stated: &Stated| match stated {
            Stated::Claim(claim) => work.soil_claim(&claim.0),
            Stated::Finding(finding) => soil_finding(work, finding),
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
            Act::Accept(claim) | Act::Reject(claim) => work.soil_claim(&claim.0),
            Act::Reliability(..) | Act::Undo(_) => Ok(()),
        }
    }
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
