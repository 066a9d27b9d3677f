//! The canvas: lengths in CSS pixels in, SVG out.
//!
//! plotters' SVG backend knows whole pixels only, so everything is drawn on a canvas eight times as large and shown
//! through a `viewBox`. Every length, stroke and letter goes through the one scale here. The backend writes neither
//! dashes nor crisp edges: both are asked for by an opacity of their own and written in afterwards.

use plotters::backend::{DrawingBackend, SVGBackend};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontTransform, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::super::font;
use super::super::names::escape;

/// Canvas pixels in a CSS pixel.
const SCALE: f64 = 8.0;
/// plotters divides a font's size by this before it writes it.
const FONT_FACTOR: f64 = 1.24;
/// Line height of the embedded font in em: what ab_glyph takes the size to be.
const LINE_HEIGHT: f64 = 1.448;
/// Opacities that stand for something else, and what is written for them.
const MARKERS: [(&str, &str); 4] = [
    ("0.991", "stroke-dasharray=\"56 32\""),
    ("0.992", "stroke-dasharray=\"16 24\""),
    ("0.993", "stroke-dasharray=\"80 24 16 24\""),
    ("0.994", "shape-rendering=\"crispEdges\""),
];

/// A colour of the palette.
pub(super) type Ink = RGBColor;

/// Text and axes.
pub(super) const TEXT: Ink = RGBColor(0x22, 0x22, 0x22);
/// Less important text; 5.7:1 on white.
pub(super) const MUTED: Ink = RGBColor(0x5f, 0x5f, 0x5f);
/// Grid lines.
pub(super) const GRID: Ink = RGBColor(0xdd, 0xdd, 0xdd);
/// Paper.
pub(super) const PAPER: Ink = RGBColor(0xff, 0xff, 0xff);
// Okabe and Ito (2008): told apart with every kind of colour vision.
/// Blue.
pub(super) const BLUE: Ink = RGBColor(0x00, 0x72, 0xb2);
/// Sky blue.
pub(super) const SKY: Ink = RGBColor(0x56, 0xb4, 0xe9);
/// Vermilion.
pub(super) const VERMILION: Ink = RGBColor(0xd5, 0x5e, 0x00);
/// Orange.
pub(super) const ORANGE: Ink = RGBColor(0xe6, 0x9f, 0x00);
/// Bluish green.
pub(super) const GREEN: Ink = RGBColor(0x00, 0x9e, 0x73);
/// Reddish purple.
pub(super) const PURPLE: Ink = RGBColor(0xcc, 0x79, 0xa7);

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Dash {
    /// Through.
    Solid,
    /// Long dashes.
    Long,
    /// Dots.
    Dots,
    /// Long and short by turns.
    Mixed,
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Anchor {
    /// Left end.
    Start,
    /// Middle.
    Middle,
    /// Right end.
    End,
}

/// What a reader without eyes hears.
#[derive(Debug, Clone)]
pub(crate) struct Alt {
    /// Prefix of the drawing's identifiers, unique in its page.
    pub(crate) id: String,
    /// The question.
    pub(crate) title: String,
    /// The answer.
    pub(crate) description: String,
}

/// A drawing in the making.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
    failed: Option<String>,
}

