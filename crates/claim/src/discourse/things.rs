//! What a text has spoken of, for "the missiles", "them", "another four", "the plant", "the deal".

use sayso_records::{Claim, EntityType, Filler, Upos};
use smol_str::SmolStr;

use super::Discourse;
use crate::{lexicon::Lexicon, tree::Tree};

/// A thing that a claim was about, and who gives, gets and makes it; or one that a sentence without a claim named.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    /// How it was named.
    pub(crate) filler: Filler,
    /// Last word of its name, lower case.
    pub(super) word: String,
    /// Sentences since.
    pub(super) age: usize,
    /// Whether a plural named it; `None`: not known.
    pub(super) many: Option<bool>,
    /// Whether nothing was claimed of it.
    pub(super) mentioned: bool,
    pub(super) parties: Vec<(SmolStr, Vec<Filler>)>,
    /// Roles whose fillers an earlier sentence gave.
    pub(super) earlier: Vec<SmolStr>,
}

impl Thing {
    /// What is claimed of a thing.
    pub(super) fn new(filler: &Filler, word: String, claim: &Claim) -> Self {
        Self {
            parties: ["supplier", "recipient", "producer", "partner"]
                .iter()
                .map(|role| (SmolStr::new(role), claim.role(role).to_vec()))
                .filter(|(_, fillers)| !fillers.is_empty())
                .collect(),
            mentioned: false,
            ..Self::mention(filler.clone(), word)
        }
    }

    /// The word that a later one takes up: "frigate" of "frigate Istanbul", "fighter" of "Su-35 fighter".
    pub(super) fn word(name: &str) -> String {
        let common = |w: &&str| w.starts_with(char::is_lowercase);
        let last = name.split(' ').rfind(common);
        last.or_else(|| name.rsplit(' ').next())
            .unwrap_or_default()
            .to_lowercase()
    }

    /// A thing that is named and no more.
    pub(super) fn mention(filler: Filler, word: String) -> Self {
        Self {
            filler,
            word,
            age: 1,
            many: None,
            mentioned: true,
            parties: Vec::new(),
            earlier: Vec::new(),
        }
    }

    /// The noun it was called by, or the last word of its name.
    pub(crate) fn noun(&self) -> &str {
        &self.word
    }

    /// Whether somebody of this name gives, gets or makes it.
    pub(crate) fn between(&self, name: &str) -> bool {
        self.parties
            .iter()
            .any(|(_, fillers)| fillers.iter().any(|f| f.name == name))
    }

