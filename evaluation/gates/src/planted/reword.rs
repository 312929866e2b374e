//! Telling a text again in partly other words, by program: attributions and times to the other end of their sentence, active to passive,
//! words for words of like meaning, sentences joined, left out and moved. Names and numbers stay.

use regex::Regex;
use serde::Deserialize;

use crate::{Error, random::Random};

/// `evaluation/planted/rewording.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    synonyms: Vec<Vec<String>>,
    voices: Vec<[String; 2]>,
    pub(super) outlets: Vec<String>,
    pub(super) headlines: Vec<String>,
    pub(super) citing: Vec<String>,
    pub(super) own: Vec<String>,
    pub(super) feet: Vec<String>,
}

pub(super) struct Reworder {
    pub(super) words: Words,
    said_last: Regex,
    according: Regex,
    when_last: Regex,
    voices: Vec<(Regex, String)>,
    rows: Vec<(Regex, Vec<String>)>,
}

/// Words of a row are exchanged in this many of a hundred places.
const EXCHANGED: usize = 65;
/// The other changes are made in this many of a hundred places where they can be.
const TURNED: usize = 60;

impl Reworder {
    pub(super) fn new(words: Words) -> Result<Self, Error> {
        let voices = words.voices.iter().map(|[active, passive]| {
            let subject = r"^((?:[A-Z][\w’'-]*)(?: [\w’'-]+){0,5})";
            let rest = r" ([^,;:.]{3,70}?)((?: (?:in|on|for|at|to|after|from|under|with|by|near|since) [^;:]*)?)\.$";
            let pattern = format!("{subject} {}{rest}", regex::escape(active));
            Regex::new(&pattern).map(|p| (p, passive.clone()))
        });
        let voices = voices.collect::<Result<_, _>>()?;
        let mut rows = Vec::new();
        for row in &words.synonyms {
            for word in row {
                let others = row.iter().filter(|w| *w != word).cloned().collect();
                rows.push((
                    Regex::new(&format!(r"\b{}\b", regex::escape(word)))?,
                    others,
                ));
            }
        }
        Ok(Self {
            words,
            said_last: Regex::new(
                r#"^([^"“”]+), ((?:the|a|an|its|his|their|[A-Z])[^,."“”]{2,60}?) (said|says|acknowledged|writes?)((?: [^,."“”]{1,40})?)\.$"#,
            )?,
            according: Regex::new(r#"^According to ([^,"“”]+), ([^"“”]+)\.$"#)?,
            when_last: Regex::new(
                r#"^([^"“”]+) ((?:in|on|since|by) (?:the (?:end|spring|summer) of )?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?(?:\d{4}|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\.$"#,
            )?,
            voices,
            rows,
        })
    }

    /// The text told again. Its first sentence stays first.
    pub(super) fn text(&self, text: &str, random: &mut Random) -> String {
        let mut paragraphs: Vec<Vec<String>> = paragraphs(text);
        for (i, paragraph) in paragraphs.iter_mut().enumerate() {
            let first = usize::from(i == 0);
            let long = paragraph.len() > 2;
            if long && random.chance(35) {
                let at = first + random.under(paragraph.len() - first);
                paragraph.remove(at);
            }
            for at in first..paragraph.len().saturating_sub(1) {
                if random.chance(25) {
                    paragraph.swap(at, at + 1);
                }
            }
            for sentence in paragraph.iter_mut() {
                *sentence = self.sentence(sentence, random);
            }
            if paragraph.len() > 1 && random.chance(40) {
                join(paragraph, random);
            }
        }
        for at in 1..paragraphs.len().saturating_sub(1) {
            if random.chance(25) {
                paragraphs.swap(at, at + 1);
            }
        }
        let lines: Vec<String> = paragraphs.iter().map(|p| p.join(" ")).collect();
        lines.join("\n\n")
    }

    /// A sentence told again.
    pub(super) fn sentence(&self, sentence: &str, random: &mut Random) -> String {
        let mut out = sentence.to_owned();
        if random.chance(TURNED) {
            out = self.turned(&out);
        }
        // Names are never exchanged: the rows are lower case.
        let mut done: Vec<(usize, usize)> = Vec::new();
        for (word, others) in &self.rows {
            let Some(found) = word.find(&out).map(|m| m.range()) else {
                continue;
            };
            let touched = done.iter().any(|(s, e)| found.start < *e && *s < found.end);
            if touched || !random.chance(EXCHANGED) {
                continue;
            }
            if let Some(other) = random.pick(others) {
                let (was, is) = (found.len(), other.len());
                out.replace_range(found.clone(), other);
                for place in &mut done {
                    if place.0 >= found.end {
                        *place = (
                            place.0 + is - was.min(place.0 + is),
                            place.1 + is - was.min(place.1 + is),
                        );
                    }
                }
                done.push((found.start, found.start + is));
            }
        }
        out
    }

    fn turned(&self, sentence: &str) -> String {
        if let Some(m) = self.said_last.captures(sentence) {
            return format!(
                "{} {}{} that {}.",
                capital(&m[2]),
                &m[3],
                &m[4],
                small(&m[1])
            );
        }
        if let Some(m) = self.according.captures(sentence) {
            return format!("{}, according to {}.", capital(&m[2]), &m[1]);
        }
        if let Some(m) = self.when_last.captures(sentence) {
            return format!("{}, {}.", capital(&m[2]), small(&m[1]));
        }
        for (active, passive) in &self.voices {
            if let Some(m) = active.captures(sentence) {
                return format!("{} {passive} by {}{}.", capital(&m[2]), small(&m[1]), &m[3]);
            }
        }
        sentence.to_owned()
    }
}

/// The paragraphs of a text as sentences.
pub(super) fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.map(sentences).collect()
}

fn sentences(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut start = 0;
    for (at, stop) in line.match_indices(['.', '!', '?']) {
        let end = at + stop.len();
        let end = end
            + line[end..]
                .chars()
                .take_while(|c| matches!(c, '"' | '”'))
                .map(char::len_utf8)
                .sum::<usize>();
        let next = line[end..].strip_prefix(' ').and_then(|r| r.chars().next());
        let before = line[..at].rsplit(' ').next().unwrap_or("");
        let short = before.len() < 3 || before.contains('.');
        if next.is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“')) && !short {
            out.push(line[start..end].to_owned());
            start = end + 1;
        }
    }
    if start < line.len() {
        out.push(line[start..].to_owned());
    }
    out
}

fn join(paragraph: &mut Vec<String>, random: &mut Random) {
    let at = random.under(paragraph.len() - 1);
    if paragraph[at].ends_with('.') && paragraph[at].len() + paragraph[at + 1].len() < 260 {
        let second = paragraph.remove(at + 1);
        paragraph[at].pop();
        paragraph[at] = format!("{}, and {}", paragraph[at], small(&second));
    }
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// With a small letter where the first word is none that keeps its capital.
pub(super) fn small(text: &str) -> String {
    const WORDS: [&str; 24] = [
        "The", "A", "An", "It", "He", "She", "They", "Its", "His", "Their", "In", "On", "Under",
        "By", "Two", "Three", "Some", "Most", "More", "Much", "This", "These", "Each", "Our",
    ];
    let first = text.split(' ').next().unwrap_or("");
    if WORDS.contains(&first) {
        text.chars()
            .take(1)
            .flat_map(char::to_lowercase)
            .chain(text.chars().skip(1))
            .collect()
    } else {
        text.to_owned()
    }
}
