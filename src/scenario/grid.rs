//! The candidates of a scenario: their defaults and their rules.

use super::validate::{Problems, default_service};
use super::{CandidatesSpec, PauseSpec, ReorderSpec, ScenarioSpec};
use crate::policy::ShareBase;
use crate::units::{Multiplier, Probability, Units};

/// Most candidates of one product.
const MAX_CANDIDATES: usize = 20_000;
/// Most paths x candidates of one product: two numbers are kept of each, 1.6 GB in all.
const MAX_SAMPLES: u64 = 100_000_000;
/// The multipliers that every grid holds: no safety, and the rule of thumb of 1.2 to 1.5.
const CUSTOMARY_MULTIPLIERS: [f64; 5] = [1.0, 1.2, 1.3, 1.4, 1.5];

impl ScenarioSpec {
    /// Fills in what is compared where nothing is written.
    pub(super) fn fill_candidates(&mut self) {
        let all_modes = self.lead_time.iter().map(|mode| mode.mode.clone());
        let CandidatesSpec { lead_times, multipliers, reorder, pause, .. } = &mut self.candidates;
        if lead_times.is_empty() {
            lead_times.extend(all_modes);
        }
        multipliers.extend(CUSTOMARY_MULTIPLIERS.iter().filter_map(|m| Multiplier::try_new(*m).ok()));
        multipliers.sort_by(|a, b| a.get().total_cmp(&b.get()));
        multipliers.dedup();
        if reorder.is_empty() {
            reorder.push(ReorderSpec::Rolling { service: default_service() });
            reorder.push(ReorderSpec::MaxAverage { max_daily: None, max_lead: None });
            reorder.push(ReorderSpec::Never);
        }
        let advertised = self.event.iter().any(|event| event.spend_per_day > 0.0);
        // Without prices nobody can weigh the sales forgone by pausing: switching the ads off would look like service.
        let advertised = advertised && self.money.is_some();
        pause.get_or_insert_with(|| {
            let share = |p| Probability::try_new(p).unwrap_or(Probability::ZERO);
            let tenth = PauseSpec::Share { pause: share(0.1), resume: share(0.3), base: ShareBase::EventStart };
            if advertised { vec![PauseSpec::Never, tenth] } else { vec![PauseSpec::Never] }
        });
    }

    /// Every rule of the candidates.
    pub(super) fn check_candidates(&self, problems: &mut Problems) {
        let candidates = &self.candidates;
        let modes: Vec<&str> = self.lead_time.iter().map(|mode| mode.mode.as_str()).collect();
        for (at, mode) in candidates.lead_times.iter().enumerate() {
            if !modes.contains(&mode.as_str()) {
                let problem = format!("`{mode}` is not a lead-time mode of this scenario");
                problems.add_help(
                    format!("candidates.lead-times[{at}]"),
                    problem,
                    format!("modes: {}", modes.join(", ")),
                );
            }
        }
        let mut rules = 0;
        for (at, rule) in candidates.reorder.iter().enumerate() {
            rules += 1;
            rule.check_pieces(&format!("candidates.reorder[{at}]"), problems);
            if let ReorderSpec::Range { from, to, steps } = rule {
                rules += *steps as usize;
                if from >= to {
                    problems
                        .add(format!("candidates.reorder[{at}].to"), format!("`{to}` must be above from, `{from}`"));
                }
            }
        }
        let pauses = candidates.pause.as_deref().unwrap_or(&[]);
        if self.money.is_none() && pauses.iter().any(|pause| *pause != PauseSpec::Never) {
            problems.add_help(
                "candidates.pause",
                "pausing the ads is compared without prices: the sales that it forgoes would cost nothing".to_owned(),
                "write [money], or leave the key out",
            );
        }
        for (at, rule) in pauses.iter().enumerate() {
            rule.check(&format!("candidates.pause[{at}]"), problems);
        }
        self.check_bases(problems);
        problems.pieces("candidates.order-quantity".to_owned(), candidates.order_quantity.unwrap_or_default());
        if candidates.order_quantity.is_some_and(|quantity| quantity.0 == 0) {
            problems.add("candidates.order-quantity", "`0` pieces are no order".to_owned());
        }
        let count = candidates.lead_times.len() * rules * pauses.len() * (candidates.multipliers.len() + 1);
        if count > MAX_CANDIDATES {
            let problem = format!("{count} candidates a product; at most {MAX_CANDIDATES} are compared");
            problems.add_help("candidates", problem, "fewer steps, or several scenarios");
        } else if count as u64 * self.paths > MAX_SAMPLES {
            let problem = format!(
                "`{}` paths x {count} candidates are {}; at most {MAX_SAMPLES} are kept in memory",
                self.paths,
                count as u64 * self.paths
            );
            problems.add_help(
                "paths",
                problem,
                format!("at most {} paths, or fewer candidates", MAX_SAMPLES / count.max(1) as u64),
            );
        }
    }
}

impl ReorderSpec {
    /// Reorder points within what can be counted exactly.
    fn check_pieces(&self, path: &str, problems: &mut Problems) {
        let stated: &[(&str, Units)] = match self {
            Self::Units { level } => &[("level", *level)],
            Self::Range { from, to, .. } => &[("from", *from), ("to", *to)],
            Self::ByPhase { before, during, after } => &[("before", *before), ("during", *during), ("after", *after)],
            _ => &[],
        };
        for (key, units) in stated {
            problems.pieces(format!("{path}.{key}"), *units);
        }
    }
}
