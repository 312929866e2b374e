//! Where a claim says it is: the places in the clause of its predicate and in the phrases of its things.

use sayso_codebook::Kind;
use sayso_records::{EntityType, PlaceRef, Upos};

use crate::{draft::Draft, frame::Frame, here::Here, phrase::Phrases, toponyms};

/// Prepositions that place.
const PLACING: &[&str] = &[
    "in",
    "at",
    "near",
    "outside",
    "inside",
    "around",
    "on",
    "outside of",
    "close to",
    "across",
    "within",
];

/// What puts a thing elsewhere, said right before the preposition: "not in Russia but in Belarus".
const EXCLUDING: &[&[&str]] = &[
    &["not"],
    &["except"],
    &["excluding"],
    &["rather", "than"],
    &["other", "than"],
    &["instead", "of"],
    &["apart", "from"],
    &["anywhere", "but"],
    &["everywhere", "but"],
];

/// Whether `token` with its preposition says where something is not. Outside a town is near it; outside a state, a province or a region of
/// the world is anywhere else.
fn elsewhere(phrases: &Phrases<'_>, token: usize) -> bool {
    let tree = phrases.tree;
    let wide = phrases.named(token).is_some_and(|name| {
        toponyms::wide(name) || name.kind == EntityType::Place && name.entity.is_some()
    });
    let case = tree.all(token, &["case", "mark"]).into_iter().min();
    let start = case.unwrap_or(token).min(token);
    let said = |words: &&[&str]| {
        start.checked_sub(words.len()).is_some_and(|from| {
            words
                .iter()
                .enumerate()
                .all(|(nth, word)| tree.word(from + nth).to_lowercase() == *word)
        })
    };
    wide && tree.case(token).starts_with("outside") || EXCLUDING.iter().any(said)
}

