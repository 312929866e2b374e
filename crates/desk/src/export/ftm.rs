//! FollowTheMoney (https://followthemoney.tech): entities as JSON lines. A finding is an `Event` with whom it involves, a report an `Article`, a
//! tie between two parties an `UnknownLink`, a sanction a `Sanction`.

use std::{collections::HashSet, io::Write};

use sayso_corroborate::{findings::Finding, propositions::Term};
use sayso_records::{EntityType, Sha256, text::clean};
use serde_json::{Map, Value, json};

use super::{Writer, line, reports, standing};
use crate::{Look, Trouble, words};

pub(super) struct Ftm<'o> {
    out: &'o mut (dyn Write + Send),
    written: HashSet<String>,
}

/// Roles of two sides, and what one is to the other.
const SIDES: &[(&str, &str, &str)] = &[
    ("supplier", "recipient", "supplies"),
    ("payer", "payee", "pays"),
    ("producer", "partner", "makes with"),
];

fn id(sort: &str, key: &str) -> String {
    Sha256::of(format!("{sort}:{key}").as_bytes()).to_string()[..40].to_owned()
}

impl<'o> Ftm<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Self {
        Self {
            out,
            written: HashSet::new(),
        }
    }

    /// Writes an entity, once; what has no value is left out.
    fn entity(
        &mut self,
        id: &str,
        schema: &str,
        properties: &[(&str, Vec<String>)],
    ) -> Result<(), Trouble> {
        if !self.written.insert(id.to_owned()) {
            return Ok(());
        }
        let mut of = Map::new();
        for (name, values) in properties {
            let values: Vec<Value> = (values.iter())
                .map(|value| clean(value))
                .filter(|value| !value.is_empty())
                .map(Value::from)
                .collect();
            if !values.is_empty() {
                of.insert((*name).to_owned(), values.into());
            }
        }
        Ok(line(
            self.out,
            &json!({"id": id, "schema": schema, "properties": of}),
        )?)
    }

    /// Writes who or what fills a role. `None`: a sort of thing, which is nobody.
    fn party(&mut self, look: &Look<'_>, term: &Term) -> Result<Option<String>, Trouble> {
        let schema = match term.kind {
            EntityType::State => "PublicBody",
            EntityType::Organisation => "Organization",
            EntityType::Person => "Person",
            EntityType::Facility => "Asset",
            _ => return Ok(None),
        };
        let key = term.is.key.as_str();
        let id = id("entity", key);
        let country = look
            .desk
            .gazetteer
            .by_id(key)
            .and_then(|known| known.country);
        let wikidata = key.starts_with('Q').then(|| key.to_owned());
        self.entity(
            &id,
            schema,
            &[
                ("name", vec![term.is.name.clone()]),
                (
                    "country",
                    country.map(str::to_lowercase).into_iter().collect(),
                ),
                ("wikidataId", wikidata.into_iter().collect()),
            ],
        )?;
        Ok(Some(id))
    }
}

