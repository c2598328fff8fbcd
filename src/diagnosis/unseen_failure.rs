//! W04: a task panicked, and nobody looked at it.

use super::{Found, tasks_of_the_program, words};
use crate::recording::{How, Outcome, Panic, Recording, Task, TaskId, WaitKind};

/// The panics of spawned tasks in a program that returned as if nothing had happened: a finding for each line that
/// panicked.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Returned {
        return Vec::new();
    }
    let panicked = tasks_of_the_program(recording)
        .filter(|(_, task)| task.end.as_ref().is_some_and(|end| end.how == How::Panicked));
    let unseen = panicked.filter(|(id, task)| !may_have_been_seen(recording, *id, task));
    let mut groups: Vec<(&Panic, Vec<TaskId>)> = Vec::new();
    for (id, _) in unseen {
        let Some(panic) = recording.panics.iter().find(|panic| panic.task == Some(id)) else { continue };
        match groups.iter_mut().find(|(first, _)| first.line == panic.line) {
            Some((_, tasks)) => tasks.push(id),
            None => groups.push((panic, vec![id])),
        }
    }
    groups.into_iter().map(|(panic, tasks)| found(recording, panic, &tasks)).collect()
}

/// True if somebody waited for the end of the task, so that the error reached him, or may have looked at it afterwards. A
/// handle that is awaited after its task has ended leaves no trace. So whoever has since awaited another handle to its
/// end may have gone on to this one, and the next of a set may be any of its tasks.
fn may_have_been_seen(recording: &Recording, id: TaskId, task: &Task) -> bool {
    let ended = task.end.as_ref().map_or(u64::MAX, |end| end.at.step);
    let woke_somebody = recording.wakes.iter().any(|wake| wake.by == Some(id) && wake.at.step >= ended);
    let awaited_since = recording.waits.iter().any(|wait| {
        let joins = matches!(wait.kind, WaitKind::Join | WaitKind::JoinSet);
        joins && Some(wait.task) == task.spawned_by && wait.end.is_some_and(|end| end.ready && end.at.step >= ended)
    });
    woke_somebody || awaited_since || task.in_set
}

fn found(recording: &Recording, panic: &Panic, tasks: &[TaskId]) -> Found {
    let names = words::names(recording, tasks);
    let said = words::shortened(&panic.message, 72);
    let found = Found::new(
        format!("{names} panicked (\u{201c}{said}\u{201d}), and the program went on as if nothing had happened"),
        "A panic ends only its own task. Awaiting the JoinHandle yields it as an Err(JoinError). Nobody awaited this one, so \
         nobody knows.",
        "keep the handle, await it, and look at the Result: match it, or at least use ? or expect",
    )
    .at(Some(&panic.line), format!("{names} panicked here"));
    found.spawned(recording, tasks)
}
