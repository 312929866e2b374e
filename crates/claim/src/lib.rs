//! Report -> claims: skim, parse, patterns over the tree, then what stands over each predicate.
//!
//! The stage reads one report at a time and keeps nothing between reports. The same report, codebook, gazetteer and model give
//! the same claims in the same order.

pub mod attribution;
mod build;
mod context;
mod dateline;
mod discourse;
mod draft;
pub mod expected;
mod factuality;
mod fill;
mod frame;
mod gap;
mod here;
mod lexicon;
mod names;
mod parties;
mod phrase;
mod place;
mod quantity;
mod repair;
mod skim;
pub mod time;
mod toponyms;
mod tree;
mod voices;

use std::cell::OnceCell;

use sayso_codebook::{Codebook, Kind, Topic};
use sayso_gazetteer::Gazetteer;
use sayso_language::Analyser;
use sayso_records::{Byte, Claim, PlaceRef, Report, Sentence, Span, paragraphs};

use crate::{
    attribution::{Attributor, Found},
    build::Builder,
    context::Lookup,
    discourse::Discourse,
    draft::Triggers,
    factuality::Commitments,
    frame::{Beyond, Frame},
    lexicon::Lexicon,
    phrase::Phrases,
    skim::Skim,
    tree::Tree,
    voices::Voices,
};

pub use factuality::Commitment;

pub use phrase::NameType;

/// Bytes of the longest paragraph that is read: fifty pages of print. What is longer is no prose, and its "sentences" would take minutes each.
pub const LONGEST_PARAGRAPH: usize = 150_000;

/// Tokens of the longest sentence that is read, several times what prose has: questions about a tree cost its square.
const LONGEST_SENTENCE: usize = 600;

/// Reads claims out of reports by a codebook. Made once, used from many threads.
pub struct Claimant<'a> {
    codebook: &'a Codebook,
    gazetteer: &'a Gazetteer,
    lexicon: Lexicon,
    lookup: Lookup,
    attributor: Attributor,
    triggers: Triggers,
    skim: Skim,
}

impl<'a> Claimant<'a> {
    /// A reader by this codebook and gazetteer.
    pub fn new(codebook: &'a Codebook, gazetteer: &'a Gazetteer) -> Self {
        let triggers = Triggers::new(codebook);
        Self {
            codebook,
            gazetteer,
            lexicon: Lexicon::new(codebook),
            lookup: Lookup::new(codebook),
            attributor: Attributor::new(codebook),
            skim: Skim::new(codebook, &triggers),
            triggers,
        }
    }

    /// The claims of a report, in the order of the text. Ids are provisional until `resolve` has named what they name.
    /// A report with no text, or about nothing the codebook knows, gives none.
    pub fn claims(&self, report: &Report, analyser: &dyn Analyser) -> Vec<Claim> {
        self.read(report, analyser, &mut |_| {})
    }

    /// Why words of a report that the codebook knows gave no claim, a line each: the word, the pattern, what it lacked.
    pub fn tried(&self, report: &Report, analyser: &dyn Analyser) -> Vec<String> {
        let mut out = Vec::new();
        self.read(report, analyser, &mut |line: &dyn Fn() -> String| {
            out.push(line())
        });
        out
    }

    fn read(
        &self,
        report: &Report,
        analyser: &dyn Analyser,
        tried: &mut dyn FnMut(&dyn Fn() -> String),
    ) -> Vec<Claim> {
        if !self.skim.topical(&report.text, self.gazetteer) {
            return Vec::new();
        }
        let paragraphs: Vec<(usize, usize, &str)> = report
            .paragraphs()
            .enumerate()
            .map(|(n, (span, text))| {
                let skip = dateline::length(text);
                (n, span.start as usize + skip, &text[skip..])
            })
            .filter(|(_, _, text)| text.len() <= LONGEST_PARAGRAPH && self.skim.worth(text))
            .collect();
        let texts: Vec<&str> = paragraphs.iter().map(|(_, _, text)| *text).collect();
        let analysed = analyser.analyse(&texts);
        let mut builder = Builder::new(self.codebook, report);
        let mut discourse = Discourse::default();
        let mut expected = 0;
        let mut last = Vec::new();
        for ((n, offset, text), sentences) in paragraphs.iter().zip(&analysed) {
            if *n != expected {
                discourse.gap();
                last.clear();
            }
            expected = n + 1;
            let sentences: Vec<Sentence> = sentences
                .iter()
                .filter(|s| s.tokens.len() <= LONGEST_SENTENCE)
                .map(|s| repair::of(text, s, &self.lookup, &self.triggers))
                .collect();
            let mut voices = Voices::new(
                self.attributor.paragraph(text, &sentences),
                &sentences,
                last,
            );
            for (n, sentence) in sentences.iter().enumerate() {
                let mut who = |at: usize, source: usize, cue: usize| {
                    let tree = Tree::new(text, &sentences[at]);
                    let phrases =
                        Phrases::new(&tree, self.gazetteer, &self.lexicon, &discourse, false);
                    let frame = Frame {
                        phrases: &phrases,
                        lookup: &self.lookup,
                        voices: &[],
                        beyond: &[],
                        open: Default::default(),
                    };
                    build::speakers(&frame, *offset, source, cue)
                };
                let beyond = voices.beyond(n, sentence.span, &mut who);
                let own = voices.of(n);
                discourse = self.sentence(
                    (*offset, text),
                    sentence,
                    (own, &beyond),
                    &discourse,
                    &mut builder,
                    tried,
                );
            }
            last = voices.last();
        }
        builder.finish()
    }

