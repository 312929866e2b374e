//! One draft, several claims: fillers that stand each in a claim of its own, and which of them belong together.

use sayso_records::Upos;
use smol_str::SmolStr;

use crate::{
    draft::Draft,
    frame::{Fill, Frame},
    parties::{PARTIES, THINGS},
    tree::Tree,
};

/// Whether the claim is placed by "there" alone.
pub(super) fn there(frame: &Frame<'_>, draft: &Draft, linked: &[usize]) -> bool {
    let tree = frame.phrases.tree;
    linked
        .iter()
        .chain([&draft.trigger])
        .flat_map(|&at| tree.all(at, &["advmod"]))
        .any(|c| tree.lemma(c) == "there" && tree.upos(c) == Upos::Adv)
}

/// One set of roles per coordinated filler of `role`.
pub(super) fn split(
    roles: Vec<(SmolStr, Vec<Fill>)>,
    role: &str,
) -> Vec<Vec<(SmolStr, Vec<Fill>)>> {
    let Some(at) = roles
        .iter()
        .position(|(name, fills)| name == role && fills.len() > 1)
    else {
        return vec![roles];
    };
    roles[at]
        .1
        .iter()
        .map(|fill| {
            let mut one = roles.clone();
            one[at].1 = vec![*fill];
            one
        })
        .collect()
}

/// "radars from Israel and trainers from Czechia", "to Turkey for drones and to Russia for helicopters": parties and things that hang
/// on each other belong together, those that hang on others do not.
pub(super) fn tie(tree: &Tree<'_>, all: &Draft, roles: &mut [(SmolStr, Vec<Fill>)]) {
    let tied = |a: usize, b: usize| {
        let on = |x: usize, y: usize| {
            tree.head(x) == Some(y) && tree.rel(x) == "nmod" || tree.modifiers(y).contains(&x)
        };
        on(a, b) || on(b, a)
    };
    let Some(thing) = THINGS.iter().find_map(|thing| {
        let (_, fills) = roles.iter().find(|(role, _)| role == thing)?;
        (all.role(thing).len() > 1).then(|| (*thing, fills.first().map(|f| f.token)))
    }) else {
        return;
    };
    let (name, Some(token)) = thing else { return };
    for (role, fills) in roles.iter_mut() {
        if !PARTIES.contains(&role.as_str()) || all.role(role).len() < 2 {
            continue;
        }
        let own: Vec<Fill> = fills
            .iter()
            .copied()
            .filter(|f| tied(f.token, token))
            .collect();
        let free: Vec<Fill> = fills
            .iter()
            .copied()
            .filter(|f| !all.role(name).iter().any(|t| tied(f.token, t.token)))
            .collect();
        if !own.is_empty() {
            *fills = own;
        } else if !free.is_empty() {
            *fills = free;
        }
    }
}
