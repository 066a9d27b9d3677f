//! Takes single wholesale orders out of the sales.

use super::WholesaleRule;
use crate::history::SalesSeries;

/// Sales a day without the wholesale lines, and how much was taken out.
pub(super) struct RetailSales {
    /// Pieces a day.
    pub(super) units: Vec<f64>,
    /// Lines removed.
    pub(super) lines: u64,
    /// Pieces removed as a share of all.
    pub(super) share: f64,
}

/// Applies `rule` to the series; without a rule, or without line sizes, everything stays.
pub(super) fn retail_sales(series: &SalesSeries, rule: Option<&WholesaleRule>) -> RetailSales {
    let mut units: Vec<f64> = series.days.iter().map(|day| day.units.as_f64()).collect();
    let total: f64 = units.iter().sum();
    let (mut lines, mut removed) = (0, 0.0);
    if let Some(rule) = rule {
        let mut largest: Vec<f64> = series
            .days
            .iter()
            .filter(|day| day.units.0 > 0)
            .filter_map(|day| day.largest_line.map(|line| line.as_f64()))
            .collect();
        largest.sort_by(f64::total_cmp);
        let median = match largest.len() {
            0 => f64::INFINITY,
            n if n % 2 == 1 => largest[n / 2],
            n => (largest[n / 2 - 1] + largest[n / 2]) / 2.0,
        };
        for (day, units) in series.days.iter().zip(&mut units) {
            let Some(line) = day.largest_line.map(|line| line.as_f64().min(*units)) else { continue };
            if *units > 0.0 && line >= rule.share_of_day.get() * *units && line >= rule.times_median * median {
                *units -= line;
                lines += 1;
                removed += line;
            }
        }
    }
    RetailSales { units, lines, share: if total > 0.0 { removed / total } else { 0.0 } }
}
