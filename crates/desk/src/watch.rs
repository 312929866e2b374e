//! What happened to findings, as an Atom feed (RFC 4287): a new one, a new independent origin, a status that advanced, a first denial.
//!
//! Nothing is kept for it: each event is read off the finding as it stands, and dated by the report that caused it, so that the same ledger gives the
//! same feed.

use std::fmt::Write;

use sayso_corroborate::findings::Finding;
use sayso_records::text::clean;

use crate::{Look, Trouble, words::line};

/// Entries of one feed.
const MOST: usize = 100;

/// Something that happened to a finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// The day of the report that caused it.
    pub day: String,
    /// What: `new-finding`, `new-origin`, `status-advanced`, `first-denial`.
    pub what: &'static str,
    /// The finding.
    pub finding: String,
    /// What of: the origin, the status, who denies.
    pub subject: String,
    /// For a reader.
    pub title: String,
}

/// What happened to a finding, in the order of time. What is not dated happened at no time, and is left out.
pub fn events(look: &Look<'_>, finding: &Finding) -> Result<Vec<Event>, Trouble> {
    let says = line(&finding.proposition);
    let mut out = Vec::new();
    let event = |day: &str, what, subject: &str, title: String| Event {
        day: day.get(..10).unwrap_or(day).to_owned(),
        what,
        finding: finding.id.clone(),
        subject: clean(subject),
        title: clean(&title),
    };
    if let Some((first, _)) = &finding.seen {
        out.push(event(first, "new-finding", "", format!("New: {says}")));
    }
    let begins = |origin: &sayso_corroborate::findings::Origin| {
        let days = origin
            .tree
            .iter()
            .filter_map(|branch| branch.published.clone());
        days.min()
    };
    let mut origins: Vec<(String, &str)> = (finding.origins.iter())
        .filter(|origin| origin.established)
        .filter_map(|origin| Some((begins(origin)?, origin.name.as_str())))
        .collect();
    origins.sort();
    // The first one came with the finding.
    for (nth, (day, name)) in origins.iter().enumerate().skip(1) {
        out.push(event(
            day,
            "new-origin",
            name,
            format!("Origin {} of {says}: {name}", nth + 1),
        ));
    }
    let denials = finding
        .against
        .iter()
        .filter(|stance| stance.what == "denied");
    let mut first: Option<(String, &str)> = None;
    for stance in denials {
        for said in &stance.said {
            let day = look
                .ledger
                .head(&said.report.0)?
                .and_then(|head| head.published);
            if let Some(day) = day.filter(|day| first.as_ref().is_none_or(|(known, _)| day < known))
            {
                first = Some((day, &stance.who));
            }
        }
    }
    if let Some((day, who)) = first {
        out.push(event(
            &day,
            "first-denial",
            who,
            format!("Denied by {who}: {says}"),
        ));
    }
    out.extend(advanced(look, finding)?.into_iter().map(|(day, status)| {
        event(
            &day,
            "status-advanced",
            &status,
            format!("{status}: {says}"),
        )
    }));
    out.sort();
    Ok(out)
}

/// Claims of one finding looked at for its status.
const CLAIMS: usize = 60;

/// The days on which a higher step was reported than any before.
fn advanced(look: &Look<'_>, finding: &Finding) -> Result<Vec<(String, String)>, Trouble> {
    let Some(kind) = look.desk.codebook.kind(&finding.proposition.kind) else {
        return Ok(Vec::new());
    };
    let step = |status: &str| kind.ladder.iter().position(|it| *it == *status);
    let mut steps: Vec<(String, usize)> = Vec::new();
    // In the order of publication, as the finding has them.
    for id in finding.claims.iter().take(CLAIMS) {
        let sayso_ledger::Matched::One(stored) = look.ledger.claim(&id.0)? else {
            continue;
        };
        let step = stored.claim.status.as_deref().and_then(step);
        if let (Some(step), Some(day)) = (step, stored.report.published.clone()) {
            steps.push((day, step));
        }
    }
    steps.sort();
    let mut highest: Option<usize> = None;
    let mut out = Vec::new();
    for (day, step) in steps {
        match highest {
            Some(known) if step > known => out.push((day, kind.ladder[step].to_string())),
            Some(_) => continue,
            None => {}
        }
        highest = Some(step);
    }
    Ok(out)
}

fn escaped(text: &str) -> String {
    let text = clean(text);
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// The last events as a feed. `at`: the address it is fetched from, with host.
pub fn feed(title: &str, at: &str, host: &str, mut events: Vec<Event>) -> String {
    events.sort_by(|a, b| b.cmp(a));
    events.truncate(MOST);
    let updated = events
        .first()
        .map_or("1970-01-01", |event| event.day.as_str());
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n",
    );
    let _ = writeln!(
        out,
        "  <id>urn:sayso:watch:{}</id>\n  <title>{}</title>\n  <updated>{updated}T00:00:00Z</updated>\n  <link rel=\"self\" href=\"{}\"/>\n  <author><name>sayso</name></author>\n  <generator>sayso</generator>",
        escaped(&crate::frame::encoded(at)),
        escaped(title),
        escaped(&format!("http://{host}{at}")),
    );
    for event in events {
        let link = format!(
            "http://{host}{}",
            crate::frame::at("finding", &event.finding)
        );
        let _ = writeln!(
            out,
            "  <entry>\n    <id>urn:sayso:{}:{}:{}</id>\n    <title>{}</title>\n    <updated>{}T00:00:00Z</updated>\n    <link href=\"{}\"/>\n    <category term=\"{}\"/>\n    <summary>{}</summary>\n  </entry>",
            event.finding,
            event.what,
            escaped(&crate::frame::encoded(&event.subject)),
            escaped(&event.title),
            event.day,
            escaped(&link),
            event.what,
            escaped(&event.title),
        );
    }
    out += "</feed>\n";
    out
}
