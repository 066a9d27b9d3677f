//! Lead times: a chain of stages with a law each, summed in real days and rounded once.

use rand_distr::{Distribution, Pert, Triangular};
use serde::{Deserialize, Serialize};

use crate::random::Stream;
use crate::units::{Days, Probability};

/// A law or a chain whose parameters make no sense.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProcessError {
    /// A duration law outside its domain.
    #[error("{0}")]
    Duration(String),
    /// A mode without stages.
    #[error("lead-time mode `{0}` has no stages")]
    NoStages(String),
}

/// How long a stage takes, in days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DurationLaw {
    /// Always the same.
    Fixed {
        /// Days.
        days: f64,
    },
    /// Gamma by mean and coefficient of variation.
    Gamma {
        /// Mean days.
        mean: f64,
        /// Coefficient of variation.
        cv: f64,
    },
    /// Log-normal by mean and coefficient of variation.
    LogNormal {
        /// Mean days.
        mean: f64,
        /// Coefficient of variation.
        cv: f64,
    },
    /// Triangular.
    Triangular {
        /// Least days.
        min: f64,
        /// Most likely days.
        mode: f64,
        /// Most days.
        max: f64,
    },
    /// PERT (a beta law by least, most likely and most).
    Pert {
        /// Least days.
        min: f64,
        /// Most likely days.
        mode: f64,
        /// Most days.
        max: f64,
    },
    /// One of the recorded durations, each as likely.
    Records {
        /// Recorded days, times the scale that was asked for.
        days: Vec<f64>,
    },
}

impl DurationLaw {
    /// Checks that the parameters describe a law on non-negative days.
    ///
    /// # Errors
    /// [`ProcessError::Duration`] with the value and the rule.
    pub fn check(&self) -> Result<(), ProcessError> {
        let bad = |text: String| Err(ProcessError::Duration(text));
        match self {
            Self::Fixed { days } if !(*days >= 0.0 && days.is_finite()) => {
                bad(format!("`{days}` days is not a duration; write 0 or more"))
            }
            Self::Gamma { mean, cv } | Self::LogNormal { mean, cv }
                if !(*mean > 0.0 && mean.is_finite() && *cv > 0.0 && cv.is_finite()) =>
            {
                bad(format!(
                    "mean `{mean}` and cv `{cv}` must both be above 0; for a certain duration use kind = \"fixed\""
                ))
            }
            Self::Triangular { min, mode, max } | Self::Pert { min, mode, max }
                if !(0.0 <= *min && min <= mode && mode <= max && min < max && max.is_finite()) =>
            {
                bad(format!("min `{min}`, mode `{mode}`, max `{max}` must rise from 0 or more, with min below max"))
            }
            Self::Records { days } if days.is_empty() || days.iter().any(|d| !(*d >= 0.0 && d.is_finite())) => {
                bad(format!("{} recorded durations, all of which must be 0 or more days", days.len()))
            }
            _ => Ok(()),
        }
    }

    /// A duration in real days.
    pub fn draw(&self, stream: &mut Stream) -> f64 {
        match self {
            Self::Fixed { days } => *days,
            Self::Gamma { mean, cv } => stream.gamma(*mean, 1.0 / (cv * cv)),
            Self::LogNormal { mean, cv } => {
                let variance = (1.0 + cv * cv).ln();
                mean * libm::exp(variance.sqrt() * stream.normal() - variance / 2.0)
            }
            Self::Triangular { min, mode, max } => {
                Triangular::new(*min, *max, *mode).map_or(*mode, |law| law.sample(stream.generator()))
            }
            Self::Pert { min, mode, max } => {
                Pert::new(*min, *max).with_mode(*mode).map_or(*mode, |law| law.sample(stream.generator()))
            }
            Self::Records { days } => days.get(stream.below(days.len())).copied().unwrap_or(0.0),
        }
    }

