//! Transcripts, and how they are compared: one set of snapshots for exercise and solution.

use std::path::{Path, PathBuf};

use crate::{recorder, text_file::with_newlines};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/snapshots")
}

/// Compares a transcript with its snapshot. The error is the difference in words for a learner.
///
/// Insta reads, compares and, where `INSTA_UPDATE` says so, writes the snapshot; what it has to say is about snapshots,
/// of which a learner knows nothing, so it is kept from saying it.
pub(super) fn compare(exercise: &str, name: &str, yours: &str) -> Result<(), String> {
    let name = format!("{exercise}__{name}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let assert = || insta::assert_snapshot!(name.as_str(), yours);
    if settings.bind(|| recorder::ignoring_panics(assert)).is_some() {
        return Ok(());
    }
    let path = folder().join(format!("{name}.snap"));
    let expected =
        std::fs::read_to_string(&path).map_err(|error| format!("no snapshot {name} to compare with: {error}"))?;
    let split = |text: &str| text.lines().map(ToString::to_string).collect::<Vec<_>>();
    Err(side_by_side(&split(&contents(&expected)), &split(yours)))
}

/// A snapshot file without its header, which ends at the second line of three dashes.
fn contents(file: &str) -> String {
    let file = with_newlines(file);
    file.splitn(3, "---\n").nth(2).unwrap_or(&file).to_string()
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
    use super::contents;

    #[test]
    fn a_snapshot_is_read_without_its_header_whichever_way_its_lines_end() {
        let file = "---\nsource: src/check/snapshot.rs\n---\n      0 s  One\n";
        assert_eq!(contents(file), "      0 s  One\n");
        assert_eq!(contents(&file.replace('\n', "\r\n")), "      0 s  One\n");
    }
}
