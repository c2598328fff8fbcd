//! The polls that are going on, and what is seen of those that hold on to their thread.

use std::time::{Duration, Instant};

use super::{
    assemble,
    event::{LongPoll, Registrar, Seen, What, Whence},
    log::Log,
    rounds::{self, Round},
    stack::{MARGIN, poll_began_at},
    stalls, with_log,
};
use crate::{
    os::{
        glance::{Thread, cpu_nanos},
        threads::KeptReady,
    },
    recording::{self, TaskId, TaskKind},
};

/// A poll that lasts longer is looked at, again and again.
const LOOKED_AT_AFTER: Duration = Duration::from_millis(40);
/// A poll that lasted at least so long held others up. Python's asyncio warns of callbacks above the same limit in its
/// debug mode: <https://docs.python.org/3/library/asyncio-dev.html#debug-mode>.
pub(super) const LONG: Duration = Duration::from_millis(100);
/// Nobody needs more than so many looks at one poll.
const MOST_GLANCES: usize = 100;

/// A poll that has begun and not ended.
pub(super) struct Polling {
    pub(super) task: u32,
    /// The event with which it began.
    began: usize,
    began_real: Instant,
    thread: Thread,
    /// Where the thread's stack stood.
    stack_at: usize,
    seen: Vec<Seen>,
    /// When the first look was, and for how long threads have been kept from a processor since.
    looked_since: Option<(Instant, KeptReady)>,
    /// Since when every look found its thread blocked.
    blocked_since: Option<Instant>,
    /// The awaits that it comes by again and again, each ready at once.
    pub(super) rounds: Vec<Round>,
}

/// What the watchdog says of a poll that does not end.
pub struct PollInProgress {
    /// The task's name.
    pub name: String,
    /// True for a closure on the blocking pool.
    pub blocking: bool,
    /// Where it was spawned; nothing for the main task.
    pub spawned_at: Option<recording::Location>,
    /// Where it is, in the program's own code; where nobody can look, the last place where it was seen.
    pub at: Option<recording::Location>,
}

/// Looks at every poll that has been going on for long; the watchdog calls this now and then. Returns for how long, as far
/// as was seen, an async task has done nothing but block its thread.
pub fn look_at_long_polls() -> Duration {
    // The log stays locked, so that the poll cannot end, nor its thread, while it is looked at.
    let blocked = with_log(|log| {
        let Log { polling, stacks, tasks, .. } = log;
        let mut longest = Duration::ZERO;
        for poll in polling.iter_mut() {
            if poll.began_real.elapsed() < LOOKED_AT_AFTER || poll.seen.len() == MOST_GLANCES {
                continue;
            }
            // The look itself would wake it.
            let asleep = poll.thread.is_asleep();
            let Some(glance) = poll.thread.glance() else { continue };
            // Frames this far up belong to the runtime, not to the task.
            let of_task = glance.frames.iter().take_while(|(_, sp)| *sp < poll.stack_at.saturating_add(MARGIN));
            let stack = (!glance.in_recorder).then(|| stacks.number(of_task.map(|(ip, _)| *ip).collect()));
            poll.seen.push(Seen { stack, cpu_nanos: glance.cpu_nanos, asleep });
            poll.looked_since.get_or_insert_with(|| (Instant::now(), KeptReady::begins())).1.so_far();
            // Whoever is awake is not blocked, wherever that is.
            let asleep_at = stack.filter(|_| asleep != Some(false));
            if !asleep_at.is_some_and(|stack| stalls::is_blocked(asleep, &stacks.resolve_one(stack))) {
                poll.blocked_since = None;
            } else if tasks[poll.task as usize].kind != TaskKind::Blocking {
                longest = longest.max(poll.blocked_since.get_or_insert_with(Instant::now).elapsed());
            }
        }
        longest
    });
    blocked.unwrap_or_default()
}

impl Log {
    /// Notes that this thread begins to poll `task`.
    pub(super) fn polling_begins(&mut self, task: u32) {
        self.polling.push(Polling {
            task,
            began: self.events.len(),
            began_real: Instant::now(),
            thread: Thread::current(),
            stack_at: poll_began_at(),
            seen: Vec::new(),
            looked_since: None,
            blocked_since: None,
            rounds: Vec::new(),
        });
    }

