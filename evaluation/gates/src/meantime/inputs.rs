//! From a marked word to what its sentence says of it, in plain words for the matcher.

use std::collections::{BTreeMap, BTreeSet};

use sayso_claim::{
    Claimant, NameType,
    attribution::{Attributor, Paragraph},
    time,
};
use sayso_corroborate::events::{Days, Form, Mention, Party, Rarity, Role, Sort};
use sayso_language::Analyser;
use sayso_records::{Sentence, TimeRef, Upos};

use super::{
    names::{Last, Name, forms},
    read::{Line, Marked, Set},
    tree::Tree,
    values::{days, figures, placing},
};
use crate::Tools;

/// The first sentence of an article; 0 is its title, 1 its date.
const FIRST: u32 = 2;
/// What places a place.
const AT: &[&str] = &["in", "at", "near", "on", "outside"];

/// What mentions are read with.
pub(super) struct Reader<'t> {
    tools: &'t Tools,
    claimant: Claimant<'t>,
    attributor: Attributor,
    saying: BTreeSet<&'t str>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(tools: &'t Tools) -> Self {
        let saying = tools.codebook.reporting.verbs.iter();
        Self {
            claimant: Claimant::new(&tools.codebook, &tools.gazetteer),
            attributor: Attributor::new(&tools.codebook),
            saying: saying.flat_map(|w| &w.words).map(String::as_str).collect(),
            tools,
        }
    }

    /// The mentions of the set, in its order, and how rare words are in it.
    pub(super) fn read(&self, set: &Set) -> (Vec<Mention>, Rarity) {
        let mut rarity = Rarity::default();
        let mut mentions: Vec<Option<Mention>> = set.mentions.iter().map(|_| None).collect();
        for (report, lines) in &set.reports {
            let published = published(lines);
            let mut words = BTreeSet::new();
            let mut last = Last::default();
            for (&n, line) in lines {
                let analysed = self.tools.analyser.analyse(&[&line.text]);
                let sentences = analysed.into_iter().flatten().collect::<Vec<_>>();
                let told = Told::new(self, line, &sentences, published.as_deref());
                for (place, marked) in set.mentions.iter().enumerate() {
                    if marked.report == *report && marked.sent_id == n {
                        mentions[place] = told.mention(self, marked, &last);
                    }
                }
                for (tree, names) in told.trees.iter().zip(&told.names) {
                    words.extend((0..tree.tokens.len()).filter_map(|i| telling(tree, i)));
                    words.extend((0..tree.tokens.len()).map(|i| tree.lemma(i)));
                    words.extend(names.iter().flat_map(|name| name.forms.iter().cloned()));
                    let subject = |name: &Name| {
                        (name.first..=name.last).any(|i| tree.rel(i).starts_with("nsubj"))
                    };
                    let (first, then): (Vec<_>, Vec<_>) = names.iter().partition(|n| !subject(n));
                    first
                        .into_iter()
                        .chain(then)
                        .for_each(|name| last.told(name));
                }
            }
            rarity.add(words.iter().map(String::as_str));
        }
        let read = mentions
            .into_iter()
            .zip(&set.mentions)
            .map(|(mention, marked)| mention.unwrap_or_else(|| bare(marked)))
            .collect();
        (read, rarity)
    }
}

/// A mention of which nothing was read.
fn bare(marked: &Marked) -> Mention {
    Mention {
        report: marked.report.clone(),
        sentence: marked.sent_id,
        word: marked.head(),
        title: marked.sent_id == 0,
        top: false,
        depth: 0,
        predicate: marked.mention_head_lemma.to_lowercase(),
        form: Form::Clause,
        parties: Vec::new(),
        places: Vec::new(),
        days: None,
        figures: Vec::new(),
        said: BTreeSet::new(),
        is: None,
    }
}

/// The day under the title.
fn published(lines: &BTreeMap<u32, Line>) -> Option<String> {
    let line = lines.get(&1)?;
    let found = time::find(&line.text, None);
    found.first()?.interval.as_ref()?.start.clone()
}

/// A line, analysed.
struct Told<'a> {
    line: &'a Line,
    trees: Vec<Tree<'a>>,
    names: Vec<Vec<Name>>,
    times: Vec<TimeRef>,
    sentences: &'a [Sentence],
}

