//! Names that no entity is known for, and names that are not the entity they were taken for.

use sayso_gazetteer::fold;
use sayso_records::{Claim, Entity, EntityKey, Precision};

use super::Standing;
use crate::names::bare;

/// The key of a name: its words folded, without article, possessive and bracketed abbreviation ("the Wagner Group’s" is
/// `name:wagner group`). `None`: it has no letter or digit, or is longer than any name.
pub fn name_key(name: &str) -> Option<EntityKey> {
    EntityKey::parse(&format!("name:{}", fold(bare(name))))
}

impl Standing {
    /// Takes from the fillers, places and sources of `claim` each entity that people held apart from the name it is written with. What is left is
    /// the name, for which they may have judged another entity ([`Standing::canonical`] of its [`name_key`]).
    pub fn let_go(&self, claim: &mut Claim) {
        if self.judgements.is_empty() {
            return;
        }
        for filler in claim.roles.iter_mut().flat_map(|(_, fillers)| fillers) {
            if self.is_split(&filler.text, filler.entity.as_ref()) {
                filler.entity = None;
                filler.name = bare(&filler.text).to_owned();
            }
        }
        for source in &mut claim.sources {
            if self.is_split(&source.text, source.entity.as_ref()) {
                source.entity = None;
                source.name = bare(&source.text).to_owned();
            }
        }
        for place in &mut claim.place {
            if self.is_split(&place.text, place.entity.as_ref()) {
                place.entity = None;
                place.name = place.text.clone();
                place.country = None;
                place.point = None;
                place.precision = Precision::Unresolved;
            }
        }
    }

    fn is_split(&self, text: &str, entity: Option<&Entity>) -> bool {
        entity.is_some_and(|entity| {
            name_key(text).is_some_and(|name| self.apart(name.as_str(), &entity.id).is_some())
        })
    }
}
