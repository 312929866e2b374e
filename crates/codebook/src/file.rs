//! The shapes of the files, and reading them.

use crate::clause::Clause;
use std::{collections::BTreeMap, path::Path};

use sayso_records::{Certainty, Sha256};
use serde::Deserialize;

use crate::{Codebook, CodebookError, Openness, Signature, check, signature::Signed};

/// A kind of claim: `codebook/kinds/<kind>.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its name ("transfer").
    pub kind: String,
    /// What it is, in a sentence.
    pub meaning: String,
    /// What it is not, and where that belongs.
    pub boundary: String,
    /// Statuses in order; empty where the kind has none.
    #[serde(default)]
    pub ladder: Vec<String>,
    /// Where arms or defence must be spoken of: anywhere in the report, or nearer for kinds that other business shares.
    #[serde(default)]
    pub topic: Topic,
    /// Roles in the order of the output.
    pub roles: Vec<Role>,
    /// Roles whose coordinated fillers give a claim each.
    #[serde(default)]
    pub distribute: Vec<String>,
    /// What two claims of this kind must have in common to state the same. `None`: it is about other claims and makes no finding.
    #[serde(default)]
    pub finding: Option<Finding>,
    /// What a stage given by an embedding word ("planned", "considered") is called on this ladder; `stage/side` where it
    /// depends on the pattern's side.
    #[serde(default)]
    pub stages: BTreeMap<String, String>,
    /// Role -> functions that fill it where those of the pattern do not, whatever the pattern ("by way of", "with"); see
    /// [`Pattern::roles`].
    #[serde(default)]
    pub paths: BTreeMap<String, Vec<String>>,
    /// Status by grammatical form where a pattern says nothing (see [`Pattern::status`]).
    #[serde(default)]
    pub status: BTreeMap<String, String>,
    /// What it states, as a clause: the first of those whose status fits. Empty: only its fields can be told.
    #[serde(default)]
    pub says: Vec<Says>,
    /// How it is said.
    pub patterns: Vec<Pattern>,
    /// File it came from.
    #[serde(skip)]
    pub file: String,
}

/// What a kind states at some statuses.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Says {
    /// At which. Empty: at any, and where none is said.
    #[serde(default)]
    pub status: Vec<String>,
    /// The clause, as [`crate::clause::Clause`] reads it.
    pub clause: String,
}

impl Kind {
    /// What it states at `status` with these fillers. `None`: nothing is told of it, or what it is about is not filled.
    pub fn clause(
        &self,
        status: Option<&str>,
        fillers: &dyn Fn(&str) -> Vec<String>,
    ) -> Option<String> {
        let fits = |says: &&Says| {
            says.status.is_empty() || status.is_some_and(|is| says.status.iter().any(|it| it == is))
        };
        let says = self.says.iter().find(fits)?;
        Clause::parse(&says.clause).ok()?.filled(fillers)
    }
}

/// What makes claims of a kind one finding, beside where it is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Roles that say what it is about; the others are details.
    pub roles: Vec<String>,
    /// Days that may lie between claims of one occasion; what is said of times farther apart is another finding. `None`: it goes on, and
    /// there is one.
    #[serde(default)]
    pub days: Option<u32>,
}

/// How near arms or defence must be spoken of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Anywhere in the report.
    #[default]
    Report,
    /// In the same paragraph.
    Paragraph,
    /// In the sentence itself.
    Sentence,
}

/// A role of a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name.
    pub name: String,
    /// Classes of filler it takes: `actor`, `place`, `any`, or a class of `codebook/lexicon/`.
    pub filler: Vec<String>,
}

