//! What stands inside a noun phrase: whose it is, of which nation, of what sort, and whom a phrase for several names.

use sayso_gazetteer::Via;
use sayso_records::EntityType;

use super::{Fill, Frame};

impl Frame<'_> {
    /// Those that a phrase for several names one by one: "six states, among them Mali, Niger and Togo". Empty for any other.
    pub(crate) fn members(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        if tree.tag(t) != "NNS" || self.phrases.named(t).is_some() {
            return Vec::new();
        }
        let word = |i: usize| {
            if i < tree.len() {
                tree.word(i).to_lowercase()
            } else {
                String::new()
            }
        };
        let opens = (t + 1..(t + 5).min(tree.len())).find_map(|i| match word(i).as_str() {
            "including" | "namely" | ":" => Some(i + 1),
            "among" if matches!(word(i + 1).as_str(), "them" | "others") => Some(i + 2),
            "such" if word(i + 1) == "as" => Some(i + 2),
            _ => None,
        });
        let Some(first) = opens else {
            return Vec::new();
        };
        let heads: Vec<usize> = self
            .phrases
            .names()
            .iter()
            .filter(|n| n.first >= first && n.acts)
            .map(|n| (n, self.phrases.head_of(n)))
            .scan(first, |next, (name, head)| {
                // a list goes on over commas, "and" and articles alone
                let listed = (*next..name.first)
                    .all(|i| matches!(tree.lemma(i), "," | "and" | "or" | "the" | "as" | "well"));
                *next = name.last + 1;
                listed.then_some(head)
            })
            .collect();
        heads
    }

    /// A participle in front of a noun ("donated howitzers").
    pub(crate) fn attributive(&self, t: usize) -> bool {
        self.tree().rel(t) == "amod" && self.tree().tag(t) == "VBN"
    }

    /// Whoever a hyphen ties to a participle: "Belgian-donated howitzers".
    pub(super) fn hyphened(&self, t: usize) -> Option<usize> {
        let tree = self.tree();
        (t >= 2 && tree.word(t - 1) == "-")
            .then(|| t - 2)
            .filter(|&who| self.phrases.named(who).is_some_and(|n| n.entity.is_some()))
    }

    pub(super) fn poss(&self, t: usize) -> Vec<Fill> {
        let tree = self.tree();
        let mut whose = tree.all(t, &["nmod:poss"]);
        if whose.is_empty() {
            // "Kongsberg's future missile works": hung on the word in front of the noun
            let inner = tree.all(t, &["compound"]).into_iter().filter(|&c| c < t);
            whose = inner.flat_map(|c| tree.all(c, &["nmod:poss"])).collect();
        }
        whose
            .into_iter()
            .filter_map(|token| {
                self.antecedent(Fill {
                    token,
                    implied: false,
                })
            })
            .flat_map(|f| self.with_conjuncts(f))
            .collect()
    }

    pub(super) fn demonym(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        tree.modifiers(t)
            .into_iter()
            .filter(|&m| {
                self.phrases.named(m).is_some_and(|n| {
                    matches!(
                        n.kind,
                        EntityType::State | EntityType::Region | EntityType::Organisation
                    ) && n.entity.is_some()
                        && (n.kind == EntityType::Organisation
                            || matches!(
                                n.via,
                                Some(Via::Demonym | Via::DemonymPeople | Via::Acronym | Via::Name)
                            ))
                })
            })
            .filter(|&m| self.phrases.named(m).is_none_or(|n| n.last < t))
            // "a Belarus-based firm", "Iranian-made drones": where it is, and not whose
            .filter(|&m| {
                !(m + 2 < tree.len() && tree.word(m + 1) == "-" && tree.tag(m + 2) == "VBN")
            })
            .collect()
    }

    /// What a compound is about: the modifiers that are things ("drone" in "an Iranian drone factory").
    pub(super) fn compounds(&self, t: usize) -> Vec<usize> {
        let tree = self.tree();
        let modifiers = tree.modifiers(t);
        let arms = |&m: &usize| self.phrases.in_class(m, "arms");
        // The nearest modifier that is a thing; "Ababil-2 drone factory" is about the drone, which carries its own modifiers.
        let mut found: Vec<usize> = modifiers
            .iter()
            .copied()
            .filter(arms)
            .filter(|&m| {
                !modifiers.iter().any(|&other| {
                    other > m
                        && arms(&other)
                        && (tree.under(m, other) || other == m + 1 && tree.rel(m) == "compound")
                })
            })
            .collect();
        if found.is_empty() {
            found = modifiers
                .into_iter()
                .filter(|&m| {
                    matches!(tree.rel(m), "compound" | "obl:npmod")
                        && tree.head(m) == Some(t)
                        && self.phrases.named(m).is_none()
                })
                .collect();
        }
        found
    }
}
