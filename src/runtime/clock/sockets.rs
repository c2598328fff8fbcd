//! Sockets that send at once what they are given.
//!
//! By default a small piece that follows another is held back until the first is acknowledged, which takes the kernel up
//! to 40 ms of real time (Nagle's algorithm, RFC 896, and delayed acknowledgements). On a clock that moves as soon as
//! nothing happens that would look like the end of all traffic. So here every socket gets `TCP_NODELAY`. Only Linux lists
//! the sockets of a process, and elsewhere they stay as they are.

/// How many sockets and the like the runtime had registered when all of them were last seen to.
#[derive(Default)]
pub(super) struct Sockets {
    seen: u64,
}

impl Sockets {
    /// Has what was held back sent, and holds nothing back from here on. `registered` is how many have been registered
    /// with the runtime so far.
    pub(super) fn hold_nothing_back(&mut self, registered: u64) {
        if registered != self.seen {
            self.seen = registered;
            all_without_delay();
        }
    }
}

/// Sets the option on every descriptor of this process; those that are no TCP sockets refuse it.
#[cfg(target_os = "linux")]
fn all_without_delay() {
    use std::{fs, os::fd::RawFd};

    use rustix::{net::sockopt, process};

    let Ok(this) = process::pidfd_open(process::getpid(), process::PidfdFlags::empty()) else { return };
    let listed = fs::read_dir("/proc/self/fd").into_iter().flatten().flatten();
    let numbers = listed.filter_map(|entry| entry.file_name().to_str()?.parse::<RawFd>().ok());
    for number in numbers {
        // A number may be closed by now. A descriptor of our own for the same socket cannot be.
        let socket = process::pidfd_getfd(&this, number, process::PidfdGetfdFlags::empty());
        let _ = socket.and_then(|socket| sockopt::set_tcp_nodelay(&socket, true));
    }
}

#[cfg(not(target_os = "linux"))]
fn all_without_delay() {}
