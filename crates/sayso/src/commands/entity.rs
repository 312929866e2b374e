use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use sayso::pipeline::findings::hash;
use sayso_corroborate::findings::Finding;
use sayso_desk::likely::{Bearer, Likely, likely};
use sayso_gazetteer::Gazetteer;
use sayso_ledger::Ledger;
use sayso_ledger::Matched;
use sayso_records::{EntityKey, EntityType};
use sayso_resolve::judged::{Standing, name_key};

use super::{claims::nothing, judge, material, up_to_date};
use crate::{
    Session,
    args::Book,
    exit::{Ended, Material},
    show::entity::{Dossier, show},
};

/// Claims looked at for how reports write its name.
const LOOKED_AT: usize = 200;
/// Spellings shown.
const WRITTEN: usize = 12;
/// Names looked for that may mean the same.
const NAMES: usize = 8;
/// Of what may be the same so much is shown.
const MAY_BE: usize = 8;
/// The least share of names that may be the same.
const LEAST: f64 = 0.5;
/// The rank of a key that is only a name.
const NAME: u8 = 3;

pub(crate) fn run(session: &Session, name: &str, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let ledger = up_to_date(session)?;
    let gazetteer = Gazetteer::bundled().map_err(|error| Material(error.to_string()))?;
    let codebook = material::codebook(&Book { codebook: None })?;
    let standing = Standing::of(&ledger.judgements()?);
    // "drone" is a sort of thing before it is the beginning of a town's name.
    let sort = gazetteer
        .sorts(None, name)
        .into_iter()
        .next()
        .filter(|sort| sort.key.starts_with("item:"));
    let (key, name) = match sort {
        Some(sort) => (sort.key, sort.name),
        None => judge::entity(&ledger, &gazetteer, name)
            .map(|(key, name)| (key.as_str().to_owned(), name))?,
    };
    let first = standing.canonical(&key);
    let mut keys: Vec<String> = vec![first.to_owned()];
    keys.extend(
        standing
            .one_with(first)
            .into_iter()
            .filter(|key| *key != first)
            .map(str::to_owned),
    );
    let roles = codebook
        .kinds
        .iter()
        .flat_map(|kind| kind.finding.iter().flat_map(|finding| &finding.roles))
        .map(String::as_str);
    let roles: BTreeSet<&str> = roles.chain(["place"]).collect();
    let terms: Vec<i64> = roles
        .iter()
        .flat_map(|role| keys.iter().map(move |key| hash(&format!("{role}={key}"))))
        .collect();
    let mut findings: Vec<Finding> = Vec::new();
    for body in ledger.findings_with(&terms)? {
        findings.push(serde_json::from_str(&body)?);
    }
    if findings.is_empty() {
        return nothing(&format!(
            "no finding is about {name} ({first}); what it is made to say: sayso sources '{name}'"
        ));
    }
    let mut written: BTreeMap<String, usize> = BTreeMap::new();
    let claims: BTreeSet<&str> = findings
        .iter()
        .flat_map(|finding| &finding.claims)
        .map(|id| id.0.as_str())
        .collect();
    for id in claims.into_iter().take(LOOKED_AT) {
        let Matched::One(stored) = ledger.claim(id)? else {
            continue;
        };
        let mut claim = stored.claim;
        standing.put_right(&mut claim, &gazetteer);
        let fillers = claim.roles.iter().flat_map(|(_, fillers)| fillers);
        let fillers = fillers
            .filter(|it| it.claim.is_none())
            .map(|it| (&it.entity, &it.name, &it.text));
        let places = claim.place.iter();
        let places = places.map(|it| (&it.entity, &it.text, &it.text));
        for (entity, name, text) in fillers.chain(places) {
            let own = match entity {
                Some(entity) => keys.iter().any(|key| *key == entity.id.as_str()),
                None => {
                    name_key(name).is_some_and(|name| keys.iter().any(|key| key == name.as_str()))
                }
            };
            if own {
                *written.entry(text.clone()).or_default() += 1;
            }
        }
    }
    let mut written: Vec<(String, usize)> = written.into_iter().collect();
    written.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    written.truncate(WRITTEN);
    // A name alone is called as reports write it, not as it is folded.
    let name = match key.starts_with("name:") {
        true => (findings.iter().flat_map(|it| &it.proposition.terms))
            .find(|term| term.is.key == first)
            .map_or(name, |term| term.is.name.clone()),
        false => name,
    };
    let may_be = may_be(&ledger, &gazetteer, &standing, &keys, &findings)?;
    let country = gazetteer.by_id(first).and_then(|known| known.country);
    let located_in: Vec<String> = gazetteer
        .above(first, &name, country)
        .into_iter()
        .map(|(_, name)| name)
        .collect();
    let dossier = Dossier {
        listed: keys
            .iter()
            .any(|key| EntityKey::parse(key).is_some_and(|key| key.rank() < NAME)),
        may_be: &may_be,
        keys: &keys,
        name: &name,
        located_in: &located_in,
        written: &written,
        findings: &findings,
    };
    show(out, session.screen, &dossier)?;
    Ok(Ended::Done)
}

/// Who may be the same as what is known by `keys`, as its names compare: nobody that a person joined with it or holds apart from it, and of
/// two that are both listed neither, for whoever listed them told them apart.
fn may_be(
    ledger: &Ledger,
    gazetteer: &Gazetteer,
    standing: &Standing,
    keys: &[String],
    findings: &[Finding],
) -> anyhow::Result<Vec<Likely>> {
    let rank = |key: &str| EntityKey::parse(key).map_or(0, |key| key.rank());
    let Some(first) = keys.first().filter(|key| !key.starts_with("item:")) else {
        return Ok(Vec::new());
    };
    let listed = keys.iter().any(|key| rank(key) < NAME);
    let terms = findings.iter().flat_map(|it| &it.proposition.terms);
    let own = terms.filter(|term| keys.iter().any(|key| *key == term.is.key.as_str()));
    let names: BTreeSet<(&str, EntityType)> =
        own.map(|term| (term.is.name.as_str(), term.kind)).collect();
    let mut best: BTreeMap<EntityKey, Likely> = BTreeMap::new();
    for (name, sort) in names.into_iter().take(NAMES) {
        let asked = Bearer {
            name,
            sort: Some(sort),
            listed,
        };
        for it in likely(ledger, gazetteer, &asked, LEAST)? {
            let other = standing.canonical(it.key.as_str());
            let settled = keys.iter().any(|key| key == other)
                || standing.apart(first, other).is_some()
                || listed && rank(other) < NAME;
            if settled {
                continue;
            }
            let Some(other) = EntityKey::parse(other) else {
                continue;
            };
            if best.get(&other).is_none_or(|known| known.share < it.share) {
                best.insert(other.clone(), Likely { key: other, ..it });
            }
        }
    }
    let mut best: Vec<Likely> = best.into_values().collect();
    best.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.key.cmp(&b.key)));
    best.truncate(MAY_BE);
    Ok(best)
}
