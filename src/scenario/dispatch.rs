//! From an accepted order to the parcel: what leaves in a day, what is late, what comes back.

use serde::{Deserialize, Serialize};

use super::validate::{MAX_HORIZON, MOST_PIECES, Problems};
use super::{ProductSpec, Scenario, ScenarioSpec};
use crate::calendar::Date;
use crate::units::{Probability, Units};

/// Most days of acceptance in a backlog.
const MOST_BACKLOG: usize = 366;
/// Most working days of a dispatch limit.
const MOST_LIMIT: u32 = 60;

/// What happens to accepted orders. Without this table all leave on their day and stay gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct DispatchSpec {
    /// Most pieces of a product that leave the warehouse in a day; default all that are ordered.
    pub capacity_per_day: Option<Units>,
    /// Working days after which an order that has not left is late; default as the platform says.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub late_after: Option<u32>,
    /// Working days after which it is cancelled as the seller's fault; default as the platform says.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub cancel_after: Option<u32>,
    /// Pieces of each product that are held back for campaigns and creators.
    pub reserved: Units,
    /// Share of accepted pieces that their customers cancel before dispatch; their stock is free again at once.
    pub customer_cancel_share: Probability,
    /// Share of shipped pieces that are refused or sent back.
    pub return_share: Probability,
    /// Days from shipment until they are back.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 365)))]
    pub return_days: u32,
    /// Share of them that can be sold again.
    pub restockable_share: Probability,
}

impl Default for DispatchSpec {
    fn default() -> Self {
        Self {
            capacity_per_day: None,
            late_after: None,
            cancel_after: None,
            reserved: Units::ZERO,
            customer_cancel_share: Probability::ZERO,
            return_share: Probability::ZERO,
            return_days: 14,
            restockable_share: Probability::ZERO,
        }
    }
}

/// Pieces given away to creators on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SampleSpec {
    /// The day.
    pub date: Date,
    /// Pieces that leave in its morning, as far as there are any that are not promised.
    pub units: Units,
}

impl Scenario {
    /// What happens to accepted orders, as stated or by default.
    #[must_use]
    pub fn dispatch(&self) -> DispatchSpec {
        self.spec().dispatch.clone().unwrap_or_default()
    }

    /// Working days after which an unshipped order is late, and is cancelled: as stated, or as the platform says.
    #[must_use]
    pub fn dispatch_limits(&self) -> [Option<u32>; 2] {
        self.spec().dispatch_limits()
    }
}

impl ScenarioSpec {
    /// As [`Scenario::dispatch_limits`].
    pub(crate) fn dispatch_limits(&self) -> [Option<u32>; 2] {
        let (own, platform) = (self.dispatch.as_ref(), self.platform.as_ref());
        [
            own.and_then(|own| own.late_after).or(platform.and_then(|rules| rules.dispatch_days)),
            own.and_then(|own| own.cancel_after).or(platform.and_then(|rules| rules.cancel_days)),
        ]
    }

    /// Every rule of dispatch and of what it begins with.
    pub(super) fn check_dispatch(&self, problems: &mut Problems) {
        if let Some(dispatch) = &self.dispatch {
            self.check_limits(dispatch, problems);
            problems.pieces("dispatch.reserved".to_owned(), dispatch.reserved);
            if let Some(capacity) = dispatch.capacity_per_day {
                problems.pieces("dispatch.capacity-per-day".to_owned(), capacity);
                if capacity == Units::ZERO {
                    problems.add_help(
                        "dispatch.capacity-per-day",
                        "`0` pieces a day: no order would ever leave".to_owned(),
                        "leave the key out if the warehouse keeps up with any burst",
                    );
                }
            }
            if !(1..=365).contains(&dispatch.return_days) {
                let problem = format!("`{}` days; a return takes from 1 to 365", dispatch.return_days);
                problems.add("dispatch.return-days", problem);
            }
            let stocked = self.product.iter().filter_map(|product| Some((&product.sku, product.opening_stock?)));
            if let Some((sku, stock)) = stocked.into_iter().find(|(_, stock)| dispatch.reserved > *stock) {
                let problem =
                    format!("`{}` is above the opening stock of product `{sku}`, `{stock}`", dispatch.reserved);
                problems.add_help("dispatch.reserved", problem, "the opening stock holds the reserved pieces as well");
            }
        }
        for (at, product) in self.product.iter().enumerate() {
            self.check_promised(product, &format!("product[{at}]"), problems);
        }
    }

    /// The limits, those of the platform filled in: an order is late before it is cancelled.
    fn check_limits(&self, dispatch: &DispatchSpec, problems: &mut Problems) {
        for (key, days) in [("late-after", dispatch.late_after), ("cancel-after", dispatch.cancel_after)] {
            if let Some(days) = days.filter(|days| *days > MOST_LIMIT) {
                problems.add(format!("dispatch.{key}"), format!("`{days}` working days; at most {MOST_LIMIT}"));
            }
        }
        if let [Some(late), Some(cancel)] = self.dispatch_limits()
            && cancel < late
        {
            let (key, problem) = match (dispatch.late_after, dispatch.cancel_after) {
                (_, Some(_)) => ("cancel-after", format!("`{cancel}` working days are before late-after, `{late}`")),
                (Some(_), None) => {
                    ("late-after", format!("`{late}` working days are after the platform's cancel-days, `{cancel}`"))
                }
                // The platform's own keys are checked with it.
                (None, None) => return,
            };
            problems.add_help(format!("dispatch.{key}"), problem, "an order is late before it is cancelled");
        }
    }

    /// A product's backlog and samples.
    fn check_promised(&self, product: &ProductSpec, path: &str, problems: &mut Problems) {
        let backlog: u64 = product.backlog.iter().fold(0, |sum, units| sum.saturating_add(units.0));
        if product.backlog.len() > MOST_BACKLOG {
            let problem = format!("{} days of acceptance; at most {MOST_BACKLOG}", product.backlog.len());
            problems.add(format!("{path}.backlog"), problem);
        } else if backlog > MOST_PIECES {
            problems.add(format!("{path}.backlog"), format!("`{backlog}` pieces in all; at most {MOST_PIECES}"));
        }
        let horizon = self.horizon_days.map_or(MAX_HORIZON, i64::from);
        for (which, sample) in product.samples.iter().enumerate() {
            let path = format!("{path}.samples[{which}]");
            let day = sample.date.days_since(self.today);
            if day < 0 {
                let problem = format!("`{}` is before today, `{}`", sample.date, self.today);
                problems.add(format!("{path}.date"), problem);
            } else if day >= horizon {
                let problem = format!("`{}` lies {day} days ahead; the horizon has {horizon}", sample.date);
                problems.add(format!("{path}.date"), problem);
            }
            problems.pieces(format!("{path}.units"), sample.units);
        }
    }
}
