//! Shops of known truth: records of a past that was invented by a stated model, and that model beside them.
//!
//! Forecasts are proved on such shops, because here alone what customers wanted, how much an event brought and how long
//! the shelf was empty is known. The model is deliberately not the fitted one: other ad response, drifting levels, tails
//! and noises of its own. This room must not know `learn`, or a fit would be judged by itself; it knows no files.
//!
//! Every draw is addressed by product, purpose and event, so that one more product or event moves no other.

mod check;
mod event;
mod extras;
mod fresh;
mod presets;
mod problem;
mod product;
mod shop;
mod spec;
mod stock;
mod supply;
mod supply_spec;
mod truth;

pub use fresh::Window;
pub use problem::SynthProblem;
pub use shop::{Shop, shop};
pub use spec::{
    AmplitudeSpec, BaseSpec, CreatorsSpec, EventsSpec, LiveShareSpec, PlanSpec, RecordedShare, SpendSpec,
    StockoutsSpec, SynthHoliday, SynthSpec, ViralSpec, WholesaleLinesSpec,
};
pub use supply_spec::{StageLaw, SupplyLaneSpec};
pub use truth::{EventTruth, ProductTruth, Truth};

#[cfg(test)]
mod tests;

use crate::random::{Entity, Seed, Source, Stream};

/// The stream of a purpose: path 0 is what happened, the others are what might have.
fn stream(seed: u64, path: u64, names: &[&str]) -> Stream {
    Stream::open(Seed(seed), path, Source::Synth, Entity::named(names))
}

/// A whole number between two, each as likely.
fn between(range: [u32; 2], stream: &mut Stream) -> usize {
    range[0] as usize + stream.below(range[1].saturating_sub(range[0]) as usize + 1)
}

/// A day index as the number that the calendar counts with.
const fn signed(day: usize) -> i64 {
    day as i64
}
