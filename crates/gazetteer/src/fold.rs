use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A spelling folded for look-up: lower case, Latin letters without diacritics ("Rzeszów" is `rzeszow`, "ß" is `ss`), other
/// scripts kept, apostrophes and soft signs dropped, everything else between words one space.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfc() {
        match c {
            '\'' | '’' | '‘' | 'ʼ' | 'ʹ' | 'ʿ' | 'ʾ' | 'ʻ' | '`' | '´' | '"' | '″' => {}
            c if is_combining_mark(c) && latin(out.chars().next_back()) => {}
            c if c.is_alphanumeric() || is_combining_mark(c) => {
                if gap && !out.is_empty() {
                    out.push(' ');
                }
                gap = false;
                if latin(Some(c)) {
                    out.push_str(&any_ascii::any_ascii_char(c).to_lowercase());
                } else {
                    out.extend(c.to_lowercase());
                }
            }
            _ => gap = true,
        }
    }
    out
}

fn latin(c: Option<char>) -> bool {
    c.is_some_and(|c| {
        c.is_ascii_alphanumeric()
            || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{250}'..='\u{2af}')
    })
}

/// A name as the tail of a `sayso:` id: ASCII lower case, words joined with hyphens ("Élysée" is `elysee`).
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in any_ascii::any_ascii(name).chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c.to_ascii_lowercase()),
            '\'' => {}
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

#[cfg(test)]
mod tests {
    use super::{fold, slug};

    #[test]
    fn spellings_fold() {
        for (from, to) in [
            ("Rzeszów", "rzeszow"),
            ("Unterlüß", "unterluss"),
            ("Homyel'", "homyel"),
            ("Гомель", "гомель"),
            ("Чайковский", "чайковский"),
            ("Saint-Étienne", "saint etienne"),
            ("  Kırıkkale ", "kirikkale"),
            ("Łódź", "lodz"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(fold(from), to);
        }
    }

    #[test]
    fn slugs_are_ascii() {
        assert_eq!(slug("Élysée Palace's “guard”"), "elysee-palaces-guard");
        assert_eq!(slug("Su-35"), "su-35");
    }
}
