//! Oversell: orders that a shop window takes after the stock behind it is gone.

use super::inputs::{FormulaError, non_negative};
use crate::stats::{DemandLaw, Pmf, PmfError};
use crate::units::{Probability, Units};

/// A window narrower than this share of its counts' standard deviation is taken as the three points of Gauss' rule, good
/// to 1e-10 there; differences of nearly equal probabilities would lose more.
const NARROW: f64 = 0.125;

/// The orders that come in between the sale of the last unit and the moment at which the listing shows it.
///
/// Single orders at a constant rate, and enough stock that it is not gone at once. A *buffer* is a number of units that
/// the listing hides: it closes that much earlier.
#[derive(Debug, Clone, PartialEq)]
pub struct LateOrders {
    orders: Pmf,
}

impl LateOrders {
    /// A listing that shows the true stock always `latency_hours` τ late.
    ///
    /// ```text
    /// N ~ Poisson(λ τ)
    /// ```
    ///
    /// `rate_per_hour` λ in orders an hour. Source: elementary; the thinned count of a Poisson process.
    ///
    /// # Errors
    /// [`FormulaError`] unless both are finite and not negative, and their product is small enough to enumerate.
    ///
    /// ```
    /// use stockburst::{policy::formula::LateOrders, units::{Probability, Units}};
    /// // A live session: 30 orders a minute, five minutes late.
    /// let late = LateOrders::after_latency(1800.0, 5.0 / 60.0).unwrap();
    /// assert!((late.expected_oversell(Units::ZERO) - 150.0).abs() < 1e-9);
    /// assert_eq!(late.buffer_for(Probability::try_new(0.01).unwrap()), Units(179));
    /// ```
    pub fn after_latency(rate_per_hour: f64, latency_hours: f64) -> Result<Self, FormulaError> {
        let mean = non_negative("orders an hour", rate_per_hour)? * non_negative("latency", latency_hours)?;
        Ok(Self { orders: Pmf::from_law(&DemandLaw::Poisson { mean })? })
    }

    /// A listing that is refreshed every `interval_hours` T and shows each refresh `delay_hours` τ late; the stock runs
    /// out at any moment between two refreshes alike.
    ///
    /// ```text
    /// N ~ Poisson(λ (T U + τ)), U uniform on 0..1:  P(N = k) = (P(X_b > k) - P(X_a > k)) / (b - a)
    /// X_a ~ Poisson(a), X_b ~ Poisson(b), a = λ τ, b = λ (T + τ)
    /// ```
    ///
    /// `rate_per_hour` λ in orders an hour. The masses are the integral of the Poisson probabilities over the window.
    /// Source: elementary; a Poisson count with a uniform mean.
    ///
    /// # Errors
    /// As [`LateOrders::after_latency`].
    ///
    /// ```
    /// use stockburst::{policy::formula::LateOrders, units::Units};
    /// // Two orders a minute, synchronised every 15 minutes.
    /// let late = LateOrders::after_sync(120.0, 0.25, 0.0).unwrap();
    /// assert!((late.expected_oversell(Units::ZERO) - 15.0).abs() < 1e-9);
    /// assert!((late.oversell_probability(Units(40)) - 0.002_097).abs() < 5e-7);
    /// ```
    pub fn after_sync(rate_per_hour: f64, interval_hours: f64, delay_hours: f64) -> Result<Self, FormulaError> {
        let rate = non_negative("orders an hour", rate_per_hour)?;
        let (interval, delay) =
            (non_negative("time between syncs", interval_hours)?, non_negative("delay", delay_hours)?);
        let (from, to, width) = (rate * delay, rate * (interval + delay), rate * interval);
        let poisson = |mean| Pmf::from_law(&DemandLaw::Poisson { mean });
        if width <= NARROW * to.sqrt() {
            let (middle, aside) = (from + width / 2.0, 0.6_f64.sqrt() * width / 2.0);
            let points = [(5.0, middle - aside), (8.0, middle), (5.0, middle + aside)];
            let parts: Result<Vec<_>, PmfError> =
                points.into_iter().map(|(weight, mean)| Ok((weight / 18.0, poisson(mean)?))).collect();
            return Ok(Self { orders: Pmf::mixture(&parts?)? });
        }
        let (earliest, latest) = (Sides::of(&poisson(from)?), Sides::of(&poisson(to)?));
        let middle = (from + to) / 2.0;
        let masses: Vec<f64> = (0..latest.beyond.len())
            .map(|k| {
                // Each side where it is small: both are near 1 on the other, where their difference is rounding.
                let difference = if (k as f64) < middle {
                    earliest.at_most(k) - latest.at_most(k)
                } else {
                    latest.beyond(k) - earliest.beyond(k)
                };
                difference.max(0.0) / width
            })
            .collect();
        Ok(Self { orders: Pmf::try_from(masses)? })
    }

    /// Distribution of the orders themselves.
    #[must_use]
    pub const fn orders(&self) -> &Pmf {
        &self.orders
    }

    /// Expected units oversold with this buffer.
    ///
    /// ```text
    /// E[(N - b)+]
    /// ```
    #[must_use]
    pub fn expected_oversell(&self, buffer: Units) -> f64 {
        self.orders.loss(buffer.as_f64())
    }

    /// Probability that anything is oversold with this buffer, P(N > b).
    #[must_use]
    pub fn oversell_probability(&self, buffer: Units) -> f64 {
        self.orders.exceedance(buffer.as_f64())
    }

