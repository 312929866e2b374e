//! Reads the two files of places (their form is told in [`crate::pack`]); damage is an error or an absence, never a panic.

use std::{borrow::Cow, collections::HashMap, sync::OnceLock};

use fst::{
    Automaton, IntoStreamer, Streamer,
    automaton::{Levenshtein, Str},
};

use crate::{
    error::GazetteerError,
    file::Division,
    fold::{fold, slug},
    pack::{CAPITAL, DISTRICT, MAGIC, ROW, SCALE},
};

/// Bytes of the longest name that is looked for with letters amiss.
const LONGEST: usize = 100;

type Bytes = Cow<'static, [u8]>;

/// Populated places and first-order divisions.
pub(crate) struct Places {
    map: fst::Map<Bytes>,
    bin: Bytes,
    rows: std::ops::Range<usize>,
    strings: std::ops::Range<usize>,
    lists: std::ops::Range<usize>,
    pub(crate) areas: Vec<Area>,
    by_name: HashMap<String, Vec<usize>>,
    /// Ids of towns with their rows, in order; made when a place is first asked for by its id.
    by_number: OnceLock<Vec<(u32, usize)>>,
    /// Folded name and GeoNames id: names that count as main, and names that must not lead there.
    pub(crate) exonyms: Vec<(String, u32)>,
    pub(crate) apart: Vec<(String, u32)>,
}

/// A part of a state.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    pub(crate) id: String,
    pub(crate) geonames: Option<u32>,
    pub(crate) country: String,
    /// GeoNames code. `None`: not one first-order division.
    pub(crate) code: Option<String>,
    /// Empty: GeoNames has the division but no name for it is known here.
    pub(crate) name: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u32,
}

/// One populated place or second-order division, as read back.
#[derive(Clone, Debug)]
pub(crate) struct Town<'p> {
    pub(crate) geonames: u32,
    pub(crate) name: &'p str,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) population: u32,
    pub(crate) names: u8,
    pub(crate) capital: bool,
    /// Whether it is a second-order division; its GeoNames id is 0 where it is not known.
    pub(crate) district: bool,
    pub(crate) area: &'p Area,
    /// Whether it was asked for by its main name.
    pub(crate) main: bool,
}

/// Takes bytes from the front.
struct Cut<'b>(&'b [u8]);

