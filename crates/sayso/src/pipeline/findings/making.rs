//! The findings of one proposition, from all that is kept.

use std::{
    collections::{BTreeMap, BTreeSet, btree_map::Entry},
    sync::Arc,
};

use sayso_codebook::Kind;
use sayso_corroborate::{
    copies::Relation,
    erosion::counterparts,
    findings::{Feature, Finding, Heard, Links, Making, Reach, findings},
    lineage::{Eroded, Spelled},
    propositions::{Proposition, Term},
};
use sayso_gazetteer::fold;
use sayso_ledger::{FindingRow, Ledger, LedgerError, Matched};
use sayso_records::{Claim, ClaimId, Filler, FindingId, Pair};

use super::{Corroborator, fetched::Fetched, judged::Judged};

/// Of the reports that only credit another, so many are looked at for what they lost.
const MOST_RETOLD: usize = 100;

impl Corroborator<'_> {
    /// The findings of one proposition as rows, from all that is kept.
    pub(super) fn make(
        &self,
        ledger: &Ledger,
        number: i64,
        body: &str,
        fetched: &mut Fetched<'_>,
    ) -> Result<Vec<FindingRow>, LedgerError> {
        let Ok(proposition) = serde_json::from_str::<Proposition>(body) else {
            return Ok(Vec::new());
        };
        let Some(kind) = self.codebook.kind(&proposition.kind) else {
            return Ok(Vec::new());
        };
        let mut judged = Judged::of(&self.standing, &proposition.id());
        if judged.is_another {
            return Ok(Vec::new());
        }
        let mut claims: Vec<(Arc<Claim>, Reach)> = Vec::new();
        let mut beside = Beside::default();
        let mut stating = vec![number];
        for other in &judged.same {
            stating.extend(ledger.proposition(other)?);
        }
        for number in stating {
            for against in [false, true] {
                for at in ledger.stating(number, against)? {
                    if let Some(claim) = fetched.claim(ledger, at, against)? {
                        beside.numbers.insert(claim.id.clone(), at);
                        claims.push((claim, Reach::Same));
                    }
                }
            }
        }
        for claim in &judged.joined {
            claims.extend(self.claim(ledger, claim)?.map(|it| (it, Reach::Same)));
        }
        for claim in judged.compared(&self.standing, &claims) {
            claims.extend(self.claim(ledger, &claim)?.map(|it| (it, Reach::Same)));
        }
        if !claims.is_empty() {
            for at in ledger.heeded(number)? {
                if let Some(claim) = fetched.claim(ledger, at, false)? {
                    beside.numbers.insert(claim.id.clone(), at);
                    claims.push((claim, Reach::Narrower));
                }
            }
            for wider in ledger.wider(number)? {
                for claim in ledger.stating(wider, true)? {
                    let claim = fetched.claim(ledger, claim, true)?;
                    claims.extend(claim.map(|claim| (claim, Reach::Wider)));
                }
            }
        }
        let mut heard = Vec::new();
        for (claim, reach) in claims {
            // What was misread counts for nothing, nor does a doubt about it.
            let mut about = claim.role("about").iter().flat_map(|it| &it.claim);
            if self.standing.is_rejected(&claim.id)
                || about.any(|claim| self.standing.is_rejected(claim))
                || judged.parted.contains(&claim.id)
            {
                continue;
            }
            if let Some((_, report)) = fetched.lineage(ledger, &claim.report)? {
                // It may name the claim of the other half; here its words count.
                let alone = |filler: &Filler| Filler {
                    claim: None,
                    ..filler.clone()
                };
                let exchange = claim.role("exchange").iter().map(alone);
                let exchange = exchange.filter_map(|it| self.naming().filler("exchange", &it));
                let exchange: Vec<_> = exchange
                    .map(|term| (term.is.key.to_string(), term.is.name))
                    .collect();
                if !exchange.is_empty() {
                    beside.exchange.insert(claim.id.clone(), exchange);
                }
                if let Some(publisher) = &report.publisher {
                    let named = (publisher.name.clone(), publisher.key.to_string());
                    beside.publishers.extend([named]);
                }
                heard.push(Heard {
                    claim,
                    report,
                    reach,
                });
            }
        }
        let links = self.links(ledger, &heard, fetched)?;
        let mut found = findings(&self.making(kind, fetched), &proposition, heard, &links);
        for finding in &mut found {
            self.retold(ledger, finding, &links, kind)?;
            let rejected = |claim: &ClaimId| self.standing.is_rejected(claim);
            (finding.erosion).retain(|it| !rejected(&it.from) && !rejected(&it.to));
            self.graded(finding);
        }
        Ok(found.iter().map(|finding| row(finding, &beside)).collect())
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

    /// A claim as it stands, as people have it.
    fn claim(&self, ledger: &Ledger, id: &ClaimId) -> Result<Option<Arc<Claim>>, LedgerError> {
        let Matched::One(stored) = ledger.claim(&id.0)? else {
            return Ok(None);
        };
        let mut claim = stored.claim;
        self.standing.put_right(&mut claim, self.gazetteer);
        Ok(Some(Arc::new(claim)))
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

    /// A person's grade in the place of the computed one.
    fn graded(&self, finding: &mut Finding) {
        let id = finding.id.get(..16).unwrap_or("");
        let here = self
            .standing
            .occasions(id)
            .filter(|(day, ..)| finding.holds(day));
        let here = here.map(|(_, grade, judgement)| (grade, judgement)).last();
        let grade = here.or_else(|| self.standing.credibility(&FindingId(finding.id.clone())));
        if let Some((grade, judgement)) = grade {
            let why = if judgement.why.is_empty() {
                "no reason given"
            } else {
                &judgement.why
            };
            let day = judgement.at.get(..10).unwrap_or(&judgement.at);
            let said = format!(
                "graded {} by {} on {day}: {why} (computed: {})",
                grade.get(),
                judgement.who,
                finding.credibility.grade
            );
            finding.credibility.grade = grade.get();
            finding.credibility.reasons.insert(0, said);
        }
    }

    fn making<'m>(&'m self, kind: &'m Kind, fetched: &'m Fetched<'_>) -> Making<'m> {
        Making {
            gazetteer: self.gazetteer,
            governments: &fetched.governments,
            sources: self.sources,
            canonical: &*self.canonical,
            kind,
        }
    }

    /// What the reports of some claims have to do with each other.
    fn links(
        &self,
        ledger: &Ledger,
        heard: &[Heard],
        fetched: &mut Fetched<'_>,
    ) -> Result<Links, LedgerError> {
        let mut links = Links::default();
        for (pair, joins, judgement) in self.standing.pairs() {
            match pair {
                Pair::Origins(a, b) if joins => {
                    links
                        .same
                        .push((a.clone(), b.clone(), judgement.why.clone()))
                }
                Pair::Origins(a, b) => links.apart.push((a.clone(), b.clone())),
                _ => {}
            }
        }
        links.kin.extend(fetched.copies(ledger, heard)?);
        for place in heard.iter().flat_map(|heard| &heard.claim.place) {
            let Some(entity) = &place.entity else {
                continue;
            };
            let key = (entity.id.clone(), fold(&place.text));
            if let Entry::Vacant(entry) = links.spellings.entry(key) {
                let (place, spelling) = entry.key();
                let (so, all, known) = ledger.spelled(place, spelling)?;
                entry.insert(Spelled { so, all, known });
            }
        }
        Ok(links)
    }
}

/// What a row says that a finding does not.
#[derive(Default)]
struct Beside {
    /// Numbers of claims.
    numbers: BTreeMap<ClaimId, i64>,
    /// Publishers' keys by their names.
    publishers: BTreeMap<String, String>,
    /// What some claims say is given in return: key and name.
    exchange: BTreeMap<ClaimId, Vec<(String, String)>>,
}

fn row(finding: &Finding, beside: &Beside) -> FindingRow {
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
    says.extend(
        finding
            .origins
            .iter()
            .filter_map(|origin| origin.key.as_ref().map(ToString::to_string)),
    );
    says.extend(finding.against.iter().map(|stance| stance.who.clone()));
    says.sort();
    says.dedup();
    let days = finding.days.as_ref().or(finding.seen.as_ref());
    let against = finding.against.iter().flat_map(|stance| &stance.said);
    let claims = finding.claims.iter().chain(against.map(|said| &said.claim));
    let numbers = claims.filter_map(|claim| beside.numbers.get(claim).copied());
    let (begun, latest) = numbers.fold((i64::MAX, 0), |(first, last), at| {
        (first.min(at), last.max(at))
    });
    let term = |term: &Term| {
        let (role, key) = (term.role.to_string(), term.is.key.to_string());
        (role, key, term.is.name.clone())
    };
    let mut terms: Vec<_> = finding.proposition.terms.iter().map(term).collect();
    let exchange = finding
        .claims
        .iter()
        .filter_map(|claim| beside.exchange.get(claim));
    let exchange = exchange
        .flatten()
        .map(|(key, name)| ("exchange".to_owned(), key.clone(), name.clone()));
    terms.extend(exchange.collect::<BTreeSet<_>>());
    FindingRow {
        id: finding.id.clone(),
        kind: finding.proposition.kind.to_string(),
        first_day: days.map(|(first, _)| first.clone()),
        last_day: days.map(|(_, last)| last.clone()),
        last_seen: finding.seen.as_ref().map(|(_, last)| last.clone()),
        established: finding.established,
        unknown: finding.unknown,
        publishers: finding.publishers.len(),
        denied: finding.stances.denied,
        doubted: finding.stances.doubted,
        grade: finding.credibility.grade,
        status: finding.status.as_ref().map(|(_, high)| high.to_string()),
        begun: if latest == 0 { 0 } else { begun },
        latest,
        terms,
        sources: sources(finding, &beside.publishers),
        about,
        places,
        says,
        body: serde_json::to_string(finding).unwrap_or_default(),
    }
}

/// Who begins a finding, and who repeats what begins with somebody else.
fn sources(
    finding: &Finding,
    publishers: &BTreeMap<String, String>,
) -> Vec<(String, String, bool)> {
    let mut out = Vec::new();
    for origin in &finding.origins {
        let Some(key) = origin.key.as_deref() else {
            continue;
        };
        if origin.established {
            out.push((key.to_owned(), origin.name.clone(), true));
        }
        for branch in &origin.tree {
            if let Some(other) = publishers.get(&branch.publisher).filter(|it| *it != key) {
                out.push((other.clone(), branch.publisher.clone(), false));
            }
        }
    }
    out
}
