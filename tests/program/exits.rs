//! A learner's code that ends the process in a check, as `cargo test -p exercises` runs it: without a report.

use std::{
    env,
    process::{Command, Output, exit},
};

use workbook::check::{Checks, check};

/// Set in a process of its own that is to run the check.
const ALONE: &str = "WORKBOOK_EXITS_ALONE";

/// Runs a check by itself, as the test harness does; in that process nothing comes after it.
fn checked(test: &str, body: fn(&Checks)) -> Output {
    if env::var_os(ALONE).is_some() {
        check("it returns", body);
        exit(99);
    }
    let mut command = Command::new(env::current_exe().unwrap());
    command.args([&format!("exits::{test}"), "--exact"]).env(ALONE, "1").env_remove(workbook::report::VARIABLE);
    command.output().unwrap()
}

const SENTENCE: &str = "Your code ended the whole program in the middle of a check (std::process::exit?)";

#[test]
fn an_exit_that_claims_success_fails_the_test_run() {
    let output = checked("an_exit_that_claims_success_fails_the_test_run", |c| {
        c.run(|| async { exit(0) });
    });
    assert_eq!(output.status.code(), Some(101), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains(SENTENCE), "{output:?}");
}

#[test]
fn an_exit_on_a_thread_of_its_own_fails_the_test_run() {
    let output = checked("an_exit_on_a_thread_of_its_own_fails_the_test_run", |c| {
        c.run_sync(|| std::thread::spawn(|| exit(0)).join());
    });
    assert_eq!(output.status.code(), Some(101), "{output:?}");
}

#[test]
fn an_end_that_the_workbook_itself_made_is_not_told_as_an_exit() {
    let output = checked("an_end_that_the_workbook_itself_made_is_not_told_as_an_exit", |c| {
        c.run(|| async {
            loop {
                std::hint::spin_loop();
            }
        });
    });
    assert_eq!(output.status.code(), Some(70), "{output:?}");
    assert!(!String::from_utf8_lossy(&output.stderr).contains(SENTENCE), "{output:?}");
}
