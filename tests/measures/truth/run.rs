//! Runs a program in a process of its own, and gathers what it leaves.

use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::Value;
use workbook::{recording::Recording, runtime::effort::Effort};

use crate::{
    catalog::{Program, workspace},
    process::Processes,
};

/// A program that has spent more is ended; the recorder's own limits come before. What counts is not the time on the wall,
/// because the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(75);
/// The same for a program that is made big, which takes a second or two without the recorder.
const PATIENCE_AT_SIZE: Duration = Duration::from_secs(60);

/// How a program is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Without the recorder.
    Plain,
    /// Recorded on the virtual clock.
    Fast,
    /// Recorded on the real clock.
    Real,
    /// On the virtual clock, and its recording is thrown away.
    Unwritten,
}

impl Way {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Plain => &[],
            Self::Fast => &["--fast", "--record", "recording"],
            Self::Real => &["--record", "recording"],
            Self::Unwritten => &["--fast"],
        }
    }
}

/// What a run left.
#[derive(Default)]
pub(crate) struct Ran {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// True if it ended by itself, and well.
    pub(crate) succeeded: bool,
    /// True if it had to be ended.
    pub(crate) ended: bool,
    pub(crate) recording: Option<Recording>,
    /// What the program knows of its waits.
    pub(crate) expected: Vec<Value>,
    pub(crate) cost: Option<Cost>,
}

/// What a run cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) processor: Duration,
    pub(crate) peak_memory: f64,
}

pub(crate) fn run(programs: &Path, program: &Program, way: Way, size: Option<u64>) -> Result<Ran> {
    let folder = tempfile::tempdir()?;
    let file = |name: &str| folder.path().join(name);
    let mut command = Command::new(programs);
    // In the workspace's folder, where recordings find the program's source.
    command.current_dir(workspace()).env("PROGRAM", &program.name);
    command.env("EXPECTED", file("expected")).env("COST", file("cost"));
    for argument in way.arguments() {
        match *argument {
            "recording" => command.arg(file("recording")),
            flag => command.arg(flag),
        };
    }
    if let Some(size) = size {
        command.env("N", size.to_string());
    }
    command.stdin(if program.marks.input_stays_open { Stdio::piped() } else { Stdio::null() });
    command.stdout(File::create(file("stdout"))?).stderr(File::create(file("stderr"))?);

    let mut running = Processes::new().ticket().spawn(&mut command)?;
    // Taken out, because waiting for a child closes its input.
    let _input = running.child.stdin.take();
    let spent = Effort::of_process(running.child.id());
    let patience = if size.is_some() { PATIENCE_AT_SIZE } else { PATIENCE };
    let status = running.wait_while(|| spent.spent() < patience)?;

    let text = |name| fs::read(file(name)).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let recording = fs::read(file("recording")).ok().map(|bytes| Recording::read(&bytes)).transpose()?;
    let expected = text("expected").unwrap_or_default();
    let expected = expected.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    Ok(Ran {
        stdout: text("stdout")?,
        stderr: text("stderr")?,
        succeeded: status.is_some_and(|status| status.success()),
        ended: status.is_none(),
        recording,
        expected,
        cost: text("cost").ok().map(|cost| read_cost(&cost)).transpose()?,
    })
}

fn read_cost(text: &str) -> Result<Cost> {
    let (nanos, bytes) = text.split_once(' ').context("a cost has two figures")?;
    Ok(Cost { processor: Duration::from_nanos(nanos.parse()?), peak_memory: bytes.parse()? })
}