impl<'a> Told<'a> {
    fn new(
        reader: &Reader<'_>,
        line: &'a Line,
        sentences: &'a [Sentence],
        published: Option<&str>,
    ) -> Self {
        let trees: Vec<Tree<'a>> = sentences.iter().map(|s| Tree::new(&line.text, s)).collect();
        let names = trees
            .iter()
            .zip(sentences)
            .map(|(tree, sentence)| named(reader, tree, sentence))
            .collect();
        Self {
            times: time::find(&line.text, published),
            line,
            trees,
            names,
            sentences,
        }
    }

    fn mention(&self, reader: &Reader<'_>, marked: &Marked, last: &Last) -> Option<Mention> {
        let byte = *self.line.starts.get(marked.head() as usize)?;
        let (n, i) = self
            .trees
            .iter()
            .enumerate()
            .find_map(|(n, tree)| Some((n, tree.at(byte)?)))?;
        let (tree, names) = (&self.trees[n], &self.names[n]);
        // "was up": the predicate is what the copula stands by.
        let i = tree.head(i).filter(|_| tree.rel(i) == "cop").unwrap_or(i);
        let predicate = tree.lemma(i);
        let form = form(tree, i);
        let mut mention = Mention {
            depth: tree.depth(i),
            top: marked.sent_id <= FIRST && tree.depth(i) == 0,
            days: self.days(tree, i),
            said: self.said(reader, n, i, &predicate),
            is: tree
                .is(i)
                .and_then(|other| self.word(tree.tokens[other].span.start as usize)),
            predicate,
            form,
            ..bare(marked)
        };
        let actor = |i: usize| {
            names.iter().any(|n| {
                (n.first..=n.last).contains(&i) && matches!(n.sort, Sort::Person | Sort::Body)
            })
        };
        for (role, head) in tree.parties(i, &actor) {
            let phrase = tree.phrase(head);
            if !phrase.contains(&i) {
                self.take(
                    &mut mention,
                    (tree, names),
                    role,
                    (head, &phrase),
                    (reader, last),
                );
            }
        }
        Some(mention)
    }

