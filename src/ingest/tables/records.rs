//! The records of a CSV text: where each begins, and whether its form is sound.
//!
//! Done before polars sees the text, so that rows are known by their true line and a form that a fast reader would
//! guess at (open quotes, ragged rows, blank lines) is decided here. Follows RFC 4180.

use std::borrow::Cow;

use super::cells::Problems;
use super::error::TableError;

/// A sound CSV text.
#[derive(Debug)]
pub(super) struct Records<'a> {
    /// Names of the columns, trimmed.
    pub(super) header: Vec<String>,
    /// Header and rows without blank lines.
    pub(super) text: Cow<'a, str>,
    /// The line on which each row begins, without the header's.
    pub(super) lines: Vec<usize>,
}

/// Finds the records; rows of another width than the header are noted in `problems`.
pub(super) fn scan<'a>(
    text: &'a str,
    wanted: &[&'static str],
    problems: &mut Problems<'_>,
) -> Result<Records<'a>, TableError> {
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0, line: 1 };
    let mut header: Option<(usize, usize, usize)> = None;
    let mut pieces: Vec<&str> = Vec::new();
    let mut piece_start = 0;
    let mut lines = Vec::new();
    while scanner.at < text.len() {
        let (start, line) = (scanner.at, scanner.line);
        let fields = scanner.record()?;
        if text[start..scanner.at].trim().is_empty() {
            // A blank line is no row; it ends one piece of the text and the next begins after it.
            pieces.push(&text[piece_start..start]);
            piece_start = scanner.at;
            continue;
        }
        match header {
            None => header = Some((start, scanner.at, fields)),
            Some((.., width)) => {
                if fields != width {
                    let problem = format!("has {fields} fields where the header has {width}");
                    problems.row(
                        line,
                        problem,
                        "give every row as many commas as the header, and quote commas in texts",
                    );
                }
                lines.push(line);
            }
        }
    }
    let Some((start, end, _)) = header else {
        return Err(TableError::Empty { wanted: wanted.to_vec() });
    };
    let header = split(&text[start..end]);
    let rest = &text[piece_start..];
    let text = if pieces.iter().all(|piece| piece.is_empty()) {
        Cow::Borrowed(rest)
    } else {
        pieces.push(rest);
        Cow::Owned(pieces.concat())
    };
    Ok(Records { header, text, lines })
}

/// Steps from record to record.
struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl Scanner<'_> {
    /// Passes one record with its line end and counts its fields.
    fn record(&mut self) -> Result<usize, TableError> {
        let mut fields = 1;
        loop {
            if self.bytes.get(self.at) == Some(&b'"') {
                self.quoted()?;
            } else {
                let rest = &self.bytes[self.at..];
                self.at += rest.iter().position(|byte| matches!(byte, b',' | b'\n' | b'"')).unwrap_or(rest.len());
                if self.bytes.get(self.at) == Some(&b'"') {
                    let problem =
                        "a quote stands inside a cell; put the whole cell in quotes and double the inner ones";
                    return Err(TableError::Quotes { line: self.line, problem });
                }
            }
            let end = self.bytes.get(self.at);
            self.at += 1;
            match end {
                Some(b',') => fields += 1,
                Some(_) => {
                    self.line += 1;
                    return Ok(fields);
                }
                None => {
                    self.at = self.bytes.len();
                    return Ok(fields);
                }
            }
        }
    }

    /// Passes a quoted field; stops at the comma or line end after it.
    fn quoted(&mut self) -> Result<(), TableError> {
        let opened = self.line;
        self.at += 1;
        loop {
            match (self.bytes.get(self.at), self.bytes.get(self.at + 1)) {
                (Some(b'"'), Some(b'"')) => self.at += 2,
                (Some(b'"'), None | Some(b',' | b'\n')) => {
                    self.at += 1;
                    return Ok(());
                }
                (Some(b'"'), Some(b'\r')) if matches!(self.bytes.get(self.at + 2), None | Some(b'\n')) => {
                    self.at += 2;
                    return Ok(());
                }
                (Some(b'"'), Some(_)) => {
                    let problem = "text follows a closing quote; double the quotes inside a cell";
                    return Err(TableError::Quotes { line: self.line, problem });
                }
                (Some(byte), _) => {
                    self.line += usize::from(*byte == b'\n');
                    self.at += 1;
                }
                (None, _) => {
                    let problem = "a quote is opened here and never closed; close it or remove it";
                    return Err(TableError::Quotes { line: opened, problem });
                }
            }
        }
    }
}

/// The fields of one sound record, trimmed and without their quotes.
fn split(record: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in record.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => {
                if let Some(field) = fields.last_mut() {
                    field.push(c);
                }
            }
        }
    }
    fields.into_iter().map(|field| field.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scanned(text: &str) -> Result<(Vec<String>, String, Vec<usize>), TableError> {
        let mut problems = Problems::new("t.csv");
        let records = scan(text, &["a"], &mut problems)?;
        Ok((records.header, records.text.into_owned(), records.lines))
    }

    #[test]
    fn rows_are_known_by_the_line_on_which_they_begin() {
        let (header, text, lines) =
            scanned("\n a ,\"b, c\"\r\n1,\"x\ny\"\n\n  \n2,\"say \"\"hi\"\"\"\n3,").expect("sound");
        assert_eq!(header, ["a", "b, c"]);
        assert_eq!(lines, [3, 7, 8]);
        assert_eq!(text, " a ,\"b, c\"\r\n1,\"x\ny\"\n2,\"say \"\"hi\"\"\"\n3,");
    }

    #[test]
    fn quotes_that_do_not_fit_are_refused_with_their_line() {
        let line = |text| match scanned(text) {
            Err(TableError::Quotes { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(line("a,b\n1,5\" pipe\n"), 2);
        assert_eq!(line("a,b\n1,\"x\"y\n"), 2);
        assert_eq!(line("a,b\n1,2\n3,\"open\n\n"), 3);
    }

    #[test]
    fn nothing_is_empty() {
        assert_eq!(scanned(" \n\n").expect_err("empty"), TableError::Empty { wanted: vec!["a"] });
    }
}
