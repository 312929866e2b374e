//! How to read what the desk shows.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::parts::grade_words;
use crate::{
    Look, Trouble,
    frame::Here,
    page::{Form, Page},
};

/// Nothing is asked.
#[derive(Debug, Deserialize, IntoParams)]
pub(crate) struct Asked {}

/// A word and what it means.
#[derive(Serialize, ToSchema)]
pub(crate) struct Word {
    /// The word.
    pub word: String,
    /// What it means here.
    pub means: String,
}

/// The words of the desk.
#[derive(Serialize, ToSchema)]
pub(crate) struct Help {
    /// In the order in which a reader meets them.
    pub words: Vec<Word>,
}

const WORDS: &[(&str, &str)] = &[
    (
        "Report",
        "The main text of one page, as it was read out of stored bytes. It is never changed.",
    ),
    (
        "Claim",
        "One proposition as one report states it once, with its sentence: who, what, where, when, how much, how far along, how sure the speaker was, on whose say-so.",
    ),
    (
        "Certainty",
        "The speaker's own commitment: stated, probable, possible, reported (hearsay without a source), claimed (the report keeps its distance), doubted.",
    ),
    (
        "Finding",
        "Claims that state the same: one kind, the same parties, things and place, on one occasion. What says more (Homiel, not just Belarus) counts for what says less, not the other way round.",
    ),
    (
        "Origin",
        "The innermost source that is independent of the others. Publishers that copy, cite or credit one another, belong to one owner or go back to one source are one origin; each tie says why.",
    ),
    (
        "Unknown lineage",
        "Nothing shows where a report has it from. It adds nothing to the count of origins: independence that is not shown is not assumed.",
    ),
    (
        "Stance",
        "Who denies or doubts a finding, counted by origin as those are who affirm it.",
    ),
    (
        "Erosion",
        "What a copy lost or changed of what it copied: a hedge, a source, a date, a number, a status, a place, a denial.",
    ),
    (
        "Credibility",
        "Of a finding, 1 to 6 (Admiralty). It is computed, with reasons, and is never 1 without two established independent origins. A person can grade it otherwise, with a reason.",
    ),
    (
        "Reliability",
        "Of a source, A to F (Admiralty). A person sets it; it is F, not known, until then. It does not move the credibility of findings: the two are kept apart.",
    ),
    (
        "Judgement",
        "What a person decided, with who, when and why. It is added, never written over, and can be undone by another.",
    ),
    (
        "Implied",
        "A role that the sentence does not name and that leaves no other reading; shown in brackets.",
    ),
];

impl Page for Help {
    const PATH: &'static str = "/help";
    const WHAT: &'static str = "What the words of the desk mean.";
    const FORMS: &'static [Form] = &[];
    type Asked = Asked;

    fn ask(_look: &Look<'_>, _id: &str, _asked: &Asked) -> Result<Self, Trouble> {
        let word = |(word, means): &(&str, &str)| Word {
            word: (*word).to_owned(),
            means: (*means).to_owned(),
        };
        Ok(Self {
            words: WORDS.iter().map(word).collect(),
        })
    }

    fn title(&self) -> String {
        "How to read it".to_owned()
    }

    fn html(&self, _here: &Here) -> Markup {
        html! {
            h1 { "How to read it" }
            p { "Eleven outlets that repeat one review look like eleven sources. The desk counts origins, and shows why it counts as it does." }
            dl.words { @for word in &self.words { dt { (word.word) } dd { (word.means) } } }
            h2 { "Credibility" }
            div.scroll tabindex="0" { table {
                thead { tr { th scope="col" { "Grade" } th scope="col" { "Means" } } }
                tbody { @for grade in 1..=6_u8 { tr { td { (grade) } td { (grade_words(grade)) } } } }
            } }
            h2 { "What it cannot tell" }
            ul {
                li { "Whether a report is true. It tells on whose word it rests." }
                li { "Whether two origins that nothing ties have spoken to each other." }
                li { "Where a place lies more exactly than the text says." }
                li { "What a sentence means that it does not understand: such a sentence gives no claim." }
            }
        }
    }
}
