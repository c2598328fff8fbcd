//! Tasks that can never go on, although others do: each waits for a lock that one of them holds.

use std::collections::BTreeSet;

use crate::recording::{Poll, Recording, ResourceId, TaskId, Wait, WaitKind};

/// The tasks that can never go on. Every step is a fact:
/// * each of them waits for a lock and for nothing else;
/// * the lock is held by one of them, with a guard that cannot have been moved elsewhere, or was given to a future of theirs
///   that they do not poll any more;
/// * whoever else waits in the queue of an `RwLock` is one of them too, or it might give up its turn;
/// * nobody waits for their end with a deadline, after which they may be aborted.
pub(super) fn tasks(recording: &Recording) -> BTreeSet<TaskId> {
    let waits: Vec<&Wait> = recording.waits.iter().filter(|wait| wait.end.is_none() && is_for_lock(wait)).collect();
    let only = |wait: &&&Wait| wait.alone && wait.granted.is_none() && !may_be_aborted(recording, wait.task);
    let mut waiting: Vec<&Wait> = waits.iter().filter(only).copied().collect();
    loop {
        let tasks: BTreeSet<TaskId> = waiting.iter().map(|wait| wait.task).collect();
        let stays = |wait: &&Wait| {
            let Some(lock) = wait.resource else { return false };
            let queue = waits.iter().filter(|other| other.resource == Some(lock));
            let leave = |other: &Wait| wait.kind == WaitKind::RwLock && !tasks.contains(&other.task);
            is_kept(recording, lock, &tasks, &waits) && !queue.into_iter().any(|other| leave(other))
        };
        let left: Vec<&Wait> = waiting.iter().copied().filter(stays).collect();
        if left.len() == waiting.len() {
            return tasks;
        }
        waiting = left;
    }
}

fn is_for_lock(wait: &Wait) -> bool {
    matches!(wait.kind, WaitKind::Mutex | WaitKind::RwLock) && wait.resource.is_some()
}

/// True if one of these tasks holds the lock, and does not let go of it before it goes on.
fn is_kept(recording: &Recording, lock: ResourceId, tasks: &BTreeSet<TaskId>, waits: &[&Wait]) -> bool {
    let of_them = |task: Option<TaskId>| task.is_some_and(|task| tasks.contains(&task));
    let mut holds = recording.holds.iter().filter(|hold| hold.resource == lock && hold.until.is_none());
    let mut turns = waits.iter().filter(|wait| wait.resource == Some(lock) && tasks.contains(&wait.task));
    holds.any(|hold| of_them(hold.task) && !hold.movable) || turns.any(|turn| is_set_aside(recording, turn))
}

/// True if the lock was given to this wait, its task has been polled since, and has not taken it.
pub(super) fn is_set_aside(recording: &Recording, wait: &Wait) -> bool {
    // A poll that is going on has no end yet.
    let over = |poll: &&Poll| poll.task == wait.task && poll.began.step < poll.ended.step;
    let polled_since = |step| recording.polls.iter().filter(over).any(|poll| poll.began.step > step);
    wait.granted.is_some_and(|granted| polled_since(granted.step))
}

/// True if the task that spawned it waits for a task and a deadline at the same time.
fn may_be_aborted(recording: &Recording, task: TaskId) -> bool {
    let Some(spawner) = recording.tasks[task.0].spawned_by else { return false };
    let kinds: Vec<&WaitKind> = recording.open_waits(spawner).map(|wait| &wait.kind).collect();
    let joins = kinds.iter().any(|kind| kind.is_for_tasks());
    joins && kinds.iter().any(|kind| matches!(kind, WaitKind::Timeout | WaitKind::Sleep))
}
