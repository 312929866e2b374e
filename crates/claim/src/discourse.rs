//! Whom a text has named so far, for the words that point back: "it", "the company", "the country".

use sayso_records::{Claim, Entity, EntityType, Filler, Upos};
use smol_str::SmolStr;

use crate::{
    build::Told, frame::Frame, lexicon::Lexicon, names::Named, phrase::Phrases, tree::Tree,
};

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
    companies: Vec<(Filler, Option<SmolStr>)>,
    state: Option<Filler>,
    things: Vec<Thing>,
    plants: Vec<Thing>,
    /// Those of one sort that the last sentences named together, latest last.
    groups: Vec<Vec<Filler>>,
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
    /// Whether its sentence is about it.
    subject: bool,
    /// Sentences since.
    age: usize,
}

/// A thing that a claim was about, and who gives, gets and makes it.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    /// How it was named.
    pub(crate) filler: Filler,
    /// Last word of its name, lower case.
    word: String,
    /// Sentences since.
    age: usize,
    parties: Vec<(SmolStr, Vec<Filler>)>,
}

impl Thing {
    fn new(filler: &Filler, word: String, claim: &Claim) -> Self {
        Self {
            filler: filler.clone(),
            word,
            age: 1,
            parties: ["supplier", "recipient", "producer"]
                .iter()
                .map(|role| (SmolStr::new(role), claim.role(role).to_vec()))
                .filter(|(_, fillers)| !fillers.is_empty())
                .collect(),
        }
    }

    /// Who fills `role` of what is claimed of the thing. Who delivers it is taken to make it, where a firm does, and the other way
    /// round.
    pub(crate) fn party(&self, role: &str) -> &[Filler] {
        let own = |role: &str| {
            self.parties
                .iter()
                .find(|(name, _)| name == role)
                .map_or(&[][..], |(_, fillers)| fillers)
        };
        let firm = |fillers: &[Filler]| fillers.iter().all(|f| f.kind == EntityType::Organisation);
        match role {
            "producer" if own("producer").is_empty() && firm(own("supplier")) => own("supplier"),
            "supplier" if own("supplier").is_empty() && firm(own("producer")) => own("producer"),
            _ => own(role),
        }
    }
}

impl Discourse {
    /// The thing that "the missiles", "them" or "the remaining four" means.
    pub(crate) fn thing(&self, lexicon: &Lexicon, tree: &Tree<'_>, token: usize) -> Option<&Thing> {
        let lemma = tree.lemma(token);
        if tree.upos(token) == Upos::Pron {
            let undergoes = matches!(tree.rel(token), "obj" | "nsubj:pass");
            let clause = tree
                .head(token)
                .is_some_and(|h| tree.child(h, &["ccomp", "csubj", "xcomp"]).is_some());
            return self
                .things
                .last()
                .filter(|thing| thing.age <= 1 && undergoes && !clause)
                .filter(|_| matches!(lemma, "it" | "they" | "them"));
        }
        if elliptic(tree, lexicon, token) {
            return self.things.last().filter(|thing| thing.age <= 2);
        }
        let definite = tree
            .child(token, &["det"])
            .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that" | "these" | "those"));
        if !definite {
            return None;
        }
        // "The shipments began in January": of what was shipped before
        let bare = tree.children(token).iter().all(|&c| {
            matches!(tree.rel(c), "det" | "case" | "punct" | "appos") || tree.rel(c) == "acl:relcl"
        });
        if bare && lexicon.strong("delivery", lemma) {
            return self
                .things
                .last()
                .filter(|thing| thing.age <= 2 && !thing.party("recipient").is_empty());
        }
        self.things
            .iter()
            .rev()
            .find(|thing| lexicon.same_thing(lemma, &thing.word))
    }

    /// Whom "the two countries" or "both companies" means: as many as the last sentence with some of that sort named.
    pub(crate) fn group(&self, tree: &Tree<'_>, lexicon: &Lexicon, token: usize) -> &[Filler] {
        let lemma = tree.lemma(token);
        let kind = if lexicon.strong("state-word", lemma) {
            EntityType::State
        } else if lexicon.strong("company-word", lemma) {
            EntityType::Organisation
        } else {
            return &[];
        };
        let word = |c: usize| tree.word(c).to_lowercase();
        let count = tree
            .children(token)
            .iter()
            .find_map(|&c| match word(c).as_str() {
                "two" | "both" => Some(2),
                "three" => Some(3),
                "four" => Some(4),
                _ => None,
            });
        let definite = tree
            .child(token, &["det", "cc:preconj"])
            .is_some_and(|d| matches!(word(d).as_str(), "the" | "these" | "both"));
        let Some(count) = count.filter(|_| definite && tree.tag(token) == "NNS") else {
            return &[];
        };
        let last = self
            .groups
            .iter()
            .rev()
            .find(|group| group.first().is_some_and(|f| f.kind == kind));
        last.filter(|group| group.len() == count)
            .map_or(&[], Vec::as_slice)
    }

