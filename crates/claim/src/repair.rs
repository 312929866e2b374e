//! Mends what the parser often gets wrong in news prose, where the words themselves leave one reading: lists taken for
//! appositions, speakers hung on the phrase before them, objects behind an adjunct, plants ("the Plastmass works") taken for verbs.
//!
//! Each rule asks for a shape that is no English sentence as parsed; a tree without such a shape stays as it is.

use sayso_records::{Sentence, Token, Upos};
use smol_str::SmolStr;

use crate::{context::Lookup, draft::Triggers, tree::Tree};

/// The sentence with the tree mended.
pub(crate) fn of(
    text: &str,
    sentence: &Sentence,
    lookup: &Lookup,
    triggers: &Triggers,
) -> Sentence {
    let mut mended = sentence.clone();
    for rule in [
        headline, parted, worth, works, plural, gerund, subject, number, object, speaker, list,
    ] {
        let edits = rule(&Tree::new(text, &mended), lookup);
        for edit in edits {
            edit.apply(&mut mended.tokens);
            if edit.tag == Some(GERUND)
                && let Some(token) = mended.tokens.get_mut(edit.token)
                && let Some(lemma) = base(token.span.of(text), triggers)
            {
                token.lemma = lemma;
            }
        }
    }
    mended
}

/// Tag and part of speech of a gerund.
const GERUND: (&str, Upos) = ("VBG", Upos::Verb);

/// The verb of the codebook that a word in "-ing" is a form of.
fn base(word: &str, triggers: &Triggers) -> Option<SmolStr> {
    let lower = word.to_lowercase();
    let stem = lower.strip_suffix("ing")?;
    let single = stem.get(..stem.len().checked_sub(1)?);
    let forms = [
        Some(stem.to_owned()),
        Some(format!("{stem}e")),
        single.map(str::to_owned),
    ];
    forms
        .into_iter()
        .flatten()
        .find(|form| triggers.verb(form))
        .map(SmolStr::from)
}

/// A token under another head, by another relation.
struct Edit {
    token: usize,
    head: usize,
    rel: &'static str,
    /// A new tag and part of speech.
    tag: Option<(&'static str, Upos)>,
}

impl Edit {
    fn hang(token: usize, head: usize, rel: &'static str) -> Self {
        Self {
            token,
            head,
            rel,
            tag: None,
        }
    }

    /// Leaves the tree as it is where the new head stands under the token: no edit makes a loop.
    fn apply(&self, tokens: &mut [Token]) {
        let mut at = self.head;
        for _ in 0..tokens.len() {
            if at == self.token && self.head != self.token {
                return;
            }
            let Some(token) = tokens.get(at) else { return };
            if token.head as usize == at {
                break;
            }
            at = token.head as usize;
        }
        let Ok(head) = u32::try_from(self.head) else {
            return;
        };
        let Some(token) = tokens.get_mut(self.token) else {
            return;
        };
        if self.head != self.token || self.rel == "root" {
            token.head = head;
            token.rel = SmolStr::new(self.rel);
        }
        if let Some((tag, upos)) = self.tag {
            token.tag = SmolStr::new(tag);
            token.upos = upos;
        }
    }
}

fn comma(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.word(i), "," | "-" | "--" | "–" | "—" | "(" | ";" | ":")
}

fn nominal(tree: &Tree<'_>, i: usize) -> bool {
    matches!(tree.upos(i), Upos::Noun | Upos::Propn)
}

/// "Iran to supply Russia with drones, officials say": a headline's future, taken for a clause on the name.
fn headline(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for verb in 2..tree.len() {
        if !tree.rel(verb).starts_with("acl") || !tree.to_infinitive(verb) {
            continue;
        }
        let Some(name) = tree
            .head(verb)
            .filter(|&n| tree.upos(n) == Upos::Propn && n + 2 == verb && tree.extent(n).0 == 0)
        else {
            continue;
        };
        match tree.head(name) {
            None => out.push(Edit::hang(verb, verb, "root")),
            Some(over) if matches!(tree.rel(name), "dep" | "ccomp" | "parataxis") => {
                out.push(Edit::hang(verb, over, "ccomp"));
            }
            Some(_) => continue,
        }
        out.push(Edit::hang(name, verb, "nsubj"));
    }
    out
}

