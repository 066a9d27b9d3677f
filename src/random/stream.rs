//! Streams of random numbers by address.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, RngExt, SeedableRng};
use serde::{Deserialize, Serialize};

use super::{Gamma, NegativeBinomial, count, normal, ziggurat};

/// The run's seed, printed in every output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seed(pub u64);

/// What a stream is for. New sources are added at the end, so that old results do not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Source {
    /// Level error and day noise of organic demand.
    Organic = 1,
    /// Amplitude, shape and day noise of a burst.
    Burst = 2,
    /// Lead times of the orders placed on each day.
    LeadTime = 3,
    /// Which unmet customers wait.
    Waiting = 4,
    /// What a paused or ramping ad still brings.
    Thinning = 5,
    /// Remaining lead time of orders that are open on the first day.
    OpenOrder = 6,
    /// What all bursts of a shop share.
    Shop = 7,
    /// Bursts that nobody planned.
    Unplanned = 8,
    /// Audiences and orders of live sessions.
    Live = 9,
    /// Times, channels, sizes and marks of a critical day's orders, and the phases of the sync.
    Storefront = 10,
    /// Who cancels, who sends back, what can be sold again.
    Flow = 11,
    /// Whose order goes over to the substitute.
    Redirect = 12,
    /// Demand of the substitute.
    Substitute = 13,
    /// Resampling in a backtest.
    Backtest = 15,
    /// Shops of known truth.
    Synth = 14,
}

/// Whose stream it is: a product, an event of a product, a lead-time mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity(u64);

impl Entity {
    /// The entity with these names (FNV-1a, 64 bit). A name keeps its streams when other products come or go;
    /// that no two names of a scenario share a number is checked when the scenario is validated.
    #[must_use]
    pub fn named(names: &[&str]) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for name in names {
            for byte in name.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
        Self(hash)
    }
}

/// One stream of random numbers: ChaCha with 8 rounds, its 256-bit key the address, word for word.
///
/// ```
/// use stockburst::random::{Entity, Seed, Source, Stream};
/// let draw = |path| Stream::open(Seed(1), path, Source::Burst, Entity::named(&["A"])).uniform();
/// assert_eq!(draw(0), draw(0));
/// assert_ne!(draw(0), draw(1));
/// ```
#[derive(Debug)]
pub struct Stream(ChaCha8Rng);

impl Stream {
    /// The stream at this address, at its beginning.
    #[must_use]
    pub fn open(seed: Seed, path: u64, source: Source, entity: Entity) -> Self {
        let mut key = [0_u8; 32];
        for (word, chunk) in [seed.0, path, source as u64, entity.0].iter().zip(key.chunks_exact_mut(8)) {
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// 32 random bits.
    #[inline]
    pub fn half(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// Uniform on the open interval from 0 to 1 (53 bits, never 0 and never 1).
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        open_interval(self.bits())
    }

    /// The generator itself, for the samplers of other crates.
    pub fn generator(&mut self) -> &mut (impl rand::Rng + use<>) {
        &mut self.0
    }

    /// A number below `bound`, each as likely; 0 if `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        if bound == 0 { 0 } else { self.0.random_range(0..bound as u64) as usize }
    }

    /// Standard normal, by inversion: one uniform, with which it rises.
    #[inline]
    pub fn normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }

    /// Standard normal, by rejection: quicker, from one number or more.
    #[inline]
    pub fn quick_normal(&mut self) -> f64 {
        ziggurat::normal(self)
    }

    /// Poisson count with this mean; 0 if the mean is not positive.
    #[inline]
    pub fn poisson(&mut self, mean: f64) -> u64 {
        count::poisson(mean, self)
    }

    /// Gamma with this mean and shape (variance mean² / shape); the mean itself if either is not positive.
    pub fn gamma(&mut self, mean: f64, shape: f64) -> f64 {
        match Gamma::with_mean_one(shape) {
            Some(law) if mean > 0.0 => mean * law.draw(self),
            _ => mean,
        }
    }

    /// Negative-binomial count with this mean and size k (variance mean + mean² / k); Poisson if k is not positive.
    pub fn negative_binomial(&mut self, mean: f64, size: f64) -> u64 {
        match NegativeBinomial::with_size(size) {
            Some(law) => law.draw(mean, self),
            None => self.poisson(mean),
        }
    }
}

/// The uniform at place `index` of the sequence with this key: SplitMix64 (Steele, Lea and Flood 2014), entered at any
/// place. For facts that are looked up at few of many places; the key comes from a [`Stream`].
///
/// ```
/// use stockburst::random::uniform_at;
/// assert_eq!(uniform_at(7, 3), uniform_at(7, 3));
/// assert_ne!(uniform_at(7, 3), uniform_at(7, 4));
/// ```
#[must_use]
pub const fn uniform_at(key: u64, index: u64) -> f64 {
    let mut word = key.wrapping_add(index.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    open_interval(word ^ (word >> 31))
}

/// 52 bits as a number strictly between 0 and 1.
const fn open_interval(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frozen values: a change here moves every result (CHANGELOG: "numbers change").
    #[test]
    fn draws_are_frozen() {
        let mut stream = Stream::open(Seed(42), 7, Source::Organic, Entity::named(&["sku"]));
        let draws: Vec<u64> = (0..4).map(|_| stream.negative_binomial(40.0, 20.0)).collect();
        let uniform = stream.uniform();
        assert_eq!((draws, (uniform * 1e12).floor() as u64), (vec![40, 42, 37, 47], 1_434_439_878));
    }

    /// Mean and lag-1 correlation of a sequence that is entered at every place; 4 standard errors.
    #[test]
    fn looked_up_uniforms_are_uniform_and_apart() {
        let n = 40_000_u64;
        let draws: Vec<f64> = (0..n).map(|index| uniform_at(99, index)).collect();
        let mean = draws.iter().sum::<f64>() / n as f64;
        let lag = draws.windows(2).map(|pair| (pair[0] - 0.5) * (pair[1] - 0.5)).sum::<f64>() / n as f64 * 12.0;
        let allowed = 4.0 / (n as f64).sqrt();
        assert!((mean - 0.5).abs() < allowed * 0.2887 && lag.abs() < allowed, "{mean} {lag}");
    }

    #[test]
    fn negative_binomial_has_its_moments() {
        let n = 40_000;
        let mut stream = Stream::open(Seed(1), 0, Source::Organic, Entity::named(&["moments"]));
        let draws: Vec<f64> = (0..n).map(|_| stream.negative_binomial(30.0, 4.0) as f64).collect();
        let mean = draws.iter().sum::<f64>() / f64::from(n);
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n - 1);
        // Var = 30 + 900/4 = 255; four standard errors of each.
        assert!((mean - 30.0).abs() < 4.0 * (255.0_f64 / f64::from(n)).sqrt(), "{mean}");
        assert!((variance - 255.0).abs() < 12.0, "{variance}");
    }

    #[test]
    fn every_part_of_the_address_counts() {
        let at = |seed, path, source, name| Stream::open(Seed(seed), path, source, Entity::named(&[name])).uniform();
        let base = at(1, 1, Source::Organic, "a");
        for other in [
            at(2, 1, Source::Organic, "a"),
            at(1, 2, Source::Organic, "a"),
            at(1, 1, Source::Burst, "a"),
            at(1, 1, Source::Organic, "b"),
        ] {
            assert_ne!(base, other);
        }
        assert_ne!(Entity::named(&["ab", "c"]), Entity::named(&["a", "bc"]));
    }
}
