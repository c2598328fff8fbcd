//! The driver: a task in every runtime taken over that moves the clock when nothing else can happen.

use std::{
    sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use tokio::{
    runtime::{Handle, Id},
    task,
    time::Instant as TokioInstant,
};

use super::{
    NOW, SESSION, VIRTUAL, adopt, known, next_due,
    pace::{self, Stretch},
    release, sleepers,
};
use crate::{
    recorder,
    recording::Outcome,
    runtime::{
        outside::{Lookout, Outlook, Rest},
        session,
    },
};

/// Turns of the runtime without a poll before it is looked out for what may come from outside: each turn asks the operating
/// system for ready sockets. One more such turn follows, since what was seen may have become ready before it was looked at.
const QUIET_TURNS: u32 = 4;
/// As long as somebody outside may act and nothing happens, it is looked again after so much real time at first, and then
/// after twice as much each time. It decides no more than how soon it is noticed that nobody is left.
const LOOK_AGAIN: Duration = Duration::from_millis(1);
const LOOK_AGAIN_AT_LEAST: Duration = Duration::from_millis(16);

/// How often the clock may move for library tasks alone before the program is called stuck.
const LIBRARY_MOVES: u32 = 100;

/// A program that has returned gets this long to settle, in real time.
const SETTLES_WITHIN: Duration = Duration::from_millis(40);
/// And at least so many turns, however long each is kept waiting.
const SETTLING_TURNS: u32 = 200;

/// Turns in a row in which nothing happened, as the last driver saw it.
static QUIET: AtomicU32 = AtomicU32::new(0);
/// Counts how often a driver has had the clock jump.
static JUMPS: AtomicU64 = AtomicU64::new(0);
/// True while the clock is to stand still whatever is due.
static STANDS_STILL: AtomicBool = AtomicBool::new(false);

/// Starts a driver in the current runtime.
/// `zero` is the virtual time at which the runtime's own clock began: by now another driver may have moved the clock on.
pub(super) fn start(handle: &Handle, zero: u64, ours: bool) {
    QUIET.store(0, Ordering::SeqCst);
    STANDS_STILL.store(false, Ordering::SeqCst);
    let driver = Driver {
        runtime: handle.id(),
        session: SESSION.load(Ordering::SeqCst),
        _thread: sleepers::Driving::starts(),
        lookout: Lookout::new(handle),
        ours,
        zero,
        tokio_zero: TokioInstant::now(),
        quiet: 0,
        quiet_since: Instant::now(),
        quiet_for: Duration::ZERO,
        last_turn: Instant::now(),
        progress: recorder::progress(),
        program_polls: 0,
        moves: 0,
        outlook: None,
        jumps: 0,
        stretch: None,
        look_again: None,
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
    while began.elapsed() < SETTLES_WITHIN || turns < SETTLING_TURNS {
        task::yield_now().await;
        turns += 1;
        if VIRTUAL.load(Ordering::SeqCst) {
            if QUIET.load(Ordering::SeqCst) >= QUIET_TURNS {
                break;
            }
            continue;
        }
        thread::sleep(SETTLES_WITHIN / 10);
        if recorder::progress() == progress || began.elapsed() > SETTLES_WITHIN {
            break;
        }
        progress = recorder::progress();
    }
}

struct Driver {
    runtime: Id,
    session: u64,
    _thread: sleepers::Driving,
    lookout: Lookout,
    ours: bool,
    /// Virtual time and the runtime's own at the moment it was taken over.
    zero: u64,
    tokio_zero: TokioInstant,
    quiet: u32,
    quiet_since: Instant,
    /// For how long it has been quiet, as of the turn before this one.
    quiet_for: Duration,
    /// When the turn before this one was. What had arrived by then has been polled for since, even if this thread was
    /// kept waiting for a processor in between.
    last_turn: Instant,
    progress: u64,
    /// Polls of the program's own tasks, and how often the clock has moved since the last one.
    program_polls: u64,
    moves: u32,
    /// What the last look saw, if nothing has happened since and nothing came of it yet.
    outlook: Option<Outlook>,
    /// How often the clock had jumped by then: another thread's driver may have it jump meanwhile.
    jumps: u64,
    /// While time passes at its real pace.
    stretch: Option<Stretch>,
    /// When to look again for somebody outside, and how long to wait from then on, if the last look saw somebody and nothing
    /// has happened since.
    look_again: Option<(Instant, Duration)>,
}

impl Driver {
    async fn run(mut self) {
        loop {
            self.next_turn().await;
            if !(self.is_of_this_session() && VIRTUAL.load(Ordering::Relaxed)) {
                return;
            }
            recorder::turn_begins();
            if let Some(outcome) = session::over_limit() {
                return session::give_up(outcome, self.ours);
            }
            self.catch_up();
            let stands_still = STANDS_STILL.load(Ordering::Relaxed);
            if let Some(stretch) = self.stretch.as_mut().filter(|_| !stands_still) {
                stretch.follow(next_move(self.runtime));
                self.catch_up();
            }
            if !self.is_quiet() {
                continue;
            }
            let Some(outlook) = self.outlook.take() else {
                self.look();
                continue;
            };
            if stands_still {
                QUIET.store(QUIET_TURNS, Ordering::Relaxed);
            } else if self.is_stuck(outlook) {
                return session::give_up(Outcome::Stuck, self.ours);
            }
        }
    }

    /// Lets everybody else have a turn: at once, or when something happens, while somebody outside is waited for.
    async fn next_turn(&self) {
        match &self.stretch {
            Some(stretch) if self.look_again.is_some() => stretch.rest().await,
            _ => task::yield_now().await,
        }
    }

    /// Looks for what may come.
    fn look(&mut self) {
        self.jumps = JUMPS.load(Ordering::SeqCst);
        let something_is_due = next_move(self.runtime).is_some();
        let rest = Rest { quiet_for: self.quiet_for, something_is_due, at_real_pace: self.stretch.is_some() };
        match self.lookout.look(rest) {
            outlook @ (Outlook::UnderWay | Outlook::OnItsWay) => {
                if matches!(outlook, Outlook::OnItsWay) {
                    pace::waits();
                }
                QUIET.store(0, Ordering::Relaxed);
                (self.stretch, self.look_again) = (None, None);
                thread::yield_now();
            }
            outlook => self.outlook = Some(outlook),
        }
    }

    /// Does what follows from the last look. True if nothing can make the program go on.
    fn is_stuck(&mut self, outlook: Outlook) -> bool {
        let awaited = match (outlook, next_move(self.runtime)) {
            (Outlook::Open(awaited), _) => awaited,
            // Another thread's driver has the clock jump there first, or has to notice that it did.
            (_, Some(due)) if self.others_due().is_some_and(|first| first < due) => return false,
            (_, Some(due)) => {
                self.stretch = None;
                if self.only_libraries_move() {
                    return true;
                }
                // In this order, so that no other driver sees a timer gone and nobody at work.
                JUMPS.fetch_add(1, Ordering::SeqCst);
                self.something_happened();
                sleepers::move_to(due);
                self.catch_up();
                return false;
            }
            (_, None) if self.others_go_on() => return false,
            (_, None) if session::is_attended() => self.lookout.visitors(),
            (_, None) => return true,
        };
        if awaited.is_empty() {
            return true;
        }
        match &mut self.stretch {
            Some(stretch) => stretch.waits_for(awaited),
            None => self.stretch = Some(Stretch::begins(awaited)),
        }
        let spacing = self.look_again.map_or(LOOK_AGAIN, |(_, spacing)| (spacing * 2).min(LOOK_AGAIN_AT_LEAST));
        self.look_again = Some((Instant::now() + spacing, spacing));
        false
    }

    /// When the next timer is due of all runtimes that rest on other threads. One that is due already is there until its
    /// own driver has noticed.
    fn others_due(&self) -> Option<u64> {
        let (others, _) = known::others(self.progress);
        if others.is_empty() { None } else { super::first_due(&others) }
    }

    /// True if the driver of another thread may go on, or has had the clock jump since this one looked, or if anything has
    /// happened meanwhile. That is asked last: whoever goes on shows it before its timer is gone. One that does not rest may
    /// wait for a lock that a third has for a moment, so of it nothing is said.
    fn others_go_on(&self) -> bool {
        let (_, is_one_at_work) = known::others(self.progress);
        let jumped = JUMPS.load(Ordering::SeqCst) != self.jumps;
        is_one_at_work || jumped || self.others_due().is_some() || recorder::progress() != self.progress
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
            // Before a timer fires that falls due by that: nobody may take this runtime for at rest.
            if super::first_due(&[self.runtime]).is_some_and(|due| due <= session) {
                self.something_happened();
            }
            adopt::advance_runtime(Duration::from_nanos(session - runtime));
        } else if runtime > session {
            sleepers::move_to(runtime);
        }
    }

    /// True if nothing has happened for long enough to look for what may come.
    fn is_quiet(&mut self) -> bool {
        let progress = recorder::progress();
        if progress != self.progress {
            self.progress = progress;
            self.something_happened();
            return false;
        }
        let now = Instant::now();
        if self.quiet == 0 {
            (self.quiet_since, self.last_turn) = (now, now);
        }
        self.quiet += 1;
        if self.quiet == QUIET_TURNS {
            let runtime = self.runtime;
            known::note(|known| known.rests = Some((runtime, progress)));
        }
        self.quiet_for = self.last_turn - self.quiet_since;
        self.last_turn = now;
        // A look that has been taken counts until its turn is over.
        let too_soon = self.outlook.is_none() && self.look_again.is_some_and(|(again, _)| now < again);
        self.quiet >= QUIET_TURNS && !too_soon
    }

    fn something_happened(&mut self) {
        known::note(|known| known.rests = None);
        self.quiet = 0;
        self.outlook = None;
        self.look_again = None;
        QUIET.store(0, Ordering::Relaxed);
    }
}

/// When the clock could move next for a runtime: to one of its timers, or for a thread that sleeps.
fn next_move(runtime: Id) -> Option<u64> {
    next_due(runtime).into_iter().chain(sleepers::next_wake()).min()
}

impl Drop for Driver {
    fn drop(&mut self) {
        if self.is_of_this_session() {
            release(self.runtime);
        }
    }
}
