//! Are two mentions one event, and why?

use std::collections::BTreeSet;

use jiff::Unit;

use super::{
    Kinship, Rarity,
    mention::{Days, Form, Mention, Party, Role, Sort},
    senses::Senses,
};

/// Something that speaks for or against two mentions being one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// In words.
    pub text: String,
    /// How much it tells, in bits: one more makes chance half as likely.
    pub bits: f64,
}

/// What comes of comparing two mentions.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// One event; the bits of the reasons sum to at least what was needed.
    Same(Vec<Reason>),
    /// Not enough speaks for it.
    Open(Vec<Reason>),
    /// Something speaks against it, whatever else agrees.
    Different(String),
    /// They tell different sorts of events; nothing more was compared.
    Unrelated,
}

/// What two mentions are compared by.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    /// How telling words are.
    pub rarity: &'a Rarity,
    /// Mentions in all reports together: of so many one might be meant by chance.
    pub mentions: usize,
}

/// Bits of a sentence that says that the two are one: more than any agreement.
const EQUATED: f64 = 20.0;
/// Bits wanted beyond what chance explains: one in four would be a coincidence at 2, one in eight at 3.
const MARGIN: f64 = 2.0;
/// What words of one phrase tell after the rarest of them: they come together.
const FURTHER: f64 = 0.5;
/// A title tells again what the report tells: bits that come with standing in one.
const TITLE: f64 = 2.0;
/// The first sentence tells what the title tells: bits that come with standing at the top of both.
const TOP: f64 = 4.0;
/// Share of what the shorter phrase tells that must stand in the longer one; less is another thing.
const ALIKE: f64 = 0.34;
/// How much two numbers may differ and be one.
const NEAR: f64 = 0.01;
/// Bits of the same number of the same unit.
const FIGURE: f64 = 5.0;
/// Bits of a place in common.
const PLACE: f64 = 2.0;

