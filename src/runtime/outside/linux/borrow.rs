//! Questions to a descriptor of this process that somebody else owns.
//!
//! Its number may be closed, and given to something else, while it is asked. So what is asked here changes nothing, or
//! only how soon a socket sends what it was given anyway, and an answer of the wrong one means no more than a look too many.
#![expect(unsafe_code, reason = "a descriptor that is owned elsewhere is known by its number alone")]

use std::os::fd::{BorrowedFd, RawFd};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    net::sockopt,
};

/// The descriptor with this number, for one question.
pub(super) fn descriptor<'a>(number: RawFd) -> BorrowedFd<'a> {
    // SAFETY: no number here is -1. Who owns the descriptor is not affected by what is asked, as said above.
    unsafe { BorrowedFd::borrow_raw(number) }
}

/// What a pipe or socket is ready for right now.
pub(super) fn ready(number: RawFd) -> PollFlags {
    let descriptor = descriptor(number);
    let mut asked = [PollFd::new(&descriptor, PollFlags::IN | PollFlags::OUT)];
    match poll(&mut asked, Some(&Timespec { tv_sec: 0, tv_nsec: 0 })) {
        Ok(_) => asked[0].revents(),
        Err(_) => PollFlags::empty(),
    }
}

/// Has a TCP socket send what it held back until the piece before it is acknowledged (Nagle's algorithm, RFC 896).
pub(super) fn push(number: RawFd) {
    let socket = descriptor(number);
    if sockopt::tcp_nodelay(socket) == Ok(false) && sockopt::set_tcp_nodelay(socket, true).is_ok() {
        let _ = sockopt::set_tcp_nodelay(socket, false);
    }
}

/// What the kernel says of a TCP connection, from its `tcp_info` (include/uapi/linux/tcp.h).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TcpInfo {
    pub(super) state: u8,
    /// How often in a row a segment has been sent again, or room asked for, because no acknowledgement came.
    pub(super) sent_again: u8,
    /// Segments that are not acknowledged; of a listener, the connections that wait to be accepted.
    pub(super) unacked: u32,
    /// Of a listener, how many connections may wait.
    pub(super) most_waiting: u32,
    /// Bytes that were written and not sent yet.
    pub(super) unsent: u32,
    /// Bytes that were sent, each counted once.
    pub(super) sent: u64,
    /// Bytes that have arrived.
    pub(super) received: u64,
}

/// Asks for it. The kernel holds the socket's lock meanwhile, so no segment is half arrived. None from a kernel before
/// 4.19, which does not count the bytes.
pub(super) fn tcp_info(number: RawFd) -> Option<TcpInfo> {
    let mut info = [0_u8; 256];
    let mut length = info.len() as libc::socklen_t;
    // SAFETY: `info` is valid for writing as many bytes as `length` says.
    let result = unsafe {
        libc::getsockopt(number, libc::IPPROTO_TCP, libc::TCP_INFO, info.as_mut_ptr().cast(), &raw mut length)
    };
    if result != 0 || length < 216 {
        return None;
    }
    let short = |at: usize| u32::from_ne_bytes(info[at..at + 4].try_into().unwrap_or_default());
    let long = |at: usize| u64::from_ne_bytes(info[at..at + 8].try_into().unwrap_or_default());
    Some(TcpInfo {
        state: info[0],
        // `tcpi_backoff`: `tcpi_retransmits` stands still while the other end has no room.
        sent_again: info[4],
        unacked: short(24),
        most_waiting: short(28),
        unsent: short(144),
        sent: long(200).saturating_sub(long(208)),
        received: long(128),
    })
}
