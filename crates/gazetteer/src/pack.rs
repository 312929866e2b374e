//! Builds the two files of places: `places.fst` (folded name to a value) and `places.bin` (what the values mean).
//!
//! `places.bin`, little-endian: the magic, the first 8 bytes of the SHA-256 of `places.fst`, the counts of rows and divisions and
//! the lengths of names and postings (`u32` each), then rows ([`ROW`] bytes each, most people first), divisions, names, postings. A row is
//! a town or a second-order division.
//! A value of the fst is `row << 2 | main << 1 | 1` for one place, or `offset << 1` of a posting list (a count, then `row << 1 |
//! main`, all as LEB128 numbers).

use std::collections::BTreeMap;

use sayso_records::Sha256;

use crate::{fold::fold, middle::middle, placing::kilometres, wider::bare};

pub(crate) const MAGIC: &[u8; 8] = b"SAYSOPL3";
/// Bytes of one row: GeoNames id 4, latitude 3, longitude 3, population 4, division 2, names 1, flags 1, name offset 3.
pub(crate) const ROW: usize = 21;
/// Flags of a row.
pub(crate) const CAPITAL: u8 = 1;
pub(crate) const DISTRICT: u8 = 2;
/// A coordinate is stored as degrees times this, in 24 bits: about two metres.
pub(crate) const SCALE: f64 = 46_000.0;
/// How far the GeoNames point of a division may be from the middle of its towns.
const PROVINCE_KM: f64 = 1_000.0;
const DISTRICT_KM: f64 = 150.0;

/// One populated place, as GeoNames has it.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// GeoNames id; 0 where it is not known.
    pub geonames: u32,
    /// Main name.
    pub name: String,
    /// Other names by which it shall be found.
    pub alternates: Vec<String>,
    /// How many names GeoNames lists for it in all, a measure of how well known it is.
    pub names: usize,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// GeoNames code of its first-order division.
    pub admin1: String,
    /// GeoNames code of its second-order division; empty where it is not known.
    pub admin2: String,
    /// People; 0 where none are given.
    pub population: u32,
    /// Whether it is the capital of its state.
    pub capital: bool,
    /// Whether it is a second-order division and no populated place.
    pub district: bool,
}

/// Gathers places and writes the two files.
#[derive(Debug, Default)]
pub struct Builder {
    rows: Vec<PlaceRow>,
    divisions: BTreeMap<(String, String), String>,
    districts: BTreeMap<(String, String, String), String>,
    /// Divisions of GeoNames by whether they are of the second order, country and folded name: id and point.
    points: BTreeMap<(bool, String, String), Vec<Known>>,
}

/// The two files, and what is in them.
#[derive(Debug)]
pub struct Built {
    /// `places.fst`.
    pub fst: Vec<u8>,
    /// `places.bin`.
    pub bin: Vec<u8>,
    /// Places.
    pub places: usize,
    /// Distinct folded names.
    pub names: usize,
    /// First-order divisions with a name.
    pub divisions: usize,
    /// Second-order divisions.
    pub districts: usize,
}

/// A division of GeoNames: its id and point.
type Known = (u32, f64, f64);

impl Builder {
    /// Gives the first-order division `code` of `country` its name.
    pub fn division(&mut self, country: &str, code: &str, name: &str) {
        self.divisions
            .insert((country.to_owned(), code.to_owned()), name.to_owned());
    }

    /// Gives the second-order division `code` its name. One that has no town, or only the name of one of its towns, is left out.
    pub fn district(&mut self, country: &str, admin1: &str, code: &str, name: &str) {
        let key = (country.to_owned(), admin1.to_owned(), code.to_owned());
        self.districts.insert(key, name.to_owned());
    }

    /// Says that GeoNames has a division of this name, with its id and point (degrees north and east). Which one it is, of namesakes, is
    /// decided by how far it is from the towns.
    pub fn point(&mut self, second: bool, country: &str, name: &str, id: u32, at: (f64, f64)) {
        let key = (second, country.to_owned(), fold(name));
        let points = self.points.entry(key).or_default();
        points.push((id, at.0, at.1));
        points.sort_by_key(|(id, ..)| *id);
        points.dedup_by_key(|(id, ..)| *id);
    }

