//! Mends what the parser often gets wrong in news prose, where the words themselves leave one reading.
//!
//! Each rule asks for a shape that is no English sentence as parsed; a tree without such a shape stays as it is. `words.rs`: nouns
//! and verbs taken for one another; `clauses.rs`: main verbs, participles and relative clauses; `speech.rs`: who says it;
//! `lists.rs`: what is joined; `phrases.rs`: what belongs to which noun; `names.rs`: names that swallow what stands behind them.

mod clauses;
mod edit;
mod lists;
mod names;
mod phrases;
mod speech;
mod words;

use sayso_records::{Sentence, Upos};
use smol_str::SmolStr;

use crate::{context::Lookup, draft::Triggers, tree::Tree};
use edit::{Edit, GERUND};

/// What the codebook knows of words.
struct Known<'a> {
    lookup: &'a Lookup,
    triggers: &'a Triggers,
}

type Rule = fn(&Tree<'_>, &Known<'_>) -> Vec<Edit>;

/// In this order: a rule sees the tree that those before it have left.
const RULES: &[Rule] = &[
    clauses::headline,
    phrases::parted,
    phrases::partitive,
    phrases::worth,
    words::works,
    words::plural,
    words::promoted,
    words::again,
    words::thing,
    words::capital,
    words::doing,
    words::gerund,
    words::subject,
    phrases::number,
    clauses::reduced,
    clauses::swallowed,
    clauses::verbless,
    phrases::since,
    speech::last,
    speech::between,
    speech::resumed,
    speech::lost,
    speech::aside,
    speech::speaker,
    clauses::that,
    clauses::cleft,
    clauses::nearest,
    clauses::accused,
    lists::doubled,
    lists::joint,
    phrases::receiver,
    phrases::complement,
    phrases::given,
    phrases::beside,
    phrases::share,
    phrases::object,
    lists::apart,
    lists::interrupted,
    lists::carried,
    lists::pairs,
    lists::list,
    phrases::hung,
];

/// The sentence with the tree mended.
pub(crate) fn of(
    text: &str,
    sentence: &Sentence,
    lookup: &Lookup,
    triggers: &Triggers,
) -> Sentence {
    let known = Known { lookup, triggers };
    let mut mended = sentence.clone();
    mended.names = names::of(&Tree::new(text, sentence));
    for rule in RULES {
        let edits = rule(&Tree::new(text, &mended), &known);
        for edit in edits {
            edit.apply(&mut mended.tokens);
            let Some(token) = mended.tokens.get_mut(edit.token) else {
                continue;
            };
            let word = token.span.of(text);
            match edit.tag {
                Some(GERUND) => {
                    if let Some(lemma) = base(word, triggers) {
                        token.lemma = lemma;
                    }
                }
                Some((_, Upos::Propn)) => token.lemma = SmolStr::new(word),
                _ => {}
            }
        }
    }
    mended
}

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
