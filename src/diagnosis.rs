//! What is wrong with a run, whatever the check asked for: functions from a [`Recording`] to findings.

mod lost_task;
mod stuck;
mod unseen_failure;

use crate::{recording::Recording, report::Finding};

/// The code of a diagnosis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// Every task waits and nothing can wake one.
    W01,
    /// A task was dropped unfinished because the main function returned.
    W03,
    /// A task panicked and nobody looked at it.
    W04,
}

impl Code {
    fn text(self) -> &'static str {
        match self {
            Self::W01 => "W01",
            Self::W03 => "W03",
            Self::W04 => "W04",
        }
    }
}

/// Everything that is wrong with a run.
pub fn all(recording: &Recording) -> Vec<(Code, Finding)> {
    let mut findings = Vec::new();
    let mut add = |code: Code, found: Vec<Found>| {
        findings.extend(found.into_iter().map(|found| {
            let Found { message, file, line } = found;
            (code, Finding { code: code.text().to_string(), message, file, line })
        }));
    };
    add(Code::W01, stuck::find(recording));
    add(Code::W03, lost_task::find(recording));
    add(Code::W04, unseen_failure::find(recording));
    findings
}

/// A finding that does not know its code yet.
struct Found {
    message: String,
    file: String,
    line: u32,
}
