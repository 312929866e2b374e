//! The words by which a report says where it has things from, as patterns over a text whose outlets are masked.

use std::ops::Range;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use super::{
    Outlet,
    file::CueRow,
    mask::{Mask, OUTLET},
    spell::{Hit, Spellings, words},
};
use crate::{error::GazetteerError, file::File};

/// What a cue shows, and so where it is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CueSort {
    /// In the byline field: "Reuters", "By A. Writer, Associated Press".
    Byline,
    /// Before a report's first sentence: "KYIV (Reuters) -".
    Dateline,
    /// A line that credits, mostly at the foot: "With reporting by AFP".
    CreditLine,
    /// That the report was printed elsewhere before: "originally published by".
    Republished,
    /// In a sentence: "citing Reuters".
    Citing,
    /// That the report shows reporting of its own: "our correspondent".
    Own,
}

const SORTS: [CueSort; 6] = [
    CueSort::Byline,
    CueSort::Dateline,
    CueSort::CreditLine,
    CueSort::Republished,
    CueSort::Citing,
    CueSort::Own,
];

/// Who a cue names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who<'s> {
    /// The outlet that printed the report.
    Publisher,
    /// Another listed outlet.
    Outlet(&'s Outlet),
    /// A name as written, or words such as "agencies".
    Named(String),
}

/// A cue met in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue<'s> {
    /// What it shows.
    pub sort: CueSort,
    /// Whether it shows reporting of its own where the report's publisher is the one named ("told The Example").
    pub own: bool,
    /// Whom it names, in order; empty only for [`CueSort::Own`].
    pub who: Vec<Who<'s>>,
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// Whether it stands inside quotation marks: then "us" is whoever is quoted.
    pub quoted: bool,
}

/// A name that is on no list: words with capitals, and "of" or "the" between them.
const NAME: &str = r"(?-i:[\p{Lu}0-9][\w'&+-]*(?:\.[a-z]+)?(?: (?:(?:of|the|for|de|la|du|di|der|&) ){0,2}[\p{Lu}0-9][\w'&+-]*(?:\.[a-z]+)?){0,5})";

struct Pattern {
    sort: CueSort,
    own: bool,
    words: Regex,
    unless: Option<Regex>,
}

/// Every cue, ready to be asked.
pub(super) struct Cues {
    patterns: Vec<Pattern>,
    /// Which patterns of a sort match at all, in one pass.
    sets: Vec<(CueSort, RegexSet, Vec<usize>)>,
}

/// Whom the masked signs stand for: by the byte of the text where each starts.
pub(super) type Named<'a, 's> = &'a dyn Fn(usize) -> Option<Who<'s>>;

impl Cues {
    /// Compiles the cues of `rows` and holds each to its examples.
    pub(super) fn new(rows: &[(&File<'_>, Vec<CueRow>)]) -> Result<Self, GazetteerError> {
        let mut patterns = Vec::new();
        let mut written = Vec::new();
        for (file, rows) in rows {
            for row in rows {
                let words = expand(row.words.get_ref());
                let at = row.words.span().start;
                let compiled = |text: &str, at: usize| {
                    RegexBuilder::new(text)
                        .case_insensitive(true)
                        .build()
                        .map_err(|error| file.mistake(at, error.to_string().replace('\n', " ")))
                };
                let unless = match &row.unless {
                    Some(text) => Some(compiled(text.get_ref(), text.span().start)?),
                    None => None,
                };
                let pattern = Pattern {
                    sort: row.sort,
                    own: row.own,
                    words: compiled(&words, at)?,
                    unless,
                };
                if row.sort != CueSort::Own && pattern.slots().count() == 0 {
                    let message =
                        "a cue needs {outlet}, {outlets}, {name} or a group `(?<who>...)`";
                    return Err(file.mistake(at, message));
                }
                pattern.check(file, row)?;
                patterns.push(pattern);
                written.push(words);
            }
        }
        let mut sets = Vec::new();
        for sort in SORTS {
            let of: Vec<usize> = (0..patterns.len())
                .filter(|&n| patterns[n].sort == sort)
                .collect();
            let set = RegexSetBuilder::new(of.iter().map(|&n| &written[n]))
                .case_insensitive(true)
                .build();
            let set = set.map_err(|error| GazetteerError::Unreadable {
                path: "sources".to_owned(),
                cause: std::io::Error::other(error),
            })?;
            sets.push((sort, set, of));
        }
        Ok(Self { patterns, sets })
    }

    /// The cues of these sorts in `text`, in order. Linear in the text as long as it is no longer than a paragraph; hand a longer one over in
    /// pieces.
    pub(super) fn find<'s>(
        &self,
        text: &str,
        sorts: &[CueSort],
        hits: &[Hit],
        named: Named<'_, 's>,
    ) -> Vec<Cue<'s>> {
        let mask = Mask::new(text, hits);
        let mut cues: Vec<Cue<'s>> = Vec::new();
        for (sort, set, of) in &self.sets {
            if !sorts.contains(sort) {
                continue;
            }
            for n in set.matches(&mask.text) {
                cues.extend(self.patterns[of[n]].find(&mask, text, named));
            }
        }
        cues.sort_by_key(|cue| (cue.bytes.start, cue.bytes.end, cue.sort));
        cues
    }
}

