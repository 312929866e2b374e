//! What a finding states, as a clause that a sentence can be made of.

use sayso_corroborate::findings::Finding;

/// What a finding states as a clause: `Iran makes drones in Belarus`. `plain` makes text of strangers harmless where it is written. `None`: of its kind
/// only the fields can be told.
pub fn clause(finding: &Finding, plain: fn(&str) -> String) -> Option<String> {
    let names = |role: &str| -> String {
        let names: Vec<String> = (finding.proposition.role(role))
            .map(|term| match term.is.key.starts_with("item:") {
                // A sort of thing: `drone` for drones.
                true => many(&plain(&term.is.name)),
                false => plain(&term.is.name),
            })
            .collect();
        names.join(" and ")
    };
    let status = finding
        .status
        .as_ref()
        .map_or("", |(_, high)| high.as_str());
    // Nothing is said to be further along than anybody reports.
    let to_come = matches!(
        status,
        "requested" | "offered" | "proposed" | "negotiating" | "agreed" | "ordered" | "planned"
    );
    let several = |role: &str| finding.proposition.role(role).count() > 1;
    let verb = |role: &str, one: &str, more: &str| {
        if several(role) {
            more.to_owned()
        } else {
            one.to_owned()
        }
    };
    let makes = match status {
        "under-construction" | "converting" => verb(
            "producer",
            "is building the means to make",
            "are building the means to make",
        ),
        "halted" | "destroyed" => "made".to_owned(),
        _ if to_come => verb("producer", "is to make", "are to make"),
        _ => verb("producer", "makes", "make"),
    };
    let supplies = match to_come {
        true => verb("supplier", "is to supply", "are to supply"),
        false => verb("supplier", "supplies", "supply"),
    };
    let or = |name: String, other: &str| {
        if name.is_empty() {
            other.to_owned()
        } else {
            name
        }
    };
    let with = |word: &str, name: String| {
        if name.is_empty() {
            String::new()
        } else {
            format!(" {word} {name}")
        }
    };
    let place = with("in", names("place"));
    Some(match finding.proposition.kind.as_str() {
        "production" => format!(
            "{} {makes} {}{}{}{place}",
            or(names("producer"), "somebody"),
            or(names("product"), "arms"),
            with("with", names("partner")),
            with("at", names("facility")),
        ),
        "transfer" => format!(
            "{} {supplies} {}{}{place}",
            or(names("supplier"), "somebody"),
            or(names("item"), "arms"),
            with("to", names("recipient"))
        ),
        "financing" => format!(
            "{} pays {}{place}",
            or(names("payer"), "somebody"),
            or(names("payee"), "somebody")
        ),
        "support" => format!(
            "{} supports {}{}{place}",
            or(names("supplier"), "somebody"),
            or(names("recipient"), "somebody"),
            with("with", names("subject"))
        ),
        "agreement" => format!(
            "{} have an agreement{}{place}",
            names("party"),
            with("on", names("subject"))
        ),
        "meeting" => format!(
            "{} meet{place}{}",
            names("party"),
            with("on", names("subject"))
        ),
        "sanction" => format!(
            "{} imposes sanctions{}",
            or(names("imposer"), "somebody"),
            with("on", names("target"))
        ),
        "facility-damage" => format!(
            "{} is damaged{}{place}",
            or(names("facility"), "a facility"),
            with("by", names("actor"))
        ),
        "use" => format!(
            "{} uses {}{}{place}",
            or(names("user"), "somebody"),
            or(names("item"), "arms"),
            with("against", names("against"))
        ),
        _ => return None,
    })
}

/// The plural of a sort of thing, as far as endings tell.
fn many(name: &str) -> String {
    match name.as_bytes() {
        [.., b's' | b'x'] => name.to_owned(),
        [.., before, b'y'] if !b"aeiou".contains(before) => {
            format!("{}ies", &name[..name.len() - 1])
        }
        _ if name.ends_with("ammunition")
            || name.ends_with("software")
            || name.ends_with("equipment")
            || name.ends_with("craft") =>
        {
            name.to_owned()
        }
        _ => format!("{name}s"),
    }
}
