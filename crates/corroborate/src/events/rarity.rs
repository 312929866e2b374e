//! How telling a word is: seldom used, much said.

use std::collections::{BTreeMap, BTreeSet};

/// In how many reports each word stands.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    reports: u32,
    with: BTreeMap<String, u32>,
}

impl Rarity {
    /// Counts one report by its words, in the form in which mentions have them; how often a word stands in it makes no difference.
    pub fn add<'w>(&mut self, words: impl IntoIterator<Item = &'w str>) {
        self.reports += 1;
        for word in words.into_iter().collect::<BTreeSet<_>>() {
            match self.with.get_mut(word) {
                Some(count) => *count += 1,
                None => drop(self.with.insert(word.to_owned(), 1)),
            }
        }
    }

    /// What sharing this word tells, in bits: minus the binary logarithm of the share of reports that have it. A word never seen tells as
    /// much as one seen once; without any reports nothing tells anything.
    pub fn bits(&self, word: &str) -> f64 {
        let with = self.with.get(word).copied().unwrap_or(0).max(1);
        (f64::from(self.reports.max(with)) / f64::from(with)).log2()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seldom_used_much_said() {
        let mut rarity = Rarity::default();
        for report in [
            ["drone", "plant"],
            ["drone", "strike"],
            ["drone", "strike"],
            ["drone", "tanker"],
        ] {
            rarity.add(report);
        }
        assert_eq!(rarity.bits("drone"), 0.0);
        assert_eq!(rarity.bits("strike"), 1.0);
        assert_eq!(rarity.bits("tanker"), 2.0);
        assert_eq!(rarity.bits("never"), 2.0);
        assert_eq!(Rarity::default().bits("never"), 0.0);
    }
}
