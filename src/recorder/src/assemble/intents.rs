//! What was meant by a spawn, or by a timer that nobody polled: told by the code that makes it, and by its source.

use super::Assembly;
use crate::{
    recording::{How, Intent, Location, Moment, TaskId, Unpolled},
    stack::Stack,
    thrown_away,
    workspace::is_learners,
};

/// What the code that spawns does.
#[derive(Clone, Copy)]
pub(super) struct SpawnedBy {
    /// It spawns on a `JoinSet`, or on a `TaskTracker`.
    in_set: bool,
    in_tracker: bool,
    /// It hands the `JoinHandle` to the line that called.
    hands_over: bool,
}

impl Assembly<'_> {
    /// A task was spawned by the code at this stack.
    pub(super) fn spawned(&mut self, task: usize, stack: Option<u32>, at: Moment) {
        let spawned = &mut self.recording.tasks[task];
        spawned.spawned = at;
        let Some(number) = stack else { return };
        let (stack, line) = (&self.stacks[number as usize], spawned.spawned_at.line);
        let look = || {
            let in_set = stack.is_within("tokio::task::join_set::");
            let in_tracker = stack.is_within("tokio_util::task::task_tracker::");
            SpawnedBy { in_set, in_tracker, hands_over: hands_over(stack, line) && !in_set }
        };
        let by = *self.spawns.entry(number).or_insert_with(look);
        (spawned.in_set, spawned.in_tracker) = (by.in_set, by.in_tracker);
        self.lives[task].hands_over = by.hands_over;
    }

    /// A timer was dropped that had never been polled. That of a `timeout` is not polled either if what is inside is ready at
    /// once, so the source has to say that nothing awaits it.
    pub(super) fn unpolled(&mut self, task: Option<TaskId>, made_at: &Location, stack: u32, at: Moment) {
        let stack = &self.stacks[stack as usize];
        let deadline = stack.drops_alone("tokio::time::timeout::Timeout<");
        let never_awaited = if deadline {
            thrown_away::at(self.sources.tokens(&made_at.file), made_at)
        } else {
            let right_away = stack.innermost().is_some_and(|at| at.file == made_at.file && at.line == made_at.line);
            right_away && stack.drops_alone("tokio::time::sleep::Sleep>")
        };
        if never_awaited {
            let unpolled = Unpolled { task, line: made_at.clone(), at, deadline };
            self.recording.unpolled.push(unpolled);
        }
    }

    /// What the source says of tasks that did not come to an end by themselves.
    pub(super) fn read_intents(&mut self) {
        for (task, life) in self.recording.tasks.iter_mut().zip(&self.lives) {
            let finished = task.end.as_ref().is_some_and(|end| end.how == How::Finished);
            if !finished && is_learners(&task.spawned_at.file) {
                let intent = self.sources.intent(&task.spawned_at);
                let went = task.went_with.is_some();
                let cancelled = intent.cancelled || (went && self.sources.ends_early(&task.spawned_at.file));
                task.intent = Intent { detached: intent.detached && life.hands_over, cancelled, ..intent };
            }
        }
    }
}

/// True if this line calls the function of tokio's that spawns, and gets the `JoinHandle` from it.
fn hands_over(stack: &Stack, line: u32) -> bool {
    let called = stack.callees().first();
    let is_tokios =
        called.is_some_and(|frame| frame.is_of("tokio::") || frame.is_of("tokio_util::task::task_tracker::"));
    is_tokios && stack.innermost().is_some_and(|at| at.line == line)
}
