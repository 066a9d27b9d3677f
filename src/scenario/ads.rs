//! How ads answer and are guarded, and at which stock to warn.

use serde::{Deserialize, Serialize};

use super::validate::{MOST_PIECES, Problems};
use super::{OrderPolicy, PauseSpec, ReorderSpec, ScenarioSpec};
use crate::policy::{Look, ShareBase};
use crate::units::Probability;

/// Most days of cover of a level.
const MOST_COVER: f64 = 365.0;
/// Minutes of a day, and of a week.
const DAY: u32 = 1440;
const WEEK: u32 = 7 * DAY;

/// How ad demand answers to a pause and a restart; how a guard looks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AdsSpec {
    /// Share of ad demand that carries over from one paused day to the next.
    pub carry_over: Probability,
    /// Days from a restart until the ads work as before.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 365)))]
    pub restart_days: u32,
    /// Share of ad demand on the first day after a restart.
    pub restart_efficiency: Probability,
    /// Whether a guard looks in the morning (`open`), in the evening (`close`) or every few minutes (`within`).
    pub look: Look,
    /// Whole days until a command takes effect, of a guard that looks once a day.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 365)))]
    pub delay_days: u32,
    /// Minutes from one look to the next, of a guard that looks within the day; 0 is after each order. Default 30.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 1440)))]
    pub check_every_minutes: Option<u32>,
    /// Minutes until a command takes effect, of a guard that looks within the day. Default 0.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 10080)))]
    pub delay_minutes: Option<u32>,
}

impl Default for AdsSpec {
    fn default() -> Self {
        let share = |p| Probability::try_new(p).unwrap_or(Probability::ZERO);
        // Adstock retention: methods, section 3.7 (TikTok in-feed and live). Restart: a judgement, shown in the report.
        Self {
            carry_over: share(0.3),
            restart_days: 2,
            restart_efficiency: share(0.5),
            look: Look::Open,
            delay_days: 0,
            check_every_minutes: None,
            delay_minutes: None,
        }
    }
}

/// Stock alerts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct AlertsSpec {
    /// Levels as shares of `base`, highest first.
    pub levels: Vec<Probability>,
    /// What they are shares of; default the stock at the event's first hour.
    #[serde(skip_serializing_if = "ShareBase::is_event_start")]
    pub base: ShareBase,
    /// More levels, in days that the stock lasts at the sales forecast for the seven days from then on, highest first.
    #[cfg_attr(feature = "ingest", schemars(inner(range(min = 0.0, max = 365.0))))]
    pub days_of_cover: Vec<f64>,
    /// Days from a ring until what purchasing then orders is on the shelf; default the mean lead time of the plan's mode.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 730)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchasing_days: Option<u32>,
    /// Days from the evening of a ring until the ads are off; default the next day, and the guard's delay.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 365)))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_days: Option<u32>,
}

impl Default for AlertsSpec {
    fn default() -> Self {
        Self {
            levels: [0.5, 0.3, 0.1].into_iter().filter_map(|p| Probability::try_new(p).ok()).collect(),
            base: ShareBase::EventStart,
            days_of_cover: Vec::new(),
            purchasing_days: None,
            media_days: None,
        }
    }
}

impl AdsSpec {
    /// Days from an evening until a guard that sees its stock has the ads off.
    #[must_use]
    pub fn days_of_reaction(&self) -> u32 {
        1 + if self.look == Look::Within { self.minutes_of_delay() / DAY } else { self.delay_days }
    }

    /// Minutes from one look to the next, of a guard that looks within the day.
    #[must_use]
    pub fn minutes_between_looks(&self) -> u32 {
        self.check_every_minutes.unwrap_or(30)
    }

    /// Minutes until a command takes effect, of a guard that looks within the day.
    #[must_use]
    pub fn minutes_of_delay(&self) -> u32 {
        self.delay_minutes.unwrap_or(0)
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        let within = self.look == Look::Within;
        let minutes =
            [("check-every-minutes", self.check_every_minutes, DAY), ("delay-minutes", self.delay_minutes, WEEK)];
        for (key, minutes, most) in minutes {
            match minutes {
                Some(_) if !within => problems.add_help(
                    format!("ads.{key}"),
                    "says nothing of a guard that looks once a day".to_owned(),
                    "write look = \"within\", or leave the key out",
                ),
                Some(minutes) if minutes > most => {
                    problems.add(format!("ads.{key}"), format!("`{minutes}` minutes; from 0 to {most}"));
                }
                _ => {}
            }
        }
        if within && self.delay_days > 0 {
            problems.add_help(
                "ads.delay-days",
                format!("`{}` says nothing of a guard that looks within the day", self.delay_days),
                "write delay-minutes = ...",
            );
        }
    }
}

