//! Which phrase of a path a role takes: the head, what stands behind a counting noun, the name in apposition.

use sayso_records::{EntityType, Upos};

use crate::{
    frame::{Fill, Frame},
    phrase::Phrases,
};

/// The phrases of a path that a role takes. What is joined to one that it takes is of its sort, whatever the word for it: "seven
/// firms and one recruiter", "launchers, goggles and boots".
pub(super) fn taken(
    frame: &Frame<'_>,
    fills: Vec<Fill>,
    take: impl Fn(Fill) -> Option<Fill>,
) -> Vec<Fill> {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let right: Vec<Option<Fill>> = fills.iter().map(|&fill| take(fill)).collect();
    let sort = |fill: &Fill| {
        tree.upos(fill.token) == Upos::Noun
            && phrases.named(fill.token).is_none()
            && ![
                "money",
                "arms",
                "facility",
                "place-word",
                "measure",
                "know-how",
                "actor-word",
            ]
            .iter()
            .any(|class| phrases.in_class(fill.token, class))
    };
    let joined = |fill: &Fill| {
        tree.rel(fill.token) == "conj"
            && right.iter().flatten().any(|r| {
                Some(r.token) == tree.head(fill.token)
                    && tree.tag(r.token).ends_with('S') == tree.tag(fill.token).ends_with('S')
            })
    };
    let mut out = Vec::new();
    for (fill, right) in fills.iter().zip(&right) {
        // "most of the tanks and howitzers": what is joined behind the counting noun
        if let Some(inner) = right.filter(|r| r.token != fill.token && !r.implied) {
            let joined = tree.all(inner.token, &["conj"]).into_iter();
            let joined = joined.filter_map(|token| take(Fill { token, ..inner }));
            out.push(inner);
            out.extend(joined.filter(|f| f.token != inner.token));
            continue;
        }
        out.extend(right.or_else(|| (sort(fill) && joined(fill)).then_some(*fill)));
    }
    out
}

/// Each of those that a phrase for several names.
pub(super) fn each(frame: &Frame<'_>, fills: Vec<Fill>) -> Vec<Fill> {
    fills
        .into_iter()
        .flat_map(|fill| {
            let members = frame.members(fill.token);
            if members.is_empty() {
                return vec![fill];
            }
            members
                .into_iter()
                .map(|token| Fill { token, ..fill })
                .collect()
        })
        .collect()
}

pub(super) fn dedup(fills: Vec<Fill>) -> Vec<Fill> {
    let mut out: Vec<Fill> = Vec::new();
    for fill in fills {
        if !out.iter().any(|f| f.token == fill.token) {
            out.push(fill);
        }
    }
    out
}

