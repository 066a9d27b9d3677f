//! The products of a shop, each learned with what all of them have in common: the week, how fast levels move, how wide
//! they err.
//!
//! Two rounds: each product by itself, then again with the shop behind it. It must not know bursts.

use std::collections::BTreeMap;

use super::course::Course;
use super::level::{Amplitude, LevelEvidence, ShopPrior, shop_following};
use super::product::{Evidence, fit, fit_series};
use super::records::Records;
use super::{FitError, FitOptions, FittedProduct};
use crate::history::{History, SalesSeries, Sku};

/// Products from which a shop is one.
const LEAST_PRODUCTS: usize = 3;

/// What the shop tells a product: what was learned of all of them together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShopKnowledge(ShopPrior);

impl ShopKnowledge {
    pub(super) const fn course(&self) -> &Course {
        &self.0.course
    }
}

/// Learns what the products of a shop have in common; `None` of fewer than three products.
fn shop_knowledge(history: &History, options: &FitOptions) -> Option<ShopKnowledge> {
    let evidence = each(history, |series, records| fit_series(series, records, options, None).1);
    if evidence.len() < LEAST_PRODUCTS {
        return None;
    }
    let evidence: Vec<Evidence> = evidence.into_values().collect();
    let levels: Vec<LevelEvidence> = evidence.iter().map(|product| product.level).collect();
    let (follows, variance) = shop_following(&levels);
    let multiples: Vec<(f64, f64)> = evidence.iter().flat_map(|product| product.multiples.iter().copied()).collect();
    let amplitude = Amplitude::of_shop(&multiples);
    let course = Course::of_shop(evidence.iter().map(|product| product.course));
    Some(ShopKnowledge(ShopPrior { weekday: shop_week(&evidence), follows, variance, amplitude, course }))
}

/// What was learned of one product, day by day too.
#[derive(Debug, Clone, PartialEq)]
pub struct ProductStudy {
    /// The fit.
    pub fit: FittedProduct,
    /// Ordinary demand of each day of its history, in pieces.
    pub ordinary: Vec<f64>,
    /// Demand of each day, in pieces: what was sold, and what is expected of the part of the day on which nothing could be
    /// bought, given the rest of it.
    pub demand: Vec<f64>,
}

/// Learns one product day by day, with what is known of its shop.
///
/// # Errors
/// [`FitError::UnknownSku`] if the history holds no sales of it.
pub fn study_product(
    shop: Option<&ShopKnowledge>,
    sku: &Sku,
    history: &History,
    options: &FitOptions,
) -> Result<ProductStudy, FitError> {
    let (fit, Evidence { ordinary, demand, .. }) = fit(sku, history, options, shop.map(|shop| &shop.0))?;
    Ok(ProductStudy { fit, ordinary, demand })
}

/// Learns every product of the history.
pub(super) fn fit_all(
    history: &History,
    options: &FitOptions,
) -> (BTreeMap<Sku, FittedProduct>, Option<ShopKnowledge>) {
    let shop = shop_knowledge(history, options);
    let prior = shop.as_ref().map(|shop| &shop.0);
    (each(history, |series, records| fit_series(series, records, options, prior).0), shop)
}

/// The shop's weekday factors: every product counts by its expected sales over their own mean, so that a large one does
/// not speak for all.
fn shop_week(products: &[Evidence]) -> [f64; 7] {
    let (mut units, mut expected) = ([0.0; 7], [0.0; 7]);
    for Evidence { weekday, .. } in products {
        let scale = weekday.expected.iter().sum::<f64>() / 7.0;
        if scale > 0.0 {
            for day in 0..7 {
                units[day] += weekday.units[day] / scale;
                expected[day] += weekday.expected[day] / scale;
            }
        }
    }
    let mut factors = [1.0; 7];
    for day in 0..7 {
        if expected[day] > 0.0 {
            factors[day] = units[day] / expected[day];
        }
    }
    let mean = factors.iter().sum::<f64>() / 7.0;
    if mean > 0.0 { factors.map(|factor| factor / mean) } else { [1.0; 7] }
}

/// Does something with each product of the sales, on all threads there are.
fn each<T: Send>(history: &History, of: impl Fn(&SalesSeries, &Records<'_>) -> T + Sync) -> BTreeMap<Sku, T> {
    let (records, none) = (Records::by_product(history), Records::default());
    let one = |(sku, series): (&Sku, &SalesSeries)| (sku.clone(), of(series, records.get(sku).unwrap_or(&none)));
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        let products: Vec<(&Sku, &SalesSeries)> = history.sales.iter().collect();
        products.into_par_iter().map(one).collect()
    }
    #[cfg(not(feature = "parallel"))]
    history.sales.iter().map(one).collect()
}
