//! The driver: a task in every runtime taken over that moves the clock when nothing else can happen.

use std::{
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use tokio::{
    runtime::{Handle, Id, RuntimeMetrics},
    task,
    time::Instant as TokioInstant,
};

use super::{NOW, SESSION, VIRTUAL, adopt, next_due, release, sleepers, sockets::Sockets};
use crate::{recorder, recording::Outcome, runtime::session};

/// Turns of the runtime without a poll before the clock moves: each turn asks the operating system for ready sockets.
const QUIET_TURNS: u32 = 4;
/// Real time without a poll before the clock moves while a socket is open. Loopback traffic is there at once as a rule,
/// but on a loaded machine the kernel may hand it over a moment later.
const SOCKET_GRACE: Duration = Duration::from_micros(500);
/// Real time without a poll, a deadline or a blocking call before a program is called stuck.
const STUCK_AFTER: Duration = Duration::from_millis(40);

/// How often the clock may move for library tasks alone before the program is called stuck.
const LIBRARY_MOVES: u32 = 100;

/// A program that has returned gets at least so many turns to settle, however long each is kept waiting.
const SETTLING_TURNS: u32 = 200;

/// Turns in a row in which nothing happened, as the last driver saw it.
static QUIET: AtomicU32 = AtomicU32::new(0);
/// True while the clock is to stand still whatever is due.
static STANDS_STILL: AtomicBool = AtomicBool::new(false);

/// Starts a driver in the current runtime.
pub(super) fn start(handle: &Handle, ours: bool) {
    QUIET.store(0, Ordering::SeqCst);
    STANDS_STILL.store(false, Ordering::SeqCst);
    let driver = Driver {
        runtime: handle.id(),
        session: SESSION.load(Ordering::SeqCst),
        _thread: sleepers::Driving::starts(),
        metrics: handle.metrics(),
        ours,
        zero: NOW.load(Ordering::SeqCst),
        tokio_zero: TokioInstant::now(),
        quiet: 0,
        quiet_since: Instant::now(),
        last_look: Instant::now(),
        progress: recorder::progress(),
        program_polls: 0,
        moves: 0,
        sockets: Sockets::default(),
    };
    handle.spawn(driver.run());
}

/// Waits, after a program has returned, until its other tasks have done what they can do without time moving. On the
/// real clock, where nobody can tell, until they have been quiet for a moment.
pub(crate) async fn settle() {
    STANDS_STILL.store(true, Ordering::SeqCst);
    QUIET.store(0, Ordering::SeqCst);
    let began = Instant::now();
    let mut progress = recorder::progress();
    let mut turns = 0;
    while began.elapsed() < STUCK_AFTER || turns < SETTLING_TURNS {
        task::yield_now().await;
        turns += 1;
        if VIRTUAL.load(Ordering::SeqCst) {
            if QUIET.load(Ordering::SeqCst) >= QUIET_TURNS {
                break;
            }
            continue;
        }
        thread::sleep(STUCK_AFTER / 10);
        if recorder::progress() == progress || began.elapsed() > STUCK_AFTER {
            break;
        }
        progress = recorder::progress();
    }
}

struct Driver {
    runtime: Id,
    session: u64,
    _thread: sleepers::Driving,
    metrics: RuntimeMetrics,
    ours: bool,
    /// Virtual time and the runtime's own at the moment it was taken over.
    zero: u64,
    tokio_zero: TokioInstant,
    quiet: u32,
    quiet_since: Instant,
    /// When the turn before this one looked. What had arrived by then has been polled for since, even if this thread was
    /// kept waiting for a processor in between.
    last_look: Instant,
    progress: u64,
    /// Polls of the program's own tasks, and how often the clock has moved since the last one.
    program_polls: u64,
    moves: u32,
    sockets: Sockets,
}

impl Driver {
    async fn run(mut self) {
        loop {
            task::yield_now().await;
            if !(self.is_of_this_session() && VIRTUAL.load(Ordering::Relaxed)) {
                return;
            }
            recorder::turn_begins();
            if let Some(outcome) = session::over_limit() {
                return session::give_up(outcome, self.ours);
            }
            self.catch_up();
            let Some(quiet_for) = self.quiet_for() else { continue };
            if STANDS_STILL.load(Ordering::Relaxed) {
                continue;
            }
            match next_due(self.runtime).into_iter().chain(sleepers::next_wake()).min() {
                Some(due) => {
                    if self.only_libraries_move() {
                        return session::give_up(Outcome::Stuck, self.ours);
                    }
                    sleepers::move_to(due);
                    self.catch_up();
                    self.something_happened();
                }
                None if quiet_for > STUCK_AFTER => {
                    return session::give_up(Outcome::Stuck, self.ours);
                }
                None => thread::yield_now(),
            }
        }
    }

    fn is_of_this_session(&self) -> bool {
        SESSION.load(Ordering::SeqCst) == self.session
    }

    /// True if the clock has moved many times in a row for nothing but tasks that libraries keep for themselves, like the
    /// one in which an HTTP client looks after its idle connections. They tick for ever, and the program is stuck.
    fn only_libraries_move(&mut self) -> bool {
        let polls = recorder::polls_of_the_program();
        if polls != self.program_polls {
            (self.program_polls, self.moves) = (polls, 0);
        }
        self.moves += 1;
        self.moves > LIBRARY_MOVES
    }

    /// Brings the session's clock and the runtime's together, whichever of them was moved by somebody else.
    fn catch_up(&mut self) {
        let session = NOW.load(Ordering::SeqCst);
        let runtime = self.zero + self.tokio_zero.elapsed().as_nanos() as u64;
        if session > runtime {
            adopt::advance_runtime(Duration::from_nanos(session - runtime));
        } else if runtime > session {
            sleepers::move_to(runtime);
        }
    }

    /// For how long nothing has happened, as of the look before this one; nothing if that is not long enough to be sure.
    fn quiet_for(&mut self) -> Option<Duration> {
        let progress = recorder::progress();
        let working = self.is_work_going_on();
        if working || progress != self.progress {
            self.progress = progress;
            self.something_happened();
            if working {
                thread::yield_now();
            }
            return None;
        }
        if self.quiet == 0 {
            self.sockets.hold_nothing_back(self.metrics.io_driver_fd_registered_count());
        }
        let now = Instant::now();
        if self.quiet == 0 {
            self.quiet_since = now;
            self.last_look = now;
        }
        self.quiet += 1;
        let quiet_for = self.last_look - self.quiet_since;
        self.last_look = now;
        if self.has_sockets() && quiet_for < SOCKET_GRACE {
            thread::yield_now();
            return None;
        }
        if self.quiet < QUIET_TURNS {
            return None;
        }
        QUIET.store(self.quiet, Ordering::Relaxed);
        Some(quiet_for)
    }

    fn something_happened(&mut self) {
        self.quiet = 0;
        QUIET.store(0, Ordering::Relaxed);
    }

    /// True while a blocking call or a thread runs that does not itself sleep or drive a runtime.
    fn is_work_going_on(&self) -> bool {
        // One blocking call is the clock's own.
        let pool = self.metrics.num_blocking_threads().saturating_sub(self.metrics.num_idle_blocking_threads() + 1);
        let queued = self.metrics.blocking_queue_depth();
        pool + queued + sleepers::threads_at_work() > sleepers::asleep() + sleepers::driving() + sleepers::waiting()
    }

    fn has_sockets(&self) -> bool {
        self.metrics.io_driver_fd_registered_count() > self.metrics.io_driver_fd_deregistered_count()
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.is_of_this_session() {
            release(self.runtime);
        }
    }
}
