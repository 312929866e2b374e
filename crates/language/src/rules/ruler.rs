//! The attribute ruler: patterns over words, tags and labels that set part of speech, morphology and lemma.

use std::collections::{BTreeMap, HashMap};

use regex::Regex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use smol_str::SmolStr;

use super::RulesError;
use super::lexeme::{is_space, lower};

/// One rule as the model's file writes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct RuleData {
    /// Alternatives; each a sequence of tokens; each token's tests by attribute.
    pub(crate) patterns: Vec<Vec<BTreeMap<String, Value>>>,
    /// What is set.
    pub(crate) attrs: BTreeMap<String, String>,
    /// Which token of the match it is set on; negative counts from its end.
    pub(crate) index: i64,
}

/// One token as the ruler sees it and leaves it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Ruled {
    /// Penn tag; the ruler gives white space its own.
    pub(crate) tag: SmolStr,
    /// Dependency label; the ruler gives white space one.
    pub(crate) dep: SmolStr,
    /// Universal part of speech as spaCy spells it; empty when no rule set one.
    pub(crate) pos: SmolStr,
    /// Lemma, where a rule sets one.
    pub(crate) lemma: Option<SmolStr>,
    /// Morphology, `Name=Value` joined by `|`; `_` or empty for none.
    pub(crate) morph: SmolStr,
}

#[derive(Debug)]
enum Test {
    Is(SmolStr),
    In(Vec<SmolStr>),
    NotIn(Vec<SmolStr>),
    Matches(Regex),
}

impl Test {
    fn new(value: &Value, rule: usize) -> Result<Self, RulesError> {
        let unknown = || RulesError::Rule {
            rule,
            what: value.to_string(),
        };
        let words = |list: &Value| -> Result<Vec<SmolStr>, RulesError> {
            let list = list.as_array().ok_or_else(unknown)?;
            list.iter()
                .map(|word| word.as_str().map(SmolStr::new).ok_or_else(unknown))
                .collect()
        };
        match value {
            Value::String(word) => Ok(Self::Is(SmolStr::new(word))),
            Value::Object(map) if map.len() == 1 => match map.iter().next() {
                Some((kind, list)) if kind == "IN" => words(list).map(Self::In),
                Some((kind, list)) if kind == "NOT_IN" => words(list).map(Self::NotIn),
                Some((kind, Value::String(source))) if kind == "REGEX" => {
                    Regex::new(source).map(Self::Matches).map_err(|_| unknown())
                }
                _ => Err(unknown()),
            },
            _ => Err(unknown()),
        }
    }

    fn holds(&self, text: &str) -> bool {
        match self {
            Self::Is(word) => word == text,
            Self::In(words) => words.iter().any(|word| word == text),
            Self::NotIn(words) => words.iter().all(|word| word != text),
            Self::Matches(regex) => regex.is_match(text),
        }
    }

    /// The only texts that can pass, where they can be told.
    fn only(&self) -> Option<Vec<SmolStr>> {
        match self {
            Self::Is(word) => Some(vec![word.clone()]),
            Self::In(words) => Some(words.clone()),
            Self::NotIn(_) | Self::Matches(_) => None,
        }
    }
}

/// The tests on one token.
#[derive(Debug, Default)]
struct Tests {
    tag: Option<Test>,
    dep: Option<Test>,
    lower: Option<Test>,
    orth: Option<Test>,
    space: Option<bool>,
}

impl Tests {
    fn new(data: &BTreeMap<String, Value>, rule: usize) -> Result<Self, RulesError> {
        let mut tests = Self::default();
        for (name, value) in data {
            match (name.as_str(), value) {
                ("TAG", value) => tests.tag = Some(Test::new(value, rule)?),
                ("DEP", value) => tests.dep = Some(Test::new(value, rule)?),
                ("LOWER", value) => tests.lower = Some(Test::new(value, rule)?),
                ("ORTH" | "TEXT", value) => tests.orth = Some(Test::new(value, rule)?),
                ("IS_SPACE", Value::Bool(wanted)) => tests.space = Some(*wanted),
                _ => {
                    return Err(RulesError::Rule {
                        rule,
                        what: name.clone(),
                    });
                }
            }
        }
        Ok(tests)
    }

    fn hold(&self, token: &Seen<'_>) -> bool {
        let passes =
            |test: &Option<Test>, text: &str| test.as_ref().is_none_or(|test| test.holds(text));
        passes(&self.tag, token.tag)
            && passes(&self.dep, token.dep)
            && passes(&self.lower, &token.lower)
            && passes(&self.orth, token.orth)
            && self.space.is_none_or(|wanted| wanted == token.space)
    }
}

struct Seen<'a> {
    orth: &'a str,
    lower: SmolStr,
    tag: &'a str,
    dep: &'a str,
    space: bool,
}

#[derive(Debug)]
struct Pattern {
    /// Place of its rule in the file: later rules win.
    rule: usize,
    tokens: Vec<Tests>,
    /// Which token it sets.
    target: usize,
}

#[derive(Debug, Default)]
struct Set {
    tag: Option<SmolStr>,
    dep: Option<SmolStr>,
    pos: Option<SmolStr>,
    lemma: Option<SmolStr>,
    morph: Option<SmolStr>,
}

