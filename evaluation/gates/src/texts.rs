//! Texts read and linked as a store would: what the gates on copies share.

use std::collections::BTreeMap;

use sayso_corroborate::copies::{Index, Reading, Relation, Sketch, recurring, relation};

/// Texts read for comparison, standing sentences known.
pub(crate) struct Texts {
    pub(crate) readings: Vec<Reading>,
    pub(crate) sketches: Vec<Sketch>,
    /// How many sentences were found to be standing.
    pub(crate) standing: usize,
}

impl Texts {
    /// Reads texts with their headlines twice: the second time knowing what stands under many.
    pub(crate) fn of(texts: &[(Option<&str>, &str)]) -> Self {
        let first: Vec<Reading> = texts.iter().map(|(t, x)| Reading::of(*t, x)).collect();
        let sketches: Vec<Sketch> = first.iter().map(Sketch::from).collect();
        let keys: Vec<Vec<u64>> = first.iter().map(Reading::sentence_keys).collect();
        let held: Vec<(&Sketch, &[u64])> = sketches
            .iter()
            .zip(keys.iter().map(Vec::as_slice))
            .collect();
        let known = recurring(&held);
        let readings: Vec<Reading> = texts
            .iter()
            .map(|(t, x)| Reading::with_standing(*t, x, &known))
            .collect();
        Self {
            sketches: readings.iter().map(Sketch::from).collect(),
            readings,
            standing: known.len(),
        }
    }

    /// Every pair with something in common, found through the keys as a store would; and how many pairs were compared for it.
    pub(crate) fn links(
        &self,
        published: impl Fn(usize) -> Option<String>,
    ) -> (BTreeMap<(usize, usize), Relation>, usize) {
        let mut index = Index::default();
        let mut links = BTreeMap::new();
        let mut compared = 0;
        for (b, sketch) in self.sketches.iter().enumerate() {
            for (a, _) in index.candidates(sketch) {
                compared += 1;
                let (of_a, of_b) = (published(a), published(b));
                let found = relation(
                    (&self.readings[a], of_a.as_deref()),
                    (&self.readings[b], of_b.as_deref()),
                );
                if let Some(found) = found {
                    links.insert((a, b), found);
                }
            }
            index.add(sketch);
        }
        (links, compared)
    }
}

/// Classes of 0..count under links, each sorted, those of one left out.
pub(crate) fn groups(count: usize, links: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut class: Vec<usize> = (0..count).collect();
    fn root(class: &mut [usize], mut x: usize) -> usize {
        while class[x] != x {
            class[x] = class[class[x]];
            x = class[x];
        }
        x
    }
    for (a, b) in links {
        let (a, b) = (root(&mut class, a), root(&mut class, b));
        class[a.max(b)] = a.min(b);
    }
    let mut out: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for x in 0..count {
        let of = root(&mut class, x);
        out.entry(of).or_default().push(x);
    }
    out.into_values().filter(|g| g.len() > 1).collect()
}
