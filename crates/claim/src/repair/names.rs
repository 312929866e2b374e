//! Names that swallow the words behind them: "Oostende from Naval Group".

use sayso_records::{Name, Span, Upos};

use crate::tree::Tree;

/// The names of a sentence, cut where a preposition or a verb in small letters shows that two phrases were taken for one name.
pub(super) fn of(tree: &Tree<'_>) -> Vec<Name> {
    let mut names = Vec::new();
    for name in &tree.sentence.names {
        let (first, end) = (name.span.start as usize, name.span.end as usize);
        let named = matches!(
            name.label.as_str(),
            "ORG" | "PERSON" | "GPE" | "LOC" | "FAC" | "PRODUCT" | "NORP"
        );
        let cut = (first + 1..end.saturating_sub(1)).find(|&i| named && parts(tree, i));
        let Some(cut) = cut else {
            names.push(name.clone());
            continue;
        };
        for (from, to) in [(first, cut), (cut + 1, end)] {
            let capital = tree
                .word(from)
                .chars()
                .next()
                .is_some_and(char::is_uppercase);
            let whole = !(from..to).any(|i| parts(tree, i));
            if from < to && capital && whole && (from == first || tree.upos(cut) == Upos::Adp) {
                names.push(Name {
                    span: Span::new(from, to),
                    label: name.label.clone(),
                });
            }
        }
    }
    names
}

/// A word that stands in no name.
fn parts(tree: &Tree<'_>, i: usize) -> bool {
    let word = tree.word(i);
    let small = word.chars().next().is_some_and(char::is_lowercase);
    let preposition = tree.upos(i) == Upos::Adp
        && matches!(
            word,
            "from"
                | "by"
                | "with"
                | "to"
                | "into"
                | "via"
                | "through"
                | "after"
                | "over"
                | "under"
                | "in"
                | "at"
                | "near"
        );
    small && (preposition || matches!(tree.tag(i), "VBD" | "VBZ" | "MD"))
}
