//! W01: every task waits and nothing can wake one.

use super::Found;
use crate::recording::{Outcome, Recording, Wait};

/// One finding for every place where a task of the program waits.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Stuck {
        return Vec::new();
    }
    let waiting = recording.waits.iter().filter(|wait| wait.end.is_none());
    waiting.filter_map(|wait| found(recording, wait)).collect()
}

fn found(recording: &Recording, wait: &Wait) -> Option<Found> {
    let line = wait.line()?;
    let task = &recording.tasks[wait.task.0].name;
    let message = format!("stuck: {task} waits here ({}) and nothing is left that could wake it", wait.kind);
    Some(Found { message, file: line.file.clone(), line: line.line })
}
