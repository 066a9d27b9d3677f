//! The question, checked: products, events, supply, prices, limits and the candidates to compare.
//!
//! A [`ScenarioSpec`] is what a file says. [`ScenarioSpec::validate`] holds it against every rule at once and gives a
//! [`Scenario`], after which nothing is checked again. This room reads no files and knows no history.

mod ads;
mod bundle;
mod candidates;
mod demand;
mod dispatch;
mod doubts;
mod future;
mod grid;
mod ordering;
mod platform;
mod preheat;
mod price_break;
mod problem;
mod rules;
mod spec;
mod storefront;
mod substitute;
mod supply;
mod validate;

pub use ads::{AdsSpec, AlertsSpec};
pub use bundle::{BundleSpec, ComponentSpec};
pub use candidates::{CandidatesSpec, OrderPolicy, PauseSpec, ReorderSpec};
pub use demand::{EventDemandSpec, EventSpec, HistorySpec, ProductDemandSpec, ProductSpec};
pub use dispatch::{DispatchSpec, SampleSpec};
pub use future::{BurstSizeSpec, HolidaySpec, LifeCycleSpec, LiveSpec, ShopSpec, UnplannedSpec};
pub use ordering::{ExpediteSpec, OrderingSpec};
pub use platform::{ManySpec, MetricSpec, PlatformSpec, ProductOffSpec, SourceKind, SourceSpec, StepSpec, WeekdayName};
pub use preheat::{PreheatSpec, SignalKind, SignalSpec};
pub use price_break::PriceBreakSpec;
pub use problem::SpecProblem;
pub use spec::{LimitsSpec, MoneySpec, Scenario, ScenarioSpec};
pub use storefront::{ChannelSpec, MAX_CHANNELS, PushSpec, StorefrontSpec};
pub use substitute::SubstituteSpec;
pub use supply::{ClosureSpec, DurationSpec, LeadTimeSpec, MixturePartSpec, StageSpec};
