//! Chance that is the same everywhere: splitmix64 and integer weights.
//!
//! No floating point: `powf` differs between platforms, and the bytes of an archive must
//! not.

/// A stream of numbers, splitmix64 (Steele, Lea, Flood 2014).
pub(crate) struct Random(u64);

impl Random {
    /// The stream of one purpose and one index. Streams do not depend on each other, so
    /// article 7 is the same in an archive of ten and of ten thousand.
    pub(crate) fn new(purpose: u64, index: u64) -> Random {
        let mut random = Random(purpose.wrapping_mul(0xD134_2543_DE82_EF95) ^ index);
        random.0 = random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`, which must not be 0. The bias is below 2⁻⁴⁰.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True `percent` times of a hundred.
    pub(crate) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of `items`, which must not be empty.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of these texts.
    pub(crate) fn word(&mut self, items: &[&'static str]) -> &'static str {
        items[self.below(items.len())]
    }

    /// The numbers below `len` in an order of chance.
    pub(crate) fn shuffled(&mut self, len: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..len).collect();
        for last in (1..len).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

/// A heavy tail: the item of rank r is drawn with weight 1 / (r + `flat`).
pub(crate) struct HeavyTail {
    /// Sum of the weights up to and with each rank.
    sums: Vec<usize>,
}

impl HeavyTail {
    /// Over `len` ranks, at least one. The larger `flat`, the less the first ranks get.
    pub(crate) fn new(len: usize, flat: usize) -> HeavyTail {
        let weights = (0..len).map(|rank| 100_000_000 / (rank + flat));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        HeavyTail { sums: sums.collect() }
    }

    /// A rank.
    pub(crate) fn draw(&self, random: &mut Random) -> usize {
        let drawn = random.below(self.sums[self.sums.len() - 1]);
        self.sums.partition_point(|&sum| sum <= drawn)
    }
}
