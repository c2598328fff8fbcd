//! A thread outside every runtime that sees what no driver of a clock can: a program that never lets go of its thread, one
//! that has come to rest on the real clock, and Ctrl-C.

use std::{
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread,
    time::Duration,
};

use super::{Limits, deadlock, end_process, give_up, is_ours, quiet};
use crate::{
    recorder::{self, PollInProgress},
    recording::{Clock, Outcome},
    runtime::{
        clock,
        effort::{self, Effort},
        interrupt, outside,
    },
};

/// How often it looks.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// So many times the limit of silence a program on the real clock may be at rest.
const PATIENCE_AT_REST: u32 = 4;

/// The same while a timer runs, or a closure on the blocking pool: that is what it is for.
const PATIENCE: u32 = 12;

/// Nobody has to wait longer than so much processor time for what goes round and round, because all of it is recorded.
const PATIENCE_WITH_ROUNDS: Duration = Duration::from_secs(5);

pub(super) struct Watchdog {
    stop: Arc<(Mutex<bool>, Condvar)>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Watchdog {
    pub(super) fn start(limits: Limits) -> Self {
        let stop = Arc::new((Mutex::new(false), Condvar::new()));
        let stopped = stop.clone();
        let watch = move || {
            let (lock, condition) = &*stopped;
            clock::note_thread(|known| known.watches = true);
            let mut looks = Looks::begin(limits);
            let mut stop = lock.lock().unwrap_or_else(PoisonError::into_inner);
            while !*stop {
                stop = condition.wait_timeout(stop, LOOK_EVERY).unwrap_or_else(PoisonError::into_inner).0;
                let blocked = recorder::look_at_long_polls();
                effort::leave_out_this_thread();
                if *stop {
                    return;
                }
                if let Some((outcome, ours)) = looks.look(blocked) {
                    return if ours { give_up(outcome, true) } else { end_process(outcome) };
                }
            }
        };
        let thread = outside::ours(|| thread::Builder::new().name("watchdog".into()).spawn(watch));
        let thread = thread.expect("a thread for the watchdog");
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

/// What it remembers from one look to the next.
struct Looks {
    limits: Limits,
    /// What the recorder had seen when something was last seen to happen, and what has been spent since.
    progress: u64,
    since: Effort,
    /// What the last look found on the real clock.
    found: Option<Outcome>,
    /// True once a program that has come to rest has been judged.
    judged: bool,
    /// How often a poll has come by the same await, if that is past its limit, and what has been spent since it is.
    rounds: Option<(u64, Effort)>,
}

impl Looks {
    fn begin(limits: Limits) -> Self {
        Self { limits, progress: progress(), since: Effort::begins(), found: None, judged: false, rounds: None }
    }

    /// Why the program has to be ended now, if it has, and whether its future can be dropped instead of ending the process.
    /// `blocked` is for how long a task has blocked its thread.
    fn look(&mut self, blocked: Duration) -> Option<(Outcome, bool)> {
        if interrupt::is_asked_for() {
            return Some((Outcome::Interrupted, false));
        }
        let real = clock::current() == Clock::Real;
        if blocked > self.limits.blocked && !real {
            return Some((Outcome::Held(what_blocks(recorder::poll_in_progress())), false));
        }
        // What looks between two polls never gets to this one.
        let rounds = recorder::most_in_one_poll();
        if let Some(outcome) = self.goes_round(rounds) {
            return Some((outcome, false));
        }
        let progress = progress() + rounds;
        let moved = progress != self.progress;
        if moved {
            (self.progress, self.since, self.judged) = (progress, Effort::begins(), false);
        }
        if real {
            // Twice in a row: a task that was aborted may have to be dropped yet.
            let found = deadlock().or_else(|| self.at_rest(moved, quiet::is_at_rest, quiet::is_stuck));
            let again = found.clone().filter(|_| self.found.is_some());
            self.found = found;
            if let Some(outcome) = again {
                return Some((outcome, is_ours()));
            }
        }
        let silence = self.since.spent();
        if !moved && silence > self.limits.silence { Some((self.silent(silence)?, false)) } else { None }
    }

    /// That a poll comes by the same await over and over and gets no further. It may be a long stream of values that are all
    /// there, so what counts in the end is how long it goes on.
    fn goes_round(&mut self, rounds: u64) -> Option<Outcome> {
        let limit = self.limits.rounds;
        self.rounds = self.rounds.take().filter(|(before, _)| rounds > limit && rounds >= *before);
        if rounds <= limit {
            return None;
        }
        let (most, since) = self.rounds.get_or_insert_with(|| (rounds, Effort::begins()));
        *most = rounds;
        let why =
            || format!("a loop in it went round more than {limit} times without ever waiting, and got no further.");
        (since.spent() > self.limits.silence.min(PATIENCE_WITH_ROUNDS)).then(|| Outcome::Runaway(why()))
    }

    /// That nothing can happen any more on the real clock. A program at rest is judged in two looks, not in all of them. One
    /// whose threads are about to fall asleep is not at rest yet, and on a busy machine that takes long.
    fn at_rest(
        &mut self,
        moved: bool,
        rests: impl FnOnce() -> bool,
        is_stuck: impl FnOnce() -> bool,
    ) -> Option<Outcome> {
        if moved || (self.judged && self.found.is_none()) {
            return None;
        }
        self.judged = rests();
        (self.judged && is_stuck()).then_some(Outcome::Stuck)
    }

    /// What to say of a program in which nothing has been seen to happen for so long; nothing if that is no fault.
    ///
    /// On the virtual clock silence means that something holds on to a thread: whoever waits is either moved on by the clock
    /// or found stuck. On the real clock it may just be a long wait.
    fn silent(&self, silence: Duration) -> Option<Outcome> {
        let poll = recorder::poll_in_progress();
        let real = clock::current() == Clock::Real;
        let kind = poll.as_ref().map(|poll| poll.blocking);
        let patience = if real { patience(kind, recorder::timers_wait()) } else { 1 };
        if silence <= self.limits.silence * patience {
            return None;
        }
        let at_rest = real && poll.is_none();
        Some(if at_rest { Outcome::AtRest } else { Outcome::Held(what_is_held(poll, self.limits.silence * patience)) })
    }
}

/// Grows with all that happens. While the program waits in real time, it is for somebody outside or for the system, which is
/// no silence.
fn progress() -> u64 {
    recorder::progress() + clock::waited_in_real_time()
}

/// How many times the limit of silence may pass on the real clock, while a poll is going on (true for a closure on the blocking
/// pool), or none, and a timer runs or not.
fn patience(poll: Option<bool>, timer: bool) -> u32 {
    match poll {
        Some(true) => PATIENCE,
        Some(false) => 1,
        None if timer => PATIENCE,
        None => PATIENCE_AT_REST,
    }
}

fn what_blocks(poll: Option<PollInProgress>) -> String {
    let (name, at) = poll.map_or(("a task".to_string(), None), |poll| (poll.name, poll.at));
    let at = at.map(|at| format!(" at {at}")).unwrap_or_default();
    format!("{name} blocks its thread{at}, so nothing else can run.")
}

pub(super) fn what_is_held(poll: Option<PollInProgress>, silence: Duration) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_whose_threads_have_yet_to_fall_asleep_is_judged_once_they_have() {
        let mut looks = Looks::begin(Limits::unattended());
        let mut look = |moved, rests, is_stuck| {
            looks.found = looks.at_rest(moved, || rests, || is_stuck);
            looks.found.is_some()
        };
        assert!(!look(true, true, true), "something has happened just now");
        assert!(!look(false, false, true), "a thread is about to fall asleep");
        assert!(look(false, true, true));
        assert!(!look(false, false, true), "one is awake for a moment");
        assert!(look(false, true, true));
        looks.found = None;
        assert_eq!(looks.at_rest(false, || true, || panic!("it is judged once")), None);
    }

    #[test]
    fn a_program_on_the_real_clock_that_waits_for_a_timer_is_not_held() {
        let minute = Duration::from_secs(60);
        let allowed = |poll, timer| Limits::unattended().silence * patience(poll, timer);
        assert!(allowed(None, true) >= minute && allowed(Some(true), false) >= minute);
        assert!(allowed(Some(false), true) < minute, "a poll that holds on to its thread is held");
        assert!(allowed(None, false) < minute, "nothing is known that could come");
    }
}
