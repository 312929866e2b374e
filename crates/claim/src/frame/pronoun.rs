//! Whom a pronoun or relative word stands for, within its sentence.

use sayso_records::{EntityType, Upos};

use super::{Fill, Frame, STEPS};

/// Pronouns that may be open at once while one asks for another.
const OPEN: usize = 3;

impl Frame<'_> {
    /// The answer to `question`, unless too many are open: two pronouns may each wait for the other.
    fn asked<T>(&self, question: impl FnOnce() -> Option<T>) -> Option<T> {
        let open = self.open.get();
        if open >= OPEN {
            return None;
        }
        self.open.set(open + 1);
        let answer = question();
        self.open.set(open);
        answer
    }

    pub(super) fn relative(&self, token: usize) -> bool {
        matches!(self.tree().tag(token), "WDT" | "WP" | "IN" | "WP$")
            || matches!(self.tree().lemma(token), "that" | "which" | "who")
                && self.tree().rel(self.tree().head(token).unwrap_or(token)) == "acl:relcl"
    }

    /// The one state or body the sentence names, if there is only one.
    pub(super) fn context(&self, _t: usize) -> Vec<Fill> {
        let mut seen: Vec<&crate::names::Named> = Vec::new();
        for name in self.phrases.names() {
            if name.acts
                && !seen
                    .iter()
                    .any(|s| s.entity == name.entity && s.entity.is_some())
            {
                seen.push(name);
            }
        }
        match seen[..] {
            [only] => vec![Fill {
                token: self.phrases.head_of(only),
                implied: true,
            }],
            _ => vec![],
        }
    }

    /// What a pronoun stands for, where the sentence leaves one reading; other phrases stand for themselves.
    pub(super) fn antecedent(&self, fill: Fill) -> Option<Fill> {
        let tree = self.tree();
        let token = fill.token;
        if self.relative(token) {
            // "Iran, which supplied": the noun the relative clause hangs on
            let mut at = token;
            for _ in 0..STEPS {
                let head = tree.head(at)?;
                if tree.rel(at) == "acl:relcl" {
                    return Some(Fill {
                        token: head,
                        ..fill
                    });
                }
                at = head;
            }
            return Some(fill);
        }
        // "We have asked for trainers, an Iraqi marshal said": who says it
        if matches!(tree.lemma(token), "we" | "our" | "us") {
            let speaker = (0..tree.len()).find(|&i| {
                tree.rel(i) == "nsubj"
                    && tree.head(i).is_some_and(|v| {
                        self.lookup.reporting_verb(tree, v) && tree.under(token, v)
                    })
                    && self.phrases.actor(i)
                    // "he said", whom the sentence before told to be a minister
                    && (tree.upos(i) != Upos::Pron
                        || self.phrases.discourse.serves(tree, i).is_some())
            });
            // "gave us guns, the gunner said": nobody knows whose gunner
            let nobody = |&s: &usize| {
                tree.upos(s) == Upos::Noun
                    && self.phrases.in_class(s, "person-word")
                    && tree.child(s, &["nmod:poss", "nmod"]).is_none()
                    && self.demonym(s).is_empty()
            };
            if speaker.as_ref().is_some_and(nobody) && !tree.word(token).eq_ignore_ascii_case("we")
            {
                return None;
            }
            return Some(speaker.map_or(fill, |token| Fill {
                token,
                implied: true,
            }));
        }
        if !matches!(
            tree.lemma(token),
            "it" | "its" | "they" | "their" | "he" | "she" | "his" | "her"
        ) {
            return Some(fill);
        }
        // The subject of a clause above or before, if it is an actor and the only one before the pronoun that is a subject.
        let mut candidates: Vec<usize> = (0..token)
            .filter(|&i| {
                matches!(tree.rel(i), "nsubj" | "nsubj:pass" | "obl:agent")
                    && !matches!(tree.upos(i), Upos::Pron)
                    && self.phrases.actor(i)
            })
            .collect();
        candidates.retain(|&c| !self.phrases.tells(c));
        // "sentenced three traders because they had smuggled": many, and not the court
        if tree.lemma(token).starts_with("the") {
            let many = |i: usize| {
                matches!(tree.tag(i), "NNS" | "NNPS") || tree.child(i, &["conj"]).is_some()
            };
            let plural: Vec<usize> = (0..token)
                .filter(|&i| {
                    matches!(
                        tree.rel(i),
                        "nsubj" | "nsubj:pass" | "obl:agent" | "obj" | "iobj"
                    ) && many(i)
                        && !matches!(tree.upos(i), Upos::Pron)
                        && self.phrases.actor(i)
                })
                .collect();
            if !plural.is_empty() && !candidates.iter().any(|&c| many(c)) {
                candidates = plural;
            }
        }
        if candidates.is_empty() {
            candidates = (0..tree.len())
                .filter(|&i| {
                    tree.rel(i) == "nsubj"
                        && i > token
                        && self.phrases.actor(i)
                        && tree.upos(i) != Upos::Pron
                })
                .collect();
        }
        // "Sudan's ambassador denied that Tehran had supplied his country": a state is no "he", and a minister no "it"
        let lemma = tree.lemma(token);
        let person = |i: usize| {
            self.phrases.named(i).map_or_else(
                || self.phrases.in_class(i, "person-word"),
                |n| n.kind == EntityType::Person,
            )
        };
        let fitting: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|&c| match lemma {
                "he" | "she" | "his" | "her" => person(c),
                "it" | "its" => !person(c),
                _ => true,
            })
            .collect();
        if !fitting.is_empty() {
            candidates = fitting;
        }
        // "Baykar agreed to sell it drones": not who sells
        if tree.rel(token) != "nmod:poss" && !tree.rel(token).starts_with("nsubj") {
            let others = |verb: &usize| tree.agent(*verb) != Some(token);
            let own = tree
                .head(token)
                .filter(others)
                .and_then(|verb| self.asked(|| self.acting(verb)));
            candidates.retain(|&c| own.is_none_or(|o| o.token != c));
        }
        // Nobody before it in the sentence: whom the sentences before spoke of, rather than somebody further on.
        if candidates.first().is_none_or(|&c| c > token) && self.phrases.stands_for(token).is_some()
        {
            return Some(fill);
        }
        // "They have it, the minister said": not who says it
        if tree.lemma(token).starts_with("the") {
            candidates.retain(|&c| c < token);
        }
        candidates.dedup_by_key(|i| tree.word(*i).to_owned());
        match candidates[..] {
            [only] => Some(Fill {
                token: only,
                implied: true,
            }),
            [.., last] if tree.lemma(token).starts_with("it") => Some(Fill {
                token: last,
                implied: true,
            }),
            _ => Some(fill),
        }
    }
}
