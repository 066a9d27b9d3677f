//! Chooses the best candidate within the limits, on the same futures for all.

use serde::{Deserialize, Serialize};

use super::{LimitCheck, LimitKind, Limits};
use crate::evaluate::CandidateKpis;
use crate::stats::{Batches, Interval};

/// Confidence of the paired intervals.
const CONFIDENCE: f64 = 0.95;

/// What is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objective {
    /// The most expected profit.
    Profit,
    /// The least mean stock.
    Stock,
}

/// A candidate as the decision sees it.
#[derive(Debug, Clone, Copy)]
pub struct Contender<'a> {
    /// Its KPIs.
    pub kpis: &'a CandidateKpis,
    /// The objective in batches of paths: profit, or mean stock without prices.
    pub batches: &'a Batches,
}

impl Contender<'_> {
    /// Mean of the objective, larger is better.
    #[must_use]
    pub fn score(&self, objective: Objective) -> f64 {
        match objective {
            Objective::Profit => self.kpis.profit.map_or(f64::NEG_INFINITY, |profit| profit.value),
            Objective::Stock => -self.kpis.mean_stock.value,
        }
    }
}

/// A paired difference in the objective: another candidate less the chosen one, on the same futures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// Mean difference.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Its 95 % interval.
    pub interval: Interval,
}

/// The choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Index of the chosen candidate: the best feasible one, or the least infeasible.
    pub chosen: usize,
    /// Whether it keeps every limit.
    pub feasible: bool,
    /// The chosen candidate against every limit.
    pub limits: Vec<LimitCheck>,
    /// Candidates that keep every limit.
    pub feasible_count: usize,
    /// The best other candidate within the limits, and its difference.
    pub runner_up: Option<(usize, Difference)>,
    /// Feasible candidates that the simulation cannot tell from the chosen one (95 %, paired), the chosen one left
    /// out, best first.
    pub tied: Vec<usize>,
    /// Limits that no candidate keeps even alone.
    pub binding: Vec<LimitKind>,
}

/// Chooses among `contenders`; `None` if there are none.
#[must_use]
pub fn choose(contenders: &[Contender<'_>], objective: Objective, limits: &Limits) -> Option<Choice> {
    let checks: Vec<Vec<LimitCheck>> = contenders.iter().map(|contender| limits.check(contender.kpis)).collect();
    let kept = |at: usize| checks[at].iter().all(|check| check.kept);
    let violation = |at: usize, service: bool| {
        let of_kind = checks[at].iter().filter(|check| check.limit.kind.is_service() == service);
        of_kind.map(LimitCheck::violation).sum::<f64>()
    };
    let mut order: Vec<usize> = (0..contenders.len()).collect();
    // Feasible first. Where limits clash, customers are served first and the other limits broken as little as that
    // allows; to order nothing is never the nearest plan. Then the objective; the place in the design settles the rest.
    order.sort_by(|a, b| {
        let score = |at: usize| contenders[at].score(objective);
        violation(*a, true)
            .total_cmp(&violation(*b, true))
            .then(violation(*a, false).total_cmp(&violation(*b, false)))
            .then(score(*b).total_cmp(&score(*a)))
            .then(a.cmp(b))
    });
    let chosen = *order.first()?;
    let feasible = kept(chosen);
    let others: Vec<usize> = order.iter().copied().skip(1).filter(|at| kept(*at) == feasible).collect();
    let difference = |at: usize| difference(&contenders[at], &contenders[chosen]);
    // A plan whose outcome is the same on every path is the chosen one under another name.
    let runner_up = others
        .iter()
        .filter_map(|at| Some((*at, difference(*at)?)))
        .find(|(_, difference)| difference.mean != 0.0 || difference.standard_error > 0.0);
    let tied = if feasible {
        others.iter().copied().filter(|at| difference(*at).is_some_and(|d| d.interval.contains(0.0))).collect()
    } else {
        Vec::new()
    };
    let binding = limits
        .0
        .iter()
        .enumerate()
        .filter(|(which, _)| !checks.iter().any(|checks| checks[*which].kept))
        .map(|(_, limit)| limit.kind)
        .collect();
    Some(Choice {
        chosen,
        feasible,
        limits: checks[chosen].clone(),
        feasible_count: (0..contenders.len()).filter(|at| kept(*at)).count(),
        runner_up,
        tied,
        binding,
    })
}

fn difference(other: &Contender<'_>, chosen: &Contender<'_>) -> Option<Difference> {
    let paired = other.batches.less(chosen.batches)?;
    Some(Difference {
        mean: paired.mean,
        standard_error: paired.standard_error,
        interval: paired.interval(CONFIDENCE)?,
    })
}

/// How the plan with the highest multiplier of a group stands; scores are of the objective, larger is better.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Its score.
    pub score: f64,
    /// Score of the plan with the next lower multiplier, if there is one.
    pub before: Option<f64>,
    /// Whether it keeps the limits that protect customers.
    pub serves: bool,
}

