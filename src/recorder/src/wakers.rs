//! The wakers of a `block_on`. Tokio reports what becomes of the wakers of tasks and not of these, so what a `block_on` awaits is
//! polled with a waker that says when it is woken, and then wakes the one of tokio.

use std::{
    cell::RefCell,
    sync::Arc,
    task::{Wake, Waker},
};

use super::{tracer, waiting};

thread_local! {
    /// The last one that was made on this thread. A `block_on` stays on its thread, and mostly there is one.
    static LAST: RefCell<Option<Arc<Telling>>> = const { RefCell::new(None) };
}

struct Telling {
    task: u32,
    /// A waker may be kept longer than its recording.
    recording: u32,
    waker: Waker,
}

impl Wake for Telling {
    fn wake(self: Arc<Self>) {
        self.tell(true);
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.tell(false);
    }
}

impl Telling {
    /// `consumed` if the waker is used up by that.
    fn tell(&self, consumed: bool) {
        if self.recording == waiting::recording() {
            tracer::woken(self.task, consumed);
        }
        self.waker.wake_by_ref();
    }
}

/// What to poll with instead of `waker`, if that is the waker of a `block_on`.
pub(crate) fn telling(waker: &Waker) -> Option<Waker> {
    let task = waiting::block_on_itself()?;
    let recording = waiting::recording();
    LAST.with_borrow_mut(|last| {
        let is_it =
            |last: &Arc<Telling>| (last.task, last.recording) == (task, recording) && last.waker.will_wake(waker);
        if !last.as_ref().is_some_and(is_it) {
            *last = Some(Arc::new(Telling { task, recording, waker: waker.clone() }));
        }
        last.clone().map(Waker::from)
    })
}
