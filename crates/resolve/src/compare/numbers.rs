//! Numbers of a name, however they are written.

use super::{
    parts::{Kind, Part, Role},
    rules::Rules,
};

/// Marks numbers in figures, in words and in Roman figures, and the words that only mark them.
pub(super) fn numbers(parts: &mut Vec<Part>, kind: Kind, rules: &Rules) {
    let mut at = 0;
    while at < parts.len() {
        let Some(part) = parts.get(at) else { break };
        let mut taken = 1;
        let figures = part.latin.bytes().all(|b| b.is_ascii_digit());
        let number = if part.role != Role::Word {
            None
        } else if figures {
            let value = part.latin.trim_start_matches('0');
            Some(if value.is_empty() {
                "0".to_owned()
            } else {
                value.to_owned()
            })
        } else if kind == Kind::Body && rules.numbers.contains_key(&part.latin) {
            let (value, words) = spoken(parts.get(at..).unwrap_or(&[]), rules);
            taken = words;
            Some(value.to_string())
        } else if at > 0 && part.capital() && (kind != Kind::Person || at + 1 == parts.len()) {
            roman(&part.latin)
                .filter(|n| kind != Kind::Person || *n > 1)
                .map(|n| n.to_string())
        } else {
            None
        };
        if let Some(number) = number {
            let mark = |p: &&mut Part| p.role == Role::Word && rules.marks.contains(&p.latin);
            if let Some(before) = at
                .checked_sub(1)
                .and_then(|i| parts.get_mut(i))
                .filter(mark)
            {
                before.role = Role::Particle;
            }
            let ordinal = |p: &&mut Part| figures && rules.ordinals.contains(&p.latin);
            let tied = parts.get(at).is_some_and(|p| p.tied);
            if let Some(after) = parts.get_mut(at + 1).filter(|p| tied && ordinal(p)) {
                after.role = Role::Particle;
            }
            if let Some(part) = parts.get_mut(at) {
                part.latin.clone_from(&number);
                part.role = Role::Number(number);
            }
            parts.drain(at + 1..at + taken);
        }
        at += 1;
    }
}

/// A number in words at the beginning, and how many of them it takes: "forty four", "fifty first".
fn spoken(parts: &[Part], rules: &Rules) -> (u32, usize) {
    let word = |nth: usize| parts.get(nth).map_or("", |p| p.latin.as_str());
    let first = rules.numbers.get(word(0)).copied().unwrap_or(0);
    let unit = rules
        .numbers
        .get(word(1))
        .or_else(|| rules.behind_tens.get(word(1)));
    match unit {
        Some(unit) if first >= 20 && first % 10 == 0 && (1..10).contains(unit) => (first + unit, 2),
        _ => (first, 1),
    }
}

/// The value of Roman figures up to 39. `None`: no such figures.
fn roman(word: &str) -> Option<u32> {
    let units = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = word.bytes().take_while(|b| *b == b'x').count();
    let rest = word.get(tens..)?;
    // "ix" is taken by its x only from the front.
    let unit = units.iter().position(|unit| *unit == rest)?;
    let value = u32::try_from(tens * 10 + unit).ok()?;
    (tens < 4 && value > 0).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn roman_figures_have_a_value() {
        assert_eq!(roman("xxxix"), Some(39));
        assert_eq!(roman("ix"), Some(9));
        assert_eq!(roman("iiii"), None);
        assert_eq!(roman(""), None);
    }
}
