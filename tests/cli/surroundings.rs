//! What the commands run in: folders, a target of the learner's own, a home.

use std::process::Command;

use super::clone::{Clone, RIGHT, Ran, workbook};

#[test]
fn it_works_from_any_folder_of_the_clone() {
    let clone = Clone::new();
    let mut command = workbook();
    command.args(["hint", "1"]).current_dir(clone.path("tests/checks"));
    assert_eq!(command.output().unwrap().status.code(), Some(0));
    assert!(clone.path(".workbook/progress.json").exists());
}

#[test]
fn it_works_with_a_target_folder_of_the_learners_own_and_a_target_to_build_for() {
    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let rustc = Command::new("rustc").arg("-vV").output().unwrap();
    let said = String::from_utf8(rustc.stdout).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let elsewhere = clone.path("target folder");
    let mut command = clone.command(&["check", "--json", "1"]);
    command.env("CARGO_TARGET_DIR", &elsewhere).env("CARGO_BUILD_TARGET", host);
    let ran = Ran::from(command.output().unwrap());
    assert_eq!(ran.json()["exercises"][0]["status"], "passed", "{ran:#?}");
    assert!(elsewhere.join(host).is_dir() && !clone.path("target").exists());
    let mut run = clone.command(&["run", "1"]);
    run.env("CARGO_TARGET_DIR", &elsewhere).env("CARGO_BUILD_TARGET", host);
    assert_eq!(Ran::from(run.output().unwrap()).stdout, "1 of 1\n");
}

#[test]
fn what_the_shell_asks_of_other_tests_reaches_no_check() {
    let clone = Clone::new();
    clone.give("01_one", "if std::env::var_os(\"INSTA_UPDATE\").is_some() { 0 } else { NUMBER }");
    for arguments in [&["check", "--json", "1"][..], &["check", "--json", "--solution", "1"]] {
        let mut command = clone.command(arguments);
        let ran = Ran::from(command.env("INSTA_UPDATE", "always").output().unwrap());
        assert_eq!(ran.json()["exercises"][0]["status"], "passed", "{ran:#?}");
    }
}

#[cfg(unix)]
#[test]
fn it_works_with_a_home_that_cannot_be_written_to_and_leaves_nothing_there() {
    use std::{fs, os::unix::fs::PermissionsExt};

    let clone = Clone::new();
    clone.give("01_one", RIGHT);
    let home = clone.path("home");
    fs::create_dir(&home).unwrap();
    fs::set_permissions(&home, fs::Permissions::from_mode(0o555)).unwrap();
    let mut command = clone.command(&["check", "--json", "1"]);
    // The compiler itself stays where it is.
    for (variable, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let before = std::env::home_dir().map(|home| home.join(folder)).filter(|folder| folder.is_dir());
        if let Some(folder) = std::env::var_os(variable).map(Into::into).or(before) {
            command.env(variable, folder);
        }
    }
    let ran = Ran::from(command.env("HOME", &home).output().unwrap());
    assert_eq!(ran.json()["exercises"][0]["status"], "passed", "{ran:#?}");
    assert_eq!(fs::read_dir(&home).unwrap().count(), 0);
}

#[cfg(target_os = "linux")]
#[test]
fn a_busy_machine_is_not_blamed_on_the_learner() {
    use std::process::{Child, Stdio};

    struct Busy(Vec<Child>);

    impl Drop for Busy {
        fn drop(&mut self) {
            for child in &mut self.0 {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }

    let clone = Clone::new();
    // Some work, which takes a fifth of a second where nothing else runs.
    clone.give(
        "01_one",
        "(0..10_000_000_u64).fold(NUMBER, |number, nth| std::hint::black_box(number ^ (nth >> 40) as u8))",
    );
    assert_eq!(clone.check(&["1"])[0]["status"], "passed");
    // Whoever gives way to everybody else gets next to no processor beside as many busy loops as there are processors.
    let processors = std::thread::available_parallelism().unwrap().get();
    let busy = |_| Command::new("sh").args(["-c", "while :; do :; done"]).stdin(Stdio::null()).spawn().unwrap();
    let _busy = Busy((0..processors).map(busy).collect());
    let mut command = Command::new("nice");
    command.args(["-n", "19", env!("CARGO_BIN_EXE_workbook"), "check", "--json", "1"]);
    let ran = Ran::from(command.env_remove("CARGO_TARGET_DIR").current_dir(clone.root()).output().unwrap());
    assert_eq!(ran.json()["exercises"][0]["status"], "passed", "{ran:#?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named_where_checks_cannot_report() {
    let clone = Clone::new();
    clone
        .give("01_one", "{ eprintln!(\"the report of the checks could not be written: No space left on device\"); 0 }");
    let judged = &clone.check(&["1"])[0];
    assert_eq!(judged["status"], "broken");
    let message = judged["message"].as_str().unwrap();
    assert!(message.contains("could not write their report") && message.contains("is the disk full?"), "{message}");
}
