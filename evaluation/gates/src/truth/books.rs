//! Author lists of 1,263 books by 877 shops, a hundred of them looked up on the covers (`truth-books`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use super::{Set, compare};
use crate::{Error, Measured, Tools};

pub(crate) fn measure(_tools: &Tools, folder: &Path) -> Result<Measured, Error> {
    let claims = rows(&folder.join("claims/claim1.txt"), true)?;
    let golden = rows(&folder.join("truth/book_golden.csv"), false)?;
    let mut out = Measured::default();
    for (name, whole) in [("books", false), ("books, whole first names", true)] {
        let mut set = Set {
            said: Vec::new(),
            truth: BTreeMap::new(),
        };
        for row in &claims {
            if let [_, _, object, _, value, source, ..] = row.as_slice() {
                let list = authors(value, whole);
                if !list.is_empty() {
                    set.said.push([source.clone(), object.clone(), list]);
                }
            }
        }
        for row in &golden {
            if let [object, _, value, ..] = row.as_slice() {
                set.truth.insert(object.clone(), authors(value, whole));
            }
        }
        out.tables.push_str(&format!("{name}\n"));
        compare(&mut out, name, &set, |a, b| a == b, like, true)?;
    }
    Ok(out)
}

fn rows(path: &Path, head: bool) -> Result<Vec<Vec<String>>, Error> {
    let error = |e: csv::Error| format!("{}: {e}", path.display());
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(head)
        .flexible(true)
        .from_path(path)
        .map_err(error)?;
    let mut out = Vec::new();
    for row in reader.byte_records() {
        let row = row.map_err(error)?;
        // The set holds a few bytes that are no UTF-8.
        out.push(
            row.iter()
                .map(|f| String::from_utf8_lossy(f).trim().to_owned())
                .collect(),
        );
    }
    Ok(out)
}

/// A list of authors in normal form: `last f` for each (the first letter of the first name, or the whole of it), sorted. Shops write lists in a dozen ways:
/// "Last, First; Last, First", "First Last, First Last", "LAST, FIRST LAST, FIRST". Empty: no name.
fn authors(text: &str, whole: bool) -> String {
    let text = text
        .to_lowercase()
        .replace("andapos;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
    let mut names = BTreeSet::new();
    for part in text
        .split([';', '/', '|', '&'])
        .flat_map(|p| p.split(" and "))
    {
        let groups: Vec<Vec<String>> = part
            .split(',')
            .map(group)
            .filter(|g| !g.is_empty())
            .collect();
        names.extend(of_groups(&groups, whole));
    }
    names.into_iter().collect::<Vec<_>>().join("; ")
}

/// The words of what stands between two commas, without what is no name.
fn group(text: &str) -> Vec<String> {
    const NONE: [&str; 22] = [
        "and",
        "author",
        "authors",
        "by",
        "editor",
        "editors",
        "ed",
        "eds",
        "jr",
        "sr",
        "ii",
        "iii",
        "dr",
        "phd",
        "ph",
        "d",
        "unknown",
        "none",
        "not",
        "available",
        "null",
        "various",
    ];
    let bare = text.split(['(', '[']).next().unwrap_or("");
    bare.split(|c: char| c.is_whitespace() || c == '.')
        .map(|w| {
            w.chars()
                .filter(|c| c.is_alphanumeric())
                .collect::<String>()
        })
        .filter(|w| !w.is_empty() && (w.len() == 1 || !NONE.contains(&w.as_str())))
        .collect()
}

fn of_groups(groups: &[Vec<String>], whole: bool) -> Vec<String> {
    let name = |last: &str, first: Option<&String>| {
        let letters = if whole { usize::MAX } else { 1 };
        let first: String = first
            .map_or("", |f| f.as_str())
            .chars()
            .take(letters)
            .collect();
        format!("{last} {first}").trim_end().to_owned()
    };
    let plain = |g: &Vec<String>| g.last().map(|l| name(l, g.first().filter(|_| g.len() > 1)));
    // "Pinto da Silva, J.": a group of initials or one word is a first name.
    let given = |g: &[String]| g.len() == 1 || g.iter().skip(1).all(|w| w.len() == 1);
    match groups {
        [] => Vec::new(),
        [one] => plain(one).into_iter().collect(),
        // "Last, First Last, First Last, First".
        [first, middle @ .., end]
            if !middle.is_empty()
                && first.len() == 1
                && middle.iter().all(|g| g.len() > 1 && !given(g))
                && given(end) =>
        {
            let mut out = Vec::new();
            let mut last = first[0].clone();
            for group in middle.iter().chain([end]) {
                out.push(name(&last, group.first()));
                last = group.last().cloned().unwrap_or_default();
            }
            out
        }
        pairs
            if pairs.len().is_multiple_of(2)
                && pairs.chunks(2).all(|p| given(&p[1]) || p[0].len() == 1) =>
        {
            pairs
                .chunks(2)
                .map(|p| name(&p[0].join(" "), p[1].first()))
                .collect()
        }
        other => other.iter().filter_map(plain).collect(),
    }
}

/// Lists that share authors lend each other weight, as far as they do (Jaccard).
#[allow(clippy::cast_precision_loss)]
fn like(a: &str, b: &str) -> f64 {
    let set = |s: &str| s.split("; ").map(str::to_owned).collect::<BTreeSet<_>>();
    let (a, b) = (set(a), set(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_in_every_way_shops_write_them() {
        for (text, wanted) in [
            (
                "O'Leary, Timothy J.; O'Leary, Linda I.",
                "oleary l; oleary t",
            ),
            (
                "Timothy J Oandapos;Leary, Linda I Oandapos;Leary",
                "oleary l; oleary t",
            ),
            (
                "O'Leary, Timothy J./ O'Leary, Linda I.",
                "oleary l; oleary t",
            ),
            ("O'LEARY", "oleary"),
            (
                "HAAG, STEPHEN PERRY, JAMES T. SOSINSKY, BARRIE ESTEVEZ, EFREN",
                "estevez e; haag s; perry j; sosinsky b",
            ),
            ("Stephen Haag; James T Perry", "haag s; perry j"),
            ("reddy, j. n. ;  ", "reddy j"),
            ("Yacht, Carol, And Crosson, Susan", "crosson s; yacht c"),
            ("Not Available", ""),
            ("Knuth, Donald E. (Author)", "knuth d"),
        ] {
            assert_eq!(authors(text, false), wanted, "{text}");
        }
    }
}
