//! What an alert announces: the same path once more, with nobody reacting from then on.

use super::alert::Ring;
use super::day::run;
use super::{PolicyPlan, Setting, Workspace};
use crate::process::ProductPath;

/// Every ring of the alert levels along one path, with the stockout that it announced.
///
/// Only the guard reacts to stock, so "nobody reacts from this evening on" is the same path run again with the guard off
/// duty from then on. Where the guard had not stopped the ads by the evening of the ring, that is the path without a
/// guard in this event, one run for all such rings; where it never stops them in the event, it is the path as it was.
#[must_use]
pub fn judge_alerts(path: &ProductPath, plan: &PolicyPlan, setting: &Setting, workspace: &mut Workspace) -> Vec<Ring> {
    let mut ads_ran = Vec::with_capacity(setting.days);
    let _ = run(path, plan, setting, workspace, None, |day| ads_ran.push(day.ads_undisturbed));
    let rings = workspace.watch.rings().to_vec();
    let stockouts = workspace.watch.stockouts().to_vec();
    let stockout_after = |ring: usize, stockouts: &[usize]| {
        let event = setting.event_of[ring];
        stockouts.iter().copied().find(|day| *day > ring && setting.event_of[*day] == event)
    };
    // Shadow runs: the evening from which the guard is off duty, and the days with an unmet piece.
    let mut shadows: Vec<(usize, Vec<usize>)> = Vec::new();
    rings
        .into_iter()
        .map(|(level, day)| {
            let event = setting.event_of[day];
            let of_event = |at: &usize| setting.event_of[*at] == event;
            let start = (0..=day).rev().take_while(of_event).last().unwrap_or(day);
            let end = (day..setting.days).take_while(of_event).last().unwrap_or(day);
            if plan.guard.is_none() || ads_ran[start..=end].iter().all(|ran| *ran) {
                return Ring { level, day, announced: stockout_after(day, &stockouts) };
            }
            let from = if ads_ran[start..=day].iter().all(|ran| *ran) { start } else { day };
            let known = shadows.iter().position(|(evening, _)| *evening == from).unwrap_or_else(|| {
                let _ = run(path, plan, setting, workspace, Some(day), |_| {});
                shadows.push((from, workspace.watch.stockouts().to_vec()));
                shadows.len() - 1
            });
            let announced = stockout_after(day, &shadows[known].1);
            Ring { level, day, announced }
        })
        .collect()
}
