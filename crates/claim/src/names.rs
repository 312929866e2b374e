//! Names in a sentence: the gazetteer's first, then the model's, then towns that both overlook.

use sayso_gazetteer::{Gazetteer, Hints, Placing, Via};
use sayso_records::{Entity, EntityType, Span, Upos};
use smol_str::SmolStr;

use crate::{lexicon::Lexicon, tree::Tree};

/// Longest name looked up, in tokens.
const NAME_TOKENS: usize = 12;

/// A name in a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) entity: Option<Entity>,
    pub(crate) kind: EntityType,
    pub(crate) via: Option<Via>,
    pub(crate) country: Option<SmolStr>,
    /// Class of a known system or body.
    pub(crate) class: Option<SmolStr>,
    /// The state it is an office of: ministries and the government act for it.
    pub(crate) state: Option<Entity>,
    /// Whether it can act: a city that the gazetteer does not know as a seat cannot.
    pub(crate) acts: bool,
}

impl Named {
    /// Whether the name alone makes a sentence one about defence: a weapon system, a force, a firm of the gazetteer.
    pub(crate) fn of_defence(&self) -> bool {
        self.kind == EntityType::System
            || matches!(
                self.class.as_deref(),
                Some("armed-force" | "militia" | "company" | "zone")
            )
    }
}

/// Prepositions that place whatever name follows them.
const LOCATING: &[&str] = &[
    "in", "near", "outside", "inside", "around", "at", "via", "through",
];

/// Towns that the model overlooks or takes for somebody: a name after "in" or "near" that nothing better is known of.
fn located(tree: &Tree<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon, names: &mut Vec<Named>) {
    // "the Düsseldorf group"
    let seat = |head: usize| {
        tree.rel(head) == "compound"
            && head > 0
            && tree.lemma(head - 1) == "the"
            && tree.head(head) == Some(head + 1)
            && lexicon.strong("company-word", tree.lemma(head + 1))
            && tree.upos(head + 1) == Upos::Noun
    };
    for head in 0..tree.len() {
        // "shipped them to Mombasa", which the model takes for a people
        let folk = matches!(tree.case(head).as_str(), "to" | "from")
            && tree
                .sentence
                .names
                .iter()
                .any(|n| n.label == "NORP" && n.span.range().contains(&head));
        // "the howitzers reached El Fasher": things come to a town, where it is one
        let reached = tree.rel(head) == "obj"
            && tree.head(head).is_some_and(|verb| {
                tree.child(verb, &["nsubj"])
                    .is_some_and(|s| s < head && lexicon.strong("arms", tree.lemma(s)))
            });
        if tree.upos(head) != Upos::Propn
            || !seat(head)
                && !reached
                && (!matches!(tree.rel(head), "nmod" | "obl")
                    || !folk && !LOCATING.contains(&tree.case(head).as_str()))
            || !tree
                .word(head)
                .chars()
                .all(|c| c.is_alphabetic() || "-'’.".contains(c))
        {
            continue;
        }
        let mut first = head;
        while first > 0 && tree.upos(first - 1) == Upos::Propn && tree.head(first - 1) == Some(head)
        {
            first -= 1;
        }
        let over = |n: &Named| n.first <= head && first <= n.last;
        let known = || {
            let words = tree.span(first, head).of(tree.text);
            !matches!(gazetteer.place(words, &Hints::default()), Placing::None)
        };
        let dated = tree.sentence.names.iter().any(|n| {
            n.span.range().contains(&head)
                && !matches!(
                    n.label.as_str(),
                    "ORG" | "PERSON" | "GPE" | "FAC" | "LOC" | "PRODUCT" | "NORP"
                )
        });
        let other = names.iter().find(|n| over(n));
        let take = match other {
            None if seat(head) || folk || reached => known(),
            // "the Adani group" is a name, "the Pune company" is none
            Some(n)
                if seat(head)
                    && n.kind != EntityType::Person
                    && lexicon.strong("movement-word", tree.lemma(head + 1)) =>
            {
                false
            }
            None if matches!(tree.case(head).as_str(), "at" | "via" | "through" | "to") => {
                !dated && known()
            }
            None => !dated && tree.child(head, &["det"]).is_none(),
            Some(n) => {
                n.entity.is_none()
                    && matches!(n.kind, EntityType::Person | EntityType::Organisation)
                    && known()
            }
        };
        if take {
            names.retain(|n| !over(n));
            names.push(Named {
                first,
                last: head,
                entity: None,
                state: None,
                kind: EntityType::Place,
                via: None,
                country: None,
                class: None,
                acts: false,
            });
        }
    }
    names.sort_by_key(|n| n.first);
}

