//! Results to documents: one HTML page, pictures, JSON and a text for the terminal, in English and Chinese.
//!
//! An edge: reads results and nothing else. It never computes a statistic; it chooses, rounds, labels and draws what
//! the result holds. Names from files are hostile here: every text is made visible and escaped before it is shown.
//!
//! ```text
//! RunResult ─► view (what to say) ─► words (how to say it) ─► chart, page (how it looks) ─► output (whole or not)
//! ```

mod backtest;
mod bursts;
mod chart;
mod error;
mod font;
mod lang;
mod names;
mod number;
mod output;
mod page;
mod png;
mod summary;
mod synthetic;
#[cfg(test)]
mod tests;
mod view;
mod words;

pub use backtest::backtest;
pub use bursts::{burst_charts, bursts};
pub use error::ReportError;
pub use lang::Lang;
pub use output::{write, write_all, write_files, write_shop};
pub use summary::summary;
pub use synthetic::{ShopSummary, shop_files, shop_summary};

use crate::run::RunResult;

/// A report, ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The page, with all that it needs.
    pub html: String,
    /// The charts as PNG files: name and bytes.
    pub charts: Vec<(String, Vec<u8>)>,
    /// The result.
    pub json: String,
}

/// Makes the report of a result.
///
/// # Errors
/// [`ReportError`] if a drawing, the font, the page or the JSON cannot be made.
pub fn render(result: &RunResult, lang: Lang) -> Result<Report, ReportError> {
    let (page, pictures) = view::page(result, lang)?;
    let charts = pictures_of(result, &pictures)?;
    Ok(Report { html: page::html(&page)?, charts, json: to_json(result)? })
}

/// The page that sets several results side by side; each comes with the name of its report's folder.
///
/// # Errors
/// [`ReportError`] if the font or the page cannot be made.
pub fn overview(results: &[(&RunResult, &str)], lang: Lang) -> Result<String, ReportError> {
    page::html(&view::overview(results, lang))
}

/// The result as JSON: on one line, since a large one has megabytes; the same bytes for the same result.
///
/// # Errors
/// [`ReportError::Json`] if the result cannot be written.
pub fn to_json(result: &RunResult) -> Result<String, ReportError> {
    Ok(serde_json::to_string(result)? + "\n")
}

/// Name and bytes of every picture: number and name of the product, and the chart's name.
fn pictures_of(result: &RunResult, pictures: &[(usize, chart::Drawn)]) -> Result<Vec<(String, Vec<u8>)>, ReportError> {
    let picture = |(at, drawn): &(usize, chart::Drawn)| {
        let sku = result.products.get(*at).map_or_else(String::new, |product| names::slug(&product.sku));
        let parts = [format!("{:03}", at + 1), sku, drawn.name.clone()];
        let named: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        Ok((format!("{}.png", named.join("-")), png::png(drawn)?))
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        pictures.par_iter().map(picture).collect()
    }
    #[cfg(not(feature = "parallel"))]
    pictures.iter().map(picture).collect()
}
