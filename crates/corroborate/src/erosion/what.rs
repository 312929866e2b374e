//! The ways in which a copy can say something else than its origin.

use serde::{Deserialize, Serialize};

/// What was lost or changed. The names in the output are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// "may", "reportedly", "claims" is gone, and the copy asserts.
    HedgeDropped,
    /// The copy hedges, too, but less ("may" became "is likely to").
    HedgeWeakened,
    /// The copy is less sure than its origin.
    HedgeAdded,
    /// The copy no longer names who says it.
    AttributionDropped,
    /// Another source is made to say it, or a link of the chain is left out.
    AttributionChanged,
    /// The time is gone.
    DateDropped,
    /// Another time, one that does not hold the origin's nor lies in it.
    DateChanged,
    /// A greater number.
    NumberInflated,
    /// A smaller number.
    NumberDeflated,
    /// The number is gone.
    NumberDropped,
    /// The same number without "about", "up to", "at least", or with another such word.
    BoundDropped,
    /// Further on the ladder of its kind ("plans to build" became "has built").
    StatusAdvanced,
    /// Less far on it.
    StatusSetBack,
    /// The same role, filled by something of another name.
    NameChanged,
    /// Somewhere else.
    PlaceChanged,
    /// The place is gone.
    PlaceDropped,
    /// Only what the place lies in is left.
    PlaceCoarsened,
    /// The origin denies it and the copy asserts it.
    DenialLost,
    /// The origin asserts it and the copy denies it.
    DenialAdded,
    /// Who does it and to whom have changed places.
    RolesSwapped,
    /// Somebody or something that took part is gone.
    RoleDropped,
    /// A word was exchanged for its opposite ("rose" for "fell").
    SenseReversed,
}

impl What {
    /// Every one, in the order in which they are declared.
    pub const ALL: [Self; 22] = [
        Self::HedgeDropped,
        Self::HedgeWeakened,
        Self::HedgeAdded,
        Self::AttributionDropped,
        Self::AttributionChanged,
        Self::DateDropped,
        Self::DateChanged,
        Self::NumberInflated,
        Self::NumberDeflated,
        Self::NumberDropped,
        Self::BoundDropped,
        Self::StatusAdvanced,
        Self::StatusSetBack,
        Self::NameChanged,
        Self::PlaceChanged,
        Self::PlaceDropped,
        Self::PlaceCoarsened,
        Self::DenialLost,
        Self::DenialAdded,
        Self::RolesSwapped,
        Self::RoleDropped,
        Self::SenseReversed,
    ];

    /// As written in the output contract.
    pub fn as_str(self) -> &'static str {
        self.told().0
    }

    /// One sentence on it for a reader.
    pub fn sentence(self) -> &'static str {
        self.told().1
    }

    fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::HedgeDropped => ("hedge-dropped", "The copy asserts what its origin hedges."),
            Self::HedgeWeakened => ("hedge-weakened", "The copy is surer than its origin."),
            Self::HedgeAdded => ("hedge-added", "The copy is less sure than its origin."),
            Self::AttributionDropped => (
                "attribution-dropped",
                "The copy no longer says who says so.",
            ),
            Self::AttributionChanged => (
                "attribution-changed",
                "The copy has it from somebody else, or leaves out a link between.",
            ),
            Self::DateDropped => ("date-dropped", "The copy no longer says when."),
            Self::DateChanged => ("date-changed", "The copy gives another time."),
            Self::NumberInflated => ("number-inflated", "The copy gives a greater number."),
            Self::NumberDeflated => ("number-deflated", "The copy gives a smaller number."),
            Self::NumberDropped => ("number-dropped", "The copy no longer says how many."),
            Self::BoundDropped => (
                "bound-dropped",
                "The copy gives the number without the word that made it rough or a limit.",
            ),
            Self::StatusAdvanced => ("status-advanced", "In the copy it has come further."),
            Self::StatusSetBack => ("status-set-back", "In the copy it has come less far."),
            Self::NameChanged => ("name-changed", "The copy names somebody or something else."),
            Self::PlaceChanged => ("place-changed", "The copy says it is somewhere else."),
            Self::PlaceDropped => ("place-dropped", "The copy no longer says where."),
            Self::PlaceCoarsened => ("place-coarsened", "The copy says less exactly where."),
            Self::DenialLost => ("denial-lost", "The copy asserts what its origin denies."),
            Self::DenialAdded => ("denial-added", "The copy denies what its origin asserts."),
            Self::RolesSwapped => (
                "roles-swapped",
                "In the copy, who does it and to whom have changed places.",
            ),
            Self::RoleDropped => ("role-dropped", "The copy leaves out somebody or something."),
            Self::SenseReversed => (
                "sense-reversed",
                "The copy has a word where its origin has the opposite.",
            ),
        }
    }

    /// Whether it makes the copy say more than its origin: surer, bigger, further along, in its own voice.
    pub fn strengthens(self) -> bool {
        matches!(
            self,
            Self::HedgeDropped
                | Self::HedgeWeakened
                | Self::AttributionDropped
                | Self::NumberInflated
                | Self::BoundDropped
                | Self::StatusAdvanced
                | Self::DenialLost
        )
    }

    /// Whether the copy says what its origin does not say, so that it cannot stand for it. Otherwise it says less, or the same on
    /// another's word or more surely.
    pub fn alters(self) -> bool {
        matches!(
            self,
            Self::DateChanged
                | Self::NumberInflated
                | Self::NumberDeflated
                | Self::BoundDropped
                | Self::StatusAdvanced
                | Self::StatusSetBack
                | Self::NameChanged
                | Self::PlaceChanged
                | Self::DenialLost
                | Self::DenialAdded
                | Self::RolesSwapped
                | Self::SenseReversed
        )
    }
}

/// One thing that a copy lost or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub what: What,
    /// The origin's words ("might", "according to the Institute"). Never empty.
    pub before: String,
    /// The copy's. Empty: nothing stands in their place.
    pub after: String,
}

impl Change {
    pub(super) fn new(what: What, before: impl Into<String>, after: impl Into<String>) -> Self {
        Self {
            what,
            before: before.into(),
            after: after.into(),
        }
    }

    /// See [`What::strengthens`].
    pub fn strengthens(&self) -> bool {
        self.what.strengthens()
    }

    /// See [`What::alters`].
    pub fn alters(&self) -> bool {
        self.what.alters()
    }
}