/// Draws and returns the SVG element, without a name space; the error is the backend's.
pub(super) fn draw(width: f64, height: f64, alt: &Alt, paint: impl FnOnce(&mut Canvas<'_>)) -> Result<String, String> {
    font::register();
    let mut body = String::new();
    let failed = {
        let size = ((width * SCALE) as u32, (height * SCALE) as u32);
        let mut canvas = Canvas { backend: SVGBackend::with_string(&mut body, size), failed: None };
        paint(&mut canvas);
        let presented = canvas.backend.present().map_err(|error| error.to_string());
        canvas.failed.or(presented.err())
    };
    if let Some(reason) = failed {
        return Err(reason);
    }
    let start = body.find('>').map_or(0, |at| at + 1);
    let end = body.rfind("</svg>").unwrap_or(body.len());
    let mut inner = body.get(start..end).unwrap_or_default().replace(" opacity=\"1\"", "").replace(" \"/>", "\"/>");
    for (opacity, attribute) in MARKERS {
        inner = inner.replace(&format!("opacity=\"{opacity}\""), attribute);
    }
    let inner = inner.replace(&format!(" font-family=\"{}\"", font::FAMILY), "").replace(">\n", ">");
    let (id, title, description) = (&alt.id, escape(&alt.title), escape(&alt.description));
    let (w, h) = (width * SCALE, height * SCALE);
    Ok(format!(
        "<svg viewBox=\"0 0 {w} {h}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\
         <title id=\"{id}-t\">{title}</title><desc id=\"{id}-d\">{description}</desc>\
         <g stroke-linejoin=\"round\" font-family=\"{family}\">{inner}</g></svg>",
        family = font::FAMILY
    ))
}

/// Width of a text in CSS pixels.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    font::register();
    let per_em = 1000.0;
    let measured = (font::FAMILY, per_em * LINE_HEIGHT).into_font().box_size(text);
    measured.map_or(text.chars().count() as f64 * size, |(width, _)| f64::from(width) / per_em * size)
}

/// A text cut with an ellipsis to a width.
pub(super) fn fitted(text: &str, size: f64, width: f64) -> String {
    if text_width(text, size) <= width {
        return text.to_owned();
    }
    let mut cut: Vec<char> = text.chars().collect();
    while cut.len() > 1 {
        cut.pop();
        let shorter: String = cut.iter().collect::<String>().trim_end().to_owned() + "…";
        if text_width(&shorter, size) <= width {
            return shorter;
        }
    }
    "…".to_owned()
}

fn at(x: f64, y: f64) -> (i32, i32) {
    // Far outside any canvas, and what is not a number to the corner.
    let whole = |value: f64| (value * SCALE).clamp(-1e6, 1e6).round() as i32;
    (whole(x), whole(y))
}

fn stroke(ink: Ink, width: f64, dash: Dash) -> ShapeStyle {
    let alpha = match dash {
        Dash::Solid => 1.0,
        Dash::Long => 0.991,
        Dash::Dots => 0.992,
        Dash::Mixed => 0.993,
    };
    ink.mix(alpha).stroke_width((width * SCALE).round().max(1.0) as u32)
}

