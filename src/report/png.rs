//! Charts as PNG files: the drawing of a desk, with its title, at twice its size.

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::chart::Drawn;
use super::names::escape;
use super::{ReportError, font};

/// Pixels in a CSS pixel.
const SCALE: f32 = 2.0;
/// Height of the title, in the drawing's units.
const TITLE: f64 = 320.0;

/// The drawing with its title above, as a document of its own.
pub(crate) fn document(drawn: &Drawn) -> String {
    let inner = &drawn.wide;
    let size = |name: &str| -> f64 {
        let value = inner.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.and_then(|(number, _)| number.parse().ok()).unwrap_or(1.0)
    };
    let (width, height) = (size("width"), size("height"));
    let body = inner.split_once("<g ").map_or("", |(_, body)| body).trim_end_matches("</svg>");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{}\" viewBox=\"0 0 {} {}\">\
         <text x=\"64\" y=\"208\" font-size=\"136\" font-weight=\"bold\" font-family=\"{}\" fill=\"#222222\">{}</text>\
         <g transform=\"translate(0 {TITLE})\"><g {body}</g></svg>",
        height + TITLE / 8.0,
        width * 8.0,
        height * 8.0 + TITLE,
        font::FAMILY,
        escape(&font::visible(drawn.title.clone()))
    )
}

/// The PNG file of a chart.
pub(crate) fn png(drawn: &Drawn) -> Result<Vec<u8>, ReportError> {
    let failed = |reason: String| ReportError::Chart { chart: drawn.name.clone(), reason };
    let options = Options { fontdb: font::database(), font_family: font::FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(&document(drawn), &options).map_err(|error| failed(error.to_string()))?;
    let size = tree.size().to_int_size().scale_by(SCALE).ok_or_else(|| failed("it is too large".to_owned()))?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or_else(|| failed("it is too large".to_owned()))?;
    pixels.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| failed(error.to_string()))
}
