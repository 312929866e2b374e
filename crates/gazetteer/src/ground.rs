//! Where on the ground a place lies that is known by its id.

use crate::{Gazetteer, place::PlaceKind};

/// A point, and what it is the point of: that of a state or division is only its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// Degrees north (WGS 84).
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// What sort of place it is, and so how exactly the point says where.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code of its state; empty for a region of the world.
    pub country: String,
}

impl Gazetteer {
    /// Where the place with this id lies. `None`: it is no place of the gazetteer, or has no one middle.
    pub fn ground(&self, id: &str) -> Option<Ground> {
        if let Some(area) = self.places.area(id) {
            return Some(Ground {
                lat: area.lat,
                lon: area.lon,
                kind: PlaceKind::Division,
                country: area.country.clone(),
            });
        }
        if let Some(town) = self.places.numbered(id) {
            let kind = match town.district {
                true => PlaceKind::Division,
                false => PlaceKind::Town,
            };
            return Some(Ground {
                lat: town.lat,
                lon: town.lon,
                kind,
                country: town.area.country.clone(),
            });
        }
        let wide = self.wide_places.values().find(|wide| wide.id == id)?;
        let (lat, lon) = wide.point?;
        Some(Ground {
            lat,
            lon,
            kind: match wide.iso2 {
                Some(_) => PlaceKind::State,
                None => PlaceKind::World,
            },
            country: wide.iso2.clone().unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_where_their_ids_say() {
        let gazetteer = Gazetteer::bundled().expect("what is built in loads");
        for (id, lat, lon, kind, country) in [
            ("geonames:627907", 52.4, 31.0, PlaceKind::Town, "BY"),
            ("Q184", 53.0, 28.0, PlaceKind::State, "BY"),
        ] {
            let ground = gazetteer.ground(id).expect(id);
            assert!(
                (ground.lat - lat).abs() < 1.5 && (ground.lon - lon).abs() < 1.5,
                "{ground:?}"
            );
            assert_eq!((ground.kind, ground.country.as_str()), (kind, country));
        }
        assert_eq!(gazetteer.ground("Q1"), None);
        assert_eq!(gazetteer.ground("geonames:x"), None);
    }
}
