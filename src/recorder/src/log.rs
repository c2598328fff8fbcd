//! The raw log: one entry for everything the recorder saw, in order, with as little work as possible at the time.

use std::{
    collections::{BTreeMap, HashSet},
    sync::atomic::Ordering,
};

use rustc_hash::FxHashMap;
use slab::Slab;

use super::{
    GOT_FURTHER, PROGRAM_POLLS, PROGRESS, WOKE_ANOTHER,
    entered::current_task,
    event::{Event, What},
    live::Live,
    pending::Pending,
    places::{PlaceId, Places},
    polling::Polling,
    rounds::LastRound,
    stack::Stacks,
};
use crate::{
    awaits::Await,
    recording::{self, Moment, TaskId, TaskKind},
    timekeeper::{Timer, time},
};

/// An await of which something is said in the log.
pub(super) struct AwaitInfo {
    pub(super) at: &'static Await,
    /// Where it stands.
    pub(super) place: PlaceId,
    /// The await it is a part of.
    pub(super) parent: Option<u32>,
    /// The type of the future.
    pub(super) what: &'static str,
    /// The number of what it is for in [`Log::resources`], where that is no resource of tokio's instrumentation.
    pub(super) resource: Option<u32>,
}

/// The resources tokio names in its instrumentation, and those that are known because the program made them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Resource {
    Sleep,
    Interval,
    Mutex,
    RwLock,
    Semaphore,
    Barrier,
    Oneshot,
    Channel,
    Watch,
    Broadcast,
    Notify,
    JoinSet,
    Tracker,
    Unknown,
}

/// What is known of a task from its span.
pub(super) struct TaskInfo {
    pub(super) kind: TaskKind,
    /// True for what the program spawned itself, and for what it runs in.
    pub(super) is_programs: bool,
    /// Its own name, mostly none.
    pub(super) name: Box<str>,
    pub(super) spawned_at: PlaceId,
    pub(super) spawned_by: Option<u32>,
    /// Tokio's own number of it.
    pub(super) id: u64,
    /// True if tokio reports what becomes of its wakers; of a `block_on`'s it does not.
    pub(super) wakers_known: bool,
    /// True once it was polled.
    pub(super) has_begun: bool,
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
    pub(super) references: u32,
    pub(super) role: Role,
}

/// A timer that has not been dropped.
#[derive(Default)]
pub(super) struct TimerInfo {
    /// Where it was made, if it is one of the program's own that has not been polled yet.
    pub(super) unpolled: Option<PlaceId>,
    /// What the clock knows it by.
    pub(super) set: Option<Timer>,
}

/// The resource that a span belongs to.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    pub(super) kind: Resource,
    /// A timer's place in [`Log::timers`].
    pub(super) timer: Option<u32>,
    /// Its number in [`Log::resources`], or that of the one it is a part of: a `Mutex` has a semaphore inside.
    pub(super) number: Option<u32>,
}

impl Owner {
    pub(super) fn unknown() -> Self {
        Self { kind: Resource::Unknown, timer: None, number: None }
    }

    /// The lock's number, if it is one.
    pub(super) fn lock(&self) -> Option<u32> {
        self.number.filter(|_| matches!(self.kind, Resource::Mutex | Resource::RwLock))
    }
}

/// What a span stands for.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Task(u32),
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
    pub(super) spans: Live,
    /// The timers that have not been dropped.
    pub(super) timers: Slab<TimerInfo>,
    pub(super) places: Places,
    pub(super) stacks: Stacks,
    pub(super) awaits: Vec<AwaitInfo>,
    /// The awaits in the source that were seen to wait by what is awaited within them.
    pub(super) nests: HashSet<&'static Await>,
    pub(super) resources: Vec<ResourceInfo>,
    /// The numbers of those that the program made without a resource of tokio's, by what they are and where in memory.
    pub(super) made: BTreeMap<(Resource, usize), u32>,
    /// The closures that went on when the program had returned.
    pub(super) held_up_by: Vec<TaskId>,
    /// The operations that wait now.
    pub(super) pending: Pending,
    /// The polls that are going on.
    pub(super) polling: Vec<Polling>,
    /// What loops went round by in the tasks' last polls.
    pub(super) rounds: BTreeMap<u32, LastRound>,
    /// The stack of the first task that was spawned at a place; all that are spawned there are spawned alike.
    pub(super) spawns: FxHashMap<PlaceId, u32>,
    /// True from the first await on that has an identity.
    pub(super) identified: bool,
    /// True from the first panic on.
    pub(super) has_panicked: bool,
    /// True once nothing is part of the program any more.
    pub(super) settled: bool,
}

impl Log {
    pub(super) fn push(&mut self, what: What) {
        let progress = PROGRESS.fetch_add(1, Ordering::Relaxed) + 1;
        match &what {
            What::Spawned { .. } | What::Ended { .. } | What::Printed(_) => {
                GOT_FURTHER.store(progress, Ordering::Relaxed)
            }
            What::Woken { task, by: Some(by), .. } if by != task => WOKE_ANOTHER.store(progress, Ordering::Relaxed),
            _ => {}
        }
        if let What::PollBegan { task, .. } = what {
            let task = &mut self.tasks[task as usize];
            if task.is_programs {
                PROGRAM_POLLS.fetch_add(1, Ordering::Relaxed);
            }
            if !std::mem::replace(&mut task.has_begun, true) {
                GOT_FURTHER.store(progress, Ordering::Relaxed);
            }
        }
        self.events.push(Event { nanos: time().now_nanos(), what });
    }

    pub(super) fn add_await(&mut self, info: AwaitInfo) -> u32 {
        self.awaits.push(info);
        self.awaits.len() as u32 - 1
    }

    /// The stack of what spawns `task` now; none outside every task.
    pub(super) fn spawned_from(&mut self, task: u32) -> Option<u32> {
        current_task()?;
        let place = self.tasks[task as usize].spawned_at;
        if let Some(stack) = self.spawns.get(&place) {
            return Some(*stack);
        }
        let stack = self.stacks.capture();
        if self.places.is_learners(place) {
            self.spawns.insert(place, stack);
        }
        Some(stack)
    }

    /// The stack of what drops the future of `task` now, which was not done; none where it is of no interest.
    pub(super) fn dropped_from(&mut self, task: u32) -> Option<u32> {
        let TaskInfo { kind, spawned_at, .. } = &self.tasks[task as usize];
        let is_told = matches!(kind, TaskKind::Spawned | TaskKind::Local) && self.places.is_learners(*spawned_at);
        (is_told && !self.settled).then(|| self.stacks.capture_with_callers())
    }

    /// The moment of what is logged next.
    pub(super) fn now(&self) -> Moment {
        Moment { nanos: time().now_nanos(), step: self.events.len() as u64 }
    }

    pub(super) fn set_role(&mut self, span: u64, role: Role) {
        if let Some(span) = self.spans.get_mut(span) {
            span.role = role;
        }
    }

    pub(super) fn role(&self, span: u64) -> Option<Role> {
        self.spans.role(span)
    }
}
