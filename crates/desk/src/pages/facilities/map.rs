//! The map: a dot for a town, a ring for a province or state, which says no more than that it lies somewhere within.

use std::collections::BTreeMap;

use maud::{Markup, html};
use sayso_gazetteer::PlaceKind;
use serde_json::json;

use super::Row;
use crate::{
    frame::{at, counted, encoded},
    register::Site,
};

const WIDE: f64 = 960.0;
const HIGH: f64 = 500.0;
/// Places drawn: those of most findings.
const MOST: usize = 400;

/// A place with what is there.
pub(super) struct Mark {
    key: String,
    name: String,
    x: f64,
    y: f64,
    kind: PlaceKind,
    sites: usize,
    findings: usize,
    /// The first site of it that is on this page.
    shown: Option<String>,
}

/// d3's Natural Earth projection (Šavrič and others 2011, as in d3-geo), in which `islands/world.mjs` draws the outlines.
fn projected(lat: f64, lon: f64) -> (f64, f64) {
    let (x, y) = (lon.to_radians(), lat.to_radians());
    let (y2, y4) = (y * y, y * y * y * y);
    let across =
        x * (0.8707 - 0.131_979 * y2 + y4 * (-0.013_791 + y4 * (0.003_971 * y2 - 0.001_529 * y4)));
    let up =
        y * (1.007_226 + y2 * (0.015_085 + y4 * (-0.044_475 + 0.028_874 * y2 - 0.005_916 * y4)));
    (WIDE / 2.0 + 175.0 * across, HIGH / 2.0 - 175.0 * up)
}

/// The places of all sites that pass, and which of them are on this page.
pub(super) fn marks(all: &[&Site], shown: &[&Site]) -> Vec<Mark> {
    let mut marks: BTreeMap<&str, Mark> = BTreeMap::new();
    for site in all {
        let (Some((key, name)), Some(ground)) = (&site.place, &site.ground) else {
            continue;
        };
        let mark = marks.entry(key).or_insert_with(|| {
            let (x, y) = projected(ground.lat, ground.lon);
            Mark {
                key: key.to_string(),
                name: name.clone(),
                x,
                y,
                kind: ground.kind,
                sites: 0,
                findings: 0,
                shown: None,
            }
        });
        mark.sites += 1;
        mark.findings += site.rows.len();
        if mark.shown.is_none() && shown.iter().any(|other| other.key == site.key) {
            mark.shown = Some(site.key.to_string());
        }
    }
    let mut marks: Vec<Mark> = marks.into_values().collect();
    marks.sort_by(|a, b| (b.findings, &a.key).cmp(&(a.findings, &b.key)));
    marks.truncate(MOST);
    // What is vague lies under what is exact.
    marks.sort_by(|a, b| (a.kind, b.findings, &a.key).cmp(&(b.kind, a.findings, &b.key)));
    marks
}

/// The part of the world that is shown at first: all marks with room around them, and not nearer than a quarter of it.
fn view(marks: &[Mark]) -> (f64, f64, f64) {
    let ends = |get: fn(&Mark) -> f64| {
        let all = marks.iter().map(get);
        all.fold((f64::MAX, f64::MIN), |(low, high), at| {
            (low.min(at), high.max(at))
        })
    };
    let ((left, right), (top, bottom)) = (ends(|mark| mark.x), ends(|mark| mark.y));
    let across = ((right - left) * 1.5).max((bottom - top) * 1.8 * WIDE / HIGH);
    let across = across.clamp(WIDE / 4.0, WIDE);
    let high = across * HIGH / WIDE;
    let from = |middle: f64, span: f64, all: f64| (middle - span / 2.0).clamp(0.0, all - span);
    (
        from(f64::midpoint(left, right), across, WIDE),
        from(f64::midpoint(top, bottom), high, HIGH),
        across,
    )
}

