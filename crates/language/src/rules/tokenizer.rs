//! spaCy's tokenizer: words between white space, affixes cut off them, special cases put over them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use sayso_records::Span;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::lexeme::{Norms, is_space};
use super::pattern::{Infix, Prefix, Suffix, Whole};
use super::{Piece, RulesError};

/// Numbers of the two attributes an exception may set, as spaCy's file writes them.
const ORTH: u64 = 65;
const NORM: u64 = 67;

/// The tokenizer's part of a model.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TokenizerData {
    pub(crate) prefix_search: String,
    pub(crate) suffix_search: String,
    pub(crate) infix_finditer: String,
    #[serde(default)]
    pub(crate) token_match: Option<String>,
    #[serde(default)]
    pub(crate) url_match: Option<String>,
    /// Words with fixed tokens; each token's attributes by number.
    pub(crate) exceptions: BTreeMap<String, Vec<BTreeMap<u64, String>>>,
    #[serde(default = "yes")]
    pub(crate) faster_heuristics: bool,
}

fn yes() -> bool {
    true
}

/// One token of a word, before it stands anywhere.
#[derive(Clone, Debug)]
struct Part {
    /// Length in bytes.
    len: u32,
    norm: SmolStr,
    /// Whether a special case found in the second pass may begin here.
    opens: bool,
}

/// Tokens of words seen before. Each call takes one and puts it back, so that threads never wait for each other.
type Cache = HashMap<SmolStr, Arc<[Part]>, foldhash::fast::FixedState>;

/// Entries after which a cache takes no more.
const CACHE_WORDS: usize = 50_000;
/// Words longer than this are not kept: they hardly come again.
const CACHE_BYTES: usize = 64;

/// A tokenizer.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Prefix,
    suffix: Suffix,
    infix: Infix,
    token_match: Option<Whole>,
    url_match: Option<Whole>,
    specials: HashMap<SmolStr, Arc<[Part]>, foldhash::fast::FixedState>,
    /// Length of the longest special case in bytes, so that long words need no look-up at every cut.
    longest_special: usize,
    /// Special cases that affixes may tear apart: token sequences by first token; the rest of each sequence.
    torn: HashMap<SmolStr, Vec<Vec<SmolStr>>, foldhash::fast::FixedState>,
    caches: Mutex<Vec<Cache>>,
}

impl Tokenizer {
    /// Compiles the rules.
    pub(crate) fn new(data: &TokenizerData, norms: &Norms) -> Result<Self, RulesError> {
        let whole = |source: &Option<String>| source.as_deref().map(Whole::new).transpose();
        let mut this = Self {
            prefix: Prefix::new(&data.prefix_search)?,
            suffix: Suffix::new(&data.suffix_search)?,
            infix: Infix::new(&data.infix_finditer)?,
            token_match: whole(&data.token_match)?,
            url_match: whole(&data.url_match)?,
            specials: HashMap::default(),
            longest_special: data.exceptions.keys().map(String::len).max().unwrap_or(0),
            torn: HashMap::default(),
            caches: Mutex::default(),
        };
        for word in data.exceptions.keys() {
            let found = this.prefix.find(word) > 0
                || this.suffix.find(word) > 0
                || !this.infix.find_all(word).is_empty();
            if !data.faster_heuristics || found || word.contains(' ') {
                let pieces = this.affixes(word, norms, &mut Cache::default(), false);
                let mut words = pieces
                    .iter()
                    .map(|(from, part)| SmolStr::new(&word[*from..*from + part.len as usize]));
                if let Some(first) = words.next() {
                    this.torn.entry(first).or_default().push(words.collect());
                }
            }
        }
        for (word, tokens) in &data.exceptions {
            let parts: Vec<Part> = tokens
                .iter()
                .filter_map(|token| {
                    let orth = token.get(&ORTH)?;
                    let norm = token
                        .get(&NORM)
                        .map_or_else(|| norms.norm(orth), SmolStr::new);
                    Some(this.part(orth, norm))
                })
                .collect();
            // A case whose tokens do not spell it would misplace all that follows.
            if parts.iter().map(|part| part.len as usize).sum::<usize>() != word.len() {
                return Err(RulesError::Exception { word: word.clone() });
            }
            this.specials.insert(SmolStr::new(word), parts.into());
        }
        Ok(this)
    }

    fn part(&self, orth: &str, norm: SmolStr) -> Part {
        Part {
            len: u32::try_from(orth.len()).unwrap_or(u32::MAX),
            norm,
            opens: self.torn.contains_key(orth),
        }
    }

    /// The tokens of a text in order; they and the spaces said to follow them make up the text.
    pub(crate) fn tokenize(&self, text: &str, norms: &Norms) -> Vec<Piece> {
        let taken = self
            .caches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let mut cache = taken.unwrap_or_default();
        let tokens = self.affixes(text, norms, &mut cache, true);
        self.caches
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(cache);
        let tokens = self.mend(text, tokens);
        let mut pieces: Vec<Piece> = Vec::with_capacity(tokens.len());
        for (from, part) in tokens {
            // A gap is always the one space that belongs to the token before.
            if let Some(last) = pieces.last_mut() {
                last.space_after = (last.span.end as usize) < from;
            }
            pieces.push(Piece {
                span: Span::new(from, from + part.len as usize),
                norm: part.norm,
                space_after: false,
            });
        }
        if let Some(last) = pieces.last_mut() {
            last.space_after = (last.span.end as usize) < text.len();
        }
        pieces
    }

