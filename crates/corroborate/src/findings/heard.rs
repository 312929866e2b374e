//! The claims of a finding with who is behind each.

use std::sync::Arc;

use sayso_gazetteer::{Gazetteer, fold, sources::Sources};
use sayso_records::{Attribution, Claim, EntityType};
use smol_str::SmolStr;

use crate::{
    lineage::{Credit, Lineage},
    propositions::{Governments, Named},
};

/// One claim that says what a finding says, or denies or doubts it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The claim.
    pub claim: Arc<Claim>,
    /// Its report.
    pub report: Arc<Lineage>,
    /// What it states beside the finding's own proposition.
    pub reach: Reach,
}

/// How a claim's proposition lies to the finding's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The same.
    Same,
    /// It says more (Homiel, not just Belarus), and this with it.
    Narrower,
    /// It says less. Only denials and doubts of it matter here.
    Wider,
}

/// Who is behind a claim, as its report shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Speaker {
    /// It is made to say it: the innermost source with a name.
    Source(Named),
    /// The report credits it.
    Credited(Named, Credit),
    /// The report says it by itself.
    Publisher(Named),
    /// Nobody has a name.
    Nobody,
}

impl Speaker {
    pub(super) fn named(&self) -> Option<&Named> {
        match self {
            Self::Source(who) | Self::Credited(who, _) | Self::Publisher(who) => Some(who),
            Self::Nobody => None,
        }
    }

    /// Whether the claim comes without a word of whom it is from.
    pub(super) fn is_bare(&self) -> bool {
        matches!(self, Self::Publisher(_) | Self::Nobody)
    }
}

/// Who is whom among sources: entity, else name; a government's bodies speak for their state.
pub(super) struct Who<'n> {
    pub(super) gazetteer: &'n Gazetteer,
    pub(super) governments: &'n Governments<'n>,
    pub(super) sources: &'n Sources,
    pub(super) canonical: &'n dyn Fn(&str) -> SmolStr,
}

impl Who<'_> {
    pub(super) fn source(&self, source: &Attribution) -> Option<Named> {
        if source.unnamed || source.name.is_empty() || source.name == "unnamed" {
            return None;
        }
        if let Some((id, name)) = self.governments.of(&source.name) {
            return Some(self.named(&id, &name));
        }
        if let Some(outlet) = self.sources.outlet(&source.name) {
            return Some(self.named(&outlet.id, &outlet.name));
        }
        match &source.entity {
            Some(entity) => Some(self.named(&entity.id, &entity.name)),
            // "the ministry", "US officials": a description is nobody in particular, and ends in a common noun.
            None if !source
                .name
                .split_whitespace()
                .next_back()
                .is_some_and(|word| word.contains(char::is_uppercase)) =>
            {
                None
            }
            None => Some(self.named(&format!("name:{}", fold(&source.name)), &source.name)),
        }
    }

    fn named(&self, key: &str, name: &str) -> Named {
        Named::judged(self.gazetteer, (self.canonical)(key), key, name)
    }

    /// Who is behind `heard`.
    pub(super) fn speaker(&self, heard: &Heard) -> Speaker {
        let claim = &heard.claim;
        if let Some(who) = claim
            .sources
            .iter()
            .rev()
            .find_map(|source| self.source(source))
        {
            return Speaker::Source(who);
        }
        let publisher = self.publisher(&heard.report);
        let (start, end) = <(u32, u32)>::from(claim.evidence.span);
        let speaks_for = |credit: &&Credit| {
            let here = credit
                .span
                .is_none_or(|(from, to)| from < end && start < to);
            // A mere link is looked up by its address; and whoever shows reporting of its own has not everything from others.
            let whole = credit.span.is_some() || heard.report.firsthand.is_none();
            here && whole && credit.how != "link"
        };
        let credits = heard.report.credits.iter().filter(speaks_for);
        let mut best: Option<(bool, &Credit, Named)> = None;
        for credit in credits {
            let Some(who) = &credit.who else { continue };
            let who = self.named(&who.key, &who.name);
            if publisher
                .as_ref()
                .is_some_and(|publisher| publisher.key == who.key)
            {
                continue;
            }
            // What stands in the sentence counts before what stands under the report.
            let near = credit.span.is_some();
            if best.as_ref().is_none_or(|(other, ..)| near && !other) {
                best = Some((near, credit, who));
            }
        }
        match (best, publisher) {
            (Some((_, credit, who)), _) => Speaker::Credited(who, credit.clone()),
            (None, Some(publisher)) => Speaker::Publisher(publisher),
            (None, None) => Speaker::Nobody,
        }
    }

    /// Who published a report.
    pub(super) fn publisher(&self, report: &Lineage) -> Option<Named> {
        let who = report.publisher.as_ref()?;
        Some(match self.governments.of(&who.name) {
            Some((id, name)) => self.named(&id, &name),
            None => self.named(&who.key, &who.name),
        })
    }

    /// The named links of the chain before the innermost, outermost first: who passes it on.
    pub(super) fn relays(&self, claim: &Claim) -> Vec<Named> {
        let mut named: Vec<Named> = claim
            .sources
            .iter()
            .filter_map(|source| self.source(source))
            .collect();
        named.pop();
        named
    }
}

/// Whether a source of this kind can be an origin: somebody in particular.
pub(super) fn is_somebody(kind: EntityType) -> bool {
    matches!(
        kind,
        EntityType::State | EntityType::Organisation | EntityType::Person
    )
}