    fn sentence(
        &self,
        (offset, text): (usize, &str),
        sentence: &Sentence,
        (voices, beyond): (&[Found], &[Beyond]),
        discourse: &Discourse,
        builder: &mut Builder<'_>,
        tried: &mut dyn FnMut(&dyn Fn() -> String),
    ) -> Discourse {
        let tree = Tree::new(text, sentence);
        let defence = self.skim.of_defence(text);
        let phrases = Phrases::new(&tree, self.gazetteer, &self.lexicon, discourse, defence);
        let frame = Frame {
            phrases: &phrases,
            lookup: &self.lookup,
            voices,
            beyond,
            open: Default::default(),
        };
        let words = sentence.span.of(text);
        let near = OnceCell::new();
        let near = || {
            *near.get_or_init(|| {
                self.skim.of_defence(words)
                    || phrases.names().iter().any(names::Named::of_defence)
                    || (0..tree.len()).any(|i| phrases.in_class(i, "arms"))
                    // "The group provides the drawings", after what it builds
                    || discourse.goes_on(&phrases)
            })
        };
        let topical =
            |topic: Topic| topic == Topic::Report || topic == Topic::Paragraph && defence || near();
        let mut unfit = |trigger: usize, kind: &Kind, pattern: usize, why: draft::Unfit<'_>| {
            tried(&|| {
                let name = &kind.patterns[pattern].name;
                format!("{}: {}#{name} {why:?}", tree.word(trigger), kind.kind)
            });
        };
        let drafts = draft::of(self.codebook, &self.triggers, &frame, &topical, &mut unfit);
        let told = builder.sentence(&frame, offset, drafts);
        discourse.after(&frame, &told)
    }

    /// How the author of a sentence commits to each of its predicates, one a token: verbs, and nouns and adjectives read as such.
    pub fn commitments(&self, text: &str, sentence: &Sentence) -> Vec<Commitment> {
        let sentence = &repair::of(text, sentence, &self.lookup, &self.triggers);
        let tree = Tree::new(text, sentence);
        let mut commitments = Commitments::new(&tree, &self.lookup);
        (0..tree.len()).map(|i| commitments.of(i)).collect()
    }

    /// Who and what a sentence names, in order: names of the gazetteer and the model, and phrases for bodies and arms. Spans are
    /// bytes of `text`.
    pub fn names(&self, text: &str, sentence: &Sentence) -> Vec<(Span<Byte>, NameType)> {
        let sentence = &repair::of(text, sentence, &self.lookup, &self.triggers);
        let tree = Tree::new(text, sentence);
        let discourse = Discourse::default();
        let defence = self.skim.of_defence(text);
        let phrases = Phrases::new(&tree, self.gazetteer, &self.lexicon, &discourse, defence);
        let mut out = phrases.typed();
        out.sort_by_key(|(span, _)| span.start);
        out
    }

    /// The place names of a text, in order, each with the wider places its sentence gives; their points are `resolve`'s to find. Every
    /// paragraph is read, whatever it is about. Spans are bytes of `text`.
    pub fn places(&self, text: &str, analyser: &dyn Analyser) -> Vec<PlaceRef> {
        let paragraphs: Vec<(Span<Byte>, &str)> = paragraphs(text).collect();
        let texts: Vec<&str> = paragraphs.iter().map(|(_, words)| *words).collect();
        let discourse = Discourse::default();
        let mut out = Vec::new();
        for ((at, words), sentences) in paragraphs.iter().zip(&analyser.analyse(&texts)) {
            for sentence in sentences {
                let sentence = &repair::of(words, sentence, &self.lookup, &self.triggers);
                let tree = Tree::new(words, sentence);
                let phrases = Phrases::new(&tree, self.gazetteer, &self.lexicon, &discourse, false);
                out.extend(toponyms::of(&phrases, self.gazetteer).map(|name| {
                    let span = tree.span(name.first, name.last).shift(at.start as usize);
                    toponyms::place(&phrases, name, span).0
                }));
            }
        }
        out
    }

    /// The analysed sentence drawn as the tree that is read, one token a line: index, word, lemma, tag, relation, head.
    pub fn draw(&self, text: &str, sentence: &Sentence) -> String {
        Tree::new(
            text,
            &repair::of(text, sentence, &self.lookup, &self.triggers),
        )
        .draw()
    }
}
