//! What a candidate comes down to, and the setting that all candidates share.

use super::{AlertPlan, Flow, Storefront};
use crate::policy::{AdPhases, Expedite, Guard, PreStockOrder, Replenishment};
use crate::policy::{AdResponse, PlatformRules, RestOfShop};
use crate::units::{Probability, Units};

/// One candidate, resolved to days and pieces: all that the engine needs to know of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PolicyPlan {
    /// Index of its lead-time mode.
    pub mode: usize,
    /// Pieces bought ahead that stand on the shelf on day 0 already, for studies that begin with the event.
    pub pre_stocked: Units,
    /// The pre-stock order for the first event, if one is placed.
    pub pre_stock: Option<PreStockOrder>,
    /// The pre-stock orders for later events.
    pub later_pre_stock: Vec<PreStockOrder>,
    /// The reorder rule.
    pub replenishment: Replenishment,
    /// The rule that orders by a faster mode, if there is one.
    pub expedite: Option<Expedite>,
    /// The ad guard, if there is one.
    pub guard: Option<Guard>,
}

impl PolicyPlan {
    /// Every pre-stock order.
    pub fn pre_stock_orders(&self) -> impl Iterator<Item = PreStockOrder> + '_ {
        self.pre_stock.into_iter().chain(self.later_pre_stock.iter().copied())
    }
}

/// What every candidate of a product has in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// Simulated days.
    pub days: usize,
    /// Pieces that may be sold on day 0.
    pub opening_stock: Units,
    /// Pieces of each order that is open on day 0, as in the path's `open_arrivals`.
    pub open_orders: Vec<Units>,
    /// Day on which each of them is expected, for expedite rules; what is not stated is due at once.
    pub open_due: Vec<usize>,
    /// By lead-time mode, the days that a reorder decision has to cover (protection interval P = R + L - 1): an open order
    /// that is expected later does not help and does not count in the inventory position. Empty if all of them count.
    pub protection_days: Vec<usize>,
    /// Days on which the supplier takes orders; empty if on every day.
    pub order_days: Vec<bool>,
    /// Days from one look at the reorder point to the next, the first on day 0; 1 is every evening.
    pub review_days: usize,
    /// Pieces from which on an order costs less a piece, ascending; money knows how much less.
    pub price_breaks: Vec<Units>,
    /// First day of each event, ascending.
    pub event_starts: Vec<usize>,
    /// Which event each day belongs to, if any, as an index into `event_starts`.
    pub event_of: Vec<Option<usize>>,
    /// Planned ad spend of each day.
    pub planned_spend: Vec<f64>,
    /// Share of unmet customers who wait instead of leaving.
    pub waiting_share: Probability,
    /// How ad demand answers to a pause.
    pub ad_phases: AdPhases,
    /// The alerts.
    pub alerts: AlertPlan,
    /// Sales a day as forecast, for levels in days of cover; may be empty without such levels.
    pub daily_rate: Vec<f64>,
    /// How a guard that looks within the day does so.
    pub within_day: WithinDay,
    /// What happens to accepted orders.
    pub flow: Flow,
    /// The sales channels; without them every order meets the true stock.
    pub storefront: Option<Storefront>,
    /// The marketplace's rules, with the rest of the shop.
    pub platform: Option<Platform>,
    /// The product that ad plan B sells.
    pub substitute: Option<Substitute>,
    /// Whether the outcome holds a ledger: what each day did, for cash.
    pub ledger: bool,
    /// First day that counts in the outcome (a warm-up for stationary checks); 0 for a plan.
    pub measure_from: usize,
}

impl Setting {
    /// A setting without events, spend, alerts or anything else beside stock and sales: what a study adds to.
    #[must_use]
    pub fn new(days: usize, opening_stock: Units) -> Self {
        Self {
            days,
            opening_stock,
            open_orders: Vec::new(),
            open_due: Vec::new(),
            protection_days: Vec::new(),
            order_days: Vec::new(),
            review_days: 1,
            price_breaks: Vec::new(),
            event_starts: Vec::new(),
            event_of: vec![None; days],
            planned_spend: vec![0.0; days],
            waiting_share: Probability::ZERO,
            ad_phases: AdResponse::INSTANT.phases(),
            alerts: AlertPlan::default(),
            daily_rate: Vec::new(),
            within_day: WithinDay::default(),
            flow: Flow::default(),
            storefront: None,
            platform: None,
            substitute: None,
            ledger: false,
            measure_from: 0,
        }
    }

    /// Sales of `day` as forecast; none where there is no forecast.
    #[must_use]
    pub fn rate(&self, day: usize) -> f64 {
        self.daily_rate.get(day).copied().unwrap_or(0.0)
    }

    /// Whether orders may be placed on the evening of `day`.
    #[must_use]
    pub fn takes_orders(&self, day: usize) -> bool {
        self.order_days.get(day).copied().unwrap_or(true)
    }

    /// Whether the reorder rule is looked at on the evening of `day`.
    #[must_use]
    pub fn reviews(&self, day: usize) -> bool {
        day.is_multiple_of(self.review_days.max(1)) && self.takes_orders(day)
    }

    /// The first day from `day` on on which orders may be placed.
    #[must_use]
    pub fn order_day_from(&self, day: usize) -> Option<usize> {
        (day..self.days).find(|day| self.takes_orders(*day))
    }

    /// Whether open order `at` counts in the inventory position on the evening of `day`, for orders by `mode`: it is
    /// expected while the order of that evening could not come yet.
    #[must_use]
    pub fn counts_as_due(&self, at: usize, mode: usize, day: usize) -> bool {
        let due = self.open_due.get(at).copied().unwrap_or(0);
        self.protection_days.get(mode).is_none_or(|protection| due <= day + protection)
    }

    /// Whether every open order counts on every day, for orders by `mode`.
    pub(super) fn all_are_due(&self, mode: usize) -> bool {
        (0..self.open_orders.len()).all(|at| self.counts_as_due(at, mode, 0))
    }
}

/// How often a guard looks within the day, and how long its commands take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WithinDay {
    /// Minutes from one look to the next; after each order if 0.
    pub every_minutes: u32,
    /// Minutes until a command takes effect.
    pub delay_minutes: u32,
}

impl Default for WithinDay {
    fn default() -> Self {
        Self { every_minutes: 30, delay_minutes: 0 }
    }
}

/// A marketplace's rules and the shop's other products.
#[derive(Debug, Clone, PartialEq)]
pub struct Platform {
    /// The rules.
    pub rules: PlatformRules,
    /// The rest of the shop, cancellations at its fault; its orders counted in pieces, as the product's are.
    pub rest: RestOfShop,
    /// Share of the rest's orders that is dispatched late.
    pub rest_late: f64,
}

/// The product of ad plan B: it takes over part of the demand that the hero loses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Substitute {
    /// Pieces that may be sold on day 0.
    pub opening_stock: Units,
    /// Share of the ad demand that a pause forgoes which plan B turns into orders of the substitute.
    pub conversion: Probability,
    /// Ad spend of plan B on an event day on which the hero's ads are paused; a part of it on a part of a day.
    pub spend_per_day: f64,
    /// Share of the customers who find the hero sold out and take the substitute instead.
    pub spill: Probability,
}
