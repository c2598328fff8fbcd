//! Time at its real pace, on the virtual clock: while somebody outside may act, nobody can tell when.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use futures::channel::oneshot;

use super::{NOW, TICK_NANOS, sleepers};
use crate::{
    recorder,
    recording::{Moment, Outside, RealTime},
    runtime::outside,
};

/// The stretches of this session that are over, and last those that are not.
static STRETCHES: Mutex<Vec<RealTime>> = Mutex::new(Vec::new());
/// How often a driver has waited in real time.
static WAITED: AtomicU64 = AtomicU64::new(0);

/// How many drivers let time pass at its real pace, and up to where the clock has followed: it is the same for all of them.
static FOLLOWED: Mutex<(usize, Option<Instant>)> = Mutex::new((0, None));

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(super) fn session_begins() {
    locked(&STRETCHES).clear();
}

/// All stretches of this session in which time passed at its real pace.
pub(crate) fn stretches() -> Vec<RealTime> {
    locked(&STRETCHES).clone()
}

/// A number that grows while a driver waits in real time: for somebody outside, or for the system, which has bytes of the
/// program's own in hand. Such a program is not silent.
pub(crate) fn waited() -> u64 {
    WAITED.load(Ordering::Relaxed)
}

/// To be called while a driver waits in real time, and then again and again.
pub(super) fn waits() {
    WAITED.fetch_add(1, Ordering::Relaxed);
}

/// A stretch that has begun.
pub(super) struct Stretch {
    from: Moment,
    waited_for: BTreeSet<Outside>,
    /// Its place in the list; none as long as no time has passed.
    listed: Option<usize>,
    alarm: Alarm,
}

impl Stretch {
    pub(super) fn begins(waited_for: BTreeSet<Outside>) -> Self {
        let from = recorder::now().unwrap_or_default();
        let mut followed = locked(&FOLLOWED);
        followed.0 += 1;
        followed.1.get_or_insert_with(Instant::now);
        Self { from, waited_for, listed: None, alarm: Alarm::starts() }
    }

    /// Notes that these are waited for as well.
    pub(super) fn waits_for(&mut self, others: BTreeSet<Outside>) {
        self.waited_for.extend(others);
    }

    /// Lets so much time pass as has really passed, in whole ticks, but not beyond `due`.
    pub(super) fn follow(&mut self, due: Option<u64>) {
        waits();
        let mut followed = locked(&FOLLOWED);
        let Some(up_to) = &mut followed.1 else { return };
        let now = NOW.load(Ordering::SeqCst);
        let ticks = up_to.elapsed().as_nanos() as u64 / TICK_NANOS;
        let passed = due.map_or(u64::MAX, |due| due.saturating_sub(now)).min(ticks * TICK_NANOS);
        if passed == 0 {
            return;
        }
        *up_to += Duration::from_nanos(passed);
        sleepers::move_to(now + passed);
        drop(followed);
        self.write_down();
    }

    fn write_down(&mut self) {
        let Some(until) = recorder::now() else { return };
        let waited_for = self.waited_for.iter().copied().collect();
        let stretch = RealTime { from: self.from, until, waited_for };
        let mut all = locked(&STRETCHES);
        let place = *self.listed.get_or_insert(all.len());
        match all.get_mut(place) {
            Some(listed) => *listed = stretch,
            None => all.push(stretch),
        }
    }

    /// Lets the runtime rest for one tick, or until something wakes it; what happens meanwhile is not held up.
    pub(super) async fn rest(&self) {
        self.alarm.after_a_tick().await;
    }
}

impl Drop for Stretch {
    fn drop(&mut self) {
        let mut followed = locked(&FOLLOWED);
        followed.0 -= 1;
        if followed.0 == 0 {
            followed.1 = None;
        }
    }
}

/// A thread that wakes the driver after a tick of real time. The runtime's own timers stand still.
struct Alarm {
    requests: Option<mpsc::Sender<oneshot::Sender<()>>>,
    thread: Option<JoinHandle<()>>,
}

impl Alarm {
    fn starts() -> Self {
        let (requests, next) = mpsc::channel::<oneshot::Sender<()>>();
        let ring = move || {
            for request in next {
                thread::sleep(Duration::from_nanos(TICK_NANOS));
                let _ = request.send(());
            }
        };
        let thread = outside::ours(|| thread::Builder::new().name("alarm".into()).spawn(ring));
        Self { requests: Some(requests), thread: thread.ok() }
    }

    async fn after_a_tick(&self) {
        let (request, rings) = oneshot::channel();
        if self.requests.as_ref().is_some_and(|requests| requests.send(request).is_ok()) {
            let _ = rings.await;
        } else {
            // The system refused a thread.
            tokio::task::yield_now().await;
        }
    }
}

impl Drop for Alarm {
    fn drop(&mut self) {
        self.requests = None;
        // A thread that is still about to end would pass for one of the program's.
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
