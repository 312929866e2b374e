//! What is asked: every page, with ids and filters as a reader who clicks about has them.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{Error, desk::Desk};

/// Questions of one page are taken from so many different ones.
const SAMPLE: usize = 200;

/// Each page with its questions.
pub(crate) fn all(desk: &Desk) -> Result<Vec<(&'static str, Vec<String>)>, Error> {
    let (mut findings, mut reports, mut keys) = (Vec::new(), Vec::new(), BTreeSet::new());
    // Findings with most origins are the largest, the last read of the newest; half of each.
    for sort in ["origins", "recent"] {
        let found = desk.json(&format!("/findings.json?limit={}&sort={sort}", SAMPLE / 2))?;
        for finding in list(&found["findings"]) {
            findings.push(format!("/finding/{}", text(&finding["id"])));
            reports.extend(
                list(&finding["reports"])
                    .last()
                    .map(|id| format!("/report/{}", text(id))),
            );
            let roles = finding["proposition"]["roles"].as_object();
            let things = roles
                .into_iter()
                .flat_map(|roles| roles.values())
                .flat_map(list);
            keys.extend(
                things
                    .filter_map(|thing| thing["entity"].as_str())
                    .map(str::to_owned),
            );
        }
    }
    reports.truncate(SAMPLE);
    let entities = keys
        .iter()
        .take(SAMPLE)
        .map(|key| format!("/entity/{}", encoded(key)));
    let names: Vec<&String> = keys.iter().take(20).collect();
    let about = |page: &str, field: &str| -> Vec<String> {
        let asked = |name: &&String| format!("{page}?{field}={}", encoded(name));
        names.iter().map(asked).collect()
    };
    let filters = [
        "",
        "?sort=recent",
        "?sort=disputed",
        "?disputed=1",
        "?origins=2",
        "?place=Belarus",
        "?source=Reuters",
    ];
    let kinds = [
        "production",
        "transfer",
        "agreement",
        "sanction",
        "attack",
        "deployment",
    ];
    let mut listed: Vec<String> = filters
        .iter()
        .map(|filter| format!("/findings{filter}"))
        .collect();
    listed.extend(kinds.iter().map(|kind| format!("/findings?kind={kind}")));
    listed.extend(about("/findings", "about"));
    let with = |page: &str, field: &str| [vec![page.to_owned()], about(page, field)].concat();
    let words = [
        "drone",
        "\"drone factories\"",
        "missile",
        "Belarus",
        "factory",
        "Iran Russia",
        "shells",
        "dron*",
    ];
    let searches = words
        .iter()
        .map(|word| format!("/search?q={}", encoded(word)));
    let periods = ["year", "month", "day"].map(|by| format!("/timeline?by={by}"));
    Ok(vec![
        ("today", vec!["/".to_owned()]),
        ("findings", listed),
        ("finding", findings),
        ("report", reports),
        ("entity", entities.collect()),
        (
            "entities",
            ["Iran", "Gomel", "Shahed", "Reuters", "no such"]
                .map(|name| format!("/entities?name={}", encoded(name)))
                .to_vec(),
        ),
        ("search", searches.collect()),
        ("facilities", with("/facilities", "producer")),
        ("transfers", with("/transfers", "supplier")),
        (
            "timeline",
            [with("/timeline", "about"), periods.to_vec()].concat(),
        ),
        ("sources", vec!["/sources".to_owned()]),
        ("review", vec!["/review".to_owned()]),
        ("history", vec!["/history".to_owned()]),
        ("watch", vec!["/watch".to_owned()]),
        ("export", with("/export", "about")),
        ("audit", vec!["/audit".to_owned()]),
        ("help", vec!["/help".to_owned()]),
        (
            "openapi",
            vec!["/openapi".to_owned(), "/openapi.json".to_owned()],
        ),
    ])
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or("")
}

fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:~".contains(&byte);
    let letters = text.bytes().map(|byte| match plain(byte) {
        true => char::from(byte).to_string(),
        false => format!("%{byte:02X}"),
    });
    letters.collect()
}
