//! What the operating system tells a program of a solution.

#![cfg(unix)]

use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

/// Without a handler SIGTERM ends a process at once, and with it every reply that is under way.
#[test]
fn sigterm_stops_34_graceful_shutdown_as_its_signal_does() {
    let mut server = Command::new(env!("CARGO_BIN_EXE_34_graceful_shutdown_solution"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the solution is built");
    let mut output = BufReader::new(server.stdout.take().expect("it is piped"));
    let mut said = String::new();
    // The first reply has come, so the server listens for the signal.
    while !said.contains("Alice hears") {
        assert!(output.read_line(&mut said).expect("it is text") > 0, "it ended early: {said}");
    }
    let sent = Command::new("kill").args(["-TERM", &server.id().to_string()]).status().expect("kill is there");
    assert!(sent.success());
    output.read_to_string(&mut said).expect("it is text");
    assert!(server.wait().expect("it has been started").success(), "{said}");
    assert!(said.contains("stopping") && said.contains("Bob hears done after 4 s"), "{said}");
}
