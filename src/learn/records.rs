//! Ads and promotions by product, so that a shop of a thousand products reads its tables once.

use std::collections::BTreeMap;

use crate::history::{AdSpend, History, Promotion, Sku};

/// What the tables beside the sales hold of one product, in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Records<'a> {
    pub(super) ads: Vec<&'a AdSpend>,
    pub(super) promotions: Vec<&'a Promotion>,
}

impl<'a> Records<'a> {
    /// Those of one product.
    pub(super) fn of(sku: &Sku, history: &'a History) -> Self {
        Self {
            ads: history.ads.iter().filter(|ad| ad.sku.as_ref() == Some(sku)).collect(),
            promotions: history.promotions.iter().filter(|promotion| promotion.sku == *sku).collect(),
        }
    }

    /// Those of every product that has any.
    pub(super) fn by_product(history: &'a History) -> BTreeMap<&'a Sku, Self> {
        let mut records: BTreeMap<&Sku, Self> = BTreeMap::new();
        for ad in &history.ads {
            if let Some(sku) = &ad.sku {
                records.entry(sku).or_default().ads.push(ad);
            }
        }
        for promotion in &history.promotions {
            records.entry(&promotion.sku).or_default().promotions.push(promotion);
        }
        records
    }
}
