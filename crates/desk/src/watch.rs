//! What happened to findings, as an Atom feed (RFC 4287): a new one, a new independent origin, a status that advanced, a first denial.
//!
//! Nothing is kept for it: each event is read off the finding as it stands, and dated by the report that caused it, so that the same ledger gives the
//! same feed.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fmt::Write,
};

use sayso_corroborate::findings::Finding;
use sayso_ledger::FindingFilter;
use sayso_records::{ClaimId, text::clean};

use crate::{
    Look, Trouble,
    frame::Here,
    shelf::{Order, day_words},
    words::line,
};

/// Entries of one feed.
const MOST: usize = 100;
/// Denied findings looked at for one feed, those last read of: a denial may be later than all that is denied.
const DENIED: usize = 60;

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
    let begun = finding.seen.as_ref().map(|(first, _)| first.as_str());
    let mut origins: Vec<(String, &str)> = (finding.origins.iter())
        .filter(|origin| origin.established)
        .filter_map(|origin| Some((begins(origin)?, origin.name.as_str())))
        .collect();
    origins.sort();
    for (nth, (day, name)) in origins.iter().enumerate() {
        // The first one mostly comes with the finding.
        if nth == 0 && day.get(..10) == begun {
            continue;
        }
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
    // Two origins may have one name, and an entry has an id of its own.
    let mut seen = HashSet::new();
    out.retain(|event| seen.insert((event.what, event.subject.clone())));
    Ok(out)
}

/// What happened to the findings that pass, last first: the last hundred events.
///
/// # Errors
/// The ledger cannot be read.
pub fn happened(look: &Look<'_>, filter: &FindingFilter) -> Result<Vec<Event>, Trouble> {
    let shelf = &look.shelf;
    let row = |place: &u32| &shelf.rows[*place as usize];
    let mut places = shelf.passing(look.ledger, filter)?;
    let mut denied: Vec<u32> = (places.iter().copied())
        .filter(|place| row(place).denied > 0)
        .collect();
    shelf.sort(&mut denied, Order::Recent);
    denied.truncate(DENIED);
    places.sort_by_key(|place| (std::cmp::Reverse(row(place).last_seen), *place));
    let (mut all, mut seen): (BTreeSet<Event>, HashSet<u32>) = Default::default();
    for (place, is_denied) in
        (denied.iter().map(|place| (place, true))).chain(places.iter().map(|place| (place, false)))
    {
        // Nothing that is affirmed happened after the last report that affirms it; those that follow end sooner.
        let full = all.len() >= MOST
            && all
                .first()
                .is_some_and(|oldest| oldest.day >= day_words(row(place).last_seen));
        if full && !is_denied {
            break;
        }
        if !seen.insert(*place) {
            continue;
        }
        if let Some(finding) = look.finding_numbered(row(place).number)? {
            all.extend(events(look, &finding)?);
        }
        while all.len() > MOST {
            all.pop_first();
        }
    }
    Ok(all.into_iter().rev().collect())
}

/// Claims of one finding looked at for its status.
const CLAIMS: usize = 60;

/// The days on which a higher step was reported than any before.
fn advanced(look: &Look<'_>, finding: &Finding) -> Result<Vec<(String, String)>, Trouble> {
    if finding
        .status
        .as_ref()
        .is_none_or(|(low, high)| low == high)
    {
        return Ok(Vec::new());
    }
    let Some(kind) = look.desk.codebook.kind(&finding.proposition.kind) else {
        return Ok(Vec::new());
    };
    let step = |status: &str| kind.ladder.iter().position(|it| *it == *status);
    let mut days: HashMap<&ClaimId, &str> = HashMap::new();
    for branch in finding.origins.iter().flat_map(|origin| &origin.tree) {
        if let Some(day) = branch.published.as_deref() {
            days.extend(branch.claims.iter().map(|claim| (claim, day)));
        }
    }
    let mut steps: Vec<(String, usize)> = Vec::new();
    // In the order of publication, as the finding has them.
    for id in finding.claims.iter().take(CLAIMS) {
        let Some(day) = days.get(id) else {
            continue;
        };
        if let Some(step) = look.ledger.status_of(&id.0)?.as_deref().and_then(step) {
            steps.push(((*day).to_owned(), step));
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
    let mut out = String::new();
    // What XML has no place for, not even escaped, is left out.
    for c in clean(text)
        .chars()
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
    {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '>' => out += "&gt;",
            '"' => out += "&quot;",
            c => out.push(c),
        }
    }
    out
}

/// Events, last first, as a feed. `at`: the path it is fetched from, with its query.
pub fn feed(here: &Here, title: &str, at: &str, events: &[Event]) -> String {
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
        escaped(&here.whole(at)),
    );
    for event in events {
        let link = here.whole(&crate::frame::at("finding", &event.finding));
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

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn hostile_names_stay_text() {
        let name = "<a href=\"x\">&amp;\u{202e}\u{0}\u{ffff}\u{1b}[31m";
        assert_eq!(escaped(name), "&lt;a href=&quot;x&quot;&gt;&amp;amp;");
    }
}
