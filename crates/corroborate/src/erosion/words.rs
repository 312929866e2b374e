//! Words as names and sentences are compared by here.

/// Words that are no part of a name.
const EMPTY: [&str; 11] = [
    "the", "a", "an", "of", "for", "and", "in", "on", "to", "its", "their",
];

/// The folded words of a text in order, without articles and the like.
pub(super) fn told(text: &str) -> Vec<String> {
    all(text)
        .into_iter()
        .filter(|w| !EMPTY.contains(&w.as_str()))
        .collect()
}

/// The folded words of a text in order. Figures keep their points and lose their commas, possessives their ending.
pub(super) fn all(text: &str) -> Vec<String> {
    written(text).iter().map(|word| folded(word)).collect()
}

/// The words of a text in order, as they are written: with points and commas inside figures and apostrophes inside words.
pub(super) fn written(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut start = None;
    let mut last = ' ';
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        let next = signs.peek().map_or(' ', |(_, c)| *c);
        let inside = match c {
            '.' | ',' => last.is_ascii_digit() && next.is_ascii_digit(),
            '\'' | '’' => last.is_alphabetic() && next.is_alphabetic(),
            _ => c.is_alphanumeric(),
        };
        match start {
            None if inside => start = Some(at),
            Some(from) if !inside => {
                out.extend(text.get(from..at));
                start = None;
            }
            _ => {}
        }
        last = c;
    }
    out.extend(start.and_then(|from| text.get(from..)));
    out
}

/// As words are compared.
pub(super) fn folded(word: &str) -> String {
    let mut out: String = word.to_lowercase().replace('’', "'");
    if let Some(bare) = out.strip_suffix("'s") {
        out.truncate(bare.len());
    }
    if out.starts_with(|c: char| c.is_ascii_digit()) {
        out.retain(|c| c != ',');
    }
    out
}

/// Whether all telling words of `text` stand in `sentence`, in whatever order; a plural is its singular. Not so where there are none.
pub(super) fn stands_in(text: &str, sentence: &str) -> bool {
    let wanted = told(text);
    let have: Vec<String> = all(sentence).iter().map(|w| single(w)).collect();
    !wanted.is_empty() && wanted.iter().all(|w| have.contains(&single(w)))
}

/// Without the ending that English plurals have: enough to compare by.
pub(super) fn single(word: &str) -> String {
    let stem = word
        .strip_suffix("ies")
        .map(|s| format!("{s}y"))
        .or_else(|| word.strip_suffix('s').map(str::to_owned));
    match stem {
        Some(stem) if stem.chars().count() > 2 && !word.ends_with("ss") => stem,
        _ => word.to_owned(),
    }
}
