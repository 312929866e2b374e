//! One pattern at one word: its roles filled, or why they are not.

use sayso_codebook::{Kind, Pattern, Role};
use sayso_records::Upos;

use crate::{
    frame::Frame,
    parties::{PARTIES, THINGS, deal},
};

use super::{
    Draft, Unfit,
    stand::{hypothetical, somebody},
    take::{dedup, each, take, taken},
    turn::turn,
};

/// A pattern's draft, and how many roles its own paths filled.
pub(super) fn fit<'c>(
    kind: &'c Kind,
    k: usize,
    p: usize,
    trigger: usize,
    frame: &Frame<'_>,
) -> Result<(usize, Draft), Unfit<'c>> {
    let pattern = &kind.patterns[p];
    if let Some(particle) = &pattern.particle {
        let tree = frame.phrases.tree;
        let has = tree
            .all(trigger, &["compound:prt", "advmod"])
            .into_iter()
            .any(|c| tree.lemma(c) == particle);
        if !has {
            return Err(Unfit::Needs);
        }
    }
    // "a loan of 110 million euros": money, which is no transfer of arms
    let tree = frame.phrases.tree;
    if kind.kind == "transfer"
        && tree.upos(trigger) == Upos::Noun
        && tree.all(trigger, &["nmod"]).into_iter().any(|c| {
            tree.case(c) == "of"
                && frame.phrases.takes(c, "money")
                && !frame.phrases.in_class(c, "arms")
        })
    {
        return Err(Unfit::Needs);
    }
    let unmet = pattern.needs.iter().any(|(path, classes)| {
        !frame.path(trigger, path).into_iter().any(|f| {
            classes
                .iter()
                .any(|class| frame.phrases.takes(f.token, class))
        })
    });
    if unmet {
        return Err(Unfit::Needs);
    }
    let mut draft = Draft {
        kind: k,
        pattern: p,
        trigger,
        roles: Vec::new(),
        by: Vec::new(),
    };
    let mut used: Vec<usize> = Vec::new();
    // Required roles choose first, so that an optional one does not take their only filler.
    let required = |name: &str| {
        pattern
            .require
            .iter()
            .any(|r| r.split('|').any(|r| r == name))
    };
    let mut order: Vec<&sayso_codebook::Role> =
        kind.roles.iter().filter(|r| required(&r.name)).collect();
    order.extend(kind.roles.iter().filter(|r| !required(&r.name)));
    for role in &order {
        let paths = pattern.roles.get(&role.name).into_iter().flatten();
        fill(frame, pattern, role, paths, &mut draft, &mut used);
    }
    let own = draft.roles.len();
    for role in &order {
        // What a pattern asks for outright it finds itself.
        let asked = pattern.require.contains(&role.name);
        if draft.role(&role.name).is_empty() && !asked && !pattern.give.contains_key(&role.name) {
            let paths = kind.paths.get(&role.name).into_iter().flatten();
            fill(frame, pattern, role, paths, &mut draft, &mut used);
        }
    }
    if pattern.firm_supplies {
        turn(frame.phrases, &mut draft);
    }
    for role in pattern.give.keys() {
        draft.roles.push((role.as_str().into(), Vec::new()));
    }
    if hypothetical(frame.phrases.tree, trigger) {
        return Err(Unfit::Hypothetical);
    }
    // "Turkish-made drones": where they come from, no claim of who makes what
    if kind.kind == "production" && frame.attributive(trigger) {
        return Err(Unfit::Nobody);
    }
    if !somebody(kind, frame, &draft) {
        return Err(Unfit::Nobody);
    }
    // A party left open may be known from what was said of the thing before.
    let thing = THINGS
        .iter()
        .flat_map(|role| draft.role(role))
        .find_map(|f| frame.phrases.thing(f.token))
        .or_else(|| {
            let named = PARTIES.iter().flat_map(|role| draft.role(role));
            let named: Vec<String> = named
                .map(|f| frame.phrases.filler(f.token, false).name)
                .collect();
            deal(frame, kind, trigger, &named)
        });
    let known = |role: &str| {
        PARTIES.contains(&role)
            && thing.is_some_and(|thing| {
                let party = thing.party(role);
                // not somebody who already fills another role
                let taken = PARTIES.iter().flat_map(|other| draft.role(other)).any(|f| {
                    let name = frame.phrases.filler(f.token, false).name;
                    party.iter().any(|p| p.name == name)
                });
                !party.is_empty() && !taken
            })
    };
    let unfilled = pattern
        .require
        .iter()
        .find(|r| !r.split('|').any(|r| !draft.role(r).is_empty() || known(r)));
    if let Some(role) = unfilled {
        return Err(Unfit::Unfilled(role));
    }
    let order = |name: &str| kind.roles.iter().position(|r| r.name == name);
    draft.roles.sort_by_key(|(name, _)| order(name));
    Ok((own, draft))
}

/// Fills a role from the first of the paths that gives something it takes. A path may start at what fills another role
/// (`@item>demonym`).
fn fill<'p>(
    frame: &Frame<'_>,
    pattern: &Pattern,
    role: &Role,
    paths: impl Iterator<Item = &'p String>,
    draft: &mut Draft,
    used: &mut Vec<usize>,
) {
    let classes = pattern.filler.get(&role.name).unwrap_or(&role.filler);
    let twice = matches!(role.name.as_str(), "product" | "facility" | "exchange");
    for path in paths {
        let from: Vec<usize> = match path.strip_prefix('@').and_then(|p| p.split_once('>')) {
            Some((other, _)) => draft.role(other).iter().map(|f| f.token).collect(),
            None => vec![draft.trigger],
        };
        let steps = path.split_once('>').filter(|_| path.starts_with('@'));
        let steps = steps.map_or(path.as_str(), |(_, steps)| steps);
        let reached = from.iter().flat_map(|&t| frame.path(t, steps)).collect();
        let mut found = taken(frame, reached, |fill| {
            take(
                frame.phrases,
                fill,
                classes,
                draft.trigger,
                &role.name,
                path,
            )
        });
        if classes.iter().any(|c| c == "actor") {
            found = each(frame, found);
        }
        found.retain(|f| twice || !used.contains(&f.token));
        if !found.is_empty() {
            used.extend(found.iter().map(|f| f.token));
            draft.by.push((role.name.as_str().into(), path.clone()));
            draft.roles.push((role.name.as_str().into(), dedup(found)));
            return;
        }
    }
}
