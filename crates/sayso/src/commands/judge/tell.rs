//! Judgements in words.

use std::collections::BTreeMap;

use sayso_gazetteer::Gazetteer;
use sayso_ledger::{Ledger, Matched};
use sayso_records::{Act, ClaimId, EntityKey, Judgement, Pair, Stated};
use sayso_resolve::judged::{Fate, Standing};

use crate::{
    commands::one_finding,
    show::{findings::short_finding, line, short},
};

/// What things are called.
pub(super) struct Labels<'g> {
    gazetteer: &'g Gazetteer,
    /// Names of things that the gazetteer does not list.
    own: BTreeMap<EntityKey, String>,
}

impl<'g> Labels<'g> {
    pub(super) fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            own: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, key: &EntityKey, name: &str) {
        self.own.insert(key.clone(), name.to_owned());
    }

    /// What it is called; its key where nothing is known of it.
    pub(super) fn name(&self, key: &str) -> String {
        let own = EntityKey::parse(key).and_then(|key| self.own.get(&key).cloned());
        let listed = || Some(self.gazetteer.by_id(key)?.name.into_owned());
        own.or_else(listed)
            .unwrap_or_else(|| key.strip_prefix("name:").unwrap_or(key).to_owned())
    }

    /// `Russia (Q159)`; the name “росія”; an id alone where nothing is known of it.
    pub(super) fn key(&self, key: &str) -> String {
        if let Some(name) = key.strip_prefix("name:") {
            return format!("the name “{name}”");
        }
        let own = EntityKey::parse(key).and_then(|key| self.own.get(&key).cloned());
        let name = own.or_else(|| Some(self.gazetteer.by_id(key)?.name.into_owned()));
        name.map_or_else(|| key.to_owned(), |name| format!("{name} ({key})"))
    }

    /// What a judgement says.
    pub(super) fn act(&self, act: &Act) -> String {
        let stated = |it: &Stated| match it {
            Stated::Claim(id) => format!("claim {id}"),
            Stated::Finding(id) => format!("finding {id}"),
        };
        let key = |key: &EntityKey| self.key(key.as_str());
        let is_name = |key: &EntityKey| key.as_str().starts_with("name:");
        match act {
            Act::Same(Pair::Entities(a, b)) => format!("{} and {} are one", key(a), key(b)),
            Act::Differ(Pair::Entities(a, b)) if is_name(b) && !is_name(a) => {
                format!("{} does not mean {}", key(b), key(a))
            }
            Act::Differ(Pair::Entities(a, b)) => format!("{} and {} are two", key(a), key(b)),
            Act::Same(Pair::Propositions(a, b)) => {
                format!("{} and {} state the same", stated(a), stated(b))
            }
            Act::Differ(Pair::Propositions(a, b)) => {
                format!("{} and {} do not state the same", stated(a), stated(b))
            }
            Act::Same(Pair::Origins(a, b)) => {
                format!("claim {a} and claim {b} go back to one origin")
            }
            Act::Differ(Pair::Origins(a, b)) => {
                format!("claim {a} and claim {b} go back to two origins")
            }
            Act::Credibility(id, grade) => format!("finding {id} is graded {grade}"),
            Act::Reliability(source, grade) => {
                format!("{} as a source is graded {}", key(source), grade.as_str())
            }
            Act::Accept(id) => format!("claim {id} is accepted"),
            Act::Reject(id) => format!("claim {id} is rejected"),
            Act::Undo(id) => format!("judgement {id} is undone"),
        }
    }

    /// What became of a judgement; nothing where it stands.
    pub(super) fn fate(&self, fate: Fate<'_>) -> Option<String> {
        let by = |by: &Judgement| format!("judgement {} of {}", by.id, by.who);
        Some(match fate {
            Fate::Stands => return None,
            Fate::Undone(it) => format!("undone by {}{}", by(it), because(it)),
            Fate::Overruled(it) => format!("overruled by {}: {}", by(it), self.act(&it.act)),
            Fate::HeldApart(it) => format!("does not count: {} holds them apart", by(it)),
            Fate::Void => "does not count: there is nothing it could undo or join".to_owned(),
        })
    }
}

/// What the claims and findings state that an act is about, a line each.
pub(super) fn about(ledger: &Ledger, act: &Act) -> anyhow::Result<Vec<String>> {
    let claim = |id: &ClaimId| Stated::Claim(id.clone());
    let all = match act {
        Act::Same(pair) | Act::Differ(pair) => match pair {
            Pair::Entities(..) => Vec::new(),
            Pair::Propositions(a, b) => vec![a.clone(), b.clone()],
            Pair::Origins(a, b) => vec![claim(a), claim(b)],
        },
        Act::Credibility(id, _) => vec![Stated::Finding(id.clone())],
        Act::Accept(id) | Act::Reject(id) => vec![claim(id)],
        Act::Reliability(..) | Act::Undo(_) => Vec::new(),
    };
    let mut out = Vec::new();
    for stated in all {
        match stated {
            Stated::Claim(id) => {
                if let Matched::One(stored) = ledger.claim(&id.0)? {
                    let by = stored.report.publisher.as_deref();
                    let by = by.map_or_else(String::new, |name| format!(", {name}"));
                    let quote = &stored.claim.evidence.quote;
                    out.push(format!("{}{by}: “{quote}”", short(&id.0)));
                }
            }
            Stated::Finding(id) => {
                if let Some(finding) = one_finding(ledger, &id.0)? {
                    out.push(format!(
                        "{}: {}",
                        short_finding(&finding.id),
                        line(&finding.proposition)
                    ));
                }
            }
        }
    }
    Ok(out)
}

/// `: “the reason”`, or nothing.
fn because(judgement: &Judgement) -> String {
    match judgement.why.is_empty() {
        true => String::new(),
        false => format!(": “{}”", judgement.why),
    }
}

/// Which other judgements count no longer, or count again, because of one.
pub(super) fn changes(
    before: &Standing,
    after: &Standing,
    made: &Judgement,
    labels: &Labels<'_>,
) -> Vec<String> {
    let stood: BTreeMap<_, _> = (before.judgements())
        .map(|(judgement, fate)| (&judgement.id, fate == Fate::Stands))
        .collect();
    let undone = match &made.act {
        Act::Undo(id) => Some(id),
        _ => None,
    };
    let change = |(judgement, fate): (&Judgement, Fate<'_>)| {
        let stood = *stood.get(&judgement.id)?;
        let what = match (stood, fate == Fate::Stands) {
            (true, false) if Some(&judgement.id) != undone => "counts no longer",
            (false, true) => "counts again",
            _ => return None,
        };
        let said = labels.act(&judgement.act);
        Some(format!(
            "judgement {} of {} {what}: {said}",
            judgement.id, judgement.who
        ))
    };
    after.judgements().filter_map(change).collect()
}
