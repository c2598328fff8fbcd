//! W08: a future was made and dropped without ever being polled, where that can be seen.
//!
//! A future that is not polled does nothing, so most of them leave no trace. Two kinds do: a timer is known to tokio from
//! the moment it is made, and a task from the moment it is spawned. The rest is for the compiler (`unused_must_use`).

use super::{Found, own_tasks};
use crate::recording::{How, Outcome, Recording, Task, TaskId};

/// Timers that were never awaited, and tasks that were aborted before their first poll.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    let timers = recording.unpolled.iter().map(|unpolled| {
        Found::new(
            "a sleep was made and dropped, and never awaited",
            "Calling sleep() does not wait: it makes a future. Only .await (or a join, select or spawn) polls it, and only then \
             the time passes.",
            "add .await",
        )
        .at(Some(&unpolled.line), "this sleeps for no time at all")
    });
    let never_began = own_tasks(recording).filter(|(id, task)| never_began(recording, *id, task));
    let tasks = never_began.map(|(_, task)| {
        Found::new(
            format!("{} was dropped before its first poll, so nothing of it ever ran", task.name),
            "spawn() only puts a task into the queue: it is polled when the current task next awaits. Aborted, or dropped with its \
             LocalSet, before that, not even its first line runs.",
            "await something before you abort it, or do not spawn it at all",
        )
        .at(Some(&task.spawned_at), format!("{} is spawned here", task.name))
    });
    timers.chain(tasks).collect()
}

/// A set's tasks that go with the set are lost (W03), and so are those that are alive when the program ends.
fn never_began(recording: &Recording, id: TaskId, task: &Task) -> bool {
    let dropped = task.end.as_ref().is_some_and(|end| end.how == How::Dropped);
    let returned = recording.outcome == Outcome::Returned;
    returned && dropped && !task.in_set && !task.is_main() && !recording.polls.iter().any(|poll| poll.task == id)
}
