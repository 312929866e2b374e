//! Clauses that leave their verb and thing out: "Sweden ordered 321 vehicles, and Denmark 129".

use sayso_records::{Claim, ClaimId, Filler, Upos};
use smol_str::SmolStr;

use crate::{draft::Draft, here::Here, parties::THINGS};

/// Another party with a number of its own.
pub(crate) struct Gap {
    /// The role that the party takes.
    role: SmolStr,
    party: usize,
    number: usize,
}

/// The parties behind a draft's thing that stand with a bare number.
pub(crate) fn of(here: &Here<'_>, draft: &Draft) -> Vec<Gap> {
    let (phrases, tree) = (here.frame.phrases, here.frame.phrases.tree);
    let thing = THINGS.iter().flat_map(|role| draft.role(role)).next();
    let Some(thing) = thing.map(|f| f.token) else {
        return Vec::new();
    };
    // "gave Ukraine 18 tanks and Norway eight": who gets; else who acts
    let given = draft
        .role("recipient")
        .iter()
        .any(|f| matches!(tree.rel(f.token), "iobj") && tree.head(f.token) == Some(draft.trigger));
    let acts = |role: &&str| {
        draft.role(role).iter().any(|f| {
            tree.rel(f.token).starts_with("nsubj") && tree.head(f.token) == Some(draft.trigger)
        })
    };
    let role = if given {
        Some("recipient")
    } else {
        ["recipient", "supplier", "producer"].into_iter().find(acts)
    };
    let Some(role) = role else {
        return Vec::new();
    };
    let used: Vec<usize> = draft.role(role).iter().map(|f| f.token).collect();
    (thing + 1..tree.len())
        .filter(|&t| {
            matches!(tree.rel(t), "conj" | "appos" | "dep")
                && tree.upos(t) == Upos::Propn
                && phrases.actor(t)
                && !used.contains(&t)
                && tree.under(t, draft.trigger)
        })
        .filter_map(|party| {
            let [number] = tree.all(party, &["nummod"])[..] else {
                return None;
            };
            let year = tree.word(number).len() == 4
                && matches!(tree.word(number).get(..2), Some("19" | "20"));
            (number == party + 1 && !year).then(|| Gap {
                role: SmolStr::new(role),
                party,
                number,
            })
        })
        .collect()
}

/// Takes the parties with a number of their own out of the other roles.
pub(crate) fn part(draft: &mut Draft, gaps: &[Gap]) {
    for (_, fills) in &mut draft.roles {
        fills.retain(|f| gaps.iter().all(|gap| gap.party != f.token));
    }
    draft.roles.retain(|(_, fills)| !fills.is_empty());
}

impl Gap {
    /// The claim of the party, after that of the clause that is whole.
    pub(crate) fn claim(&self, here: &Here<'_>, whole: &Claim, id: ClaimId) -> Claim {
        let phrases = here.frame.phrases;
        let mut filler: Filler = phrases.filler(self.party, false);
        filler.span = filler.span.shift(here.offset);
        let thing = THINGS
            .iter()
            .find_map(|role| Some(whole.role(role).first()?.name.clone()));
        let mut claim = Claim {
            id,
            quantity: here.number(self.number, thing),
            ..whole.clone()
        };
        for (role, fillers) in &mut claim.roles {
            if *role == self.role {
                *fillers = vec![filler.clone()];
            }
        }
        claim
    }
}
