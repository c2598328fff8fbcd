//! Has the copy built, or the program as it is, and passes on what rustc says of the program.

use std::{
    ffi::{OsStr, OsString},
    fs,
    io::{self, BufRead, BufReader},
    path::Path,
    process::{Command, ExitCode, Stdio},
};

use serde::Deserialize;

use super::{arguments::Arguments, copy::Copy};

/// Builds the copy. Nothing if that comes to nothing: then the program is to be built as it is, and what is wrong with
/// it is said of it.
pub(super) fn tracked(rustc: &OsStr, arguments: &Arguments, folder: &Path) -> Option<ExitCode> {
    let place = arguments.folder.parent()?.join("awaits");
    let copy = Copy::of(arguments.input(), folder, &place)?;
    let mut call = arguments.with_input(&copy.place(arguments.input())?);
    call.extend(copy.options());
    let said = build(rustc, &call).ok()??;
    copy.correct(&arguments.dependencies).ok()?;
    if said == Said::Nothing && !copy.hides_messages {
        return Some(ExitCode::SUCCESS);
    }
    messages(rustc, arguments, &place.join("messages"))
}

/// What rustc said while it built.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Something,
}

/// Builds the copy, and passes on only which files are ready. Nothing if it does not build.
fn build(rustc: &OsStr, call: &[OsString]) -> io::Result<Option<Said>> {
    let mut rustc = Command::new(rustc).args(call).stderr(Stdio::piped()).spawn()?;
    let mut said = Said::Nothing;
    for line in rustc.stderr.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line?;
        match serde_json::from_str::<Message>(&line) {
            Ok(message) if message.kind == "artifact" => eprintln!("{line}"),
            _ => said = Said::Something,
        }
    }
    Ok(rustc.wait()?.success().then_some(said))
}

/// Passes on what rustc says of the program, without building it a second time. Nothing if it finds an error after all.
fn messages(rustc: &OsStr, arguments: &Arguments, place: &Path) -> Option<ExitCode> {
    fs::create_dir_all(place).ok()?;
    let output = Command::new(rustc).args(arguments.for_messages(place)).stdout(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        if !serde_json::from_str::<Message>(line).is_ok_and(|message| message.kind == "artifact") {
            eprintln!("{line}");
        }
    }
    Some(ExitCode::SUCCESS)
}

/// A line of rustc's JSON.
#[derive(Deserialize)]
struct Message {
    #[serde(rename = "$message_type")]
    kind: String,
}
