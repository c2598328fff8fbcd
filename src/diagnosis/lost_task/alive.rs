//! Which of the tasks that were alive when the program ended, or when their runtime or `LocalSet` was dropped, had something
//! left to do.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnosis::tasks_of_the_program,
    recording::{Closed, Moment, Recording, Task, TaskId, Wait, WaitKind},
};

/// The tasks of which it is known, each with a wait that it was in.
///
/// A loop without an end is left to the runtime on purpose, and so is whoever waits for what others may or may not send: a
/// server for its next client, a worker for its next job. But if the one that sends is lost, so is the one that would have
/// received.
pub(super) fn lost(recording: &Recording) -> BTreeMap<TaskId, Option<&Wait>> {
    let begun: BTreeSet<TaskId> = recording.polls.iter().map(|poll| poll.task).collect();
    // A task of a LocalSet that nobody ran is told by W08.
    let is_unrun = |id: TaskId, task: &Task| task.went_with == Some(Closed::LocalSet) && !begun.contains(&id);
    let given_up = given_up(recording);
    let is_given_up = |task: &Task| task.went_with.is_some() && !task.intent.detached && given_up > Some(task.spawned);
    let is_left = |id: TaskId, task: &Task| is_alive(task) && !is_unrun(id, task) && !is_given_up(task);
    let alive = || tasks_of_the_program(recording).filter(|(id, task)| is_left(*id, task));
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
    let wait = |id: TaskId| seen.open(id).iter().find(|wait| !wait.lines.is_empty()).copied();
    lost.into_iter().map(|id| (id, wait(id))).collect()
}

/// When somebody last waited for the end of tasks: who does, and then lets a set or a runtime go, may have given up those that
/// are left on purpose, as after the first error. A task whose handle was thrown away was never waited for.
fn given_up(recording: &Recording) -> Option<Moment> {
    // What is polled inside of a FuturesUnordered may be seen as one wait for something else.
    let for_tasks = |wait: &&Wait| wait.kind.is_for_tasks() || wait.kind == WaitKind::Other;
    let ends = recording.waits.iter().filter(for_tasks).map(|wait| wait.end.map_or(recording.ended, |end| end.at));
    ends.max()
}

/// True for a task that nobody ended by name.
fn is_alive(task: &Task) -> bool {
    let went_with_its_owner = task.went_with.is_some() && !task.in_set && !task.intent.cancelled;
    !task.is_main() && (task.end.is_none() || went_with_its_owner)
}

/// True for a wait that its task was in when it was dropped, or when the program ended; `last` is the end of that task's last poll.
fn is_cut_off(wait: &Wait, last: Option<Moment>) -> bool {
    wait.end.is_none_or(|end| !end.ready && last.is_some_and(|last| end.at > last))
}

/// What was seen of the tasks that were alive.
struct Seen<'a> {
    /// The waits that they were in at the end.
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
        let polls = recording.polls.iter().filter(|poll| alive.contains(&poll.task));
        let last: BTreeMap<TaskId, Moment> = polls.map(|poll| (poll.task, poll.ended)).collect();
        for wait in recording.waits.iter().filter(|wait| alive.contains(&wait.task)) {
            if is_cut_off(wait, last.get(&wait.task).copied()) {
                seen.open.entry(wait.task).or_default().push(wait);
            }
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
        !self.open(id).is_empty() && self.open(id).iter().all(|wait| wait.kind.is_for_tasks())
    }
}
