//! From the raw log to the [`Recording`].
//!
//! Operations that tokio instruments (timers, locks, oneshots, barriers) say when they begin and end to wait. All other
//! waits are told by wakers: a wait begins when a poll registers the task's waker. Its end is not reported, and a wait
//! that is polled again with the same waker does not even register again. So it is concluded, from three facts:
//! * code that waits at another line of the same function body has gone on from where it waited before;
//! * every registration is used up by one wake or one drop, so no more waits can be open than registrations are left;
//! * a task that has ended waits for nothing.
//!
//! Awaits that have an identity say when they begin and end to wait, so of them nothing is concluded. What is registered
//! within one belongs to it; an operation that tokio instruments stays a wait of its own, with its line.
//!
//! What is registered and gone on from within one poll was no wait.

mod awaits;
mod intents;
mod lost_values;
mod polls;
mod ticks;
mod waits;

use rustc_hash::FxHashMap;

use awaits::Awaits;
use intents::SpawnedBy;
use lost_values::LostValues;
use ticks::Ticks;

use super::{
    event::{self, Event, LongPoll, What, Whence},
    holds::Holds,
    kind,
    live::BySpan,
    log::{Log, ResourceInfo, TaskInfo},
    names::name_tasks,
    places::Places,
    rounds::LastRound,
    sources::Sources,
    stack::Stack,
    workspace::in_workspace,
};
use crate::{
    awaits::Await,
    recording::{
        Block, Clock, Closed, Lag, Location, Look, Moment, Outcome, Panic, Print, Recording, Resource, Round, TaskId,
        VERSION, Wait, WaitKind,
    },
};

pub(super) fn assemble(log: &Log, clock: Clock, outcome: Outcome) -> Recording {
    let stacks = log.stacks.resolve();
    let mut assembly = Assembly::new(clock, outcome, log, &stacks);
    let part_of_it = log.events.iter().take_while(|event| !matches!(event.what, What::Settled));
    for (step, event) in part_of_it.enumerate() {
        assembly.take(&event.what, Moment { nanos: event.nanos, step: step as u64 }, &log.events);
    }
    assembly.finish()
}

/// A wait that was told by a registered waker and has not ended.
struct Open {
    /// Its place in the recording.
    wait: usize,
    stack: u32,
    /// The poll that registered it, counted per task, and the last that registered it again.
    poll: usize,
    last_seen: usize,
    /// True once the task was woken after it began, and in a way that leaves the registration in place.
    woken: bool,
    woken_in_place: bool,
}

/// An instrumented operation.
#[derive(Default)]
struct Op {
    /// The wait it is in, as its place in the recording, and the task that waits.
    wait: Option<(usize, usize)>,
    /// True if it registered the task's own waker; one that is polled through a `FuturesUnordered` does not.
    registered: bool,
    /// For how long its timer was set.
    asked_nanos: Option<u64>,
}

/// What is known of a task while its log entries are read.
#[derive(Default)]
struct Life {
    open: Vec<Open>,
    /// Operations that wait with a registration of this task's waker.
    ops: i64,
    /// Waits of awaits with an identity that may be for the end of a task.
    set_awaits: usize,
    /// Registrations made and not yet used up.
    registrations: i64,
    wakers_known: bool,
    /// Polls so far, and where the last one stands in the recording.
    polls: usize,
    last_poll: Option<usize>,
    /// Set by a poll that came straight after another: the future was `Ready` and is dropped now.
    finished: bool,
    panicked: bool,
    /// True if what spawned it is a function of tokio's that hands the JoinHandle to the line it was called from.
    hands_over: bool,
}

/// Of what turned out to be no poll of a task.
const NO_TASK: TaskId = TaskId(usize::MAX);

