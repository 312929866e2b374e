//! Patterns of the codebook against one sentence: each trigger whose required roles can be filled gives a draft.

use std::collections::HashMap;

use sayso_codebook::{Codebook, Kind, Pattern, Role, Topic};
use sayso_records::{EntityType, Upos};
use smol_str::SmolStr;

use crate::{
    frame::{Fill, Frame},
    parties::{OPPOSED, PARTIES, THINGS, deal},
    phrase::Phrases,
    tree::{Form, Tree},
};

/// A claim in tokens of its sentence.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) kind: usize,
    pub(crate) pattern: usize,
    pub(crate) trigger: usize,
    /// In the order of the codebook.
    pub(crate) roles: Vec<(SmolStr, Vec<Fill>)>,
    /// Which function filled each role, for the explanation.
    pub(crate) by: Vec<(SmolStr, String)>,
}

impl Draft {
    pub(crate) fn role(&self, name: &str) -> &[Fill] {
        self.roles
            .iter()
            .find(|(role, _)| role == name)
            .map_or(&[], |(_, fills)| fills)
    }

    /// Every token that fills a role.
    pub(crate) fn tokens(&self) -> impl Iterator<Item = usize> + '_ {
        self.roles
            .iter()
            .flat_map(|(_, fills)| fills.iter().map(|f| f.token))
    }
}

/// Trigger lemma -> patterns, for verbs and nouns apart.
pub(crate) struct Triggers {
    verbs: HashMap<String, Vec<(usize, usize)>>,
    nouns: HashMap<String, Vec<(usize, usize)>>,
}

impl Triggers {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let (mut verbs, mut nouns): (HashMap<_, Vec<_>>, HashMap<_, Vec<_>>) = Default::default();
        for (k, kind) in codebook.kinds.iter().enumerate() {
            for (p, pattern) in kind.patterns.iter().enumerate() {
                for lemma in &pattern.verbs {
                    verbs.entry(lemma.clone()).or_default().push((k, p));
                }
                for lemma in &pattern.nouns {
                    nouns.entry(lemma.clone()).or_default().push((k, p));
                }
            }
        }
        Self { verbs, nouns }
    }

    pub(crate) fn lemmas(&self) -> impl Iterator<Item = &str> {
        self.verbs
            .keys()
            .chain(self.nouns.keys())
            .map(String::as_str)
    }

    /// Whether a pattern waits for this verb.
    pub(crate) fn verb(&self, lemma: &str) -> bool {
        self.verbs.contains_key(lemma)
    }

    fn at(&self, tree: &Tree<'_>, i: usize) -> &[(usize, usize)] {
        let lemma = tree.lemma(i);
        let found = match tree.upos(i) {
            Upos::Verb | Upos::Aux if !matches!(tree.rel(i), "aux" | "aux:pass" | "cop") => {
                self.verbs.get(lemma)
            }
            Upos::Noun | Upos::Propn | Upos::Adj => self.nouns.get(lemma),
            _ => None,
        };
        found.map_or(&[], Vec::as_slice)
    }
}

/// Why a pattern gave no draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit<'a> {
    /// The sentence, paragraph or report does not speak of defence.
    OffTopic,
    /// Its particle or what it needs is not there.
    Needs,
    /// A case put, not a claim.
    Hypothetical,
    /// Its actors are nobody in particular.
    Nobody,
    /// Nothing fills this role.
    Unfilled(&'a str),
}