    /// The plant that "the plant" or "the site" means: what is made there, and by whom.
    pub(crate) fn plant(&self, lexicon: &Lexicon, tree: &Tree<'_>, token: usize) -> Option<&Thing> {
        let bare = tree.upos(token) == Upos::Noun
            && tree
                .child(token, &["det"])
                .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that"))
            && tree.modifiers(token).is_empty();
        let lemma = tree.lemma(token);
        self.plants
            .iter()
            .rev()
            .find(|plant| bare && lexicon.same_thing(lemma, &plant.word))
    }

    /// Whether a word may mean a thing spoken of before ("a fifth ship").
    pub(crate) fn spoke_of(&self, lexicon: &Lexicon, lemma: &str) -> bool {
        self.things
            .iter()
            .any(|thing| lexicon.same_thing(lemma, &thing.word))
    }

    /// Who gets what `supplier` gives, where the sentence does not say: who got what it gave in the sentence before, or, where
    /// `anybody`, the only one who got anything there.
    pub(crate) fn served_by(&self, supplier: &str, anybody: bool) -> &[Filler] {
        let mut last = self.things.iter().rev().take_while(|thing| thing.age <= 1);
        let own = last.clone().find(|thing| {
            thing.party("supplier").iter().any(|f| f.name == supplier)
                && !thing.party("recipient").is_empty()
        });
        if let Some(thing) = own {
            return thing.party("recipient");
        }
        let mut served = last
            .by_ref()
            .map(|thing| thing.party("recipient"))
            .filter(|party| !party.is_empty());
        match served.next() {
            Some([only])
                if anybody
                    && only.name != supplier
                    && served.all(|more| matches!(more, [f] if f.name == only.name)) =>
            {
                let found = self
                    .things
                    .iter()
                    .rev()
                    .find(|thing| !thing.party("recipient").is_empty());
                found.map_or(&[], |thing| thing.party("recipient"))
            }
            _ => &[],
        }
    }

    /// Whom `token` means, if it points back past its sentence; `of` is the country of an adjective before it,
    /// `placed` that a town stands there ("the Pune company").
    pub(crate) fn stands_for(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon,
        token: usize,
        of: Option<&SmolStr>,
        placed: bool,
    ) -> Option<&Filler> {
        if tree.upos(token) == Upos::Pron {
            return match tree.lemma(token) {
                "it" | "its" | "they" | "their" | "them" => {
                    self.actor(tree, token).map(|a| &a.filler)
                }
                "he" | "she" | "his" | "her" => self.person.as_ref(),
                "we" | "our" | "us" => self.speaker.as_ref(),
                _ => None,
            };
        }
        let bare = tree.upos(token) == Upos::Noun
            && tree.tag(token) != "NNS"
            && tree.children(token).iter().all(|&c| {
                c > token && tree.rel(c) != "nmod" && tree.rel(c) != "appos"
                    || matches!(
                        tree.rel(c),
                        "det" | "case" | "punct" | "mark" | "cc" | "advmod"
                    )
                    || of.is_some() && tree.rel(c) == "amod"
                    || placed && matches!(tree.rel(c), "compound" | "amod")
                    || lexicon.strong("firm-quality", tree.lemma(c))
            })
            && (tree.child(token, &["det"]))
                // "sold the group chips": the parser takes it for a part of the chips
                .or_else(|| {
                    let over = tree.head(token).filter(|_| tree.rel(token) == "compound")?;
                    tree.child(over, &["det"]).filter(|&d| d + 1 == token)
                })
                .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that"));
        let lemma = tree.lemma(token);
        if lexicon.strong("company-word", lemma) && bare {
            let known = |country: &SmolStr| {
                self.companies
                    .iter()
                    .rev()
                    .find(|(_, c)| c.as_ref() == Some(country))
            };
            let last = || self.companies.last();
            match of {
                // "The Norwegian group": the last firm of that country, or one of no known country
                Some(country) => known(country).or_else(|| last().filter(|(_, c)| c.is_none())),
                None => last(),
            }
            .map(|(filler, _)| filler)
        } else if bare && of.is_none() && lexicon.strong("state-word", lemma) {
            self.state.as_ref()
        } else {
            None
        }
    }

    /// Whom the person acts for that "he" or "she" means.
    pub(crate) fn serves(&self, tree: &Tree<'_>, token: usize) -> Option<&Filler> {
        self.serves
            .as_ref()
            .filter(|_| matches!(tree.lemma(token), "he" | "she" | "his" | "her"))
    }

    /// The state that the office a pronoun means belongs to.
    pub(crate) fn office(&self, tree: &Tree<'_>, token: usize) -> Option<Entity> {
        matches!(tree.lemma(token), "it" | "its")
            .then(|| self.actor(tree, token)?.office.clone())
            .flatten()
    }