impl Writer for Ftm<'_> {
    fn finding(&mut self, look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        let mut proof = Vec::new();
        let mut addresses = Vec::new();
        for head in reports(look, finding)? {
            let id = id("report", &head.id.0);
            let url = head.url.clone().filter(|url| url.starts_with("http"));
            addresses.extend(url.clone());
            self.entity(
                &id,
                "Article",
                &[
                    (
                        "title",
                        vec![
                            head.title
                                .clone()
                                .unwrap_or_else(|| format!("report {}", head.id.0)),
                        ],
                    ),
                    ("sourceUrl", url.into_iter().collect()),
                    ("publisher", head.publisher.into_iter().collect()),
                    (
                        "publishedAt",
                        head.published
                            .and_then(|at| at.get(..10).map(str::to_owned))
                            .into_iter()
                            .collect(),
                    ),
                    ("language", head.language.into_iter().collect()),
                    ("summary", vec![format!("report {}", head.id.0)]),
                ],
            )?;
            proof.push(id);
        }
        let terms = &finding.proposition.terms;
        let mut parties: Vec<(&str, String)> = Vec::new();
        for term in terms.iter().filter(|term| term.role != "place") {
            if let Some(id) = self.party(look, term)? {
                parties.push((term.role.as_str(), id));
            }
        }
        let places: Vec<String> = finding
            .proposition
            .role("place")
            .map(|term| term.is.name.clone())
            .collect();
        let countries = finding.proposition.role("place").filter_map(|term| {
            let known = look.desk.gazetteer.by_id(&term.is.key)?;
            known.country.map(str::to_lowercase)
        });
        let things = terms
            .iter()
            .filter(|term| matches!(term.kind, EntityType::System | EntityType::Other));
        let keywords: Vec<String> = things.map(|term| term.is.name.clone()).collect();
        let (start, end) = finding.days.clone().unzip();
        let status = finding
            .status
            .as_ref()
            .map(|(low, high)| match low == high {
                true => format!("status: {low}"),
                false => format!("status: {low} to {high}"),
            });
        let mut notes: Vec<String> = finding.credibility.reasons.clone();
        notes.extend(finding.erosion.iter().map(|it| {
            format!(
                "a copy changed: {}: {} -> {}",
                it.what.as_str(),
                it.before,
                it.after
            )
        }));
        let summary = standing(finding);
        let says = words::line(&finding.proposition);
        let event = id("finding", &finding.id);
        self.entity(
            &event,
            "Event",
            &[
                ("name", vec![says.clone()]),
                ("summary", vec![summary.clone()]),
                ("description", status.clone().into_iter().collect()),
                ("startDate", start.clone().into_iter().collect()),
                ("endDate", end.clone().into_iter().collect()),
                ("location", places),
                ("country", countries.collect()),
                (
                    "involved",
                    parties.iter().map(|(_, id)| id.clone()).collect(),
                ),
                ("keywords", keywords.clone()),
                ("notes", notes),
                ("proof", proof.clone()),
                ("sourceUrl", addresses.clone()),
                ("recordId", vec![finding.id.clone()]),
            ],
        )?;
        for (from, to, does) in SIDES {
            for (_, subject) in parties.iter().filter(|(role, _)| role == from) {
                for (_, object) in parties.iter().filter(|(role, _)| role == to) {
                    let link = id("link", &format!("{}:{subject}:{object}", finding.id));
                    self.entity(
                        &link,
                        "UnknownLink",
                        &[
                            ("subject", vec![subject.clone()]),
                            ("object", vec![object.clone()]),
                            (
                                "role",
                                vec![format!("{does} {}", keywords.join(", ")).trim().to_owned()],
                            ),
                            ("summary", vec![summary.clone()]),
                            ("description", status.clone().into_iter().collect()),
                            ("startDate", start.clone().into_iter().collect()),
                            ("endDate", end.clone().into_iter().collect()),
                            ("proof", proof.clone()),
                            ("sourceUrl", addresses.clone()),
                            ("recordId", vec![finding.id.clone()]),
                        ],
                    )?;
                }
            }
        }
        if finding.proposition.kind == "sanction" {
            let authority: Vec<String> = finding
                .proposition
                .role("imposer")
                .map(|term| term.is.name.clone())
                .collect();
            for (_, target) in parties.iter().filter(|(role, _)| *role == "target") {
                let sanction = id("sanction", &format!("{}:{target}", finding.id));
                self.entity(
                    &sanction,
                    "Sanction",
                    &[
                        ("entity", vec![target.clone()]),
                        ("authority", authority.clone()),
                        ("summary", vec![summary.clone()]),
                        (
                            "status",
                            finding
                                .status
                                .iter()
                                .map(|(_, high)| high.to_string())
                                .collect(),
                        ),
                        ("startDate", start.clone().into_iter().collect()),
                        ("proof", proof.clone()),
                        ("sourceUrl", addresses.clone()),
                        ("recordId", vec![finding.id.clone()]),
                    ],
                )?;
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Trouble> {
        Ok(self.out.flush()?)
    }
}
