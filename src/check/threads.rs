//! Threads that a program started and left behind.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use crate::{report, runtime::clock};

/// What to tell the learner.
pub(super) const LEFT: &str = "The result is right, but a thread that your code started is still running. Nobody waits \
                               for it, so it is cut off wherever it is when the program ends: let it end, and join it, \
                               before you return.";

/// How long a thread that has done its work may take to be gone. Time for which it is ready to run and the machine has no
/// processor for it does not count.
const GONE_WITHIN: Duration = Duration::from_secs(1);

/// How often is looked.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// The process's threads, where the operating system lists them and nobody else starts any.
///
/// Only a run for a report has one check at a time; in a plain `cargo test` the harness starts threads meanwhile. Linux
/// lists them in `/proc`; elsewhere only those started through `workbook::thread` are known.
pub(super) fn now() -> BTreeSet<PathBuf> {
    if std::env::var_os(report::VARIABLE).is_none() {
        return BTreeSet::new();
    }
    let listed = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    // A runtime that is kept in a static keeps its threads too, and may: they wait for work.
    let known = |thread: &Path| fs::read_to_string(thread.join("comm")).is_ok_and(|name| name.starts_with("tokio-"));
    listed.map(|entry| entry.path()).filter(|thread| !known(thread)).collect()
}

/// True if threads remain that were not there `before`.
pub(super) fn left_since(before: &BTreeSet<PathBuf>) -> bool {
    let mut used_before = None;
    let mut at_rest = Duration::ZERO;
    loop {
        let left: Vec<PathBuf> = now().difference(before).cloned().collect();
        if clock::threads_at_work() == 0 && left.is_empty() {
            return false;
        }
        let used = left.iter().map(|thread| used(thread)).sum();
        let worked = Duration::saturating_sub(used, *used_before.get_or_insert(used));
        if worked + at_rest > GONE_WITHIN {
            return true;
        }
        let waits_for_a_processor = !left.is_empty() && left.iter().all(|thread| is_ready(thread));
        let looked = Instant::now();
        thread::sleep(LOOK_EVERY);
        if !waits_for_a_processor {
            at_rest += looked.elapsed();
        }
    }
}

/// The processor time of a thread; none if it is gone.
fn used(thread: &Path) -> Duration {
    // The first number is nanoseconds on a processor (https://docs.kernel.org/scheduler/sched-stats.html).
    let stats = fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
    Duration::from_nanos(stats.split(' ').next().and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}

/// True if a thread runs or is ready to, as opposed to one that waits for something, or is gone.
fn is_ready(thread: &Path) -> bool {
    // The state stands behind the name in parentheses, which may hold anything (proc_pid_stat(5)).
    let stat = fs::read_to_string(thread.join("stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('R'))
}
