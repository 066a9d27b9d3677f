//! What is learned of a whole shop: each product by itself, and what only all of them together tell.

use std::collections::BTreeMap;

use super::analogue::{Profile, nearest};
use super::course::Course;
use super::pooled::{ShopKnowledge, fit_all};
use super::response::{Response, typical_spend};
use super::{FitOptions, FittedProduct, PastBurst, Pool};
use crate::history::{History, Sku};

/// What was learned of every product of a shop.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Learned {
    /// Each product of the sales.
    fits: BTreeMap<Sku, FittedProduct>,
    /// How bursts answer to planned spend.
    pub response: Response,
    /// What is known of each product beside its sales. A caller that knows categories fills them in.
    pub profiles: BTreeMap<Sku, Profile>,
    /// What ordinary demand of the products has in common; none of fewer than three products.
    pub knowledge: Option<ShopKnowledge>,
    /// The pool, where every burst is planned.
    planned_pool: Option<Pool>,
}

impl Learned {
    /// Each product of the sales: together they tell how wide bursts scatter.
    #[must_use]
    pub const fn fits(&self) -> &BTreeMap<Sku, FittedProduct> {
        &self.fits
    }

    /// The past bursts of a product; none of an unknown one.
    #[must_use]
    pub fn bursts_of(&self, sku: &Sku) -> &[PastBurst] {
        self.fits.get(sku).map_or(&[], |fit| &fit.bursts)
    }

    /// Every past burst of the shop, product by product.
    pub fn bursts(&self) -> impl Iterator<Item = &PastBurst> {
        self.fits.values().flat_map(|fit| &fit.bursts)
    }

    /// Days that planned bursts of the shop last after their promotions: the median.
    #[must_use]
    pub fn typical_tail(&self) -> usize {
        let mut tails: Vec<usize> = self.bursts().filter(|burst| burst.planned).map(|burst| burst.tail).collect();
        tails.sort_unstable();
        tails.get(tails.len() / 2).copied().unwrap_or(0)
    }

    /// How the days of the shop's planned bursts compare.
    pub(super) fn course(&self) -> &Course {
        self.knowledge.as_ref().map_or(&Course::FLAT, ShopKnowledge::course)
    }

    /// What the products' bursts have in common for an event of so many plateau days. Where promotions are known, bursts that
    /// counts found at other products are of another kind: planned ones alone tell what the next planned one brings.
    #[must_use]
    pub fn pool(&self, days: f64) -> Pool {
        self.planned_pool.map_or_else(|| Pool::of(self.each_product(), days), |pool| Pool { days, ..pool })
    }

    fn each_product(&self) -> impl Iterator<Item = &[PastBurst]> {
        self.fits.values().map(|fit| fit.bursts.as_slice())
    }

    /// Takes in products that were learned anew, from days that the others have not seen.
    pub fn update(&mut self, fits: impl IntoIterator<Item = (Sku, FittedProduct)>) {
        for (sku, mut fit) in fits {
            explain(&self.response, &mut fit);
            self.fits.insert(sku, fit);
        }
        self.planned_pool = self.pool_of_planned();
    }

    /// The pool of planned bursts, where there are any: they are the same multiple over any length.
    fn pool_of_planned(&self) -> Option<Pool> {
        let planned = |bursts: &&[PastBurst]| bursts.iter().any(|burst| burst.planned);
        self.bursts().any(|burst| burst.planned).then(|| Pool::of(self.each_product().filter(planned), 1.0))
    }

    /// The five products with bursts that are nearest to a profile, with their weights; none if nothing is known of it.
    #[must_use]
    pub fn like(&self, profile: &Profile) -> Vec<(&Sku, f64)> {
        nearest(profile, self.profiles.iter().filter(|(sku, _)| !self.bursts_of(sku).is_empty()))
    }
}

/// Learns every product of the history, and what they have in common.
///
/// Whatever stands in the sales can be learned from; what is odd becomes a caveat.
#[must_use]
pub fn learn_shop(history: &History, options: &FitOptions) -> Learned {
    let (mut fits, knowledge) = fit_all(history, options);
    let slices: Vec<&[PastBurst]> = fits.values().map(|fit| fit.bursts.as_slice()).collect();
    let response = Response::of(&slices);
    for fit in fits.values_mut() {
        explain(&response, fit);
    }
    let mut profiles: BTreeMap<Sku, Profile> =
        fits.iter().map(|(sku, fit)| (sku.clone(), profile(sku, fit, history))).collect();
    for (sku, category) in &options.categories {
        profiles.entry(Sku(sku.clone())).or_default().category = Some(category.clone());
    }
    let mut learned = Learned { fits, response, profiles, knowledge, planned_pool: None };
    learned.planned_pool = learned.pool_of_planned();
    learned
}

/// Holds the bursts of a product against what they were to spend.
fn explain(response: &Response, fit: &mut FittedProduct) {
    let Some(typical) = typical_spend(&fit.bursts) else { return };
    for burst in &mut fit.bursts {
        let productivity = response.productivity(burst, typical);
        burst.detail.spend_factor = productivity.map(|_| response.factor(&burst.detail.spend_by_day, typical));
        burst.detail.productivity = productivity;
    }
}

fn profile(sku: &Sku, fit: &FittedProduct, history: &History) -> Profile {
    let prices = history.sales.get(sku).into_iter().flat_map(|series| &series.days).filter_map(|day| day.price);
    let mut prices: Vec<f64> = prices.collect();
    prices.sort_by(f64::total_cmp);
    Profile {
        category: None,
        price: prices.get(prices.len() / 2).copied(),
        spend: typical_spend(&fit.bursts),
        host: fit.bursts.iter().rev().find_map(|burst| burst.detail.host.clone()),
    }
}
