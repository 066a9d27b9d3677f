//! A4: spend that has no effect must not seem to have one.

use stockburst::synth::SynthSpec;

use crate::figures::mean;
use crate::shops::{each_seed, learned, made};

/// Shops, and products of each.
const SHOPS: u64 = 400;
const PRODUCTS: u32 = 6;

#[test]
#[cfg_attr(debug_assertions, ignore = "slow: run with --release")]
fn a4_spend_without_effect_has_no_elasticity() {
    let estimates = each_seed(SHOPS, |seed| {
        let shop = made(&SynthSpec { products: PRODUCTS, seed, ..SynthSpec::placebo() });
        let estimate = learned(&shop).response.estimate.expect("events enough to estimate from");
        (estimate.elasticity, estimate.error)
    });
    let mean = mean(&estimates.iter().map(|(elasticity, _)| *elasticity).collect::<Vec<_>>());
    let covers = estimates.iter().filter(|(elasticity, error)| elasticity.abs() <= 1.96 * error).count();
    let share = covers as f64 / SHOPS as f64;
    println!("A4 n {SHOPS} mean elasticity {mean:+.4} intervals with 0 {share:.4}");
    assert!(mean.abs() <= 0.05, "{mean}");
    assert!((share - 0.95).abs() <= 0.03, "{share}");
}
