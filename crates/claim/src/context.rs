//! How what stands over a predicate changes it: certainty, stage and the attribution chain, collected on the way from the predicate
//! up to the root of the sentence; polarity and the time of what is brought about as `factuality` composes them from the root down.

use std::collections::{HashMap, HashSet};

use sayso_codebook::{Codebook, Sign, Word};
use sayso_records::{Certainty, Reason, Upos};

use crate::{
    factuality::{Commitments, Signatures, shares},
    frame::Frame,
    phrase::Phrases,
    tree::{Form, Tree},
};

/// The codebook's attributing and embedding words, by lemma.
pub(crate) struct Lookup {
    report_verbs: HashMap<String, Word>,
    report_nouns: HashMap<String, Word>,
    report_adverbs: HashMap<String, Word>,
    documents: HashSet<String>,
    prepositions: HashSet<String>,
    citing: HashSet<String>,
    verbs: HashMap<String, Word>,
    nouns: HashMap<String, Word>,
    adjectives: HashMap<String, Word>,
    modals: HashMap<String, Word>,
    adverbs: HashMap<String, Word>,
    light: HashSet<String>,
    controls: HashSet<String>,
    negators: HashSet<String>,
    pub(crate) signatures: Signatures,
}

fn index(words: &[Word]) -> HashMap<String, Word> {
    words
        .iter()
        .flat_map(|w| w.words.iter().map(move |lemma| (lemma.clone(), w.clone())))
        .collect()
}

impl Lookup {
    pub(crate) fn new(codebook: &Codebook) -> Self {
        let (r, e) = (&codebook.reporting, &codebook.embedding);
        Self {
            report_verbs: index(&r.verbs),
            report_nouns: index(&r.nouns),
            report_adverbs: index(&r.adverbs),
            documents: r.documents.iter().cloned().collect(),
            prepositions: r.prepositions.iter().cloned().collect(),
            citing: r.citing.iter().cloned().collect(),
            verbs: index(&e.verbs),
            nouns: index(&e.nouns),
            adjectives: index(&e.adjectives),
            modals: index(&e.modals),
            adverbs: index(&e.adverbs),
            light: e.light.iter().cloned().collect(),
            controls: e.object_control.iter().cloned().collect(),
            negators: e.negators.iter().cloned().collect(),
            signatures: Signatures::new(codebook),
        }
    }

    pub(crate) fn light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    fn cites(&self, lemma: &str) -> bool {
        self.citing.contains(lemma)
    }

    /// Whether a verb's object is the one who is to act ("accused Iran of supplying").
    pub(crate) fn controls(&self, lemma: &str) -> bool {
        self.controls.contains(lemma)
    }

    /// The entry of a modal verb.
    pub(crate) fn modal(&self, lemma: &str) -> Option<&Word> {
        self.modals.get(lemma)
    }

    /// The embedding entry of the adverb at `i`.
    pub(crate) fn adverb(&self, tree: &Tree<'_>, i: usize) -> Option<&Word> {
        let lemma = tree.lemma(i);
        self.adverbs
            .get(&format!("{lemma} to"))
            .filter(|_| tree.len() > i + 1 && tree.tag(i + 1) == "TO")
            .or_else(|| self.adverbs.get(lemma))
    }

    /// The embedding entry of the adjective or participle at `i`.
    pub(crate) fn adjective(&self, tree: &Tree<'_>, i: usize) -> Option<&Word> {
        self.adjectives
            .get(tree.lemma(i))
            .or_else(|| self.adjectives.get(&tree.word(i).to_lowercase()))
    }

    /// Whether the word at `i` negates what it stands on.
    pub(crate) fn negator(&self, tree: &Tree<'_>, i: usize) -> bool {
        self.negators.contains(tree.lemma(i))
            || self.negators.contains(&tree.word(i).to_lowercase())
    }

    /// The embedding entry of the word at `i`, by its part of speech.
    pub(crate) fn embedding(&self, tree: &Tree<'_>, i: usize) -> Option<&Word> {
        let lemma = tree.lemma(i);
        match tree.upos(i) {
            Upos::Verb | Upos::Aux => self.verbs.get(lemma).or_else(|| {
                // "is set to", "is due to": participles as adjectives
                self.adjectives.get(&tree.word(i).to_lowercase())
            }),
            Upos::Noun => self.nouns.get(lemma),
            Upos::Adj => self.adjectives.get(lemma),
            _ => None,
        }
    }