    /// The GeoNames division of this name nearest to the middle of its towns, as id and point. `None`: none is near.
    fn known(&self, second: bool, country: &str, name: &str, middle: (f64, f64)) -> Option<Known> {
        let key = (second, country.to_owned(), fold(name));
        let far = if second { DISTRICT_KM } else { PROVINCE_KM };
        let apart = |at: &Known| kilometres(middle, (at.1, at.2));
        let points = self.points.get(&key)?.iter().copied();
        points
            .filter(|at| apart(at) < far)
            .min_by(|a, b| apart(a).total_cmp(&apart(b)))
    }

    /// Adds a place.
    pub fn place(&mut self, row: PlaceRow) {
        self.rows.push(row);
    }

    /// The files: the same places give the same bytes, in whatever order they came.
    ///
    /// # Errors
    /// One sentence when there is more of something than the format can count, or the name map cannot be built.
    pub fn finish(mut self) -> Result<Built, String> {
        let places = self.rows.len();
        let districts = self.with_towns();
        let count = districts.len();
        self.rows.extend(districts);
        self.rows.sort_by(|a, b| {
            let key = |row: &PlaceRow| (row.geonames, row.country.clone(), row.admin2.clone());
            b.population
                .cmp(&a.population)
                .then_with(|| key(a).cmp(&key(b)))
        });
        for row in &self.rows {
            self.divisions
                .entry((row.country.clone(), row.admin1.clone()))
                .or_default();
        }
        let keys: Vec<_> = self.divisions.keys().cloned().collect();
        let (mut rows, mut strings) = (Vec::new(), Vec::new());
        let mut towns: Vec<Vec<(f64, f64, u32)>> = vec![Vec::new(); keys.len()];
        let mut postings: BTreeMap<String, BTreeMap<usize, bool>> = BTreeMap::new();
        for (nth, row) in self.rows.iter().enumerate() {
            let key = (row.country.clone(), row.admin1.clone());
            let division = keys
                .binary_search(&key)
                .map_err(|_| "a division is lost".to_owned())?;
            if let Some(towns) = towns.get_mut(division).filter(|_| !row.district) {
                towns.push((row.lat, row.lon, row.population));
            }
            rows.extend(row.geonames.to_le_bytes());
            rows.extend(degrees(row.lat));
            rows.extend(degrees(row.lon));
            rows.extend(row.population.to_le_bytes());
            rows.extend(
                u16::try_from(division)
                    .map_err(|_| "too many divisions")?
                    .to_le_bytes(),
            );
            rows.push(u8::try_from(row.names).unwrap_or(u8::MAX));
            let district = if row.district { DISTRICT } else { 0 };
            rows.push(district | if row.capital { CAPITAL } else { 0 });
            let offset = u32::try_from(strings.len())
                .map_err(|_| "too many names")?
                .to_le_bytes();
            if offset.last() != Some(&0) {
                return Err("the names are longer than 16 MB".to_owned());
            }
            rows.extend(offset.iter().take(3));
            string(&mut strings, &row.name)?;
            let main = std::iter::once((&row.name, true));
            for (name, main) in main.chain(row.alternates.iter().map(|name| (name, false))) {
                let folded = fold(name);
                if !folded.is_empty() {
                    *postings.entry(folded).or_default().entry(nth).or_default() |= main;
                }
            }
        }
        let mut divisions = Vec::new();
        let mut named = 0;
        for ((key, name), towns) in self.divisions.iter().zip(&towns) {
            named += usize::from(!name.is_empty());
            string(&mut divisions, &key.0)?;
            string(&mut divisions, &key.1)?;
            string(&mut divisions, name)?;
            let middle = middle(towns);
            let known = middle.and_then(|middle| self.known(false, &key.0, name, middle));
            let (lat, lon) = known
                .map(|(_, lat, lon)| (lat, lon))
                .or(middle)
                .unwrap_or((0.0, 0.0));
            divisions.extend(known.map_or(0, |(id, ..)| id).to_le_bytes());
            divisions.extend(degrees(lat));
            divisions.extend(degrees(lon));
            divisions.extend(people(towns).to_le_bytes());
        }
        let (mut lists, mut map) = (Vec::new(), fst::MapBuilder::memory());
        for (name, places) in &postings {
            let value = match places.iter().next() {
                Some((&row, &main)) if places.len() == 1 => {
                    (row as u64) << 2 | u64::from(main) << 1 | 1
                }
                _ => {
                    let offset = lists.len() as u64;
                    number(&mut lists, places.len() as u64);
                    for (&row, &main) in places {
                        number(&mut lists, (row as u64) << 1 | u64::from(main));
                    }
                    offset << 1
                }
            };
            map.insert(name, value).map_err(|error| error.to_string())?;
        }
        let fst = map.into_inner().map_err(|error| error.to_string())?;
        let mut bin = MAGIC.to_vec();
        bin.extend(Sha256::of(&fst).0.iter().take(8));
        for count in [self.rows.len(), keys.len(), strings.len(), lists.len()] {
            bin.extend(
                u32::try_from(count)
                    .map_err(|_| "too many places")?
                    .to_le_bytes(),
            );
        }
        for part in [&rows, &divisions, &strings, &lists] {
            bin.extend(part);
        }
        Ok(Built {
            fst,
            bin,
            places,
            names: postings.len(),
            divisions: named,
            districts: count,
        })
    }

