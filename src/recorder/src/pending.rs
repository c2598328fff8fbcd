//! What the program waits for right now, as far as tokio's operations tell: whether a timer is running, who waits for which
//! lock, and who holds it.
//!
//! That tells at little cost whether some tasks may wait for each other. What else they wait for it does not tell: only
//! a recording of everything so far does.

use std::collections::{BTreeMap, btree_map::Entry};

use rustc_hash::FxHashMap;

use super::log::{Owner, Resource};

/// After a suspicion that came to nothing the log grows by this part of its length before the next one: so all of them
/// together cost no more than a few times what the last one does.
const GROWS_BY: usize = 16;

/// For so many operations that wait the log grows by one entry before anybody looks again whether they wait for each other.
const WAIT_FOR_ONE: usize = 8;

/// The operations that wait. Of what they wait for every `Mutex` and `RwLock` is a part; permits of a `Semaphore` are none, as
/// anybody may add some.
#[derive(Default)]
pub(super) struct Pending {
    /// How many timers are among them.
    timers: usize,
    /// Those for a lock, by the spans of their polls.
    waiting: FxHashMap<u64, Waiting>,
    /// The same by the operations on the semaphores inside the locks, which are handed the permits.
    inner: FxHashMap<u64, u64>,
    /// The tasks that hold guards of a lock.
    holders: FxHashMap<u32, Holders>,
    /// Whether a task's last operation on a lock asked for a guard that borrows nothing, by task and lock.
    asked_for_owned: FxHashMap<(Option<u32>, u32), bool>,
    /// What was found since the last change; nothing if nobody looked yet.
    suspected: Option<bool>,
    /// The time of that.
    since: u64,
    /// How long the log has to be for the next look.
    look_from: usize,
    /// How long it has to be for the next suspicion.
    suspect_from: usize,
}

/// How many guards each task holds; what is held outside every task has none.
type Holders = BTreeMap<Option<u32>, usize>;

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
        self.timers += usize::from(is_timer(owner));
        if let Some(lock) = owner.lock() {
            self.inner.extend(inner.map(|inner| (inner, op)));
            self.waiting.insert(op, Waiting { task, lock, inner, granted: false });
            self.suspected = None;
        }
    }

    /// An operation is ready, or was dropped.
    pub(super) fn waits_no_more(&mut self, op: u64, owner: Owner) {
        self.timers -= usize::from(is_timer(owner));
        if owner.lock().is_some()
            && let Some(waiting) = self.waiting.remove(&op)
        {
            let _ = waiting.inner.and_then(|inner| self.inner.remove(&inner));
            self.suspected = None;
        }
    }

    /// True if one waits for a timer.
    pub(super) fn timers_wait(&self) -> bool {
        self.timers > 0
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
        *self.holders.entry(lock).or_default().entry(task).or_default() += 1;
        self.suspected = None;
        self.asked_for_owned.remove(&(task, lock)).unwrap_or(true)
    }

    /// A guard was given back: the task's own, or somebody else's that it was handed.
    pub(super) fn released(&mut self, task: Option<u32>, lock: u32) {
        let holders = self.holders.entry(lock).or_default();
        let holder = if holders.contains_key(&task) { Some(task) } else { holders.keys().next_back().copied() };
        if let Some(Entry::Occupied(mut guards)) = holder.map(|holder| holders.entry(holder)) {
            *guards.get_mut() -= 1;
            if *guards.get() == 0 {
                guards.remove();
            }
        }
        self.suspected = None;
    }

    /// True if some tasks may wait for locks of each other while time goes on, and it is worth while to make sure. `length` is
    /// that of the log.
    pub(super) fn suspect(&mut self, length: usize, now: u64) -> bool {
        if self.suspected.is_none() {
            self.since = now;
            if length < self.look_from {
                return false;
            }
            // The more operations wait, the longer a look takes, and the more has to happen until the next one.
            self.look_from = length + self.waiting.len() / WAIT_FOR_ONE;
            self.suspected = Some(may_be_a_circle(&self.waiting, &self.holders));
        }
        self.suspected == Some(true) && now > self.since && length >= self.suspect_from
    }

    /// Notes that a suspicion came to nothing.
    pub(super) fn come_to_nothing(&mut self, length: usize) {
        self.suspect_from = length + length / GROWS_BY;
    }
}

fn is_timer(owner: Owner) -> bool {
    matches!(owner.kind, Resource::Sleep | Resource::Interval)
}

