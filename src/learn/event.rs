//! From what was learned of a shop to the burst of one planned event: the only way that leads there.
//!
//! `run` asks it for the events of a scenario, a backtest for the events of the past, so that a promise that is tested is
//! the promise that is made. It must not know stock, candidates, or what the burst is wanted for.

use std::collections::BTreeMap;

use super::response::spend_scale;
use super::shop::fit_all;
use super::{FitError, FitOptions, FittedProduct, PastBurst, Pool};
use crate::history::{History, Sku};
use crate::process::{BurstProcess, BurstShape, DayNoise, Uplift};

/// Size k of the day noise around a burst's own means (methods, section 3.9).
const BURST_NOISE: f64 = 30.0;
/// Probability cut off either tail of the amplitude (methods, section 3.8): the exponential of an untruncated Student-t
/// has no mean.
const TAIL_CUT: f64 = 0.001;

/// How an event's burst is made from the library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BurstLaw {
    /// The product's own past bursts again, size and shape together, each as likely.
    Replay,
    /// The amplitude by a Student-t over all products, shapes of the product's own bursts.
    Hier,
}

/// An event of one product as it is planned, before anything of it has happened.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct PlannedEvent<'a> {
    /// Days from the first to the last.
    pub days: usize,
    /// Ordinary demand of these days in pieces.
    pub ordinary: f64,
    /// Planned ad spend by day, in the reporting currency; none where it is not known.
    pub spend: Option<&'a [f64]>,
    /// Host or creator, where one is named.
    pub host: Option<&'a str>,
    /// Campaign, where one is named.
    pub campaign: Option<&'a str>,
}

/// What a reader must know of a burst that was made from the library.
#[derive(Debug, Clone, PartialEq)]
pub enum EventNote {
    /// The product has no burst of its own: those of the other products stand in.
    Borrowed,
    /// The planned spend lies far above anything in the library.
    SpendBeyondHistory {
        /// Planned spend a day.
        planned: f64,
        /// Largest spend a day in the library.
        largest: f64,
    },
}

/// Nobody has a burst to learn from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no past burst of product `{sku}` is known")]
pub struct NoBursts {
    /// The product.
    pub sku: String,
}

/// What was learned of every product of a shop.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// Each product of the sales: together they tell how wide bursts scatter.
    pub fits: BTreeMap<Sku, FittedProduct>,
}

impl Learned {
    /// The past bursts of a product; none of an unknown one.
    #[must_use]
    pub fn bursts_of(&self, sku: &Sku) -> &[PastBurst] {
        self.fits.get(sku).map_or(&[], |fit| &fit.bursts)
    }

    /// Every past burst of the shop, product by product.
    pub fn bursts(&self) -> impl Iterator<Item = &PastBurst> {
        self.fits.values().flat_map(|fit| &fit.bursts)
    }

    /// What the products' bursts have in common for an event of `days` days.
    #[must_use]
    pub fn pool(&self, days: usize) -> Pool {
        Pool::of(self.fits.values().map(|fit| fit.bursts.as_slice()), days)
    }
}

/// Learns every product of the history.
///
/// # Errors
/// [`FitError`] as [`fit_product`](super::fit_product) has it; a product that stands in the sales has none.
pub fn learn_shop(history: &History, options: &FitOptions) -> Result<Learned, FitError> {
    Ok(Learned { fits: fit_all(history, options)? })
}

