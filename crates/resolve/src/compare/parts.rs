//! What each word of a name is: a word that names, a title, a legal form, a number, a particle.

use sayso_records::EntityType;

use super::{
    Name, edit,
    fold::{Piece, Script, pieces},
    numbers::numbers,
    rules::Rules,
};

/// What a word of a name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It names.
    Word,
    /// "al", "of", "the": tells nobody apart.
    Particle,
    /// "Dr", "General".
    Title,
    /// A legal form, with what it comes to.
    Form(String),
    /// A number, without leading zeros.
    Number(String),
    /// One letter of a person's name.
    Initial,
    /// A father's name behind the own.
    Patronymic,
}

/// A word of a name.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) written: String,
    pub(super) latin: String,
    /// Folded, before it was put into English; empty for all but the first word of what it means.
    pub(super) own: String,
    pub(super) sound: String,
    pub(super) script: Script,
    pub(super) role: Role,
    /// How much it tells, 0..=1.
    pub(super) weight: f64,
    pub(super) tied: bool,
    /// A run of words put into the letters of the other side's abbreviation.
    pub(super) abbreviated: bool,
}

impl Part {
    fn of(piece: Piece, rules: &Rules) -> Self {
        let latin = match piece.script {
            Script::Greek => rules.greek(&piece.latin),
            _ => piece.latin,
        };
        Self {
            sound: rules.sound(&latin),
            written: piece.written,
            own: latin.clone(),
            latin,
            script: piece.script,
            role: Role::Word,
            weight: 1.0,
            tied: piece.tied,
            abbreviated: false,
        }
    }

    pub(super) fn names(&self) -> bool {
        matches!(self.role, Role::Word | Role::Initial | Role::Patronymic)
    }

    pub(super) fn capital(&self) -> bool {
        self.script == Script::Latin && self.written.chars().all(|c| !c.is_lowercase())
    }
}

/// What the rules for a name's words go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Person,
    System,
    /// Bodies, places, plants, and what nothing is known of.
    Body,
}

impl Kind {
    pub(super) fn of(sort: Option<EntityType>) -> Self {
        match sort {
            Some(EntityType::Person) => Self::Person,
            Some(EntityType::System) => Self::System,
            _ => Self::Body,
        }
    }
}

/// What a word that many names share counts beside one that few have.
const GENERIC: f64 = 0.3;
/// The same for a father's name: it follows from who one is.
const FATHER: f64 = 0.5;
/// The same for a very common given name.
const COMMON: f64 = 0.7;

/// The words of a name, in its order.
pub(super) fn parts(name: &Name<'_>, kind: Kind, rules: &Rules) -> Vec<Part> {
    let mut pieces = pieces(name.text);
    if kind == Kind::Person {
        pieces = pieces.into_iter().flat_map(initials).collect();
    }
    let mut parts: Vec<Part> = pieces
        .into_iter()
        .map(|piece| Part::of(piece, rules))
        .collect();
    match kind {
        Kind::Person => {
            titles(&mut parts, rules);
        }
        Kind::System => {}
        Kind::Body => {
            forms(&mut parts, rules);
            // Of what sort is not known: a title in front tells a person.
            if name.sort.is_none() && parts.iter().all(Part::names) && parts.len() > 2 {
                titles(&mut parts, rules);
            }
            parts = meant(parts, rules);
        }
    }
    numbers(&mut parts, kind, rules);
    for at in 0..parts.len() {
        let words = parts.iter().filter(|p| p.names()).count();
        let Some(part) = parts.get(at) else { continue };
        if !part.names() {
            continue;
        }
        let single = part.latin.len() == 1 && part.script != Script::Syllables;
        let lower = part.written.starts_with(char::is_lowercase);
        let particle = rules.particles.contains(&part.latin) && kind != Kind::Person
            || rules.person_particles.contains(&part.latin)
            || rules.tied.contains(&part.latin) && part.tied;
        let (role, weight) = if particle && words > 1 && (!single || lower) {
            // "Le Duc": in front and alone it may be a name.
            if at == 0 && kind == Kind::Person && !part.tied && part.latin.len() == 2 && !lower {
                (Role::Word, GENERIC)
            } else {
                (Role::Particle, 0.0)
            }
        } else if kind == Kind::Person && single && words > 1 {
            (Role::Initial, GENERIC)
        } else if kind == Kind::Person
            && words > 2
            && part.latin.len() > 5
            && rules.father(&part.latin).is_some()
            && !parts.iter().any(|p| p.role == Role::Patronymic)
        {
            (Role::Patronymic, FATHER)
        } else if kind == Kind::Person && rules.common.contains(&part.latin) {
            (Role::Word, COMMON)
        } else if kind != Kind::Person && rules.generic.contains(&part.latin) {
            (Role::Word, GENERIC)
        } else {
            (Role::Word, 1.0)
        };
        if let Some(part) = parts.get_mut(at) {
            part.role = role;
            part.weight = weight;
        }
    }
    parts
}

