//! What each field of a data file must be.

use toml::Spanned;

use crate::{error::GazetteerError, file::File, fold::slug, loading::FORMAT};

type Text = Spanned<String>;

/// The plurals of a system's name: "Kalashnikovs", "NLAWs", "Mirage 2000s", "Lynxes", "Harpies". None of a name that ends in s.
pub(crate) fn plurals(name: &str) -> Vec<String> {
    let ending: Vec<char> = name.chars().rev().take(2).collect();
    let mut plurals = match *ending.as_slice() {
        ['s' | 'S', ..] | [] => return Vec::new(),
        ['x' | 'z', ..] | ['h', 's' | 'c'] => vec![format!("{name}es")],
        ['y', before] if !"aeiou".contains(before) => {
            vec![format!("{}ies", name.trim_end_matches('y'))]
        }
        _ => Vec::new(),
    };
    plurals.push(format!("{name}s"));
    plurals
}

pub(crate) const BODY_CLASSES: &[&str] = &[
    "government",
    "ministry",
    "agency",
    "intelligence",
    "armed-force",
    "militia",
    "alliance",
    "think-tank",
    "wire",
    "media",
    "company",
    "institute",
    "plant",
    "zone",
];
pub(crate) const SYSTEM_CLASSES: &[&str] = &[
    "drone",
    "aircraft",
    "helicopter",
    "missile",
    "artillery",
    "armour",
    "ship",
    "submarine",
    "air-defence",
    "ammunition",
    "radar",
    "engine",
    "small-arm",
    "electronic-warfare",
    "spacecraft",
    "vehicle",
    "munition",
];

pub(crate) fn already(file: &File<'_>, name: &Text, other: &str) -> GazetteerError {
    let message = format!(
        "\"{}\" already names {other}; one name, one thing",
        name.get_ref()
    );
    file.mistake(name.span().start, message)
}

pub(crate) fn class(file: &File<'_>, class: &Text, known: &[&str]) -> Result<(), GazetteerError> {
    if known.contains(&class.get_ref().as_str()) {
        return Ok(());
    }
    Err(file.mistake(
        class.span().start,
        format!(
            "`{}` is no class; one of {}",
            class.get_ref(),
            known.join(", ")
        ),
    ))
}

pub(crate) fn id(file: &File<'_>, id: &Text) -> Result<(), GazetteerError> {
    let text = id.get_ref();
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let good = text.strip_prefix('Q').is_some_and(digits)
        || text.strip_prefix("geonames:").is_some_and(digits)
        || text
            .strip_prefix("sayso:")
            .is_some_and(|rest| slug(rest) == rest && !rest.is_empty());
    if good {
        return Ok(());
    }
    Err(file.mistake(
        id.span().start,
        format!("`{text}` is not Q<digits>, geonames:<digits> or sayso:<slug>"),
    ))
}

pub(crate) fn format(file: &File<'_>, format: &Spanned<u32>) -> Result<(), GazetteerError> {
    if *format.get_ref() == FORMAT {
        return Ok(());
    }
    Err(file.mistake(
        format.span().start,
        format!("format {} is not read, only {FORMAT}", format.get_ref()),
    ))
}
