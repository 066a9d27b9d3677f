//! From records to processes: ordinary demand, past bursts, lead times, and how much stands behind each.
//!
//! Reads the history, writes processes; knows neither stock nor candidates. Every number comes with the count of
//! records behind it and with the caveats that a reader must know.

mod amplitude;
mod analogue;
mod automaton;
mod availability;
mod baseline;
mod bursts;
mod caveat;
mod censoring;
mod course;
mod creative;
mod event;
mod lead_time;
mod level;
mod library;
mod oddities;
mod options;
mod pooled;
mod preheat;
mod product;
mod records;
mod response;
mod shop;
mod spend_fit;
mod trend;
mod wholesale;

pub use amplitude::{AmplitudeFit, Pool};
pub use analogue::Profile;
pub use availability::TrafficProfile;
pub use bursts::PastBurst;
pub use caveat::Caveat;
pub use censoring::{Censoring, DayDemand, UNCENSOR_STRENGTH};
pub use creative::CreativeLife;
pub use event::{BURST_NOISE, BurstLaw, EventNote, NoBursts, PlannedEvent, event_burst, replayed};
pub use lead_time::{
    LawBasis, LeadTimeError, LeadTimeEvidence, LeadTimeFit, LeadTimeQuestion, LeadTimeRecords, StageEvidence,
    fit_lead_time,
};
pub use library::{BurstDetail, Phases};
pub use options::{BurstRule, FitOptions, WholesaleRule};
pub use pooled::{ProductStudy, ShopKnowledge, study_product};
pub use preheat::{Seen, Signal, Update, remaining, running_days, running_rate, updated};
pub use product::{FitError, FittedProduct, fit_product};
pub use response::{Curve, Response, SpendEstimate, adstock, hill, typical_spend};
pub use shop::{Learned, learn_shop};
