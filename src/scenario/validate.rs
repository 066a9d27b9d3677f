//! Every rule of a scenario, held at once; defaults filled in.

use std::collections::BTreeMap;

use super::rules::{check_closures, check_level, check_mode, check_names, check_plateau};
use super::{EventDemandSpec, EventSpec, Scenario, ScenarioSpec, SpecProblem};
use crate::random::Entity;
use crate::units::{Probability, ServiceLevel};

/// Fewest and most futures of a run: below, an error bar means nothing; above, nothing is gained.
const PATHS: std::ops::RangeInclusive<u64> = 100..=1_048_576;
/// Longest horizon in days.
pub(super) const MAX_HORIZON: i64 = 1_500;
/// Most pieces of anything.
pub(super) const MOST_PIECES: u64 = 1_000_000_000;
/// Most money of any amount.
pub(super) const MOST_MONEY: f64 = 1e12;
/// First and last year of a plan.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2300;
/// Service level of the default rolling rule, and of ordinary reordering after the events.
const DEFAULT_SERVICE: f64 = 0.95;

/// [`DEFAULT_SERVICE`] as a service level.
pub(super) fn default_service() -> ServiceLevel {
    ServiceLevel::try_new(DEFAULT_SERVICE).expect("0.95 lies between 0 and 1")
}

impl ScenarioSpec {
    /// Holds the scenario against every rule and fills its defaults in.
    ///
    /// # Errors
    /// All broken rules, in the order of the file.
    pub fn validate(mut self) -> Result<Scenario, Vec<SpecProblem>> {
        let mut problems = Problems(Vec::new());
        self.fill_candidates();
        self.fill_shop();
        self.check_head(&mut problems);
        self.check_products(&mut problems);
        self.check_bundles(&mut problems);
        self.check_events(&mut problems);
        self.check_preheat(&mut problems);
        self.check_supply(&mut problems);
        self.check_futures(&mut problems);
        self.check_shop(&mut problems);
        self.check_pre_order(&mut problems);
        self.check_money(&mut problems);
        for product in &mut self.product {
            // A market states the level; its noise is then the default one.
            if product.market().is_some() {
                product.demand.get_or_insert_default();
            }
        }
        self.check_candidates(&mut problems);
        if problems.0.is_empty() { Ok(Scenario(self)) } else { Err(problems.0) }
    }

    fn check_head(&self, problems: &mut Problems) {
        let named = !self.name.is_empty()
            && self.name.len() <= 64
            && self.name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if !named {
            problems.add("name", format!("`{}` must be 1 to 64 letters, digits, `-` or `_`", self.name));
        }
        if !PATHS.contains(&self.paths) {
            let problem = format!("`{}` paths; a run takes from {} to {}", self.paths, PATHS.start(), PATHS.end());
            problems.add_help("paths", problem, "4096 is a good start; the report shows the error that is left");
        }
        if let Some(days) = self.horizon_days
            && !(1..=MAX_HORIZON).contains(&i64::from(days))
        {
            problems.add("horizon-days", format!("`{days}` days; a horizon has from 1 to {MAX_HORIZON}"));
        }
        if !YEARS.contains(&self.today.parts().0) {
            let (first, last) = (YEARS.start(), YEARS.end());
            problems.add("today", format!("`{}`; a plan lies in the years {first} to {last}", self.today));
        }
        self.ads.check(problems);
        self.alerts.check(problems);
        let hours = self.history.as_ref().map_or(0, |history| history.orders_by_hour.len());
        if hours != 0 && hours != 24 {
            let help = "write 24 counts, from midnight on, or leave it out";
            problems.add_help("history.orders-by-hour", format!("`{hours}` hours; a day has 24"), help);
        }
    }

