//! W04: a task panicked and nobody looked at it.

use super::Found;
use crate::recording::{How, Outcome, Recording};

/// A panic of a spawned task in a program that returned as if nothing had happened. Whether somebody awaited the handle
/// and threw the error away cannot be seen; a check that wants panics to be dealt with allows the code.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Returned {
        return Vec::new();
    }
    let of_tasks = recording.panics.iter().filter_map(|panic| Some((panic, &recording.tasks[panic.task?.0])));
    let panicked = of_tasks.filter(|(_, task)| task.end.as_ref().is_some_and(|end| end.how == How::Panicked));
    let found = panicked.map(|(panic, task)| Found {
        message: format!(
            "{} panicked ({}) and your program went on. A task's panic goes no further than its JoinHandle, which yields \
             it as an error: await the handle, and look at the Result.",
            task.name, panic.message
        ),
        file: panic.line.file.clone(),
        line: panic.line.line,
    });
    found.collect()
}
