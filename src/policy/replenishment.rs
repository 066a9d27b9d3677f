//! The ordering rule: a pure function of what is known at the end of a day.

use serde::{Deserialize, Serialize};

use crate::units::Units;

/// What a policy may look at: today, never the future.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// Index of the day that ends.
    pub day: usize,
    /// Pieces on the shelf.
    pub on_hand: u64,
    /// Pieces ordered and not received.
    pub on_order: u64,
    /// Pieces that customers wait for.
    pub backlog: u64,
}

impl Observation {
    /// Inventory position: on hand + on order - backlog.
    #[must_use]
    pub const fn position(&self) -> i64 {
        (self.on_hand + self.on_order) as i64 - self.backlog as i64
    }
}

/// The reorder point of each day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum ReorderLevels {
    /// No reordering at all.
    Never,
    /// One number for every day.
    Constant {
        /// The reorder point.
        level: Units,
        /// Last day on which an order may still be placed; `None` for every day.
        last_order_day: Option<usize>,
    },
    /// No reordering for the events; ordinary reordering once an order would arrive after the last of them.
    AfterEvents {
        /// First day on which an order may be placed.
        from: usize,
        /// The reorder point at the end of each day.
        levels: Vec<Units>,
    },
    /// A number for each day on which may be ordered: phases, review periods, order calendars.
    ByDay {
        /// The reorder point at the end of each day; none where nothing may be ordered.
        levels: Vec<Option<Units>>,
    },
    /// A number for each day, which follows the forecast.
    Rolling {
        /// The reorder point at the end of each day.
        levels: Vec<Units>,
    },
}

impl ReorderLevels {
    /// The reorder point at the end of `day`, or `None` if nothing may be ordered.
    #[must_use]
    pub fn at(&self, day: usize) -> Option<Units> {
        match self {
            Self::Never => None,
            Self::Constant { level, last_order_day } => last_order_day.is_none_or(|last| day <= last).then_some(*level),
            Self::AfterEvents { from, levels } => levels.get(day).copied().filter(|_| day >= *from),
            Self::ByDay { levels } => levels.get(day).copied().flatten(),
            Self::Rolling { levels } => levels.get(day).copied(),
        }
    }

    /// The same levels on the evenings of a review only: every `period` days, the first on day `period` - 1.
    ///
    /// ```
    /// use stockburst::policy::ReorderLevels;
    /// use stockburst::units::Units;
    /// let weekly = ReorderLevels::Constant { level: Units(40), last_order_day: None }.reviewed(7, 30);
    /// assert_eq!([weekly.at(5), weekly.at(6), weekly.at(13)], [None, Some(Units(40)), Some(Units(40))]);
    /// ```
    #[must_use]
    pub fn reviewed(&self, period: usize, days: usize) -> Self {
        self.on(days, |day| (day + 1).is_multiple_of(period.max(1)))
    }

    /// The same levels on the days for which `open` is true only: an order calendar.
    #[must_use]
    pub fn on(&self, days: usize, open: impl Fn(usize) -> bool) -> Self {
        Self::ByDay { levels: (0..days).map(|day| self.at(day).filter(|_| open(day))).collect() }
    }
}

/// How much is ordered once the position is at or below the reorder point s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OrderSize {
    /// (s,Q): one lot of Q a day at most.
    Lot {
        /// Q.
        quantity: Units,
    },
    /// (s,nQ): the fewest lots of Q that lift the position above s.
    Lots {
        /// Q.
        quantity: Units,
    },
    /// (s,S): up to S = s + `above`.
    UpTo {
        /// S - s.
        above: Units,
    },
}

/// A supplier's limits on the size of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLimits {
    /// Least pieces an order.
    pub minimum: Units,
    /// Pieces of an order come in multiples of this; at least 1.
    pub multiple: Units,
    /// Most pieces that the supplier takes on in a day; what is missing is ordered on the days after.
    pub maximum: Units,
}

impl OrderLimits {
    /// No minimum, any number of pieces.
    pub const NONE: Self = Self { minimum: Units::ZERO, multiple: Units(1), maximum: Units(u64::MAX) };

