//! What Linux tells of the outside.
//!
//! Almost all of it is in `/proc`, which is dear to read compared with a poll. So it is read only when a runtime has come
//! to rest, and then only what can have changed: a program of timers alone costs two short questions each time.

mod blocked;
mod borrow;
mod children;
mod descriptors;
mod mark;
mod pipes;
mod sockets;
mod tcp_list;
mod threads;

use std::{
    collections::{BTreeSet, HashSet},
    fs,
    os::unix::fs::MetadataExt,
    path::PathBuf,
    sync::{LazyLock, Mutex, PoisonError},
    time::Duration,
};

use tokio::runtime::{Id, RuntimeMetrics};

use super::{Outlook, Rest};
use crate::{
    recorder::os,
    recording::Outside,
    runtime::{clock, interrupt},
};
use blocked::Blocked;
use pipes::Ends;
use threads::{Listed, Threads};

/// Sockets and pipes that were open when the session began.
static INHERITED: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);

/// True if the system shows what its threads wait for. Some that pass for Linux do not.
pub(super) fn tells() -> bool {
    static TELLS: LazyLock<bool> = LazyLock::new(|| fs::read_to_string("/proc/thread-self/syscall").is_ok());
    *TELLS
}

pub(super) fn session_begins() {
    let inodes = descriptors::all().iter().map(|descriptor| descriptor.inode).collect();
    *INHERITED.lock().unwrap_or_else(PoisonError::into_inner) = inodes;
    threads::session_begins();
    mark::set();
}

pub(super) fn session_ends() {
    mark::clear();
}

pub(super) fn ours<T>(start: impl FnOnce() -> T) -> T {
    mark::without(start)
}

/// What of the process has to be as it was, so that no thread or child can have come since.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Population {
    /// How many threads there are, which the number of links to their folder says.
    threads: u64,
    /// The number that the system gave to a thread or process last.
    last: String,
}

impl Population {
    fn now() -> Option<Self> {
        let threads = fs::metadata("/proc/self/task").ok()?.nlink();
        let load = fs::read_to_string("/proc/loadavg").ok()?;
        Some(Self { threads, last: load.rsplit(' ').next()?.to_string() })
    }
}

/// Looks, and remembers what cannot have changed since.
#[derive(Default)]
pub(super) struct Linux {
    threads: Threads,
    /// With this population there was no thread, and no child, that mattered.
    alone: Option<Population>,
    /// With so many descriptors registered and deregistered there was none that mattered.
    nothing_open: Option<(u64, u64)>,
}

impl Linux {
    pub(super) fn look(&mut self, runtime: Id, metrics: &RuntimeMetrics, rest: Rest) -> Outlook {
        let begins_or_ends = a_closure_begins_or_ends(runtime, metrics);
        if begins_or_ends && !rest.at_real_pace {
            return Outlook::UnderWay;
        }
        let population = Population::now();
        let alone = population.is_some() && self.alone == population && nobody_works() && !begins_or_ends;
        let io = (metrics.io_driver_fd_registered_count(), metrics.io_driver_fd_deregistered_count());
        if alone && self.nothing_open == Some(io) {
            return Outlook::Closed;
        }
        let inherited = INHERITED.lock().unwrap_or_else(PoisonError::into_inner);
        let descriptors = descriptors::all();
        let mut ends = Ends::of(&descriptors);
        let mut look = Look::default();
        let resting = (!alone).then(|| look.at_threads_and_children(&mut self.threads, &mut ends));
        if !alone {
            self.alone = population.filter(|_| look.alone);
        }
        let sockets = sockets::look(&descriptors, &inherited);
        let pipes = pipes::any(&descriptors, &inherited);
        self.nothing_open = (!sockets.any && !pipes).then_some(io);
        look.under_way |= begins_or_ends;
        look.on_its_way = sockets.on_its_way;
        if sockets.peers || pipes && pipes::have_peers(&descriptors, &ends, &inherited) {
            look.outside.insert(Outside::Peer);
        }
        // Last, so that nobody was woken by what a socket brought between the looks.
        look.under_way |= resting.is_some_and(|resting| !resting.still_rest(&mut self.threads));
        look.outlook()
    }
}

