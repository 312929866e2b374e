//! What a place lies in, and what a body stands in.

use crate::{
    error::GazetteerError,
    file::File,
    fold::fold,
    known::Known,
    load::Gazetteer,
    place::{Hints, Place, Placing, Spelling},
};

/// Sites within sites: a hall of a plant of a zone.
const DEEPEST: usize = 4;

impl Gazetteer {
    /// What the place or body with this id lies in, narrowest first, as ids and names: a plant in its zone, that in its town, a town in its
    /// first-order division and state, a division in its state. `name` is its gazetteer name or any other. Empty: a state, a region of the
    /// world, or unknown.
    pub fn above(&self, id: &str, name: &str, country: Option<&str>) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        let (mut id, mut name, mut country) = (id.to_owned(), name.to_owned(), country);
        let town;
        for _ in 0..DEEPEST {
            match self.stands_in(&id) {
                Some(Stand::Site(site)) => {
                    (id, name, country) = (site.id.into(), site.name.into(), site.country);
                    out.push((id.clone(), name.clone()));
                }
                Some(Stand::Place(place)) => {
                    town = place;
                    out.push((town.id.clone(), town.name.clone()));
                    out.extend(self.above_place(&town.id, &town.name, Some(&town.country)));
                    return out;
                }
                None => break,
            }
        }
        out.extend(self.above_place(&id, &name, country));
        out
    }

    /// The body called `name` that stands at a place of its own, with that place: a zone, a yard, a plant. `None`: no such body, or where it
    /// stands is not known.
    pub fn site(&self, name: &str) -> Option<(Known<'_>, Place)> {
        let site = self.named_site(name)?;
        let mut id = site.id.to_string();
        for _ in 0..DEEPEST {
            match self.stands_in(&id)? {
                Stand::Site(wider) => id = wider.id.into(),
                Stand::Place(place) => return Some((site, place)),
            }
        }
        None
    }

    fn above_place(&self, id: &str, name: &str, country: Option<&str>) -> Vec<(String, String)> {
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

    fn named_site(&self, name: &str) -> Option<Known<'_>> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let found = self.longest(&words)?;
        let whole = found.words == words.len();
        (whole && self.sites.contains_key(found.entity.id.as_ref())).then_some(found.entity)
    }

    /// What the body with this id stands in, one step up.
    fn stands_in(&self, id: &str) -> Option<Stand<'_>> {
        let (first, wider) = self.sites.get(id)?.get_ref().split_first()?;
        if let Some(site) = self.named_site(first).filter(|site| site.id != id) {
            return Some(Stand::Site(site));
        }
        let within: Vec<&str> = wider.iter().map(String::as_str).collect();
        let hints = Hints {
            within: &within,
            ..Hints::default()
        };
        match self.place(first, &hints) {
            Placing::One(place) if place.via_spelling != Spelling::Near => {
                Some(Stand::Place(place))
            }
            _ => None,
        }
    }

    /// Every `located_in` is a body with a place of its own, or one place and no other.
    pub(crate) fn check_sites(&self, file: &File<'_>) -> Result<(), GazetteerError> {
        for (id, names) in &self.sites {
            if self.stands_in(id).is_none() {
                let message = format!("{:?} is no one site or place", names.get_ref());
                return Err(file.mistake(names.span().start, message));
            }
        }
        Ok(())
    }
}

enum Stand<'g> {
    Site(Known<'g>),
    Place(Place),
}