impl Judge<'_> {
    /// Compares two mentions, in either order; `near` mentions are told in their report, where they stand in one.
    pub fn compare(&self, a: &Mention, b: &Mention, near: usize) -> Verdict {
        let one_report = a.report == b.report;
        if one_report && a.sentence == b.sentence && (a.is == Some(b.word) || b.is == Some(a.word))
        {
            let text = format!(
                "the sentence says that {:?} is {:?}",
                a.predicate, b.predicate
            );
            return Verdict::Same(vec![Reason {
                text,
                bits: EQUATED,
            }]);
        }
        if a.form == Form::Pointer || b.form == Form::Pointer {
            return Verdict::Unrelated;
        }
        let Some(kinship) = kinship(a, b) else {
            return Verdict::Unrelated;
        };
        // Writers vary their words within a report; that two reports tell of a sort of thing by one party is what all of a matter do.
        if !one_report && matches!(kinship, Kinship::Class(_)) {
            return Verdict::Unrelated;
        }
        if let Some(against) = self.against(a, b) {
            return Verdict::Different(against);
        }
        let reasons = self.reasons(a, b, &kinship);
        let bits: f64 = reasons.iter().map(|r| r.bits).sum();
        let of = if one_report { near } else { self.mentions };
        if bits >= (of.max(2) as f64).log2() + MARGIN {
            Verdict::Same(reasons)
        } else {
            Verdict::Open(reasons)
        }
    }

    /// What rules out that two mentions are one event.
    pub(super) fn against(&self, a: &Mention, b: &Mention) -> Option<String> {
        if a.identity() == b.identity() {
            return Some("one word, handed in as two events".to_owned());
        }
        if a.form == Form::Pointer || b.form == Form::Pointer {
            return None;
        }
        let one_report = a.report == b.report;
        if one_report && !a.title && !b.title && !a.said.is_empty() && !b.said.is_empty() {
            return Some("one report tells twice that something is said".to_owned());
        }
        for role in [Role::Agent, Role::Object] {
            if let Some((x, y)) = rivals(a, b, role) {
                let what = if role == Role::Agent { "by" } else { "of" };
                return Some(format!("{what} {x}, {what} {y}"));
            }
        }
        let things = |m: &'_ Mention| m.having(Role::Agent).all(|p| p.sort == Sort::Thing);
        for (role, what) in [(Role::Agent, "by"), (Role::Object, "of")] {
            let (x, y) = (phrase(a, role), phrase(b, role));
            let comparable = role == Role::Object || things(a) && things(b);
            if comparable
                && !x.is_empty()
                && !y.is_empty()
                && self.alike(&x, &y) < ALIKE
                && !(role == Role::Agent && one_head(a, b, role))
            {
                return Some(format!("{what} {}, {what} {}", list(&x), list(&y)));
            }
        }
        if !a.said.is_empty()
            && !b.said.is_empty()
            && self.alike(&words(&a.said), &words(&b.said)) < ALIKE
        {
            return Some("other things are said".to_owned());
        }
        if let (Some(x), Some(y)) = (a.days, b.days)
            && apart(x, y) > 1
        {
            return Some(format!(
                "{} to {}, {} to {}",
                x.first, x.last, y.first, y.last
            ));
        }
        for x in &a.figures {
            let mut others = b.figures.iter().filter(|y| y.unit == x.unit).peekable();
            if others.peek().is_some() && !others.any(|y| near(x.value, y.value)) {
                return Some(format!(
                    "{} {}, and another number of them",
                    x.value, x.unit
                ));
            }
        }
        if !a.places.is_empty()
            && !b.places.is_empty()
            && !a
                .places
                .iter()
                .any(|x| b.places.iter().any(|y| !x.is_disjoint(y)))
        {
            return Some("in another place".to_owned());
        }
        None
    }

    fn reasons(&self, a: &Mention, b: &Mention, kinship: &Kinship) -> Vec<Reason> {
        let mut out = vec![match kinship {
            Kinship::Lemma => Reason {
                text: format!("both {:?}", a.predicate),
                bits: self.rarity.bits(&a.predicate),
            },
            Kinship::Root => Reason {
                text: format!("{:?} and {:?} are of one verb", a.predicate, b.predicate),
                bits: self
                    .rarity
                    .bits(&a.predicate)
                    .min(self.rarity.bits(&b.predicate)),
            },
            Kinship::Class(class) => Reason {
                text: format!("{:?} and {:?} tell of {class}", a.predicate, b.predicate),
                bits: 0.0,
            },
        }];
        let mut shared: Vec<(f64, &str)> = shared(a, b, |word| self.rarity.bits(word));
        shared.sort_by(|p, q| q.0.total_cmp(&p.0).then(p.1.cmp(q.1)));
        for (n, (bits, word)) in shared.into_iter().enumerate() {
            let bits = if n == 0 { bits } else { bits * FURTHER };
            out.push(Reason {
                text: format!("both with {word:?}"),
                bits,
            });
        }
        // Most of what one report tells is of one day.
        if let (Some(x), Some(y)) = (a.days, b.days)
            && a.report != b.report
        {
            let both = overlap(x, y);
            out.push(Reason {
                text: format!("{both} days in common"),
                bits: (366.0 / f64::from(both.max(1)).max(7.0)).log2().max(0.0),
            });
        }
        for x in &a.figures {
            if b.figures
                .iter()
                .any(|y| x.unit == y.unit && near(x.value, y.value))
            {
                out.push(Reason {
                    text: format!("both {} {}", x.value, x.unit),
                    bits: FIGURE,
                });
            }
        }
        if !a.places.is_empty() && !b.places.is_empty() {
            out.push(Reason {
                text: "one place".to_owned(),
                bits: PLACE,
            });
        }
        if a.report == b.report && (a.title || b.title) {
            let top = a.top && b.top;
            out.push(Reason {
                text: if top {
                    "title and first sentence tell it"
                } else {
                    "one stands in the title"
                }
                .to_owned(),
                bits: if top { TOP } else { TITLE },
            });
        }
        out
    }

    /// How much of what the less telling of two phrases tells stands in the other, 0..=1.
    fn alike(&self, x: &BTreeSet<&str>, y: &BTreeSet<&str>) -> f64 {
        let bits = |words: &mut dyn Iterator<Item = &&str>| -> f64 {
            words.map(|w| self.rarity.bits(w) + 0.1).sum()
        };
        let less = bits(&mut x.iter()).min(bits(&mut y.iter()));
        if less > 0.0 {
            bits(&mut x.intersection(y)) / less
        } else {
            0.0
        }
    }
}

