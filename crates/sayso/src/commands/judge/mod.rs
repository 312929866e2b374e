//! Judgements: from names on the command line to one row in the ledger, and what it changed.

mod list;
mod named;
mod tell;

use std::{env, io::Write};

use sayso_codebook::Codebook;
use sayso_desk::{correcting::Asked, labels::Labels};
use sayso_gazetteer::Gazetteer;
use sayso_ledger::{Ledger, Matched};
use sayso_records::{
    Act, ClaimId, Correction, Credibility, EntityKey, FindingId, Judgement, JudgementId, Pair,
    Reliability, Stated,
};
use sayso_resolve::judged::{Refusal, Standing};

use super::{one, one_finding, up_to_date};
use crate::{
    Session,
    args::judging::{self, Judging},
    exit::{Ended, Material, NotThere, Refused, Usage},
    show::{Tone, clean, text},
};
use named::Named;
pub(in crate::commands) use sayso_desk::meant::keys;

/// The entity meant by `text`, as its key and what to call it.
///
/// # Errors
/// It means none, or several: these are listed with their ids.
pub(super) fn entity(
    ledger: &Ledger,
    gazetteer: &Gazetteer,
    text: &str,
) -> anyhow::Result<(EntityKey, String)> {
    let mut labels = Labels::new(gazetteer);
    let key = Named {
        ledger,
        gazetteer,
        labels: &mut labels,
    }
    .entity(text)?;
    let name = labels.name(key.as_str());
    Ok((key, name))
}

/// What is known before anything is judged.
struct Desk {
    ledger: Ledger,
    gazetteer: Gazetteer,
    standing: Standing,
}

impl Desk {
    fn open(session: &Session, what: &Judging) -> anyhow::Result<Self> {
        let ledger = match what {
            // Findings can be meant.
            Judging::Same { .. } | Judging::Differ { .. } | Judging::Grade { .. } => {
                up_to_date(session)?
            }
            _ => Ledger::look(&session.ledger)?,
        };
        let gazetteer = Gazetteer::bundled().map_err(|error| Material(error.to_string()))?;
        let standing = Standing::of(&ledger.judgements()?);
        Ok(Self {
            ledger,
            gazetteer,
            standing,
        })
    }
}

pub(crate) fn run(session: &Session, what: &Judging, out: &mut dyn Write) -> anyhow::Result<Ended> {
    let desk = Desk::open(session, what)?;
    let mut labels = Labels::new(&desk.gazetteer);
    let mut names = Named {
        ledger: &desk.ledger,
        gazetteer: &desk.gazetteer,
        labels: &mut labels,
    };
    let (act, who, why) = match what {
        Judging::Judgements => {
            return list::run(session, &desk.ledger, &desk.standing, &labels, out);
        }
        Judging::Merge { pair, by } => (
            Act::Same(entities(&mut names, pair)?),
            &by.who,
            Some(&by.why),
        ),
        Judging::Split { entity, name, by } => {
            (split(&mut names, entity, name)?, &by.who, Some(&by.why))
        }
        Judging::Same { pair, origin, by } => (
            Act::Same(compared(&mut names, pair, *origin)?),
            &by.who,
            by.why.as_ref(),
        ),
        Judging::Differ { pair, origin, by } => (
            Act::Differ(compared(&mut names, pair, *origin)?),
            &by.who,
            Some(&by.why),
        ),
        Judging::Grade { what, source, by } => (
            grade(&mut names, what, source.as_deref())?,
            &by.who,
            Some(&by.why),
        ),
        Judging::Accept { claim, by } => (
            Act::Accept(claimed(&desk.ledger, claim)?),
            &by.who,
            by.why.as_ref(),
        ),
        Judging::Unsure { claim, by } => (
            Act::Unsure(claimed(&desk.ledger, claim)?),
            &by.who,
            by.why.as_ref(),
        ),
        Judging::Reject { claim, by } => (
            Act::Reject(claimed(&desk.ledger, claim)?),
            &by.who,
            Some(&by.why),
        ),
        Judging::Correct {
            claim,
            field,
            value,
            by,
        } => (
            correct(&mut names, claim, field, value)?,
            &by.who,
            Some(&by.why),
        ),
        Judging::Undo { id, by } => (undo(&desk.standing, id)?, &by.who, by.why.as_ref()),
    };
    let why = why.map_or("", String::as_str);
    let judgement = Judgement::new(act, &user(who.who.clone())?, &now(), why)
        .map_err(|error| Usage(error.to_string()))?;
    judge(session, &desk, &labels, &judgement, out)
}

