//! The candidates of a product: simulated on the same futures, extended while that may help, and chosen from.

use std::collections::BTreeMap;

use super::RunError;
use super::design::{Candidate, Design, Group};
use super::product::ProductInputs;
use crate::evaluate::{CandidateKpis, CandidateTally, Economics, compare};
use crate::policy::{MetricRule, PlatformMetric};
use crate::process::{PathSet, ProductProcess};
use crate::random::Seed;
use crate::recommend::{Choice, Contender, Limit, LimitKind, Limits, Objective, Standing, choose, still_paying};
use crate::scenario::{LimitsSpec, Scenario, SpecProblem};
use crate::simulate::{Batch, Cancelled, Observer, Platform, PolicyPlan, Setting, VectorUnit};
use crate::units::{Multiplier, Probability};

/// Multipliers tried beyond the customary ones, for as long as they may help.
const HIGHER_MULTIPLIERS: [f64; 11] = [1.6, 1.7, 1.85, 2.0, 2.25, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0];
/// The limit that holds where neither prices nor limits are given.
const DEFAULT_STOCKOUT: f64 = 0.05;
/// Without prices: how far a plan may serve all days worse than the candidate that serves them best. Otherwise the
/// least stock would be an empty shelf before and after the event.
const ALL_DAYS_SLACK: f64 = 0.02;

/// One candidate and what became of it.
pub(super) struct Entry {
    /// The plans that differ from it in their multiplier only.
    group: Group,
    pub(super) candidate: Candidate,
    pub(super) plan: PolicyPlan,
    tally: CandidateTally,
    pub(super) kpis: CandidateKpis,
    pub(super) feasible: bool,
}

/// What the candidates of a product share.
pub(super) struct Ground<'a> {
    pub(super) inputs: &'a ProductInputs<'a>,
    pub(super) process: &'a ProductProcess,
    pub(super) setting: &'a Setting,
    pub(super) economics: Option<&'a [Economics]>,
}

/// The candidates of a product.
pub(super) struct Field<'a> {
    ground: Ground<'a>,
    design: Design,
    pub(super) objective: Objective,
    pub(super) limits: Limits,
    pub(super) entries: Vec<Entry>,
    /// The highest multiplier tried, if some plans might have gained from a higher one.
    pub(super) exhausted: Option<f64>,
}

impl<'a> Field<'a> {
    /// A field without candidates.
    pub(super) fn new(ground: Ground<'a>, design: Design) -> Self {
        let objective = if ground.economics.is_some() { Objective::Profit } else { Objective::Stock };
        let limits = limits(ground.inputs.scenario, objective);
        Self { ground, design, objective, limits, entries: Vec::new(), exhausted: None }
    }

    /// Simulates the grid, then higher multipliers for every group of plans that may still gain from them.
    pub(super) fn compare(&mut self, observer: &dyn Observer) -> Result<(), RunError> {
        let asked = &self.ground.inputs.scenario.spec().candidates;
        let mut multipliers: Vec<Option<Multiplier>> = Vec::new();
        if asked.without_pre_stock {
            multipliers.push(None);
        }
        multipliers.extend(asked.multipliers.iter().copied().map(Some));
        let top = asked.multipliers.last().map_or(0.0, |m| m.get());
        let extend = asked.extend_multipliers;
        self.simulate(&multipliers, None, observer)?;
        self.protect_all_days();
        if !extend {
            return Ok(());
        }
        for next in HIGHER_MULTIPLIERS.iter().filter(|m| **m > top) {
            let open = self.open_groups();
            if open.is_empty() {
                return Ok(());
            }
            self.simulate(&[Multiplier::try_new(*next).ok()], Some(&open), observer)?;
        }
        self.exhausted = HIGHER_MULTIPLIERS.last().copied().filter(|_| !self.open_groups().is_empty());
        Ok(())
    }

