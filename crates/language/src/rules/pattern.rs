//! Python regular expressions as the tokenizer's file writes them, run by Rust engines.

use regex::Regex as Plain;

use super::RulesError;

/// One alternative or run of alternatives, on the engine it needs.
#[derive(Debug)]
pub(crate) enum Engine {
    /// No look-around: linear time.
    Plain(Plain),
    /// With look-around: backtracks, with a limit; past the limit counts as no match.
    Fancy(fancy_regex::Regex),
}

impl Engine {
    fn new(source: &str, what: &'static str) -> Result<Self, RulesError> {
        let fail = |message: String| RulesError::Pattern { what, message };
        if has_look_around(source) {
            let built = fancy_regex::RegexBuilder::new(source)
                .delegate_size_limit(200 << 20)
                .build();
            built
                .map(Self::Fancy)
                .map_err(|error| fail(error.to_string()))
        } else {
            let built = regex::RegexBuilder::new(source)
                .size_limit(200 << 20)
                .build();
            built
                .map(Self::Plain)
                .map_err(|error| fail(error.to_string()))
        }
    }

    /// The leftmost match, in bytes.
    fn find(&self, text: &str) -> Option<(usize, usize)> {
        match self {
            Self::Plain(regex) => regex.find(text).map(|found| (found.start(), found.end())),
            Self::Fancy(regex) => regex
                .find(text)
                .ok()
                .flatten()
                .map(|found| (found.start(), found.end())),
        }
    }
}

/// Finds what is cut off the front of a word: the runs in order, which is what the alternation says as all are bound to the start.
#[derive(Debug)]
pub(crate) struct Prefix(Vec<(Engine, Option<usize>)>);

impl Prefix {
    /// Reads `^a|^b|…`.
    pub(crate) fn new(source: &str) -> Result<Self, RulesError> {
        let bound = alternatives(source).iter().all(|one| one.starts_with('^'));
        let runs = if bound {
            in_runs(source)
        } else {
            vec![source.to_owned()]
        };
        let part = |run: &String| {
            Ok((
                Engine::new(&translate(run), "prefix")?,
                longest(run).filter(|_| bound),
            ))
        };
        runs.iter().map(part).collect::<Result<_, _>>().map(Self)
    }

    /// Length of the prefix in bytes; 0 for none.
    pub(crate) fn find(&self, text: &str) -> usize {
        // The end of the text means nothing to a prefix, so that a longer text may be cut.
        let head = |chars: usize| {
            text.char_indices()
                .nth(chars)
                .map_or(text, |(at, _)| &text[..at])
        };
        let found = self
            .0
            .iter()
            .find_map(|(engine, chars)| engine.find(chars.map_or(text, head)));
        found.map_or(0, |(start, end)| end - start)
    }
}

/// Finds what is cut off the end of a word.
#[derive(Debug)]
pub(crate) struct Suffix(Vec<(Engine, Option<usize>)>);

impl Suffix {
    /// Reads `a$|b$|…`; as all are bound to the end, the leftmost start of any part is the start of the whole.
    pub(crate) fn new(source: &str) -> Result<Self, RulesError> {
        let all = alternatives(source);
        let bound = all
            .iter()
            .all(|one| one.ends_with('$') && !one.ends_with("\\$"));
        let parts = if bound {
            let (hard, easy): (Vec<&str>, Vec<&str>) =
                all.iter().partition(|one| has_look_around(one));
            [easy.join("|"), hard.join("|")]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect()
        } else {
            vec![source.to_owned()]
        };
        let part = |part: &String| {
            // The plain engine begins at the end by itself.
            let chars = longest(part).filter(|_| bound && has_look_around(part));
            Ok((Engine::new(&translate(part), "suffix")?, chars))
        };
        parts.iter().map(part).collect::<Result<_, _>>().map(Self)
    }

    /// Length of the suffix in bytes; 0 for none.
    pub(crate) fn find(&self, text: &str) -> usize {
        // What is looked behind at is counted in, so that a longer text may be cut.
        let tail = |chars: usize| {
            text.char_indices()
                .rev()
                .take(chars)
                .last()
                .map_or(text, |(at, _)| &text[at..])
        };
        let lengths = self.0.iter().filter_map(|(engine, chars)| {
            let (start, end) = engine.find(chars.map_or(text, tail))?;
            Some(end - start)
        });
        lengths.max().unwrap_or(0)
    }
}

/// Finds where a word is split inside.
#[derive(Debug)]
pub(crate) struct Infix(Engine);

impl Infix {
    /// Reads one alternation.
    pub(crate) fn new(source: &str) -> Result<Self, RulesError> {
        Engine::new(&translate(source), "infix").map(Self)
    }