    /// The actor that a pronoun means: the subject of the last sentence, else the only other one that agrees with it, else the
    /// subject before (centering: Grosz, Joshi and Weinstein 1995).
    fn actor(&self, tree: &Tree<'_>, token: usize) -> Option<&Actor> {
        let one = tree.lemma(token).starts_with("it");
        let agrees = |a: &&Actor| if one { a.single } else { a.many };
        for age in 1..=2 {
            let mut of_age = self.actors.iter().filter(|a| a.age == age);
            if let Some(subject) = of_age.clone().filter(agrees).find(|a| a.subject) {
                return Some(subject);
            }
            let mut others = of_age.by_ref().filter(agrees).filter(|a| !a.subject);
            match (others.next(), others.next()) {
                (Some(only), None) if age == 1 => return Some(only),
                (None, _) => {}
                _ => return None,
            }
        }
        None
    }

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
            if filler.kind == EntityType::Person {
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
                office: phrases.office(t),
                single: !plural && filler.kind != EntityType::Person,
                many: plural || !state && filler.kind != EntityType::Person,
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
        for group in [&states, &firms] {
            if !group.is_empty() {
                next.groups.push(group.clone());
            }
        }
        forget(&mut next.groups);
        let is_subject = |f: &Filler| subject.as_ref() == Some(&f.name);
        let main = next
            .actors
            .iter()
            .find(|a| a.age == 1 && a.subject && a.filler.kind == EntityType::State)
            .map(|a| a.filler.clone());
        next.state = main.or_else(|| states.last().cloned()).or(next.state);
        let (subject, others): (Vec<Filler>, Vec<Filler>) = firms.into_iter().partition(is_subject);
        for firm in others.into_iter().chain(subject) {
            let country = phrases
                .names()
                .iter()
                .find(|n| n.entity.is_some() && n.entity == firm.entity)
                .and_then(|n| n.country.clone());
            next.companies.retain(|(known, _)| known.name != firm.name);
            next.companies.push((firm, country));
        }
        for thing in &mut next.things {
            thing.age += 1;
        }
        for claim in claims {
            let thing = ["item", "product"].iter().find_map(|role| {
                let filler = claim.role(role).first()?;
                let word = filler.name.rsplit(' ').next()?.to_lowercase();
                Some(Thing::new(filler, word, claim))
            });
            let Some(mut thing) = thing else { continue };
            // What was said of it before still holds: "frigates for Australia", then "the first three ships".
            let before = next.things.iter().rev().find(|before| {
                before.age <= 3 && phrases.lexicon.same_thing(&thing.word, &before.word)
            });
            for (role, fillers) in before.map(|b| b.parties.clone()).unwrap_or_default() {
                let known = thing.parties.iter().any(|(name, _)| *name == role);
                let opposed = thing
                    .parties
                    .iter()
                    .any(|(_, own)| own.iter().any(|o| fillers.iter().any(|f| f.name == o.name)));
                if !known && !opposed {
                    thing.parties.push((role, fillers));
                }
            }
            next.things.push(thing);
        }
        for plant in &mut next.plants {
            plant.age += 1;
        }
        for (noun, claim) in &told.plants {
            let made = claim.role("product").first();
            if let Some(filler) = made.or_else(|| claim.role("facility").first()) {
                next.plants
                    .push(Thing::new(filler, (*noun).to_owned(), claim));
            }
        }
        forget(&mut next.things);
        forget(&mut next.plants);
        forget(&mut next.companies);
        next
    }

    /// Text was passed over: pronouns no longer reach back, names that descriptions mean do.
    pub(crate) fn gap(&mut self) {
        self.actors.clear();
        self.person = None;
        self.serves = None;
        self.speaker = None;
    }
}

/// Whether "the", "this" or "that" is all that stands with a noun.
pub(crate) fn bare(tree: &Tree<'_>, token: usize) -> bool {
    tree.upos(token) == Upos::Noun
        && tree.tag(token) == "NN"
        && tree.children(token).iter().all(|&c| {
            matches!(
                tree.rel(c),
                "det" | "case" | "punct" | "mark" | "cc" | "advmod" | "acl:relcl"
            )
        })
        && tree
            .child(token, &["det"])
            .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that"))
}

/// Whether a number or an ordinal stands alone for what it counts: "the remaining four", "the first", "twelve".
pub(crate) fn elliptic(tree: &Tree<'_>, lexicon: &Lexicon, token: usize) -> bool {
    let argument = matches!(tree.rel(token), "nsubj" | "nsubj:pass" | "obj")
        || tree.rel(token) == "nmod" && tree.case(token) == "of";
    let counts = match tree.upos(token) {
        Upos::Num => true,
        Upos::Adj | Upos::Noun => lexicon.strong("reckoning", tree.lemma(token)),
        _ => false,
    };
    argument
        && counts
        && tree.children(token).iter().all(|&c| {
            c < token
                && matches!(
                    tree.rel(c),
                    "det" | "amod" | "advmod" | "cc" | "case" | "nummod"
                )
                || c > token && matches!(tree.rel(c), "punct" | "advmod" | "appos")
                || tree.rel(c) == "nmod" && (tree.case(c) != "of" || tree.upos(c) == Upos::Pron)
        })
        && !tree.sentence.names.iter().any(|n| {
            n.span.range().contains(&token) && !matches!(n.label.as_str(), "CARDINAL" | "ORDINAL")
        })
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
