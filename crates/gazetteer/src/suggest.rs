//! What a name that is not known could have been meant for.

use crate::{
    bearers::of_town,
    fold::fold,
    known::{Known, Via},
    load::Gazetteer,
    place::{Place, Spelling},
    placing::place,
};

/// Fewer people than this, and the place is not worth a guess.
const PEOPLE: u32 = 1_000;
/// Towns given back at most.
const TOWNS: usize = 20;

impl Gazetteer {
    /// Every name that a listed state, region, body or system goes by, with what bears it; demonyms are none. The words of a name with one
    /// space between. In no order.
    pub fn listed(&self) -> impl Iterator<Item = (String, Known<'_>)> {
        let all = self.names.all();
        let names = all.filter(|(.., via)| matches!(via, Via::Name | Via::Acronym));
        names.map(|(name, known, _)| (name, known))
    }

    /// Populated places and districts with a name a letter or two from `name` (one below seven letters, none below four), which begins alike: that name,
    /// folded, and the place; the fewest letters apart first, then by people. At most 20.
    pub fn spelled_like(&self, name: &str) -> Vec<(String, Place)> {
        let folded = fold(name);
        let distance = match folded.chars().count() {
            0..4 => return Vec::new(),
            4..7 => 1,
            _ => 2,
        };
        let mut near = self.places.near(&folded, distance);
        near.retain(|(.., town)| town.population >= PEOPLE);
        near.sort_by(|(_, a, one), (_, b, other)| {
            (a, other.population, one.geonames).cmp(&(b, one.population, other.geonames))
        });
        let mut seen = Vec::new();
        near.retain(|(.., town)| {
            let new = !seen.contains(&town.geonames);
            seen.push(town.geonames);
            new
        });
        near.truncate(TOWNS);
        let found = near.iter();
        found
            .map(|(name, _, town)| (name.clone(), place(&of_town(town, Spelling::Near))))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::Gazetteer;

    #[test]
    fn names_that_could_be_meant() {
        let gazetteer = Gazetteer::bundled().expect("what is built in loads");
        let listed = |name: &str| gazetteer.listed().any(|(it, _)| it == name);
        assert!(listed("Iran") && listed("Institute for the Study of War") && listed("ISW"));
        assert!(!listed("Iranian"), "a demonym is no name");
        for (name, first) in [
            ("Yelabuge", Some("geonames:468082")),
            ("Homyl", Some("geonames:627907")),
            ("xyzzyq", None),
            ("ab", None),
            ("", None),
            ("\u{202e}", None),
        ] {
            let found = gazetteer.spelled_like(name);
            assert_eq!(found.first().map(|(_, it)| it.id.as_str()), first, "{name}");
            assert!(found.len() <= super::TOWNS);
        }
        assert!(gazetteer.spelled_like(&"homyel".repeat(100_000)).is_empty());
    }
}
