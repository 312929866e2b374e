//! From claims to findings: what is new in the ledger is worked in, and what changes by it is made again.
//!
//! Only here do the stages that compare and the ledger that keeps meet. A kill at any moment leaves whole steps; the next run goes on.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use sayso_codebook::{Codebook, Kind};
use sayso_corroborate::{
    copies::{Reading, Relation, Sketch, relation},
    erosion::counterparts,
    findings::{Feature, Finding, Heard, Links, Making, Reach, findings},
    lineage::{Eroded, Kin, Lineage, Spelled},
    propositions::{Naming, Proposition},
};
use sayso_gazetteer::{Gazetteer, Hints, Placing, Spelling, fold};
use sayso_ledger::{FindingRow, Ledger, LedgerError, Matched, Unworked, Work};
use sayso_records::{Claim, ClaimId, Polarity, ReportId, Sha256};
use smol_str::SmolStr;

/// A key that more reports have says nothing about any two of them.
const MOST_HOLDERS: usize = 200;
/// Of the reports that share keys with a new one, so many are compared with it.
const MOST_COMPARED: usize = 64;
/// More narrower claims than this are not counted to a wide proposition: what everything entails says nothing.
const MOST_NARROWER: usize = 2_000;
/// Of the reports that only credit another, so many are looked at for what they lost.
const MOST_RETOLD: usize = 100;
/// Readings worked in in one step.
const STEP: usize = 64;