    pub(crate) fn embeds(&self, tree: &Tree<'_>, i: usize) -> bool {
        self.embedding(tree, i).is_some() || self.reports(tree, i).is_some()
    }

    pub(crate) fn carries(&self, tree: &Tree<'_>, i: usize, function: &str) -> bool {
        self.embedding(tree, i)
            .is_some_and(|w| w.carries.iter().any(|c| c == function))
    }

    /// The reporting entry of the word at `i`, by its part of speech.
    pub(crate) fn reports(&self, tree: &Tree<'_>, i: usize) -> Option<&Word> {
        match tree.upos(i) {
            Upos::Verb | Upos::Aux => self.report_verbs.get(tree.lemma(i)),
            Upos::Noun => self.report_nouns.get(tree.lemma(i)),
            _ => None,
        }
    }

    /// Whether a lemma is a verb of reporting, whatever it was tagged.
    pub(crate) fn tells(&self, lemma: &str) -> bool {
        self.report_verbs.contains_key(lemma)
    }

    pub(crate) fn reporting_verb(&self, tree: &Tree<'_>, i: usize) -> bool {
        matches!(tree.upos(i), Upos::Verb) && self.report_verbs.contains_key(tree.lemma(i))
    }
}

/// Who is made to say it.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    /// Head token of the source. `None`: hearsay with nobody named.
    pub(crate) source: Option<usize>,
    /// Token of the cue.
    pub(crate) cue: usize,
}

/// What was found on the way up.
#[derive(Debug, Default)]
pub(crate) struct Context {
    pub(crate) certainty: Certainty,
    pub(crate) denied: bool,
    pub(crate) stage: Option<String>,
    /// The form of the word that brings it about, whose time is its own ("managed to buy"). `None`: no word does.
    pub(crate) brought: Option<Form>,
    /// Innermost first.
    pub(crate) said: Vec<Said>,
    pub(crate) reasons: Vec<Reason>,
    /// Predicates that share the claim's time: itself and what it is linked to.
    pub(crate) linked: Vec<usize>,
}

/// Weaker wins; among equals the inner stays.
pub(crate) fn rank(certainty: Certainty) -> u8 {
    match certainty {
        Certainty::Stated => 0,
        Certainty::Assessed => 1,
        Certainty::Probable => 2,
        Certainty::Claimed => 3,
        Certainty::Reported => 4,
        Certainty::Possible => 5,
        Certainty::Doubted => 6,
    }
}

impl Context {
    fn reason(&mut self, field: &str, rule: &str, words: &str) {
        self.reasons.push(Reason {
            field: field.into(),
            rule: rule.to_owned(),
            words: words.to_owned(),
        });
    }

    fn apply(&mut self, word: &Word, field_rule: &str, said: &str) {
        if let Some(certainty) = word.certainty
            && rank(certainty) > rank(self.certainty)
        {
            self.certainty = certainty;
            self.reason("certainty", field_rule, said);
        }
        if let Some(stage) = &word.stage
            && (self.stage.is_none() || stage == "stopped")
        {
            self.stage = Some(stage.clone());
            self.reason("status", field_rule, said);
        }
    }
}