/// "Deliveries of Bayraktar TB2 drones began": a name taken for the whole phrase behind "of", and its noun for the head of all.
fn parted(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for noun in 2..tree.len() {
        let name = noun - 1;
        if tree.upos(noun) != Upos::Noun
            || !(tree.upos(name) == Upos::Propn || tree.upos(name) == Upos::Num)
            || tree.rel(name) != "nmod"
        {
            continue;
        }
        let Some(first) = tree.head(name).filter(|&f| {
            f < name
                && nominal(tree, f)
                && tree.head(f) == Some(noun)
                && matches!(
                    tree.rel(f),
                    "nsubj" | "compound" | "dep" | "nmod" | "amod" | "nsubj:pass"
                )
        }) else {
            continue;
        };
        let (over, rel) = match tree.head(noun) {
            Some(over) => (over, RELS.iter().find(|r| **r == tree.rel(noun)).copied()),
            None => continue,
        };
        let Some(rel) = rel else { continue };
        out.push(Edit::hang(first, over, rel));
        out.push(Edit::hang(noun, first, "nmod"));
        out.push(Edit::hang(name, noun, "compound"));
        for case in tree.all(name, &["case"]) {
            out.push(Edit::hang(case, noun, "case"));
        }
    }
    out
}

/// Relations that a noun phrase may have to what is over it.
const RELS: &[&str] = &["nsubj", "nsubj:pass", "obj", "obl", "nmod", "conj"];

/// "a contract worth 390 billion rupees with Hindustan Aeronautics for the purchase of": what follows the sum is the contract's.
fn worth(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 1..tree.len() {
        if !matches!(tree.lemma(i), "worth" | "valued") || tree.rel(i) == "root" {
            continue;
        }
        // "exported ammunition worth 80 million euros": the ammunition was exported
        if let (Some(verb), true) = (
            tree.head(i),
            tree.rel(i) == "xcomp" && nominal(tree, i - 1) && tree.head(i - 1) == Some(i),
        ) && tree.child(verb, &["obj"]).is_none()
            && !tree.passive(verb)
        {
            out.push(Edit::hang(i - 1, verb, "obj"));
            out.push(Edit::hang(i, i - 1, "amod"));
            let behind = tree.all(i, &["obl", "nmod"]).into_iter().filter(|&c| c > i);
            out.extend(
                behind
                    .filter(|&c| !tree.case(c).is_empty())
                    .map(|c| Edit::hang(c, verb, "obl")),
            );
            continue;
        }
        let Some(noun) = tree.head(i).filter(|&n| n < i && nominal(tree, n)) else {
            continue;
        };
        let verb = tree.clause(noun).filter(|&v| v < noun);
        let sums = tree.all(i, &["obl:npmod", "obj", "nmod", "obl", "nummod"]);
        let behind = |at: usize| -> Vec<usize> {
            tree.all(at, &["obl", "nmod"])
                .into_iter()
                .filter(|&c| {
                    c > at && matches!(tree.case(c).as_str(), "with" | "for" | "on" | "from" | "to")
                })
                .collect()
        };
        let mut moved = behind(i);
        moved.extend(sums.iter().copied().flat_map(behind));
        // "a contract worth $260 million to supply": the contract is to supply
        for at in sums.into_iter().chain([i]) {
            let clauses = tree.all(at, &["acl", "acl:relcl", "xcomp", "advcl"]);
            let to = clauses
                .into_iter()
                .filter(|&c| c > at && tree.to_infinitive(c));
            out.extend(to.map(|c| Edit::hang(c, noun, "acl")));
        }
        for c in moved {
            let day = tree
                .sentence
                .names
                .iter()
                .any(|n| n.label == "DATE" && n.span.range().contains(&c));
            match verb.filter(|_| day) {
                Some(verb) => out.push(Edit::hang(c, verb, "obl")),
                None => out.push(Edit::hang(c, noun, "nmod")),
            }
        }
    }
    out
}