    /// Without prices, adds the limit on all days; it is relative, because no plan helps the days before the first
    /// order can arrive.
    fn protect_all_days(&mut self) {
        if self.objective == Objective::Profit {
            return;
        }
        let served = |entry: &Entry| entry.kpis.all.fill_rate_reference.value;
        let Some(best) = self.entries.iter().map(served).max_by(f64::total_cmp) else { return };
        let bound = (best - ALL_DAYS_SLACK).max(0.0);
        self.limits.0.push(Limit { kind: LimitKind::AllDays, bound, written: false });
        for entry in &mut self.entries {
            entry.feasible = self.limits.check(&entry.kpis).iter().all(|check| check.kept);
        }
    }

    /// The groups whose plan with the highest multiplier so far may be beaten by one with a higher multiplier.
    fn open_groups(&self) -> Vec<Group> {
        let score = |entry: &Entry| entry.contender().score(self.objective);
        let best = self.entries.iter().filter(|entry| entry.feasible).map(score).max_by(f64::total_cmp);
        // Entries of a group were simulated with rising multipliers: the last two are the two highest.
        let mut standings: BTreeMap<Group, Standing> = BTreeMap::new();
        for entry in &self.entries {
            let before = standings.get(&entry.group).map(|standing| standing.score);
            let serves =
                self.limits.check(&entry.kpis).iter().all(|check| check.kept || !check.limit.kind.is_service());
            standings.insert(entry.group, Standing { score: score(entry), before, serves });
        }
        standings
            .into_iter()
            .filter(|(group, standing)| self.design.may_order(*group) && still_paying(standing, best, self.objective))
            .map(|(group, _)| group)
            .collect()
    }

    fn simulate(
        &mut self,
        multipliers: &[Option<Multiplier>],
        groups: Option<&[Group]>,
        observer: &dyn Observer,
    ) -> Result<(), Cancelled> {
        let made = self.design.candidates(multipliers, groups);
        let Ground { inputs, process, setting, economics } = self.ground;
        let spec = inputs.scenario.spec();
        let batch = Batch { process, seed: Seed(spec.seed), set: PathSet::Comparison, count: spec.paths };
        let (named, plans): (Vec<_>, Vec<PolicyPlan>) =
            made.into_iter().map(|(group, candidate, plan)| ((group, candidate), plan)).unzip();
        let tallies = compare(&batch, &plans, setting, economics, VectorUnit::Widest, observer)?;
        for (((group, candidate), plan), tally) in named.into_iter().zip(plans).zip(tallies) {
            let kpis = tally.kpis();
            let feasible = self.limits.check(&kpis).iter().all(|check| check.kept);
            self.entries.push(Entry { group, candidate, plan, tally, kpis, feasible });
        }
        Ok(())
    }

    /// The choice among all candidates so far.
    pub(super) fn choice(&self) -> Result<Choice, RunError> {
        let contenders: Vec<Contender<'_>> = self.entries.iter().map(Entry::contender).collect();
        choose(&contenders, self.objective, &self.limits)
            .ok_or_else(|| RunError::problem("candidates", "no candidate is left to compare"))
    }
}

impl Entry {
    fn contender(&self) -> Contender<'_> {
        Contender { kpis: &self.kpis, batches: self.tally.batches() }
    }
}

fn limits(scenario: &Scenario, objective: Objective) -> Limits {
    let written = &scenario.spec().limits;
    let limit = |kind, bound: Option<f64>| bound.map(|bound| Limit { kind, bound, written: true });
    let mut limits: Vec<Limit> = [
        limit(LimitKind::Stockout, written.stockout.map(|limit| limit.get())),
        limit(LimitKind::FillRate, written.fill_rate.map(Probability::get)),
        limit(LimitKind::Leftover, written.leftover),
        limit(LimitKind::Budget, written.budget),
        limit(LimitKind::CashPeak, written.cash_peak),
        limit(LimitKind::Oversell, written.oversell.map(|limit| limit.get())),
        limit(LimitKind::CancelRate, written.cancel_rate.map(|limit| limit.get())),
    ]
    .into_iter()
    .flatten()
    .collect();
    // The least stock without any demand to serve would be none, and a shop without stock oversells nothing.
    let serves = |limit: &Limit| matches!(limit.kind, LimitKind::Stockout | LimitKind::FillRate);
    if objective == Objective::Stock && !limits.iter().any(serves) {
        limits.push(Limit { kind: LimitKind::Stockout, bound: DEFAULT_STOCKOUT, written: false });
    }
    Limits(limits)
}

