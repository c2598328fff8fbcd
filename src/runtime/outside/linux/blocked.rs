//! What keeps a thread from going on, of this process or another.

use std::{fs, path::Path};

use libc::c_long;

use crate::recorder::os;

/// What a thread does, as far as it matters who could make it go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Blocked {
    /// Nothing does: it runs, is ready to, or waits for the disk.
    Not,
    /// It has ended.
    Gone,
    /// It waits without a limit for another thread of its process.
    ForThread,
    /// It waits without a limit for one of its children.
    ForChild,
    /// It waits without a limit for any of several descriptors.
    ForSome,
    /// It waits for a socket.
    ForSocket,
    /// It reads from this descriptor.
    Reading(u64),
    /// It writes to this descriptor.
    Writing(u64),
    /// It goes on by itself after a time, or in a way that is not known.
    ForAWhile,
}

/// Looks at a thread, given as its folder in `/proc`.
pub(super) fn what_blocks(thread: &Path) -> Blocked {
    match os::threads::state(thread) {
        None | Some('Z' | 'X') => Blocked::Gone,
        Some('S') => match fs::read_to_string(thread.join("syscall")) {
            Ok(call) => by_system_call(&call),
            Err(_) => Blocked::ForAWhile,
        },
        Some('T' | 't') => Blocked::ForAWhile,
        Some(_) => Blocked::Not,
    }
}

/// Reads a line of `syscall`: the number of the call and its arguments, in a thread that is blocked (proc_pid_syscall(5)).
fn by_system_call(call: &str) -> Blocked {
    let mut words = call.split_whitespace();
    let number = words.next().and_then(|number| number.parse::<c_long>().ok());
    let hex = |word: &str| u64::from_str_radix(word.trim_start_matches("0x"), 16).unwrap_or_default();
    let arguments: Vec<u64> = words.map(hex).collect();
    let argument = |index: usize| arguments.get(index).copied().unwrap_or_default();
    // A time limit is a pointer, or a number of milliseconds of which none below zero is one.
    let unless_limited = |limited: bool, blocked| if limited { Blocked::ForAWhile } else { blocked };
    match number {
        // It woke, or a page of memory is being fetched for it.
        None | Some(-1) => Blocked::Not,
        Some(libc::SYS_futex) => unless_limited(argument(3) != 0, Blocked::ForThread),
        Some(libc::SYS_wait4 | libc::SYS_waitid) => Blocked::ForChild,
        Some(libc::SYS_read | libc::SYS_readv) => Blocked::Reading(argument(0)),
        Some(libc::SYS_write | libc::SYS_writev) => Blocked::Writing(argument(0)),
        Some(libc::SYS_recvfrom | libc::SYS_recvmsg | libc::SYS_sendto | libc::SYS_sendmsg) => Blocked::ForSocket,
        Some(libc::SYS_accept | libc::SYS_accept4 | libc::SYS_connect) => Blocked::ForSocket,
        Some(libc::SYS_ppoll) => unless_limited(argument(2) != 0, Blocked::ForSome),
        Some(libc::SYS_pselect6) => unless_limited(argument(4) != 0, Blocked::ForSome),
        Some(libc::SYS_epoll_pwait) => unless_limited(argument(3) as i32 >= 0, Blocked::ForSome),
        #[cfg(target_arch = "x86_64")]
        Some(libc::SYS_poll) => unless_limited(argument(2) as i32 >= 0, Blocked::ForSome),
        #[cfg(target_arch = "x86_64")]
        Some(libc::SYS_select) => unless_limited(argument(4) != 0, Blocked::ForSome),
        #[cfg(target_arch = "x86_64")]
        Some(libc::SYS_epoll_wait) => unless_limited(argument(3) as i32 >= 0, Blocked::ForSome),
        // Among them `nanosleep`, and `restart_syscall`, which goes on with one.
        Some(_) => Blocked::ForAWhile,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_without_a_limit_is_told_from_one_with() {
        let call = |number: c_long, rest: &str| by_system_call(&format!("{number} {rest}"));
        assert_eq!(call(libc::SYS_futex, "0x7f 0x80 0x2 0x0 0x0 0xffffffff 0x7ffc 0x7f"), Blocked::ForThread);
        assert_eq!(call(libc::SYS_futex, "0x7f 0x89 0x2 0x7ffd 0x0 0xffffffff 0x7ffc 0x7f"), Blocked::ForAWhile);
        assert_eq!(call(libc::SYS_clock_nanosleep, "0x1 0x0 0x7ffd 0x7ffd 0x0 0x0 0x7ffc 0x7f"), Blocked::ForAWhile);
        assert_eq!(call(libc::SYS_read, "0x0 0x7ffd 0x400 0x0 0x0 0x0 0x7ffc 0x7f"), Blocked::Reading(0));
        assert_eq!(call(libc::SYS_epoll_pwait, "0x3 0x7f 0x400 0xffffffff 0x0 0x8 0x7ffc 0x7f"), Blocked::ForSome);
        assert_eq!(call(libc::SYS_epoll_pwait, "0x3 0x7f 0x400 0x3e8 0x0 0x8 0x7ffc 0x7f"), Blocked::ForAWhile);
        assert_eq!(by_system_call("running"), Blocked::Not);
    }
}