impl Canvas<'_> {
    fn note<E: std::fmt::Display>(&mut self, outcome: Result<(), E>) {
        if let Err(error) = outcome {
            self.failed.get_or_insert_with(|| error.to_string());
        }
    }

    /// A line through points.
    pub(super) fn line(&mut self, points: &[(f64, f64)], ink: Ink, width: f64, dash: Dash) {
        if points.len() < 2 {
            return;
        }
        let outcome = self.backend.draw_path(points.iter().map(|(x, y)| at(*x, *y)), &stroke(ink, width, dash));
        self.note(outcome);
    }

    /// A thin line through points, see-through.
    pub(super) fn faint_line(&mut self, points: &[(f64, f64)], ink: Ink, width: f64, opacity: f64) {
        if points.len() < 2 {
            return;
        }
        let style = ink.mix(opacity).stroke_width((width * SCALE).round().max(1.0) as u32);
        let outcome = self.backend.draw_path(points.iter().map(|(x, y)| at(*x, *y)), &style);
        self.note(outcome);
    }

    /// A filled outline.
    pub(super) fn area(&mut self, points: &[(f64, f64)], ink: Ink, opacity: f64) {
        if points.len() < 3 {
            return;
        }
        let outcome = self.backend.fill_polygon(points.iter().map(|(x, y)| at(*x, *y)), &ink.mix(opacity));
        self.note(outcome);
    }

    /// A filled rectangle with crisp edges.
    pub(super) fn cell(&mut self, left: f64, top: f64, right: f64, bottom: f64, ink: Ink) {
        self.fill(left, top, right, bottom, ink, 0.994);
    }

    /// A filled, see-through rectangle.
    pub(super) fn fill(&mut self, left: f64, top: f64, right: f64, bottom: f64, ink: Ink, opacity: f64) {
        let style = ink.mix(opacity).filled();
        let outcome = self.backend.draw_rect(at(left, top), at(right.max(left), bottom.max(top)), &style, true);
        self.note(outcome);
    }

    /// A frame: a closed path, because the backend's rectangle forgets its stroke's width.
    pub(super) fn frame(&mut self, left: f64, top: f64, right: f64, bottom: f64, ink: Ink, width: f64) {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top), (right, top)];
        self.line(&corners, ink, width, Dash::Solid);
    }

    /// A filled dot.
    pub(super) fn dot(&mut self, x: f64, y: f64, radius: f64, ink: Ink, opacity: f64) {
        let style = ink.mix(opacity).filled();
        let outcome = self.backend.draw_circle(at(x, y), (radius * SCALE).round() as u32, &style, true);
        self.note(outcome);
    }

    /// A ring.
    pub(super) fn ring(&mut self, x: f64, y: f64, radius: f64, ink: Ink, width: f64) {
        let style = stroke(ink, width, Dash::Solid);
        let outcome = self.backend.draw_circle(at(x, y), (radius * SCALE).round() as u32, &style, false);
        self.note(outcome);
    }

    /// A text; vertically its middle stands at `y`.
    pub(super) fn text(&mut self, text: &str, x: f64, y: f64, size: f64, ink: Ink, anchor: Anchor) {
        self.write(text, (x, y), size, ink, anchor, FontTransform::None);
    }

    /// A text that runs upwards.
    pub(super) fn upward(&mut self, text: &str, x: f64, y: f64, size: f64, ink: Ink, anchor: Anchor) {
        self.write(text, (x, y), size, ink, anchor, FontTransform::Rotate270);
    }

    fn write(&mut self, text: &str, (x, y): (f64, f64), size: f64, ink: Ink, anchor: Anchor, turn: FontTransform) {
        if text.is_empty() {
            return;
        }
        let across = match anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let font = (font::FAMILY, size * SCALE * FONT_FACTOR).into_font().transform(turn);
        let style = TextStyle::from(font).color(&ink).pos(Pos::new(across, VPos::Center));
        let outcome = self.backend.draw_text(&font::visible(text.to_owned()), &style, at(x, y));
        self.note(outcome);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_measured_with_the_font() {
        assert!((text_width("国国", 10.0) - 20.0).abs() < 0.1, "{}", text_width("国国", 10.0));
        assert!(text_width("ii", 10.0) < text_width("WW", 10.0));
        assert!(text_width(&fitted("a very long label indeed", 10.0, 60.0), 10.0) <= 60.0);
    }

    #[test]
    fn a_drawing_is_escaped_and_has_dashes() {
        let alt = Alt { id: "x".into(), title: "<b>".into(), description: "\"d\"".into() };
        let svg = draw(100.0, 50.0, &alt, |canvas| {
            canvas.text("<script>", 5.0, 5.0, 12.0, TEXT, Anchor::Start);
            canvas.line(&[(0.0, 0.0), (f64::NAN, 9.0)], BLUE, 1.0, Dash::Long);
            canvas.cell(0.0, 0.0, 5.0, 5.0, SKY);
        })
        .expect("drawn");
        assert!(svg.contains("&lt;script&gt;") && svg.contains("&lt;b&gt;") && !svg.contains("<script"));
        assert!(svg.contains("stroke-dasharray") && svg.contains("crispEdges") && !svg.contains("0.99"));
        assert!(svg.starts_with("<svg viewBox=\"0 0 800 400\" width=\"100\"") && !svg.contains("http"));
    }
}