    /// Mean and variance in days.
    #[must_use]
    pub fn mean_and_variance(&self) -> (f64, f64) {
        match self {
            Self::Fixed { days } => (*days, 0.0),
            Self::Gamma { mean, cv } | Self::LogNormal { mean, cv } => (*mean, (mean * cv).powi(2)),
            Self::Triangular { min: a, mode: c, max: b } => {
                ((a + b + c) / 3.0, (a * a + b * b + c * c - a * b - a * c - b * c) / 18.0)
            }
            Self::Pert { min, mode, max } => {
                let mean = (min + 4.0 * mode + max) / 6.0;
                (mean, (mean - min) * (max - mean) / 7.0)
            }
            Self::Records { days } => {
                let n = days.len().max(1) as f64;
                let mean = days.iter().sum::<f64>() / n;
                (mean, days.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / n)
            }
        }
    }
}

/// One stage of a lead-time mode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stage {
    /// Name, such as `production`.
    pub name: String,
    /// How long it takes.
    pub law: DurationLaw,
}

/// A lead-time mode: the chain of stages from order to shelf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeChain {
    /// Name of the mode, such as `sea`.
    pub mode: String,
    /// The stages in order.
    pub stages: Vec<Stage>,
}

impl LeadTimeChain {
    /// Checks the chain and every law in it.
    ///
    /// # Errors
    /// [`ProcessError`] for a chain without stages or a law outside its domain.
    pub fn check(&self) -> Result<(), ProcessError> {
        if self.stages.is_empty() {
            return Err(ProcessError::NoStages(self.mode.clone()));
        }
        self.stages.iter().try_for_each(|stage| stage.law.check())
    }

    /// A lead time: the stages summed in real days, rounded once, half up, at least one day.
    pub fn draw(&self, stream: &mut Stream) -> Days {
        let length = self.stages.iter().map(|stage| stage.law.draw(stream)).sum();
        Days::rounded(length, 1)
    }

    /// The remaining days of an order of which `elapsed` days are known to have passed: in stage `stage` (by index),
    /// or since the order where the stage is unknown. At least one.
    ///
    /// The stage (or the chain) is drawn given that it lasts longer than `elapsed`; if the law leaves that next to
    /// impossible, it is taken to end now. Later stages are drawn afresh.
    pub fn draw_remaining(&self, stage: Option<usize>, elapsed: f64, stream: &mut Stream) -> Days {
        const TRIES: u32 = 1000;
        let stages = stage.map_or(0..self.stages.len(), |at| at..(at + 1).min(self.stages.len()));
        let later = stages.end;
        let current = (0..TRIES)
            .map(|_| self.stages[stages.clone()].iter().map(|stage| stage.law.draw(stream)).sum::<f64>())
            .find(|length| *length > elapsed)
            .map_or(0.0, |length| length - elapsed);
        let later: f64 = self.stages[later..].iter().map(|stage| stage.law.draw(stream)).sum();
        Days::rounded(current + later, 1)
    }

    /// Mean and standard deviation of the chain in real days (stages independent).
    #[must_use]
    pub fn mean_and_sd(&self) -> (f64, f64) {
        let (mean, variance) = self
            .stages
            .iter()
            .map(|stage| stage.law.mean_and_variance())
            .fold((0.0, 0.0), |(mean, variance), (m, v)| (mean + m, variance + v));
        (mean, variance.sqrt())
    }
}

/// A large sample of a mode's lead times, for quantiles and on-time probabilities.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeSample {
    /// Lead times in days, ascending.
    sorted: Vec<u32>,
}

impl LeadTimeSample {
    /// Draws `count` lead times of the chain from one stream.
    pub fn draw(chain: &LeadTimeChain, count: usize, stream: &mut Stream) -> Self {
        let mut sorted: Vec<u32> = (0..count.max(1)).map(|_| chain.draw(stream).0).collect();
        sorted.sort_unstable();
        Self { sorted }
    }

    /// Smallest number of days that a share `level` of the orders need at most.
    #[must_use]
    pub fn quantile(&self, level: f64) -> Days {
        let rank = (level * self.sorted.len() as f64).ceil() as usize;
        Days(self.sorted[rank.clamp(1, self.sorted.len()) - 1])
    }