/// How the predicates belong together.
pub(super) fn kinship(a: &Mention, b: &Mention) -> Option<Kinship> {
    Senses::bundled().kinship(&a.predicate, &b.predicate)
}

/// Two named parties of one role and sort that are not the same.
fn rivals<'m>(a: &'m Mention, b: &'m Mention, role: Role) -> Option<(&'m str, &'m str)> {
    let named = |m: &'m Mention, sort: Sort| -> Vec<&'m Party> {
        m.having(role)
            .filter(|p| p.sort == sort && !p.names.is_empty())
            .collect()
    };
    for sort in [Sort::Person, Sort::Body, Sort::Place, Sort::Thing] {
        let (x, y) = (named(a, sort), named(b, sort));
        if let (Some(first), Some(second)) = (x.first(), y.first())
            && !x
                .iter()
                .any(|p| y.iter().any(|q| !p.names.is_disjoint(&q.names)))
        {
            return Some((first.names.first()?, second.names.first()?));
        }
    }
    None
}

/// Whether something of this role is called by the same noun: "worldwide markets", "stock markets around the world".
fn one_head(a: &Mention, b: &Mention, role: Role) -> bool {
    a.having(role)
        .any(|p| !p.head.is_empty() && b.having(role).any(|q| p.head == q.head))
}

fn phrase(mention: &Mention, role: Role) -> BTreeSet<&str> {
    mention
        .having(role)
        .flat_map(|p| p.words.iter().map(String::as_str))
        .collect()
}

fn words(set: &BTreeSet<String>) -> BTreeSet<&str> {
    set.iter().map(String::as_str).collect()
}

/// What is said of both mentions, with what it tells. A name counts once, by its rarest form in common, and the words of its forms not
/// again.
fn shared<'m>(a: &'m Mention, b: &'m Mention, bits: impl Fn(&str) -> f64) -> Vec<(f64, &'m str)> {
    let other = all(b);
    let mut words: BTreeSet<&str> = all(a).intersection(&other).copied().collect();
    let mut out = Vec::new();
    let mut parties: Vec<&Party> = a.parties.iter().chain(&b.parties).collect();
    parties.sort();
    for party in parties {
        let rarest = party
            .names
            .iter()
            .filter(|form| words.contains(form.as_str()))
            .map(|form| (bits(form), form.as_str()))
            .max_by(|p, q| p.0.total_cmp(&q.0).then(q.1.cmp(p.1)));
        let Some(rarest) = rarest else { continue };
        out.push(rarest);
        for form in &party.names {
            words.remove(form.as_str());
            for word in form.split(' ') {
                words.remove(word);
            }
        }
    }
    out.extend(words.into_iter().map(|word| (bits(word), word)));
    out
}

/// Everything that is said of a mention but its predicate.
pub(super) fn all(mention: &Mention) -> BTreeSet<&str> {
    let said = mention.said.iter();
    mention
        .parties
        .iter()
        .flat_map(|p| p.words.iter().chain(&p.names))
        .chain(said)
        .map(String::as_str)
        .collect()
}

fn list(words: &BTreeSet<&str>) -> String {
    words.iter().copied().collect::<Vec<_>>().join(" ")
}

fn near(x: f64, y: f64) -> bool {
    (x - y).abs() <= NEAR * x.abs().max(y.abs())
}

/// Days between two stretches; 0 where they meet.
fn apart(x: Days, y: Days) -> i32 {
    let between = |from, to| days(from, to).max(0);
    between(x.last, y.first).max(between(y.last, x.first))
}

fn overlap(x: Days, y: Days) -> i32 {
    (days(x.first.max(y.first), x.last.min(y.last)) + 1).max(0)
}

fn days(from: jiff::civil::Date, to: jiff::civil::Date) -> i32 {
    from.until((Unit::Day, to))
        .map_or(i32::MAX, |span| span.get_days())
}