/// Places of a draft: "in" phrases on the trigger, its fillers or the light verb, and place names inside a facility's phrase.
/// `linked`: the predicates that share the claim's time and place.
pub(crate) fn places(
    here: &Here<'_>,
    kind: &Kind,
    draft: &Draft,
    linked: &[usize],
) -> Vec<PlaceRef> {
    let frame = here.frame;
    let phrases = frame.phrases;
    let tree = phrases.tree;
    let used: Vec<usize> = draft.tokens().collect();
    let mut hosts = vec![draft.trigger];
    let things = |role: &str| {
        kind.roles
            .iter()
            .any(|r| r.name == role && !r.filler.iter().any(|f| f == "actor"))
    };
    hosts.extend(
        draft
            .roles
            .iter()
            .filter(|(role, _)| things(role))
            .flat_map(|(_, fills)| fills.iter().map(|f| f.token)),
    );
    // a filler's own head noun ("drone" of "drone factory in Minsk")
    let heads: Vec<usize> = hosts
        .iter()
        .filter_map(|&t| {
            tree.head(t)
                .filter(|_| matches!(tree.rel(t), "compound" | "nmod" | "amod" | "obl:npmod"))
        })
        .filter(|&h| tree.upos(h) == Upos::Noun)
        .collect();
    hosts.extend(heads);
    if let Some(governor) = frame.governor(draft.trigger)
        && frame.lookup.light(tree.lemma(governor))
        && tree.upos(draft.trigger) == Upos::Noun
    {
        hosts.push(governor);
    }
    let mut tokens: Vec<usize> = Vec::new();
    for host in hosts {
        for &c in tree.children(host) {
            let placed = match tree.rel(c) {
                "obl" | "nmod" => PLACING.contains(&tree.case(c).as_str()) && phrases.place(c),
                // "the Bhanur plant": a name, not where it stands
                "compound" | "amod" if draft.role("facility").iter().any(|f| f.token == host) => {
                    false
                }
                "compound" | "amod" => {
                    phrases
                        .named(c)
                        .is_some_and(|n| n.kind == EntityType::Place)
                        && !phrases.actor(host)
                }
                _ => false,
            };
            if placed {
                // "in Minsk and Gomel", "not in Russia but in Belarus"
                let stands = |t: usize| match tree.case(t).is_empty() {
                    true => !elsewhere(phrases, c),
                    false => !elsewhere(phrases, t),
                };
                let all = tree.coordinated(c).into_iter();
                tokens.extend(all.filter(|&t| phrases.place(t) && stands(t)));
            } else if matches!(tree.rel(c), "obl" | "nmod")
                && PLACING.contains(&tree.case(c).as_str())
                && !used.contains(&c)
            {
                // "in the city of Tula", "at a site near Minsk"
                tokens.extend(tree.children(c).iter().copied().filter(|&g| {
                    phrases.place(g)
                        && !elsewhere(phrases, g)
                        && (PLACING.contains(&tree.case(g).as_str())
                            || tree.case(g) == "of"
                            || matches!(tree.rel(g), "compound" | "appos"))
                }));
            }
        }
    }
    tokens.retain(|t| !used.contains(t));
    if tokens.is_empty() {
        let verb = frame
            .governor(draft.trigger)
            .filter(|&g| frame.lookup.light(tree.lemma(g)));
        let top = if tree.upos(draft.trigger) == Upos::Verb {
            Some(draft.trigger)
        } else {
            verb
        };
        tokens.extend(top.and_then(|top| somewhere(frame, top, draft, happens(kind))));
    }
    if tokens.is_empty() && kind.kind == "production" {
        // "the yard in Gdynia builds": where the maker is
        let makers = draft
            .role("producer")
            .iter()
            .filter(|f| tree.upos(f.token) == Upos::Noun || phrases.in_class(f.token, "facility"));
        tokens.extend(
            makers
                .flat_map(|f| tree.all(f.token, &["nmod"]))
                .filter(|&c| PLACING.contains(&tree.case(c).as_str()) && phrases.place(c))
                .filter(|&c| !elsewhere(phrases, c)),
        );
    }
    if tokens.is_empty() {
        // "In Sanaa the group continues to build": where the verb over it happens
        tokens.extend(
            linked
                .iter()
                .filter(|&&at| at != draft.trigger && !frame.lookup.reporting_verb(tree, at))
                .flat_map(|&at| tree.all(at, &["obl"]))
                .filter(|c| {
                    PLACING.contains(&tree.case(*c).as_str())
                        && phrases.place(*c)
                        && !elsewhere(phrases, *c)
                        && !used.contains(c)
                })
                .take(1),
        );
    }
    tokens.sort_unstable();
    tokens.dedup();
    let mut taken: Vec<usize> = Vec::new();
    let mut out = Vec::new();
    for token in tokens {
        let Some(name) = phrases.named(token) else {
            continue;
        };
        if taken.contains(&name.first) {
            continue;
        }
        let span = here.span(name.first, name.last);
        let (place, within) = toponyms::place(phrases, name, span);
        taken.extend(within.iter().map(|w| w.first));
        out.push(place);
    }
    out
}

/// Whether it happens at one place: goods and money have two ends, and who they pass between may be anywhere.
fn happens(kind: &Kind) -> bool {
    !kind
        .roles
        .iter()
        .any(|r| r.name == "recipient" || r.name == "payee")
}

/// The first place in the clause of `top` that no other clause and no party stands between: "assembles drones from kits in
/// Omdurman". What follows a party's proper name is the clause's too: "will host Ukraine in Trondheim".
/// `wide`: what stands with a party counts too ("met the Peruvian navy in Callao").
fn somewhere(frame: &Frame<'_>, top: usize, draft: &Draft, wide: bool) -> Option<usize> {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let used: Vec<usize> = draft.tokens().collect();
    let mut open = vec![top];
    let mut found = Vec::new();
    while let Some(at) = open.pop() {
        for &c in tree.children(at) {
            let phrase = matches!(tree.rel(c), "obl" | "nmod" | "obj" | "obl:agent" | "conj")
                && tree.upos(c) != Upos::Verb
                && (c > top || at != top);
            if !phrase {
                continue;
            }
            if PLACING.contains(&tree.case(c).as_str()) && phrases.place(c) && !used.contains(&c) {
                found.extend(Some(c).filter(|&c| !elsewhere(phrases, c)));
            } else if wide
                || tree.upos(c) == Upos::Propn
                || !phrases.actor(c)
                || tree.case(c) == "for" && c > top
            {
                open.push(c);
            }
        }
    }
    found.into_iter().min()
}
