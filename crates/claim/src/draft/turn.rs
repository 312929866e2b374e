//! Who of the parties to a contract gives, where the pattern does not say.

use sayso_records::EntityType;

use crate::{frame::Fill, phrase::Phrases};

use super::Draft;

/// Puts a firm that is read as the recipient of a state, or beside one, on the other side: of those who sign a contract the firm
/// supplies; of two states the one whose weapon it is.
pub(super) fn turn(phrases: &Phrases<'_>, draft: &mut Draft) {
    let state = |f: &Fill| {
        let force = phrases
            .named(f.token)
            .is_some_and(|n| n.class.as_deref() == Some("armed-force"))
            || phrases
                .lexicon
                .strong("force-word", phrases.tree.lemma(f.token));
        phrases.filler(f.token, false).kind == EntityType::State
            || phrases.office(f.token).is_some()
            || force
    };
    let firm = |f: &Fill| {
        let known = match phrases.named(f.token) {
            Some(n) => matches!(n.class.as_deref(), None | Some("company")),
            None => phrases.stands_for(f.token).is_some(),
        };
        known
            && phrases.filler(f.token, false).kind == EntityType::Organisation
            && phrases.office(f.token).is_none()
    };
    let (takers, givers) = (
        draft.role("recipient").to_vec(),
        draft.role("supplier").to_vec(),
    );
    let country = |f: &Fill| {
        let named = phrases.named(f.token)?;
        (named.kind == EntityType::State).then(|| named.country.clone())?
    };
    let makes = |f: &Fill| {
        let country = country(f);
        country.is_some()
            && draft
                .role("item")
                .iter()
                .any(|item| phrases.maker(item.token) == country)
    };
    let (new_givers, new_takers): (Vec<Fill>, Vec<Fill>) = match (&givers[..], &takers[..]) {
        ([], [_, _, ..]) if takers.iter().any(firm) && takers.iter().any(state) => {
            takers.iter().copied().partition(|f| firm(f))
        }
        ([], [_, _]) if takers.iter().all(state) && takers.iter().any(makes) => {
            takers.iter().copied().partition(|f| makes(f))
        }
        ([giver, ..], [taker, ..]) if firm(taker) && state(giver) => (takers, givers),
        ([giver], [taker]) if makes(taker) && !makes(giver) && state(giver) => (takers, givers),
        _ => return,
    };
    if new_givers.is_empty() || new_takers.is_empty() {
        return;
    }
    draft
        .roles
        .retain(|(role, _)| role != "supplier" && role != "recipient");
    draft.roles.push(("supplier".into(), new_givers));
    draft.roles.push(("recipient".into(), new_takers));
}
