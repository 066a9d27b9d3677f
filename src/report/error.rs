//! What can go wrong between a result and its documents.

use std::path::PathBuf;

/// Why a report could not be made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A language that the report does not speak.
    #[error("`{0}` is not a language of the report; write `en` or `zh`")]
    Language(String),
    /// A chart could not be drawn or turned into pixels.
    #[error("chart `{chart}` could not be drawn: {reason}")]
    Chart {
        /// The chart's file name.
        chart: String,
        /// What the drawing library says.
        reason: String,
    },
    /// The embedded font could not be used.
    #[error("the embedded font could not be used: {0}")]
    Font(String),
    /// The page template failed.
    #[error("the page could not be put together: {0}")]
    Page(#[from] askama::Error),
    /// The result could not be written as JSON.
    #[error("the result could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The output folder holds something that is not a report.
    #[error("`{}` holds other files and no stockburst report; name a new or empty folder", .0.display())]
    NotAReport(PathBuf),
    /// The output folder holds something that is not a synthetic shop.
    #[error("`{}` holds other files and no synthetic shop; name a new or empty folder", .0.display())]
    NotAShop(PathBuf),
    /// The output folder holds a synthetic shop already.
    #[error("`{}` holds a synthetic shop already; `--force` replaces it, with all that lies there", .0.display())]
    ShopIsThere(PathBuf),
    /// The output folder cannot take a report of this name.
    #[error("`{0}` cannot be the name of a report's folder")]
    FolderName(String),
    /// A file or folder could not be written.
    #[error("`{}` could not be written: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}
