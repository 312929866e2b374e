//! Whether a judgement can be made beside those that stand.

use sayso_records::{Act, Judgement, JudgementId};

use super::{Fate, Standing, classes::Classes};

/// Why a judgement is not to be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal<'s> {
    /// This one says the same already.
    #[error("judgement {} of {} says so already", .0.id, .0.who)]
    Already(&'s Judgement),
    /// It would join what this one holds apart, perhaps through others.
    #[error("judgement {} of {} holds them apart{}: undo it first, or let it stand", .0.id, .0.who, because(.0))]
    Apart(&'s Judgement),
    /// It would part what these make one through others.
    #[error("they are one by {}: undo one of these first, or let them stand", listed(.0))]
    Joined(Vec<&'s Judgement>),
    /// There is none of this id.
    #[error("there is no judgement {0}")]
    Unknown(JudgementId),
    /// An undoing is not undone.
    #[error("judgement {0} is itself an undoing: make the judgement it undid again")]
    Undoing(JudgementId),
    /// It was undone before.
    #[error("it was undone by judgement {} of {} already", .0.id, .0.who)]
    Undone(&'s Judgement),
}

fn because(judgement: &Judgement) -> String {
    match judgement.why.is_empty() {
        true => String::new(),
        false => format!(" (“{}”)", judgement.why),
    }
}

fn listed(judgements: &[&Judgement]) -> String {
    let each = judgements
        .iter()
        .map(|it| format!("judgement {} of {}", it.id, it.who));
    each.collect::<Vec<_>>().join(" and ")
}

impl Standing {
    /// Whether `act` can be judged now. Gives the judgement whose place it takes: an earlier answer to the same question.
    ///
    /// # Errors
    /// [`Refusal`]: it says nothing new, it contradicts what stands on other pairs, it undoes what cannot be undone. To part two that one
    /// judgement joined is no contradiction but a change of mind; to join what was held apart is one, so that nobody does it unawares.
    pub fn check(&self, act: &Act) -> Result<Option<&Judgement>, Refusal<'_>> {
        if let Act::Undo(id) = act {
            return self.check_undo(id);
        }
        let before = self
            .question(act)
            .and_then(|question| self.answers.get(&question));
        let before = before.and_then(|&nth| Some((nth, self.judgements.get(nth)?)));
        let counts = before.filter(|(nth, _)| self.states.get(*nth) == Some(&super::State::Stands));
        if let Some((_, judgement)) = counts
            && says_the_same(&judgement.act, act)
        {
            return Err(Refusal::Already(judgement));
        }
        let words = act.words();
        let second = words.second.as_deref().unwrap_or("");
        let classes: &Classes = match words.matter {
            "entity" => &self.entities,
            "proposition" => &self.propositions,
            _ => &self.origins,
        };
        match act {
            Act::Same(_) => {
                let apart = classes.apart(&words.first, second);
                if let Some(judgement) = apart.and_then(|nth| self.judgements.get(nth)) {
                    return Err(Refusal::Apart(judgement));
                }
            }
            Act::Differ(_) => {
                let own = counts.map(|(nth, _)| nth);
                if let Some(path) = classes.path(&words.first, second, own) {
                    let path = path.into_iter().filter_map(|nth| self.judgements.get(nth));
                    return Err(Refusal::Joined(path.collect()));
                }
            }
            _ => {}
        }
        Ok(counts.map(|(_, judgement)| judgement))
    }

    fn check_undo(&self, id: &JudgementId) -> Result<Option<&Judgement>, Refusal<'_>> {
        let found = self
            .by_id
            .get(id)
            .and_then(|&nth| self.judgements().nth(nth));
        match found {
            None => Err(Refusal::Unknown(id.clone())),
            Some((judgement, _)) if matches!(judgement.act, Act::Undo(_)) => {
                Err(Refusal::Undoing(id.clone()))
            }
            Some((_, Fate::Undone(by))) => Err(Refusal::Undone(by)),
            Some((judgement, _)) => Ok(Some(judgement)),
        }
    }
}

/// Whether two acts that answer one question give the same answer, whichever of a pair is named first.
fn says_the_same(a: &Act, b: &Act) -> bool {
    match (a, b) {
        (Act::Same(_), Act::Same(_)) | (Act::Differ(_), Act::Differ(_)) => true,
        (Act::Credibility(_, a), Act::Credibility(_, b)) => a == b,
        (Act::Reliability(_, a), Act::Reliability(_, b)) => a == b,
        _ => a == b,
    }
}
