//! A claim in words: who, what, where, when, how sure, on whose say-so.

use sayso_corroborate::propositions::Proposition;
use sayso_records::{
    Attribution, Certainty, Claim, ClaimId, EntityType, Evidence, Filler, Granularity, PlaceRef,
    Polarity, Precision, ReportId, Span, TimeRef,
};
use smol_str::SmolStr;

use sayso_records::text::clean;

/// What a piece of text is, and so how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    Plain,
    /// Names, and the words of a sentence that fill a field.
    Strong,
    /// What can be skipped.
    Quiet,
    /// A kind.
    Kind,
    /// Flatly said.
    Sure,
    /// Hedged, or hearsay.
    Unsure,
    /// Doubted or denied.
    Against,
}

/// Roles whose fillers act; the order is that of the reader's eye. Roles not listed here or below are shown with their name,
/// so that a kind added to the codebook shows without a change.
const ACTS: &[&str] = &[
    "supplier", "producer", "payer", "imposer", "actor", "user", "holder", "party", "subject",
];
/// Roles at which something arrives.
const RECEIVES: &[&str] = &["recipient", "payee", "target", "against"];
/// Roles that say what it is about, shown without a name of their own.
const PLAIN: &[&str] = &["product", "item", "amount", "measure", "value", "attitude"];
/// Roles shown after a short word.
const WORDED: &[(&str, &str)] = &[
    ("exchange", "for"),
    ("route", "by way of"),
    ("facility", "at"),
    ("about", "about"),
    ("reason", "because of"),
    ("subject", "on"),
    ("capacity", "capacity"),
];

/// One paragraph of a cell.
pub type Part = (String, Tone);

/// The six cells of a claim.
#[derive(Debug, Default)]
pub struct Cells {
    /// Who acts, with or towards whom.
    pub who: Vec<Part>,
    /// Kind, status, things, amounts.
    pub what: Vec<Part>,
    /// Where.
    pub place: Vec<Part>,
    /// When.
    pub when: Vec<Part>,
    /// How sure the speaker was.
    pub sure: Vec<Part>,
    /// On whose say-so, outermost first.
    pub says: Vec<Part>,
}

impl Cells {
    /// Of a claim.
    pub fn of(claim: &Claim) -> Self {
        let mut cells = Self {
            who: vec![(who(claim), Tone::Strong)],
            ..Self::default()
        };
        cells.what.push((clean(&claim.kind), Tone::Kind));
        if let Some(status) = &claim.status {
            cells.what.push((clean(status), Tone::Plain));
        }
        cells.what.extend(what(claim));
        cells.place = (claim.place.iter())
            .map(|p| (place(p), Tone::Plain))
            .collect();
        cells.when = claim.time.iter().map(|t| (when(t), Tone::Plain)).collect();
        if claim.polarity == Polarity::Denied {
            cells.sure.push(("denied".into(), Tone::Against));
        }
        cells
            .sure
            .push((claim.certainty.as_str().into(), tone(claim.certainty)));
        cells.says = says(claim);
        cells
    }
}

/// What a finding states, in one line: `Iran: production of drone in Belarus`.
pub fn line(proposition: &Proposition) -> String {
    let claim = stated(proposition);
    let mut out = who(&claim);
    if !out.is_empty() {
        out += ": ";
    }
    out += &clean(&proposition.kind);
    let what: Vec<String> = what(&claim).into_iter().map(|(line, _)| line).collect();
    if !what.is_empty() {
        out += " · ";
        out += &what.join(" · ");
    }
    let places: Vec<String> = claim.place.iter().map(place).collect();
    if !places.is_empty() {
        out += " · in ";
        out += &places.join(" and ");
    }
    out
}

