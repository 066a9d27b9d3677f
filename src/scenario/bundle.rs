//! Bundles: listings that sell several products at once.

use serde::{Deserialize, Serialize};

use super::ScenarioSpec;
use super::validate::Problems;
use crate::units::Units;

/// Most pieces of a component in a bundle.
const MOST_IN_BUNDLE: u64 = 10_000;

/// A bundle of the history. Its sales, promotions, ads, stock and open orders become those of its components before
/// anything is learned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BundleSpec {
    /// Identifier, as in the history.
    pub sku: String,
    /// What is in it.
    pub components: Vec<ComponentSpec>,
}

/// A component of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ComponentSpec {
    /// Identifier, as in the history.
    pub sku: String,
    /// Pieces of it in one bundle.
    #[serde(default = "one")]
    pub units: Units,
}

const fn one() -> Units {
    Units(1)
}

impl ScenarioSpec {
    /// A bundle is no product, and has components that are no bundles.
    pub(super) fn check_bundles(&self, problems: &mut Problems) {
        problems.unique("bundle", "sku", self.bundle.iter().map(|bundle| bundle.sku.as_str()));
        for (at, bundle) in self.bundle.iter().enumerate() {
            let path = format!("bundle[{at}]");
            if self.history.is_none() {
                problems.add_help(
                    path.clone(),
                    format!("`{}` has no records to explode: there is no [history]", bundle.sku),
                    "name a sales file, or leave the bundle out",
                );
            }
            if let Some(product) = self.product.iter().position(|product| product.sku == bundle.sku) {
                problems.add_help(
                    format!("{path}.sku"),
                    format!("`{}` is product[{product}], which has a stock of its own", bundle.sku),
                    "plan its components instead",
                );
            }
            if bundle.components.is_empty() {
                problems.add(format!("{path}.components"), format!("nothing is in `{}`", bundle.sku));
            }
            let list = format!("{path}.components");
            problems.unique(&list, "sku", bundle.components.iter().map(|component| component.sku.as_str()));
            for (which, component) in bundle.components.iter().enumerate() {
                let ComponentSpec { sku, units } = component;
                if self.bundle.iter().any(|other| other.sku == *sku) {
                    problems.add_help(
                        format!("{list}[{which}].sku"),
                        format!("`{sku}` is a bundle itself"),
                        "write what is in it",
                    );
                }
                if !(1..=MOST_IN_BUNDLE).contains(&units.0) {
                    let problem = format!("`{units}` pieces; a bundle holds from 1 to {MOST_IN_BUNDLE} of a component");
                    problems.add(format!("{list}[{which}].units"), problem);
                }
            }
        }
    }
}
