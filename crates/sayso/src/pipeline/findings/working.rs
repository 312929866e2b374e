//! One new reading: what it is to the others, what its claims state.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
};

use sayso_corroborate::{
    copies::{Reading, Sketch, relation},
    lineage::{Kin, Lineage, Spelled},
    propositions::Proposition,
};
use sayso_gazetteer::{Hints, Placing, Spelling, fold};
use sayso_ledger::{LedgerError, Met, Publisher, Sharing, Unworked, Work};
use sayso_records::{Certainty, Claim, EntityType, Polarity};
use sayso_resolve::{
    compare::{Name, blocks},
    is_name,
    judged::name_key,
    named,
};

use super::{Corroborator, hash};

/// With which reports that share keys with a new one it is compared: those that share most first. Copies of one text are one class through one
/// another, so that not all pairs of them have to be looked at; and a single key is soon shared.
const WANTED: Sharing = Sharing {
    most: 200,
    wanted: 24,
    alone: 16,
};

impl Corroborator<'_> {
    pub(super) fn work_in(
        &self,
        work: &Work<'_>,
        reading: &Unworked,
        texts: &mut Texts,
    ) -> Result<(), LedgerError> {
        let report = &reading.report;
        let lineage = Lineage::of(report, reading.at.as_deref(), self.gazetteer, self.sources);
        self.compare(work, reading, &lineage, texts)?;
        work.unstate(reading.reading)?;
        let publisher = report.publisher.as_deref();
        if let Some(name) = publisher.filter(|name| named(name, self.gazetteer).is_none()) {
            self.name(work, name, EntityType::Organisation)?;
        }
        let when = (lineage.published.as_deref(), hash(&report.id.0));
        let mut stated: BTreeMap<String, i64> = BTreeMap::new();
        let mut stances: Vec<(i64, &Claim)> = Vec::new();
        for (number, claim) in &reading.claims {
            let mut freed = claim.clone();
            self.standing.put_right(&mut freed, self.gazetteer);
            self.spellings(work, &freed)?;
            self.names(work, &freed)?;
            let Some(kind) = self.codebook.kind(&claim.kind) else {
                continue;
            };
            if kind.finding.is_none() {
                stances.push((*number, claim));
                continue;
            }
            let Some(proposition) = self.naming().proposition(&freed, kind) else {
                continue;
            };
            let of = self.keep(work, &proposition)?;
            stated.insert(claim.id.0.clone(), of);
            let against =
                claim.polarity == Polarity::Denied || claim.certainty == Certainty::Doubted;
            work.state(*number, of, against, when)?;
        }
        for (number, claim) in stances {
            let about = claim
                .role("about")
                .iter()
                .find_map(|filler| stated.get(filler.claim.as_ref()?.0.as_str()));
            if let Some(of) = about {
                work.state(number, *of, true, when)?;
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
        texts: &mut Texts,
    ) -> Result<(), LedgerError> {
        let report = &reading.report;
        let read = Reading::of(report.title.as_deref(), &report.text);
        let sketch = Sketch::from(&read);
        let body = serde_json::to_string(lineage).unwrap_or_default();
        let publisher = lineage.publisher.as_ref().map(|named| Publisher {
            key: &named.key,
            name: &named.name,
            kind: lineage.kind.as_deref(),
            owner: lineage.owner.as_deref(),
        });
        let number =
            work.keep_lineage(&report.id.0, &body, &sketch.to_bytes(), publisher.as_ref())?;
        texts.forget(number);
        let keys = sketch.keys();
        let own: Vec<Claim> = reading
            .claims
            .iter()
            .map(|(_, claim)| claim.clone())
            .collect();
        for (other, id) in work.sharing(&keys, number, WANTED)? {
            let Some(text) = texts.of(work, other, &id)? else {
                continue;
            };
            let here = (&read, lineage.published.as_deref());
            let there = (&text.read, text.lineage.published.as_deref());
            let is_first = report.id.0 < id;
            let found = match is_first {
                true => relation(here, there),
                false => relation(there, here),
            };
            let Some(found) = found else { continue };
            let theirs = work.claims_of(&id)?;
            let (here, there) = (
                (lineage, own.as_slice()),
                (&text.lineage, theirs.as_slice()),
            );
            let (a, b, of_a, of_b) = match is_first {
                true => (number, other, here, there),
                false => (other, number, there, here),
            };
            let kin = Kin::of(&found, of_a, of_b, self.codebook, &self.naming());
            let body = serde_json::to_string(&kin).unwrap_or_default();
            work.keep_kin(a, b, !kin.eroded.is_empty(), &body)?;
        }
        work.keep_keys(number, &keys)
    }

    /// Names in a claim that no entity is known for.
    fn names(&self, work: &Work<'_>, claim: &Claim) -> Result<(), LedgerError> {
        let fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
        let fillers = fillers
            .filter(|it| it.entity.is_none() && it.claim.is_none())
            .map(|it| (&it.name, it.kind));
        let sources = claim.sources.iter();
        let sources = sources
            .filter(|it| it.entity.is_none() && !it.unnamed)
            .map(|it| (&it.name, it.kind));
        let places = claim.place.iter().filter(|it| it.entity.is_none());
        let places = places.map(|it| (&it.text, EntityType::Place));
        for (name, sort) in fillers.chain(sources).chain(places) {
            self.name(work, name, sort)?;
        }
        Ok(())
    }

    fn name(&self, work: &Work<'_>, name: &str, sort: EntityType) -> Result<(), LedgerError> {
        if let Some(key) = name_key(name).filter(|_| is_name(name, self.gazetteer)) {
            let blocks = blocks(&Name {
                text: name,
                sort: Some(sort),
            });
            let met = Met {
                key: key.to_string(),
                name: name.to_owned(),
                sort,
            };
            work.keep_name(&blocks, &met)?;
        }
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
}

/// Reports cut up for comparison, by the numbers of their lineages: what is new is compared with much the same reports.
#[derive(Default)]
pub(super) struct Texts(HashMap<i64, Rc<CutUp>>);

/// A report's text cut up, and where it has things from.
struct CutUp {
    read: Reading,
    lineage: Lineage,
}

/// Texts held at a time: a few dozen megabytes.
const MOST_TEXTS: usize = 2_000;

impl Texts {
    fn of(
        &mut self,
        work: &Work<'_>,
        number: i64,
        report: &str,
    ) -> Result<Option<Rc<CutUp>>, LedgerError> {
        if let Some(known) = self.0.get(&number) {
            return Ok(Some(known.clone()));
        }
        let (Some((title, text)), Some(body)) = (work.text_of(report)?, work.lineage(number)?)
        else {
            return Ok(None);
        };
        let Ok(lineage) = serde_json::from_str(&body) else {
            return Ok(None);
        };
        let read = Reading::of(title.as_deref(), &text);
        let text = Rc::new(CutUp { read, lineage });
        if self.0.len() >= MOST_TEXTS {
            self.0.clear();
        }
        self.0.insert(number, text.clone());
        Ok(Some(text))
    }

    /// Forgets a report that is read again.
    fn forget(&mut self, number: i64) {
        self.0.remove(&number);
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
