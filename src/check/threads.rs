//! Threads that a program started and left behind.

use std::{
    collections::BTreeSet,
    fs::DirEntry,
    thread,
    time::{Duration, Instant},
};

use crate::{
    report,
    runtime::{clock, session},
};

/// What to tell the learner.
pub(super) const LEFT: &str = "The result is right, but a thread that your code started is still running. Nobody waits \
                               for it, so it is cut off wherever it is when the program ends: let it end, and join it, \
                               before you return.";

/// How long a thread that has done its work may take to be gone.
const GONE_WITHIN: Duration = Duration::from_secs(1);

/// The process's threads, where the operating system lists them and nobody else starts any.
///
/// Only a run for a report has one check at a time; in a plain `cargo test` the harness starts threads meanwhile. Linux
/// lists them in `/proc`; elsewhere only those started through `workbook::thread` are known.
pub(super) fn now() -> BTreeSet<String> {
    if std::env::var_os(report::VARIABLE).is_none() {
        return BTreeSet::new();
    }
    let listed = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    // A runtime that is kept in a static keeps its threads too, and may: they wait for work. The watchdog is the workbook's own.
    let known = |entry: &DirEntry| {
        let name = std::fs::read_to_string(entry.path().join("comm"));
        name.is_ok_and(|name| name.starts_with("tokio-") || name.trim_end() == session::WATCHDOG)
    };
    listed.filter(|entry| !known(entry)).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// True if threads remain that were not there `before`.
pub(super) fn left_since(before: &BTreeSet<String>) -> bool {
    let began = Instant::now();
    loop {
        if clock::threads_at_work() == 0 && now().is_subset(before) {
            return false;
        }
        if began.elapsed() > GONE_WITHIN {
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
}
