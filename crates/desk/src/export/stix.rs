//! A STIX 2.1 bundle (OASIS). A finding is a `report` over the identities and locations it names, with its sources as external references; a
//! denial or doubt is an `opinion` on it, the reasons of its grade a `note`, two sides of a deal a `relationship`.

use std::{collections::HashSet, io::Write};

use sayso_corroborate::{findings::Finding, propositions::Term};
use sayso_records::{EntityType, text::clean};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{Writer, reports, standing};
use crate::{Look, Trouble, contract, words};

/// Under which names become ids: the UUIDv5 of the project's name under the DNS namespace.
const SPACE: Uuid = Uuid::from_u128(0x6c1d_52a9_33b1_5c5e_9c07_0f6e_54b0_7a11);
/// For what nobody dated.
const NO_DAY: &str = "1970-01-01";

/// Roles of two sides, and what one is to the other.
const SIDES: &[(&str, &str, &str)] = &[
    ("supplier", "recipient", "supplies"),
    ("payer", "payee", "pays"),
    ("producer", "partner", "produces-with"),
    ("imposer", "target", "sanctions"),
];

pub(super) struct Stix<'o> {
    out: &'o mut (dyn Write + Send),
    written: HashSet<String>,
}

fn id(sort: &str, name: &str) -> String {
    format!(
        "{sort}--{}",
        Uuid::new_v5(&SPACE, format!("{sort}:{name}").as_bytes())
    )
}

fn at(day: &str) -> String {
    format!("{}T00:00:00.000Z", day.get(..10).unwrap_or(NO_DAY))
}

/// Confidence by the grade of credibility, after the specification's scale for the Admiralty system. `None`: it cannot be judged.
fn confidence(grade: u8) -> Option<u8> {
    [90, 70, 50, 30, 10]
        .get(usize::from(grade).wrapping_sub(1))
        .copied()
}

impl<'o> Stix<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Result<Self, Trouble> {
        writeln!(
            out,
            "{{\"type\":\"bundle\",\"id\":\"{}\",\"objects\":[",
            id("bundle", "sayso")
        )?;
        let mut stix = Self {
            out,
            written: HashSet::new(),
        };
        stix.object("identity", &id("identity", "sayso"), NO_DAY, NO_DAY, json!({
            "name": "sayso",
            "description": "Read by program out of public reporting. It infers no wrongdoing; that something is reported is no proof of it.",
            "identity_class": "system",
        }))?;
        Ok(stix)
    }

    /// Writes an object, once.
    fn object(
        &mut self,
        sort: &str,
        id: &str,
        created: &str,
        modified: &str,
        more: Value,
    ) -> Result<(), Trouble> {
        if !self.written.insert(id.to_owned()) {
            return Ok(());
        }
        let mut object = Map::new();
        object.insert("type".to_owned(), sort.into());
        object.insert("spec_version".to_owned(), "2.1".into());
        object.insert("id".to_owned(), id.into());
        object.insert(
            "created_by_ref".to_owned(),
            self::id("identity", "sayso").into(),
        );
        object.insert("created".to_owned(), at(created).into());
        object.insert("modified".to_owned(), at(modified.max(created)).into());
        if let Value::Object(more) = more {
            object.extend(more.into_iter().filter(|(_, value)| {
                !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty())
            }));
        }
        if self.written.len() > 1 {
            self.out.write_all(b",\n")?;
        }
        self.out
            .write_all(contract::safe(&object)?.trim_end().as_bytes())?;
        Ok(())
    }

    /// Writes who or what fills a role. `None`: a sort of thing, for which the standard has no object; its name stands in the report's.
    fn thing(&mut self, look: &Look<'_>, term: &Term) -> Result<Option<String>, Trouble> {
        let key = term.is.key.as_str();
        let name = clean(&term.is.name);
        if name.is_empty() {
            return Ok(None);
        }
        let known = look.desk.gazetteer.by_id(key);
        let country = known.and_then(|known| known.country).map(str::to_owned);
        let references = match key.starts_with('Q') {
            true => json!([{"source_name": "Wikidata", "external_id": key}]),
            false => json!([]),
        };
        if term.role == "place" || term.kind == EntityType::Facility {
            let ground = look.desk.gazetteer.ground(key);
            let country = ground
                .as_ref()
                .map(|it| it.country.clone())
                .filter(|it| !it.is_empty())
                .or(country);
            let point = ground
                .as_ref()
                .filter(|it| it.kind == sayso_gazetteer::PlaceKind::Town);
            let id = id("location", key);
            // The standard wants a region, a state or a point: without any of them it is an identity.
            if country.is_some() || point.is_some() {
                self.object(
                    "location",
                    &id,
                    NO_DAY,
                    NO_DAY,
                    json!({
                        "name": name,
                        "country": country,
                        "latitude": point.map(|it| it.lat),
                        "longitude": point.map(|it| it.lon),
                        "external_references": references,
                    }),
                )?;
                return Ok(Some(id));
            }
        }
        let (class, sectors) = match term.kind {
            EntityType::State => ("organization", json!(["government-national"])),
            EntityType::Person => ("individual", json!([])),
            EntityType::Organisation => ("organization", json!([])),
            EntityType::Place | EntityType::Region | EntityType::Facility => {
                ("unspecified", json!([]))
            }
            EntityType::System | EntityType::Other => return Ok(None),
        };
        let id = id("identity", key);
        self.object(
            "identity",
            &id,
            NO_DAY,
            NO_DAY,
            json!({
                "name": name,
                "identity_class": class,
                "sectors": sectors,
                "external_references": references,
            }),
        )?;
        Ok(Some(id))
    }
}

