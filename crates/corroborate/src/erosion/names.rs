//! Whether two names mean the same.

use sayso_records::{Attribution, Entity, EntityType, Filler, PlaceRef};

use super::{
    rules::Rules,
    words::{single, told},
};
use crate::propositions::{Naming, Term};

/// How far two names agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agree {
    /// They name two things.
    Not,
    /// One has all words of the other ("drone", "Shahed drone"): they may be one.
    Partly,
    /// They name one thing.
    Wholly,
}

/// A name ready to be compared.
#[derive(Debug, Clone)]
pub(super) struct Named<'a> {
    entity: Option<&'a Entity>,
    kind: EntityType,
    raw: &'a str,
    words: Vec<String>,
}

impl<'a> Named<'a> {
    pub(super) fn filler(filler: &'a Filler) -> Self {
        Self::new(filler.entity.as_ref(), filler.kind, &filler.name)
    }

    pub(super) fn source(source: &'a Attribution) -> Self {
        Self::new(source.entity.as_ref(), source.kind, &source.name)
    }

    pub(super) fn place(place: &'a PlaceRef) -> Self {
        Self::new(place.entity.as_ref(), EntityType::Place, &place.name)
    }

    fn new(entity: Option<&'a Entity>, kind: EntityType, raw: &'a str) -> Self {
        Self {
            entity,
            kind,
            raw,
            words: (told(raw).iter())
                .map(|w| Rules::bundled().meant(single(w)))
                .collect(),
        }
    }

    /// Whether it is somebody's own name and no description: every word but the little ones has a capital.
    pub(super) fn is_proper(&self) -> bool {
        let mut words = self.raw.split_whitespace().filter(|w| !told(w).is_empty());
        let capital = |w: &str| w.starts_with(|c: char| !c.is_lowercase());
        self.entity.is_some() || !self.words.is_empty() && words.all(capital)
    }

    /// What it is looked up by: the id, else the words.
    pub(super) fn key(&self) -> String {
        match self.entity {
            Some(entity) => entity.id.to_string(),
            None => self.words.join(" "),
        }
    }

    pub(super) fn agrees(&self, other: &Self) -> Agree {
        let same = self.raw == other.raw || self.words == other.words && !self.words.is_empty();
        if let (Some(a), Some(b)) = (self.entity, other.entity) {
            if a.id == b.id || same {
                return Agree::Wholly;
            }
            // Of weapons, one may be the other's family; two known bodies or states are two.
            if self.kind != EntityType::System {
                return Agree::Not;
            }
        }
        if same || self.initials_of(other) || other.initials_of(self) {
            return Agree::Wholly;
        }
        let inside =
            |a: &Self, b: &Self| !a.words.is_empty() && a.words.iter().all(|w| b.words.contains(w));
        if inside(self, other) || inside(other, self) {
            Agree::Partly
        } else {
            Agree::Not
        }
    }

    /// "ISW" of "Institute for the Study of War".
    fn initials_of(&self, long: &Self) -> bool {
        let letters = self.raw.chars().count();
        letters > 1
            && letters < 12
            && self.raw.chars().all(char::is_uppercase)
            && long.words.len() > 1
            && long
                .raw
                .split(|c: char| !c.is_alphanumeric())
                .filter_map(|w| w.chars().next())
                .filter(|c| c.is_uppercase())
                .eq(self.raw.chars())
    }
}

/// What is known of names beyond their words; `None`: nothing.
#[derive(Clone, Copy)]
pub(super) struct Known<'n>(pub(super) Option<&'n Naming<'n>>);

impl Known<'_> {
    /// Whether two fillers may be one thing.
    pub(super) fn agree(self, a: &Filler, b: &Filler) -> bool {
        // The same words, whoever a pronoun among them was taken for.
        let said = told(&a.text);
        let same = !said.is_empty() && said == told(&b.text);
        same || Named::filler(a).agrees(&Named::filler(b)) != Agree::Not
            || self.0.is_some_and(|naming| {
                let (a, b) = (naming.filler("", a), naming.filler("", b));
                a.zip(b)
                    .is_some_and(|(a, b)| within(&a, &b) || within(&b, &a))
            })
    }

    /// Whether the first place lies in the second, or is it.
    pub(super) fn lies_in(self, small: &PlaceRef, wide: &PlaceRef) -> bool {
        self.0.is_some_and(|naming| {
            let terms = naming.place(small).zip(naming.place(wide));
            terms.is_some_and(|(small, wide)| within(&small, &wide))
        })
    }
}

fn within(narrow: &Term, wide: &Term) -> bool {
    let mut chain = std::iter::once(&narrow.is).chain(&narrow.within);
    chain.any(|named| named.key == wide.is.key)
}

/// The words that a reader sees for a filler: its own, or what it stands for where only a pronoun or nothing is said.
pub(super) fn shown(filler: &Filler) -> &str {
    if filler.implied || filler.text.is_empty() {
        &filler.name
    } else {
        &filler.text
    }
}

/// Joined for a reader.
pub(super) fn joined<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    words.into_iter().collect::<Vec<_>>().join(", ")
}
