//! Places, days and numbers, as the matcher compares them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sayso_corroborate::events::{Days, Figure};
use sayso_gazetteer::{Gazetteer, Hints, Placing};
use sayso_records::{TimeRef, Upos};

use super::{names::Name, tree::Tree};

/// A place's names and ids, and the state it lies in.
pub(super) fn placing(gazetteer: &Gazetteer, name: &Name) -> BTreeSet<String> {
    let mut out = name.forms.clone();
    for form in &name.forms {
        if let Placing::One(place) = gazetteer.place(form, &Hints::default()) {
            out.extend([place.id, place.country]);
        }
    }
    out
}

/// The days of a time, where it has both ends.
pub(super) fn days(time: &TimeRef) -> Option<Days> {
    let interval = time.interval.as_ref()?;
    let day = |d: &Option<String>| d.as_deref().and_then(|d| d.parse::<Date>().ok());
    Some(Days {
        first: day(&interval.start)?,
        last: day(&interval.end)?,
    })
}

/// Numbers in a phrase with what they count.
pub(super) fn figures(tree: &Tree<'_>, phrase: &[usize]) -> Vec<Figure> {
    let mut out = Vec::new();
    for &i in phrase {
        if tree.tokens[i].upos != Upos::Num {
            continue;
        }
        let Ok(mut value) = tree.word(i).replace(',', "").parse::<f64>() else {
            continue;
        };
        let head = tree.head(i).filter(|&h| h > i);
        let next = (i + 1 < tree.tokens.len()).then(|| tree.word(i + 1));
        match next.as_deref() {
            Some("million") => value *= 1e6,
            Some("billion") => value *= 1e9,
            _ => {}
        }
        let dollars = i > 0 && tree.word(i - 1).ends_with('$');
        let unit = match (dollars, head) {
            (true, _) => "usd".to_owned(),
            (false, Some(head)) if !matches!(tree.tokens[head].upos, Upos::Propn | Upos::Num) => {
                tree.lemma(head)
            }
            _ => continue,
        };
        out.push(Figure { value, unit });
    }
    out
}
