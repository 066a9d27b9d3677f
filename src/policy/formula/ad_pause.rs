//! Pausing the ads when stock runs low: what it saves of the oversell behind a slow listing.

use serde::Serialize;

use super::inputs::{FormulaError, non_negative, positive};
use super::stock_alert::level_units;
use crate::stats::DemandLaw;
use crate::units::{Probability, Units};

/// A stock without arrivals that ads and other customers take down, and a rule that pauses the ads.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AdPause {
    /// Stock at the start, units.
    pub initial: Units,
    /// Orders an hour that the ads bring.
    pub ad_rate: f64,
    /// Orders an hour that come without ads.
    pub organic_rate: f64,
    /// The ads are told to pause when the stock first reaches this share of the start.
    pub threshold: Probability,
    /// Hours from there until they bring no more orders.
    pub pause_delay_hours: f64,
    /// Hours from the sale of the last unit until the listing closes.
    pub latency_hours: f64,
}

/// What the rule does to the oversell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AdPauseOutcome {
    /// Expected units oversold with the rule.
    pub expected_oversell: f64,
    /// Expected units oversold if the ads run on.
    pub expected_oversell_without_pause: f64,
    /// Mean hours until the stock reaches the threshold.
    pub mean_hours_to_threshold: f64,
    /// Probability that the stock is gone before the pause takes effect.
    pub stock_gone_before_pause: f64,
}

impl AdPause {
    /// Exact oversell with and without the pause, single orders at constant rates.
    ///
    /// ```text
    /// W ~ Gamma(n, 1/(a + o)): hours from the threshold (n units left) to the last unit, while the ads run
    /// E[oversell] = o τ + a E[min((δ - W)+, τ)] = o τ + a (n̄_W(δ) - n̄_W(δ - τ))
    /// without pause (a + o) τ
    /// ```
    ///
    /// a and o are the rates of ads and others, δ the delay of the pause, τ the latency of the listing, n̄ the
    /// complementary loss function. If the pause is in force when the last unit goes, only others oversell; else the
    /// ads add what they bring until the pause or the closing, whichever comes first. Source: elementary; the arrival
    /// times of a Poisson process.
    ///
    /// # Errors
    /// [`FormulaError::Number`] unless rates and times are finite and not negative and one rate is positive.
    ///
    /// ```
    /// use stockburst::{policy::formula::AdPause, units::{Probability, Units}};
    /// let rule = AdPause {
    ///     initial: Units(1000),
    ///     ad_rate: 100.0,
    ///     organic_rate: 20.0,
    ///     threshold: Probability::try_new(0.1).unwrap(),
    ///     pause_delay_hours: 0.25,
    ///     latency_hours: 1.0 / 6.0,
    /// };
    /// let outcome = rule.outcome().unwrap();
    /// assert!((outcome.expected_oversell - 20.0 / 6.0).abs() < 1e-12);
    /// assert!((outcome.expected_oversell_without_pause - 20.0).abs() < 1e-12);
    /// ```
    pub fn outcome(&self) -> Result<AdPauseOutcome, FormulaError> {
        let ads = non_negative("rate of ad orders", self.ad_rate)?;
        let organic = non_negative("rate of other orders", self.organic_rate)?;
        let rate = positive("rate of orders", ads + organic)?;
        let delay = non_negative("delay of the pause", self.pause_delay_hours)?;
        let latency = non_negative("latency of the listing", self.latency_hours)?;
        let left = level_units(self.initial, self.threshold);
        let (exposed, stock_gone_before_pause) = if left == 0 {
            (delay.min(latency), 1.0)
        } else {
            let to_last = DemandLaw::Gamma { shape: left as f64, scale: 1.0 / rate }.checked()?;
            let saved = |hours: f64| to_last.complementary_loss(hours.max(0.0));
            (saved(delay) - saved(delay - latency), to_last.cdf(delay))
        };
        Ok(AdPauseOutcome {
            expected_oversell: organic * latency + ads * exposed,
            expected_oversell_without_pause: rate * latency,
            mean_hours_to_threshold: (self.initial.0 - left) as f64 / rate,
            stock_gone_before_pause,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(threshold: f64, delay: f64) -> AdPause {
        AdPause {
            initial: Units(200),
            ad_rate: 100.0,
            organic_rate: 20.0,
            threshold: Probability::try_new(threshold).unwrap(),
            pause_delay_hours: delay,
            latency_hours: 0.25,
        }
    }

    /// Integrated over the hour at which the last unit goes, by midpoints.
    #[test]
    fn a_race_is_the_integral_over_its_end() {
        let rule = rule(0.15, 0.3);
        let to_last = DemandLaw::Gamma { shape: 30.0, scale: 1.0 / 120.0 };
        let steps = 30_000;
        let width = 0.3 / f64::from(steps);
        let exposed: f64 = (0..steps)
            .map(|step| f64::from(step) * width)
            .map(|start| {
                let mass = to_last.cdf(start + width) - to_last.cdf(start);
                mass * (0.3 - start - width / 2.0).min(0.25)
            })
            .sum();
        let outcome = rule.outcome().unwrap();
        assert!((outcome.expected_oversell - (5.0 + 100.0 * exposed)).abs() < 1e-6);
        assert!(outcome.stock_gone_before_pause > 0.5);
    }

    #[test]
    fn a_late_pause_saves_nothing_and_an_early_one_all_ads() {
        let never = rule(0.0, 100.0).outcome().unwrap();
        assert!((never.expected_oversell - never.expected_oversell_without_pause).abs() < 1e-12);
        assert_eq!(never.stock_gone_before_pause, 1.0);
        let at_once = rule(0.5, 0.0).outcome().unwrap();
        assert!((at_once.expected_oversell - 5.0).abs() < 1e-12);
        let mut before = f64::INFINITY;
        for threshold in [0.0, 0.05, 0.1, 0.2, 0.4] {
            let oversell = rule(threshold, 0.3).outcome().unwrap().expected_oversell;
            assert!(oversell <= before);
            before = oversell;
        }
    }

    #[test]
    fn odd_input_is_refused() {
        let good = rule(0.1, 0.1);
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            assert!(AdPause { ad_rate: bad, ..good }.outcome().is_err());
            assert!(AdPause { organic_rate: bad, ..good }.outcome().is_err());
            assert!(AdPause { pause_delay_hours: bad, ..good }.outcome().is_err());
            assert!(AdPause { latency_hours: bad, ..good }.outcome().is_err());
        }
        assert!(AdPause { ad_rate: 0.0, organic_rate: 0.0, ..good }.outcome().is_err());
        assert_eq!(AdPause { initial: Units(0), ..good }.outcome().unwrap().mean_hours_to_threshold, 0.0);
    }
}
