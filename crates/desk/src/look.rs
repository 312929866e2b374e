//! One look at the ledger: what every question is answered from.

use std::{
    collections::VecDeque,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use sayso_codebook::Codebook;
use sayso_corroborate::findings::Finding;
use sayso_gazetteer::Gazetteer;
use sayso_ledger::{Ledger, LedgerError, Matched};
use sayso_records::{Act, JudgementId};
use sayso_resolve::judged::Standing;

use crate::{
    access::Tries, page::Form, pairs::Pairs, register::Register, shelf::Shelf, trouble::Trouble,
};

/// Who writes what is judged at the desk, and makes again what changes by it. The desk itself only looks.
pub trait Keeper: Send + Sync {
    /// Adds a judgement.
    ///
    /// # Errors
    /// Another judgement stands in its way, or the ledger cannot be written.
    fn judge(&self, act: Act, who: &str, why: &str) -> Result<Kept, Trouble>;

    /// The time, RFC 3339 in UTC.
    fn now(&self) -> String;
}

/// What became of a judgement that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It was added.
    Added(JudgementId),
    /// It stands already, or would undo what is undone: why nothing was added.
    There(String),
}

/// What changes with the file, fetched once for each state of it.
#[derive(Clone)]
struct State {
    version: i64,
    /// When it was fetched, and how long that took.
    at: Instant,
    cost: Duration,
    shelf: Arc<Shelf>,
    standing: Arc<Standing>,
}

/// What all pages share.
pub struct Desk {
    path: PathBuf,
    /// Who and where.
    pub gazetteer: Arc<Gazetteer>,
    /// What counts.
    pub codebook: Arc<Codebook>,
    /// Who writes.
    pub keeper: Box<dyn Keeper>,
    idle: Mutex<Vec<Ledger>>,
    /// What was said to whoever did something, until it is shown.
    told: Mutex<VecDeque<(String, Told)>>,
    /// Who guesses passwords.
    pub(crate) tries: Tries,
    /// Names that may be of one bearer.
    pub(crate) pairs: Pairs,
    /// Looks at the file's version, and holds what was fetched of it.
    state: Mutex<(Ledger, Option<State>)>,
}

/// What somebody is told who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// In words.
    pub words: String,
    /// The judgement that was added. `None`: none was.
    pub judgement: Option<String>,
    /// Whether that can be undone: an undoing cannot.
    pub can_undo: bool,
}

/// A ledger with what was fetched of it: the reader's view at one moment.
pub struct Look<'d> {
    /// The file.
    pub ledger: &'d Ledger,
    /// What all pages share.
    pub desk: &'d Desk,
    /// All findings as narrow rows.
    pub shelf: Arc<Shelf>,
    /// What people judged.
    pub standing: Arc<Standing>,
    /// In which form the answer is wanted.
    pub form: Form,
}

/// While others write without a pause, what was fetched is fetched again only after so many times the time it takes: the desk then shows what was there a
/// moment ago.
pub(crate) const PAUSE: u32 = 8;
/// Messages kept until they are shown.
const TOLD: usize = 64;
/// Connections kept open, and how much of the file each holds in memory; the system holds the rest.
const IDLE: usize = 16;
const CACHE_KIB: u32 = 8 * 1024;

