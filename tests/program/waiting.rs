//! What is said of a program that waits: when it can never go on, and when somebody presses Ctrl-C.

use std::{
    path::Path,
    process::{Command, Output, Stdio},
};

use super::{built, text};

fn waits(arguments: &[&str], way: &str) -> Command {
    let mut command = Command::new(built(&["-p", "async-workbook", "--example", "waits"], "examples/waits"));
    command.args(arguments).args(["--", way]).current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

/// The number of the line in the program that has this text.
fn line(of: &str) -> usize {
    let source = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/program/waits.rs")).unwrap();
    source.lines().position(|line| line.contains(of)).expect("it is in the program") + 1
}

/// It was ended with this code, because of this and at this line first.
#[track_caller]
fn is_told(output: &Output, code: i32, message: &str, first: &str) {
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    let finding = said.split_once(message).unwrap_or_else(|| panic!("{message} is not in {said}")).1;
    let place = format!("tests/program/waits.rs:{}: ", line(first));
    assert!(finding.lines().nth(1).is_some_and(|line| line.trim().starts_with(&place)), "{place} is not in {said}");
}

#[test]
fn a_deadlock_on_several_threads_is_found_and_told_with_its_lines() {
    for arguments in [&["--timeline"][..], &["--fast"]] {
        let output = waits(arguments, "deadlock").output().unwrap();
        is_told(&output, 70, "W01: stuck: main waits for a RwLock that it holds itself", "let after = ");
    }
}

#[test]
fn a_deadlock_on_several_threads_is_found_beside_a_heartbeat() {
    let output = waits(&["--timeline"], "deadlock beside a heartbeat").output().unwrap();
    is_told(&output, 70, "wait in a circle, each for a lock that the next one holds", "let _second = ");
    let said = text(&output.stderr);
    assert!(said.contains("some of its tasks wait for locks that only they could give back"), "{said}");
    assert!(text(&output.stdout).contains("mutex"), "the picture is drawn");
}

#[cfg(unix)]
mod interrupts {
    use std::{
        io::{BufRead, BufReader, Read},
        process::ChildStdout,
    };

    use super::*;

    /// Runs the program until it says that it waits, presses Ctrl-C and returns the rest.
    fn interrupted(arguments: &[&str], way: &str) -> (Option<i32>, String, String) {
        let mut command = waits(arguments, way);
        let mut program = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut output: BufReader<ChildStdout> = BufReader::new(program.stdout.take().unwrap());
        let mut said = String::new();
        output.read_line(&mut said).unwrap();
        assert_eq!(said, "it waits\n");
        assert!(Command::new("kill").args(["-INT", &program.id().to_string()]).status().unwrap().success());
        let (mut rest, mut complaints) = (String::new(), String::new());
        output.read_to_string(&mut rest).unwrap();
        program.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        (program.wait().unwrap().code(), rest, complaints)
    }

    #[test]
    fn ctrl_c_shows_where_each_task_waits_and_ends_the_program() {
        let (code, picture, said) = interrupted(&["--record", "/dev/null"], "kept");
        assert_eq!(code, Some(130), "{said}");
        assert!(picture.contains("mutex") && picture.contains("ended with Ctrl-C"), "{picture}");
        let main =
            format!("  main waited for a Mutex at tests/program/waits.rs:{}, since ", line("*lock.lock().await += 1"));
        let keeper = format!("    task 2 got it at tests/program/waits.rs:{} at ", line("let _guard = theirs"));
        assert!(said.contains("where each task was:\n") && said.contains(&main) && said.contains(&keeper), "{said}");
        assert!(!said.contains("W0"), "nothing is certain: {said}");
    }

    #[test]
    fn a_program_that_handles_ctrl_c_itself_keeps_it() {
        let (code, said, complaints) = interrupted(&["--timeline"], "handles");
        assert_eq!(code, Some(0), "{complaints}");
        assert!(said.starts_with("it stops by itself\n"), "{said}");
    }
}