/// Collects the context of the predicate at `trigger`.
pub(crate) fn of(frame: &Frame<'_>, trigger: usize) -> Context {
    let (phrases, lookup) = (frame.phrases, frame.lookup);
    let tree = phrases.tree;
    let mut context = committed(tree, lookup, trigger);
    let mut linked = true;
    // Whether the modal verbs and negation of `at` are shared by what it was reached from.
    let mut shared = true;
    let mut at = trigger;
    for _ in 0..=tree.len() {
        if linked {
            context.linked.push(at);
            if shared {
                marks(&mut context, tree, lookup, at, trigger);
            }
        }
        spoken_beside(&mut context, frame, at);
        let Some(head) = tree.head(at) else { break };
        let rel = tree.rel(at);
        shared = rel != "conj" || shares(tree, head, at);
        if linked && rel == "conj" {
            shared_auxiliaries(&mut context, tree, lookup, at, head);
        }
        let noun = tree.form(at) == Form::Noun;
        let complement = complement(tree, at, head, rel, noun);
        if let Some(word) = lookup
            .reports(tree, head)
            .filter(|_| {
                content(tree, at, head, rel, noun)
                    || rel == "obl"
                        && noun
                        && tree.case(at) == "for"
                        && lookup.controls(tree.lemma(head))
            })
            // What a relative clause adds is not what is denied.
            .filter(|word| linked || !word.negates)
        {
            report(&mut context, frame, head, at, word);
        } else if linked
            && complement
            && let Some(word) = lookup.embedding(tree, head)
            && !(tree.upos(head) == Upos::Noun && at == trigger && rel == "conj")
        {
            context.apply(word, "embedding", tree.word(head));
            // "There have been discussions about": nobody is named
            if tree.upos(head) == Upos::Noun && existential(tree, head) {
                context.said.push(Said {
                    source: None,
                    cue: head,
                });
            }
        }
        let modifier = matches!(rel, "compound" | "amod" | "nmod" | "obl:npmod" | "appos") && noun;
        let light = lookup.light(tree.lemma(head)) || lookup.embeds(tree, head);
        linked = linked
            && (rel == "conj"
                || complement && (!noun || light || tree.upos(head) != Upos::Verb)
                || modifier && tree.upos(head) == Upos::Noun && lookup.embeds(tree, head));
        at = head;
    }
    voices(&mut context, frame, trigger);
    quoting(&mut context, frame);
    context
}

/// Polarity and form, as the words from the root down compose them.
fn committed(tree: &Tree<'_>, lookup: &Lookup, trigger: usize) -> Context {
    let mut commitments = Commitments::new(tree, lookup);
    let commitment = commitments.of(trigger);
    let mut context = Context {
        denied: commitment.denied,
        brought: commitments.brought_about(trigger),
        ..Context::default()
    };
    for (rule, token) in commitments.turns(trigger) {
        // What was called off is affirmed as called off.
        let stops = lookup
            .embedding(tree, token)
            .and_then(|w| w.stage.as_deref());
        if rule == "embedding.signatures" && stops == Some("stopped") {
            context.denied = !context.denied;
            continue;
        }
        context.reason("polarity", rule, tree.word(token));
    }
    context
}

/// Attributions whose content holds the predicate and that the way up did not meet: set behind, across a mistaken tree, or round a
/// quotation.
fn voices(context: &mut Context, frame: &Frame<'_>, trigger: usize) {
    let tree = frame.phrases.tree;
    let at = tree.token(trigger).span;
    for voice in frame.voices.iter().filter(|v| v.says(at)) {
        let Some((head, _)) = voice.source else {
            continue;
        };
        let word = frame.lookup.reports(tree, voice.cue_token);
        let source = if frame.lookup.documents.contains(tree.lemma(head)) {
            author(frame, head).unwrap_or(head)
        } else {
            head
        };
        let known = context
            .said
            .iter()
            .any(|s| s.cue == voice.cue_token || s.source == Some(source));
        if known || word.is_some_and(|w| w.negates) || !names_somebody(frame, source) {
            continue;
        }
        // Inside of whatever it does not hold.
        let place = context
            .said
            .iter()
            .rposition(|s| voice.says(tree.token(s.cue).span))
            .map_or(0, |n| n + 1);
        let cue = voice.cue_token;
        context.said.insert(
            place,
            Said {
                source: Some(source),
                cue,
            },
        );
        context.reason("sources", "attribution", tree.word(cue));
        if let Some(word) = word {
            context.apply(word, "reporting", tree.word(cue));
        }
    }
}

fn names_somebody(frame: &Frame<'_>, token: usize) -> bool {
    let upos = frame.phrases.tree.upos(token);
    matches!(upos, Upos::Noun | Upos::Propn) || speaker(frame, token)
}

