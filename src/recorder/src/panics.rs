//! Panics of a program are recorded with their place. A check says them once, in its own words; a program that is run
//! by itself prints them as it would without a recorder.

use std::{
    cell::Cell,
    panic::{self, AssertUnwindSafe, PanicHookInfo},
    sync::atomic::{AtomicBool, Ordering},
};

use super::{Log, What, assemble, current_task, event::PanicSeen, is_on, text_of, with_log};
use crate::timekeeper::time;

/// True while the process does nothing but what is recorded.
static ALONE: AtomicBool = AtomicBool::new(false);
/// True while nobody else tells the program's panics.
static PRINTED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static IGNORED: Cell<bool> = const { Cell::new(false) };
}

pub(super) fn ignoring<T>(attempt: impl FnOnce() -> T) -> Option<T> {
    let before = IGNORED.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(attempt));
    IGNORED.set(before);
    result.ok()
}

pub(super) fn install() {
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if IGNORED.get() {
            return;
        }
        let is_recorded = is_on() && is_of_the_program();
        if is_recorded {
            with_log(|log| record(log, info));
        }
        if !is_recorded || PRINTED.load(Ordering::Relaxed) {
            before(info);
        }
    }));
}

pub(super) fn process_is(alone: bool) {
    ALONE.store(alone, Ordering::Relaxed);
    PRINTED.store(false, Ordering::Relaxed);
}

pub(super) fn are_printed() {
    ALONE.store(true, Ordering::Relaxed);
    PRINTED.store(true, Ordering::Relaxed);
}

/// A test harness may run other tests meanwhile; their threads have no part in the session. Where
/// there are none, a thread that is not known otherwise is the program's own too.
fn is_of_the_program() -> bool {
    current_task().is_some() || time().is_of_program() || ALONE.load(Ordering::Relaxed)
}

fn record(log: &mut Log, info: &PanicHookInfo<'_>) {
    let message = text_of(info.payload());
    if let Some(at) = info.location() {
        let line = assemble::location(at);
        log.has_panicked = true;
        log.push(What::Panicked(Box::new(PanicSeen { task: current_task(), message, line })));
    }
}
