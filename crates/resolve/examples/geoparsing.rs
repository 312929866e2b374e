//! How many gold place names does the gazetteer put within 161 km (100 miles) of where they are?
//!
//! Data: GeoVirus and TR-News of `geoparsing` (`SAYSO_DATA`, default `../shared/data`). Given are the gold names as strings and the other
//! names of the same document as hints; no text is read. A demonym counts as its state. Prints a line a set.
//! Run: `cargo run --release -p sayso-resolve --example geoparsing [-- --wrong]`; `--wrong` lists what went wrong.
#![allow(clippy::print_stdout)]

use std::{collections::BTreeSet, path::PathBuf};

use sayso_gazetteer::{Gazetteer, Hints, Known, Place, Placing, Via};
use sayso_records::EntityType;

struct Gold {
    name: String,
    at: (f64, f64),
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let data = std::env::var_os("SAYSO_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let wrong = std::env::args().any(|arg| arg == "--wrong");
    let gazetteer = Gazetteer::bundled()?;
    println!(
        "set          names  within-161-km  clear  right-of-clear  unknown  | no states: names  within-161-km  (gazetteer {})",
        gazetteer.version()
    );
    for (file, tag, name) in [
        ("GeoVirus.xml", "<location>", "name"),
        ("TR-News.xml", "<toponym>", "phrase"),
    ] {
        let text = std::fs::read_to_string(data.join("geoparsing").join(file))?;
        let (mut all, mut right, mut clear, mut clear_right, mut unknown) =
            (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
        let (mut finer, mut finer_right) = (0_u32, 0_u32);
        for article in text.split("<article").skip(1) {
            let golds: Vec<Gold> = article
                .split(tag)
                .skip(1)
                .filter_map(|part| gold(part, name))
                .collect();
            let names: BTreeSet<&str> = golds.iter().map(|gold| gold.name.as_str()).collect();
            for gold in &golds {
                all += 1;
                let (best, is_clear) = place(&gazetteer, &gold.name, &names);
                let near = best
                    .as_ref()
                    .is_some_and(|place| kilometres(gold.at, (place.lat, place.lon)) <= 161.0);
                right += u32::from(near);
                let finer_than_a_state =
                    state(&gazetteer, &gold.name).is_none() && !is_region(&gazetteer, &gold.name);
                finer += u32::from(finer_than_a_state);
                finer_right += u32::from(finer_than_a_state && near);
                unknown += u32::from(best.is_none());
                clear += u32::from(is_clear);
                clear_right += u32::from(is_clear && near);
                if wrong && !near {
                    let said = best.map(|place| {
                        format!(
                            "{} {} {:.1},{:.1} clear={is_clear}",
                            place.name, place.country, place.lat, place.lon
                        )
                    });
                    println!("{file}\t{}\t{:?}\t{said:?}", gold.name, gold.at);
                }
            }
        }
        let share = |part: u32, of: u32| f64::from(part) / f64::from(of.max(1));
        println!(
            "{file:12} {all:5}  {:13.3}  {:5.3}  {:14.3}  {:7.3}  |            {finer:5}  {:13.3}",
            share(right, all),
            share(clear, all),
            share(clear_right, clear),
            share(unknown, all),
            share(finer_right, finer)
        );
    }
    Ok(())
}

/// The best place for a name with the other names of its document as hints, and whether it is clear.
fn place(gazetteer: &Gazetteer, name: &str, names: &BTreeSet<&str>) -> (Option<Place>, bool) {
    let known = state(gazetteer, name);
    let asked = known.as_ref().map_or(name, |state| state.name.as_ref());
    let others: Vec<&str> = names
        .iter()
        .copied()
        .filter(|other| *other != name)
        .collect();
    let countries: Vec<&str> = others
        .iter()
        .filter_map(|other| state(gazetteer, other)?.country)
        .collect();
    let hints = Hints {
        within: &[],
        countries: &countries,
        near: &others,
    };
    match gazetteer.place(asked, &hints) {
        Placing::One(place) => (Some(place), true),
        Placing::Unsure(places) => (places.into_iter().next(), false),
        Placing::None => (None, false),
    }
}

/// The state that `name` names, by name or demonym; its point on a map is anyone's choice.
fn state<'g>(gazetteer: &'g Gazetteer, name: &str) -> Option<Known<'g>> {
    whole(gazetteer, name).filter(|known| known.kind == EntityType::State)
}

fn is_region(gazetteer: &Gazetteer, name: &str) -> bool {
    whole(gazetteer, name).is_some_and(|known| known.kind == EntityType::Region)
}

fn whole<'g>(gazetteer: &'g Gazetteer, name: &str) -> Option<Known<'g>> {
    let words: Vec<&str> = name.split(' ').collect();
    let found = gazetteer
        .longest(&words)
        .filter(|found| found.words == words.len())?;
    (found.via != Via::Capital).then_some(found.entity)
}

/// What stands between the first `<tag>` and `</tag>` of `part`.
fn element<'t>(part: &'t str, tag: &str) -> Option<&'t str> {
    let (_, rest) = part.split_once(&format!("<{tag}>"))?;
    Some(rest.split_once(&format!("</{tag}>"))?.0.trim())
}

fn gold(part: &str, name: &str) -> Option<Gold> {
    Some(Gold {
        name: element(part, name)?.replace("&amp;", "&"),
        at: (
            element(part, "lat")?.parse().ok()?,
            element(part, "lon")?.parse().ok()?,
        ),
    })
}

/// Great-circle distance of two points in degrees.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
