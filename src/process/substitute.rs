//! The substitute's own customers.

use crate::random::Stream;

/// Demand of the product that ad plan B sells: Poisson around a constant mean.
#[derive(Debug, Clone, PartialEq)]
pub struct SubstituteDemand {
    /// Its identifier; names its stream.
    pub sku: String,
    /// Mean pieces a day.
    pub per_day: f64,
}

impl SubstituteDemand {
    /// Draws the pieces of `days` days into `demand`.
    pub(super) fn draw(&self, days: usize, stream: &mut Stream, demand: &mut Vec<u64>) {
        demand.extend((0..days).map(|_| stream.poisson(self.per_day)));
    }
}

#[cfg(test)]
mod tests {
    use crate::process::{DayNoise, OrganicDemand, PathSet, ProductProcess, SubstituteDemand};
    use crate::random::Seed;

    #[test]
    fn it_has_its_mean_and_moves_no_other_draw() {
        let organic = OrganicDemand { level: 4.0, weekday: [1.0; 7], level_error: 0.1, noise: DayNoise::Poisson };
        let without = ProductProcess::new("A", "2026-11-01".parse().expect("a date"), 40, organic);
        let demand = SubstituteDemand { sku: "B".into(), per_day: 6.0 };
        let with = ProductProcess { substitute: Some(demand), ..without.clone() };
        let draw = |process: &ProductProcess, at| process.draw(Seed(3), PathSet::Comparison, at);
        let mut total = 0;
        for at in 0..200 {
            let (mut path, plain) = (draw(&with, at), draw(&without, at));
            total += path.substitute.iter().sum::<u64>();
            assert!(plain.substitute.is_empty());
            path.substitute.clear();
            assert_eq!(path, plain);
        }
        // 8,000 days of 6: the mean is within 4 standard errors of .027.
        assert!((f64::from(u32::try_from(total).expect("few")) / 8000.0 - 6.0).abs() < 0.11, "{total}");
    }
}
