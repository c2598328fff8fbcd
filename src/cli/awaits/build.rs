//! Has the copy built, or the program as it is, and passes on what rustc says of the program.

use std::{
    collections::BTreeSet,
    fs,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{ExitCode, Stdio},
};

use serde::Deserialize;

use super::{
    Rustc,
    arguments::Arguments,
    copy::{Copy, Exceptions},
    exit_code,
    marks::Tracking,
};

/// How often a copy is tried.
const ATTEMPTS: usize = 6;

/// Builds the copy of a program, and the program as it is if it has to be. Nothing if it has no copy.
pub(super) fn tracked(rustc: &Rustc, arguments: &Arguments, folder: &Path) -> Option<ExitCode> {
    let place = arguments.folder.parent()?.join("awaits");
    let mut exceptions = Exceptions::new();
    let copy = Copy::of(arguments.input(), folder, &place, &exceptions)?;
    let mut built = build(rustc, arguments, &copy).ok()?;
    if let Built::Ready { in_silence } = built
        && (in_silence && !copy.hides_messages || messages(rustc, arguments, &place.join("messages")))
    {
        return Some(ExitCode::SUCCESS);
    }
    let ended = rustc.command().args(arguments.as_given()).status().ok()?;
    if !ended.success() {
        return Some(exit_code(ended));
    }
    // The program is right, and its copy is not: less of it is tracked.
    let read = fs::read(&arguments.dependencies).ok()?;
    for _ in 1..ATTEMPTS {
        let Built::Broken(files) = built else { break };
        for file in files {
            let tracking = exceptions.entry(file).or_insert(Tracking::Full);
            *tracking = tracking.less();
        }
        let Some(copy) = Copy::of(arguments.input(), folder, &place, &exceptions) else { break };
        built = build(rustc, arguments, &copy).ok()?;
        if matches!(built, Built::Ready { .. }) {
            return Some(ExitCode::SUCCESS);
        }
    }
    fs::write(&arguments.dependencies, read).ok()?;
    Some(ExitCode::SUCCESS)
}

/// What the build of a copy came to.
enum Built {
    Ready {
        in_silence: bool,
    },
    /// With the files that rustc found errors in.
    Broken(BTreeSet<PathBuf>),
}

/// Builds a copy, and passes on only which files are ready.
fn build(rustc: &Rustc, arguments: &Arguments, copy: &Copy) -> io::Result<Built> {
    let mut call = arguments.with_input(&copy.place(arguments.input()));
    call.extend(copy.options());
    let mut rustc = rustc.command().args(call).stderr(Stdio::piped()).spawn()?;
    let mut in_silence = true;
    let mut broken = BTreeSet::new();
    for line in rustc.stderr.take().map(BufReader::new).into_iter().flat_map(BufRead::lines) {
        let line = line?;
        if is_notice(&line) {
            eprintln!("{line}");
            continue;
        }
        in_silence = false;
        let message: Option<Message> = serde_json::from_str(&line).ok();
        let error = message.filter(|message| message.level.as_deref() == Some("error"));
        broken.extend(error.into_iter().flat_map(|error| error.spans).map(|span| span.file_name));
    }
    if !rustc.wait()?.success() {
        return Ok(Built::Broken(broken));
    }
    copy.correct(&arguments.dependencies)?;
    Ok(Built::Ready { in_silence })
}

/// Passes on what rustc says of the program, without building it a second time. False if it finds an error after all.
fn messages(rustc: &Rustc, arguments: &Arguments, place: &Path) -> bool {
    let call = arguments.for_messages(place);
    let output = fs::create_dir_all(place).and_then(|()| rustc.command().args(call).stdout(Stdio::null()).output());
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
    level: Option<String>,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Deserialize)]
struct Span {
    file_name: PathBuf,
}