/// The rules, compiled.
#[derive(Debug)]
pub(crate) struct Ruler {
    patterns: Vec<Pattern>,
    sets: Vec<Set>,
    /// Patterns by the tag, else by the word in lower case, that their first token must have; the others are tried everywhere.
    by_tag: HashMap<SmolStr, Vec<usize>>,
    by_lower: HashMap<SmolStr, Vec<usize>>,
    anywhere: Vec<usize>,
}

impl Ruler {
    /// Compiles the rules; a test this matcher does not know is an error and never skipped.
    pub(crate) fn new(data: &[RuleData]) -> Result<Self, RulesError> {
        let mut this = Self {
            patterns: Vec::new(),
            sets: Vec::new(),
            by_tag: HashMap::new(),
            by_lower: HashMap::new(),
            anywhere: Vec::new(),
        };
        for (rule, one) in data.iter().enumerate() {
            let mut set = Set::default();
            for (name, value) in &one.attrs {
                let value = Some(SmolStr::new(value));
                match name.as_str() {
                    "TAG" => set.tag = value,
                    "DEP" => set.dep = value,
                    "POS" => set.pos = value,
                    "LEMMA" => set.lemma = value,
                    "MORPH" => set.morph = value,
                    _ => {
                        return Err(RulesError::Rule {
                            rule,
                            what: name.clone(),
                        });
                    }
                }
            }
            this.sets.push(set);
            for tokens in &one.patterns {
                let tokens: Vec<Tests> = tokens
                    .iter()
                    .map(|tests| Tests::new(tests, rule))
                    .collect::<Result<_, _>>()?;
                let length = i64::try_from(tokens.len()).unwrap_or(i64::MAX);
                let target = if one.index < 0 {
                    one.index + length
                } else {
                    one.index
                };
                let target = usize::try_from(target)
                    .ok()
                    .filter(|&target| target < tokens.len());
                let target = target.ok_or_else(|| RulesError::Rule {
                    rule,
                    what: one.index.to_string(),
                })?;
                this.index(Pattern {
                    rule,
                    tokens,
                    target,
                });
            }
        }
        Ok(this)
    }

    fn index(&mut self, pattern: Pattern) {
        let place = self.patterns.len();
        let only = |test: Option<&Test>| test.and_then(Test::only);
        let first = pattern.tokens.first();
        if let Some(tags) = only(first.and_then(|first| first.tag.as_ref())) {
            tags.into_iter()
                .for_each(|tag| self.by_tag.entry(tag).or_default().push(place));
        } else if let Some(words) = only(first.and_then(|first| first.lower.as_ref())) {
            words
                .into_iter()
                .for_each(|word| self.by_lower.entry(word).or_default().push(place));
        } else {
            self.anywhere.push(place);
        }
        self.patterns.push(pattern);
    }

    /// What the rules make of each token. All rules see the tokens as they came; where several set one thing, the last in the
    /// file wins.
    pub(crate) fn apply(&self, words: &[&str], tags: &[SmolStr], deps: &[SmolStr]) -> Vec<Ruled> {
        let seen: Vec<Seen<'_>> = words
            .iter()
            .enumerate()
            .map(|(at, orth)| Seen {
                orth,
                lower: lower(orth),
                tag: tags.get(at).map_or("", SmolStr::as_str),
                dep: deps.get(at).map_or("", SmolStr::as_str),
                space: !orth.is_empty() && orth.chars().all(is_space),
            })
            .collect();
        let mut hits: Vec<(usize, usize)> = Vec::with_capacity(seen.len() * 2);
        for (at, token) in seen.iter().enumerate() {
            let places = [
                self.by_tag.get(token.tag),
                self.by_lower.get(&token.lower),
                Some(&self.anywhere),
            ];
            for pattern in places
                .into_iter()
                .flatten()
                .flatten()
                .filter_map(|&place| self.patterns.get(place))
            {
                let here = seen.get(at..at + pattern.tokens.len());
                if here.is_some_and(|here| {
                    pattern
                        .tokens
                        .iter()
                        .zip(here)
                        .all(|(tests, token)| tests.hold(token))
                }) {
                    hits.push((pattern.rule, at + pattern.target));
                }
            }
        }
        hits.sort_unstable();
        let mut out: Vec<Ruled> = seen
            .iter()
            .map(|token| Ruled {
                tag: SmolStr::new(token.tag),
                dep: SmolStr::new(token.dep),
                ..Ruled::default()
            })
            .collect();
        for (rule, at) in hits {
            let (Some(set), Some(token)) = (self.sets.get(rule), out.get_mut(at)) else {
                continue;
            };
            let put = |to: &mut SmolStr, from: &Option<SmolStr>| {
                if let Some(from) = from {
                    to.clone_from(from);
                }
            };
            put(&mut token.tag, &set.tag);
            put(&mut token.dep, &set.dep);
            put(&mut token.pos, &set.pos);
            put(&mut token.morph, &set.morph);
            if set.lemma.is_some() {
                token.lemma.clone_from(&set.lemma);
            }
        }
        out
    }
}