impl Writer for Stix<'_> {
    fn finding(&mut self, look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        let (first, last) = finding
            .seen
            .clone()
            .unwrap_or_else(|| (NO_DAY.to_owned(), NO_DAY.to_owned()));
        let mut things: Vec<(String, String)> = Vec::new();
        for term in &finding.proposition.terms {
            if let Some(id) = self.thing(look, term)? {
                things.push((term.role.to_string(), id));
            }
        }
        let references: Vec<Value> = (reports(look, finding)?.into_iter())
            .map(|head| {
                let url = head.url.filter(|url| url.starts_with("http"));
                let day = head.published.and_then(|at| at.get(..10).map(str::to_owned)).unwrap_or_default();
                json!({
                    "source_name": clean(head.publisher.as_deref().unwrap_or("nobody named")),
                    "description": clean(format!("{} {day}", head.title.unwrap_or_default()).trim()),
                    "external_id": head.id.0,
                    "url": url,
                })
            })
            .map(|mut it| {
                if let Value::Object(map) = &mut it {
                    map.retain(|_, value| !value.is_null() && value.as_str() != Some(""));
                }
                it
            })
            .collect();
        let report = id("report", &finding.id);
        let mut refs: Vec<String> = things.iter().map(|(_, id)| id.clone()).collect();
        refs.sort();
        refs.dedup();
        if refs.is_empty() {
            refs.push(id("identity", "sayso"));
        }
        let confidence = confidence(finding.credibility.grade);
        let mut labels = vec![finding.proposition.kind.to_string()];
        labels.extend(finding.status.iter().map(|(_, high)| high.to_string()));
        self.object(
            "report",
            &report,
            &first,
            &last,
            json!({
                "name": words::line(&finding.proposition),
                "description": standing(finding),
                "report_types": ["sayso-finding"],
                "published": at(&first),
                "object_refs": refs,
                "labels": labels,
                "confidence": confidence,
                "external_references": references,
            }),
        )?;
        for (from, to, does) in SIDES {
            for (_, source) in things.iter().filter(|(role, _)| role == from) {
                for (_, target) in things
                    .iter()
                    .filter(|(role, id)| role == to && id != source)
                {
                    let link = id(
                        "relationship",
                        &format!("{}:{source}:{does}:{target}", finding.id),
                    );
                    self.object("relationship", &link, &first, &last, json!({
                        "relationship_type": does,
                        "source_ref": source,
                        "target_ref": target,
                        "description": format!("{}: {}", words::line(&finding.proposition), standing(finding)),
                        "confidence": confidence,
                    }))?;
                }
            }
        }
        let reasons: Vec<String> = finding
            .credibility
            .reasons
            .iter()
            .map(|it| clean(it))
            .collect();
        if !reasons.is_empty() {
            let note = id("note", &finding.id);
            self.object(
                "note",
                &note,
                &first,
                &last,
                json!({
                    "abstract": format!("Credibility {} (Admiralty)", finding.credibility.grade),
                    "content": reasons.join("\n"),
                    "object_refs": [report],
                }),
            )?;
        }
        for stance in &finding.against {
            let opinion = id(
                "opinion",
                &format!("{}:{}:{}", finding.id, stance.what, stance.who),
            );
            let quotes: Vec<String> = stance
                .said
                .iter()
                .take(5)
                .map(|said| clean(&said.quote))
                .collect();
            self.object("opinion", &opinion, &first, &last, json!({
                "opinion": if stance.what == "denied" { "strongly-disagree" } else { "disagree" },
                "explanation": format!("{} {} it: {}", clean(&stance.who), if stance.what == "denied" { "denies" } else { "doubts" }, quotes.join(" / ")),
                "authors": [clean(&stance.who)],
                "object_refs": [report],
            }))?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Trouble> {
        self.out.write_all(b"\n]}\n")?;
        Ok(self.out.flush()?)
    }
}
