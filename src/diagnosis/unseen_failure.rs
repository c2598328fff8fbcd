//! W04: a task panicked, and nobody looked at it.

use super::{Found, own_tasks};
use crate::recording::{How, Outcome, Panic, Recording, Task, TaskId, WaitKind};

/// A panic of a spawned task in a program that returned as if nothing had happened.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Returned {
        return Vec::new();
    }
    let panicked =
        own_tasks(recording).filter(|(_, task)| task.end.as_ref().is_some_and(|end| end.how == How::Panicked));
    let unseen = panicked.filter(|(id, task)| !was_awaited(recording, *id, task));
    let with_panic =
        unseen.filter_map(|(id, task)| Some((task, recording.panics.iter().find(|panic| panic.task == Some(id))?)));
    with_panic.map(|(task, panic)| found(task, panic)).collect()
}

/// True if somebody waited for the end of the task, so that the error reached him. A handle that is awaited after its task
/// has ended leaves no trace; but whoever awaits the handle of one task of several that were spawned at the same line, or
/// the next of a set, awaits the others as well.
fn was_awaited(recording: &Recording, id: TaskId, task: &Task) -> bool {
    let joined = |wait: &&crate::recording::Wait| matches!(wait.kind, WaitKind::Join | WaitKind::JoinSet);
    let ended = task.end.as_ref().map_or(u64::MAX, |end| end.at.step);
    let woke_somebody = recording.wakes.iter().any(|wake| wake.by == Some(id) && wake.at.step >= ended);
    let waits_of_spawner = recording.waits.iter().filter(joined).filter(|wait| Some(wait.task) == task.spawned_by);
    let siblings = recording.tasks.iter().filter(|other| other.spawned_at == task.spawned_at).count();
    woke_somebody || (waits_of_spawner.count() > 0 && (siblings > 1 || task.in_set))
}

fn found(task: &Task, panic: &Panic) -> Found {
    let name = &task.name;
    let said: String = panic.message.lines().next().unwrap_or_default().chars().take(60).collect();
    Found::new(
        format!("{name} panicked (\u{201c}{said}\u{201d}), and the program went on as if nothing had happened"),
        "A panic ends only its own task. It goes no further than the JoinHandle, which yields it as an Err(JoinError): a \
         handle that nobody awaits takes it with it.",
        "await the handle and look at the Result, at least with ? or expect",
    )
    .at(Some(&panic.line), format!("{name} panicked here"))
    .at(Some(&task.spawned_at), format!("{name} is spawned here"))
}
