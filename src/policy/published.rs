//! What a sales channel is told to show: the published quantity as a function of available stock.

use serde::{Deserialize, Serialize};

use crate::units::{Probability, Units};

/// Parts of a whole share; shares of a rule are held to six decimals, so that 80 % of 985 is 788 and not 787.
const WHOLE: i64 = 1_000_000;

/// How much of the available stock a channel shows.
///
/// ```text
/// published = 0                                               if available <= threshold
///           = max(0, floor(available x share) - reserve)      otherwise
/// ```
///
/// Share and threshold as in the sync rules of listing tools (AfterShip Feed, Ecomsend); a fixed reserve beside them.
///
/// ```
/// use stockburst::policy::PublishRule;
/// use stockburst::units::{Probability, Units};
/// let rule = PublishRule::new(Units(12), Probability::try_new(0.8).unwrap(), Units(3));
/// assert_eq!((rule.quantity(985), rule.quantity(12), rule.quantity(-4)), (785, 0, 0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishRule {
    threshold: i64,
    parts: i64,
    reserve: i64,
}

impl PublishRule {
    /// Shows all that is available.
    pub const ALL: Self = Self { threshold: 0, parts: WHOLE, reserve: 0 };

    /// The rule that shows nothing at or below `threshold` pieces, else `share` of the available stock (six decimals)
    /// less `reserve` pieces.
    #[must_use]
    pub fn new(threshold: Units, share: Probability, reserve: Units) -> Self {
        // A million millions of pieces is above every stock and leaves room for the sums below.
        let pieces = |units: Units| units.0.min(WHOLE as u64 * WHOLE as u64) as i64;
        Self {
            threshold: pieces(threshold),
            parts: (share.get() * WHOLE as f64).round() as i64,
            reserve: pieces(reserve),
        }
    }

    /// Whether all but the reserve is shown.
    #[must_use]
    pub const fn shows_whole_share(&self) -> bool {
        self.parts == WHOLE
    }

    /// The share shown, in millionths.
    #[must_use]
    pub const fn millionths(&self) -> i64 {
        self.parts
    }

    /// Pieces at or below which nothing is shown.
    #[must_use]
    pub const fn threshold(&self) -> i64 {
        self.threshold
    }

    /// Pieces that are never shown.
    #[must_use]
    pub const fn reserve(&self) -> i64 {
        self.reserve
    }

    /// The published quantity in pieces; `available` may be negative after an oversell.
    #[must_use]
    pub const fn quantity(&self, available: i64) -> i64 {
        if available <= self.threshold || available <= 0 {
            return 0;
        }
        let shared = if self.parts == WHOLE {
            available
        } else {
            available / WHOLE * self.parts + available % WHOLE * self.parts / WHOLE
        };
        if shared > self.reserve { shared - self.reserve } else { 0 }
    }

    /// The least available stock for which at least `quantity` pieces (1 or more) are published; `None` if no stock
    /// suffices.
    #[must_use]
    pub fn least_available(&self, quantity: i64) -> Option<i64> {
        if self.parts == 0 {
            return None;
        }
        if self.parts == WHOLE {
            let least = quantity.max(1).saturating_add(self.reserve);
            return Some(if least > self.threshold { least } else { self.threshold.saturating_add(1) });
        }
        let whole = i128::from(quantity.max(1)) + i128::from(self.reserve);
        let parts = i128::from(self.parts);
        let least = (whole * i128::from(WHOLE) + parts - 1) / parts;
        Some(i64::try_from(least).unwrap_or(i64::MAX).max(self.threshold.saturating_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rule(threshold: u64, share: f64, reserve: u64) -> PublishRule {
        PublishRule::new(Units(threshold), Probability::try_new(share).expect("a share"), Units(reserve))
    }

    /// A product of binary fractions would lose a piece here: 100 x 0.29 = 28.999999999999996.
    #[test]
    fn shares_are_decimal() {
        assert_eq!(rule(0, 0.29, 0).quantity(100), 29);
        assert_eq!(rule(0, 0.8, 0).quantity(985), 788);
        assert_eq!(rule(0, 0.5, 30).quantity(59), 0);
    }

    proptest! {
        #[test]
        fn never_more_than_there_is_and_never_less_from_more(
            threshold in 0_u64..50, share in 0.0..=1.0_f64, reserve in 0_u64..50, available in -20_i64..3_000_000,
        ) {
            let rule = rule(threshold, share, reserve);
            let shown = rule.quantity(available);
            prop_assert!(shown >= 0 && shown <= available.max(0));
            prop_assert!(rule.quantity(available + 1) >= shown);
        }

        #[test]
        fn the_least_available_stock_is_the_least(
            threshold in 0_u64..50, share in 0.01..=1.0_f64, reserve in 0_u64..50, quantity in 1_i64..500,
        ) {
            let rule = rule(threshold, share, reserve);
            let least = rule.least_available(quantity).expect("some stock suffices");
            prop_assert!(rule.quantity(least) >= quantity);
            prop_assert!(rule.quantity(least - 1) < quantity);
        }
    }
}
