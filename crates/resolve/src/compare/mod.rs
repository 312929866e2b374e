//! Is this name the same as that one?
//!
//! # How is it decided?
//! Both names are folded to Latin letters ([`fold`]) and their words told apart: words that name, titles, legal forms, particles, numbers,
//! initials, fathers' names ([`parts`]). The words are paired so that their likeness is greatest ([`pair`]; two words may be equal, sound the
//! same, be forms of one given name, an initial, an abbreviation, or spelled nearly alike: [`alike`]). What agrees and what does not are
//! [`Feature`]s, each with a weight in log-odds (natural logarithm) and its reason in words; they are added up, and the sum as a share is the
//! answer ([`weigh`]), as in record linkage after Fellegi and Sunter ("A theory for record linkage", 1969). How names are taken apart follows
//! what OpenSanctions' `rigour` and `nomenklatura` (LogicV2) found to matter.
//!
//! # What is not here?
//! Who bears the name: two people may have one. No table of names that are the same; that is the gazetteer's. Nothing is learnt from data.

mod alike;
mod blocks;
mod edit;
mod fold;
mod numbers;
mod pair;
mod parts;
mod rules;
mod spelling;
mod weigh;

use sayso_records::EntityType;
use serde::{Deserialize, Serialize};

pub use blocks::blocks;
use parts::{Kind, parts};
use rules::Rules;

/// A name to compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// As written, in any script. What is longer than 300 characters or 32 words is cut.
    pub text: &'a str,
    /// What bears it. `None`: not known.
    pub sort: Option<EntityType>,
}

/// What is to be said of two names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Same {
    /// The same name.
    Same,
    /// Two names.
    Different,
    /// A person should look.
    Unsure,
}

/// One thing that speaks for or against.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Feature {
    /// What was looked at: `start`, `sort`, `whole`, `word`, `conflict`, `left-out`, `number`, `legal-form`, `order`.
    pub name: &'static str,
    /// What it adds to the log-odds that the names are the same; below 0: against.
    pub weight: f64,
    /// Why, for a reader.
    pub reason: String,
}

/// Whether two names are the same, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// How sure it is that they are the same, 0..=1.
    pub share: f64,
    /// From [`Verdict::SAME`] on the same, up to [`Verdict::DIFFERENT`] different.
    pub same: Same,
    /// What it was decided by; the weights add up to the log-odds of `share`.
    pub features: Vec<Feature>,
}

impl Verdict {
    /// The least share of names that are the same.
    pub const SAME: f64 = 0.9;
    /// The greatest share of names that are different.
    pub const DIFFERENT: f64 = 0.25;
}

/// Compares two names. The order of the two does not matter; the same two give the same verdict.
pub fn compare(a: &Name<'_>, b: &Name<'_>) -> Verdict {
    let rules = Rules::bundled();
    // One side's sort helps to read the other.
    let sort = |own: Option<EntityType>, other| own.or(other);
    let a = Name {
        text: a.text,
        sort: sort(a.sort, b.sort),
    };
    let b = Name {
        text: b.text,
        sort: sort(b.sort, a.sort),
    };
    let kind = match (Kind::of(a.sort), Kind::of(b.sort)) {
        (one, other) if one == other => one,
        _ => Kind::Body,
    };
    let (mut of_a, mut of_b) = (parts(&a, kind, rules), parts(&b, kind, rules));
    let paired = pair::pair(&mut of_a, &mut of_b, kind, rules);
    weigh::weigh((&a, &of_a), (&b, &of_b), &paired, kind)
}
