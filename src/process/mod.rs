//! Generators of the future: demand and lead times of one path, drawn from addressed streams.
//!
//! A process is fitted by `learn` or stated in the scenario; here it is only drawn from. Nothing in this room knows
//! stock, orders or candidates, so a policy cannot change the future that it meets.

mod burst;
mod demand;
mod duration;
mod holiday;
mod lane;
mod latent;
mod lead_sample;
mod lead_time;
mod life_cycle;
mod live;
mod path;
mod sampler;
mod shop;
mod steps;
mod substitute;
mod unplanned;
mod within_day;

pub use burst::{BurstProcess, BurstShape, Uplift};
pub use demand::{DayNoise, OrganicDemand};
pub use duration::{DurationLaw, MixturePart, ProcessError};
pub use holiday::Holiday;
pub use lane::{Closure, Dependence};
pub use lead_sample::LeadTimeSample;
pub use lead_time::{LeadTimeChain, PRODUCTION, Stage};
pub use life_cycle::{Bass, LifeCycle};
pub use live::LiveSession;
pub use path::{EventDemand, OpenOrderArrival, PathSet, PathUniforms, ProductPath, ProductProcess};
pub use sampler::PathSampler;
pub use shop::ShopFactor;
pub use substitute::SubstituteDemand;
pub use unplanned::UnplannedBursts;
pub use within_day::{DayProfile, MINUTES};
