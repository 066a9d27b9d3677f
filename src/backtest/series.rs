//! A product's past as the forecasters of a backtest see it: cut at the origin, and running totals of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Component, Target};
use crate::calendar::Date;
use crate::history::{AdSpend, History, Promotion, SalesSeries, Sku};

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
            promotions: disjoint(
                history.promotions.iter().filter(|promotion| promotion.sku == *sku).cloned().collect(),
            ),
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

/// Promotions of one product, those that overlap made one: a day has one burst, not two. What they were to spend is spread
/// over the days of both.
fn disjoint(promotions: Vec<Promotion>) -> Vec<Promotion> {
    let mut sorted = promotions.clone();
    sorted.sort_by_key(|promotion| (promotion.start, promotion.end));
    if sorted.windows(2).all(|pair| pair[1].start > pair[0].end) {
        return promotions;
    }
    let total = |promotion: &Promotion| {
        let days = promotion.end.days_since(promotion.start).max(0) + 1;
        promotion.planned_spend.map(|spend| spend * days as f64)
    };
    let mut one_by_one: Vec<Promotion> = Vec::with_capacity(sorted.len());
    for promotion in sorted {
        match one_by_one.last_mut() {
            Some(before) if promotion.start <= before.end => {
                let spends = [total(before), total(&promotion)];
                before.end = before.end.max(promotion.end);
                let days = before.end.days_since(before.start).max(0) + 1;
                let known: Vec<f64> = spends.into_iter().flatten().collect();
                before.planned_spend = (!known.is_empty()).then(|| known.iter().sum::<f64>() / days as f64);
            }
            _ => one_by_one.push(promotion),
        }
    }
    one_by_one
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_promotions_are_one() {
        let day = |at: i64| "2026-01-05".parse::<Date>().expect("a date").plus_days(at);
        let promotion = |start: i64, end: i64, spend| Promotion {
            campaign: format!("C{start}"),
            sku: Sku("A".into()),
            start: day(start),
            end: day(end),
            price: None,
            commission: None,
            planned_spend: spend,
            host: None,
            live_slots: None,
        };
        let apart = vec![promotion(9, 10, None), promotion(0, 3, Some(8.0))];
        assert_eq!(disjoint(apart.clone()), apart, "nothing is touched without need");
        let merged = disjoint(vec![promotion(9, 12, Some(50.0)), promotion(0, 3, None), promotion(8, 9, Some(100.0))]);
        let spans: Vec<_> = merged.iter().map(|one| (one.start, one.end, one.planned_spend)).collect();
        // 200 + 200 over five days.
        assert_eq!(spans, [(day(0), day(3), None), (day(8), day(12), Some(80.0))]);
    }
}
