//! Has the copy built, or the program as it is, and passes on what rustc says of the program.

use std::{
    ffi::OsStr,
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, ExitCode, ExitStatus, Stdio},
};

use serde::Deserialize;

use super::{arguments::Arguments, copy::Copy, exit_code, marks::Outputs};

/// Builds the copy of a program, and the program as it is if it has to be. Nothing if it has no copy.
pub(super) fn tracked(rustc: &OsStr, arguments: &Arguments, folder: &Path) -> Option<ExitCode> {
    let place = arguments.folder.parent()?.join("awaits");
    let copy = |outputs| Copy::of(arguments.input(), folder, &place, outputs);
    let first = copy(Outputs::Seen)?;
    if let Some(said) = build(rustc, arguments, &first) {
        let is_all = said == Said::Nothing && !first.hides_messages;
        if is_all || messages(rustc, arguments, &place.join("messages")) {
            return Some(ExitCode::SUCCESS);
        }
    }
    let ended = Command::new(rustc).args(arguments.as_given()).status().ok()?;
    if !ended.success() {
        return Some(exit_code(ended));
    }
    // The program is right and its copy is not.
    let read = fs::read(&arguments.dependencies);
    let built = copy(Outputs::Unknown).and_then(|second| build(rustc, arguments, &second));
    if let (None, Ok(read)) = (built, read) {
        fs::write(&arguments.dependencies, read).ok()?;
    }
    Some(ExitCode::SUCCESS)
}

/// What rustc said while it built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Something,
}

/// Builds a copy, and passes on only which files are ready. Nothing if it does not build.
fn build(rustc: &OsStr, arguments: &Arguments, copy: &Copy) -> Option<Said> {
    let mut call = arguments.with_input(&copy.place(arguments.input())?);
    call.extend(copy.options());
    let mut rustc = Command::new(rustc).args(call).stderr(Stdio::piped()).spawn().ok()?;
    let mut said = Said::Nothing;
    for line in rustc.stderr.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        match line {
            Ok(line) if is_notice(&line) => eprintln!("{line}"),
            _ => said = Said::Something,
        }
    }
    rustc.wait().ok().filter(ExitStatus::success)?;
    copy.correct(&arguments.dependencies).ok()?;
    Some(said)
}

/// Passes on what rustc says of the program, without building it a second time. False if it finds an error after all.
fn messages(rustc: &OsStr, arguments: &Arguments, place: &Path) -> bool {
    let call = arguments.for_messages(place);
    let output = fs::create_dir_all(place).and_then(|()| Command::new(rustc).args(call).stdout(Stdio::null()).output());
    let Some(output) = output.ok().filter(|output| output.status.success()) else { return false };
    String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| !is_notice(line))
        .for_each(|line| eprintln!("{line}"));
    true
}

/// Whether rustc says no more than that a file is ready.
fn is_notice(line: &str) -> bool {
    serde_json::from_str::<Message>(line).is_ok_and(|message| message.kind == "artifact")
}

/// A line of rustc's JSON.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "$message_type")]
    kind: String,
}
