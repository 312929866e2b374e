//! What stands of all that people judged.
//!
//! # How do judgements become a state?
//! By time, not by arrival: what is undone drops out, the latest on one question stands, all that is held apart is laid down, then things are
//! joined in the order of time, except where that would join what is held apart. So the same judgements give the same state in whatever order
//! they came into the ledger.
//!
//! # What is not here?
//! A judgement that is lost or forgotten: one that does not count says by which other ([`Fate`]).

mod check;
mod classes;
mod corrected;
mod name;

use std::collections::BTreeMap;

use sayso_records::{
    Act, ActWords, ClaimId, Credibility, EntityKey, FindingId, Judgement, JudgementId, Notice,
    NoticeCode, Pair, Reliability, Stated,
};

pub use check::Refusal;
use classes::Classes;
pub use name::name_key;

/// What became of a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate<'s> {
    /// It counts.
    Stands,
    /// This later one undid it.
    Undone(&'s Judgement),
    /// This later one answers the same question.
    Overruled(&'s Judgement),
    /// It would join what this one holds apart.
    HeldApart(&'s Judgement),
    /// It undoes nothing that can be undone, or compares a thing with itself.
    Void,
}

/// The same with places in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Stands,
    Undone(usize),
    Overruled(usize),
    HeldApart(usize),
    Void,
}

/// What judgements answer: a matter and one or two things, these in the order of letters.
type Question = (&'static str, String, Option<String>);

/// What stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Each once, in the order of time.
    judgements: Vec<Judgement>,
    states: Vec<State>,
    by_id: BTreeMap<JudgementId, usize>,
    /// The latest answer to each question that was not undone.
    answers: BTreeMap<Question, usize>,
    entities: Classes,
    propositions: Classes,
    origins: Classes,
}

impl Standing {
    /// What stands of `judgements`, in whatever order they are given.
    pub fn of(judgements: &[Judgement]) -> Self {
        let mut sorted: Vec<&Judgement> = judgements.iter().collect();
        sorted.sort_by(|a, b| {
            // Two with one id are one, unless somebody wrote into the file: then the same one must win each time.
            let all = |it: &Judgement| {
                (
                    it.act.clone(),
                    it.who.clone(),
                    it.at.clone(),
                    it.why.clone(),
                )
            };
            a.in_time(b).then_with(|| all(a).cmp(&all(b)))
        });
        let mut standing = Self::default();
        for judgement in sorted {
            let nth = standing.judgements.len();
            if !standing.by_id.contains_key(&judgement.id) {
                standing.by_id.insert(judgement.id.clone(), nth);
                standing.judgements.push(judgement.clone());
            }
        }
        standing.states = vec![State::Stands; standing.judgements.len()];
        standing.undo();
        standing.answer_pairs();
        standing.entities = standing.classes("entity", |key| {
            EntityKey::parse(key).map_or(u8::MAX, |key| key.rank())
        });
        standing.propositions = standing.classes("proposition", |_| 0);
        standing.origins = standing.classes("origin", |_| 0);
        standing.answer_others();
        standing
    }

    fn undo(&mut self) {
        for nth in 0..self.judgements.len() {
            let Some(Act::Undo(id)) = self.judgements.get(nth).map(|it| &it.act) else {
                continue;
            };
            let undone = self.by_id.get(id).copied().filter(|&target| {
                let target = self.judgements.get(target);
                target.is_some_and(|target| !matches!(target.act, Act::Undo(_)))
            });
            match undone {
                None => self.set(nth, State::Void),
                Some(target) if self.states.get(target) == Some(&State::Stands) => {
                    self.set(target, State::Undone(nth));
                }
                Some(_) => {}
            }
        }
    }

    fn set(&mut self, nth: usize, state: State) {
        if let Some(at) = self.states.get_mut(nth) {
            *at = state;
        }
    }

    /// Lets each judgement for which there is a question take the place of the one before it.
    fn answer(&mut self, question: impl Fn(&Self, &Act) -> Option<Question>) {
        for nth in 0..self.judgements.len() {
            let Some(judgement) = self.judgements.get(nth) else {
                continue;
            };
            let stands = self.states.get(nth) == Some(&State::Stands);
            let Some(question) = question(self, &judgement.act).filter(|_| stands) else {
                continue;
            };
            if question.2.as_ref() == Some(&question.1) {
                self.set(nth, State::Void);
            } else if let Some(before) = self.answers.insert(question, nth) {
                self.set(before, State::Overruled(nth));
            }
        }
    }

    fn answer_pairs(&mut self) {
        self.answer(|_, act| pair_question(act));
    }

    /// The questions about single things, each asked of what it is one with.
    fn answer_others(&mut self) {
        self.answer(|standing, act| match act {
            Act::Same(_) | Act::Differ(_) => None,
            _ => standing.question(act),
        });
    }

    /// What `act` answers. `None`: undoing answers nothing.
    fn question(&self, act: &Act) -> Option<Question> {
        let ActWords { matter, first, .. } = act.words();
        Some(match act {
            Act::Same(_) | Act::Differ(_) => return pair_question(act),
            Act::Undo(_) => return None,
            Act::Accept(_) | Act::Reject(_) | Act::Unsure(_) => (matter, first, None),
            Act::Correct(_, correction) => (matter, first, Some(correction.field.clone())),
            Act::Reliability(..) => (matter, self.entities.canonical(&first).to_owned(), None),
            Act::Credibility(id, _) => {
                let key = Stated::Finding(id.clone()).to_string();
                (matter, self.propositions.canonical(&key).to_owned(), None)
            }
        })
    }

    fn classes(&mut self, matter: &str, rank: fn(&str) -> u8) -> Classes {
        let mut classes = Classes::default();
        let mut joins = Vec::new();
        for (nth, judgement) in self.judgements.iter().enumerate() {
            if self.states.get(nth) != Some(&State::Stands) {
                continue;
            }
            let words = judgement.act.words();
            let Some(second) = words.second.filter(|_| words.matter == matter) else {
                continue;
            };
            match judgement.act {
                Act::Differ(_) => classes.part(&words.first, &second, nth),
                _ => joins.push((words.first, second, nth)),
            }
        }
        for (first, second, nth) in joins {
            if let Err(in_the_way) = classes.join(&first, &second, nth) {
                self.set(nth, State::HeldApart(in_the_way));
            }
        }
        classes.settle(rank);
        classes
    }

    /// The entity key that stands for `key`: of those judged to be one with it a listed id before `sayso:` before `item:` before `name:`, then one
    /// that others were judged to be, then the smallest. `key` itself where nothing was judged.
    pub fn canonical<'s>(&'s self, key: &'s str) -> &'s str {
        self.entities.canonical(key)
    }

    /// All entity keys that are one with `key`, itself among them, by letters.
    pub fn one_with<'s>(&'s self, key: &'s str) -> Vec<&'s str> {
        self.entities.members(key)
    }

    /// The judgement that holds two entities apart, made on them or on any they are one with. `None`: none does.
    pub fn apart(&self, a: &str, b: &str) -> Option<&Judgement> {
        self.judgements.get(self.entities.apart(a, b)?)
    }

    /// Whether people said that two claims or findings state the same (`true`) or not. `None`: nobody said.
    pub fn same_proposition(&self, a: &Stated, b: &Stated) -> Option<(bool, &Judgement)> {
        self.answered(&self.propositions, &a.to_string(), &b.to_string())
    }

    /// Everything that people said states the same as `stated`, itself among it, through others, too.
    pub fn stating_with(&self, stated: &Stated) -> Vec<Stated> {
        let key = stated.to_string();
        let members = self.propositions.members(&key).into_iter();
        members.filter_map(Stated::parse).collect()
    }

    /// Whether people said that two claims go back to one origin (`true`) or to two. `None`: nobody said.
    pub fn same_origin(&self, a: &ClaimId, b: &ClaimId) -> Option<(bool, &Judgement)> {
        self.answered(&self.origins, &a.0, &b.0)
    }

    fn answered(&self, classes: &Classes, a: &str, b: &str) -> Option<(bool, &Judgement)> {
        if let Some(nth) = classes.apart(a, b) {
            return Some((false, self.judgements.get(nth)?));
        }
        let path = classes.path(a, b, None).filter(|_| classes.are_one(a, b))?;
        Some((true, self.judgements.get(*path.first()?)?))
    }

    /// The judgements of pairs that count, in the order of time: `true` for those that join. For a stage that builds classes of its own.
    pub fn pairs(&self) -> impl Iterator<Item = (&Pair, bool, &Judgement)> {
        self.judgements()
            .filter_map(|(judgement, fate)| match &judgement.act {
                Act::Same(pair) if fate == Fate::Stands => Some((pair, true, judgement)),
                Act::Differ(pair) if fate == Fate::Stands => Some((pair, false, judgement)),
                _ => None,
            })
    }

    /// The grade a person gave a finding, or one that states the same. `None`: nobody did.
    pub fn credibility(&self, finding: &FindingId) -> Option<(Credibility, &Judgement)> {
        let key = Stated::Finding(finding.clone()).to_string();
        let key = self.propositions.canonical(&key).to_owned();
        let judgement = self.answer_to(&("finding", key, None))?;
        match judgement.act {
            Act::Credibility(_, grade) => Some((grade, judgement)),
            _ => None,
        }
    }

    /// Grades people gave occasions of the proposition with the id `proposition`, each with the first day (`20230801`) the occasion had at that time: in the
    /// order of time. Earlier claims may have come since, so the day lies in the occasion meant, and may no longer begin it.
    pub fn occasions(
        &self,
        proposition: &str,
    ) -> impl Iterator<Item = (&str, Credibility, &Judgement)> {
        self.judgements()
            .filter_map(move |(judgement, fate)| match &judgement.act {
                Act::Credibility(finding, grade) if fate == Fate::Stands => {
                    let (id, day) = finding.0.split_once('-')?;
                    (id == proposition).then_some((day, *grade, judgement))
                }
                _ => None,
            })
    }

    /// The grade a person gave a source by its key, or one that is one with it. `None`: nobody did, and it is F.
    pub fn reliability(&self, source: &str) -> Option<(Reliability, &Judgement)> {
        let key = self.canonical(source).to_owned();
        let judgement = self.answer_to(&("source", key, None))?;
        match judgement.act {
            Act::Reliability(_, grade) => Some((grade, judgement)),
            _ => None,
        }
    }

    /// Whether a person rejected a claim.
    pub fn is_rejected(&self, claim: &ClaimId) -> bool {
        self.accepted(claim).is_some_and(|(accepted, _)| !accepted)
    }

    /// Whether somebody looked at a claim, last of all, and could not tell.
    pub fn is_unsure(&self, claim: &ClaimId) -> bool {
        let last = self.answer_to(&("claim", claim.0.clone(), None));
        last.is_some_and(|judgement| matches!(judgement.act, Act::Unsure(_)))
    }

    /// Whether a person accepted (`true`) or rejected a claim. `None`: nobody judged it, or the last who did could not tell.
    pub fn accepted(&self, claim: &ClaimId) -> Option<(bool, &Judgement)> {
        let judgement = self.answer_to(&("claim", claim.0.clone(), None))?;
        match judgement.act {
            Act::Unsure(_) => None,
            _ => Some((matches!(judgement.act, Act::Accept(_)), judgement)),
        }
    }

    fn answer_to(&self, question: &Question) -> Option<&Judgement> {
        self.judgements.get(*self.answers.get(question)?)
    }

    /// Every judgement, in the order of time, with what became of it.
    pub fn judgements(&self) -> impl DoubleEndedIterator<Item = (&Judgement, Fate<'_>)> {
        let both = self.judgements.iter().zip(&self.states);
        both.map(|(judgement, state)| (judgement, self.fate(*state)))
    }

    fn fate(&self, state: State) -> Fate<'_> {
        let found = match state {
            State::Stands => Some(Fate::Stands),
            State::Undone(nth) => self.judgements.get(nth).map(Fate::Undone),
            State::Overruled(nth) => self.judgements.get(nth).map(Fate::Overruled),
            State::HeldApart(nth) => self.judgements.get(nth).map(Fate::HeldApart),
            State::Void => None,
        };
        found.unwrap_or(Fate::Void)
    }

    /// What does not fit together, as happens when ledgers are brought together. A judgement that was only overruled or undone is none of it.
    pub fn notices(&self) -> Vec<Notice> {
        let told = |(judgement, fate): (&Judgement, Fate<'_>)| {
            let message = match (fate, &judgement.act) {
                (Fate::HeldApart(by), _) => format!(
                    "It does not count: it would join what judgement {} of {} holds apart.",
                    by.id, by.who
                ),
                (Fate::Void, Act::Undo(id)) => match self.by_id.contains_key(id) {
                    true => format!("It does not count: judgement {id} is itself an undoing."),
                    false => format!("It does not count: there is no judgement {id} to undo."),
                },
                (Fate::Void, _) => "It does not count: it compares a thing with itself.".to_owned(),
                _ => return None,
            };
            Some(Notice::new(
                NoticeCode::Judgement,
                judgement.id.0.clone(),
                message,
            ))
        };
        self.judgements().filter_map(told).collect()
    }
}

fn pair_question(act: &Act) -> Option<Question> {
    let ActWords {
        matter,
        first,
        second,
        ..
    } = match act {
        Act::Same(_) | Act::Differ(_) => act.words(),
        _ => return None,
    };
    let second = second?;
    let (first, second) = if first <= second {
        (first, second)
    } else {
        (second, first)
    };
    Some((matter, first, Some(second)))
}
