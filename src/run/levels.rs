//! Stock levels in pieces: what the alerts and the pause rule mean at one event.

use super::describe::EventStock;
use super::design::PauseRule;
use crate::policy::ShareBase;
use crate::scenario::ScenarioSpec;
use crate::simulate::{PolicyPlan, Setting};
use crate::units::Units;

/// The levels of one event in pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EventLevels {
    /// Of the alerts that are shares, highest first.
    pub(super) alerts: Vec<u64>,
    /// Of the alerts in days of cover.
    pub(super) cover: Vec<u64>,
    /// Pause and resume.
    pub(super) pause: Option<[u64; 2]>,
}

/// The levels at the event that starts on day `start`, about which the mean stocks are `stock`.
pub(super) fn event_levels(
    spec: &ScenarioSpec,
    setting: &Setting,
    plan: &PolicyPlan,
    pause: Option<PauseRule>,
    start: usize,
    stock: &EventStock,
) -> EventLevels {
    let share_of = |base: ShareBase, share: f64| {
        let stock = match base {
            ShareBase::EventStart => stock.start,
            ShareBase::Opening => setting.opening_stock.as_f64(),
            ShareBase::OrderUpTo => plan.replenishment.order_up_to(start).unwrap_or(Units::ZERO).as_f64(),
            ShareBase::LastReceipt => stock.last_receipt,
        };
        Units::at_least(share * stock).0
    };
    let of_cover = |days: f64| Units::at_least(days * setting.rate(start)).0;
    EventLevels {
        alerts: spec.alerts.levels.iter().map(|level| share_of(spec.alerts.base, level.get())).collect(),
        cover: spec.alerts.days_of_cover.iter().map(|days| of_cover(*days)).collect(),
        pause: pause.map(|pause| match pause {
            PauseRule::Share { pause, resume, base } => [share_of(base, pause), share_of(base, resume)],
            PauseRule::PreOrder { pause, resume, .. } => {
                [share_of(ShareBase::EventStart, pause), share_of(ShareBase::EventStart, resume)]
            }
            PauseRule::Units { pause, resume } => [pause, resume],
            PauseRule::DaysOfCover { pause, resume } => [of_cover(pause), of_cover(resume)],
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{OrderLimits, OrderSize, ReorderLevels, Replenishment};

    /// By hand: 50, 30 and 10 % of 1,000 pieces, and of the 400 that the second event begins with.
    #[test]
    fn every_event_has_numbers_of_its_own() {
        let spec: ScenarioSpec = serde_json::from_str(
            r#"{"name": "a", "title": "A", "today": "2026-10-01", "product": [], "event": [], "lead-time": []}"#,
        )
        .expect("a scenario");
        let setting = Setting::new(60, Units(700));
        let plan = PolicyPlan {
            mode: 0,
            pre_stocked: Units::ZERO,
            pre_stock: None,
            later_pre_stock: Vec::new(),
            expedite: None,
            replenishment: Replenishment {
                levels: ReorderLevels::Never,
                size: OrderSize::Lot { quantity: Units(1) },
                limits: OrderLimits::NONE,
            },
            guard: None,
        };
        let stock = |start| EventStock { start, left: 0.0, last_receipt: 900.0 };
        let levels = |base, start: f64| {
            let pause = Some(PauseRule::Share { pause: 0.1, resume: 0.2, base });
            event_levels(&spec, &setting, &plan, pause, 20, &stock(start))
        };
        let expected =
            |alerts: [u64; 3], pause| EventLevels { alerts: alerts.to_vec(), cover: Vec::new(), pause: Some(pause) };
        assert_eq!(levels(ShareBase::EventStart, 1000.0), expected([500, 300, 100], [100, 200]));
        assert_eq!(levels(ShareBase::EventStart, 400.0), expected([200, 120, 40], [40, 80]));
        assert_eq!(levels(ShareBase::Opening, 400.0).pause, Some([70, 140]));
        assert_eq!(levels(ShareBase::LastReceipt, 400.0).pause, Some([90, 180]));
    }
}