/// Whether what hangs on `head` by `rel` is its complement: modality and stage of the head reach it.
fn complement(tree: &Tree<'_>, at: usize, head: usize, rel: &str, noun: bool) -> bool {
    match rel {
        "xcomp" | "csubj" | "csubj:pass" => true,
        // A clause before its verb is a quotation, or the parser's mistake.
        "ccomp" => at > head,
        "obj" | "nsubj:pass" | "iobj" => noun || tree.upos(head) != Upos::Verb,
        "nsubj" => noun && tree.upos(head) != Upos::Noun,
        "advcl" => {
            tree.to_infinitive(at)
                || matches!(
                    tree.case(at).as_str(),
                    "of" | "from" | "in" | "into" | "on" | "against" | "for"
                )
        }
        "acl" => tree.to_infinitive(at) || !tree.case(at).is_empty(),
        "nmod" => matches!(
            tree.case(at).as_str(),
            "of" | "for" | "on" | "about" | "regarding" | "over" | "to" | "in" | "into"
        ),
        "obl" => {
            noun && matches!(
                tree.case(at).as_str(),
                "from" | "about" | "on" | "to" | "in" | "for" | "over" | "of" | "with" | "into"
            )
        }
        "conj" => false,
        _ => false,
    }
}

/// Whether it is what a reporting word over it reports.
fn content(tree: &Tree<'_>, at: usize, head: usize, rel: &str, noun: bool) -> bool {
    match rel {
        "ccomp" | "csubj" | "csubj:pass" => true,
        "xcomp" => true,
        "acl" => {
            tree.upos(head) == Upos::Noun
                && (!tree.case(at).is_empty() || tree.child(at, &["nsubj", "nsubj:pass"]).is_some())
        }
        "advcl" => matches!(tree.case(at).as_str(), "of" | "that"),
        "obj" | "nsubj:pass" => noun,
        "nmod" | "obl" => {
            noun && matches!(
                tree.case(at).as_str(),
                "of" | "about" | "on" | "regarding" | "over"
            )
        }
        "parataxis" => false,
        _ => false,
    }
}

fn existential(tree: &Tree<'_>, noun: usize) -> bool {
    tree.child(noun, &["expl"]).is_some()
        || tree
            .head(noun)
            .is_some_and(|h| tree.child(h, &["expl"]).is_some())
}

/// Modal verbs, adverbs and adjectives on a predicate over `trigger`, or on it.
fn marks(context: &mut Context, tree: &Tree<'_>, lookup: &Lookup, at: usize, trigger: usize) {
    for &c in tree.children(at) {
        let lemma = tree.lemma(c);
        match tree.rel(c) {
            "aux" | "aux:pass" => {
                // "could not" has not
                let settled = |word: &&Word| {
                    word.signature.is_some_and(|s| s.denied == Sign::Minus)
                        && tree
                            .all(at, &["advmod"])
                            .into_iter()
                            .any(|n| lookup.negator(tree, n))
                };
                if let Some(word) = lookup.modal(lemma).filter(|word| !settled(word)) {
                    context.apply(word, "embedding.modals", tree.word(c));
                }
            }
            "advmod" | "det" | "cc:preconj" | "mark" => {
                if lookup.negator(tree, c) {
                    // "did not say that": he may have
                    if at != trigger
                        && lookup.reports(tree, at).is_some()
                        && !lookup.light(tree.lemma(at))
                        && !context.denied
                        && rank(context.certainty) < rank(Certainty::Possible)
                    {
                        context.certainty = Certainty::Possible;
                        context.reason("certainty", "embedding.negators", tree.word(c));
                    }
                } else if let Some(word) = lookup.adverb(tree, c) {
                    context.apply(word, "embedding.adverbs", tree.word(c));
                } else if let Some(word) = lookup.report_adverbs.get(lemma) {
                    hearsay(context, tree, c, word);
                }
            }
            "amod" => {
                if let Some(word) = lookup.adjective(tree, c) {
                    context.apply(word, "embedding.adjectives", tree.word(c));
                }
            }
            _ => {}
        }
    }
}

fn hearsay(context: &mut Context, tree: &Tree<'_>, cue: usize, word: &Word) {
    context.apply(word, "reporting.adverbs", tree.word(cue));
    context.said.push(Said { source: None, cue });
}

/// "will build and deliver": the second verb shares the first's auxiliaries when it has none.
fn shared_auxiliaries(
    context: &mut Context,
    tree: &Tree<'_>,
    lookup: &Lookup,
    at: usize,
    head: usize,
) {
    if tree
        .child(at, &["aux", "nsubj", "nsubj:pass", "aux:pass"])
        .is_some()
    {
        return;
    }
    for c in tree.all(head, &["aux"]) {
        if let Some(word) = lookup.modals.get(tree.lemma(c)) {
            context.apply(word, "embedding.modals", tree.word(c));
        }
    }
}

