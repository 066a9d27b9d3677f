//! Lead times from purchase records: finished shipments and, as durations known from below, orders that are still open.
//!
//! Leaving open orders out would count the quick ones only: of the orders of last month those that are slow are the ones
//! that have not arrived. It must not know what is ordered, nor what a lead time is used for.

mod law;
mod persistence;
mod shipments;

use serde::{Deserialize, Serialize};

use self::shipments::Shipments;
use crate::calendar::Date;
use crate::history::{OpenOrder, Purchase, StageName};
use crate::process::Stage;
use crate::stats::{CvPrior, Observed};

pub use self::law::LawBasis;

/// Records from which they are used as they are; with fewer a law is fitted.
const LEAST_RECORDS: usize = 10;
/// Degrees of freedom that the prior of a coefficient of variation is worth (a judgement).
const CV_STRENGTH: f64 = 4.0;
/// Least and most of a coefficient of variation taken from other modes.
const POOLED_CVS: (f64, f64) = (0.05, 2.0);
/// Name of the stage where the records have no milestones.
const WHOLE: &str = "order-to-shelf";

/// What lead times are learned from.
#[derive(Debug, Clone, Copy)]
pub struct LeadTimeRecords<'a> {
    /// Purchase orders of all modes; those without a receipt are open.
    pub purchases: &'a [Purchase],
    /// Orders on their way of all modes.
    pub open_orders: &'a [OpenOrder],
    /// The day on which the records are read: what is dated later is not known.
    pub today: Date,
}

/// Which lead time is asked for.
#[derive(Debug, Clone, Copy)]
pub struct LeadTimeQuestion<'a> {
    /// The mode in the purchase records.
    pub records: &'a str,
    /// The mode's name among the open orders, if those are orders of the same kind as the records.
    pub open_orders: Option<&'a str>,
    /// A mean in days that the user states: the records are scaled to it.
    pub mean_days: Option<f64>,
}

/// A lead time learned from records, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeFit {
    /// The stages: each recorded stage by itself where the dates exist, else one from order to shelf.
    pub stages: Vec<Stage>,
    /// What stands behind them.
    pub evidence: LeadTimeEvidence,
}

/// What stands behind a learned lead time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeEvidence {
    /// Finished shipments.
    pub records: usize,
    /// Orders without a receipt that count as lasting at least as long as they have.
    pub open: usize,
    /// Orders without a receipt that had to be left out: nothing says in which stage they are.
    pub open_left_out: usize,
    /// Days since the oldest of the open orders that count; an order that nobody closed in the books shows here.
    pub longest_open_days: Option<f64>,
    /// Lines that are part of a shipment already counted.
    pub merged_lines: usize,
    /// Lines with dates in the wrong order, which are left out.
    pub misdated_lines: usize,
    /// Mean of the learned lead time in days, before any scaling.
    pub mean_days: f64,
    /// Mean of the finished shipments alone: too low where slow orders are still open.
    pub finished_mean_days: f64,
    /// Whether the stages have dates of their own.
    pub by_stage: bool,
    /// What stands behind each stage, in their order.
    pub stages: Vec<StageEvidence>,
    /// Correlation of the latent normals of orders a day apart, from thirty shipments on; it is shown, not used.
    pub persistence: Option<f64>,
}

impl LeadTimeEvidence {
    /// Share of the orders that are known from below only, 0 to 1.
    #[must_use]
    pub fn censored_share(&self) -> f64 {
        self.open as f64 / (self.open + self.records).max(1) as f64
    }

    /// How much longer the learned mean is than that of the finished shipments, as a share of the latter.
    #[must_use]
    pub fn open_orders_add(&self) -> f64 {
        if self.open > 0 && self.finished_mean_days > 0.0 {
            self.mean_days / self.finished_mean_days - 1.0
        } else {
            0.0
        }
    }
}

/// What stands behind one stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageEvidence {
    /// Its name.
    pub name: String,
    /// Durations known to the day.
    pub records: usize,
    /// Durations known from below: the stage lasts still.
    pub open: usize,
    /// How the law was made.
    pub basis: LawBasis,
}

/// Why no lead time could be learned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LeadTimeError {
    /// No finished order of this mode.
    #[error("the purchase records hold no finished order of mode `{mode}`; modes recorded: {recorded}")]
    NoRecords {
        /// The mode that was asked for.
        mode: String,
        /// The modes that are there.
        recorded: String,
    },
}

