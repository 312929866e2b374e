//! Whom a text has named so far, for the words that point back: "it", "the company", "the country".

mod meant;
mod things;

use sayso_records::{Entity, EntityType, Filler, Upos};
use smol_str::SmolStr;

use crate::{build::Told, frame::Frame, names::Named, phrase::Phrases, tree::Tree};

pub(crate) use meant::Origin;
pub(crate) use things::{Thing, bare, elliptic, quantifies};

/// The latest of each sort that a later word may mean. Empty at the start of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Discourse {
    /// Who acted in the last sentences, the subject of each first: "it", "they".
    actors: Vec<Actor>,
    /// The last person who was or spoke: "he", "she".
    person: Option<Filler>,
    /// Who spoke last: "we".
    speaker: Option<Filler>,
    /// The state or body that this person acts for ("the head of Rosoboronexport").
    serves: Option<Filler>,
    firms: Vec<Firm>,
    state: Option<Filler>,
    /// The state that the last sentences were about, and sentences since: "the government".
    topic: Option<(Filler, usize)>,
    /// The state whose arms trade the last sentence was about, and whether it buys.
    trade: Option<(Filler, bool)>,
    /// The subjects that the last sentence joined: "they", "both".
    together: Vec<Filler>,
    things: Vec<Thing>,
    plants: Vec<Thing>,
    /// Bodies by the last word of their name: "the foundation", "the corps".
    bodies: Vec<(String, Filler)>,
    /// Those of one sort that the last sentences named together, latest last.
    groups: Vec<Group>,
}

/// A firm or an armed group: "the company", "the group".
#[derive(Debug, Clone)]
struct Firm {
    filler: Filler,
    country: Option<SmolStr>,
    /// Whether it fights rather than sells.
    movement: bool,
}

/// Those of one sort that a sentence named.
#[derive(Debug, Clone)]
struct Group {
    members: Vec<Filler>,
    /// Sentences since.
    age: usize,
}

/// One who acts in a sentence.
#[derive(Debug, Clone)]
struct Actor {
    filler: Filler,
    /// The state that it is an office of.
    office: Option<Entity>,
    /// Whether it is one body, so that "it" may mean it.
    single: bool,
    /// Whether it may be many, so that "they" may mean it.
    many: bool,
    /// Whether it is many by its form.
    plural: bool,
    /// Whether its sentence is about it.
    subject: bool,
    /// Sentences since.
    age: usize,
}

