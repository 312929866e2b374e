//! How far apart two spellings are.

/// Letters that cost little to take for one another: for each ASCII letter a bit for each other.
#[derive(Debug)]
pub(super) struct Near([u128; 128]);

impl Near {
    /// Of pairs of ASCII letters; any other letter is near none.
    pub(super) fn of(pairs: impl IntoIterator<Item = (u8, u8)>) -> Self {
        let mut near = [0; 128];
        for (a, b) in pairs.into_iter().flat_map(|(a, b)| [(a, b), (b, a)]) {
            if let Some(bits) = near.get_mut(usize::from(a)).filter(|_| b < 128) {
                *bits |= 1 << b;
            }
        }
        Self(near)
    }

    fn has(&self, a: u8, b: u8) -> bool {
        b < 128
            && self
                .0
                .get(usize::from(a))
                .is_some_and(|bits| bits >> b & 1 == 1)
    }

    fn swap(&self, a: u8, b: u8, costs: &Costs) -> f64 {
        match (a, b) {
            (a, b) if a == b => 0.0,
            (a, b) if self.has(a, b) => costs.near,
            (a, b) if is_vowel(a) && is_vowel(b) => costs.vowels,
            _ => 1.0,
        }
    }
}

/// What it costs to turn one word into another, beside 1 for any letter.
#[derive(Debug)]
pub(super) struct Costs {
    /// A letter for one it is taken for.
    near: f64,
    /// A vowel for another.
    vowels: f64,
    /// A letter doubled.
    double: f64,
    /// A vowel or an h more, which romanisations drop.
    weak: f64,
}

/// Both words were written in one script.
pub(super) const ONE_SCRIPT: Costs = Costs {
    near: 0.4,
    vowels: 0.5,
    double: 0.3,
    weak: 0.7,
};
/// A word and what another script makes of it: vowels are written as that script has them, or not at all.
pub(super) const TWO_SCRIPTS: Costs = Costs {
    near: 0.3,
    vowels: 0.25,
    double: 0.1,
    weak: 0.35,
};

pub(super) fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// What one letter more costs, behind `before`.
fn extra(letter: u8, before: Option<u8>, costs: &Costs) -> f64 {
    if before == Some(letter) {
        costs.double
    } else if is_vowel(letter) || letter == b'h' {
        costs.weak
    } else {
        1.0
    }
}

/// How alike two ASCII words are, 0..=1: one less what turning the one into the other costs, over the longer. Two letters that change places
/// cost .7 (optimal string alignment, Damerau 1964, with costs by letter). Crates for it have one cost for all letters.
pub(super) fn alike(a: &str, b: &str, near: &Near, costs: &Costs) -> f64 {
    if a == b {
        return 1.0;
    }
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let width = b.len() + 1;
    let mut table = vec![0.0_f64; (a.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let before = |s: &[u8], i: usize| i.checked_sub(2).and_then(|i| s.get(i).copied());
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let mut best = f64::INFINITY;
            if i == 0 && j == 0 {
                continue;
            }
            if i > 0 {
                best = best.min(table[at(i - 1, j)] + extra(a[i - 1], before(a, i), costs));
            }
            if j > 0 {
                best = best.min(table[at(i, j - 1)] + extra(b[j - 1], before(b, j), costs));
            }
            if i > 0 && j > 0 {
                best = best.min(table[at(i - 1, j - 1)] + near.swap(a[i - 1], b[j - 1], costs));
            }
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(table[at(i - 2, j - 2)] + 0.7);
            }
            table[at(i, j)] = best;
        }
    }
    let longer = u32::try_from(a.len().max(b.len()).max(1)).map_or(f64::INFINITY, f64::from);
    (1.0 - table[at(a.len(), b.len())] / longer).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::{Near, ONE_SCRIPT, alike};

    #[test]
    fn spellings_are_as_far_apart_as_they_look() {
        let near = Near::of([(b's', b'z')]);
        for (a, b, least, most) in [
            ("orlov", "orlov", 1.0, 1.0),
            ("gasprom", "gazprom", 0.9, 0.99),
            ("assad", "asad", 0.9, 0.99),
            ("musk", "mosk", 0.8, 0.9),
            ("petrov", "orlov", 0.0, 0.6),
            ("ab", "ba", 0.6, 0.7),
            ("", "a", 0.0, 0.4),
        ] {
            let found = alike(a, b, &near, &ONE_SCRIPT);
            assert!((least..=most).contains(&found), "{a} {b}: {found}");
            assert!(
                (alike(b, a, &near, &ONE_SCRIPT) - found).abs() < 1e-9,
                "{a} {b}"
            );
        }
    }
}
