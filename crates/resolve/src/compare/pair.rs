//! Which words of two names belong together: the assignment that makes the sum of their likeness greatest.

use pathfinding::{kuhn_munkres::kuhn_munkres, matrix::Matrix};

use super::{
    alike::{Like, like},
    fold::Script,
    parts::{Kind, Part, Role},
    rules::Rules,
};

/// Words less alike than this never belong together.
const LEAST: f64 = 0.5;
/// Words written together must be this alike to one word.
const JOINED: f64 = 0.9;
/// Words tied by a hyphen need less.
const TIED: f64 = 0.78;
/// Most words that are written together.
const RUN: usize = 4;
/// Most syllables of a word, where each has its sign.
const SYLLABLES: usize = 8;
/// Most words that an abbreviation stands for.
const LONG_FORM: usize = 7;

/// What belongs together, and what is left.
#[derive(Debug, Default)]
pub(super) struct Paired {
    /// Indices into the two names' parts, in the order of the first.
    pub(super) pairs: Vec<(usize, usize, Like)>,
    pub(super) left_a: Vec<usize>,
    pub(super) left_b: Vec<usize>,
}

/// Puts together words that one name writes as one and the other apart, and runs that the other abbreviates; then pairs them.
pub(super) fn pair(a: &mut Vec<Part>, b: &mut Vec<Part>, kind: Kind, rules: &Rules) -> Paired {
    join(a, b, kind, rules);
    join(b, a, kind, rules);
    let words = |parts: &[Part]| -> Vec<usize> {
        parts
            .iter()
            .enumerate()
            .filter(|(_, p)| p.names())
            .map(|(at, _)| at)
            .collect()
    };
    let (of_a, of_b) = (words(a), words(b));
    let mut out = Paired::default();
    let best = assign(&of_a, &of_b, |i, j| like(&a[i], &b[j], kind, rules).share);
    for (i, j) in best {
        out.pairs.push((i, j, like(&a[i], &b[j], kind, rules)));
    }
    out.pairs.sort_by_key(|(i, j, _)| (*i, *j));
    out.left_a = of_a
        .into_iter()
        .filter(|i| !out.pairs.iter().any(|(x, ..)| x == i))
        .collect();
    out.left_b = of_b
        .into_iter()
        .filter(|j| !out.pairs.iter().any(|(_, y, _)| y == j))
        .collect();
    out
}

fn assign(a: &[usize], b: &[usize], share: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    // Rows must not be more than columns.
    let turned = a.len() > b.len();
    let (rows, columns) = if turned { (b, a) } else { (a, b) };
    let of = |row: usize, column: usize| {
        let (i, j) = if turned {
            (columns[column], rows[row])
        } else {
            (rows[row], columns[column])
        };
        let share = share(i, j);
        // Where two fit as well, the one in the same place.
        #[allow(clippy::cast_possible_truncation)]
        let value = (share * 1e6) as i64 + i64::from(row == column);
        if share >= LEAST { value } else { 0 }
    };
    let weights = Matrix::from_fn(rows.len(), columns.len(), |(row, column)| of(row, column));
    let (_, chosen) = kuhn_munkres(&weights);
    chosen
        .into_iter()
        .enumerate()
        .filter(|(row, column)| weights.get((*row, *column)).is_some_and(|w| *w > 1))
        .map(|(row, column)| {
            if turned {
                (columns[column], rows[row])
            } else {
                (rows[row], columns[column])
            }
        })
        .collect()
}

/// Makes one part of each run in `long` that `short` writes as one word or abbreviates.
fn join(long: &mut Vec<Part>, short: &[Part], kind: Kind, rules: &Rules) {
    for word in short
        .iter()
        .filter(|p| p.role == Role::Word && p.latin.len() > 1)
    {
        let long_as = word.latin.len();
        let fits = |part: &Part| like(part, word, kind, rules).share;
        if long.iter().any(|p| p.names() && fits(p) >= JOINED) {
            continue;
        }
        let mut best: Option<(f64, std::ops::Range<usize>, Part)> = None;
        for from in 0..long.len() {
            for to in from + 2..=long.len().min(from + SYLLABLES.max(LONG_FORM)) {
                let Some(run) = long.get(from..to) else {
                    continue;
                };
                let most = if syllables(run) { SYLLABLES } else { RUN };
                let letters: usize = run.iter().map(|p| p.own.len()).sum();
                // What is so much longer or shorter is never so much alike.
                let may = run.len() <= most && letters.max(long_as) <= 3 * letters.min(long_as);
                let joined = may.then(|| together(run, rules)).flatten();
                let made =
                    joined.filter(|part| fits(part) >= if tied(run) { TIED } else { JOINED });
                let Some(made) = made.or_else(|| abbreviated(run, word, kind)) else {
                    continue;
                };
                let share = fits(&made);
                if best.as_ref().is_none_or(|(known, ..)| share > *known) {
                    best = Some((share, from..to, made));
                }
            }
        }
        if let Some((_, run, made)) = best {
            long.splice(run, [made]);
        }
    }
}

fn tied(run: &[Part]) -> bool {
    run.split_last()
        .is_some_and(|(_, before)| before.iter().all(|p| p.tied))
}

fn syllables(run: &[Part]) -> bool {
    run.iter().all(|p| p.script == Script::Syllables)
}

/// A run of words as one.
fn together(run: &[Part], rules: &Rules) -> Option<Part> {
    let (first, last) = (run.first()?, run.last()?);
    let may = |p: &Part| p.names() || matches!(p.role, Role::Particle | Role::Form(_));
    if !run.iter().all(may) || !run.iter().any(Part::names) {
        return None;
    }
    let latin: String = run.iter().map(|p| p.own.as_str()).collect();
    Some(Part {
        own: latin.clone(),
        written: written(run),
        sound: rules.sound(&latin),
        latin,
        script: first.script,
        role: Role::Word,
        weight: run.iter().map(|p| p.weight).fold(0.0, f64::max),
        tied: last.tied,
        abbreviated: false,
    })
}

/// A run of words as the abbreviation `short`, if their initials are its letters; small words may give theirs or not.
fn abbreviated(run: &[Part], short: &Part, kind: Kind) -> Option<Part> {
    let letters = 2..=LONG_FORM;
    if kind != Kind::Body || !short.capital() || !letters.contains(&short.latin.len()) {
        return None;
    }
    let may = |p: &Part| p.names() || matches!(p.role, Role::Particle | Role::Form(_));
    let names = |p: Option<&Part>| p.is_some_and(|p| p.role != Role::Particle);
    let words = run.iter().filter(|p| p.role != Role::Particle);
    if !run.iter().all(may)
        || !names(run.first())
        || !names(run.last())
        || words.clone().count() < 2
    {
        return None;
    }
    let initials = |p: &Part| p.latin.chars().next();
    let (all, some): (String, String) = (
        run.iter().filter_map(initials).collect(),
        words.filter_map(initials).collect(),
    );
    (all == short.latin || some == short.latin).then(|| Part {
        written: written(run),
        abbreviated: true,
        // Two letters are soon the initials of something else.
        weight: match short.latin.len() {
            ..3 => 0.5,
            3 => 0.8,
            _ => 1.0,
        },
        tied: false,
        ..short.clone()
    })
}

fn written(run: &[Part]) -> String {
    run.iter()
        .map(|p| p.written.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