    fn check_products(&self, problems: &mut Problems) {
        if self.product.is_empty() {
            problems.add("product", "no product; write at least one [[product]]".to_owned());
        }
        let skus = self.product.iter().map(|product| product.sku.as_str());
        problems.unique("product", "sku", skus);
        for (at, product) in self.product.iter().enumerate() {
            let path = format!("product[{at}]");
            check_level(product, &path, self.history.is_some(), problems);
            if product.demand.is_none() && product.market().is_none() && self.history.is_none() {
                let problem = format!("`{}` has neither history nor demand", product.sku);
                problems.add_help(
                    path.clone(),
                    problem,
                    "name a [history] sales file or write demand = { per-day = ... }",
                );
            }
            problems.pieces(format!("{path}.opening-stock"), product.opening_stock.unwrap_or_default());
            let counted = self.history.as_ref().is_some_and(|history| history.stock.is_some());
            if product.opening_stock.is_none() && !counted {
                let problem = format!("`{}` has no opening stock", product.sku);
                problems.add_help(path, problem, "write opening-stock = ... or name a stock file in [history]");
            }
        }
    }

    fn check_events(&mut self, problems: &mut Problems) {
        if self.event.is_empty() {
            problems.add("event", "no event; write at least one [[event]]".to_owned());
        }
        problems.unique("event", "id", self.event.iter().map(|event| event.id.as_str()));
        let skus: Vec<&str> = self.product.iter().map(|product| product.sku.as_str()).collect();
        let has_history = self.history.is_some();
        for (at, event) in self.event.iter_mut().enumerate() {
            let path = format!("event[{at}]");
            check_names(&event.products, &skus, &path, problems);
            match &event.demand {
                EventDemandSpec::Parametric { ramp_days, plateau_days: [shortest, longest], tail_days, .. } => {
                    check_plateau([*shortest, *longest], format!("{path}.demand.plateau-days"), problems);
                    // Three mean lengths hold 95 % of an exponential tail.
                    let tail = (3.0 * tail_days).ceil() as u32;
                    event.days.get_or_insert((ramp_days + (*longest).min(120) + tail).max(1));
                }
                EventDemandSpec::Replay | EventDemandSpec::Hier => {
                    if !has_history {
                        let problem = "past bursts are wanted but there is no [history]";
                        problems.add_help(
                            format!("{path}.demand"),
                            problem.to_owned(),
                            "name a sales file, or state the burst with kind = \"parametric\"",
                        );
                    }
                    if event.days.is_none() {
                        problems.add(format!("{path}.days"), "missing: how many days the event lasts".to_owned());
                    }
                }
            }
            event.plan_from_tomorrow(self.today);
            let first = event.start.days_since(self.today);
            if first < 1 {
                let problem = format!("`{}` is not after today, `{}`", event.start, self.today);
                problems.add(format!("{path}.start"), problem);
            }
            if event.ran_days.is_some_and(|ran| ran > 0 && (ran > 366 || first != 1)) {
                let problem = "says how long an event has run that begins later".to_owned();
                problems.add_help(format!("{path}.ran-days"), problem, "leave it out: `start` and `days` tell");
            }
            let last = first + event.length() as i64;
            match self.horizon_days {
                Some(days) if last > i64::from(days) => {
                    let problem = format!("`{days}` days end before event `{}` does (day {last})", event.id);
                    problems.add_help("horizon-days", problem, "leave the key out to simulate long enough");
                }
                _ if last > MAX_HORIZON => {
                    let problem =
                        format!("`{}` lies {first} days ahead; the horizon ends at {MAX_HORIZON}", event.start);
                    problems.add(format!("{path}.start"), problem);
                }
                _ => {}
            }
        }
        self.check_overlaps(problems);
    }

    fn check_overlaps(&self, problems: &mut Problems) {
        for (at, event) in self.event.iter().enumerate() {
            for earlier in &self.event[..at] {
                let apart = event.start >= earlier.start.plus_days(earlier.length() as i64)
                    || earlier.start >= event.start.plus_days(event.length() as i64);
                let shared = self.product.iter().find(|p| event.has_product(&p.sku) && earlier.has_product(&p.sku));
                if let (false, Some(product)) = (apart, shared) {
                    let problem = format!("overlaps event `{}` for product `{}`", earlier.id, product.sku);
                    problems.add_help(format!("event[{at}].start"), problem, "write them as one event, or move one");
                }
            }
        }
    }

