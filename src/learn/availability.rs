//! How much of a day's usual traffic a product was in stock for, from the hours in which it was out.
//!
//! An hour at noon is worth more than one at night: the weight of an hour is its share of the sales of days that were in
//! stock throughout. It must not know what was sold on the day in question.

/// Hours of a day.
const HOURS: usize = 24;

/// The share of a normal day's traffic in each hour.
///
/// ```
/// use stockburst::learn::TrafficProfile;
/// let mut sold = [0.0; 24];
/// sold[10..20].fill(4.0);
/// sold[20] = 60.0; // a live session
/// let profile = TrafficProfile::from_hours([&sold]).unwrap();
/// // Sold out in the middle of the session: the day is not over by the clock, but most of it is gone.
/// assert!((profile.until(20.5) - 0.7).abs() < 1e-12);
/// assert!((profile.in_stock_share(&[(20.5, 24.0)]) - 0.7).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TrafficProfile([f64; HOURS]);

impl Default for TrafficProfile {
    /// Every hour alike: where no hourly sales are known.
    fn default() -> Self {
        Self([1.0 / HOURS as f64; HOURS])
    }
}

impl TrafficProfile {
    /// The profile of days that were in stock throughout, pooled: each day by its pieces, hour 0 first. Live days, whose
    /// profile is another, are a pool of their own. `None` if they sold nothing, or a value is negative or not finite.
    #[must_use]
    pub fn from_hours<'a>(days: impl IntoIterator<Item = &'a [f64; HOURS]>) -> Option<Self> {
        let mut sums = [0.0; HOURS];
        for day in days {
            for (sum, sold) in sums.iter_mut().zip(day) {
                if !(*sold >= 0.0 && sold.is_finite()) {
                    return None;
                }
                *sum += sold;
            }
        }
        let total: f64 = sums.iter().sum();
        (total > 0.0 && total.is_finite()).then(|| Self(sums.map(|sum| sum / total)))
    }

    /// Share of each hour, hour 0 first; they sum to 1.
    #[must_use]
    pub const fn shares(&self) -> &[f64; HOURS] {
        &self.0
    }

    /// Share of the day's traffic up to `hour` (0 to 24, as 20.5 for half past eight in the evening); evenly within an hour.
    #[must_use]
    pub fn until(&self, hour: f64) -> f64 {
        if hour.is_nan() || hour <= 0.0 {
            return 0.0;
        }
        if hour >= HOURS as f64 {
            return 1.0;
        }
        let whole = hour as usize;
        (self.0[..whole].iter().sum::<f64>() + self.0[whole] * hour.fract()).min(1.0)
    }

    /// The availability weight a of a day, 0 to 1: the traffic of the hours in which the product could be bought, given the
    /// intervals (from, until) in hours in which it could not. Intervals may overlap; one that ends before it begins is
    /// none.
    #[must_use]
    pub fn in_stock_share(&self, out_of_stock: &[(f64, f64)]) -> f64 {
        let mut intervals: Vec<(f64, f64)> =
            out_of_stock.iter().map(|(from, until)| (self.until(*from), self.until(*until))).collect();
        intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut missed, mut reached) = (0.0, 0.0_f64);
        for (from, until) in intervals {
            missed += (until - from.max(reached)).max(0.0);
            reached = reached.max(until);
        }
        (1.0 - missed).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_weigh_by_their_traffic() {
        let mut day = [0.0; HOURS];
        (day[9], day[20]) = (1.0, 3.0);
        let profile = TrafficProfile::from_hours([&day, &day]).expect("sales");
        assert_eq!(profile.in_stock_share(&[(0.0, 8.0)]), 1.0);
        assert_eq!(profile.in_stock_share(&[(9.0, 9.5), (9.25, 10.0)]), 0.75);
        assert_eq!(profile.in_stock_share(&[(20.0, 24.0)]), 0.25);
        assert_eq!(profile.in_stock_share(&[(0.0, 24.0)]), 0.0);
        assert!((TrafficProfile::default().in_stock_share(&[(6.0, 12.0)]) - 0.75).abs() < 1e-12);
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        assert_eq!(TrafficProfile::from_hours([]), None);
        assert_eq!(TrafficProfile::from_hours([&[0.0; HOURS]]), None);
        assert_eq!(TrafficProfile::from_hours([&[-1.0; HOURS]]), None);
        assert_eq!(TrafficProfile::from_hours([&[f64::NAN; HOURS]]), None);
        let flat = TrafficProfile::default();
        assert_eq!(flat.in_stock_share(&[(12.0, 6.0), (f64::NAN, f64::NAN), (30.0, 40.0), (-5.0, 0.0)]), 1.0);
        assert_eq!((flat.until(-1.0), flat.until(99.0), flat.until(f64::NAN)), (0.0, 1.0, 0.0));
    }

    proptest! {
        /// A share, whatever the intervals; one more interval never raises it; the whole is in stock and out of it.
        #[test]
        fn a_share_that_falls(
            sold in prop::collection::vec(0.0_f64..50.0, HOURS),
            mut out in prop::collection::vec((0.0_f64..26.0, 0.0_f64..26.0), 0..6),
        ) {
            let mut day = [1.0; HOURS];
            day.copy_from_slice(&sold);
            day[3] += 1.0;
            let profile = TrafficProfile::from_hours([&day]).expect("sales");
            prop_assert!((profile.shares().iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let all = profile.in_stock_share(&out);
            prop_assert!((0.0..=1.0).contains(&all));
            out.pop();
            prop_assert!(profile.in_stock_share(&out) >= all - 1e-12);
        }
    }
}
