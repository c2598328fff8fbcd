//! What the runtime knows by itself of the threads it uses, by the operating system's number for them.

use std::{
    collections::HashMap,
    sync::{LazyLock, Mutex, MutexGuard, PoisonError},
};

use tokio::runtime::Id;

use crate::recorder::os;

/// What is known of a thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// How many runtimes it runs whose clock was taken over: their drivers know when it rests.
    pub(crate) drives: usize,
    /// It is the session's first thread, or one of `workbook::thread`: time stands still while it computes.
    pub(crate) works: bool,
    /// It belongs to a blocking pool: without a closure to run it waits for one.
    pub(crate) of_pool: bool,
    /// The runtime whose closure it runs.
    pub(crate) in_closure_of: Option<Id>,
    /// The runtime whose clock it keeps from being moved by tokio, which is all it does.
    pub(crate) inhibits: Option<Id>,
    /// When it wakes, in virtual time, if it sleeps on the virtual clock.
    pub(crate) wakes_at: Option<u64>,
    /// The runtime whose driver found nothing to do, and what the recorder had seen by then. It rests for as long as the
    /// recorder sees no more.
    pub(crate) rests: Option<(Id, u64)>,
    /// It is the watchdog, which holds locks now and then that others wait for.
    pub(crate) watches: bool,
}

static KNOWN: LazyLock<Mutex<HashMap<u32, Known>>> = LazyLock::new(Mutex::default);

/// This thread's entry, which goes with it: its number may be given to another one then.
struct Entry(u32);

thread_local! {
    static ENTRY: Entry = Entry(os::threads::current());
}

impl Drop for Entry {
    fn drop(&mut self) {
        all().remove(&self.0);
    }
}

/// Everything that is known.
pub(crate) fn all() -> MutexGuard<'static, HashMap<u32, Known>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Notes something of the calling thread.
pub(crate) fn note(change: impl FnOnce(&mut Known)) {
    // A thread that is about to end, and has no entry any more, is nothing to know of.
    let _ = ENTRY.try_with(|entry| change(all().entry(entry.0).or_default()));
}

/// The runtimes that rest on other threads, given what the recorder has seen; and whether there are threads that run one
/// which does not.
pub(super) fn others(seen: u64) -> (Vec<Id>, bool) {
    let me = ENTRY.try_with(|entry| entry.0).unwrap_or_default();
    let known = all();
    let others = || known.iter().filter(|(thread, known)| **thread != me && known.drives > 0).map(|(_, known)| known);
    let rests = |known: &Known| known.rests.filter(|(_, at)| *at == seen).map(|(runtime, _)| runtime);
    (others().filter_map(rests).collect(), others().any(|known| rests(known).is_none()))
}

/// Begins a session on the calling thread. A blocking pool may be kept from the one before; all else is over.
pub(super) fn session_begins() {
    all().retain(|_, known| {
        *known = Known { of_pool: known.of_pool, ..Known::default() };
        known.of_pool
    });
    note(|known| known.works = true);
}
