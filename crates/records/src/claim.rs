use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Byte, Entity, EntityType, Filler, PlaceRef, ReportId, Sha256, Span, TimeRef};

/// A claim's identity: a digest of its report, sentence, kind and roles, so that a newer reading of the same sentence that
/// says the same thing has the same id, and judgements on it live on. 16 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ClaimId(pub String);

impl std::fmt::Display for ClaimId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the proposition is put forward as true or as untrue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Put forward as true (however surely).
    #[default]
    Affirmed,
    /// Put forward as untrue.
    Denied,
}

impl Polarity {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Affirmed, Self::Denied];

    /// As written in the output contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Affirmed => "affirmed",
            Self::Denied => "denied",
        }
    }
}

/// The speaker's commitment to what is said. Not the reliability of the source, not the credibility of the finding.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Flatly asserted by the source.
    #[default]
    Stated,
    /// A judgement ("assesses that").
    Assessed,
    /// "likely", "probably".
    Probable,
    /// "may", "could", "possibility of".
    Possible,
    /// Hearsay with no source ("reportedly", "it was reported").
    Reported,
    /// The report keeps its distance ("claims", "alleged").
    Claimed,
    /// The source itself doubts it.
    Doubted,
}

impl Certainty {
    /// All of them, the firmest first.
    pub const ALL: [Self; 7] = [
        Self::Stated,
        Self::Assessed,
        Self::Probable,
        Self::Possible,
        Self::Reported,
        Self::Claimed,
        Self::Doubted,
    ];

    /// As written in the output contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Assessed => "assessed",
            Self::Probable => "probable",
            Self::Possible => "possible",
            Self::Reported => "reported",
            Self::Claimed => "claimed",
            Self::Doubted => "doubted",
        }
    }
}

/// Which way a number is bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Bound {
    Exact,
    About,
    AtLeast,
    AtMost,
}

impl Bound {
    /// As written in the output contract.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
        }
    }
}

/// A number with its unit, as the text gives it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// The words.
    pub text: String,
    /// Where they stand in the report's text.
    pub span: Span<Byte>,
    /// The number. For a range the lower end, with `upper`.
    pub value: f64,
    /// The upper end of a range. `None`: no range.
    pub upper: Option<f64>,
    /// What is counted: a noun's lemma ("container"), "percent", or an ISO 4217 code. `None`: not said.
    pub unit: Option<String>,
    /// Which way it is bounded.
    pub bound: Bound,
}

/// One link of an attribution chain: who is made to say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribution {
    /// The source's words ("the Institute for the Study of War (ISW)").
    pub text: String,
    /// Where they stand in the report's text.
    pub span: Span<Byte>,
    /// Folded to what they name.
    pub name: String,
    /// The entity, where one is known.
    pub entity: Option<Entity>,
    /// What sort of thing it is.
    pub kind: EntityType,
    /// Whether the source is described but not named ("a senior official").
    pub unnamed: bool,
    /// The word that attributes ("claiming").
    pub cue: String,
}

/// The sentence that carries a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where it stands in the report's text.
    pub span: Span<Byte>,
    /// The sentence, byte for byte.
    pub quote: String,
}

/// The fields of a claim that a reason can speak for.
pub type Field = SmolStr;

/// Why one field holds what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The field, or the role as `roles.supplier`.
    pub field: Field,
    /// The rule that gave it: `<codebook file>#<pattern>`.
    pub rule: String,
    /// The words that moved it. Empty: a default.
    pub words: String,
}

/// One proposition as one report states it once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Identity.
    pub id: ClaimId,
    /// The report that states it.
    pub report: ReportId,
    /// A codebook kind (`transfer`).
    pub kind: SmolStr,
    /// Role and what fills it, in the codebook's order; a role that is not said is absent.
    pub roles: Vec<(SmolStr, Vec<Filler>)>,
    /// Where. Empty: not said.
    pub place: Vec<PlaceRef>,
    /// When. `None`: not said.
    pub time: Option<TimeRef>,
    /// How much. Empty: not said.
    pub quantity: Vec<Quantity>,
    /// Where on the kind's ladder. `None`: the kind has no ladder, or nothing is said.
    pub status: Option<SmolStr>,
    /// Affirmed or denied.
    pub polarity: Polarity,
    /// The speaker's commitment.
    pub certainty: Certainty,
    /// Who is made to say it, outermost first, without the publisher. Empty: the report itself.
    pub sources: Vec<Attribution>,
    /// The sentence.
    pub evidence: Evidence,
    /// Why it was read so.
    pub explanation: Vec<Reason>,
}

impl Claim {
    /// The fillers of `role`, empty where it is not said.
    pub fn role(&self, role: &str) -> &[Filler] {
        self.roles
            .iter()
            .find(|(name, _)| name == role)
            .map_or(&[], |(_, fillers)| fillers)
    }

    /// The id of a claim with these parts; see [`ClaimId`].
    pub fn identify(&self) -> ClaimId {
        let mut key = format!("{}\n{}\n{:?}", self.report, self.kind, self.evidence.span);
        for (role, fillers) in &self.roles {
            for filler in fillers.iter().filter(|filler| filler.claim.is_none()) {
                key.push_str(&format!("\n{role}={}", filler.name));
            }
        }
        for place in &self.place {
            key.push_str(&format!("\nplace={}", place.text));
        }
        ClaimId(Sha256::of(key.as_bytes()).to_string()[..16].to_owned())
    }
}