pub(super) fn drawn(marks: &[Mark]) -> Markup {
    if marks.is_empty() {
        return html! { p.quiet { "No place of these is on the map." } };
    }
    let (left, top, across) = view(marks);
    // Marks keep their size on the screen.
    let scale = across / WIDE;
    #[allow(clippy::cast_precision_loss)]
    let size = |mark: &Mark| {
        let grown = (mark.findings as f64).sqrt().min(8.0);
        match mark.kind {
            PlaceKind::Town => 3.5 + grown,
            PlaceKind::Division => 9.0 + grown,
            PlaceKind::State => 15.0 + grown,
            PlaceKind::World => 24.0 + grown,
        }
    };
    let class = |mark: &Mark| match mark.kind {
        PlaceKind::Town => "spot",
        PlaceKind::Division => "spot vague",
        PlaceKind::State | PlaceKind::World => "spot vague wide",
    };
    let words = |mark: &Mark| {
        let vague = match mark.kind {
            PlaceKind::Town => "",
            PlaceKind::Division => " (somewhere in this division)",
            PlaceKind::State => " (somewhere in this state)",
            PlaceKind::World => " (somewhere in this region)",
        };
        format!(
            "{}{vague}: {}, {}",
            sayso_records::text::clean(&mark.name),
            counted(mark.sites, "site"),
            counted(mark.findings, "finding")
        )
    };
    let to = |mark: &Mark| match &mark.shown {
        Some(site) => format!("#site-{}", encoded(&encoded(site))),
        None => at("entity", &mark.key),
    };
    html! {
        figure.map data-island="map" {
            svg viewBox=(format!("{left:.1} {top:.1} {across:.1} {:.1}", across * HIGH / WIDE)) data-whole=(format!("0 0 {WIDE} {HIGH}")) role="group" aria-label="Map of the sites; the register below says the same" {
                image href="/assets/world.svg" width=(WIDE) height=(HIGH) {}
                @for mark in marks {
                    a href=(to(mark)) aria-label=(words(mark)) {
                        title { (words(mark)) }
                        circle class=(class(mark)) cx=(format!("{:.1}", mark.x)) cy=(format!("{:.1}", mark.y)) r=(format!("{:.1}", size(mark) * scale)) data-r=(format!("{:.1}", size(mark))) {}
                        @if mark.kind != PlaceKind::Town {
                            text.n x=(format!("{:.1}", mark.x)) y=(format!("{:.1}", mark.y)) font-size=(format!("{:.1}", 10.0 * scale)) data-r="10" text-anchor="middle" dominant-baseline="central" { (mark.sites) }
                        }
                    }
                }
            }
            figcaption.quiet { "● a town. ◌ only the province or state is known: it lies somewhere within, and the number says how many do. Outlines: Natural Earth." }
        }
    }
}

/// Sites as GeoJSON (RFC 7946). What is wider than a town has no geometry, as no point of it is meant; its middle stands among the properties.
pub(super) fn geojson(rows: &[Row]) -> String {
    let features: Vec<serde_json::Value> = (rows.iter())
        .map(|row| {
            let exact = row.precision.as_deref() == Some("town");
            let geometry = row
                .point
                .filter(|_| exact)
                .map(|(lat, lon)| json!({"type": "Point", "coordinates": [lon, lat]}));
            let middle = row
                .point
                .filter(|_| !exact)
                .map(|(lat, lon)| json!([lon, lat]));
            let names = |things: &[super::Named]| {
                things.iter().map(|it| it.name.clone()).collect::<Vec<_>>()
            };
            json!({
                "type": "Feature",
                "id": row.key,
                "geometry": geometry,
                "properties": {
                    "name": row.name,
                    "sort": row.sort,
                    "place": row.place.as_ref().map(|place| &place.name),
                    "country": row.country,
                    "precision": row.precision,
                    "middle": middle,
                    "products": names(&row.products),
                    "producers": names(&row.producers),
                    "partners": names(&row.partners),
                    "status": row.status,
                    "damaged": row.damaged,
                    "origins": row.origins,
                    "disputed": row.disputed,
                    "last_seen": row.last_seen,
                    "findings": row.findings,
                }
            })
        })
        .collect();
    crate::contract::safe(&json!({"type": "FeatureCollection", "features": features}))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::projected;

    #[test]
    fn the_projection_is_d3s() {
        // geoNaturalEarth1().scale(175).translate([480, 250]) of d3-geo 3.1.2.
        for ((lat, lon), (x, y)) in [
            ((0.0, 0.0), (480.0, 250.0)),
            ((52.43, 30.98), (551.1, 89.0)),
            ((-33.9, 151.2), (860.0, 354.7)),
        ] {
            let (px, py) = projected(lat, lon);
            assert!(
                (px - x).abs() < 0.1 && (py - y).abs() < 0.1,
                "{px} {py}, not {x} {y}"
            );
        }
    }
}