/// True while there is a closure of the blocking pool of which no thread is known: it is queued, or about to begin, or has
/// just ended.
fn a_closure_begins_or_ends(runtime: Id, metrics: &RuntimeMetrics) -> bool {
    let running = metrics.num_blocking_threads().saturating_sub(metrics.num_idle_blocking_threads());
    let of_runtime = |known: &&clock::Known| known.in_closure_of.or(known.inhibits) == Some(runtime);
    let known = clock::known_threads().values().filter(of_runtime).count();
    metrics.blocking_queue_depth() > 0 || running > known
}

/// True if no thread does anything for the program beside the one that asks, which runs a runtime.
fn nobody_works() -> bool {
    let known = clock::known_threads();
    let works = |known: &clock::Known| known.drives == 0 && (known.works || known.in_closure_of.is_some());
    let drivers = known.values().filter(|known| known.drives > 0).count();
    drivers <= 1 && !known.values().any(works)
}

/// A look at everything.
#[derive(Default)]
struct Look {
    outside: BTreeSet<Outside>,
    under_way: bool,
    on_its_way: bool,
    /// Nobody was there who could have to do with the program.
    alone: bool,
}

impl Look {
    fn at_threads_and_children(&mut self, threads: &mut Threads, ends: &mut Ends) -> Resting {
        let Listed { program, one_begins_or_ends } = threads.list();
        let children = if children::are_there() { children::of(&program) } else { Vec::new() };
        let of_children = children::look(&children, ends);
        if of_children.can_act {
            self.outside.insert(Outside::Child);
        }
        let seen = threads.look(&program, ends);
        self.outside.extend(seen.outside);
        self.alone = children.is_empty() && !seen.any && !one_begins_or_ends;
        self.under_way |= seen.under_way || one_begins_or_ends;
        let resting = of_children.at_rest.into_iter().chain(seen.at_rest);
        let resting = resting.map(|(thread, blocked)| (os::threads::used(&thread), thread, blocked)).collect();
        Resting { program, children, resting }
    }

    fn outlook(self) -> Outlook {
        if !self.outside.is_empty() {
            Outlook::Open(self.outside)
        } else if self.under_way {
            Outlook::UnderWay
        } else if self.on_its_way {
            Outlook::OnItsWay
        } else {
            Outlook::Closed
        }
    }
}

/// Who rested at the first look. One of them may have been woken by another that did not rest yet, or have been started by it;
/// who still rests at the second look, and has used no processor in between, was at rest all that time.
struct Resting {
    program: Vec<PathBuf>,
    children: Vec<u32>,
    /// Each with the processor time it had used by then, and how it rested.
    resting: Vec<(Duration, PathBuf, Blocked)>,
}

impl Resting {
    /// The second look.
    fn still_rest(&self, threads: &mut Threads) -> bool {
        threads.list().program == self.program
            && (self.children.is_empty() || children::of(&self.program) == self.children)
            && self.resting.iter().all(|(used, thread, blocked)| {
                blocked::what_blocks(thread) == *blocked && os::threads::used(thread) == *used
            })
    }
}

/// Who may knock: a signal for which the program has a handler, and a client where it waits for some.
pub(super) fn visitors() -> BTreeSet<Outside> {
    let mut visitors = BTreeSet::new();
    let inherited = INHERITED.lock().unwrap_or_else(PoisonError::into_inner);
    if sockets::look(&descriptors::all(), &inherited).doors {
        visitors.insert(Outside::Client);
    }
    if handles_signals() {
        visitors.insert(Outside::Signal);
    }
    visitors
}

/// True if the program handles a signal that somebody might send it.
fn handles_signals() -> bool {
    // Rust's own handler for an overflowing stack, and ours for glances at a thread and for Ctrl-C; a child that ends is a child.
    let mut others = vec![libc::SIGSEGV, libc::SIGBUS, libc::SIGURG, libc::SIGCHLD];
    others.extend(interrupt::is_ours().then_some(libc::SIGINT));
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
    let caught = caught.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    let of_no_concern = others.iter().fold(0, |mask, signal| mask | 1_u64 << (signal - 1));
    // The C library keeps the signals 32 to 34 to itself.
    let of_the_library = 0b111 << 31;
    caught & !(of_no_concern | of_the_library) != 0
}
