//! A sentence that can be asked who does what in it.

use sayso_corroborate::events::Role;
use sayso_records::{Byte, Sentence, Span, Token, Upos};

/// Relations of words that stand in a phrase without a clause of their own.
const PHRASE: &[&str] = &[
    "amod", "nmod", "compound", "nummod", "flat", "appos", "det", "case", "fixed", "advmod",
];
/// How far up the tree a subject is looked for.
const STEPS: usize = 6;

/// One sentence with its children indexed.
pub(super) struct Tree<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let tokens = &sentence.tokens;
        let mut children = vec![Vec::new(); tokens.len()];
        for (i, token) in tokens.iter().enumerate() {
            let head = token.head as usize;
            if head != i && head < tokens.len() {
                children[head].push(i);
            }
        }
        Self {
            text,
            tokens,
            children,
        }
    }

    /// The token that covers this byte.
    pub(super) fn at(&self, byte: usize) -> Option<usize> {
        self.tokens
            .iter()
            .position(|t| (t.span.start as usize) <= byte && byte < t.span.end as usize)
    }

    pub(super) fn rel(&self, i: usize) -> &str {
        &self.tokens[i].rel
    }

    pub(super) fn word(&self, i: usize) -> String {
        self.tokens[i].span.of(self.text).to_lowercase()
    }

    pub(super) fn head(&self, i: usize) -> Option<usize> {
        let head = self.tokens[i].head as usize;
        (head != i && head < self.tokens.len()).then_some(head)
    }

    pub(super) fn is_verb(&self, i: usize) -> bool {
        matches!(self.tokens[i].upos, Upos::Verb | Upos::Aux)
    }

    pub(super) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Children with one of these relations; a subtype counts as its relation.
    pub(super) fn by_rel(&self, i: usize, rels: &'a [&'a str]) -> impl Iterator<Item = usize> {
        self.children[i]
            .iter()
            .copied()
            .filter(move |&c| rels.iter().any(|r| self.has(c, r)))
    }

    fn has(&self, i: usize, rel: &str) -> bool {
        let own = self.rel(i);
        own == rel || own.strip_prefix(rel).is_some_and(|s| s.starts_with(':'))
    }

    /// The predicate's lemma with its particle.
    pub(super) fn lemma(&self, i: usize) -> String {
        let mut lemma = self.tokens[i].lemma.to_lowercase();
        for c in self.by_rel(i, &["compound:prt"]) {
            lemma.push(' ');
            lemma.push_str(&self.word(c));
        }
        lemma
    }

    /// The words of a phrase, clauses and further members of a list left out.
    pub(super) fn phrase(&self, head: usize) -> Vec<usize> {
        let mut out = vec![head];
        let mut next = 0;
        while let Some(&i) = out.get(next) {
            next += 1;
            out.extend(self.by_rel(i, PHRASE).filter(|&c| c != head));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// Everything under a word.
    pub(super) fn under(&self, head: usize) -> Vec<usize> {
        let mut out = vec![head];
        let mut next = 0;
        while let Some(&i) = out.get(next) {
            next += 1;
            out.extend(&self.children[i]);
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// How many predicates stand over a word.
    pub(super) fn depth(&self, mut i: usize) -> u32 {
        let mut depth = 0;
        for _ in 0..self.tokens.len() {
            let Some(head) = self.head(i) else { break };
            depth += u32::from(self.is_verb(head));
            i = head;
        }
        depth
    }

    /// The preposition of a phrase.
    pub(super) fn case(&self, i: usize) -> Option<String> {
        self.by_rel(i, &["case"]).next().map(|c| self.word(c))
    }

    /// Heads of what takes part in the predicate `i`; `actor`: whether a word names somebody who acts.
    pub(super) fn parties(&self, i: usize, actor: &dyn Fn(usize) -> bool) -> Vec<(Role, usize)> {
        let mut out = self.own(i);
        // "the GM announcement": GM's.
        for (role, head) in &mut out {
            if *role == Role::Other && self.rel(*head) == "compound" && actor(*head) {
                *role = Role::Owner;
            }
        }
        let lacks = |out: &[(Role, usize)]| {
            !out.iter()
                .any(|(r, _)| matches!(r, Role::Agent | Role::Owner))
        };
        if lacks(&out)
            && !out
                .iter()
                .any(|(r, _)| *r == Role::Object && self.passive(i))
            && let Some(found) = self.lent(i)
        {
            out.push(found);
        }
        let listed: Vec<_> = out
            .iter()
            .flat_map(|&(role, head)| self.by_rel(head, &["conj"]).map(move |c| (role, c)))
            .collect();
        out.extend(listed);
        out.sort_unstable();
        out.dedup();
        out
    }

    fn passive(&self, i: usize) -> bool {
        self.by_rel(i, &["nsubj:pass", "aux:pass"]).next().is_some()
    }

    fn own(&self, i: usize) -> Vec<(Role, usize)> {
        let mut out = Vec::new();
        for &c in self.children(i) {
            let role = match self.rel(c) {
                "nsubj:pass" => Role::Object,
                "nsubj" => Role::Agent,
                "obl:agent" => Role::Agent,
                "obj" | "iobj" => Role::Object,
                "nmod:poss" => Role::Owner,
                "obl:tmod" | "nmod:tmod" => continue,
                rel if rel.starts_with("nmod") => match self.case(c).as_deref() {
                    Some("of") => Role::Object,
                    Some("by") => Role::Agent,
                    _ => Role::Other,
                },
                rel if rel.starts_with("obl") => Role::Other,
                "compound" | "amod" if !self.is_verb(i) => Role::Other,
                "xcomp" if !self.is_verb(c) => Role::Other,
                _ => continue,
            };
            out.push((role, self.antecedent(c)));
        }
        out
    }

    /// The noun that a relative pronoun stands for.
    fn antecedent(&self, i: usize) -> usize {
        if !matches!(self.word(i).as_str(), "which" | "that" | "who" | "whom") {
            return i;
        }
        let mut at = i;
        for _ in 0..STEPS {
            let Some(head) = self.head(at) else { break };
            if self.rel(at) == "acl:relcl" {
                return head;
            }
            at = head;
        }
        i
    }

    /// The subject that a predicate has from the word it hangs on.
    fn lent(&self, i: usize) -> Option<(Role, usize)> {
        let mut at = i;
        for _ in 0..STEPS {
            let head = self.head(at)?;
            match self.rel(at) {
                "acl" | "acl:relcl" => {
                    let done = self.tokens[i].tag == "VBN";
                    return Some((if done { Role::Object } else { Role::Agent }, head));
                }
                "xcomp" | "advcl" | "conj" | "ccomp" | "obj" | "obl" | "nmod" | "compound"
                | "nsubj:pass" | "parataxis" | "dep" => {}
                _ => return None,
            }
            let found = self.own(head).into_iter().find(|&(role, p)| {
                matches!(role, Role::Agent | Role::Owner) && !self.under(p).contains(&i)
            });
            if let Some((_, party)) = found {
                return Some((Role::Agent, party));
            }
            at = head;
        }
        None
    }

    /// What grammar makes the same as `i`: subject and predicate noun, a noun and its apposition.
    pub(super) fn is(&self, i: usize) -> Option<usize> {
        let copula = |p: usize| self.by_rel(p, &["cop"]).next().is_some();
        match (self.rel(i), self.head(i)) {
            ("nsubj", Some(head)) if copula(head) && !self.is_verb(head) => Some(head),
            // A comma stands before an apposition; without one the tree is wrong, as it often is in titles.
            ("appos", Some(head)) if head < i => {
                let comma = (head..i).any(|t| self.word(t) == ",");
                comma.then_some(head)
            }
            _ => None,
        }
    }

    /// Bytes from the first to the last of these words.
    pub(super) fn span(&self, words: &[usize]) -> Option<Span<Byte>> {
        let (first, last) = (words.first()?, words.last()?);
        Some(self.tokens[*first].span.cover(self.tokens[*last].span))
    }
}