    /// The smallest order of at least `wanted` pieces that the supplier accepts, or the largest if that is less; nothing
    /// stays nothing.
    ///
    /// ```
    /// use stockburst::policy::OrderLimits;
    /// use stockburst::units::Units;
    /// let limits = OrderLimits { minimum: Units(200), multiple: Units(48), maximum: Units(500) };
    /// assert_eq!(limits.fit(Units(50)), Units(240));
    /// assert_eq!(limits.fit(Units(900)), Units(480));
    /// assert_eq!(limits.fit(Units(0)), Units(0));
    /// ```
    #[must_use]
    pub fn fit(&self, wanted: Units) -> Units {
        if wanted == Units::ZERO {
            return Units::ZERO;
        }
        let multiple = self.multiple.0.max(1);
        let fitted = wanted.0.max(self.minimum.0).div_ceil(multiple).saturating_mul(multiple);
        Units(fitted.min(self.largest().0))
    }

    /// The largest order that the supplier accepts in a day: whole multiples within the most pieces.
    #[must_use]
    pub fn largest(&self) -> Units {
        let multiple = self.multiple.0.max(1);
        Units(self.maximum.0 / multiple * multiple)
    }
}

/// When and how much to reorder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replenishment {
    /// The reorder points.
    pub levels: ReorderLevels,
    /// The order size.
    pub size: OrderSize,
    /// The supplier's limits.
    pub limits: OrderLimits,
}

impl Replenishment {
    /// The order-up-to level S of `day`; `None` where nothing is ordered up to a level.
    #[must_use]
    pub fn order_up_to(&self, day: usize) -> Option<Units> {
        match self.size {
            OrderSize::UpTo { above } => self.levels.at(day).map(|level| Units(level.0 + above.0)),
            OrderSize::Lot { .. } | OrderSize::Lots { .. } => None,
        }
    }

    /// The order to place now; no pieces if the position is above the reorder point.
    ///
    /// The trigger is position <= s (some systems use <; the difference is one piece).
    #[must_use]
    pub fn order(&self, seen: &Observation) -> Units {
        let Some(level) = self.levels.at(seen.day) else { return Units::ZERO };
        let short = level.0 as i64 - seen.position();
        if short < 0 {
            return Units::ZERO;
        }
        let short = short as u64;
        let wanted = match self.size {
            OrderSize::Lot { quantity } => quantity,
            // Above s, not up to s: one piece more than is missing.
            OrderSize::Lots { quantity } => Units((short + 1).div_ceil(quantity.0.max(1)) * quantity.0),
            OrderSize::UpTo { above } => Units(short + above.0),
        };
        self.limits.fit(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(on_hand: u64, on_order: u64) -> Observation {
        Observation { day: 0, on_hand, on_order, backlog: 0 }
    }

    fn rule(size: OrderSize) -> Replenishment {
        Replenishment {
            levels: ReorderLevels::Constant { level: Units(100), last_order_day: None },
            size,
            limits: OrderLimits::NONE,
        }
    }

    #[test]
    fn the_position_triggers_not_the_shelf() {
        let rule = rule(OrderSize::Lot { quantity: Units(30) });
        assert_eq!(rule.order(&seen(0, 101)), Units(0));
        assert_eq!(rule.order(&seen(0, 100)), Units(30));
        assert_eq!(rule.order(&Observation { day: 0, on_hand: 90, on_order: 20, backlog: 15 }), Units(30));
    }

    #[test]
    fn lots_lift_the_position_above_the_level() {
        let rule = rule(OrderSize::Lots { quantity: Units(30) });
        assert_eq!(rule.order(&seen(100, 0)), Units(30));
        assert_eq!(rule.order(&seen(70, 0)), Units(60));
        assert_eq!(rule.order(&seen(0, 0)), Units(120));
    }

    #[test]
    fn up_to_reaches_the_order_up_to_level() {
        let rule = rule(OrderSize::UpTo { above: Units(50) });
        assert_eq!(rule.order(&seen(80, 0)), Units(70));
    }

    #[test]
    fn a_constant_rule_stops_after_its_last_day() {
        let levels = ReorderLevels::Constant { level: Units(5), last_order_day: Some(3) };
        assert_eq!((levels.at(3), levels.at(4)), (Some(Units(5)), None));
    }
}
