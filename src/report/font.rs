//! The one font of charts and pages: Noto Sans SC (OFL-1.1, `assets/OFL.txt`), cut to GB 2312 and European letters.
//!
//! Charts measure with it, PNG files are drawn with it, and each page carries the subset that it uses. A character
//! without a glyph would be a silent gap, so pages and charts replace it by a visible box.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use font_subset::Font;
use plotters::style::{FontStyle, register_font};
use resvg::usvg::fontdb;

use super::ReportError;
use super::names::{PLACEHOLDER, hides};

/// Family name in the font file.
pub(super) const FAMILY: &str = "Noto Sans SC";
const BYTES: &[u8] = include_bytes!("assets/NotoSansSC-Regular.ttf");

/// Characters that have a glyph.
fn glyphs() -> &'static BTreeSet<char> {
    static GLYPHS: OnceLock<BTreeSet<char>> = OnceLock::new();
    GLYPHS.get_or_init(|| Font::opentype(BYTES).map(|font| font.char_ranges().flatten().collect()).unwrap_or_default())
}

/// Whether a character has a glyph and may be shown.
pub(super) fn has_glyph(c: char) -> bool {
    !hides(c) && glyphs().contains(&c)
}

/// Replaces every character that cannot be shown by a visible box; line ends stay.
pub(super) fn visible(text: String) -> String {
    let fine = |c: char| c.is_ascii_graphic() || c == ' ' || c == '\n' || has_glyph(c);
    if text.chars().all(fine) {
        return text;
    }
    text.chars().map(|c| if fine(c) { c } else { PLACEHOLDER }).collect()
}

/// Makes the font known to plotters, which measures text with it.
pub(super) fn register() {
    static DONE: OnceLock<bool> = OnceLock::new();
    // Without it plotters guesses widths; a chart with guessed margins is better than none.
    DONE.get_or_init(|| register_font(FAMILY, FontStyle::Normal, BYTES).is_ok());
}

/// The font for resvg.
pub(super) fn database() -> Arc<fontdb::Database> {
    static DATABASE: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let made = DATABASE.get_or_init(|| {
        let mut database = fontdb::Database::new();
        database.load_font_data(BYTES.to_vec());
        database.set_sans_serif_family(FAMILY);
        Arc::new(database)
    });
    Arc::clone(made)
}

/// The glyphs of `text` as a WOFF2 `data:` address.
pub(super) fn data_url(text: &str) -> Result<String, ReportError> {
    let failed = |error: &dyn std::fmt::Display| ReportError::Font(error.to_string());
    let used: BTreeSet<char> = text.chars().chain([PLACEHOLDER, ' ']).filter(|c| has_glyph(*c)).collect();
    let font = Font::opentype(BYTES).map_err(|error| failed(&error))?;
    let subset = font.subset(&used).map_err(|error| failed(&error))?;
    Ok(format!("data:font/woff2;base64,{}", base64(&subset.to_woff2())))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(word >> (18 - 6 * place)) as usize & 63];
            text.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_has_the_published_values() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    /// The crate that cuts the font is young: what it wrote is read again, glyph by glyph.
    #[test]
    fn a_subset_holds_every_character() {
        let used: BTreeSet<char> = "库存 fan ≤ 95 % □ é".chars().collect();
        let font = Font::opentype(BYTES).expect("the font");
        let bytes = font.subset(&used).expect("a subset").to_opentype();
        let again = Font::opentype(&bytes).expect("the subset");
        assert!(used.iter().all(|c| again.contains_char(*c)));
        assert_eq!(visible("a\u{202e}\u{1f600}龘b".into()), "a□□□b");
        assert!(has_glyph(PLACEHOLDER) && has_glyph('±') && has_glyph('×') && has_glyph('“'));
    }
}