/// A reporting word over the predicate.
fn report(context: &mut Context, frame: &Frame<'_>, cue: usize, content: usize, word: &Word) {
    let tree = frame.phrases.tree;
    let verb = tree.upos(cue) != Upos::Noun;
    // "worry that ..." under "expressing": the noun's holder is the verb's subject, and the noun is the cue
    let holder = frame
        .path(cue, "subject")
        .into_iter()
        .chain(frame.path(cue, "governor").into_iter().filter(|_| !verb))
        .chain(
            ["among", "from", "by"]
                .iter()
                .flat_map(|f| frame.path(cue, f))
                .filter(|_| !verb),
        )
        .map(|f| f.token)
        .find(|&token| {
            let plain = matches!(tree.upos(token), Upos::Noun | Upos::Propn) && verb;
            token != content && (plain || speaker(frame, token))
        });
    let passive = verb && tree.passive(cue);
    let holder = match holder {
        // "a review by X said": X said it there
        Some(token) if frame.lookup.documents.contains(tree.lemma(token)) => {
            Some(author(frame, token).unwrap_or(token))
        }
        Some(token) => Some(token),
        None => document(frame, cue),
    };
    // "is expected to deliver" by nobody: the verb still colours it
    context.apply(word, "reporting", tree.word(cue));
    if tree.rel(content) == "xcomp" && !passive && word.certainty.is_none() && !word.negates {
        return;
    }
    match holder {
        Some(source) => {
            let repeated = context.said.iter().any(|s| s.source == Some(source));
            if !repeated {
                context.said.push(Said {
                    source: Some(source),
                    cue,
                });
                context.reason("sources", "reporting", tree.word(cue));
            }
        }
        None if passive || !verb => {
            if rank(context.certainty) < rank(Certainty::Reported)
                && word.certainty.is_none()
                && !word.negates
            {
                context.certainty = Certainty::Reported;
                context.reason("certainty", "reporting: nobody named", tree.word(cue));
            }
            if word.certainty != Some(Certainty::Probable) {
                context.said.push(Said { source: None, cue });
            }
        }
        None => {}
    }
}

fn speaker(frame: &Frame<'_>, token: usize) -> bool {
    let tree = frame.phrases.tree;
    if tree.lemma(token) == "it" {
        // "It said" is somebody, "it was said" is nobody
        return frame.phrases.stands_for(token).is_some()
            && tree.head(token).is_some_and(|h| !tree.passive(h));
    }
    frame.phrases.actor(token)
        || frame.lookup.documents.contains(tree.lemma(token))
        || matches!(tree.upos(token), Upos::Pron)
            && !matches!(
                tree.lemma(token),
                "that" | "this" | "what" | "which" | "there"
            )
}

/// "in a review by X, it was reported": the author of the document the reporting happened in, else the document.
fn document(frame: &Frame<'_>, cue: usize) -> Option<usize> {
    let tree = frame.phrases.tree;
    let document = tree.all(cue, &["obl", "nmod"]).into_iter().find(|&c| {
        frame.lookup.documents.contains(tree.lemma(c))
            && matches!(
                tree.case(c).as_str(),
                "in" | "by" | "on" | "through" | "via"
            )
    })?;
    Some(author(frame, document).unwrap_or(document))
}

/// Who stands behind a document ("a review by X", "an X report", "X's statement").
pub(crate) fn author(frame: &Frame<'_>, document: usize) -> Option<usize> {
    ["by", "from", "poss", "demonym", "of", "~publishing>subject"]
        .iter()
        .flat_map(|f| frame.path(document, f))
        .map(|f| f.token)
        .find(|&t| frame.phrases.actor(t))
}

