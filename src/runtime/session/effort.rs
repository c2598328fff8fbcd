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

use crate::{recorder, runtime::os_threads};

/// Below this share of a processor a process is idle, as long as it is not ready to do more.
const IDLE_SHARE: u32 = 25;
/// So much longer than in processor time nothing may take, however busy the machine is.
const STRETCH: u32 = 8;

/// The processor time of all watchdogs so far, which is nothing the program does.
static OF_THE_WATCHDOG: AtomicU64 = AtomicU64::new(0);

/// Measures what is spent from a moment on.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    wall: Instant,
    cpu: Duration,
    /// As [`kept_waiting`] said then.
    waited: Duration,
}

impl Effort {
    /// Begins to measure.
    pub(super) fn begins() -> Self {
        Self { wall: Instant::now(), cpu: cpu(), waited: kept_waiting() }
    }

    /// What has been spent since.
    pub(super) fn spent(self) -> Duration {
        let wall = self.wall.elapsed();
        let used = cpu().saturating_sub(self.cpu);
        let at_rest = wall.saturating_sub(kept_waiting().saturating_sub(self.waited));
        if used * IDLE_SHARE < at_rest { at_rest } else { used.max(wall / STRETCH) }
    }
}

thread_local! {
    /// What of this thread's processor time has been left out.
    static LEFT_OUT: Cell<u64> = const { Cell::new(0) };
}

/// To be called by the watchdog now and then.
pub(super) fn leave_out_this_thread() {
    let used = recorder::thread_cpu_nanos();
    OF_THE_WATCHDOG.fetch_add(used - LEFT_OUT.replace(used), Ordering::Relaxed);
}

/// What the process has used, without its watchdog.
fn cpu() -> Duration {
    Duration::from_nanos(recorder::process_cpu_nanos().saturating_sub(OF_THE_WATCHDOG.load(Ordering::Relaxed)))
}

/// For how long the machine has kept this process from its work: an upper limit, which may be more than has passed.
fn kept_waiting() -> Duration {
    ready() + disk()
}

/// For how long anybody has been waiting for the disk, which a file that is written may have to. Nothing where the system
/// does not tell.
fn disk() -> Duration {
    // Linux does, in microseconds (https://docs.kernel.org/accounting/psi.html).
    let pressure = fs::read_to_string("/proc/pressure/io").unwrap_or_default();
    let total = pressure.lines().next().and_then(|some| some.rsplit_once("total=")?.1.parse().ok());
    Duration::from_micros(total.unwrap_or_default())
}

/// For how long the threads of this process have been ready to run and had no processor: together, so that it can be more than
/// has passed.
fn ready() -> Duration {
    os_threads::all().map(|thread| os_threads::kept_ready(&thread)).sum()
}
