//! The words that stand for a phrase, and the filler they give.

use sayso_records::{EntityType, Filler, Upos};

use super::Phrases;
use crate::discourse::quantifies;

impl Phrases<'_> {
    /// What a phrase is called, or the thing that "six of them" counts.
    pub(crate) fn called(&self, token: usize) -> String {
        let thing = self.alone(token).then(|| self.thing(token)).flatten();
        thing.map_or_else(
            || self.filler(token, false).name,
            |thing| thing.filler.name.clone(),
        )
    }

    /// The phrase as a filler of a role. Its span is that of its core words in the paragraph.
    pub(crate) fn filler(&self, head: usize, implied: bool) -> Filler {
        let tree = self.tree;
        if let Some(meant) = self.stands_for(head) {
            let span = tree.span(head, head);
            return Filler {
                text: span.of(tree.text).to_owned(),
                span,
                implied: true,
                claim: None,
                ..meant.clone()
            };
        }
        let mut core = self.core(head);
        let named = self.named(head);
        let person = named.is_none() && self.in_class(head, "actor-word");
        let arms = self.in_class(head, "arms");
        // Of what no class describes every adjective tells something ("joint naval exercises").
        let plain = !arms
            && !person
            && ![
                "know-how",
                "money",
                "measure",
                "pact",
                "facility",
                "arms-site",
            ]
            .iter()
            .any(|class| self.in_class(head, class));
        let keep = |&m: &usize| {
            m == head
                || self.named(m).is_some_and(|n| n.kind == EntityType::System)
                || tree.word(m) == "-"
                || self.hyphened(m)
                || match tree.upos(m) {
                    Upos::Punct => true,
                    Upos::Num => false,
                    Upos::Adv => false,
                    Upos::Adj | Upos::Verb
                        if self
                            .lexicon
                            .strong("quantifier", &tree.word(m).to_lowercase()) =>
                    {
                        false
                    }
                    _ if tree.tag(m) == "JJR" || tree.tag(m) == "JJS" => false,
                    Upos::Adj if person => true,
                    // an adjective of nationality says whose, not what; others stay where the lexicon knows them
                    Upos::Adj => {
                        self.named(m).is_some_and(|n| n.kind == EntityType::System)
                            || self.named(m).is_none_or(|n| n.kind == EntityType::Region)
                                && (self.telling(m, arms) || plain)
                    }
                    _ if !person
                        && tree.upos(head) != Upos::Propn
                        && self.named(m).is_some_and(|n| {
                            matches!(n.kind, EntityType::State | EntityType::Organisation)
                                && n.entity.is_some()
                        }) =>
                    {
                        false
                    }
                    _ => true,
                }
        };
        if named.is_none_or(|n| n.kind == EntityType::System) {
            core.retain(keep);
            // "the group guidance chips": the group got them
            core.retain(|&m| m == head || self.stands_for(m).is_none());
            while core.len() > 1 && matches!(tree.upos(core[0]), Upos::Punct | Upos::Sym) {
                core.remove(0);
            }
        }
        let (first, last) = (core[0], *core.last().unwrap_or(&head));
        let span = tree.span(first, last);
        // "105mm and 155mm shells": what the noun behind is to each
        let noun = self.noun_of(head);
        core.extend(noun.map(|noun| self.parts(noun)).unwrap_or_default());
        let kind = match named {
            Some(name) => name.kind,
            None if arms => EntityType::System,
            None if person => {
                if tree.lemma(head) != "force"
                    && self.lexicon.strong("person-word", tree.lemma(head))
                {
                    EntityType::Person
                } else {
                    EntityType::Organisation
                }
            }
            None if self.in_class(head, "facility") => EntityType::Facility,
            None if tree.upos(head) == Upos::Propn => EntityType::Organisation,
            None => EntityType::Other,
        };
        // "Ethiopia's military": a body is known by whose it is
        let whose = (person && named.is_none() && kind == EntityType::Organisation)
            .then(|| {
                tree.child(head, &["nmod:poss"]).filter(|&p| {
                    self.named(p)
                        .is_some_and(|n| n.kind == EntityType::State && n.first < first)
                })
            })
            .flatten();
        if let Some(owner) = whose.and_then(|p| self.named(p)) {
            let span = tree.span(owner.first, last);
            return Filler {
                text: span.of(tree.text).to_owned(),
                span,
                name: format!(
                    "{} {}",
                    tree.span(owner.first, first - 1).of(tree.text),
                    self.folded(&core, head)
                ),
                entity: None,
                kind,
                implied,
                claim: None,
            };
        }
        let name = match named.and_then(|n| n.entity.as_ref().map(|e| (n, e))) {
            Some((n, entity)) if n.kind != EntityType::System => entity.name.clone(),
            _ => self.folded(&core, noun.unwrap_or(head)),
        };
        Filler {
            text: span.of(tree.text).to_owned(),
            span,
            name,
            entity: named
                .filter(|n| n.kind != EntityType::System || core.len() == n.last + 1 - n.first)
                .and_then(|n| n.entity.clone()),
            kind,
            implied,
            claim: None,
        }
    }

    /// First and last token of the words that stand for the phrase: the name, or the head with its modifiers.
    fn core(&self, head: usize) -> Vec<usize> {
        if let Some(name) = self.named(head)
            && name.kind != EntityType::System
        {
            return (name.first..=name.last).collect();
        }
        let mut tokens: Vec<usize> = self.modifiers(head);
        if let Some(name) = self.named(head) {
            tokens.extend(name.first..=name.last);
        }
        tokens.push(head);
        // "155 mm howitzer", "Mirage 2000 fighter": a name stays whole
        let whole: Vec<usize> = tokens
            .iter()
            .filter_map(|&t| self.named(t))
            .filter(|n| n.kind == EntityType::System && n.first <= head)
            .flat_map(|n| n.first..=n.last.min(head))
            .collect();
        tokens.extend(whole);
        tokens.sort_unstable();
        tokens.dedup();
        // "surface-to-air missile": what hyphens tie together
        let tree = self.tree;
        let tied = |a: usize, b: usize| tree.token(a).span.end == tree.token(b).span.start;
        let mut more = Vec::new();
        for &t in &tokens {
            let mut at = t;
            while at + 1 < head && tied(at, at + 1) {
                at += 1;
                more.push(at);
            }
        }
        tokens.extend(more);
        tokens.sort_unstable();
        tokens.dedup();
        // "anti-tank missile": what a hyphen ties on the left belongs, however the parser hung it
        while let Some(&first) = tokens.first()
            && first >= 2
            && self.tree.word(first - 1) == "-"
            && self.tree.token(first - 2).span.end == self.tree.token(first - 1).span.start
        {
            tokens.extend([first - 1, first - 2]);
            tokens.sort_unstable();
        }
        let hyphens: Vec<usize> = tokens
            .windows(2)
            .filter(|w| w[0] + 2 == w[1] && self.tree.word(w[0] + 1) == "-")
            .map(|w| w[0] + 1)
            .collect();
        tokens.extend(hyphens);
        tokens.sort_unstable();
        tokens.dedup();
        tokens
    }

    /// The core words with the head in the singular.
    fn folded(&self, core: &[usize], head: usize) -> String {
        let tree = self.tree;
        let mut out = String::new();
        let mut end = None;
        for &i in core {
            let span = tree.token(i).span;
            if end.is_some_and(|e| e < span.start) {
                out.push(' ');
            }
            let proper = tree.upos(i) == Upos::Propn;
            let word = tree.word(i);
            // "F-16s", "Su-35s"
            if let Some(one) = word
                .strip_suffix('s')
                .filter(|w| w.ends_with(|c: char| c.is_ascii_digit()))
            {
                out.push_str(one);
            } else if self.named(i).is_some_and(|n| n.kind == EntityType::System)
                && word.starts_with(char::is_uppercase)
            {
                // "Bayraktars": the plural of a name is not in it
                let known = self
                    .named(i)
                    .and_then(|n| n.entity.as_ref())
                    .is_none_or(|e| e.name.contains(word));
                let one = word.strip_suffix('s').filter(|_| !known && i == head);
                out.push_str(one.unwrap_or(word));
            } else if i == head && proper && matches!(tree.tag(i), "NNPS") {
                out.push_str(&tree.token(i).lemma);
            } else if i == head && !proper {
                out.push_str(tree.lemma(i));
            } else {
                out.push_str(tree.word(i));
            }
            end = Some(span.end);
        }
        out
    }

    fn telling(&self, modifier: usize, arms: bool) -> bool {
        let lemma = self.tree.lemma(modifier);
        let capital = self.tree.word(modifier).starts_with(char::is_uppercase);
        let classes: &[&str] = if arms {
            &["arms", "arms-quality"]
        } else {
            &["know-how", "money", "measure", "pact"]
        };
        capital
            || classes.iter().any(|class| {
                self.lexicon.class(class).is_some_and(|w| {
                    w.context.contains(lemma) || lemma.split('-').any(|p| w.context.contains(p))
                })
            })
    }

    /// What a phrase is about when its head only counts or holds ("a batch of shells"): the noun behind "of".
    pub(crate) fn unwrap(&self, head: usize) -> usize {
        let tree = self.tree;
        let mut at = head;
        for _ in 0..3 {
            let counts = self.lexicon.strong("container", tree.lemma(at))
                || tree.upos(at) == Upos::Num
                || quantifies(tree, at);
            let inner =
                tree.children(at).iter().copied().find(|&c| {
                    matches!(tree.rel(c), "nmod" | "obl") && c > at && tree.case(c) == "of"
                });
            // "containers carrying munitions"
            let inside = || {
                tree.all(at, &["acl", "acl:relcl"])
                    .into_iter()
                    .filter(|&c| self.lexicon.strong("carrying", tree.lemma(c)))
                    .find_map(|c| tree.child(c, &["obj"]))
            };
            match inner.or_else(|| inside().filter(|_| counts)) {
                Some(inner) if counts && self.named(at).is_none() => at = inner,
                _ => {
                    // "drone supplies": the thing passed stands in front of the noun for the passing
                    let passed = self
                        .lexicon
                        .strong("transfer-noun", tree.lemma(at))
                        .then(|| {
                            tree.modifiers(at)
                                .into_iter()
                                .rev()
                                .find(|&m| self.in_class(m, "arms"))
                        });
                    if let Some(Some(passed)) = passed {
                        at = passed;
                    }
                    break;
                }
            }
        }
        at
    }
}
