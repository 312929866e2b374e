//! spaCy's numbers for strings: MurmurHash64A with seed 1, and small numbers for its own symbols.

use std::collections::HashMap;
use std::sync::LazyLock;

/// spaCy's fixed symbols, one a line: number, name. Every string store starts with them, so a word spelt like one gets its number.
static SYMBOLS: LazyLock<HashMap<&'static str, u64>> = LazyLock::new(|| {
    include_str!("symbols.txt")
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(number, name)| Some((name, number.parse().ok()?)))
        .collect()
});

/// Longest name among the symbols, in bytes; longer strings need no look-up.
static LONGEST: LazyLock<usize> =
    LazyLock::new(|| SYMBOLS.keys().map(|name| name.len()).max().unwrap_or(0));

/// The number spaCy's string store gives a string; 0 for the empty one.
pub(crate) fn string_id(text: &str) -> u64 {
    if text.is_empty() {
        return 0;
    }
    // Every symbol is ASCII letters, digits and underscores and begins with no digit: most punctuation and numbers skip the table.
    let may_be =
        text.len() <= *LONGEST && text.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic());
    match may_be.then(|| SYMBOLS.get(text)).flatten() {
        Some(&number) => number,
        None => murmur64a(text.as_bytes(), 1),
    }
}

/// Austin Appleby's MurmurHash64A, public domain.
fn murmur64a(bytes: &[u8], seed: u64) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    const R: u32 = 47;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        let mut k = u64::from_le_bytes(word).wrapping_mul(M);
        k ^= k >> R;
        hash = (hash ^ k.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let mut word = [0; 8];
        word[..rest.len()].copy_from_slice(rest);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(M);
    }
    hash ^= hash >> R;
    hash = hash.wrapping_mul(M);
    hash ^ (hash >> R)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spacys() {
        assert_eq!(string_id(""), 0);
        assert_eq!(string_id("coffee"), 3_197_928_453_018_144_401);
        // A word that is also a symbol.
        assert_eq!(string_id("adj"), 12_401_032_943_472_870_168);
        assert_eq!(string_id("punct"), 445);
    }
}
