//! A CSV in the order of the columns of SIPRI's trade registers, for transfers; our own columns at the end. Only what reports say: a number that is
//! nowhere given stays empty.

use std::io::Write;

use sayso_corroborate::findings::{Finding, TIME};
use sayso_records::{EntityType, text::clean};

use super::{Writer, reports, standing};
use crate::{Look, Trouble, rows::guard};

const HEAD: &[&str] = &[
    "Supplier",
    "Recipient",
    "Number ordered",
    "Weapon designation",
    "Weapon description",
    "Year of order",
    "Year(s) of delivery",
    "Number delivered",
    "Status",
    "Comments",
    "Origins established",
    "Origins unknown",
    "Credibility",
    "Denied",
    "Doubted",
    "Finding",
    "Sources",
];

pub(super) struct Sipri<'o> {
    out: csv::Writer<&'o mut (dyn Write + Send)>,
}

fn wrong(error: csv::Error) -> Trouble {
    Trouble::Output(std::io::Error::other(error.to_string()))
}

impl<'o> Sipri<'o> {
    pub(super) fn new(out: &'o mut (dyn Write + Send)) -> Result<Self, Trouble> {
        let mut out = csv::Writer::from_writer(out);
        out.write_record(HEAD).map_err(wrong)?;
        Ok(Self { out })
    }
}

impl Writer for Sipri<'_> {
    fn finding(&mut self, look: &Look<'_>, finding: &Finding) -> Result<(), Trouble> {
        if finding.proposition.kind != "transfer" {
            return Ok(());
        }
        let names = |role: &str| -> String {
            let names: Vec<String> = finding
                .proposition
                .role(role)
                .map(|term| term.is.name.clone())
                .collect();
            names.join("; ")
        };
        let systems = finding
            .proposition
            .role("item")
            .filter(|term| !term.is.key.starts_with("item:") && term.kind == EntityType::System);
        let designation: Vec<&str> = systems.map(|term| term.is.name.as_str()).collect();
        let sorts =
            finding
                .proposition
                .role("item")
                .map(|term| match term.is.key.starts_with("item:") {
                    true => term.is.name.as_str(),
                    false => term.within.first().map_or("", |named| named.name.as_str()),
                });
        let sorts: Vec<&str> = sorts.filter(|name| !name.is_empty()).collect();
        let status = finding
            .status
            .as_ref()
            .map_or("", |(_, high)| high.as_str());
        let low = finding.status.as_ref().map_or("", |(low, _)| low.as_str());
        let (ordered, delivered) = (
            matches!(
                low,
                "requested" | "offered" | "negotiating" | "agreed" | "ordered"
            ),
            matches!(status, "in-transit" | "ongoing" | "delivered" | "returned"),
        );
        let number = (finding.values.iter())
            .filter(|value| value.unit != TIME && value.weight > 0.0)
            .max_by(|a, b| a.weight.total_cmp(&b.weight))
            .map_or_else(String::new, |value| value.text.clone());
        let year = |day: &String| day.get(..4).unwrap_or("").to_owned();
        let days = finding.days.as_ref();
        let years = days.map_or_else(String::new, |(first, last)| {
            match year(first) == year(last) {
                true => year(first),
                false => format!("{}-{}", year(first), year(last)),
            }
        });
        let sources: Vec<String> = (reports(look, finding)?.into_iter())
            .take(8)
            .map(|head| {
                let who = head.publisher.unwrap_or_else(|| "nobody named".to_owned());
                let day = head
                    .published
                    .and_then(|at| at.get(..10).map(str::to_owned))
                    .unwrap_or_default();
                format!("{who} {day} {}", head.url.unwrap_or_default())
                    .trim()
                    .to_owned()
            })
            .collect();
        let cells = [
            names("supplier"),
            names("recipient"),
            if ordered && !delivered {
                number.clone()
            } else {
                String::new()
            },
            designation.join("; "),
            sorts.join("; "),
            if ordered && !delivered {
                years.clone()
            } else {
                String::new()
            },
            if delivered { years } else { String::new() },
            if delivered { number } else { String::new() },
            status.to_owned(),
            standing(finding),
            finding.established.to_string(),
            finding.unknown.to_string(),
            finding.credibility.grade.to_string(),
            finding.stances.denied.to_string(),
            finding.stances.doubted.to_string(),
            finding.id.clone(),
            sources.join("; "),
        ];
        self.out
            .write_record(cells.iter().map(|cell| guard(&clean(cell))))
            .map_err(wrong)
    }

    fn end(&mut self) -> Result<(), Trouble> {
        Ok(self.out.flush()?)
    }
}
