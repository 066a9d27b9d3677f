//! The shops of the suite: the presets of `synth`, spread over many seeds.
//!
//! All bursts of a season share a fifth of their variance, so that the windows of one shop are worth far fewer than their
//! number. Many small shops of different seeds have many seasons, and the gates can be told from luck.

use rayon::prelude::*;
use stockburst::history::History;
use stockburst::learn::{FitOptions, Learned, learn_shop};
use stockburst::synth::{EventsSpec, Shop, SynthSpec, shop};

/// A kind of shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Trial,
    NoisyAvailability,
    FewEvents,
    HeavyTail,
    Reactive,
    /// The trial without seasons: windows are independent.
    Independent,
}

impl Kind {
    /// The shop of a seed.
    pub(crate) fn spec(self, products: u32, seed: u64) -> SynthSpec {
        let spec = match self {
            Self::Trial => SynthSpec::trial(),
            Self::NoisyAvailability => SynthSpec::trial_noisy_availability(),
            // One event and 70 days more than the preset, so that a forecast of the last one is held against what
            // happened: origins then have one or two past events.
            Self::FewEvents => {
                let preset = SynthSpec::trial_few_events();
                let events = EventsSpec { most: Some(3), ..preset.events };
                SynthSpec { days: 245, events, ..preset }
            }
            Self::HeavyTail => SynthSpec::trial_heavy_tail(),
            Self::Reactive => SynthSpec::trial_reactive(),
            Self::Independent => {
                let mut spec = SynthSpec::trial();
                spec.amplitude.shared = stockburst::units::Probability::ZERO;
                spec
            }
        };
        SynthSpec { products, seed, ..spec }
    }
}

/// A shop of these parameters.
pub(crate) fn made(spec: &SynthSpec) -> Shop {
    shop(spec).expect("parameters within the rules")
}

/// The records of a shop on the evening before the day of the plan.
pub(crate) fn known(shop: &Shop) -> History {
    shop.history.as_of(shop.today.plus_days(-1))
}

/// What is learned of a shop from its records.
pub(crate) fn learned(shop: &Shop) -> Learned {
    learn_shop(&known(shop), &FitOptions::default())
}

/// Does something with each seed from 1 on, on all threads there are; in the order of the seeds.
pub(crate) fn each_seed<T: Send>(seeds: u64, of: impl Fn(u64) -> T + Sync + Send) -> Vec<T> {
    (1..=seeds).into_par_iter().map(of).collect()
}
