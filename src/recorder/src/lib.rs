//! The recorder: listens to tokio's own instrumentation and to the shims, and writes down what happened.
//!
//! ```text
//! tokio ─▶ tracer ─┬▶ log ─▶ assemble ─▶ Recording
//!                  └▶ Timekeeper: the clock
//! ```
//!
//! Tokio reports tasks, resources, polls and wakers as `tracing` spans and events when it is built with
//! `--cfg tokio_unstable` and its `tracing` feature. The tracer here is the process's subscriber while anything is
//! recorded; without it tokio's instrumentation is switched off at every call site and costs nothing. It tells the log and
//! the clock what happens. The recorder does not know the clock: that is whatever keeps its times, a [`Timekeeper`].
//!
//! Events go into one log for the whole process, since a program may use several threads and several runtimes; once the
//! program has ended, a [`Recording`] is assembled from it.
//!
//! It is a crate of its own because it is told of everything a program does: built with optimisation, which the rest of the
//! workbook can do without, it is several times as fast.

mod again;
mod assemble;
pub mod awaits;
mod entered;
mod event;
mod holds;
mod in_hand;
mod inside;
mod intent;
mod kind;
mod live;
mod log;
mod made;
mod names;
pub mod os;
mod panics;
mod patterns;
mod pending;
mod places;
mod plain;
mod polling;
pub mod recording;
mod rounds;
mod sources;
mod stack;
mod stalls;
mod thrown_away;
mod timekeeper;
mod tracer;
mod unheeded;
mod waiting;
mod wakers;
mod workspace;

use std::{
    any::Any,
    panic::Location,
    sync::{
        Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use crate::recording::{Clock, Moment, Outcome, Recording};
use entered::current_task;
use event::{PrintSeen, What};
use log::Log;
pub use polling::{PollInProgress, look_at_long_polls};
pub use rounds::most_in_one_poll;
pub use timekeeper::{Timekeeper, Timer};
pub use tracer::{Announced, announce, last_timer_ticks, turn_begins, unseen};

static LOG: Mutex<Option<Log>> = Mutex::new(None);
/// True while a log is kept; read before the lock is taken.
static RECORDING: AtomicBool = AtomicBool::new(false);
/// Grows with everything that is logged: how the clock's driver and the watchdog see that the program does something.
static PROGRESS: AtomicU64 = AtomicU64::new(0);

/// What [`PROGRESS`] was when the program last got further: something was printed or spawned, began or ended; and when a task
/// last woke another.
static GOT_FURTHER: AtomicU64 = AtomicU64::new(0);
static WOKE_ANOTHER: AtomicU64 = AtomicU64::new(0);

/// Grows with every poll of a task that is the program's own.
static PROGRAM_POLLS: AtomicU64 = AtomicU64::new(0);

fn log() -> MutexGuard<'static, Option<Log>> {
    // A panic while the lock was held cannot leave the log in two minds: each event is one push.
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

fn with_log<T>(write: impl FnOnce(&mut Log) -> T) -> Option<T> {
    if !RECORDING.load(Ordering::Relaxed) {
        return None;
    }
    let _inside = inside::enter();
    log().as_mut().map(write)
}

/// Starts a recording, with the times of `keeper`. One at a time: the caller holds the session.
///
/// `alone` says that the process does nothing else meanwhile, so that a panic of a thread that is not known otherwise is the
/// program's own too.
pub fn start(keeper: &'static dyn Timekeeper, alone: bool) {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        // Somebody else's subscriber would mean that nothing is recorded; say so instead of blaming the learner.
        tracing::subscriber::set_global_default(tracer::Tracer)
            .expect("the workbook's recorder must be the first tracing subscriber of the process");
        panics::install();
    });
    timekeeper::set(keeper);
    panics::process_is(alone);
    *log() = Some(Log::default());
    waiting::start();
    RECORDING.store(true, Ordering::SeqCst);
}

/// Says that the process does nothing but run the program that is recorded: no check tells its panics, so they are printed.
pub fn program_is_alone() {
    panics::are_printed();
}