/// "at the Plastmass works in", "at its Komaki North works": a noun, taken for the verb.
fn works(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        if !tree.word(i).eq_ignore_ascii_case("works") || tree.upos(i) != Upos::Verb {
            continue;
        }
        let noun = Some(("NNS", Upos::Noun));
        // "The Kazan gunpowder works turns it into": a subject or object is no verb
        if matches!(
            tree.rel(i),
            "nsubj" | "nsubj:pass" | "obj" | "obl" | "obl:agent" | "nmod"
        ) && nominal(tree, i - 1)
            && tree.head(i - 1) == Some(i)
        {
            out.push(Edit {
                token: i,
                head: i,
                rel: "",
                tag: noun,
            });
            if tree.rel(i - 1) == "nsubj" {
                out.push(Edit::hang(i - 1, i, "compound"));
            }
            continue;
        }
        if tree
            .child(i, &["nsubj", "nsubj:pass", "aux", "xcomp"])
            .is_some()
            || !nominal(tree, i - 1)
        {
            continue;
        }
        let before = i - 1;
        if tree.head(before) == Some(i) && tree.rel(before) == "compound" {
            out.push(Edit {
                token: i,
                head: i,
                rel: "",
                tag: noun,
            });
        } else if let Some(head) = tree.head(before).filter(|&h| h < before)
            && matches!(tree.rel(before), "nmod" | "obl" | "obj")
            && tree.child(before, &["case", "det", "nmod:poss"]).is_some()
        {
            let rel = match tree.rel(before) {
                "nmod" => "nmod",
                "obl" => "obl",
                _ => "obj",
            };
            // It leaves the clause first, or its old head would stand under it.
            out.push(Edit {
                token: i,
                head,
                rel,
                tag: noun,
            });
            for &c in tree.children(before) {
                let rel = match tree.rel(c) {
                    "case" => "case",
                    "det" => "det",
                    "nmod:poss" => "nmod:poss",
                    "amod" => "amod",
                    "nummod" => "nummod",
                    _ => continue,
                };
                out.push(Edit::hang(c, i, rel));
            }
            out.push(Edit::hang(before, i, "compound"));
        }
    }
    out
}

/// "power the Garpiya drones that": a noun with an article and a compound, taken for a verb.
fn plural(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        let first = tree.extent(i).0;
        let determined = |n: usize| tree.child(n, &["det", "nmod:poss", "nummod"]).is_some();
        let noun = tree.tag(i) == "VBZ"
            && tree.rel(i - 1) == "compound"
            && tree.head(i - 1) == Some(i)
            && nominal(tree, i - 1)
            && tree
                .child(i, &["nsubj", "nsubj:pass", "obj", "xcomp", "ccomp", "aux"])
                .is_none()
            && (determined(i) || determined(i - 1));
        if !noun {
            continue;
        }
        let verb = tree
            .head(i)
            .filter(|&v| v < first && tree.upos(v) == Upos::Verb);
        let free = verb.filter(|&v| tree.child(v, &["obj"]).is_none());
        let (head, rel) = match free {
            Some(v) if matches!(tree.rel(i), "ccomp" | "xcomp" | "advcl") => (v, "obj"),
            _ => (i, ""),
        };
        out.push(Edit {
            token: i,
            head,
            rel,
            tag: Some(("NNS", Upos::Noun)),
        });
    }
    out
}

