//! Temperatures and the like of thirty cities by sixteen sites, some of which pass on another's figures (`truth-weather`). The truth is
//! what one of the services the sites take from said for the hour.

use std::{collections::BTreeMap, path::Path};

use super::{Set, compare};
use crate::{Error, Measured, Tools};

pub(crate) fn measure(_tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let mut truth = BTreeMap::new();
    for row in rows(&folder.join("ground_truth/weather_truth.csv"))? {
        if let [object, property, value, ..] = row.as_slice()
            && let Some(value) = figure(property, value)
        {
            truth.insert(format!("{object} {property}"), value);
        }
    }
    let mut files: Vec<_> = std::fs::read_dir(folder.join("claims"))
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    // A site is read several times within the hour; its last word counts.
    let mut last: BTreeMap<(String, String), String> = BTreeMap::new();
    for file in files {
        for row in rows(&file)? {
            if let [object, property, value, source, ..] = row.as_slice()
                && let Some(value) = figure(property, value)
            {
                last.insert((source.clone(), format!("{object} {property}")), value);
            }
        }
    }
    let said: Vec<[String; 3]> = last.into_iter().map(|((s, o), v)| [s, o, v]).collect();
    let mut out = Measured::default();
    compare(
        &mut out,
        "weather",
        &Set { said, truth },
        |a, b| a == b,
        like,
        false,
    )?;
    Ok(out)
}

fn rows(path: &Path) -> Result<Vec<Vec<String>>, Error> {
    let error = |e: csv::Error| format!("{}: {e}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_path(path)
        .map_err(error)?;
    let rows = reader
        .records()
        .map(|r| r.map(|r| r.iter().map(|f| f.trim().to_owned()).collect()));
    Ok(rows.collect::<Result<_, _>>().map_err(error)?)
}

/// A figure in one unit and to the digits that the truth has: whole degrees, percent and miles, hundredths of an inch of mercury.
fn figure(property: &str, value: &str) -> Option<String> {
    let number: f64 = value
        .trim_end_matches('%')
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())?;
    Some(match property {
        // Some sites give hectopascals.
        "Pressure" if number > 200.0 => format!("{:.2}", number * 0.029_53),
        "Pressure" => format!("{number:.2}"),
        "Visibility" => format!("{:.1}", number),
        _ => format!("{number:.0}"),
    })
}

/// Neighbouring figures lend each other weight: one step apart, half.
fn like(a: &str, b: &str) -> f64 {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => {
            let step = if a.contains('.') { 0.01 } else { 1.0 };
            1.0 / (1.0 + (x - y).abs() / step)
        }
        _ => 0.0,
    }
}
