//! Where things are made, built, repaired or damaged: findings by their facility, or by their place where none is named.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sayso_codebook::Codebook;
use sayso_gazetteer::{Gazetteer, Ground};
use smol_str::SmolStr;

use crate::shelf::{Day, Shelf, Terms};

/// Kinds that say of a place that something is or was there.
const KINDS: &[&str] = &["production", "facility-damage"];

/// A key and what it is called.
pub type Thing = (SmolStr, String);

/// A facility, or a place where no facility is named.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Site {
    pub key: SmolStr,
    pub name: String,
    /// Whether it is a facility; else all that is known is the place.
    pub is_facility: bool,
    /// The place it lies in, itself where it is one. `None`: not said.
    pub place: Option<Thing>,
    /// Where that is. `None`: the gazetteer does not have it.
    pub ground: Option<Ground>,
    pub products: BTreeSet<Thing>,
    pub producers: BTreeSet<Thing>,
    pub partners: BTreeSet<Thing>,
    /// The highest step on the ladder of production.
    pub status: Option<usize>,
    /// Findings that it was damaged.
    pub damaged: usize,
    /// Most established origins behind one finding of it.
    pub established: u32,
    pub disputed: bool,
    pub last_seen: Day,
    /// Places of its rows on the shelf, most origins first.
    pub rows: Vec<u32>,
}

/// All sites, most findings first, then by name and key.
#[derive(Debug, Default)]
pub struct Register {
    /// The sites.
    pub sites: Vec<Site>,
    /// The ladder of production, first step first.
    pub ladder: Vec<String>,
}

impl Register {
    /// Of all findings on the shelf.
    pub fn of(shelf: &Shelf, terms: &Terms, gazetteer: &Gazetteer, codebook: &Codebook) -> Self {
        let ladder = codebook
            .kind("production")
            .map(|kind| kind.ladder.clone())
            .unwrap_or_default();
        let mut sites: BTreeMap<SmolStr, Site> = BTreeMap::new();
        let mut grounds: HashMap<SmolStr, Option<Ground>> = HashMap::new();
        for (at, row) in shelf.rows.iter().enumerate() {
            if !KINDS.contains(&row.kind.as_str()) {
                continue;
            }
            let of: Vec<(&str, Thing)> = (terms.of(at))
                .map(|(role, key, name)| (role, (key.clone(), name.to_owned())))
                .collect();
            let with = |role: &str| {
                of.iter()
                    .filter(|(it, _)| *it == role)
                    .map(|(_, thing)| thing.clone())
                    .collect::<Vec<Thing>>()
            };
            let (facilities, places) = (with("facility"), with("place"));
            let is_facility = !facilities.is_empty();
            for (key, name) in if is_facility { &facilities } else { &places } {
                let site = sites.entry(key.clone()).or_insert_with(|| {
                    let place = match is_facility {
                        true => places.first().cloned().or_else(|| {
                            // A listed plant lies in a town whether or not the report says so.
                            let above = gazetteer.above(key, name, None);
                            above
                                .into_iter()
                                .next()
                                .map(|(key, name)| (SmolStr::from(key), name))
                        }),
                        false => Some((key.clone(), name.clone())),
                    };
                    // A zone without a point of its own lies where its town lies.
                    let ground = place.as_ref().and_then(|(key, name)| {
                        let find = || {
                            let above = || gazetteer.above(key, name, None);
                            let wider =
                                || above().iter().find_map(|(key, _)| gazetteer.ground(key));
                            gazetteer.ground(key).or_else(wider)
                        };
                        (grounds.entry(key.clone()).or_insert_with(find)).clone()
                    });
                    Site {
                        key: key.clone(),
                        name: name.clone(),
                        is_facility,
                        place,
                        ground,
                        products: BTreeSet::new(),
                        producers: BTreeSet::new(),
                        partners: BTreeSet::new(),
                        status: None,
                        damaged: 0,
                        established: 0,
                        disputed: false,
                        last_seen: 0,
                        rows: Vec::new(),
                    }
                });
                site.products.extend(with("product"));
                site.producers.extend(with("producer"));
                site.partners.extend(with("partner"));
                if row.kind == "production" {
                    let step = row
                        .status
                        .as_ref()
                        .and_then(|status| ladder.iter().position(|it| it == status));
                    site.status = site.status.max(step);
                } else {
                    site.damaged += 1;
                }
                site.established = site.established.max(row.established);
                site.disputed |= row.denied + row.doubted > 0;
                site.last_seen = site.last_seen.max(row.last_seen);
                site.rows.push(u32::try_from(at).unwrap_or(u32::MAX));
            }
        }
        let mut sites: Vec<Site> = sites.into_values().collect();
        sites.sort_by(|a, b| (b.rows.len(), &a.name, &a.key).cmp(&(a.rows.len(), &b.name, &b.key)));
        Self { sites, ladder }
    }
}
