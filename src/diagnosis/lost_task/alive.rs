//! Which of the tasks that were alive when the program ended had something left to do.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnosis::tasks_of_the_program,
    recording::{Recording, TaskId, Wait, WaitKind},
};

/// The tasks of which it is known.
///
/// A loop without an end is left to the runtime on purpose, and so is whoever waits for what others may or may not send: a
/// server for its next client, a worker for its next job. But if the one that sends is lost, so is the one that would have
/// received.
pub(super) fn lost(recording: &Recording) -> BTreeSet<TaskId> {
    let alive = || tasks_of_the_program(recording).filter(|(_, task)| task.end.is_none() && !task.is_main());
    let seen = Seen::of(recording, &alive().map(|(id, _)| id).collect());
    let finite = alive().filter(|(_, task)| !task.intent.endless).map(|(id, _)| id);
    let (mut idle, busy): (Vec<TaskId>, Vec<TaskId>) = finite.partition(|id| seen.waits_for_work(*id));
    let mut lost: BTreeSet<TaskId> = busy.into_iter().collect();
    while let Some(next) = idle.iter().position(|id| seen.feeders(*id).any(|by| lost.contains(&by))) {
        lost.insert(idle.remove(next));
    }
    // Whoever only waits for the end of tasks that are not lost is not lost either.
    let spawned_by =
        |id: TaskId| alive().map(|(id, _)| id).filter(move |task| recording.tasks[task.0].spawned_by == Some(id));
    let supervises = |id: &TaskId| {
        let mut others = spawned_by(*id).peekable();
        seen.only_joins(*id) && others.peek().is_some() && others.all(|other| !lost.contains(&other))
    };
    let supervisors: Vec<TaskId> = lost.iter().copied().filter(supervises).collect();
    lost.retain(|id| !supervisors.contains(id));
    lost
}

/// What was seen of the tasks that were alive.
struct Seen<'a> {
    /// The waits that had not ended.
    open: BTreeMap<TaskId, Vec<&'a Wait>>,
    /// Who woke them.
    woken_by: BTreeMap<TaskId, BTreeSet<TaskId>>,
}

impl<'a> Seen<'a> {
    fn of(recording: &'a Recording, alive: &BTreeSet<TaskId>) -> Self {
        let mut seen = Self { open: BTreeMap::new(), woken_by: BTreeMap::new() };
        if alive.is_empty() {
            return seen;
        }
        for wait in recording.waits.iter().filter(|wait| wait.end.is_none() && alive.contains(&wait.task)) {
            seen.open.entry(wait.task).or_default().push(wait);
        }
        for wake in recording.wakes.iter().filter(|wake| alive.contains(&wake.task)) {
            if let Some(by) = wake.by.filter(|by| *by != wake.task) {
                seen.woken_by.entry(wake.task).or_default().insert(by);
            }
        }
        seen
    }

    fn open(&self, id: TaskId) -> &[&'a Wait] {
        self.open.get(&id).map_or(&[], Vec::as_slice)
    }

    fn feeders(&self, id: TaskId) -> impl Iterator<Item = TaskId> {
        self.woken_by.get(&id).into_iter().flatten().copied()
    }

    fn waits_for_work(&self, id: TaskId) -> bool {
        self.open(id).iter().any(|wait| match wait.kind {
            WaitKind::MpscRecv
            | WaitKind::Oneshot
            | WaitKind::Watch
            | WaitKind::Broadcast
            | WaitKind::Notify
            | WaitKind::Socket
            | WaitKind::Child
            | WaitKind::Signal
            | WaitKind::Pipe
            | WaitKind::Stdin => true,
            // Something of a library's that carries what others hand to it.
            WaitKind::Other => self.feeders(id).next().is_some(),
            _ => false,
        })
    }

    fn only_joins(&self, id: TaskId) -> bool {
        let joins = |wait: &&Wait| matches!(wait.kind, WaitKind::Join | WaitKind::JoinSet | WaitKind::Tracker);
        !self.open(id).is_empty() && self.open(id).iter().all(joins)
    }
}
