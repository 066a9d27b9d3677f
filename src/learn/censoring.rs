//! From the sales of a day to its demand, given what is known of the stock on that day.
//!
//! Sales are demand only where there was stock. What was missed has a law, not a number: a fit takes its mean, a simulation
//! draws from it, because a mean in place of a draw takes the scatter of the missed part away. It must not know how the
//! expected demand of the day was found.

use crate::random::Stream;
use crate::stats::{DemandLaw, InverseSampling};

/// How many pieces of evidence the expected demand is worth against the day's own sales (κ; a judgement).
pub const UNCENSOR_STRENGTH: f64 = 8.0;

/// What is known of the stock on a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Censoring {
    /// In stock throughout: sales are demand.
    InStock,
    /// In stock for this share of the day's usual traffic (see [`super::TrafficProfile`]).
    Share(f64),
    /// Sold out for good when this share of the day's usual traffic had passed.
    FirstStockoutAt(f64),
    /// Sold out at some time: demand was at least what was sold.
    Flag,
}

impl Censoring {
    /// The demand of a day on which `sold` pieces were sold and `expected` were expected beforehand.
    ///
    /// ```text
    /// Share a:  λ | y ~ Gamma(κ + y, κ/μ + a);  missed ~ Poisson((1 - a) λ), a negative binomial of size κ + y
    /// FirstStockoutAt Π:  the same with a = Π; without an expectation, λ = (y - 1)/Π
    /// Flag:     D ~ NB(μ, κ) given D >= y
    /// ```
    ///
    /// The time at which a stock sold out tells of the rate what a share of the day in stock tells: λ^y e^(-λ Π) is the
    /// likelihood of both (the rule by which one stopped counting does not enter). Only without any expectation does
    /// the rule matter: the y-th order ended the count, and the unbiased rate is (y - 1)/Π.
    ///
    /// No expectation (`expected` not above 0 or not finite) and nothing but a share or a flag: demand is taken to be what
    /// was sold. A share of 1 or more is [`Self::InStock`], one below 0 or not a number is 0; a share of 0 with pieces sold is a
    /// [`Self::Flag`].
    ///
    /// ```
    /// use stockburst::learn::Censoring;
    /// // 30 sold in the 40 % of the traffic that found stock; 75 were expected.
    /// let day = Censoring::Share(0.4).demand(30.0, 75.0);
    /// assert!((day.mean() - (30.0 + 0.6 * 38.0 / (8.0 / 75.0 + 0.4))).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn demand(self, sold: f64, expected: f64) -> DayDemand {
        let sold = if sold > 0.0 && sold.is_finite() { sold } else { 0.0 };
        let has_expectation = expected > 0.0 && expected.is_finite();
        let missed = match self {
            Self::InStock => Missed::Nothing,
            // Pieces sold in no time: the record contradicts itself, and only that the day sold out is left of it.
            Self::Share(share) if has_expectation && (share > 0.0 || sold <= 0.0) => from_rate(sold, share, expected),
            Self::FirstStockoutAt(share) if has_expectation => from_rate(sold, share, expected),
            Self::Share(_) | Self::Flag if has_expectation => {
                Missed::Beyond(DemandLaw::NegativeBinomial { mean: expected, size: UNCENSOR_STRENGTH })
            }
            Self::FirstStockoutAt(share) if share < 1.0 => {
                let rate = InverseSampling::of(sold, share).map_or(0.0, |rate| rate.unbiased);
                Missed::count((1.0 - share) * rate, sold - 1.0)
            }
            Self::Share(_) | Self::FirstStockoutAt(_) | Self::Flag => Missed::Nothing,
        };
        DayDemand { sold, missed }
    }
}

fn from_rate(sold: f64, share: f64, expected: f64) -> Missed {
    let share = if share > 0.0 { share.min(1.0) } else { 0.0 };
    if share >= 1.0 {
        return Missed::Nothing;
    }
    let size = UNCENSOR_STRENGTH + sold;
    Missed::count((1.0 - share) * size / (UNCENSOR_STRENGTH / expected + share), size)
}

/// The demand of a day: what was sold, and the law of what was missed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayDemand {
    sold: f64,
    missed: Missed,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Missed {
    Nothing,
    /// A negative-binomial count beside what was sold.
    Count {
        mean: f64,
        size: f64,
    },
    /// Demand follows this law, given that it is at least what was sold.
    Beyond(DemandLaw),
}

impl Missed {
    /// Nothing unless both are positive numbers.
    fn count(mean: f64, size: f64) -> Self {
        if mean > 0.0 && mean.is_finite() && size > 0.0 { Self::Count { mean, size } } else { Self::Nothing }
    }
}

