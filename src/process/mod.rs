//! Generators of the future: demand and lead times of one path, drawn from addressed streams.
//!
//! A process is fitted by `learn` or stated in the scenario; here it is only drawn from. Nothing in this room knows
//! stock, orders or candidates, so a policy cannot change the future that it meets.

mod burst;
mod demand;
mod lead_time;
mod path;
mod within_day;

pub use burst::{BurstProcess, BurstShape, Uplift};
pub use demand::{DayNoise, OrganicDemand};
pub use lead_time::{DurationLaw, LeadTimeChain, LeadTimeSample, ProcessError, Stage};
pub use path::{EventDemand, OpenOrderArrival, PathSet, ProductPath, ProductProcess};
pub use within_day::DayProfile;