/// Refuses limits on what the setting does not compute.
pub(super) fn computable(written: &LimitsSpec, setting: &Setting) -> Result<(), RunError> {
    let mut problems = Vec::new();
    if written.oversell.is_some() && setting.storefront.is_none() {
        let problem = SpecProblem::new(
            "limits.oversell",
            "the risk of oversell is not computable: the scenario describes no sales channel that could oversell",
        );
        problems.push(problem.help("describe them in [storefront], or leave the key out"));
    }
    let steps = |platform: &Platform| {
        let of_cancellation = |rule: &&MetricRule| rule.metric == PlatformMetric::SellerCancellation;
        platform.rules.metrics.iter().find(of_cancellation).is_some_and(|rule| !rule.steps.is_empty())
    };
    if written.cancel_rate.is_some() && !setting.platform.as_ref().is_some_and(steps) {
        let problem = SpecProblem::new(
            "limits.cancel-rate",
            "the shop's cancellation rate is not computable: no steps of a platform and no other orders are stated",
        );
        problems.push(problem.help("write [platform] with a preset and other-orders-per-day, or leave the key out"));
    }
    if problems.is_empty() { Ok(()) } else { Err(RunError::Scenario(problems)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{BusinessCalendar, PlatformRules, PlatformStep, RestOfShop};
    use crate::process::DayProfile;
    use crate::simulate::Storefront;
    use crate::units::{ServiceLevel, Units};

    #[test]
    fn limits_on_what_is_not_computed_are_refused_with_a_remedy() {
        let bound = ServiceLevel::try_new(0.05).ok();
        let written = LimitsSpec { oversell: bound, cancel_rate: bound, ..LimitsSpec::default() };
        let mut setting = Setting::new(5, Units(1));
        assert_eq!(computable(&LimitsSpec::default(), &setting), Ok(()));
        let Err(RunError::Scenario(problems)) = computable(&written, &setting) else { panic!("not computable") };
        let paths: Vec<&str> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["limits.oversell", "limits.cancel-rate"]);
        assert!(problems.iter().all(|problem| problem.help.is_some()));

        let profile = DayProfile::flat();
        setting.storefront = Some(Storefront {
            sku: "A".into(),
            channels: Vec::new(),
            order_sizes: Vec::new(),
            profile: profile.clone(),
            live_profile: profile,
        });
        let one = crate::units::Probability::ONE;
        let step =
            PlatformStep { from: one, above: false, volume_share: one, days: 0, points: 0, points_if_many: None };
        let rule =
            |steps| MetricRule { metric: PlatformMetric::SellerCancellation, window_days: 7, target: None, steps };
        let platform = |metrics| Platform {
            rules: PlatformRules {
                metrics,
                dispatch_days: None,
                cancel_days: None,
                product_off: None,
                calendar: BusinessCalendar::ALWAYS,
            },
            rest: RestOfShop::default(),
            rest_late: 0.0,
        };
        for without in [vec![], vec![rule(Vec::new())]] {
            setting.platform = Some(platform(without));
            assert!(computable(&written, &setting).is_err(), "no step to cross");
        }
        setting.platform = Some(platform(vec![rule(vec![step])]));
        assert_eq!(computable(&written, &setting), Ok(()));
    }
}