impl Desk {
    /// Over the ledger at `path`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(
        path: &Path,
        gazetteer: Arc<Gazetteer>,
        codebook: Arc<Codebook>,
        keeper: Box<dyn Keeper>,
    ) -> Result<Self, LedgerError> {
        let ledger = Ledger::look(path)?.with_cache(CACHE_KIB)?;
        Ok(Self {
            path: path.to_owned(),
            gazetteer,
            codebook,
            keeper,
            idle: Mutex::default(),
            told: Mutex::default(),
            tries: Tries::default(),
            pairs: Pairs::default(),
            state: Mutex::new((ledger, None)),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers one question.
    ///
    /// # Errors
    /// What the question gives, or that the ledger cannot be read.
    pub fn look<T>(&self, ask: impl FnOnce(&Look<'_>) -> Result<T, Trouble>) -> Result<T, Trouble> {
        self.look_in(Form::Html, ask)
    }

    /// The same where the answer is wanted in some form, which may need more than a page shows.
    ///
    /// # Errors
    /// As [`Desk::look`].
    pub fn look_in<T>(
        &self,
        form: Form,
        ask: impl FnOnce(&Look<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let state = self.state()?;
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::look(&self.path)?.with_cache(CACHE_KIB)?,
        };
        let look = Look {
            ledger: &ledger,
            desk: self,
            shelf: state.shelf,
            standing: state.standing,
            form,
        };
        let answer = ledger.still(|| ask(&look));
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(ledger);
        }
        answer
    }

    /// Adds a judgement. Gives what [`Keeper::judge`] gives; the next look sees what changed by it.
    ///
    /// # Errors
    /// As [`Keeper::judge`].
    pub fn judge(&self, act: Act, who: &str, why: &str) -> Result<Kept, Trouble> {
        let said = self.keeper.judge(act, who, why)?;
        let mut held = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        held.1 = None;
        Ok(said)
    }

    /// Adds a line to what was done at the desk.
    ///
    /// # Errors
    /// When the ledger cannot be written.
    pub fn audit(&self, who: &str, what: &str, detail: &str) -> Result<(), Trouble> {
        let ledger = Ledger::open(&self.path)?;
        Ok(ledger.audit(&self.keeper.now(), who, what, detail)?)
    }

    /// Keeps a message until the page it is for is shown. Gives what to ask for it by.
    pub fn tell(&self, told: Told) -> String {
        let id = crate::access::token();
        let mut all = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= TOLD {
            all.pop_front();
        }
        all.push_back((id.clone(), told));
        id
    }

    /// The message that was kept under `id`. `None`: there is none.
    pub fn told(&self, id: &str) -> Option<Told> {
        let all = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter()
            .find(|(known, _)| known == id)
            .map(|(_, told)| told.clone())
    }

    /// What was fetched of the file as it is now, or was a moment ago.
    fn state(&self) -> Result<State, LedgerError> {
        let mut held = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (ledger, state) = &mut *held;
        let version = ledger.version()?;
        let good = |state: &&State| {
            state.version == version || state.at.elapsed() < state.cost.saturating_mul(PAUSE)
        };
        if let Some(state) = state.as_ref().filter(good) {
            return Ok(state.clone());
        }
        let begun = Instant::now();
        let mut new = State {
            version,
            at: begun,
            cost: Duration::ZERO,
            shelf: Arc::new(Shelf::of(ledger)?),
            standing: Arc::new(Standing::of(&ledger.judgements()?)),
        };
        (new.at, new.cost) = (Instant::now(), begun.elapsed());
        *state = Some(new.clone());
        Ok(new)
    }
}

impl Look<'_> {
    /// Where things are made and damaged.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn register(&self) -> Result<&Register, Trouble> {
        let terms = self.shelf.terms(self.ledger)?;
        let (gazetteer, codebook) = (&self.desk.gazetteer, &self.desk.codebook);
        Ok(self
            .shelf
            .register(|| Register::of(&self.shelf, terms, gazetteer, codebook)))
    }

    /// The finding with this number.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn finding_numbered(&self, number: i64) -> Result<Option<Finding>, Trouble> {
        match self.ledger.finding_body(number)? {
            Some(body) => Ok(Some(serde_json::from_str(&body)?)),
            None => Ok(None),
        }
    }

    /// The finding whose id begins so, or that had this day in its occasion.
    ///
    /// # Errors
    /// There is none, or there are several.
    pub fn finding(&self, prefix: &str) -> Result<Finding, Trouble> {
        match self.ledger.finding(prefix)? {
            Matched::One(body) => return Ok(serde_json::from_str(&body)?),
            Matched::Many(ids) => return Err(several("finding", prefix, &ids)),
            Matched::None => {}
        }
        if let Some((id, day)) = prefix.split_once('-')
            && let Some(number) = self.ledger.proposition(id)?
        {
            for body in self.ledger.findings_of(number)? {
                let finding: Finding = serde_json::from_str(&body)?;
                if finding.holds(day) {
                    return Ok(finding);
                }
            }
        }
        Err(Trouble::NotThere(format!("no finding has the id {prefix}")))
    }
}

/// The one thing meant by the beginning of an id.
///
/// # Errors
/// There is none, or there are several.
pub fn one<T>(matched: Matched<T>, what: &str, prefix: &str) -> Result<T, Trouble> {
    match matched {
        Matched::One(found) => Ok(found),
        Matched::None => Err(Trouble::NotThere(format!("no {what} has the id {prefix}"))),
        Matched::Many(ids) => Err(several(what, prefix, &ids)),
    }
}

fn several(what: &str, prefix: &str, ids: &[String]) -> Trouble {
    Trouble::NotThere(format!(
        "the ids of several {what}s begin with {prefix}: {}",
        ids.join(", ")
    ))
}
