//! A process that ends in the middle of a check has failed, whatever it says itself.
//!
//! `std::process::exit(0)` in a learner's function ends the test executable as if every test had passed, and `cargo test`
//! believes it. So the process fails on its way out. Whoever reads the report sees what happened from the check that
//! has not ended, and the exit code is left as it is.
#![cfg_attr(unix, expect(unsafe_code, reason = "what is to be done at exit can be registered with libc only"))]

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many checks have begun and not ended. Several wait for each other in a harness with several threads.
static GOING_ON: AtomicUsize = AtomicUsize::new(0);

/// Runs a check, which catches its own panics.
pub(super) fn is_a_failure_during<T>(check: impl FnOnce() -> T) -> T {
    register();
    GOING_ON.fetch_add(1, Ordering::SeqCst);
    let result = check();
    GOING_ON.fetch_sub(1, Ordering::SeqCst);
    result
}

/// From now on the end of this process is the workbook's own, and its exit code says what it should.
pub(super) fn is_ours() {
    GOING_ON.store(0, Ordering::SeqCst);
}

#[cfg(unix)]
fn register() {
    use std::{
        io::{self, Write},
        sync::Once,
    };

    /// What the test harness itself ends with when a test has failed.
    const FAILED: i32 = 101;

    extern "C" fn at_exit() {
        if GOING_ON.load(Ordering::SeqCst) == 0 {
            return;
        }
        let _ = io::stderr().write_all(
            b"\nYour code ended the whole program in the middle of a check (std::process::exit?). Let the function return \
              instead.\n",
        );
        // SAFETY: ends the process at once; nothing of it is used afterwards.
        unsafe { libc::_exit(FAILED) }
    }

    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        if std::env::var_os(crate::report::VARIABLE).is_none() {
            // SAFETY: the function lives as long as the process, and unwinds from nothing.
            unsafe { libc::atexit(at_exit) };
        }
    });
}

/// Elsewhere an exit runs nothing of ours.
#[cfg(not(unix))]
fn register() {}