    /// Those in `role` that its own sentence gave.
    fn own(&self, role: &str) -> &[Filler] {
        if self.earlier.iter().any(|r| r == role) {
            return &[];
        }
        self.parties
            .iter()
            .find(|(name, _)| name == role)
            .map_or(&[], |(_, fillers)| fillers)
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
    /// The thing that "the missiles", "them", "six of them" or "the remaining four" means.
    pub(crate) fn thing(&self, lexicon: &Lexicon, tree: &Tree<'_>, token: usize) -> Option<&Thing> {
        let lemma = tree.lemma(token);
        if tree.upos(token) == Upos::Pron && matches!(lemma, "it" | "they" | "them") {
            let clause = tree
                .head(token)
                .is_some_and(|h| tree.child(h, &["ccomp", "csubj", "xcomp"]).is_some());
            let undergoes = match tree.rel(token) {
                "obj" | "nsubj:pass" => true,
                // "They came from Bulgaria", where nobody was named who can come
                "nsubj" if lemma == "they" => !self.actors.iter().any(|a| a.age == 1 && a.plural),
                "nsubj" => self.actor(tree, token).is_none(),
                "nmod" | "obl" => tree.case(token) == "of",
                _ => false,
            };
            return self
                .last_thing(1, (lemma == "it").then_some(false).or(Some(true)))
                .filter(|_| undergoes && !clause);
        }
        if elliptic(tree, lexicon, token) {
            return self.last_thing(2, None);
        }
        let all = || {
            tree.children(token).iter().all(|&c| {
                matches!(tree.rel(c), "det" | "case" | "punct" | "appos")
                    || tree.rel(c) == "acl:relcl"
            })
        };
        let det = article(tree, token);
        let definite = det
            .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that" | "these" | "those"));
        // "The shipments began in January", "Deliveries are to begin", "Production starts": of what was shipped or made before
        let moved = matches!(tree.rel(token), "nsubj" | "nsubj:pass" | "obj");
        let role = if lexicon.strong("delivery", lemma) {
            Some("recipient")
        } else {
            lexicon.strong("making-noun", lemma).then_some("producer")
        };
        if let Some(role) = role.filter(|_| all() && moved && (definite || det.is_none())) {
            return self
                .last_thing(2, None)
                .filter(|thing| !thing.party(role).is_empty());
        }
        if !definite {
            return None;
        }
        let all = || self.things.iter().rev().filter(|thing| !thing.mentioned);
        // "customers for the C-390. Lithuania chose the aircraft": a designation tells no sort
        let designated = || {
            let last = all().next()?;
            let bare = last.word.contains(|c: char| c.is_ascii_digit())
                && !last.filler.name.contains(' ')
                && last.age <= 1;
            (bare && lexicon.generic(lemma)).then_some(last)
        };
        all()
            .find(|thing| lexicon.same_thing(lemma, &thing.word))
            .or_else(designated)
    }

    /// The last thing spoken of, at most so many sentences ago; `many` is the number it agrees in. Nothing where the last sentence
    /// spoke of several that agree.
    fn last_thing(&self, age: usize, many: Option<bool>) -> Option<&Thing> {
        let agrees = |thing: &&Thing| {
            thing.age <= age && many.is_none_or(|many| thing.many.is_none_or(|own| own == many))
        };
        let last = self.things.iter().rev().find(agrees)?;
        let other = self
            .things
            .iter()
            .filter(agrees)
            .any(|thing| thing.age == last.age && thing.word != last.word);
        (!other).then_some(last)
    }

    /// What passes under "the deal", "the contract" or "the purchase" that a predicate is, has as its subject or stands under: the
    /// thing of the last transfer.
    pub(crate) fn deal(
        &self,
        lexicon: &Lexicon,
        tree: &Tree<'_>,
        trigger: usize,
    ) -> Option<&Thing> {
        let deal = |t: usize| {
            let lemma = tree.lemma(t);
            bare(tree, t) && (lexicon.strong("order-noun", lemma) || lexicon.strong("pact", lemma))
                || tree.upos(t) == Upos::Pron && lemma == "it" && tree.rel(t) == "obl"
        };
        let over = tree.children(trigger).iter().copied().filter(|&c| {
            tree.rel(c).starts_with("nsubj")
                || tree.rel(c) == "obl" && matches!(tree.case(c).as_str(), "under" | "as part of")
        });
        if !over.chain([trigger]).any(deal) {
            return None;
        }
        self.things
            .iter()
            .rev()
            .filter(|thing| !thing.mentioned && thing.age <= 2)
            .find(|thing| !thing.party("recipient").is_empty())
    }

    /// The plant that "the plant", "the site" or "it" means: what is made there, and by whom.
    pub(crate) fn plant(&self, lexicon: &Lexicon, tree: &Tree<'_>, token: usize) -> Option<&Thing> {
        if tree.upos(token) == Upos::Pron {
            let undergoes = matches!(tree.rel(token), "obj" | "nsubj:pass");
            let last = self.plants.last();
            return last.filter(|p| undergoes && p.age <= 1 && tree.lemma(token) == "it");
        }
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

    /// Who gives `recipient` something in return: the only one to whom it gave in the sentence before.
    pub(crate) fn returned_by(&self, recipient: &str) -> &[Filler] {
        let gave = |thing: &&Thing| {
            thing.age <= 2 && thing.own("supplier").iter().any(|f| f.name == recipient)
        };
        let mut got = self
            .things
            .iter()
            .rev()
            .filter(gave)
            .map(|t| t.own("recipient"));
        got.next().filter(|f| f.len() == 1).unwrap_or_default()
    }

    /// Who makes what `partner` was said to help with in the sentence before.
    pub(crate) fn helped_by(&self, partner: &str) -> &[Filler] {
        let helps = |thing: &&Thing| {
            thing.age <= 1 && thing.own("partner").iter().any(|f| f.name == partner)
        };
        let made = self.things.iter().rev().find(helps);
        made.map_or(&[][..], |thing| thing.own("producer"))
    }

    /// Who makes the thing last spoken of, if it is not `supplier`.
    pub(crate) fn maker(&self, supplier: &str) -> &[Filler] {
        let near = |thing: &&Thing| thing.age <= 1 && !thing.own("producer").is_empty();
        let last = self.things.iter().rev().find(near);
        let makers = last.map_or(&[][..], |thing| thing.own("producer"));
        if makers.iter().any(|f| f.name == supplier) {
            return &[];
        }
        makers
    }

    /// The firms that make or sell the weapon of this name, as the text has said.
    pub(crate) fn maker_of(&self, weapon: &str) -> &[Filler] {
        let own = designation(weapon);
        let firms =
            |f: &[Filler]| !f.is_empty() && f.iter().all(|f| f.kind == EntityType::Organisation);
        self.things
            .iter()
            .rev()
            .filter(|thing| {
                let known = designation(&thing.filler.name);
                !own.is_empty()
                    && (known.starts_with(&own) || !known.is_empty() && own.starts_with(&known))
            })
            .map(|thing| thing.party("producer"))
            .find(|f| firms(f))
            .unwrap_or_default()
    }

    /// Who gave `taker` something in the sentence before, if one alone did.
    pub(crate) fn lender(&self, taker: &str) -> &[Filler] {
        let got = |thing: &&Thing| {
            thing.age <= 1 && thing.own("recipient").iter().any(|f| f.name == taker)
        };
        let mut gave = self
            .things
            .iter()
            .rev()
            .filter(got)
            .map(|t| t.own("supplier"));
        gave.next().filter(|f| f.len() == 1).unwrap_or_default()
    }

    /// Who gets what `supplier` gives, where the sentence does not say: who got what it gave in the sentence before, or, where
    /// `anybody`, the only one who got anything there.
    pub(crate) fn served_by(&self, supplier: &str, anybody: bool) -> &[Filler] {
        let last = || {
            self.things
                .iter()
                .rev()
                .take_while(|thing| thing.age <= 1)
                .filter(|thing| !thing.own("recipient").is_empty())
        };
        let gave = |thing: &&Thing| thing.party("supplier").iter().any(|f| f.name == supplier);
        let Some(first) = last()
            .find(gave)
            .or_else(|| last().next().filter(|_| anybody))
        else {
            return &[];
        };
        let served = first.own("recipient");
        // the navy, or its state that was said to get something before: two readings
        let force = served.iter().any(|f| f.kind == EntityType::Organisation);
        let state = || {
            let near = self.things.iter().filter(|thing| thing.age <= 3);
            near.flat_map(|thing| thing.own("recipient"))
                .any(|f| f.kind == EntityType::State && f.name != supplier)
        };
        let one = served.len() == 1
            && !(force && state())
            && served[0].name != supplier
            && last().all(|thing| {
                thing
                    .own("recipient")
                    .iter()
                    .all(|f| f.name == served[0].name)
            });
        if one { served } else { &[] }
    }
}

/// The words of a weapon's name that are its own: "C-390" of "C-390 transport".
fn designation(name: &str) -> Vec<&str> {
    let own = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    name.split(' ').take_while(own).collect()
}

/// The article of a phrase, hung on its noun or on the word in front of that ("the lead frigate").
fn article(tree: &Tree<'_>, token: usize) -> Option<usize> {
    let inner = || {
        let first = tree.modifiers(token).into_iter().next()?;
        tree.child(first, &["det"]).filter(|&d| d < first)
    };
    tree.child(token, &["det"]).or_else(inner)
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
        // "another", "most of them", "a second one"
        _ => false,
    } || quantifies(tree, token)
        || tree.lemma(token) == "one" && tree.child(token, &["det", "amod"]).is_some();
    argument
        && counts
        && tree.children(token).iter().all(|&c| {
            c < token
                && matches!(
                    tree.rel(c),
                    "det" | "amod" | "advmod" | "cc" | "case" | "nummod" | "nmod:poss"
                )
                || c > token && matches!(tree.rel(c), "punct" | "advmod" | "appos")
                || tree.rel(c) == "nmod" && (tree.case(c) != "of" || tree.upos(c) == Upos::Pron)
        })
        && !tree.sentence.names.iter().any(|n| {
            n.span.range().contains(&token) && !matches!(n.label.as_str(), "CARDINAL" | "ORDINAL")
        })
}

/// "Most of them", "all", "several": a word that says how many and no more.
pub(crate) fn quantifies(tree: &Tree<'_>, token: usize) -> bool {
    matches!(
        tree.upos(token),
        Upos::Det | Upos::Pron | Upos::Adj | Upos::Noun | Upos::Num
    ) && matches!(
        tree.lemma(token),
        "all"
            | "most"
            | "some"
            | "several"
            | "both"
            | "many"
            | "few"
            | "none"
            | "each"
            | "another"
            | "more"
    )
}
