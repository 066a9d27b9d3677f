//! Bundles: what was sold, promised, counted and bought of a bundle are pieces of its components.

use std::collections::BTreeMap;

use super::{AdSpend, History, Promotion, SalesDay, SalesSeries, Sku, StockCount};
use crate::units::Units;

/// A bundle and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The bundle's identifier.
    pub sku: Sku,
    /// Pieces of each component in one bundle; no component is a bundle.
    pub components: Vec<(Sku, Units)>,
}

/// What became of a bundle's records.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exploded {
    /// Days on which bundles were sold.
    pub days: u64,
    /// Bundles sold.
    pub bundles: u64,
    /// Pieces of components that they were.
    pub pieces: u64,
}

impl Bundle {
    /// Share of a bundle's pieces that are of a component.
    fn share(&self, units: Units) -> f64 {
        let all: u64 = self.components.iter().map(|(_, units)| units.0).sum();
        units.as_f64() / all.max(1) as f64
    }
}

impl History {
    /// Turns every record of the bundles into records of their components, and says how much that was, bundle by bundle.
    ///
    /// Sales, stock and open orders become so many pieces of each component; a day on which a component itself was not
    /// recorded begins with none. A bundle's promotion is one of each component, without the bundle's price; planned and
    /// actual ad spend is shared by pieces.
    ///
    /// ```
    /// use stockburst::history::{Bundle, History, SalesDay, SalesSeries, Sku};
    /// use stockburst::units::Units;
    /// let day = SalesDay { units: Units(3), largest_line: None, in_stock_share: None, price: None, promotion: None };
    /// let series = SalesSeries { first_day: "2026-08-01".parse().unwrap(), days: vec![day] };
    /// let mut history = History::default();
    /// history.sales.insert(Sku("set".into()), series);
    /// let set = Bundle { sku: Sku("set".into()), components: vec![(Sku("cup".into()), Units(4))] };
    /// assert_eq!(history.explode(&[set])[0].pieces, 12);
    /// assert_eq!(history.sales[&Sku("cup".into())].days[0].units, Units(12));
    /// ```
    pub fn explode(&mut self, bundles: &[Bundle]) -> Vec<Exploded> {
        bundles.iter().map(|bundle| self.explode_one(bundle)).collect()
    }

    fn explode_one(&mut self, bundle: &Bundle) -> Exploded {
        let mut exploded = Exploded::default();
        if let Some(sold) = self.sales.remove(&bundle.sku) {
            for day in sold.days.iter().filter(|day| day.units > Units::ZERO) {
                exploded.days += 1;
                exploded.bundles += day.units.0;
            }
            for (sku, units) in &bundle.components {
                exploded.pieces += exploded.bundles.saturating_mul(units.0);
                add_sales(&mut self.sales, sku, &sold, *units);
            }
        }
        if let Some(count) = self.stock.remove(&bundle.sku) {
            for (sku, units) in &bundle.components {
                let more = |pieces: Units| Units(pieces.0.saturating_mul(units.0));
                let mine = self.stock.entry(sku.clone()).or_default();
                *mine = StockCount {
                    on_hand: plus(mine.on_hand, more(count.on_hand)),
                    committed: plus(mine.committed, more(count.committed)),
                    reserved: plus(mine.reserved, more(count.reserved)),
                    damaged: plus(mine.damaged, more(count.damaged)),
                };
            }
        }
        let components = || bundle.components.iter();
        replace(&mut self.open_orders, |order| {
            (order.sku == bundle.sku).then(|| {
                components()
                    .map(|(sku, units)| super::OpenOrder {
                        sku: sku.clone(),
                        units: Units(order.units.0.saturating_mul(units.0)),
                        ..order.clone()
                    })
                    .collect()
            })
        });
        replace(&mut self.promotions, |promotion| {
            (promotion.sku == bundle.sku).then(|| {
                components()
                    .map(|(sku, units)| Promotion {
                        sku: sku.clone(),
                        price: None,
                        planned_spend: promotion.planned_spend.map(|spend| spend * bundle.share(*units)),
                        ..promotion.clone()
                    })
                    .collect()
            })
        });
        replace(&mut self.ads, |ad| {
            (ad.sku.as_ref() == Some(&bundle.sku)).then(|| {
                components()
                    .map(|(sku, units)| AdSpend {
                        sku: Some(sku.clone()),
                        planned_spend: ad.planned_spend.map(|spend| spend * bundle.share(*units)),
                        spend: ad.spend.map(|spend| spend * bundle.share(*units)),
                        ..ad.clone()
                    })
                    .collect()
            })
        });
        exploded
    }
}

const fn plus(one: Units, other: Units) -> Units {
    Units(one.0.saturating_add(other.0))
}

/// Puts what `by` gives in the place of a record; keeps those for which it gives nothing.
fn replace<T>(records: &mut Vec<T>, by: impl Fn(&T) -> Option<Vec<T>>) {
    *records =
        std::mem::take(records).into_iter().flat_map(|record| by(&record).unwrap_or_else(|| vec![record])).collect();
}