/// "accused Prague of shipping grenade launchers to Kyiv": the gerund, taken for a part of the launchers' name.
fn gerund(tree: &Tree<'_>, lookup: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        let noun = matches!(tree.tag(i), "NN" | "VBG")
            && matches!(tree.rel(i), "compound" | "amod")
            && tree.word(i).to_lowercase().ends_with("ing");
        let Some(mut thing) = tree.head(i).filter(|&h| noun && h > i) else {
            continue;
        };
        while let Some(over) = tree
            .head(thing)
            .filter(|&h| h > thing && tree.rel(thing) == "compound")
        {
            thing = over;
        }
        let Some(case) = tree
            .child(thing, &["case"])
            .filter(|&c| c + 1 == i && matches!(tree.lemma(c), "of" | "for" | "from"))
        else {
            continue;
        };
        let mut verb = tree.head(thing);
        while let Some(at) = verb.filter(|&at| tree.upos(at) != Upos::Verb) {
            verb = tree.head(at).filter(|&up| up < at);
        }
        let Some(verb) = verb.filter(|&v| v < i && lookup.controls(tree.lemma(v))) else {
            continue;
        };
        out.push(Edit {
            token: i,
            head: verb,
            rel: "advcl",
            tag: Some(GERUND),
        });
        out.push(Edit::hang(thing, i, "obj"));
        out.push(Edit::hang(case, i, "mark"));
        out.extend(
            tree.all(verb, &["obl"])
                .into_iter()
                .filter(|&c| c > thing)
                .map(|c| Edit::hang(c, i, "obl")),
        );
    }
    out
}

/// "the drones that Kupol assembles", "a firm in Izhevsk assembles": a name before a finite verb, taken for a part of its word.
fn subject(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 1..tree.len() {
        let name = i - 1;
        if !matches!(tree.tag(i), "VBZ" | "VBD" | "VBP")
            || tree.upos(i) != Upos::Verb
            || tree.rel(name) != "compound"
            || tree.head(name) != Some(i)
            || tree.upos(name) != Upos::Propn
        {
            continue;
        }
        match tree.child(i, &["nsubj", "nsubj:pass"]) {
            None => out.push(Edit::hang(name, i, "nsubj")),
            Some(subject)
                if subject + 2 == name
                    && tree.head(subject + 1) == Some(subject)
                    && tree.tag(subject + 1) == "IN" =>
            {
                out.push(Edit::hang(name, subject, "nmod"));
                out.push(Edit::hang(subject + 1, name, "case"));
            }
            Some(_) => {}
        }
    }
    out
}

/// "supply 11 upgraded frigates": the number taken for an object beside the noun it counts.
fn number(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    (0..tree.len())
        .filter(|&i| {
            tree.upos(i) == Upos::Num && tree.rel(i) == "obj" && tree.children(i).is_empty()
        })
        .filter_map(|i| {
            let verb = tree.head(i)?;
            let noun = tree
                .all(verb, &["obj"])
                .into_iter()
                .find(|&n| n > i && nominal(tree, n) && tree.extent(n).0 == i + 1)?;
            Some(Edit::hang(i, noun, "nummod"))
        })
        .collect()
}

/// "received from Australia a patrol boat": the object behind an adjunct, taken for an apposition to it.
fn object(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    // "makes Polonez launchers": a noun, taken for a clause
    let clause = (1..tree.len()).filter_map(|i| {
        let verb = tree
            .head(i)
            .filter(|&v| v < i && tree.upos(v) == Upos::Verb)?;
        let bare = tree.rel(i) == "ccomp"
            && tree.tag(i) == "NNS"
            && tree.upos(i) == Upos::Noun
            && tree.child(verb, &["obj"]).is_none()
            && tree
                .child(
                    i,
                    &[
                        "nsubj",
                        "nsubj:pass",
                        "cop",
                        "aux",
                        "mark",
                        "obj",
                        "ccomp",
                        "xcomp",
                    ],
                )
                .is_none()
            && (tree.extent(i).0..i).all(|j| !comma(tree, j))
            && tree.extent(i).0 == verb + 1;
        bare.then(|| Edit::hang(i, verb, "obj"))
    });
    let behind = (1..tree.len())
        .filter(|&i| tree.rel(i) == "appos" && nominal(tree, i))
        .filter_map(|i| {
            let beside = tree.head(i).filter(|&h| h < i)?;
            let verb = tree.head(beside)?;
            let first = tree.extent(i).0;
            let opens = first < i && matches!(tree.rel(first), "det" | "nummod" | "advmod");
            let free = (beside + 1..first).all(|j| !comma(tree, j) && tree.upos(j) != Upos::Punct);
            (tree.rel(beside) == "obl"
                && tree.upos(verb) == Upos::Verb
                && tree.child(verb, &["obj", "ccomp", "xcomp"]).is_none()
                && !tree.passive(verb)
                && opens
                && free)
                .then(|| Edit::hang(i, verb, "obj"))
        });
    clause.chain(behind).collect()
}

