//! Rules of what feeds the generators of the future: lanes, closures, holidays, live sessions, luck.

use super::validate::{MAX_HORIZON, Problems};
use super::{
    BurstSizeSpec, DurationSpec, LeadTimeSpec, LifeCycleSpec, PlatformSpec, ProductSpec, ScenarioSpec, StorefrontSpec,
};
use crate::random::Entity;

/// How far the shares of a mixture may miss 1: the rounding of decimals.
const SHARES_ERROR: f64 = 1e-9;

/// Rules of a lead-time mode at `path`.
pub(super) fn check_mode(mode: &LeadTimeSpec, path: &str, purchases: bool, problems: &mut Problems) {
    if mode.stage.is_empty() {
        problems.add_help(
            format!("{path}.stage"),
            format!("mode `{}` has no stage", mode.mode),
            "write at least one: stage = [{ name = \"all\", days = { kind = \"gamma\", mean = 20, cv = 0.3 } }]",
        );
    }
    // Equal correlations between n numbers cannot lie below -1/(n - 1).
    let least = -1.0 / (mode.stage.len().max(2) - 1) as f64;
    if !(least..=1.0).contains(&mode.correlation) {
        let problem = match mode.stage.len() {
            stages if stages > 2 => {
                format!("`{}` between all of {stages} stages; it lies between {least:.4} and 1", mode.correlation)
            }
            _ => format!("`{}`; a correlation lies between -1 and 1", mode.correlation),
        };
        problems.add(format!("{path}.correlation"), problem);
    }
    if !(0.0..=1.0).contains(&mode.persistence) {
        let problem = format!("`{}`; persistence lies between 0 and 1", mode.persistence);
        problems.add(format!("{path}.persistence"), problem);
    }
    for (at, stage) in mode.stage.iter().enumerate() {
        let path = format!("{path}.stage[{at}].days");
        match &stage.days {
            DurationSpec::Purchases { records, .. } if !purchases => {
                let problem = format!("records of `{records}` are wanted but [history] names no purchases file");
                problems.add(path, problem);
            }
            DurationSpec::Mixture { parts } => {
                let total: f64 = parts.iter().map(|part| part.share.get()).sum();
                if (total - 1.0).abs() > SHARES_ERROR {
                    let problem = format!("the shares sum to `{total}`; they must sum to 1");
                    problems.add(format!("{path}.parts"), problem);
                }
                for (at, part) in parts.iter().enumerate() {
                    let path = format!("{path}.parts[{at}].days");
                    match &part.days {
                        DurationSpec::Mixture { .. } | DurationSpec::Purchases { .. } => {
                            let problem = "a part of a mixture is neither a mixture nor purchase records";
                            problems.add(path, problem.to_owned());
                        }
                        days => check_law(days, path, problems),
                    }
                }
            }
            days => check_law(days, path, problems),
        }
    }
}

fn check_law(days: &DurationSpec, path: String, problems: &mut Problems) {
    if let DurationSpec::Triangular { min, mode, max } | DurationSpec::Pert { min, mode, max } = days
        && !(min <= mode && mode <= max && min < max)
    {
        problems.add(path, format!("min `{min}`, mode `{mode}`, max `{max}` must rise, with min below max"));
    }
}

/// Rules of the supplier's closures.
pub(super) fn check_closures(spec: &ScenarioSpec, problems: &mut Problems) {
    /// Longest closure in days.
    const MOST_DAYS: i64 = 366;
    let modes: Vec<&str> = spec.lead_time.iter().map(|mode| mode.mode.as_str()).collect();
    for (at, closure) in spec.closure.iter().enumerate() {
        let path = format!("closure[{at}]");
        let days = closure.until.days_since(closure.from) + 1;
        if days < 1 {
            let problem = format!("`{}` is before from, `{}`", closure.until, closure.from);
            problems.add_help(format!("{path}.until"), problem, "both days are closed, the first and the last");
        } else if days > MOST_DAYS {
            let problem = format!("`{}` is {days} days after from; at most {MOST_DAYS} are closed", closure.until);
            problems.add(format!("{path}.until"), problem);
        }
        for (which, mode) in closure.modes.iter().enumerate() {
            if !modes.contains(&mode.as_str()) {
                problems.add_help(
                    format!("{path}.modes[{which}]"),
                    format!("`{mode}` is not a lead-time mode of this scenario"),
                    format!("modes: {}", modes.join(", ")),
                );
            }
        }
    }
}