/// Attribution that stands beside the predicate: "according to X", ", X said" set after, "as X reported", "citing X".
fn spoken_beside(context: &mut Context, frame: &Frame<'_>, at: usize) {
    let tree = frame.phrases.tree;
    for &c in tree.children(at) {
        match tree.rel(c) {
            "obl" | "nmod" | "advmod" if frame.lookup.prepositions.contains(&tree.case(c)) => {
                let source = if frame.lookup.documents.contains(tree.lemma(c)) {
                    author(frame, c).unwrap_or(c)
                } else {
                    c
                };
                let cue = tree.child(c, &["case"]).unwrap_or(c);
                if speaker(frame, source) || tree.upos(source) == Upos::Noun {
                    context.said.push(Said {
                        source: Some(source),
                        cue,
                    });
                    context.reason("sources", "reporting.prepositions", &tree.case(c));
                }
            }
            "parataxis" | "advcl" | "ccomp"
                if frame.lookup.reporting_verb(tree, c)
                    && tree.child(c, &["ccomp", "obj"]).is_none()
                    && (tree.rel(c) != "advcl"
                        || tree.case(c) == "as"
                        || tree
                            .child(c, &["mark", "advmod"])
                            .is_some_and(|m| tree.lemma(m) == "as")) =>
            {
                if let Some(word) = frame.lookup.reports(tree, c) {
                    report(context, frame, c, at, word);
                    for inner in tree.all(c, &["advcl", "acl"]) {
                        cited(context, frame, inner);
                    }
                }
            }
            // "Iran, an expert reported, builds": taken for an apposition
            "nsubj" => {
                for expert in tree.all(c, &["appos"]) {
                    let verb = tree.all(expert, &["acl"]).into_iter().find(|&v| {
                        tree.tag(v) != "VBG"
                            && frame.lookup.reporting_verb(tree, v)
                            && tree.child(v, &["ccomp", "obj", "obl:agent"]).is_none()
                    });
                    if let Some(cue) = verb
                        && speaker(frame, expert)
                    {
                        context.said.push(Said {
                            source: Some(expert),
                            cue,
                        });
                        context.reason("sources", "reporting", tree.word(cue));
                    }
                }
            }
            "advcl" | "acl" => cited(context, frame, c),
            _ => {}
        }
    }
}

/// "According to X, which quoted Y", "X quoted Y as saying": Y is inside of X, who stands last in what was said so far.
fn quoting(context: &mut Context, frame: &Frame<'_>) {
    let tree = frame.phrases.tree;
    let mut at = 0;
    while let Some(said) = context.said.get(at) {
        let clause = said
            .source
            .into_iter()
            .flat_map(|s| tree.all(s, &["acl:relcl"]));
        let verb = clause.chain([said.cue]).find(|&v| {
            frame.lookup.cites(tree.lemma(v)) && tree.tag(v) != "VBG" && !tree.passive(v)
        });
        let inner = verb.and_then(|v| Some((v, tree.child(v, &["obj"])?)));
        if let Some((cue, source)) = inner
            && speaker(frame, source)
            && !context.said.iter().any(|s| s.source == Some(source))
        {
            let source = Some(source);
            context.said.insert(at, Said { source, cue });
            context.reason("sources", "reporting.citing", tree.word(cue));
            at += 1;
        }
        at += 1;
    }
}

/// "citing X": the one cited is the inner source.
fn cited(context: &mut Context, frame: &Frame<'_>, cue: usize) {
    let tree = frame.phrases.tree;
    if !frame.lookup.cites(tree.lemma(cue)) || tree.tag(cue) != "VBG" {
        return;
    }
    let Some(object) = tree.child(cue, &["obj"]) else {
        return;
    };
    let source = if frame.lookup.documents.contains(tree.lemma(object)) {
        author(frame, object).unwrap_or(object)
    } else {
        object
    };
    // Just inside of whoever cites it.
    let place = context
        .said
        .iter()
        .position(|s| Some(s.cue) == tree.head(cue))
        .unwrap_or(0);
    context.said.insert(
        place,
        Said {
            source: Some(source),
            cue,
        },
    );
    context.reason("sources", "reporting.citing", tree.word(cue));
}

/// Whether a phrase only describes its source ("a senior official").
pub(crate) fn unnamed(phrases: &Phrases<'_>, token: usize) -> bool {
    let tree = phrases.tree;
    phrases.named(token).is_none()
        && tree.upos(token) != Upos::Propn
        && phrases.in_class(token, "person-word")
        && !tree
            .all(token, &["appos", "compound"])
            .into_iter()
            .any(|c| tree.upos(c) == Upos::Propn)
}
