use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use sayso::pipeline::findings::hash;
use sayso_corroborate::findings::Finding;
use sayso_gazetteer::Gazetteer;
use sayso_ledger::Matched;
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
        standing.let_go(&mut claim);
        let fillers = claim
            .roles
            .iter()
            .flat_map(|(_, fillers)| fillers)
            .map(|filler| (&filler.entity, &filler.text));
        let places = claim.place.iter().map(|place| (&place.entity, &place.text));
        for (entity, text) in fillers.chain(places) {
            let key = match entity {
                Some(entity) => Some(entity.id.to_string()),
                None => name_key(text).map(|key| key.to_string()),
            };
            if key.is_some_and(|key| keys.contains(&key)) {
                *written.entry(text.clone()).or_default() += 1;
            }
        }
    }
    let mut written: Vec<(String, usize)> = written.into_iter().collect();
    written.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    written.truncate(WRITTEN);
    let dossier = Dossier {
        keys: &keys,
        name: &name,
        written: &written,
        findings: &findings,
    };
    show(out, session.screen, &dossier)?;
    Ok(Ended::Done)
}