    /// Notes that it has ended, and whether it was long.
    pub(super) fn polling_ends(&mut self, task: u32) {
        let Some(at) = self.polling.iter().rposition(|poll| poll.task == task) else { return };
        let mut poll = self.polling.remove(at);
        self.leaves_rounds(task, rounds::end(), false);
        if self.tasks[task as usize].kind != TaskKind::Blocking
            && !poll.seen.is_empty()
            && poll.began_real.elapsed() >= LONG
        {
            let cpu_nanos = cpu_nanos();
            let looked = poll.looked_since.as_mut().map(|(since, kept)| (since.elapsed(), kept.so_far()));
            let (looked_for, kept_ready) = looked.unwrap_or_default();
            self.push(What::Stalled(Box::new(LongPoll {
                task,
                began: poll.began,
                ended: true,
                real: poll.began_real.elapsed(),
                cpu_nanos,
                looked_for,
                kept_ready,
                seen: poll.seen,
            })));
        }
    }

    /// Writes down the polls that the end of the recording cuts short.
    pub(super) fn polling_is_cut_short(&mut self) {
        for poll in std::mem::take(&mut self.polling) {
            self.leaves_rounds(poll.task, rounds::chosen(&poll.rounds), true);
            if self.tasks[poll.task as usize].kind != TaskKind::Blocking && poll.began_real.elapsed() >= LONG {
                let cpu_nanos = poll.seen.last().map_or(0, |seen| seen.cpu_nanos);
                let (task, began, real) = (poll.task, poll.began, poll.began_real.elapsed());
                self.push(What::Stalled(Box::new(LongPoll {
                    task,
                    began,
                    ended: false,
                    real,
                    cpu_nanos,
                    looked_for: poll.looked_since.map_or(Duration::ZERO, |(since, _)| since.elapsed()),
                    kept_ready: Duration::ZERO,
                    seen: poll.seen,
                })));
            }
        }
    }

    /// The closures on the blocking pool that are running, without the workers of a runtime: those run until it ends.
    pub(super) fn closures_at_work(&self) -> Vec<TaskId> {
        let is_closure = |task: &u32| {
            let info = &self.tasks[*task as usize];
            info.kind == TaskKind::Blocking && !self.places.file(info.spawned_at).ends_with("/multi_thread/worker.rs")
        };
        self.polling.iter().map(|poll| poll.task).filter(is_closure).map(|task| TaskId(task as usize)).collect()
    }

    /// The poll that began last of those that have not ended.
    pub(super) fn poll_in_progress(&self) -> Option<PollInProgress> {
        // A worker of a runtime is a closure on its blocking pool too, one that ends with the runtime.
        let of_library = |poll: &&Polling| {
            let info = &self.tasks[poll.task as usize];
            info.kind == TaskKind::Blocking && !self.places.is_learners(info.spawned_at)
        };
        let poll = self.polling.iter().rev().find(|poll| !of_library(poll))?;
        let info = &self.tasks[poll.task as usize];
        let main = info.kind == TaskKind::Main;
        let seen_at = poll.seen.iter().rev().find_map(|seen| self.stacks.resolve_one(seen.stack?).innermost());
        Some(PollInProgress {
            name: if main { "main".to_string() } else { "a task".to_string() },
            blocking: info.kind == TaskKind::Blocking,
            spawned_at: (!main).then(|| self.places.location(info.spawned_at)),
            at: seen_at.or_else(|| self.last_seen(poll.task)),
        })
    }

    /// The last place in the program where something was seen of a task.
    fn last_seen(&self, task: u32) -> Option<recording::Location> {
        self.events.iter().rev().find_map(|event| match &event.what {
            What::Blocked { task: Some(of), at } if *of == task => Some(assemble::location(at)),
            What::Printed(print) if print.task == Some(task) => Some(assemble::location(print.at)),
            What::Cloned { task: of, by: Registrar::Poll { whence } } | What::OpPending { task: of, whence, .. }
                if *of == task =>
            {
                match whence {
                    Whence::Await(number) => Some(self.places.location(self.awaits[*number as usize].place)),
                    Whence::Stack(stack) => self.stacks.resolve_one(*stack).innermost(),
                }
            }
            _ => None,
        })
    }
}
