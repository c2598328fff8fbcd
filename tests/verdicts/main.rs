//! What a check says of a run that failed is about that run, and about nothing that the check did itself.
//!
//! Each scene is a check as the check files have them. It is run in a process of its own, for its report.

mod scenes;

use std::{env, fs, process::Command, time::Duration};

use workbook::{
    recording::Outcome,
    render::{self, Style},
    report::{self, Line, Status, Verdict},
};

/// The verdict on a scene.
fn verdict(scene: &str) -> Verdict {
    verdict_by(&mut Command::new(env::current_exe().unwrap()), scene)
}

/// The same, where this command starts the process.
fn verdict_by(command: &mut Command, scene: &str) -> Verdict {
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("report");
    command.args([&format!("scenes::{scene}"), "--exact", "--ignored", "--test-threads=1"]);
    let output = command.env(report::VARIABLE, &report).output().unwrap();
    let lines = report::read(&report).unwrap();
    assert!(!output.status.success() || fs::exists(&report).unwrap(), "no scene {scene}");
    let ended = lines.into_iter().filter_map(|line| match line {
        Line::Ended(verdict) => Some(*verdict),
        Line::Started { .. } => None,
    });
    ended
        .max_by_key(|verdict| verdict.line)
        .unwrap_or_else(|| panic!("{scene}: {}", String::from_utf8_lossy(&output.stdout)))
}

fn message(verdict: &Verdict) -> &str {
    verdict.message.as_deref().unwrap_or_default()
}

fn seconds(verdict: &Verdict) -> u64 {
    verdict.recording.as_ref().expect("a recording").elapsed().as_secs()
}

#[test]
fn the_run_that_failed_is_shown_and_not_the_last_one() {
    let verdict = verdict("the_first_of_two_runs_is_wrong");
    assert!(message(&verdict).contains("yours:    6 s"), "{verdict:?}");
    assert_eq!(seconds(&verdict), 6);
}

#[test]
fn the_run_that_free_assertions_read_last_is_shown() {
    let verdict = verdict("what_was_read_of_the_second_of_three_runs_is_wrong");
    assert_eq!(message(&verdict), "The second run is wrong.");
    assert_eq!(seconds(&verdict), 2);
}

#[test]
fn findings_of_another_run_are_not_told_of_the_one_that_failed() {
    let verdict = verdict("one_run_loses_a_task_and_another_one_fails");
    assert_eq!(message(&verdict), "The second run returns 1.\n\nexpected: 1\nyours:    2");
    assert_eq!(verdict.findings, []);
}

#[test]
fn a_finding_that_fails_a_check_comes_with_its_run() {
    let verdict = verdict("the_first_run_loses_a_task_and_nothing_else_is_wrong");
    assert_eq!(verdict.status, Status::Failed);
    assert_eq!(verdict.findings[0].code, "W03");
    assert_eq!(message(&verdict), verdict.findings[0].message);
    assert_eq!(seconds(&verdict), 1);
}

#[test]
fn what_a_check_raises_inside_of_a_run_is_no_panic_of_the_program() {
    let verdict = verdict("the_check_judges_inside_of_a_run");
    assert_eq!(message(&verdict), "Nobody answered.");
    let recording = verdict.recording.as_ref().unwrap();
    assert_eq!(recording.outcome, Outcome::Judged);
    assert_eq!(recording.panics, []);
    let picture = render::terminal(recording, Style { width: 80, colour: false });
    assert!(picture.contains("ended by the check at 61 s"), "{picture}");
    assert!(!picture.contains("panic"), "{picture}");
    // Not even the task that the check left alive is lost by the program.
    assert_eq!(verdict.findings, []);
}

#[test]
fn nothing_is_said_of_an_import_that_is_there() {
    // A scene is in no exercise's file, so it is not known what its file imports.
    let verdict = verdict("nothing_is_printed");
    assert!(message(&verdict).starts_with("It says hello.\n\n  expected"), "{verdict:?}");
}

#[test]
fn waits_that_are_too_few_too_many_or_none_are_told_apart() {
    let in_turn = verdict("two_wait_in_turn");
    assert!(message(&in_turn).starts_with("They waited in turn.\n\nexpected at once: 2\nyours at most:    1"));
    assert_eq!(in_turn.findings[0].code, "W09");
    let few = verdict("two_of_three_wait_at_once");
    assert!(message(&few).starts_with("Some of the waits went on at the same time, but not all of them: "), "{few:?}");
    let many = verdict("three_wait_instead_of_two");
    assert!(message(&many).starts_with("More waits went on at the same time than there should be."), "{many:?}");
    assert_eq!(many.findings, []);
    let none = verdict("nothing_waits");
    assert!(message(&none).starts_with("Nothing waited here"), "{none:?}");
    let overlapping = verdict("two_wait_at_once_that_should_not");
    assert!(message(&overlapping).starts_with("They overlapped.\n\nexpected at once: 1\nyours at most:    2"));
}

#[test]
fn a_port_of_the_operating_systems_choice_is_in_no_message() {
    let verdict = verdict("a_port_is_told");
    assert!(message(&verdict).starts_with("Nobody listens at http://127.0.0.1/a."), "{verdict:?}");
}

#[test]
fn a_run_that_passed_is_shown_whole() {
    let verdict = verdict("all_is_well");
    assert_eq!(verdict.status, Status::Passed);
    assert_eq!(verdict.recording.unwrap().elapsed(), Duration::from_secs(3));
}

/// With this setting of the shell's `ulimit -n`.
#[cfg(unix)]
fn with_open_files(ulimit: &str, scene: &str) -> Verdict {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit {ulimit}; exec \"$0\" \"$@\"")]).arg(env::current_exe().unwrap());
    verdict_by(&mut shell, scene)
}

#[cfg(unix)]
#[test]
fn more_open_files_are_asked_for_where_more_are_allowed() {
    let verdict = with_open_files("-Sn 64", "three_hundred_sockets_are_opened");
    assert_eq!(verdict.status, Status::Passed, "{verdict:?}");
}

#[cfg(unix)]
#[test]
fn too_few_open_files_are_named_before_anything_is_said_of_the_code() {
    let verdict = with_open_files("-n 128", "three_hundred_sockets_are_opened");
    assert!(message(&verdict).starts_with("This system lets a program open only 128 files"), "{verdict:?}");
    assert!(message(&verdict).ends_with("expected: true\nyours:    false"), "{verdict:?}");
    assert_eq!(with_open_files("-n 128", "all_is_well").status, Status::Passed);
}
