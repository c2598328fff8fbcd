//! Which of the tasks that were alive when the program ended, or when their runtime or `LocalSet` was dropped, had something
//! left to do.

use std::{
    cell::LazyCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    diagnosis::tasks_of_the_program,
    recording::{Closed, Indexed, Moment, Recording, Task, TaskId, Wait, WaitKind},
};

/// The tasks of which it is known, each with a wait that it was in.
///
/// A loop without an end is left to the runtime on purpose, and so is whoever waits for what others may or may not send: a
/// server for its next client, a worker for its next job. But if the one that sends is lost, so is the one that would have
/// received.
pub(super) fn lost<'a>(recording: &'a Indexed) -> BTreeMap<TaskId, Option<&'a Wait>> {
    // A task of a LocalSet that nobody ran is told by W08.
    let is_unrun =
        |id: TaskId, task: &Task| task.went_with == Some(Closed::LocalSet) && recording.polls_of(id).next().is_none();
    let given_up = LazyCell::new(|| given_up(recording));
    let is_given_up = |task: &Task| task.went_with.is_some() && !task.intent.detached && *given_up > Some(task.spawned);
    let is_left = |id: TaskId, task: &Task| is_alive(task) && !is_unrun(id, task) && !is_given_up(task);
    let alive = tasks_of_the_program(recording).filter(|(id, task)| is_left(*id, task)).map(|(id, _)| id);
    let seen = Seen::of(recording, alive.collect());
    let finite = seen.alive.iter().copied().filter(|id| !recording.tasks[id.0].intent.endless);
    let (idle, busy): (BTreeSet<TaskId>, BTreeSet<TaskId>) = finite.partition(|id| seen.waits_for_work(*id));
    // Whoever waits for work from one that is lost is lost, too.
    let mut fed_by: BTreeMap<TaskId, Vec<TaskId>> = BTreeMap::new();
    for id in idle {
        seen.feeders(id).for_each(|by| fed_by.entry(by).or_default().push(id));
    }
    let mut lost = busy.clone();
    let mut next: Vec<TaskId> = busy.into_iter().collect();
    while let Some(by) = next.pop() {
        next.extend(fed_by.remove(&by).unwrap_or_default().into_iter().filter(|id| lost.insert(*id)));
    }
    // Whoever only waits for the end of tasks that are not lost is not lost either.
    let supervises = |id: &TaskId| {
        let mut others = recording.spawned_by(*id).filter(|task| seen.alive.contains(task)).peekable();
        seen.only_joins(*id) && others.peek().is_some() && others.all(|other| !lost.contains(&other))
    };
    let supervisors: BTreeSet<TaskId> = lost.iter().copied().filter(supervises).collect();
    let lost = lost.difference(&supervisors).copied();
    let wait = |id: TaskId| seen.open(id).iter().find(|wait| !wait.lines.is_empty()).copied();
    lost.map(|id| (id, wait(id))).collect()
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
    alive: BTreeSet<TaskId>,
    /// The waits that they were in at the end.
    open: BTreeMap<TaskId, Vec<&'a Wait>>,
    /// Who woke them.
    woken_by: BTreeMap<TaskId, BTreeSet<TaskId>>,
}

impl<'a> Seen<'a> {
    fn of(recording: &Indexed<'a>, alive: BTreeSet<TaskId>) -> Self {
        let mut seen = Self { alive: BTreeSet::new(), open: BTreeMap::new(), woken_by: BTreeMap::new() };
        for id in &alive {
            let last = recording.polls_of(*id).next_back().map(|poll| poll.ended);
            seen.open.insert(*id, recording.waits_of(*id).filter(|wait| is_cut_off(wait, last)).collect());
            let wakers = recording.wakes_of(*id).filter_map(|wake| wake.by).filter(|by| by != id);
            seen.woken_by.insert(*id, wakers.collect());
        }
        Self { alive, ..seen }
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
