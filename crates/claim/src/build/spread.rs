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

/// The things of a draft where it has several, and the one of them that these roles tell of.
fn one_of<'d>(all: &'d Draft, roles: &[(SmolStr, Vec<Fill>)]) -> Option<(&'d [Fill], usize)> {
    THINGS.iter().find_map(|thing| {
        let (_, fills) = roles.iter().find(|(role, _)| role == thing)?;
        let all = all.role(thing);
        (all.len() > 1).then(|| Some((all, fills.first()?.token)))?
    })
}

/// "flies two Mi-171s bought from Russia and a Dauphin given by France": who gave one thing of a list, in its own clause, gave no other.
pub(super) fn elsewhere(tree: &Tree<'_>, all: &Draft, roles: &[(SmolStr, Vec<Fill>)]) -> bool {
    let Some((things, token)) = one_of(all, roles) else {
        return false;
    };
    let clause = |t: usize| {
        tree.children(t)
            .iter()
            .any(|&c| tree.rel(c).starts_with("acl"))
    };
    let last = things.iter().map(|t| t.token).max();
    // The thing in whose clause a party stands; what stands behind the whole list tells of all of it.
    let host = |party: usize| {
        let mut at = party;
        for _ in 0..tree.len() {
            let over = tree.head(at)?;
            if tree.rel(at).starts_with("acl") && things.iter().any(|t| t.token == over) {
                let all = last.is_some_and(|last| last < at)
                    && !things.iter().any(|t| t.token != over && clause(t.token));
                return (!all).then_some(over);
            }
            if tree.rel(at) == "conj" && things.iter().any(|t| t.token == at) {
                return None;
            }
            at = over;
        }
        None
    };
    let own =
        |party: usize, thing: usize| tree.head(party) == Some(thing) && tree.rel(party) == "nmod";
    roles
        .iter()
        .filter(|(role, _)| PARTIES.contains(&role.as_str()))
        .any(|(role, fills)| {
            let clause = fills
                .iter()
                .filter_map(|f| host(f.token))
                .any(|host| host != token);
            // "sold mortars to Chad and howitzers to Niger": each thing has gone to its own
            let [Fill { token: party, .. }] = fills[..] else {
                return clause;
            };
            let others = all.role(role);
            let another = others.len() > 1
                && !own(party, token)
                && (things.iter().any(|t| own(party, t.token))
                    || others.iter().any(|f| own(f.token, token)));
            clause || another
        })
}

/// "ammunition in Subang and munitions in Bandung": whether a place is another thing's, or this thing has one of its own.
pub(super) fn misplaced(
    tree: &Tree<'_>,
    all: &Draft,
    roles: &[(SmolStr, Vec<Fill>)],
    place: usize,
    places: &[usize],
) -> bool {
    let Some((things, token)) = one_of(all, roles) else {
        return false;
    };
    let own =
        |place: usize, thing: usize| tree.head(place) == Some(thing) && tree.rel(place) == "nmod";
    // Behind the last of a list a place is that of all, unless another has its own.
    let joined = |thing: usize| tree.rel(thing) == "conj" && places.len() > 1;
    things
        .iter()
        .any(|t| t.token != token && joined(t.token) && own(place, t.token))
        || !own(place, token) && joined(token) && places.iter().any(|&p| own(p, token))
}
