//! The polls of a task, those that held on to their thread, and how the task ended.

use super::{Assembly, Life, LongPoll, NO_TASK, Open};
use crate::{
    recording::{Closed, How, Moment, Poll, Stall, TaskEnd, TaskId},
    stack::Stack,
    stalls,
};

impl Assembly<'_> {
    pub(super) fn poll_began(&mut self, task: usize, straight_on: bool, at: Moment) {
        let life = &mut self.lives[task];
        life.polls += 1;
        life.finished = straight_on;
        life.last_poll = Some(self.recording.polls.len());
        self.recording.polls.push(Poll { task: TaskId(task), began: at, ended: at });
    }

    pub(super) fn poll_ended(&mut self, task: usize, panicking: bool, at: Moment) {
        let life = &mut self.lives[task];
        life.panicked |= panicking;
        if let Some(poll) = life.last_poll {
            self.recording.polls[poll].ended = at;
        }
        // More waits open than registrations left: of those not seen in this poll some must have gone on, and rather one
        // that was woken, and rather the oldest.
        for _ in 0..self.lives[task].surplus() {
            let life = &mut self.lives[task];
            let before = |open: &Open| open.last_seen < life.polls;
            let gone = life.open.iter().position(|open| before(open) && open.woken);
            let Some(gone) = gone.or_else(|| life.open.iter().position(before)) else { break };
            let (gone, poll) = (life.open.remove(gone), life.polls);
            self.end(&gone, poll, gone.woken, at);
        }
    }

    pub(super) fn task_ended(&mut self, task: usize, stack: Option<u32>, at: Moment) {
        // The last entry into its span was for the drop: the last poll is the one before.
        let last = self.lives[task].polls.saturating_sub(1);
        for open in std::mem::take(&mut self.lives[task].open) {
            let ready = self.lives[task].finished && open.woken;
            self.end(&open, last, ready, at);
        }
        let life = &mut self.lives[task];
        let how = match life {
            Life { panicked: true, .. } => How::Panicked,
            Life { finished: true, .. } => How::Finished,
            _ => How::Dropped,
        };
        // Dropping the future entered its span once more; that was no poll.
        if let Some(poll) = life.last_poll.take() {
            self.recording.polls[poll].task = NO_TASK;
        }
        let stack = stack.filter(|_| how == How::Dropped);
        let closed = stack.and_then(|number| {
            let look = || closed_by(&self.stacks[number as usize]);
            *self.closings.entry(number).or_insert_with(look)
        });
        self.recording.tasks[task].end = Some(TaskEnd { at, how });
        self.recording.tasks[task].went_with = closed;
    }

    pub(super) fn stalled(&mut self, poll: &LongPoll, began: Moment, at: Moment) {
        let Some(found) = stalls::conclude(poll, self.stacks) else { return };
        self.recording.stalls.push(Stall {
            task: TaskId(poll.task as usize),
            began,
            ended: poll.ended.then_some(at),
            real_millis: poll.real.as_millis() as u64,
            doing: found.doing,
            lines: found.stack.map(Stack::lines).unwrap_or_default(),
            holds_up_arms: found.stack.is_some_and(|stack| self.waits_beside(poll.task as usize, stack)),
        });
    }
}

/// What the code at this stack closes: its tasks are dropped where they wait.
fn closed_by(stack: &Stack) -> Option<Closed> {
    let closes = stack.is_within("close_and_shutdown_all");
    let of_set = stack.is_within("tokio::task::local::");
    closes.then_some(if of_set { Closed::LocalSet } else { Closed::Runtime })
}
