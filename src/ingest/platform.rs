//! The shipped presets of platform rules.

use crate::scenario::PlatformSpec;

/// Name and text of each preset.
const PRESETS: [(&str, &str); 5] = [
    ("id-tokopedia-2026-11", include_str!("../../data/platform-rules/id-tokopedia-2026-11.toml")),
    ("th-2025-06", include_str!("../../data/platform-rules/th-2025-06.toml")),
    ("th-campaign-2025-06", include_str!("../../data/platform-rules/th-campaign-2025-06.toml")),
    ("us-2026-03", include_str!("../../data/platform-rules/us-2026-03.toml")),
    ("vn-2025-06", include_str!("../../data/platform-rules/vn-2025-06.toml")),
];

/// A preset that cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PresetError {
    /// No preset has this name.
    #[error("`{name}` is not a preset of platform rules; presets: {}", platform_presets().collect::<Vec<_>>().join(", "))]
    Unknown {
        /// The name.
        name: String,
    },
    /// A text that does not say platform rules.
    #[error("platform rules `{name}`: {problem}")]
    Invalid {
        /// The name.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// The names of the shipped presets.
pub fn platform_presets() -> impl Iterator<Item = &'static str> {
    PRESETS.iter().map(|(name, _)| *name)
}

/// The shipped preset of this name.
///
/// # Errors
/// [`PresetError::Unknown`] if there is none.
///
/// ```
/// let preset = stockburst::ingest::platform_preset("th-2025-06").unwrap();
/// assert_eq!(preset.rules().metrics[0].window_days, 7);
/// assert!(stockburst::ingest::platform_preset("mars").is_err());
/// ```
pub fn platform_preset(name: &str) -> Result<PlatformSpec, PresetError> {
    let text = PRESETS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
    parse_platform_rules(name, text.ok_or_else(|| PresetError::Unknown { name: name.to_owned() })?)
}

/// Platform rules as TOML, of the shape of a preset or of a scenario's `[platform]`.
///
/// # Errors
/// [`PresetError::Invalid`] with the first error of the text, or all broken rules.
pub fn parse_platform_rules(name: &str, text: &str) -> Result<PlatformSpec, PresetError> {
    let invalid = |problem: String| PresetError::Invalid { name: name.to_owned(), problem };
    let mut spec: PlatformSpec = toml::from_str(text).map_err(|error| invalid(error.message().to_owned()))?;
    let problems = spec.problems("platform");
    if !problems.is_empty() {
        return Err(invalid(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")));
    }
    spec.preset.get_or_insert_with(|| name.to_owned());
    Ok(spec)
}

/// The scenario's keys over those of the preset that it names; what is missing then stays so.
pub(super) fn filled(own: PlatformSpec) -> Result<PlatformSpec, PresetError> {
    let preset = own.preset.as_deref().map(platform_preset).transpose()?;
    Ok(match preset {
        Some(preset) => own.over(preset),
        None => own,
    })
}

/// The scenario's keys over those of the preset that it names.
///
/// # Errors
/// [`PresetError::Unknown`] if it names none that is shipped; [`PresetError::Invalid`] if a key is still missing then.
pub fn with_preset(own: PlatformSpec) -> Result<PlatformSpec, PresetError> {
    let name = own.preset.clone().unwrap_or_default();
    let whole = filled(own)?;
    let missing: Vec<String> = whole.incomplete("platform").iter().map(ToString::to_string).collect();
    if missing.is_empty() { Ok(whole) } else { Err(PresetError::Invalid { name, problem: missing.join("; ") }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::SourceKind;

    #[test]
    fn every_preset_is_read_is_dated_and_names_its_sources() {
        for name in platform_presets() {
            let preset = platform_preset(name).expect(name);
            let rules = preset.rules();
            assert!(preset.as_of.is_some() && preset.market.is_some() && !rules.metrics.is_empty(), "{name}");
            assert!(rules.dispatch_days <= rules.cancel_days, "{name}");
            assert!(preset.source.iter().any(|source| source.kind == SourceKind::Official), "{name}");
        }
    }

    #[test]
    fn every_shipped_file_is_a_preset_and_stands_in_the_readme() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/platform-rules");
        let readme = include_str!("../../data/platform-rules/README.md");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the presets")
            .filter_map(|entry| Some(entry.ok()?.file_name().into_string().ok()?.strip_suffix(".toml")?.to_owned()))
            .collect();
        files.sort();
        assert_eq!(files, platform_presets().collect::<Vec<_>>());
        for name in files {
            assert!(readme.contains(&format!("`{name}`")), "{name}");
        }
    }

    #[test]
    fn the_published_steps_are_as_published() {
        let shares = |name: &str| -> Vec<(f64, f64)> {
            let rules = platform_preset(name).expect(name).rules();
            rules.metrics[0].steps.iter().map(|step| (step.from.get(), step.volume_share.get())).collect()
        };
        assert_eq!(shares("th-2025-06"), [(0.1, 0.9), (0.3, 0.7), (0.5, 0.5)]);
        assert_eq!(shares("vn-2025-06"), shares("th-2025-06"));
        assert_eq!(shares("id-tokopedia-2026-11"), [(0.1, 0.75), (0.3, 0.5), (0.5, 0.25), (0.75, 0.0)]);
        let us = platform_preset("us-2026-03").expect("a preset").rules();
        assert!(us.metrics[0].step(0.025).is_none() && us.metrics[0].step(0.026).is_some());
    }

    #[test]
    fn a_scenario_writes_over_its_preset() {
        let own =
            parse_platform_rules("own", "preset = \"th-2025-06\"\ncancellation = { window-days = 14 }").expect("keys");
        let both = with_preset(own).expect("a preset").rules();
        assert_eq!((both.metrics[0].window_days, both.metrics[0].steps.len(), both.cancel_days), (14, 3, Some(3)));
        let lacking = parse_platform_rules("own", "preset = \"th-2025-06\"\nlate-dispatch = { target = 0.04 }");
        let lacking = with_preset(lacking.expect("keys")).expect_err("no window");
        assert!(lacking.to_string().contains("platform.late-dispatch.window-days"), "{lacking}");
        let unknown = PlatformSpec { preset: Some("mars".into()), ..PlatformSpec::default() };
        assert!(with_preset(unknown).expect_err("no such preset").to_string().contains("th-2025-06"));
        for text in ["windw-days = 3", "cancel-days = -1", "[cancellation]\nstep = [{ from = 2.0 }]"] {
            assert!(parse_platform_rules("x", text).is_err(), "{text}");
        }
    }
}