/// What is said of one field of a claim.
fn correct(
    names: &mut Named<'_, '_>,
    claim: &str,
    field: &str,
    value: &str,
) -> anyhow::Result<Act> {
    let id = claimed(names.ledger, claim)?;
    let Matched::One(stored) = names.ledger.claim(&id.0)? else {
        return Err(NotThere(format!("no claim has the id {claim}")).into());
    };
    let codebook = Codebook::bundled().map_err(|error| Material(error.to_string()))?;
    let asked = Asked::of(
        (&codebook, names.gazetteer),
        &stored.claim.kind,
        field,
        value,
    )
    .map_err(|error| Usage(error.to_string()))?;
    let correction = match asked {
        Asked::Is(correction) => correction,
        Asked::Named { field, name } => {
            let key = names.entity(&name)?;
            Correction {
                words: match names.gazetteer.by_id(key.as_str()) {
                    Some(known) => known.name.into_owned(),
                    None if key.as_str().starts_with("name:") => name,
                    None => names.labels.name(key.as_str()),
                },
                key: Some(key),
                field,
            }
        }
    };
    Ok(Act::Correct(id, correction))
}

/// Writes a judgement down, unless something stands in its way, and tells what came of it.
fn judge(
    session: &Session,
    desk: &Desk,
    labels: &Labels<'_>,
    judgement: &Judgement,
    out: &mut dyn Write,
) -> anyhow::Result<Ended> {
    let before = &desk.standing;
    let screen = session.screen;
    let told = clean(&labels.act(&judgement.act));
    let instead = match before.check(&judgement.act) {
        Ok(instead) => instead,
        Err(refusal @ (Refusal::Already(_) | Refusal::Undone(_))) => {
            let said = format!("{told}: {}; nothing was added", clean(&refusal.to_string()));
            text(out, screen, Tone::Plain, "", &said)?;
            return Ok(Ended::Done);
        }
        Err(refusal @ Refusal::Unknown(_)) => return Err(NotThere(refusal.to_string()).into()),
        Err(refusal) => return Err(Refused(format!("{told}: {refusal}")).into()),
    };
    let mut ledger = Ledger::open(&session.ledger)?;
    ledger.judge(judgement)?;
    let after = Standing::of(&ledger.judgements()?);
    text(out, screen, Tone::Strong, "", &told)?;
    let mut lines = tell::about(&desk.ledger, &judgement.act)?;
    match (&judgement.act, instead) {
        (Act::Undo(_), Some(undone)) => {
            lines.push(format!("it said: {}", labels.act(&undone.act)));
            lines.extend(tell::about(&desk.ledger, &undone.act)?);
        }
        (Act::Reject(_), _) => lines.push("it counts in no finding from now on".to_owned()),
        (Act::Same(Pair::Entities(a, _)), _) => {
            lines.push(format!(
                "known from now on as {}",
                labels.key(after.canonical(a.as_str()))
            ));
        }
        _ => {}
    }
    lines.extend(tell::changes(before, &after, judgement, labels));
    let back = match judgement.act {
        Act::Undo(_) => "make that judgement again".to_owned(),
        _ => format!("sayso undo {}", judgement.id),
    };
    lines.push(format!("judgement {} by {}", judgement.id, judgement.who));
    lines.push(format!("to take it back: {back}"));
    for line in lines {
        text(out, screen, Tone::Plain, "  ", &clean(&line))?;
    }
    Ok(Ended::Done)
}

/// Under which name judgements are kept: as said, else as the system knows the user.
pub(super) fn user(who: Option<String>) -> anyhow::Result<String> {
    let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    who.or_else(|| ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(set))
        .ok_or_else(|| {
            Usage("it is not known who you are: say who judges with --who".into()).into()
        })
}

/// The clock: now, RFC 3339 in UTC, fine enough that a judgement made again at once is another one.
pub(super) fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Microsecond)
        .unwrap_or(now)
        .to_string()
}

fn entities(names: &mut Named<'_, '_>, pair: &judging::Pair) -> anyhow::Result<Pair> {
    let (a, b) = (names.entity(&pair.a)?, names.entity(&pair.b)?);
    if a == b {
        let what = names.labels.key(a.as_str());
        return Err(Usage(format!(
            "{} and {} both mean {what}: write name:... to judge a name apart from what it means",
            pair.a, pair.b
        ))
        .into());
    }
    Ok(Pair::Entities(a, b))
}

/// `name` does not mean `entity`.
fn split(names: &mut Named<'_, '_>, entity: &str, name: &str) -> anyhow::Result<Act> {
    let entity = names.entity(entity)?;
    let name = names.name(name)?;
    Ok(Act::Differ(Pair::Entities(entity, name)))
}

