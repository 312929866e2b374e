//! What a place lies in.

use crate::{fold::fold, load::Gazetteer};

impl Gazetteer {
    /// What the place with this id lies in, narrowest first, as ids and names: a town in its first-order division and state, a division in
    /// its state. `name` is its gazetteer name or any other. Empty: a state, a region of the world, or unknown.
    pub fn above(&self, id: &str, name: &str, country: Option<&str>) -> Vec<(String, String)> {
        let mut out = Vec::new();
        let folded = fold(name);
        if let Some(number) = id
            .strip_prefix("geonames:")
            .and_then(|id| id.parse::<u32>().ok())
            && let Some(town) = self
                .places
                .towns(&folded)
                .into_iter()
                .find(|town| town.geonames == number)
            // A city that is its own division lies in its state.
            && !town.area.name.is_empty()
            && town.area.name != town.name
        {
            out.push((town.area.id.clone(), town.area.name.clone()));
        }
        if let Some(state) = country.and_then(|iso2| self.state(iso2))
            && state.id != id
        {
            out.push((state.id.into_owned(), state.name.into_owned()));
        }
        out
    }
}
