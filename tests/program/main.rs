//! A program writes down what it did however it ended, and never half of it.

#[cfg(unix)]
mod exits;
mod scraper;
#[cfg(target_os = "linux")]
mod visitors;
mod waiting;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;
use workbook::recording::{Outcome, Recording};

/// A program of the workspace; built here, since a test of one target builds no others.
fn built(what: &[&str], path: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let target = test.ancestors().nth(3).expect("a test is three folders deep in the target folder");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet"]).args(what).arg("--target-dir").arg(target);
    assert!(cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().unwrap().success());
    target.join("debug").join(path).with_extension(std::env::consts::EXE_EXTENSION)
}

/// The example `endings`.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| built(&["-p", "async-workbook", "--example", "endings"], "examples/endings"))
}

/// What a program left behind.
struct Ended {
    folder: TempDir,
    output: Output,
}

impl Ended {
    /// Runs the program on the virtual clock, with everything it can write down.
    fn of(way: &str) -> Ended {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(program());
        command.args(["--fast", "--timeline", "--record", "recording.json", "--trace", "trace.json", "--", way]);
        let output = command.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
        Ended { folder, output }
    }

    fn recording(&self) -> Recording {
        Recording::read(&fs::read(self.folder.path().join("recording.json")).unwrap()).unwrap()
    }

    /// Everything was written and drawn, and the process ended with this code.
    #[track_caller]
    fn is_whole(&self, code: i32, sentence: &str) {
        let (stdout, stderr) = (text(&self.output.stdout), text(&self.output.stderr));
        assert_eq!(self.output.status.code(), Some(code), "{stderr}");
        assert!(stderr.contains(sentence), "{stderr}");
        assert!(stdout.starts_with("it begins\n") && stdout.contains("\nmain "), "the picture is drawn: {stdout}");
        let trace = fs::read(self.folder.path().join("trace.json")).unwrap();
        assert!(serde_json::from_slice::<Value>(&trace).unwrap()["traceEvents"].is_array());
        assert_eq!(self.recording().lines()[0].text, "it begins");
        assert_eq!(fs::read_dir(self.folder.path()).unwrap().count(), 2, "nothing else is left");
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_program_that_returns_is_written_down() {
    let ended = Ended::of("returns");
    ended.is_whole(0, "");
    assert_eq!(ended.recording().outcome, Outcome::Returned);
}

#[test]
fn what_holds_up_the_end_of_a_program_that_has_returned_is_named() {
    let ended = Ended::of("leaves a closure");
    ended.is_whole(
        0,
        "main has returned, but the closure on the blocking pool that was spawned at tests/program/endings.rs:",
    );
    assert_eq!(ended.recording().held_up_by.len(), 1);
    let said = text(&ended.output.stderr);
    assert!(!said.contains("W0"), "it is no fault: {said}");
    // Nothing is said of one that ends at once.
    assert_eq!(text(&Ended::of("ends a closure").output.stderr), "");
}

#[test]
fn a_stuck_program_is_written_down() {
    let ended = Ended::of("stuck");
    ended.is_whole(70, "the program is stuck: every task waits");
    assert_eq!(ended.recording().outcome, Outcome::Stuck);
}

#[test]
fn a_program_that_panics_is_written_down() {
    let ended = Ended::of("panics");
    ended.is_whole(101, "ouch");
    let said = ended.recording().cut_short().unwrap();
    assert!(said.starts_with("the program panicked at tests/program/endings.rs:"), "{said}");
    assert!(said.ends_with(": ouch"), "{said}");
}

#[test]
fn a_recorded_program_prints_each_panic_once_and_at_the_time_as_tokio_does() {
    let (folder, ways) = (tempfile::tempdir().unwrap(), [&[][..], &["--fast"], &["--record", "recording.json"]]);
    let [plain, fast, recorded] = ways.map(|options: &[&str]| {
        let mut command = Command::new(program());
        command.args(options).args(["--", "panics everywhere"]).env("RUST_BACKTRACE", "0");
        let output = command.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(101), "{options:?}");
        without_thread_numbers(&text(&output.stderr))
    });
    assert_eq!(plain.matches("panicked at tests/program/endings.rs:").count(), 4, "{plain}");
    assert_eq!(plain, fast);
    assert_eq!(plain, recorded);
}

/// `thread 'main' (4711) panicked` as `thread 'main' panicked`.
fn without_thread_numbers(said: &str) -> String {
    let mut parts = said.split("' (");
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |said, part| said + "'" + part.trim_start_matches(|c: char| c.is_ascii_digit() || c == ')'))
}

#[test]
fn a_program_that_never_lets_go_of_its_thread_is_ended_and_written_down() {
    let ended = Ended::of("held");
    ended.is_whole(70, "main has held the thread for 5.0 seconds without reaching an await");
    assert!(matches!(ended.recording().outcome, Outcome::Held(_)));
}

#[test]
fn a_program_that_floods_the_output_is_ended_and_written_down() {
    let ended = Ended::of("floods");
    ended.is_whole(70, "it printed twenty thousand times without coming to an end");
    assert!(matches!(ended.recording().outcome, Outcome::Runaway(_)));
}

#[test]
fn a_program_that_goes_on_forever_is_ended_and_written_down() {
    let ended = Ended::of("forever");
    ended.is_whole(70, "years on its own clock");
    assert!(matches!(ended.recording().outcome, Outcome::Runaway(_)));
}

#[test]
fn a_program_whose_reader_has_gone_ends_without_a_word() {
    for options in [&["--fast", "--timeline"][..], &["--fast"], &[]] {
        for way in ["returns", "another way"] {
            let (reader, stdout) = std::io::pipe().unwrap();
            drop(reader);
            let mut command = Command::new(program());
            command.args(options).args(["--", way]).stdin(Stdio::null()).stdout(stdout);
            let output = command.output().unwrap();
            assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(0), ""), "{options:?} {way}");
        }
    }
}

#[test]
fn a_program_that_ends_its_own_process_leaves_nothing() {
    let ended = Ended::of("exits");
    assert_eq!(ended.output.status.code(), Some(3));
    assert_eq!(fs::read_dir(ended.folder.path()).unwrap().count(), 0);
}

#[test]
fn a_file_that_cannot_be_written_is_one_sentence() {
    for (argument, what) in [("--record", "recording"), ("--trace", "trace")] {
        let path = Path::new("no such folder").join("file");
        let output = Command::new(program()).arg("--fast").arg(argument).arg(&path).args(["--", "returns"]).output();
        let output = output.unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{said}");
        let sentence = format!("the {what} could not be written to {}: ", path.display());
        assert!(said.starts_with(&sentence) && said.lines().count() == 1 && !said.contains(".part"), "{said}");
    }
}

#[test]
fn a_program_gets_the_arguments_that_are_its_own() {
    let program = built(&["-p", "async-workbook", "--example", "arguments"], "examples/arguments");
    let said = |arguments: &[&str]| {
        let output = Command::new(&program).args(arguments).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
        text(&output.stdout)
    };
    assert_eq!(said(&["--fast"]), "[]\n", "a day takes no time");
    assert_eq!(said(&["--out", "file", "a"]), "[\"--out\", \"file\", \"a\"]\n");
    assert_eq!(said(&["--fast", "a", "--out=file", "--fast", "-x"]), "[\"a\", \"--out=file\", \"--fast\", \"-x\"]\n");
    assert_eq!(said(&["--", "--fast"]), "[\"--fast\"]\n", "what follows two dashes is the program's own");
    let help = said(&["--help"]);
    assert!(help.contains("--timeline") && help.contains("What it is given is what it prints."), "{help}");
}