/// Whether a still higher multiplier may give a better plan of this group, when the best feasible plan of any group
/// scores `best`.
///
/// More stock serves more and is more stock: with the stock objective it can only help a group that does not serve yet
/// and has less stock than the best. Profit may rise for a while, and a group that does not serve yet may overtake for
/// as long as it earns more than the best.
#[must_use]
pub fn still_paying(standing: &Standing, best: Option<f64>, objective: Objective) -> bool {
    let ahead = best.is_none_or(|best| standing.score > best);
    let rising = standing.before.is_none_or(|before| standing.score > before);
    match objective {
        Objective::Stock => !standing.serves && ahead,
        Objective::Profit => rising || (!standing.serves && ahead),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Limit;
    use super::*;
    use crate::evaluate::CandidateTally;
    use crate::simulate::{PathOutcome, Tally};

    /// A candidate with `short` of ten paths short and this mean stock.
    fn tally(short: usize, stock: u64) -> CandidateTally {
        let mut tally = CandidateTally::default();
        for path in 0..400 {
            let lost = u64::from(path % 10 < short);
            let days = Tally {
                reference: 10,
                served: 10 - lost,
                lost,
                days: 1,
                on_hand_days: stock + path as u64 % 3,
                ..Tally::default()
            };
            tally.push(path as u64, &PathOutcome { all: days, event: days, ..PathOutcome::default() }, None);
        }
        tally
    }

    fn chosen(tallies: &[CandidateTally], bound: f64) -> Choice {
        let kpis: Vec<CandidateKpis> = tallies.iter().map(CandidateTally::kpis).collect();
        let contenders: Vec<Contender<'_>> =
            tallies.iter().zip(&kpis).map(|(tally, kpis)| Contender { kpis, batches: tally.batches() }).collect();
        let limits = Limits(vec![Limit { kind: LimitKind::Stockout, bound, written: true }]);
        choose(&contenders, Objective::Stock, &limits).expect("candidates")
    }

    #[test]
    fn the_least_stock_within_the_limit_is_chosen() {
        let choice = chosen(&[tally(5, 10), tally(1, 50), tally(0, 90), tally(1, 51)], 0.2);
        assert!(choice.feasible && choice.chosen == 1 && choice.feasible_count == 3);
        let (runner_up, difference) = choice.runner_up.expect("another");
        assert_eq!((runner_up, difference.mean), (3, 1.0));
        assert!(choice.tied.is_empty());
    }

    /// A feasible plan of another kind does not stop a cheaper kind that nearly serves.
    #[test]
    fn a_group_goes_on_while_it_may_overtake() {
        let standing = |score, before, serves| Standing { score, before, serves };
        let stock = |standing, best| still_paying(&standing, best, Objective::Stock);
        assert!(stock(standing(-400.0, Some(-380.0), false), Some(-999.0)), "short of service with less stock");
        assert!(!stock(standing(-400.0, Some(-380.0), true), Some(-999.0)), "serves: more stock is only more");
        assert!(!stock(standing(-1200.0, None, false), Some(-999.0)), "already more stock than the best");
        let profit = |standing, best| still_paying(&standing, best, Objective::Profit);
        assert!(profit(standing(90.0, Some(80.0), true), Some(100.0)), "still rising");
        assert!(!profit(standing(80.0, Some(90.0), true), Some(100.0)), "past its peak");
        assert!(profit(standing(120.0, Some(130.0), false), Some(100.0)), "short of service but earning more");
        assert!(!profit(standing(80.0, Some(90.0), false), Some(100.0)), "short of service and earning less");
    }

    #[test]
    fn an_equal_candidate_is_tied() {
        let choice = chosen(&[tally(1, 50), tally(1, 50)], 0.2);
        assert_eq!((choice.chosen, choice.tied), (0, vec![1]));
    }

    #[test]
    fn nothing_feasible_names_the_limit_and_the_nearest_candidate() {
        let choice = chosen(&[tally(5, 10), tally(2, 50)], 0.01);
        assert!(!choice.feasible && choice.chosen == 1);
        assert_eq!(choice.binding, [LimitKind::Stockout]);
    }

    /// No stockout and next to no leftover together cannot be had: the plan that serves with the least left is nearest,
    /// not the one that orders nothing.
    #[test]
    fn clashing_limits_serve_customers_first() {
        let tallies = [leaving(10, 0), leaving(0, 300), leaving(0, 900)];
        let kpis: Vec<CandidateKpis> = tallies.iter().map(CandidateTally::kpis).collect();
        let contenders: Vec<Contender<'_>> =
            tallies.iter().zip(&kpis).map(|(tally, kpis)| Contender { kpis, batches: tally.batches() }).collect();
        let limit = |kind, bound| Limit { kind, bound, written: true };
        let limits = Limits(vec![limit(LimitKind::Stockout, 0.02), limit(LimitKind::Leftover, 5.0)]);
        let choice = choose(&contenders, Objective::Stock, &limits).expect("candidates");
        assert!(!choice.feasible && choice.chosen == 1 && choice.binding.is_empty());
    }

    fn leaving(short: usize, left: u64) -> CandidateTally {
        let mut tally = CandidateTally::default();
        for path in 0..400 {
            let lost = u64::from(path % 10 < short);
            let days = Tally { reference: 10, served: 10 - lost, lost, days: 1, ..Tally::default() };
            let outcome = PathOutcome { all: days, event: days, stock_after_event: left, ..PathOutcome::default() };
            tally.push(path as u64, &outcome, None);
        }
        tally
    }

    /// One stockout in 400 paths has an interval up to 1.4 %: a limit of 1 % is not kept on so few paths.
    #[test]
    fn a_limit_is_kept_by_the_whole_interval() {
        let mut tally = tally(0, 10);
        let days = Tally { reference: 10, served: 9, lost: 1, days: 1, ..Tally::default() };
        tally.push(400, &PathOutcome { all: days, event: days, ..PathOutcome::default() }, None);
        assert!(!chosen(std::slice::from_ref(&tally), 0.01).feasible);
        assert!(chosen(&[tally], 0.02).feasible);
    }
}
