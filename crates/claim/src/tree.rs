//! A sentence as a tree that can be asked for relations, phrases and verb forms.

use sayso_records::{Byte, Sentence, Span, Token, Upos};

/// One sentence of a paragraph, with its children indexed.
pub(crate) struct Tree<'a> {
    /// The text the spans index.
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    children: Vec<Vec<usize>>,
    lemmas: Vec<String>,
}

/// The grammatical form of a predicate, as codebook files name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Past,
    Perfect,
    Present,
    Progressive,
    Future,
    Infinitive,
    /// "may provide": neither begun nor settled.
    Modal,
    Participle,
    Noun,
}

impl Form {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Past => "past",
            Self::Perfect => "perfect",
            Self::Present => "present",
            Self::Progressive => "progressive",
            Self::Future => "future",
            Self::Infinitive => "infinitive",
            Self::Modal => "modal",
            Self::Participle => "participle",
            Self::Noun => "noun",
        }
    }
}

impl<'a> Tree<'a> {
    pub(crate) fn new(text: &'a str, sentence: &'a Sentence) -> Self {
        let n = sentence.tokens.len();
        let mut children = vec![Vec::new(); n];
        for (i, token) in sentence.tokens.iter().enumerate() {
            let head = token.head as usize;
            if head != i && head < n {
                children[head].push(i);
            }
        }
        let lemmas = sentence
            .tokens
            .iter()
            .map(|t| lemma(t, t.span.of(text)))
            .collect();
        Self {
            text,
            sentence,
            children,
            lemmas,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn token(&self, i: usize) -> &Token {
        &self.sentence.tokens[i]
    }

    pub(crate) fn word(&self, i: usize) -> &'a str {
        self.sentence.tokens[i].span.of(self.text)
    }

    pub(crate) fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    pub(crate) fn rel(&self, i: usize) -> &str {
        &self.sentence.tokens[i].rel
    }

    pub(crate) fn upos(&self, i: usize) -> Upos {
        self.sentence.tokens[i].upos
    }

    pub(crate) fn tag(&self, i: usize) -> &str {
        &self.sentence.tokens[i].tag
    }

    /// The head, `None` for the root.
    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        let head = self.sentence.tokens[i].head as usize;
        (head != i).then_some(head)
    }

    pub(crate) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    pub(crate) fn child(&self, i: usize, rels: &[&str]) -> Option<usize> {
        self.children[i]
            .iter()
            .copied()
            .find(|&c| rels.contains(&self.rel(c)))
    }

    pub(crate) fn all(&self, i: usize, rels: &[&str]) -> Vec<usize> {
        self.children[i]
            .iter()
            .copied()
            .filter(|&c| rels.contains(&self.rel(c)))
            .collect()
    }

    /// Whether `i` is `top` or below it.
    pub(crate) fn under(&self, mut i: usize, top: usize) -> bool {
        for _ in 0..=self.len() {
            if i == top {
                return true;
            }
            match self.head(i) {
                Some(head) => i = head,
                None => return false,
            }
        }
        false
    }

    /// The words that mark a phrase or clause, in order and lower case ("according to", "in").
    pub(crate) fn case(&self, i: usize) -> String {
        let mut words: Vec<(usize, String)> = self
            .all(i, &["case", "mark"])
            .into_iter()
            .filter(|&c| c < i)
            .map(|c| (c, self.word(c).to_lowercase()))
            .collect();
        words.sort();
        let words: Vec<String> = words.into_iter().map(|(_, word)| word).collect();
        words.join(" ")
    }