/// The drafts of a sentence, in the order of their triggers; at most one a kind and trigger. `topical`: it speaks of
/// defence as near as asked. `tried` hears of each pattern whose word was there and that gave no draft.
pub(crate) fn of<'c>(
    codebook: &'c Codebook,
    triggers: &Triggers,
    frame: &Frame<'_>,
    topical: &dyn Fn(Topic) -> bool,
    tried: &mut dyn FnMut(usize, &'c Kind, usize, Unfit<'c>),
) -> Vec<Draft> {
    let tree = frame.phrases.tree;
    let mut drafts: Vec<Draft> = Vec::new();
    if asks(tree) {
        return drafts;
    }
    for i in 0..tree.len() {
        let mut best: HashMap<usize, (usize, Draft)> = HashMap::new();
        for &(k, p) in triggers.at(tree, i) {
            let kind = &codebook.kinds[k];
            if !topical(kind.topic) {
                tried(i, kind, p, Unfit::OffTopic);
                continue;
            }
            match fit(kind, k, p, i, frame) {
                Ok((filled, draft)) => {
                    if best.get(&k).is_none_or(|(n, _)| filled > *n) {
                        best.insert(k, (filled, draft));
                    }
                }
                Err(unfit) => tried(i, kind, p, unfit),
            }
        }
        let mut found: Vec<Draft> = best.into_values().map(|(_, draft)| draft).collect();
        found.sort_by_key(|d| d.kind);
        drafts.extend(found);
    }
    prune(codebook, frame, drafts)
}

/// A pattern's draft, and how many roles its own paths filled.
fn fit<'c>(
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

/// Whether the sentence is a question and not the quotation of one: it tells nothing.
fn asks(tree: &Tree<'_>) -> bool {
    (0..tree.len())
        .rev()
        .find(|&i| !tree.word(i).trim().is_empty())
        .is_some_and(|last| tree.word(last) == "?")
}