impl<'b> Cut<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }
    fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }
    fn small(&mut self) -> Option<u32> {
        let bytes = self.take(3)?;
        Some(
            u32::from(*bytes.first()?)
                | u32::from(*bytes.get(1)?) << 8
                | u32::from(*bytes.get(2)?) << 16,
        )
    }
    fn degrees(&mut self) -> Option<f64> {
        // The sign bit of 24 moves to that of 32 and back.
        let degrees = f64::from((self.small()? << 8) as i32 >> 8) / SCALE;
        Some((degrees * 1e4).round() / 1e4)
    }
    fn string(&mut self) -> Option<&'b str> {
        let length = *self.take(1)?.first()?;
        std::str::from_utf8(self.take(usize::from(length))?).ok()
    }
    fn leb(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..63).step_by(7) {
            let byte = *self.take(1)?.first()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

impl Places {
    pub(crate) fn open(
        (fst_path, fst): (String, Bytes),
        (bin_path, bin): (String, Bytes),
        fst_digest: &[u8; 32],
        hand_written: Vec<Division>,
    ) -> Result<Self, GazetteerError> {
        let wrong = |path: &str, message: &str| GazetteerError::Places {
            path: path.to_owned(),
            message: message.to_owned(),
        };
        let map = fst::Map::new(fst).map_err(|_| wrong(&fst_path, "not a map of names"))?;
        let mut cut = Cut(&bin);
        if cut.take(8) != Some(MAGIC) {
            return Err(wrong(&bin_path, "not a file of places of this version"));
        }
        if cut.take(8) != fst_digest.get(..8) {
            return Err(wrong(&bin_path, "does not belong to places.fst beside it"));
        }
        let broken = || wrong(&bin_path, "damaged");
        let mut count = || cut.number().map(|n| n as usize).ok_or_else(broken);
        let (rows, divisions, strings, lists) = (count()?, count()?, count()?, count()?);
        let start = bin.len() - cut.0.len();
        let rows = start
            ..start
                .checked_add(rows.checked_mul(ROW).ok_or_else(broken)?)
                .ok_or_else(broken)?;
        cut.take(rows.len()).ok_or_else(broken)?;
        let mut areas = Vec::with_capacity(divisions.min(10_000));
        for _ in 0..divisions {
            areas.push(area(&mut cut).ok_or_else(broken)?);
        }
        let start = bin.len() - cut.0.len();
        let strings = start..start + strings;
        let lists = strings.end..strings.end + lists;
        if lists.end != bin.len() {
            return Err(broken());
        }
        let mut places = Self {
            map,
            rows,
            strings,
            lists,
            areas,
            by_name: HashMap::new(),
            by_number: OnceLock::new(),
            exonyms: Vec::new(),
            apart: Vec::new(),
            bin,
        };
        places.name_areas(hand_written);
        Ok(places)
    }

    /// Lays the divisions written by hand over those of GeoNames, and indexes all by name.
    fn name_areas(&mut self, hand_written: Vec<Division>) {
        for division in hand_written {
            let country = division.country.into_inner();
            let code = division.admin1.map(toml::Spanned::into_inner);
            let known = code.as_ref().and_then(|code| {
                self.areas
                    .iter()
                    .position(|area| area.country == country && area.code.as_ref() == Some(code))
            });
            let nth = known.unwrap_or_else(|| {
                self.areas.push(Area {
                    id: String::new(),
                    geonames: None,
                    country: country.clone(),
                    code,
                    name: String::new(),
                    lat: 0.0,
                    lon: 0.0,
                    // Such regions are named because they are well known.
                    population: 3_000_000,
                });
                self.areas.len() - 1
            });
            let Some(area) = self.areas.get_mut(nth) else {
                continue;
            };
            let geonames_name = std::mem::replace(&mut area.name, division.name.into_inner());
            area.id = division.id.into_inner();
            if let Some((lat, lon)) = division.point {
                (area.lat, area.lon) = (lat, lon);
            }
            let also = division.also.into_iter().map(toml::Spanned::into_inner);
            for name in also.chain([geonames_name]) {
                self.index(&name, nth);
            }
        }
        for nth in 0..self.areas.len() {
            let name = self
                .areas
                .get(nth)
                .map_or_else(String::new, |area| area.name.clone());
            self.index(&name, nth);
        }
    }

    fn index(&mut self, name: &str, nth: usize) {
        let folded = fold(name);
        if !folded.is_empty() {
            let areas = self.by_name.entry(folded).or_default();
            if !areas.contains(&nth) {
                areas.push(nth);
            }
        }
    }

    /// Divisions and regions of this folded name.
    pub(crate) fn areas(&self, folded: &str) -> impl Iterator<Item = &Area> {
        let areas = self.by_name.get(folded).into_iter().flatten();
        areas.filter_map(|&nth| self.areas.get(nth))
    }

    /// Name and state of the place or division with this id.
    pub(crate) fn by_id(&self, id: &str) -> Option<(&str, &str)> {
        if let Some(area) = self.area(id) {
            return Some((&area.name, &area.country));
        }
        let town = self.numbered(id)?;
        Some((town.name, &town.area.country))
    }

    /// The division or region with this id.
    pub(crate) fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    /// The populated place or district with this id.
    pub(crate) fn numbered(&self, id: &str) -> Option<Town<'_>> {
        let geonames: u32 = id.strip_prefix("geonames:")?.parse().ok()?;
        if geonames == 0 {
            return None;
        }
        let rows = self.rows.len() / ROW;
        let by_number = self.by_number.get_or_init(|| {
            let towns = (0..rows).filter_map(|row| Some((self.town(row, true)?.geonames, row)));
            let mut all: Vec<(u32, usize)> = towns.collect();
            all.sort_unstable();
            all
        });
        let at = by_number.partition_point(|(number, _)| *number < geonames);
        let (_, row) = by_number
            .get(at)
            .filter(|(number, _)| *number == geonames)?;
        self.town(*row, true)
    }

    /// Populated places of this folded name, most people first.
    pub(crate) fn towns(&self, folded: &str) -> Vec<Town<'_>> {
        let value = self.map.get(folded);
        value.map_or_else(Vec::new, |value| self.listed(folded, value))
    }

    /// Populated places whose folded name starts with the same letter and lies within `distance` letters, with that name and
    /// the distance. None for a name longer than any: the automaton grows with it.
    pub(crate) fn near(&self, folded: &str, distance: u32) -> Vec<(String, usize, Town<'_>)> {
        if folded.len() > LONGEST {
            return Vec::new();
        }
        let mut first = [0; 4];
        let (Some(letter), Ok(automaton)) =
            (folded.chars().next(), Levenshtein::new(folded, distance))
        else {
            return Vec::new();
        };
        let same_start = Str::new(letter.encode_utf8(&mut first)).starts_with();
        let mut stream = self
            .map
            .search(automaton.intersection(same_start))
            .into_stream();
        let mut out = Vec::new();
        while let Some((name, value)) = stream.next() {
            let Ok(name) = std::str::from_utf8(name) else {
                continue;
            };
            let apart = strsim::osa_distance(name, folded);
            out.extend(
                self.listed(name, value)
                    .into_iter()
                    .map(|town| (name.to_owned(), apart, town)),
            );
        }
        out
    }

    fn listed(&self, folded: &str, value: u64) -> Vec<Town<'_>> {
        let single = value & 1 == 1;
        let entries: Vec<u64> = if single {
            vec![value >> 1]
        } else {
            let lists = self.bin.get(self.lists.clone()).unwrap_or(&[]);
            let start = usize::try_from(value >> 1).unwrap_or(usize::MAX);
            let mut cut = Cut(lists.get(start..).unwrap_or(&[]));
            let count = cut.leb().unwrap_or(0);
            (0..count).map_while(|_| cut.leb()).collect()
        };
        let barred = |town: &Town<'_>| {
            self.apart
                .iter()
                .any(|(name, id)| *id == town.geonames && name == folded)
        };
        entries
            .into_iter()
            .filter_map(|entry| self.town(usize::try_from(entry >> 1).ok()?, entry & 1 == 1))
            .filter(|town| !barred(town))
            .map(|town| Town {
                main: town.main
                    || self
                        .exonyms
                        .iter()
                        .any(|(name, id)| *id == town.geonames && name == folded),
                ..town
            })
            .collect()
    }

    fn town(&self, row: usize, main: bool) -> Option<Town<'_>> {
        let rows = self.bin.get(self.rows.clone())?;
        let mut cut = Cut(rows.get(row.checked_mul(ROW)?..)?);
        let (geonames, lat, lon, population) =
            (cut.number()?, cut.degrees()?, cut.degrees()?, cut.number()?);
        let area = u16::from_le_bytes(cut.take(2)?.try_into().ok()?);
        let (names, flags) = (*cut.take(1)?.first()?, *cut.take(1)?.first()?);
        let name = cut.small()? as usize;
        let name = Cut(self.bin.get(self.strings.clone())?.get(name..)?).string()?;
        let area = self.areas.get(usize::from(area))?;
        Some(Town {
            geonames,
            name,
            lat,
            lon,
            population,
            names,
            capital: flags & CAPITAL != 0,
            district: flags & DISTRICT != 0,
            area,
            main,
        })
    }
}

fn area(cut: &mut Cut<'_>) -> Option<Area> {
    let (country, code, name) = (cut.string()?, cut.string()?, cut.string()?);
    let geonames = cut.number().filter(|id| *id != 0);
    Some(Area {
        id: match geonames {
            Some(geonames) => format!("geonames:{geonames}"),
            None => format!("sayso:{}-{}", country.to_ascii_lowercase(), slug(name)),
        },
        geonames,
        country: country.to_owned(),
        code: Some(code.to_owned()),
        name: name.to_owned(),
        lat: cut.degrees()?,
        lon: cut.degrees()?,
        population: cut.number()?,
    })
}
