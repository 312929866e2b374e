//! Which paragraphs are worth parsing: those with a trigger and something that could act or be made.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use sayso_codebook::Codebook;

use sayso_gazetteer::Gazetteer;
use sayso_records::EntityType;

use crate::draft::Triggers;

/// Longest name of a weapon system looked up, in words.
const NAME_WORDS: usize = 4;

/// Word lists as one automaton over stems; built once for a codebook.
pub(crate) struct Skim {
    triggers: Option<AhoCorasick>,
    topics: Option<AhoCorasick>,
    matters: Option<AhoCorasick>,
}

/// Classes whose words make a sentence one about defence.
const MATTERS: &[&str] = &["arms", "matter"];
/// Classes whose words make a report one about arms.
const TOPICS: &[&str] = &["arms", "arms-facility"];

impl Skim {
    pub(crate) fn new(codebook: &Codebook, triggers: &Triggers) -> Self {
        let build = |words: Vec<String>| {
            AhoCorasickBuilder::new()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::LeftmostLongest)
                .build(words)
                .ok()
        };
        let classes = |names: &[&str], context: bool| {
            let words = names
                .iter()
                .filter_map(|class| codebook.classes.get(*class))
                .flat_map(|c| c.strong.iter().chain(c.context.iter().filter(|_| context)))
                .filter(|w| w.len() > 2)
                .map(|w| stem(w))
                .collect();
            build(words)
        };
        Self {
            triggers: build(
                triggers
                    .lemmas()
                    .flat_map(|lemma| {
                        let irregular = codebook.irregular.get(lemma);
                        std::iter::once(stem(lemma)).chain(irregular.into_iter().flatten().cloned())
                    })
                    .collect(),
            ),
            topics: classes(TOPICS, true),
            matters: classes(MATTERS, false),
        }
    }

    /// Whether a text speaks of arms or defence: by a word, or by the name of a weapon system, a force or a maker.
    pub(crate) fn topical(&self, text: &str, gazetteer: &Gazetteer) -> bool {
        let Some(topics) = &self.topics else {
            return true;
        };
        topics
            .find_iter(text)
            .any(|m| starts_word(text, m.start()) && ends_word(text, m.end()))
            || self.of_defence(text)
            || {
                let words: Vec<&str> = text
                    .split(|c: char| c.is_whitespace() || ",.;:()\"“”’'".contains(c))
                    .filter(|w| !w.is_empty())
                    .collect();
                (0..words.len()).any(|i| {
                    words[i].starts_with(char::is_uppercase)
                        && gazetteer
                            .longest(&words[i..words.len().min(i + NAME_WORDS)])
                            .is_some_and(|m| {
                                m.entity.kind == EntityType::System
                                    || matches!(
                                        m.entity.class,
                                        Some("armed-force" | "militia" | "company" | "zone")
                                    )
                            })
                })
            }
    }

    /// Whether a sentence speaks of defence.
    pub(crate) fn of_defence(&self, sentence: &str) -> bool {
        self.matters.as_ref().is_none_or(|words| {
            words
                .find_iter(sentence)
                .any(|m| starts_word(sentence, m.start()) && ends_word(sentence, m.end()))
        })
    }

    /// Whether the paragraph may hold a claim.
    pub(crate) fn worth(&self, paragraph: &str) -> bool {
        let Some(triggers) = &self.triggers else {
            return true;
        };
        let named = paragraph
            .char_indices()
            .skip(1)
            .any(|(_, c)| c.is_uppercase())
            || paragraph.starts_with(char::is_uppercase);
        named
            && triggers
                .find_iter(paragraph)
                .any(|m| starts_word(paragraph, m.start()))
    }
}

/// What the regular inflections of a lemma start with ("supply" -> "suppl").
fn stem(lemma: &str) -> String {
    let short = lemma.trim_end_matches(['e', 'y']);
    if short.len() >= 3 {
        short.to_owned()
    } else {
        lemma.to_owned()
    }
}

fn starts_word(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric())
}

/// Whether what follows a stem in its word is an inflection: "war" is in "wars" and not in "warehouse".
fn ends_word(text: &str, at: usize) -> bool {
    let rest: String = text[at..]
        .chars()
        .take_while(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    matches!(
        rest.as_str(),
        "" | "s" | "es" | "y" | "ies" | "e" | "ed" | "ing" | "ry" | "er" | "ers"
    )
}
