//! A name cut into pieces and folded to Latin small letters, script by script.

use any_ascii::any_ascii_char;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longest name looked at, in characters; what follows is left out, so that no input costs more.
const LONGEST: usize = 300;
/// Most pieces of a name looked at.
const MOST: usize = 32;
/// Longest piece, in letters.
const PIECE: usize = 40;

/// How a script writes sounds, as far as comparing needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Latin letters and figures.
    Latin,
    /// Vowels are mostly left out: Arabic, Hebrew.
    Abjad,
    /// A sign is a syllable: Han, Hangul.
    Syllables,
    /// Two letters often write one sound.
    Greek,
    /// Any other alphabet.
    Other,
}

/// A piece of a name: a word, a number, or a syllable of Han and Hangul.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// As written, without points.
    pub(super) written: String,
    /// Folded: ASCII small letters or figures.
    pub(super) latin: String,
    pub(super) script: Script,
    /// The next piece is written with it, a hyphen or nothing between.
    pub(super) tied: bool,
    /// Single letters with points: "U.S.", or "V.V." of a person.
    pub(super) dotted: bool,
}

/// The pieces of a name, in its order; a part behind a comma stays where it is.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    // Twice: one character may come apart into many, and many marks are put in order at once.
    let seen = text.chars().filter(|c| !is_unseen(*c)).take(4 * LONGEST);
    let text: String = seen.nfkc().take(LONGEST).collect();
    let mut out = Vec::new();
    for chunk in text.split(|c: char| c.is_whitespace() || is_gap(c)) {
        let chunk = chunk.trim_matches('-');
        for (nth, joined) in chunk.split('-').enumerate() {
            if nth > 0 {
                tie(&mut out);
            }
            let parts: Vec<&str> = joined.split(['.', '/']).filter(|p| !p.is_empty()).collect();
            let letters =
                |part: &&str| part.chars().filter(|c| !is_combining_mark(*c)).count() == 1;
            // "U.S." and "A/S" are one word, "J.Smith" is two.
            if parts.len() > 1 && parts.iter().all(letters) {
                word(&parts.concat(), &mut out);
                if let Some(last) = out.last_mut() {
                    last.dotted = true;
                }
            } else {
                for part in parts {
                    word(part, &mut out);
                }
            }
        }
    }
    out.truncate(MOST);
    out
}

/// Whether a character stands between words. Apostrophes and signs of softness do not.
fn is_gap(c: char) -> bool {
    !(c.is_alphanumeric() || is_combining_mark(c) || "-./%'’‘ʼʹʿʾʻ`´".contains(c))
}

/// Whether a character is not shown and only says how others are: soft hyphens, joiners, marks and overrides of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn tie(out: &mut [Piece]) {
    if let Some(last) = out.last_mut() {
        last.tied = true;
    }
}

/// Cuts a word where letters meet figures, or into the syllables of its script.
fn word(word: &str, out: &mut Vec<Piece>) {
    let word = undisguised(word);
    let mut from = 0;
    let mut before: Option<(char, usize)> = None;
    for (at, c) in word.char_indices() {
        if is_combining_mark(c) {
            continue;
        }
        let kind = sort(c);
        if let Some((last, kind_before)) = before
            && (kind != kind_before || matches!(script(last), Script::Syllables))
        {
            push(word.get(from..at).unwrap_or(""), out);
            tie(out);
            from = at;
        }
        before = Some((c, kind));
    }
    push(word.get(from..).unwrap_or(""), out);
}

/// Letters, figures and the percent sign are cut from one another.
fn sort(c: char) -> usize {
    if c.is_numeric() {
        1
    } else if c == '%' {
        2
    } else {
        0
    }
}

/// "Ig0r": one or two figures inside a word stand for letters; behind letters ("Su35") they are a number.
fn undisguised(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let figures = word.chars().filter(char::is_ascii_digit).count();
    let ends = word.ends_with(|c: char| c.is_ascii_digit())
        || word.starts_with(|c: char| c.is_ascii_digit());
    if letters < 3 || !(1..=2).contains(&figures) || letters <= figures || ends {
        return word.to_owned();
    }
    let letter = |c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        c => c,
    };
    word.chars().map(letter).collect()
}

fn push(written: &str, out: &mut Vec<Piece>) {
    let Some(script) = written
        .chars()
        .map(script)
        .find(|s| *s != Script::Latin)
        .or_else(|| {
            written
                .chars()
                .any(|c| c.is_alphanumeric() || c == '%')
                .then_some(Script::Latin)
        })
    else {
        return;
    };
    if written == "%" {
        let latin = "percent".to_owned();
        out.push(Piece {
            written: written.to_owned(),
            latin,
            script,
            tied: false,
            dotted: false,
        });
        return;
    }
    let mut rest = written;
    // The Arabic article is written with its word: "السوداني" is al-Sudani.
    if script == Script::Abjad
        && let Some(bare) = written
            .strip_prefix("ال")
            .filter(|bare| bare.chars().count() > 1)
    {
        out.push(Piece {
            written: "ال".to_owned(),
            latin: "al".to_owned(),
            script,
            tied: true,
            dotted: false,
        });
        rest = bare;
    }
    let latin: String = rest
        .chars()
        .flat_map(|c| letter(c).chars())
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .take(PIECE)
        .collect();
    if !latin.is_empty() {
        out.push(Piece {
            written: rest.to_owned(),
            latin,
            script,
            tied: false,
            dotted: false,
        });
    }
}

/// A character in Latin letters, where the common table takes for one what comparing must tell apart: of the Hebrew letters for v, one is
/// mostly b, the other mostly a vowel.
fn letter(c: char) -> &'static str {
    match c {
        'ב' => "b",
        'ו' => "w",
        // The points say that the letter before it is one of its own.
        'ϋ' | 'ΰ' => "i",
        c => any_ascii_char(c),
    }
}

fn script(c: char) -> Script {
    match c {
        '\u{0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{2000}'..='\u{206f}' => Script::Latin,
        '\u{590}'..='\u{6ff}' | '\u{750}'..='\u{77f}' | '\u{fb1d}'..='\u{fdff}' => Script::Abjad,
        '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' => {
            Script::Syllables
        }
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Script::Greek,
        c if is_combining_mark(c) => Script::Latin,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn names_are_cut_and_folded() {
        for (text, cut) in [
            ("Crédit Agricole S.A.", "credit agricole sa"),
            ("Su-35S", "su 35 s"),
            ("Shahed136", "shahed 136"),
            ("A/S", "as"),
            ("J.Smith", "j smith"),
            ("Сергей Лавров", "sergey lavrov"),
            ("السوداني", "al swdny"),
            ("习近平", "xi jin ping"),
            ("Sa'ar \"Big\" O’Neil", "saar big oneil"),
            ("3%ers", "3 percent ers"),
            ("Mach1ne", "machine"),
            ("№ 51", "no 51"),
            (
                "\u{202e}Ser\u{200b}gey\u{202c} La\u{ad}vrov",
                "sergey lavrov",
            ),
            ("Σίδνεϋ", "sidnei"),
            ("-- , .", ""),
            ("\u{301}\u{301}", ""),
            ("", ""),
        ] {
            let cut_here: Vec<String> = pieces(text).into_iter().map(|p| p.latin).collect();
            assert_eq!(cut_here.join(" "), cut, "{text}");
        }
    }
}