impl DayDemand {
    /// Its mean in pieces; never less than what was sold.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.missed {
            Missed::Nothing => self.sold,
            Missed::Count { mean, .. } => self.sold + mean,
            Missed::Beyond(law) => law.mean_at_least(self.sold),
        }
    }

    /// One demand that the day may have had, in pieces; never less than what was sold.
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        match self.missed {
            Missed::Nothing => self.sold,
            Missed::Count { mean, size } => self.sold + stream.negative_binomial(mean, size) as f64,
            Missed::Beyond(law) => beyond(&law, self.sold, stream.uniform()),
        }
    }
}

/// The demand that is exceeded with the share `left` of the probability of at least `sold`.
fn beyond(law: &DemandLaw, sold: f64, left: f64) -> f64 {
    let left = left * law.at_least(sold);
    // Where the law leaves next to nothing beyond, the mean is what was sold too.
    if left < 1e-290 {
        return sold;
    }
    let (mut low, mut high) = (sold.ceil(), sold.ceil().max(1.0) * 2.0);
    while law.exceedance(high) > left && high < 1e15 {
        (low, high) = (high + 1.0, high * 2.0);
    }
    // The smallest count whose tail is no larger; low is at or below it, high at or above.
    while low < high {
        let middle = (low + (high - low) / 2.0).floor();
        if law.exceedance(middle) <= left { high = middle } else { low = middle + 1.0 }
    }
    low
}

