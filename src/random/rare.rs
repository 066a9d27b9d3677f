//! Many events in a row of which each is rare, with one random number for a stretch of them.

use super::Stream;

/// Decides independent events of small probability one after another.
///
/// A uniform below (1 - p) (1 - q) ... says that none of the events so far happened, and given that it is uniform below
/// that product: the next event needs a multiplication and no new number.
///
/// ```
/// use stockburst::random::{Entity, Seed, Sieve, Source, Stream};
/// let mut stream = Stream::open(Seed(1), 0, Source::Organic, Entity::named(&["events"]));
/// let mut sieve = Sieve::default();
/// let happened = (0..10_000).filter(|_| sieve.happens(0.01, &mut stream)).count();
/// assert!((60..140).contains(&happened));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Sieve {
    /// Uniform between 0 and `reach`, of which nothing else is known.
    uniform: f64,
    reach: f64,
}

impl Sieve {
    /// Below this a new number is drawn: what is known of the old one leaves it too few bits.
    const LEAST_REACH: f64 = 1.0 / 64.0;

    /// Whether an event of this probability happens.
    #[inline]
    pub fn happens(&mut self, probability: f64, stream: &mut Stream) -> bool {
        if self.reach < Self::LEAST_REACH {
            *self = Self { uniform: stream.uniform(), reach: 1.0 };
        }
        let kept = self.reach * (1.0 - probability);
        let happens = self.uniform >= kept;
        self.reach = if happens { 0.0 } else { kept };
        happens
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{CountLaw, Entity, NegativeBinomial, Seed, Source};

    fn stream() -> Stream {
        Stream::open(Seed(31), 0, Source::Organic, Entity::named(&["rare"]))
    }

    /// Frequencies of each probability, and of two in a row, within 4 standard errors.
    #[test]
    fn events_have_their_probabilities_and_are_independent() {
        let probabilities = [0.2, 0.001, 0.05, 0.0, 0.24];
        let (rounds, mut stream, mut sieve) = (400_000_usize, stream(), Sieve::default());
        let (mut seen, mut pairs) = ([0_u32; 5], [0_u32; 5]);
        for _ in 0..rounds {
            let happened = probabilities.map(|p| sieve.happens(p, &mut stream));
            for at in 0..5 {
                seen[at] += u32::from(happened[at]);
                pairs[at] += u32::from(happened[at] && happened[(at + 2) % 5]);
            }
        }
        for at in 0..5 {
            for (count, p) in
                [(seen[at], probabilities[at]), (pairs[at], probabilities[at] * probabilities[(at + 2) % 5])]
            {
                let expected = p * rounds as f64;
                assert!((f64::from(count) - expected).abs() <= 4.0 * (expected * (1.0 - p)).sqrt(), "{at}: {count}");
            }
        }
    }

    /// Counts drawn beside one another have their laws: P(0), P(1) and P(2) of a mean on either side of the bound.
    #[test]
    fn counts_beside_one_another_keep_their_law() {
        let negative = NegativeBinomial::with_size(2.5).expect("a law");
        for (law, size) in [(CountLaw::Poisson, f64::INFINITY), (CountLaw::NegativeBinomial(Box::new(negative)), 2.5)] {
            let (mut stream, mut sieve, rounds) = (stream(), Sieve::default(), 400_000);
            for mean in [0.24_f64, 0.26, 0.02] {
                let zero = if size.is_finite() { (1.0 + mean / size).powf(-size) } else { (-mean).exp() };
                let one = if size.is_finite() { zero * mean / (1.0 + mean / size) } else { zero * mean };
                let mut seen = [0_u32; 3];
                for _ in 0..rounds {
                    seen[law.draw_beside(mean, &mut sieve, &mut stream).min(2) as usize] += 1;
                }
                for (count, p) in seen.iter().zip([zero, one, 1.0 - zero - one]) {
                    let expected = p * f64::from(rounds);
                    let allowed = 4.0 * (expected * (1.0 - p)).sqrt();
                    assert!((f64::from(*count) - expected).abs() <= allowed, "{law:?} {mean}: {seen:?}");
                }
            }
        }
    }
}