    /// Units that are oversold at most with this probability, with this buffer; `None` unless 0 < `probability` < 1.
    ///
    /// ```
    /// use stockburst::{policy::formula::LateOrders, units::Units};
    /// let late = LateOrders::after_latency(120.0, 1.0 / 6.0).unwrap(); // 20 orders on average
    /// assert_eq!(late.oversell_quantile(Units(25), 0.95), Some(Units(3)));
    /// ```
    #[must_use]
    pub fn oversell_quantile(&self, buffer: Units, probability: f64) -> Option<Units> {
        Some(Units(self.orders.quantile(probability)?).saturating_sub(buffer))
    }

    /// The smallest buffer with which the risk of any oversell is at most `risk`.
    #[must_use]
    pub fn buffer_for(&self, risk: Probability) -> Units {
        // Without any risk allowed, the buffer is everything that was enumerated; with any risk, it is nothing.
        let sure = 1.0 - risk.get();
        Units(if sure <= 0.0 { 0 } else { self.orders.quantile(sure).unwrap_or(self.orders.largest()) })
    }
}

/// P(X ≤ k) and P(X > k) of each k, each summed from its own end.
struct Sides {
    at_most: Vec<f64>,
    beyond: Vec<f64>,
}

impl Sides {
    fn of(counts: &Pmf) -> Self {
        let masses = counts.masses();
        let (mut at_most, mut beyond) = (masses.to_vec(), vec![0.0; masses.len()]);
        let mut sum = 0.0;
        for at_most in &mut at_most {
            sum += *at_most;
            *at_most = sum;
        }
        sum = 0.0;
        for (beyond, mass) in beyond.iter_mut().zip(masses).rev() {
            *beyond = sum;
            sum += mass;
        }
        Self { at_most, beyond }
    }

    fn at_most(&self, k: usize) -> f64 {
        self.at_most.get(k).copied().unwrap_or(1.0)
    }

    fn beyond(&self, k: usize) -> f64 {
        self.beyond.get(k).copied().unwrap_or(0.0)
    }
}

/// What several channels with one stock sell, and oversell, until the stock is gone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChannelSales {
    /// Expected units sold and shipped.
    pub expected_sold: f64,
    /// Expected units oversold.
    pub expected_oversell: f64,
    /// Probability that anything is oversold.
    pub oversell_probability: f64,
}

/// Every channel shows the whole stock and none hears of the others.
///
/// ```text
/// accepted A = Σ min(N_i, S);  oversold (A - S)+,  sold min(A, S)
/// ```
///
/// `demands` are the channels' independent demands N_i while the stock S lasts. Source: elementary.
///
/// # Errors
/// [`FormulaError::Pmf`] if the sum of the demands is too large to enumerate.
///
/// ```
/// use stockburst::policy::formula::unsynced_channels;
/// use stockburst::{stats::{DemandLaw, Pmf}, units::Units};
/// let channel = Pmf::from_law(&DemandLaw::Poisson { mean: 30.0 }).unwrap();
/// let sales = unsynced_channels(&[channel.clone(), channel], Units(50)).unwrap();
/// assert!((sales.expected_oversell - 10.318_161).abs() < 5e-7);
/// ```
pub fn unsynced_channels(demands: &[Pmf], stock: Units) -> Result<ChannelSales, FormulaError> {
    let nothing = Pmf::from_pairs(&[(0, 1.0)])?;
    let accepted = demands.iter().try_fold(nothing, |sum, demand| sum.convolve(&capped(demand, stock)?))?;
    let expected_oversell = accepted.loss(stock.as_f64());
    Ok(ChannelSales {
        expected_sold: accepted.mean() - expected_oversell,
        expected_oversell,
        oversell_probability: accepted.exceedance(stock.as_f64()),
    })
}

/// Expected sales of channels that each have a share of the stock of their own: nothing is oversold.
///
/// ```text
/// Σ E[min(N_i, S_i)]
/// ```
///
/// `channels` are pairs of demand N_i and stock S_i. Source: elementary.
///
/// ```
/// use stockburst::policy::formula::split_channels;
/// use stockburst::{stats::{DemandLaw, Pmf}, units::Units};
/// let channel = Pmf::from_law(&DemandLaw::Poisson { mean: 30.0 }).unwrap();
/// let split = split_channels(&[(channel.clone(), Units(25)), (channel, Units(25))]);
/// let pooled = Pmf::from_law(&DemandLaw::Poisson { mean: 60.0 }).unwrap();
/// // What a hard split costs beside one stock that all see at once.
/// assert!((split - 49.016_653).abs() < 5e-7 && (split_channels(&[(pooled, Units(50))]) - 49.680_507).abs() < 5e-7);
/// ```
#[must_use]
pub fn split_channels(channels: &[(Pmf, Units)]) -> f64 {
    channels.iter().map(|(demand, stock)| demand.mean() - demand.loss(stock.as_f64())).sum()
}

/// The demand that a channel accepts while it shows `most` units.
fn capped(demand: &Pmf, most: Units) -> Result<Pmf, PmfError> {
    let pairs: Vec<_> = demand.support().map(|(count, mass)| (count.min(most.0), mass)).collect();
    Pmf::from_pairs(&pairs)
}

#[cfg(test)]
mod tests;