impl Discourse {
    /// The discourse after a sentence.
    pub(crate) fn after(&self, frame: &Frame<'_>, told: &Told<'_>) -> Self {
        let claims = told.claims;
        let (phrases, tree) = (frame.phrases, frame.phrases.tree);
        let mut next = self.clone();
        let speaking = |t: usize| {
            tree.head(t)
                .is_some_and(|h| frame.lookup.reporting_verb(tree, h))
        };
        let subjects: Vec<usize> = (0..tree.len())
            .filter(|&t| matches!(tree.rel(t), "nsubj" | "nsubj:pass") && phrases.actor(t))
            .collect();
        for &t in &subjects {
            let filler = phrases.filler(t, true);
            let one = tree.lemma(t) != "they" && tree.tag(t) != "NNS";
            if filler.kind == EntityType::Person && one {
                next.person = Some(filler);
                next.serves = frame
                    .path(t, "demonym+poss+of")
                    .into_iter()
                    .filter(|f| phrases.named(f.token).is_some_and(|n| n.acts))
                    .map(|f| phrases.filler(f.token, true))
                    .find(|f| {
                        f.kind == EntityType::Organisation
                            || f.kind == EntityType::State
                                && phrases.lexicon.strong("state-people", tree.lemma(t))
                    });
            }
        }
        // "freeze the assets of a broker in Dubai. He had": the only one named
        let acts = subjects
            .iter()
            .filter(|&&t| tree.lemma(t) != "they" && tree.tag(t) != "NNS")
            .any(|&t| phrases.filler(t, true).kind == EntityType::Person);
        let mut others = (0..tree.len()).filter(|&t| {
            matches!(tree.rel(t), "obj" | "obl" | "obl:agent" | "nmod" | "iobj")
                && matches!(tree.tag(t), "NN" | "NNP")
                && phrases.actor(t)
                && phrases.filler(t, true).kind == EntityType::Person
        });
        if let (false, Some(only), None) = (acts, others.next(), others.next()) {
            next.person = Some(phrases.filler(only, true));
            next.serves = None;
        }
        if let Some(&t) = subjects
            .iter()
            .find(|&&t| speaking(t) && tree.upos(t) != Upos::Pron)
        {
            let person = phrases.filler(t, true);
            let serves = if person.kind == EntityType::Person {
                next.serves.clone()
            } else {
                Some(person)
            };
            next.speaker = serves;
        }
        // Outside of what is quoted, "us" is the publisher.
        else if frame.beyond.is_empty() && !quoted(tree) {
            next.speaker = None;
        }
        // What is said has the subject, not the one who says it; of clauses, the first.
        let about = subjects
            .iter()
            .copied()
            .filter(|&t| main(tree, t))
            .find(|&t| !speaking(t))
            .or_else(|| subjects.iter().copied().find(|&t| speaking(t)));
        next.actors.retain_mut(|a| {
            a.age += 1;
            a.age <= 2
        });
        let mut acting: Vec<usize> = about.into_iter().collect();
        acting.extend((0..tree.len()).filter(|&t| {
            phrases.actor(t)
                && matches!(
                    tree.rel(t),
                    "nsubj"
                        | "nsubj:pass"
                        | "obj"
                        | "iobj"
                        | "obl"
                        | "obl:agent"
                        | "nmod"
                        | "nmod:poss"
                        | "conj"
                )
                // "sold the group chips"
                || tree.rel(t) == "compound" && phrases.stands_for(t).is_some()
        }));
        for t in acting {
            let filler = phrases.filler(t, true);
            let new = next
                .actors
                .iter()
                .all(|a| a.age != 1 || a.filler.name != filler.name);
            if !new {
                continue;
            }
            let plural = matches!(tree.tag(t), "NNS" | "NNPS") && phrases.named(t).is_none()
                || tree.child(t, &["conj"]).is_some();
            let state = filler.kind == EntityType::State;
            next.actors.push(Actor {
                office: phrases.office(t).or_else(|| {
                    let people = phrases.lexicon.strong("state-people", tree.lemma(t));
                    phrases
                        .whose(t)
                        .filter(|_| people && phrases.named(t).is_none())
                }),
                single: !plural && filler.kind != EntityType::Person,
                many: plural || !state && filler.kind != EntityType::Person,
                plural,
                subject: about == Some(t),
                age: 1,
                filler,
            });
        }
        let states: Vec<Filler> = named(phrases, |name| name.kind == EntityType::State);
        // A firm is one that the gazetteer knows, that is called one, or that makes or sells.
        let firms = named(phrases, |name| {
            let called = |i: usize| phrases.lexicon.strong("company-word", tree.lemma(i));
            let deals = || {
                claims.iter().any(|claim| {
                    ["producer", "supplier", "partner"].iter().any(|role| {
                        claim
                            .role(role)
                            .iter()
                            .any(|f| f.text == tree.span(name.first, name.last).of(tree.text))
                    })
                })
            };
            name.kind == EntityType::Organisation
                && (matches!(name.class.as_deref(), Some("company" | "militia"))
                    || name.class.is_none()
                        && (called(name.last)
                            || name.first > 0 && called(name.first - 1)
                            || deals()))
        });
        let subject = next.actors.iter().find(|a| a.age == 1 && a.subject);
        let subject = subject.map(|a| a.filler.name.clone());
        for group in &mut next.groups {
            group.age += 1;
        }
        for members in [&states, &firms] {
            if !members.is_empty() {
                next.groups.push(Group {
                    members: members.clone(),
                    age: 1,
                });
            }
        }
        forget(&mut next.groups);
        let is_subject = |f: &Filler| subject.as_ref() == Some(&f.name);
        let main = next
            .actors
            .iter()
            .find(|a| a.age == 1 && a.subject && a.filler.kind == EntityType::State)
            .map(|a| a.filler.clone());
        next.topic = topic(frame, about, &states).map(|s| (s, 1)).or(next
            .topic
            .and_then(|(s, age)| (age < 2 && states.is_empty()).then_some((s, age + 1))));
        next.trade = trade(frame);
        next.together = about.map_or_else(Vec::new, |t| {
            let all = tree.coordinated(t);
            let acting = all.len() > 1 && all.iter().all(|&a| phrases.actor(a));
            let each = all.iter().filter(|_| acting);
            each.map(|&a| phrases.filler(a, true)).collect()
        });
        next.state = main.or_else(|| states.last().cloned()).or(next.state);
        let (subject, others): (Vec<Filler>, Vec<Filler>) = firms.into_iter().partition(is_subject);
        for firm in others.into_iter().chain(subject) {
            let name = |n: &&Named| n.entity.is_some() && n.entity == firm.entity;
            let known = phrases.names().iter().find(name);
            next.firms.retain(|known| known.filler.name != firm.name);
            next.firms.push(Firm {
                country: known.and_then(|n| n.country.clone()),
                movement: known.is_some_and(|n| n.class.as_deref() == Some("militia")),
                filler: firm,
            });
        }
        for thing in &mut next.things {
            thing.age += 1;
        }
        let spoken = next.things.len();
        for claim in claims {
            let thing = ["item", "product"].iter().find_map(|role| {
                let filler = claim.role(role).first()?;
                let mut thing = Thing::new(filler, Thing::word(&filler.name), claim);
                let offset = claim
                    .evidence
                    .span
                    .start
                    .wrapping_sub(tree.sentence.span.start);
                let token = (0..tree.len())
                    .find(|&t| tree.token(t).span.end.wrapping_add(offset) == filler.span.end)
                    .filter(|_| !filler.implied);
                thing.many = token.and_then(|t| number(tree, t));
                // "built four frigates for Pakistan": who gets them if they are delivered
                let meant = token.and_then(|t| made_for(phrases, t));
                if let Some(meant) = meant.filter(|_| claim.kind == "production") {
                    thing.parties.push(("recipient".into(), vec![meant]));
                    thing.earlier.push("recipient".into());
                }
                Some(thing)
            });
            next.things
                .extend(thing.map(|thing| next.known(phrases, thing)));
        }
        if next.things.len() == spoken {
            let mentioned = mentioned(phrases);
            next.things
                .extend(mentioned.map(|thing| next.known(phrases, thing)));
        }
        for plant in &mut next.plants {
            plant.age += 1;
        }
        let built = next.plants.len();
        for (noun, claim) in &told.plants {
            let made = claim.role("product").first();
            let made = made.or_else(|| claim.role("facility").first());
            next.plants
                .extend(made.map(|made| Thing::new(made, (*noun).to_owned(), claim)));
        }
        if next.plants.len() == built {
            next.plants.extend(plant(frame));
        }
        for name in phrases.names().iter().filter(|n| n.acts) {
            if name.kind != EntityType::Organisation {
                continue;
            }
            let last = tree.lemma(name.last).to_lowercase();
            let called = name.first < name.last
                && tree.tag(name.last) != "NNPS"
                && (phrases.lexicon.strong("actor-word", &last)
                    || phrases.lexicon.strong("facility", &last));
            // "the shipyard Sefine", then "the yard"
            let before = name.first.checked_sub(1).filter(|&b| {
                tree.upos(b) == Upos::Noun
                    && tree.tag(b) == "NN"
                    && (phrases.lexicon.strong("actor-word", tree.lemma(b))
                        || phrases.in_class(b, "facility"))
            });
            let word = match before {
                Some(before) => tree.lemma(before).to_lowercase(),
                None if called => last,
                None => continue,
            };
            let body = phrases.filler(phrases.head_of(name), true);
            next.bodies.retain(|(_, known)| known.name != body.name);
            next.bodies.push((word, body));
        }
        forget(&mut next.bodies);
        forget(&mut next.things);
        forget(&mut next.plants);
        forget(&mut next.firms);
        next
    }

