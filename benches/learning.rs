//! Time to learn a shop of 1,000 products: a trial shop of two years with ads, promotions and empty shelves.
//!
//! `cargo bench --bench learning -- [--products N]` prints one JSON object; the least of three rounds counts.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench measures and prints")]

use std::time::Instant;

use serde_json::json;
use stockburst::learn::{FitOptions, learn_shop};
use stockburst::synth::{SynthSpec, shop};

const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let asked = arguments.iter().position(|word| word == "--products").and_then(|at| arguments.get(at + 1));
    let products = asked.and_then(|word| word.parse().ok()).unwrap_or(1000);
    let trial = SynthSpec { products, ..SynthSpec::trial() };
    let history = shop(&trial).expect("a shop").history;
    let days: usize = history.sales.values().map(|series| series.days.len()).sum();
    let seconds = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let learned = learn_shop(&history, &FitOptions::default());
            assert_eq!(learned.fits().len(), products as usize);
            start.elapsed().as_secs_f64()
        })
        .fold(f64::INFINITY, f64::min);
    println!("{}", json!({ "products": products, "product-days": days, "seconds": seconds }));
}
