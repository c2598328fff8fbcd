//! Taking over a runtime's clock.

use std::{
    cell::Cell,
    collections::BTreeMap,
    future::Future,
    pin::pin,
    sync::{atomic::Ordering, mpsc},
    task::{Context, Waker},
    time::Duration,
};

use tokio::{
    runtime::{Handle, RuntimeFlavor},
    time::{Instant, sleep},
};

use super::{Adopted, NOW, SESSION, TICK_NANOS, VIRTUAL, drive, go_real, known, state};
use crate::recorder;

thread_local! {
    /// True for the thread a session began on, and for one that runs a runtime whose clock was taken over: when these
    /// block, nothing else can go on, and time moves at once.
    /// It holds the number of that session.
    static HOME: Cell<u64> = const { Cell::new(0) };
}

pub(super) fn this_thread_is_home() {
    HOME.set(SESSION.load(Ordering::SeqCst));
}

/// True if time moves at once when this thread blocks.
pub(super) fn is_home() -> bool {
    HOME.get() == SESSION.load(Ordering::SeqCst)
}

/// Takes over the clock of the runtime that this thread has just entered, unless that is done or cannot be.
///
/// `ours` says that the runtime is the workbook's own, so that a stuck program can be ended without ending the process.
pub(super) fn adopt_current_runtime(ours: bool) {
    if !VIRTUAL.load(Ordering::Relaxed) {
        return;
    }
    let Ok(handle) = Handle::try_current() else { return };
    if state().runtime(handle.id()).is_some() {
        return;
    }
    if handle.runtime_flavor() != RuntimeFlavor::CurrentThread {
        return go_real();
    }
    this_thread_is_home();
    // Pausing panics if the program has paused its clock by itself, and timers panic in a runtime without a time driver;
    // neither is a fault here.
    let _ = recorder::ignoring_panics(tokio::time::pause);
    let _ = recorder::ignoring_panics(align_to_tick);
    // While a blocking call is running, tokio does not move a paused clock by itself. This one ends with the runtime.
    let (inhibitor, released) = mpsc::channel::<()>();
    let zero = NOW.load(Ordering::Relaxed);
    let adopted = Adopted { zero, due: BTreeMap::new(), _inhibitor: inhibitor };
    state().runtimes.push((handle.id(), adopted));
    recorder::unseen(|| {
        let runtime = handle.id();
        handle.spawn_blocking(move || {
            known::note(|known| (known.of_pool, known.inhibits) = (true, Some(runtime)));
            let _ = released.recv();
            known::note(|known| known.inhibits = None);
        });
        drive::start(&handle, zero, ours);
    });
}

/// Moves the runtime's clock to a whole tick.
///
/// Timers fire on whole ticks since the runtime was built, which was some fraction of a tick before it was paused. With
/// that fraction gone, durations of whole milliseconds are exact. It cannot be asked for, but it shows in how many ticks
/// ahead a timer is found to be: a timer due in `wait` nanoseconds is `(fraction + wait + 999_999) / 1_000_000` ahead.
fn align_to_tick() {
    let now = Instant::now();
    let ticks_ahead = |wait: u64| {
        let mut timer = pin!(sleep(Duration::ZERO));
        timer.as_mut().reset(now + Duration::from_nanos(wait));
        recorder::last_timer_ticks().unwrap_or(0)
    };
    if ticks_ahead(0) == 0 {
        return;
    }
    // The least wait that is two ticks ahead is 1_000_001 less the fraction.
    let (mut one, mut two) = (0, TICK_NANOS + 1);
    while two - one > 1 {
        let middle = (one + two) / 2;
        if ticks_ahead(middle) < 2 { one = middle } else { two = middle }
    }
    advance_runtime(Duration::from_nanos(two - 1));
}

/// Moves the clock of the current runtime, at once.
pub(super) fn advance_runtime(by: Duration) {
    // The first poll moves the clock; what follows is only a turn for others, which comes anyway.
    let mut advance = pin!(tokio::time::advance(by));
    let _ = advance.as_mut().poll(&mut Context::from_waker(Waker::noop()));
}
