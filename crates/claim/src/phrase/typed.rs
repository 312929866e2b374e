//! Names and naming phrases by the types of a public set.

use sayso_gazetteer::Via;
use sayso_records::{Byte, EntityType, Span, Upos};

use super::Phrases;
use crate::names::Named;

/// What a name or a naming phrase is, by the types of the Relationship and Entity Extraction Evaluation Dataset (Dstl 2017).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum NameType {
    Location,
    Nationality,
    Organisation,
    Person,
    /// A weapon or what carries it.
    Weapon,
}

impl Phrases<'_> {
    /// Names with their types, and phrases for bodies ("the security forces") and arms that are no names.
    pub(crate) fn typed(&self) -> Vec<(Span<Byte>, NameType)> {
        let tree = self.tree;
        let people = |n: &Named| {
            matches!(n.via, Some(Via::Demonym | Via::DemonymPeople))
                || n.entity.is_none()
                    && tree
                        .sentence
                        .names
                        .iter()
                        .any(|m| m.label == "NORP" && m.span.range().contains(&n.first))
        };
        let mut out: Vec<(Span<Byte>, NameType)> = self
            .names
            .iter()
            .filter_map(|n| {
                let kind = match n.kind {
                    _ if people(n) => NameType::Nationality,
                    EntityType::State
                    | EntityType::Region
                    | EntityType::Place
                    | EntityType::Facility => NameType::Location,
                    EntityType::Organisation => NameType::Organisation,
                    EntityType::Person => NameType::Person,
                    EntityType::System => NameType::Weapon,
                    _ => return None,
                };
                Some((tree.span(n.first, n.last), kind))
            })
            .collect();
        for head in 0..tree.len() {
            if self.named(head).is_some() || tree.upos(head) != Upos::Noun {
                continue;
            }
            let kind = if self.in_class(head, "arms") {
                NameType::Weapon
            } else if self.in_class(head, "actor-word") && !self.in_class(head, "person-word") {
                NameType::Organisation
            } else {
                continue;
            };
            let modified = tree
                .modifiers(head)
                .into_iter()
                .find(|&m| matches!(tree.upos(m), Upos::Propn | Upos::Adj | Upos::Noun));
            // "a force", "the group": no body in particular
            if kind == NameType::Organisation && modified.is_none() {
                continue;
            }
            out.push((tree.span(modified.unwrap_or(head), head), kind));
        }
        out
    }
}
