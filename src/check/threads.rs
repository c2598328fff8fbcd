//! Threads that a program started and left behind.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use crate::{recorder::os, report, runtime::clock};

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
/// Only a run for a report has one check at a time; in a plain `cargo test` the harness starts threads meanwhile. Elsewhere
/// than on Linux only those started through `workbook::thread` are known.
pub(super) fn now() -> BTreeSet<PathBuf> {
    if std::env::var_os(report::VARIABLE).is_none() {
        return BTreeSet::new();
    }
    // A runtime that is kept in a static keeps its threads too, and may: they wait for work.
    let known = |thread: &PathBuf| os::threads::name(thread).is_some_and(|name| name.starts_with("tokio-"));
    os::threads::all().filter(|thread| !known(thread)).collect()
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
        let used = left.iter().map(|thread| os::threads::used(thread)).sum();
        let worked = Duration::saturating_sub(used, *used_before.get_or_insert(used));
        if worked + at_rest > GONE_WITHIN {
            return true;
        }
        let waits_for_a_processor = !left.is_empty() && left.iter().all(|thread| os::threads::is_ready(thread));
        let looked = Instant::now();
        thread::sleep(LOOK_EVERY);
        if !waits_for_a_processor {
            at_rest += looked.elapsed();
        }
    }
}
