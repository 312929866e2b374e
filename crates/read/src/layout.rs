//! The form every report's text has: one paragraph a line, single spaces, no control characters.

use std::{borrow::Cow, str::Chars};

/// One paragraph on one line: white space of any kind folded to single spaces, control and layout characters taken out.
pub(crate) fn line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            skip_escape(&mut chars);
        } else if char.is_whitespace() || matches!(char, '\u{2028}' | '\u{2029}') {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !is_silent(char) {
            out.push(char);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Takes the rest of what a terminal would obey: `[ … letter`, or `] … BEL` where that ends soon.
fn skip_escape(chars: &mut Chars<'_>) {
    let mut ahead = chars.clone();
    let ended = match ahead.next() {
        Some('[') => (ahead.find(|char| !matches!(char, '\u{20}'..='\u{3f}')))
            .is_some_and(|char| matches!(char, '\u{40}'..='\u{7e}')),
        Some(']') => (ahead.by_ref().take(256)).any(|char| matches!(char, '\u{7}' | '\u{1b}')),
        _ => false,
    };
    if ended {
        let string = chars.as_str().starts_with(']');
        *chars = ahead;
        // A string command may also end with ESC and a backslash.
        if string && chars.as_str().starts_with('\\') {
            chars.next();
        }
    }
}

/// Characters that print nothing: controls, soft hyphens, zero-width spaces and direction marks. The zero-width joiner and
/// non-joiner are letters' business in Persian and stay.
fn is_silent(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fffc}')
}

/// `&amp;` and its like, by the five names that serialised HTML uses and by number.
pub(crate) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at..).unwrap_or("");
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let char = end.and_then(|end| rest.get(1..end)).and_then(entity);
        match (char, end) {
            (Some(char), Some(end)) => {
                out.push(char);
                rest = rest.get(end + 1..).unwrap_or("");
            }
            _ => {
                out.push('&');
                rest = rest.get(1..).unwrap_or("");
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

/// Whether two lines say the same, case, punctuation and spaces apart.
pub(crate) fn alike(a: &str, b: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
        text.chars()
            .filter(|char| char.is_alphanumeric())
            .flat_map(char::to_lowercase)
    }
    letters(a).eq(letters(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_clean_line() {
        assert_eq!(
            line("\u{feff} a\u{a0}\u{2009}b\r\n\tc\u{0}\u{7}d so\u{ad}ft \u{202e}x "),
            "a b cd soft x"
        );
        assert_eq!(line("می\u{200c}خواهد"), "می\u{200c}خواهد");
        assert_eq!(line(" \u{0} "), "");
        assert_eq!(line("\u{1b}[1;31mIran\u{1b}[0m \u{1b}sent"), "Iran sent");
        let linked = "\u{1b}]8;;http://x.example\u{1b}\\Russia\u{1b}]8;;\u{7} built";
        assert_eq!(line(linked), "Russia built");
        assert_eq!(line("\u{1b}]no end"), "]no end");
        assert_eq!(line("\u{1b}[1"), "[1");
    }

    #[test]
    fn entities() {
        assert_eq!(
            decode_entities("a &amp;amp; b &lt;c&gt; &#x41;&#66; &unknown; & &;"),
            "a &amp; b <c> AB &unknown; & &;"
        );
    }

    #[test]
    fn likeness() {
        assert!(alike("Iran’s “plan”", "iran's plan "));
        assert!(!alike("Iran’s plan", "Iran’s plans"));
    }
}
