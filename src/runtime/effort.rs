//! How much has been spent on a program: time, but not that for which the machine was busy with something else.
//!
//! A program that is waiting for a processor or for the disk is not one that does not end. So what counts is processor
//! time; only while the process uses next to none, since its threads are blocked, the time on the wall counts.

use std::{
    cell::Cell,
    fs,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

use crate::recorder::os::{self, threads::Process};

/// Below this share of a processor a process is idle, as long as it is not ready to do more.
const IDLE_SHARE: u32 = 25;
/// So much longer than in processor time nothing may take. What keeps a process waiting is known to an upper limit only, so
/// that a program that waits for ever on a machine whose disk never rests has to be told by the clock on the wall.
const STRETCH: u32 = 64;

/// The processor time of all watchdogs so far, which is nothing the program does.
static OF_THE_WATCHDOG: AtomicU64 = AtomicU64::new(0);

/// Measures what is spent from a moment on.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    process: Process,
    wall: Instant,
    cpu: Duration,
    /// As [`kept_waiting`] said then.
    waited: Duration,
}

impl Effort {
    /// Begins to measure this process.
    pub(crate) fn begins() -> Self {
        Self::of(Process::Own)
    }

    /// Begins to measure another process, by its number.
    pub fn of_process(id: u32) -> Self {
        Self::of(Process::Other(id))
    }

    fn of(process: Process) -> Self {
        Self { process, wall: Instant::now(), cpu: cpu(process), waited: kept_waiting(process) }
    }

    /// True if more than this has been spent since. As long as it cannot be, which is so almost always, it costs next to nothing to ask.
    pub(crate) fn exceeds(self, limit: Duration) -> bool {
        let may = self.wall.elapsed() > limit || cpu(self.process).saturating_sub(self.cpu) > limit;
        may && self.spent() > limit
    }

    /// What has been spent since. Where the system does not tell of processor time it is the time on the wall.
    pub fn spent(self) -> Duration {
        let wall = self.wall.elapsed();
        let used = cpu(self.process).saturating_sub(self.cpu);
        let at_rest = wall.saturating_sub(kept_waiting(self.process).saturating_sub(self.waited));
        // For how long a thread has been kept waiting shows only once it goes on, which may take many seconds.
        spent(wall, used, at_rest, os::threads::would_go_on(self.process))
    }
}

/// What it comes to: the time at rest of a process that does nothing, and otherwise the processor time it used. One that
/// would go on, and has no processor, is not at rest.
fn spent(wall: Duration, used: Duration, at_rest: Duration, would_go_on: bool) -> Duration {
    if used * IDLE_SHARE < at_rest && !would_go_on { at_rest } else { used.max(wall / STRETCH) }
}

thread_local! {
    /// What of this thread's processor time has been left out.
    static LEFT_OUT: Cell<u64> = const { Cell::new(0) };
}

/// To be called by the watchdog now and then.
pub(crate) fn leave_out_this_thread() {
    let used = os::glance::cpu_nanos();
    OF_THE_WATCHDOG.fetch_add(used - LEFT_OUT.replace(used), Ordering::Relaxed);
}

/// What the process has used, without a watchdog of ours.
fn cpu(process: Process) -> Duration {
    match process {
        Process::Own => {
            let used = os::glance::process_cpu_nanos();
            Duration::from_nanos(used.saturating_sub(OF_THE_WATCHDOG.load(Ordering::Relaxed)))
        }
        Process::Other(id) => os::threads::used_by_process(id),
    }
}

/// For how long the machine has kept this process from its work: an upper limit, which may be more than has passed.
fn kept_waiting(process: Process) -> Duration {
    ready(process) + disk()
}

/// For how long anybody has been waiting for the disk, which a file that is written may have to. Nothing where the system
/// does not tell.
fn disk() -> Duration {
    // Linux does, in microseconds (https://docs.kernel.org/accounting/psi.html).
    let pressure = fs::read_to_string("/proc/pressure/io").unwrap_or_default();
    let total = pressure.lines().next().and_then(|some| some.rsplit_once("total=")?.1.parse().ok());
    Duration::from_micros(total.unwrap_or_default())
}

/// For how long the threads of the process have been ready to run and had no processor: together, so that it can be more
/// than has passed.
fn ready(process: Process) -> Duration {
    os::threads::all_of(process).map(|thread| os::threads::kept_ready(&thread)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn time_for_which_there_was_no_processor_is_not_spent() {
        // Beside twenty others: it was ready for a minute, and worked for three seconds of it.
        assert_eq!(spent(60 * SECOND, 3 * SECOND, Duration::ZERO, false), 3 * SECOND);
        // It waits for something that never comes, and nobody keeps it from going on.
        assert_eq!(spent(60 * SECOND, Duration::ZERO, 60 * SECOND, false), 60 * SECOND);
        assert_eq!(spent(64 * SECOND, Duration::ZERO, Duration::ZERO, false), SECOND);
        // It has been ready all the time, and has not had a processor once.
        assert_eq!(spent(64 * SECOND, Duration::ZERO, 64 * SECOND, true), SECOND);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_another_process_uses_is_known() {
        use std::process::{Command, Stdio};
        let mut busy = Command::new("sh").args(["-c", "while :; do :; done"]).stdin(Stdio::null()).spawn().unwrap();
        let effort = Effort::of_process(busy.id());
        // However long that takes on a busy machine: what is counted is what it uses.
        while os::threads::used_by_process(busy.id()) < SECOND / 10 {
            std::thread::yield_now();
        }
        let spent = effort.spent();
        busy.kill().unwrap();
        busy.wait().unwrap();
        assert!(spent >= SECOND / 10, "{spent:?}");
    }
}
