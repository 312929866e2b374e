//! ClearNLP labels (what spaCy's English models give) to Universal Dependencies v2, by rule.
//!
//! The differences that matter: UD makes content words heads, so prepositions become `case` of their object, copulas become
//! `cop` of their predicate, and conjuncts hang on the first of them. Source: de Marneffe et al. 2021, "Universal Dependencies",
//! and the label list of the ClearNLP converter (Choi and Palmer 2012).

use sayso_records::{Name, Sentence, Span, Token, Upos};
use smol_str::SmolStr;

use crate::native::{self, Doc};

/// The sentences of an analysed text, as Universal Dependencies trees. Spans index `text`, which is the text `doc` was made of.
/// White-space-only sentences are left out.
pub fn convert(text: &str, doc: &Doc) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut start = 0;
    while start < doc.tokens.len() {
        let end = (start + 1..doc.tokens.len())
            .find(|&i| doc.tokens[i].sent_start)
            .unwrap_or(doc.tokens.len());
        let tokens = &doc.tokens[start..end];
        if tokens.iter().any(|t| !t.span.of(text).trim().is_empty()) {
            sentences.push(sentence(tokens, start));
        }
        start = end;
    }
    sentences
}

fn sentence(native: &[native::Token], offset: usize) -> Sentence {
    let tree = Tree::of(native, offset);
    let tokens: Vec<Token> = native
        .iter()
        .enumerate()
        .map(|(i, token)| Token {
            span: token.span,
            tag: token.tag.clone(),
            upos: token.pos,
            lemma: token.lemma.clone(),
            head: u32::try_from(tree.head[i]).unwrap_or(0),
            rel: tree.rel[i].clone(),
        })
        .collect();
    let visible = |t: &&Token| t.upos != Upos::Space;
    let first = tokens.iter().find(visible).unwrap_or(&tokens[0]).span;
    let last = tokens.iter().rev().find(visible).unwrap_or(&tokens[0]).span;
    Sentence {
        span: first.cover(last),
        names: names(native),
        tokens,
    }
}

fn names(native: &[native::Token]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (i, token) in native.iter().enumerate() {
        let begins = token.ent_iob == 3 || (token.ent_iob == 1 && i == 0);
        if begins {
            names.push(Name {
                span: Span::new(i, i + 1),
                label: token.ent_type.clone(),
            });
        } else if token.ent_iob == 1
            && let Some(name) = names.last_mut()
        {
            name.span = Span::new(name.span.start as usize, i + 1);
        }
    }
    names
}

/// Heads and labels while they are being turned round. The root's head is itself.
struct Tree<'a> {
    native: &'a [native::Token],
    head: Vec<usize>,
    rel: Vec<SmolStr>,
}

impl<'a> Tree<'a> {
    fn of(native: &'a [native::Token], offset: usize) -> Self {
        let n = native.len();
        let head = native
            .iter()
            .enumerate()
            .map(|(i, t)| t.head.checked_sub(offset).filter(|&h| h < n).unwrap_or(i))
            .collect();
        let mut tree = Self {
            native,
            head,
            rel: native.iter().map(|t| t.dep.clone()).collect(),
        };
        tree.prepositions();
        tree.copulas();
        tree.conjuncts();
        tree.labels();
        tree.mend();
        tree
    }

    fn children(&self, head: usize) -> Vec<usize> {
        (0..self.head.len())
            .filter(|&i| i != head && self.head[i] == head)
            .collect()
    }

    fn child(&self, head: usize, rels: &[&str]) -> Option<usize> {
        self.children(head)
            .into_iter()
            .find(|&i| rels.contains(&self.rel[i].as_str()))
    }

    fn clausal(&self, i: usize) -> bool {
        matches!(
            self.native[i].pos,
            Upos::Verb | Upos::Aux | Upos::Adj | Upos::Adv
        )
    }

    fn set(&mut self, i: usize, head: usize, rel: &str) {
        self.head[i] = head;
        self.rel[i] = SmolStr::new(rel);
    }

    /// `H -prep-> P -pobj-> O` becomes `H -obl|nmod-> O -case-> P`; a clause under a preposition gets it as `mark`.
    fn prepositions(&mut self) {
        // Innermost first, so that "from behind the wall" lifts the object through both.
        for p in (0..self.native.len()).rev() {
            let label = self.rel[p].clone();
            if !matches!(label.as_str(), "prep" | "agent" | "dative") {
                continue;
            }
            let h = self.head[p];
            let object = self.child(p, &["pobj", "lifted"]);
            let clause = self.child(p, &["pcomp"]);
            let Some(o) = object.or(clause) else { continue };
            let rel = if object.is_none() {
                if self.clausal(h) { "advcl" } else { "acl" }
            } else if label == "agent" {
                "obl:agent"
            } else if self.rel[h] == "prep" && h != p {
                "lifted"
            } else if self.clausal(h) {
                "obl"
            } else {
                "nmod"
            };
            let root = h == p;
            for sibling in self.children(p) {
                if sibling != o && self.rel[sibling] != "punct" {
                    self.head[sibling] = o;
                }
            }
            if root {
                self.set(o, o, "ROOT");
            } else {
                self.set(o, h, rel);
            }
            self.set(p, o, if object.is_some() { "case" } else { "mark" });
        }
    }

