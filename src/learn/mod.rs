//! From records to processes: ordinary demand, past bursts, lead times, and how much stands behind each.
//!
//! Reads the history, writes processes; knows neither stock nor candidates. Every number comes with the count of
//! records behind it and with the caveats that a reader must know.

mod amplitude;
mod automaton;
mod baseline;
mod bursts;
mod event;
mod lead_time;
mod level;
mod options;
mod product;
mod response;
mod shop;
mod wholesale;

pub use amplitude::{AmplitudeFit, Pool};
pub use bursts::PastBurst;
pub use event::{BurstLaw, EventNote, Learned, NoBursts, PlannedEvent, event_burst, learn_shop};
pub use lead_time::{LeadTimeError, LeadTimeFit, fit_lead_time};
pub use options::{BurstRule, FitOptions, WholesaleRule};
pub use product::{Caveat, FitError, FittedProduct, fit_product};
pub use response::spend_scale;
pub use shop::{ShopKnowledge, fit_product_of, shop_knowledge, uncensored_demand};
