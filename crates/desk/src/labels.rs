//! Judgements in words.

use std::collections::BTreeMap;

use sayso_gazetteer::Gazetteer;
use sayso_records::{Act, Correction, EntityKey, Judgement, Pair, Stated};
use sayso_resolve::judged::Fate;

/// What things are called.
pub struct Labels<'g> {
    gazetteer: &'g Gazetteer,
    /// Names of things that the gazetteer does not list.
    own: BTreeMap<EntityKey, String>,
}

impl<'g> Labels<'g> {
    /// With the gazetteer's names.
    pub fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            own: BTreeMap::new(),
        }
    }

    /// Another name.
    pub fn add(&mut self, key: &EntityKey, name: &str) {
        self.own.insert(key.clone(), name.to_owned());
    }

    /// What it is called; its key where nothing is known of it.
    pub fn name(&self, key: &str) -> String {
        let own = EntityKey::parse(key).and_then(|key| self.own.get(&key).cloned());
        let listed = || Some(self.gazetteer.by_id(key)?.name.into_owned());
        own.or_else(listed)
            .unwrap_or_else(|| key.strip_prefix("name:").unwrap_or(key).to_owned())
    }

    /// `Russia (Q159)`; the name “росія”; an id alone where nothing is known of it.
    pub fn key(&self, key: &str) -> String {
        if let Some(name) = key.strip_prefix("name:") {
            return format!("the name “{name}”");
        }
        let own = EntityKey::parse(key).and_then(|key| self.own.get(&key).cloned());
        let name = own.or_else(|| Some(self.gazetteer.by_id(key)?.name.into_owned()));
        name.map_or_else(|| key.to_owned(), |name| format!("{name} ({key})"))
    }

    /// What a judgement says.
    pub fn act(&self, act: &Act) -> String {
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
            Act::Correct(id, to) => format!("claim {id}: {}", correction(to)),
            Act::Unsure(id) => format!("claim {id}: unsure"),
            Act::Undo(id) => format!("judgement {id} is undone"),
        }
    }

    /// What became of a judgement; nothing where it stands.
    pub fn fate(&self, fate: Fate<'_>) -> Option<String> {
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

/// `the producer is Iran (Q794)`.
pub fn correction(to: &Correction) -> String {
    let Correction { field, key, words } = to;
    match key {
        _ if words.is_empty() => format!("the {field} is not said"),
        Some(key) if !key.as_str().starts_with("name:") => {
            format!("the {field} is {words} ({key})")
        }
        _ => format!("the {field} is {words}"),
    }
}

/// `: “the reason”`, or nothing.
fn because(judgement: &Judgement) -> String {
    match judgement.why.is_empty() {
        true => String::new(),
        false => format!(": “{}”", judgement.why),
    }
}
