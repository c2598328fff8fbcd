//! What a command leaves that is killed in the middle of a write, and what the next one makes of it.
//!
//! A process that may write no byte to any file is killed by the system at its first one, so nothing here is a race.

use std::{fs, process::Command};

use super::clone::{Clone, RIGHT, Ran};

/// Runs a command that is killed when it writes to a file.
fn killed_at_its_first_write(clone: &Clone, arguments: &[&str]) {
    let workbook = clone.command(arguments);
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "ulimit -c 0; ulimit -f 0; exec \"$0\" \"$@\""])
        .arg(workbook.get_program())
        .args(workbook.get_args());
    let ran = Ran::from(shell.current_dir(clone.root()).output().unwrap());
    assert_eq!(ran.code, None, "{ran:#?}");
}

fn names(clone: &Clone, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(clone.path(folder)).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_reset_that_is_killed_leaves_no_backup_and_the_next_leaves_nothing_but_a_whole_one() {
    let clone = Clone::new();
    clone.commit();
    clone.give("01_one", RIGHT);
    let yours = clone.read("exercises/01_one.rs");
    killed_at_its_first_write(&clone, &["reset", "1"]);
    assert!(names(&clone, ".workbook/backups").iter().all(|name| name.ends_with(".part")), "no backup is half there");
    assert_eq!(clone.read("exercises/01_one.rs"), yours);
    clone.run(&["reset", "1"]);
    assert_eq!(names(&clone, ".workbook/backups"), ["01_one.1.rs"]);
    assert_eq!(clone.read(".workbook/backups/01_one.1.rs"), yours);
}

#[test]
fn a_command_that_is_killed_while_it_writes_the_progress_leaves_what_the_next_removes() {
    let clone = Clone::new();
    clone.run(&["hint", "1"]);
    killed_at_its_first_write(&clone, &["hint", "1"]);
    assert_eq!(names(&clone, ".workbook").len(), 2, "the old progress, and the new one that is not complete");
    assert_eq!(clone.run(&["hint", "1"]).stdout, "    hint 2 of 3: Look closer.\n");
    assert_eq!(names(&clone, ".workbook"), ["progress.json"]);
}