    /// A thing with what was said of it before, which still holds: "frigates for Australia", then "the first three ships".
    fn known(&self, phrases: &Phrases<'_>, mut thing: Thing) -> Thing {
        let before = self.things.iter().rev().find(|before| {
            before.age <= 3 && phrases.lexicon.same_thing(&thing.word, &before.word)
        });
        let Some(before) = before else {
            return thing;
        };
        thing.many = thing.many.or(before.many);
        for (role, fillers) in &before.parties {
            let known = thing.parties.iter().any(|(name, _)| name == role);
            let opposed = thing
                .parties
                .iter()
                .any(|(_, own)| own.iter().any(|o| fillers.iter().any(|f| f.name == o.name)));
            if !known && !opposed {
                thing.parties.push((role.clone(), fillers.clone()));
                thing.earlier.push(role.clone());
            }
        }
        thing
    }

    /// Whether a sentence goes on about arms of which the last one claimed something: its subject is a party of theirs.
    pub(crate) fn goes_on(&self, phrases: &Phrases<'_>) -> bool {
        let tree = phrases.tree;
        (0..tree.len())
            .filter(|&t| matches!(tree.rel(t), "nsubj" | "nsubj:pass"))
            .filter_map(|t| phrases.stands_for(t))
            .any(|who| {
                self.things
                    .iter()
                    .any(|thing| thing.age <= 1 && !thing.mentioned && thing.between(&who.name))
            })
    }

