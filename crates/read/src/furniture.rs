//! Page furniture, taken out of the paragraphs of a report. The rules and their examples are in `furniture.toml`.

use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// A rule as `build.rs` has checked and written it.
struct Rule {
    #[cfg_attr(not(test), allow(dead_code))]
    name: &'static str,
    tail: bool,
    longest: usize,
    pattern: &'static str,
    must: Option<&'static str>,
}

include!(concat!(env!("OUT_DIR"), "/furniture.rs"));

struct Matcher {
    set: RegexSet,
    musts: Vec<Option<Regex>>,
    longest: usize,
}

// Both are compiled by `build.rs` as well, which stops the build where they do not.
#[allow(clippy::expect_used)]
static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher {
    set: RegexSet::new(RULES.iter().map(|rule| rule.pattern)).expect("checked by build.rs"),
    musts: RULES
        .iter()
        .map(|rule| {
            rule.must
                .map(|must| Regex::new(must).expect("checked by build.rs"))
        })
        .collect(),
    longest: RULES.iter().map(|rule| rule.longest).max().unwrap_or(0),
});

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The article's own.
    Own,
    /// Furniture as a whole.
    Line,
    /// A heading over other articles.
    Tail,
}

/// The rule that takes `paragraph`, if any does.
fn rule_of(paragraph: &str) -> Option<&'static Rule> {
    let length = paragraph.chars().count();
    if length > MATCHER.longest {
        return None;
    }
    let folded = fold(paragraph);
    MATCHER.set.matches(&folded).into_iter().find_map(|index| {
        let rule = RULES.get(index)?;
        let must = MATCHER.musts.get(index)?;
        let meant = must.as_ref().is_none_or(|must| must.is_match(&folded));
        (length <= rule.longest && meant).then_some(rule)
    })
}

/// What `paragraph` is, seen by itself.
pub(crate) fn kind(paragraph: &str) -> Kind {
    match rule_of(paragraph) {
        None => Kind::Own,
        Some(rule) if rule.tail => Kind::Tail,
        Some(_) => Kind::Line,
    }
}

fn fold(paragraph: &str) -> String {
    let mut out = String::with_capacity(paragraph.len());
    for char in paragraph.trim().chars() {
        match char {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => out.push('-'),
            '‘' | '’' | 'ʼ' => out.push('\''),
            '“' | '”' | '„' => out.push('"'),
            char if char.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            char => out.push(char),
        }
    }
    out
}

/// Whether a paragraph ends as sentences do: no headline, no label.
pub(crate) fn is_sentence(paragraph: &str) -> bool {
    let end = paragraph.trim_end_matches(['"', '”', '’', '\'', ')', '»', ']']);
    end.ends_with(['.', '!', '?', '…', ':', '。', '؟', '।']) && paragraph.chars().count() >= 20
}

/// Which of `paragraphs` are the article's own: one answer each.
pub(crate) fn keep<'a>(paragraphs: impl IntoIterator<Item = &'a str>) -> Vec<bool> {
    let paragraphs: Vec<&str> = paragraphs.into_iter().collect();
    let kinds: Vec<Kind> = paragraphs.iter().map(|paragraph| kind(paragraph)).collect();
    let mut keep = vec![true; paragraphs.len()];
    let mut at = 0;
    while let Some(kind) = kinds.get(at) {
        if *kind == Kind::Own {
            at += 1;
            continue;
        }
        if let Some(it) = keep.get_mut(at) {
            *it = false;
        }
        at += 1;
        if *kind == Kind::Line {
            continue;
        }
        // Headlines and their teasers to the end: all goes. More sentences than headlines: the article goes on below the list.
        let rest = || paragraphs.iter().zip(&kinds).skip(at);
        let own = rest().filter(|(_, kind)| **kind == Kind::Own).count();
        let sentences = rest()
            .filter(|(it, kind)| **kind == Kind::Own && is_sentence(it))
            .count();
        let list = if sentences * 2 <= own {
            rest().count()
        } else {
            rest().take_while(|(it, _)| !is_sentence(it)).count()
        };
        keep.iter_mut()
            .skip(at)
            .take(list)
            .for_each(|it| *it = false);
        at += list;
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Example {
        name: String,
        go: Vec<String>,
        stay: Vec<String>,
    }

    #[test]
    #[allow(clippy::unwrap_used)]
    fn every_rule_keeps_its_examples() {
        let text = include_str!("../furniture.toml");
        let file: std::collections::BTreeMap<String, Vec<Example>> = toml::from_str(text).unwrap();
        let mut wrong = Vec::new();
        for example in file.values().flatten() {
            for line in &example.go {
                let by = rule_of(line).map(|rule| rule.name);
                if by != Some(example.name.as_str()) {
                    wrong.push(format!(
                        "{}: {line:?} should go, taken by {by:?}",
                        example.name
                    ));
                }
            }
            for line in &example.stay {
                if let Some(rule) = rule_of(line) {
                    wrong.push(format!(
                        "{}: {line:?} should stay, taken by {:?}",
                        example.name, rule.name
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    const PROSE: &str = "The plant near the river has built drones for two years, according to an official who was not named.";

    #[track_caller]
    fn check(paragraphs: &[&str], want: &[&str]) {
        let keep = keep(paragraphs.iter().copied());
        let kept: Vec<&str> = paragraphs
            .iter()
            .zip(keep)
            .filter(|(_, keep)| *keep)
            .map(|(it, _)| *it)
            .collect();
        assert_eq!(kept, want);
    }

    #[test]
    fn a_tail_goes_to_the_end() {
        check(
            &[
                PROSE,
                "Related news & articles",
                "Headline one",
                "Headline two",
                "Latest news",
                "Three",
            ],
            &[PROSE],
        );
        check(
            &[PROSE, "Latest news", "One", "Two", PROSE, "Four", "Five"],
            &[PROSE],
        );
    }

    #[test]
    fn a_list_amid_an_article_goes_alone() {
        check(
            &[PROSE, "Related articles", "Headline one", PROSE, PROSE],
            &[PROSE, PROSE, PROSE],
        );
    }

    #[test]
    fn sentences_stay() {
        let sentence = "Latest news from the front suggests that the plant was hit.";
        check(
            &["Who builds what", sentence, "Short one."],
            &["Who builds what", sentence, "Short one."],
        );
    }
}
