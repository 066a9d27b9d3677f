//! Which products are like one that has no burst of its own.
//!
//! By what a shop knows of a product before it sells: category, price, the ad money behind it, who shows it. It must not
//! know amplitudes: it only says who is near.

use crate::history::Sku;

/// Products that are asked.
const NEAREST: usize = 5;
/// Price and spend that differ by this factor are as far apart as two categories.
const FAR: f64 = 2.0;

/// What is known of a product without any sales.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Category, where `[learn] categories` states one.
    pub category: Option<String>,
    /// Price in money.
    pub price: Option<f64>,
    /// Ad spend a day of its bursts in money.
    pub spend: Option<f64>,
    /// Host or creator of its bursts.
    pub host: Option<String>,
}

impl Profile {
    /// Squared distance to another: 1 for a different category or host and for each factor of 2 (squared) in price and
    /// spend. What is not known of the other counts as different; `None` if nothing is known of this one.
    #[must_use]
    pub fn distance_squared(&self, other: &Self) -> Option<f64> {
        let name = |own: &Option<String>, other: &Option<String>| {
            own.as_ref().map(|own| if other.as_ref() == Some(own) { 0.0 } else { 1.0 })
        };
        let amount = |own: Option<f64>, other: Option<f64>| {
            let positive = |value: &f64| *value > 0.0 && value.is_finite();
            own.filter(positive).map(|own| {
                other.filter(positive).map_or(1.0, |other| (libm::log(own / other) / libm::log(FAR)).powi(2))
            })
        };
        let parts = [
            name(&self.category, &other.category),
            amount(self.price, other.price),
            amount(self.spend, other.spend),
            name(&self.host, &other.host),
        ];
        parts.iter().flatten().copied().reduce(|a, b| a + b)
    }
}

/// The five products nearest to `profile` with their weights 1 / (1 + d²), the nearest first; none if nothing is known of
/// it.
#[must_use]
pub(super) fn nearest<'a>(
    profile: &Profile,
    others: impl Iterator<Item = (&'a Sku, &'a Profile)>,
) -> Vec<(&'a Sku, f64)> {
    let mut near: Vec<(&Sku, f64)> =
        others.filter_map(|(sku, other)| Some((sku, 1.0 / (1.0 + profile.distance_squared(other)?)))).collect();
    // Equal ones in the order of their names.
    near.sort_by(|a, b| b.1.total_cmp(&a.1));
    near.truncate(NEAREST);
    near
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn profile(price: f64, host: &str) -> Profile {
        Profile { price: Some(price), host: Some(host.to_owned()), ..Profile::default() }
    }

    #[test]
    fn the_nearest_come_first_with_the_published_weights() {
        let others: BTreeMap<Sku, Profile> = [10.0, 20.0, 40.0, 80.0, 160.0, 320.0, 5.0]
            .iter()
            .enumerate()
            .map(|(at, price)| (Sku(format!("P{at}")), profile(*price, "ann")))
            .collect();
        let near = nearest(&profile(20.0, "ann"), others.iter());
        let names: Vec<&str> = near.iter().map(|(sku, _)| sku.0.as_str()).collect();
        assert_eq!(names, ["P1", "P0", "P2", "P3", "P6"]);
        let weights: Vec<f64> = near.iter().map(|(_, weight)| *weight).collect();
        for (weight, expected) in weights.iter().zip([1.0, 0.5, 0.5, 0.2, 0.2]) {
            assert!((weight - expected).abs() < 1e-12, "{weights:?}");
        }
        assert!((nearest(&profile(20.0, "bob"), others.iter())[0].1 - 0.5).abs() < 1e-12);
    }

    #[test]
    fn nothing_known_is_near_nobody() {
        let others: BTreeMap<Sku, Profile> = [(Sku("A".into()), profile(10.0, "ann"))].into();
        assert!(nearest(&Profile::default(), others.iter()).is_empty());
        let odd = Profile { price: Some(0.0), spend: Some(f64::NAN), ..Profile::default() };
        assert!(nearest(&odd, others.iter()).is_empty());
        assert!(nearest(&profile(1.0, "ann"), BTreeMap::new().iter()).is_empty());
    }
}