/// The names of a sentence, in order.
pub(crate) fn of(tree: &Tree<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Named> {
    let mut names = known(tree, gazetteer, lexicon);
    located(tree, gazetteer, lexicon, &mut names);
    names
}

/// Names by the gazetteer, then by the model where the gazetteer knows nothing better.
fn known(tree: &Tree<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon) -> Vec<Named> {
    let words: Vec<&str> = (0..tree.len()).map(|i| tree.word(i)).collect();
    let model: Vec<(Span<sayso_records::TokenIndex>, &str)> = tree
        .sentence
        .names
        .iter()
        .map(|n| (n.span, n.label.as_str()))
        .collect();
    let mut names = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let end = words.len().min(i + NAME_TOKENS);
        // "Rafales": the plural of a weapon's name
        let singular = words[i]
            .strip_suffix('s')
            .filter(|w| w.len() > 3 && w.starts_with(char::is_uppercase));
        let known = gazetteer.longest(&words[i..end]).or_else(|| {
            gazetteer
                .longest(&[singular?])
                .filter(|k| k.entity.kind == EntityType::System)
        });
        if known.is_none()
            && words[i].eq_ignore_ascii_case("the")
            && gazetteer.longest(&words[(i + 1).min(end)..end]).is_some()
        {
            i += 1;
            continue;
        }
        let found = model.iter().find(|(span, label)| {
            let starts = span.start as usize == i
                || (span.start as usize + 1 == i
                    && words[span.start as usize].eq_ignore_ascii_case("the"));
            starts
                && matches!(
                    *label,
                    "ORG" | "PERSON" | "FAC" | "GPE" | "LOC" | "NORP" | "PRODUCT"
                )
        });
        let longer = found.filter(|(span, label)| {
            let system = known
                .as_ref()
                .is_some_and(|k| k.entity.kind == EntityType::System);
            let body = known
                .as_ref()
                .is_some_and(|k| k.entity.kind == EntityType::Organisation);
            // "Warsaw bought 364, and Oslo 28"
            let common = matches!(tree.upos(span.end as usize - 1), Upos::Noun | Upos::Num);
            // "sell Kyiv Patriot interceptors": a weapon's name behind a state's
            let weapon = known.as_ref().is_some_and(|k| {
                let rest = (i + k.words).min(end);
                gazetteer
                    .longest(&words[rest..end])
                    .is_some_and(|next| next.entity.kind == EntityType::System)
            });
            // "offered Lisbon the Gripen": two phrases, taken for one name
            let two = (i + 1..span.end as usize).any(|t| {
                matches!(tree.tag(t), "DT" | "IN" | "TO")
                    && tree.word(t).starts_with(char::is_lowercase)
                    && !matches!(tree.lemma(t), "of" | "for")
            });
            // "sold Ankara 354 Leopard tanks"
            let counted = known.as_ref().is_some_and(|k| {
                k.entity.kind == EntityType::State
                    && words
                        .get(i + k.words)
                        .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()))
            });
            !(system || body || weapon || two || counted || common && *label != "ORG")
                && known.as_ref().is_some_and(|k| {
                    span.end as usize > i + k.words && matches!(*label, "ORG" | "FAC" | "PERSON")
                })
        });
        match (known, found) {
            (Some(known), _) if longer.is_none() => {
                let last = i + known.words - 1;
                let first = if words[i].eq_ignore_ascii_case("the") && last > i {
                    i + 1
                } else {
                    i
                };
                let lower = words[i].chars().all(|c| c.is_lowercase());
                if lower && known.words == 1 {
                    i += 1;
                    continue;
                }
                let acts = matches!(
                    known.entity.kind,
                    EntityType::State
                        | EntityType::Organisation
                        | EntityType::Region
                        | EntityType::Person
                );
                let office = matches!(known.entity.class, Some("ministry" | "government"));
                let state = known
                    .entity
                    .country
                    .filter(|_| office)
                    .and_then(|country| gazetteer.state(country))
                    .map(|state| state.entity());
                names.push(Named {
                    first,
                    last,
                    state,
                    entity: Some(known.entity.entity()),
                    kind: known.entity.kind,
                    via: Some(known.via),
                    country: known.entity.country.map(SmolStr::new),
                    class: known.entity.class.map(SmolStr::new),
                    acts,
                });
                i = last + 1;
            }
            (_, Some((span, label))) => {
                let last = span.end as usize - 1;
                let called = i > 0
                    && lexicon.strong("actor-word", tree.lemma(i - 1))
                    && !lexicon.strong("person-word", tree.lemma(i - 1));
                let (kind, acts) = match *label {
                    _ if called => (EntityType::Organisation, true),
                    "ORG" => (EntityType::Organisation, true),
                    "PERSON" => (EntityType::Person, true),
                    "NORP" => (EntityType::Organisation, true),
                    "FAC" => (EntityType::Facility, false),
                    "PRODUCT" => (EntityType::Other, true),
                    // A place that the gazetteer has never heard of may be a firm.
                    _ => {
                        let words = tree.span(i, span.end as usize - 1).of(tree.text);
                        let article = i > 0 && tree.lemma(i - 1) == "the";
                        let unheard = !article
                            && matches!(gazetteer.place(words, &Hints::default()), Placing::None);
                        (EntityType::Place, unheard)
                    }
                };
                let first = if words[i].eq_ignore_ascii_case("the") && last > i {
                    i + 1
                } else {
                    i
                };
                let last = if last > first && matches!(words[last], "'s" | "’s") {
                    last - 1
                } else {
                    last
                };
                // A model's name whose head is a common noun of the lexicon ("K9 howitzers" as ORG) is left to the lexicon.
                if tree.upos(last) == Upos::Noun {
                    i += 1;
                    continue;
                }
                names.push(Named {
                    first,
                    last,
                    entity: None,
                    state: None,
                    kind,
                    via: None,
                    country: None,
                    class: None,
                    acts,
                });
                i = last + 1;
            }
            _ => i += 1,
        }
    }
    names
}
