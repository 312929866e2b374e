//! Attribution: who is made to say, think or want what. Source, cue and content as spans, over the trees of a document and its
//! quotation marks; an attribution inside another's content is a link of a chain.
//!
//! The three parts are those of the Penn Attribution Relation Corpus (Pareti 2012); a cue finds its content first, and only a word
//! that has some is a cue. What each word takes stands in `codebook/cues.toml`.

mod chain;
mod content;
mod cues;
mod extents;
mod quotes;
mod sentence;
mod sources;
mod spread;

use sayso_codebook::Codebook;
use sayso_records::{Byte, Sentence, Span};

use crate::tree::Tree;
use cues::Cues;
pub(crate) use spread::Spoken;

/// One attribution. Spans are bytes of the text that the paragraphs' offsets count in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribution {
    /// Who says it; `None`: nobody is named ("it was reported"), or the speaker of a quotation stands nowhere near.
    pub source: Option<Span<Byte>>,
    /// The word that attributes, with its auxiliaries, particle and preposition; the colon behind a speaker's name; the opening mark of a
    /// quotation that nobody is found to speak.
    pub cue: Span<Byte>,
    /// What is said, in order of the text; never empty.
    pub content: Vec<Span<Byte>>,
    /// How it is attributed.
    pub form: Form,
    /// Index of the attribution in whose content this one stands; `None`: the publisher's own voice attributes.
    pub within: Option<usize>,
}

/// How something is attributed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// In the speaker's own words, between quotation marks.
    Direct,
    /// Partly so.
    Mixed,
    /// In the reporter's words.
    Indirect,
    /// Under a noun or an adjective ("a claim that").
    Noun,
    /// "according to".
    AccordingTo,
}

/// A paragraph of a document, analysed.
pub struct Paragraph<'a> {
    /// Byte of the document where its text starts.
    pub start: usize,
    /// Its text.
    pub text: &'a str,
    /// Its sentences, with spans into `text`.
    pub sentences: &'a [Sentence],
}

/// Finds attributions by a codebook. Made once, used from many threads.
pub struct Attributor {
    cues: Cues,
}

/// An attribution as it is found, in bytes of its paragraph.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Index of the sentence in the paragraph.
    pub(crate) sentence: usize,
    /// Head token of the source in that sentence.
    pub(crate) source: Option<(usize, Span<Byte>)>,
    /// Head token of the cue in that sentence.
    pub(crate) cue_token: usize,
    cue: Span<Byte>,
    pub(crate) content: Vec<Span<Byte>>,
    form: Form,
    /// Whether it can be the cue of a quotation.
    quotes: bool,
    /// Whether a claim under the cue stands on its source.
    speaks: bool,
}

impl Found {
    /// Whether what stands at `span` is on this source's say-so.
    pub(crate) fn says(&self, span: Span<Byte>) -> bool {
        let quoted = self.quotes && matches!(self.form, Form::Direct | Form::Mixed);
        (self.speaks || quoted) && self.content.iter().any(|c| c.contains(span))
    }
}

impl Attributor {
    /// By the words of this codebook.
    pub fn new(codebook: &Codebook) -> Self {
        Self {
            cues: Cues::new(codebook),
        }
    }

    /// The attributions of a document, in the order of their cues. The paragraphs are in the order of the text; one that is left
    /// out ends a quotation that ran up to it.
    pub fn read(&self, paragraphs: &[Paragraph<'_>]) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::new();
        let mut unheard: Vec<(Span<Byte>, Span<Byte>)> = Vec::new();
        let mut speaker = spread::Speaker::default();
        for paragraph in paragraphs {
            let spoken = self.paragraph(paragraph.text, paragraph.sentences);
            let first = out.len();
            let shift = |span: Span<Byte>| span.shift(paragraph.start);
            let mark = |quote: Span<Byte>| {
                let start = quote.start as usize;
                let first = quote.of(paragraph.text).chars().next();
                let end = start + first.map_or(0, char::len_utf8);
                (shift(Span::new(start, end)), shift(quote))
            };
            unheard.extend(spoken.unheard.iter().copied().map(mark));
            // "He wrote:" may lead up to a paragraph without marks.
            if let Some(lead) = speaker.last.and_then(|last| out.get_mut(last))
                && lead.content.is_empty()
                && !paragraph.text.trim_start().starts_with(spread::MARKS)
            {
                lead.content.push(shift(Span::new(0, paragraph.text.len())));
            }
            if let Some(quoted) = spoken.opening {
                match speaker.last.and_then(|last| out.get_mut(last)) {
                    Some(last) => last.content.push(shift(quoted)),
                    None => unheard.push(mark(quoted)),
                }
            }
            out.extend(spoken.found.iter().map(|f| Attribution {
                source: f.source.map(|(_, span)| shift(span)),
                cue: shift(f.cue),
                content: f.content.iter().copied().map(shift).collect(),
                form: f.form,
                within: None,
            }));
            speaker.follow(&spoken, first);
        }
        out.retain(|a| !a.content.is_empty());
        out.extend(unheard.into_iter().map(|(mark, quote)| Attribution {
            source: None,
            cue: mark,
            content: vec![quote],
            form: Form::Direct,
            within: None,
        }));
        out.sort_by_key(|a| a.cue.start);
        chain::nest(&mut out);
        out
    }

    /// The attributions of one paragraph, its quotations followed over its sentences.
    pub(crate) fn paragraph(&self, text: &str, sentences: &[Sentence]) -> Spoken {
        let quoted = quotes::of(text);
        let found = sentences
            .iter()
            .enumerate()
            .flat_map(|(n, s)| sentence::read(&self.cues, &Tree::new(text, s), n, &quoted))
            .collect();
        spread::quotations(text, sentences, found, &quoted)
    }
}