    /// P(lead time <= `days`).
    #[must_use]
    pub fn on_time(&self, days: i64) -> Probability {
        let within = self.sorted.partition_point(|lead| i64::from(*lead) <= days);
        Probability::try_new(within as f64 / self.sorted.len() as f64).unwrap_or(Probability::ZERO)
    }

    /// The lead times, ascending.
    #[must_use]
    pub fn sorted(&self) -> &[u32] {
        &self.sorted
    }

    /// Mean and standard deviation of the whole-day lead times.
    #[must_use]
    pub fn mean_and_sd(&self) -> (f64, f64) {
        let n = self.sorted.len() as f64;
        let mean = self.sorted.iter().map(|d| f64::from(*d)).sum::<f64>() / n;
        let variance = self.sorted.iter().map(|d| (f64::from(*d) - mean).powi(2)).sum::<f64>() / n;
        (mean, variance.sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Entity, Seed, Source};

    fn stream(path: u64) -> Stream {
        Stream::open(Seed(5), path, Source::LeadTime, Entity::named(&["test"]))
    }

    fn gamma(name: &str, mean: f64, cv: f64) -> Stage {
        Stage { name: name.into(), law: DurationLaw::Gamma { mean, cv } }
    }

    /// V5: gamma means 10, 5, 3, 4 with CV .3, .5, 1, .25: mean 22, sd 5.024938; p95 31.00, p99 36.17 (real days).
    #[test]
    fn chain_of_four_gamma_stages() {
        let chain = LeadTimeChain {
            mode: "sea".into(),
            stages: vec![
                gamma("production", 10.0, 0.3),
                gamma("first-leg", 5.0, 0.5),
                gamma("customs", 3.0, 1.0),
                gamma("last-leg", 4.0, 0.25),
            ],
        };
        let (mean, sd) = chain.mean_and_sd();
        assert!((mean - 22.0).abs() < 1e-12 && (sd - 5.024_938).abs() < 1e-6);
        let sample = LeadTimeSample::draw(&chain, 200_000, &mut stream(0));
        assert!((30..=32).contains(&sample.quantile(0.95).0), "{:?}", sample.quantile(0.95));
        assert!((35..=37).contains(&sample.quantile(0.99).0), "{:?}", sample.quantile(0.99));
    }

    #[test]
    fn laws_have_their_moments() {
        let laws = [
            DurationLaw::Gamma { mean: 9.0, cv: 0.4 },
            DurationLaw::LogNormal { mean: 9.0, cv: 0.4 },
            DurationLaw::Triangular { min: 2.0, mode: 5.0, max: 11.0 },
            DurationLaw::Pert { min: 2.0, mode: 5.0, max: 11.0 },
            DurationLaw::Records { days: vec![1.0, 4.0, 10.0] },
        ];
        let n = 40_000;
        for (at, law) in laws.iter().enumerate() {
            let mut stream = stream(at as u64);
            let draws: Vec<f64> = (0..n).map(|_| law.draw(&mut stream)).collect();
            let mean = draws.iter().sum::<f64>() / f64::from(n);
            let (expected, variance) = law.mean_and_variance();
            assert!((mean - expected).abs() < 4.0 * (variance / f64::from(n)).sqrt(), "{law:?}: {mean}");
            let got = draws.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / f64::from(n - 1);
            assert!((got / variance - 1.0).abs() < 0.08, "{law:?}: {got} {variance}");
        }
    }

    #[test]
    fn remaining_time_is_never_from_zero_and_never_negative() {
        let chain = LeadTimeChain { mode: "sea".into(), stages: vec![gamma("production", 10.0, 0.3)] };
        for path in 0..200 {
            assert!(chain.draw_remaining(Some(0), 25.0, &mut stream(path)).0 >= 1);
        }
        let fresh: u32 = (0..2000).map(|path| chain.draw(&mut stream(path)).0).sum();
        let late: u32 = (0..2000).map(|path| chain.draw_remaining(Some(0), 5.0, &mut stream(path)).0).sum();
        assert!(late < fresh, "five days into the stage less is left");
    }
}
