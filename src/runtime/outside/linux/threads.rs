//! The program's threads, and which of them can go on by themselves.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use super::{
    blocked::{Blocked, what_blocks},
    descriptors::inode_of,
    mark,
    pipes::Ends,
};
use crate::{
    recorder::{self, os},
    recording::Outside,
    runtime::clock::{self, Known},
};

/// Threads that an earlier session of this process left behind, and that were at something when this one began.
static LEFT_BEHIND: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Notes which threads have nothing to do with the session that begins.
pub(super) fn session_begins() {
    let at_something = |thread: &PathBuf| {
        let rests = matches!(what_blocks(thread), Blocked::ForThread | Blocked::ForChild | Blocked::ForSocket);
        mark::is_on(thread) == Some(true) && !rests
    };
    let left = os::threads::all().filter(at_something).collect();
    *LEFT_BEHIND.lock().unwrap_or_else(PoisonError::into_inner) = left;
}

/// What was seen of the threads.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// One computes for the program.
    pub(super) under_way: bool,
    pub(super) outside: BTreeSet<Outside>,
    /// Those that wait for somebody inside, or for a closure to run.
    pub(super) at_rest: Vec<(PathBuf, Blocked)>,
    /// True if there are any at all whose state matters.
    pub(super) any: bool,
}

/// The program's threads, as one driver knows them.
#[derive(Default)]
pub(super) struct Threads {
    /// Which threads are the program's own. They keep being that.
    marked: HashMap<PathBuf, bool>,
}

/// The program's threads as they are listed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) program: Vec<PathBuf>,
    /// True if there is one of which it does not show yet whose it is.
    pub(super) one_begins_or_ends: bool,
}

impl Threads {
    /// Lists them.
    pub(super) fn list(&mut self) -> Listed {
        let all: BTreeSet<PathBuf> = os::threads::all().collect();
        self.marked.retain(|thread, _| all.contains(thread));
        let mut listed = Listed::default();
        for thread in all {
            match self.marked.get(&thread).copied().or_else(|| mark::is_on(&thread)) {
                Some(marked) => {
                    self.marked.insert(thread.clone(), marked);
                    listed.program.extend(marked.then_some(thread));
                }
                // One that rests like that does so for good: the program itself had it block all signals.
                None if what_blocks(&thread) != Blocked::Not => listed.program.push(thread),
                None => listed.one_begins_or_ends = true,
            }
        }
        listed
    }

    /// Looks at each of them that is not known to rest.
    pub(super) fn look(&self, program: &[PathBuf], ends: &Ends) -> Seen {
        let known = clock::known_threads().clone();
        let left = LEFT_BEHIND.lock().unwrap_or_else(PoisonError::into_inner);
        let mut seen = Seen::default();
        for thread in program.iter().filter(|thread| !left.contains(*thread)) {
            let known = os::threads::number(thread).and_then(|number| known.get(&number)).copied().unwrap_or_default();
            look_at(thread, known, ends, &mut seen);
        }
        // They bear no mark, as they are the clock's own.
        for number in known.iter().filter(|(_, known)| known.of_pool).map(|(number, _)| number) {
            look_at_pool(&os::threads::by_number(*number), &mut seen);
        }
        let watches = |(number, known): (&u32, &Known)| known.watches.then(|| os::threads::by_number(*number));
        let watchdog = known.iter().find_map(watches);
        // Who seems to wait for good may wait for a lock that the watchdog holds just now.
        let may_be_held_up =
            !seen.at_rest.is_empty() && watchdog.is_some_and(|thread| what_blocks(&thread) == Blocked::Not);
        seen.under_way |= may_be_held_up;
        seen
    }
}

fn look_at(thread: &Path, known: Known, ends: &Ends, seen: &mut Seen) {
    let is_one_of_a_pool = || os::threads::name(thread).is_some_and(|name| name.starts_with("tokio-"));
    let computes_for_the_program = known.works || known.in_closure_of.is_some();
    // Whoever drives a runtime is at rest if its own driver says so. Who looks is a driver itself.
    let is_me = || os::threads::number(thread) == Some(os::threads::current());
    let rests = known.drives > 0 && (known.rests.is_some_and(|(_, seen)| seen == recorder::progress()) || is_me());
    let computes_for_the_program = computes_for_the_program || known.drives > 0;
    if rests {
        // It will be a thread like any other once its runtime is gone.
        seen.any |= !is_me();
        return;
    }
    if !computes_for_the_program && (known.of_pool || is_one_of_a_pool()) {
        return look_at_pool(thread, seen);
    }
    seen.any = true;
    if let Some(wakes_at) = known.wakes_at {
        seen.under_way |= wakes_at <= clock::now_nanos();
        return;
    }
    let blocked = what_blocks(thread);
    match blocked {
        Blocked::Gone => {}
        Blocked::Not if computes_for_the_program => seen.under_way = true,
        Blocked::Not | Blocked::ForAWhile => {
            seen.outside.insert(Outside::Thread);
        }
        // The disk answers.
        Blocked::Reading(number) | Blocked::Writing(number) if is_file(number) => seen.under_way = true,
        Blocked::Reading(number) if !is_inside(number, &ends.writing, ends) => {
            seen.outside.insert(Outside::Input);
        }
        Blocked::Writing(number) if !is_inside(number, &ends.reading, ends) => {
            seen.outside.insert(Outside::Peer);
        }
        _ => seen.at_rest.push((thread.to_path_buf(), blocked)),
    }
}

/// One of a pool that is awake takes a closure, or ends, and whoever shuts the pool down waits for that.
fn look_at_pool(thread: &Path, seen: &mut Seen) {
    match what_blocks(thread) {
        Blocked::Gone => {}
        Blocked::Not => seen.under_way = true,
        blocked => seen.at_rest.push((thread.to_path_buf(), blocked)),
    }
}

/// True if the descriptor is one of an ordinary file.
fn is_file(number: u64) -> bool {
    fs::metadata(format!("/proc/self/fd/{number}")).is_ok_and(|file| file.is_file())
}

/// True if the descriptor's other end is judged by itself: it is a socket, or a pipe with that end among `others`.
fn is_inside(number: u64, others: &HashSet<u64>, ends: &Ends) -> bool {
    let inode = inode_of("self", number);
    inode.is_some_and(|inode| others.contains(&inode) || ends.sockets.contains(&inode))
}
