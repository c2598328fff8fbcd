//! A program that somebody runs and looks at waits for signals and clients, on the virtual clock too.

use std::{
    io::{BufRead, BufReader, Read},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
};

use super::{program, text};

/// Runs the program until it says that it waits, and gives what it said then.
fn waiting(way: &str) -> (Child, BufReader<ChildStdout>, String) {
    let mut command = Command::new(program());
    let command = command.args(["--fast", "--", way]).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    while !said.starts_with("it waits") {
        said.clear();
        assert!(output.read_line(&mut said).unwrap() > 0, "it ended early");
    }
    (child, output, said)
}

#[track_caller]
fn ends_well((mut child, mut output): (Child, BufReader<ChildStdout>)) {
    output.read_to_string(&mut String::new()).unwrap();
    assert!(child.wait().unwrap().success());
}

/// That Ctrl-C would end it, as it ends everything, is nothing that it waits for.
#[test]
fn one_that_waits_for_nothing_is_stuck_at_once() {
    let mut command = Command::new(program());
    let output = command.args(["--fast", "--", "stuck"]).stdin(Stdio::null()).output().unwrap();
    let said = text(&output.stderr);
    assert!(said.contains("the program is stuck: every task waits"), "{said}");
}

#[test]
fn one_that_waits_for_a_signal_is_not_stuck() {
    let (child, output, _) = waiting("signalled");
    // Long enough for whoever guesses from silence.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let sent = Command::new("kill").args(["-USR1", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    ends_well((child, output));
}

#[test]
fn one_that_waits_for_a_client_is_not_stuck() {
    let (child, output, said) = waiting("called");
    std::thread::sleep(std::time::Duration::from_millis(300));
    TcpStream::connect(said.trim_end().trim_start_matches("it waits at ")).unwrap();
    ends_well((child, output));
}
