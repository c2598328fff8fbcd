//! Files whose lines end as on Windows are read as any others, and a checkout of the workbook there has none.

use std::{fs, path::Path, process::Command};

use super::clone::Clone;

/// Gives every file below a folder the line ends of Windows.
fn as_on_windows(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            as_on_windows(&path);
        } else {
            fs::write(&path, fs::read_to_string(&path).unwrap().replace('\n', "\r\n")).unwrap();
        }
    }
}

#[test]
fn a_clone_with_the_line_ends_of_windows_is_verified_right() {
    let clone = Clone::new();
    as_on_windows(&clone.root());
    let ran = clone.run(&["verify"]);
    assert!(ran.stdout.ends_with(", 0 wrong\n") && ran.code == Some(0), "{ran:#?}");
    let shown = clone.run(&["solution", "1"]).stdout;
    assert!(shown.ends_with("\n}\n") && !shown.contains('\r'), "{shown:?}");
}

#[test]
fn reset_knows_the_stub_whichever_way_its_lines_end() {
    let clone = Clone::new();
    clone.commit();
    as_on_windows(&clone.path("exercises"));
    assert_eq!(clone.run(&["reset", "1"]).stdout, "exercises/01_one.rs is the stub already.\n");
    assert!(!clone.path(".workbook/backups").exists());
}

#[test]
fn a_checkout_on_windows_has_the_line_ends_of_the_repository() {
    let clone = Clone::new();
    clone.write(".gitattributes", include_str!("../../.gitattributes"));
    fs::write(clone.path("binary"), b"\0 \r\n \n").unwrap();
    clone.commit();
    let (folder, from) = (tempfile::tempdir().unwrap(), clone.root());
    let copy = folder.path().join("copy");
    let mut git = Command::new("git");
    git.args(["-c", "core.autocrlf=true", "clone", "-q"]).args([&from, &copy]);
    assert!(git.status().unwrap().success());
    for file in ["exercises/01_one.rs", "exercises/info.toml", "tests/checks/01_one.rs", "binary"] {
        assert_eq!(fs::read(copy.join(file)).unwrap(), fs::read(clone.path(file)).unwrap(), "{file}");
    }
}
