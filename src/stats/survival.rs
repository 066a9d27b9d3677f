//! Values of which some are known only from below: the Kaplan-Meier estimate of their law.
//!
//! For demands cut off by an empty shelf and orders that are still on their way. It assumes no shape, and so says how
//! far it knows the law, and nothing beyond. It must not know what the values mean.

/// What is left of a probability after rounding.
const ROUNDING: f64 = 1e-12;

/// A value as it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Observed {
    /// The value itself.
    Exact(f64),
    /// A value that it did not fall below (right-censored): an order that is this many days old and still open.
    AtLeast(f64),
}

impl Observed {
    /// The number that is known of it.
    #[must_use]
    pub const fn value(self) -> f64 {
        match self {
            Self::Exact(value) | Self::AtLeast(value) => value,
        }
    }

    /// Whether it is known from below only.
    #[must_use]
    pub const fn is_censored(self) -> bool {
        matches!(self, Self::AtLeast(_))
    }
}

/// A quantile, as far as censored values tell it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SurvivalQuantile {
    /// The quantile.
    Identified(f64),
    /// The quantile lies beyond the largest value that was seen exactly, which this is; how far, the data do not tell.
    NotIdentifiedBeyond(f64),
}

/// The product-limit estimate of a law from values of which some are known from below only.
///
/// ```text
/// S(t) = Π over exact values v <= t of (1 - d(v) / r(v)),  d values at v, r values known to be at least v
/// ```
///
/// A value that is cut off at v counts as larger than an exact v. The mass of a cut-off value goes to the exact values
/// above it in equal parts (Efron 1967, redistribution to the right); what finds none is [`Self::beyond`].
///
/// Source: Kaplan & Meier (1958), Journal of the American Statistical Association 53, 457-481.
///
/// ```
/// use stockburst::stats::{KaplanMeier, Observed::{AtLeast, Exact}, SurvivalQuantile};
/// let sold = [Exact(5.0), AtLeast(7.0), Exact(8.0), Exact(10.0), AtLeast(10.0), AtLeast(12.0)];
/// let law = KaplanMeier::of(&sold).unwrap();
/// assert!((law.survival(8.0) - 0.625).abs() < 1e-15);
/// assert_eq!(law.quantile(0.5), Some(SurvivalQuantile::Identified(10.0)));
/// assert_eq!(law.quantile(0.9), Some(SurvivalQuantile::NotIdentifiedBeyond(10.0)));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    /// Exact values in ascending order, each with the probability of more than it.
    steps: Vec<(f64, f64)>,
    /// Bounds of the values that were cut off at or above the largest exact value.
    open: Vec<f64>,
}

impl KaplanMeier {
    /// The estimate; `None` if no value is exact, or one is not a finite number.
    #[must_use]
    pub fn of(sample: &[Observed]) -> Option<Self> {
        if sample.iter().any(|observed| !observed.value().is_finite()) {
            return None;
        }
        let mut sorted = sample.to_vec();
        sorted.sort_by(|a, b| a.value().total_cmp(&b.value()).then(a.is_censored().cmp(&b.is_censored())));
        let mut steps: Vec<(f64, f64)> = Vec::new();
        let (mut survival, mut at) = (1.0, 0);
        while let Some(first) = sorted.get(at) {
            let same = |other: &&Observed| other.value() == first.value() && other.is_censored() == first.is_censored();
            let ties = sorted[at..].iter().take_while(same).count();
            if !first.is_censored() {
                let at_risk = sorted.len() - at;
                survival *= (at_risk - ties) as f64 / at_risk as f64;
                steps.push((first.value(), survival));
            }
            at += ties;
        }
        let largest = steps.last()?.0;
        let open = sorted.iter().filter(|observed| observed.is_censored() && observed.value() >= largest);
        let open = open.map(|observed| observed.value()).collect();
        Some(Self { steps, open })
    }

    /// P(X > t).
    #[must_use]
    pub fn survival(&self, t: f64) -> f64 {
        let upto = self.steps.partition_point(|(value, _)| *value <= t);
        upto.checked_sub(1).map_or(1.0, |last| self.steps[last].1)
    }

