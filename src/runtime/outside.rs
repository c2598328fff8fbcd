//! What can still come from outside: is there anyone left, beside the program's own tasks, who could make it go on?
//!
//! The clock's driver asks whenever its runtime has come to rest. While the answer is "somebody", time passes at its real
//! pace, because nobody knows when they will act. Only when it is "nobody" does the clock jump, or the program count as
//! stuck. Linux knows the answer exactly ([`linux`]); elsewhere it is guessed ([`guess`]), from how long nothing has
//! happened.
//!
//! What counts as outside is decided here once:
//!
//! * A child process that lives, unless it and all its own children can only wait for this program.
//! * A socket or pipe whose other end is not this program's own.
//! * A thread that computes, or that wakes by itself after a while. One that waits without a limit does not count: only
//!   the program can wake it. A closure on the blocking pool, the program's main thread and a thread of `workbook::thread`
//!   do work of the program while they compute, and time stands still for that.
//! * A thread that reads standard input, or something else from outside.
//! * Signals and new clients never keep the clock from jumping, because almost every server waits for both and its timers
//!   should be fast all the same. But a program that somebody runs and looks at is not stuck while it waits for them. In a
//!   check, or in a run for a recording, nobody sends a signal or calls, so there they are nothing to wait for.

mod guess;
#[cfg(target_os = "linux")]
mod linux;

use std::{collections::BTreeSet, time::Duration};

use tokio::runtime::{Handle, RuntimeMetrics};

use crate::recording::Outside;

/// What was seen of a runtime that had come to rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outlook {
    /// The program is at work, on another thread. Time stands still.
    UnderWay,
    /// The system has something of the program's own in hand, like bytes from one of its sockets to another. Time stands still,
    /// and nobody knows how long the system takes: what was lost on the way is sent again after a fifth of a second, and after
    /// twice as long each time.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux knows"))]
    OnItsWay,
    /// These may act at any moment. Time passes at its real pace.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux knows"))]
    Open(BTreeSet<Outside>),
    /// Only the clock can make the program go on.
    Closed,
}

/// How a runtime rests.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    /// For how long nothing has happened. Nothing but a guess looks at it.
    pub(super) quiet_for: Duration,
    /// True if the clock could move to some moment.
    pub(super) something_is_due: bool,
    /// True if time passes at its real pace already, so that it must be known whether somebody is still outside.
    #[cfg_attr(not(target_os = "linux"), expect(dead_code, reason = "only Linux knows"))]
    pub(super) at_real_pace: bool,
}

/// Looks out for one runtime.
pub(super) struct Lookout {
    metrics: RuntimeMetrics,
    #[cfg(target_os = "linux")]
    runtime: tokio::runtime::Id,
    #[cfg(target_os = "linux")]
    linux: linux::Linux,
}

impl Lookout {
    pub(super) fn new(runtime: &Handle) -> Self {
        Self {
            metrics: runtime.metrics(),
            #[cfg(target_os = "linux")]
            runtime: runtime.id(),
            #[cfg(target_os = "linux")]
            linux: linux::Linux::default(),
        }
    }

    /// Looks. Cheap if nothing can have changed since the last look.
    pub(super) fn look(&mut self, rest: Rest) -> Outlook {
        #[cfg(target_os = "linux")]
        if linux::tells() {
            return self.linux.look(self.runtime, &self.metrics, rest);
        }
        guess::look(&self.metrics, rest)
    }

    /// Who may still knock at a program that somebody runs and looks at.
    pub(super) fn visitors(&self) -> BTreeSet<Outside> {
        #[cfg(target_os = "linux")]
        return linux::visitors();
        #[cfg(not(target_os = "linux"))]
        BTreeSet::new()
    }
}

/// To be called when a session begins, on its thread: from here on its threads and descriptors can be told from others.
pub(super) fn session_begins() {
    #[cfg(target_os = "linux")]
    linux::session_begins();
}

/// To be called when it has ended, on the same thread.
pub(super) fn session_ends() {
    #[cfg(target_os = "linux")]
    linux::session_ends();
}

/// Starts something that is the workbook's own: the threads that `start` makes do not count.
pub(super) fn ours<T>(start: impl FnOnce() -> T) -> T {
    #[cfg(target_os = "linux")]
    return linux::ours(start);
    #[cfg(not(target_os = "linux"))]
    start()
}
