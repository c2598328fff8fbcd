//! Ctrl-C in a program that is recorded: the recording is for somebody who wants to see what the program does, so it is shown
//! before the process ends.
//!
//! A program that handles Ctrl-C itself keeps it. Whoever sets a handler after this one takes its place, tokio too.

#[cfg(target_os = "linux")]
pub(crate) use unix::is_ours;
#[cfg(unix)]
pub(crate) use unix::listen;

use std::sync::atomic::{AtomicBool, Ordering};

static ASKED_FOR: AtomicBool = AtomicBool::new(false);

/// True once somebody has pressed Ctrl-C.
pub(crate) fn is_asked_for() -> bool {
    ASKED_FOR.load(Ordering::Relaxed)
}

/// Elsewhere Ctrl-C ends the process as it always does.
#[cfg(not(unix))]
pub(crate) fn listen() {
    let _nobody_asks = &ASKED_FOR;
}

#[cfg(unix)]
#[expect(unsafe_code, reason = "only the system's own call tells whether somebody else handles the signal")]
mod unix {
    use std::{mem, ptr};

    use super::{ASKED_FOR, Ordering};

    /// What a shell takes for an end by Ctrl-C.
    const EXIT_CODE: i32 = 128 + libc::SIGINT;

    /// Listens from now on, unless Ctrl-C is ignored or handled already.
    pub(crate) fn listen() {
        // SAFETY: both structures are whole, and the handler does only what a handler may.
        unsafe {
            if handler() == libc::SIG_DFL {
                let mut action: libc::sigaction = mem::zeroed();
                action.sa_sigaction = ours();
                action.sa_flags = libc::SA_RESTART;
                libc::sigaction(libc::SIGINT, &raw const action, ptr::null_mut());
            }
        }
    }

    /// True while nobody but the workbook handles Ctrl-C: the program does not wait for it.
    #[cfg(target_os = "linux")]
    pub(crate) fn is_ours() -> bool {
        handler() == ours()
    }

    fn ours() -> libc::sighandler_t {
        interrupted as extern "C" fn(libc::c_int) as libc::sighandler_t
    }

    /// What handles the signal now.
    fn handler() -> libc::sighandler_t {
        // SAFETY: nothing is set, and what is filled in is whole.
        unsafe {
            let mut action: libc::sigaction = mem::zeroed();
            libc::sigaction(libc::SIGINT, ptr::null(), &raw mut action);
            action.sa_sigaction
        }
    }

    extern "C" fn interrupted(_: libc::c_int) {
        // Tokio's handler calls the one before it, which this was then.
        if handler() != ours() {
            return;
        }
        if ASKED_FOR.swap(true, Ordering::Relaxed) {
            // Again: whoever it is does not want to wait for a picture.
            // SAFETY: it may be called from a handler.
            unsafe { libc::_exit(EXIT_CODE) }
        }
    }
}
