//! Whether a check passes, and whether a snapshot is written, is not for the learner's shell to decide.

use std::{
    path::Path,
    process::{Command, Output},
};

use workbook::check::check;

/// Set in the process that runs the check, so that the other tests may start it with variables of their own.
const IN_A_PROCESS_OF_ITS_OWN: &str = "WORKBOOK_TEST_OF_SNAPSHOTS";

/// A check of a transcript for which there is no snapshot.
#[test]
fn there_is_nothing_to_compare_with() {
    if std::env::var_os(IN_A_PROCESS_OF_ITS_OWN).is_some() {
        check("it says something", |c| {
            c.run(async || workbook::println!("something")).transcript("nothing", "It differs.")
        });
    }
}

fn check_with(variable: &str, value: &str) -> Output {
    let mut process = Command::new(std::env::current_exe().unwrap());
    process.args(["--exact", "there_is_nothing_to_compare_with", "--nocapture"]);
    process.env(IN_A_PROCESS_OF_ITS_OWN, "1").env("INSTA_UPDATE", "no").env(variable, value).output().unwrap()
}

#[test]
fn no_variable_makes_a_check_pass_or_writes_a_snapshot() {
    let written = |ending: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/checks/snapshots");
        // One that should not be there does not stay.
        std::fs::remove_file(folder.join(format!("snapshots__nothing.snap{ending}"))).is_ok()
    };
    for (variable, value) in [
        ("INSTA_FORCE_PASS", "1"),
        ("INSTA_UPDATE", "always"),
        ("INSTA_UPDATE", "1"),
        ("INSTA_UPDATE", "force"),
        ("INSTA_UPDATE", "new"),
        ("INSTA_UPDATE", "unseen"),
        ("INSTA_UPDATE", "nonsense"),
        ("INSTA_FORCE_UPDATE", "1"),
        ("INSTA_FORCE_UPDATE_SNAPSHOTS", "1"),
        ("INSTA_WORKSPACE_ROOT", "/nowhere"),
        ("INSTA_PENDING_DIR", "/nowhere"),
    ] {
        let output = check_with(variable, value);
        let (said, was_written) = (String::from_utf8_lossy(&output.stdout), written("") | written(".new"));
        assert!(!output.status.success(), "{variable}={value} made it pass");
        assert!(said.contains("no snapshot snapshots__nothing to compare with"), "{variable}={value}: {said}");
        assert!(!was_written, "{variable}={value} wrote a snapshot");
    }
}
