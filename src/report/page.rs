//! A page: blocks of text, tables and charts, and the template that turns them into one HTML file.
//!
//! Knows how things look, not what they mean. Everything is escaped by the template but the drawings, which escape
//! themselves; the finished page carries its own font and asks for nothing.

use askama::Template;

use super::chart::Drawn;
use super::{Lang, ReportError, font};

const STYLE: &str = include_str!("assets/style.css");
/// Stands in the style for the font until the page's characters are known.
const FONT_MARK: &str = "stockburst-font-goes-here";

/// A number in a box.
#[derive(Debug, Clone)]
pub(crate) struct Tile {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) below: String,
}

/// A table; the first `left` columns hold text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) left: usize,
    pub(crate) head: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) marked: bool,
    /// Where the first cell leads, if anywhere.
    pub(crate) link: Option<String>,
    pub(crate) cells: Vec<String>,
}

impl From<Vec<String>> for Row {
    fn from(cells: Vec<String>) -> Self {
        Self { marked: false, link: None, cells }
    }
}

/// A part of a section.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    Heading(String),
    Text(String),
    Note(String),
    List(Vec<String>),
    Verdict { class: &'static str, word: String, text: String },
    Tiles(Vec<Tile>),
    Actions(Vec<(String, Vec<String>)>),
    Facts(Vec<(String, String)>),
    Table(Table),
    Folded { summary: String, table: Table },
    Chart { insight: String, note: String, drawn: Drawn, summary: String, table: Table },
}

/// A section with a heading.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) id: String,
    pub(crate) product: bool,
    pub(crate) heading: String,
    pub(crate) blocks: Vec<Block>,
}

/// A page before it is text.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) lang: Lang,
    /// Whether tables need more width than text.
    pub(crate) broad: bool,
    pub(crate) title: String,
    pub(crate) subtitle: String,
    pub(crate) banner: Option<(String, String)>,
    pub(crate) intro: Vec<Block>,
    pub(crate) sections: Vec<Section>,
    pub(crate) footer: String,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!DOCTYPE html>
<html lang="{{ page.lang.tag() }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{{ page.title }}</title>
<style>{{ font|safe }}{{ style|safe }}</style>
</head>
<body>
<main{% if page.broad %} class="broad"{% endif %}>
<header>
<h1>{{ page.title }}</h1>
<p class="subtitle">{{ page.subtitle }}</p>
{% if let Some((word, text)) = page.banner %}<p class="banner" role="note"><strong>{{ word }}</strong>{{ text }}</p>
{% endif %}</header>
{% for block in page.intro %}{{ BlockView { block }|safe }}{% endfor %}
{% for section in page.sections %}<section id="{{ section.id }}"{% if section.product %} class="product"{% endif %}>
<h2>{{ section.heading }}</h2>
{% for block in section.blocks %}{{ BlockView { block }|safe }}{% endfor %}</section>
{% endfor %}<footer>{{ page.footer }}</footer>
</main>
</body>
</html>
"#
)]
struct PageView<'a> {
    page: &'a Page,
    font: &'a str,
    style: &'a str,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% match block %}
{%- when Block::Heading(text) %}<h3>{{ text }}</h3>
{%- when Block::Text(text) %}<p>{{ text }}</p>
{%- when Block::Note(text) %}<p class="note">{{ text }}</p>
{%- when Block::List(items) %}<ul class="plain">{% for item in items %}<li>{{ item }}</li>{% endfor %}</ul>
{%- when Block::Verdict { class, word, text } %}<p class="verdict {{ class }}"><strong>{{ word }}</strong><span>{{ text }}</span></p>
{%- when Block::Tiles(tiles) %}<div class="tiles">{% for tile in tiles %}<div class="tile"><div class="name">{{ tile.name }}</div><div class="value">{{ tile.value }}</div><div class="below">{{ tile.below }}</div></div>{% endfor %}</div>
{%- when Block::Actions(roles) %}<ul class="actions">{% for (role, texts) in roles %}<li><strong>{{ role }}</strong><div>{% for text in texts %}<p>{{ text }}</p>{% endfor %}</div></li>{% endfor %}</ul>
{%- when Block::Facts(facts) %}<dl>{% for (name, value) in facts %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>
{%- when Block::Table(table) %}{{ TableView { table }|safe }}
{%- when Block::Folded { summary, table } %}<details><summary>{{ summary }}</summary>{{ TableView { table }|safe }}</details>
{%- when Block::Chart { insight, note, drawn, summary, table } %}<figure><figcaption>{{ insight }}{% if !note.is_empty() %} <span class="note">{{ note }}</span>{% endif %}</figcaption><div class="wide">{{ drawn.wide|safe }}</div><div class="narrow">{{ drawn.narrow|safe }}</div><details><summary>{{ summary }}</summary>{{ TableView { table }|safe }}</details></figure>
{%- endmatch %}
"#
)]
struct BlockView<'a> {
    block: &'a Block,
}

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<div class="scroll" tabindex="0"><table><caption>{{ table.caption }}</caption><thead><tr>{% for name in table.head %}<th scope="col"{% if loop.index0 < table.left %} class="left"{% endif %}>{{ name }}</th>{% endfor %}</tr></thead><tbody>
{% for row in table.rows %}<tr{% if row.marked %} class="marked"{% endif %}>{% for cell in row.cells %}{% if loop.first %}<th scope="row" class="left">{% if let Some(link) = row.link.as_ref() %}<a href="{{ link }}">{{ cell }}</a>{% else %}{{ cell }}{% endif %}</th>{% else %}<td{% if loop.index0 < table.left %} class="left"{% endif %}>{{ cell }}</td>{% endif %}{% endfor %}</tr>
{% endfor %}</tbody></table></div>"#
)]
struct TableView<'a> {
    table: &'a Table,
}

/// The page as one HTML file that holds all it needs.
pub(crate) fn html(page: &Page) -> Result<String, ReportError> {
    let font = format!("@font-face{{font-family:\"Report\";src:url({FONT_MARK}) format(\"woff2\")}}\n");
    let html = font::visible(PageView { page, font: &font, style: STYLE }.render()?);
    let data = font::data_url(&html)?;
    // Only the first place is ours: a name in the data may spell the mark too.
    Ok(html.replacen(FONT_MARK, &data, 1))
}
