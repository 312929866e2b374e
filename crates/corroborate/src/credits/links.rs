//! Credits by link: a report that leads to another page has something from there.

use sayso_gazetteer::sources::Reader;
use sayso_records::Report;

use super::MOST;
use crate::{lineage::Credit, propositions::Named};

pub(super) fn links(report: &Report, reader: &Reader<'_>) -> Vec<Credit> {
    let own = report
        .url
        .as_deref()
        .and_then(|url| reader.sources().page(url));
    let mut out: Vec<Credit> = Vec::new();
    for link in &report.links {
        let Some(page) = reader.sources().page(&link.href) else {
            continue;
        };
        let known = out
            .iter()
            .any(|credit| credit.address.as_ref() == Some(&page));
        if known || Some(&page) == own.as_ref() {
            continue;
        }
        let outlet = reader.sources().publisher(None, Some(&link.href));
        let other = outlet.filter(|outlet| reader.publisher.is_none_or(|own| own.id != outlet.id));
        out.push(Credit {
            who: other.map(|outlet| Named {
                key: outlet.id.as_str().into(),
                name: outlet.name.clone(),
            }),
            cue: match link.text.is_empty() {
                true => page.clone(),
                false => link.text.clone(),
            },
            address: Some(page),
            how: "link".into(),
            span: None,
        });
        if out.len() == MOST {
            break;
        }
    }
    out
}
