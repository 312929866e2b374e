//! Keys that likely spellings of one name share, so that a name need not be compared with all there are.

use super::{
    Name,
    fold::Script,
    parts::{Kind, Part, Role, parts},
    rules::Rules,
};

/// Most consonants of a key.
const LONGEST: usize = 5;
/// Words that weigh less are in too many names to look one up by.
const TELLING: f64 = 0.75;

/// What to look a name up by: for each word that tells who bears it the classes of its consonants, and the initials of a name that could be
/// abbreviated. Two names that compare as the same share one with few exceptions (a translated word, the first and a later consonant both
/// misspelt). In the order of letters, each once; none for a name without a letter or figure.
pub fn blocks(name: &Name<'_>) -> Vec<String> {
    let rules = Rules::bundled();
    let kind = Kind::of(name.sort);
    let parts = parts(name, kind, rules);
    let words = |least: f64| -> Vec<String> {
        let words = parts.iter().filter(|p| p.role == Role::Word);
        let words = words.filter(|p| p.weight >= least && p.script != Script::Syllables);
        words.map(|p| skeleton(&sound(p, rules))).collect()
    };
    let mut out = words(TELLING);
    if out.is_empty() {
        out = words(0.0);
    }
    // Words written together or syllable by syllable.
    let named = parts.iter().filter(|p| p.names());
    let joined: String = named.map(|p| sound(p, rules)).collect();
    out.push(skeleton(&joined));
    out.retain(|key| !key.is_empty());
    if kind != Kind::Person {
        let all = initials(&parts).into_iter();
        out.extend(all.map(|letters| format!("={letters}")));
    }
    if kind == Kind::System || out.is_empty() {
        out.extend(parts.iter().filter_map(|p| match &p.role {
            Role::Number(number) => Some(format!("#{number}")),
            _ => None,
        }));
    }
    out.sort();
    out.dedup();
    out
}

/// The letters of an abbreviation, or the initials of the words it could stand for: with and without legal forms and small words.
fn initials(parts: &[Part]) -> Vec<String> {
    if let [one] = parts {
        let short = one.capital() && (2..8).contains(&one.latin.len());
        return short.then(|| one.latin.clone()).into_iter().collect();
    }
    let of = |counts: &dyn Fn(&Part) -> bool| -> String {
        let words = parts.iter().filter(|p| counts(p));
        words.filter_map(|p| p.latin.chars().next()).collect()
    };
    let mut out = vec![
        of(&|p| p.names()),
        of(&|p| p.names() || matches!(p.role, Role::Form(_))),
        of(&|p| p.names() || matches!(p.role, Role::Form(_) | Role::Particle)),
    ];
    out.retain(|letters| letters.len() > 1);
    out
}

/// How a word sounds; the letter that an abjad also writes for o and u is left out.
fn sound(part: &Part, rules: &Rules) -> String {
    match part.script {
        Script::Abjad => rules.sound(&part.latin.replace('w', "")),
        _ => part.sound.clone(),
    }
}

/// The classes of a sound's consonants, those in a row that are of one class once; vowels alone give their first.
fn skeleton(sound: &str) -> String {
    let mut out = String::new();
    for c in sound.chars() {
        let class = match c {
            'b' | 'p' | 'f' | 'v' => 'p',
            'd' | 't' => 't',
            'g' | 'k' | 'q' => 'k',
            's' | 'z' | 'c' | 'j' => 's',
            'l' | 'r' => 'l',
            'm' | 'n' => 'n',
            c if c.is_ascii_digit() => c,
            _ => continue,
        };
        if !out.ends_with(class) && out.len() < LONGEST {
            out.push(class);
        }
    }
    if out.is_empty() {
        out.extend(sound.chars().take(1));
    }
    out
}
