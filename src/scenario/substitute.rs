//! The product of ad plan B, which takes over part of what the hero loses.

use serde::{Deserialize, Serialize};

use super::ScenarioSpec;
use super::validate::{MOST_MONEY, Problems};
use crate::units::{Probability, Units};

/// Most pieces a day.
const MOST_PER_DAY: f64 = 1e7;

/// A product's substitute, with a stock of its own that is not replenished.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SubstituteSpec {
    /// Identifier; not a product of this scenario.
    pub sku: String,
    /// Name to show.
    #[serde(default)]
    pub name: Option<String>,
    /// Pieces that can be sold today.
    pub opening_stock: Units,
    /// Selling price; default that of the product.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub price: Option<f64>,
    /// Landed cost; default that of the product.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub unit_cost: Option<f64>,
    /// Mean pieces a day that its own customers want; they are served first.
    #[serde(default)]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e7)))]
    pub per_day: f64,
    /// Share of the ad demand that a pause forgoes which plan B turns into orders of the substitute.
    #[serde(default)]
    pub conversion: Probability,
    /// Ad spend of plan B a day, while the product's ads are paused in an event.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[cfg_attr(feature = "ingest", schemars(range(min = 0.0, max = 1e12)))]
    pub spend_per_day: f64,
    /// Share of the customers who find the product sold out and take the substitute instead.
    #[serde(default)]
    pub spill: Probability,
}

// The signature that serde asks for.
#[expect(clippy::trivially_copy_pass_by_ref)]
fn is_nothing(spend: &f64) -> bool {
    *spend == 0.0
}

impl SubstituteSpec {
    /// The name to show: the given one, or the identifier.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.sku)
    }
}

impl ScenarioSpec {
    /// Every substitute has a name and a stock to itself, and customers.
    pub(super) fn check_substitutes(&self, problems: &mut Problems) {
        for (at, product) in self.product.iter().enumerate() {
            let Some(substitute) = &product.substitute else { continue };
            let path = format!("product[{at}].substitute");
            let sku = &substitute.sku;
            let help = "its stock would be counted twice";
            if sku.trim().is_empty() {
                problems.add(format!("{path}.sku"), "must not be empty".to_owned());
            } else if let Some(same) = self.product.iter().position(|other| other.sku == *sku) {
                problems.add_help(format!("{path}.sku"), format!("`{sku}` is product[{same}] of this scenario"), help);
            } else if let Some(same) = self.product[..at]
                .iter()
                .position(|other| other.substitute.as_ref().is_some_and(|other| other.sku == *sku))
            {
                let problem = format!("`{sku}` is the substitute of product[{same}] already");
                problems.add_help(format!("{path}.sku"), problem, help);
            }
            problems.pieces(format!("{path}.opening-stock"), substitute.opening_stock);
            if !(0.0..=MOST_PER_DAY).contains(&substitute.per_day) {
                let problem = format!("`{}` pieces a day; from 0 to {MOST_PER_DAY}", substitute.per_day);
                problems.add(format!("{path}.per-day"), problem);
            }
            if !(0.0..=MOST_MONEY).contains(&substitute.spend_per_day) {
                let problem = format!("`{}`; a spend lies between 0 and {MOST_MONEY}", substitute.spend_per_day);
                problems.add(format!("{path}.spend-per-day"), problem);
            } else if substitute.spend_per_day > 0.0 && substitute.conversion == Probability::ZERO {
                problems.add_help(
                    format!("{path}.spend-per-day"),
                    format!("`{}` is spent on a plan B that turns nobody over", substitute.spend_per_day),
                    "write conversion = ..., or leave the key out",
                );
            }
            if substitute.conversion == Probability::ZERO && substitute.spill == Probability::ZERO {
                problems.add_help(
                    path,
                    "nobody takes it: neither conversion nor spill is above 0".to_owned(),
                    "write conversion = ... for ad plan B, spill = ... for customers who find nothing",
                );
            }
        }
    }
}
