//! W05: a future returned `Pending` and kept no waker.

use super::{Found, last_seen, own_tasks};
use crate::recording::{Outcome, Recording, Task, TaskId};

/// In a stuck program, every task that waits and has left no waker anywhere: nobody will ever know it could go on.
pub(super) fn find(recording: &Recording) -> Vec<Found> {
    if recording.outcome != Outcome::Stuck {
        return Vec::new();
    }
    let lost = own_tasks(recording).filter(|(id, task)| {
        task.end.is_none() && task.wakers_kept.is_some() && recording.open_waits(*id).next().is_none()
    });
    lost.map(|(id, task)| found(recording, id, task)).collect()
}

fn found(recording: &Recording, id: TaskId, task: &Task) -> Found {
    let name = &task.name;
    let polls = recording.polls.iter().filter(|poll| poll.task == id).count();
    let again = if polls > 1 && recording.wakes.iter().any(|wake| wake.task == id) {
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
        "in poll, store cx.waker().clone() (anew each time, as a future may move to another task) before you return Pending, \
         or poll something inside that does",
    );
    // Where that future is awaited leaves no trace: it is after the last that was seen of the task.
    found
        .at(last_seen(recording, id), format!("the last that was seen of {name}: the future is awaited after this"))
        .at(Some(&task.spawned_at), format!("{name} is spawned here"))
}