/// Mean demand of a day given its sales and the share of it that was in stock: [`Censoring::Share`].
pub(super) fn uncensored(units: f64, available: f64, expected: f64) -> f64 {
    if available >= 1.0 { units } else { Censoring::Share(available).demand(units, expected).mean() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::random::{Entity, Seed, Source};

    /// A record with 153 pieces sold in no time where 80 were expected: as a share of 0 it would say 1,763.
    #[test]
    fn pieces_sold_in_no_time_are_a_flag() {
        let demand = Censoring::Share(0.0).demand(153.0, 80.0);
        assert_eq!(demand, Censoring::Flag.demand(153.0, 80.0));
        assert!((153.0..190.0).contains(&demand.mean()), "{}", demand.mean());
        assert_eq!(Censoring::Share(0.0).demand(0.0, 80.0).mean(), 80.0);
    }

    fn stream(name: &str) -> Stream {
        Stream::open(Seed(5), 0, Source::Organic, Entity::named(&[name]))
    }

    /// Stock gone after 40 % of the day with 30 sold (V23 has the same rate): the missing part is filled in.
    #[test]
    fn a_stocked_out_day_is_filled_in() {
        let demand = uncensored(30.0, 0.4, 75.0);
        assert!((demand - (30.0 + 0.6 * 38.0 / (8.0 / 75.0 + 0.4))).abs() < 1e-12);
        assert!((demand - 75.0).abs() < 2.0);
        assert_eq!(uncensored(30.0, 1.0, 75.0), 30.0);
        assert_eq!(Censoring::FirstStockoutAt(0.4).demand(30.0, 75.0), Censoring::Share(0.4).demand(30.0, 75.0));
        // V23: without an expectation, 30 and 60 % of a rate of 72.5.
        let alone = Censoring::FirstStockoutAt(0.4).demand(30.0, 0.0);
        assert!((alone.mean() - (30.0 + 0.6 * 72.5)).abs() < 1e-12);
    }

    #[test]
    fn a_flag_says_at_least() {
        let day = Censoring::Flag.demand(90.0, 75.0);
        let law = DemandLaw::NegativeBinomial { mean: 75.0, size: UNCENSOR_STRENGTH };
        assert!((day.mean() - law.mean_at_least(90.0)).abs() < 1e-12 && day.mean() > 100.0);
        // Nothing sold and nothing known: the expectation itself.
        assert!((Censoring::Flag.demand(0.0, 75.0).mean() - 75.0).abs() < 1e-9);
    }

    /// Mean within four standard errors, and the variance of the missed part that a plug-in of the mean would lose.
    #[test]
    fn draws_have_the_posterior_mean_and_keep_the_scatter() {
        let size = UNCENSOR_STRENGTH + 30.0;
        let missed = Censoring::Share(0.4).demand(30.0, 75.0).mean() - 30.0;
        for (name, day, variance) in [
            ("share", Censoring::Share(0.4).demand(30.0, 75.0), Some(missed + missed * missed / size)),
            ("first", Censoring::FirstStockoutAt(0.4).demand(30.0, 0.0), Some(43.5 + 43.5 * 43.5 / 29.0)),
            ("flag", Censoring::Flag.demand(90.0, 75.0), None),
            ("far", Censoring::Flag.demand(300.0, 75.0), None),
        ] {
            let (n, mut stream) = (40_000, stream(name));
            let draws: Vec<f64> = (0..n).map(|_| day.draw(&mut stream)).collect();
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            let spread = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n - 1);
            assert!((mean - day.mean()).abs() < 4.0 * (spread / f64::from(n)).sqrt(), "{name}: {mean} {}", day.mean());
            if let Some(variance) = variance {
                assert!((spread / variance - 1.0).abs() < 0.05, "{name}: {spread} {variance}");
            }
        }
    }

    /// A shop of Poisson days around 60 that sells out: as sold, by the mean, by the draws. Only the draws have both
    /// the mean and the variance of the truth.
    #[test]
    fn only_draws_give_the_variance_of_demand_back() {
        let (days, mut stream) = (20_000, stream("shop"));
        let mut columns: [Vec<f64>; 4] = Default::default();
        for _ in 0..days {
            // Orders come over the day; stock is 55.
            let rate = stream.gamma(60.0, UNCENSOR_STRENGTH);
            let (mut time, mut orders, mut sold_out) = (0.0, 0.0_f64, None);
            loop {
                time += -stream.uniform().ln() / rate;
                if time > 1.0 {
                    break;
                }
                orders += 1.0;
                if orders == 55.0 {
                    sold_out = Some(time);
                }
            }
            let day = sold_out.map_or(Censoring::InStock, Censoring::FirstStockoutAt).demand(orders.min(55.0), 60.0);
            for (column, value) in columns.iter_mut().zip([orders, orders.min(55.0), day.mean(), day.draw(&mut stream)])
            {
                column.push(value);
            }
        }
        let [truth, sold, plugged, drawn] = columns.map(|column| {
            let mean = column.iter().sum::<f64>() / column.len() as f64;
            (mean, column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / column.len() as f64)
        });
        assert!(sold.0 < 0.85 * truth.0, "{sold:?} {truth:?}");
        assert!((plugged.0 / truth.0 - 1.0).abs() < 0.01 && (drawn.0 / truth.0 - 1.0).abs() < 0.01);
        assert!((drawn.1 / truth.1 - 1.0).abs() < 0.04, "{drawn:?} {truth:?}");
        assert!(plugged.1 < 0.97 * truth.1 && plugged.1 < drawn.1, "{plugged:?} {truth:?}");
    }

    #[test]
    fn odd_input_has_a_decided_answer() {
        let mut stream = stream("odd");
        for censoring in [
            Censoring::InStock,
            Censoring::Share(f64::NAN),
            Censoring::Share(-1.0),
            Censoring::Share(0.0),
            Censoring::FirstStockoutAt(0.0),
            Censoring::FirstStockoutAt(f64::NAN),
            Censoring::FirstStockoutAt(1.5),
            Censoring::Flag,
        ] {
            for sold in [f64::NAN, -3.0, 0.0, 1.0, 1e6] {
                for expected in [f64::NAN, f64::INFINITY, -1.0, 0.0, 1e-9, 75.0, 1e9] {
                    let day = censoring.demand(sold, expected);
                    let (mean, drawn) = (day.mean(), day.draw(&mut stream));
                    assert!(mean.is_finite() && mean >= 0.0, "{censoring:?} {sold} {expected}: {mean}");
                    assert!(drawn.is_finite() && drawn >= 0.0, "{censoring:?} {sold} {expected}: {drawn}");
                }
            }
        }
    }

    proptest! {
        /// In stock all day is what was sold; demand never lies below sales, and rises with them.
        #[test]
        fn laws(sold in 0_u32..300, share in 0.0_f64..1.0, expected in 0.1_f64..400.0, seed in any::<u64>()) {
            let sold = f64::from(sold);
            let all_day = Censoring::Share(1.0).demand(sold, expected);
            prop_assert_eq!(all_day, Censoring::InStock.demand(sold, expected));
            prop_assert_eq!(all_day.mean(), sold);
            let mut stream = Stream::open(Seed(seed), 0, Source::Organic, Entity::named(&["laws"]));
            prop_assert_eq!(all_day.draw(&mut stream), sold);
            for censoring in [Censoring::Share(share), Censoring::FirstStockoutAt(share), Censoring::Flag] {
                let (day, more) = (censoring.demand(sold, expected), censoring.demand(sold + 1.0, expected));
                prop_assert!(day.mean() >= sold && day.draw(&mut stream) >= sold, "{:?}", censoring);
                prop_assert!(more.mean() > day.mean() - 1e-9 * day.mean(), "{:?}", censoring);
            }
        }
    }
}
