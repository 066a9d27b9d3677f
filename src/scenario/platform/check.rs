//! Rules of platform rules.

use super::{MetricSpec, PlatformSpec};
use crate::calendar::Weekday;
use crate::scenario::SpecProblem;
use crate::units::Probability;

/// Longest window of a rate, and longest limit, in days.
const MAX_DAYS: u32 = 366;

impl PlatformSpec {
    /// What is missing once the preset's keys are filled in, as problems at `path`.
    #[must_use]
    pub fn incomplete(&self, path: &str) -> Vec<SpecProblem> {
        let metrics = [("cancellation", &self.cancellation), ("late-dispatch", &self.late_dispatch)];
        let missing =
            metrics.into_iter().filter(|(_, metric)| metric.as_ref().is_some_and(|m| m.window_days.is_none()));
        let problem = |(key, _)| {
            let problem = SpecProblem::new(format!("{path}.{key}.window-days"), "is missing, and no preset states it");
            problem.help("write window-days = ...")
        };
        missing.map(problem).collect()
    }

    /// Every broken rule of these keys, as problems at `path`.
    #[must_use]
    pub fn problems(&self, path: &str) -> Vec<SpecProblem> {
        let mut problems = Vec::new();
        for (key, metric) in [("cancellation", &self.cancellation), ("late-dispatch", &self.late_dispatch)] {
            if let Some(metric) = metric {
                metric.check(&format!("{path}.{key}"), &mut problems);
            }
        }
        if let (Some(dispatch), Some(cancel)) = (self.dispatch_days, self.cancel_days)
            && cancel < dispatch
        {
            let problem =
                format!("`{cancel}` is less than dispatch-days, `{dispatch}`; an order is late before it is cancelled");
            problems.push(SpecProblem::new(format!("{path}.cancel-days"), problem));
        }
        if self
            .weekend
            .as_ref()
            .is_some_and(|days| (0..Weekday::COUNT).all(|day| days.iter().any(|d| *d as usize == day)))
        {
            problems.push(SpecProblem::new(format!("{path}.weekend"), "no day of the week is worked"));
        }
        if self.other_orders_per_day.is_some_and(|orders| !(0.0..=1e7).contains(&orders)) {
            let problem = "must be a number from 0 to 10,000,000";
            problems.push(SpecProblem::new(format!("{path}.other-orders-per-day"), problem));
        }
        for (key, rate) in [("other-cancel-rate", self.other_cancel_rate), ("other-late-rate", self.other_late_rate)] {
            if rate.is_some() && self.other_orders_per_day.is_none() {
                let problem = SpecProblem::new(format!("{path}.{key}"), "says nothing without other-orders-per-day");
                problems.push(problem.help("write other-orders-per-day = ..., 0 if the shop sells nothing else"));
            }
        }
        problems
    }
}

impl MetricSpec {
    fn check(&self, path: &str, problems: &mut Vec<SpecProblem>) {
        let mut add = |key: String, problem: String| problems.push(SpecProblem::new(format!("{path}.{key}"), problem));
        match self.window_days {
            Some(days) if !(1..=MAX_DAYS).contains(&days) => {
                add("window-days".into(), format!("`{days}` days; a window has from 1 to {MAX_DAYS}"));
            }
            _ => {}
        }
        let mut below = (-1.0, Probability::ONE);
        for (at, step) in self.step.iter().flatten().enumerate() {
            if step.from.get() <= below.0 {
                add(format!("step[{at}].from"), format!("`{}`; the rates of the steps rise", step.from.get()));
            }
            if step.volume_share > below.1 {
                let problem = format!("`{}`; a higher rate leaves no more volume", step.volume_share.get());
                add(format!("step[{at}].volume-share"), problem);
            }
            if step.volume_share < Probability::ONE && !(1..=MAX_DAYS).contains(&step.days) {
                let problem = format!("`{}` days; a limited volume lasts from 1 to {MAX_DAYS}", step.days);
                add(format!("step[{at}].days"), problem);
            }
            below = (step.from.get(), step.volume_share);
        }
    }
}
