//! File names on the screen as links that a terminal opens, by the escape sequence OSC 8
//! (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>). One that does not know it shows the plain name.

use std::{num::NonZeroU16, ops::Range};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ratatui::buffer::{Buffer, CellDiffOption};

use crate::cli::{system::System, workspace::Workspace};

/// What stands in the path of a URL as it is.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b':');

/// The folders whose files are linked.
const FOLDERS: [&str; 4] = ["exercises/", "solutions/", "tests/", "book/"];

/// Makes links of all names of files in the clone.
pub(super) fn link_files(buffer: &mut Buffer, workspace: &Workspace) {
    let area = buffer.area;
    for row in area.top()..area.bottom() {
        let cells: Vec<String> =
            (area.left()..area.right()).map(|column| buffer[(column, row)].symbol().to_string()).collect();
        for name in file_names(&cells) {
            let path = workspace.path(&cells[name.clone()].concat());
            if !path.is_file() {
                continue;
            }
            let url = url(&path.to_string_lossy(), System::HERE);
            for column in name {
                // A link in every cell, since only those that change are written.
                let cell = &mut buffer[(area.left() + column as u16, row)];
                let symbol = format!("\x1b]8;id={row};{url}\x1b\\{}\x1b]8;;\x1b\\", cells[column]);
                cell.set_symbol(&symbol).set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
            }
        }
    }
}

/// The columns of what looks like the name of a Rust file in one of the folders.
fn file_names(cells: &[String]) -> Vec<Range<usize>> {
    let belongs = |cell: &String| {
        let mut chars = cell.chars();
        matches!((chars.next(), chars.next()), (Some(c), None) if c.is_ascii_alphanumeric() || "/_-.".contains(c))
    };
    let mut names = Vec::new();
    let mut from = 0;
    while from < cells.len() {
        let length = cells[from..].iter().take_while(|cell| belongs(cell)).count();
        let word = cells[from..from + length].concat();
        // What ends a sentence is no part of the name.
        let name = word.trim_end_matches('.');
        if name.ends_with(".rs") && FOLDERS.iter().any(|folder| name.starts_with(folder)) {
            names.push(from..from + name.len());
        }
        from += length.max(1);
    }
    names
}

fn url(path: &str, system: System) -> String {
    let path = match system {
        System::Unix => path.to_string(),
        System::Windows => with_slashes(path),
    };
    format!("file://{}", utf8_percent_encode(&path, PATH))
}

/// A path of Windows as a URL has it: `C:\a` is `/C:/a`, and `\\server\share` begins with its server (RFC 8089).
fn with_slashes(path: &str) -> String {
    let path = match (path.strip_prefix(r"\\?\UNC\"), path.strip_prefix(r"\\?\")) {
        (Some(share), _) => format!("//{share}"),
        (None, path_with_drive) => path_with_drive.unwrap_or(path).to_string(),
    };
    let path = path.replace('\\', "/");
    path.strip_prefix("//").map_or(format!("/{path}"), String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn names_of_files_are_found_without_what_stands_around_them() {
        let text = "│ see exercises/01_a.rs:29:9 (or tests/checks/01_a.rs). a.rs";
        let names: Vec<String> = file_names(&cells(text)).into_iter().map(|name| cells(text)[name].concat()).collect();
        assert_eq!(names, ["exercises/01_a.rs", "tests/checks/01_a.rs"]);
    }

    #[test]
    fn a_url_has_no_spaces() {
        assert_eq!(url("/a clone/ä/01_a.rs", System::Unix), "file:///a%20clone/%C3%A4/01_a.rs");
    }

    #[test]
    fn a_url_of_a_file_on_windows_begins_with_its_drive_or_server() {
        for (path, expected) in [
            (r"C:\a clone\exercises/01_a.rs", "file:///C:/a%20clone/exercises/01_a.rs"),
            (r"\\?\C:\a\01_a.rs", "file:///C:/a/01_a.rs"),
            (r"\\server\share\01_a.rs", "file://server/share/01_a.rs"),
            (r"\\?\UNC\server\share\01_a.rs", "file://server/share/01_a.rs"),
        ] {
            assert_eq!(url(path, System::Windows), expected);
        }
    }
}
