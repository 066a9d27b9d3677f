//! From records to processes: ordinary demand, past bursts, lead times, and how much stands behind each.
//!
//! Reads the history, writes processes; knows neither stock nor candidates. Every number comes with the count of
//! records behind it and with the caveats that a reader must know.

mod amplitude;
mod automaton;
mod availability;
mod baseline;
mod bursts;
mod censoring;
mod lead_time;
mod options;
mod product;
mod wholesale;

pub use amplitude::{AmplitudeFit, Pool};
pub use availability::TrafficProfile;
pub use bursts::PastBurst;
pub use censoring::{Censoring, DayDemand, UNCENSOR_STRENGTH};
pub use lead_time::{
    LawBasis, LeadTimeError, LeadTimeEvidence, LeadTimeFit, LeadTimeQuestion, LeadTimeRecords, StageEvidence,
    fit_lead_time,
};
pub use options::{BurstRule, FitOptions, WholesaleRule};
pub use product::{Caveat, FitError, FittedProduct, fit_product};