    /// The smallest value that is not exceeded with this probability; `None` unless 0 < `probability` < 1.
    #[must_use]
    pub fn quantile(&self, probability: f64) -> Option<SurvivalQuantile> {
        if !(probability > 0.0 && probability < 1.0) {
            return None;
        }
        let reached = self.steps.partition_point(|(_, survival)| *survival > 1.0 - probability + ROUNDING);
        Some(match self.steps.get(reached) {
            Some((value, _)) => SurvivalQuantile::Identified(*value),
            None => SurvivalQuantile::NotIdentifiedBeyond(self.largest_exact()),
        })
    }

    /// The largest value that was seen exactly.
    #[must_use]
    pub fn largest_exact(&self) -> f64 {
        self.steps.last().map_or(0.0, |(value, _)| *value)
    }

    /// Probability of more than the largest exact value; 0 unless a value was cut off there or above.
    #[must_use]
    pub fn beyond(&self) -> f64 {
        self.steps.last().map_or(1.0, |(_, survival)| *survival)
    }

    /// Bounds of the values that were cut off at or above the largest exact value: to each belongs the same part of
    /// [`Self::beyond`].
    #[must_use]
    pub fn open_bounds(&self) -> &[f64] {
        &self.open
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Observed::{AtLeast, Exact};
    use super::*;

    /// V21 of the method notes.
    #[test]
    fn survival_is_the_product_limit() {
        let law = KaplanMeier::of(&[Exact(12.0), AtLeast(7.0), Exact(8.0), Exact(10.0), AtLeast(10.0), Exact(5.0)])
            .expect("exact values");
        for (t, survival) in [(4.9, 1.0), (5.0, 5.0 / 6.0), (8.0, 0.625), (10.0, 0.625 * 2.0 / 3.0), (12.0, 0.0)] {
            assert!((law.survival(t) - survival).abs() < 1e-15, "{t}: {}", law.survival(t));
        }
        assert_eq!(law.quantile(0.95), Some(SurvivalQuantile::Identified(12.0)));
        assert_eq!((law.beyond(), law.open_bounds()), (0.0, &[][..]));
    }

    #[test]
    fn what_was_never_seen_is_not_identified() {
        let law = KaplanMeier::of(&[Exact(5.0), AtLeast(9.0), AtLeast(5.0), AtLeast(2.0)]).expect("an exact value");
        assert_eq!(law.quantile(0.3), Some(SurvivalQuantile::Identified(5.0)));
        assert_eq!(law.quantile(0.34), Some(SurvivalQuantile::NotIdentifiedBeyond(5.0)));
        assert!((law.beyond() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(law.open_bounds(), [5.0, 9.0]);
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert_eq!(KaplanMeier::of(&[]), None);
        assert_eq!(KaplanMeier::of(&[AtLeast(3.0), AtLeast(4.0)]), None);
        assert_eq!(KaplanMeier::of(&[Exact(f64::NAN)]), None);
        let law = KaplanMeier::of(&[Exact(3.0)]).expect("an exact value");
        assert_eq!((law.quantile(0.0), law.quantile(1.0), law.quantile(f64::NAN)), (None, None, None));
    }

    proptest! {
        /// Without censoring it is the share of larger values; with it, it never lies below that share.
        #[test]
        fn censoring_only_raises_it(values in prop::collection::vec((0_u8..40, any::<bool>()), 1..60), t in 0_u8..40) {
            let t = f64::from(t);
            let exact: Vec<Observed> = values.iter().map(|(value, _)| Exact(f64::from(*value))).collect();
            let share = exact.iter().filter(|observed| observed.value() > t).count() as f64 / exact.len() as f64;
            let law = KaplanMeier::of(&exact).expect("exact values");
            prop_assert!((law.survival(t) - share).abs() < 1e-12);
            let cut: Vec<Observed> = values
                .iter()
                .map(|(value, cut)| if *cut { AtLeast(f64::from(*value)) } else { Exact(f64::from(*value)) })
                .collect();
            if let Some(law) = KaplanMeier::of(&cut) {
                prop_assert!(law.survival(t) >= share - 1e-12);
            }
        }
    }
}