/// Puts a firm that is read as the recipient of a state, or beside one, on the other side: of those who sign a contract the firm
/// supplies; of two states the one whose weapon it is.
fn turn(phrases: &Phrases<'_>, draft: &mut Draft) {
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

/// Whether the predicate stands under "if", "unless" or "whether": a case put, not a claim.
fn hypothetical(tree: &Tree<'_>, trigger: usize) -> bool {
    let mut at = trigger;
    for _ in 0..4 {
        // "Had London supplied the launchers, the bridge would", "so that Kyiv can order howitzers"
        let subject = tree.child(at, &["nsubj", "nsubj:pass"]);
        let turned = tree.all(at, &["aux", "aux:pass"]).into_iter().any(|a| {
            matches!(tree.lemma(a), "have" | "be" | "should")
                && matches!(tree.tag(a), "VBD" | "MD")
                && subject.is_some_and(|s| a < tree.extent(s).0)
                && tree.head(at).is_some()
        });
        let purpose = tree.case(at) == "so that" && !tree.all(at, &["aux"]).is_empty();
        if turned || purpose {
            return true;
        }
        if tree
            .all(at, &["mark", "advmod"])
            .into_iter()
            .any(|m| matches!(tree.lemma(m), "if" | "unless" | "whether"))
        {
            return true;
        }
        match tree.head(at) {
            Some(head) if matches!(tree.rel(at), "xcomp" | "obj" | "conj" | "obl") => at = head,
            _ => return false,
        }
    }
    false
}

/// Whether one of the actors is somebody: named, of a nation, or spoken of as known ("the army"), not "a country", "states".
/// A draft with no actor at all passes; its pattern says whether that is enough.
fn somebody(kind: &Kind, frame: &Frame<'_>, draft: &Draft) -> bool {
    if kind.kind == "stance" {
        return true;
    }
    let (phrases, tree) = (frame.phrases, frame.phrases.tree);
    let acting = |role: &str| {
        kind.roles
            .iter()
            .any(|r| r.name == role && r.filler.iter().any(|f| f == "actor"))
    };
    // "Rebels blew up the depot": what happened once was done by somebody
    let form = tree.form(draft.trigger);
    if kind.kind == "facility-damage" && matches!(form, Form::Past | Form::Perfect) {
        return true;
    }
    let mut actors = draft
        .roles
        .iter()
        .filter(|(role, _)| acting(role))
        .flat_map(|(_, fills)| fills.iter().map(|f| f.token))
        .peekable();
    if actors.peek().is_none() {
        return true;
    }
    actors.any(|t| {
        phrases.named(t).is_some()
            || phrases.stands_for(t).is_some()
            || !phrases.group(t).is_empty()
            || tree.upos(t) == Upos::Propn
            || tree.child(t, &["nmod:poss"]).is_some()
            || tree
                .all(t, &["det"])
                .into_iter()
                .any(|d| matches!(tree.lemma(d), "the" | "this" | "that"))
                && !phrases.in_class(t, "person-word")
            || tree
                .modifiers(t)
                .into_iter()
                .any(|m| phrases.named(m).is_some())
            || tree
                .all(t, &["nmod", "appos"])
                .into_iter()
                .any(|m| phrases.named(m).is_some())
            // "a firm registered in Dubai", "two shipyards owned by ST Engineering"
            || tree.all(t, &["acl"]).into_iter().any(|c| {
                tree.all(c, &["obl", "obl:agent"])
                    .into_iter()
                    .any(|m| phrases.named(m).is_some())
            })
    })
}

/// The phrases of a path that a role takes. What is joined to one that it takes is of its sort, whatever the word for it: "seven
/// firms and one recruiter", "launchers, goggles and boots".
fn taken(frame: &Frame<'_>, fills: Vec<Fill>, take: impl Fn(Fill) -> Option<Fill>) -> Vec<Fill> {
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
fn each(frame: &Frame<'_>, fills: Vec<Fill>) -> Vec<Fill> {
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

fn dedup(fills: Vec<Fill>) -> Vec<Fill> {
    let mut out: Vec<Fill> = Vec::new();
    for fill in fills {
        if !out.iter().any(|f| f.token == fill.token) {
            out.push(fill);
        }
    }
    out
}

/// The filler a class accepts: the phrase, or what it counts ("a batch of shells").
fn take(
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

/// Drafts that say less of what another draft of the same kind says are dropped, and nominal triggers inside a phrase that
/// another draft already reads as a role.
fn prune(codebook: &Codebook, frame: &Frame<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let tree = frame.phrases.tree;
    let named = |draft: &Draft| codebook.kinds[draft.kind].kind.as_str();
    // "dropped weapons to the rebels", "launched a frigate": not fired; "sent drones against the base": not given
    let aimed = |use_: &Draft, other: &Draft| {
        named(other) == "transfer"
            && !use_.role("against").is_empty()
            && other.role("recipient").is_empty()
    };
    let mut keep: Vec<bool> = drafts
        .iter()
        .map(|a| {
            !drafts.iter().filter(|b| a.trigger == b.trigger).any(|b| {
                matches!(named(a), "use" | "facility-damage") && named(b) == "production"
                    || named(a) == "use" && named(b) == "transfer" && !aimed(a, b)
                    || named(b) == "use" && aimed(b, a)
            })
        })
        .collect();
    for i in 0..drafts.len() {
        for j in 0..drafts.len() {
            if i == j || !keep[i] || !keep[j] {
                continue;
            }
            let (a, b) = (&drafts[i], &drafts[j]);
            let same_kind = a.kind == b.kind;
            let nested = tree.under(a.trigger, b.trigger) || tree.under(b.trigger, a.trigger);
            // "lifted the embargo": the verb tells what became of the thing its object names
            let governs = tree.upos(b.trigger) == Upos::Verb
                && tree.upos(a.trigger) != Upos::Verb
                && tree.head(a.trigger).is_some_and(|h| h == b.trigger)
                && (tree.rel(a.trigger) == "obj" || tree.rel(a.trigger).starts_with("nsubj"))
                && shared(a, b);
            if same_kind && governs {
                keep[i] = false;
                continue;
            }
            if same_kind
                && nested
                && covered(a, b)
                && (a.tokens().count() < b.tokens().count() || a.trigger > b.trigger)
            {
                keep[i] = false;
            }
            // "signed a contract for 40 tanks" is the order, not an agreement as well
            let (ka, kb) = (named(a), named(b));
            let about_same = a
                .role("subject")
                .iter()
                .any(|f| f.token == b.trigger || tree.under(b.trigger, f.token));
            if ka == "agreement"
                && matches!(kb, "transfer" | "production" | "support" | "financing")
                && about_same
            {
                keep[i] = false;
            }
            // "transfer fighter technology": know-how, not goods
            if ka == "transfer" && kb == "support" && a.trigger == b.trigger && shared(a, b) {
                keep[i] = false;
            }
            // "finance the production of howitzers": who pays is not who makes
            if ka == "production"
                && kb == "financing"
                && tree.head(a.trigger) == Some(b.trigger)
                && b.role("exchange")
                    .iter()
                    .any(|f| f.token == a.trigger || a.tokens().any(|t| t == f.token))
            {
                keep[i] = false;
            }
            // "training soldiers to fly drones", "helped Hezbollah to build missiles", "taught mechanics to service helicopters"
            let pupils = |role: &str| {
                a.role(role)
                    .iter()
                    .any(|f| b.role("recipient").iter().any(|r| r.token == f.token))
            };
            if kb == "support"
                && a.trigger != b.trigger
                && tree.under(a.trigger, b.trigger)
                && (ka == "use"
                    || ka == "production"
                        && pupils("producer")
                        && tree.head(a.trigger) == Some(b.trigger)
                    || ka == "support" && pupils("supplier"))
            {
                keep[i] = false;
            }
            // "arms exports fell to": the figure, not one more transfer
            if kb == "indicator"
                && ka != "indicator"
                && b.role("measure").iter().any(|f| f.token == a.trigger)
            {
                keep[i] = false;
            }
            let talked_of = b
                .role("subject")
                .iter()
                .any(|f| tree.under(a.trigger, f.token))
                // "met to discuss the jets"
                || a.trigger != b.trigger
                    && tree.under(a.trigger, b.trigger)
                    && b.role("subject")
                        .iter()
                        .any(|f| a.tokens().any(|t| t == f.token));
            if kb == "meeting" && ka != "meeting" && talked_of {
                keep[i] = false;
            }
            // "denied a report that it had assembled launchers": what is denied is told, and is the claim
            if ka == "stance"
                && kb != "stance"
                && a.role("about").iter().any(|f| {
                    frame.lookup.reports(tree, f.token).is_some()
                        && tree
                            .all(f.token, &["acl", "ccomp", "acl:relcl"])
                            .into_iter()
                            // "a report that China had", not "a report that angered"
                            .filter(|&c| {
                                tree.rel(c) != "acl:relcl" || tree.child(c, &["mark"]).is_some()
                            })
                            .any(|clause| clause != f.token && tree.under(b.trigger, clause))
                })
            {
                keep[i] = false;
                continue;
            }
            if kb == "stance"
                && ka != "stance"
                && b.role("about")
                    .iter()
                    .any(|f| f.token == a.trigger || tree.under(a.trigger, f.token))
            {
                keep[i] = false;
            }
        }
    }
    drafts
        .into_iter()
        .zip(keep)
        .filter_map(|(draft, keep)| keep.then_some(draft))
        .collect()
}

/// Whether the two speak of one thing: a token that fills a role of both, or the one's trigger that fills one of the other's.
fn shared(a: &Draft, b: &Draft) -> bool {
    a.tokens().any(|t| b.tokens().any(|u| u == t)) || b.tokens().any(|t| t == a.trigger)
}

/// Whether every filler of `a` is one of `b`'s, and nobody gives in the one and gets in the other.
fn covered(a: &Draft, b: &Draft) -> bool {
    let turned = OPPOSED.iter().any(|(from, to)| {
        let meets = |x: &str, y: &str| {
            a.role(x)
                .iter()
                .any(|f| b.role(y).iter().any(|g| g.token == f.token))
        };
        meets(from, to) || meets(to, from)
    });
    !turned && a.tokens().all(|t| b.tokens().any(|u| u == t))
}
