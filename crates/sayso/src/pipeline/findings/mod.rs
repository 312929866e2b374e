//! From claims to findings: what is new in the ledger is worked in, and what changes by it is made again.
//!
//! Only here do the stages that compare and the ledger that keeps meet. A kill at any moment leaves whole steps; the next run goes on.

mod fetched;
mod heeding;
mod judged;
mod making;
mod working;

use std::sync::Arc;

use sayso_codebook::Codebook;
use sayso_corroborate::propositions::{Governments, Naming};
use sayso_gazetteer::{Gazetteer, sources::Sources};
use sayso_ledger::{Ledger, LedgerError};
use sayso_records::Sha256;
use sayso_resolve::judged::Standing;
use smol_str::SmolStr;

use fetched::Fetched;

/// Changes with every change of how findings are made that changes them.
const REVISION: &str = "2";
/// Readings worked in in one step.
const STEP: usize = 64;

/// A key to the key that stands for it.
type Canonical = Box<dyn Fn(&str) -> SmolStr>;

/// What findings are made with.
pub struct Corroborator<'c> {
    /// What counts, and what makes claims one finding.
    codebook: &'c Codebook,
    /// Who and where.
    gazetteer: &'c Gazetteer,
    /// Who publishes, and how credit is given.
    sources: &'c Sources,
    /// What people judged.
    standing: Arc<Standing>,
    canonical: Canonical,
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Reports worked in.
    pub reports: usize,
    /// Propositions whose findings were made again.
    pub propositions: usize,
}

impl Corroborator<'_> {
    /// With what was judged in `ledger` so far.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn new<'c>(
        codebook: &'c Codebook,
        gazetteer: &'c Gazetteer,
        sources: &'c Sources,
        ledger: &Ledger,
    ) -> Result<Corroborator<'c>, LedgerError> {
        let standing = Arc::new(Standing::of(&ledger.judgements()?));
        let known = standing.clone();
        Ok(Corroborator {
            codebook,
            gazetteer,
            sources,
            standing,
            canonical: Box::new(move |key| SmolStr::new(known.canonical(key))),
        })
    }

    /// The rules and data that findings depend on; others make all findings again.
    fn version(&self) -> String {
        let parts = [
            env!("CARGO_PKG_VERSION"),
            self.codebook.version(),
            self.gazetteer.version(),
            self.sources.version(),
            REVISION,
        ];
        Sha256::of(parts.join("\n").as_bytes()).to_string()
    }

    /// Works in what is new and makes again what changes by it. `told` hears how many reports and propositions are left.
    pub fn catch_up(
        &self,
        ledger: &mut Ledger,
        told: &mut dyn FnMut(&str, usize),
    ) -> Result<Made, LedgerError> {
        let mut made = Made::default();
        let version = self.version();
        if ledger.made_by()?.as_ref() != Some(&version) {
            ledger.work(|work| work.begin_again(&version))?;
        }
        self.heed(ledger)?;
        let mut texts = working::Texts::default();
        loop {
            let numbers = ledger.unworked(STEP)?;
            if numbers.is_empty() {
                break;
            }
            let mut readings = Vec::new();
            for number in numbers {
                readings.push(ledger.reading(number)?);
            }
            ledger.work(|work| {
                readings
                    .iter()
                    .try_for_each(|reading| self.work_in(work, reading, &mut texts))
            })?;
            made.reports += readings.len();
            told("reports compared", made.reports);
        }
        let mut fetched = Fetched::new(
            &self.standing,
            self.gazetteer,
            Governments::new(self.gazetteer),
        );
        loop {
            let dirty = ledger.dirty(STEP)?;
            if dirty.is_empty() {
                break;
            }
            let make = |(number, body): &(i64, String)| -> Result<_, LedgerError> {
                Ok((*number, self.make(ledger, *number, body, &mut fetched)?))
            };
            let rows = ledger.still(|| dirty.iter().map(make).collect::<Result<Vec<_>, _>>())?;
            ledger.work(|work| {
                rows.iter()
                    .try_for_each(|(number, rows)| work.keep_findings(*number, rows))
            })?;
            made.propositions += rows.len();
            told("findings made", made.propositions);
        }
        Ok(made)
    }

    fn naming(&self) -> Naming<'_> {
        Naming {
            gazetteer: self.gazetteer,
            canonical: &*self.canonical,
        }
    }
}

/// A term as the ledger keeps it.
pub fn hash(term: &str) -> i64 {
    let digest = Sha256::of(term.as_bytes());
    let first: [u8; 8] = std::array::from_fn(|at| digest.0[at]);
    i64::from_le_bytes(first)
}