    /// Adds a party to a mention, with the place and the numbers that its phrase gives. A phrase that is a time adds nothing.
    fn take(
        &self,
        mention: &mut Mention,
        (tree, names): (&Tree<'_>, &[Name]),
        role: Role,
        (head, phrase): (usize, &[usize]),
        (reader, last): (&Reader<'_>, &Last),
    ) {
        let timed = |i: usize| {
            let span = tree.tokens[i].span;
            self.times.iter().any(|t| t.span.overlaps(span))
        };
        if phrase.iter().all(|&p| timed(p)) {
            return;
        }
        let name = names.iter().find(|n| {
            let inside = |i: usize| (n.first..=n.last).contains(&i);
            inside(head) || tree.by_rel(head, &["appos", "flat"]).any(inside)
        });
        let name = name.or_else(|| last.meant(&tree.word(head)));
        let placed =
            role == Role::Other && tree.case(head).is_some_and(|c| AT.contains(&c.as_str()));
        if let Some(name) = name.filter(|n| placed && n.sort == Sort::Place) {
            mention.places.push(placing(&reader.tools.gazetteer, name));
        }
        if matches!(role, Role::Object | Role::Other) && !phrase.iter().any(|&p| timed(p)) {
            mention.figures.extend(figures(tree, phrase));
        }
        let own = phrase.iter().filter(|&&p| !timed(p));
        let forms = name.iter().flat_map(|name| &name.forms);
        mention.parties.push(Party {
            role,
            sort: name.map_or(Sort::Thing, |n| n.sort),
            names: name.map(|n| n.forms.clone()).unwrap_or_default(),
            head: telling(tree, head).unwrap_or_default(),
            words: own
                .filter_map(|&p| telling(tree, p))
                .chain(forms.flat_map(|f| f.split(' ')).map(str::to_owned))
                .collect(),
        });
    }

    /// Which word of the line begins at this byte.
    fn word(&self, byte: usize) -> Option<u32> {
        let place = self.line.starts.partition_point(|&start| start <= byte);
        u32::try_from(place.checked_sub(1)?).ok()
    }

    /// The time that stands in the predicate's own clause or phrase; a noun's may stand by the verb over it.
    fn days(&self, tree: &Tree<'_>, i: usize) -> Option<Days> {
        let own = |i: usize| {
            self.times.iter().find_map(|time| {
                let head =
                    (0..tree.tokens.len()).find(|&t| time.span.overlaps(tree.tokens[t].span))?;
                let mut at = head;
                for _ in 0..8 {
                    if at == i {
                        return days(time);
                    }
                    if at != head && tree.is_verb(at) {
                        return None;
                    }
                    at = tree.head(at)?;
                }
                None
            })
        };
        own(i).or_else(|| {
            let head = tree
                .head(i)
                .filter(|&h| !tree.is_verb(i) && tree.is_verb(h))?;
            own(head)
        })
    }

    /// The telling words of what a saying says.
    fn said(&self, reader: &Reader<'_>, n: usize, i: usize, predicate: &str) -> BTreeSet<String> {
        let tree = &self.trees[n];
        if !reader.saying.contains(predicate) || !tree.is_verb(i) {
            return BTreeSet::new();
        }
        let paragraph = Paragraph {
            start: 0,
            text: &self.line.text,
            sentences: self.sentences,
        };
        let cue = tree.tokens[i].span;
        let found = reader.attributor.read(&[paragraph]);
        let Some(attribution) = found.iter().find(|a| a.cue.contains(cue)) else {
            return BTreeSet::new();
        };
        self.trees
            .iter()
            .flat_map(|tree| (0..tree.tokens.len()).map(move |t| (tree, t)))
            .filter(|(tree, t)| {
                let span = tree.tokens[*t].span;
                attribution.content.iter().any(|c| c.contains(span))
            })
            .filter_map(|(tree, t)| telling(tree, t))
            .collect()
    }
}

/// Names of a sentence with their sorts: ours, then those of the model that ours leave out.
fn named(reader: &Reader<'_>, tree: &Tree<'_>, sentence: &Sentence) -> Vec<Name> {
    let gazetteer = &reader.tools.gazetteer;
    let mut out: Vec<Name> = Vec::new();
    let mut add = |first: usize, last: usize, sort: Sort| {
        if out.iter().any(|n| n.first <= last && first <= n.last) {
            return;
        }
        let words: Vec<usize> = (first..=last).collect();
        let text = tree.span(&words).map_or("", |s| s.of(tree.text));
        out.push(Name {
            first,
            last,
            sort,
            forms: forms(text, sort, gazetteer),
        });
    };
    for name in &sentence.names {
        let sort = match name.label.as_str() {
            "PERSON" => Sort::Person,
            "ORG" | "NORP" => Sort::Body,
            "GPE" | "LOC" | "FAC" => Sort::Place,
            "PRODUCT" | "WORK_OF_ART" | "EVENT" | "LAW" => Sort::Thing,
            _ => continue,
        };
        add(
            name.span.start as usize,
            (name.span.end as usize).saturating_sub(1),
            sort,
        );
    }
    for (span, kind) in reader.claimant.names(tree.text, sentence) {
        let sort = match kind {
            NameType::Location => Sort::Place,
            NameType::Organisation | NameType::Nationality => Sort::Body,
            NameType::Person => Sort::Person,
            NameType::Weapon => Sort::Thing,
        };
        let covered: Vec<usize> = (0..tree.tokens.len())
            .filter(|&t| span.contains(tree.tokens[t].span))
            .collect();
        if let (Some(&first), Some(&last)) = (covered.first(), covered.last()) {
            add(first, last, sort);
        }
    }
    out
}

fn form(tree: &Tree<'_>, i: usize) -> Form {
    let known = |c: usize| {
        matches!(
            tree.word(c).as_str(),
            "the" | "this" | "that" | "these" | "those"
        )
    };
    match tree.tokens[i].upos {
        Upos::Pron | Upos::Det => Form::Pointer,
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num => {
            if tree.by_rel(i, &["det"]).any(known) {
                Form::Known
            } else {
                Form::Noun
            }
        }
        _ => Form::Clause,
    }
}

/// The lemma of a word that tells something.
fn telling(tree: &Tree<'_>, i: usize) -> Option<String> {
    let token = &tree.tokens[i];
    let lemma = token.lemma.to_lowercase();
    let tells = matches!(
        token.upos,
        Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb
    );
    (tells && lemma.chars().any(char::is_alphanumeric)).then_some(lemma)
}