impl Pattern {
    fn slots(&self) -> impl Iterator<Item = &str> {
        self.words.capture_names().flatten()
    }

    fn find<'s>(&self, mask: &Mask, text: &str, named: Named<'_, 's>) -> Vec<Cue<'s>> {
        let excused = |unless: &Regex| unless.is_match(&mask.text);
        if self.unless.as_ref().is_some_and(excused) {
            return Vec::new();
        }
        let mut cues = Vec::new();
        for found in self.words.captures_iter(&mask.text) {
            let Some(whole) = found.get(0) else { continue };
            let mut who = Vec::new();
            for slot in self.slots().filter_map(|slot| found.name(slot)) {
                let signs = slot.as_str().match_indices(OUTLET).map(|(at, _)| {
                    let at = slot.start() + at;
                    named(mask.original(at..at).start)
                });
                let before = who.len();
                who.extend(signs.flatten());
                if who.len() == before {
                    let bytes = mask.original(slot.range());
                    who.push(Who::Named(text.get(bytes).unwrap_or("").trim().to_owned()));
                }
            }
            let before = mask.text.get(..whole.start()).unwrap_or("");
            cues.push(Cue {
                sort: self.sort,
                own: self.own,
                who,
                bytes: mask.original(whole.range()),
                quoted: before.matches('"').count() % 2 == 1,
            });
        }
        cues
    }

    /// Every `yes` gives exactly the names marked in it, every `no` nothing.
    fn check(&self, file: &File<'_>, row: &CueRow) -> Result<(), GazetteerError> {
        if row.yes.is_empty() {
            let message = "a cue needs at least one example in `yes`";
            return Err(file.mistake(row.words.span().start, message));
        }
        for (example, yes) in row
            .yes
            .iter()
            .map(|e| (e, true))
            .chain(row.no.iter().map(|e| (e, false)))
        {
            let marked = Marked::read(example.get_ref());
            let mask = Mask::new(&marked.text, &marked.hits);
            let named = |at: usize| {
                let hit = marked.hits.iter().find(|hit| hit.start == at)?;
                Some(Who::Named(marked.text.get(hit.start..hit.end)?.to_owned()))
            };
            let cues = self.find(&mask, &marked.text, &named);
            let said: Vec<Who<'_>> = cues.iter().flat_map(|cue| cue.who.clone()).collect();
            let wanted: Vec<Who<'_>> = if yes { marked.names } else { Vec::new() };
            if cues.is_empty() == yes || said != wanted {
                let message = format!(
                    "example \"{}\" gives {said:?}, not {wanted:?}",
                    example.get_ref()
                );
                return Err(file.mistake(example.span().start, message));
            }
        }
        Ok(())
    }
}

/// An example with its marks taken off: `{Agency}` is a listed outlet, `<Daily>` an unlisted name that must be given.
struct Marked {
    text: String,
    hits: Vec<Hit>,
    names: Vec<Who<'static>>,
}

impl Marked {
    fn read(example: &str) -> Self {
        let mut marked = Self {
            text: String::new(),
            hits: Vec::new(),
            names: Vec::new(),
        };
        let mut start = 0;
        for c in example.chars() {
            match c {
                '{' | '<' => start = marked.text.len(),
                '}' | '>' => {
                    let end = marked.text.len();
                    let name = marked.text.get(start..).unwrap_or("").to_owned();
                    marked.names.push(Who::Named(name));
                    if c == '}' {
                        let outlet = 0;
                        marked.hits.push(Hit { start, end, outlet });
                    }
                }
                c => marked.text.push(c),
            }
        }
        marked
    }
}

/// A cue's words as a regular expression: `{outlet}` one listed outlet, `{outlets}` one or a list, `{name}` one or any name.
fn expand(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    let mut slot = 0;
    while let Some((head, found)) = ["{outlets}", "{outlet}", "{name}"]
        .iter()
        .filter_map(|slot| Some((rest.find(slot)?, *slot)))
        .min()
    {
        out.push_str(rest.get(..head).unwrap_or(""));
        rest = rest.get(head + found.len()..).unwrap_or("");
        out.push_str(&match found {
            "{outlet}" => format!(r"(?:the )?(?<w{slot}>{OUTLET})"),
            "{outlets}" => format!(
                r"(?<w{slot}>(?:the )?{OUTLET}(?:(?:, and |, | and | & |/|; )(?:the )?{OUTLET})*)"
            ),
            _ => format!(r"(?:the )?(?<w{slot}>{OUTLET}|{NAME})"),
        });
        slot += 1;
    }
    out.push_str(rest);
    out
}

/// Spellings of the publisher and of every outlet in `text`: the longest where they overlap, the publisher's where they are as long.
pub(super) fn hits(text: &str, listed: &Spellings, own: &Spellings) -> Vec<Hit> {
    let words = words(text);
    let mut hits = listed.find(text, &words);
    hits.extend(own.find(text, &words));
    hits.sort_by_key(|hit| (hit.start, usize::MAX - hit.end, usize::MAX - hit.outlet));
    let mut end = 0;
    hits.retain(|hit| {
        let free = hit.start >= end;
        if free {
            end = hit.end;
        }
        free
    });
    hits
}
