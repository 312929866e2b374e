//! GeoJSON (RFC 7946): a finding with a place is a feature. A town is a point; of anything wider no point is meant, so that it has no geometry and its
//! middle stands among the properties.

use std::io::Write;

use sayso_corroborate::findings::Finding;
use sayso_gazetteer::PlaceKind;
use serde_json::json;

use super::{Writer, standing};
use crate::{Look, Trouble, contract, words};

pub(super) struct Geojson<'o> {
    out: &'o mut (dyn Write + Send),
    first: bool,
}

impl<'o> Geojson<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Result<Self, Trouble> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[\n")?;
        Ok(Self { out, first: true })
    }
}

impl Writer for Geojson<'_> {
    fn finding(&mut self, look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        for term in finding.proposition.role("place") {
            let ground = look.desk.gazetteer.ground(&term.is.key);
            let exact = ground.as_ref().filter(|it| it.kind == PlaceKind::Town);
            let vague = ground.as_ref().filter(|it| it.kind != PlaceKind::Town);
            let feature = json!({
                "type": "Feature",
                "geometry": exact.map(|it| json!({"type": "Point", "coordinates": [it.lon, it.lat]})),
                "properties": {
                    "finding": finding.id,
                    "kind": finding.proposition.kind,
                    "says": words::line(&finding.proposition),
                    "place": term.is.name,
                    "place_id": term.is.key,
                    "precision": ground.as_ref().map(|it| crate::pages::precision(it.kind)),
                    "country": ground.as_ref().map(|it| it.country.clone()),
                    "middle": vague.map(|it| [it.lon, it.lat]),
                    "status": finding.status.as_ref().map(|(_, high)| high.to_string()),
                    "origins_established": finding.established,
                    "origins_unknown": finding.unknown,
                    "denied": finding.stances.denied,
                    "doubted": finding.stances.doubted,
                    "credibility": finding.credibility.grade,
                    "stands": standing(finding),
                    "first_seen": finding.seen.as_ref().map(|(first, _)| first),
                    "last_seen": finding.seen.as_ref().map(|(_, last)| last),
                }
            });
            if !self.first {
                self.out.write_all(b",\n")?;
            }
            self.first = false;
            self.out
                .write_all(contract::safe(&feature)?.trim_end().as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Trouble> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}
