//! The supplier's terms: how much an order may be, when one may be placed, and what is expedited.

use serde::{Deserialize, Serialize};

use super::validate::{MOST_PIECES, Problems};
use super::{ScenarioSpec, WeekdayName};
use crate::calendar::Date;
use crate::policy::ExpediteSize;
use crate::units::{Probability, Units};

/// Most days from one review to the next.
const MOST_REVIEW: u32 = 365;

/// Supplier's limits and deadlines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct OrderingSpec {
    /// Least pieces an order.
    pub minimum: Units,
    /// Pieces of an order come in multiples of this.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 1_000_000)))]
    pub multiple: u64,
    /// Most pieces that the supplier takes in a day; what the pre-stock order needs beyond them is ordered on the days
    /// after. Default any number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<Units>,
    /// Days from one look at the reorder point to the next, the first today; 1 is every evening.
    #[cfg_attr(feature = "ingest", schemars(range(min = 1, max = 365)))]
    #[serde(skip_serializing_if = "is_daily")]
    pub review_days: u32,
    /// Weekdays on which the supplier takes orders, such as `["mon", "thu"]`; default every day. An order that is wanted
    /// on another day goes out on the next of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub order_weekdays: Vec<WeekdayName>,
    /// Orders by a faster mode when little is left and little is due; default none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expedite: Option<ExpediteSpec>,
    /// Days before the event's first day on which the goods should be on the shelf.
    #[cfg_attr(feature = "ingest", schemars(range(min = 0, max = 60)))]
    pub ready_days: u32,
    /// Probability of being on the shelf in time that the latest order date promises.
    pub on_time: Probability,
}

// The signature that serde asks for.
#[expect(clippy::trivially_copy_pass_by_ref)]
const fn is_daily(review_days: &u32) -> bool {
    *review_days == 1
}

impl Default for OrderingSpec {
    fn default() -> Self {
        Self {
            minimum: Units::ZERO,
            multiple: 1,
            maximum: None,
            review_days: 1,
            order_weekdays: Vec::new(),
            expedite: None,
            ready_days: 1,
            on_time: Probability::try_new(0.95).unwrap_or(Probability::ONE),
        }
    }
}

/// A second, faster supply: ordered in the evening once the stock on hand, less customers who wait, together with what
/// is expected within the faster mode's mean lead time, is at or below a level. Plans that order by this mode anyway, or
/// by one that is not slower, do without.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ingest", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ExpediteSpec {
    /// The faster lead-time mode; its `unit-cost` is the price of the hurry.
    pub mode: String,
    /// The emergency level in pieces.
    pub level: Units,
    /// Pieces of an expedited order; the supplier's minimum and multiple do not hold for it. Either this or `up-to`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Units>,
    /// Level up to which is ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Units>,
}

impl ExpediteSpec {
    /// How much is ordered.
    #[must_use]
    pub fn size(&self) -> ExpediteSize {
        match self.up_to {
            Some(level) => ExpediteSize::UpTo { level },
            None => ExpediteSize::Quantity { units: self.quantity.unwrap_or_default() },
        }
    }
}

impl OrderingSpec {
    /// Whether the supplier takes orders on `date`.
    #[must_use]
    pub fn takes_orders(&self, date: Date) -> bool {
        self.order_weekdays.is_empty() || self.order_weekdays.iter().any(|day| *day as usize == date.weekday().index())
    }

    /// The first day from `today` on on which the supplier takes orders.
    #[must_use]
    pub fn first_order_day(&self, today: Date) -> Date {
        (0..7).map(|days| today.plus_days(days)).find(|date| self.takes_orders(*date)).unwrap_or(today)
    }
}

impl ScenarioSpec {
    /// Every rule of the supplier's terms.
    pub(super) fn check_ordering(&self, problems: &mut Problems) {
        let ordering = &self.ordering;
        problems.pieces("ordering.minimum".to_owned(), ordering.minimum);
        if ordering.multiple == 0 || ordering.multiple > MOST_PIECES {
            let problem = format!("`{}`; orders come in multiples of 1 to {MOST_PIECES} pieces", ordering.multiple);
            problems.add("ordering.multiple", problem);
        }
        if let Some(maximum) = ordering.maximum {
            problems.pieces("ordering.maximum".to_owned(), maximum);
            let multiple = ordering.multiple.max(1);
            let least = ordering.minimum.0.max(1).div_ceil(multiple).saturating_mul(multiple);
            if maximum.0 < least {
                let problem = format!("`{maximum}` pieces a day; the smallest order has {least}");
                problems.add_help("ordering.maximum", problem, "it follows from minimum and multiple");
            }
        }
        if !(1..=MOST_REVIEW).contains(&ordering.review_days) {
            let problem = format!("`{}` days; a review comes every 1 to {MOST_REVIEW} days", ordering.review_days);
            problems.add("ordering.review-days", problem);
        } else if ordering.review_days > 1 && !ordering.order_weekdays.is_empty() {
            problems.add_help(
                "ordering.review-days",
                format!("`{}`: order-weekdays say already on which days may be ordered", ordering.review_days),
                "leave one of the two out; a weekly review is one weekday",
            );
        }
        for (at, day) in ordering.order_weekdays.iter().enumerate() {
            if ordering.order_weekdays[..at].contains(day) {
                problems.add(format!("ordering.order-weekdays[{at}]"), "stands there twice".to_owned());
            }
        }
        if let Some(expedite) = &ordering.expedite {
            self.check_expedite(expedite, problems);
        }
    }

    fn check_expedite(&self, expedite: &ExpediteSpec, problems: &mut Problems) {
        let path = "ordering.expedite";
        let modes: Vec<&str> = self.lead_time.iter().map(|mode| mode.mode.as_str()).collect();
        if !modes.contains(&expedite.mode.as_str()) {
            let problem = format!("`{}` is not a lead-time mode of this scenario", expedite.mode);
            problems.add_help(format!("{path}.mode"), problem, format!("modes: {}", modes.join(", ")));
        }
        problems.pieces(format!("{path}.level"), expedite.level);
        match (expedite.quantity, expedite.up_to) {
            (Some(_), Some(_)) => {
                problems.add_help(
                    format!("{path}.up-to"),
                    "quantity and up-to both say how much is ordered".to_owned(),
                    "leave one of them out",
                );
            }
            (None, None) => {
                problems.add_help(
                    path,
                    "nothing says how much is ordered".to_owned(),
                    "write quantity = ... or up-to = ...",
                );
            }
            (Some(quantity), None) => {
                problems.pieces(format!("{path}.quantity"), quantity);
                if quantity == Units::ZERO {
                    problems.add(format!("{path}.quantity"), "`0` pieces are no order".to_owned());
                }
            }
            (None, Some(level)) => {
                problems.pieces(format!("{path}.up-to"), level);
                if level <= expedite.level {
                    let problem = format!("`{level}` must be above level, `{}`", expedite.level);
                    problems.add(format!("{path}.up-to"), problem);
                }
            }
        }
    }
}
