//! The clock that the recorder goes by, and what that hears of the program.

use std::sync::OnceLock;

use tokio::runtime::Id;

/// A clock that tells the time of what is recorded, and is told what tokio reports of runtimes, polls and timers.
///
/// Tasks are named by their numbers in the recording.
pub trait Timekeeper: Sync {
    /// Nanoseconds since the session began.
    fn now_nanos(&self) -> u64;

    /// True if the calling thread is known to be the program's.
    fn is_of_program(&self) -> bool;

    /// This thread has entered a runtime, `ours` if it is the workbook's own: it polls a `block_on`.
    fn runtime_entered(&self, ours: bool);

    /// A closure of the blocking pool is about to run on this thread. Nothing is locked: it may be held back.
    fn closure_begins(&self);

    /// This thread begins to poll a task, or to run a closure of the blocking pool.
    fn poll_begins(&self, on_blocking_pool: bool);

    /// It has done so.
    fn poll_ends(&self, on_blocking_pool: bool);

    /// The `block_on` of this task begins to wait on this thread, or goes on.
    fn block_on_waits(&self, task: u32, waits: bool);

    /// A timer of this thread's runtime is due in so many ticks, and not any more when it was before. What is returned is
    /// handed back when it is set anew or gone; nothing for a timer that the clock does not look after.
    fn timer_set(&self, before: Option<Timer>, ticks: u64) -> Option<Timer>;

    /// A timer was dropped.
    fn timer_gone(&self, timer: Timer);
}

/// What a clock knows a timer by that has been set.
#[derive(Clone, Copy, Debug)]
pub struct Timer {
    /// When it is due, in nanoseconds since the session began.
    pub due_nanos: u64,
    /// The runtime that it belongs to.
    pub runtime: Id,
    /// Those that were set for one moment after each other have one number.
    pub batch: u64,
}

/// There is one clock in a process.
static KEEPER: OnceLock<&dyn Timekeeper> = OnceLock::new();

/// Has the recorder go by this clock from now on.
pub(crate) fn set(keeper: &'static dyn Timekeeper) {
    let _ = KEEPER.set(keeper);
}

/// The clock.
///
/// # Panics
/// If nothing has been recorded yet.
pub(crate) fn time() -> &'static dyn Timekeeper {
    *KEEPER.get().expect("the recorder is told of the clock before it listens")
}
