//! Threads: those that block in `workbook::thread::sleep`, and those that keep the clock from moving.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    sync::{
        Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use tokio::runtime::Handle;

use super::{NOW, SESSION, VIRTUAL, adopt, known, state};
use crate::recorder::os;

/// Threads started with `workbook::thread::spawn` that have not ended.
static THREADS: AtomicUsize = AtomicUsize::new(0);
/// Those of them that an earlier session left behind.
static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);
/// Sleeping threads by the virtual time they wake.
static SLEEPERS: Mutex<BTreeMap<u64, usize>> = Mutex::new(BTreeMap::new());
static CLOCK_MOVED: Condvar = Condvar::new();

/// With no runtime to move the clock, a sleeping thread moves it itself after this much real time, in which others may
/// come to sleep for less; not while another is ready to run, and only waits for a processor.
const ALONE: Duration = Duration::from_millis(5);
/// Who is ready for so much processor time is not about to wait, but spins.
const SPINS: Duration = Duration::from_millis(100);

/// Polls of async tasks that are going on.
static POLLS: AtomicUsize = AtomicUsize::new(0);
/// A closure of the blocking pool waits at most this long (in real time) for the poll that spawned it to end.
const POLL_ENDS_WITHIN: Duration = Duration::from_millis(50);

/// To be called when a poll begins and when it ends.
pub(super) fn poll_begins(on_blocking_pool: bool) {
    POLLS.fetch_add(usize::from(!on_blocking_pool), Ordering::SeqCst);
    if on_blocking_pool {
        let runtime = Handle::try_current().ok().map(|handle| handle.id());
        known::note(|known| (known.of_pool, known.in_closure_of) = (true, runtime));
    }
}

/// See [`poll_begins`].
pub(super) fn poll_ends(on_blocking_pool: bool) {
    if on_blocking_pool {
        known::note(|known| known.in_closure_of = None);
    } else {
        let _ = POLLS.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |polls| polls.checked_sub(1));
    }
}

/// Holds a closure of the blocking pool back until the current poll has ended.
///
/// Otherwise it would be up to the operating system whether whoever spawned it finds it done at once or has to wait.
pub(super) fn let_poll_end() {
    let began = Instant::now();
    while VIRTUAL.load(Ordering::Relaxed) && POLLS.load(Ordering::SeqCst) > 0 && began.elapsed() < POLL_ENDS_WITHIN {
        thread::yield_now();
    }
}

fn sleepers() -> MutexGuard<'static, BTreeMap<u64, usize>> {
    SLEEPERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Counts a thread as at work for as long as it lives.
pub(crate) struct Thread(());

impl Thread {
    /// To be called by the thread that starts it: from then on the clock stands still for it.
    pub(crate) fn starts() -> Self {
        THREADS.fetch_add(1, Ordering::SeqCst);
        Self(())
    }
}

impl Thread {
    /// To be called on the thread itself.
    pub(crate) fn runs(&self) {
        COUNTED.set(true);
        known::note(|known| known.works = true);
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        THREADS.fetch_sub(1, Ordering::SeqCst);
    }
}

thread_local! {
    /// True on a thread that is counted as at work.
    static COUNTED: Cell<bool> = const { Cell::new(false) };
}

/// Threads counted as at work that run a runtime whose clock was taken over: its driver knows when they wait.
static DRIVING: AtomicUsize = AtomicUsize::new(0);

/// Notes that this thread drives a runtime, and counts it as resting if it is counted as at work at all.
pub(super) struct Driving {
    counted: bool,
    /// The driver may be dropped on another one.
    thread: u32,
    /// One that is dropped in a later session was forgotten when that began.
    session: u64,
}

impl Driving {
    pub(super) fn starts() -> Self {
        let counted = COUNTED.get();
        DRIVING.fetch_add(usize::from(counted), Ordering::SeqCst);
        known::note(|known| known.drives += 1);
        Self { counted, thread: os::threads::current(), session: SESSION.load(Ordering::SeqCst) }
    }
}

impl Drop for Driving {
    fn drop(&mut self) {
        DRIVING.fetch_sub(usize::from(self.counted), Ordering::SeqCst);
        if self.session == SESSION.load(Ordering::SeqCst)
            && let Some(known) = known::all().get_mut(&self.thread)
        {
            known.drives = known.drives.saturating_sub(1);
        }
    }
}

/// True on a thread started with `workbook::thread::spawn`.
pub(super) fn is_counted() -> bool {
    COUNTED.get()
}

