//! What a check run says to whoever started it: verdicts as data, so that nobody parses panics.
//!
//! Where the environment variable [`VARIABLE`] names a file, a check run appends one line of JSON, a [`Line`], when
//! a check starts and one when it has ended. A run that is cut short (an endless loop, `process::exit`) thereby
//! leaves everything it knew: a check that started and did not end is the one that cut it short.

mod snippet;

use std::{
    fmt,
    fs::{File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{plain, recording::Recording};
pub use snippet::snippet;

/// The environment variable that names the file to append to.
pub const VARIABLE: &str = "WORKBOOK_REPORT";

/// The environment variable that says, if it is set, that another check of this exercise has already had to be ended:
/// whatever hangs now hangs for the same reason, and need not be waited for as long.
pub const HURRY: &str = "WORKBOOK_HURRY";

/// What standard error says if a line could not be appended.
pub const UNWRITTEN: &str = "the report of the checks could not be written";

/// One line of the report file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// A check has started.
    Started {
        /// The path of the test function, as the test harness filters it: `checks::main_async_waits_once`.
        test: String,
        /// What the check proves, in words.
        name: String,
        /// The line of the check file it begins at; checks are shown in this order.
        line: u32,
    },
    /// A check has ended.
    Ended(Box<Verdict>),
}

impl Line {
    fn made_plain(self) -> Line {
        match self {
            Line::Started { test, name, line } => Line::Started { test, name: plain::plain(&name), line },
            Line::Ended(verdict) => {
                let Verdict { name, message, findings, .. } = &*verdict;
                let name = plain::plain(name);
                let message = message.as_deref().map(plain::lines);
                let findings = findings.iter().map(Finding::made_plain).collect();
                Line::Ended(Box::new(Verdict { name, message, findings, ..*verdict }))
            }
        }
    }
}

impl Finding {
    fn made_plain(&self) -> Finding {
        let places = self.places.iter().map(|Place { file, line, label }| Place {
            file: plain::plain(file),
            line: *line,
            label: plain::plain(label),
        });
        Finding {
            code: plain::plain(&self.code),
            message: plain::plain(&self.message),
            explanation: plain::lines(&self.explanation),
            help: plain::lines(&self.help),
            file: plain::plain(&self.file),
            line: self.line,
            places: places.collect(),
        }
    }
}

/// The end of one check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// The path of the test function, as in [`Line::Started`].
    pub test: String,
    /// What the check proves, in words.
    pub name: String,
    /// The line of the check file it begins at.
    pub line: u32,
    /// What came of it.
    pub status: Status,
    /// What to tell the learner; nothing if it passed.
    pub message: Option<String>,
    /// What is wrong with the run, whatever the check asked for.
    pub findings: Vec<Finding>,
    /// The last recording the check made.
    pub recording: Option<Recording>,
}

/// What came of a check, or of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is right.
    Passed,
    /// It is not.
    Failed,
    /// A `todo!()` was reached.
    Unwritten,
    /// It does not compile or attach its checks, or is missing, empty, not UTF-8 or no regular file.
    Broken,
    /// It had to be ended.
    Timeout,
}

/// Something wrong with a run that was found by looking at its recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The code of the diagnosis: `W01`.
    pub code: String,
    /// What happened, in a sentence without a full stop.
    pub message: String,
    /// Why it happened and why it matters.
    pub explanation: String,
    /// What to try.
    pub help: String,
    /// The file of the first place, relative to the workspace; empty where no line is to blame.
    pub file: String,
    /// The line of the first place, counted from 1; 0 where no line is to blame.
    pub line: u32,
    /// Every place that matters, the one to blame first.
    pub places: Vec<Place>,
}

impl fmt::Display for Finding {
    /// As plain text of several lines, for where no source can be shown.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)?;
        for Place { file, line, label } in &self.places {
            write!(f, "\n  {file}:{line}: {label}")?;
        }
        write!(f, "\n  {}\n  try: {}", self.explanation, self.help)
    }
}

/// A line that has to do with a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The file, relative to the workspace.
    pub file: String,
    /// The line, counted from 1.
    pub line: u32,
    /// What happened there.
    pub label: String,
}

/// Appends a line to the report, if one was asked for.
///
/// A report that cannot be written is not the learner's fault and must not look like a failed check, so an error
/// ends up on standard error only; the reader of the report notices the missing line.
pub fn append(line: &Line) {
    let Some(path) = std::env::var_os(VARIABLE) else { return };
    let written = serde_json::to_vec(line).map_err(io::Error::from).and_then(|mut bytes| {
        bytes.push(b'\n');
        OpenOptions::new().create(true).append(true).open(&path)?.write_all(&bytes)
    });
    if let Err(error) = written {
        eprintln!("{UNWRITTEN}: {error}");
    }
}

/// Reads a report while it grows.
#[derive(Debug)]
pub struct Follower {
    file: File,
    /// The beginning of a line that is not complete yet.
    begun: Vec<u8>,
}

impl Follower {
    /// Opens a report at its beginning.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::open(path)?, begun: Vec::new() })
    }

    /// The lines that were completed since the last call. What is no line of a report is left out, and so is whatever in
    /// its texts would steer a terminal: they quote what a program said.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn more(&mut self) -> io::Result<Vec<Line>> {
        self.file.read_to_end(&mut self.begun)?;
        let complete = self.begun.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let lines: Vec<u8> = self.begun.drain(..complete).collect();
        let lines = lines.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
        Ok(lines.map(Line::made_plain).collect())
    }
}

/// Reads a report. A last line that was cut off is left out.
///
/// # Errors
/// Fails if the file cannot be read; a file that is not there is an empty report.
pub fn read(path: &Path) -> io::Result<Vec<Line>> {
    match Follower::open(path) {
        Ok(mut report) => report.more(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}