/// Learns a lead time.
///
/// Lines become shipments (the same supplier, order date and receipt date), open orders durations known from below. With
/// ten finished records or more they are resampled as they are; if orders are open, by the Kaplan-Meier estimate, its
/// unseen tail completed by a gamma law. With fewer, a gamma law has the likeliest mean, and a coefficient of variation
/// shrunk to that of the other modes (of ten records or more), else to a default by stage, widened for what a few
/// records cannot tell. By stage, if ten shipments, or all, have every milestone.
///
/// # Errors
/// [`LeadTimeError::NoRecords`] if no finished order has this mode.
///
/// ```
/// use stockburst::calendar::Date;
/// use stockburst::history::Purchase;
/// use stockburst::learn::{LeadTimeQuestion, LeadTimeRecords, fit_lead_time};
/// let date = |text: &str| text.parse::<Date>().unwrap();
/// let order = |ordered: &str, received: Option<&str>| Purchase {
///     order: ordered.into(), sku: None, mode: "sea".into(), supplier: None, ordered_on: date(ordered),
///     milestones: [None; 3], received_on: received.map(date),
/// };
/// let purchases = [
///     order("2026-01-05", Some("2026-02-06")),
///     order("2026-02-02", Some("2026-03-08")),
///     order("2026-03-02", None),
/// ];
/// let records = LeadTimeRecords { purchases: &purchases, open_orders: &[], today: date("2026-05-01") };
/// let question = LeadTimeQuestion { records: "sea", open_orders: None, mean_days: None };
/// let evidence = fit_lead_time(&records, &question).unwrap().evidence;
/// assert_eq!((evidence.records, evidence.open, evidence.longest_open_days), (2, 1, Some(60.0)));
/// assert!(evidence.finished_mean_days == 33.0 && evidence.mean_days > 40.0);
/// ```
pub fn fit_lead_time(
    records: &LeadTimeRecords<'_>,
    question: &LeadTimeQuestion<'_>,
) -> Result<LeadTimeFit, LeadTimeError> {
    let shipments = Shipments::of(records, question.records, question.open_orders);
    let finished_mean_days =
        shipments.finished_mean().ok_or_else(|| no_records(records.purchases, question.records))?;
    let by_stage = shipments.has_stages(LEAST_RECORDS);
    let stages: Vec<Option<StageName>> = if by_stage { StageName::ALL.map(Some).to_vec() } else { vec![None] };
    let mut laws = Vec::new();
    let mut evidence = Vec::new();
    for stage in stages {
        let observed = shipments.durations(stage, records.today);
        let (law, basis) = law::fit(&observed, || prior(records, question.records, stage));
        let name = stage.map_or(WHOLE, StageName::as_str).to_owned();
        let open = observed.iter().filter(|duration| duration.is_censored()).count();
        evidence.push(StageEvidence { name: name.clone(), records: observed.len() - open, open, basis });
        laws.push(Stage { name, law });
    }
    let mean_days: f64 = laws.iter().map(|stage| stage.law.mean_and_variance().0).sum();
    if let Some(wanted) = question.mean_days.filter(|_| mean_days > 0.0) {
        for stage in &mut laws {
            law::scale(&mut stage.law, wanted / mean_days);
        }
    }
    let open = shipments.open_that_count(by_stage);
    let evidence = LeadTimeEvidence {
        records: shipments.finished(),
        open,
        open_left_out: shipments.open() - open,
        longest_open_days: shipments.longest_open(by_stage, records.today),
        merged_lines: shipments.merged_lines,
        misdated_lines: shipments.misdated_lines,
        mean_days,
        finished_mean_days,
        by_stage,
        stages: evidence,
        persistence: persistence::estimate(&shipments.in_order()),
    };
    Ok(LeadTimeFit { stages: laws, evidence })
}

fn no_records(purchases: &[Purchase], mode: &str) -> LeadTimeError {
    let mut recorded: Vec<&str> = purchases.iter().map(|purchase| purchase.mode.as_str()).collect();
    recorded.sort_unstable();
    recorded.dedup();
    let recorded = if recorded.is_empty() { "none".to_owned() } else { recorded.join(", ") };
    LeadTimeError::NoRecords { mode: mode.to_owned(), recorded }
}

/// What is known of a stage's coefficient of variation before its own records: that of the other modes, if they have
/// ten records or more, else a default (a judgement).
fn prior(records: &LeadTimeRecords<'_>, mode: &str, stage: Option<StageName>) -> (CvPrior, usize) {
    let mut modes: Vec<&str> = records.purchases.iter().map(|purchase| purchase.mode.as_str()).collect();
    modes.sort_unstable();
    modes.dedup();
    let (mut squares, mut freedom, mut behind) = (0.0, 0.0, 0);
    for other in modes.into_iter().filter(|other| *other != mode) {
        let durations = Shipments::of(records, other, None).durations(stage, records.today);
        let days: Vec<f64> = durations.iter().filter(|one| !one.is_censored()).map(|one| one.value()).collect();
        let n = days.len() as f64;
        let mean = days.iter().sum::<f64>() / n.max(1.0);
        if days.len() >= LEAST_RECORDS && mean > 0.0 {
            squares += days.iter().map(|day| (day / mean - 1.0).powi(2)).sum::<f64>();
            freedom += n - 1.0;
            behind += days.len();
        }
    }
    let pooled = (freedom > 0.0).then(|| libm::sqrt(squares / freedom).clamp(POOLED_CVS.0, POOLED_CVS.1));
    let default = match stage {
        Some(StageName::Production) => 0.3,
        Some(StageName::FirstLeg) => 0.5,
        Some(StageName::Customs) => 1.0,
        Some(StageName::LastLeg) => 0.25,
        None => 0.4,
    };
    (CvPrior { cv: pooled.unwrap_or(default), strength: CV_STRENGTH }, behind)
}

#[cfg(test)]
mod tests;