/// The `block_on`s, by their tasks, that wait on threads which are counted as at work: in a closure of the blocking pool,
/// say, that enters the runtime it runs on. Other threads must see to it that they go on.
static WAITING: Mutex<BTreeSet<u32>> = Mutex::new(BTreeSet::new());

/// Notes that a `block_on` waits on this thread, or goes on.
pub(super) fn block_on_waits(task: u32, waits: bool) {
    if !adopt::is_home() {
        let mut waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        let _changed = if waits { waiting.insert(task) } else { waiting.remove(&task) };
    }
}

/// How many threads that are counted as at work sleep, drive a runtime or wait in a `block_on`.
pub(crate) fn threads_at_rest() -> usize {
    let waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner).len();
    asleep() + DRIVING.load(Ordering::SeqCst) + waiting
}

/// Begins a session: threads that an earlier one left behind do not count.
pub(super) fn start() {
    POLLS.store(0, Ordering::SeqCst);
    WAITING.lock().unwrap_or_else(PoisonError::into_inner).clear();
    LEFT_BEHIND.store(THREADS.load(Ordering::SeqCst), Ordering::SeqCst);
}

/// Threads started with `workbook::thread::spawn` in this session that have not ended.
pub(crate) fn threads_at_work() -> usize {
    THREADS.load(Ordering::SeqCst).saturating_sub(LEFT_BEHIND.load(Ordering::SeqCst))
}

/// How many threads sleep. One whose time has come is at work again, even if it has not noticed yet.
fn asleep() -> usize {
    sleepers().range(NOW.load(Ordering::SeqCst) + 1..).map(|(_, count)| count).sum()
}

/// When the next sleeping thread wakes.
pub(super) fn next_wake() -> Option<u64> {
    sleepers().range(NOW.load(Ordering::SeqCst) + 1..).next().map(|(wake, _)| *wake)
}

/// Moves virtual time to `to` and wakes who has slept long enough.
pub(super) fn move_to(to: u64) {
    let sleepers = sleepers();
    NOW.fetch_max(to, Ordering::SeqCst);
    drop(sleepers);
    CLOCK_MOVED.notify_all();
}

pub(super) fn wake_all() {
    let _sleepers = sleepers();
    CLOCK_MOVED.notify_all();
}

/// Blocks this thread for a while: on the virtual clock in no real time, with the same effect on everybody else.
pub(crate) fn block_thread(duration: Duration) {
    if !VIRTUAL.load(Ordering::Relaxed) {
        return thread::sleep(duration);
    }
    let nanos = duration.as_nanos() as u64;
    if adopt::is_home() {
        move_to(NOW.load(Ordering::SeqCst).saturating_add(nanos));
        let runtime = Handle::try_current().ok().filter(|handle| state().runtime(handle.id()).is_some());
        if runtime.is_some() {
            adopt::advance_runtime(duration);
        }
    } else {
        sleep_among_others(nanos);
    }
}

fn sleep_among_others(nanos: u64) {
    let mut sleeping = sleepers();
    let wake = NOW.load(Ordering::SeqCst).saturating_add(nanos);
    *sleeping.entry(wake).or_default() += 1;
    known::note(|known| known.wakes_at = Some(wake));
    let used = Duration::from_nanos(os::glance::process_cpu_nanos());
    let is_kept_ready = || {
        let spent = Duration::from_nanos(os::glance::process_cpu_nanos()).saturating_sub(used);
        spent < SPINS && os::threads::another_is_ready()
    };
    while NOW.load(Ordering::SeqCst) < wake && VIRTUAL.load(Ordering::SeqCst) {
        let before = NOW.load(Ordering::SeqCst);
        let (again, waited) = CLOCK_MOVED.wait_timeout(sleeping, ALONE).unwrap_or_else(PoisonError::into_inner);
        sleeping = again;
        let alone = waited.timed_out() && NOW.load(Ordering::SeqCst) == before && state().runtimes.is_empty();
        if alone && sleeping.keys().next() == Some(&wake) && !is_kept_ready() {
            NOW.fetch_max(wake, Ordering::SeqCst);
            CLOCK_MOVED.notify_all();
        }
    }
    known::note(|known| known.wakes_at = None);
    if let Some(count) = sleeping.get_mut(&wake) {
        *count -= 1;
        if *count == 0 {
            sleeping.remove(&wake);
        }
    }
}
