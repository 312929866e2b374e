//! The place names of a text, each with the wider places that its sentence gives for it.

use sayso_gazetteer::{Gazetteer, Via};
use sayso_records::{Byte, EntityType, PlaceRef, Precision, Span};

use crate::{names::Named, phrase::Phrases};

/// People of a town that is meant by its name even behind "the" ("the Hague").
const CITY: u32 = 100_000;

/// The place names of a sentence, in order. Adjectives and peoples ("Turkish", "Turks") name no place, and neither do buildings that stand
/// for a government ("the White House"); a capital does, whatever it does in the sentence.
pub(crate) fn of<'p>(
    phrases: &'p Phrases<'_>,
    gazetteer: &'p Gazetteer,
) -> impl Iterator<Item = &'p Named> {
    let tree = phrases.tree;
    phrases.names().iter().filter(move |name| {
        let wide = matches!(
            name.kind,
            EntityType::Place | EntityType::State | EntityType::Region
        );
        let building = name.via == Some(Via::Capital)
            && name.first > 0
            && tree.lemma(name.first - 1) == "the"
            && !gazetteer
                .called(tree.span(name.first, name.last).of(tree.text))
                .iter()
                .any(|place| place.population >= CITY);
        wide && !building && !matches!(name.via, Some(Via::Demonym | Via::DemonymPeople))
    })
}

/// A name as a place with nothing but what its sentence says of it, and the names it lies within. `span`: where it stands in the report.
pub(crate) fn place<'p>(
    phrases: &'p Phrases<'_>,
    name: &Named,
    span: Span<Byte>,
) -> (PlaceRef, Vec<&'p Named>) {
    let tree = phrases.tree;
    let words = |name: &Named| tree.span(name.first, name.last).of(tree.text).to_owned();
    let within = wider(phrases, name);
    let text = words(name);
    let state = wide(name);
    let place = PlaceRef {
        name: name
            .entity
            .as_ref()
            .filter(|_| state)
            .map_or_else(|| text.clone(), |e| e.name.clone()),
        text,
        span,
        within: within.iter().map(|w| words(w)).collect(),
        entity: name.entity.clone().filter(|_| state),
        country: name.country.clone().filter(|_| state),
        point: None,
        precision: if state {
            Precision::Country
        } else {
            Precision::Unresolved
        },
    };
    (place, within)
}

/// The wider places that follow a place after a comma ("Yelabuz, Tatarstan, Russia"), or after "in" ("Tula in Russia").
fn wider<'p>(phrases: &'p Phrases<'_>, name: &Named) -> Vec<&'p Named> {
    let tree = phrases.tree;
    let mut out: Vec<&Named> = Vec::new();
    if wide(name) {
        return out;
    }
    let mut end = name.last;
    while end + 2 < tree.len() && matches!(tree.word(end + 1), "," | "in") {
        let start = if tree.lemma(end + 2) == "the" {
            end + 3
        } else {
            end + 2
        };
        let Some(named) = (start < tree.len()).then(|| phrases.named(start)).flatten() else {
            break;
        };
        let place = matches!(
            named.kind,
            EntityType::Place | EntityType::State | EntityType::Region
        );
        // "Minsk, Gomel and Brest", "Minsk, Gomel, and Brest" are lists, not places in a place
        let next = named.last + 1;
        let next = next + usize::from(next < tree.len() && tree.word(next) == ",");
        let listed = next < tree.len() && matches!(tree.lemma(next), "and" | "or") && !wide(named);
        if !place || listed || named.first != start {
            break;
        }
        out.push(named);
        end = named.last;
        if wide(named) {
            break;
        }
    }
    // a list of towns without a state at its end is not a chain
    if out.iter().any(|n| wide(n)) || out.len() == 1 {
        out
    } else {
        vec![]
    }
}

/// A state or region by its own name; a capital is a town where it places something.
pub(crate) fn wide(name: &Named) -> bool {
    matches!(name.kind, EntityType::State | EntityType::Region) && name.via != Some(Via::Capital)
}
