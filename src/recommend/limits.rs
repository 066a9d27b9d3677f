//! Limits that a plan must keep, and whether it does.

use serde::{Deserialize, Serialize};

use crate::evaluate::{CandidateKpis, PlatformKpis};
use crate::stats::Estimate;

/// Confidence factor (95 %, two-sided) by which a mean must lie inside its limit.
const Z: f64 = 1.959_963_984_540_054;

/// What a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LimitKind {
    /// Largest probability of any stockout in an event.
    Stockout,
    /// Least fill rate against reference demand in the events.
    FillRate,
    /// Least share of reference demand over all days that is served on its day.
    AllDays,
    /// Most pieces left after the last event day, on average.
    Leftover,
    /// Most money for goods ordered, on average.
    Budget,
    /// Most money tied up on an evening, on average.
    CashPeak,
    /// Largest probability of any oversell in an event.
    Oversell,
    /// Largest probability that the seller-fault cancellation rate crosses the platform's lowest step.
    CancelRate,
}

impl LimitKind {
    /// Whether the limit protects customers, not money or space.
    #[must_use]
    pub const fn is_service(self) -> bool {
        matches!(self, Self::Stockout | Self::FillRate | Self::AllDays | Self::Oversell | Self::CancelRate)
    }
}

/// One limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Limit {
    /// What it is about.
    pub kind: LimitKind,
    /// The bound.
    pub bound: f64,
    /// Whether the user wrote it; a default that cannot be met is reported, one that was written ends the run as
    /// "nothing feasible".
    pub written: bool,
}

/// A candidate held against a limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LimitCheck {
    /// The limit.
    pub limit: Limit,
    /// The candidate's value.
    pub value: f64,
    /// The end of its 95 % interval on the side of the limit: what must keep the bound.
    pub cautious: f64,
    /// Whether it does.
    pub kept: bool,
}

/// All limits of a scenario.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Limits(pub Vec<Limit>);

impl Limits {
    /// Holds a candidate against every limit. A limit counts as kept only if the whole 95 % interval keeps it.
    #[must_use]
    pub fn check(&self, kpis: &CandidateKpis) -> Vec<LimitCheck> {
        self.0
            .iter()
            .map(|limit| {
                let most = |estimate: &Estimate| (estimate.value, estimate.value + Z * estimate.standard_error);
                let least = |estimate: &Estimate| (estimate.value, estimate.value - Z * estimate.standard_error);
                let (value, cautious) = match limit.kind {
                    LimitKind::Stockout => (kpis.event.stockout.value, kpis.event.stockout_interval.high),
                    LimitKind::FillRate => least(&kpis.event.fill_rate_reference),
                    LimitKind::AllDays => least(&kpis.all.fill_rate_reference),
                    LimitKind::Leftover => most(&kpis.leftover),
                    LimitKind::Budget => kpis.goods_cost.as_ref().map_or((0.0, 0.0), most),
                    LimitKind::CashPeak => kpis.cash.as_ref().map_or((f64::MAX, f64::MAX), |cash| most(&cash.peak)),
                    // What was not computed is not kept; a run refuses such a limit before it comes to this.
                    LimitKind::Oversell => kpis
                        .oversell
                        .map_or((1.0, 1.0), |oversell| (oversell.event.any.value, oversell.event.any_interval.high)),
                    LimitKind::CancelRate => kpis
                        .platform
                        .as_ref()
                        .and_then(PlatformKpis::cancellation)
                        .map_or((1.0, 1.0), |step| (step.crossed.value, step.crossed_interval.high)),
                };
                let kept = match limit.kind {
                    LimitKind::FillRate | LimitKind::AllDays => cautious >= limit.bound,
                    _ => cautious <= limit.bound,
                };
                LimitCheck { limit: *limit, value, cautious, kept }
            })
            .collect()
    }
}

impl LimitCheck {
    /// How far the limit is broken, relative to it; 0 if kept.
    #[must_use]
    pub fn violation(&self) -> f64 {
        if self.kept { 0.0 } else { (self.cautious - self.limit.bound).abs() / self.limit.bound.abs().max(1e-9) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::CandidateTally;
    use crate::process::DayProfile;
    use crate::simulate::{PathOutcome, Setting, Storefront, Tally};
    use crate::units::Units;

    fn limits(bound: f64) -> Limits {
        let limit = |kind| Limit { kind, bound, written: true };
        Limits(vec![limit(LimitKind::Oversell), limit(LimitKind::CancelRate)])
    }

    /// One path of 400 oversells in the event: 0.25 %, but its interval goes up to 1.4 %.
    #[test]
    fn the_risk_of_oversell_is_kept_by_its_whole_interval() {
        let profile = DayProfile::flat();
        let storefront = Storefront {
            sku: "A".into(),
            channels: Vec::new(),
            order_sizes: Vec::new(),
            profile: profile.clone(),
            live_profile: profile,
        };
        let mut tally = CandidateTally::new(&Setting { storefront: Some(storefront), ..Setting::new(1, Units::ZERO) });
        for path in 0..400 {
            let event = Tally { oversold: u64::from(path == 7), ..Tally::default() };
            let before = Tally { oversold: u64::from(path > 300), ..Tally::default() };
            tally.push(path, &PathOutcome { event, all: event.with(&before), ..PathOutcome::default() }, None);
        }
        let kpis = tally.kpis();
        let check = |bound: f64| limits(bound).check(&kpis)[0];
        assert_eq!(check(0.01).value, 0.0025);
        assert!(!check(0.01).kept && check(0.02).kept && (0.013..0.015).contains(&check(0.01).cautious));
    }

    #[test]
    fn what_was_not_computed_is_not_kept() {
        let checks = limits(0.5).check(&CandidateTally::default().kpis());
        assert!(checks.iter().all(|check| !check.kept && check.limit.kind.is_service()));
    }
}
