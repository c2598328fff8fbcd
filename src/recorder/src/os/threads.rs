//! The threads of this process as the operating system sees them. Only Linux lists them, in `/proc`; elsewhere there seem
//! to be none.

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

/// One of the processes of this machine.
#[derive(Clone, Copy, Debug)]
pub enum Process {
    /// This one.
    Own,
    /// The one of this number.
    Other(u32),
}

/// All threads of this process, each as its folder in `/proc`.
pub fn all() -> impl Iterator<Item = PathBuf> {
    all_of(Process::Own)
}

/// The number of the calling thread; 0 where the system does not list threads.
#[cfg(target_os = "linux")]
pub fn current() -> u32 {
    rustix::thread::gettid().as_raw_nonzero().get().unsigned_abs()
}

/// Threads have no numbers here.
#[cfg(not(target_os = "linux"))]
pub fn current() -> u32 {
    0
}

/// The same for any process; none if it is gone.
pub fn all_of(process: Process) -> impl Iterator<Item = PathBuf> {
    let name = match process {
        Process::Own => "self".to_string(),
        Process::Other(id) => id.to_string(),
    };
    let listed = fs::read_dir(format!("/proc/{name}/task")).into_iter().flatten().flatten();
    listed.map(|entry| entry.path())
}

/// The number of a thread that was listed.
#[cfg(target_os = "linux")]
pub fn number(thread: &Path) -> Option<u32> {
    thread.file_name()?.to_str()?.parse().ok()
}

/// A thread of this process by its number.
#[cfg(target_os = "linux")]
pub fn by_number(number: u32) -> PathBuf {
    PathBuf::from(format!("/proc/self/task/{number}"))
}

/// The processor time of another process, with that of its threads that have ended; nothing where the system does not tell.
#[cfg(unix)]
pub fn used_by_process(id: u32) -> Duration {
    // In ticks, as the 14th and 15th field; the third is the first behind the name in parentheses (proc_pid_stat(5)).
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ');
    let ticks: u64 = fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_secs(ticks) / u32::try_from(rustix::param::clock_ticks_per_second()).unwrap_or(u32::MAX)
}

/// Nothing is known of it here.
#[cfg(not(unix))]
pub fn used_by_process(_id: u32) -> Duration {
    Duration::ZERO
}

/// The system's number of a thread of this process, where `/proc` lists it.
#[cfg(unix)]
#[derive(Clone, Copy, Debug)]
pub struct Number(Option<u32>);

#[cfg(unix)]
impl Number {
    /// That of the calling thread.
    pub fn current() -> Self {
        thread_local! {
            static NUMBER: Number = Number::read();
        }
        // A thread that is about to end may have given its storage back already.
        NUMBER.try_with(|number| *number).unwrap_or(Self(None))
    }

    fn read() -> Self {
        let link = fs::read_link("/proc/thread-self").unwrap_or_default();
        Self(link.file_name().and_then(|number| number.to_str()?.parse().ok()))
    }

    /// True if the thread waits for something other than the disk, which a busy machine makes long; nothing if that is not
    /// known.
    pub fn is_asleep(self) -> Option<bool> {
        let state = state(&Path::new("/proc/self/task").join(self.0?.to_string()))?;
        Some(!matches!(state, RUNS | WAITS_FOR_DISK))
    }
}

/// The name of a thread, or of whoever started it as long as it has none; none if it is gone.
pub fn name(thread: &Path) -> Option<String> {
    Some(fs::read_to_string(thread.join("comm")).ok()?.trim_end().to_string())
}

/// States of a thread (proc_pid_stat(5)): it runs, or is ready to.
const RUNS: char = 'R';
/// It waits for the disk, or for a page of memory.
const WAITS_FOR_DISK: char = 'D';

/// True if a thread runs or is ready to, as opposed to one that waits for something, or is gone.
pub fn is_ready(thread: &Path) -> bool {
    state(thread) == Some(RUNS)
}

/// The state of a thread, as a letter; none if it is gone.
pub fn state(thread: &Path) -> Option<char> {
    // It stands behind the name in parentheses, which may hold anything.
    let stat = fs::read_to_string(thread.join("stat")).ok()?;
    stat.rsplit_once(") ")?.1.chars().next()
}

/// The threads of a process without the one that asks.
fn others(process: Process) -> impl Iterator<Item = PathBuf> {
    let me = current().to_string();
    all_of(process).filter(move |thread| !thread.ends_with(&me))
}

/// True if a thread of the process, but for the one that asks, runs, is ready to, or waits for the disk.
pub fn would_go_on(process: Process) -> bool {
    others(process).any(|thread| matches!(state(&thread), Some(RUNS | WAITS_FOR_DISK)))
}

/// True if any thread but the current one is ready.
pub fn another_is_ready() -> bool {
    others(Process::Own).any(|thread| is_ready(&thread))
}

/// True if the process has no threads but the first one, those of tokio's runtimes and the watchdog, and all of them wait.
/// False where the system does not tell.
pub fn only_runtimes() -> bool {
    let me = fs::read_link("/proc/thread-self").unwrap_or_default();
    let first = std::process::id().to_string();
    let known = |thread: &PathBuf| {
        let of_runtime = || name(thread).is_some_and(|name| name.starts_with("tokio-"));
        let is_known = thread.ends_with(&first) || of_runtime();
        thread.file_name() == me.file_name() || (is_known && !is_ready(thread))
    };
    let mut threads = all().peekable();
    threads.peek().is_some() && threads.all(|thread| known(&thread))
}

/// The processor time a thread has used; none if it is gone.
pub fn used(thread: &Path) -> Duration {
    schedule(thread, 0)
}

/// For how long a thread has been ready to run and had no processor.
pub fn kept_ready(thread: &Path) -> Duration {
    schedule(thread, 1)
}

/// For how long the machine has kept threads of this process from a processor, from a moment on: whoever waits for one of
/// them waits for the machine.
#[derive(Debug)]
pub struct KeptReady {
    /// What each has been kept waiting so far.
    by_thread: HashMap<PathBuf, Duration>,
    /// The one that looks, for which nobody waits.
    looks: u32,
    total: Duration,
}

impl KeptReady {
    /// Begins to count, on the thread that is left out.
    pub fn begins() -> Self {
        let mut kept = Self { by_thread: HashMap::new(), looks: current(), total: Duration::ZERO };
        kept.so_far();
        kept.total = Duration::ZERO;
        kept
    }

    /// All together. A thread that has ended counts as far as the last look saw it.
    pub fn so_far(&mut self) -> Duration {
        let looks = self.looks.to_string();
        for thread in all().filter(|thread| !thread.ends_with(&looks)) {
            let kept = kept_ready(&thread);
            let before = self.by_thread.insert(thread, kept).unwrap_or_default();
            self.total += kept.saturating_sub(before);
        }
        self.total
    }
}

/// A field of `schedstat`, which are nanoseconds (<https://docs.kernel.org/scheduler/sched-stats.html>).
fn schedule(thread: &Path, field: usize) -> Duration {
    let stats = fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
    Duration::from_nanos(stats.split(' ').nth(field).and_then(|nanos| nanos.parse().ok()).unwrap_or_default())
}
