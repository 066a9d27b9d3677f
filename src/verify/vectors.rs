//! The file of vectors: its schema, and the set that comes with the program.

use serde::Deserialize;
use serde_json::{Map, Value};

/// The vectors that come with the program.
pub const BUILT_IN: &str = include_str!("vectors.json");

/// A file of vectors; what else stands in it (title, notes, tools) is for its readers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct VectorFile {
    /// The vectors.
    pub vectors: Vec<Vector>,
}

/// One known answer; what else stands in it (description, source, convention) is for its readers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Vector {
    /// Its own name, such as `eoq-01`.
    pub id: String,
    /// Which formula or engine it asks, such as `eoq`.
    pub family: String,
    /// What goes in, by name.
    #[serde(default)]
    pub inputs: Map<String, Value>,
    /// What must come out: numbers, and lists and objects of them.
    #[serde(default)]
    pub expected: Value,
    /// How near it must come out.
    #[serde(default)]
    pub tolerance: Map<String, Value>,
}

/// Text that is not a file of vectors.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// Not JSON, or not of the schema; the parser's words say what and where.
    #[error("the vectors cannot be read: {problem}")]
    Schema {
        /// What is wrong, with line and column.
        problem: String,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// A file without vectors verifies nothing.
    #[error("`vectors` is empty; give at least one vector")]
    Empty,
}

impl VectorFile {
    /// Reads a file of vectors.
    ///
    /// # Errors
    /// [`VerifyError::Schema`] if the text is not JSON, or a vector has no `id` or no `family` or its `inputs` or
    /// `tolerance` are not objects; [`VerifyError::Empty`] without any vector.
    ///
    /// ```
    /// use stockburst::verify::{BUILT_IN, VectorFile};
    /// assert_eq!(VectorFile::parse(BUILT_IN).unwrap().vectors.len(), 83);
    /// let error = VectorFile::parse(r#"{"vectors": [{"id": "eoq-01"}]}"#).unwrap_err();
    /// assert!(error.to_string().contains("missing field `family`"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, VerifyError> {
        let file: Self = serde_json::from_str(text).map_err(|error| VerifyError::Schema {
            problem: error.to_string(),
            line: error.line(),
            column: error.column(),
        })?;
        if file.vectors.is_empty() { Err(VerifyError::Empty) } else { Ok(file) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_text_is_an_error_with_its_place() {
        for text in ["", "{", "[]", "null", r#"{"vectors": 3}"#, r#"{"vectors": [3]}"#, r#"{"notes": []}"#] {
            assert!(matches!(VectorFile::parse(text), Err(VerifyError::Schema { .. })), "{text}");
        }
        let error = VectorFile::parse("{\n  \"vectors\": [}").unwrap_err();
        assert!(matches!(error, VerifyError::Schema { line: 2, .. }), "{error}");
        assert_eq!(VectorFile::parse(r#"{"vectors": []}"#), Err(VerifyError::Empty));
    }
}
