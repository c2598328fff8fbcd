//! What the program waits for right now, as far as tokio's operations tell: whether a timer is running, who waits for which
//! lock, and who holds it.
//!
//! That tells at little cost whether some tasks may wait for each other. What else they wait for it does not tell: only
//! a recording of everything so far does.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::log::{Owner, Resource};

/// After a suspicion that came to nothing the log grows by this part of its length before the next one: so all of them
/// together cost no more than a few times what the last one does.
const GROWS_BY: usize = 16;

/// The operations that wait. Of what they wait for every `Mutex` and `RwLock` is a part; permits of a `Semaphore` are none, as
/// anybody may add some.
#[derive(Default)]
pub(super) struct Pending {
    /// The timers among them, by the spans of their polls.
    timers: FxHashSet<u64>,
    /// Those for a lock, likewise.
    waiting: FxHashMap<u64, Waiting>,
    /// The same by the operations on the semaphores inside the locks, which are handed the permits.
    inner: FxHashMap<u64, u64>,
    /// The tasks that hold guards of a lock.
    holders: FxHashMap<u32, Vec<Option<u32>>>,
    /// Whether a task's last operation on a lock asked for a guard that borrows nothing, by task and lock.
    asked_for_owned: FxHashMap<(Option<u32>, u32), bool>,
    /// What was found since the last change; nothing if nobody looked yet.
    suspected: Option<bool>,
    /// The time of that.
    since: u64,
    /// How long the log has to be for the next suspicion.
    suspect_from: usize,
}

struct Waiting {
    task: u32,
    lock: u32,
    /// The span of the operation on the semaphore inside the lock.
    inner: Option<u64>,
    granted: bool,
}

impl Pending {
    /// An operation on a lock has been made: a guard was asked for, which borrows nothing if it is `owned`.
    pub(super) fn asked(&mut self, task: Option<u32>, lock: u32, owned: bool) {
        self.asked_for_owned.insert((task, lock), owned);
    }

    /// An operation waits from now on.
    pub(super) fn waits(&mut self, op: u64, task: u32, owner: Owner, inner: Option<u64>) {
        if matches!(owner.kind, Resource::Sleep | Resource::Interval) {
            self.timers.insert(op);
        }
        if let Some(lock) = owner.lock() {
            self.inner.extend(inner.map(|inner| (inner, op)));
            self.waiting.insert(op, Waiting { task, lock, inner, granted: false });
            self.suspected = None;
        }
    }

    /// An operation is ready, or was dropped.
    pub(super) fn waits_no_more(&mut self, op: u64) {
        self.timers.remove(&op);
        if let Some(waiting) = self.waiting.remove(&op) {
            let _ = waiting.inner.and_then(|inner| self.inner.remove(&inner));
            self.suspected = None;
        }
    }

    /// True if one waits for a timer.
    pub(super) fn timers_wait(&self) -> bool {
        !self.timers.is_empty()
    }

    /// An operation's turn has come, though nobody has polled it yet: from here on it keeps the lock from all others.
    /// Returns the operation.
    pub(super) fn granted(&mut self, inner: u64) -> Option<u64> {
        let op = *self.inner.get(&inner)?;
        self.waiting.get_mut(&op)?.granted = true;
        self.suspected = None;
        Some(op)
    }

    /// A task got a guard. Returns true if the guard may be on its way to another task: if it borrows nothing, or if that is
    /// not known, as of one that was there at once for `try_lock`.
    pub(super) fn acquired(&mut self, task: Option<u32>, lock: u32) -> bool {
        self.holders.entry(lock).or_default().push(task);
        self.suspected = None;
        self.asked_for_owned.remove(&(task, lock)).unwrap_or(true)
    }

    /// A guard was given back: the task's own, or somebody else's that it was handed.
    pub(super) fn released(&mut self, task: Option<u32>, lock: u32) {
        let holders = self.holders.entry(lock).or_default();
        let own = holders.iter().position(|holder| *holder == task);
        if let Some(gone) = own.or(holders.len().checked_sub(1)) {
            holders.remove(gone);
        }
        self.suspected = None;
    }

    /// True if some tasks may wait for locks of each other while time goes on, and it is worth while to make sure. `length` is
    /// that of the log.
    pub(super) fn suspect(&mut self, length: usize, now: u64) -> bool {
        if self.suspected.is_none() {
            self.since = now;
        }
        let suspected = *self.suspected.get_or_insert_with(|| may_be_a_circle(&self.waiting, &self.holders));
        suspected && now > self.since && length >= self.suspect_from
    }

    /// Notes that a suspicion came to nothing.
    pub(super) fn come_to_nothing(&mut self, length: usize) {
        self.suspect_from = length + length / GROWS_BY;
    }
}

/// True if there are tasks of which each waits for a lock that one of them has.
fn may_be_a_circle(waiting: &FxHashMap<u64, Waiting>, holders: &FxHashMap<u32, Vec<Option<u32>>>) -> bool {
    let mut left: BTreeSet<u32> = waiting.values().map(|waiting| waiting.task).collect();
    loop {
        let has = |lock: u32| {
            let holds = holders.get(&lock).into_iter().flatten().flatten();
            let granted = waiting.values().filter(|other| other.granted && other.lock == lock).map(|other| &other.task);
            holds.chain(granted).any(|task| left.contains(task))
        };
        let waits = waiting.values().filter(|waiting| !waiting.granted && has(waiting.lock));
        let next: BTreeSet<u32> = waits.map(|waiting| waiting.task).filter(|task| left.contains(task)).collect();
        if next.len() == left.len() {
            return !left.is_empty();
        }
        left = next;
    }
}