/// What findings are made with.
pub struct Corroborator<'c> {
    /// What counts, and what makes claims one finding.
    pub codebook: &'c Codebook,
    /// Who and where.
    pub gazetteer: &'c Gazetteer,
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
    /// The rules and data that findings depend on; others make all findings again.
    fn version(&self) -> String {
        let parts = [
            env!("CARGO_PKG_VERSION"),
            self.codebook.version(),
            self.gazetteer.version(),
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
                    .try_for_each(|reading| self.work_in(work, reading))
            })?;
            made.reports += readings.len();
            told("reports compared", made.reports);
        }
        let mut lineages = BTreeMap::new();
        loop {
            let dirty = ledger.dirty(STEP)?;
            if dirty.is_empty() {
                break;
            }
            let mut rows = Vec::new();
            for (number, body) in &dirty {
                let found = self.make(ledger, *number, body, &mut lineages)?;
                rows.push((
                    *number,
                    found
                        .iter()
                        .map(|finding| self.row(finding))
                        .collect::<Vec<_>>(),
                ));
            }
            ledger.work(|work| {
                rows.iter()
                    .try_for_each(|(number, rows)| work.keep_findings(*number, rows))
            })?;
            made.propositions += rows.len();
            told("findings made", made.propositions);
            // One run knows few reports well; a ledger of many is not held in memory.
            if lineages.len() > 20_000 {
                lineages.clear();
            }
        }
        Ok(made)
    }

    fn naming(&self) -> Naming<'_> {
        Naming {
            gazetteer: self.gazetteer,
            canonical: &|key| SmolStr::new(key),
        }
    }

    fn work_in(&self, work: &Work<'_>, reading: &Unworked) -> Result<(), LedgerError> {
        let report = &reading.report;
        let lineage = Lineage::of(report, reading.at.as_deref(), self.gazetteer);
        self.compare(work, reading, &lineage)?;
        let mut stated: BTreeMap<&str, i64> = BTreeMap::new();
        let mut stances: Vec<(i64, &Claim)> = Vec::new();
        for (number, claim) in &reading.claims {
            self.spellings(work, claim)?;
            let Some(kind) = self.codebook.kind(&claim.kind) else {
                continue;
            };
            if kind.finding.is_none() {
                stances.push((*number, claim));
                continue;
            }
            let Some(proposition) = self.naming().proposition(claim, kind) else {
                continue;
            };
            let of = self.keep(work, &proposition)?;
            stated.insert(&claim.id.0, of);
            let against = claim.polarity == Polarity::Denied
                || claim.certainty == sayso_records::Certainty::Doubted;
            work.state(*number, of, against)?;
        }
        for (number, claim) in stances {
            let about = claim
                .role("about")
                .iter()
                .find_map(|filler| stated.get(filler.claim.as_ref()?.0.as_str()));
            if let Some(of) = about {
                work.state(number, *of, true)?;
            }
        }
        work.worked(reading.reading)
    }

    fn keep(&self, work: &Work<'_>, proposition: &Proposition) -> Result<i64, LedgerError> {
        let id = proposition.id();
        if let Some(number) = work.proposition(&id)? {
            let kept = work.proposition_body(number)?;
            let kept = serde_json::from_str::<Proposition>(&kept).ok();
            if let Some(kept) = kept.filter(|kept| kept != proposition) {
                let both = kept.clone().or(proposition);
                if both != kept {
                    let body = serde_json::to_string(&both).unwrap_or_default();
                    work.rename(number, &body)?;
                    if both.closure() != kept.closure() {
                        work.link(number, &terms(&both), &both.wider(), &terms(&kept))?;
                    }
                }
            }
            return Ok(number);
        }
        let body = serde_json::to_string(proposition).unwrap_or_default();
        let number = work.add_proposition(&id, &body)?;
        work.link(number, &terms(proposition), &proposition.wider(), &[])?;
        Ok(number)
    }

    /// What the report is to those that share wording, names or numbers with it, and what was lost on the way.
    fn compare(
        &self,
        work: &Work<'_>,
        reading: &Unworked,
        lineage: &Lineage,
    ) -> Result<(), LedgerError> {
        let report = &reading.report;
        let read = Reading::of(report.title.as_deref(), &report.text);
        let sketch = Sketch::from(&read);
        let keys = sketch.keys();
        let sharing = work.sharing(&keys, MOST_HOLDERS)?;
        let others = sharing
            .into_iter()
            .filter(|(other, _)| *other != report.id.0)
            .take(MOST_COMPARED);
        for (other, _) in others {
            let (Some((title, text)), Some(body)) = (work.text_of(&other)?, work.lineage(&other)?)
            else {
                continue;
            };
            let Ok(of_other) = serde_json::from_str::<Lineage>(&body) else {
                continue;
            };
            let other_read = Reading::of(title.as_deref(), &text);
            let here = (&read, lineage.published.as_deref());
            let there = (&other_read, of_other.published.as_deref());
            let is_first = report.id.0 < other;
            let found = match is_first {
                true => relation(here, there),
                false => relation(there, here),
            };
            let Some(found) = found else { continue };
            let own: Vec<Claim> = reading
                .claims
                .iter()
                .map(|(_, claim)| claim.clone())
                .collect();
            let theirs = work.claims_of(&other)?;
            let (here, there) = ((lineage, own.as_slice()), (&of_other, theirs.as_slice()));
            let (a, b, of_a, of_b) = match is_first {
                true => (&report.id.0, &other, here, there),
                false => (&other, &report.id.0, there, here),
            };
            let kin = Kin::of(&found, of_a, of_b, self.codebook, &self.naming());
            work.keep_kin(a, b, &serde_json::to_string(&kin).unwrap_or_default())?;
        }
        let body = serde_json::to_string(lineage).unwrap_or_default();
        work.keep_lineage(&report.id.0, &body, &sketch.to_bytes(), &keys)?;
        Ok(())
    }

    /// How the claim spells its places. Where a spelling becomes rare by it, or ceases to be, what is said of the place is made again.
    fn spellings(&self, work: &Work<'_>, claim: &Claim) -> Result<(), LedgerError> {
        for place in &claim.place {
            let Some(entity) = &place.entity else {
                continue;
            };
            let spelling = fold(&place.text);
            let countries: Vec<&str> = place.country.as_deref().into_iter().collect();
            let hints = Hints {
                countries: &countries,
                ..Hints::default()
            };
            let known = match self.gazetteer.place(&place.text, &hints) {
                Placing::One(found) => found.via_spelling != Spelling::Near,
                Placing::Unsure(found) => found.iter().any(|found| {
                    found.id == entity.id.as_str() && found.via_spelling != Spelling::Near
                }),
                Placing::None => false,
            };
            let rare = |(each, all): (Vec<(String, u64, bool)>, u64)| -> Vec<String> {
                let rare = each.into_iter().filter(|(_, so, known)| {
                    Spelled {
                        so: *so,
                        all,
                        known: *known,
                    }
                    .is_rare()
                });
                rare.map(|(spelling, _, _)| spelling).collect()
            };
            let before = rare(work.spellings(&entity.id)?);
            let is_new = work.keep_spelling(&entity.id, &spelling, &claim.report.0, known)?;
            if is_new && before != rare(work.spellings(&entity.id)?) {
                work.soil_with(hash(&format!("place={}", entity.id)))?;
            }
        }
        Ok(())
    }

    /// The findings of one proposition, from all that is kept.
    fn make(
        &self,
        ledger: &Ledger,
        number: i64,
        body: &str,
        lineages: &mut BTreeMap<ReportId, Arc<Lineage>>,
    ) -> Result<Vec<Finding>, LedgerError> {
        let Ok(proposition) = serde_json::from_str::<Proposition>(body) else {
            return Ok(Vec::new());
        };
        let Some(kind) = self.codebook.kind(&proposition.kind) else {
            return Ok(Vec::new());
        };
        let mut claims: Vec<(Claim, Reach)> = Vec::new();
        for against in [false, true] {
            claims.extend(
                ledger
                    .stating(number, against)?
                    .into_iter()
                    .map(|claim| (claim, Reach::Same)),
            );
        }
        if !claims.is_empty() {
            let narrower = ledger.narrower(number)?;
            let mut sum = 0;
            for narrower in &narrower {
                sum += ledger.affirming(*narrower)?;
            }
            for narrower in narrower.into_iter().filter(|_| sum <= MOST_NARROWER) {
                claims.extend(
                    ledger
                        .stating(narrower, false)?
                        .into_iter()
                        .map(|claim| (claim, Reach::Narrower)),
                );
            }
            for wider in ledger.wider(number)? {
                claims.extend(
                    ledger
                        .stating(wider, true)?
                        .into_iter()
                        .map(|claim| (claim, Reach::Wider)),
                );
            }
        }
        let mut heard = Vec::new();
        for (claim, reach) in claims {
            let report = match lineages.get(&claim.report) {
                Some(known) => known.clone(),
                None => {
                    let Some(body) = ledger.lineage(&claim.report.0)? else {
                        continue;
                    };
                    let Ok(read) = serde_json::from_str::<Lineage>(&body) else {
                        continue;
                    };
                    let read = Arc::new(read);
                    lineages.insert(claim.report.clone(), read.clone());
                    read
                }
            };
            heard.push(Heard {
                claim,
                report,
                reach,
            });
        }
        let links = self.links(ledger, &heard)?;
        let mut found = findings(&self.making(kind), &proposition, heard, &links);
        for finding in &mut found {
            self.retold(ledger, finding, &links, kind)?;
        }
        Ok(found)
    }

    /// What those lost who tell it in words of their own with a credit, or have it from the source's own text; near copies are told already.
    fn retold(
        &self,
        ledger: &Ledger,
        finding: &mut Finding,
        links: &Links,
        kind: &Kind,
    ) -> Result<(), LedgerError> {
        let credits = [
            Feature::SourceItself,
            Feature::Credit,
            Feature::Link,
            Feature::Relay,
        ];
        let mut eroded = Vec::new();
        for origin in &finding.origins {
            let report_of: BTreeMap<&ClaimId, usize> = origin
                .tree
                .iter()
                .enumerate()
                .flat_map(|(at, branch)| branch.claims.iter().map(move |claim| (claim, at)))
                .collect();
            let joins = origin
                .joins
                .iter()
                .filter(|join| credits.contains(&join.feature));
            let pairs: BTreeSet<(usize, usize)> = joins
                .filter_map(|join| Some((*report_of.get(&join.from)?, *report_of.get(&join.to)?)))
                .collect();
            for (from, to) in pairs
                .into_iter()
                .filter(|(from, to)| from != to)
                .take(MOST_RETOLD)
            {
                let (from, to) = (&origin.tree[from], &origin.tree[to]);
                let pair = (
                    from.report.clone().min(to.report.clone()),
                    from.report.clone().max(to.report.clone()),
                );
                if links.kin.contains_key(&pair) {
                    continue;
                }
                let (of, now) = (
                    self.claims(ledger, &from.claims)?,
                    self.claims(ledger, &to.claims)?,
                );
                for (of, now) in counterparts(&of, &now, &Relation::unrelated()) {
                    eroded.extend(Eroded::between(of, now, kind, &self.naming()));
                }
            }
        }
        finding.erosion.extend(eroded);
        Ok(())
    }

    /// Claims with their sentences.
    fn claims(&self, ledger: &Ledger, ids: &[ClaimId]) -> Result<Vec<Claim>, LedgerError> {
        let mut claims = Vec::new();
        for id in ids {
            if let Matched::One(found) = ledger.claim(&id.0)? {
                claims.push(found.claim);
            }
        }
        Ok(claims)
    }

    fn making<'m>(&'m self, kind: &'m Kind) -> Making<'m> {
        Making {
            gazetteer: self.gazetteer,
            canonical: &|key| SmolStr::new(key),
            kind,
        }
    }

    /// What the reports of some claims have to do with each other.
    fn links(&self, ledger: &Ledger, heard: &[Heard]) -> Result<Links, LedgerError> {
        let mut links = Links::default();
        let here: BTreeSet<&ReportId> = heard.iter().map(|heard| &heard.claim.report).collect();
        for &report in &here {
            for (other, report_is_first, body) in ledger.kin(&report.0)? {
                let other = ReportId(other);
                let is_here = here.contains(&other);
                // Of two that are here it is met twice; of a copy that says something else only what it lost matters.
                if (report_is_first || !is_here)
                    && let Ok(kin) = serde_json::from_str::<Kin>(&body)
                    && (is_here || !kin.stand_for.is_empty())
                {
                    let pair = match report_is_first {
                        true => (report.clone(), other),
                        false => (other, report.clone()),
                    };
                    links.kin.insert(pair, kin);
                }
            }
        }
        for place in heard.iter().flat_map(|heard| &heard.claim.place) {
            let Some(entity) = &place.entity else {
                continue;
            };
            let key = (entity.id.clone(), fold(&place.text));
            if !links.spellings.contains_key(&key) {
                let (so, all, known) = ledger.spelled(&key.0, &key.1)?;
                links.spellings.insert(key, Spelled { so, all, known });
            }
        }
        Ok(links)
    }

    fn row(&self, finding: &Finding) -> FindingRow {
        let (mut about, mut places) = (Vec::new(), Vec::new());
        for term in &finding.proposition.terms {
            let list = if term.role == "place" {
                &mut places
            } else {
                &mut about
            };
            for named in std::iter::once(&term.is).chain(&term.within) {
                list.push(named.name.clone());
                list.push(named.key.to_string());
            }
        }
        let mut says: Vec<String> = finding.publishers.clone();
        says.extend(finding.origins.iter().map(|origin| origin.name.clone()));
        says.extend(finding.against.iter().map(|stance| stance.who.clone()));
        says.sort();
        says.dedup();
        let days = finding.days.as_ref().or(finding.seen.as_ref());
        FindingRow {
            id: finding.id.clone(),
            kind: finding.proposition.kind.to_string(),
            first_day: days.map(|(first, _)| first.clone()),
            last_day: days.map(|(_, last)| last.clone()),
            last_seen: finding.seen.as_ref().map(|(_, last)| last.clone()),
            established: finding.established,
            publishers: finding.publishers.len(),
            disputed: finding.stances.denied + finding.stances.doubted > 0,
            about,
            places,
            says,
            body: serde_json::to_string(finding).unwrap_or_default(),
        }
    }
}

/// Hashes of all terms a wider proposition may have, with whether each is its own.
fn terms(proposition: &Proposition) -> Vec<(i64, bool)> {
    let own = proposition.own_terms();
    let closure = proposition.closure();
    closure
        .iter()
        .map(|term| (hash(term), own.contains(term)))
        .collect()
}

/// A term as the ledger keeps it.
pub fn hash(term: &str) -> i64 {
    let digest = Sha256::of(term.as_bytes());
    let first: [u8; 8] = std::array::from_fn(|at| digest.0[at]);
    i64::from_le_bytes(first)
}
