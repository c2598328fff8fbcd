//! W03: a task was dropped unfinished because the main function returned.

use super::Found;
use crate::recording::{Outcome, Recording};

pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Returned {
        return Vec::new();
    }
    let lost = recording.alive_at_return().into_iter().map(|task| Found {
        message: format!(
            "{} was not done when your function returned. What it had left to do is lost when the runtime shuts down: \
             await its JoinHandle before you return.",
            task.name
        ),
        file: task.spawned_at.file.clone(),
        line: task.spawned_at.line,
    });
    lost.collect()
}
