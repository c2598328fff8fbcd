//! Whether a thread is in the recorder: what it does there is not the program's doing.

use std::cell::Cell;

thread_local! {
    /// A plain value, since a signal handler reads it.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
}

/// This thread is in the recorder as long as this lives.
pub(crate) struct Inside {
    before: bool,
}

/// The thread enters the recorder.
pub(crate) fn enter() -> Inside {
    Inside { before: INSIDE.replace(true) }
}

/// True if this thread is in the recorder. May be asked in a signal handler.
#[cfg(unix)]
pub(crate) fn is() -> bool {
    INSIDE.get()
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.set(self.before);
    }
}
