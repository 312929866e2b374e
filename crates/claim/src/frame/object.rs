//! What it is done to.

use sayso_gazetteer::Via;
use sayso_records::Upos;

use super::{Fill, Frame, STEPS};

impl Frame<'_> {
    /// Indirect and direct object. "hand Mazagon Dock the drawings": the parser may call both direct.
    pub(super) fn objects(&self, t: usize) -> (Option<usize>, Option<usize>) {
        let tree = self.tree();
        let complement = tree.child(t, &["xcomp", "ccomp"]);
        let all: Vec<usize> = tree
            .all(t, &["obj"])
            .into_iter()
            // "denied giving it, an accusation first made", "armed the rebels, an accusation that": in apposition to the clause
            .filter(|&o| {
                let first = tree.extent(o).0;
                let behind = first > 0 && tree.word(first - 1) == ",";
                let other = tree.child(t, &["obj"]).is_some_and(|f| f < o);
                !(behind && (complement.is_some_and(|c| c < o) || other))
            })
            .collect();
        // "the tanks that Germany promised Moldova": what was promised is the noun
        let own: Vec<usize> = all.iter().copied().filter(|&o| !self.relative(o)).collect();
        if let ([only], Some(noun)) = (&own[..], tree.head(t))
            && tree.rel(t) == "acl:relcl"
            && self.phrases.in_class(noun, "arms")
            && (self.phrases.actor(*only) || tree.upos(*only) == Upos::Pron)
            && tree.all(t, &["nsubj"]).iter().any(|&s| !self.relative(s))
        {
            return (Some(*only), Some(noun));
        }
        match all[..] {
            [first, second, ..] if self.phrases.actor(first) && !self.phrases.actor(second) => {
                (Some(first), Some(second))
            }
            // "supply 11 upgraded frigates": the number taken for an object of its own
            [first, second, ..] if tree.upos(first) == Upos::Num => (None, Some(second)),
            _ => (None, all.first().copied()),
        }
    }

    /// What it is done to.
    pub(super) fn object(&self, t: usize) -> Option<Fill> {
        let tree = self.tree();
        let own = |token| {
            Some(Fill {
                token,
                implied: false,
            })
        };
        if self.attributive(t) {
            return tree.head(t).and_then(own);
        }
        if self.is_verb(t) {
            let undergoes = || {
                tree.child(t, &["nsubj:pass"])
                    .or_else(|| tree.child(t, &["nsubj"]).filter(|_| tree.passive(t)))
            };
            if let Some(o) = self.objects(t).1.or_else(undergoes) {
                // "imported ammunition and now exports it": the arms, unless it is given something
                if tree.upos(o) == Upos::Pron
                    && !tree
                        .all(t, &["obl"])
                        .iter()
                        .any(|&c| tree.case(c) == "with")
                    && tree.child(t, &["xcomp", "ccomp"]).is_none()
                    && self.phrases.arms_before(o).is_some()
                {
                    return own(o);
                }
                return self.antecedent(Fill {
                    token: o,
                    implied: false,
                });
            }
            let head = tree.head(t)?;
            return match tree.rel(t) {
                "acl" | "acl:relcl" if tree.passive(t) || tree.tag(t) == "VBN" => own(head),
                // "Armed with launchers, Lithuania has"
                "advcl" if tree.passive(t) && self.is_verb(head) => self.acting(head),
                // "is expected to be delivered", "were to have been built"
                "xcomp" if tree.passive(t) => self.raised(head),
                // "the jets that Poland plans to buy"
                "xcomp" if self.is_verb(head) && tree.child(head, &["obj"]).is_none() => {
                    let mut at = head;
                    for _ in 0..STEPS {
                        if tree.rel(at) == "acl:relcl" {
                            let subject = tree.all(at, &["nsubj", "nsubj:pass"]);
                            return subject
                                .iter()
                                .any(|&s| !self.relative(s))
                                .then(|| tree.head(at))
                                .flatten()
                                .and_then(own);
                        }
                        if tree.rel(at) != "xcomp" {
                            return None;
                        }
                        at = tree.head(at)?;
                    }
                    None
                }
                // "drones that Iran supplied"
                "acl:relcl" if tree.all(t, &["nsubj"]).iter().any(|&s| !self.relative(s)) => {
                    own(head)
                }
                // "the right to build", "jets to be delivered" are not told apart; a purpose clause has its own object
                "conj" if self.is_verb(head) => {
                    if tree.passive(t) {
                        return tree.child(head, &["nsubj:pass"]).and_then(own);
                    }
                    None
                }
                _ => {
                    // "design and build drones": the last of coordinated verbs carries the object
                    let last = tree.all(t, &["conj"]).into_iter().rev().find(|&c| {
                        self.is_verb(c)
                            && tree.tag(c) == tree.tag(t)
                            && tree.child(c, &["nsubj"]).is_none()
                    })?;
                    tree.child(last, &["obj"]).and_then(own)
                }
            };
        }
        self.prepositional(t, "of")
            .into_iter()
            .next()
            .or_else(|| self.compounds(t).into_iter().next())
            // "Production is to start in 2027": of what was spoken of
            .or_else(|| {
                let act = self.phrases.act(t) && self.phrases.thing(t).is_some();
                act.then_some(t)
            })
            .and_then(own)
    }

    /// "rifles and machine guns bound for X": a participle behind the last of a list of arms is about all of it, where no other but the
    /// last is told more of.
    pub(super) fn listed(&self, t: usize, fill: Fill) -> Fill {
        let tree = self.tree();
        let (last, mut first) = (fill.token, fill.token);
        while tree.rel(first) == "conj"
            && let Some(head) = tree.head(first)
        {
            first = head;
        }
        let plain = |&token: &usize| {
            self.phrases.in_class(self.phrases.unwrap(token), "arms")
                && (token == last
                    || tree.children(token).iter().all(|&c| {
                        c < token
                            || matches!(tree.rel(c), "conj" | "punct" | "cc" | "appos")
                            || tree.rel(c) == "nmod" && tree.case(c) == "of"
                    }))
        };
        // "neither the cars nor the mortars that China promised": of both
        let both = || tree.child(first, &["cc:preconj"]).is_some() && tree.rel(t) == "acl:relcl";
        let behind = (tree.rel(t) == "acl" && tree.tag(t) == "VBN" || both())
            && tree.head(t) == Some(last)
            && first != last
            && tree.word(tree.extent(t).0.saturating_sub(1)) != ",";
        let list = tree.coordinated(first);
        if behind && list.last() == Some(&last) && list.iter().all(plain) {
            return Fill {
                token: first,
                ..fill
            };
        }
        fill
    }

    /// "paid Moscow 400 million dollars": whom it passes to, taken for a word of what passes.
    pub(super) fn hidden(&self, t: usize) -> Option<usize> {
        let tree = self.tree();
        let object = tree.child(t, &["obj"]).filter(|_| self.is_verb(t))?;
        let name = self.phrases.named(t + 1).filter(|n| {
            n.acts && n.entity.is_some() && matches!(n.via, Some(Via::Name | Via::Capital))
        })?;
        let counted = name.last + 1 < object
            && matches!(tree.tag(name.last + 1), "CD" | "$" | "DT" | "PRP$" | "JJR")
            && tree.child(t, &["iobj"]).is_none();
        let head = self.phrases.head_of(name);
        (counted && tree.under(head, object)).then_some(head)
    }
}
