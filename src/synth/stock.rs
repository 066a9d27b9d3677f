//! When the shelf is empty: what can be bought on each day, what is sold then, and what is recorded of it.

use super::event::{Event, Outcome, exceeded_with, planner_error};
use super::product::Product;
use super::{RecordedShare, SynthSpec, between, stream};
use crate::process::{DayProfile, MINUTES};
use crate::random::Stream;

/// Days of a year, for rates.
const YEAR: f64 = 365.0;
/// Digits of a recorded share, as a power of ten.
const DIGITS: f64 = 1e4;

/// What the shelf did to a product's demand.
#[derive(Debug, Clone)]
pub(super) struct Shelf {
    /// Share of the day's customers who found stock.
    pub(super) available: Vec<f64>,
    /// Pieces sold, large orders left out.
    pub(super) sold: Vec<u64>,
    /// Whether each past event ran out.
    pub(super) ran_out: Vec<bool>,
}

/// Runs the shelf over demand (`demand` pieces a day, `baseline` their mean without the events).
pub(super) fn run(
    spec: &SynthSpec,
    product: &Product,
    events: &[(&Event, &Outcome)],
    baseline: &[f64],
    demand: &[u64],
) -> Shelf {
    let days = demand.len();
    let mut shelf = Shelf { available: vec![1.0; days], sold: demand.to_vec(), ran_out: Vec::new() };
    let mut busy = vec![false; days];
    let level = exceeded_with(spec, spec.stockouts.share.get());
    for (event, outcome) in events {
        let mut own = stream(spec.seed, 0, &[&product.sku, "stock", &event.number.to_string()]);
        let end = (event.start + outcome.uplift.len()).min(days);
        let planned: f64 = event.expected_uplift(spec, level + planner_error(spec, &mut own)).iter().sum();
        let stock = (planned + baseline[event.start..end].iter().sum::<f64>()).round().max(1.0) as u64;
        let filled = (end + between(spec.stockouts.restock_days, &mut own)).min(days);
        let share = spec.stockouts.share.get();
        // Never is meant to the letter.
        let stock = if share <= 0.0 { u64::MAX } else { stock };
        busy[event.start..filled].fill(true);
        let ran_out = shelf.sell_out(stock, (event.start, end), filled, &mut own);
        shelf.ran_out.push(ran_out);
    }
    shelf.ordinary_stockouts(spec, product, &busy);
    shelf
}

impl Shelf {
    /// Sells from `stock` over the days from `start`; if it runs out before `end`, nothing is sold until the day `filled`.
    fn sell_out(&mut self, stock: u64, (start, end): (usize, usize), filled: usize, own: &mut Stream) -> bool {
        let mut left = stock;
        for day in start..end {
            let wanted = self.sold[day];
            if wanted < left {
                left -= wanted;
                continue;
            }
            self.available[day] = share_until(left, wanted, own);
            self.sold[day] = left;
            self.available[day + 1..filled.max(day + 1)].fill(0.0);
            self.sold[day + 1..filled.max(day + 1)].fill(0);
            return true;
        }
        false
    }

    /// Stockouts of days on which no event runs.
    fn ordinary_stockouts(&mut self, spec: &SynthSpec, product: &Product, busy: &[bool]) {
        let mut own = stream(spec.seed, 0, &[&product.sku, "outages"]);
        let chance = spec.stockouts.ordinary_a_year / YEAR;
        let mut day = 0;
        while day < self.sold.len() {
            let length = between(spec.stockouts.ordinary_days, &mut own);
            if own.uniform() >= chance || busy[day] {
                day += 1;
                continue;
            }
            let share = own.uniform();
            self.available[day] = share;
            self.sold[day] = thinned(self.sold[day], share, &mut own);
            let end = (day + length).min(self.sold.len());
            for next in (day + 1..end).take_while(|next| !busy[*next]) {
                self.available[next] = 0.0;
                self.sold[next] = 0;
            }
            day = end;
        }
    }
}

/// How many of so many customers come in a share of the day: binomial, by counting, or for many by the normal law with the
/// same mean and variance.
fn thinned(customers: u64, share: f64, own: &mut Stream) -> u64 {
    /// From here on the two laws do not differ visibly.
    const MANY: u64 = 10_000;
    if customers < MANY {
        return (0..customers).filter(|_| own.uniform() < share).count() as u64;
    }
    let n = customers as f64;
    let count = n * share + libm::sqrt(n * share * (1.0 - share)) * own.normal();
    (count.round().max(0.0) as u64).min(customers)
}

/// Share of the day's customers before the one who takes the last of `left` pieces, of `wanted`: the order statistic of as
/// many uniforms, a beta law with parameters `left` and `wanted + 1 - left`.
fn share_until(left: u64, wanted: u64, own: &mut Stream) -> f64 {
    if left == 0 {
        return 0.0;
    }
    let (before, after) = (left as f64, (wanted + 1 - left.min(wanted)) as f64);
    let (before, after) = (own.gamma(before, before), own.gamma(after, after));
    (before / (before + after)).clamp(f64::MIN_POSITIVE, 1.0 - f64::EPSILON)
}

/// What is recorded as the in-stock share of each day; a day that was partly in stock never reads as a whole or an empty
/// one.
pub(super) fn recorded(spec: &SynthSpec, product: &Product, available: &[f64]) -> Vec<Option<f64>> {
    let profile = DayProfile::by_parts(&spec.stockouts.hours).unwrap_or_else(DayProfile::flat);
    let mut own = stream(spec.seed, 0, &[&product.sku, "recorded"]);
    let record = |share: &f64| {
        let error = libm::exp(spec.stockouts.noise_sd * own.normal());
        if *share <= 0.0 || *share >= 1.0 {
            return *share;
        }
        let shown = match spec.stockouts.recorded {
            RecordedShare::Hours => profile.quantile(*share) / MINUTES,
            RecordedShare::Traffic | RecordedShare::Nothing => *share,
        };
        ((shown * error * DIGITS).round() / DIGITS).clamp(1.0 / DIGITS, 1.0 - 1.0 / DIGITS)
    };
    let shares: Vec<f64> = available.iter().map(record).collect();
    let known = spec.stockouts.recorded != RecordedShare::Nothing;
    shares.into_iter().map(|share| known.then_some(share)).collect()
}
