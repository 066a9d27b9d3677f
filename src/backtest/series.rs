//! A product's past as the forecasters of a backtest see it: cut at the origin, and running totals of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Component, Target};
use crate::calendar::Date;
use crate::history::{AdSpend, History, SalesSeries, Sku};

/// Daily values with running totals.
#[derive(Debug, Clone)]
pub(super) struct Daily {
    /// Total of the days before each index.
    totals: Vec<f64>,
    pub(super) values: Vec<f64>,
}

impl Daily {
    pub(super) fn new(values: Vec<f64>) -> Self {
        let mut total = 0.0;
        let mut totals = Vec::with_capacity(values.len() + 1);
        totals.push(0.0);
        for value in &values {
            total += value;
            totals.push(total);
        }
        Self { totals, values }
    }

    pub(super) fn len(&self) -> usize {
        self.values.len()
    }

    /// Total of days `from..until`.
    pub(super) fn total(&self, from: usize, until: usize) -> f64 {
        self.totals[until] - self.totals[from]
    }
}

/// The history of each product by itself, as a target sees it.
pub(super) fn by_product(history: &History, target: Target, without: Option<Component>) -> Vec<(Sku, History)> {
    let blind = target == Target::Recorded || without == Some(Component::Uncensoring);
    let closed = closed_days(history);
    let one = |(sku, series): (&Sku, &SalesSeries)| {
        let mut series = series.clone();
        if blind {
            // A closed shop stays closed; what an empty shelf hid is not looked for.
            for at in 0..series.days.len() {
                if !closed.contains(&series.date(at)) {
                    series.days[at].in_stock_share = None;
                }
            }
        }
        let own = History {
            sales: [(sku.clone(), series)].into(),
            promotions: history.promotions.iter().filter(|promotion| promotion.sku == *sku).cloned().collect(),
            ads: history
                .ads
                .iter()
                .filter(|ad| ad.sku.as_ref() == Some(sku))
                .map(|ad| learned_from(ad, without))
                .collect(),
            ..History::default()
        };
        (sku.clone(), own)
    };
    history.sales.iter().map(one).collect()
}

/// Spend as planned; as it turned out, where the plan is not to be looked at.
fn learned_from(ad: &AdSpend, without: Option<Component>) -> AdSpend {
    let mut ad = ad.clone();
    if without == Some(Component::PlannedSpend) {
        ad.planned_spend = ad.spend;
    }
    ad
}

/// Days on which nothing of the whole shop could be bought: it was closed, and no shelf was empty.
pub(super) fn closed_days(history: &History) -> BTreeSet<Date> {
    let mut open: BTreeMap<Date, bool> = BTreeMap::new();
    for series in history.sales.values() {
        for (at, day) in series.days.iter().enumerate() {
            *open.entry(series.date(at)).or_insert(false) |= day.in_stock_share != Some(0.0);
        }
    }
    open.into_iter().filter(|(_, open)| !open).map(|(date, _)| date).collect()
}

/// All of them as one shop, as of the evening of `today`.
pub(super) fn shop_as_of(products: &[(Sku, History)], today: Date) -> History {
    let mut shop = History::default();
    for (_, own) in products {
        let mut known = own.as_of(today);
        shop.sales.append(&mut known.sales);
        shop.promotions.append(&mut known.promotions);
        shop.ads.append(&mut known.ads);
    }
    shop
}
