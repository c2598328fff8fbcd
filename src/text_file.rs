//! The workbook's own text files, whichever way their lines end on this disk.
//!
//! In the repository every line ends in `\n`. git on Windows may have made that `\r\n`, and so may an editor: no such file
//! is another one.

use std::{fs, io, path::Path};

/// Reads a text file; every line of the text ends in `\n`.
///
/// # Errors
/// If it is not there, cannot be read, or is not UTF-8.
pub fn read(path: &Path) -> io::Result<String> {
    fs::read_to_string(path).map(|text| with_newlines(&text))
}

/// The text with `\n` at the end of every line.
pub fn with_newlines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::with_newlines;

    #[test]
    fn only_the_ends_of_lines_change() {
        assert_eq!(with_newlines("a\r\n\r\nb\rc\n"), "a\n\nb\rc\n");
    }
}
