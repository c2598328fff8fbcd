//! The virtual clock: exact times for programs with real sockets, real files and threads.
//!
//! Tokio's own paused clock jumps to the next timer whenever its runtime has nothing to do, even when a socket is about
//! to become readable, so timers fire too early around input and output. Here that jump is switched off and a
//! [driver](drive) moves the clock, once nothing has been polled for a few turns: straight to the next deadline if nothing
//! can come from [outside](super::outside), and otherwise [at its real pace](pace).
//!
//! The clock takes over every single-threaded runtime at the first poll of its `block_on`, one the program built itself
//! too. A multi-thread runtime cannot be paused: there the session goes over to the real clock.

mod adopt;
mod drive;
mod known;
mod pace;
mod sleepers;
mod told;

use std::{
    collections::BTreeMap,
    sync::{
        LazyLock, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use tokio::runtime::{Handle, Id, RuntimeFlavor};

use super::outside;
use crate::{recorder::Timer, recording::Clock};
pub(crate) use drive::settle;
pub(crate) use known::note as note_thread;
#[cfg(target_os = "linux")]
pub(crate) use known::{Known, all as known_threads};
pub(crate) use pace::{stretches, waited as waited_in_real_time};
pub(crate) use sleepers::{Thread, block_thread, threads_at_rest, threads_at_work};
pub(crate) use told::Told;

/// Virtual nanoseconds since the session began.
static NOW: AtomicU64 = AtomicU64::new(0);
/// Counts sessions: a runtime that a program keeps in a static outlives one, and what the clock put into it must not.
static SESSION: AtomicU64 = AtomicU64::new(0);
/// True while the session's time is virtual.
static VIRTUAL: AtomicBool = AtomicBool::new(false);
static STATE: LazyLock<Mutex<State>> = LazyLock::new(Mutex::default);

/// One tick of tokio's timers.
const TICK_NANOS: u64 = 1_000_000;

#[derive(Default)]
struct State {
    /// When real time stood at zero, for the real clock.
    real_zero: Option<Instant>,
    /// The runtimes taken over; there are few.
    runtimes: Vec<(Id, Adopted)>,
    /// How many batches of timers there have been.
    batches: u64,
}

struct Adopted {
    /// The virtual time at which the runtime's own clock began.
    zero: u64,
    /// Its timers by when they are due.
    due: BTreeMap<u64, Batch>,
    /// As long as this lives, tokio does not move the runtime's clock by itself.
    _inhibitor: mpsc::Sender<()>,
}

/// Timers that are due at one moment.
struct Batch {
    number: u64,
    timers: usize,
}

impl State {
    fn runtime(&mut self, id: Id) -> Option<&mut Adopted> {
        self.runtimes.iter_mut().find(|(runtime, _)| *runtime == id).map(|(_, adopted)| adopted)
    }

    fn forget(&mut self, timer: Timer) {
        let Some(Adopted { due, .. }) = self.runtime(timer.runtime) else { return };
        // What was due is forgotten already.
        if let Some(batch) = due.get_mut(&timer.due_nanos).filter(|batch| batch.number == timer.batch) {
            batch.timers -= 1;
            if batch.timers == 0 {
                due.remove(&timer.due_nanos);
            }
        }
    }
}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sets the clock to zero for a session that begins on this thread.
pub(crate) fn start(clock: Clock) {
    *state() = State { real_zero: Some(Instant::now()), ..State::default() };
    SESSION.fetch_add(1, Ordering::SeqCst);
    NOW.store(0, Ordering::SeqCst);
    VIRTUAL.store(clock == Clock::Virtual, Ordering::SeqCst);
    adopt::this_thread_is_home();
    known::session_begins();
    pace::session_begins();
    sleepers::start();
    outside::session_begins();
}

/// Ends the session: from here on time is nobody's.
pub(crate) fn stop() {
    VIRTUAL.store(false, Ordering::SeqCst);
    *state() = State::default();
    sleepers::wake_all();
    outside::session_ends();
}

/// The clock the session runs on now.
pub(crate) fn current() -> Clock {
    if VIRTUAL.load(Ordering::Relaxed) { Clock::Virtual } else { Clock::Real }
}

/// Nanoseconds since the session began.
pub(crate) fn now_nanos() -> u64 {
    if VIRTUAL.load(Ordering::Relaxed) {
        return NOW.load(Ordering::Relaxed);
    }
    state().real_zero.map_or(0, |zero| zero.elapsed().as_nanos() as u64)
}

/// Goes over to the real clock in the middle of a session: a runtime has turned up whose time cannot be held.
fn go_real() {
    if VIRTUAL.load(Ordering::SeqCst) {
        let so_far = Duration::from_nanos(NOW.load(Ordering::SeqCst));
        state().real_zero = Instant::now().checked_sub(so_far);
        VIRTUAL.store(false, Ordering::SeqCst);
    }
}

/// Lets go of a runtime that is about to be shut down.
pub(crate) fn release(runtime: Id) {
    state().runtimes.retain(|(id, _)| *id != runtime);
}

/// Notes that a timer of this thread's runtime is due in so many ticks, and not any more when it was before.
fn timer_set(before: Option<Timer>, ticks: u64) -> Option<Timer> {
    let handle = Handle::try_current().ok()?;
    if handle.runtime_flavor() != RuntimeFlavor::CurrentThread {
        // Entered without a `block_on`: another executor polls, and this runtime has the timers.
        go_real();
        return None;
    }
    let state = &mut *state();
    if let Some(before) = before {
        state.forget(before);
    }
    let (runtime, next) = (handle.id(), state.batches);
    let Adopted { zero, due, .. } = state.runtime(runtime)?;
    // A runtime counts whole ticks since its clock began.
    let now = (NOW.load(Ordering::Relaxed) - *zero) / TICK_NANOS;
    let due_nanos = zero.saturating_add(now.saturating_add(ticks).saturating_mul(TICK_NANOS));
    let batch = due.entry(due_nanos).or_insert(Batch { number: next, timers: 0 });
    batch.timers += 1;
    let batch = batch.number;
    state.batches += u64::from(batch == next);
    Some(Timer { due_nanos, runtime, batch })
}

/// Forgets a timer that was dropped.
fn timer_gone(timer: Timer) {
    state().forget(timer);
}

/// When the next timer of a runtime is due; those of it that are due already are forgotten.
fn next_due(runtime: Id) -> Option<u64> {
    let now = NOW.load(Ordering::Relaxed);
    let mut state = state();
    let Adopted { due, .. } = state.runtime(runtime)?;
    while due.first_key_value().is_some_and(|(due, _)| *due <= now) {
        due.pop_first();
    }
    due.first_key_value().map(|(due, _)| *due)
}

/// When the first timer of these runtimes is due, or was.
fn first_due(runtimes: &[Id]) -> Option<u64> {
    let state = state();
    let of_them = state.runtimes.iter().filter(|(id, _)| runtimes.contains(id));
    of_them.filter_map(|(_, adopted)| adopted.due.first_key_value().map(|(due, _)| *due)).min()
}
