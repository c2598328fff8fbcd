//! A mark that every thread of the program bears, and no other.
//!
//! A test harness, or the workbook itself, may have threads in the same process. Linux does not say which thread started
//! which, but a thread inherits the mask of blocked signals from the one that did, and `/proc` shows it. So the program's
//! first thread blocks a signal that nobody uses, and all that come of it have it blocked too.
#![expect(unsafe_code, reason = "the mask of blocked signals has no safe interface")]

use std::{fs, mem::MaybeUninit, path::Path, ptr};

/// The last of the real-time signals, which has no meaning of its own.
fn signal() -> i32 {
    libc::SIGRTMAX()
}

/// Marks the calling thread.
pub(super) fn set() {
    change(libc::SIG_BLOCK);
}

/// Takes the mark from it.
pub(super) fn clear() {
    change(libc::SIG_UNBLOCK);
}

/// Runs `start` without the mark, so that threads which it starts do not bear it either.
pub(super) fn without<T>(start: impl FnOnce() -> T) -> T {
    let before = change(libc::SIG_UNBLOCK);
    let result = start();
    if before {
        set();
    }
    result
}

/// Whether a thread bears the mark. None if that does not show: while a thread begins or ends, the C library has all
/// signals blocked.
pub(super) fn is_on(thread: &Path) -> Option<bool> {
    // Bit 0 stands for signal 1 (proc_pid_status(5)).
    let status = fs::read_to_string(thread.join("status")).unwrap_or_default();
    let blocked = status.lines().find_map(|line| line.strip_prefix("SigBlk:"));
    let blocked = blocked.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or_default();
    let has = |signal: i32| blocked & (1 << (signal - 1)) != 0;
    if has(signal()) && has(signal() - 1) { None } else { Some(has(signal())) }
}

/// Returns whether the signal was blocked before.
fn change(how: i32) -> bool {
    // SAFETY: both sets are valid for writing, and the first call initialises the one that is read. To block a signal that
    // is never sent changes nothing else.
    unsafe {
        let (mut set, mut before) = (MaybeUninit::<libc::sigset_t>::zeroed(), MaybeUninit::<libc::sigset_t>::zeroed());
        libc::sigemptyset(set.as_mut_ptr());
        libc::sigaddset(set.as_mut_ptr(), signal());
        libc::pthread_sigmask(how, set.as_ptr(), before.as_mut_ptr());
        libc::sigismember(ptr::from_ref(&before).cast(), signal()) == 1
    }
}
