//! Names from files are hostile: made visible, short and harmless here.

/// Stands for a character that cannot be shown.
pub(super) const PLACEHOLDER: char = '\u{25a1}';
/// Longest name that is shown, in characters.
const LONGEST: usize = 60;
/// Longest part of a name in a file name.
const LONGEST_SLUG: usize = 40;

/// Whether a character hides, reorders or breaks text: control characters, bidirectional marks, zero widths,
/// private use, tags and non-characters.
pub(super) fn hides(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e000}'..='\u{f8ff}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{10ffff}')
}

/// A name to show: one line, what hides is replaced, cut with an ellipsis if it is very long.
pub(super) fn shown(name: &str) -> String {
    let clean = one_line(name);
    if clean.chars().count() <= LONGEST {
        return clean;
    }
    clean.chars().take(LONGEST - 1).chain(['…']).collect()
}

/// A text on one line, with what hides replaced.
pub(super) fn one_line(text: &str) -> String {
    let clean: String = text
        .chars()
        .map(|c| match c {
            '\n' | '\r' | '\t' => ' ',
            c if hides(c) => PLACEHOLDER,
            c => c,
        })
        .collect();
    clean.trim().to_owned()
}

/// The part of a file name that tells a product: lower-case letters, digits and single hyphens, or nothing.
pub(super) fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().take(4 * LONGEST_SLUG) {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_SLUG {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// Text for element content and quoted attributes of HTML and SVG.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_become_harmless() {
        assert_eq!(shown("a\u{202e}b\u{1b}[31mc\nd"), "a□b□[31mc d");
        assert_eq!(shown(&"长".repeat(200)).chars().count(), LONGEST);
        assert_eq!(slug("../../etc/passwd <Hero> 2"), "etc-passwd-hero-2");
        assert_eq!(slug("爆款"), "");
        assert_eq!(escape("<script>\"'&"), "&lt;script&gt;&quot;&#39;&amp;");
    }
}