/// True if there are tasks of which each waits for a lock that one of them has.
fn may_be_a_circle(waiting: &FxHashMap<u64, Waiting>, holders: &FxHashMap<u32, Holders>) -> bool {
    let mut tasks: FxHashMap<u32, InLine> = FxHashMap::default();
    let mut locks: FxHashMap<u32, Taken> = FxHashMap::default();
    for Waiting { task, lock, granted, .. } in waiting.values() {
        let (task_has, lock_of) = (tasks.entry(*task).or_default(), locks.entry(*lock).or_default());
        match granted {
            true => task_has.has.push(*lock),
            false => lock_of.wanted_by.push(*task),
        }
        lock_of.had_by += usize::from(*granted);
    }
    for (lock, taken) in &mut locks {
        for task in holders.get(lock).into_iter().flatten().filter_map(|(task, _)| *task) {
            if let Some(in_line) = tasks.get_mut(&task) {
                in_line.has.push(*lock);
                taken.had_by += 1;
            }
        }
    }
    for task in locks.values().filter(|lock| lock.had_by > 0).flat_map(|lock| &lock.wanted_by) {
        tasks.entry(*task).or_default().kept_by += 1;
    }
    // Whoever is kept by none of them goes on, and lets go of what it has.
    let mut goes_on: Vec<u32> =
        tasks.iter().filter(|(_, in_line)| in_line.kept_by == 0).map(|(task, _)| *task).collect();
    while let Some(InLine { has, .. }) = goes_on.pop().and_then(|task| tasks.remove(&task)) {
        for lock in has {
            let Some(lock) = locks.get_mut(&lock) else { continue };
            lock.had_by -= 1;
            for task in lock.wanted_by.iter().filter(|_| lock.had_by == 0) {
                let Some(in_line) = tasks.get_mut(task) else { continue };
                in_line.kept_by -= 1;
                if in_line.kept_by == 0 {
                    goes_on.push(*task);
                }
            }
        }
    }
    !tasks.is_empty()
}

/// A task that waits for a lock.
#[derive(Default)]
struct InLine {
    /// The locks that it has, or that were given to an operation of its.
    has: Vec<u32>,
    /// How many of its operations wait for a lock that one of the tasks has.
    kept_by: usize,
}

/// A lock that is waited for.
#[derive(Default)]
struct Taken {
    /// How often one of the tasks has it.
    had_by: usize,
    /// The tasks of the operations that wait for it.
    wanted_by: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    const MUTEX: Resource = Resource::Mutex;

    fn owner(lock: u32) -> Owner {
        Owner { kind: MUTEX, timer: None, number: Some(lock) }
    }

    /// Each task waits for the lock after its own, in a row whose last one waits for none, or for the first.
    fn row(tasks: u32, is_circle: bool) -> Pending {
        let mut pending = Pending::default();
        (0..tasks).for_each(|task| {
            pending.acquired(Some(task), task);
        });
        let next = |task| if task + 1 < tasks { Some(task + 1) } else { is_circle.then_some(0) };
        (0..tasks).filter_map(|task| Some((task, next(task)?))).for_each(|(task, lock)| {
            pending.waits(u64::from(task), task, owner(lock), None);
        });
        pending
    }

    #[test]
    fn a_circle_of_any_length_is_suspected_and_a_row_is_not() {
        for tasks in [1, 2, 3, 1000] {
            let mut circle = row(tasks, true);
            assert!(!circle.suspect(10_000, 1), "time has not gone on");
            assert!(circle.suspect(10_000, 2));
            let mut row = row(tasks, false);
            row.suspect(10_000, 1);
            assert!(!row.suspect(10_000, 2));
        }
    }

    #[test]
    fn who_waits_for_a_circle_is_no_part_of_it_and_who_leaves_one_ends_it() {
        let mut pending = row(3, true);
        pending.waits(7, 9, owner(0), None);
        assert!(may_be_a_circle(&pending.waiting, &pending.holders));
        // The operation of task 2 was dropped, so that it goes on and lets go of its lock in the end.
        pending.waits_no_more(2, owner(0));
        assert!(!may_be_a_circle(&pending.waiting, &pending.holders));
    }

    #[test]
    fn a_lock_that_was_given_to_somebody_is_had_by_him() {
        let mut pending = Pending::default();
        pending.acquired(Some(1), 0);
        pending.waits(1, 1, owner(5), Some(11));
        assert_eq!(pending.granted(11), Some(1));
        // Task 1 has lock 0 and was given lock 5, and another operation of its waits for 0.
        pending.waits(2, 1, owner(0), None);
        assert!(may_be_a_circle(&pending.waiting, &pending.holders));
        pending.released(Some(1), 0);
        assert!(!may_be_a_circle(&pending.waiting, &pending.holders));
    }
}
