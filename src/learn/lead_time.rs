//! Lead times from purchase records.

use serde::{Deserialize, Serialize};

use crate::history::{Purchase, StageName};
use crate::process::{DurationLaw, Stage};

/// Records from which they are used as they are; with fewer a law is fitted.
const LEAST_RECORDS: usize = 10;
/// Least coefficient of variation of a law fitted to few records.
const LEAST_CV: f64 = 0.3;

/// A lead time learned from records, and what stands behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadTimeFit {
    /// The stages: each recorded stage by itself where the dates exist, else one from order to shelf.
    pub stages: Vec<Stage>,
    /// Finished orders behind it.
    pub records: usize,
    /// Orders of the mode without a receipt, which are left out.
    pub open: usize,
    /// Mean of the records in days, before any scaling.
    pub mean_days: f64,
    /// Whether the stages have dates of their own.
    pub by_stage: bool,
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

/// Learns the lead time of `mode`; `mean_days` scales the records to a mean of the user's own.
///
/// With ten records or more they are resampled as they are; with fewer a gamma law takes their mean and a coefficient
/// of variation of at least 0.3, widened by the factor sqrt(1 + 1/n) for the uncertain mean.
///
/// # Errors
/// [`LeadTimeError::NoRecords`] if no finished order has this mode.
pub fn fit_lead_time(purchases: &[Purchase], mode: &str, mean_days: Option<f64>) -> Result<LeadTimeFit, LeadTimeError> {
    let of_mode: Vec<&Purchase> = purchases.iter().filter(|purchase| purchase.mode == mode).collect();
    let totals: Vec<f64> = of_mode.iter().filter_map(|purchase| purchase.lead_days()).collect();
    if totals.is_empty() {
        let mut recorded: Vec<&str> = purchases.iter().map(|purchase| purchase.mode.as_str()).collect();
        recorded.sort_unstable();
        recorded.dedup();
        let recorded = if recorded.is_empty() { "none".to_owned() } else { recorded.join(", ") };
        return Err(LeadTimeError::NoRecords { mode: mode.to_owned(), recorded });
    }
    let mean = totals.iter().sum::<f64>() / totals.len() as f64;
    let scale = mean_days.filter(|_| mean > 0.0).map_or(1.0, |wanted| wanted / mean);

    let staged: Vec<&&Purchase> =
        of_mode.iter().filter(|p| StageName::ALL.iter().all(|stage| p.stage_days(*stage).is_some())).collect();
    let by_stage = staged.len() >= LEAST_RECORDS;
    let stages = if by_stage {
        StageName::ALL
            .iter()
            .map(|stage| Stage {
                name: stage.as_str().to_owned(),
                law: law(staged.iter().filter_map(|p| p.stage_days(*stage)).map(|d| d * scale).collect()),
            })
            .collect()
    } else {
        let days = totals.iter().map(|d| d * scale).collect();
        vec![Stage { name: "order-to-shelf".to_owned(), law: law(days) }]
    };
    Ok(LeadTimeFit { stages, records: totals.len(), open: of_mode.len() - totals.len(), mean_days: mean, by_stage })
}

fn law(mut days: Vec<f64>) -> DurationLaw {
    let n = days.len() as f64;
    if days.len() >= LEAST_RECORDS {
        days.sort_by(f64::total_cmp);
        return DurationLaw::Records { days };
    }
    let mean = days.iter().sum::<f64>() / n;
    if mean <= 0.0 {
        return DurationLaw::Fixed { days: 0.0 };
    }
    let variance = days.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let cv = (variance.sqrt() / mean).max(LEAST_CV) * (1.0 + 1.0 / n).sqrt();
    DurationLaw::Gamma { mean, cv }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn purchase(mode: &str, days: i64) -> Purchase {
        let ordered_on: crate::calendar::Date = "2026-01-01".parse().expect("a date");
        Purchase {
            order: format!("{mode}-{days}"),
            sku: None,
            mode: mode.into(),
            supplier: None,
            ordered_on,
            milestones: [None; 3],
            received_on: Some(ordered_on.plus_days(days)),
        }
    }

    #[test]
    fn many_records_are_kept_few_are_widened() {
        let many: Vec<Purchase> = (1..=20).map(|days| purchase("air", days)).collect();
        let fit = fit_lead_time(&many, "air", Some(21.0)).expect("records");
        let DurationLaw::Records { days } = &fit.stages[0].law else { panic!("records are kept") };
        assert!((days.iter().sum::<f64>() / 20.0 - 21.0).abs() < 1e-9, "scaled to the stated mean");
        let few = fit_lead_time(&many[..3], "air", None).expect("records");
        assert_eq!(few.records, 3);
        let DurationLaw::Gamma { cv, .. } = few.stages[0].law else { panic!("a law is fitted") };
        assert!(cv >= LEAST_CV * (4.0_f64 / 3.0).sqrt());
    }

    #[test]
    fn stages_with_dates_are_learned_by_themselves() {
        let staged: Vec<Purchase> = (0..12)
            .map(|at| {
                let mut purchase = purchase("sea", 40);
                let day = |d: i64| Some(purchase.ordered_on.plus_days(d));
                purchase.milestones = [day(15 + at % 3), day(33), day(36)];
                purchase
            })
            .collect();
        let fit = fit_lead_time(&staged, "sea", None).expect("records");
        assert!(fit.by_stage);
        let names: Vec<&str> = fit.stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["production", "first-leg", "customs", "last-leg"]);
    }

    #[test]
    fn an_unknown_mode_names_the_known_ones() {
        let error = fit_lead_time(&[purchase("air", 9), purchase("sea", 30)], "rail", None).expect_err("no rail");
        assert!(error.to_string().contains("air, sea"));
    }
}
