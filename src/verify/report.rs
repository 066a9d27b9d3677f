//! What came out of a verification.

use serde::Serialize;

/// What became of a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every expected value came out within its tolerance.
    Passed,
    /// A value differs, is not computed, or the inputs cannot be used.
    Failed,
    /// No formula or engine serves the vector's family.
    NotCovered,
}

/// The outcome of one vector.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VectorReport {
    /// The vector's own name.
    pub id: String,
    /// Its family.
    pub family: String,
    /// What became of it.
    pub status: Status,
    /// How much was compared, or what is wrong.
    pub detail: String,
}

/// The outcome of a file of vectors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct VerifyReport {
    /// Number of vectors that passed.
    pub passed: usize,
    /// Number that failed.
    pub failed: usize,
    /// Number whose family is not covered.
    pub not_covered: usize,
    /// Every vector, in the order of the file.
    pub vectors: Vec<VectorReport>,
}

impl FromIterator<VectorReport> for VerifyReport {
    fn from_iter<I: IntoIterator<Item = VectorReport>>(vectors: I) -> Self {
        let vectors: Vec<_> = vectors.into_iter().collect();
        let count = |status| vectors.iter().filter(|vector| vector.status == status).count();
        Self {
            passed: count(Status::Passed),
            failed: count(Status::Failed),
            not_covered: count(Status::NotCovered),
            vectors,
        }
    }
}