/// A claim that states `proposition` and nothing else.
fn stated(proposition: &Proposition) -> Claim {
    let nowhere = Span::new(0, 0);
    let mut roles: Vec<(SmolStr, Vec<Filler>)> = Vec::new();
    let mut places = Vec::new();
    for term in &proposition.terms {
        let name = term.is.name.clone();
        if term.role == "place" {
            places.push(PlaceRef {
                text: name.clone(),
                span: nowhere,
                within: term.within.iter().map(|named| named.name.clone()).collect(),
                name,
                entity: None,
                country: None,
                point: None,
                precision: Precision::Country,
            });
            continue;
        }
        let filler = Filler {
            text: String::new(),
            span: nowhere,
            name,
            entity: None,
            kind: term.kind,
            implied: false,
            claim: None,
        };
        match roles.iter_mut().find(|(role, _)| *role == term.role) {
            Some((_, fillers)) => fillers.push(filler),
            None => roles.push((term.role.clone(), vec![filler])),
        }
    }
    Claim {
        id: ClaimId(String::new()),
        report: ReportId(String::new()),
        kind: proposition.kind.clone(),
        roles,
        place: places,
        time: None,
        quantity: Vec::new(),
        status: None,
        polarity: Polarity::Affirmed,
        certainty: Certainty::Stated,
        sources: Vec::new(),
        evidence: Evidence {
            span: nowhere,
            quote: String::new(),
        },
        explanation: Vec::new(),
    }
}

fn tone(certainty: Certainty) -> Tone {
    match certainty {
        Certainty::Stated => Tone::Sure,
        Certainty::Doubted => Tone::Against,
        _ => Tone::Unsure,
    }
}

/// `Russia → Iran`, `Iran with Russia`, `Iran, Belarus, Russia`; empty when nobody is said.
fn who(claim: &Claim) -> String {
    let names = |roles: &[&str]| -> Vec<String> {
        (claim.roles.iter())
            .filter(|(role, _)| {
                roles.contains(&role.as_str()) && !(*role == "subject" && acted(claim))
            })
            .flat_map(|(role, fillers)| fillers.iter().map(move |filler| name(role, filler)))
            .collect()
    };
    let mut out = names(ACTS).join(", ");
    let with = names(&["partner"]);
    if !with.is_empty() {
        out = format!("{out} with {}", with.join(", "));
    }
    let to = names(RECEIVES);
    if !to.is_empty() {
        out = format!("{out} → {}", to.join(", "));
    }
    out.trim().to_owned()
}

/// Whether somebody acts other than by being the subject: then the subject is what it is about.
fn acted(claim: &Claim) -> bool {
    (claim.roles.iter()).any(|(role, _)| role != "subject" && ACTS.contains(&role.as_str()))
}

/// What it is about, one line a role, and how much of it.
fn what(claim: &Claim) -> Vec<Part> {
    let mut lines: Vec<Part> = Vec::new();
    for (role, fillers) in &claim.roles {
        let role = role.as_str();
        if fillers.is_empty() || role == "partner" || role == "place" || RECEIVES.contains(&role) {
            continue;
        }
        if ACTS.contains(&role) && (role != "subject" || !acted(claim)) {
            continue;
        }
        let names: Vec<String> = fillers.iter().map(|filler| name(role, filler)).collect();
        let names = names.join(", ");
        let line = match WORDED.iter().find(|(name, _)| *name == role) {
            Some((_, word)) => format!("{word} {names}"),
            None if PLAIN.contains(&role) => names,
            None => format!("{}: {names}", clean(role)),
        };
        lines.push((line, Tone::Strong));
    }
    for amount in claim.quantity.iter().map(|q| clean(&q.text)) {
        // Often a quantity is the words of a role with their number, or the other way round.
        let same = |line: &String| line.contains(&amount) || amount.contains(line.as_str());
        match lines.iter_mut().find(|(line, _)| same(line)) {
            Some((line, _)) if line.len() < amount.len() => *line = amount,
            Some(_) => {}
            None => lines.push((amount, Tone::Plain)),
        }
    }
    lines
}

