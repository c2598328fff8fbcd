//! What counts is what is in a file, not when it was changed: copied, restored and unpacked files bring old times along.

use std::{
    fs::File,
    time::{Duration, SystemTime},
};

use super::clone::{Clone, RIGHT, WRONG, workbook};

/// Writes the body of an exercise's one function into a file that was last changed long ago.
fn give_old(clone: &Clone, name: &str, body: &str) {
    clone.give(name, body);
    let file = File::options().append(true).open(clone.path(&format!("exercises/{name}.rs"))).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
}

#[test]
fn a_program_is_that_of_the_file_as_it_is() {
    let clone = Clone::new();
    clone.give("01_one", WRONG);
    assert_eq!(clone.run(&["run", "1"]).stdout, "2 of 1\n");
    give_old(&clone, "01_one", RIGHT);
    assert_eq!(clone.run(&["run", "1"]).stdout, "1 of 1\n");
    give_old(&clone, "01_one", "7");
    assert_eq!(clone.run(&["run", "1"]).stdout, "7 of 1\n");
    // The checks are another executable.
    assert_eq!(clone.check(&["1"])[0]["status"], "failed");
}

#[test]
fn a_verdict_needs_no_memory_of_an_earlier_one() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    assert_eq!(clone.check(&["1"])[0]["status"], "passed");
    std::fs::remove_dir_all(clone.path(".workbook")).unwrap();
    give_old(&clone, "01_one", WRONG);
    assert_eq!(clone.check(&["1"])[0]["status"], "failed");
}

#[test]
fn what_was_built_by_hand_in_between_is_not_taken_for_the_file() {
    let clone = Clone::new();
    clone.give("01_one", WRONG);
    assert_eq!(clone.check(&["1"])[0]["status"], "failed");
    clone.give("01_one", RIGHT);
    // With the environment of the command, so that it is the same build.
    let cargo = std::env::var_os("CARGO").unwrap();
    let mut by_hand = std::process::Command::new(cargo);
    for (name, value) in workbook().get_envs() {
        assert!(value.is_none(), "the command only loses variables");
        by_hand.env_remove(name);
    }
    by_hand.args(["test", "--quiet", "--no-run", "-p", "exercises", "--bin", "01_one"]).current_dir(clone.root());
    assert!(by_hand.status().unwrap().success());
    give_old(&clone, "01_one", WRONG);
    assert_eq!(clone.check(&["1"])[0]["status"], "failed");
}

#[test]
fn a_verdict_on_a_file_that_has_changed_since_is_none() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    clone.check(&["1"]);
    let status = || clone.run(&["list", "--json"]).json()["exercises"][0]["status"].clone();
    assert_eq!(status(), "passed");
    give_old(&clone, "01_one", WRONG);
    assert_eq!(status(), "unchecked");
    assert!(clone.run(&["list"]).stdout.starts_with(" Numbers\n → · 01"));
    assert!(clone.run(&[]).stdout.starts_with("0 of 2 exercises passed.\n"));
    // A hint is remembered beside it, and changes nothing about that.
    clone.run(&["hint", "1"]);
    give_old(&clone, "01_one", RIGHT);
    assert_eq!(status(), "passed", "the change was taken back");
    std::fs::remove_file(clone.path("exercises/01_one.rs")).unwrap();
    assert_eq!(status(), "unchecked");
}

#[test]
fn progress_of_before_there_were_hashes_still_counts() {
    let clone = Clone::new();
    let built = r#"{"secs_since_epoch": 9, "nanos_since_epoch": 0}"#;
    let entry = format!(r#"{{"status": "passed", "hints": 2, "verdicts": 3, "source": 7, "built": {built}}}"#);
    clone.write(".workbook/progress.json", &format!("{{\"exercises\": {{\"01_one\": {entry}}}}}"));
    let ran = clone.run(&["list", "--json"]);
    let first = &ran.json()["exercises"][0];
    assert_eq!((&first["status"], &first["hints_given"]), (&"passed".into(), &2.into()), "{ran:#?}");
    assert_eq!(ran.stderr, "");
}