    /// Text was passed over: pronouns no longer reach back, names that descriptions mean do.
    pub(crate) fn gap(&mut self) {
        self.actors.clear();
        self.person = None;
        self.serves = None;
        self.speaker = None;
    }
}

/// Keeps the latest alone: nobody points back further, and a long text must not cost more for each sentence.
fn forget<T>(list: &mut Vec<T>) {
    const KEPT: usize = 24;
    let old = list.len().saturating_sub(KEPT);
    list.drain(..old);
}

/// Whether the clause of a subject is the sentence's own, or what its verb says.
fn main(tree: &Tree<'_>, subject: usize) -> bool {
    let Some(mut at) = tree.head(subject) else {
        return true;
    };
    while let Some(head) = tree.head(at) {
        if !matches!(tree.rel(at), "ccomp" | "parataxis" | "csubj") {
            return false;
        }
        at = head;
    }
    true
}

/// The state whose arms imports or exports a sentence tells of, and whether they are imports.
fn trade(frame: &Frame<'_>) -> Option<(Filler, bool)> {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    (0..tree.len()).find_map(|t| {
        let buys = phrases.lexicon.strong("import-noun", tree.lemma(t));
        let told = (buys || phrases.lexicon.strong("export-noun", tree.lemma(t)))
            && tree.upos(t) == Upos::Noun
            && phrases.in_class(t, "arms-measure")
            && tree
                .modifiers(t)
                .into_iter()
                .chain(tree.all(t, &["nmod"]))
                .any(|m| {
                    phrases.in_class(m, "arms")
                        || phrases.lexicon.strong("defence-word", tree.lemma(m))
                });
        let whose = told.then(|| frame.path(t, "poss+demonym+by"))?;
        let state = whose.into_iter().find_map(|f| {
            let state = phrases.filler(f.token, true);
            (state.kind == EntityType::State).then_some(state)
        })?;
        let entity = state.entity.clone();
        Some((
            Filler {
                name: entity
                    .as_ref()
                    .map_or(state.name.clone(), |e| e.name.clone()),
                ..state
            },
            buys,
        ))
    })
}

/// The state that a sentence is about: its subject, the state whose office or people that is, or the only state named.
fn topic(frame: &Frame<'_>, about: Option<usize>, states: &[Filler]) -> Option<Filler> {
    let phrases = frame.phrases;
    let whose = about.and_then(|t| {
        let own = phrases.filler(t, true);
        let entity = if own.kind == EntityType::State {
            own.entity.clone()
        } else {
            phrases.office(t).or_else(|| {
                let whose = frame.path(t, "demonym+poss+of");
                let state = |f: &crate::frame::Fill| {
                    let meant = phrases.filler(f.token, true);
                    meant.entity.filter(|_| meant.kind == EntityType::State)
                };
                whose.iter().find_map(state)
            })
        };
        entity.map(|entity| Filler {
            name: entity.name.clone(),
            kind: EntityType::State,
            entity: Some(entity),
            ..own
        })
    });
    whose.or_else(|| match states {
        [only] => Some(only.clone()),
        _ => None,
    })
}

