//! Where a key of the scenario stands in the file.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// The bytes of the value at a path such as `event[0].start`, or of the nearest table above it that the file has.
pub(super) fn locate(document: &DeTable<'_>, path: &str) -> Range<usize> {
    let mut span = 0..0;
    let mut table = Some(document);
    for segment in path.split('.') {
        let (key, indices) = segment.split_at(segment.find('[').unwrap_or(segment.len()));
        let Some(found) = table.and_then(|table| table.get(key)) else {
            return span;
        };
        span = found.span();
        let mut value = found.get_ref();
        for index in indices.split(['[', ']']).filter(|part| !part.is_empty()) {
            let Some(item) = index.parse::<usize>().ok().and_then(|index| value.get(index)) else {
                return span;
            };
            span = item.span();
            value = item.get_ref();
        }
        table = match value {
            DeValue::Table(table) => Some(table),
            _ => None,
        };
    }
    span
}

/// The path of a key in a table; a key that is not bare is quoted.
pub(super) fn join(path: &str, key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    let key = if bare { key.to_owned() } else { format!("{key:?}") };
    if path.is_empty() { key } else { format!("{path}.{key}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_values_or_to_the_nearest_table() {
        let text = "a = 1\n[[event]]\nstart = 2\nitems = [4, { x = 5 }]\n";
        let (document, _) = DeTable::parse_recoverable(text);
        let at = |path| &text[locate(document.get_ref(), path)];
        assert_eq!(at("a"), "1");
        assert_eq!(at("event[0].start"), "2");
        assert_eq!(at("event[0].items[1].x"), "5");
        assert_eq!(at("event[0].days"), "[[event]]");
        assert_eq!(at("event[7].days"), "[[event]]");
        assert_eq!(at("none"), "");
        assert_eq!(at("a.b[0"), "1");
    }
}
