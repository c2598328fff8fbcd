//! The awaits of a program that was built with an identity for each: which of them this thread polls, which of them wait.

use std::{
    cell::RefCell,
    sync::atomic::{AtomicU32, Ordering},
};

use tokio::time::Instant;

use super::{
    entered::current_task,
    event::{LagSeen, What, Whence},
    log::{AwaitInfo, Log},
    made, rounds, with_log,
};
use crate::awaits::{Await, Seen, Subject};

thread_local! {
    /// The awaits this thread polls, the outermost first.
    static POLLED: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
}

/// Counts recordings: what an await remembers of an earlier one is void.
static RECORDING: AtomicU32 = AtomicU32::new(0);

/// The last recording in which an await with an identity was polled.
static IDENTIFIED: AtomicU32 = AtomicU32::new(0);

/// An await that is being polled, or the begin of a task's poll, above which all awaits are the task's.
struct Frame {
    /// None for the begin of a task's poll.
    at: Option<&'static Await>,
    /// The type of the future.
    what: &'static str,
    /// What it is for, as far as the expression that is awaited tells.
    subject: Option<Subject>,
    /// The task whose poll begins, if that is a `block_on`.
    block_on: Option<u32>,
    /// Its number in [`Log::awaits`]; none as long as nothing is to be said of it.
    number: Option<u32>,
    /// True if an await below it was found pending in this poll: then this one is no leaf.
    pended_below: bool,
}

impl Frame {
    const BEGIN: Self = Self { at: None, what: "", subject: None, block_on: None, number: None, pended_below: false };

    /// Gives the await, which is a part of `parent`, a number.
    fn add_to(&self, log: &mut Log, at: &'static Await, parent: Option<u32>) -> u32 {
        let resource = self.subject.as_ref().and_then(|subject| made::resource_of(log, subject));
        let place = log.places.named(at.file, at.line, at.column);
        log.add_await(AwaitInfo { at, place, parent, what: self.what, resource })
    }
}

/// What an await remembers from poll to poll.
#[derive(Debug, Default)]
pub(crate) struct Waiting {
    recording: u32,
    number: Option<u32>,
    /// The task that waits, from the first `Pending` on in which nothing below this await was found pending.
    task: Option<u32>,
    /// True once an await below it was found pending.
    nests: bool,
    /// True once it was found pending itself, or by what is below it.
    has_pended: bool,
}

/// An await whose poll is going on.
pub(crate) struct Entered<'a>(&'a mut Waiting);

impl Waiting {
    /// The poll of a future of type `what` begins.
    pub(crate) fn enter(&mut self, at: &'static Await, what: &'static str, subject: Option<Subject>) -> Entered<'_> {
        let recording = RECORDING.load(Ordering::Relaxed);
        if self.recording != recording {
            *self = Self { recording, ..Self::default() };
            if IDENTIFIED.swap(recording, Ordering::Relaxed) != recording {
                with_log(|log| log.identified = true);
            }
        }
        let frame = Frame { at: Some(at), what, subject, number: self.number, ..Frame::BEGIN };
        POLLED.with_borrow_mut(|polled| polled.push(frame));
        Entered(self)
    }

    /// The number of this await in the log, if it has one in the recording that goes on.
    pub(crate) fn number(&self) -> Option<u32> {
        self.number.filter(|_| self.recording == RECORDING.load(Ordering::Relaxed))
    }

    fn ends(&mut self, ready: bool) {
        if self.task.take().is_some()
            && let Some(number) = self.number
        {
            let within = if ready { None } else { polled() };
            with_log(|log| log.push(What::AwaitEnded { number, ready, within }));
        }
    }
}

impl Entered<'_> {
    /// The poll ends, with `Ready` or not.
    pub(crate) fn leave(self, ready: bool) {
        let (frame, depth) = POLLED.with_borrow_mut(|polled| {
            let frame = polled.pop();
            if !ready && let Some(above) = polled.last_mut() {
                above.pended_below = true;
            }
            (frame, polled.len())
        });
        let Some(frame) = frame else { return };
        let waiting = &mut *self.0;
        waiting.number = frame.number;
        if let Some(at) = frame.at.filter(|_| frame.pended_below && !waiting.nests) {
            waiting.nests = true;
            with_log(|log| log.nests.insert(at));
        }
        if let Some(at) = frame.at.filter(|_| ready && !waiting.has_pended) {
            rounds::ready_at_once(at, depth);
        }
        waiting.has_pended |= !ready;
        let task = current_task();
        if ready || frame.pended_below {
            waiting.ends(true);
        } else if waiting.task != task {
            let begin = |log: &mut Log| {
                let number = frame.number.or_else(|| number(log, &frame))?;
                let (task, is_first) = (task?, waiting.task.is_none());
                log.push(if is_first { What::AwaitBegan { number, task } } else { What::AwaitMoved { number, task } });
                Some(number)
            };
            waiting.number = with_log(begin).flatten();
            waiting.task = task;
        }
        std::mem::forget(self);
    }
}

