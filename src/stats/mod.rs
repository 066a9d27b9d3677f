//! Statistics: the arithmetic of samples and of laws.
//!
//! The foundation below every formula and every reported number: moments, quantiles, intervals, paired differences,
//! and the laws of demand with their loss functions. It knows nothing of stock, orders or scenarios, draws no random
//! numbers and keeps no state. No input makes it panic: what has no answer is `None`, an error or NaN, as each item
//! says.

mod batches;
mod censored_counts;
mod censored_gamma;
mod discrete;
mod dispersion;
mod estimate;
mod intermittent;
mod interval;
mod law;
mod law_build;
mod law_split;
mod mixture;
mod moments;
mod normal;
mod on_off;
mod paired;
mod quantile;
mod rank;
mod scores;
mod selection;
pub(crate) mod solve;
mod special;
mod survival;

pub use batches::{BATCHES, Batches};
pub use censored_counts::{InverseSampling, censored_poisson_mean, fit_censored_counts};
pub use censored_gamma::{CvPrior, GammaFit};
pub use discrete::{Pmf, PmfError};
pub use dispersion::Dispersion;
pub use estimate::Estimate;
pub use intermittent::Intermittent;
pub use interval::Interval;
pub use law::DemandLaw;
pub use law_build::LawError;
pub use mixture::Mixture;
pub use moments::Moments;
pub use normal::{normal_cdf, normal_density, normal_loss, normal_quantile, normal_second_loss};
pub use on_off::OnOffDemand;
pub use paired::{PairedDifference, WelchDifference};
pub use quantile::{
    expected_shortfall, expected_shortfall_sorted, lower_tail_mean, lower_tail_mean_sorted, quantile_inverse,
    quantile_inverse_sorted, quantile_linear, quantile_linear_sorted,
};
pub use rank::{contributions, kendall_from_normal_correlation, normal_correlation_from_spearman, spearman};
pub use scores::{crps_of_sample, pinball, randomised_pit, uniform_p_value, weighted_interval_score};
pub use selection::{SequentialSelection, budget_shares, rinott_h};
pub use survival::{KaplanMeier, Observed, SurvivalQuantile};
