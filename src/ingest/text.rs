//! Texts of a file as a person may see them: nothing that moves a cursor, nothing endless.

/// Most characters of a value that an error shows.
const LONGEST: usize = 60;

/// A text from a file or a path, fit for a terminal: control, direction and invisible characters are escaped, and
/// what is longer than 60 characters is cut.
///
/// ```
/// use stockburst::ingest::shown;
/// assert_eq!(shown("a\u{1b}[31mb\n"), "a\\u{1b}[31mb\\n");
/// ```
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = escaped(text.chars().take(LONGEST));
    if text.chars().nth(LONGEST).is_some() {
        out.push('…');
    }
    out
}

/// The same without a limit.
pub(super) fn escaped(text: impl IntoIterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        if is_hidden(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character must not reach a terminal as it is.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Columns that a character takes on a terminal: two for the wide ones of East Asia, else one.
pub(super) fn cells(c: char) -> usize {
    let wide = matches!(c,
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}' | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f900}'..='\u{1f9ff}' | '\u{20000}'..='\u{3fffd}');
    if wide { 2 } else { 1 }
}

/// The known name that was most likely meant, if one is near.
pub(super) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Distances grow with the product of the lengths; no name of ours is long.
    if name.len() > 64 {
        return None;
    }
    let plain = |text: &str| text.trim().to_lowercase().replace(['_', ' '], "-");
    let name = plain(name);
    let scored = known.into_iter().filter_map(|candidate| {
        let wanted = plain(candidate);
        let slips = strsim::damerau_levenshtein(&name, &wanted);
        let likeness = strsim::jaro_winkler(&name, &wanted);
        let allowed = (wanted.chars().count() / 3).max(1);
        (slips <= allowed || likeness >= 0.9).then_some((slips, likeness, candidate))
    });
    scored.min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1))).map(|(_, _, candidate)| candidate)
}

/// Names in backticks, joined by commas, each shown safely; after twenty comes an ellipsis.
pub(super) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let mut names = names.into_iter();
    let mut parts: Vec<String> = names.by_ref().take(20).map(|name| format!("`{}`", shown(name))).collect();
    if names.next().is_some() {
        parts.push("…".to_owned());
    }
    parts.join(", ")
}

/// Text in a terminal's colour, or as it is.
pub(super) fn painted(text: &str, code: &str, colour: bool) -> String {
    if colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// Bold red, for the word "error" and its marks.
pub(super) const RED: &str = "1;31";
/// Bold yellow, for the word "warning" and its marks.
pub(super) const YELLOW: &str = "1;33";
/// Bold blue, for frames.
pub(super) const BLUE: &str = "1;34";
/// Bold cyan, for the word "help".
pub(super) const CYAN: &str = "1;36";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["opening-stock", "sku", "unit-cost", "price"];
        assert_eq!(nearest("openning-stock", known), Some("opening-stock"));
        assert_eq!(nearest("unit_cost", known), Some("unit-cost"));
        assert_eq!(nearest("Price", known), Some("price"));
        assert_eq!(nearest("warehouse", known), None);
        assert_eq!(nearest(&"x".repeat(10_000), known), None);
    }

    #[test]
    fn hostile_texts_are_escaped_and_cut() {
        assert_eq!(shown("a\u{202e}b\u{7}"), "a\\u{202e}b\\u{7}");
        assert_eq!(shown("名稱"), "名稱");
        assert_eq!(shown(&"x".repeat(100)).chars().count(), LONGEST + 1);
    }
}