/// The arms that a sentence names without claiming anything of them, where it names one sort alone.
fn mentioned(phrases: &Phrases<'_>) -> Option<Thing> {
    let tree = phrases.tree;
    let mut found = (0..tree.len()).filter(|&t| {
        matches!(tree.upos(t), Upos::Noun | Upos::Propn)
            && matches!(
                tree.rel(t),
                "nsubj" | "nsubj:pass" | "obj" | "obl" | "nmod" | "root" | "conj"
            )
            && phrases.in_class(t, "arms")
            && phrases.unwrap(t) == t
    });
    let token = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let filler = phrases.filler(token, true);
    let word = Thing::word(&filler.name);
    let mut thing = Thing::mention(filler, word);
    thing.many = number(tree, token);
    Some(thing)
}

/// The plant that a sentence names without claiming anything of it: whose it is, or who opens, builds or runs it, makes what is made
/// there.
fn plant(frame: &Frame<'_>) -> Option<Thing> {
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let mut found = (0..tree.len()).filter(|&t| {
        (matches!(tree.rel(t), "nsubj" | "nsubj:pass" | "obj")
            || matches!(tree.rel(t), "obl" | "nmod") && phrases.named_plant(t))
            && tree.upos(t) == Upos::Noun
            && phrases.in_class(t, "facility")
            && phrases.named(t).is_none()
    });
    let token = found.next()?;
    if found.next().is_some() {
        return None;
    }
    let runs = || {
        let verb = tree.head(token).filter(|&v| {
            tree.upos(v) == Upos::Verb && phrases.lexicon.strong("plant-owning", tree.lemma(v))
        })?;
        frame
            .path(verb, "subject")
            .into_iter()
            .find(|f| f.token != token)
    };
    // "the Kupol plant": it makes what is made there itself
    let itself = || {
        phrases.named_plant(token).then_some(crate::frame::Fill {
            token,
            implied: false,
        })
    };
    let owner = frame.path(token, "poss").into_iter().next();
    let owner = owner.or_else(runs).or_else(itself);
    let owner = owner.filter(|f| phrases.actor(f.token))?;
    let mut thing = Thing::mention(phrases.filler(token, true), tree.lemma(token).to_owned());
    thing
        .parties
        .push(("producer".into(), vec![phrases.filler(owner.token, true)]));
    Some(thing)
}

/// For whom a thing is made: "frigates for Pakistan", "is building frigates for Pakistan".
fn made_for(phrases: &Phrases<'_>, thing: usize) -> Option<Filler> {
    let tree = phrases.tree;
    let verb = tree.head(thing).filter(|_| tree.rel(thing) == "obj");
    let whom = tree
        .all(thing, &["nmod"])
        .into_iter()
        .chain(verb.into_iter().flat_map(|verb| tree.all(verb, &["obl"])))
        .find(|&c| tree.case(c) == "for" && phrases.actor(c))?;
    let filler = phrases.filler(whom, true);
    matches!(filler.kind, EntityType::State | EntityType::Organisation).then_some(filler)
}

/// Whether a noun is many; not known of a sort as such ("makes the gun").
fn number(tree: &Tree<'_>, token: usize) -> Option<bool> {
    let sort = tree
        .child(token, &["det"])
        .is_some_and(|d| tree.lemma(d) == "the");
    match tree.plural(token) {
        true => Some(true),
        false => (!sort).then_some(false),
    }
}

/// Whether an article is all that stands in front of a noun, and nothing behind it tells whose it is.
fn alone(tree: &Tree<'_>, token: usize) -> bool {
    tree.upos(token) == Upos::Noun
        && tree.children(token).iter().all(|&c| {
            matches!(
                tree.rel(c),
                "det" | "case" | "punct" | "mark" | "cc" | "advmod" | "conj"
            )
        })
}

/// Whether a quotation mark stands in the sentence.
fn quoted(tree: &Tree<'_>) -> bool {
    (0..tree.len()).any(|i| tree.word(i).contains(['"', '“', '”', '«', '»']))
}

/// Named actors of a sort, in the order of the text, once each.
fn named(phrases: &Phrases<'_>, is: impl Fn(&Named) -> bool) -> Vec<Filler> {
    let mut out: Vec<Filler> = Vec::new();
    for name in phrases.names() {
        if !name.acts || !is(name) {
            continue;
        }
        let mut filler = phrases.filler(phrases.head_of(name), true);
        if let Some(entity) = &name.entity {
            filler.name.clone_from(&entity.name);
            filler.entity = Some(entity.clone());
            filler.kind = name.kind;
        }
        if !out.iter().any(|f| f.name == filler.name) {
            out.push(filler);
        }
    }
    out
}
