//! When in a day its orders come: the share of a day's demand that has come by each minute.

/// A law of the time of day, piecewise even.
#[derive(Debug, Clone, PartialEq)]
pub struct DayProfile {
    /// Share of the day's demand that has come by the end of each of its equal parts; the last is 1.
    by: Vec<f64>,
}

impl DayProfile {
    /// Minutes in a day.
    const MINUTES: f64 = 1440.0;

    /// The same rate all day.
    #[must_use]
    pub fn flat() -> Self {
        Self { by: vec![1.0] }
    }

    /// Rates of equal parts of the day, such as 24 hours; flat if none of them is a positive number.
    #[must_use]
    pub fn from_rates(rates: &[f64]) -> Self {
        let rate = |rate: f64| if rate > 0.0 && rate.is_finite() { rate } else { 0.0 };
        let total: f64 = rates.iter().map(|r| rate(*r)).sum();
        if total <= 0.0 {
            return Self::flat();
        }
        let mut sum = 0.0;
        let by = rates.iter().map(|r| {
            sum += rate(*r);
            (sum / total).min(1.0)
        });
        Self { by: by.collect() }
    }

    /// The minute, from 0 to 1,440, by which `share` of the day's demand has come.
    #[must_use]
    pub fn quantile(&self, share: f64) -> f64 {
        let part = self.by.partition_point(|by| *by < share).min(self.by.len() - 1);
        let before = if part == 0 { 0.0 } else { self.by[part - 1] };
        let within = self.by[part] - before;
        let inside = if within > 0.0 { ((share - before) / within).clamp(0.0, 1.0) } else { 0.0 };
        (part as f64 + inside) * Self::MINUTES / self.by.len() as f64
    }

    /// The share of the day's demand that has come by `minute`.
    #[must_use]
    pub fn cumulative(&self, minute: f64) -> f64 {
        let at = (minute / Self::MINUTES).clamp(0.0, 1.0) * self.by.len() as f64;
        let part = (at as usize).min(self.by.len() - 1);
        let before = if part == 0 { 0.0 } else { self.by[part - 1] };
        before + (self.by[part] - before) * (at - part as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_and_cumulative_are_each_others_inverse() {
        let profile = DayProfile::from_rates(&[1.0, 0.0, 3.0, 4.0]);
        assert_eq!((profile.quantile(0.125), profile.cumulative(360.0)), (360.0, 0.125));
        for share in [0.01, 0.3, 0.5, 0.77, 0.999] {
            assert!((profile.cumulative(profile.quantile(share)) - share).abs() < 1e-12);
        }
        assert_eq!((profile.quantile(0.0), profile.quantile(1.0)), (0.0, 1440.0));
        assert_eq!(DayProfile::from_rates(&[0.0, f64::NAN]), DayProfile::flat());
    }
}
