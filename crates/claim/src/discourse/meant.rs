//! Whom a word that points back means: pronouns, "the company", "the kingdom", "both firms", "the government".

use sayso_records::{Entity, EntityType, Filler, Upos};
use smol_str::SmolStr;

use super::{Actor, Discourse, Group};
use crate::{lexicon::Lexicon, tree::Tree};

/// What stands in front of "company" in "the Texan company" or "the Pune firm".
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Origin<'a> {
    /// The state of an adjective of nationality.
    pub(crate) country: Option<&'a SmolStr>,
    /// Whether a town, region or people stands there that is no state.
    pub(crate) placed: bool,
}

impl Discourse {
    /// Whom "the two countries", "both companies", "the two sides", "both" or "they" means: as many as the last sentence with some of
    /// that sort named.
    pub(crate) fn group(&self, tree: &Tree<'_>, lexicon: &Lexicon, token: usize) -> &[Filler] {
        let lemma = tree.lemma(token);
        if matches!(tree.upos(token), Upos::Pron | Upos::Det) {
            let meant = match lemma {
                "they" | "their" | "them" | "both" | "neither" => &self.together,
                _ => return &[],
            };
            let two = !matches!(lemma, "both" | "neither") || meant.len() == 2;
            let alone = matches!(tree.rel(token), "nsubj" | "nsubj:pass" | "nmod:poss")
                && tree.child(token, &["nmod"]).is_none();
            return if two && alone { meant } else { &[] };
        }
        let any = lexicon.strong("side-word", lemma);
        let kind = if lexicon.strong("state-word", lemma) {
            Some(EntityType::State)
        } else if lexicon.strong("company-word", lemma) {
            Some(EntityType::Organisation)
        } else if any {
            None
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
        // "The Netherlands and Denmark gave Ukraine tanks. The two countries": who acted together, before all who were named
        let alike = |f: &Filler| kind.is_none_or(|kind| f.kind == kind);
        if self.together.len() == count && self.together.iter().all(alike) {
            return &self.together;
        }
        let sort = |group: &&Group| {
            kind.is_none_or(|kind| group.members.first().is_some_and(|f| f.kind == kind))
        };
        let mut of_sort = self.groups.iter().rev().filter(sort);
        let Some(last) = of_sort.next() else {
            return &[];
        };
        if !any {
            return if last.members.len() == count {
                &last.members
            } else {
                &[]
            };
        }
        // "The two sides" may be firms or states: those of one sentence that are as many, if there is one such group.
        let mut fit = [last]
            .into_iter()
            .chain(of_sort)
            .filter(|g| g.age == last.age && g.members.len() == count);
        match (fit.next(), fit.next()) {
            (Some(only), None) => &only.members,
            _ => &[],
        }
    }

    /// Whom `token` means, if it points back past its sentence; `origin` is what stands in front of it.
    pub(crate) fn stands_for(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon,
        token: usize,
        origin: Origin<'_>,
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
        let lemma = tree.lemma(token);
        let firm = lexicon.strong("company-word", lemma);
        let movement = lexicon.strong("movement-word", lemma);
        let state = lexicon.strong("state-word", lemma);
        let body = || {
            (!lexicon.strong("force-word", lemma) && !lexicon.strong("government-word", lemma))
                .then(|| {
                    self.bodies
                        .iter()
                        .rev()
                        .find(|(word, _)| lexicon.same_thing(lemma, word))
                })
                .flatten()
                .filter(|_| super::bare(tree, token))
                .map(|(_, body)| body)
        };
        if !(firm || movement || state) {
            return body();
        }
        let from = origin.country.is_some() || origin.placed;
        // "the Islamic republic", "the Gulf emirate"
        let named = origin.country.is_none()
            && tree
                .modifiers(token)
                .into_iter()
                .all(|m| tree.word(m).starts_with(char::is_uppercase) || tree.rel(m) == "punct")
            && !tree.modifiers(token).is_empty();
        let bare = tree.upos(token) == Upos::Noun
            && (tree.tag(token) != "NNS" || movement)
            && tree.children(token).iter().all(|&c| {
                c > token && tree.rel(c) != "nmod" && tree.rel(c) != "appos"
                    || matches!(
                        tree.rel(c),
                        "det" | "case" | "punct" | "mark" | "cc" | "advmod"
                    )
                    || from && matches!(tree.rel(c), "compound" | "amod")
                    || lexicon.strong("firm-quality", tree.lemma(c))
                    || lexicon.strong("firm-quality", &tree.word(c).to_lowercase())
                    || named && state && matches!(tree.rel(c), "compound" | "amod")
            })
            && (tree.child(token, &["det"]))
                // "sold the group chips": the parser takes it for a part of the chips
                .or_else(|| {
                    let mut over = token;
                    for _ in 0..3 {
                        if tree.rel(over) != "compound" {
                            break;
                        }
                        over = tree.head(over)?;
                    }
                    tree.child(over, &["det"])
                        .filter(|&d| d + 1 == token && over != token)
                })
                .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that"));
        if !bare {
            None
        } else if firm || movement {
            self.firm(firm, movement, origin.country)
        } else if named {
            self.topic.as_ref().map(|(state, _)| state)
        } else if !from {
            self.state.as_ref()
        } else {
            None
        }
    }

    /// The state whose arms imports, or exports, the last sentence told of.
    pub(crate) fn trader(&self, buys: bool) -> Option<&Filler> {
        let (state, imports) = self.trade.as_ref()?;
        (*imports == buys).then_some(state)
    }

    /// The states that the last sentences named, latest first.
    pub(crate) fn states(&self) -> impl Iterator<Item = &Filler> {
        let near = self.groups.iter().rev().filter(|g| g.age <= 3);
        near.flat_map(|g| g.members.iter().rev())
            .filter(|f| f.kind == EntityType::State)
    }

    /// The last firm or armed group named; with a country, the last of that country, or one of no known country.
    fn firm(&self, firm: bool, movement: bool, country: Option<&SmolStr>) -> Option<&Filler> {
        let mut of_sort = self
            .firms
            .iter()
            .rev()
            .filter(|f| if f.movement { movement } else { firm });
        let found = match country {
            Some(_) => of_sort
                .clone()
                .find(|f| f.country.as_ref() == country)
                .or_else(|| of_sort.next().filter(|f| f.country.is_none())),
            None => of_sort.next(),
        };
        found.map(|f| &f.filler)
    }

    /// The state that "the government" or "the ministry" acts for: the one that the sentence before was about, or the only one that
    /// it named.
    pub(crate) fn government(
        &self,
        tree: &Tree<'_>,
        lexicon: &Lexicon,
        token: usize,
    ) -> Option<&Entity> {
        let lemma = tree.lemma(token);
        let bare = (lexicon.strong("government-word", lemma)
            || lexicon.strong("state-people", lemma)
                && tree.tag(token) == "NNS"
                && super::alone(tree, token))
            && tree
                .child(token, &["det"])
                .is_some_and(|d| matches!(tree.lemma(d), "the" | "this" | "that"))
            && tree.child(token, &["nmod", "nmod:poss", "appos"]).is_none();
        self.topic
            .as_ref()
            .filter(|_| bare)
            .and_then(|(state, _)| state.entity.as_ref())
    }

    /// Whom the person acts for that "he" or "she" means.
    pub(crate) fn serves(&self, tree: &Tree<'_>, token: usize) -> Option<&Filler> {
        self.serves
            .as_ref()
            .filter(|_| matches!(tree.lemma(token), "he" | "she" | "his" | "her"))
    }

    /// The state that the office a pronoun means belongs to.
    pub(crate) fn office(&self, tree: &Tree<'_>, token: usize) -> Option<Entity> {
        matches!(tree.lemma(token), "it" | "its" | "they" | "their")
            .then(|| self.actor(tree, token)?.office.clone())
            .flatten()
    }

    /// The actor that a pronoun means: the subject of the last sentence, else the only other one that agrees with it, else the
    /// subject before (centering: Grosz, Joshi and Weinstein 1995). "They" are many before they are one body.
    pub(super) fn actor(&self, tree: &Tree<'_>, token: usize) -> Option<&Actor> {
        let one = tree.lemma(token).starts_with("it");
        if !one {
            let mut many = self.actors.iter().filter(|a| a.age == 1 && a.plural);
            let subject = many.clone().find(|a| a.subject);
            match (subject, many.next(), many.next()) {
                (Some(found), ..) | (None, Some(found), None) => return Some(found),
                (None, Some(_), Some(_)) => return None,
                _ => {}
            }
        }
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
}
