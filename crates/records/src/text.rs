//! Text of strangers, made safe to show.

/// Whether a terminal would obey this character rather than show it: control characters of both sets, marks that turn the
/// direction of writing, line separators, and the invisible tag letters. Blanks that are control characters count too.
pub fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(
            c,
            '\u{2028}' | '\u{2029}' | '\u{061c}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
        )
}

/// `text` on one line, safe for a terminal and a page: escape sequences, control characters and writing-direction marks are gone, and
/// runs of white space are one blank.
pub fn clean(text: &str) -> String {
    cleaned(text).0
}

/// The same, with where each piece of it begins: byte of the raw text, byte of the clean text.
pub fn cleaned(raw: &str) -> (String, Vec<(usize, usize)>) {
    let mut text = String::with_capacity(raw.len());
    let mut places = Vec::new();
    let mut chars = raw.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        places.push((at, text.len()));
        if c == '\u{1b}' || c == '\u{9b}' {
            skip_escape(c, &mut chars);
        } else if c.is_whitespace() {
            if !text.is_empty() && !text.ends_with(' ') {
                text.push(' ');
            }
        } else if !is_hostile(c) {
            text.push(c);
        }
    }
    text.truncate(text.trim_end().len());
    (text, places)
}

/// Takes the rest of an escape sequence: `ESC [ … letter`, `ESC ] … BEL`, or one character.
fn skip_escape(first: char, chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    let kind = if first == '\u{9b}' {
        Some('[')
    } else {
        chars
            .next_if(|(_, c)| c.is_ascii() && !c.is_whitespace())
            .map(|(_, c)| c)
    };
    match kind {
        Some('[') => {
            while chars
                .next_if(|(_, c)| matches!(c, '\u{20}'..='\u{3f}'))
                .is_some()
            {}
            chars.next_if(|(_, c)| matches!(c, '\u{40}'..='\u{7e}'));
        }
        Some(']' | 'P' | '_' | '^' | 'X') => {
            // A string command ends with BEL or ESC \; one that never ends is not taken further than its line.
            while let Some((_, c)) = chars.next_if(|(_, c)| *c != '\n') {
                if c == '\u{7}' {
                    break;
                }
                if c == '\u{1b}' {
                    chars.next_if(|(_, c)| *c == '\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn nothing_a_terminal_obeys_is_left() {
        for (raw, shown) in [
            ("plain", "plain"),
            ("\x1b[31mred\x1b[0m", "red"),
            ("\x1b[2J\x1b[1;1Hgone", "gone"),
            ("\x1b]0;title\x07after", "after"),
            (
                "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
                "link",
            ),
            ("\u{9b}31mred", "red"),
            ("a\x08\x08b\x07\0c\x7f", "abc"),
            ("one\r\n\ttwo   three ", "one two three"),
            ("abc\u{202e}cba\u{2066}", "abccba"),
            ("\x1b", ""),
            ("\x1b[", ""),
            ("naïve – “Гомель” 日本", "naïve – “Гомель” 日本"),
        ] {
            assert_eq!(clean(raw), shown, "{raw:?}");
        }
    }
}