/// The filler a class accepts: the phrase, or what it counts ("a batch of shells").
pub(super) fn take(
    phrases: &Phrases<'_>,
    fill: Fill,
    classes: &[String],
    trigger: usize,
    role: &str,
    path: &str,
) -> Option<Fill> {
    if fill.token == trigger && path != "self" {
        return None;
    }
    // "the Emirati conglomerate EDGE", "Peru's state yard SIMA": the name in apposition, not the description
    if classes.iter().any(|c| c == "actor")
        && phrases.named(fill.token).is_none()
        // "Serbia's president Aleksandar Vučić" is Serbia
        && !(phrases.lexicon.strong("state-people", phrases.tree.lemma(fill.token))
            && phrases.whose(fill.token).is_some())
        && let Some(name) = phrases
            .tree
            .all(fill.token, &["appos"])
            .into_iter()
            // "Rheinmetall and the Finnish firm ICEYE": hung on the first of the two
            .chain(
                phrases
                    .tree
                    .head(fill.token)
                    .filter(|_| phrases.tree.rel(fill.token) == "conj")
                    .into_iter()
                    .flat_map(|first| phrases.tree.all(first, &["appos"]))
                    .filter(|&a| phrases.tree.extent(a).0 == fill.token + 1),
            )
            // "a drone maker in Riga, Origin Robotics": hung on the town
            .chain(
                phrases
                    .tree
                    .all(fill.token, &["nmod"])
                    .into_iter()
                    .filter(|&town| phrases.tree.upos(town) == Upos::Propn)
                    .filter(|&town| phrases.tree.case(town) == "in")
                    .flat_map(|town| phrases.tree.all(town, &["appos"])),
            )
            .find(|&a| {
                let beside = phrases.tree.extent(a).0 == fill.token + 1;
                phrases.tree.upos(a) == Upos::Propn
                    && phrases.actor(a)
                    && a > fill.token
                    && (beside || phrases.in_class(fill.token, "actor-word"))
            })
        && phrases.tree.upos(fill.token) == Upos::Noun
    {
        return Some(Fill {
            token: name,
            ..fill
        });
    }
    // "HMAS Eyre, the second of six patrol vessels": what a ship is, rather than its name
    if classes.iter().any(|c| c == "arms")
        && phrases.tree.upos(fill.token) == Upos::Propn
        && !phrases.in_class(fill.token, "arms")
        && let Some(token) = phrases
            .tree
            .all(fill.token, &["appos"])
            .into_iter()
            .map(|a| phrases.unwrap(a))
            .find(|&a| phrases.in_class(a, "arms"))
    {
        return Some(Fill { token, ..fill });
    }
    let actor = classes.iter().any(|c| c == "actor");
    // "sold to an undisclosed customer": nobody that is told
    if actor
        && phrases.named(fill.token).is_none()
        && phrases.tree.modifiers(fill.token).into_iter().any(|m| {
            phrases.lexicon.strong("undisclosed", phrases.tree.lemma(m))
                || phrases
                    .lexicon
                    .strong("undisclosed", &phrases.tree.word(m).to_lowercase())
        })
        && !phrases
            .tree
            .modifiers(fill.token)
            .into_iter()
            .any(|m| phrases.named(m).is_some())
    {
        return None;
    }
    // "has sold weapons to neither side": nobody in particular
    if actor
        && phrases.group(fill.token).is_empty()
        && phrases
            .lexicon
            .strong("side-word", phrases.tree.lemma(fill.token))
        && phrases
            .tree
            .all(fill.token, &["det"])
            .into_iter()
            .any(|d| matches!(phrases.tree.lemma(d), "either" | "neither"))
    {
        return None;
    }
    // "reached the garrison in Rukla": where it is, and nobody
    if actor
        && phrases.tree.case(fill.token) == "in"
        && phrases
            .named(fill.token)
            .is_some_and(|n| n.kind == EntityType::Place)
    {
        return None;
    }
    // "built with French engineers": hands, and no partner
    if role == "partner"
        && phrases.named(fill.token).is_none()
        && phrases.in_class(fill.token, "person-word")
    {
        return None;
    }
    // "Peru's state yard SIMA builds": a yard with a name of its own is who builds
    if role == "facility"
        && path.starts_with("subject")
        && phrases
            .tree
            .all(fill.token, &["appos"])
            .into_iter()
            .any(|a| phrases.tree.extent(a).0 == fill.token + 1 && phrases.actor(a))
    {
        return None;
    }
    let things = role != "about"
        && classes
            .iter()
            .any(|c| !matches!(c.as_str(), "actor" | "place" | "money" | "figure" | "any"));
    let inner = if things {
        phrases.unwrap(fill.token)
    } else {
        fill.token
    };
    // "tested the tank but has not ordered it", "ten of them": what the sentence named
    if classes.iter().any(|c| c == "arms")
        && let Some(token) = phrases.arms_before(inner)
    {
        return Some(Fill {
            token,
            implied: true,
        });
    }
    let fits = |token: usize| classes.iter().any(|class| phrases.takes(token, class));
    // Prefer what stands behind a counting noun; fall back on the noun itself.
    if inner != fill.token && fits(inner) && classes.iter().any(|c| c != "any") {
        return Some(Fill {
            token: inner,
            ..fill
        });
    }
    fits(fill.token).then_some(fill)
}
