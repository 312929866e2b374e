//! One and many: English nouns by their endings.

/// Nouns that are many without an `s`.
const MANY: [&str; 21] = [
    "people",
    "personnel",
    "men",
    "women",
    "children",
    "aircraft",
    "police",
    "staff",
    "cattle",
    "servicemen",
    "servicewomen",
    "crew",
    "spacecraft",
    "watercraft",
    "militia",
    "infantry",
    "media",
    "hertz",
    "yuan",
    "feet",
    "artillery",
];

/// Whether a word in lower case looks like many.
pub(super) fn is_plural(low: &str) -> bool {
    const NOT: [&str; 12] = [
        "this", "has", "was", "is", "its", "his", "does", "perhaps", "plus", "always", "across",
        "versus",
    ];
    MANY.contains(&low)
        || (low.len() > 3
            && low.ends_with('s')
            && !["ss", "us", "is", "'s"]
                .iter()
                .any(|end| low.ends_with(end))
            && !NOT.contains(&low))
}

/// The singular, with the capitals of the word as written.
pub(super) fn singular_as(text: &str) -> String {
    // A capital stays: "Leopards" is one "Leopard".
    let low = text.to_lowercase();
    let one = singular(&low);
    if low == text {
        return one;
    }
    match low.strip_prefix(one.as_str()) {
        Some(_) => text.get(..one.len()).unwrap_or(text).to_owned(),
        None => one,
    }
}

/// The singular of a noun in lower case.
pub(super) fn singular(low: &str) -> String {
    const SAME: [&str; 9] = [
        "series",
        "species",
        "barracks",
        "headquarters",
        "means",
        "news",
        "people",
        "personnel",
        "lens",
    ];
    let irregular = match low {
        "men" => Some("man"),
        "women" => Some("woman"),
        "children" => Some("child"),
        "servicemen" => Some("serviceman"),
        "feet" => Some("foot"),
        "servicewomen" => Some("servicewoman"),
        "lives" => Some("life"),
        "knives" => Some("knife"),
        "buses" => Some("bus"),
        "gases" => Some("gas"),
        _ => None,
    };
    if let Some(one) = irregular {
        return one.to_owned();
    }
    if SAME.contains(&low) || !low.ends_with('s') || low.len() < 4 {
        return low.to_owned();
    }
    if let Some(stem) = low.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    for end in ["ches", "shes", "xes", "sses", "zzes", "oes"] {
        if low.ends_with(end) {
            return low.get(..low.len() - 2).unwrap_or(low).to_owned();
        }
    }
    if low.ends_with("ss") || low.ends_with("us") || low.ends_with("is") {
        return low.to_owned();
    }
    low.get(..low.len() - 1).unwrap_or(low).to_owned()
}