/// One way to say a kind.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pattern {
    /// Its name, unique in the kind.
    pub name: String,
    /// Verb lemmas that trigger it ("take delivery" is the noun "delivery").
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Noun lemmas that trigger it.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Role -> grammatical functions that fill it, the first that fits wins. A function is `subject`, `object`, `iobject`, a
    /// preposition (`to`), or one of [`crate::FUNCTIONS`]; `a>b` is `b` of what fills `a`, `a+b` both. With a class of verbs or
    /// nouns of the lexicon: `~class` is a verb of it in a clause that hangs on the predicate, `^class` the verb of it whose
    /// subject the predicate is, `=class` the predicate itself where it is of it. `@role>a` starts at what fills the role.
    pub roles: BTreeMap<String, Vec<String>>,
    /// Roles without which there is no claim; `a|b` asks for one of them.
    pub require: Vec<String>,
    /// Function -> classes: something that fills the function must be of one of them, whether or not a role takes it.
    #[serde(default)]
    pub needs: BTreeMap<String, Vec<String>>,
    /// Classes for a role, narrower than the kind's.
    #[serde(default)]
    pub filler: BTreeMap<String, Vec<String>>,
    /// Form -> status: `past`, `perfect`, `present`, `progressive`, `future`, `infinitive`, `modal` ("may supply"; no status unless
    /// one is given here), `noun`, `participle`, `default`.
    #[serde(default)]
    pub status: BTreeMap<String, String>,
    /// Which side the subject is on, for [`Kind::stages`].
    #[serde(default)]
    pub side: Option<String>,
    /// Whoever of supplier and recipient is a firm, the other being a state, supplies ("Saab signed a contract with Thailand").
    #[serde(default)]
    pub firm_supplies: bool,
    /// Whether it says that the thing is not so ("withhold", "deny somebody something").
    #[serde(default)]
    pub denied: bool,
    /// A particle the verb must have ("off", "up"); empty: any.
    #[serde(default)]
    pub particle: Option<String>,
    /// A value given to a role outright (`attitude = "doubt"`).
    #[serde(default)]
    pub give: BTreeMap<String, String>,
}

/// A class of words: `codebook/lexicon/<class>.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name.
    pub class: String,
    /// What it holds.
    pub meaning: String,
    /// Head nouns (lemmas) that belong to it wherever they stand.
    #[serde(default)]
    pub strong: Vec<String>,
    /// Head nouns that belong to it only with a modifier out of `context`.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Modifiers that make a weak head belong.
    #[serde(default)]
    pub context: Vec<String>,
    /// Modifiers that rule a head out ("water tank").
    #[serde(default)]
    pub not_with: Vec<String>,
    /// Head nouns that are people, and not of the class, behind the name of a group ("Kurdish fighters").
    #[serde(default)]
    pub people: Vec<String>,
    /// Head nouns for goods of both uses, of the class only in a sentence that speaks of penalties or of arms.
    #[serde(default)]
    pub dual: Vec<String>,
    /// Other classes whose words, as modifiers, make a weak head belong ("drone" in "drone factory").
    #[serde(default)]
    pub context_class: Vec<String>,
    /// Entity types of the gazetteer that belong to it ("system").
    #[serde(default)]
    pub entities: Vec<String>,
}

/// A word with what it does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Word {
    /// Lemmas.
    pub words: Vec<String>,
    /// The speaker's commitment under it. Absent: unchanged.
    #[serde(default)]
    pub certainty: Option<Certainty>,
    /// Whether the source says that what is under it is not so ("denied").
    #[serde(default)]
    pub negates: bool,
    /// What follows for what a modal verb stands on. Absent: `oo` where it is open.
    #[serde(default)]
    pub signature: Option<Signature>,
    /// How it leaves open what is under it ("may"). Absent: it does not.
    #[serde(default)]
    pub open: Option<Openness>,
    /// Stage it puts what is under it on ("planned"). Absent: unchanged.
    #[serde(default)]
    pub stage: Option<String>,
    /// Functions of its own that it hands down to what is under it (`with` of "collaborate").
    #[serde(default)]
    pub carries: Vec<String>,
}