/// Longest plateau of a burst in days.
const LONGEST_PLATEAU: u32 = 120;

/// Shortest and longest plateau of a burst.
pub(super) fn check_plateau([shortest, longest]: [u32; 2], path: String, problems: &mut Problems) {
    if shortest > longest || longest > LONGEST_PLATEAU {
        let problem = format!("`[{shortest}, {longest}]` must rise and end at {LONGEST_PLATEAU} at most");
        problems.add(path, problem);
    }
}

/// Demand of today is stated once: a day, by a market, or by the history.
pub(super) fn check_level(product: &ProductSpec, path: &str, has_history: bool, problems: &mut Problems) {
    let per_day = product.demand.map(|demand| demand.per_day);
    match (per_day, product.market()) {
        (Some(Some(per_day)), Some(_)) => problems.add_help(
            format!("{path}.demand.per-day"),
            format!("`{per_day}` and the market of life-cycle both state the demand of today"),
            "leave one of them out",
        ),
        (None, Some(_)) if has_history => problems.add_help(
            format!("{path}.life-cycle.market"),
            "the history and the market both state the demand of today".to_owned(),
            "leave market out, or write demand = {} to do without the history",
        ),
        (Some(None), None) => problems.add_help(
            format!("{path}.demand.per-day"),
            "missing: mean pieces a day".to_owned(),
            "write it, or give life-cycle a market",
        ),
        _ => {}
    }
    if let Some(LifeCycleSpec::Bass { innovation, .. }) = product.life_cycle
        && innovation <= 0.0
    {
        let problem = format!("`{innovation}`; without anybody who buys first nobody follows");
        problems.add(format!("{path}.life-cycle.innovation"), problem);
    }
}

impl ScenarioSpec {
    /// A marketplace's limit holds on a page, and a guard that looks within the day sees its orders: one page that is
    /// told of every order at once, where none is stated.
    pub(super) fn fill_shop(&mut self) {
        let limited = self.platform.as_ref().is_some_and(|platform| platform.other_orders_per_day.is_some());
        if limited || self.guards_within_day() {
            self.storefront.get_or_insert_with(StorefrontSpec::marketplace);
        }
    }

    /// Rules of what stands between demand and stock.
    pub(super) fn check_shop(&self, problems: &mut Problems) {
        if let Some(storefront) = &self.storefront {
            storefront.check(&self.product, problems);
        }
        self.check_dispatch(problems);
        self.check_substitutes(problems);
        if let Some(platform) = &self.platform {
            check_platform(platform, problems);
            self.check_window(platform, problems);
        }
    }

    /// Rules of demand beside the planned events.
    pub(super) fn check_futures(&self, problems: &mut Problems) {
        for (at, holiday) in self.holiday.iter().enumerate() {
            let last = |days: u32| i64::from(days) - 1;
            let overlapping = self.holiday[..at].iter().position(|earlier| {
                holiday.date <= earlier.date.plus_days(last(earlier.days))
                    && earlier.date <= holiday.date.plus_days(last(holiday.days))
            });
            if let Some(earlier) = overlapping {
                let problem = format!("`{}` overlaps holiday[{earlier}]: a day has one factor", holiday.date);
                problems.add(format!("holiday[{at}].date"), problem);
            }
        }
        let skus: Vec<&str> = self.product.iter().map(|product| product.sku.as_str()).collect();
        self.check_live(&skus, problems);
        if !(0.0..=1.0).contains(&self.shop.burst_correlation) {
            let problem = format!("`{}`; what a shop shares lies between 0 and 1", self.shop.burst_correlation);
            problems.add("shop.burst-correlation", problem);
        }
        if let Some(unplanned) = &self.unplanned {
            check_plateau(unplanned.plateau_days, "unplanned.plateau-days".to_owned(), problems);
            check_names(&unplanned.products, &skus, "unplanned", problems);
            let (BurstSizeSpec::OrdinaryDays { mean, .. } | BurstSizeSpec::Pieces { mean, .. }) = unplanned.size;
            if unplanned.rate_per_day > 0.0 && mean <= 0.0 {
                let problem = format!("`{mean}`: bursts are expected, and they bring nothing");
                problems.add_help("unplanned.size.mean", problem, "write rate-per-day = 0 to do without them");
            }
        }
    }

