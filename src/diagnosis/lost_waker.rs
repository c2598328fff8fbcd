//! W05: a future returned `Pending` and kept no waker.

use std::collections::{HashMap, HashSet};

use super::{Found, last_seen, own_tasks};
use crate::recording::{Indexed, Location, Outcome, Poll, Recording, Task, TaskId, Wait, WaitKind};

/// In a stuck program, every task that waits and has left no waker anywhere: nobody will ever know it could go on.
pub(super) fn find(recording: &Indexed) -> Vec<Found> {
    if recording.outcome != Outcome::Stuck {
        return Vec::new();
    }
    lost(recording).map(|id| found(recording, id, &recording.tasks[id.0])).collect()
}

/// The tasks that wait and have left no waker anywhere. A timer or lock that one waits for may have been polled with
/// somebody else's.
pub(super) fn lost(recording: &Recording) -> impl Iterator<Item = TaskId> {
    // Whether or not it is in the program's own code: a library, or a check, may be waiting for something as well.
    let open = recording.waits.iter().filter(|wait| wait.end.is_none());
    let waiting: HashSet<TaskId> = open.map(|wait| wait.task).collect();
    // A task that nobody polls keeps no waker either, and awaits nothing.
    let last: HashMap<TaskId, &Poll> = recording.polls.iter().map(|poll| (poll.task, poll)).collect();
    // A poll that goes on has not returned anything yet.
    let returned = move |id: &TaskId| last.get(id).is_some_and(|poll| poll.began.step < poll.ended.step);
    let is_lost = move |id: &TaskId, task: &Task| {
        let kept = task.wakers_kept.filter(|_| task.end.is_none() && returned(id));
        kept.is_some_and(|kept| kept == 0 || !waiting.contains(id))
    };
    own_tasks(recording).filter(move |(id, task)| is_lost(id, task)).map(|(id, _)| id)
}

fn found(recording: &Indexed, id: TaskId, task: &Task) -> Found {
    let name = &task.name;
    let again = if recording.polls_of(id).count() > 1 && recording.wakes_of(id).next().is_some() {
        " The waker of an earlier poll is no use if it has been called, or belongs to another task."
    } else {
        ""
    };
    let found = Found::new(
        format!("stuck: {name} awaits a future that returned Pending and kept no waker"),
        format!(
            "Pending means: I will wake you. A future must keep a clone of cx.waker() at every poll that returns Pending, and \
             see that it is called when the next poll is worth while.{again} Nobody can wake {name} now."
        ),
        "in poll, store cx.waker().clone() (anew each time, as a future may move to another task) before you return Pending; \
         or return Pending only if something that you polled with cx did",
    );
    let (line, label) = trace(recording, id);
    found.at(line, label).at(Some(&task.spawned_at), format!("{name} is spawned here"))
}

/// Where to look for the future. That it is awaited leaves no trace by itself: only what it polls inside may, or an
/// earlier poll that did keep a waker.
fn trace<'a>(recording: &Indexed<'a>, id: TaskId) -> (Option<&'a Location>, String) {
    let name = &recording.tasks[id.0].name;
    if let Some(wait) = recording.open_waits(id).next() {
        return (wait.line(), format!("this is polled, but not with the waker of {name}"));
    }
    let last = last_seen(recording, id);
    let own_future = |wait: &&Wait| wait.kind == WaitKind::Other && wait.line() == last;
    match recording.waits_of(id).rev().find(own_future) {
        Some(_) => (last, "an earlier poll kept the waker here, and the last one did not".to_string()),
        None => (last, format!("the last that was seen of {name}: the future is awaited after this")),
    }
}
