//! The marketplace's eyes on the shop: rates over their windows, and the volume that a crossed step costs.

use super::{PathOutcome, Platform};
use crate::policy::{DayCounts, PlatformMetric, RestOfShop, RollingRate, VolumeLimit};

/// Follows the rates of one path. Orders are counted in pieces, those of the rest of the shop too ([`Platform::rest`]).
#[derive(Debug, Default)]
pub(super) struct PlatformWatch {
    rates: Vec<RollingRate>,
    peaks: Vec<f64>,
    limit: VolumeLimit,
    pieces_per_day: f64,
    limited_days: u64,
}

impl PlatformWatch {
    pub(super) fn reset(&mut self, platform: Option<&Platform>) {
        self.rates.clear();
        self.peaks.clear();
        self.limit = VolumeLimit::default();
        self.pieces_per_day = 0.0;
        self.limited_days = 0;
        let Some(platform) = platform else { return };
        for metric in &platform.rules.metrics {
            let fault_rate = match metric.metric {
                PlatformMetric::SellerCancellation => platform.rest.fault_rate,
                PlatformMetric::LateDispatch => platform.rest_late,
            };
            let rest = RestOfShop { fault_rate, ..platform.rest };
            self.rates.push(RollingRate::new(metric.window_days as usize, rest));
            self.peaks.push(0.0);
        }
    }

    /// Most pieces of the product that the marketplace lets through on `day`.
    pub(super) fn piece_cap(&mut self, day: usize) -> Option<u32> {
        let cap = self.limit.piece_cap(day, self.pieces_per_day);
        self.limited_days += u64::from(cap.is_some());
        cap
    }

    /// The evening of `day`: pieces accepted, cancelled as the seller's fault, and late.
    pub(super) fn evening(
        &mut self,
        platform: Option<&Platform>,
        day: usize,
        accepted: u64,
        cancelled: u64,
        late: u64,
    ) {
        let Some(platform) = platform else { return };
        let count = |units: u64| u32::try_from(units).unwrap_or(u32::MAX);
        let rules = platform.rules.metrics.iter().zip(&mut self.rates).zip(&mut self.peaks);
        for ((metric, rate), peak) in rules {
            let faults = match metric.metric {
                PlatformMetric::SellerCancellation => cancelled,
                PlatformMetric::LateDispatch => late,
            };
            // Parcels of earlier days may be at fault on a day with fewer orders.
            let known = rate.push(DayCounts { orders: count(accepted), faults: count(faults) });
            if self.limit.share(day).is_none() {
                self.pieces_per_day = rate.orders_per_day() - platform.rest.orders_per_day;
            }
            let Some(now) = known else { continue };
            *peak = peak.max(now);
            if let Some(step) = metric.step(now) {
                self.limit.cross(day, step);
            }
        }
    }

    /// Largest rate of each metric so far.
    pub(super) fn peaks(&self) -> &[f64] {
        &self.peaks
    }

    /// Days under a limit so far.
    pub(super) const fn limited_days(&self) -> u64 {
        self.limited_days
    }

    pub(super) fn report(&self, outcome: &mut PathOutcome) {
        outcome.peak_rates.extend_from_slice(&self.peaks);
        outcome.limited_days = self.limited_days;
    }
}
