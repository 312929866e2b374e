//! What is known of one mention of an event.

use std::collections::BTreeSet;

use jiff::civil::Date;

/// How a mention stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// A verb, or a predicate without one.
    Clause,
    /// A noun.
    Noun,
    /// A noun that the text treats as known: "the announcement", "this loss".
    Known,
    /// A pronoun: "it", "this".
    Pointer,
}

/// What somebody or something has to do with an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Who or what does it, or goes through it ("the index fell").
    Agent,
    /// To whom or what it is done, or what it brings about.
    Object,
    /// Whose it is; may be either of those ("its launch").
    Owner,
    /// Anything else that is said of it.
    Other,
}

/// What a party is. Parties of two sorts are never held against each other: a firm and its head may stand for one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Sort {
    Person,
    Body,
    Place,
    Thing,
}

/// A party of an event.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// What it has to do with it.
    pub role: Role,
    /// What it is.
    pub sort: Sort,
    /// The forms of its name, an entity's id among them where one is known; two parties with a form in common are the same. Empty: it has no
    /// name, or nobody knows whom the pronoun means.
    pub names: BTreeSet<String>,
    /// Lemma of the word that heads its phrase, lower case. Empty: a pronoun.
    pub head: String,
    /// Lemmas of the telling words of its phrase, those of its name included, lower case.
    pub words: BTreeSet<String>,
}

/// A number that is said of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The number.
    pub value: f64,
    /// What it counts, lower case ("percent", "usd").
    pub unit: String,
}

/// A closed interval of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// First day inside.
    pub first: Date,
    /// Last day inside.
    pub last: Date,
}

/// One mention of an event, with what its own clause or phrase says of it. What is not said is absent.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// The report it stands in.
    pub report: String,
    /// Which sentence of the report, from 0.
    pub sentence: u32,
    /// Which word of the sentence, from 0. Report, sentence, word and predicate are the mention's identity.
    pub word: u32,
    /// Whether it stands in the report's title.
    pub title: bool,
    /// Whether it is the main event of the title or of the report's first sentence.
    pub top: bool,
    /// How many predicates of its sentence stand over it; 0: the main one.
    pub depth: u32,
    /// Its lemma, lower case, a verb with its particle ("step down").
    pub predicate: String,
    /// How it stands in its text.
    pub form: Form,
    /// Who and what takes part.
    pub parties: Vec<Party>,
    /// Where: for each place its names and those of the places it lies in.
    pub places: Vec<BTreeSet<String>>,
    /// When, as the text says it of this event. `None`: it does not; the day of the report is no answer.
    pub days: Option<Days>,
    /// The numbers said of it.
    pub figures: Vec<Figure>,
    /// Lemmas of the telling words of what is said, where the predicate is a saying. Empty: it is none.
    pub said: BTreeSet<String>,
    /// The word of the same sentence that grammar makes the same thing ("it was the largest decline", "up 3 %, an increase of").
    pub is: Option<u32>,
}

impl Mention {
    pub(super) fn identity(&self) -> (&str, u32, u32, &str) {
        (&self.report, self.sentence, self.word, &self.predicate)
    }

    /// Parties with this role.
    pub(super) fn having(&self, role: Role) -> impl Iterator<Item = &Party> {
        self.parties.iter().filter(move |p| p.role == role)
    }
}
