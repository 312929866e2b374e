//! Which fillers are names.

use sayso_gazetteer::{Gazetteer, Via};

use crate::words::words;

/// Whether some word of `text` is a proper name: it has a capital, or no letters that could have one, and is no demonym by itself. "Bhanur
/// plant" is a name; "Finnish satellite firm" only says what sort of thing it is. A common word with a capital (it began its sentence) is
/// taken for a name.
pub fn is_name(text: &str, gazetteer: &Gazetteer) -> bool {
    words(text).into_iter().any(|(_, word)| {
        let Some(first) = word.chars().find(|c| c.is_alphabetic()) else {
            return false;
        };
        if first.is_lowercase() {
            return false;
        }
        let known = gazetteer.longest(&[word]);
        !known.is_some_and(|it| matches!(it.via, Via::Demonym | Via::DemonymPeople))
    })
}

#[cfg(test)]
mod tests {
    use sayso_gazetteer::Gazetteer;

    use super::is_name;

    #[test]
    fn names_are_told_from_descriptions() {
        let gazetteer = Gazetteer::bundled().expect("what is built in loads");
        for (text, is) in [
            ("Bhanur plant", true),
            ("Pap Tecnos", true),
            ("محمود الرشيد", true),
            ("王小明", true),
            ("Finnish satellite firm", false),
            ("drones", false),
            ("12", false),
            ("\u{202e}", false),
            ("", false),
        ] {
            assert_eq!(is_name(text, &gazetteer), is, "{text}");
        }
    }
}
