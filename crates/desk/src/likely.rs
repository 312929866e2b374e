//! Whom a name could mean: what it compares with among the names of the ledger and the gazetteer. It only proposes; people join.

use std::collections::{BTreeMap, BTreeSet};

use sayso_gazetteer::{Gazetteer, fold};
use sayso_ledger::{Ledger, LedgerError};
use sayso_records::{EntityKey, EntityType};
use sayso_resolve::compare::{Feature, Name, Verdict, blocks, compare};

/// Somebody whom a name could mean.
#[derive(Clone, Debug)]
pub struct Likely {
    /// By what it is known.
    pub key: EntityKey,
    /// What it is called, and by which other name it was compared.
    pub name: String,
    /// What bears that name.
    pub sort: EntityType,
    /// How sure it is that the two names are the same, 0..=1.
    pub share: f64,
    /// What speaks most for it, and most against.
    pub why: String,
}

/// A name and what bears it, which for names that nobody listed is a guess of the model.
#[derive(Clone, Copy, Debug)]
pub struct Bearer<'n> {
    /// The name.
    pub name: &'n str,
    /// `None`: not known.
    pub sort: Option<EntityType>,
    /// Whether it is listed, so that its sort is sure.
    pub listed: bool,
}

impl Bearer<'_> {
    fn read(&self, sort: bool) -> Name<'_> {
        Name {
            text: self.name,
            sort: self.sort.filter(|_| sort),
        }
    }

    /// The surest of the readings in which a guess gives way to what the other is.
    pub(crate) fn compared(&self, other: &Bearer<'_>) -> Verdict {
        let readings = [(true, other.listed), (self.listed, true)];
        let verdicts = readings.map(|(own, of)| compare(&self.read(own), &other.read(of)));
        let [one, two] = verdicts;
        if two.share > one.share { two } else { one }
    }

    fn blocks(&self) -> BTreeSet<String> {
        let guesses = [None, Some(EntityType::Person), Some(EntityType::System)];
        let sorts = [self.sort].into_iter().chain(guesses);
        let sorts = sorts.take(if self.listed { 1 } else { 4 });
        let text = self.name;
        sorts
            .flat_map(|sort| blocks(&Name { text, sort }))
            .collect()
    }
}

/// All who go by a name that is the same as that of `asked` with a share of `least` or more: the surest first, then listed ones, then by key.
///
/// # Errors
/// When the ledger cannot be read.
pub fn likely(
    ledger: &Ledger,
    gazetteer: &Gazetteer,
    asked: &Bearer<'_>,
    least: f64,
) -> Result<Vec<Likely>, LedgerError> {
    let keys = asked.blocks();
    let mut found: BTreeMap<EntityKey, Likely> = BTreeMap::new();
    let mut see = |key: &str, called: String, name: &str, sort: EntityType, listed: bool| {
        let verdict = asked.compared(&Bearer {
            name,
            sort: Some(sort),
            listed,
        });
        let Some(key) = EntityKey::parse(key).filter(|_| verdict.share >= least) else {
            return;
        };
        let one = Likely {
            key: key.clone(),
            sort,
            share: verdict.share,
            why: why(&verdict),
            // A town has its state's code behind it.
            name: match fold(&called).starts_with(&fold(name)) {
                true => called,
                false => format!("{called} (“{name}”)"),
            },
        };
        // Of the names of one the best, then the first by letters: the gazetteer gives them in no order.
        let better = |known: &Likely| {
            let order = one.share.total_cmp(&known.share);
            order.then_with(|| known.name.cmp(&one.name)).is_gt()
        };
        if found.get(&key).is_none_or(better) {
            found.insert(key, one);
        }
    };
    let list: Vec<String> = keys.iter().cloned().collect();
    for met in ledger.names_under(&list)? {
        see(&met.key, met.name.clone(), &met.name, met.sort, false);
    }
    for (name, known) in gazetteer.listed() {
        let text = &name;
        let sort = Some(known.kind);
        if blocks(&Name { text, sort })
            .iter()
            .any(|it| keys.contains(it))
        {
            see(&known.id, known.name.to_string(), text, known.kind, true);
        }
    }
    if !asked.listed || asked.sort == Some(EntityType::Place) {
        for (name, place) in gazetteer.spelled_like(asked.name) {
            let called = format!("{} ({})", place.name, place.country);
            see(&place.id, called, &name, EntityType::Place, true);
        }
    }
    let mut found: Vec<Likely> = found.into_values().collect();
    found.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.key.cmp(&b.key)));
    Ok(found)
}

/// The two reasons that say most for it, and the one that says most against.
pub(crate) fn why(verdict: &Verdict) -> String {
    let said = verdict.features.iter().filter(|it| it.name != "start");
    let (mut speak, mut against): (Vec<&Feature>, Vec<&Feature>) =
        said.partition(|it| it.weight > 0.0);
    speak.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    against.sort_by(|a, b| a.weight.total_cmp(&b.weight));
    let speak: Vec<&str> = speak.iter().take(2).map(|it| it.reason.as_str()).collect();
    let mut why = speak.join("; ");
    if let Some(most) = against.first() {
        why += &format!("; but {}", most.reason);
    }
    why
}
