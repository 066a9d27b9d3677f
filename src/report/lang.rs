//! The languages of the report.

use std::str::FromStr;

use super::ReportError;

/// A language of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese, simplified.
    Zh,
}

impl Lang {
    /// The tag of the `lang` attribute.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
        }
    }
}

impl FromStr for Lang {
    type Err = ReportError;

    /// ```
    /// use stockburst::report::Lang;
    /// assert_eq!("zh".parse::<Lang>().unwrap(), Lang::Zh);
    /// assert!("fr".parse::<Lang>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, ReportError> {
        match text {
            "en" => Ok(Self::En),
            "zh" => Ok(Self::Zh),
            other => Err(ReportError::Language(other.to_owned())),
        }
    }
}