struct Assembly<'a> {
    recording: Recording,
    /// The waits, with those left out that were none.
    waits: Vec<Option<Wait>>,
    /// Where each of them is.
    wait_places: Vec<Whence>,
    stacks: &'a [Stack],
    places: &'a Places,
    awaits: Awaits<'a>,
    lives: Vec<Life>,
    ops: BySpan<Op>,
    holds: Holds,
    sources: Sources,
    ticks: Ticks,
    lost: LostValues,
    /// What each stack that spawned a task does.
    spawns: FxHashMap<u32, SpawnedBy>,
    /// Of each stack that dropped a task: what was closed there.
    closings: FxHashMap<u32, Option<Closed>>,
    /// The tasks by tokio's own numbers for them.
    tasks_by_id: FxHashMap<u64, usize>,
    returned: bool,
}

impl<'a> Assembly<'a> {
    fn new(clock: Clock, outcome: Outcome, log: &'a Log, stacks: &'a [Stack]) -> Self {
        let recording = Recording {
            version: VERSION,
            clock,
            outcome,
            ended: Moment::default(),
            tasks: name_tasks(&log.tasks, &log.places),
            waits: Vec::new(),
            wakes: Vec::new(),
            polls: Vec::new(),
            prints: Vec::new(),
            blocks: Vec::new(),
            held_up_by: log.held_up_by.clone(),
            panics: Vec::new(),
            identified: log.identified,
            looks: Vec::new(),
            lags: Vec::new(),
            overdue_ticks: Vec::new(),
            lost_values: Vec::new(),
            resources: log.resources.iter().map(resource).collect(),
            holds: Vec::new(),
            unpolled: Vec::new(),
            stalls: Vec::new(),
            rounds: log.rounds.iter().map(|(task, round)| self::round(*task as usize, round)).collect(),
            real_time: Vec::new(),
        };
        let life = |info: &TaskInfo| Life { wakers_known: info.wakers_known, ..Life::default() };
        Self {
            recording,
            waits: Vec::new(),
            wait_places: Vec::new(),
            stacks,
            places: &log.places,
            awaits: Awaits::new(&log.awaits, &log.places, &log.nests),
            lives: log.tasks.iter().map(life).collect(),
            ops: BySpan::default(),
            holds: Holds::default(),
            sources: Sources::default(),
            ticks: Ticks::default(),
            lost: LostValues::default(),
            spawns: FxHashMap::default(),
            closings: FxHashMap::default(),
            tasks_by_id: log.tasks.iter().enumerate().map(|(number, task)| (task.id, number)).collect(),
            returned: false,
        }
    }

    fn take(&mut self, what: &What, at: Moment, events: &[Event]) {
        if !self.returned {
            self.recording.ended = at;
        }
        let index = |task: &u32| *task as usize;
        match what {
            What::Spawned { task, stack } => self.spawned(index(task), *stack, at),
            What::PollBegan { task, straight_on } => self.poll_began(index(task), *straight_on, at),
            What::PollEnded { task, panicking } => self.poll_ended(index(task), *panicking, at),
            What::Ended { task, stack } => self.task_ended(index(task), *stack, at),
            What::Cloned { task, by } => self.registered(index(task), *by, at, events),
            What::Woken { task, by, guess, consumed } => {
                let by = by.or_else(|| guess.filter(|_| self.may_join(index(task), *consumed)));
                self.woken(index(task), by.as_ref().map(index), *consumed, at);
            }
            What::WakerDropped { task } => self.lives[index(task)].registrations -= 1,
            What::OpPending { op, task, kind, resource, whence } => {
                self.op_began(*op, index(task), (*kind, *resource), *whence, at);
            }
            What::OpAsked { op, nanos } => self.ops.of(*op).asked_nanos = Some(*nanos),
            What::OpReady { op } => self.op_ended(*op, true, at),
            What::OpDropped { op } => self.op_ended(*op, false, at),
            What::AwaitBegan { number, task } => self.await_began(*number, index(task), at),
            What::AwaitMoved { number, task } => self.await_moved(*number, index(task), at),
            What::AwaitEnded { number, ready, within } => self.await_ended(*number, *ready, *within, at),
            What::HadTaken { number, task, within, bytes } => {
                self.had_taken((*number, *within), task.as_ref().map(index), *bytes, at)
            }
            What::OpGranted { op } => self.op_granted(*op, at),
            What::Acquired { resource, task, count, whence, movable } => {
                let line = match *whence {
                    Whence::Await(number) => self.awaits.lines(number).pop(),
                    Whence::Stack(stack) => self.stacks[stack as usize].innermost(),
                };
                self.holds.acquired(index(resource), task.as_ref().map(index), *count, line, at, *movable);
            }
            What::Released { resource, task, count } => {
                self.holds.released(index(resource), task.as_ref().map(index), *count, at);
            }
            What::Returned => self.returned = true,
            _ => self.enter(what, at, events),
        }
    }