    /// Modifiers inside the noun phrase of `head`, left of it, in order: compounds and adjectives, and theirs.
    pub(crate) fn modifiers(&self, head: usize) -> Vec<usize> {
        let mut found = Vec::new();
        for &c in &self.children[head] {
            let inside = c < head
                && (matches!(
                    self.rel(c),
                    "compound" | "amod" | "obl:npmod" | "nmod" | "dep" | "advmod"
                ) && self.child(c, &["case"]).is_none()
                    || self.rel(c) == "punct" && self.word(c) == "-");
            if inside
                && !(self.rel(c) == "advmod" && self.upos(c) == Upos::Adv && self.tag(c) != "RB")
            {
                found.extend(self.modifiers(c));
                found.push(c);
                found.extend(self.all(c, &["conj"]).into_iter().filter(|&x| x < head));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether a noun is a plural by its form or by a number before it ("34 F-35s").
    pub(crate) fn plural(&self, i: usize) -> bool {
        matches!(self.tag(i), "NNS" | "NNPS")
            || self
                .all(i, &["nummod"])
                .into_iter()
                .any(|n| n < i && !matches!(self.lemma(n), "one" | "1") && self.head(n) == Some(i))
                && self.upos(i) != Upos::Propn
            || self
                .word(i)
                .strip_suffix('s')
                .is_some_and(|w| w.ends_with(|c: char| c.is_ascii_digit()))
    }

    /// `head` and what is coordinated with it, in order.
    pub(crate) fn coordinated(&self, head: usize) -> Vec<usize> {
        let mut all = vec![head];
        all.extend(self.all(head, &["conj"]));
        all
    }

    /// The bytes from the first to the last of some tokens.
    pub(crate) fn span(&self, first: usize, last: usize) -> Span<Byte> {
        self.sentence.tokens[first]
            .span
            .cover(self.sentence.tokens[last].span)
    }

    /// First and last token of everything under `i`.
    pub(crate) fn extent(&self, i: usize) -> (usize, usize) {
        let (mut first, mut last) = (i, i);
        let mut open = vec![i];
        let mut steps = 0;
        while let Some(at) = open.pop() {
            steps += 1;
            if steps > self.len() {
                break;
            }
            first = first.min(at);
            last = last.max(at);
            open.extend(&self.children[at]);
        }
        (first, last)
    }

    /// Who a passive says does it ("by Turkey").
    pub(crate) fn agent(&self, i: usize) -> Option<usize> {
        self.child(i, &["obl:agent"]).or_else(|| {
            // "The drones delivered by Turkey have been": a reduced relative that the parser takes for the sentence's verb
            (self.tag(i) == "VBD" && self.child(i, &["obj"]).is_none())
                .then(|| {
                    self.all(i, &["obl"])
                        .into_iter()
                        .find(|&c| self.case(c) == "by" && self.upos(c) == Upos::Propn)
                })
                .flatten()
        })
    }

    pub(crate) fn passive(&self, i: usize) -> bool {
        self.child(i, &["aux:pass", "nsubj:pass"]).is_some()
            // "are bought in Florida and shipped to Haiti": the auxiliary is shared
            || self.tag(i) == "VBN"
                && self.rel(i) == "conj"
                && self.child(i, &["aux", "nsubj", "obj"]).is_none()
                && self
                    .head(i)
                    .is_some_and(|h| self.child(h, &["aux:pass"]).is_some())
            || self.tag(i) == "VBD" && self.child(i, &["obj"]).is_none() && self.agent(i).is_some()
            // "rifles trafficked from Texas": a participle that looks like a past
            || self.tag(i) == "VBD"
                && self.rel(i) == "acl"
                && self.child(i, &["obj", "nsubj", "ccomp", "xcomp"]).is_none()
            || (self.tag(i) == "VBN"
                && (self.child(i, &["obl:agent"]).is_some()
                    || (self.rel(i).starts_with("acl")
                        || self.rel(i) == "advcl" && self.child(i, &["obj"]).is_none())
                        && self.child(i, &["aux", "nsubj"]).is_none()))
    }

    /// The form of the predicate at `i`.
    pub(crate) fn form(&self, i: usize) -> Form {
        if !matches!(self.upos(i), Upos::Verb | Upos::Aux) {
            return Form::Noun;
        }
        let mut aux = self.all(i, &["aux", "aux:pass", "cop"]);
        let own = !aux.is_empty() || self.child(i, &["mark"]).is_some();
        if !own
            && self.rel(i) == "conj"
            && let Some(first) = self.head(i)
            && self.tag(first) == self.tag(i)
        {
            aux = self.all(first, &["aux", "aux:pass"]);
            if self.to_infinitive(first) {
                return Form::Infinitive;
            }
        }
        let has = |lemmas: &[&str]| {
            aux.iter()
                .any(|&a| lemmas.contains(&self.lemma(a)) || lemmas.contains(&self.word(a)))
        };
        let be_ing = aux
            .iter()
            .any(|&a| self.word(a).eq_ignore_ascii_case("being"));
        if has(&["will", "shall", "'ll", "wo", "would"]) {
            return Form::Future;
        }
        if be_ing || (self.tag(i) == "VBG" && has(&["be"])) {
            return Form::Progressive;
        }
        if has(&["have"]) {
            return Form::Perfect;
        }
        if self.to_infinitive(i) {
            return Form::Infinitive;
        }
        if has(&["may", "might", "could", "can"]) {
            return Form::Modal;
        }
        if has(&["should", "must"]) {
            return Form::Infinitive;
        }
        if has(&["do"]) {
            let did = aux.iter().any(|&a| self.tag(a) == "VBD");
            return if did { Form::Past } else { Form::Present };
        }
        if self.passive(i) {
            return match aux
                .iter()
                .find(|&&a| self.rel(a) == "aux:pass" || self.rel(a) == "cop")
            {
                Some(&a) if self.tag(a) == "VBD" => Form::Past,
                Some(_) => Form::Present,
                None => Form::Participle,
            };
        }
        match self.tag(i) {
            "VBD" => Form::Past,
            "VBN" => Form::Participle,
            "VBG" => Form::Progressive,
            "VB" => Form::Infinitive,
            _ => Form::Present,
        }
    }

    /// The nearest verb over a word.
    pub(crate) fn clause(&self, i: usize) -> Option<usize> {
        let mut at = self.head(i);
        for _ in 0..self.len() {
            let verb = at?;
            if matches!(self.upos(verb), Upos::Verb | Upos::Aux) {
                return Some(verb);
            }
            at = self.head(verb);
        }
        None
    }

    /// Whether a noun is spoken of as known: "the attack", "Iran's attack".
    pub(crate) fn definite(&self, i: usize) -> bool {
        self.all(i, &["det", "nmod:poss"]).into_iter().any(|d| {
            self.rel(d) == "nmod:poss"
                || matches!(self.lemma(d), "the" | "this" | "that" | "these" | "those")
        })
    }

    pub(crate) fn to_infinitive(&self, i: usize) -> bool {
        self.all(i, &["mark"])
            .into_iter()
            .any(|m| self.tag(m) == "TO")
    }

    /// The tree drawn as lines `index form lemma tag relation head name`, for `explain` and for tests.
    pub(crate) fn draw(&self) -> String {
        let mut out = String::new();
        for i in 0..self.len() {
            let head = self.head(i).map_or("-", |h| self.word(h));
            let name = self
                .sentence
                .names
                .iter()
                .find(|n| n.span.range().contains(&i))
                .map_or("", |n| n.label.as_str());
            let line = format!(
                "{i:>3} {:<18} {:<16} {:<6} {:<12} {head:<16} {name}",
                self.word(i),
                self.lemma(i),
                self.tag(i),
                self.rel(i)
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
        out
    }
}

/// Lower-case lemma; a plural proper noun is folded as the common noun it may be ("Drones" in a headline).
fn lemma(token: &Token, word: &str) -> String {
    let lemma = token.lemma.to_lowercase();
    // The press, and the lemmatizer's "medium".
    if lemma == "medium" && word.eq_ignore_ascii_case("media") {
        return "media".to_owned();
    }
    // "hoped" and "hoping" are lemmatised "hop", "tweeted" "tweete"
    if lemma == "hop" && !word.to_lowercase().starts_with("hopp") && word.len() > 4 {
        return "hope".to_owned();
    }
    if let Some(stem) = lemma.strip_suffix("eete") {
        return format!("{stem}eet");
    }
    // "a repair works"
    if lemma == "work" && token.tag == "NNS" {
        return "works".to_owned();
    }
    // "gutted" is lemmatised "gutte"
    if let Some(stem) = lemma.strip_suffix('e')
        && token.upos == Upos::Verb
        && let [.., a, b] = stem.as_bytes()
        && a == b
        && !matches!(a, b's' | b'l' | b'e' | b'o' | b'f')
    {
        return stem[..stem.len() - 1].to_owned();
    }
    if matches!(token.tag.as_str(), "NNPS" | "NNS" | "NNP")
        && lemma == word.to_lowercase()
        && lemma.len() > 3
    {
        if let Some(stem) = lemma.strip_suffix("ies") {
            return format!("{stem}y");
        }
        if lemma.ends_with('s') && !lemma.ends_with("ss") && token.tag != "NNP" {
            return lemma[..lemma.len() - 1].to_owned();
        }
    }
    lemma
}
