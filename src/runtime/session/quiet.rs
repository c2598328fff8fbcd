//! Whether a program on the real clock, in which nothing happens, is stuck for good.

use crate::{
    diagnosis,
    recorder::{self, os},
    recording::{Clock, Outcome},
};

/// True if no timer runs, no closure is at work, and the process has no threads but those of its runtimes, all of which
/// sleep.
///
/// Where the system does not list the threads, one of them may always bring something.
pub(super) fn is_at_rest() -> bool {
    !recorder::timers_wait() && !recorder::closures_at_work() && os::threads::only_runtimes()
}

/// True if nothing is left that could wake a task of a program at rest: each waits for something that only another can bring.
pub(super) fn is_stuck() -> bool {
    recorder::so_far(Clock::Real, Outcome::Stuck).is_some_and(|so_far| diagnosis::waits_for_itself(&so_far))
}
