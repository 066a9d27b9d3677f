//! Mean demand of a product that most periods do not sell at all.

/// What Croston's method and its two successors say of a series of counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Intermittent {
    /// Smoothed size of a demand, units.
    pub size: f64,
    /// Smoothed number of periods from one demand to the next.
    pub interval: f64,
    /// Croston's forecast, units a period: too high by about the factor 1 / (1 - α/2).
    pub croston: f64,
    /// Forecast of Syntetos and Boylan (SBA), units a period: Croston's, its bias taken out.
    pub sba: f64,
    /// Forecast of Teunter, Syntetos and Babai (TSB), units a period: it falls while nothing sells.
    pub tsb: f64,
}

impl Intermittent {
    /// Smooths a series of demands, one of each period, oldest first.
    ///
    /// ```text
    /// at a demand y, q periods after the last:  z += α (y - z),  p += α (q - p)
    /// in every period:                          π += β (1[y > 0] - π)
    /// Croston z / p,  SBA (1 - α/2) z / p,  TSB π z
    /// ```
    ///
    /// The first demand, in period n, starts them: z is its size, p = n and π = 1/n. `size_smoothing` α,
    /// `chance_smoothing` β. `None` unless both are above 0 and at most 1, and if the series has no demand, or a value
    /// that is negative or not finite. Source: Croston (1972), Operational Research Quarterly 23, 289-303; Syntetos &
    /// Boylan (2005), International Journal of Forecasting 21, 303-314; Teunter, Syntetos & Babai (2011), European
    /// Journal of Operational Research 214, 606-615.
    ///
    /// ```
    /// use stockburst::stats::Intermittent;
    /// let sold = [0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 5.0, 2.0, 0.0, 0.0, 4.0, 0.0];
    /// let forecast = Intermittent::of(&sold, 0.1, 0.05).unwrap();
    /// assert!((forecast.size - 3.172).abs() < 1e-12 && (forecast.interval - 2.901).abs() < 1e-12);
    /// assert!((forecast.sba - 0.95 * forecast.croston).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn of(series: &[f64], size_smoothing: f64, chance_smoothing: f64) -> Option<Self> {
        let is_weight = |weight: f64| weight > 0.0 && weight <= 1.0;
        let valid = series.iter().all(|demand| demand.is_finite() && *demand >= 0.0);
        if !(valid && is_weight(size_smoothing) && is_weight(chance_smoothing)) {
            return None;
        }
        let first = series.iter().position(|demand| *demand > 0.0)?;
        let mut size = series[first];
        let mut interval = first as f64 + 1.0;
        let mut chance = 1.0 / interval;
        let mut waited = 0.0;
        for &demand in &series[first + 1..] {
            waited += 1.0;
            let sold = demand > 0.0;
            chance += chance_smoothing * (f64::from(sold) - chance);
            if sold {
                size += size_smoothing * (demand - size);
                interval += size_smoothing * (waited - interval);
                waited = 0.0;
            }
        }
        let croston = size / interval;
        let sba = (1.0 - size_smoothing / 2.0) * croston;
        Some(Self { size, interval, croston, sba, tsb: chance * size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steady_demand_is_its_own_forecast() {
        let every_third: Vec<f64> = (1..=60).map(|period| if period % 3 == 0 { 6.0 } else { 0.0 }).collect();
        let forecast = Intermittent::of(&every_third, 0.2, 0.1).unwrap();
        assert!((forecast.croston - 2.0).abs() < 1e-12);
        // TSB saw a sale in the last period, so it stands a little above the mean.
        assert!(forecast.tsb > 2.0 && forecast.tsb < 2.5);
    }

    #[test]
    fn only_tsb_forgets_a_product_that_stopped_selling() {
        let mut series = vec![2.0; 10];
        let before = Intermittent::of(&series, 0.1, 0.1).unwrap();
        series.extend([0.0; 40]);
        let after = Intermittent::of(&series, 0.1, 0.1).unwrap();
        assert_eq!(after.croston, before.croston);
        assert!((after.tsb - before.tsb * 0.9_f64.powi(40)).abs() < 1e-12);
    }

    #[test]
    fn odd_input_has_no_forecast() {
        assert_eq!(Intermittent::of(&[], 0.1, 0.1), None);
        assert_eq!(Intermittent::of(&[0.0, 0.0], 0.1, 0.1), None);
        for bad in [f64::NAN, f64::INFINITY, -1.0] {
            assert_eq!(Intermittent::of(&[1.0, bad], 0.1, 0.1), None);
            assert_eq!(Intermittent::of(&[1.0], bad, 0.1), None);
            assert_eq!(Intermittent::of(&[1.0], 0.1, bad), None);
        }
        assert_eq!(Intermittent::of(&[1.0], 0.0, 0.1), None);
    }
}