/// Adds `units` pieces for each bundle sold to the series of `sku`, which then covers the days of both.
fn add_sales(sales: &mut BTreeMap<Sku, SalesSeries>, sku: &Sku, sold: &SalesSeries, units: Units) {
    /// A day of which nothing was recorded.
    const NOTHING: SalesDay =
        SalesDay { units: Units::ZERO, largest_line: None, in_stock_share: None, price: None, promotion: None };
    if sold.days.is_empty() {
        return;
    }
    let own = sales.entry(sku.clone()).or_insert_with(|| SalesSeries { first_day: sold.first_day, days: Vec::new() });
    let earlier = usize::try_from(own.first_day.days_since(sold.first_day)).unwrap_or(0);
    if earlier > 0 {
        own.first_day = sold.first_day;
        own.days.splice(..0, std::iter::repeat_n(NOTHING, earlier));
    }
    let offset = usize::try_from(sold.first_day.days_since(own.first_day)).unwrap_or(0);
    let end = own.days.len().max(offset + sold.days.len());
    own.days.resize(end, NOTHING);
    for (day, bundle) in own.days[offset..].iter_mut().zip(&sold.days) {
        if bundle.units == Units::ZERO {
            continue;
        }
        // The day's largest line is known if that of what was sold before is: nothing, or recorded.
        let line = bundle.largest_line.map(|line| Units(line.0.saturating_mul(units.0)));
        day.largest_line = match (day.units, day.largest_line, line) {
            (Units::ZERO, _, line) => line,
            (_, Some(own), Some(line)) => Some(own.max(line)),
            _ => None,
        };
        day.units = plus(day.units, Units(bundle.units.0.saturating_mul(units.0)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::Date;
    use crate::history::OpenOrder;

    fn sku(name: &str) -> Sku {
        Sku(name.to_owned())
    }

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn series(first: &str, units: &[(u64, Option<u64>)]) -> SalesSeries {
        let day = |(units, line): &(u64, Option<u64>)| SalesDay {
            units: Units(*units),
            largest_line: line.map(Units),
            in_stock_share: Some(1.0),
            price: None,
            promotion: None,
        };
        SalesSeries { first_day: date(first), days: units.iter().map(day).collect() }
    }

    /// A set of two cups and a plate, sold for three days; cups alone from the second day on, plates only a week later.
    #[test]
    fn a_set_is_pieces_of_what_is_in_it() {
        let mut history = History::default();
        history.sales.insert(sku("set"), series("2026-08-01", &[(3, Some(2)), (0, None), (5, Some(1))]));
        history.sales.insert(sku("cup"), series("2026-08-02", &[(7, Some(7)), (4, Some(4)), (9, None)]));
        history.sales.insert(sku("plate"), series("2026-08-05", &[(1, Some(1))]));
        history.stock.insert(sku("set"), StockCount { on_hand: Units(10), damaged: Units(1), ..StockCount::default() });
        history.stock.insert(sku("cup"), StockCount { on_hand: Units(100), ..StockCount::default() });
        history.open_orders.push(OpenOrder {
            order: "1".into(),
            sku: sku("set"),
            mode: "sea".into(),
            units: Units(50),
            ordered_on: date("2026-07-01"),
            stage: None,
            stage_since: None,
            promised_on: None,
        });
        history.ads.push(AdSpend {
            date: date("2026-08-01"),
            campaign: "c".into(),
            creative: None,
            sku: Some(sku("set")),
            planned_spend: Some(30.0),
            spend: None,
        });
        let set = Bundle { sku: sku("set"), components: vec![(sku("cup"), Units(2)), (sku("plate"), Units(1))] };
        let exploded = history.explode(std::slice::from_ref(&set));
        assert_eq!(exploded, [Exploded { days: 2, bundles: 8, pieces: 24 }]);
        let sold = |name: &str| {
            let series = &history.sales[&sku(name)];
            let days: Vec<(u64, Option<u64>)> =
                series.days.iter().map(|day| (day.units.0, day.largest_line.map(|line| line.0))).collect();
            (series.first_day, days)
        };
        assert!(!history.sales.contains_key(&sku("set")));
        let cups = vec![(6, Some(4)), (7, Some(7)), (14, Some(4)), (9, None)];
        assert_eq!(sold("cup"), (date("2026-08-01"), cups));
        let plates = vec![(3, Some(2)), (0, None), (5, Some(1)), (0, None), (1, Some(1))];
        assert_eq!(sold("plate"), (date("2026-08-01"), plates));
        let stock = |name: &str| (history.stock[&sku(name)].on_hand.0, history.stock[&sku(name)].damaged.0);
        assert_eq!((stock("cup"), stock("plate"), history.stock.len()), ((120, 2), (10, 1), 2));
        let orders: Vec<(&str, u64)> =
            history.open_orders.iter().map(|order| (order.sku.0.as_str(), order.units.0)).collect();
        assert_eq!(orders, [("cup", 100), ("plate", 50)]);
        let spend: Vec<f64> = history.ads.iter().filter_map(|ad| ad.planned_spend).collect();
        assert_eq!(spend, [20.0, 10.0]);
        // Nothing is left to explode.
        assert_eq!(history.explode(&[set]), [Exploded::default()]);
    }
}