/// Marks titles in front and, of those that stand there, behind; one word at least is left.
fn titles(parts: &mut [Part], rules: &Rules) {
    let (mut from, mut to) = (0, parts.len());
    let is = |list: &std::collections::BTreeSet<Vec<String>>, run: &[Part]| {
        list.contains(&run.iter().map(|p| p.latin.clone()).collect::<Vec<_>>())
    };
    let longest = 3;
    while let Some(count) = (1..=longest.min(to.saturating_sub(from + 1)))
        .rev()
        .find(|count| is(&rules.titles, &parts[from..from + count]))
    {
        from += count;
    }
    while to > from + 1 && is(&rules.after, &parts[to - 1..to]) {
        to -= 1;
    }
    let whole = parts.len();
    for part in parts.iter_mut().take(from) {
        part.role = Role::Title;
    }
    for part in parts.iter_mut().skip(to).take(whole - to) {
        part.role = Role::Title;
    }
}

/// Most words of a legal form.
const FORM_WORDS: usize = 6;

/// Marks legal forms behind and in front; one word at least is left.
fn forms(parts: &mut [Part], rules: &Rules) {
    let (mut from, mut to) = (0, parts.len());
    let mut marked = Vec::new();
    while let Some((count, class)) = (1..=FORM_WORDS.min(to.saturating_sub(1)))
        .rev()
        .find_map(|count| Some((count, form(parts.get(to - count..to)?, rules)?)))
    {
        marked.push((to - count..to, class));
        to -= count;
    }
    while let Some((count, class)) = (1..=FORM_WORDS.min(to.saturating_sub(from + 1)))
        .rev()
        .find_map(|count| Some((count, form(parts.get(from..from + count)?, rules)?)))
    {
        // "As" and "Sa" begin names; "AO" and "SA" are forms.
        let sure = parts.get(from).is_some_and(|p| {
            count > 1 || p.script != Script::Latin || p.capital() && p.latin.len() > 1
        });
        if !sure || class == "any" {
            break;
        }
        marked.push((from..from + count, class));
        from += count;
    }
    for (range, class) in marked {
        for part in parts.get_mut(range).into_iter().flatten() {
            part.role = Role::Form(class.clone());
        }
    }
}

/// What these words come to as a legal form; long ones with a slip, too ("joynt stock company").
fn form(run: &[Part], rules: &Rules) -> Option<String> {
    let words: Vec<String> = run.iter().map(|p| p.latin.clone()).collect();
    if let Some(class) = rules.forms.get(&words) {
        return Some(class.clone());
    }
    let slip = |known: &[String]| {
        known.len() == words.len()
            && known.iter().zip(&words).all(|(a, b)| {
                a == b || a.len() > 4 && edit::alike(a, b, &rules.near, &edit::ONE_SCRIPT) >= 0.75
            })
    };
    let mut long = rules.long_forms.iter();
    long.find(|(known, _)| slip(known))
        .map(|(_, class)| class.clone())
}

