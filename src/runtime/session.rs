//! A session: one program recorded from its start to its end. A process has one at a time.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    process,
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::sync::Notify;

use super::{
    clock,
    effort::{self, Effort},
};
use crate::{
    diagnosis,
    recorder::{self, PollInProgress},
    recording::{Clock, Outcome, Recording},
};

/// The exit code of a process that had to be ended.
pub(crate) const ENDED_EXIT_CODE: i32 = 70;

/// How far a program may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Virtual time.
    pub(crate) time: Duration,
    /// Things the recorder sees.
    pub(crate) steps: u64,
    /// Real time on the virtual clock.
    pub(crate) real: Duration,
    /// Real time in which nothing at all is seen.
    pub(crate) silence: Duration,
    /// Real time for which a task may block its thread on the virtual clock.
    pub(crate) blocked: Duration,
    /// Prints.
    pub(crate) prints: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(10 * 365 * 86_400),
            steps: 200_000,
            real: Duration::from_secs(2),
            silence: Duration::from_secs(2),
            blocked: Duration::from_secs(2),
            prints: 20_000,
        }
    }
}

impl Limits {
    /// The same with less patience.
    pub(crate) fn divided_by(self, divisor: u32) -> Self {
        let (real, silence) = (self.real / divisor, self.silence / divisor);
        Self { real, silence, ..self }
    }

    /// For a program that somebody runs and looks at, who can end it by hand.
    pub(crate) fn of_a_run() -> Self {
        let never = Duration::from_secs(u64::MAX / 1000);
        Self {
            steps: 5_000_000,
            real: never,
            silence: Duration::from_secs(600),
            blocked: never,
            prints: u64::MAX,
            ..Self::default()
        }
    }

    /// For a program on the virtual clock that nobody looks at: time costs nothing there, so what has not ended soon never
    /// will, and a recording of more is more than anybody reads.
    pub(crate) fn unattended() -> Self {
        let (real, silence) = (Duration::from_secs(60), Duration::from_secs(5));
        Self { steps: 2_000_000, real, silence, ..Self::default() }
    }

    /// For a program that is known to end, however big it is.
    pub(crate) fn none() -> Self {
        Self { time: Duration::MAX, steps: u64::MAX, ..Self::of_a_run() }
    }
}

/// What is done with the recording of a program that cannot be ended without ending the process.
type Abandon = Box<dyn FnOnce(Recording) + Send>;

struct Session {
    limits: Limits,
    effort: Effort,
    first_step: u64,
    /// Set when the program is given up.
    outcome: Option<Outcome>,
    gave_up: Arc<Notify>,
    /// True while a runtime of the workbook's own waits for that.
    is_ours: bool,
    abandon: Option<Abandon>,
}

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
/// True if what the program prints also goes to standard output.
static ALOUD: AtomicBool = AtomicBool::new(true);
/// How many prints the program has left.
static PRINTS_LEFT: AtomicU64 = AtomicU64::new(0);
/// The recorder's progress at the last turn of a driver.
static LAST_TURN: AtomicU64 = AtomicU64::new(0);
static SESSION: Mutex<Option<Session>> = Mutex::new(None);

fn session() -> MutexGuard<'static, Option<Session>> {
    SESSION.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs `program` on the given clock and records it.
