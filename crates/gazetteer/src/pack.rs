//! Builds the two files of places: `places.fst` (folded name to a value) and `places.bin` (what the values mean).
//!
//! `places.bin`, little-endian: the magic, the first 8 bytes of the SHA-256 of `places.fst`, the counts of rows and divisions and
//! the lengths of names and postings (`u32` each), then rows ([`ROW`] bytes each, most people first), divisions, names, postings.
//! A value of the fst is `row << 2 | main << 1 | 1` for one place, or `offset << 1` of a posting list (a count, then `row << 1 |
//! main`, all as LEB128 numbers).

use std::collections::BTreeMap;

use sayso_records::Sha256;

use crate::fold::fold;

pub(crate) const MAGIC: &[u8; 8] = b"SAYSOPL1";
/// Bytes of one row: GeoNames id 4, latitude 3, longitude 3, population 4, division 2, names 1, capital 1, name offset 3.
pub(crate) const ROW: usize = 21;
/// A coordinate is stored as degrees times this, in 24 bits: about two metres.
pub(crate) const SCALE: f64 = 46_000.0;

/// One populated place, as GeoNames has it.
#[derive(Clone, Debug)]
pub struct PlaceRow {
    /// GeoNames id.
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
    /// People; 0 where none are given.
    pub population: u32,
    /// Whether it is the capital of its state.
    pub capital: bool,
}

/// Gathers places and writes the two files.
#[derive(Debug, Default)]
pub struct Builder {
    rows: Vec<PlaceRow>,
    divisions: BTreeMap<(String, String), String>,
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
}

impl Builder {
    /// Gives the first-order division `code` of `country` its name.
    pub fn division(&mut self, country: &str, code: &str, name: &str) {
        self.divisions
            .insert((country.to_owned(), code.to_owned()), name.to_owned());
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
        self.rows.sort_by(|a, b| {
            b.population
                .cmp(&a.population)
                .then(a.geonames.cmp(&b.geonames))
        });
        for row in &self.rows {
            self.divisions
                .entry((row.country.clone(), row.admin1.clone()))
                .or_default();
        }
        let keys: Vec<_> = self.divisions.keys().cloned().collect();
        let (mut rows, mut strings) = (Vec::new(), Vec::new());
        // A division's point is the middle of its towns' extent: nearer to the middle of the land than their mean.
        let mut extents = vec![Extent::default(); keys.len()];
        let mut postings: BTreeMap<String, BTreeMap<usize, bool>> = BTreeMap::new();
        for (nth, row) in self.rows.iter().enumerate() {
            let key = (row.country.clone(), row.admin1.clone());
            let division = keys
                .binary_search(&key)
                .map_err(|_| "a division is lost".to_owned())?;
            if let Some(extent) = extents.get_mut(division) {
                extent.hold(row);
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
            rows.push(u8::from(row.capital));
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
        for ((key, name), extent) in self.divisions.iter().zip(&extents) {
            named += usize::from(!name.is_empty());
            string(&mut divisions, &key.0)?;
            string(&mut divisions, &key.1)?;
            string(&mut divisions, name)?;
            let (lat, lon) = extent.middle();
            divisions.extend(degrees(lat));
            divisions.extend(degrees(lon));
            divisions.extend(
                u32::try_from(extent.people)
                    .unwrap_or(u32::MAX)
                    .to_le_bytes(),
            );
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
            places: self.rows.len(),
            names: postings.len(),
            divisions: named,
        })
    }
}

/// Where the towns of a division lie, and how many people live in them.
#[derive(Clone, Default)]
struct Extent {
    lat: Option<(f64, f64)>,
    lon: Option<(f64, f64)>,
    people: u64,
}

impl Extent {
    fn hold(&mut self, row: &PlaceRow) {
        let wider = |range: Option<(f64, f64)>, value: f64| {
            let (low, high) = range.unwrap_or((value, value));
            Some((low.min(value), high.max(value)))
        };
        self.lat = wider(self.lat, row.lat);
        self.lon = wider(self.lon, row.lon);
        self.people += u64::from(row.population);
    }

    fn middle(&self) -> (f64, f64) {
        let middle =
            |range: Option<(f64, f64)>| range.map_or(0.0, |(low, high)| (low + high) / 2.0);
        (middle(self.lat), middle(self.lon))
    }
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
