//! What findings are made of, fetched once in a run: a proposition and those wider than it are made of much the same claims.

use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use sayso_corroborate::{
    findings::Heard,
    lineage::{Kin, Lineage},
    propositions::Governments,
};
use sayso_gazetteer::Gazetteer;
use sayso_ledger::{KinRow, Ledger, LedgerError};
use sayso_records::{Claim, ReportId};
use sayso_resolve::judged::Standing;

/// Rows of a sort that are held at a time: a ledger of many is not held in memory.
const MOST: usize = 20_000;

/// Claims, lineages and kinships by their numbers. Nothing of it changes while findings are made.
pub(super) struct Fetched<'c> {
    standing: &'c Standing,
    gazetteer: &'c Gazetteer,
    pub(super) governments: Governments<'c>,
    claims: HashMap<i64, Option<Arc<Claim>>>,
    lineages: HashMap<ReportId, Option<(i64, Arc<Lineage>)>>,
    reports: HashMap<i64, ReportId>,
    kin: HashMap<i64, Rc<[KinRow]>>,
    kinships: HashMap<i64, Option<Arc<Kin>>>,
}

/// Near copies, by the ids of both reports, the smaller first.
type Copies = Vec<((ReportId, ReportId), Arc<Kin>)>;

impl<'c> Fetched<'c> {
    pub(super) fn new(
        standing: &'c Standing,
        gazetteer: &'c Gazetteer,
        governments: Governments<'c>,
    ) -> Self {
        Self {
            standing,
            gazetteer,
            governments,
            claims: HashMap::new(),
            lineages: HashMap::new(),
            reports: HashMap::new(),
            kin: HashMap::new(),
            kinships: HashMap::new(),
        }
    }

    /// The claim with this number as people have it, with its sentence where `quoted`. `None`: it stands no longer.
    pub(super) fn claim(
        &mut self,
        ledger: &Ledger,
        number: i64,
        quoted: bool,
    ) -> Result<Option<Arc<Claim>>, LedgerError> {
        if let Some(known) = self.claims.get(&number) {
            return Ok(known.clone());
        }
        let claim = ledger.standing_claim(number, quoted)?.map(|mut claim| {
            self.standing.put_right(&mut claim, self.gazetteer);
            Arc::new(claim)
        });
        hold(&mut self.claims, number, claim.clone());
        Ok(claim)
    }

    /// Where a report has things from, with its number. `None`: it is not worked in.
    pub(super) fn lineage(
        &mut self,
        ledger: &Ledger,
        report: &ReportId,
    ) -> Result<Option<(i64, Arc<Lineage>)>, LedgerError> {
        if let Some(known) = self.lineages.get(report) {
            return Ok(known.clone());
        }
        let row = ledger.lineage(&report.0)?;
        let read = row.and_then(|(number, body)| {
            let read = serde_json::from_str::<Lineage>(&body).ok()?;
            Some((number, Arc::new(read)))
        });
        hold(&mut self.lineages, report.clone(), read.clone());
        Ok(read)
    }

    /// What the reports of `heard` are to each other, and to copies that lost something and are not among them.
    pub(super) fn copies(
        &mut self,
        ledger: &Ledger,
        heard: &[Heard],
    ) -> Result<Copies, LedgerError> {
        let reports: BTreeSet<&ReportId> = heard.iter().map(|it| &it.claim.report).collect();
        let mut here: HashMap<i64, &ReportId> = HashMap::new();
        for report in reports {
            if let Some((number, _)) = self.lineage(ledger, report)? {
                here.insert(number, report);
            }
        }
        let mut copies = Vec::new();
        for (&number, &report) in &here {
            let kin = match self.kin.get(&number) {
                Some(known) => known.clone(),
                None => {
                    let rows: Rc<[KinRow]> = ledger.kin(number)?.into();
                    hold(&mut self.kin, number, rows.clone());
                    rows
                }
            };
            for row in kin.iter() {
                let other = here.get(&row.other);
                // Two that are here are met twice.
                let wanted = match other {
                    Some(_) => row.other_is_second,
                    None => row.lost,
                };
                let Some(kinship) = (match wanted {
                    true => self.kinship(ledger, row.number)?,
                    false => None,
                }) else {
                    continue;
                };
                let other = match other {
                    Some(&other) => other.clone(),
                    None => self.report(ledger, row.other)?,
                };
                let pair = match row.other_is_second {
                    true => (report.clone(), other),
                    false => (other, report.clone()),
                };
                copies.push((pair, kinship));
            }
        }
        Ok(copies)
    }

    fn kinship(&mut self, ledger: &Ledger, number: i64) -> Result<Option<Arc<Kin>>, LedgerError> {
        if let Some(known) = self.kinships.get(&number) {
            return Ok(known.clone());
        }
        let kin = serde_json::from_str::<Kin>(&ledger.kinship(number)?);
        let kin = kin.ok().map(Arc::new);
        hold(&mut self.kinships, number, kin.clone());
        Ok(kin)
    }

    fn report(&mut self, ledger: &Ledger, lineage: i64) -> Result<ReportId, LedgerError> {
        if let Some(known) = self.reports.get(&lineage) {
            return Ok(known.clone());
        }
        let report = ReportId(ledger.report_of(lineage)?);
        hold(&mut self.reports, lineage, report.clone());
        Ok(report)
    }
}

fn hold<K: std::hash::Hash + Eq, V>(held: &mut HashMap<K, V>, key: K, value: V) {
    if held.len() >= MOST {
        held.clear();
    }
    held.insert(key, value);
}
