//! W03: a task was dropped before it was done.

mod alive;

use std::{cell::LazyCell, collections::HashMap};

use super::{Found, tasks_of_the_program, words};
use crate::recording::{
    Closed, How, Indexed, Location, Outcome, Recording, Task, TaskId, Wait, WaitKind, duration_text,
};

/// The tasks that were alive when the main function returned, and those that went with the runtime or the set they were
/// spawned on. One finding for each line that spawned some.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    if recording.outcome != Outcome::Returned {
        return Vec::new();
    }
    let mut groups: Vec<(&Location, With, Vec<Lost>)> = Vec::new();
    for (id, wait) in lost(recording) {
        let task = &recording.tasks[id.0];
        match groups.iter_mut().find(|(line, ..)| *line == &task.spawned_at) {
            Some((.., tasks)) => tasks.push((id, wait)),
            None => groups.push((&task.spawned_at, With::of(task), vec![(id, wait)])),
        }
    }
    groups.into_iter().map(|(line, with, tasks)| found(recording, line, with, &tasks)).collect()
}

/// A task that is lost, and a wait that it was in when it went with its runtime.
type Lost<'a> = (TaskId, Option<&'a Wait>);

/// What a task went with.
#[derive(Clone, Copy)]
enum With {
    Main,
    JoinSet,
    LocalSet,
    Runtime,
}

impl With {
    fn of(task: &Task) -> Self {
        match task.went_with {
            _ if task.end.is_none() => Self::Main,
            Some(Closed::LocalSet) if !task.in_set => Self::LocalSet,
            Some(Closed::Runtime) if !task.in_set => Self::Runtime,
            _ => Self::JoinSet,
        }
    }

    /// What happened; why the work is lost; what to write instead. `names` are the tasks.
    fn told(self, names: &str, was: &str) -> Found {
        match self {
            Self::Main => Found::new(
                format!("{names} {was} not done when your function returned"),
                "When the main future returns, the runtime shuts down and drops every task where it waits. What they had left \
                 to do is lost.",
                "keep the JoinHandle and await it before you return (several: a JoinSet, or join_all over the handles)",
            ),
            Self::JoinSet => Found::new(
                format!("{names} {was} dropped with the JoinSet before the work was done"),
                "A JoinSet aborts its tasks when it is dropped, at the end of its scope. What they had left to do is lost.",
                "wait for them before the set goes: while let Some(result) = set.join_next().await { … }",
            ),
            Self::LocalSet => Found::new(
                format!("{names} {was} dropped with the LocalSet before the work was done"),
                "run_until() and block_on() run a LocalSet until their own future is done, and do not wait for its other tasks. \
                 When the set is dropped, it drops each of them where it waits. What they had left to do is lost.",
                "keep the JoinHandle and await it in the same future; or await the LocalSet itself afterwards, because it is \
                 done only when all its tasks are",
            ),
            Self::Runtime => Found::new(
                format!("{names} {was} dropped with the runtime before the work was done"),
                "A runtime waits for none of its tasks. block_on() returns when its own future is done, and when the runtime is \
                 dropped, it drops every other task where it waits. What they had left to do is lost.",
                "keep the JoinHandle and await it in block_on() before the runtime is dropped (several: a JoinSet, or join_all \
                 over the handles)",
            ),
        }
    }
}

/// The tasks that are known to have had something left to do.
fn lost<'a>(recording: &'a Indexed) -> Vec<Lost<'a>> {
    let waits_for_sets = LazyCell::new(|| WaitsForSets::of(recording));
    let with_set = tasks_of_the_program(recording).filter(|(id, task)| {
        let dropped = task.in_set && task.end.as_ref().is_some_and(|end| end.how == How::Dropped);
        // A loop without an end, and a set that is dropped by name, are cancelled on purpose.
        let on_purpose = task.intent.endless || task.intent.cancelled;
        dropped && !on_purpose && got_nowhere(recording, *id) && !waits_for_sets.may_be_for(task)
    });
    let mut lost = alive::lost(recording);
    lost.extend(with_set.map(|(id, _)| (id, None)));
    lost.into_iter().collect()
}

/// Dropping a `JoinSet` is also a way to cancel: what is done with, or has had its turn, is not lost, nor is a worker that
/// has nothing to do. So only a task counts that got nowhere, of a set that nobody ever waited for.
fn got_nowhere(recording: &Indexed, id: TaskId) -> bool {
    // Whoever was woken by another task got something, even if its own await goes on: half of a line, for instance.
    let was_fed = recording.wakes_of(id).any(|wake| wake.by.is_some_and(|by| by != id));
    let got_on = was_fed || recording.waits_of(id).any(|wait| wait.end.is_some_and(|end| end.ready));
    let for_work = |kind: &WaitKind| {
        matches!(kind, WaitKind::MpscRecv | WaitKind::Broadcast | WaitKind::Watch | WaitKind::Notify | WaitKind::Socket)
    };
    !got_on && !recording.waits_of(id).any(|wait| for_work(&wait.kind))
}

/// When somebody waited for the tasks of a set.
struct WaitsForSets {
    /// The last such wait began at this step. Whoever it is that waits: a set may be filled by one task and emptied by another.
    last_began: Option<u64>,
    /// What is polled inside of a `FuturesUnordered`, or of a `join_all` over many, gets a waker of its own, so that only one wait
    /// for all of it is seen: by task, when the last one that may be it ended.
    last_other: HashMap<TaskId, u64>,
}

impl WaitsForSets {
    fn of(recording: &Recording) -> Self {
        let mut waits = Self { last_began: None, last_other: HashMap::new() };
        for wait in &recording.waits {
            match wait.kind {
                WaitKind::JoinSet => waits.last_began = waits.last_began.max(Some(wait.began.step)),
                WaitKind::Other => {
                    let until = waits.last_other.entry(wait.task).or_default();
                    *until = wait.end.map_or(u64::MAX, |end| end.at.step).max(*until);
                }
                _ => {}
            }
        }
        waits
    }

    /// True if one of them may have been for a set that this task was in.
    fn may_be_for(&self, task: &Task) -> bool {
        let other = task.spawned_by.and_then(|spawner| self.last_other.get(&spawner));
        self.last_began > Some(task.spawned.step) || other.is_some_and(|until| *until > task.spawned.step)
    }
}

fn found(recording: &Recording, line: &Location, with: With, lost: &[Lost]) -> Found {
    let tasks: Vec<TaskId> = lost.iter().map(|(id, _)| *id).collect();
    let names = words::names(recording, &tasks);
    let was = words::verb(&tasks, "was", "were");
    let found = with.told(&names, was).at(Some(line), format!("{names} {was} spawned here"));
    lost.iter().filter_map(|(id, wait)| Some((&recording.tasks[id.0], (*wait)?))).fold(found, |found, (task, wait)| {
        let end = task.end.as_ref().map_or(recording.elapsed(), |end| end.at.time());
        let label = format!("{} still waited here at {} ({})", task.name, duration_text(end), wait.kind);
        found.at(wait.line(), label)
    })
}
