//! Threads that a program started and left behind.

use std::{
    collections::BTreeSet,
    fs::DirEntry,
    thread,
    time::{Duration, Instant},
};

use crate::{
    recording::{Recording, TaskKind},
    report,
    runtime::clock,
};

/// What to tell the learner.
pub(super) const LEFT: &str = "The result is right, but a thread that your code started is still running. Nobody waits \
                               for it, so it is cut off wherever it is when the program ends: let it end, and join it, \
                               before you return.";

/// How long a thread that has done its work may take to be gone.
const GONE_WITHIN: Duration = Duration::from_millis(300);

/// The process's threads, where the operating system lists them and nobody else starts any.
///
/// Only a run for a report has one check at a time; in a plain `cargo test` the harness starts threads meanwhile. Linux
/// lists them in `/proc`; elsewhere only those started through `workbook::thread` are known.
pub(super) fn now() -> BTreeSet<String> {
    if std::env::var_os(report::VARIABLE).is_none() {
        return BTreeSet::new();
    }
    let listed = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    // A runtime that is kept in a static keeps its threads too, and may: they wait for work.
    let of_runtime = |entry: &DirEntry| {
        std::fs::read_to_string(entry.path().join("comm")).is_ok_and(|name| name.starts_with("tokio-"))
    };
    listed.filter(|entry| !of_runtime(entry)).map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
}

/// True for the threads of a runtime. They may outlive a run: an idle one takes its time to end, above all on a busy
/// machine, and a runtime that is kept for the life of the program keeps its threads.
fn is_of_a_runtime(thread: &str) -> bool {
    std::fs::read_to_string(format!("/proc/self/task/{thread}/comm")).map_or(true, |name| name.starts_with("tokio-"))
}

/// True if threads remain that were not there `before`.
pub(super) fn left_since(before: &BTreeSet<String>, recording: &Recording) -> bool {
    let blocking = recording.tasks.iter().filter(|task| task.kind == TaskKind::Blocking && !task.is_of_library());
    let at_work = blocking.filter(|task| task.end.is_none()).count() > 0;
    let began = Instant::now();
    loop {
        let now = now();
        let mut new = now.difference(before);
        if clock::threads_at_work() == 0 && !new.any(|thread| at_work || !is_of_a_runtime(thread)) {
            return false;
        }
        if began.elapsed() > GONE_WITHIN {
            return true;
        }
        thread::sleep(Duration::from_millis(1));
    }
}