    /// Every match in order, in bytes.
    pub(crate) fn find_all(&self, text: &str) -> Vec<(usize, usize)> {
        match &self.0 {
            Engine::Plain(regex) => regex
                .find_iter(text)
                .map(|found| (found.start(), found.end()))
                .collect(),
            Engine::Fancy(regex) => regex
                .find_iter(text)
                .map_while(Result::ok)
                .map(|found| (found.start(), found.end()))
                .collect(),
        }
    }
}

/// Says of a whole word that it stays one token.
#[derive(Debug)]
pub(crate) struct Whole(Engine);

impl Whole {
    /// Reads one expression, matched from the start as Python's `re.match` does.
    pub(crate) fn new(source: &str) -> Result<Self, RulesError> {
        let source = translate(source);
        let source = if source.starts_with('^') {
            source
        } else {
            format!("^(?:{source})")
        };
        Engine::new(&source, "whole word").map(Self)
    }

    /// Whether it matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.find(text).is_some()
    }
}

fn has_look_around(source: &str) -> bool {
    ["(?=", "(?!", "(?<=", "(?<!"]
        .iter()
        .any(|mark| source.contains(mark))
}

/// Most characters a match can see, with all it looks at around it; `None` where something repeats without end.
fn longest(source: &str) -> Option<usize> {
    // Groups still open: longest branch so far, length of this branch.
    let mut open = vec![(0, 0)];
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        let (most, here): &mut (usize, usize) = open.last_mut()?;
        match c {
            '+' | '*' | '{' => return None,
            '?' | '^' | '$' => {}
            '|' => (*most, *here) = ((*most).max(*here), 0),
            '(' => {
                open.push((0, 0));
                // Marks of a kind of group; what is not one adds a character too many, which is harmless.
                let kind = chars.as_str();
                let mark = ["?:", "?=", "?!", "?<=", "?<!"]
                    .into_iter()
                    .find(|mark| kind.starts_with(mark))?;
                chars = kind[mark.len()..].chars();
            }
            ')' => {
                let (most, here) = open.pop()?;
                open.last_mut()?.1 += most.max(here);
            }
            '[' => {
                *here += 1;
                while let Some(c) = chars.next().filter(|&c| c != ']') {
                    if c == '\\' {
                        chars.next();
                    }
                }
            }
            '\\' => {
                *here += 1;
                chars.next();
            }
            _ => *here += 1,
        }
    }
    let (most, here) = open.pop()?;
    open.is_empty().then_some(most.max(here))
}

/// The alternatives at the top of an expression.
fn alternatives(source: &str) -> Vec<&str> {
    let (mut all, mut from, mut depth, mut class, mut escaped) =
        (Vec::new(), 0, 0usize, false, false);
    for (at, c) in source.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' => escaped = true,
            '[' if !class => class = true,
            ']' if class => class = false,
            '(' if !class => depth += 1,
            ')' if !class => depth = depth.saturating_sub(1),
            '|' if !class && depth == 0 => {
                all.push(&source[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    all.push(&source[from..]);
    all
}

/// The alternatives joined into runs of one kind, with look-around or without, order kept.
fn in_runs(source: &str) -> Vec<String> {
    let mut runs: Vec<(bool, String)> = Vec::new();
    for one in alternatives(source) {
        let hard = has_look_around(one);
        match runs.last_mut() {
            Some((kind, run)) if *kind == hard => {
                run.push('|');
                run.push_str(one);
            }
            _ => runs.push((hard, one.to_owned())),
        }
    }
    runs.into_iter().map(|(_, run)| run).collect()
}

/// Rewrites Python's syntax where Rust's differs: `\uXXXX`, needless escapes, and characters special only in Rust's classes.
fn translate(source: &str) -> String {
    let source = source.strip_prefix("(?u)").unwrap_or(source);
    let mut out = String::with_capacity(source.len() + source.len() / 4);
    let mut chars = source.chars();
    let mut class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some(kind @ ('u' | 'U')) => {
                    let digits: String = chars
                        .by_ref()
                        .take(if kind == 'u' { 4 } else { 8 })
                        .collect();
                    out.push_str("\\x{");
                    out.push_str(&digits);
                    out.push('}');
                }
                Some(
                    c @ ('\'' | '"' | '!' | '%' | ',' | ':' | ';' | '<' | '>' | '=' | '@' | '_'
                    | '`' | '/'),
                ) => out.push(c),
                Some(c) => {
                    out.push('\\');
                    out.push(c);
                }
                None => out.push_str("\\\\"),
            },
            '[' if class => out.push_str("\\["),
            '&' | '~' if class => {
                out.push('\\');
                out.push(c);
            }
            '[' => {
                class = true;
                out.push(c);
            }
            ']' if class => {
                class = false;
                out.push(c);
            }
            '#' if !class => out.push_str("\\#"),
            _ => out.push(c),
        }
    }
    out
}