/// What two words on the command line are compared in.
fn compared(names: &mut Named<'_, '_>, pair: &judging::Pair, origin: bool) -> anyhow::Result<Pair> {
    let usage = |message: String| Err(Usage(message).into());
    match (
        stated(names.ledger, &pair.a)?,
        stated(names.ledger, &pair.b)?,
    ) {
        (Some(Stated::Claim(a)), Some(Stated::Claim(b))) if origin => Ok(Pair::Origins(a, b)),
        _ if origin => usage("--origin compares two claims: give their ids".to_owned()),
        (Some(a), Some(b)) => Ok(Pair::Propositions(a, b)),
        (None, None) => entities(names, pair),
        _ => usage(format!(
            "{} and {} are not of one kind: compare two entities, or two claims or findings",
            pair.a, pair.b
        )),
    }
}

/// The claim or finding that was written as an id. `None`: it is no id of either.
fn stated(ledger: &Ledger, text: &str) -> anyhow::Result<Option<Stated>> {
    let (kind, id) = match text.trim().split_once(':') {
        Some((kind @ ("claim" | "finding"), id)) => (Some(kind), id),
        _ => (None, text.trim()),
    };
    let id = id.to_ascii_lowercase();
    // Names of so many letters with nothing but a to f among them are hardly met.
    let digits = id.split('-').next().unwrap_or("");
    let like = (8..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
    if !like && kind.is_none() {
        return Ok(None);
    }
    if like
        && kind != Some("finding")
        && let Some(stored) = one(ledger.claim(&id)?, "claim", &id)?
    {
        return Ok(Some(Stated::Claim(stored.claim.id)));
    }
    if kind != Some("claim")
        && let Some(finding) = finding(ledger, &id)?
    {
        return Ok(Some(Stated::Finding(finding)));
    }
    let what = kind.unwrap_or("claim or finding");
    Err(NotThere(format!(
        "there is no {what} {id} in this ledger: sayso claims and sayso findings show the ids"
    ))
    .into())
}

/// The claim whose id begins with `prefix`.
fn claimed(ledger: &Ledger, prefix: &str) -> anyhow::Result<ClaimId> {
    let id = prefix.trim();
    let id = id.strip_prefix("claim:").unwrap_or(id);
    match one(ledger.claim(id)?, "claim", id)? {
        Some(stored) => Ok(stored.claim.id),
        None => Err(NotThere(format!(
            "no claim's id begins with {id}: sayso claims shows an id before each sentence"
        ))
        .into()),
    }
}

/// What a judgement knows the finding by whose id begins with `prefix`. `None`: there is none.
fn finding(ledger: &Ledger, prefix: &str) -> anyhow::Result<Option<FindingId>> {
    let found = one_finding(ledger, prefix)?;
    Ok(found.map(|finding| FindingId(finding.anchor())))
}

fn grade(names: &mut Named<'_, '_>, what: &[String], source: Option<&str>) -> anyhow::Result<Act> {
    let usage = |message: String| Err(Usage(message).into());
    match (source, what) {
        (Some(source), [grade]) => match Reliability::parse(grade) {
            Some(grade) => Ok(Act::Reliability(names.entity(source)?, grade)),
            None => usage(format!("a source is graded A to F, not {grade}")),
        },
        (None, [written, grade]) => {
            let Some(grade) = grade.parse().ok().and_then(Credibility::new) else {
                return usage(format!("a finding is graded 1 to 6, not {grade}"));
            };
            let id = written.strip_prefix("finding:").unwrap_or(written).to_ascii_lowercase();
            match finding(names.ledger, &id)? {
                Some(finding) => Ok(Act::Credibility(finding, grade)),
                None => Err(NotThere(format!(
                    "no finding's id begins with {id}: sayso findings shows the ids"
                ))
                .into()),
            }
        }
        _ => usage(
            "give a finding's id and a grade of 1 to 6, or a source with --source and a grade of A to F".to_owned(),
        ),
    }
}

fn undo(standing: &Standing, prefix: &str) -> anyhow::Result<Act> {
    let ids = standing
        .judgements()
        .map(|(judgement, _)| judgement.id.0.as_str());
    let prefix = prefix.trim().to_ascii_lowercase();
    let mut ids: Vec<String> = ids
        .filter(|id| id.starts_with(&prefix))
        .map(str::to_owned)
        .collect();
    ids.sort();
    ids.truncate(10);
    let found = match ids.len() {
        0 => Matched::None,
        1 => Matched::One(ids.swap_remove(0)),
        _ => Matched::Many(ids),
    };
    match one(found, "judgement", &prefix)? {
        Some(id) => Ok(Act::Undo(JudgementId(id))),
        None => Err(NotThere(format!(
            "no judgement's id begins with {prefix}: sayso judgements shows them"
        ))
        .into()),
    }
}