    fn check_supply(&self, problems: &mut Problems) {
        if self.lead_time.is_empty() {
            problems.add("lead-time", "no lead-time mode; write at least one [[lead-time]]".to_owned());
        }
        problems.unique("lead-time", "mode", self.lead_time.iter().map(|mode| mode.mode.as_str()));
        let purchases = self.history.as_ref().is_some_and(|history| history.purchases.is_some());
        for (at, mode) in self.lead_time.iter().enumerate() {
            check_mode(mode, &format!("lead-time[{at}]"), purchases, problems);
        }
        check_closures(self, problems);
        self.check_ordering(problems);
    }

    fn check_money(&self, problems: &mut Problems) {
        match &self.money {
            None => {
                self.check_breaks_without_money(problems);
                let needs = [
                    ("budget", self.limits.budget.is_some(), "a budget needs unit costs"),
                    ("cash-peak", self.limits.cash_peak.is_some(), "cash needs prices and unit costs"),
                ];
                for (key, _, problem) in needs.into_iter().filter(|(_, written, _)| *written) {
                    problems.add_help(
                        format!("limits.{key}"),
                        problem.to_owned(),
                        "write [money] with price and unit-cost",
                    );
                }
            }
            Some(money) => {
                self.check_price_breaks(money, problems);
                if money.salvage > money.unit_cost {
                    let problem =
                        format!("`{}` is above unit-cost `{}`: leftovers would pay", money.salvage, money.unit_cost);
                    problems.add("money.salvage", problem);
                }
                if let (Some(_), Some(deposit)) = (money.balance_days, money.deposit)
                    && deposit == Probability::ONE
                {
                    let problem = "says nothing: the deposit is all of the price".to_owned();
                    problems.add_help("money.balance-days", problem, "leave it out, or write a lower deposit");
                }
                if self.currency.is_none() {
                    problems.add("currency", "missing: amounts need a currency, such as \"USD\"".to_owned());
                }
            }
        }
    }
}

/// The problems found so far.
pub(super) struct Problems(Vec<SpecProblem>);

impl Problems {
    pub(super) fn add(&mut self, path: impl Into<String>, problem: String) {
        self.0.push(SpecProblem::new(path, problem));
    }

    pub(super) fn extend(&mut self, problems: Vec<SpecProblem>) {
        self.0.extend(problems);
    }

    pub(super) fn add_help(&mut self, path: impl Into<String>, problem: String, help: impl Into<String>) {
        self.0.push(SpecProblem::new(path, problem).help(help));
    }

    /// Names must differ, also as the numbers that address random streams.
    pub(super) fn unique<'a>(&mut self, list: &str, key: &str, names: impl Iterator<Item = &'a str>) {
        let mut seen: BTreeMap<Entity, usize> = BTreeMap::new();
        for (at, name) in names.enumerate() {
            let path = format!("{list}[{at}].{key}");
            if name.trim().is_empty() {
                self.add(path, "must not be empty".to_owned());
            } else if let Some(first) = seen.insert(Entity::named(&[name]), at) {
                self.add(path, format!("`{name}` stands already at {list}[{first}]"));
            }
        }
    }
}

impl EventSpec {
    /// An event that runs today is planned from tomorrow on; one that is over stays as it is.
    fn plan_from_tomorrow(&mut self, today: crate::calendar::Date) {
        let ran = 1 - self.start.days_since(today);
        if let (1.., Some(days)) = (ran, self.days)
            && let Ok(ran) = u32::try_from(ran)
            && ran < days
        {
            self.start = today.plus_days(1);
            self.days = Some(days - ran);
            self.ran_days = Some(self.ran_days.unwrap_or(0) + ran);
        }
    }

    /// Index after the last day, counted from `today`.
    #[must_use]
    pub fn end_day(&self, today: crate::calendar::Date) -> usize {
        usize::try_from(self.start.days_since(today)).unwrap_or(0) + self.length()
    }
}
