//! All-units price breaks: the whole order at the price of its size.

use serde::{Deserialize, Serialize};

use super::validate::{MOST_MONEY, Problems};
use super::{MoneySpec, ProductSpec, Scenario, ScenarioSpec};
use crate::units::Units;

/// Most breaks of a product.
const MOST_BREAKS: usize = 20;

/// A lower cost of every piece of an order from so many pieces on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PriceBreakSpec {
    /// Least pieces of the order.
    pub from: Units,
    /// Landed cost of each of its pieces; the mode's own cost comes on top.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub unit_cost: f64,
}

impl Scenario {
    /// The price breaks of a product, smallest first: its own; those of `[money]` where it states neither breaks nor a
    /// cost of its own.
    #[must_use]
    pub fn price_breaks<'a>(&'a self, product: &'a ProductSpec) -> &'a [PriceBreakSpec] {
        match &self.spec().money {
            Some(money) if product.price_breaks.is_empty() && product.unit_cost.is_none() => &money.price_breaks,
            _ => &product.price_breaks,
        }
    }
}

impl ScenarioSpec {
    /// Breaks rise in quantity and fall in price, and leftovers are worth no more than the cheapest piece.
    pub(super) fn check_price_breaks(&self, money: &MoneySpec, problems: &mut Problems) {
        check(&money.price_breaks, money.unit_cost, money.salvage, "money.price-breaks", problems);
        let own = |product: &ProductSpec| product.unit_cost.is_some() || !product.price_breaks.is_empty();
        if !money.price_breaks.is_empty() && self.product.iter().all(own) {
            problems.add_help(
                "money.price-breaks",
                "hold for no product: each states a unit-cost or price-breaks of its own".to_owned(),
                "write them beside the product's own unit-cost, or leave one of the two out",
            );
        }
        for (at, product) in self.product.iter().enumerate() {
            let path = format!("product[{at}].price-breaks");
            let unit_cost = product.unit_cost.unwrap_or(money.unit_cost);
            check(&product.price_breaks, unit_cost, money.salvage, &path, problems);
        }
    }

    /// Breaks say nothing without prices.
    pub(super) fn check_breaks_without_money(&self, problems: &mut Problems) {
        for (at, product) in self.product.iter().enumerate() {
            if !product.price_breaks.is_empty() {
                problems.add_help(
                    format!("product[{at}].price-breaks"),
                    "price breaks need prices".to_owned(),
                    "write [money] with price and unit-cost",
                );
            }
        }
    }
}

fn check(breaks: &[PriceBreakSpec], unit_cost: f64, salvage: f64, path: &str, problems: &mut Problems) {
    if breaks.len() > MOST_BREAKS {
        problems.add(path, format!("{} breaks; at most {MOST_BREAKS}", breaks.len()));
    }
    let (mut before, mut cost) = (Units::ZERO, unit_cost);
    for (at, step) in breaks.iter().enumerate() {
        let path = format!("{path}[{at}]");
        problems.pieces(format!("{path}.from"), step.from);
        if step.from <= before {
            let problem = format!("`{}` must be above `{before}`: breaks rise in quantity", step.from);
            problems.add(format!("{path}.from"), problem);
        }
        if !(0.0..=MOST_MONEY).contains(&step.unit_cost) {
            problems.add(
                format!("{path}.unit-cost"),
                format!("`{}`; a cost lies between 0 and {MOST_MONEY}", step.unit_cost),
            );
        } else if step.unit_cost >= cost {
            let problem = format!("`{}` must be below `{cost}`: breaks fall in price", step.unit_cost);
            problems.add(format!("{path}.unit-cost"), problem);
        }
        (before, cost) = (step.from, step.unit_cost);
    }
    if !breaks.is_empty() && salvage > cost && salvage <= unit_cost {
        let problem = format!("`{salvage}` is above the lowest unit-cost of {path}, `{cost}`: leftovers would pay");
        problems.add("money.salvage", problem);
    }
}