/// "V.V." of a person as two letters.
fn initials(piece: Piece) -> Vec<Piece> {
    let mut written = piece.written.chars();
    let letter = |latin: char| Piece {
        written: written.next().map(String::from).unwrap_or_default(),
        latin: latin.into(),
        ..piece.clone()
    };
    if piece.dotted && piece.written.chars().count() == piece.latin.len() {
        piece.latin.chars().map(letter).collect()
    } else {
        vec![piece]
    }
}

/// Most syllables of a word that is put into English.
const SYLLABLES: usize = 4;

/// The parts with words of other languages and abbreviations put into English.
fn meant(parts: Vec<Part>, rules: &Rules) -> Vec<Part> {
    let mut out = Vec::with_capacity(parts.len());
    let mut rest = parts.as_slice();
    while let Some(part) = rest.first() {
        let syllables = |p: &&Part| p.script == Script::Syllables && p.role == Role::Word;
        let most = match part.script {
            Script::Syllables => rest.iter().take(SYLLABLES).take_while(syllables).count(),
            _ => 1,
        };
        let meaning = (1..=most).rev().find_map(|count| {
            let run = rest.get(..count)?;
            let words: Vec<String> = run.iter().map(|p| p.latin.clone()).collect();
            // A syllable alone is no word of a list that was written in Latin letters.
            let meaning = rules.meaning(&words).filter(|_| part.role == Role::Word)?;
            (count > 1 || part.script != Script::Syllables).then_some((count, meaning))
        });
        let Some((count, meaning)) = meaning else {
            out.push(part.clone());
            rest = rest.get(1..).unwrap_or(&[]);
            continue;
        };
        let run = rest.get(..count).unwrap_or(&[]);
        for (nth, word) in meaning.iter().enumerate() {
            out.push(Part {
                written: run.iter().map(|p| p.written.as_str()).collect(),
                latin: word.clone(),
                own: if nth == 0 {
                    part.latin.clone()
                } else {
                    String::new()
                },
                sound: rules.sound(word),
                script: Script::Latin,
                ..part.clone()
            });
        }
        rest = rest.get(count..).unwrap_or(&[]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_for_what_they_are() {
        let shown = |text: &str, sort| {
            let name = Name { text, sort };
            let parts = parts(&name, Kind::of(sort), Rules::bundled());
            let show = |p: &Part| match &p.role {
                Role::Word if p.weight < 1.0 => format!("({})", p.latin),
                Role::Word => p.latin.clone(),
                Role::Particle => format!("{}~", p.latin),
                Role::Title => format!("{}!", p.latin),
                Role::Form(class) => format!("{}={class}", p.latin),
                Role::Number(number) => format!("#{number}"),
                Role::Initial => format!("{}.", p.latin),
                Role::Patronymic => format!("{}'", p.latin),
            };
            parts.iter().map(show).collect::<Vec<_>>().join(" ")
        };
        use EntityType::*;
        for (text, sort, is) in [
            ("Dr. Karim al-Haddad", Person, "dr! karim al~ haddad"),
            (
                "Major General Ann B. Loe",
                Person,
                "major! general! ann b. loe",
            ),
            ("Viktor Pavlovich Orlov", Person, "viktor pavlovich' orlov"),
            ("Roman Abramovich", Person, "roman abramovich"),
            ("Karel IV", Person, "karel #4"),
            ("Xi Li", Person, "xi (li)"),
            (
                "OOO Elbrus Works",
                Organisation,
                "ooo=limited elbrus (works)",
            ),
            (
                "Elbrus Joynt Stock Company",
                Organisation,
                "elbrus joynt=stock stock=stock company=stock",
            ),
            ("Limited", Organisation, "limited"),
            ("Plant No. 051", Facility, "(plant) no~ #51"),
            ("51st Brigade", Organisation, "#51 st~ (brigade)"),
            ("Brigade Forty-Four", Organisation, "(brigade) #44"),
            (
                "Elbrus Fund VII L.P.",
                Organisation,
                "elbrus (fund) #7 lp=partnership",
            ),
            ("Механический завод", Facility, "(mechanical) (plant)"),
            ("Su-35S", System, "su #35 s"),
            ("", Person, ""),
        ] {
            assert_eq!(shown(text, Some(sort)), is, "{text}");
        }
    }
}
