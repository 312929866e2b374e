//! A dossier: what is reported of one entity, finding by finding.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
};

use sayso_corroborate::findings::Finding;

use sayso_desk::likely::Likely;

use super::{
    Screen, Tone, clean, columns,
    findings::{grade, short_finding},
    line,
    table::count,
    wrap,
};

/// Findings shown in a part unless there are few more.
const ROWS: usize = 12;
/// Others it is named with.
const OTHERS: usize = 12;

/// What each role is to the one who fills it: kind, role, title. What is not listed is shown by its kind and role.
const PARTS: &[(&str, &str, &str)] = &[
    ("production", "producer", "MAKES"),
    ("production", "partner", "HELPS MAKE"),
    ("production", "product", "MADE BY"),
    ("production", "facility", "MADE HERE"),
    ("production", "place", "PRODUCTION HERE"),
    ("transfer", "supplier", "SUPPLIES"),
    ("transfer", "recipient", "RECEIVES"),
    ("transfer", "item", "CHANGES HANDS"),
    ("support", "supplier", "SUPPORTS"),
    ("support", "recipient", "IS SUPPORTED"),
    ("financing", "payer", "PAYS"),
    ("financing", "payee", "IS PAID"),
    ("agreement", "party", "AGREEMENTS"),
    ("meeting", "party", "MEETINGS"),
    ("sanction", "imposer", "SANCTIONS OTHERS"),
    ("sanction", "target", "IS SANCTIONED"),
    ("facility-damage", "actor", "DAMAGES"),
    ("facility-damage", "facility", "IS DAMAGED"),
    ("facility-damage", "place", "DAMAGE HERE"),
    ("use", "user", "USES"),
    ("use", "item", "IS USED"),
];

/// An entity with its findings.
pub(crate) struct Dossier<'d> {
    /// Its keys, the one that stands for all first.
    pub(crate) keys: &'d [String],
    /// What it is called.
    pub(crate) name: &'d str,
    /// What it lies in, narrowest first.
    pub(crate) located_in: &'d [String],
    /// How reports write it, most frequent first.
    pub(crate) written: &'d [(String, usize)],
    /// Whether the gazetteer has it. Otherwise it is known by its name alone.
    pub(crate) listed: bool,
    /// Findings that name it, most origins first.
    pub(crate) findings: &'d [Finding],
    /// Names that compare as the same and that nobody joined with it, surest first.
    pub(crate) may_be: &'d [Likely],
}

