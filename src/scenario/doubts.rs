//! What a scenario may say and hardly means: keys that together do nothing, or other than they seem to.

use super::{Scenario, SpecProblem};
use crate::units::{Probability, Units};

impl Scenario {
    /// Every doubt, in the order of the keys: the value, what it does, and what to write instead. A scenario with doubts
    /// is valid.
    #[must_use]
    pub fn doubts(&self) -> Vec<SpecProblem> {
        let mut doubts = self.unlimited_backlogs();
        doubts.extend(self.unused_breaks());
        doubts.extend(self.expedited_beyond_maximum());
        doubts.extend(self.empty_substitutes());
        doubts.extend(self.dead_syncs());
        doubts
    }

    /// Customers of a backlog have been promised a day; without limits none of them is ever late.
    fn unlimited_backlogs(&self) -> Vec<SpecProblem> {
        if self.dispatch_limits().iter().any(Option::is_some) {
            return Vec::new();
        }
        let owed = self.spec().product.iter().enumerate().filter(|(_, product)| !product.backlog.is_empty());
        owed.map(|(at, product)| {
            let owed: u64 = product.backlog.iter().fold(0, |sum, units| sum.saturating_add(units.0));
            let problem = format!("`{owed}` pieces are owed, and no limit says when they are late or cancelled");
            SpecProblem::new(format!("product[{at}].backlog"), problem)
                .help("write late-after and cancel-after under [dispatch], or name a [platform]")
        })
        .collect()
    }

    /// A product with a cost of its own is not bought at the breaks of `[money]`.
    fn unused_breaks(&self) -> Vec<SpecProblem> {
        let shared = self.spec().money.as_ref().is_some_and(|money| !money.price_breaks.is_empty());
        let products = self.spec().product.iter().enumerate().filter(|_| shared);
        products
            .filter_map(|(at, product)| {
                let cost = product.unit_cost.filter(|_| product.price_breaks.is_empty())?;
                let problem = format!("`{cost}` is this product's own cost: money.price-breaks do not hold for it");
                let help = "write price-breaks of its own beside it, or leave unit-cost out";
                Some(SpecProblem::new(format!("product[{at}].unit-cost"), problem).help(help))
            })
            .collect()
    }

    /// A plan B that has nothing to sell.
    fn empty_substitutes(&self) -> Vec<SpecProblem> {
        let products = self.spec().product.iter().enumerate();
        products
            .filter(|(_, product)| product.substitute.as_ref().is_some_and(|other| other.opening_stock == Units::ZERO))
            .map(|(at, _)| {
                let problem =
                    "`0` pieces of the substitute: nobody takes it, and what its ads cost is wasted".to_owned();
                SpecProblem::new(format!("product[{at}].substitute.opening-stock"), problem)
                    .help("write its stock, or leave the substitute out")
            })
            .collect()
    }

    /// A sync that never comes through.
    fn dead_syncs(&self) -> Vec<SpecProblem> {
        let channels = self.spec().storefront.iter().flat_map(|storefront| storefront.channel.iter().enumerate());
        channels
            .filter(|(_, channel)| channel.linked && channel.sync_failure == Probability::ONE)
            .map(|(at, _)| {
                let problem = "`1`: every sync fails, and the page keeps the number of each morning".to_owned();
                SpecProblem::new(format!("storefront.channel[{at}].sync-failure"), problem)
                    .help("write the share of syncs that fail, or linked = false for a listing that nobody linked")
            })
            .collect()
    }

    /// What the supplier takes in a day does not reach the emergency level.
    fn expedited_beyond_maximum(&self) -> Option<SpecProblem> {
        let ordering = &self.spec().ordering;
        let (expedite, maximum) = (ordering.expedite.as_ref()?, ordering.maximum?);
        (expedite.level > Units::ZERO && maximum < expedite.level).then(|| {
            let level = expedite.level;
            let problem = format!(
                "`{level}` is above ordering.maximum, `{maximum}`: an order of one day does not lift the stock past the \
                 emergency level, and most of what is needed may come by `{}`",
                expedite.mode
            );
            SpecProblem::new("ordering.expedite.level", problem)
                .help(format!("write a level of {maximum} or less, or raise ordering.maximum"))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::ScenarioSpec;

    fn doubts(product: &str, more: &str) -> Vec<SpecProblem> {
        let text = format!(
            r#"{{"name": "a", "title": "A", "today": "2026-10-01", "currency": "USD",
            "product": [{{"sku": "A", "opening-stock": 100, "demand": {{"per-day": 5}}{product}}},
                        {{"sku": "B", "opening-stock": 100, "demand": {{"per-day": 5}}}}],
            "event": [{{"id": "sale", "start": "2026-10-20", "demand":
              {{"kind": "parametric", "ramp-days": 1, "plateau-days": [3, 4], "peak-per-day": 40}}}}],
            "lead-time": [{{"mode": "sea", "stage": [{{"name": "all", "days": {{"kind": "fixed", "days": 20}}}}]}},
                          {{"mode": "air", "stage": [{{"name": "all", "days": {{"kind": "fixed", "days": 5}}}}]}}]{more}}}"#
        );
        let spec: ScenarioSpec = serde_json::from_str(&text).expect("a scenario");
        spec.validate().expect("a valid scenario").doubts()
    }

    #[test]
    fn each_doubt_names_its_key_and_a_remedy() {
        let backlog = r#", "backlog": [7, 5]"#;
        let breaks = r#", "money": {"price": 9, "unit-cost": 4, "price-breaks": [{"from": 50, "unit-cost": 3}]}"#;
        let expedite = |maximum: u64, level: u64| {
            let expedite = format!(r#"{{"mode": "air", "level": {level}, "quantity": 30}}"#);
            format!(r#", "ordering": {{"maximum": {maximum}, "expedite": {expedite}}}"#)
        };
        let own = r#", "unit-cost": 5"#;
        let own_breaks = r#", "unit-cost": 5, "price-breaks": [{"from": 50, "unit-cost": 4.5}]"#;
        for (product, more, path, words) in [
            (backlog, "", "product[0].backlog", "`12` pieces are owed"),
            (own, breaks, "product[0].unit-cost", "`5` is this product's own cost"),
            (
                r#", "substitute": {"sku": "C", "opening-stock": 0, "spill": 0.5}"#,
                "",
                "product[0].substitute.opening-stock",
                "`0` pieces of the substitute",
            ),
            (
                "",
                r#", "storefront": {"channel": [{"name": "shop", "sync-failure": 1.0}]}"#,
                "storefront.channel[0].sync-failure",
                "every sync fails",
            ),
            ("", &*expedite(40, 41), "ordering.expedite.level", "`41` is above ordering.maximum, `40`"),
        ] {
            let found = doubts(product, more);
            assert_eq!(found.len(), 1, "{found:?}");
            assert!(found[0].path == path && found[0].problem.contains(words) && found[0].help.is_some(), "{found:?}");
        }
        for (product, more) in [
            ("", ""),
            (backlog, r#", "dispatch": {"late-after": 2}"#),
            ("", breaks),
            (own_breaks, breaks),
            ("", &*expedite(40, 40)),
            ("", &*expedite(40, 0)),
        ] {
            assert_eq!(doubts(product, more), [], "{product} {more}");
        }
    }
}