/// "through the port of Rason, Ukraine's intelligence chief told Bloomberg": the speaker taken for an apposition.
fn speaker(tree: &Tree<'_>, lookup: &Lookup) -> Vec<Edit> {
    let mut out = Vec::new();
    for i in 2..tree.len() {
        if tree.rel(i) != "appos" || !nominal(tree, i) {
            continue;
        }
        let Some(beside) = tree.head(i).filter(|&h| h < i) else {
            continue;
        };
        let (first, last) = tree.extent(i);
        let Some(verb) = (last + 1 < tree.len()).then_some(last + 1) else {
            continue;
        };
        if first == 0 || tree.word(first - 1) != "," || !lookup.reporting_verb(tree, verb) {
            continue;
        }
        // The verb must have lost its subject, or have taken what stands before the comma for it.
        match tree.child(verb, &["nsubj"]) {
            None if matches!(tree.rel(verb), "advcl" | "parataxis" | "conj" | "ccomp")
                && matches!(tree.tag(verb), "VBD" | "VBZ" | "VBP") =>
            {
                if let Some(head) = tree.head(verb).filter(|&h| h < first) {
                    out.push(Edit::hang(verb, head, "parataxis"));
                    out.push(Edit::hang(i, verb, "nsubj"));
                }
            }
            // "shipped containers, the minister said": what is said stands before
            None if tree.head(verb).is_none()
                && tree.all(verb, &["ccomp"]).into_iter().any(|c| c < first) =>
            {
                out.push(Edit::hang(i, verb, "nsubj"));
            }
            Some(subject) if subject == beside && tree.rel(verb) == "parataxis" => {
                if let Some(head) = tree
                    .head(verb)
                    .filter(|&h| h < beside && tree.child(h, &["obj"]).is_none())
                {
                    out.push(Edit::hang(i, verb, "nsubj"));
                    out.push(Edit::hang(beside, head, "obj"));
                }
            }
            _ => {}
        }
    }
    out
}

/// "Samoa, Tonga and Vanuatu": a list of names, whose second was taken for an apposition to the first.
fn list(tree: &Tree<'_>, _: &Lookup) -> Vec<Edit> {
    let name = |i: usize| tree.upos(i) == Upos::Propn;
    let mut out = Vec::new();
    for second in 2..tree.len() {
        if tree.rel(second) != "appos" || !name(second) {
            continue;
        }
        let Some(first) = tree.head(second).filter(|&h| h < second && name(h)) else {
            continue;
        };
        let joined: Vec<usize> = tree
            .all(second, &["conj"])
            .into_iter()
            .filter(|&c| c > second && name(c))
            .collect();
        let Some(&last) = joined.last() else { continue };
        let and = tree
            .all(last, &["cc"])
            .into_iter()
            .chain(tree.all(second, &["cc"]))
            .any(|c| c > second && c < last);
        let listed = tree.extent(second).0.checked_sub(1).is_some_and(|c| tree.word(c) == ",")
            // "at the yard in Gdynia, Poland": a place within a place
            && (matches!(tree.rel(first), "nsubj" | "nsubj:pass" | "obj" | "conj")
                || matches!(tree.case(first).as_str(), "to" | "from" | "by" | "with" | "between" | "for"));
        if and && listed {
            out.push(Edit::hang(second, first, "conj"));
            out.extend(joined.iter().map(|&c| Edit::hang(c, first, "conj")));
        }
    }
    out
}