    /// First pass: runs of white space and of other characters, a single space between words dropped, affixes cut.
    fn affixes(
        &self,
        text: &str,
        norms: &Norms,
        cache: &mut Cache,
        special: bool,
    ) -> Vec<(usize, Part)> {
        let mut out = Vec::with_capacity(text.len() / 5 + 1);
        let Some(first) = text.chars().next() else {
            return out;
        };
        let (mut start, mut in_space) = (0, is_space(first));
        let mut chunk = |from: usize, to: usize| {
            let mut at = from;
            let word = &text[from..to];
            if let Some(known) = special
                .then(|| self.specials.get(word))
                .flatten()
                .or_else(|| cache.get(word))
            {
                for part in known.iter() {
                    out.push((at, part.clone()));
                    at += part.len as usize;
                }
                return;
            }
            let mut parts = Vec::new();
            self.split(word, norms, special, &mut parts);
            for part in &parts {
                out.push((at, part.clone()));
                at += part.len as usize;
            }
            if cache.len() < CACHE_WORDS && word.len() <= CACHE_BYTES {
                cache.insert(SmolStr::new(word), parts.into());
            }
        };
        for (at, c) in text.char_indices() {
            if is_space(c) != in_space {
                if start < at {
                    chunk(start, at);
                }
                start = if c == ' ' { at + 1 } else { at };
                in_space = !in_space;
            }
        }
        if start < text.len() {
            chunk(start, text.len());
        }
        out
    }

    /// Cuts one run of characters into tokens.
    fn split(&self, word: &str, norms: &Norms, special: bool, out: &mut Vec<Part>) {
        let plain = |text: &str| self.part(text, norms.norm(text));
        // No affix, infix or address is made of ASCII letters alone; most words never meet an expression.
        if special && word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            out.push(plain(word));
            return;
        }
        let known = |text: &str| {
            special && text.len() <= self.longest_special && self.specials.contains_key(text)
        };
        let is_token = |text: &str| {
            self.token_match
                .as_ref()
                .is_some_and(|whole| whole.matches(text))
        };
        let mut rest = word;
        let mut suffixes: Vec<&str> = Vec::new();
        let mut size = usize::MAX;
        while !rest.is_empty() && rest.len() != size {
            if is_token(rest) || known(rest) {
                break;
            }
            size = rest.len();
            let before = self.prefix.find(rest);
            let (front, without) = rest.split_at(before);
            if before > 0 && !without.is_empty() && known(without) {
                out.push(plain(front));
                rest = without;
                break;
            }
            let after = self.suffix.find(without);
            let (stem, back) = rest.split_at(rest.len() - after);
            if after > 0 && !stem.is_empty() && known(stem) {
                suffixes.push(back);
                rest = stem;
                break;
            }
            if before > 0 {
                out.push(plain(front));
            }
            if after > 0 {
                suffixes.push(back);
            }
            rest = &rest[before..rest.len() - after];
        }
        if !rest.is_empty() {
            self.attach(rest, norms, special, out);
        }
        out.extend(suffixes.iter().rev().map(|text| plain(text)));
    }

    /// What is left between the affixes: a special case, an address, or a word split at its infixes.
    fn attach(&self, word: &str, norms: &Norms, special: bool, out: &mut Vec<Part>) {
        if let Some(parts) = special.then(|| self.specials.get(word)).flatten() {
            out.extend(parts.iter().cloned());
            return;
        }
        let mut push = |text: &str| {
            if !text.is_empty() {
                out.push(self.part(text, norms.norm(text)));
            }
        };
        let whole = [&self.token_match, &self.url_match]
            .into_iter()
            .flatten()
            .any(|whole| whole.matches(word));
        if whole {
            push(word);
            return;
        }
        let mut from = 0;
        for (start, end) in self.infix.find_all(word) {
            // spaCy leaves a match at the very start in the word.
            if start == 0 {
                continue;
            }
            push(&word[from..start]);
            push(&word[start..end]);
            from = end;
        }
        push(&word[from..]);
    }

    /// Second pass: special cases that the first tore apart are put together again, the longest first, then the leftmost.
    fn mend(&self, text: &str, tokens: Vec<(usize, Part)>) -> Vec<(usize, Part)> {
        let word = |at: usize| {
            tokens
                .get(at)
                .map(|(from, part)| &text[*from..*from + part.len as usize])
        };
        let mut found: Vec<(usize, usize)> = Vec::new();
        for (at, _) in tokens
            .iter()
            .enumerate()
            .filter(|(_, (_, part))| part.opens)
        {
            for rest in word(at)
                .and_then(|first| self.torn.get(first))
                .into_iter()
                .flatten()
            {
                if rest
                    .iter()
                    .enumerate()
                    .all(|(next, wanted)| word(at + 1 + next) == Some(wanted))
                {
                    found.push((at, at + 1 + rest.len()));
                }
            }
        }
        if found.is_empty() {
            return tokens;
        }
        found.sort_by_key(|&(start, end)| (std::cmp::Reverse(end - start), start));
        let mut seen = vec![false; tokens.len()];
        let mut chosen: HashMap<usize, usize> = HashMap::new();
        for (start, end) in found {
            if !seen[start] && !seen[end - 1] {
                chosen.insert(start, end);
            }
            seen[start..end].fill(true);
        }
        let mut out = Vec::with_capacity(tokens.len());
        let mut at = 0;
        while let Some((from, part)) = tokens.get(at) {
            let Some(&end) = chosen.get(&at) else {
                out.push((*from, part.clone()));
                at += 1;
                continue;
            };
            let last = &tokens[end - 1];
            // Tokens with a space between them spell another text, which is no special case.
            match self
                .specials
                .get(&text[*from..last.0 + last.1.len as usize])
            {
                Some(parts) => {
                    let mut from = *from;
                    for part in parts.iter() {
                        out.push((from, part.clone()));
                        from += part.len as usize;
                    }
                }
                None => out.extend(tokens[at..end].iter().cloned()),
            }
            at = end;
        }
        out
    }
}