///
/// What it prints goes to standard output only if `aloud`. The result is what it returned, or the payload of its panic, or nothing if it was given up; the recording says which.
/// Where a program cannot be given up (it never lets go of its thread) `abandon` gets the recording so far, and the
/// process ends.
pub(crate) fn record<T>(
    clock: Clock,
    limits: Limits,
    aloud: bool,
    abandon: Abandon,
    program: Box<dyn FnOnce() -> Option<T> + '_>,
) -> (Result<Option<T>, Box<dyn Any + Send>>, Recording) {
    let _only = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    ALOUD.store(aloud, Ordering::SeqCst);
    PRINTS_LEFT.store(limits.prints, Ordering::SeqCst);
    recorder::start();
    clock::start(clock);
    *session() = Some(Session {
        limits,
        effort: Effort::begins(),
        first_step: recorder::progress(),
        outcome: None,
        gave_up: Arc::new(Notify::new()),
        is_ours: false,
        abandon: Some(abandon),
    });
    let watchdog = Watchdog::start(limits);
    let result = catch_unwind(AssertUnwindSafe(program));
    recorder::settled();
    drop(watchdog);
    let ended = session().take();
    let outcome = match (ended.and_then(|session| session.outcome), &result) {
        // It may have come to its end in the very turn in which it was given up.
        (_, Ok(Some(_))) => Outcome::Returned,
        (Some(outcome), _) => outcome,
        (None, Ok(None)) => Outcome::Returned,
        (None, Err(_)) => Outcome::Panicked,
    };
    let clock = clock::current();
    clock::stop();
    (result, recorder::finish(clock, outcome))
}

/// True if what the program prints also goes to standard output.
pub(crate) fn prints_aloud() -> bool {
    ALOUD.load(Ordering::Relaxed)
}

/// Counts a print, and ends the process if it was one too many: a flood may never reach an await.
pub(crate) fn printed() {
    let left = PRINTS_LEFT.fetch_sub(1, Ordering::Relaxed);
    if left == 1 {
        end_process(Outcome::Runaway("it printed twenty thousand times without coming to an end.".to_string()));
    }
}

/// Completes when the program has been given up.
pub(super) async fn given_up() {
    let gave_up = session().as_mut().map(|session| {
        session.is_ours = true;
        session.gave_up.clone()
    });
    match gave_up {
        Some(gave_up) => gave_up.notified().await,
        None => std::future::pending().await,
    }
}

/// The limit the program has gone past, if any.
pub(super) fn over_limit() -> Option<Outcome> {
    // Only in a turn in which nothing was polled: a task that was aborted may have to be dropped yet.
    let progress = recorder::progress();
    if progress == LAST_TURN.swap(progress, Ordering::Relaxed)
        && let Some(outcome) = deadlock()
    {
        return Some(outcome);
    }
    let session = session();
    let session = session.as_ref()?;
    let Limits { time, steps, real, .. } = session.limits;
    let runaway = if clock::now_nanos() as u128 > time.as_nanos() {
        format!("it was still going after {} on its own clock.", words(time))
    } else if recorder::progress() - session.first_step > steps {
        format!("it was still going after {steps} steps.")
    } else if session.effort.spent() > real {
        if let Some(poll) = recorder::poll_in_progress().filter(|poll| poll.blocking) {
            return Some(Outcome::Held(what_is_held(Some(poll), real)));
        }
        let seconds = real.as_secs_f64();
        if clock::threads_at_work() > 0 {
            return Some(Outcome::Held(format!("a thread it started is still at work after {seconds:.1} seconds.")));
        }
        format!("it was still going after {seconds:.1} seconds of real time.")
    } else {
        return None;
    };
    Some(Outcome::Runaway(runaway))
}

/// That some tasks can never go on, whatever the others do.
fn deadlock() -> Option<Outcome> {
    recorder::suspected_deadlock(clock::current(), diagnosis::deadlock)
}

/// A limit of time, in the greatest unit that it is more than one of.
fn words(time: Duration) -> String {
    let units = [("years", 365 * 86_400), ("days", 86_400), ("hours", 3_600), ("minutes", 60)];
    let unit = units.into_iter().find(|(_, seconds)| time.as_secs() > *seconds);
    unit.map_or(format!("{} seconds", time.as_secs()), |(unit, seconds)| format!("{} {unit}", time.as_secs() / seconds))
}

/// Ends a program that will not end by itself. In a runtime of the workbook's own (`ours`) its future is dropped; one
/// that the program built itself can only be ended with the process.
pub(super) fn give_up(outcome: Outcome, ours: bool) {
    if !ours {
        end_process(outcome);
    }
    let gave_up = session().as_mut().map(|session| {
        session.outcome = Some(outcome);
        session.gave_up.clone()
    });
    if let Some(gave_up) = gave_up {
        gave_up.notify_one();
    }
}