/// The burst of one planned event of one product, and what a reader must know of it.
///
/// # Errors
/// [`NoBursts`] if there is nothing to learn from: no burst of its own for [`BurstLaw::Replay`], none of anybody for
/// [`BurstLaw::Hier`].
pub fn event_burst(
    law: BurstLaw,
    sku: &Sku,
    event: &PlannedEvent<'_>,
    learned: &Learned,
) -> Result<(BurstProcess, Vec<EventNote>), NoBursts> {
    let own = learned.bursts_of(sku);
    let no_bursts = || NoBursts { sku: sku.0.clone() };
    let mut notes = Vec::new();
    let noise = DayNoise::NegativeBinomial { size: BURST_NOISE };
    let PlannedEvent { days, ordinary, spend, .. } = *event;
    let burst = match law {
        BurstLaw::Replay => {
            if own.is_empty() {
                return Err(no_bursts());
            }
            let scale = spend_scale(spend, own, &mut notes);
            let total = |burst: &PastBurst| (burst.multiple_over(days) - 1.0) * ordinary * scale;
            let mut ascending: Vec<&PastBurst> = own.iter().collect();
            ascending.sort_by(|a, b| total(a).total_cmp(&total(b)));
            BurstProcess {
                uplift: Uplift::Replay { totals: ascending.iter().map(|burst| total(burst)).collect() },
                shapes: ascending.iter().map(|burst| burst.shape_over(days)).collect(),
                masses: vec![1.0; own.len()],
                noise,
                follows_level: true,
            }
        }
        BurstLaw::Hier => {
            let fit = learned.pool(days).predict(own).ok_or_else(no_bursts)?;
            let shapes: Vec<BurstShape> = if own.is_empty() {
                notes.push(EventNote::Borrowed);
                learned.bursts().map(|burst| burst.shape_over(days)).collect()
            } else {
                own.iter().map(|burst| burst.shape_over(days)).collect()
            };
            let scale = spend_scale(spend, own, &mut notes);
            let masses = vec![1.0; shapes.len()];
            let uplift = Uplift::Hierarchical {
                ordinary: ordinary * scale,
                location: fit.location,
                scale: fit.scale,
                freedom: fit.freedom,
                cut: TAIL_CUT,
            };
            BurstProcess { uplift, shapes, masses, noise, follows_level: true }
        }
    };
    Ok((burst, notes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::{SalesDay, SalesSeries};
    use crate::units::Units;

    /// Two bursts of A on a flat baseline of 20 a day, none of B.
    fn shop() -> Learned {
        let day = |units| SalesDay {
            units: Units(units),
            largest_line: None,
            in_stock_share: None,
            price: None,
            promotion: None,
        };
        let mut a = vec![day(20); 200];
        for (start, peak) in [(80, 100), (150, 220)] {
            for (offset, units) in [70, peak, peak, 70].into_iter().enumerate() {
                a[start + offset] = day(units);
            }
        }
        let series = |days| SalesSeries { first_day: "2026-01-05".parse().expect("a date"), days };
        let sales = [(Sku("A".into()), series(a)), (Sku("B".into()), series(vec![day(30); 200]))].into();
        learn_shop(&History { sales, ..History::default() }, &FitOptions::default()).expect("a shop")
    }

    #[test]
    fn replay_carries_each_burst_over_in_ascending_order() {
        let learned = shop();
        let event = PlannedEvent { days: 4, ordinary: 200.0, ..PlannedEvent::default() };
        let (burst, notes) = event_burst(BurstLaw::Replay, &Sku("A".into()), &event, &learned).expect("bursts");
        let Uplift::Replay { totals } = &burst.uplift else { panic!("{:?}", burst.uplift) };
        // 260 and 500 pieces over 80 ordinary ones; here ordinary demand is 200.
        assert!((totals[0] - 3.25 * 200.0).abs() < 1e-6 && (totals[1] - 6.25 * 200.0).abs() < 1e-6, "{totals:?}");
        assert!(notes.is_empty());
        assert_eq!(
            event_burst(BurstLaw::Replay, &Sku("B".into()), &event, &learned),
            Err(NoBursts { sku: "B".into() })
        );
    }

    #[test]
    fn a_product_without_bursts_borrows_and_a_shop_without_has_none() {
        let learned = shop();
        let event = PlannedEvent { days: 4, ordinary: 200.0, ..PlannedEvent::default() };
        let (burst, notes) = event_burst(BurstLaw::Hier, &Sku("B".into()), &event, &learned).expect("those of A");
        assert_eq!((burst.shapes.len(), notes), (2, vec![EventNote::Borrowed]));
        assert!(event_burst(BurstLaw::Hier, &Sku("B".into()), &event, &Learned::default()).is_err());
    }
}
