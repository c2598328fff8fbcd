//! Transcripts, and how they are compared: one set of snapshots for exercise and solution.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/snapshots")
}

/// Compares a transcript with its snapshot. The error is the difference in words for a learner.
///
/// Insta only writes. Were it to compare, the learner's shell would decide what passes: a variable such as
/// `INSTA_FORCE_PASS`, or a file of insta's settings, is enough for that.
pub(super) fn compare(exercise: &str, name: &str, yours: &str) -> Result<(), String> {
    let name = format!("{exercise}__{name}");
    let program = std::env::current_exe().unwrap_or_default();
    if writes(exercise, std::env::var_os("INSTA_UPDATE").as_deref(), &program) {
        write(&name, yours);
        return Ok(());
    }
    let path = folder().join(format!("{name}.snap"));
    let expected =
        std::fs::read_to_string(&path).map_err(|error| format!("no snapshot {name} to compare with: {error}"))?;
    let (expected, yours) = (contents(&expected), lines(yours));
    if expected == yours { Ok(()) } else { Err(side_by_side(&expected, &yours)) }
}

/// True for what instructors type, `INSTA_UPDATE=always cargo test -p solutions`. Many who write Rust have set that variable
/// for work of their own, so it counts for a solution only, never for what a learner wrote.
fn writes(exercise: &str, update: Option<&OsStr>, program: &Path) -> bool {
    let is_solution = || {
        program.file_name().is_some_and(|name| {
            name.to_string_lossy().strip_prefix(exercise).is_some_and(|rest| rest.starts_with("_solution-"))
        })
    };
    update == Some(OsStr::new("always")) && is_solution()
}

fn write(name: &str, yours: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, yours));
}

/// The text of a snapshot file, below the header between two lines of three dashes.
fn contents(file: &str) -> Vec<String> {
    let header = file.lines().skip(1).take_while(|line| *line != "---").count() + 2;
    lines(file).into_iter().skip(header).collect()
}

/// The lines of a text, however they end; an end of the text that nobody sees is no difference.
fn lines(text: &str) -> Vec<String> {
    text.trim_end().lines().map(ToString::to_string).collect()
}

/// Two texts beside each other, or below each other where they are too wide; a cross marks each line that differs.
pub(super) fn side_by_side(expected: &[String], yours: &[String]) -> String {
    let widest = |text: &[String]| text.iter().map(|line| line.chars().count()).max().unwrap_or(0);
    let width = widest(expected).max("expected".len());
    let rows = expected.len().max(yours.len());
    let line = |text: &[String], row: usize| text.get(row).cloned().unwrap_or_default();
    let mark = |row: usize| if expected.get(row) == yours.get(row) { ' ' } else { '✗' };
    if width + widest(yours) + 8 <= 76 {
        let mut text = format!("  {:width$}    yours", "expected");
        for row in 0..rows {
            let pair = format!("\n{} {:width$}    {}", mark(row), line(expected, row), line(yours, row));
            text.push_str(&pair);
        }
        return text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    }
    let block = |title: &str, text: &[String]| {
        let lines: Vec<String> = (0..text.len()).map(|row| format!("{} {}", mark(row), text[row])).collect();
        format!("  {title}\n{}", lines.join("\n"))
    };
    format!("{}\n\n{}", block("expected", expected), block("yours", yours))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_command_of_instructors_writes_a_snapshot() {
        let update = |value: &str, program: &str| {
            writes("01_hello_count", Some(value.as_ref()), &Path::new("target/debug/deps").join(program))
        };
        assert!(update("always", "01_hello_count_solution-3c1f"));
        assert!(update("always", "01_hello_count_solution-3c1f.exe"));
        assert!(!update("always", "01_hello_count-3c1f"), "a learner's file, or a variant");
        assert!(!update("always", "10_hello_count_solution-3c1f"), "the solution of another exercise");
        for value in ["no", "new", "force", "unseen", "auto", "1", ""] {
            assert!(!update(value, "01_hello_count_solution-3c1f"), "{value}");
        }
        assert!(!writes("01_hello_count", None, Path::new("01_hello_count_solution-3c1f")));
    }

    #[test]
    fn a_snapshot_is_read_without_its_header_however_its_lines_end() {
        let file = "---\nsource: src/check/snapshot.rs\n---\n  0 s  One\n---\n  1 s  Two\n";
        let expected = ["  0 s  One", "---", "  1 s  Two"];
        assert_eq!(contents(file), expected);
        assert_eq!(contents(&file.replace('\n', "\r\n")), expected);
        assert_eq!(lines("  0 s  One\n---\n  1 s  Two"), expected);
    }
}