/// `codebook/reporting.toml`: words that attribute.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporting {
    /// Verbs.
    pub verbs: Vec<Word>,
    /// Nouns ("claim", "worry").
    pub nouns: Vec<Word>,
    /// Prepositions, as words in order ("according to").
    pub prepositions: Vec<String>,
    /// Verbs whose gerund names the one the speaker has it from ("citing officials").
    pub citing: Vec<String>,
    /// Adverbs ("reportedly").
    pub adverbs: Vec<Word>,
    /// Documents that can speak, or be spoken in ("review", "statement").
    pub documents: Vec<String>,
    /// What attributing words take as content, by class (`codebook/cues.toml`).
    #[serde(skip)]
    pub cues: Vec<Cue>,
}

/// `codebook/cues.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Cues {
    cues: Vec<Cue>,
}

/// A class of attributing words that take the same things as content.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// Its name; `default` is for the words of `verbs` and `nouns` that no class lists.
    pub class: String,
    /// Verb lemmas.
    #[serde(default)]
    pub verbs: Vec<String>,
    /// Noun lemmas.
    #[serde(default)]
    pub nouns: Vec<String>,
    /// Adjective lemmas.
    #[serde(default)]
    pub adjectives: Vec<String>,
    /// What stands to it as content: one of [`crate::CONTENTS`] or a word before a noun or gerund ("about").
    pub content: Vec<String>,
}

/// `codebook/embedding.toml`: words that change what is said under them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embedding {
    /// Verbs ("plan", "refuse").
    pub verbs: Vec<Word>,
    /// Nouns ("plan", "possibility").
    pub nouns: Vec<Word>,
    /// Adjectives ("ready", "unlikely", "potential").
    pub adjectives: Vec<Word>,
    /// Modal verbs.
    pub modals: Vec<Word>,
    /// Adverbs.
    pub adverbs: Vec<Word>,
    /// Verbs with little meaning of their own: their object is what happens ("sign", "take").
    pub light: Vec<String>,
    /// Verbs whose object is the one who is to act ("accused Iran of supplying", "asked Berlin to send").
    pub object_control: Vec<String>,
    /// Negating words.
    pub negators: Vec<String>,
    /// What follows for what is under words, by what that is ("forget to" and "forget that").
    #[serde(default)]
    pub signatures: Vec<Signed>,
}

/// `codebook/quantities.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quantities {
    /// Words for numbers ("dozen" = 12, "thousand" = 1000).
    pub numbers: BTreeMap<String, f64>,
    /// Words that bound from below ("more than").
    pub at_least: Vec<String>,
    /// Words that bound from above ("up to").
    pub at_most: Vec<String>,
    /// Words that make it rough ("about").
    pub about: Vec<String>,
    /// Symbols and words of money -> ISO 4217.
    pub currencies: BTreeMap<String, String>,
}

/// A sentence with the claims it must give, all of them; none: it must give nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text, one paragraph.
    pub text: String,
    /// Published date, where a time is checked.
    #[serde(default)]
    pub published: Option<String>,
    /// The claims.
    #[serde(default)]
    pub claim: Vec<ClaimExpected>,
    /// Why this example stands here.
    #[serde(default)]
    pub note: Option<String>,
}

/// What a claim of an example must be; absent fields are not compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ClaimExpected {
    pub kind: String,
    /// Role -> fillers: `"A | B"` is either, `"A?"` may be left out.
    #[serde(default)]
    pub roles: BTreeMap<String, Vec<String>>,
    /// Whether a reading without this claim is right as well.
    #[serde(default)]
    pub optional: bool,
    pub place: Option<Vec<String>>,
    pub time: Option<TimeExpected>,
    pub quantity: Option<Vec<QuantityExpected>>,
    pub status: Option<String>,
    pub certainty: Option<String>,
    pub polarity: Option<String>,
    pub sources: Option<Vec<String>>,
}

/// Days, closed; an absent end is not compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct TimeExpected {
    pub start: Option<String>,
    pub end: Option<String>,
}

/// A quantity; absent parts are not compared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct QuantityExpected {
    pub value: f64,
    pub unit: Option<String>,
    pub bound: Option<String>,
    pub upper: Option<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    #[serde(default)]
    example: Vec<Example>,
}

