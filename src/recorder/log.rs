//! The raw log: one entry for everything the recorder saw, in order, with as little work as possible at the time.

use std::{collections::HashMap, panic::Location, sync::atomic::Ordering, time::Duration};

use super::{
    PROGRAM_POLLS, PROGRESS,
    polling::Polling,
    stack::{Stacks, is_learners},
};
use crate::{
    recording::{self, Moment, TaskKind},
    runtime::clock,
};

/// What was seen, and when.
pub(super) struct Event {
    pub(super) at: Moment,
    pub(super) what: What,
}

/// What was seen. Tasks are named by their number in [`Log::tasks`], async operations by the span of their polls.
pub(super) enum What {
    Spawned {
        task: usize,
        /// The code that spawned it; none outside every task.
        stack: Option<u32>,
    },
    /// A poll began; `straight_on` if the thread did nothing since the task's own last poll. That is how a future is
    /// dropped that has just been `Ready`.
    PollBegan {
        task: usize,
        straight_on: bool,
    },
    PollEnded {
        task: usize,
        panicking: bool,
    },
    /// The task's future is gone.
    Ended {
        task: usize,
    },
    /// A waker of `task` was cloned: something registered it, to wake the task later.
    Cloned {
        task: usize,
        by: Registrar,
    },
    /// A waker of `task` was woken, by the task `by` in its poll; or outside every poll, perhaps by the end of `guess`.
    /// `consumed` if the registered clone is used up by that.
    Woken {
        task: usize,
        by: Option<usize>,
        guess: Option<usize>,
        consumed: bool,
    },
    /// A registered clone was thrown away.
    WakerDropped {
        task: usize,
    },
    /// An instrumented operation is not ready and waits from now on.
    OpPending {
        op: u64,
        task: usize,
        owner: Owner,
        stack: u32,
    },
    /// A timer inside an operation was set.
    OpAsked {
        op: u64,
        nanos: u64,
    },
    OpReady {
        op: u64,
    },
    /// The operation was dropped.
    OpDropped {
        op: u64,
    },
    /// A task got the guard of a lock, or so many permits; `resource` is a number in [`Log::resources`].
    Acquired {
        resource: usize,
        task: Option<usize>,
        count: u64,
        stack: u32,
    },
    /// A guard or permits were given back, by the code of `task`.
    Released {
        resource: usize,
        task: Option<usize>,
        count: u64,
    },
    /// A timer was dropped that had never been polled.
    Unpolled {
        task: Option<usize>,
        made_at: Box<recording::Location>,
        stack: u32,
    },
    Printed {
        task: Option<usize>,
        text: String,
        at: &'static Location<'static>,
    },
    Blocked {
        task: Option<usize>,
        at: &'static Location<'static>,
    },
    Unblocked {
        began: usize,
    },
    // What is rare is boxed: there are millions of the others.
    Panicked(Box<PanicSeen>),
    Stalled(Box<LongPoll>),
    Returned,
    Settled,
}

/// A panic, and where it was raised.
pub(super) struct PanicSeen {
    pub(super) task: Option<usize>,
    pub(super) message: String,
    pub(super) line: recording::Location,
}

/// A poll that was long, or is when the recording ends.
pub(super) struct LongPoll {
    pub(super) task: usize,
    /// The event it began with.
    pub(super) began: usize,
    pub(super) ended: bool,
    pub(super) real: Duration,
    /// The processor time that its thread had used in the end.
    pub(super) cpu_nanos: u64,
    pub(super) seen: Vec<Seen>,
}

/// One glance at a thread: where it was, and the processor time it had used.
pub(super) struct Seen {
    pub(super) stack: u32,
    pub(super) cpu_nanos: u64,
}

/// What registered a waker.
#[derive(Clone, Copy)]
pub(super) enum Registrar {
    /// The task's own poll, in the code at this stack: something there waits from now on.
    Poll { stack: u32 },
    /// An instrumented operation, which says by itself that it waits.
    Op { op: u64 },
    /// Somebody else.
    Elsewhere,
}

/// The resources tokio names in its instrumentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Resource {
    Sleep,
    Interval,
    Mutex,
    RwLock,
    Semaphore,
    Barrier,
    Oneshot,
    Unknown,
}

/// What is known of a task from its span.
pub(super) struct TaskInfo {
    pub(super) kind: TaskKind,
    pub(super) name: String,
    pub(super) spawned_at: recording::Location,
    pub(super) spawned_by: Option<usize>,
    /// True if tokio reports what becomes of its wakers; of a `block_on`'s it does not.
    pub(super) wakers_known: bool,
}

/// A resource that can be told from others: not a timer.
pub(super) struct ResourceInfo {
    pub(super) kind: Resource,
    pub(super) made_at: recording::Location,
    /// How many permits the last acquisition asked for.
    pub(super) requested: u64,
}

/// A live span.
pub(super) struct Span {
    pub(super) references: usize,
    pub(super) role: Role,
}

/// The resource that a span belongs to.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub(super) kind: Resource,
    /// The resource's own span.
    pub(super) span: u64,
    /// Its number in [`Log::resources`], or that of the one it is a part of: a `Mutex` has a semaphore inside.
    pub(super) number: Option<usize>,
}

impl Owner {
    pub(super) fn unknown() -> Self {
        Self { kind: Resource::Unknown, span: 0, number: None }
    }
}

/// What a span stands for.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Task(usize),
    Resource(Owner),
    /// An async operation on a resource.
    Op(Owner),
    /// The polls of an operation; `ready` is what its last poll said.
    OpPoll {
        owner: Owner,
        waiting: bool,
        ready: bool,
    },
    /// A `block_on` of the workbook's own.
    Runtime,
    /// Nothing that matters.
    Ignored,
}

/// Everything the recorder saw.
#[derive(Default)]
pub(super) struct Log {
    pub(super) events: Vec<Event>,
    pub(super) tasks: Vec<TaskInfo>,
    pub(super) spans: HashMap<u64, Span>,
    pub(super) stacks: Stacks,
    pub(super) resources: Vec<ResourceInfo>,
    /// The polls that are going on.
    pub(super) polling: Vec<Polling>,
    /// The program's own timers that have not been polled yet, by their spans, and where they were made.
    pub(super) unpolled: HashMap<u64, recording::Location>,
}

impl Log {
    pub(super) fn push(&mut self, what: What) {
        PROGRESS.fetch_add(1, Ordering::Relaxed);
        if let What::PollBegan { task, .. } = what
            && (self.tasks[task].kind == TaskKind::Main || is_learners(&self.tasks[task].spawned_at.file))
        {
            PROGRAM_POLLS.fetch_add(1, Ordering::Relaxed);
        }
        let at = self.now();
        self.events.push(Event { at, what });
    }

    /// The moment of what is logged next.
    pub(super) fn now(&self) -> Moment {
        Moment { nanos: clock::now_nanos(), step: self.events.len() as u64 }
    }

    pub(super) fn set_role(&mut self, span: u64, role: Role) {
        if let Some(span) = self.spans.get_mut(&span) {
            span.role = role;
        }
    }

    /// True for the span of a closure on the blocking pool.
    pub(super) fn is_blocking(&self, span: u64) -> bool {
        matches!(self.role(span), Some(Role::Task(task)) if self.tasks[task].kind == TaskKind::Blocking)
    }

    pub(super) fn role(&self, span: u64) -> Option<Role> {
        self.spans.get(&span).map(|span| span.role)
    }
}