pub(crate) fn show(out: &mut dyn Write, screen: Screen, dossier: &Dossier<'_>) -> io::Result<()> {
    text(out, screen, Tone::Strong, "", &clean(dossier.name))?;
    let keys: Vec<String> = dossier.keys.iter().map(|key| clean(key)).collect();
    let mut known = keys.join(" = ");
    if !dossier.listed {
        known += " · nobody listed it: it is known by its name alone";
    }
    text(out, screen, Tone::Quiet, "", &known)?;
    if !dossier.located_in.is_empty() {
        let wider: Vec<String> = dossier.located_in.iter().map(|name| clean(name)).collect();
        let wider = format!("located in {}", wider.join(", in "));
        text(out, screen, Tone::Plain, "", &wider)?;
    }
    let written: Vec<String> = dossier
        .written
        .iter()
        .map(|(words, n)| format!("{} ({n})", clean(words)))
        .collect();
    if !written.is_empty() {
        text(
            out,
            screen,
            Tone::Plain,
            "",
            &format!("written {}", written.join(", ")),
        )?;
    }
    let publishers: BTreeSet<&String> = dossier
        .findings
        .iter()
        .flat_map(|finding| &finding.publishers)
        .collect();
    text(
        out,
        screen,
        Tone::Plain,
        "",
        &format!(
            "{} by {}. That something is reported is no proof of it, nor of any wrongdoing.",
            count(dossier.findings.len(), "finding"),
            count(publishers.len(), "publisher")
        ),
    )?;

    let mut parts: BTreeMap<(usize, String, String), Vec<&Finding>> = BTreeMap::new();
    let mut others: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for finding in dossier.findings {
        let is_it = |key: &str| dossier.keys.iter().any(|own| own == key);
        let kind = finding.proposition.kind.as_str();
        let roles: BTreeSet<&str> = finding
            .proposition
            .terms
            .iter()
            .filter(|term| is_it(&term.is.key))
            .map(|term| term.role.as_str())
            .collect();
        for role in roles {
            let at = PARTS
                .iter()
                .position(|(k, r, _)| *k == kind && *r == role)
                .unwrap_or(PARTS.len());
            parts
                .entry((at, kind.to_owned(), role.to_owned()))
                .or_default()
                .push(finding);
        }
        for term in &finding.proposition.terms {
            if !is_it(&term.is.key) {
                let other = others.entry(&term.is.key).or_insert((0, &term.is.name));
                other.0 += 1;
            }
        }
    }
    for ((at, kind, role), findings) in parts {
        let title = PARTS.get(at).map_or_else(
            || format!("{kind}, AS {role}").to_uppercase(),
            |(_, _, title)| (*title).to_owned(),
        );
        writeln!(out)?;
        text(out, screen, Tone::Kind, "", &clean(&title))?;
        for finding in findings.iter().take(ROWS) {
            let id = short_finding(&finding.id);
            let mut what = format!(
                "{} · {}",
                line(&finding.proposition),
                count(finding.established, "origin")
            );
            if finding.unknown > 0 {
                what += &format!(" (+{} unknown)", finding.unknown);
            }
            if finding.stances.denied + finding.stances.doubted > 0 {
                what += ", disputed";
            }
            what += &format!(" · {}", grade(&finding.credibility));
            text(out, screen, Tone::Plain, &format!("  {id}  "), &what)?;
        }
        if findings.len() > ROWS {
            text(
                out,
                screen,
                Tone::Quiet,
                "  ",
                &format!("and {} more: sayso findings --about", findings.len() - ROWS),
            )?;
        }
    }
    let mut others: Vec<(&str, usize)> = others.into_values().map(|(n, name)| (name, n)).collect();
    others.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    if !others.is_empty() {
        let named: Vec<String> = others
            .iter()
            .take(OTHERS)
            .map(|(name, n)| format!("{} ({n})", clean(name)))
            .collect();
        writeln!(out)?;
        text(out, screen, Tone::Kind, "", "NAMED WITH")?;
        text(out, screen, Tone::Plain, "  ", &named.join(", "))?;
    }
    may_be(out, screen, dossier)
}

/// Whom a person could join with it, or hold apart.
fn may_be(out: &mut dyn Write, screen: Screen, dossier: &Dossier<'_>) -> io::Result<()> {
    let Some(own) = dossier.keys.first().filter(|_| !dossier.may_be.is_empty()) else {
        return Ok(());
    };
    writeln!(out)?;
    text(out, screen, Tone::Kind, "", "MAY BE THE SAME")?;
    for it in dossier.may_be {
        let what = format!(
            "{} ({}), {}: {:.2}, {}",
            clean(&it.name),
            clean(it.key.as_str()),
            it.sort.as_str(),
            it.share,
            clean(&it.why)
        );
        text(out, screen, Tone::Plain, "  ", &what)?;
    }
    // Words of a name's key have nothing in them that a shell minds but spaces.
    let own = match own.contains(' ') {
        true => format!("'{own}'"),
        false => own.clone(),
    };
    let say =
        format!("to say which: sayso merge {own} ID --why ..., or sayso differ {own} ID --why ...");
    text(out, screen, Tone::Quiet, "  ", &clean(&say))
}

/// `words` after `lead`, further lines under its first.
pub(crate) fn text(
    out: &mut dyn Write,
    screen: Screen,
    tone: Tone,
    lead: &str,
    words: &str,
) -> io::Result<()> {
    let indent = columns(lead);
    let width = screen.width.clamp(40, 120).saturating_sub(indent);
    for (at, line) in wrap(words, width).into_iter().enumerate() {
        let line = screen.paint.tone(tone, words.get(line).unwrap_or(""));
        match at {
            0 => writeln!(out, "{lead}{line}")?,
            _ => writeln!(out, "{:indent$}{line}", "")?,
        }
    }
    Ok(())
}
