//! What is seen: the entries of the log.

use std::{panic::Location, time::Duration};

use super::{log::Resource, places::PlaceId};
use crate::{
    awaits::Await,
    recording::{self, Moment},
};

/// What was seen, and when: its step is its place in the log. There are millions, so it is small.
pub(super) struct Event {
    pub(super) nanos: u64,
    pub(super) what: What,
}

const _: () = assert!(size_of::<Event>() <= 40, "an event has grown: box what is rare");

/// When the event in this place of a log was seen.
pub(super) fn moment(events: &[Event], place: usize) -> Moment {
    Moment { nanos: events[place].nanos, step: place as u64 }
}

/// What was seen. Tasks are named by their number in [`Log::tasks`], async operations by the span of their polls.
pub(super) enum What {
    Spawned {
        task: u32,
        /// The code that spawned it; none outside every task.
        stack: Option<u32>,
    },
    /// A poll began; `straight_on` if the thread did nothing since the task's own last poll. That is how a future is
    /// dropped that has just been `Ready`.
    PollBegan {
        task: u32,
        straight_on: bool,
    },
    PollEnded {
        task: u32,
        panicking: bool,
    },
    /// The task's future is gone.
    Ended {
        task: u32,
        /// The code that dropped it, if it was not done.
        stack: Option<u32>,
    },
    /// A waker of `task` was cloned: something registered it, to wake the task later.
    Cloned {
        task: u32,
        by: Registrar,
    },
    /// A waker of `task` was woken, by the task `by` in its poll; or outside every poll, perhaps by the end of `guess`.
    /// `consumed` if the registered clone is used up by that.
    Woken {
        task: u32,
        by: Option<u32>,
        guess: Option<u32>,
        consumed: bool,
    },
    /// A registered clone was thrown away.
    WakerDropped {
        task: u32,
    },
    /// An instrumented operation is not ready and waits from now on.
    OpPending {
        op: u64,
        task: u32,
        kind: Resource,
        resource: Option<u32>,
        whence: Whence,
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
    /// The operation was given its lock, and has not been polled since.
    OpGranted {
        op: u64,
    },
    /// A task got the guard of a lock, or so many permits; `resource` is a number in [`Log::resources`].
    Acquired {
        resource: u32,
        task: Option<u32>,
        count: u64,
        whence: Whence,
        /// True if the guard may be on its way to another task.
        movable: bool,
    },
    /// A guard or permits were given back, by the code of `task`.
    Released {
        resource: u32,
        task: Option<u32>,
        count: u64,
    },
    /// A timer was dropped that had never been polled.
    Unpolled {
        task: Option<u32>,
        made_at: PlaceId,
        stack: u32,
    },
    Printed(Box<PrintSeen>),
    Blocked {
        task: Option<u32>,
        at: &'static Location<'static>,
    },
    Unblocked {
        began: usize,
    },
    /// An await was found not ready, and nothing below it that has an identity: it waits from now on.
    AwaitBegan {
        number: u32,
        task: u32,
    },
    /// It was handed to another task, and found pending there.
    AwaitMoved {
        number: u32,
        task: u32,
    },
    /// It was ready, or dropped, by code of the await `within`.
    AwaitEnded {
        number: u32,
        ready: bool,
        within: Option<u32>,
    },
    /// It is dropped, with so many bytes that it has taken from its source.
    HadTaken {
        number: u32,
        task: Option<u32>,
        within: Option<u32>,
        bytes: u64,
    },
    /// Somebody got the errors of these tasks, told by tokio's numbers for them.
    LookedAt {
        at: &'static Await,
        tasks: Box<[u64]>,
    },
    /// Somebody awaited handles in a way that does not tell of which tasks.
    LookedAround {
        at: &'static Await,
    },
    /// A receiver of a broadcast channel was told that it missed so many values.
    Lagged(Box<LagSeen>),
    /// A tick of an interval came, so long after it was due; `around` is the number of the await that it is a part of.
    Ticked {
        task: u32,
        at: &'static Await,
        around: Option<u32>,
        late_nanos: u64,
    },
    // What is rare is boxed: there are millions of the others.
    Panicked(Box<PanicSeen>),
    Stalled(Box<LongPoll>),
    Returned,
    Settled,
}

/// A line that was printed.
pub(super) struct PrintSeen {
    pub(super) task: Option<u32>,
    pub(super) text: String,
    pub(super) at: &'static Location<'static>,
}

/// Values of a broadcast channel that were missed, so many.
pub(super) struct LagSeen {
    pub(super) task: Option<u32>,
    pub(super) at: &'static Await,
    /// The type of the future.
    pub(super) what: &'static str,
    pub(super) missed: u64,
}

/// A panic, and where it was raised.
pub(super) struct PanicSeen {
    pub(super) task: Option<u32>,
    pub(super) message: String,
    pub(super) line: recording::Location,
}

/// A poll that was long, or is when the recording ends.
pub(super) struct LongPoll {
    pub(super) task: u32,
    /// The event it began with.
    pub(super) began: usize,
    pub(super) ended: bool,
    pub(super) real: Duration,
    /// The processor time that its thread had used in the end.
    pub(super) cpu_nanos: u64,
    /// Real time from the first look to its end.
    pub(super) looked_for: Duration,
    /// For how long threads of the process have been kept from a processor meanwhile, all together.
    pub(super) kept_ready: Duration,
    pub(super) seen: Vec<Seen>,
}

/// One glance at a thread: where it was, and the processor time it had used.
pub(super) struct Seen {
    /// None where it was in the recorder.
    pub(super) stack: Option<u32>,
    pub(super) cpu_nanos: u64,
    /// True if it waited for something; none where the system does not tell.
    pub(super) asleep: Option<bool>,
}

/// What registered a waker.
#[derive(Clone, Copy)]
pub(super) enum Registrar {
    /// The task's own poll, in the code here: something there waits from now on.
    Poll { whence: Whence },
    /// An instrumented operation, which says by itself that it waits.
    Op { op: u64 },
    /// Somebody else.
    Elsewhere,
}

/// Where in the program something happens.
#[derive(Clone, Copy)]
pub(super) enum Whence {
    /// In the await of this number in [`Log::awaits`].
    Await(u32),
    /// In code whose awaits have no identity, at this stack.
    Stack(u32),
}