/// What is known by what it is called, anything else by the words of the report; what is implied in brackets.
fn name(role: &str, filler: &Filler) -> String {
    // The words where there are any; `explain` follows the claim.
    if let Some(claim) = &filler.claim
        && (role == "about" || filler.text.is_empty())
    {
        return format!("claim {}", short(&claim.0));
    }
    let (text, name) = (clean(&filler.text), clean(&filler.name));
    let thing = matches!(
        filler.kind,
        EntityType::System | EntityType::Facility | EntityType::Other
    );
    // "the makers of the drones" rather than "maker"; but "Baykar" for "it".
    let start: String = name.chars().take(4).collect::<String>().to_lowercase();
    let described = filler.entity.is_none() && text.to_lowercase().contains(&start);
    let words = match (thing || described) && !text.is_empty() || name.is_empty() {
        true => ["the ", "The ", "a ", "A ", "an ", "An "]
            .iter()
            .find_map(|article| text.strip_prefix(article))
            .unwrap_or(&text),
        false => &name,
    };
    match filler.implied {
        true => format!("({words})"),
        false => words.to_owned(),
    }
}

/// The first eight characters: enough to ask for it.
pub fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// `Homiel, Belarus`: as the report spells it, with what lies around it.
pub fn place(place: &PlaceRef) -> String {
    let mut parts = vec![clean(&place.text)];
    parts.extend(place.within.iter().map(|wider| clean(wider)));
    if place.within.is_empty()
        && place.precision > sayso_records::Precision::Country
        && let Some(country) = &place.country
    {
        parts.push(clean(country));
    }
    parts.join(", ")
}

/// Days as the text gives them: `2022-05-03`, `2022-05`, `2022`, or a first and a last day; the words where they are vague.
pub fn when(time: &TimeRef) -> String {
    let words = clean(&time.text);
    let Some(days) = &time.interval else {
        return words;
    };
    let (Some(start), Some(end)) = (&days.start, &days.end) else {
        return words;
    };
    let cut = |length: usize| start.get(..length).map(str::to_owned);
    let short = match time.granularity {
        Granularity::Day if start == end => Some(start.clone()),
        Granularity::Month if start.get(..7) == end.get(..7) => cut(7),
        Granularity::Year if start.get(..4) == end.get(..4) => cut(4),
        Granularity::Vague => return words,
        _ => None,
    };
    short.unwrap_or_else(|| format!("{start} to {end}"))
}

/// Outermost first; `the report` where it speaks for itself, `unnamed` where hearsay names nobody.
pub fn says(claim: &Claim) -> Vec<Part> {
    if claim.sources.is_empty() {
        let nobody = claim.certainty == Certainty::Reported;
        let words = if nobody { "unnamed" } else { "the report" };
        return vec![(words.into(), Tone::Quiet)];
    }
    let one = |source: &Attribution| {
        if source.unnamed {
            // Somebody described, or only a word such as "reportedly" that stands for somebody.
            let described = source.kind != EntityType::Other && !source.text.is_empty();
            return match described {
                true => format!("{} (unnamed)", clean(&source.text)),
                false => "unnamed".to_owned(),
            };
        }
        clean(if source.name.is_empty() {
            &source.text
        } else {
            &source.name
        })
    };
    (claim.sources.iter().enumerate())
        .map(|(at, source)| {
            let arrow = if at > 0 { "→ " } else { "" };
            (format!("{arrow}{}", one(source)), Tone::Plain)
        })
        .collect()
}

/// A claim on one line: `transfer, delivered: Russia → Iran; cyber weapons; for drones · claimed · Ukraine`. What is plainly
/// stated by the report goes without saying.
pub fn one_line(claim: &Claim) -> String {
    let mut out = clean(&claim.kind);
    if let Some(status) = &claim.status {
        out += ", ";
        out += &clean(status);
    }
    let mut parts = vec![who(claim)];
    parts.extend(what(claim).into_iter().map(|(line, _)| line));
    parts.extend(claim.place.iter().map(|p| format!("in {}", place(p))));
    parts.extend(claim.time.iter().map(when));
    parts.retain(|part| !part.is_empty());
    out = format!("{out}: {}", parts.join("; "));
    let denied = claim.polarity == Polarity::Denied;
    if denied || claim.certainty != Certainty::Stated || !claim.sources.is_empty() {
        let denied = if denied { "denied, " } else { "" };
        let says: Vec<String> = says(claim).into_iter().map(|(name, _)| name).collect();
        out += &format!(
            " · {denied}{} · {}",
            claim.certainty.as_str(),
            says.join(" ")
        );
    }
    out
}
