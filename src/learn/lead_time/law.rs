//! From durations of one stage, some known from below only, to its law.

use serde::{Deserialize, Serialize};

use super::LEAST_RECORDS;
use crate::process::DurationLaw;
use crate::stats::solve::{bisect, bracket};
use crate::stats::{CvPrior, GammaFit, KaplanMeier, Observed, SurvivalQuantile};

/// A law by Kaplan-Meier is kept as this many equally likely quantiles, or as many as there are records.
const QUANTILES: usize = 400;
/// What a gamma law takes for something that was done on the day on which it began.
const SAME_DAY: f64 = 0.5;
/// A probability too small to divide by.
const NIL: f64 = 1e-290;

/// How the law of a stage was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum LawBasis {
    /// The records as they are, each as likely.
    Records,
    /// Records weighted by the Kaplan-Meier estimate, since some orders are open.
    Survival {
        /// Probability of more than the longest record, which no record tells: there a gamma law stands in.
        assumed_tail: f64,
        /// The longest record in days.
        identified_up_to: f64,
    },
    /// A gamma law of few records.
    Gamma {
        /// Coefficient of variation as fitted.
        cv: f64,
        /// The same, widened for the next order: what is used.
        predictive_cv: f64,
        /// Coefficient of variation that it was shrunk to.
        prior_cv: f64,
        /// Weight of the latter, 0 to 1.
        shrinkage: f64,
        /// Records of other modes behind it; 0 if it is a default.
        prior_records: usize,
    },
    /// The stage took no time in any of the few records.
    NoTime,
}

/// The law of these durations; `prior` is asked for only where a gamma law is fitted, and says how many records of other
/// modes it rests on.
pub(super) fn fit(durations: &[Observed], prior: impl Fn() -> (CvPrior, usize)) -> (DurationLaw, LawBasis) {
    let mut days: Vec<f64> = durations.iter().filter(|one| !one.is_censored()).map(|one| one.value()).collect();
    let all_seen = days.len() == durations.len();
    if days.len() >= LEAST_RECORDS && all_seen {
        days.sort_by(f64::total_cmp);
        return (DurationLaw::Records { days }, LawBasis::Records);
    }
    let nothing = (DurationLaw::Fixed { days: 0.0 }, LawBasis::NoTime);
    if days.iter().all(|days| *days <= 0.0) && all_seen {
        return nothing;
    }
    let ((prior, prior_records), timed) = (prior(), durations.iter().map(|one| timed(*one)).collect::<Vec<_>>());
    let Some(fit) = GammaFit::of(&timed, prior) else { return nothing };
    if days.len() >= LEAST_RECORDS
        && let Some(law) = KaplanMeier::of(durations)
    {
        let basis = LawBasis::Survival { assumed_tail: law.beyond(), identified_up_to: law.largest_exact() };
        return (DurationLaw::Records { days: quantiles(&law, &fit, days.len().max(QUANTILES)) }, basis);
    }
    let basis = LawBasis::Gamma {
        cv: fit.cv,
        predictive_cv: fit.predictive_cv,
        prior_cv: prior.cv,
        shrinkage: fit.shrinkage,
        prior_records,
    };
    (DurationLaw::Gamma { mean: fit.mean, cv: fit.predictive_cv }, basis)
}

/// Multiplies every duration of a learned law.
pub(super) fn scale(law: &mut DurationLaw, by: f64) {
    match law {
        DurationLaw::Records { days } => days.iter_mut().for_each(|days| *days *= by),
        DurationLaw::Gamma { mean, .. } => *mean *= by,
        _ => {}
    }
}

/// Dates are whole days, a gamma law has no mass at 0.
fn timed(duration: Observed) -> Observed {
    match duration {
        Observed::Exact(days) => Observed::Exact(days.max(SAME_DAY)),
        open @ Observed::AtLeast(_) => open,
    }
}

/// `n` equally likely quantiles: of the Kaplan-Meier estimate as far as it goes, beyond it of the fitted law given how
/// long each of the orders has been open that are older than any finished one.
fn quantiles(law: &KaplanMeier, fit: &GammaFit, n: usize) -> Vec<f64> {
    let gamma = fit.law();
    let open: Vec<(f64, f64)> = law.open_bounds().iter().map(|bound| (*bound, gamma.exceedance(*bound))).collect();
    // Share of the orders that are open now which take longer than this.
    let lasting = |days: f64| {
        let beyond = gamma.exceedance(days);
        let each = open.iter().map(|(bound, now)| {
            if days <= *bound {
                1.0
            } else if *now < NIL {
                0.0
            } else {
                beyond / now
            }
        });
        each.sum::<f64>() / open.len().max(1) as f64
    };
    let tail = |left: f64| {
        let from = law.largest_exact();
        let done = |days: f64| lasting(days) <= left;
        bracket(from, fit.mean / 4.0, done).map_or(from, |until| bisect(from, until, done))
    };
    (0..n)
        .map(|at| {
            let probability = (at as f64 + 0.5) / n as f64;
            match law.quantile(probability) {
                Some(SurvivalQuantile::Identified(days)) => days,
                _ => tail((1.0 - probability) / law.beyond()),
            }
        })
        .collect()
}