/// True while something is recorded.
pub fn is_on() -> bool {
    RECORDING.load(Ordering::Relaxed)
}

/// A number that grows with everything that is logged.
pub fn progress() -> u64 {
    PROGRESS.load(Ordering::Relaxed)
}

/// What [`progress`] was when the program last got further.
pub fn got_further() -> u64 {
    GOT_FURTHER.load(Ordering::Relaxed)
}

/// What [`progress`] was when a task last woke another.
pub fn woke_another() -> u64 {
    WOKE_ANOTHER.load(Ordering::Relaxed)
}

/// The moment that comes after everything seen so far; none if nothing is recorded.
pub fn now() -> Option<Moment> {
    with_log(|log| log.now())
}

/// Writes down that nothing is part of the program any more, not even what its tasks do.
pub fn settled() {
    with_log(|log| {
        log.push(What::Settled);
        log.settled = true;
    });
}

/// Runs what may panic without it being the program's panic. Returns nothing if it did.
pub fn ignoring_panics<T>(attempt: impl FnOnce() -> T) -> Option<T> {
    panics::ignoring(attempt)
}

/// A number that grows with every poll of a task that is the program's own and not a library's.
pub fn polls_of_the_program() -> u64 {
    PROGRAM_POLLS.load(Ordering::Relaxed)
}

/// Writes down that the main function returned: what is printed from here on is not part of the program any more.
pub fn returned() {
    with_log(|log| log.push(What::Returned));
}

/// Ends the recording and puts it together.
pub fn finish(clock: Clock, outcome: Outcome) -> Recording {
    RECORDING.store(false, Ordering::SeqCst);
    let mut log = log().take().unwrap_or_default();
    log.polling_is_cut_short();
    assemble::assemble(&log, clock, outcome)
}

/// A recording of everything so far, as if the program had come to this end.
pub fn so_far(clock: Clock, outcome: Outcome) -> Option<Recording> {
    with_log(|log| assemble::assemble(log, clock, outcome))
}

/// True if a task waits for a timer.
pub fn timers_wait() -> bool {
    with_log(|log| log.pending.timers_wait()).unwrap_or(false)
}

/// True if a closure on the blocking pool is running, without the workers of a runtime.
pub fn closures_at_work() -> bool {
    with_log(|log| !log.closures_at_work().is_empty()).unwrap_or(false)
}

/// Writes down which closures on the blocking pool are still running though their runtime was told to end.
pub fn runtime_ended() {
    with_log(|log| log.held_up_by = log.closures_at_work());
}

/// Has `judge` look at a recording of everything so far, if some tasks seem to wait for locks of each other and it is worth
/// while to make sure.
pub fn suspected_deadlock<T>(clock: Clock, judge: impl Fn(&Recording) -> Option<T>) -> Option<T> {
    let look = |log: &mut Log| {
        let length = log.events.len();
        if !log.pending.suspect(length, log.now().nanos) {
            return None;
        }
        let found = judge(&assemble::assemble(log, clock, Outcome::Deadlocked));
        if found.is_none() {
            log.pending.come_to_nothing(length);
        }
        found
    };
    with_log(look).flatten()
}

/// Where the task that this thread's runtime is polling was spawned; for messages of the watchdog.
pub fn poll_in_progress() -> Option<PollInProgress> {
    log().as_ref()?.poll_in_progress()
}

/// Writes down a print.
pub fn print(text: String, at: &'static Location<'static>) {
    with_log(|log| log.push(What::Printed(Box::new(PrintSeen { task: current_task(), text, at }))));
}

/// Writes down that this thread is blocked from here; [`unblocked`] ends it.
pub fn blocked(at: &'static Location<'static>) -> Option<usize> {
    with_log(|log| {
        log.push(What::Blocked { task: current_task(), at });
        log.events.len() - 1
    })
}

/// Writes down that the block that began with event `began` has ended.
pub fn unblocked(began: Option<usize>) {
    if let Some(began) = began {
        with_log(|log| log.push(What::Unblocked { began }));
    }
}

/// The text of a panic.
pub fn text_of(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "a panic that carries no text".into())
}
