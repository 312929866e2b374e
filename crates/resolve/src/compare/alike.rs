//! How alike two words of names are, and in what.

use super::{
    edit,
    fold::Script,
    parts::{Kind, Part, Role},
    rules::Rules,
};

/// In what two words are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Equal,
    /// The letters of the one are the initials of the other.
    Abbreviated,
    /// Forms of one given name.
    OneName,
    /// A letter, and a word that begins with it.
    Initial,
    /// A name, and the adjective made of it.
    Adjective,
    /// A word and its plural.
    Plural,
    /// They sound the same.
    Sound,
    /// They have the same consonants, and one is of a script that leaves vowels out.
    Consonants,
    /// Most letters are the same.
    Spelling,
    /// The same of a word and what another script makes of it.
    Romanised,
}

/// How alike two words are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Like {
    /// 0..=1; 1: the same.
    pub(super) share: f64,
    pub(super) how: How,
}

pub(super) fn like(a: &Part, b: &Part, kind: Kind, rules: &Rules) -> Like {
    let is = |share, how| Like { share, how };
    let costs = if a.script == b.script {
        &edit::ONE_SCRIPT
    } else {
        &edit::TWO_SCRIPTS
    };
    if a.latin == b.latin {
        let how = if a.abbreviated || b.abbreviated {
            How::Abbreviated
        } else {
            How::Equal
        };
        return is(1.0, how);
    }
    if let (Role::Patronymic, Role::Patronymic) = (&a.role, &b.role) {
        let (one, other) = (rules.father(&a.latin), rules.father(&b.latin));
        let (one, other) = (one.unwrap_or(&a.latin), other.unwrap_or(&b.latin));
        let share = edit::alike(&rules.sound(one), &rules.sound(other), &rules.near, costs);
        return is(share, How::Spelling);
    }
    if a.role == Role::Patronymic || b.role == Role::Patronymic {
        // A father's name is nobody else's.
        return is(if a.sound == b.sound { 0.97 } else { 0.0 }, How::Sound);
    }
    if a.role == Role::Initial || b.role == Role::Initial {
        let begins = a.latin.as_bytes().first() == b.latin.as_bytes().first()
            || a.sound.as_bytes().first() == b.sound.as_bytes().first();
        return is(if begins { 0.9 } else { 0.0 }, How::Initial);
    }
    if kind == Kind::Person && rules.one_name(&a.sound, &b.sound) {
        return is(0.95, How::OneName);
    }
    if kind == Kind::Body && (adjective(a, b, rules) || adjective(b, a, rules)) {
        return is(0.93, How::Adjective);
    }
    let plural =
        |a: &Part, b: &Part| b.latin.len() > 3 && a.latin.strip_suffix('s') == Some(&b.latin);
    if kind == Kind::Body && (plural(a, b) || plural(b, a)) {
        return is(0.97, How::Plural);
    }
    if a.sound == b.sound {
        return is(0.97, How::Sound);
    }
    let (spelling, sound) = match rules.before_ending(&a.latin, &b.latin) {
        Some((a, b)) if kind == Kind::Person => (
            edit::alike(a, b, &rules.near, costs),
            edit::alike(&rules.sound(a), &rules.sound(b), &rules.near, costs),
        ),
        _ => (
            edit::alike(&a.latin, &b.latin, &rules.near, costs),
            edit::alike(&a.sound, &b.sound, &rules.near, costs),
        ),
    };
    let sound = 0.97 * sound;
    let how = if a.script == b.script {
        How::Spelling
    } else {
        How::Romanised
    };
    let best = is(spelling.max(sound), how);
    let abjads = [a, b]
        .into_iter()
        .filter(|p| p.script == Script::Abjad)
        .count();
    if abjads == 1 {
        let (a, b) = (consonants(a, rules), consonants(b, rules));
        // One consonant alone is in too many words to say much.
        let most = match a.len().min(b.len()) {
            0 => 0.0,
            1 => 0.88,
            _ => 0.95,
        };
        if most > 0.0 {
            let same = most * edit::alike(&a, &b, &rules.near, &edit::ONE_SCRIPT);
            if same > best.share {
                return is(same, How::Consonants);
            }
        }
    }
    best
}

/// Whether `a` is `b` with an ending that makes an adjective ("Muromskiy" of "Murom").
fn adjective(a: &Part, b: &Part, rules: &Rules) -> bool {
    rules.adjectives.iter().any(|end| {
        let stem = a
            .latin
            .strip_suffix(end.as_str())
            .filter(|stem| stem.len() > 3);
        stem.is_some_and(|stem| {
            b.latin
                .strip_prefix(stem)
                .is_some_and(|rest| rest.len() < 2)
        })
    })
}

/// A word's sound without its vowels, and without the letters that stand for long ones.
fn consonants(word: &Part, rules: &Rules) -> String {
    let sound = rules.sound(&word.latin.replace('w', ""));
    let mut out = String::new();
    for c in sound
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h'))
    {
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}
