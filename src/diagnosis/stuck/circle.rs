//! Tasks that can never go on, although others do: each waits for a lock that one of them holds.

use std::collections::{BTreeMap, BTreeSet};

use crate::recording::{Indexed, Poll, ResourceId, TaskId, Wait, WaitKind};

/// The tasks that can never go on. Every step is a fact:
/// * each of them waits for a lock and for nothing else;
/// * the lock is held by one of them, with a guard that cannot have been moved elsewhere, or was given to a future of theirs
///   that they do not poll any more;
/// * whoever else waits in the queue of an `RwLock` is one of them too, or it might give up its turn;
/// * nobody waits for their end with a deadline, after which they may be aborted.
pub(super) fn tasks(recording: &Indexed) -> BTreeSet<TaskId> {
    let waits: Vec<&Wait> = recording.waits.iter().filter(|wait| wait.end.is_none() && is_for_lock(wait)).collect();
    let mut aborts: BTreeMap<TaskId, bool> = BTreeMap::new();
    let mut may_be_aborted = |task: TaskId| {
        let spawner = recording.tasks[task.0].spawned_by;
        spawner.is_some_and(|spawner| *aborts.entry(spawner).or_insert_with(|| may_abort(recording, spawner)))
    };
    let only = |wait: &&&Wait| wait.alone && wait.granted.is_none() && !may_be_aborted(wait.task);
    let mut waiting: Vec<&Wait> = waits.iter().filter(only).copied().collect();
    loop {
        let tasks: BTreeSet<TaskId> = waiting.iter().map(|wait| wait.task).collect();
        // Of each lock once, however many wait for it.
        let mut kept: BTreeMap<ResourceId, bool> = BTreeMap::new();
        let mut stays = |wait: &&Wait| {
            let Some(lock) = wait.resource else { return false };
            *kept.entry(lock).or_insert_with(|| is_kept(recording, lock, wait.kind == WaitKind::RwLock, &tasks))
        };
        let left: Vec<&Wait> = waiting.iter().copied().filter(&mut stays).collect();
        if left.len() == waiting.len() {
            return tasks;
        }
        waiting = left;
    }
}

fn is_for_lock(wait: &Wait) -> bool {
    matches!(wait.kind, WaitKind::Mutex | WaitKind::RwLock) && wait.resource.is_some()
}

/// True if one of these tasks holds the lock, and does not let go of it before it goes on; and, where a queue is served
/// `by_turns`, if nobody else is in it.
fn is_kept(recording: &Indexed, lock: ResourceId, by_turns: bool, tasks: &BTreeSet<TaskId>) -> bool {
    let of_them = |task: Option<TaskId>| task.is_some_and(|task| tasks.contains(&task));
    let mut holds = recording.holds_of(lock).filter(|hold| hold.until.is_none());
    let queue = || recording.waits_on(lock).filter(|wait| wait.end.is_none() && is_for_lock(wait));
    let mut turns = queue().filter(|wait| tasks.contains(&wait.task));
    let held = holds.any(|hold| of_them(hold.task) && !hold.movable);
    let kept = held || turns.any(|turn| is_set_aside(recording, turn));
    kept && !(by_turns && queue().any(|other| !tasks.contains(&other.task)))
}

/// True if the lock was given to this wait, its task has been polled since, and has not taken it.
pub(super) fn is_set_aside(recording: &Indexed, wait: &Wait) -> bool {
    // A poll that is going on has no end yet.
    let over = |poll: &&Poll| poll.began.step < poll.ended.step;
    let polled_since = |step| recording.polls_of(wait.task).rev().find(over).is_some_and(|poll| poll.began.step > step);
    wait.granted.is_some_and(|granted| polled_since(granted.step))
}

/// True if a task that spawned others waits for a task and a deadline at the same time.
fn may_abort(recording: &Indexed, spawner: TaskId) -> bool {
    let kinds = || recording.open_waits(spawner).map(|wait| &wait.kind);
    kinds().any(WaitKind::is_for_tasks) && kinds().any(|kind| matches!(kind, WaitKind::Timeout | WaitKind::Sleep))
}
