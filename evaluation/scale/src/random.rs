//! Numbers that look drawn by lot and are the same in every run.

/// A row of numbers that its seed decides (SplitMix64; Steele, Lea, Flood 2014).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    /// A number under `end`; 0 where that is 0.
    pub(crate) fn under(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    /// True in `percent` of a hundred draws.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.under(100) < percent
    }

    /// A place in a list of `len` of which the n-th is drawn about 1/n as often as the first (Zipf 1949). By the inverse of the integral of 1/x,
    /// so that nothing is kept.
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss
    )]
    pub(crate) fn zipf(&mut self, len: usize) -> usize {
        let lot = self.next() as f64 / u64::MAX as f64;
        let drawn = ((len as f64 + 1.0).powf(lot) - 1.0).floor() as usize;
        drawn.min(len.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn the_first_is_drawn_most_and_the_last_still() {
        let mut random = Random::new(7);
        let mut drawn = [0_usize; 50];
        (0..20_000).for_each(|_| drawn[random.zipf(50)] += 1);
        assert!(drawn[0] > 2 * drawn[2] && drawn[2] > drawn[20] && drawn[49] > 20);
    }
}
