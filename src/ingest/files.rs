//! Bytes from a path and text from bytes, with the ways in which that fails.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};

/// Why a file cannot be read as text; reads after the file's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FileProblem {
    /// Nothing has that name.
    #[error("does not exist; check the name, and the folder it is looked for in")]
    Missing,
    /// A folder has that name.
    #[error("is a folder; name a file in it")]
    Directory,
    /// The system refuses.
    #[error("may not be read; check its permissions")]
    Denied,
    /// More bytes than a file of this kind ever has.
    #[error("is larger than `{0}` MiB, the most that is read; name another file")]
    TooLarge(u64),
    /// The system fails otherwise.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// UTF-16, as some editors write.
    #[error("is UTF-16 text; save it as UTF-8")]
    Utf16,
    /// Bytes that no text has.
    #[error("is not text (line {line} holds a zero byte); {advice}")]
    Binary {
        /// Line of the first such byte, from 1.
        line: usize,
        /// What it probably is, and what to do.
        advice: &'static str,
    },
    /// Bytes that are not UTF-8.
    #[error("is not UTF-8 text from line {line} on; save it as UTF-8")]
    NotUtf8 {
        /// Line of the first bad byte, from 1.
        line: usize,
    },
}

/// Reads a whole file of at most `limit` MiB.
#[expect(clippy::disallowed_methods, reason = "reading files is this room's work")]
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, FileProblem> {
    if path.as_os_str().is_empty() {
        return Err(FileProblem::Missing);
    }
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidInput => FileProblem::Missing,
        ErrorKind::PermissionDenied => FileProblem::Denied,
        ErrorKind::IsADirectory => FileProblem::Directory,
        _ => FileProblem::Unreadable(error.to_string()),
    };
    if path.is_dir() {
        return Err(FileProblem::Directory);
    }
    let most = limit * 1024 * 1024;
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(failed)?.take(most + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > most { Err(FileProblem::TooLarge(limit)) } else { Ok(bytes) }
}

/// The SHA-256 digest in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The bytes as text, without a byte-order mark.
pub(super) fn text(bytes: &[u8]) -> Result<&str, FileProblem> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(FileProblem::Utf16);
    }
    let line_of = |at: usize| 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        let advice =
            if bytes.starts_with(b"PK") { "a spreadsheet has to be saved as CSV first" } else { "name a text file" };
        return Err(FileProblem::Binary { line: line_of(at), advice });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| FileProblem::NotUtf8 { line: line_of(e.valid_up_to()) })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_are_the_published_ones() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn texts_that_are_none_are_named() {
        assert_eq!(text(b"\xff\xfea\0"), Err(FileProblem::Utf16));
        assert_eq!(text(b"a\nb\0"), Err(FileProblem::Binary { line: 2, advice: "name a text file" }));
        assert!(matches!(text(b"PK\x03\x04\0"), Err(FileProblem::Binary { advice, .. }) if advice.contains("CSV")));
        assert_eq!(text(b"a\n\n\xe9"), Err(FileProblem::NotUtf8 { line: 3 }));
        assert_eq!(text(b"\xef\xbb\xbfa"), Ok("a"));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "writes its fixture")]
    fn paths_that_are_no_files_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read(folder.path(), 1), Err(FileProblem::Directory));
        assert_eq!(read(&folder.path().join("none.csv"), 1), Err(FileProblem::Missing));
        assert_eq!(read(Path::new(""), 1), Err(FileProblem::Missing));
        assert_eq!(read(Path::new("a\0b"), 1), Err(FileProblem::Missing));
        let long = folder.path().join("long");
        std::fs::File::create(&long).and_then(|file| file.set_len(1_048_577)).expect("a file");
        assert_eq!(read(&long, 1), Err(FileProblem::TooLarge(1)));
    }
}
