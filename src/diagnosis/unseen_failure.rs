//! W04: a task panicked and nobody looked at it.

use super::Found;
use crate::recording::{How, Outcome, Panic, Recording};

/// A panic of a spawned task in a program that returned as if nothing had happened.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Returned {
        return Vec::new();
    }
    let of_tasks = recording.panics.iter().filter_map(|panic| Some((panic, &recording.tasks[panic.task?.0])));
    let panicked = of_tasks.filter(|(_, task)| task.end.as_ref().is_some_and(|end| end.how == How::Panicked));
    // Its end woke somebody: its handle was being awaited, and what came of that is the program's affair.
    let awaited = |panic: &Panic| recording.wakes.iter().any(|wake| wake.by == panic.task && wake.at > panic.at);
    let unseen = panicked.filter(|(panic, _)| !awaited(panic));
    let found = unseen.map(|(panic, task)| Found {
        message: format!(
            "{} panicked and nothing in your program noticed: {}. A JoinHandle yields a Result; look at it.",
            task.name, panic.message
        ),
        file: panic.line.file.clone(),
        line: panic.line.line,
    });
    found.collect()
}