/// Ends the process, after the recording so far has been handed on.
pub(crate) fn end_process(outcome: Outcome) -> ! {
    let abandon = session().as_mut().and_then(|session| session.abandon.take());
    match abandon {
        Some(abandon) => abandon(recorder::finish(clock::current(), outcome)),
        // Somebody else is at it already.
        None => loop {
            thread::park();
        },
    }
    process::exit(ENDED_EXIT_CODE)
}

/// How often the watchdog looks.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A thread outside every runtime that ends a program which never lets go of its own.
struct Watchdog {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Watchdog {
    fn start(limits: Limits) -> Self {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let stopped = stop.clone();
        let watch = move || {
            let (lock, condition) = &*stopped;
            let mut last = (recorder::progress(), Effort::begins());
            let mut deadlocked = None;
            let mut stop = lock.lock().unwrap_or_else(PoisonError::into_inner);
            while !*stop {
                stop = condition.wait_timeout(stop, LOOK_EVERY).unwrap_or_else(PoisonError::into_inner).0;
                let blocked = recorder::look_at_long_polls();
                effort::leave_out_this_thread();
                if blocked > limits.blocked && !*stop && clock::current() == Clock::Virtual {
                    end_process(Outcome::Held(what_blocks(recorder::poll_in_progress())));
                }
                let progress = recorder::progress();
                let found = if clock::current() == Clock::Real && !*stop { deadlock() } else { None };
                // Twice in a row: a task that was aborted may have to be dropped yet.
                if let Some(outcome) = found.clone().filter(|_| deadlocked.is_some()) {
                    let ours = session().as_ref().is_some_and(|session| session.is_ours);
                    return give_up(outcome, ours);
                }
                deadlocked = found;
                if progress != last.0 {
                    last = (progress, Effort::begins());
                } else if !*stop && last.1.spent() > limits.silence && is_held(&limits, last.1.spent()) {
                    end_process(Outcome::Held(what_is_held(recorder::poll_in_progress(), limits.silence)));
                }
            }
        };
        let thread = thread::Builder::new().name("watchdog".into()).spawn(watch).expect("a thread for the watchdog");
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        *self.stop.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stop.1.notify_all();
        // A thread that has barely begun may stay for long on a busy machine, and would pass for one of the program's.
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// On the virtual clock silence means that something holds on to a thread: whoever waits is either moved on by the clock
/// or found stuck. On the real clock it may just be a long wait, so a poll must be going on, or patience be at an end.
fn is_held(limits: &Limits, silence: Duration) -> bool {
    clock::current() == Clock::Virtual || recorder::poll_in_progress().is_some() || silence > limits.silence * 4
}

fn what_blocks(poll: Option<PollInProgress>) -> String {
    let (name, at) = poll.map_or(("a task".to_string(), None), |poll| (poll.name, poll.at));
    let at = at.map(|at| format!(" at {at}")).unwrap_or_default();
    format!("{name} blocks its thread{at}, so nothing else can run.")
}

fn what_is_held(poll: Option<PollInProgress>, silence: Duration) -> String {
    let seconds = silence.as_secs_f64();
    let Some(poll) = poll else {
        return format!(
            "nothing has happened for {seconds:.1} seconds: a loop that never ends, or a thread that waits forever."
        );
    };
    let spawned = poll.spawned_at.map(|at| format!(" (spawned at {at})")).unwrap_or_default();
    let last = poll.at.map(|at| format!(" It was seen at {at}.")).unwrap_or_default();
    if poll.blocking {
        return format!(
            "a closure on the blocking pool{spawned} has been running for {seconds:.1} seconds and does not end.{last}"
        );
    }
    let name = poll.name;
    format!(
        "{name}{spawned} has held the thread for {seconds:.1} seconds without reaching an await, so nothing else could run.{last}"
    )
}