impl AlertsSpec {
    pub(super) fn check(&self, problems: &mut Problems) {
        let shares: Vec<f64> = self.levels.iter().map(|level| level.get()).collect();
        falling(&shares, 1.0, "alerts.levels", "alert levels fall from at most 1 to above 0", problems);
        let rule = "alert levels fall from at most 365 days to above 0";
        for (key, days, most) in [("purchasing-days", self.purchasing_days, 730), ("media-days", self.media_days, 365)]
        {
            if let Some(days) = days.filter(|days| !(1..=most).contains(days)) {
                problems.add(format!("alerts.{key}"), format!("`{days}`; from 1 to {most} days, the next one is 1"));
            }
        }
        falling(&self.days_of_cover, MOST_COVER, "alerts.days-of-cover", rule, problems);
    }
}

/// Levels that fall from at most `most` to above 0.
fn falling(levels: &[f64], most: f64, path: &str, rule: &str, problems: &mut Problems) {
    let mut above = most;
    for (at, level) in levels.iter().enumerate() {
        let falls = *level > 0.0 && if at == 0 { *level <= above } else { *level < above };
        if !falls {
            problems.add(format!("{path}[{at}]"), format!("`{level}`; {rule}"));
        }
        above = *level;
    }
}

impl PauseSpec {
    /// Resuming needs more stock than pausing.
    pub(super) fn check(&self, path: &str, problems: &mut Problems) {
        const ABOVE: &str = "between the two the ads stay as they are: twice the pause level is usual";
        let key = format!("{path}.resume");
        match self {
            Self::PreOrder { limit_days, .. } if !(1..=365).contains(limit_days) => {
                problems.add(format!("{path}.limit-days"), format!("`{limit_days}`; a pre-order waits 1 to 365 days"));
            }
            Self::Share { pause, resume, .. } | Self::PreOrder { pause, resume, .. } if resume <= pause => {
                let problem = format!("`{}` must be above pause, `{}`", resume.get(), pause.get());
                problems.add_help(key, problem, ABOVE);
            }
            Self::Units { pause, resume } if pause.0.max(resume.0) > MOST_PIECES => {
                problems.pieces(format!("{path}.pause"), *pause);
                problems.pieces(key, *resume);
            }
            Self::Units { pause, resume } if resume <= pause => {
                problems.add_help(key, format!("`{resume}` must be above pause, `{pause}`"), ABOVE);
            }
            Self::DaysOfCover { pause, resume } => {
                let known = |days: &f64| (0.0..=MOST_COVER).contains(days);
                if !(known(pause) && known(resume)) {
                    let problem = format!("`{pause}` and `{resume}`; days of cover lie between 0 and {MOST_COVER}");
                    problems.add(path, problem);
                } else if resume <= pause {
                    problems.add_help(key, format!("`{resume}` must be above pause, `{pause}`"), ABOVE);
                }
            }
            _ => {}
        }
    }
}

impl ScenarioSpec {
    /// A page shows a number of pieces, and a listing on pre-order shows none.
    pub(super) fn check_pre_order(&self, problems: &mut Problems) {
        let pauses = self.candidates.pause.as_deref().unwrap_or(&[]);
        if let Some(at) = pauses.iter().position(|pause| matches!(pause, PauseSpec::PreOrder { .. }))
            && self.storefront.is_some()
        {
            problems.add_help(
                format!("candidates.pause[{at}]"),
                "pre-order is not simulated at a storefront, or with a guard that looks within the day".to_owned(),
                "leave out [storefront], other-orders-per-day of [platform] and look = \"within\", or this rule",
            );
        }
    }

    /// Whether a guard to compare looks at the stock within the day.
    pub(super) fn guards_within_day(&self) -> bool {
        let pauses = self.candidates.pause.as_deref().unwrap_or(&[]);
        self.ads.look == Look::Within && pauses.iter().any(|pause| *pause != PauseSpec::Never)
    }

    /// A share of the order-up-to level needs plans that have one.
    pub(super) fn check_bases(&self, problems: &mut Problems) {
        let pauses = self.candidates.pause.as_deref().unwrap_or(&[]).iter().enumerate();
        let pauses = pauses.filter_map(|(at, pause)| match pause {
            PauseSpec::Share { base, .. } => Some((format!("candidates.pause[{at}].base"), *base)),
            _ => None,
        });
        let alerts = ("alerts.base".to_owned(), self.alerts.base);
        let stated = std::iter::once(alerts).filter(|_| !self.alerts.levels.is_empty()).chain(pauses);
        for (path, _) in stated.filter(|(_, base)| *base == ShareBase::OrderUpTo) {
            if self.candidates.policy != OrderPolicy::Ss {
                problems.add_help(
                    path,
                    "`order-up-to`: no plan orders up to a level".to_owned(),
                    "write [candidates] policy = \"s-s\", or another base",
                );
            } else if self.candidates.reorder.contains(&ReorderSpec::Never) {
                problems.add_help(
                    path,
                    "`order-up-to`: the rule `never` has no order-up-to level before the event is over".to_owned(),
                    "write [candidates] reorder without it, or another base",
                );
            }
        }
    }

    /// Whether a level is in days of cover.
    #[must_use]
    pub fn has_days_of_cover(&self) -> bool {
        let pauses = self.candidates.pause.as_deref().unwrap_or(&[]);
        !self.alerts.days_of_cover.is_empty()
            || pauses.iter().any(|pause| matches!(pause, PauseSpec::DaysOfCover { .. }))
    }
}
