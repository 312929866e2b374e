//! One command a file: from arguments to output. What they show is made in `show`, what they do in `pipeline` and the ledger.

pub(crate) mod account;
pub(crate) mod backup;
pub(crate) mod claims;
pub(crate) mod codebook;
pub(crate) mod entity;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod finding;
pub(crate) mod findings;
pub(crate) mod judge;
mod looking;
mod material;
pub(crate) mod mcp;
pub(crate) mod models;
pub(crate) mod notices;
pub(crate) mod read;
pub(crate) mod report;
pub(crate) mod serve;
pub(crate) mod sources;

use sayso::pipeline::findings::Corroborator;
use sayso_corroborate::findings::Finding;
use sayso_ledger::{Ledger, Matched};

use crate::{
    args::Book,
    exit::{self, NotThere},
};

/// The one thing meant by the beginning of an id; `None` where there is nothing, an error where there are several.
fn one<T>(matched: Matched<T>, what: &str, prefix: &str) -> anyhow::Result<Option<T>> {
    match matched {
        Matched::One(found) => Ok(Some(found)),
        Matched::None => Ok(None),
        Matched::Many(ids) => {
            let ids = ids.join("\n  ");
            Err(NotThere(format!(
                "the ids of several {what}s begin with {prefix}; give more of one:\n  {ids}"
            ))
            .into())
        }
    }
}

/// The finding meant by the beginning of its id, or by a day of its occasion. `None`: there is none.
fn one_finding(ledger: &Ledger, prefix: &str) -> anyhow::Result<Option<Finding>> {
    if let Some(body) = one(ledger.finding(prefix)?, "finding", prefix)? {
        return Ok(Some(serde_json::from_str(&body)?));
    }
    let Some((id, day)) = prefix.split_once('-') else {
        return Ok(None);
    };
    let Some(number) = ledger.proposition(id)? else {
        return Ok(None);
    };
    for body in ledger.findings_of(number)? {
        let finding: Finding = serde_json::from_str(&body)?;
        if finding.holds(day) {
            return Ok(Some(finding));
        }
    }
    Ok(None)
}

/// The ledger with its findings as they are now: what was read since they were made is worked in first.
fn up_to_date(session: &crate::Session) -> anyhow::Result<Ledger> {
    let ledger = Ledger::look(&session.ledger)?;
    if ledger.made_by()?.is_some()
        && ledger.unworked(1)?.is_empty()
        && ledger.dirty(1)?.is_empty()
        && Corroborator::is_heeded(&ledger)?
    {
        return Ok(ledger);
    }
    drop(ledger);
    let mut ledger = Ledger::open(&session.ledger)?;
    let codebook = material::codebook(&Book { codebook: None })?;
    let gazetteer =
        sayso_gazetteer::Gazetteer::bundled().map_err(|error| exit::Material(error.to_string()))?;
    let sources = material::sources(session)?;
    let corroborator = Corroborator::new(&codebook, &gazetteer, &sources, &ledger)?;
    corroborator.catch_up(&mut ledger, &mut |_, _| {})?;
    Ok(ledger)
}
