//! The threads of this process as the operating system sees them. Only Linux lists them, in `/proc`; elsewhere there seem
//! to be none.

use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// All threads, each as its folder in `/proc`.
pub(crate) fn all() -> impl Iterator<Item = PathBuf> {
    let listed = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    listed.map(|entry| entry.path())
}

/// The name of a thread, or of whoever started it as long as it has none; none if it is gone.
pub(crate) fn name(thread: &Path) -> Option<String> {
    Some(fs::read_to_string(thread.join("comm")).ok()?.trim_end().to_string())
}

/// True if a thread runs or is ready to, as opposed to one that waits for something, or is gone.
pub(crate) fn is_ready(thread: &Path) -> bool {
    // The state stands behind the name in parentheses, which may hold anything (proc_pid_stat(5)).
    let stat = fs::read_to_string(thread.join("stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| rest.starts_with('R'))
}

/// True if any thread but the current one is ready.
pub(crate) fn another_is_ready() -> bool {
    let me = fs::read_link("/proc/thread-self").unwrap_or_default();
    all().filter(|thread| thread.file_name() != me.file_name()).any(|thread| is_ready(&thread))
}

/// The processor time a thread has used; none if it is gone.
pub(crate) fn used(thread: &Path) -> Duration {
    schedule(thread, 0)
}

/// For how long a thread has been ready to run and had no processor.
pub(crate) fn kept_ready(thread: &Path) -> Duration {
    schedule(thread, 1)
}

/// A field of `schedstat`, which are nanoseconds (<https://docs.kernel.org/scheduler/sched-stats.html>).
fn schedule(thread: &Path, field: usize) -> Duration {
    let stats = fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
    Duration::from_nanos(stats.split(' ').nth(field).and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}