/// Line and column of byte `at` of `text`, both from 1.
pub(crate) fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    (line, column)
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, CodebookError> {
    toml::from_str(text).map_err(|error| {
        let (line, column) = position(text, error.span().map_or(0, |span| span.start));
        CodebookError::Wrong {
            file: file.to_owned(),
            line,
            column,
            message: error.message().to_owned(),
        }
    })
}

/// The examples in a file's text.
pub(crate) fn examples(file: &str, text: &str) -> Result<Vec<Example>, CodebookError> {
    Ok(parse::<Examples>(file, text)?.example)
}

pub(crate) fn load(root: &Path, files: Vec<(String, String)>) -> Result<Codebook, CodebookError> {
    let missing = |what| CodebookError::Missing {
        path: root.to_path_buf(),
        what,
    };
    let mut kinds = Vec::new();
    let mut classes = BTreeMap::new();
    let (mut reporting, mut cues, mut embedding, mut quantities) = (None, None, None, None);
    let (mut irregular, mut generic) = (None, None);
    let mut examples = Vec::new();
    let mut digest = String::new();
    for (name, text) in &files {
        digest.push_str(&format!("{name}\n{text}\n"));
        let shown = root.join(name).display().to_string();
        let name = name.replace('\\', "/");
        match name.as_str() {
            "reporting.toml" => reporting = Some(parse::<Reporting>(&shown, text)?),
            "cues.toml" => {
                let parsed: Cues = parse(&shown, text)?;
                check::cues(&parsed.cues, &shown, text)?;
                cues = Some(parsed.cues);
            }
            "embedding.toml" => {
                let parsed: Embedding = parse(&shown, text)?;
                check::signatures(&parsed, &shown, text)?;
                embedding = Some(parsed);
            }
            "quantities.toml" => quantities = Some(parse(&shown, text)?),
            "irregular.toml" => irregular = Some(parse(&shown, text)?),
            "generic.toml" => generic = Some(parse(&shown, text)?),
            _ if name.starts_with("kinds/") => {
                let mut kind: Kind = parse(&shown, text)?;
                kind.file = name.clone();
                kinds.push((kind, shown, text));
            }
            _ if name.starts_with("lexicon/") => {
                let class: Class = parse(&shown, text)?;
                classes.insert(class.class.clone(), class);
            }
            _ if name.starts_with("examples/") => {
                let file = name.trim_start_matches("examples/").to_owned();
                let found = self::examples(&shown, text)?;
                examples.extend(found.into_iter().map(|e| (file.clone(), e)));
            }
            _ => {
                return Err(CodebookError::Wrong {
                    file: shown,
                    line: 1,
                    column: 1,
                    message: "not a codebook file: expected reporting.toml, cues.toml, embedding.toml, quantities.toml, irregular.toml, generic.toml, or a file under kinds/, lexicon/ or examples/".to_owned(),
                });
            }
        }
    }
    if kinds.is_empty() {
        return Err(missing("file under kinds/"));
    }
    if classes.is_empty() {
        return Err(missing("file under lexicon/"));
    }
    for (kind, file, text) in &kinds {
        check::kind(kind, &classes, file, text)?;
    }
    Ok(Codebook {
        kinds: kinds.into_iter().map(|(kind, ..)| kind).collect(),
        classes,
        reporting: Reporting {
            cues: cues.ok_or_else(|| missing("cues.toml"))?,
            ..reporting.ok_or_else(|| missing("reporting.toml"))?
        },
        embedding: embedding.ok_or_else(|| missing("embedding.toml"))?,
        quantities: quantities.ok_or_else(|| missing("quantities.toml"))?,
        irregular: irregular.ok_or_else(|| missing("irregular.toml"))?,
        generic: generic.ok_or_else(|| missing("generic.toml"))?,
        examples,
        version: Sha256::of(digest.as_bytes()).to_string()[..12].to_owned(),
    })
}
