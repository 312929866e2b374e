//! What an annotation lets a role hold: alternative and optional fillers, as in the answer keys of the Message Understanding
//! Conferences (Chinchor, MUC-4, 1992), and how two annotations of one text agree under them.

use sayso_codebook::ClaimExpected;
use sayso_records::Filler;

/// One filler of an annotation: `"A"`, `"A | B"` (either is right), `"A?"` (right if there, not missed if not).
#[derive(Debug, Clone)]
pub struct Key<'a> {
    /// The names that are right.
    pub names: Vec<&'a str>,
    /// Whether the filler may be left out.
    pub optional: bool,
}

impl<'a> Key<'a> {
    /// Reads the notation.
    pub fn new(text: &'a str) -> Self {
        let (text, optional) = match text.trim().strip_suffix('?') {
            Some(rest) => (rest, true),
            None => (text, false),
        };
        let names = text.split('|').map(str::trim).filter(|n| !n.is_empty());
        Self {
            names: names.collect(),
            optional,
        }
    }

    /// Whether this filler is one that the key means.
    pub fn is(&self, filler: &Filler) -> bool {
        self.is_one_of(&[&filler.name, &filler.text])
    }

    /// Whether one of these names is meant.
    pub fn is_one_of(&self, names: &[&str]) -> bool {
        self.names
            .iter()
            .any(|wanted| names.iter().any(|name| alike(wanted, name)))
    }

    fn meets(&self, other: &Key<'_>) -> bool {
        self.names
            .iter()
            .any(|a| other.names.iter().any(|b| alike(a, b)))
    }
}

/// The fillers that an annotation gives a role.
pub fn keys<'a>(expected: &'a ClaimExpected, role: &str) -> Vec<Key<'a>> {
    let texts = expected.roles.get(role).map_or(&[][..], Vec::as_slice);
    texts.iter().map(|text| Key::new(text)).collect()
}

/// Whether one name is the other, or its core ("Akinci drone", "Bayraktar Akinci drone").
pub fn alike(expected: &str, name: &str) -> bool {
    let (a, b) = (fold(expected), fold(name));
    let words = |s: &str| -> Vec<String> { s.split_whitespace().map(str::to_owned).collect() };
    let inside = |short: &str, long: &str| {
        let (short, long) = (words(short), words(long));
        !short.is_empty() && long.windows(short.len()).any(|w| w == short)
    };
    a == b || inside(&a, &b) || inside(&b, &a)
}

fn fold(words: &str) -> String {
    let lower = words.to_lowercase();
    let bare = lower.strip_prefix("the ").unwrap_or(&lower);
    bare.trim().to_owned()
}

/// Whether each of `wanted` that is not optional meets one of `have`, and each of `have` meets one of `wanted`.
pub(super) fn covered<H>(
    wanted: &[Key<'_>],
    have: &[H],
    meets: impl Fn(&Key<'_>, &H) -> bool,
) -> bool {
    have.len() <= wanted.len()
        && wanted
            .iter()
            .all(|w| w.optional || have.iter().any(|h| meets(w, h)))
        && have.iter().all(|h| wanted.iter().any(|w| meets(w, h)))
}

/// Whether two annotations mean the same claim: kind and roles, where what either leaves open may differ.
fn same(a: &ClaimExpected, b: &ClaimExpected) -> bool {
    let roles = a.roles.keys().chain(b.roles.keys());
    a.kind == b.kind
        && roles.filter(|role| *role != "about").all(|role| {
            let (a, b) = (keys(a, role), keys(b, role));
            let met =
                |x: &Key<'_>, others: &[Key<'_>]| x.optional || others.iter().any(|y| x.meets(y));
            a.iter().all(|x| met(x, &b)) && b.iter().all(|x| met(x, &a))
        })
}

/// The claims that two annotations of one text share, and those that each has alone; what either holds optional is in neither list.
#[derive(Debug, Default)]
pub struct Agreement<'a> {
    /// Claims of both.
    pub both: Vec<(&'a ClaimExpected, &'a ClaimExpected)>,
    /// Claims of the first alone.
    pub first: Vec<&'a ClaimExpected>,
    /// Claims of the second alone.
    pub second: Vec<&'a ClaimExpected>,
}

/// Compares two annotations of one text.
pub fn agreement<'a>(first: &'a [ClaimExpected], second: &'a [ClaimExpected]) -> Agreement<'a> {
    let mut out = Agreement::default();
    let mut rest: Vec<&ClaimExpected> = second.iter().collect();
    for a in first {
        match rest.iter().position(|b| same(a, b)) {
            Some(at) => out.both.push((a, rest.remove(at))),
            None if a.optional => {}
            None => out.first.push(a),
        }
    }
    out.second = rest.into_iter().filter(|b| !b.optional).collect();
    out
}