    /// The second-order divisions that have towns and a name of their own, as rows: with their GeoNames id and point where
    /// those are known, else 0 and the middle of their towns; and the people of their towns.
    fn with_towns(&self) -> Vec<PlaceRow> {
        let mut towns: BTreeMap<_, Vec<&PlaceRow>> = BTreeMap::new();
        for row in &self.rows {
            let key = (row.country.clone(), row.admin1.clone(), row.admin2.clone());
            towns.entry(key).or_default().push(row);
        }
        let mut out = Vec::new();
        for (key, name) in &self.districts {
            let towns = towns.get(key).map_or(&[][..], Vec::as_slice);
            let folded = fold(name);
            // "Comuna Dobra" is the town of Dobra; "Pike County" is not the town of Pike.
            let (head, tail) = (
                folded.split_once(' ').map(|(_, rest)| rest),
                folded.rsplit_once(' ').map(|(rest, _)| rest),
            );
            let foreign = bare(&folded).is_none();
            let town = towns.iter().map(|town| fold(&town.name)).any(|town| {
                town == folded || foreign && [head, tail].contains(&Some(town.as_str()))
            });
            let points: Vec<_> = towns
                .iter()
                .map(|town| (town.lat, town.lon, town.population))
                .collect();
            let Some(middle) = middle(&points).filter(|_| !town && folded.len() > 2) else {
                continue;
            };
            let known = self.known(true, &key.0, name, middle);
            let (geonames, lat, lon) = known.unwrap_or((0, middle.0, middle.1));
            out.push(PlaceRow {
                geonames,
                name: name.clone(),
                alternates: Vec::new(),
                names: 1,
                lat,
                lon,
                country: key.0.clone(),
                admin1: key.1.clone(),
                admin2: key.2.clone(),
                population: people(&points),
                capital: false,
                district: true,
            });
        }
        out
    }
}

fn people(towns: &[(f64, f64, u32)]) -> u32 {
    let sum = towns
        .iter()
        .map(|(_, _, people)| u64::from(*people))
        .sum::<u64>();
    u32::try_from(sum).unwrap_or(u32::MAX)
}

fn degrees(value: f64) -> impl Iterator<Item = u8> {
    #[allow(clippy::cast_possible_truncation)]
    let scaled = (value.clamp(-180.0, 180.0) * SCALE).round() as i32;
    scaled.to_le_bytes().into_iter().take(3)
}

fn string(out: &mut Vec<u8>, text: &str) -> Result<(), String> {
    out.push(u8::try_from(text.len()).map_err(|_| format!("the name is too long: {text}"))?);
    out.extend(text.as_bytes());
    Ok(())
}

fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}
