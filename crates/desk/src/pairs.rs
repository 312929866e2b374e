//! Names that may be of one bearer, found among all that were met. They are looked for once for each state of what was read, as they do not
//! change by what is judged.
//!
//! # What is not here?
//! Names under a sound that many share: of these it says little that they sound alike. `sayso entity` compares one name with all of them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use sayso_gazetteer::Gazetteer;
use sayso_ledger::{LedgerError, Met};
use sayso_records::{EntityKey, EntityType};
use sayso_resolve::compare::{Name, blocks};

use crate::{
    Look,
    likely::{Bearer, why},
    look::PAUSE,
};

/// Names under one sound that are compared with each other.
const FEW: usize = 12;
/// Names compared for one state of the file: those met with each other, and with listed ones.
const COMPARED: usize = 8_000;
/// The least share of two names that may be one.
const LEAST: f64 = 0.8;

/// Two names that may be of one bearer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    /// One that nobody listed: key and name.
    pub(crate) a: (String, String),
    /// The other.
    pub(crate) b: (String, String),
    /// How sure it is, 0..=1.
    pub(crate) share: f64,
    /// What speaks for it, and what against.
    pub(crate) why: String,
}

/// Somebody whom the gazetteer knows, under one of the names.
struct Listed {
    id: String,
    name: String,
    sort: EntityType,
}

struct Held {
    version: (Option<String>, i64),
    at: Instant,
    cost: Duration,
    pairs: Arc<Vec<Pair>>,
}

/// What was found for the file as it is.
#[derive(Default)]
pub(crate) struct Pairs {
    held: Mutex<Option<Held>>,
    listed: OnceLock<HashMap<String, Vec<Listed>>>,
}

impl Pairs {
    /// The pairs among all names that were met, the surest first, then by key. While reports are read without a pause they are those of a moment ago.
    pub(crate) fn of(&self, look: &Look<'_>) -> Result<Arc<Vec<Pair>>, LedgerError> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let version = look.ledger.names_version()?;
        let good = |held: &&Held| {
            held.version == version || held.at.elapsed() < held.cost.saturating_mul(PAUSE)
        };
        if let Some(held) = held.as_ref().filter(good) {
            return Ok(held.pairs.clone());
        }
        let begun = Instant::now();
        let listed = (self.listed).get_or_init(|| listed(&look.desk.gazetteer));
        let pairs = Arc::new(found(look, listed)?);
        *held = Some(Held {
            version,
            at: Instant::now(),
            cost: begun.elapsed(),
            pairs: pairs.clone(),
        });
        Ok(pairs)
    }
}

fn listed(gazetteer: &Gazetteer) -> HashMap<String, Vec<Listed>> {
    let mut out: HashMap<String, Vec<Listed>> = HashMap::new();
    for (name, known) in gazetteer.listed() {
        let sort = known.kind;
        let under = blocks(&Name {
            text: &name,
            sort: Some(sort),
        });
        for block in under {
            out.entry(block).or_default().push(Listed {
                id: known.id.to_string(),
                name: name.clone(),
                sort,
            });
        }
    }
    // The gazetteer gives them in no order.
    for all in out.values_mut() {
        all.sort_by(|a, b| (&a.id, &a.name).cmp(&(&b.id, &b.name)));
    }
    out
}

fn found(look: &Look<'_>, listed: &HashMap<String, Vec<Listed>>) -> Result<Vec<Pair>, LedgerError> {
    let mut search = Search {
        listed,
        seen: HashSet::new(),
        left: [COMPARED; 2],
        best: BTreeMap::new(),
    };
    let (mut block, mut group): (String, Vec<Met>) = Default::default();
    look.ledger.each_name(|of, met| {
        if of != block {
            search.group(&block, &group);
            block = of.to_owned();
            group.clear();
        }
        // One more than are compared tells that there are many.
        if group.len() <= 2 * FEW {
            group.push(met);
        }
    })?;
    search.group(&block, &group);
    let mut pairs: Vec<Pair> = search.best.into_values().collect();
    pairs.sort_by(|x, y| {
        let keys = |it: &Pair| (it.a.0.clone(), it.b.0.clone());
        y.share
            .total_cmp(&x.share)
            .then_with(|| keys(x).cmp(&keys(y)))
    });
    Ok(pairs)
}

struct Search<'s> {
    listed: &'s HashMap<String, Vec<Listed>>,
    seen: HashSet<[String; 4]>,
    /// Comparisons that may still be made, with met names and with listed ones.
    left: [usize; 2],
    best: BTreeMap<(String, String), Pair>,
}

impl Search<'_> {
    fn group(&mut self, block: &str, group: &[Met]) {
        let keys: HashSet<&str> = group.iter().map(|met| met.key.as_str()).collect();
        if group.is_empty() || group.len() > 2 * FEW || keys.len() > FEW {
            return;
        }
        let known = self.listed.get(block).map_or(&[][..], Vec::as_slice);
        let known = if known.len() > FEW { &[] } else { known };
        for (nth, one) in group.iter().enumerate() {
            for other in &group[nth + 1..] {
                if one.key != other.key {
                    self.compare(0, one, &other.key, &other.name, other.sort);
                }
            }
            for other in known {
                self.compare(1, one, &other.id, &other.name, other.sort);
            }
        }
    }

    fn compare(&mut self, with: usize, one: &Met, key: &str, name: &str, sort: EntityType) {
        let both = [&one.key, &one.name, key, name].map(str::to_owned);
        if self.left[with] == 0 || !self.seen.insert(both) {
            return;
        }
        self.left[with] -= 1;
        let bearer = |name, sort, listed| Bearer {
            name,
            sort: Some(sort),
            listed,
        };
        let verdict = bearer(&one.name, one.sort, false).compared(&bearer(name, sort, with == 1));
        if verdict.share < LEAST
            || EntityKey::parse(&one.key).is_none()
            || EntityKey::parse(key).is_none()
        {
            return;
        }
        let keys = (one.key.clone(), key.to_owned());
        if self
            .best
            .get(&keys)
            .is_none_or(|known| known.share < verdict.share)
        {
            let pair = Pair {
                a: (one.key.clone(), one.name.clone()),
                b: (key.to_owned(), name.to_owned()),
                share: verdict.share,
                why: why(&verdict),
            };
            self.best.insert(keys, pair);
        }
    }
}