    /// A rate is known once its window is over.
    fn check_window(&self, platform: &PlatformSpec, problems: &mut Problems) {
        if let (Some(days), Some(_)) = (self.horizon_days, platform.other_orders_per_day)
            && platform.longest_window() > days
        {
            let problem =
                format!("`{days}` days are shorter than the platform's window, {}", platform.longest_window());
            problems.add_help("horizon-days", problem, "leave the key out to simulate long enough");
        }
    }

    fn check_live(&self, skus: &[&str], problems: &mut Problems) {
        /// Minutes of a day.
        const MIDNIGHT: u64 = 1440;
        for (at, session) in self.live.iter().enumerate() {
            let path = format!("live[{at}]");
            let end = u64::from(session.start) + u64::from(session.minutes);
            if u64::from(session.start) >= MIDNIGHT {
                let problem = format!("`{}` minutes after midnight; a day has {MIDNIGHT}", session.start);
                problems.add(format!("{path}.start"), problem);
            } else if end > MIDNIGHT {
                let problem = format!("`{}` minutes from {} on end after midnight", session.minutes, session.start);
                problems.add_help(
                    format!("{path}.minutes"),
                    problem,
                    "write what lies after it as a session of its own",
                );
            }
            if session.date.days_since(self.today) < 0 {
                let problem = format!("`{}` is before today, `{}`", session.date, self.today);
                problems.add(format!("{path}.date"), problem);
            }
            let day = session.date.days_since(self.today);
            let horizon = self.horizon_days.map_or(MAX_HORIZON, i64::from);
            if day >= horizon {
                let problem = format!("`{}` lies {day} days ahead; the horizon has {horizon}", session.date);
                problems.add(format!("{path}.date"), problem);
            }
            check_names(&session.products, skus, &path, problems);
            let name = Entity::named(&[&session.name()]);
            if let Some(earlier) = self.live[..at].iter().position(|other| Entity::named(&[&other.name()]) == name) {
                let problem = format!("`{}`: live[{earlier}] begins on the same day at the same minute", session.date);
                problems.add_help(format!("{path}.date"), problem, "write them as one session with all its products");
            }
        }
    }
}

/// The marketplace's rules, the keys of their preset filled in.
fn check_platform(platform: &PlatformSpec, problems: &mut Problems) {
    /// Most working days of a limit.
    const MOST_LIMIT: u32 = 60;
    // Every preset bears its date and its sources.
    if let (Some(name), true) = (&platform.preset, platform.as_of.is_none() || platform.source.is_empty()) {
        problems.add_help(
            "platform.preset",
            format!("`{name}` is named, and its keys are not filled in"),
            "read the scenario from its file, or fill the preset in before the scenario is checked",
        );
        return;
    }
    problems.extend(platform.problems("platform"));
    problems.extend(platform.incomplete("platform"));
    for (key, days) in [("dispatch-days", platform.dispatch_days), ("cancel-days", platform.cancel_days)] {
        if let Some(days) = days.filter(|days| *days > MOST_LIMIT) {
            problems.add(format!("platform.{key}"), format!("`{days}` working days; at most {MOST_LIMIT}"));
        }
    }
}

/// Products that are named must be products of the scenario, which are `skus`.
pub(super) fn check_names(products: &[String], skus: &[&str], path: &str, problems: &mut Problems) {
    for (which, sku) in products.iter().enumerate() {
        if !skus.contains(&sku.as_str()) {
            problems.add_help(
                format!("{path}.products[{which}]"),
                format!("`{sku}` is not a product of this scenario"),
                format!("products: {}", skus.join(", ")),
            );
        }
    }
}
