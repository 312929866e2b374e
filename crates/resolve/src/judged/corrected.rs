//! Claims as people corrected them.

use sayso_gazetteer::Gazetteer;
use sayso_records::{
    Act, Certainty, Claim, ClaimId, Correction, Entity, EntityType, Filler, Judgement, PlaceRef,
    Polarity, Precision, Span,
};

use super::Standing;

impl Standing {
    /// The corrections of a claim that stand, by field.
    pub fn corrections<'s>(
        &'s self,
        claim: &ClaimId,
    ) -> impl Iterator<Item = (&'s Correction, &'s Judgement)> + use<'s> {
        let from = ("claim", claim.0.clone(), None);
        let answers = self.answers.range(from.clone()..);
        let answers =
            answers.take_while(move |((matter, id, _), _)| (*matter, id) == (from.0, &from.1));
        answers.filter_map(|(_, nth)| {
            let judgement = self.judgements.get(*nth)?;
            match &judgement.act {
                Act::Correct(_, correction) => Some((correction, judgement)),
                _ => None,
            }
        })
    }

    /// `claim` as people have it: without the entities that they held apart from its names ([`Standing::let_go`]), and with the fields that they corrected.
    /// What it was read as stays in the ledger.
    pub fn put_right(&self, claim: &mut Claim, gazetteer: &Gazetteer) {
        if self.judgements.is_empty() {
            return;
        }
        self.let_go(claim);
        for (correction, _) in self.corrections(&claim.id.clone()) {
            put_right(claim, correction, gazetteer);
        }
    }
}

fn put_right(claim: &mut Claim, correction: &Correction, gazetteer: &Gazetteer) {
    let words = correction.words.as_str();
    match correction.field.as_str() {
        "status" => claim.status = Some(words).filter(|it| !it.is_empty()).map(Into::into),
        "certainty" => {
            let is = Certainty::ALL.into_iter().find(|it| it.as_str() == words);
            claim.certainty = is.unwrap_or(claim.certainty);
        }
        "polarity" => {
            let is = Polarity::ALL.into_iter().find(|it| it.as_str() == words);
            claim.polarity = is.unwrap_or(claim.polarity);
        }
        "place" => claim.place = place(correction, gazetteer).into_iter().collect(),
        role => {
            let filler = filler(correction, gazetteer);
            match claim.roles.iter_mut().find(|(known, _)| known == role) {
                Some((_, fillers)) => *fillers = filler.into_iter().collect(),
                None => claim
                    .roles
                    .push((role.into(), filler.into_iter().collect())),
            }
        }
    }
}

/// The entity of a correction. `None`: only a name, or a sort of thing that its name tells.
fn entity(correction: &Correction) -> Option<Entity> {
    let key = correction.key.as_ref()?.as_str();
    let listed = !key.starts_with("name:") && !key.starts_with("item:");
    listed.then(|| Entity {
        id: key.into(),
        name: correction.words.clone(),
    })
}

fn filler(correction: &Correction, gazetteer: &Gazetteer) -> Option<Filler> {
    if correction.words.is_empty() {
        return None;
    }
    let key = correction.key.as_ref().map_or("", |key| key.as_str());
    let kind = match gazetteer.by_id(key) {
        Some(known) => known.kind,
        None if key.starts_with("item:") => EntityType::System,
        None => EntityType::Other,
    };
    Some(Filler {
        text: correction.words.clone(),
        span: Span::new(0, 0),
        name: correction.words.clone(),
        entity: entity(correction),
        kind,
        implied: false,
        claim: None,
    })
}

fn place(correction: &Correction, gazetteer: &Gazetteer) -> Option<PlaceRef> {
    if correction.words.is_empty() {
        return None;
    }
    let entity = entity(correction);
    let known = entity
        .as_ref()
        .and_then(|entity| gazetteer.by_id(&entity.id));
    let country = known.as_ref().and_then(|known| known.country);
    let above = match &entity {
        Some(entity) => gazetteer.above(&entity.id, &entity.name, country),
        None => Vec::new(),
    };
    let precision = match known.map(|known| known.kind) {
        Some(EntityType::State | EntityType::Region) => Precision::Country,
        // A town lies in a division and a state, a division in a state alone.
        Some(_) if above.len() > 1 => Precision::City,
        Some(_) => Precision::Region,
        None => Precision::Unresolved,
    };
    Some(PlaceRef {
        text: correction.words.clone(),
        span: Span::new(0, 0),
        within: above.into_iter().map(|(_, name)| name).collect(),
        name: correction.words.clone(),
        country: country.map(Into::into),
        point: None,
        precision,
        entity,
    })
}
