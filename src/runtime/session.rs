//! A session: one program recorded from its start to its end. A process has one at a time.

mod limits;
mod pace;
mod quiet;
mod watchdog;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    process,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use tokio::sync::Notify;

use pace::{Pace, Turn};
use watchdog::{Watchdog, what_is_held};

use super::{clock, effort::Effort};
use crate::{
    diagnosis, recorder,
    recording::{Clock, Outcome, Recording},
    report,
};

pub(crate) use limits::Limits;

/// The exit code of a process that had to be ended.
const ENDED: i32 = 70;
/// The exit code of one that Ctrl-C ended, as shells expect it.
const INTERRUPTED: i32 = 130;

/// The exit code of a process in which a program came to this end, and returned nothing.
pub(crate) fn exit_code(outcome: &Outcome) -> i32 {
    if *outcome == Outcome::Interrupted { INTERRUPTED } else { ENDED }
}

/// What is done with the recording of a program that cannot be ended without ending the process.
type Abandon = Box<dyn FnOnce(Recording) + Send>;

struct Session {
    limits: Limits,
    effort: Effort,
    first_step: u64,
    pace: Pace,
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
    // In a run for a report no other tests run meanwhile.
    recorder::start(&clock::Told, std::env::var_os(report::VARIABLE).is_some());
    clock::start(clock);
    *session() = Some(Session {
        limits,
        effort: Effort::begins(),
        first_step: recorder::progress(),
        pace: Pace::default(),
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
    (result, finish(clock, outcome))
}

fn finish(clock: Clock, outcome: Outcome) -> Recording {
    Recording { real_time: clock::stretches(), ..recorder::finish(clock, outcome) }
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

/// True while a runtime of the workbook's own runs the program, so that its future can be dropped.
fn is_ours() -> bool {
    session().as_ref().is_some_and(|session| session.is_ours)
}

/// True if somebody looks at the run.
pub(super) fn is_attended() -> bool {
    session().as_ref().is_some_and(|session| session.limits.attended)
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
    let turn = Turn::now();
    let mut session = session();
    let session = session.as_mut()?;
    let Limits { time, steps, real, .. } = session.limits;
    let slow = session.pace.over_limit(turn, &session.limits, spins);
    let runaway = if let Some(slow) = slow {
        slow
    } else if clock::now_nanos() as u128 > time.as_nanos() {
        format!("it was still going after {} on its own clock.", words(time))
    } else if recorder::progress() - session.first_step > steps {
        format!("it was still going after {steps} steps.")
    } else if session.effort.exceeds(real) {
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

/// True if tasks wake themselves over and over, and time stands still.
fn spins() -> bool {
    let so_far = recorder::so_far(clock::current(), Outcome::Runaway(String::new()));
    so_far.is_some_and(|so_far| diagnosis::spins(&so_far))
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
    let code = exit_code(&outcome);
    let abandon = session().as_mut().and_then(|session| session.abandon.take());
    match abandon {
        Some(abandon) => abandon(finish(clock::current(), outcome)),
        // Somebody else is at it already.
        None => loop {
            thread::park();
        },
    }
    process::exit(code)
}