impl Drop for Entered<'_> {
    /// The future has panicked.
    fn drop(&mut self) {
        POLLED.with_borrow_mut(Vec::pop);
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.recording == RECORDING.load(Ordering::Relaxed) {
            self.ends(false);
        }
    }
}

/// A recording begins.
pub(super) fn start() {
    RECORDING.fetch_add(1, Ordering::Relaxed);
}

/// This thread begins to poll a task; `block_on` is that task if it is what a `block_on` polls.
pub(super) fn task_begins(block_on: Option<u32>) {
    rounds::begin();
    POLLED.with_borrow_mut(|polled| polled.push(Frame { block_on, ..Frame::BEGIN }));
}

/// The number of the recording that goes on.
pub(super) fn recording() -> u32 {
    RECORDING.load(Ordering::Relaxed)
}

/// The `block_on` that this thread polls, if no await of it is being polled yet.
pub(super) fn block_on_itself() -> Option<u32> {
    POLLED.with_borrow(|polled| polled.last().and_then(|frame| frame.block_on))
}

/// It has done so.
pub(super) fn task_ends() {
    // Dropping a thread's last values may leave spans after the thread's own storage is gone.
    let _ = POLLED.try_with(|polled| {
        let mut polled = polled.borrow_mut();
        let began = polled.iter().rposition(|frame| frame.at.is_none());
        polled.truncate(began.unwrap_or_default());
    });
}

/// Where this thread is in the program: in an await, if it has an identity, or at a stack.
pub(super) fn whence(log: &mut Log) -> Whence {
    let number = POLLED.with_borrow_mut(|polled| number_of(log, polled));
    number.map_or_else(|| Whence::Stack(log.stacks.capture()), Whence::Await)
}

/// The number of an await that has just been left.
fn number(log: &mut Log, frame: &Frame) -> Option<u32> {
    let parent = POLLED.with_borrow_mut(|polled| number_of(log, polled));
    Some(frame.add_to(log, frame.at?, parent))
}

/// The number of the innermost of these awaits; it and those around it get one if they have none. None if it is the begin
/// of a task's poll.
fn number_of(log: &mut Log, polled: &mut [Frame]) -> Option<u32> {
    let first = polled.iter().rposition(|frame| frame.at.is_none()).map_or(0, |at| at + 1);
    let mut parent = None;
    for frame in &mut polled[first..] {
        if let Some(at) = frame.at {
            let number = frame.number.unwrap_or_else(|| frame.add_to(log, at, parent));
            frame.number = Some(number);
            parent = frame.number;
        }
    }
    parent
}

/// An await was ready, with an output that tells this.
pub(crate) fn looked(at: &'static Await, what: &'static str, seen: Seen) {
    match seen {
        Seen::Nothing => {}
        Seen::Failed(tasks) => {
            let tasks = tasks.iter().filter_map(|id| id.to_string().parse().ok()).collect();
            with_log(|log| log.push(What::LookedAt { at, tasks }));
        }
        Seen::Lagged(missed) => {
            with_log(|log| log.push(What::Lagged(Box::new(LagSeen { task: current_task(), at, what, missed }))));
        }
        Seen::Ticked(due) if OF_INTERVALS.iter().any(|part| what.contains(part)) => {
            let late = Instant::now().saturating_duration_since(due);
            with_log(|log| {
                let around = POLLED.with_borrow_mut(|polled| number_of(log, polled));
                log.push(What::Ticked { task: current_task()?, at, around, late_nanos: late.as_nanos() as u64 });
                Some(())
            });
        }
        Seen::Ticked(_) => {}
        Seen::Unknown => {
            with_log(|log| {
                // Nobody asks before a task has failed.
                if log.has_panicked && HOLDS_TASKS.iter().any(|part| what.contains(part)) {
                    log.push(What::LookedAround { at });
                }
            });
        }
    }
}

/// The number of the innermost await that this thread polls, if it has one.
fn polled() -> Option<u32> {
    let innermost = POLLED.try_with(|polled| polled.borrow().last().and_then(|frame| frame.number));
    innermost.ok().flatten()
}

/// An await is dropped that has taken so many bytes in and not handed them out.
pub(crate) fn had_taken(number: u32, bytes: u64) {
    let within = polled();
    with_log(|log| log.push(What::HadTaken { number, task: current_task(), within, bytes }));
}

/// Parts of the types that hold handles of tasks.
const HOLDS_TASKS: [&str; 4] = ["::JoinHandle<", "::JoinSet<", "::JoinMap<", "::JoinQueue<"];

/// Parts of the types of futures that end with the tick of an interval.
const OF_INTERVALS: [&str; 2] = ["tokio::time::interval::", "tokio_stream::wrappers::interval::"];