    /// What needs no conclusions.
    fn enter(&mut self, what: &What, at: Moment, events: &[Event]) {
        let id = |task: u32| TaskId(task as usize);
        match what {
            What::Unpolled { task, made_at, stack } => {
                let made_at = self.places.location(*made_at);
                self.unpolled(task.map(id), &made_at, *stack, at);
            }
            What::Printed(_) if self.returned => {}
            What::Printed(print) => {
                let (task, line) = (print.task.map(id), location(print.at));
                self.recording.prints.push(Print { task, at, text: print.text.clone(), line });
            }
            What::Unblocked { began } => {
                if let What::Blocked { task, at: line } = &events[*began].what {
                    let began = event::moment(events, *began);
                    let block = Block { task: task.map(id), began, ended: at, line: location(line) };
                    self.recording.blocks.push(block);
                }
            }
            What::Panicked(seen) => {
                let (task, message, line) = (seen.task.map(id), seen.message.clone(), seen.line.clone());
                self.recording.panics.push(Panic { task, at, message, line });
            }
            What::LookedAt { at: place, tasks } => {
                let tasks = tasks.iter().filter_map(|id| self.tasks_by_id.get(id).copied()).map(TaskId).collect();
                let (line, thrown_away) = (self::place(place), place.thrown_away);
                self.recording.looks.push(Look { tasks, at, line, thrown_away });
            }
            What::LookedAround { at: place } => {
                let (line, thrown_away) = (self::place(place), place.thrown_away);
                self.recording.looks.push(Look { tasks: Vec::new(), at, line, thrown_away });
            }
            What::Lagged(lag) => {
                let line = self::place(lag.at);
                let unheeded = self.sources.unheeded(&line, lag.what);
                self.recording.lags.push(Lag { task: lag.task.map(id), at, line, missed: lag.missed, unheeded });
            }
            What::Ticked { task, at: place, around, late_nanos } => {
                self.ticked(*task as usize, place, *around, *late_nanos, at)
            }
            What::Stalled(poll) => self.stalled(poll, event::moment(events, poll.began), at),
            _ => {}
        }
    }

    fn finish(mut self) -> Recording {
        self.read_intents();
        self.awaits_of_ended_tasks();
        self.awaits_beside_others();
        self.recording.waits = self.waits.into_iter().flatten().collect();
        self.recording.polls.retain(|poll| poll.task != NO_TASK);
        self.recording.holds = self.holds.into_list();
        for (task, life) in self.recording.tasks.iter_mut().zip(&self.lives) {
            task.wakers_kept = life.wakers_known.then_some(life.registrations.max(0) as usize);
        }
        self.recording
    }
}

fn resource(info: &ResourceInfo) -> Resource {
    Resource { kind: kind::of_resource(info.kind, &WaitKind::Other), made_at: info.made_at.clone() }
}

fn round(task: usize, round: &LastRound) -> Round {
    let LastRound { at, moment, endless } = *round;
    Round { task: TaskId(task), line: place(at), code: at.code.to_string(), at: moment, endless }
}

pub(super) fn place(at: &Await) -> Location {
    Location { file: in_workspace(at.file).into(), line: at.line, column: at.column }
}

pub(super) fn location(at: &std::panic::Location<'_>) -> Location {
    Location { file: in_workspace(at.file()).into(), line: at.line(), column: at.column() }
}