    /// The predicate of "be" becomes the head; everything that hung on "be" hangs on it.
    fn copulas(&mut self) {
        for b in 0..self.native.len() {
            let token = &self.native[b];
            if token.lemma != "be" || self.rel[b].starts_with("aux") {
                continue;
            }
            let after = |i: &usize| *i > b;
            let predicate = self.child(b, &["attr", "acomp"]).or_else(|| {
                let obl = self.children(b).into_iter().filter(after).find(|&i| {
                    self.rel[i] == "obl" && self.child(i, &["case"]).is_some_and(|p| p <= b + 2)
                });
                obl.filter(|_| self.child(b, &["expl", "ccomp", "xcomp"]).is_none())
            });
            let Some(a) = predicate else { continue };
            for sibling in self.children(b) {
                if sibling != a {
                    self.head[sibling] = a;
                }
            }
            let (head, rel) = (self.head[b], self.rel[b].clone());
            self.set(a, if head == b { a } else { head }, &rel);
            self.set(b, a, "cop");
        }
    }

    /// spaCy chains conjuncts (A -> B -> C); UD hangs all on the first, and each "and" on the conjunct after it.
    fn conjuncts(&mut self) {
        for i in 0..self.native.len() {
            let mut steps = 0;
            while self.rel[i] == "conj" && self.rel[self.head[i]] == "conj" && steps < 64 {
                self.head[i] = self.head[self.head[i]];
                steps += 1;
            }
        }
        // "host Ukraine and a dozen makers": a noun the parser hung on the verb goes with the object before it.
        for c in 0..self.native.len() {
            let head = self.head[c];
            let nominal = |i: usize| matches!(self.native[i].pos, Upos::Noun | Upos::Propn);
            if self.rel[c] == "conj"
                && nominal(c)
                && self.native[head].pos == Upos::Verb
                && self.child(c, &["nsubj", "cop", "aux"]).is_none()
                && let Some(object) = self
                    .children(head)
                    .into_iter()
                    .rev()
                    .find(|&i| i < c && matches!(self.rel[i].as_str(), "dobj" | "obl"))
            {
                self.head[c] = object;
            }
        }
        for c in 0..self.native.len() {
            if self.rel[c] == "cc" {
                let first = match self.rel[self.head[c]].as_str() {
                    "conj" => self.head[self.head[c]],
                    _ => self.head[c],
                };
                if let Some(next) = self
                    .children(first)
                    .into_iter()
                    .find(|&i| i > c && self.rel[i] == "conj")
                {
                    self.head[c] = next;
                }
            }
        }
    }

    fn labels(&mut self) {
        for i in 0..self.native.len() {
            let rel = match self.rel[i].as_str() {
                "ROOT" => "root",
                "nsubjpass" => "nsubj:pass",
                "csubjpass" => "csubj:pass",
                "auxpass" => "aux:pass",
                "dobj" => "obj",
                "dative" => "iobj",
                "pobj" | "lifted" => "obl",
                "pcomp" => "ccomp",
                "acomp" | "attr" | "oprd" => "xcomp",
                "poss" => "nmod:poss",
                "prt" => "compound:prt",
                "relcl" => "acl:relcl",
                "npadvmod" => "obl:npmod",
                "neg" | "quantmod" | "prep" | "agent" => "advmod",
                "intj" => "discourse",
                "preconj" => "cc:preconj",
                "predet" => "det:predet",
                "aux" if self.native[i].tag == "TO" => "mark",
                "meta" | "" => "dep",
                _ => continue,
            };
            self.rel[i] = SmolStr::new(rel);
        }
    }

    /// Whatever the parser gave, the result is one tree: a token on a cycle is hung on the root.
    fn mend(&mut self) {
        let n = self.head.len();
        let root = (0..n)
            .find(|&i| self.head[i] == i && self.native[i].pos != Upos::Space)
            .or_else(|| (0..n).find(|&i| self.head[i] == i))
            .unwrap_or(0);
        self.set(root, root, "root");
        for i in 0..n {
            let (mut at, mut steps) = (i, 0);
            while self.head[at] != at && steps <= n {
                at = self.head[at];
                steps += 1;
            }
            if (at != root || steps > n) && i != root && (self.head[i] == i || steps > n) {
                self.head[i] = root;
                if self.rel[i] == "root" {
                    self.rel[i] = SmolStr::new("parataxis");
                }
            }
        }
    }
}
